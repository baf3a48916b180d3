// Blocs, ties, ballots that do not fit, reasons and margins.

#include <doctest/doctest.h>

#include "charter/tests/electorates.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

ballot bloc(bloc_mode mode, std::vector<ballot> said) {
    return bloc_ballot_of(mode, said);
}

constexpr ballot yes = ballot::yes, no = ballot::no, abstain = ballot::abstain,
                 absent = ballot::absent, excluded = ballot::excluded;

}  // namespace

TEST_CASE("a bloc speaks with one voice") {
    CHECK(bloc(bloc_mode::uniform, {yes, yes}) == yes);
    CHECK(bloc(bloc_mode::uniform, {yes, no}) == abstain);
    CHECK(bloc(bloc_mode::uniform, {yes, abstain}) == abstain);
    CHECK(bloc(bloc_mode::uniform, {no, absent}) == no);
    CHECK(bloc(bloc_mode::uniform, {absent, excluded}) == absent);
    CHECK(bloc(bloc_mode::uniform, {excluded, excluded}) == excluded);
    CHECK(bloc(bloc_mode::majority, {yes, yes, no}) == yes);
    CHECK(bloc(bloc_mode::majority, {yes, no}) == no);
    CHECK(bloc(bloc_mode::majority, {abstain, absent}) == abstain);
    CHECK(bloc(bloc_mode::majority, {absent, absent}) == absent);
    CHECK(bloc(bloc_mode::majority, {}) == absent);
}

TEST_CASE("blocs collapse before weighing: a member's weight counts once") {
    std::vector<voter> voters;
    for (const char* id : {"a1", "a2", "b1"})
        voters.push_back({id, {{"st", std::string(1, id[0])}}, {{"pop", id[0] == 'a' ? 4 : 5}}});
    circumstances around;
    around.blocs = bloc_mode::uniform;
    const rule r = from_text("yes.pop > 1/2 seats.pop");
    const auto v = evaluate(r, voters, {{"a1", yes}, {"a2", yes}, {"b1", no}}, around);
    CHECK(v.outcome == outcome::rejected);
    CHECK(v.sentence == "Rejected: population in favour: 4 of 9 (44.44 %), 5 needed.");
    REQUIRE(v.blocs.size() == 2);
    CHECK(v.blocs[0] == bloc_ballot{"a", yes});
    CHECK(v.blocs[1] == bloc_ballot{"b", no});
    CHECK(outcome_of(r, voters, {{"a1", yes}, {"a2", yes}, {"b1", no}}) == outcome::adopted);
}

TEST_CASE("on a tie the chair has one vote more, and what else is needed stays needed") {
    const rule r = from_text("pass all[ yes > 1 no, yes >= 3 ] tie chair");
    const auto voters = weighing({1, 1, 1, 1});
    circumstances around;
    around.chair = "A";
    CHECK(outcome_of(r, voters, {{"A", yes}, {"B", yes}, {"C", no}, {"D", no}}, around) ==
          outcome::adopted);
    CHECK(outcome_of(r, voters, {{"A", yes}, {"C", no}}, around) == outcome::rejected);
    CHECK(outcome_of(r, voters, {{"A", no}, {"B", yes}, {"C", yes}, {"D", no}}, around) ==
          outcome::rejected);
    CHECK(outcome_of(r, voters, {{"B", yes}, {"C", yes}, {"D", no}}, around) == outcome::rejected);
    around.chair.reset();
    CHECK(outcome_of(r, voters, {{"A", yes}, {"B", yes}, {"C", no}, {"D", no}}, around) ==
          outcome::rejected);
}

TEST_CASE("a casting vote belongs to no group, even to one that is everybody") {
    const std::vector<voter> voters{{"a", {{"st", "x"}}, {}}, {"b", {{"st", "x"}}, {}}};
    circumstances around;
    around.chair = "a";
    const ballot_map said{{"a", yes}, {"b", no}};
    CHECK(outcome_of(from_text("pass yes > no tie chair"), voters, said, around) ==
          outcome::adopted);
    CHECK(outcome_of(from_text("pass each{by: st, yes > no} tie chair"), voters, said, around) ==
          outcome::rejected);
}

