// Calls for teams: the life of one, windows kept, the best of all small assignments, what is
// refused, and what is said where no teams exist.

#include "calls/teams.hpp"

#include <map>
#include <random>

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

counted from(const std::string& country) {
    counted out;
    out.category = category_id{"country"};
    out.feature = feature_id{country};
    return out;
}

counted able(const std::string& skill) {
    counted out;
    out.skill = skill_id{skill};
    return out;
}

/// Sites "a" (2 to 3 people, one welder at least, one of each country at least) and "b" (1 to 2
/// people, at most one of the north). Points for choices: 10, 4. Nobody assesses.
open_call teams_call() {
    open_call c = places_call();
    c.kind = call_kind::teams;
    c.programmes = {{{"a"}, en("Alpha"), "First site", member_id{"N"}, 3, {}, {}},
                    {{"b"}, en("Beta"), "Second site", std::nullopt, 2, {}, {}}};
    c.groups.clear();
    c.criteria.clear();
    c.assessors.reset();
    c.rules.lottery = lottery_kind::per_programme;
    team_terms t;
    t.categories = {
        {{"country"}, en("Country"), {{{"north"}, en("North")}, {{"south"}, en("South")}}}};
    t.skills = {{{"weld"}, en("Welder")}};
    t.sites = {{{"a"}, 2, {{from("north"), 1, {}}, {from("south"), 1, {}}, {able("weld"), 1, {}}}},
               {{"b"}, 1, {{from("north"), 0, 1}}}};
    t.choice_points = {10, 4};
    c.teams = t;
    return c;
}

submit_application join(std::vector<std::string> choices, const std::string& country,
                        bool welds = false) {
    submit_application c = apply_for(std::move(choices));
    c.features = {{{"country"}, {country}}};
    if (welds) c.skills = {{"weld"}};
    return c;
}

judge_eligibility eligible(const std::string& who) {
    judge_eligibility c;
    c.call = {"c"};
    c.applicant = {who};
    c.eligible = true;
    return c;
}

void judge_all(agency& a, const std::vector<std::string>& all) {
    for (const std::string& who : all) a.must(officer, eligible(who));
}

void answer(agency& a, const std::string& who, offer_answer what) {
    a.must(applicant(who), answer_offer{{"c"}, what, std::nullopt});
}

/// Five want a first; only v and w weld; three at most fit.
agency gathered() {
    agency a;
    open(a, teams_call());
    a.must(applicant("u"), join({"a", "b"}, "north"));
    a.must(applicant("v"), join({"a", "b"}, "north", true));
    a.must(applicant("w"), join({"a"}, "north", true));
    a.must(applicant("x"), join({"a", "b"}, "south"));
    a.must(applicant("y"), join({"b"}, "south"));
    close(a);
    judge_all(a, {"u", "v", "w", "x", "y"});
    return a;
}

open_call without_terms(open_call c) {
    c.teams.reset();
    return c;
}

template <class Change>
open_call changed(Change change) {
    open_call c = teams_call();
    change(*c.teams);
    return c;
}

}  // namespace

TEST_CASE("teams keep all windows, and a round after fills what somebody left") {
    agency a = gathered();
    const allocated first = run(a);
    REQUIRE(first.teams.size() == 1);
    const team_part& part = first.teams.front();
    CHECK(binds(part.verdict));
    CHECK(part.placed == 5);
    CHECK(first.offers == 5);
    // One of u, v goes to b by second choice: 10+10+10+4+10.
    CHECK(part.utility == 44);
    REQUIRE(part.teams.size() == 2);
    CHECK(part.teams[0].windows[0].count == 3);
    CHECK(part.teams[1].windows[0].count == 2);
    for (const team_made& team : part.teams)
        for (const window_count& one : team.windows) {
            CHECK(one.count >= one.min);
            if (one.max) CHECK(one.count <= *one.max);
        }
    CHECK(a.refused(applicant("x"), answer_offer{{"c"}, offer_answer::accept, true}) ==
          "calls.no_moving_up");
    for (const char* who : {"u", "v", "w", "x"}) answer(a, who, offer_answer::accept);
    answer(a, "y", offer_answer::decline);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
    const auto report = a.view(call_query{{"c"}}).concluded;
    REQUIRE(report);
    REQUIRE(report->teams.size() == 2);
    CHECK(report->teams[0].windows[0].count == 3);
    CHECK(report->teams[1].windows[0].count == 1);
}

