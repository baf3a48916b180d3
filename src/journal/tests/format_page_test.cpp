// The worked bytes of docs/format/journal.md are the bytes that the code makes.

#include "journal/checkpoint.hpp"
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "journal/proof.hpp"
#include "journal/seal.hpp"
#include "journal/tests/shared.hpp"
#include "journal/tiles.hpp"
#include "journal/tree.hpp"
#include "source_dir.hpp"

namespace veche::journal {
namespace {

const std::string page_origin = "veche.example/journal";

std::string base64(const hash256& h) {
    return to_base64(as_bytes(h));
}

/// Everything that the page shows, made afresh.
std::vector<std::string> worked_bytes() {
    const key_pair actor = key_from_seed(std::string(32, 'a'));
    const key_pair log = key_from_seed(std::string(32, 'L'));
    const std::string name = "veche.example/p-17/laptop";
    const instant at = *parse_instant("2026-08-01T12:00:00.123Z");
    const std::string act = compose_act_line(
        "p-17", "seat-by-3", R"({"choice":"yes","seat":"seat-by-3","vote":"v-142"})",
        "01986543-2100-7c3a-9d2f-5a6b7c8d9e0f", page_origin, "assembly.cast_ballot", 1);
    const std::string signature = signature_line(name, actor, act + "\n");
    const std::string event = compose_event_line(
        0, page_origin, {"assembly.vote_decided", 1, R"({"outcome":"adopted","vote":"v-142"})"});
    const std::string first = compose_entry(0, at, act, {signature});
    const std::string second = compose_entry(1, at, event, {});
    const hash256 root = node_hash(leaf_hash(first), leaf_hash(second));
    const std::string note = sign_checkpoint({page_origin, 2, root}, log);
    std::string bundle;
    append_to_bundle(bundle, first);
    const std::string text = "Minutes of the closed part.";
    const std::string salt(32, 's');
    const seal sealed{seal_commit(salt, text), seal_class::closed, "session-7", 256};
    return {first,
            second,
            format_verifier_key({name, actor.public_key}),
            format_verifier_key({page_origin, log.public_key}),
            base64(leaf_hash(first)),
            base64(leaf_hash(second)),
            note,
            write_proof_file({1, {leaf_hash(first)}, note}),
            to_hex(bundle.substr(0, 2)) + " " + to_hex(bundle.substr(2, 6)),
            seal_json(sealed)};
}

TEST_CASE("the page on the format shows the bytes that the code makes") {
    const auto page =
        testing::read_file(std::filesystem::path(veche::source_dir()) / "docs/format/journal.md");
    REQUIRE(page);
    for (const std::string& part : worked_bytes())
        CHECK_MESSAGE(page->find(part) != std::string::npos, part);
}

}  // namespace
}  // namespace veche::journal
