// What a rule can come to, against trying all ballots.

#include "charter/reach.hpp"

#include <doctest/doctest.h>

#include "charter/tests/electorates.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

/// Calls `visit` with every way in which those who are there can vote.
template <class Visit>
void each_ballots(const std::vector<voter>& voters, const std::set<std::string>& vacant,
                  const std::vector<ballot>& options, const Visit& visit) {
    ballot_map said;
    const auto go = [&](const auto& self, std::size_t at) -> void {
        if (at == voters.size()) return visit(said);
        if (vacant.contains(voters[at].id)) return self(self, at + 1);
        for (const ballot b : options) {
            said[voters[at].id] = b;
            self(self, at + 1);
        }
        said.erase(voters[at].id);
    };
    go(go, 0);
}

/// Whether some ballots do it, with ties broken as the aim has it.
bool by_trying(const rule& r, const std::vector<voter>& voters, const std::set<std::string>& vacant,
               bloc_mode blocs, aim to) {
    bool found = false;
    const std::vector<ballot> all{ballot::yes, ballot::no, ballot::abstain, ballot::absent,
                                  ballot::excluded};
    const std::vector<ballot> casting(all.begin(), all.begin() + 3);
    each_ballots(voters, vacant, to == aim::not_adopted ? casting : all, [&](const ballot_map& s) {
        circumstances around;
        around.blocs = blocs;
        around.silence_over = true;
        std::vector<std::optional<std::string>> chairs{std::nullopt};
        if (r.tie == tie_break::chair)
            for (const voter& v : voters)
                if (!vacant.contains(v.id)) chairs.emplace_back(v.id);
        // Among these seeds some are in favour and some against.
        std::vector<std::optional<std::string>> seeds{"0", "1", "2", "3", "4", "5"};
        if (r.tie != tie_break::lot) seeds.resize(1);
        for (const auto& chair : chairs)
            for (const auto& seed : seeds) {
                around.chair = chair;
                around.seed = seed;
                const outcome out = outcome_of(r, voters, s, around);
                const bool there = to == aim::quorum    ? out != outcome::no_quorum
                                   : to == aim::adopted ? out == outcome::adopted
                                                        : out != outcome::adopted;
                found = found || there;
            }
    });
    return found;
}

}  // namespace

TEST_CASE("the search finds what trying all ballots finds, and its ballots do it") {
    dice random(31);
    std::map<std::pair<aim, bool>, int> seen;
    for (int n = 0; n < 240; ++n) {
        const rule r = n % 2 == 0 ? random.any_rule() : random.monotone_rule();
        auto voters = random.delegations();
        if (voters.size() > 3) voters.resize(3 + (n % 8 == 0 ? 1 : 0));
        std::set<std::string> vacant;
        for (const voter& v : voters)
            if (random.chance(25)) vacant.insert(v.id);
        const auto blocs = static_cast<bloc_mode>(random.upto(2));
        for (const aim to : {aim::quorum, aim::adopted, aim::not_adopted}) {
            const auto answer = can_reach(r, voters, vacant, blocs, to);
            REQUIRE(answer.found != reach::undecided);
            const bool expected = by_trying(r, voters, vacant, blocs, to);
            CAPTURE(rule_text(r));
            CHECK((answer.found == reach::possible) == expected);
            ++seen[{to, expected}];
            if (answer.found != reach::possible || r.tie != tie_break::reject) continue;
            circumstances around;
            around.blocs = blocs;
            around.silence_over = true;
            const outcome out = outcome_of(r, voters, answer.ballots, around);
            if (to == aim::quorum) CHECK(out != outcome::no_quorum);
            if (to == aim::adopted) CHECK(out == outcome::adopted);
            if (to == aim::not_adopted) CHECK(out != outcome::adopted);
        }
    }
    for (const aim to : {aim::quorum, aim::adopted, aim::not_adopted}) {
        CHECK(seen[{to, true}] > 5);
        CHECK(seen[{to, false}] > 5);
    }
}

