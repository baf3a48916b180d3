// A limit of the search that is reached is said, never hidden and never an abort.

#include <rapidcheck.h>

#include "teams/certificate_check.hpp"
#include "teams/panel.hpp"
#include "teams/tests/shared.hpp"

using namespace veche;
using namespace veche::teams;

TEST_CASE("whatever the limit, what is claimed about panels is what a long search finds") {
    CHECK(rc::check("panels", [] {
        panel_call c;
        c.size = 4;
        c.node_limit = *rc::gen::inRange<std::int64_t>(1, 4);
        for (const char* k : {"x", "y", "z"})
            for (const char* f : {"0", "1"}) {
                const auto min = *rc::gen::inRange<std::int64_t>(0, 3);
                c.quotas.push_back({k, f, min, min + *rc::gen::inRange<std::int64_t>(0, 3)});
            }
        for (int p = 0; p < 9; ++p) {
            respondent one{std::to_string(p), {}};
            for (const char* k : {"x", "y", "z"})
                one.features[k] = std::to_string(*rc::gen::inRange(0, 2));
            c.people.push_back(one);
        }
        const auto cut = find_lottery(c).value();
        c.node_limit = 10'000;
        const auto whole = find_lottery(c).value();
        RC_ASSERT(whole.what != panel_verdict::not_decided);
        if (cut.what != panel_verdict::not_decided) RC_ASSERT(cut.what == whole.what);
        if (cut.what == panel_verdict::lottery) RC_ASSERT(cut.kinds == whole.kinds);
    }));
}

TEST_CASE("whatever the limit, what is claimed about teams is what a long search finds") {
    CHECK(rc::check("teams", [] {
        call c;
        c.seed = std::string(64, 'b');
        c.node_limit = *rc::gen::inRange<std::int64_t>(1, 4);
        for (const char* id : {"s", "t"}) {
            site one{id, {{"size", "", 2, 4}}};
            for (const char* k : {"x", "y", "z"}) {
                const auto min = *rc::gen::inRange<std::int64_t>(0, 3);
                one.windows.push_back({k, "0", min, min + *rc::gen::inRange<std::int64_t>(0, 2)});
            }
            c.sites.push_back(one);
        }
        for (int p = 0; p < 9; ++p) {
            person one{std::to_string(p), {}, {}, {}};
            for (const char* k : {"x", "y", "z"})
                one.features[k] = std::to_string(*rc::gen::inRange(0, 2));
            for (const char* id : {"s", "t"})
                one.wishes.push_back({id, *rc::gen::inRange<std::int64_t>(-3, 20)});
            c.people.push_back(one);
        }
        const auto cut = solve(c).value();
        RC_ASSERT(certificate_fault(c, cut).empty());
        c.node_limit = 100'000;
        const auto whole = solve(c).value();
        RC_ASSERT(whole.what == verdict::best || whole.what == verdict::none);
        if (cut.what == verdict::none) RC_ASSERT(whole.what == verdict::none);
        if (cut.what == verdict::best) RC_ASSERT(whole.placings == cut.placings);
        if (cut.what == verdict::best_by_aim) RC_ASSERT(whole.utility == cut.utility);
        if (cut.what == verdict::gap) RC_ASSERT(whole.utility >= cut.utility);
    }));
}