TEST_CASE("the smallest cover exceeds its share; to reach it is not enough") {
    const rule r = from_text("notyes < mincover{1/2, pop}");
    const auto voters = weighing({50, 30, 20});
    // 50 of 100 is half and no more, so it takes two; one against does not block.
    CHECK(outcome_of(r, voters, {{"A", no}, {"B", yes}, {"C", yes}}) == outcome::adopted);
    CHECK(outcome_of(r, voters, {{"A", yes}, {"B", no}, {"C", no}}) == outcome::rejected);
    CHECK(outcome_of(r, weighing({51, 30, 19}), {{"A", no}, {"B", yes}, {"C", yes}}) ==
          outcome::rejected);
}

TEST_CASE("where nobody is in favour there is no tie to break") {
    const rule r = from_text("pass yes > 1/2 decisive tie lot");
    CHECK(outcome_of(r, weighing({1, 1}), {{"A", abstain}, {"B", abstain}}) == outcome::rejected);
}

TEST_CASE("a lot waits for its public seed and then falls the same way for everybody") {
    const rule r = from_text("pass yes > 1/2 decisive tie lot");
    const auto voters = weighing({1, 1});
    const ballot_map said{{"A", yes}, {"B", no}};
    CHECK(outcome_of(r, voters, said) == outcome::pending);
    int adopted = 0;
    for (int n = 0; n < 200; ++n) {
        circumstances around;
        around.seed = std::to_string(n);
        const outcome out = outcome_of(r, voters, said, around);
        CHECK(out == outcome_of(r, voters, said, around));
        if (out == outcome::adopted) ++adopted;
    }
    CHECK(adopted > 70);
    CHECK(adopted < 130);
    circumstances around;
    around.seed = "drawn on 1 May";
    const auto drawn = evaluate(r, voters, said, around);
    CHECK(drawn.reasons.back().args == std::vector<std::string>{"drawn on 1 May"});
}

TEST_CASE("ballots that do not fit the electorate make the vote invalid and say why") {
    const rule r = from_text("yes.pop > 1/2 seats.pop");
    auto voters = weighing({1, 2});
    const auto sentence = [&](const ballot_map& said, const circumstances& around = {}) {
        const auto v = evaluate(r, voters, said, around);
        CHECK(v.outcome == outcome::invalid);
        CHECK(v.margins.empty());
        return v.sentence;
    };
    CHECK(sentence({{"X", yes}}) == "Invalid: X has no vote here.");
    circumstances around;
    around.chair = "Y";
    CHECK(sentence({}, around) == "Invalid: Y has no vote here.");
    voters[1].weights["pop"] = -1;
    CHECK(sentence({}) == "Invalid: B has no proper weight called pop on that day.");
    voters[1].weights.clear();
    CHECK(sentence({}) == "Invalid: B has no proper weight called pop on that day.");
    voters[1] = voters[0];
    CHECK(sentence({}) == "Invalid: A stands twice in the electorate.");
}

TEST_CASE("a reason says the numbers and what was needed") {
    const auto voters = weighing({10, 20, 70});
    const auto sentence = [&](std::string_view text, const ballot_map& said) {
        return evaluate(from_text(text), voters, said).sentence;
    };
    const ballot_map two{{"A", yes}, {"B", yes}, {"C", no}};
    CHECK(sentence("yes > 1/2 seats", two) == "Adopted: 2 of 3 members in favour, 2 needed.");
    CHECK(sentence("yes > 2/3 seats", two) == "Rejected: 2 of 3 members in favour, 3 needed.");
    CHECK(sentence("yes.pop >= 65/100 seats.pop", two) ==
          "Rejected: population in favour: 30 of 100 (30.00 %), 65 needed.");
    CHECK(sentence("all[ yes >= 1, no = 0 ]", two) == "Rejected: 1 member against, none allowed.");
    CHECK(sentence("yes > 1 no", two) == "Adopted: 2 members in favour and 1 against, 2 needed.");
    CHECK(sentence("no < 2/3 seats", two) == "Adopted: 1 of 3 members against, at most 1 allowed.");
    CHECK(sentence("notyes < mincover{1/2, pop, +1}", two) ==
          "Adopted: 1 member not in favour, a blocking minority needs 2.");
    CHECK(sentence("noneof{B C, no}", two) == "Rejected: a veto: C against.");
    CHECK(sentence("not no >= 1", two) == "Rejected: 1 member against, 1 needed.");
    CHECK(sentence("quorum [ present >= 3 ] pass yes > no", {{"A", yes}}) ==
          "No quorum: 1 member present, 3 needed.");
    CHECK(sentence("yes > no", {}) ==
          "Rejected: no ballot was cast, and an empty vote adopts nothing.");
}