TEST_CASE("two delegations of thirty-six are searched through, also where nothing is found") {
    std::vector<voter> voters;
    std::set<std::string> vacant;
    for (int n = 0; n < 36; ++n)
        for (const char* member : {"ru", "by"})
            voters.push_back({member + std::to_string(n), {{"st", member}}, {}});
    const rule r = from_text("quorum [ each{by: st, present >= 2/3 seats} ] pass yes > 1/2 seats");
    CHECK(can_reach(r, voters, vacant, bloc_mode::none, aim::adopted).found == reach::possible);
    CHECK(can_reach(r, voters, vacant, bloc_mode::none, aim::not_adopted).found == reach::possible);
    for (int n = 0; n < 13; ++n) vacant.insert("by" + std::to_string(n));
    CHECK(can_reach(r, voters, vacant, bloc_mode::none, aim::quorum).found == reach::impossible);
    // A contradiction that no bound of one comparison shows.
    const rule never = from_text("all[ yes > no, no > abstain, abstain > yes ]");
    const auto answer = can_reach(never, voters, {}, bloc_mode::none, aim::adopted, 20'000);
    CHECK(answer.found != reach::possible);
}

TEST_CASE("twenty-seven weights of their own are no matter: the Council of the EU") {
    std::vector<voter> voters;
    const std::vector<std::int64_t> pop{1849, 1517, 1323, 1078, 833, 423, 401, 262, 242,
                                        236,  234,  231,  213,  202, 143, 132, 125, 121,
                                        119,  86,   64,   47,   42,  30,  21,  15,  12};
    for (std::size_t n = 0; n < pop.size(); ++n)
        voters.push_back({"m" + std::to_string(n), {}, {{"pop", pop[n]}}});
    const rule r = from_text(
        "quorum [ present > 1/2 participating ] pass all[ yes >= 55/100 participating, any[ "
        "yes.pop >= 65/100 participating.pop, notyes < mincover{35/100, pop, +1} ] ]");
    CHECK(can_reach(r, voters, {}, bloc_mode::none, aim::adopted).found == reach::possible);
    CHECK(can_reach(r, voters, {}, bloc_mode::none, aim::not_adopted).found == reach::possible);
    // Without the four largest there are 22 states, and too few people.
    const auto answer = can_reach(from_text("yes.pop >= 65/100 participating.pop"), voters,
                                  {"m0", "m1", "m2", "m3"}, bloc_mode::none, aim::adopted);
    CHECK(answer.found == reach::impossible);
}

TEST_CASE("voters who are alike are not alike where the rule names one of them") {
    const auto voters = weighing({1, 1, 1});
    const rule r = from_text("all[ no = 2, noneof{C, notyes} ]");
    const auto answer = can_reach(r, voters, {}, bloc_mode::none, aim::adopted);
    REQUIRE(answer.found == reach::possible);
    CHECK(answer.ballots.at("C") == ballot::yes);
    const rule first = from_text("all[ yes = 2, noneof{A, decisive} ]");
    CHECK(can_reach(first, voters, {}, bloc_mode::none, aim::adopted).found == reach::possible);
}

TEST_CASE("voters of equal weight in different groups are not alike") {
    const std::vector<voter> voters{{"A", {{"st", "x"}}, {}}, {"B", {{"st", "y"}}, {}}};
    const rule r = from_text("all[ yes = 1, in{by: st, eq: y, yes = 1} ]");
    const auto answer = can_reach(r, voters, {}, bloc_mode::none, aim::adopted);
    REQUIRE(answer.found == reach::possible);
    CHECK(answer.ballots.at("A") != ballot::yes);
    CHECK(answer.ballots.at("B") == ballot::yes);
}

TEST_CASE("a tie adopts with the chair and fells without") {
    const auto tries = [](std::string_view text, std::size_t voters, aim to) {
        return can_reach(from_text(text), weighing(std::vector<std::int64_t>(voters, 1)), {},
                         bloc_mode::none, to)
            .found;
    };
    // Two against and more in favour: of four voters only a tie and the chair make that.
    CHECK(tries("pass all[ yes > no, no >= 2 ] tie chair", 4, aim::adopted) == reach::possible);
    CHECK(tries("pass all[ yes > no, no >= 2 ] tie chair", 3, aim::adopted) == reach::impossible);
    CHECK(tries("pass all[ yes > no, no >= 2 ]", 4, aim::adopted) == reach::impossible);
    CHECK(tries("pass all[ yes > no, no >= 2, noneof{A B, yes} ] tie chair", 4, aim::adopted) ==
          reach::possible);
    // Whatever two voters say is adopted, but for one against one.
    const std::string_view but_for_ties = "pass any[ yes > no, no > yes, abstain > 0 ] tie chair";
    CHECK(tries(but_for_ties, 2, aim::not_adopted) == reach::possible);
    CHECK(tries(but_for_ties, 1, aim::not_adopted) == reach::impossible);
}

TEST_CASE("a search that gives up says so") {
    std::vector<voter> voters;
    for (int n = 0; n < 30; ++n)
        voters.push_back({"v" + std::to_string(n), {}, {{"pop", 1000 + n * n * 7 + n}}});
    // A subset sum: no step of it is settled early.
    const rule r = from_text("all[ yes.pop = 20011, yes = 7 ]");
    CHECK(can_reach(r, voters, {}, bloc_mode::none, aim::adopted, 50).found == reach::undecided);
}

TEST_CASE("a rule that punishes a yes is told by its signs") {
    std::vector<voter> voters;
    for (int n = 0; n < 5; ++n) voters.push_back({"v" + std::to_string(n), {}, {{"pop", n}}});
    const auto fair = [&](std::string_view text) {
        return yes_never_hurts(from_text(text), voters, bloc_mode::none);
    };
    CHECK(fair("yes > 1/2 seats"));
    CHECK(fair("quorum [ absent = 0 ] pass no = 0"));
    CHECK(fair("yes = seats"));
    CHECK(fair("all[ yes > 1/2 seats, no <= 1/4 seats ]"));
    CHECK(fair("notyes < mincover{35/100, pop, +1}"));
    CHECK(fair("not no > 1/4 seats"));
    CHECK_FALSE(fair("yes = 3"));
    CHECK_FALSE(fair("yes <= 1/2 seats"));
    CHECK_FALSE(fair("not yes > 1/2 seats"));
    CHECK_FALSE(fair("quorum [ no > 0 ] pass yes > no"));
}

TEST_CASE("where the signs say that a yes never hurts, none does") {
    dice random(77);
    int fair = 0;
    for (int n = 0; n < 500; ++n) {
        const rule r = random.any_rule();
        const auto voters = random.electorate();
        if (r.silence || !yes_never_hurts(r, voters, bloc_mode::none)) continue;
        ++fair;
        for (int tries = 0; tries < 20; ++tries) {
            auto said = random.ballots(voters);
            if (outcome_of(r, voters, said) != outcome::adopted) continue;
            for (auto& [who, b] : said) {
                if (b != ballot::no) continue;
                b = ballot::yes;
                CHECK(outcome_of(r, voters, said) == outcome::adopted);
                b = ballot::no;
            }
        }
    }
    CHECK(fair > 50);
}
