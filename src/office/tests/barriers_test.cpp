// The register of barriers with what it needs of sealed texts and of the evidence.

#include <doctest/doctest.h>

#include "barriers/views.hpp"
#include "journal/seal.hpp"
#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"
#include "office/tests/bench_union.hpp"

using namespace veche;
using veche::office::testing::bench_union;

namespace {

journal::key_pair reporter() {
    return journal::key_from_seed(barriers::reporter_seed(std::string(64, '7')));
}

seal_ref seal_of(const std::string& text, sealed_class kind = sealed_class::personal) {
    return {"sha256-salt", 256, kind, {to_hex(sha256(text))}, "subject-" + text};
}

std::string report(const seal_ref& seal) {
    barriers::receive c;
    c.body = {"pc"};
    c.key = to_base64(reporter().public_key);
    c.member = member_id{"ru"};
    c.sealed = seal;
    return to_json(c);
}

std::string word(std::int32_t n, const seal_ref& seal) {
    barriers::say c;
    c.barrier = {"b-1"};
    c.n = n;
    c.word = barriers::reporter_word::comment;
    c.sealed = seal;
    c.signature = to_base64(
        journal::sign_bytes(reporter(), barriers::word_statement(c.barrier, n, c.word, c.sealed)));
    return to_json(c);
}

constexpr const char* intake = "barrier-intake";
constexpr const char* intake_office = "pc/barrier-intake";

}  // namespace

TEST_CASE("what a reporter writes is kept as a sealed text of the body, never on the journal") {
    bench_union u;
    CHECK(u.refused("barriers.receive", report(seal_of("a", sealed_class::closed)), intake,
                    intake_office) == "barriers.seal_not_personal");
    const auto done = u.must("barriers.receive", report(seal_of("a")), intake, intake_office);
    CHECK(u.types(done.seq) == std::vector<std::string>{"barriers.receive", "sealed.text_kept"});
    CHECK(u.entry(done.seq + 1).find(R"("kind":"barriers.report","name":"report","of":"b-1")") !=
          std::string::npos);
    CHECK(u.refused("barriers.say", word(1, seal_of("a")), intake, intake_office) ==
          "sealed.seal_taken");
    const auto said = u.must("barriers.say", word(1, seal_of("b")), intake, intake_office);
    CHECK(u.types(said.seq) == std::vector<std::string>{"barriers.say", "sealed.text_kept"});
    verifies(u);
}

TEST_CASE("a step that is late is derived when its day is over, and a replay derives it too") {
    bench_union u;
    const auto done = u.must("barriers.receive", report(seal_of("a")), intake, intake_office);
    u.advance_days(8);
    CHECK(u.desk->tick());
    CHECK(u.types(done.seq + 2) == std::vector<std::string>{"barriers.step_late"});
    verifies(u);
}

TEST_CASE("only a finding of what barriers cost can be laid beside a case") {
    bench_union u;
    u.must("barriers.receive", report(seal_of("a")), intake, intake_office);
    u.must("barriers.register_case",
           R"({"about":{"en":"So."},"authority":{"en":"Office"},"barrier":"b-1","class":"barrier",)"
           R"("hinders":{"headings":["8703"]},"member":"ru","title":{"en":"A paper"}})",
           "barrier-desk", "pc/barrier-desk");
    CHECK(u.refused("barriers.weigh", R"({"barrier":"b-1","finding":"none","row":"1"})",
                    "barrier-desk", "pc/barrier-desk") == "barriers.finding_unfit");
}
