#pragma once
// The Merkle tree of RFC 6962: leaf SHA-256(00 || entry), node SHA-256(01 || left || right), empty
// root SHA-256(""). Proofs after RFC 6962 section 2.1; their verification after RFC 9162
// section 2.1.

#include <functional>
#include <vector>

#include "kernel/hash.hpp"
#include "kernel/result.hpp"

namespace veche::journal {

hash256 leaf_hash(std::string_view entry);
hash256 node_hash(const hash256& left, const hash256& right);

/// The hash at a place of a row of hashes written one after another.
hash256 hash_at(std::string_view row, std::size_t index);
/// Root of a full subtree, out of a row of 1, 2, 4, ... hashes.
hash256 row_root(std::string_view row);

/// The right edge of a growing tree: roots of its full subtrees, largest first. Appending costs two
/// hashes on average, the root at most 64.
class frontier {
  public:
    frontier() = default;
    /// From its serialised form (hashes one after another) for a tree of that size; nothing if the
    /// number of hashes does not fit the size.
    static std::optional<frontier> from_bytes(std::uint64_t size, std::string_view hashes);
    [[nodiscard]] std::string to_bytes() const;

    void append(const hash256& leaf) { append(leaf, nullptr); }
    /// The same, telling the roots of the subtrees of 256, 256^2, ... leaves that the leaf
    /// completes.
    using tile_roots = std::vector<hash256>;
    void append(const hash256& leaf, tile_roots* completed);
    [[nodiscard]] hash256 root() const;
    [[nodiscard]] std::uint64_t size() const { return size_; }

  private:
    std::uint64_t size_ = 0;
    std::vector<hash256> edge_;
};

/// Gives the root of the full subtree of 2^level leaves that begins at leaf index*2^level.
using subtree_reader = std::function<result<hash256>(unsigned level, std::uint64_t index)>;

/// Root of the leaves [begin, end) of a tree, RFC 6962's MTH over a range.
result<hash256> range_root(const subtree_reader&, std::uint64_t begin, std::uint64_t end);
result<std::vector<hash256>> inclusion_proof(const subtree_reader&, std::uint64_t index,
                                             std::uint64_t size);
result<std::vector<hash256>> consistency_proof(const subtree_reader&, std::uint64_t from,
                                               std::uint64_t to);

/// Refuse with journal.proof_wrong and the reason. Consistency begins at size 1: there is nothing
/// to prove about the empty tree.
result<void> verify_inclusion(const hash256& leaf, std::uint64_t index, std::uint64_t size,
                              const std::vector<hash256>& proof, const hash256& root);
result<void> verify_consistency(std::uint64_t from, const hash256& from_root, std::uint64_t to,
                                const hash256& to_root, const std::vector<hash256>& proof);

}  // namespace veche::journal
