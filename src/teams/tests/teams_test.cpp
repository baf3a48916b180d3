// Calls made by hand: verdicts, reasons, lots, certificates that are changed, files.

#include <algorithm>

#include "kernel/hash.hpp"
#include "teams/call_file.hpp"
#include "teams/certificate_check.hpp"
#include "teams/conflict.hpp"
#include "teams/explain.hpp"
#include "teams/refusal.hpp"
#include "teams/tests/shared.hpp"
#include "teams/vector_cases.hpp"

using namespace veche;
using namespace veche::teams;
using namespace veche::teams::testing;

namespace {

/// Two sites, six people of two countries, two welders; nobody is equally good.
call small_call() {
    call c;
    c.id = "summer";
    c.sites = {
        {"dam", {size_of(2, 2), {"country", "by", 1, 1}, {"skill", "welder", 1, std::nullopt}}},
        {"road", {size_of(1, 3), {"country", "ru", 0, 2}}}};
    c.people = {somebody("a", {{"country", "by"}}, {"welder"}, {{"dam", 10}, {"road", 3}}),
                somebody("b", {{"country", "by"}}, {}, {{"dam", 20}, {"road", 1}}),
                somebody("c", {{"country", "ru"}}, {}, {{"dam", 30}, {"road", 7}}),
                somebody("d", {{"country", "ru"}}, {"welder"}, {{"dam", 5}, {"road", 11}}),
                somebody("e", {{"country", "ru"}}, {}, {{"road", 2}}),
                somebody("f", {{"country", "ru"}}, {}, {{"dam", 1}})};
    return c;
}

const site_reason& reason_at(const explanation& e, const std::string& at) {
    return *std::find_if(e.sites.begin(), e.sites.end(),
                         [&](const site_reason& one) { return one.site == at; });
}

std::string refusal_of(const std::string& people, const std::string& sites) {
    const auto read = read_call(people, sites);
    return read ? "" : read.error().sentence();
}

}  // namespace

TEST_CASE("a small call is solved, and its result says why nothing is better") {
    const outcome made = solved(small_call());
    CHECK(made.what == verdict::best);
    // a and c at the dam (40), d, e and b on the road (14): all others are worse or break a window.
    CHECK(made.utility == 54);
    CHECK(made.placed == 5);
    CHECK(site_of(made, "a") == "dam");
    CHECK(site_of(made, "c") == "dam");
    CHECK(site_of(made, "f") == "-");
    CHECK(made.lot == lots::not_needed);
    CHECK(made.bound == made.found);
    CHECK(from_json<outcome>(std::string_view(to_json(made))).value() == made);
}

TEST_CASE("a result that is changed no longer passes its check") {
    const call c = small_call();
    const outcome made = solved(c);
    CHECK(certificate_fault(c, made).empty());
    outcome other = made;
    other.utility = 55;
    CHECK(certificate_fault(c, other) == "the utilities do not sum to 55");
    other = made;
    std::swap(other.placings[0].site, other.placings[1].site);
    CHECK(!certificate_fault(c, other).empty());
    other = made;
    other.placings.pop_back();
    CHECK(certificate_fault(c, other) == "somebody is left out");
    other = made;
    other.bound = "1";
    CHECK(certificate_fault(c, other) == "the parts do not prove the bound 1");
    other = made;
    other.parts = {{}};
    CHECK(!certificate_fault(c, other).empty());
    other = made;
    other.parts.emplace_back();
    CHECK(certificate_fault(c, other).starts_with("part "));
    other = made;
    other.parts.front() = {"a", "dam", 0, 0, {}};
    CHECK(certificate_fault(c, other) == "part 0 is split wrongly");
    other = made;
    other.what = verdict::none;
    CHECK(certificate_fault(c, other) == "without teams nobody can be placed");
}

TEST_CASE("too few of a skill: the reason names the window, the number missing and the remedy") {
    call c = small_call();
    c.sites[0].windows[2].min = 4;
    const outcome made = solved(c);
    REQUIRE(made.what == verdict::none);
    CHECK(made.reason->irreducible);
    CHECK(sentence_of(*made.reason) ==
          "dam: 4 people with the skill welder are needed, 2 who applied may be sent there. "
          "Find 2 more, or lower the minimum to 2.");
    CHECK(certificate_fault(c, made).empty());
}