TEST_CASE("who holds a place stays, and only what is open of the windows is filled") {
    agency a;
    open(a, teams_call());
    a.must(applicant("u"), join({"a"}, "north", true));
    a.must(applicant("v"), join({"a"}, "north", true));
    a.must(applicant("w"), join({"a"}, "north"));
    a.must(applicant("x"), join({"a"}, "south"));
    close(a);
    judge_all(a, {"u", "v", "w", "x"});
    const allocated first = run(a);
    CHECK(first.offers == 3);
    CHECK(a.place_of("x") == "a");
    CHECK(first.lots_decided);
    std::string left;
    std::vector<std::string> stayed;
    for (const char* who : {"u", "v", "w"})
        (a.place_of(who).empty() ? left : stayed.emplace_back()) = who;
    answer(a, stayed[0], offer_answer::accept);
    answer(a, stayed[1], offer_answer::decline);
    answer(a, "x", offer_answer::accept);
    const allocated next = run(a);
    CHECK(next.round == 2);
    CHECK(next.candidates == 1);
    CHECK(a.place_of(left) == "a");
    CHECK(a.place_of("x") == "a");
    CHECK(a.place_of(stayed[0]) == "a");
    REQUIRE(next.teams.size() == 2);
    CHECK(next.teams[0].teams[0].joined == std::vector<person_id>{{left}});
    CHECK(next.teams[0].teams[0].windows[0].count == 3);
    // b asks for one, nobody waits for it: that stops nobody at a.
    CHECK(next.teams[1].verdict == team_verdict::none);
}

TEST_CASE("where no teams exist the window that stands in the way is named") {
    agency a;
    open(a, teams_call());
    a.must(applicant("u"), join({"a"}, "north"));
    a.must(applicant("v"), join({"a"}, "south"));
    a.must(applicant("y"), join({"b"}, "south"));
    close(a);
    judge_all(a, {"u", "v", "y"});
    settle_and_reveal(a);
    const auto trial = a.view(dry_run_query{{"c"}}, officer);
    REQUIRE(trial.would);
    REQUIRE(trial.would->teams.size() == 2);
    const team_part& part = trial.would->teams[0];
    CHECK(part.verdict == team_verdict::none);
    REQUIRE(part.conflict.size() == 1);
    CHECK(part.conflict[0].programme.value == "a");
    CHECK(part.conflict[0].of == able("weld"));
    CHECK(part.conflict[0].least);
    CHECK(part.conflict[0].limit == 1);
    CHECK(part.conflict[0].may_go == 0);
    // The other site has its team all the same.
    const allocated made = run(a);
    CHECK(made.offers == 1);
    CHECK(outcome_of(trial.placed) == outcome_of(a));
    CHECK(a.place_of("y") == "b");
    CHECK(a.place_of("u").empty());
    const auto mine = a.view(application_query{{"c"}, {}, {}}, applicant("u"));
    REQUIRE(mine.team);
    REQUIRE(mine.team->sites.size() == 1);
    CHECK(mine.team->sites[0].outcome == team_outcome::no_teams);
    answer(a, "y", offer_answer::accept);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.no_teams");
    a.must(officer, set_aside{{"c"}, {}, place_id{"a"}, en("No welder applied.")});
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.nothing_to_allocate");
    a.now = plus_days(a.now, 10);
    a.must(officer, conclude_call{{"c"}});
}

