#pragma once
// Two histories under one key, proved to whoever knows the key: two signed checkpoints, and, where
// their sizes differ, a consistency proof that the longer tree had another root at the shorter
// one's size. The file:
//
//   veche/fork-proof/v1
//   root <base64>          only where the sizes differ: what the longer tree had at that size
//   <base64>...            the consistency proof from there to the longer tree (RFC 6962 2.1.2)
//
//   the shorter checkpoint, a signed note
//
//   the longer checkpoint, a signed note

#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.hpp"
#include "journal/tree.hpp"

namespace veche::journal {

struct fork_proof {
    std::string shorter;  ///< a signed note
    std::string longer;   ///< a signed note, not of a smaller size
    std::optional<hash256> root;
    std::vector<hash256> hashes;
};

/// Makes one out of two notes by the log `vkey`, in any order; `longer_tree` reads the tree of the
/// one with more entries, and is not asked where the sizes are equal. Refuses with
/// journal.fork_unproven where one extends the other.
result<fork_proof> prove_fork(std::string_view vkey, const std::string& a, const std::string& b,
                              const subtree_reader& longer_tree = {});

std::string write_fork_proof(const fork_proof&);
result<fork_proof> read_fork_proof(std::string_view text);

/// The two checkpoints, the shorter first, both signed by `vkey`, of which neither history is part
/// of the other. Refuses with journal.fork_unproven whatever does not prove that.
struct proven_fork {
    checkpoint shorter;
    checkpoint longer;
};
result<proven_fork> check_fork_proof(const fork_proof&, std::string_view vkey);

}  // namespace veche::journal