TEST_CASE("two windows that contradict each other are both named, and no third") {
    call c = small_call();
    c.sites[0].windows = {size_of(4, 9), {"country", "by", 0, 1}, {"country", "ru", 0, 2}};
    const outcome made = solved(c);
    REQUIRE(made.what == verdict::none);
    CHECK(sentence_of(*made.reason) ==
          "These cannot hold together: dam takes at most 1 of country by, dam takes at most 2 of "
          "country ru and dam needs at least 4 people. Loosen any one of them, or find people who "
          "fit, and the others can hold.");
}

TEST_CASE("what is equally good needs a lot, and the seed decides alike whatever the rows' order") {
    call c;
    c.id = "tie";
    c.sites = {{"dam", {size_of(0, 1)}}};
    for (const char* id : {"a", "b", "c"}) c.people.push_back(somebody(id, {}, {}, {{"dam", 1}}));
    CHECK(solve(c).error().kind == &refusals::lot_needed);
    std::map<std::string, int> taken;
    for (int n = 0; n < 90; ++n) {
        c.seed = to_hex(sha256(std::to_string(n)));
        const outcome made = solved(c);
        CHECK(made.lot == lots::needed);
        CHECK(made.what == verdict::best);
        std::string who;
        for (const placing& one : made.placings)
            if (one.site) who += one.person;
        ++taken[who];
        std::rotate(c.people.begin(), c.people.begin() + 1, c.people.end());
        CHECK(solved(c).placings == made.placings);
    }
    CHECK(taken.size() == 3);
    for (const auto& [who, times] : taken) CHECK(times > 15);
    c.people[1].wishes[0].utility = 2;
    CHECK(solved(c).lot == lots::not_needed);
}

TEST_CASE("placed first sends more people, utility first gains more") {
    call c;
    c.sites = {{"dam", {size_of(0, 2)}}, {"road", {size_of(0, 1)}}};
    c.people = {somebody("a", {}, {}, {{"dam", 9}, {"road", 1}}),
                somebody("b", {}, {}, {{"dam", -5}})};
    CHECK(solved(c).placed == 1);
    c.first = aim::placed_then_utility;
    CHECK(solved(c).placed == 2);
    CHECK(solved(c).utility == 4);
}

TEST_CASE("a search that is cut short says so and proves what it can") {
    call c;
    c.id = "hard";
    c.seed = some_seed;
    c.node_limit = 1;
    for (int s = 0; s < 4; ++s) {
        site one{"s" + std::to_string(s), {size_of(3, 3)}};
        for (const char* k : {"x", "y", "z"})
            for (const char* f : {"0", "1", "2"}) one.windows.push_back({k, f, 1, 1});
        c.sites.push_back(one);
    }
    for (int p = 0; p < 14; ++p) {
        person one{"p" + std::to_string(p), {}, {}, {}};
        one.features = {{"x", std::to_string(p % 3)},
                        {"y", std::to_string(p / 2 % 3)},
                        {"z", std::to_string(p * p / 3 % 3)}};
        for (int s = 0; s < 4; ++s)
            one.wishes.push_back({"s" + std::to_string(s), (p * 7 + s * 5) % 11});
        c.people.push_back(one);
    }
    const outcome cut = solved(c);
    CHECK(cut.what != verdict::best);
    CHECK(certificate_fault(c, cut).empty());
    c.node_limit = 50'000;
    const outcome whole = solved(c);
    CHECK((whole.what == verdict::best || whole.what == verdict::none));
    if (cut.what == verdict::gap) CHECK(whole.utility >= cut.utility);
}