TEST_CASE("a site that is set aside lets those who named another go there") {
    agency a;
    open(a, teams_call());
    a.must(applicant("u"), join({"a", "b"}, "north"));
    a.must(applicant("v"), join({"a", "b"}, "south"));
    close(a);
    judge_all(a, {"u", "v"});
    settle_and_reveal(a);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.no_teams");
    a.must(officer, set_aside{{"c"}, {}, place_id{"a"}, en("No welder applied.")});
    const allocated made = run(a);
    CHECK(made.offers == 2);
    CHECK(a.place_of("u") == "b");
    CHECK(a.place_of("v") == "b");
}

TEST_CASE("a call for which no teams exist may end without a run") {
    agency a;
    open(a, teams_call());
    a.must(applicant("u"), join({"a"}, "north"));
    close(a);
    judge_all(a, {"u"});
    settle_and_reveal(a);
    CHECK(a.refused(officer, run_allocation{{"c"}}) == "calls.no_teams");
    a.must(officer, conclude_call{{"c"}});
}

TEST_CASE("claims that are refused or mended do not count, and an appeal brings them back") {
    agency a;
    open(a, teams_call());
    a.must(applicant("u"), join({"b"}, "north"));
    a.must(applicant("v"), join({"b"}, "south", true));
    a.must(applicant("w"), join({"b"}, "south"));
    close(a);
    judge_all(a, {"u", "w"});
    judge_eligibility verdict = eligible("v");
    verdict.refused_skills = {{{"drive"}, ineligibility::evidence_missing}};
    CHECK(a.refused(officer, verdict) == "calls.skill_not_claimed");
    verdict.refused_skills = {{{"weld"}, ineligibility::evidence_missing}};
    verdict.mended_features = {{{"country"}, {"east"}, ineligibility::evidence_unsound}};
    CHECK(a.refused(officer, verdict) == "calls.features_malformed");
    verdict.mended_features = {{{"country"}, {"north"}, ineligibility::evidence_unsound}};
    a.must(officer, verdict);
    CHECK_FALSE(a.of("v").has_skill({"weld"}));
    CHECK(a.of("v").feature_in({"country"}) == feature_id{"north"});
    // Two of the north, one may go: w has the other place.
    run(a);
    CHECK(a.place_of("w") == "b");
    CHECK((a.place_of("u") == "b") != (a.place_of("v") == "b"));
    if (a.place_of("v") == "b") answer(a, "v", offer_answer::decline);
    a.must(applicant("v"), lodge_appeal{{"c"}, appeal_ground::group, {}});
    decide_appeal ruling;
    ruling.call = {"c"};
    ruling.applicant = {"v"};
    ruling.upheld = true;
    ruling.reason = en("The evidence was there.");
    ruling.features = {{{"country"}, {"south"}}};
    ruling.skills = {{"weld"}};
    a.must(arbiter, ruling);
    CHECK(a.of("v").has_skill({"weld"}));
    CHECK(a.of("v").feature_in({"country"}) == feature_id{"south"});
}

TEST_CASE("an appeal that is right gives the place the same round would have given") {
    agency a;
    open_call c = teams_call();
    c.teams->sites[1].windows.push_back({able("weld"), 1, {}});
    open(a, c);
    a.must(applicant("u"), join({"b"}, "north", true));
    a.must(applicant("v"), join({"b"}, "south"));
    close(a);
    judge_all(a, {"u"});
    judge_eligibility verdict = eligible("v");
    verdict.mended_features = {{{"country"}, {"north"}, ineligibility::evidence_unsound}};
    a.must(officer, verdict);
    run(a);
    CHECK(a.place_of("u") == "b");
    CHECK(a.place_of("v").empty());
    const auto mine = a.view(application_query{{"c"}, {}, true}, applicant("v"));
    REQUIRE(mine.team);
    REQUIRE(mine.team->sites.size() == 1);
    CHECK(mine.team->sites[0].outcome == team_outcome::feature_full);
    REQUIRE(mine.team->sites[0].by);
    CHECK(mine.team->sites[0].by->of == from("north"));
    CHECK(mine.team->sites[0].tried);
    CHECK_FALSE(mine.team->sites[0].possible);
    a.must(applicant("v"), lodge_appeal{{"c"}, appeal_ground::group, {}});
    decide_appeal ruling;
    ruling.call = {"c"};
    ruling.applicant = {"v"};
    ruling.upheld = true;
    ruling.reason = en("Of the south after all.");
    ruling.features = {{{"country"}, {"south"}}};
    a.must(arbiter, ruling);
    CHECK(a.place_of("v") == "b+");
}

