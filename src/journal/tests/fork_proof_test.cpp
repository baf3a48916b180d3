// Forks proved to strangers: trees of random shapes that part at random places, and every way a
// proof can fail to be one.

#include "journal/fork_proof.hpp"

#include <random>

#include "journal/refusal.hpp"
#include "journal/tests/shared.hpp"

namespace veche::journal {
namespace {

const key_pair forked_key = key_from_seed(std::string(32, 'L'));
const std::string forked_origin = "veche.example/journal";
const std::string forked_vkey = format_verifier_key({forked_origin, forked_key.public_key});

/// A tree in memory: leaves numbered, those from `parting` on of another history.
struct grown {
    std::vector<hash256> leaves;
    grown(std::uint64_t size, std::uint64_t parting, char history) {
        for (std::uint64_t i = 0; i < size; ++i)
            leaves.push_back(leaf_hash(std::to_string(i) + (i < parting ? 'a' : history)));
    }
    [[nodiscard]] subtree_reader reader() const {
        return [this](unsigned level, std::uint64_t index) -> result<hash256> {
            std::string row;
            const std::uint64_t width = std::uint64_t{1} << level;
            for (std::uint64_t i = index * width; i < (index + 1) * width; ++i)
                row += as_bytes(leaves.at(i));
            return row_root(row);
        };
    }
    [[nodiscard]] std::string note() const {
        frontier f;
        for (const hash256& leaf : leaves) f.append(leaf);
        return sign_checkpoint({forked_origin, leaves.size(), f.root()}, forked_key);
    }
};

TEST_CASE("two histories of any sizes are proved, one history never is") {
    std::mt19937 random(7);
    for (int i = 0; i < 300; ++i) {
        const std::uint64_t size = 1 + random() % 70;
        const std::uint64_t more = random() % 70;
        const std::uint64_t parting = random() % size;
        CAPTURE(size);
        CAPTURE(more);
        CAPTURE(parting);
        const grown here(size, size, 'a');
        const grown other(size + more, parting, 'b');
        const auto proof = prove_fork(forked_vkey, other.note(), here.note(), other.reader());
        REQUIRE(proof);
        const std::string file = write_fork_proof(*proof);
        const auto again = read_fork_proof(file);
        REQUIRE(again);
        CHECK(write_fork_proof(*again) == file);
        const auto judged = check_fork_proof(*again, forked_vkey);
        REQUIRE(judged);
        CHECK(judged->shorter.size == size);
        CHECK(judged->longer.size == size + more);
        const grown grows(size + more, size + more, 'a');
        CHECK(prove_fork(forked_vkey, here.note(), grows.note(), grows.reader()).error().kind ==
              &refusals::fork_unproven);
    }
}

TEST_CASE("a proof with anything changed in it proves nothing") {
    const grown here(11, 11, 'a');
    const grown other(37, 5, 'b');
    const auto proof = prove_fork(forked_vkey, here.note(), other.note(), other.reader()).value();
    const std::string file = write_fork_proof(proof);
    for (std::size_t at = 0; at < file.size(); ++at) {
        std::string bad = file;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        const auto read = read_fork_proof(bad);
        const bool holds = read && check_fork_proof(*read, forked_vkey);
        CAPTURE(at);
        CHECK_FALSE(holds);
        CHECK_FALSE(read_fork_proof(file.substr(0, at)).and_then([&](const fork_proof& p) {
            return check_fork_proof(p, forked_vkey);
        }));
    }
    // The journal itself as its own second history.
    fork_proof same = proof;
    same.longer = grown(37, 37, 'a').note();
    CHECK_FALSE(check_fork_proof(same, forked_vkey));
    // Somebody else's key.
    const auto stranger = key_from_seed(std::string(32, 'M'));
    CHECK_FALSE(check_fork_proof(proof, format_verifier_key({forked_origin, stranger.public_key})));
    // Without the tree of the longer one nothing can be shown, unless the sizes are equal.
    CHECK(prove_fork(forked_vkey, here.note(), other.note()).error().kind ==
          &refusals::fork_unproven);
    CHECK(prove_fork(forked_vkey, here.note(), grown(11, 3, 'b').note()));
}

}  // namespace
}  // namespace veche::journal