TEST_CASE(
    "an explanation names own figures, the window in the way, and what would have been enough") {
    const call c = small_call();
    const outcome made = solved(c);
    const explanation b = explain(c, made, "b").value();
    CHECK(b.site == "road");
    const site_reason& dam = reason_at(b, "dam");
    CHECK(dam.what == site_outcome::feature_full);
    CHECK(dam.by->value == "by");
    // With b at the dam the welder d has to come too: 20 and 5 there, c, a and e on the road.
    REQUIRE(dam.would_have_sufficed.has_value());
    call raised = c;
    raised.people[1].wishes[0].utility = *dam.would_have_sufficed;
    CHECK(site_of(solved(raised), "b") == "dam");
    raised.people[1].wishes[0].utility -= 2;
    CHECK(site_of(solved(raised), "b") == "road");
    const explanation f = explain(c, made, "f").value();
    CHECK(reason_at(f, "road").what == site_outcome::not_allowed);
    CHECK(sentences_of(f)[1] == "road: you are not among those who may be sent there.");
    CHECK(explain(c, made, "x").error().kind == &refusals::person_unknown);
    // Nobody else is named.
    for (const std::string& one : sentences_of(b))
        for (const char* other : {" a ", " c ", " d "}) CHECK(one.find(other) == std::string::npos);
    CHECK(explain_all(c, made).size() == 6);
}

TEST_CASE("capacity nought, an empty list, a site that nobody may go to") {
    call c;
    c.sites = {{"dam", {size_of(0, 0)}}, {"empty", {}}};
    c.people = {somebody("a", {}, {}, {{"dam", 5}}), somebody("b", {}, {}, {})};
    CHECK(solved(c).placed == 0);
    CHECK(solved(call{}).what == verdict::best);
    c.sites[1].windows = {size_of(1, 1)};
    CHECK(solved(c).what == verdict::none);
}

TEST_CASE("calls that are none are refused in the order of refusal.hpp") {
    call c = small_call();
    c.node_limit = 0;
    c.people[0].id = "b";
    CHECK(solve(c).error().kind == &refusals::too_large);
    c.node_limit = 10;
    CHECK(solve(c).error().kind == &refusals::id_repeated);
    c.people[0].id = "a";
    c.people[0].wishes[0].site = "mill";
    CHECK(solve(c).error().kind == &refusals::site_unknown);
    c.people[0].wishes[0].site = "road";
    CHECK(solve(c).error().kind == &refusals::wish_repeated);
    c.sites[0].windows[0].max = 1;
    CHECK(solve(c).error().kind == &refusals::window_empty);
    c.seed = "AB";
    CHECK(solve(c).error().kind == &refusals::seed_malformed);
}

TEST_CASE("files are read whatever writes them, and refused by line with the remedy") {
    const std::string sites =
        "\xEF\xBB\xBFsite;what;value;min;max\r\ndam;size;;1;2\r\ndam;skill;welder;1;\r\n";
    const std::string people = "person;skills;country;dam\r\na;welder mason;by;10\r\nb;;ru;\r\n";
    const call c = read_call(people, sites).value();
    CHECK(c.sites.size() == 1);
    CHECK(c.people[0].skills == std::vector<std::string>{"welder", "mason"});
    CHECK(c.people[0].features.at("country") == "by");
    CHECK(c.people[1].wishes.empty());
    CHECK(placings_csv(solved(c)) == "person,site\na,dam\nb,\n");
    const std::string head = "site,what,value,min,max\n";
    CHECK(refusal_of("person\n", head + "dam,size,,1,2\n") ==
          "people, line 1: there is no column \"dam\"; add it to the first line.");
    CHECK(refusal_of("person,dam\n", head + "dam,size,,3,2\n") ==
          "sites, line 2: no number is at least 3 and at most 2; correct min or max.");
    CHECK(refusal_of("person,dam\na,1\na,2\n", head + "dam,size,,1,2\n") ==
          "people, line 3: a stands in line 2 already; keep one of them.");
    CHECK(refusal_of("person,dam\na,1.5\n", head + "dam,size,,1,2\n") ==
          "people, line 2: \"1.5\" in the column \"dam\" should be a whole number.");
    CHECK(refusal_of("person,dam\na\n", head + "dam,size,,1,2\n") ==
          "people, line 2: there are 1 fields and 2 columns; give each column a field.");
    CHECK(refusal_of("person,dam\n", head + "dam,land,by,1,2\n") ==
          "people, line 1: there is no column \"land\"; add it to the first line.");
    CHECK(read_panel_call("category,feature,min,max\nland,by,1,2\n", "land\nru\n")
              .error()
              .sentence() ==
          "respondents, line 2: \"ru\" is no feature of land; correct it, or add it to the "
          "categories.");
}