TEST_CASE("what can never hold is refused when the call is ordered") {
    agency a;
    const auto order = [&](const open_call& c) { return a.refused(a.now_by("gov"), c); };
    CHECK(order(without_terms(teams_call())) == "calls.teams_terms");
    open_call places = places_call();
    places.teams = teams_call().teams;
    CHECK(order(places) == "calls.teams_terms");
    open_call single = teams_call();
    single.rules.lottery = lottery_kind::single;
    CHECK(order(single) == "calls.teams_terms");
    CHECK(order(changed([](team_terms& t) { t.sites[0].min_size = 4; })) ==
          "calls.window_impossible");
    CHECK(order(changed([](team_terms& t) { t.sites[0].windows[2].min = 4; })) ==
          "calls.window_impossible");
    CHECK(order(changed([](team_terms& t) { t.sites[0].windows[0].min = 3; })) ==
          "calls.window_impossible");
    CHECK(order(changed([](team_terms& t) {
              t.sites[0].min_size = 3;
              t.sites[0].windows[0].max = 1;
              t.sites[0].windows[1].max = 1;
          })) == "calls.window_impossible");
    CHECK(order(changed([](team_terms& t) { t.sites[1].windows[0].min = 2; })) ==
          "calls.window_malformed");
    CHECK(order(changed([](team_terms& t) { t.sites[1].windows[0].of = from("east"); })) ==
          "calls.window_malformed");
    CHECK(order(changed([](team_terms& t) { t.sites[1].windows[0].of = able("drive"); })) ==
          "calls.window_malformed");
    CHECK(order(changed([](team_terms& t) {
              t.sites[0].windows.push_back(t.sites[0].windows[0]);
          })) == "calls.window_malformed");
    CHECK(order(changed([](team_terms& t) { t.sites[0].programme = {"z"}; })) ==
          "calls.programme_unknown");
    CHECK(order(changed([](team_terms& t) { t.choice_points = {10}; })) ==
          "calls.utility_malformed");
    CHECK(order(changed([](team_terms& t) { t.choice_points = {4, 10}; })) ==
          "calls.utility_malformed");
    CHECK(order(changed([](team_terms& t) { t.score_weight = 1; })) == "calls.utility_malformed");
    CHECK(order(changed([](team_terms& t) { t.node_limit = 0; })) == "calls.number_out_of_range");
    open_call wide = teams_call();
    wide.programmes[0].capacity = 5000;
    CHECK(order(wide) == "calls.result_too_large");
}

TEST_CASE("an applicant says one feature of each category, and skills the call knows") {
    agency a;
    open(a, teams_call());
    CHECK(a.refused(applicant("u"), apply_for({"a"})) == "calls.features_malformed");
    CHECK(a.refused(applicant("u"), join({"a"}, "east")) == "calls.features_malformed");
    submit_application twice = join({"a"}, "north");
    twice.features.push_back({{"country"}, {"south"}});
    CHECK(a.refused(applicant("u"), twice) == "calls.features_malformed");
    submit_application other = join({"a"}, "north");
    other.skills = {{"drive"}};
    CHECK(a.refused(applicant("u"), other) == "calls.skill_unknown");
    agency b;
    open(b, places_call());
    CHECK(b.refused(applicant("u"), join({"a"}, "north")) == "calls.features_malformed");
}

namespace {

/// Every assignment of few people, tried one by one: the most points, or nothing where none keeps
/// all windows.
class every_assignment {
  public:
    every_assignment(const agency& a, const std::vector<std::string>& people)
        : call_(*a.own.calls.find(call_id{"c"})) {
        for (const std::string& who : people) people_.push_back(&a.of(who));
        at_.resize(people_.size());
    }
    std::optional<std::pair<std::int64_t, std::int64_t>> best() {
        go(0, 0, 0);
        return best_;
    }

