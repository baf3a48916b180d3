// Random lives of a link beside a plain reading of everything that was ever said of it.

#include <algorithm>

#include <rapidcheck.h>

#include "kernel/months.hpp"
#include "registry/tests/desk.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

struct said {
    link_side side{};
    link_claim what{};
    std::optional<date> on;
    date recorded;
};

/// What the rules say of all claims and days of activities on a day, without any index or clock.
link_standing read_plainly(const std::vector<said>& claims, const std::vector<date>& activities,
                           date today) {
    std::optional<said> newest[2];
    for (const said& one : claims) newest[static_cast<int>(one.side)] = one;
    const auto either = [&](link_claim what) {
        return (newest[0] && newest[0]->what == what) || (newest[1] && newest[1]->what == what);
    };
    if (either(link_claim::denied)) return link_standing::disputed;
    if (either(link_claim::ended)) return link_standing::ended;
    if (either(link_claim::suspended)) return link_standing::suspended;
    if (!newest[0] || !newest[1]) return link_standing::proposed;
    std::vector<date> known = activities;
    for (const auto& one : newest)
        if (one->on) known.push_back(*one->on);
    if (known.empty()) known = {newest[0]->recorded, newest[1]->recorded};
    const date last = *std::max_element(known.begin(), known.end());
    if (months_after(last, dormant_months) < today) return link_standing::dormant;
    return activities.empty() ? link_standing::concluded : link_standing::active;
}

std::string day_before(const desk& d, int days) {
    return to_text(date{date_of(d.at).days - days});
}

}  // namespace

TEST_CASE("a link's state is what a plain reading of its whole history gives") {
    CHECK(rc::check([] {
        linked_desk d;
        std::vector<said> claims;
        std::vector<date> activities;
        const int steps = *rc::gen::inRange(1, 30);
        for (int i = 0; i < steps; ++i) {
            const int back = *rc::gen::inRange(0, 1500);
            const auto kind = *rc::gen::inRange(0, 4);
            if (kind == 0) {
                const auto what = static_cast<link_claim>(
                    *rc::gen::weightedElement<int>({{8, 0}, {1, 1}, {1, 2}, {1, 3}}));
                const auto side = static_cast<link_side>(*rc::gen::inRange(0, 2));
                claim_link c = claim_of("ash-birch", side, what);
                if (*rc::gen::arbitrary<bool>()) c.on = day_before(d, back);
                claims.push_back(
                    {side, what, c.on ? parse_date(*c.on) : std::nullopt, date_of(d.at)});
                RC_ASSERT(d.send(c) == "");
            } else if (kind == 1) {
                activities.push_back(*parse_date(day_before(d, back)));
                RC_ASSERT(d.send(activity_of("a-" + std::to_string(i), "ash-birch",
                                             day_before(d, back))) == "");
            } else {
                d.pass_to(day_before(d, -*rc::gen::inRange(0, 400)).c_str());
            }
            d.pass_to(to_text(date_of(d.at)).c_str());
            RC_ASSERT(d.how("ash-birch") == read_plainly(claims, activities, date_of(d.at)));
            RC_ASSERT(d.own.quiet.size() <= 1);
        }
    }));
}
