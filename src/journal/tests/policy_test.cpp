// Policies: the specification's example, every way to be wrong, quorums counted against a search
// through all sets, and what is accepted of a checkpoint.

#include "journal/policy.hpp"

#include <bit>

#include "journal/refusal.hpp"
#include "journal/tests/shared.hpp"

namespace veche::journal {
namespace {

key_pair policy_key(char of) {
    return key_from_seed(std::string(32, of));
}
std::string policy_vkey(const std::string& name, char of) {
    return format_witness_key({name, policy_key(of).public_key});
}
const std::string policy_origin = "veche.example/journal";
std::string policy_log_key() {
    return format_verifier_key({policy_origin, policy_key('L').public_key});
}

/// The example of the specification with keys in it.
std::string example_policy() {
    std::string out = "# two groups\nlog " + policy_log_key() + "\n\n";
    char key = 'a';
    for (const std::string name : {"X1", "X2", "X3", "Y1", "Y2", "Y3"})
        out += "witness " + name + " \t " + policy_vkey("witness.example/" + name, key++) + "\n";
    return out +
           "group X-witnesses 2 X1 X2 X3\n"
           "  group Y-witnesses any Y1 Y2 Y3  \n"
           "group X-and-Y all X-witnesses Y-witnesses\n"
           "quorum X-and-Y\n";
}

TEST_CASE("the specification's example is read, written and read again as the same") {
    const auto p = read_policy(example_policy());
    REQUIRE(p);
    CHECK(p->logs.size() == 1);
    CHECK(p->witnesses.size() == 6);
    CHECK(p->groups.size() == 3);
    CHECK(p->quorum == "X-and-Y");
    const std::string written = write_policy(*p);
    CHECK(write_policy(read_policy(written).value()) == written);
    CHECK(has_quorum(*p, {"X1", "X3", "Y2"}));
    CHECK_FALSE(has_quorum(*p, {"X1", "Y1", "Y2", "Y3"}));
    CHECK_FALSE(has_quorum(*p, {"X1", "X2", "X3"}));
    CHECK_FALSE(has_quorum(*p, {}));
}

TEST_CASE("a quorum of every subset agrees with counting") {
    const policy p = read_policy(example_policy()).value();
    for (unsigned set = 0; set < 64; ++set) {
        std::set<std::string> names;
        for (unsigned i = 0; i < 6; ++i)
            if ((set >> i & 1) != 0) names.insert(p.witnesses[i].name);
        const bool enough = std::popcount(set & 7U) >= 2 && (set >> 3) != 0;
        CHECK(has_quorum(p, names) == enough);
    }
}

TEST_CASE("each thing that the specification forbids is refused with its line") {
    const std::string w1 = "witness a " + policy_vkey("w/a", 'a') + "\n";
    const std::string w2 = "witness b " + policy_vkey("w/b", 'b') + "\n";
    const std::pair<std::string, std::string> wrong[] = {
        {"", "0"},
        {"quorum none", "0"},
        {w1 + "quorum b\n", "2"},
        {w1 + "quorum a\nquorum a\n", "3"},
        {w1 + "quorum\n", "2"},
        {w1 + w1 + "quorum a\n", "2"},
        {w1 + "witness b " + policy_vkey("w/b", 'a') + "\nquorum a\n", "2"},
        {"witness none " + policy_vkey("w/a", 'a') + "\nquorum none\n", "1"},
        {"witness a " + policy_log_key() + "\nquorum a\n", "1"},
        {"log " + policy_vkey("w/a", 'a') + "\nquorum none\n", "1"},
        {"log " + policy_log_key() + "\nlog " + policy_log_key() + "\nquorum none\n", "2"},
        {w1 + "group g 0 a\nquorum g\n", "2"},
        {w1 + "group g 2 a\nquorum g\n", "2"},
        {w1 + "group g 01 a\nquorum g\n", "2"},
        {w1 + "group g some a\nquorum g\n", "2"},
        {w1 + "group g 1\nquorum g\n", "2"},
        {w1 + "group g 1 a a\nquorum g\n", "2"},
        {w1 + w2 + "group g 1 a\ngroup h 1 a b\nquorum h\n", "4"},
        {w1 + "group g 1 h\ngroup h 1 a\nquorum h\n", "2"},
        {w1 + "group g 1 g\nquorum g\n", "2"},
        {w1 + "group a 1 a\nquorum a\n", "2"},
        {w1 + "quorum a\r\n", "2"},
        {w1 + "quorum a\x01\n", "2"},
        {"wittness a b\nquorum none\n", "1"},
    };
    for (const auto& [text, line] : wrong) {
        CAPTURE(text);
        const auto read = read_policy(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().kind == &refusals::policy_malformed);
        CHECK(read.error().args.front() == line);
    }
    CHECK(read_policy("quorum none\n"));
    CHECK(read_policy("  # only\n\tquorum\t none \n"));
    // Names are octets, not letters.
    CHECK(
        read_policy("witness \xE2\x84\xAA " + policy_vkey("w/a", 'a') + "\nquorum \xE2\x84\xAA\n"));
}

TEST_CASE("a checkpoint counts with a good quorum, by the right keys, and not otherwise") {
    const policy p =
        read_policy("log " + policy_log_key() + "\nwitness a " + policy_vkey("w/a", 'a') +
                    "\nwitness b " + policy_vkey("w/b", 'b') + "\nwitness c " +
                    policy_vkey("w/c", 'c') + "\ngroup g 2 a b c\nquorum g\n")
            .value();
    const checkpoint c{policy_origin, 7, sha256("seven")};
    const std::string bare = sign_checkpoint(c, policy_key('L'));
    const auto by = [&](const std::string& name, char of, std::int64_t time) {
        return cosignature_line(name, policy_key(of), time, checkpoint_text(c)) + "\n";
    };
    const auto refused = [&](const std::string& note) {
        const auto got = accept_checkpoint(p, note);
        return got ? std::string() : std::string(got.error().code());
    };
    CHECK(refused(bare) == "journal.quorum_missing");
    CHECK(refused(bare + by("w/a", 'a', 5)) == "journal.quorum_missing");
    CHECK(refused(bare + by("w/a", 'a', 5) + by("w/a", 'a', 6)) == "journal.quorum_missing");
    CHECK(refused(bare + by("w/a", 'a', 5) + by("w/b", 'b', 6)).empty());
    CHECK(refused(bare + by("w/a", 'a', 5) + by("w/x", 'b', 6)) == "journal.quorum_missing");
    // Under a known name and key id, a signature over something else is a damaged note.
    std::string bad = cosignature_line("w/b", policy_key('b'), 6, "another text\n") + "\n";
    CHECK(refused(bare + by("w/a", 'a', 5) + by("w/c", 'c', 5) + bad) == "journal.signature_wrong");
    const auto whole = accept_checkpoint(p, bare + by("w/c", 'c', 9) + by("w/b", 'b', 8));
    REQUIRE(whole);
    CHECK(whole->checkpoint == c);
    REQUIRE(whole->cosigned.size() == 2);
    CHECK(whole->cosigned[0].name == "b");
    CHECK(whole->cosigned[0].time == 8);
    // Another log, and another key of this one.
    const checkpoint foreign{"veche.example/other", 7, c.root};
    CHECK(refused(sign_checkpoint(foreign, policy_key('L'))) == "journal.log_unknown");
    CHECK(refused(sign_checkpoint(c, policy_key('M')) + by("w/a", 'a', 5) + by("w/b", 'b', 6)) ==
          "journal.signature_missing");
}

}  // namespace
}  // namespace veche::journal
