// The laws of decision rules (docs/format/rules.md), each by many random electorates and rules.

#include <algorithm>

#include <doctest/doctest.h>

#include "charter/counting.hpp"
#include "charter/tests/electorates.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

constexpr int rounds = 4000;

/// A weight against a plain number, or against a number of voters, has no scale to keep.
bool compares_like_with_like(const condition& c) {
    if (c.kind == condition_kind::compare)
        return c.left.kind == measure_kind::selection && c.right.kind == measure_kind::selection &&
               c.left.weight == c.right.weight;
    return std::all_of(c.parts.begin(), c.parts.end(), compares_like_with_like);
}

}  // namespace

TEST_CASE("law 1: shares are exact where 64-bit and floating arithmetic are not") {
    const std::int64_t huge = json::max_integer;
    const rule r = from_text("yes.pop > 333333333/1000000000 seats.pop");
    std::vector<voter> voters = weighing({huge, huge, huge});
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}}) == outcome::adopted);
    CHECK(outcome_of(from_text("yes.pop > 1/3 seats.pop"), voters, {{"A", ballot::yes}}) ==
          outcome::rejected);
    CHECK(outcome_of(from_text("yes.pop >= 1/3 seats.pop"), voters, {{"A", ballot::yes}}) ==
          outcome::adopted);
    voters[0].weights["pop"] = huge - 1;
    CHECK(outcome_of(from_text("yes.pop >= 1/3 seats.pop"), voters, {{"A", ballot::yes}}) ==
          outcome::rejected);
    CHECK(threshold_up({65, 100}, 451028881) == 293168773);
    CHECK(threshold_up({1, 2}, 4) == 2);
}

TEST_CASE("law 2: without a single ballot nothing is adopted, whatever the ratios say") {
    dice random(2);
    int would_hold = 0;
    for (int n = 0; n < rounds; ++n) {
        rule r = random.any_rule();
        r.silence.reset();
        const auto voters = random.electorate();
        circumstances around;
        around.seed = "any";
        around.chair = voters.front().id;
        CHECK(outcome_of(r, voters, {}, around) != outcome::adopted);
        assembled a;
        assemble(r, voters, {}, around, a);
        if (holds(r.pass, a.all, everybody(a.all))) ++would_hold;
    }
    CHECK(would_hold > 100);  // so the law is what stopped them
}

TEST_CASE("law 2: silence is the only exception, and only at its end") {
    const rule r = from_text("pass no = 0 silence 7 days");
    const auto voters = weighing({1, 1});
    circumstances over;
    over.silence_over = true;
    CHECK(outcome_of(r, voters, {}) == outcome::pending);
    CHECK(outcome_of(r, voters, {}, over) == outcome::adopted);
    CHECK(outcome_of(r, voters, {{"A", ballot::no}}, over) == outcome::rejected);
    CHECK(outcome_of(r, voters, {{"A", ballot::no}}) == outcome::rejected);
}

TEST_CASE("law 4: a quorum can ask for each group") {
    const rule r = from_text("quorum [ each{by: st, present >= 1/2 seats} ] pass yes > 0 seats");
    const std::vector<voter> voters{
        {"a", {{"st", "x"}}, {}}, {"b", {{"st", "x"}}, {}}, {"c", {{"st", "y"}}, {}}};
    CHECK(outcome_of(r, voters, {{"a", ballot::yes}, {"b", ballot::yes}}) == outcome::no_quorum);
    CHECK(outcome_of(r, voters, {{"a", ballot::yes}, {"c", ballot::abstain}}) == outcome::adopted);
}

TEST_CASE("law 6: weight is not voice: a weight split between voters who agree counts the same") {
    dice random(6);
    for (int n = 0; n < rounds; ++n) {
        rule r = from_text("all[ yes.pop > 1/2 seats.pop, no.money <= 1/3 participating.money ]");
        auto voters = random.electorate();
        auto said = random.ballots(voters);
        const outcome before = outcome_of(r, voters, said);
        voter& whole = voters[static_cast<std::size_t>(
            random.upto(static_cast<std::int64_t>(voters.size()) - 1))];
        voter part = whole;
        part.id = "part";
        for (auto& [name, weight] : part.weights) {
            weight = random.upto(weight);
            whole.weights[name] -= weight;
        }
        if (said.contains(whole.id)) said["part"] = said[whole.id];
        voters.push_back(part);
        CHECK(outcome_of(r, voters, said) == before);
    }
}

TEST_CASE("law 7: absent is not abstaining") {
    const rule r = from_text("quorum [ absent = 0 ] pass no = 0");
    const auto voters = weighing({1, 1});
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}, {"B", ballot::abstain}}) == outcome::adopted);
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}}) == outcome::no_quorum);
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}, {"B", ballot::absent}}) == outcome::no_quorum);
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}, {"B", ballot::excluded}}) == outcome::adopted);
}