TEST_CASE("a share just short of its threshold never looks as if it reached it") {
    const auto v = evaluate(from_text("yes.pop >= 65/100 seats.pop"), weighing({64999, 35001}),
                            {{"A", yes}, {"B", no}});
    CHECK(v.sentence == "Rejected: population in favour: 64999 of 100000 (64.99 %), 65000 needed.");
}

TEST_CASE("margins name exactly the single ballots that turn the outcome") {
    dice random(12);
    for (int n = 0; n < 400; ++n) {
        const rule r = random.any_rule();
        const auto voters = random.electorate();
        auto said = random.ballots(voters);
        circumstances around;
        around.blocs = static_cast<bloc_mode>(random.upto(2));
        around.chair = voters.back().id;
        const auto v = evaluate(r, voters, said, around);
        std::map<std::pair<std::string, ballot>, outcome> claimed;
        for (const turning& t : v.margins)
            for (const std::string& id : t.voters) {
                CHECK(said.insert({id, absent}).first->second == t.from);
                claimed[{id, t.to}] = t.outcome;
            }
        for (const voter& one : voters) {
            const ballot before = said.insert({one.id, absent}).first->second;
            for (const ballot to : {yes, no}) {
                said[one.id] = to;
                const outcome then = outcome_of(r, voters, said, around);
                said[one.id] = before;
                const auto found = claimed.find({one.id, to});
                const bool turns = before != excluded && then != v.outcome;
                CHECK((found != claimed.end()) == turns);
                if (found != claimed.end()) CHECK(found->second == then);
            }
        }
    }
}

TEST_CASE("two thousand voters, each like no other, have margins too") {
    std::vector<voter> voters;
    ballot_map said;
    for (int n = 0; n < 2000; ++n) {
        const std::string id = "v" + std::to_string(n);
        voters.push_back({id, {{"st", "g" + std::to_string(n % 40)}}, {{"pop", 10000 + n}}});
        said[id] = n % 2 == 0 ? yes : no;
    }
    // Those in favour weigh 10999000: 11001 are missing, which v1001 and heavier ones have.
    const auto v = evaluate(from_text("yes.pop >= 11010001"), voters, said);
    CHECK(v.outcome == outcome::rejected);
    REQUIRE(v.margins.size() == 1);
    CHECK(v.margins[0].from == no);
    CHECK(v.margins[0].to == yes);
    CHECK(v.margins[0].voters.size() == 500);
    CHECK(v.margins[0].voters.front() == "v1001");
    CHECK(v.margins[0].line.words ==
          "one more yes from a member against with at least 0.05 % of population would have made "
          "it: adopted");
}

TEST_CASE("margins know that the chair's ballot is like no other") {
    circumstances around;
    around.chair = "A";
    const auto v = evaluate(from_text("pass yes > no tie chair"), weighing({1, 1, 1, 1}),
                            {{"A", no}, {"B", no}, {"C", no}, {"D", yes}}, around);
    REQUIRE(v.margins.size() == 1);
    CHECK(v.margins[0].voters == std::vector<std::string>{"A"});
    CHECK(v.margins[0].line.words == "one more yes from A (against) would have made it: adopted");
}

TEST_CASE("margins in words: any member, a heavy one, or a list") {
    const auto words = [](const rule& r, const std::vector<voter>& voters, const ballot_map& said) {
        std::vector<std::string> out;
        for (const turning& t : evaluate(r, voters, said).margins) out.push_back(t.line.words);
        return out;
    };
    CHECK(words(from_text("yes > 1/2 seats"), weighing({1, 1, 1}), {{"A", yes}, {"B", no}}) ==
          std::vector<std::string>{
              "one more yes from any member against would have made it: adopted",
              "one more yes from any member absent would have made it: adopted"});
    const auto heavy = words(from_text("yes.pop >= 1/2 seats.pop"), weighing({40, 15, 25, 20}),
                             {{"A", yes}, {"B", no}, {"C", no}, {"D", abstain}});
    CHECK(heavy == std::vector<std::string>{
                       "one more yes from any member against would have made it: adopted",
                       "one more yes from any member abstaining would have made it: adopted"});
    const auto part = words(from_text("yes.pop > 1/2 seats.pop"), weighing({40, 9, 26, 25}),
                            {{"A", yes}, {"B", no}, {"C", no}, {"D", no}});
    CHECK(part == std::vector<std::string>{"one more yes from a member against with at least 25.00 "
                                           "% of population would have made it: adopted"});
    const auto listed = words(from_text("all[ yes >= 1, noneof{A B, no} ]"), weighing({1, 1, 1}),
                              {{"A", abstain}, {"B", abstain}, {"C", yes}});
    CHECK(std::find(listed.begin(), listed.end(),
                    "one more no from any member abstaining would have made it: rejected") !=
          listed.end());
}