  private:
    void go(std::size_t i, std::int64_t points, std::int64_t placed) {
        if (i == people_.size()) {
            const std::pair value{points, placed};
            const auto counts_as = [&](const auto& v) {
                return by_points_ ? v : std::pair{v.second, v.first};
            };
            if ((!best_ || counts_as(value) > counts_as(*best_)) && kept()) best_ = value;
            return;
        }
        at_[i].reset();
        go(i + 1, points, placed);
        const auto& choices = people_[i]->asked.choices;
        for (std::size_t n = 0; n < choices.size(); ++n) {
            at_[i] = choices[n];
            go(i + 1, points + call_.asked.teams->choice_points[n], placed + 1);
        }
        at_[i].reset();
    }
    [[nodiscard]] bool kept() const {
        for (const programme_plan& plan : call_.asked.programmes)
            for (const team_window& w : windows_of(call_.asked, plan.programme)) {
                std::int64_t count = 0;
                for (std::size_t i = 0; i < people_.size(); ++i)
                    count += at_[i] == plan.programme && counts(w.of, *people_[i]);
                if (count < w.min || (w.max && count > *w.max)) return false;
            }
        return true;
    }

    const call& call_;
    const bool by_points_ = call_.asked.teams->aim == team_aim::utility_then_placed;
    std::vector<const application*> people_;
    std::vector<std::optional<place_id>> at_;
    std::optional<std::pair<std::int64_t, std::int64_t>> best_;
};

}  // namespace

namespace {

using random_source = std::mt19937;

int below(random_source& g, unsigned n) {
    return static_cast<int>(g() % n);
}

open_call random_team_call(random_source& g) {
    open_call c = teams_call();
    for (site_plan& site : c.teams->sites) {
        site.min_size = below(g, 3);
        for (team_window& w : site.windows) {
            w.min = below(g, 2);
            w.max = w.min + below(g, 3);
        }
    }
    if (below(g, 2) == 0) c.teams->aim = team_aim::placed_then_utility;
    return c;
}

/// Six who name one site or both, judged with a claim refused or mended here and there.
std::vector<std::string> random_applicants(random_source& g, agency& a) {
    std::vector<std::string> people;
    for (int i = 0; i < 6; ++i) {
        people.push_back("p" + std::to_string(i));
        std::vector<std::string> choices = below(g, 2) == 0 ? std::vector<std::string>{"a", "b"}
                                                            : std::vector<std::string>{"b", "a"};
        // The first names both, so that there is one part.
        if (i > 0 && below(g, 3) == 0) choices.pop_back();
        const std::string country = below(g, 2) == 0 ? "north" : "south";
        const bool welds = below(g, 2) == 0;
        a.must(applicant(people.back()), join(choices, country, welds));
    }
    close(a);
    for (const std::string& who : people) {
        judge_eligibility verdict = eligible(who);
        if (below(g, 4) == 0 && !a.of(who).asked.skills.empty())
            verdict.refused_skills = {{{"weld"}, ineligibility::evidence_missing}};
        const bool north = a.of(who).feature_in({"country"}) == feature_id{"north"};
        if (below(g, 6) == 0)
            verdict.mended_features = {
                {{"country"}, {north ? "south" : "north"}, ineligibility::evidence_unsound}};
        a.must(officer, verdict);
    }
    return people;
}

/// Some appeal against what was refused or mended, and are right.
void random_appeals(random_source& g, agency& a, const std::vector<std::string>& people) {
    for (const std::string& who : people) {
        const application& one = a.of(who);
        const bool refused = !one.refused_skills.empty() || !one.mended_features.empty();
        if (!refused || one.appeal || below(g, 2) == 0) continue;
        a.must(applicant(who), lodge_appeal{{"c"}, appeal_ground::group, {}});
        decide_appeal ruling;
        ruling.call = {"c"};
        ruling.applicant = {who};
        ruling.upheld = true;
        ruling.reason = en("The evidence was there.");
        if (!one.refused_skills.empty()) ruling.skills = {{"weld"}};
        if (!one.mended_features.empty()) ruling.features = one.asked.features;
        a.must(arbiter, ruling);
    }
}

/// The place that one accepted and has, whatever better one may be offered beside it.
std::optional<place_id> accepted_by(const application& one) {
    for (const offer& each : one.offers)
        if (each.status == offer_status::accepted) return each.programme;
    return std::nullopt;
}

/// Answers, appeals and further rounds until the end; nobody loses what they accepted.
void live_on(random_source& g, agency& a, const std::vector<std::string>& people) {
    for (int round = 0; round < 4; ++round) {
        if (!a.submit(a.now_as(officer), run_allocation{{"c"}})) break;
        for (const std::string& who : people) {
            const offer* one = a.of(who).current();
            if (one && one->status == offer_status::open && below(g, 4) > 0)
                answer(a, who, below(g, 3) > 0 ? offer_answer::accept : offer_answer::decline);
        }
        if (below(g, 2) == 0) random_appeals(g, a, people);
        std::map<std::string, std::optional<place_id>> kept;
        for (const std::string& who : people) kept[who] = accepted_by(a.of(who));
        a.now = plus_days(a.now, 5);
        a.pass_deadlines();
        for (const std::string& who : people) CHECK(accepted_by(a.of(who)) == kept[who]);
    }
    a.now = plus_days(a.now, 10);
    a.pass_deadlines();
    (void)a.submit(a.now_as(officer), conclude_call{{"c"}});
}

}  // namespace

