#include <doctest/doctest.h>

#include "charter/rule.hpp"

using namespace veche;
using namespace veche::charter;

namespace {

rule rule_of(std::string_view text) {
    return parse_rule_text(text).value();
}

std::vector<voter> three() {
    return {{"a", {}, {{"votes", 5}}}, {"b", {}, {{"votes", 4}}}, {"c", {}, {{"votes", 3}}}};
}

circumstances splitting(std::map<std::string, split_votes, std::less<>> splits) {
    circumstances around;
    around.split_weight = "votes";
    around.splits = std::move(splits);
    return around;
}

}  // namespace

TEST_CASE("parts of a split weight count where they say, and the voter is there once") {
    const rule r = rule_of("quorum [ present = 3 ] pass yes.votes > no.votes");
    const ballot_map ballots{{"a", ballot::split}, {"b", ballot::no}, {"c", ballot::yes}};
    // 3 + yes parts against 4 + no parts.
    CHECK(outcome_of(r, three(), ballots, splitting({{"a", {4, 1, 0}}})) == outcome::adopted);
    CHECK(outcome_of(r, three(), ballots, splitting({{"a", {3, 2, 0}}})) == outcome::rejected);
    CHECK(outcome_of(r, three(), ballots, splitting({{"a", {3, 1, 1}}})) == outcome::adopted);
}

TEST_CASE("splitting a weight gives what several voters who share it would give") {
    const rule r = rule_of("pass all[ yes.votes >= 1/2 cast.votes, notyes.votes <= 7 ]");
    for (std::int64_t yes = 0; yes <= 5; ++yes)
        for (std::int64_t no = 0; yes + no <= 5; ++no) {
            const split_votes parts{yes, no, 5 - yes - no};
            const ballot_map split{{"a", ballot::split}, {"b", ballot::no}, {"c", ballot::yes}};
            auto shared = three();
            shared.erase(shared.begin());
            shared.push_back({"a1", {}, {{"votes", parts.yes}}});
            shared.push_back({"a2", {}, {{"votes", parts.no}}});
            shared.push_back({"a3", {}, {{"votes", parts.abstain}}});
            const ballot_map apart{{"a1", ballot::yes},
                                   {"a2", ballot::no},
                                   {"a3", ballot::abstain},
                                   {"b", ballot::no},
                                   {"c", ballot::yes}};
            CHECK(outcome_of(r, three(), split, splitting({{"a", parts}})) ==
                  outcome_of(r, shared, apart));
        }
}

TEST_CASE("parts that do not add up, or that the rule cannot count, are invalid") {
    const ballot_map ballots{{"a", ballot::split}, {"b", ballot::yes}};
    const rule sums = rule_of("yes.votes > no.votes");
    CHECK(outcome_of(sums, three(), ballots, splitting({{"a", {5, 1, 0}}})) == outcome::invalid);
    CHECK(outcome_of(sums, three(), ballots, splitting({{"a", {6, -1, 0}}})) == outcome::invalid);
    CHECK(outcome_of(sums, three(), ballots, splitting({})) == outcome::invalid);
    const rule heads = rule_of("all[ yes.votes > no.votes, yes > 1 ]");
    CHECK(outcome_of(heads, three(), ballots, splitting({{"a", {4, 1, 0}}})) == outcome::invalid);
}

TEST_CASE("a rule may be split only where it asks nobody else what was said") {
    const auto may = [](std::string_view text) {
        return may_split(rule_of(text), "votes", bloc_mode::none);
    };
    CHECK(may("quorum [ present > 1/2 seats ] pass yes.votes > 1/2 seats.votes"));
    CHECK_FALSE(may("yes > 1/2 seats"));
    CHECK_FALSE(may("all[ yes.votes > no.votes, no <= 1 ]"));
    CHECK_FALSE(may("all[ yes.votes > no.votes, noneof{a, no} ]"));
    CHECK_FALSE(may("pass yes.votes > no.votes tie chair"));
    CHECK_FALSE(may_split(rule_of("yes.votes > no.votes"), "votes", bloc_mode::uniform));
}

TEST_CASE("counts are enough for a rule that asks only how many") {
    const auto needs = [](std::string_view text, bloc_mode blocs = bloc_mode::none) {
        return needs_names(rule_of(text), blocs);
    };
    CHECK(needs("quorum [ present > 1/2 seats ] pass yes > 1/2 decisive") == names_needed::no);
    CHECK(needs("yes > no", bloc_mode::majority) == names_needed::blocs);
    CHECK(needs("all[ yes > no, yes.votes > 3 ]") == names_needed::weights);
    CHECK(needs("not each{by: st, no > 1}") == names_needed::groups);
    CHECK(needs("all[ yes > no, noneof{a, no} ]") == names_needed::voters);
    CHECK(needs("pass yes > no tie chair") == names_needed::chair);
}

TEST_CASE("whoever is only represented does not make a quorum, but votes") {
    const rule r = rule_of("quorum [ present >= 2 ] pass yes > no");
    const ballot_map ballots{{"a", ballot::yes}, {"b", ballot::yes}};
    CHECK(outcome_of(r, three(), ballots) == outcome::adopted);
    circumstances around;
    around.represented = {"b"};
    CHECK(outcome_of(r, three(), ballots, around) == outcome::no_quorum);
    around.represented = {"c"};  // who has not voted at all
    CHECK(outcome_of(r, three(), ballots, around) == outcome::adopted);
    const rule without = rule_of("yes >= 2");
    around.represented = {"b"};
    CHECK(outcome_of(without, three(), ballots, around) == outcome::adopted);
}

TEST_CASE("a split voter who had said yes or no as a whole is found in the margins") {
    const rule r = rule_of("yes.votes > no.votes");
    const ballot_map ballots{{"a", ballot::split}, {"b", ballot::no}, {"c", ballot::yes}};
    const verdict v = evaluate(r, three(), ballots, splitting({{"a", {3, 2, 0}}}));
    CHECK(v.outcome == outcome::rejected);
    bool found = false;
    for (const turning& one : v.margins)
        found = found || (one.from == ballot::split && one.to == ballot::yes &&
                          one.voters == std::vector<std::string>{"a"});
    CHECK(found);
}
