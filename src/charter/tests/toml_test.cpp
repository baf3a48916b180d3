// A union as a file.

#include "charter/toml.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "charter/tests/shared.hpp"
#include "charter/tests/small_union.hpp"

using namespace veche;
using namespace veche::charter;
using namespace veche::charter::testing;

namespace {

charter_document shipped(const std::string& name) {
    const auto text = read_file(source("unions/" + name));
    REQUIRE(text.has_value());
    auto doc = read_toml(*text);
    REQUIRE_MESSAGE(doc.has_value(), doc.error().sentence());
    return *doc;
}

/// "Line 3, column 5" of a piece of the text.
std::string place_of(const std::string& text, std::size_t at) {
    const std::string before = text.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return "Line " + std::to_string(line) + ", column " +
           std::to_string(at - (before.rfind('\n') + 1) + 1);
}

/// What the refusal says after its place, once a piece of the small union's file is replaced. The
/// place must be that of `fault`, the first after the replacement begins or else in the whole file.
std::string fault(std::string_view piece, std::string_view by, std::string_view fault_at) {
    std::string text = small_union_file;
    const auto found = text.find(piece);
    REQUIRE(found != std::string::npos);
    text.replace(found, piece.size(), by);
    const auto doc = read_toml(text);
    REQUIRE_FALSE(doc.has_value());
    auto at = text.find(fault_at, found);
    if (at == std::string::npos) at = text.find(fault_at);
    REQUIRE(at != std::string::npos);
    const std::string sentence = doc.error().sentence();
    const std::string place = place_of(text, at);
    CAPTURE(sentence);
    CHECK(sentence.starts_with(place));
    return sentence.substr(std::min(sentence.size(), place.size() + 2));
}

std::string vote(const state& s, const std::string& body, const std::string& rule, date on,
                 const ballot_map& said) {
    circumstances around;
    around.blocs = s.find_body({body})->blocs;
    const auto v =
        evaluate(*s.parsed_rule(rule), voters_of(s.electorate({body}, on)), said, around);
    return v.sentence;
}

}  // namespace

TEST_CASE("a file says all that a document says") {
    const auto doc = small_union();
    CHECK(doc.name.at("ru") == "Малый союз");
    CHECK(doc.members[0].weights[1].from == day("2026-01-01"));
    CHECK(doc.bodies[1].blocs == bloc_mode::majority);
    CHECK_FALSE(doc.bodies[0].invented);
    CHECK(doc.bodies[1].invented);
    CHECK(doc.rules[1].rule.bytes ==
          R"({"pass":{"cmp":[{"sel":"yes","w":"pop"},">=","2/3",{"sel":"seats","w":"pop"}]}})");
    CHECK(doc.mandates.size() == 8);
    CHECK(doc.mandates[5].id == "deputies-3");
    CHECK(doc.mandates[5].person == person_id{"deputy-n-3"});
    CHECK(doc.mandates[5].seat == "house/n-3");
}

TEST_CASE("faults are named by line and column") {
    CHECK(fault("zone = ", "zones = ", "\"Europe/Moscow\"") == "zones: there is no such key here.");
    CHECK(fault("id = \"council\"\nname = { en = \"Council\" }\nkind = \"highest\"",
                "id = \"council\"\nname = { en = \"Council\" }",
                "[[bodies]]\nid = \"council\"") == "bodies.council: the key kind is missing.");
    CHECK(fault("value = 70", "value = 7.5", "7.5") ==
          "members.N.weights.1.value: a text, a whole number, true, false or a date is expected.");
    CHECK(fault("from = 2020-01-01", "from = \"soon\"", "\"soon\"") ==
          "members.N.from: Expected a date such as 2026-08-01.");
    CHECK(fault("blocs = \"majority\"", "blocs = \"most\"", "\"most\"") ==
          "bodies.house.blocs: Expected one of none, uniform or majority.");
    CHECK(fault("count = 3\nname", "count = \"3\"\nname", "\"3\"") ==
          "seats.house/n.count: Expected a whole number.");
    CHECK(fault("from = 2025-01-01\ncount = 3", "from = 2025-01-01\ncount = 0", "0\n\n[[") ==
          "mandates.deputies.count: a number from 1 to 2000 is expected.");
    CHECK(fault("note = { en", "note = { EN", "\"Invented.\"") ==
          "note.EN: a key here is made of a to z, 0 to 9 and _.");
    const auto broken = read_toml("\n  id = ");
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().code() == "charter.toml_syntax");
    CHECK(broken.error().sentence().starts_with("Line 2, column "));
}

TEST_CASE("faults inside a rule are named by their own line and column") {
    CHECK(fault("pass yes = seats", "pass yes = seets", "seets")
              .starts_with("rules.unanimity.rule: expected yes, no, abstain, "));
    CHECK(fault("yes.pop >= 2/3 seats.pop", "yes.pop >= 4/3 seats.pop", "4/3") ==
          "rules.by-people.rule: 4/3 is no proper share: write a fraction from 0 to 1, its parts "
          "below 1000000000.");
}

TEST_CASE("faults of the whole are named by the nearest place") {
    CHECK(fault("parent = \"house\"", "parent = \"senate\"", "\"senate\"") ==
          "bodies.office.parent: There is no body called senate.");
    CHECK(fault("until = 2025-12-31", "", "\"council/N\"\nfrom = 2026") ==
          "mandates.north-next.seat: The seat council/N is held by north-1 on a day of this "
          "mandate.");
    CHECK(fault("blocs = \"majority\"\n", "", "[\"by-people\"]")
              .starts_with(
                  "bodies.house.rules: The rule by-people weighs by pop, and N has several seats"));
    CHECK(fault("seat = \"house/n\"", "seat = \"house/x\"", "\"house/x\"") ==
          "mandates.deputies-1.seat: There is no seat called house/x-1.");
}