TEST_CASE("random lives of small calls for teams: the best of all assignments, or none at all") {
    random_source g(20261128);
    int found = 0;
    int none = 0;
    for (int turn = 0; turn < 60; ++turn) {
        CAPTURE(turn);
        agency a;
        const open_call c = random_team_call(g);
        if (!decide(a.seen(), c, a.now_by("gov"))) continue;
        open(a, c);
        const std::vector<std::string> people = random_applicants(g, a);
        settle_and_reveal(a);
        const auto trial = a.view(dry_run_query{{"c"}}, officer);
        REQUIRE(trial.would);
        CHECK(trial.fault.empty());
        REQUIRE(trial.would->teams.size() == 1);
        const team_part& part = trial.would->teams[0];
        const auto best = every_assignment(a, people).best();
        CHECK(best.has_value() == binds(part.verdict));
        if (best) {
            ++found;
            CHECK(part.utility == best->first);
            CHECK(part.placed == best->second);
        } else {
            ++none;
            CHECK(part.verdict == team_verdict::none);
            CHECK_FALSE(part.conflict.empty());
        }
        live_on(g, a, people);
        a.tell();
        agency again;
        for (const auto& step : a.played) step(again);
        again.now = a.now;
        again.pass_deadlines();
        CHECK(again.everything() == a.everything());
    }
    CHECK(found > 10);
    CHECK(none > 3);
}

TEST_CASE("a search that came to no end binds nobody, and is said to have come to none") {
    const auto found = [](std::initializer_list<team_verdict> verdicts) {
        run_result made;
        for (const team_verdict one : verdicts) {
            made.parts.emplace_back().verdict = one;
            made.parts.back().sites = {{"a"}};
        }
        const auto checked = check_teams_found(made);
        return checked ? std::string() : std::string(checked.error().code());
    };
    CHECK(found({team_verdict::gap}) == "calls.teams_undecided");
    CHECK(found({team_verdict::not_decided}) == "calls.teams_undecided");
    CHECK(found({team_verdict::gap, team_verdict::none}) == "calls.no_teams");
    CHECK(found({team_verdict::none, team_verdict::best_by_aim}).empty());
    CHECK_FALSE(binds(team_verdict::gap));
    CHECK_FALSE(binds(team_verdict::not_decided));
    CHECK_FALSE(binds(team_verdict::none));
}

TEST_CASE("whoever replays the acts comes to the same teams") {
    agency a = gathered();
    run(a);
    agency b;
    for (const auto& act : a.played) act(b);
    CHECK(a.everything() == b.everything());
}

}  // namespace veche::calls::testing
