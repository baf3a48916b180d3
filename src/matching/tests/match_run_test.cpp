#include <fmt/format.h>

#include "matching/explanation.hpp"
#include "matching/published_check.hpp"
#include "matching/refusal.hpp"
#include "matching/tests/core_testing.hpp"
#include "matching/vector_cases.hpp"

using namespace veche;
using namespace veche::matching;
using namespace veche::matching::core_testing;

namespace {

constexpr std::string_view two_programmes =
    "programme,capacity,rural\n"
    "law,2,1\n"
    "art,1,0\n";

market_file read_or_fail(std::string_view programmes, std::string_view applications) {
    auto file = read_market_csv(programmes, applications);
    REQUIRE_MESSAGE(file.has_value(), file.error().sentence());
    return *std::move(file);
}

std::string refusal_of(std::string_view programmes, std::string_view applications) {
    const auto file = read_market_csv(programmes, applications);
    return file ? "read" : file.error().sentence();
}

matched run_or_fail(const market_file& file, const match_rules& rules) {
    auto made = run_match(file, rules);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

match_rules by_lot(lottery_kind kind = lottery_kind::single) {
    match_rules rules;
    rules.ties = tie_policy::lottery;
    rules.lottery = kind;
    rules.seed = std::string(64, 'a');
    rules.call = "call-1";
    return rules;
}

/// A file of a small market, with names, types and reserves.
market_file named_market(std::uint32_t seed, std::uint32_t classes) {
    core_dice d{seed};
    market_file file;
    file.of = small_market(seed, classes);
    file.types = {"rural", "first"};
    file.open_column = d.below(3);
    for (std::uint32_t a = 0; a < file.of.applicants(); ++a) {
        file.applicants.push_back(fmt::format("a{}", a));
        file.applicant_types.push_back(d.below(4));
    }
    for (std::uint32_t p = 0; p < file.of.programmes(); ++p) {
        file.programmes.push_back(fmt::format("p{}", p));
        const std::uint32_t one = d.below(file.of.capacities[p] + 1);
        file.reserved.push_back({one, d.below(file.of.capacities[p] - one + 1)});
    }
    return file;
}

match_rules any_rules(core_dice& d) {
    match_rules rules =
        by_lot(d.below(2) == 0 ? lottery_kind::single : lottery_kind::per_programme);
    switch (d.below(7)) {
        case 6:
            rules.seeks = static_cast<aim>(1 + d.below(3));
            if (d.below(2) == 0) rules.ties = tie_policy::strict;
            break;
        case 0:
            rules.ties = tie_policy::hungarian;
            break;
        case 1:
            rules.ties = tie_policy::chilean;
            break;
        case 2:
            rules.reserves = static_cast<reserve_rule>(1 + d.below(5));
            break;
        case 3:
            rules.improve = true;
            break;
        case 4:
            rules.propose = proposing::programmes;
            break;
        default:
            rules.ties = tie_policy::strict;
    }
    return rules;
}

}  // namespace

TEST_CASE("applications are read as spreadsheets write them") {
    const auto file =
        read_or_fail("\xEF\xBB\xBFProgramme;Capacity\r\nlaw;2\r\nart;1\r\n",
                     "applicant;programme;choice;score\r\n"
                     "b;law;2;70\r\nb;art;1;87,5\r\n\r\na;law;1;70,25\r\nc;law;1;\r\n");
    CHECK(file.applicants == std::vector<std::string>{"a", "b", "c"});
    CHECK(file.of.begins == std::vector<std::uint32_t>{0, 1, 3, 3});
    CHECK(file.of.choices == std::vector<choice>{{0, 0}, {1, 0}, {0, 1}});
    CHECK(score_text(file.scores[0][0]) == "70.25");
    CHECK(score_text(file.scores[1][0]) == "87.5");
    REQUIRE(file.unranked.size() == 1);
    CHECK(file.unranked[0].applicant == 2);
    CHECK(score_text(-1'500'000'000) == "-1.5");
}

TEST_CASE("what is wrong in applications is said with its line and what to do") {
    const std::string head = "applicant,programme,choice,rank,rural\n";
    const auto said = [&](const std::string& rows) {
        return refusal_of(two_programmes, head + rows);
    };
    CHECK(said("a,law,1,0,1\na,medicine,2,0,1\n") ==
          "Line 3: there is no programme medicine. Add it to the programmes, or take the choice "
          "out.");
    CHECK(said("a,law,1,0,1\na,law,2,0,1\n") ==
          "Line 3: a applies to law a second time. Keep one of the two.");
    CHECK(said("a,law,1,0,1\na,art,1,0,1\n") ==
          "Line 3: a has a choice number 1 already. Give each choice its own number.");
    CHECK(said("a,law,1,0,1\na,art,3,0,1\n") ==
          "Line 3: a has no choice number 2. Number the choices 1, 2, 3 without a gap.");
    CHECK(said("a,law,1,0,1\na,art,2,0,0\n") ==
          "Line 3: a is of other types here than on an earlier line. Make them agree.");
    CHECK(said("a,law,1,first,1\n") ==
          "Line 2: the rank is \"first\". Write a whole number, the lowest the best.");
    CHECK(said("a,law,0,1,1\n") == "Line 2: the choice is \"0\". Write a number from 1.");
    CHECK(said("a,law,1,1,maybe\n") == "Line 2: rural is \"maybe\". Write 1 or 0.");
    CHECK(said("a,law,1,1\n") ==
          "Line 2: it has 4 columns and the first line 5. Write one value for each column.");
    CHECK(said("\"a,law,1,1,1\n") ==
          "Line 2: a quoted field does not end. Write its closing quotation mark.");
    CHECK(refusal_of(two_programmes, "applicant,programme,choice,rank\n") ==
          "Line 1: there is no column called rural. Add it.");
    CHECK(refusal_of("programme,capacity\nlaw,1\nlaw,2\n", head) ==
          "Line 3: the programme law stands on line 2 already. Keep one of them.");
    CHECK(refusal_of("", head) ==
          "Line 1: the file is empty. Write a first line with the names of the columns.");
}

TEST_CASE("a Roth-Peranson file is read, and written back as a matching") {
    const auto file =
        read_market_rp("# three applicants\nr 0 x y\nr 1 y x\nr two y\np x 1 1 0\np y 1 0 1\n");
    REQUIRE(file.has_value());
    CHECK(file->of.choices == std::vector<choice>{{0, 1}, {1, 0}, {1, 1}, {0, 0}});
    REQUIRE(file->unranked.size() == 1);
    CHECK(file->applicants[file->unranked[0].applicant] == "two");
    const auto made = run_or_fail(*file, {});
    CHECK(to_rp(*file, made.of.of.placed) == "m 1\nr 0 x\nr 1 y\nr two -1\n");
    CHECK(to_csv(*file, made.of.of.placed) == "applicant,programme,choice\n0,x,1\n1,y,1\ntwo,,\n");

    const auto said = [](std::string_view text) {
        const auto read = read_market_rp(text);
        return read ? "read" : read.error().sentence();
    };
    CHECK(said("r 0 x\n") ==
          "Line 1: there is no programme x. Add it to the programmes, or take "
          "the choice out.");
    CHECK(said("r 0 x x\np x 1 0\n") ==
          "Line 1: 0 applies to x a second time. Keep one of the two.");
    CHECK(said("c 0 1 2 x x\n").starts_with("Line 1: this rule matches single applicants"));
    CHECK(said("p x 1 7\n") ==
          "Line 1: there is no applicant 7. Write an r line for each applicant.");
    CHECK(said("q\n").starts_with("Line 1: it begins with \"q\"."));
    CHECK(said("p x 1\np x 2\n").starts_with("Line 2: the programme x stands on line 1"));
    CHECK(said("r 0\nr 0\n").starts_with("Line 2: the applicant 0 has a line already"));
}

TEST_CASE("a broken programme takes out all that hangs on it, and nothing else") {
    const auto file =
        read_or_fail("programme,capacity\nlaw,many\nart,1\nmusic,1\nmath,1\nphysics,1\n",
                     "applicant,programme,choice,rank\n"
                     "a,law,1,0\nb,law,1,1\nb,art,2,0\nc,math,1,1\nd,math,1,0\n"
                     "c,physics,2,0\ne,art,1,1\ne,music,2,0\n");
    const match_rules rules;
    const auto made = run_or_fail(file, rules);
    const auto said = certificate_of(file, rules, made);
    REQUIRE(said.set_aside.has_value());
    CHECK(said.set_aside->programmes == std::vector<std::string>{"law", "art", "music"});
    CHECK(said.set_aside->applicants == std::vector<std::string>{"a", "b", "e"});
    REQUIRE(said.set_aside->faults.size() == 1);
    CHECK(said.set_aside->faults[0].why ==
          "Line 2: law has the capacity \"many\". Write a whole number from 0 to 1000000000.");
    REQUIRE(said.places.size() == 2);
    CHECK(said.places[0].programme == "physics");
    CHECK(said.places[1].programme == "math");
    CHECK(check_certificate(file, said).empty());
    CHECK(explainer(file, rules, made).record(1).choices[1].outcome == answer::set_aside);
    auto forged = said;
    forged.set_aside->applicants.pop_back();
    CHECK(!check_certificate(file, forged).empty());
    for (const aim seeks : {aim::rank_maximal, aim::least_cost, aim::trading}) {
        match_rules other;
        other.seeks = seeks;
        CHECK(
            check_certificate(file, certificate_of(file, other, run_or_fail(file, other))).empty());
        const auto alone = read_or_fail("programme,capacity\nlaw,many\n",
                                        "applicant,programme,choice,rank\na,law,1,0\n");
        CHECK(check_certificate(alone, certificate_of(alone, other, run_or_fail(alone, other)))
                  .empty());
    }
    match_rules chilean;
    chilean.ties = tie_policy::chilean;
    CHECK(
        check_certificate(file, certificate_of(file, chilean, run_or_fail(file, chilean))).empty());
}

TEST_CASE("equal ranks break a programme only where the rule has no word for them") {
    const auto file = read_or_fail("programme,capacity\nlaw,1\nart,1\n",
                                   "applicant,programme,choice,rank\n"
                                   "a,law,1,5\nb,law,1,5\nc,art,1,0\n");
    match_rules rules;
    const auto strict = certificate_of(file, rules, run_or_fail(file, rules));
    REQUIRE(strict.set_aside.has_value());
    CHECK(strict.set_aside->faults[0].why ==
          "law gives two applicants the rank 5. Part them, or choose a rule for equals.");
    CHECK(strict.places.size() == 1);
    rules.ties = tie_policy::chilean;
    CHECK(certificate_of(file, rules, run_or_fail(file, rules)).programmes[0].admitted == 2);
    rules.ties = tie_policy::hungarian;
    CHECK(certificate_of(file, rules, run_or_fail(file, rules)).programmes[0].admitted == 0);
    const auto drawn = certificate_of(file, by_lot(), run_or_fail(file, by_lot()));
    CHECK(drawn.programmes[0].admitted == 1);
    CHECK(drawn.programmes[0].by_lot);
    CHECK(!drawn.programmes[1].by_lot);
    CHECK(drawn.lots_needed == true);
}

TEST_CASE("rules that do not go together are refused") {
    const auto file = read_or_fail(two_programmes, "applicant,programme,choice,rank,rural\n");
    const auto code = [&](const match_rules& rules) {
        const auto made = run_match(file, rules);
        return made ? "ran" : std::string(made.error().code());
    };
    match_rules rules;
    CHECK(code(rules) == "ran");
    rules.reserves = reserve_rule::declared;
    CHECK(code(rules) == "matching.rules_contradict");
    rules.reserves = reserve_rule::first;
    CHECK(code(rules) == "ran");
    rules.ties = tie_policy::hungarian;
    CHECK(code(rules) == "matching.rules_contradict");
    rules = by_lot();
    rules.seed = "short";
    CHECK(code(rules) == "matching.seed_missing");
    rules.seeks = aim::trading;
    rules.ties = tie_policy::chilean;
    CHECK(code(rules) == "matching.rules_contradict");
    rules = by_lot();
    rules.improve = true;
    CHECK(code(rules) == "ran");
    rules.propose = proposing::programmes;
    CHECK(code(rules) == "matching.rules_contradict");
}

TEST_CASE("every certificate holds, also after a way through JSON, and no forged one does") {
    CHECK(rc::check("certificates", [](std::uint32_t seed, std::uint32_t how) {
        core_dice d{how};
        const market_file file = named_market(seed, d.below(2) == 0 ? 0 : 3);
        const match_rules rules = any_rules(d);
        const auto made = run_match(file, rules);
        RC_ASSERT(made.has_value());
        const match_certificate said = certificate_of(file, rules, *made);
        RC_ASSERT(check_certificate(file, said).empty());
        const auto again = from_json<match_certificate>(std::string_view(to_json(said)));
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == said);
        RC_ASSERT(to_json(certificate_of(file, rules, *run_match(file, rules))) == to_json(said));

        match_certificate forged = said;
        if (forged.places.empty()) return;
        place_row& row = forged.places[d.below(static_cast<std::uint32_t>(forged.places.size()))];
        if (row.programme) {
            // Somebody loses their place: the count no longer agrees, and made to agree, a seat is
            // refused to somebody who meets the limit.
            for (programme_row& at : forged.programmes)
                at.admitted -= at.programme == *row.programme;
            row.programme.reset();
            row.choice.reset();
            row.seat.reset();
            RC_ASSERT(!check_certificate(file, forged).empty());
        }
        if (rules.seeks == aim::least_cost || rules.seeks == aim::rank_maximal) {
            forged = said;
            ++forged.places.front().price.front();
            RC_ASSERT(!check_certificate(file, forged).empty());
        }
    }));
}

TEST_CASE("what an explanation says would have been enough is enough, and nothing less is") {
    CHECK(rc::check("explanations", [](std::uint32_t seed, std::uint32_t how) {
        core_dice d{how};
        market_file file = named_market(seed, d.below(2) == 0 ? 0 : 3);
        match_rules rules = any_rules(d);
        if (rules.improve || rules.propose == proposing::programmes) return;
        if (rules.seeks != aim::stable) return;
        const matched made = run_match(file, rules).value();
        if (!made.faults.empty()) return;
        const explainer why(file, rules, made);
        for (std::uint32_t a = 0; a < file.of.applicants(); ++a) {
            const auto record = why.record(a);
            RC_ASSERT(record.choices.size() <= file.of.begins[a + 1] - file.of.begins[a]);
            for (const explanation& one : record.choices) {
                RC_ASSERT(!sentence(one).empty());
                const bool last = &one == &record.choices.back();
                RC_ASSERT((one.outcome == answer::placed) ==
                          (last && made.of.of.placed[a] != nobody));
                if (one.outcome == answer::placed || !one.would_have_sufficed) continue;
                const std::uint32_t index =
                    file.of.begins[a] + static_cast<std::uint32_t>(one.choice - 1);
                const std::uint32_t p = file.of.choices[index].programme;
                const auto& enough = *one.would_have_sufficed;
                if (rules.reserves != reserve_rule::none || !enough.seats) continue;
                // A programme with that many seats more takes the applicant of those whom it holds
                // and whom it refused; with one less it does not.
                for (const int less : {0, 1}) {
                    market_file other = file;
                    market only;
                    only.capacities = {
                        static_cast<std::uint32_t>(one.seats + *enough.seats - less)};
                    std::uint32_t self = 0;
                    other.applicants.clear();
                    for (std::uint32_t b = 0; b < file.of.applicants(); ++b) {
                        const auto at = liking(file.of, b, p);
                        if (at == file.of.begins[b + 1] ||
                            at > liking(file.of, b, made.of.of.placed[b]))
                            continue;
                        if (b == a) self = only.applicants();
                        only.choices.push_back({0, file.of.choices[at].rank});
                        only.begins.push_back(static_cast<std::uint32_t>(only.choices.size()));
                        other.applicants.push_back(file.applicants[b]);
                    }
                    other.of = only;
                    other.programmes = {file.programmes[p]};
                    const matched then = run_match(other, rules).value();
                    RC_ASSERT((then.of.of.placed[self] == 0) == (less == 0));
                }
            }
        }
    }));
}

TEST_CASE("an explanation gives figures and a sentence") {
    const auto file = read_or_fail("programme,capacity,rural\nlaw,2,1\nart,1,0\n",
                                   "applicant,programme,choice,score,rural\n"
                                   "a,law,1,90,0\nb,law,1,80,0\nc,law,1,60,1\nb,art,2,,0\n");
    match_rules rules;
    rules.reserves = reserve_rule::first;
    const auto made = run_or_fail(file, rules);
    const explainer why(file, rules, made);
    CHECK(sentence(why.record(2).choices[0]) ==
          "Choice 1, law: you are admitted; your score is 60, that of the last admitted 60, in a "
          "seat reserved for rural.");
    const auto record = why.record(1);
    REQUIRE(record.choices.size() == 2);
    CHECK(sentence(record.choices[0]) ==
          "Choice 1, law: no seat was left that the rule gives to you; your score is 80, that of "
          "the last admitted 60. All others as they are, a score above 90 would have been enough.");
    CHECK(sentence(record.choices[1]) == "Choice 2, art: the programme did not rank you.");
    rules.reserves = reserve_rule::none;
    const auto open = run_or_fail(file, rules);
    CHECK(sentence(explainer(file, rules, open).record(2).choices[0]) ==
          "Choice 1, law: all 2 seats went to others; your score is 60, that of the last admitted "
          "80. All others as they are, a score above 80 or 1 more seat would have been enough.");
}

TEST_CASE("vectors say what differs, and leave other kinds alone") {
    const auto run = [](std::string_view kind, std::string_view text) {
        return run_vector(kind, text, {});
    };
    const std::string input =
        R"("input":{"applicants":{"a":["A"],"b":["A"]},"programmes":{"A":["b","a"]},"capacity":{"A":1}})";
    CHECK(run("HR", "{" + input + R"(,"expected":{"n_stable":1,"applicant_optimal":{"b":"A"}}})") ==
          "");
    CHECK(run("HR", "{" + input + R"(,"expected":{"applicant_optimal":{"a":"A"}}})") ==
          "applicant_optimal: a:A b:- expected, a:- b:A came out");
    CHECK(run("HR", "{" + input + R"(,"expected":{"n_stable":2}})") == "1 stable matchings, not 2");
    CHECK(run("HR", "{}") == "the case has no expected");
    CHECK(!run("apportionment", "{}").has_value());
}
