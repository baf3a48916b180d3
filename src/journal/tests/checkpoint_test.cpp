#include "journal/checkpoint.hpp"

#include <doctest/doctest.h>

#include "journal/cosignature.hpp"
#include "journal/proof.hpp"
#include "journal/refusal.hpp"
#include "journal/tree.hpp"

namespace veche::journal {
namespace {

const key_pair log_key = key_from_seed(std::string(32, 'L'));
const std::string origin = "veche.example/journal";
const std::string log_vkey = format_verifier_key({origin, log_key.public_key});

checkpoint three() {
    frontier tree;
    for (const char* entry : {"a", "b", "c"}) tree.append(leaf_hash(entry));
    return {origin, 3, tree.root()};
}

TEST_CASE("a checkpoint reads back as it was signed") {
    const std::string note = sign_checkpoint(three(), log_key);
    CHECK(verify_checkpoint(note, log_vkey).value() == three());
    CHECK(parse_checkpoint(note).value() == three());
}

TEST_CASE("a checkpoint of another size, log or key is refused") {
    const std::string note = sign_checkpoint(three(), log_key);
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = note;
        return changed.replace(changed.find(from), from.size(), to);
    };
    CHECK(verify_checkpoint(with("\n3\n", "\n4\n"), log_vkey).error().kind ==
          &refusals::signature_wrong);
    CHECK_FALSE(parse_checkpoint(with("\n3\n", "\n03\n")));
    CHECK_FALSE(parse_checkpoint(with("\n3\n", "\n\n")));
    CHECK_FALSE(parse_checkpoint(with("\n3\n", "\n-3\n")));
    CHECK_FALSE(parse_checkpoint(with("=\n\n", "=\nan extension\n\n")));
    CHECK_FALSE(parse_checkpoint(with("veche.example/journal\n", "{veche}\n")));
    CHECK_FALSE(parse_checkpoint(""));
    const key_pair other = key_from_seed(std::string(32, 'M'));
    CHECK(verify_checkpoint(note, format_verifier_key({origin, other.public_key})).error().kind ==
          &refusals::signature_missing);
    // Signed by the log's key, but in the name of another log.
    const std::string foreign =
        sign_note(checkpoint_text({"veche.example/other", 3, three().root}), origin, log_key);
    CHECK(verify_checkpoint(foreign, log_vkey).error().kind == &refusals::checkpoint_malformed);
}

TEST_CASE("every flipped bit of a checkpoint is noticed") {
    const std::string note = sign_checkpoint(three(), log_key);
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        std::string flipped = note;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        CAPTURE(flipped);
        CHECK_FALSE(verify_checkpoint(flipped, log_vkey));
    }
}

TEST_CASE("witnesses are counted once each, strangers not at all, and a bad one stops") {
    const key_pair one = key_from_seed(std::string(32, '1'));
    const key_pair two = key_from_seed(std::string(32, '2'));
    const std::vector<verifier_key> known = {{"w.example/1", one.public_key},
                                             {"w.example/2", two.public_key}};
    for (const verifier_key& w : known)
        CHECK(parse_witness_key(format_witness_key(w)).value().public_key == w.public_key);
    CHECK_FALSE(parse_witness_key(log_vkey));
    const std::string text = checkpoint_text(three());
    const std::string note = sign_checkpoint(three(), log_key);
    const std::string first = cosignature_line("w.example/1", one, 1'780'000'000, text) + "\n";
    const std::string stranger = cosignature_line("w.example/3", two, 1'780'000'000, text) + "\n";
    CHECK(read_cosignatures(note, known).value().empty());
    const auto seen = read_cosignatures(note + first + stranger + first, known).value();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].name == "w.example/1");
    CHECK(seen[0].time == 1'780'000'000);
    // The log's own signature does not pass for a witness's, and all lines stay one note.
    CHECK(verify_checkpoint(note + first, log_vkey));
    const std::string bad =
        cosignature_line("w.example/2", two, 1'780'000'000, text + "more\n") + "\n";
    CHECK(read_cosignatures(note + first + bad, known).error().kind == &refusals::signature_wrong);
}

TEST_CASE("the published example of a witnessed checkpoint is read") {
    const std::string note =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "\xE2\x80\x94 example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
        "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        "\xE2\x80\x94 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/"
        "zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    const auto c = parse_checkpoint(note);
    REQUIRE(c);
    CHECK(c->size == 20'852'163);
    CHECK(checkpoint_text(*c) == note.substr(0, note.find("\n\n") + 1));
}

TEST_CASE("a proof file proves one entry and nothing else") {
    const hash256 a = leaf_hash("a");
    const hash256 b = leaf_hash("b");
    const std::string note = sign_checkpoint(three(), log_key);
    const std::string file = write_proof_file({2, {node_hash(a, b)}, note});
    CHECK(verify_proof_file(file, "c", log_vkey).value() == three());
    CHECK(verify_proof_file(file, "b", log_vkey).error().kind == &refusals::proof_wrong);
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed = file;
        return changed.replace(changed.find(from), from.size(), to);
    };
    CHECK(verify_proof_file(with("index 2", "extra Ynl0ZXM=\nindex 2"), "c", log_vkey));
    CHECK(verify_proof_file(with("index 2", "index 1"), "c", log_vkey).error().kind ==
          &refusals::proof_wrong);
    CHECK(verify_proof_file(with("\n3\n", "\n4\n"), "c", log_vkey).error().kind ==
          &refusals::signature_wrong);
    for (const auto& [from, to] :
         {std::pair("index 2", "index 02"), std::pair("index 2", "index x"),
          std::pair("@v1", "@v2"), std::pair("=\n\n", "\n\n")})
        CHECK(verify_proof_file(with(from, to), "c", log_vkey).error().kind ==
              &refusals::proof_malformed);
    for (std::size_t cut = 0; cut < file.size(); ++cut)
        CHECK_FALSE(verify_proof_file(file.substr(0, cut), "c", log_vkey));
}

}  // namespace
}  // namespace veche::journal
