// Witnesses of the journal in a charter: what must hold, what is remarked, what an amendment makes
// of them, and the policy that comes out.

#include <algorithm>

#include <doctest/doctest.h>

#include "charter/portrait.hpp"
#include "charter/remarks.hpp"
#include "charter/tests/small_union.hpp"
#include "journal/policy.hpp"

namespace veche::charter::testing {
namespace {

std::string key_of_witness(char of, const std::string& name = "witness.example/x") {
    return journal::format_witness_key(
        {name, journal::key_from_seed(std::string(32, of)).public_key});
}
const std::string key_of_log = journal::format_verifier_key(
    {"union.example/journal", journal::key_from_seed(std::string(32, 'L')).public_key});

/// Two witnesses of North, one of South, one of nobody; two of three and the fourth.
witness_policy sound_witnesses() {
    witness_policy p;
    p.quorum = "both";
    p.keys = {{"n1", member_id{"N"}, key_of_witness('a'), "https://n.example/witness"},
              {"n2", member_id{"N"}, key_of_witness('b'), "http://127.0.0.1:9000"},
              {"s1", member_id{"S"}, key_of_witness('c'), "https://s.example"},
              {"x", {}, key_of_witness('d'), "https://x.example"}};
    p.groups = {{"members", 2, {"n1", "n2", "s1"}}, {"both", 2, {"members", "x"}}};
    return p;
}

template <class Breaking>
std::string witness_fault(const Breaking& breaking) {
    charter_document doc = small_union();
    doc.witnesses = sound_witnesses();
    breaking(*doc.witnesses);
    const auto checked = check(doc);
    if (checked) return "sound";
    return std::string(checked.error().code()) + " " + checked.error().field;
}

TEST_CASE("witnesses of a charter are sound, or refused at their place") {
    using policy = witness_policy;
    CHECK(witness_fault([](policy&) {}) == "sound");
    CHECK(witness_fault([](policy& p) { p = {"none", {}, {}}; }) == "sound");
    CHECK(witness_fault([](policy& p) { p.quorum = "n1"; }) == "sound");
    CHECK(witness_fault([](policy& p) { p.quorum = "all"; }) ==
          "charter.witness_unknown witnesses.quorum");
    CHECK(witness_fault([](policy& p) { p.quorum = ""; }) ==
          "charter.witness_unknown witnesses.quorum");
    CHECK(witness_fault([](policy& p) { p.keys[0].id = "none"; }) ==
          "charter.id_malformed witnesses.keys.none.id");
    CHECK(witness_fault([](policy& p) { p.keys[1].id = "n1"; }) ==
          "charter.id_taken witnesses.keys.n1.id");
    CHECK(witness_fault([](policy& p) { p.groups[0].id = "x"; }) ==
          "charter.id_taken witnesses.groups.x.id");
    CHECK(witness_fault([](policy& p) { p.keys[2].member = member_id{"W"}; }) ==
          "charter.reference_unknown witnesses.keys.s1.member");
    // The same key under another name is one witness that would count twice.
    CHECK(witness_fault([](policy& p) { p.keys[1].vkey = key_of_witness('a', "other"); }) ==
          "charter.witness_key_repeated witnesses.keys.n2.vkey");
    for (const std::string& bad :
         {std::string(), key_of_log, key_of_witness('a') + "x", std::string("a+00000000+BA==")})
        CHECK_MESSAGE(witness_fault([&](policy& p) { p.keys[3].vkey = bad; }) ==
                          "charter.witness_key witnesses.keys.x.vkey",
                      bad);
    for (const char* bad : {"", "ftp://x", "https://", "https://x y", "https://x/?a", "x.example"})
        CHECK_MESSAGE(witness_fault([&](policy& p) { p.keys[3].url = bad; }) ==
                          "charter.witness_url witnesses.keys.x.url",
                      bad);
    for (const std::int32_t k : {-1, 0, 4})
        CHECK(witness_fault([&](policy& p) { p.groups[0].k = k; }) ==
              "charter.witness_threshold witnesses.groups.members.k");
    // A group sees only what stands before it, and each part counts in one way.
    CHECK(witness_fault([](policy& p) { std::swap(p.groups[0], p.groups[1]); }) ==
          "charter.witness_unknown witnesses.groups.both.of");
    CHECK(witness_fault([](policy& p) { p.groups[1].of.push_back("n1"); }) ==
          "charter.witness_grouped_twice witnesses.groups.both.of");
    CHECK(witness_fault([](policy& p) { p.keys.resize(33, p.keys[0]); }) ==
          "charter.number_out_of_range witnesses.keys");
}

TEST_CASE("an amendment replaces witnesses as a whole, another leaves them") {
    charter_document now = small_union();
    now.witnesses = sound_witnesses();
    charter_document changes;
    changes.id = now.id;
    CHECK(amended(now, changes, {}).witnesses->keys.size() == 4);
    changes.witnesses = witness_policy{"none", {}, {}};
    CHECK(amended(now, changes, {}).witnesses->keys.empty());
}

TEST_CASE("a charter's witnesses are a policy that any program reads") {
    const journal::policy p = policy_of(sound_witnesses(), key_of_log);
    const auto read = journal::read_policy(journal::write_policy(p));
    REQUIRE(read);
    CHECK(journal::write_policy(*read) == journal::write_policy(p));
    CHECK(journal::has_quorum(*read, {"n1", "s1", "x"}));
    CHECK_FALSE(journal::has_quorum(*read, {"n1", "s1"}));
    CHECK(members_alone_enough(sound_witnesses()).empty());
    witness_policy lax = sound_witnesses();
    lax.quorum = "members";
    REQUIRE(members_alone_enough(lax).size() == 1);
    CHECK(members_alone_enough(lax).front() == member_id{"N"});
}

TEST_CASE("a charter file with witnesses is read, told and remarked on") {
    const std::string text = small_union_file +
                             "\n[witnesses]\nquorum = \"n1\"\n[[witnesses.keys]]\nid = \"n1\"\n" +
                             "member = \"N\"\nvkey = \"" + key_of_witness('a') + "\"\n";
    const auto file = read_charter_text(text);
    REQUIRE(file);
    const auto found = remarks_on(*file, day("2026-03-01"));
    const auto has = [&](const char* code) {
        return std::any_of(found.begin(), found.end(),
                           [&](const remark& r) { return r.code == code && r.line > 1; });
    };
    CHECK(has("check.witnesses_one_member"));
    CHECK(has("check.witness_without_address"));
    const auto told = portrait(file->document, day("2026-03-01"), "en");
    CHECK(std::any_of(told.begin(), told.end(),
                      [](const reason_line& l) { return l.code == "check.say.witnesses"; }));
    // A refusal names line and column.
    std::string broken = text;
    broken.replace(broken.find("member = \"N\"\nvkey"), 12, "member = \"W\"");
    const auto refused = read_toml(broken);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().sentence().find("witnesses.keys.n1.member") != std::string::npos);
}

}  // namespace
}  // namespace veche::charter::testing