TEST_CASE("a line can be said in another language, word by word") {
    const auto v = evaluate(from_text("yes > 1/2 seats"), weighing({1, 1, 1}), {{"A", yes}});
    const auto russian = [](std::string_view key) -> std::optional<std::string> {
        if (key == "rule.at_least_of") return "{3}: {0} из {1}, нужно {2}";
        if (key == "rule.sel.yes") return "за";
        return std::nullopt;
    };
    const reason_line& line = v.reasons.back();
    CHECK(line.code == "rule.at_least_of");
    CHECK(say(line, russian) == "за: 1 из 3, нужно 2");
    CHECK(say(line, [](std::string_view) { return std::nullopt; }) == line.words);
}

TEST_CASE("every phrase that reasons ask for exists, and none twice") {
    std::set<std::string_view> keys;
    for (const auto& [key, words] : rule_phrases()) {
        CHECK(keys.insert(key).second);
        CHECK(key.starts_with("rule."));
    }
    dice random(13);
    for (int n = 0; n < 2000; ++n) {
        const rule r = random.any_rule();
        const auto voters = random.electorate();
        circumstances around;
        around.blocs = static_cast<bloc_mode>(random.upto(2));
        auto v = evaluate(r, voters, random.ballots(voters), around);
        auto lines = words_of(r, around.blocs);
        lines.insert(lines.end(), v.reasons.begin(), v.reasons.end());
        for (const turning& t : v.margins) lines.push_back(t.line);
        for (const reason_line& line : lines) {
            CHECK(keys.contains(line.code));
            CHECK(line.words.find('@') == std::string::npos);
            CHECK(line.words.find('{') == std::string::npos);
            for (const std::string& arg : line.args)
                if (arg.starts_with('@')) CHECK(keys.contains(std::string_view(arg).substr(1)));
        }
    }
}

TEST_CASE("what a vote leaves on the journal is the verdict without its words") {
    dice random(29);
    int invalid = 0;
    for (int n = 0; n < 4000; ++n) {
        const rule r = random.any_rule();
        const auto voters = random.chance(50) ? random.electorate() : random.delegations();
        const ballot_map ballots = random.ballots(voters);
        circumstances around;
        around.blocs = static_cast<bloc_mode>(random.upto(2));
        around.margins = false;
        if (random.chance(30)) around.chair = voters.front().id;
        if (random.chance(30)) around.represented.insert(voters.back().id);
        std::vector<ballot> said;
        for (const voter& v : voters) {
            const auto found = ballots.find(v.id);
            said.push_back(found == ballots.end() ? ballot::absent : found->second);
        }
        verdict expected = evaluate(r, voters, ballots, around);
        if (expected.outcome == outcome::invalid) ++invalid;
        CHECK_FALSE(expected.sentence.empty());
        expected.sentence.clear();
        for (reason_line& line : expected.reasons) line.words.clear();
        CHECK(judge(r, voters, said, around) == expected);
    }
    CHECK(invalid < 4000);
}

TEST_CASE("a rule in words") {
    const auto lines = words_of(
        from_text("quorum [ present > 1/2 participating ] "
                  "pass all[ yes >= 55/100 participating, notyes < mincover{35/100, pop, +1}, "
                  "yes > no, no = 0 ] tie chair"),
        bloc_mode::uniform);
    std::vector<std::string> words;
    for (const reason_line& line : lines)
        words.push_back(std::string(2 * static_cast<std::size_t>(line.depth), ' ') + line.words);
    CHECK(words ==
          std::vector<std::string>{
              "the seats of one member have one voice; where they differ, it abstains", "Quorum",
              "  members present: more than 1/2 of members taking part", "To be adopted",
              "  all of these", "    members in favour: at least 55/100 of members taking part",
              "    members not in favour: fewer than a blocking minority, which is the fewest "
              "members with more than 35/100 of population, plus 1",
              "    members in favour: more than members against", "    members against: exactly 0",
              "on a tie the chair's ballot counts once more"});
}

TEST_CASE("a verdict is a described value and reads back") {
    const auto v = evaluate(from_text("yes > 1/2 seats"), weighing({1, 1, 1}), {{"A", yes}});
    const auto again = from_json<verdict>(veche::to_json(v));
    REQUIRE(again.has_value());
    CHECK(*again == v);
}