TEST_CASE("whatever the bytes, the reader answers") {
    for (const char* text :
         {"", "\xff", "[", "[[bodies]]\nid=1", "id=[[[[[[[[[[[[[[[[[[[[[[",
          "rules=[{id='x',rule='all['}]", "mandates=[{count=2}]", "name=1979-05-27", "members=[1]",
          "seats={}", "id = 1979-05-27T07:32:00Z"})
        CHECK_FALSE(read_toml(text).has_value());
}

TEST_CASE("the Union State: real bodies, honest marks") {
    const auto doc = shipped("union-state.toml");
    CHECK(veche::to_json(found{doc}).size() < 60'000);
    state s;
    s.found(doc);
    const date on = day("2026-03-01");
    CHECK(s.electorate({"ssc"}, on).size() == 2);
    CHECK(s.electorate({"pa"}, on).size() == 72);
    CHECK(s.electorate({"par-rep"}, on).size() == 103);
    CHECK(s.find_rule("unanimity-of-states")->mark == source_mark::read);
    CHECK(s.find_rule("ministers-illustrative")->mark == source_mark::illustrative);
    CHECK(s.find_rule("assembly-illustrative")->mark == source_mark::illustrative);
    CHECK(vote(s, "ssc", "unanimity-of-states", on,
               {{"ssc/ru", ballot::yes}, {"ssc/by", ballot::yes}}) ==
          "Adopted: 2 of 2 members in favour, exactly 2 needed.");
    CHECK(vote(s, "ssc", "unanimity-of-states", on,
               {{"ssc/ru", ballot::yes}, {"ssc/by", ballot::no}}) ==
          "Rejected: 1 of 2 members in favour, exactly 2 needed.");
    for (const body& b : doc.bodies) {
        CHECK_FALSE(b.source.empty());
        for (const language& l : doc.languages) {
            CHECK(b.name.contains(l.id));
            CHECK(b.about.contains(l.id));
        }
    }
    for (const member& m : doc.members) CHECK_FALSE(m.source.empty());
    for (const language& l : doc.languages) CHECK(doc.note.contains(l.id));
}

TEST_CASE("the Council of the EU: its double majority is data") {
    state s;
    s.found(shipped("eu-council.toml"));
    const date on = day("2025-06-01");
    const auto electors = s.electorate({"council"}, on);
    REQUIRE(electors.size() == 27);
    ballot_map said;
    for (const elector& e : electors) said[e.seat] = ballot::yes;
    for (const char* against : {"DE", "FR", "IT"})
        said[std::string("council/") + against] = ballot::no;
    CHECK(vote(s, "council", "qualified-majority", on, said) ==
          "Adopted: 24 of 27 members in favour, 15 needed; 3 members not in favour, a blocking "
          "minority needs 4.");
    said["council/ES"] = ballot::no;
    CHECK(vote(s, "council", "qualified-majority", on, said).starts_with("Rejected: "));
    CHECK(vote(s, "council", "simple-majority", on, said).starts_with("Adopted: 23 of 27"));
}

TEST_CASE("Nordic co-operation: seats of eight members, votes of five") {
    const auto doc = shipped("nordic.toml");
    state s;
    s.found(doc);
    const date on = day("2026-03-01");
    CHECK(s.electorate({"nc"}, on).size() == 87);
    CHECK(s.electorate({"ncm"}, on).size() == 5);
    CHECK(s.electorate({"fmc"}, on).size() == 10);
    CHECK(s.find_rule("ministers-unanimity")->mark == source_mark::memory);
    CHECK(s.find_rule("barriers-unknown")->mark == source_mark::config);
    ballot_map states;
    for (const char* seat : {"ncm/dk", "ncm/fi", "ncm/no", "ncm/se"}) states[seat] = ballot::yes;
    CHECK(vote(s, "ncm", "ministers-unanimity", on, states).starts_with("No quorum: "));
    states["ncm/is"] = ballot::abstain;
    CHECK(vote(s, "ncm", "ministers-unanimity", on, states) ==
          "Adopted: 0 members against, none allowed.");
    // A matter of Finland and Aland alone: everybody else stands aside.
    ballot_map said;
    for (const elector& e : s.electorate({"nc"}, on))
        said[e.seat] = e.member.value == "AX"   ? ballot::yes
                       : e.member.value == "FI" ? ballot::no
                                                : ballot::excluded;
    CHECK(vote(s, "nc", "council-majority", on, said) ==
          "Rejected: 2 of 20 members in favour, 11 needed.");
}

TEST_CASE("the Benelux Union: three votes, and an assembly whose rule is not established") {
    const auto doc = shipped("benelux.toml");
    state s;
    s.found(doc);
    const date on = day("2026-03-01");
    CHECK(s.electorate({"bcm"}, on).size() == 3);
    CHECK(s.electorate({"bip"}, on).size() == 49);
    CHECK(s.find_rule("assembly-unknown")->mark == source_mark::config);
    CHECK(vote(s, "bcm", "committee-unanimity", on,
               {{"bcm/be", ballot::yes}, {"bcm/nl", ballot::yes}, {"bcm/lu", ballot::abstain}}) ==
          "Adopted: 0 members against, none allowed.");
    CHECK(vote(s, "bcm", "committee-unanimity", on,
               {{"bcm/be", ballot::yes}, {"bcm/nl", ballot::yes}, {"bcm/lu", ballot::no}}) ==
          "Rejected: 1 member against, none allowed.");
    for (const body& b : doc.bodies) {
        CHECK_FALSE(b.source.empty());
        for (const language& l : doc.languages) CHECK(b.about.contains(l.id));
    }
}
