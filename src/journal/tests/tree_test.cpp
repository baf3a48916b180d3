#include "journal/tree.hpp"

#include <map>

#include "journal/checkpoint.hpp"
#include "journal/log_source.hpp"
#include "journal/refusal.hpp"
#include "journal/tests/shared.hpp"
#include "journal/tiles.hpp"

namespace veche::journal {
namespace {

using testing::hash_from;
using testing::hashes_from;
using testing::text_of;
using testing::vectors;

/// Leaves 0..n-1, and any full subtree's root out of them, the plain way.
struct plain_tree {
    explicit plain_tree(std::uint64_t n) {
        std::vector<hash256> row;
        for (std::uint64_t i = 0; i < n; ++i) row.push_back(leaf_hash(std::to_string(i)));
        while (!row.empty()) {
            rows.push_back(row);
            std::vector<hash256> above;
            for (std::size_t i = 0; i + 1 < row.size(); i += 2)
                above.push_back(node_hash(row[i], row[i + 1]));
            row = std::move(above);
        }
    }
    [[nodiscard]] subtree_reader reader() const {
        return [this](unsigned level, std::uint64_t index) -> result<hash256> {
            return rows.at(level).at(index);
        };
    }
    /// MTH of RFC 6962, section 2.1, word for word.
    [[nodiscard]] hash256 mth(std::uint64_t begin, std::uint64_t end) const {
        const std::uint64_t n = end - begin;
        if (n == 0) return sha256("");
        if (n == 1) return rows[0][begin];
        std::uint64_t k = 1;
        while (k * 2 < n) k *= 2;
        return node_hash(mth(begin, begin + k), mth(begin + k, end));
    }
    std::vector<std::vector<hash256>> rows;
};

TEST_CASE("the growing edge gives the root of RFC 6962 at every size") {
    const plain_tree tree(300);
    frontier grown;
    for (std::uint64_t n = 0; n <= 300; ++n) {
        CAPTURE(n);
        CHECK(grown.size() == n);
        CHECK(grown.root() == tree.mth(0, n));
        CHECK(range_root(tree.reader(), 0, n).value() == grown.root());
        const auto restored = frontier::from_bytes(n, grown.to_bytes());
        REQUIRE(restored);
        CHECK(restored->root() == grown.root());
        if (n < 300) grown.append(tree.rows[0][n]);
    }
    CHECK_FALSE(frontier::from_bytes(301, grown.to_bytes()));
}

TEST_CASE("tree and tiles that grow together are what each grows to alone") {
    using tiles = std::map<std::pair<unsigned, std::uint64_t>, std::string>;
    const auto into = [](tiles& all) {
        return [&all](unsigned level, std::uint64_t index, std::string_view hashes) {
            CHECK(all.emplace(std::pair(level, index), hashes).second);
            return result<void>{};
        };
    };
    frontier alone, both;
    tile_edge tiles_alone, tiles_both;
    tiles full_alone, full_both;
    constexpr std::uint64_t beyond_two_levels = 65'536 + 300;
    for (std::uint64_t n = 0; n < beyond_two_levels; ++n) {
        const hash256 leaf = leaf_hash(std::to_string(n));
        alone.append(leaf);
        REQUIRE(tiles_alone.append(leaf, into(full_alone)));
        REQUIRE(tiles_both.append(both, leaf, into(full_both)));
    }
    CHECK(both.to_bytes() == alone.to_bytes());
    CHECK(full_both == full_alone);
    CHECK(full_both.size() == 256 + 1 + 1);
    for (unsigned level = 0; level < 4; ++level)
        CHECK(tiles_both.row(level) == tiles_alone.row(level));
}

TEST_CASE("every proof of every small tree holds, and no longer once anything is changed") {
    const plain_tree tree(40);
    for (std::uint64_t n = 1; n <= 40; ++n) {
        const hash256 root = tree.mth(0, n);
        for (std::uint64_t i = 0; i < n; ++i) {
            const auto proof = inclusion_proof(tree.reader(), i, n).value();
            CHECK(verify_inclusion(tree.rows[0][i], i, n, proof, root));
            CHECK_FALSE(verify_inclusion(tree.rows[0][i], i + 1, n, proof, root));
            CHECK_FALSE(verify_inclusion(tree.rows[0][(i + 1) % 40], i, n, proof, root));
            auto longer = proof;
            longer.push_back(root);
            CHECK_FALSE(verify_inclusion(tree.rows[0][i], i, n, longer, root));
            if (proof.empty()) continue;
            auto shorter = proof;
            shorter.pop_back();
            CHECK_FALSE(verify_inclusion(tree.rows[0][i], i, n, shorter, root));
        }
        for (std::uint64_t m = 0; m <= n; ++m) {
            const auto proof = consistency_proof(tree.reader(), m, n).value();
            CHECK(verify_consistency(m, tree.mth(0, m), n, root, proof).has_value() == (m > 0));
            if (m == 0 || m == n) continue;
            CHECK_FALSE(verify_consistency(m, root, n, root, proof));
            CHECK_FALSE(verify_consistency(m, tree.mth(0, m), n, tree.mth(0, m), proof));
        }
    }
}

TEST_CASE("the published inclusion proofs are accepted and refused as they should be") {
    const vectors file("merkle/inclusion.json");
    if (!file) return;
    int seen = 0;
    for (const auto one : simdjson::dom::array(file.root())) {
        CAPTURE(text_of(one, "name"));
        const auto leaf = hash_from(text_of(one, "leafHash"));
        const auto root = hash_from(text_of(one, "root"));
        const auto proof = hashes_from(one["proof"]);
        const auto done = verify_inclusion(leaf, std::uint64_t(one["leafIdx"]),
                                           std::uint64_t(one["treeSize"]), proof, root);
        CHECK(done.has_value() != bool(one["wantErr"]));
        ++seen;
    }
    CHECK(seen == 98);
}

TEST_CASE("the published consistency proofs are accepted and refused as they should be") {
    const vectors file("merkle/consistency.json");
    if (!file) return;
    int seen = 0;
    for (const auto one : simdjson::dom::array(file.root())) {
        CAPTURE(text_of(one, "name"));
        const auto from = hash_from(text_of(one, "root1"));
        const auto to = hash_from(text_of(one, "root2"));
        const auto proof = hashes_from(one["proof"]);
        const auto done = verify_consistency(std::uint64_t(one["size1"]), from,
                                             std::uint64_t(one["size2"]), to, proof);
        CHECK(done.has_value() != bool(one["wantErr"]));
        ++seen;
    }
    CHECK(seen == 98);
}

TEST_CASE("a log made by another program reads entry by entry, each checkpoint within the next") {
    const auto folder = testing::shared_folder() / "tessera-log";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("skipped: the shared vectors are not here");
        return;
    }
    constexpr std::string_view vkey =
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
    folder_source source(folder);
    const auto newest = verify_checkpoint(source.checkpoint().value(), vkey).value();
    CHECK(newest.size == 15);
    std::vector<std::vector<hash256>> rows(1);
    frontier own;
    REQUIRE(for_each_entry(source, newest.size, [&](const read_entry& e) {
        CHECK(e.leaf == leaf_hash(e.bytes));
        rows[0].push_back(e.leaf);
        own.append(e.leaf);
        CHECK(e.tree->root() == own.root());
        return true;
    }));
    while (rows.back().size() > 1) {
        std::vector<hash256> above;
        for (std::size_t i = 0; i + 1 < rows.back().size(); i += 2)
            above.push_back(node_hash(rows.back()[i], rows.back()[i + 1]));
        rows.push_back(std::move(above));
    }
    const subtree_reader reader = [&](unsigned level, std::uint64_t index) -> result<hash256> {
        return rows.at(level).at(index);
    };
    CHECK(range_root(reader, 0, 15).value() == newest.root);
    for (std::uint64_t size = 0; size <= 15; ++size) {
        CAPTURE(size);
        const auto note = testing::read_file(folder / ("checkpoint." + std::to_string(size)));
        const auto older = verify_checkpoint(note.value(), vkey).value();
        CHECK(older.size == size);
        if (size == 0) CHECK(older.root == sha256(""));
        if (size == 0) continue;
        const auto proof = consistency_proof(reader, older.size, newest.size).value();
        CHECK(verify_consistency(older.size, older.root, newest.size, newest.root, proof));
    }
}

}  // namespace
}  // namespace veche::journal