TEST_CASE("law 8: outcomes are three-valued where the law is") {
    const rule r = from_text("pass yes > 1/2 seats against no > 1/2 seats");
    const auto voters = weighing({1, 1, 1});
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}, {"B", ballot::yes}}) == outcome::adopted);
    CHECK(outcome_of(r, voters, {{"A", ballot::yes}, {"B", ballot::no}}) == outcome::no_opinion);
    CHECK(outcome_of(r, voters, {{"A", ballot::no}, {"B", ballot::no}}) == outcome::rejected);
}

TEST_CASE("law 9: the order of voters changes nothing") {
    dice random(9);
    for (int n = 0; n < rounds; ++n) {
        const rule r = random.any_rule();
        auto voters = random.delegations();
        const auto said = random.ballots(voters);
        circumstances around;
        around.blocs = static_cast<bloc_mode>(random.upto(2));
        around.chair = voters.front().id;
        around.seed = std::to_string(n);
        const outcome before = outcome_of(r, voters, said, around);
        random.shuffle(voters);
        CHECK(outcome_of(r, voters, said, around) == before);
    }
}

TEST_CASE("law 9: multiplying a weight by a constant changes nothing") {
    dice random(10);
    int tried = 0;
    for (int n = 0; n < rounds; ++n) {
        const rule r = random.monotone_rule();
        if (!compares_like_with_like(r.pass)) continue;
        ++tried;
        auto voters = random.electorate();
        const auto said = random.ballots(voters);
        const outcome before = outcome_of(r, voters, said);
        for (voter& v : voters) v.weights["pop"] *= 1000003;
        CAPTURE(rule_text(r));
        CHECK(outcome_of(r, voters, said) == before);
    }
    CHECK(tried > rounds / 4);
}

TEST_CASE("law 9: a no that becomes a yes never makes an adopted text fail") {
    dice random(11);
    int adopted = 0;
    for (int n = 0; n < 10 * rounds; ++n) {
        const rule r = random.monotone_rule();
        const auto voters = random.delegations();
        auto said = random.ballots(voters);
        circumstances around;
        around.blocs = random.chance(20) ? bloc_mode::majority : bloc_mode::none;
        around.chair = voters.front().id;
        around.seed = std::to_string(n);
        if (outcome_of(r, voters, said, around) != outcome::adopted) continue;
        ++adopted;
        for (auto& [id, ballot] : said) {
            if (ballot != charter::ballot::no) continue;
            ballot = charter::ballot::yes;
            CAPTURE(rule_text(r));
            CHECK(outcome_of(r, voters, said, around) == outcome::adopted);
            ballot = charter::ballot::no;
        }
    }
    CHECK(adopted > rounds);
}

TEST_CASE("law 10: what a rule speaks of must exist") {
    rule_surroundings around;
    around.weights = {"pop"};
    around.attributes["st"] = {"ru", "by"};
    const auto code = [&](std::string_view text) {
        const auto checked = check_rule(from_text(text), around);
        return checked ? std::string("sound") : std::string(checked.error().code());
    };
    CHECK(code("yes > 1/2 seats") == "sound");
    CHECK(code("yes.pop >= 65/100 participating.pop") == "sound");
    CHECK(code("yes.money > 1/2 seats.money") == "charter.rule_weight_unknown");
    CHECK(code("notyes < mincover{1/3, money}") == "charter.rule_weight_unknown");
    CHECK(code("in{by: st, eq: ru, yes > 1/2 seats}") == "sound");
    CHECK(code("in{by: st, eq: fr, yes > 1/2 seats}") == "charter.rule_group_unknown");
    CHECK(code("each{by: party, yes > 1/2 seats}") == "charter.rule_group_unknown");
    CHECK(code("yes >= 9") == "sound");
    around.voters = {"A"};
    CHECK(code("all[ yes > 0 seats, noneof{A, no} ]") == "sound");
    CHECK(code("all[ yes > 0 seats, noneof{B, no} ]") == "charter.rule_voter_unknown");
    CHECK(code("all[any[all[any[yes > no]]]]") == "charter.rule_too_deep");
}

TEST_CASE("law 10: some ballots must pass and some must fail") {
    const auto code = [](std::string_view text) {
        const auto checked = check_rule(from_text(text), {});
        return checked ? std::string("sound") : std::string(checked.error().code());
    };
    CHECK(code("yes > seats") == "charter.rule_never_passes");
    CHECK(code("all[ yes > 1/2 seats, no > 1/2 seats ]") == "charter.rule_never_passes");
    CHECK(code("seats >= 1") == "charter.rule_never_fails");
    CHECK(code("pass yes >= 0 seats tie chair") == "charter.rule_never_fails");
    CHECK(code("pass no = 0 silence 7 days") == "sound");
    // On real seats: nine votes can never be found among five.
    CHECK(check_rule_decides(from_text("yes >= 9"), weighing({1, 1, 1, 1, 1})).error().code() ==
          "charter.rule_never_passes");
}
