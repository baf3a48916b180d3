#pragma once
// Proof files (c2sp.org/tlog-proof@v1): the number of one entry, its inclusion proof and the signed
// checkpoint, checkable offline by whoever has the entry and the log's verifier key.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.hpp"

namespace veche::journal {

struct proof_file {
    std::uint64_t index = 0;
    std::vector<hash256> hashes;  ///< from the leaf's sibling up
    std::string checkpoint;       ///< the signed note, verbatim
};

std::string write_proof_file(const proof_file&);
/// Refuses with journal.proof_malformed. An `extra` line is read over: it is not authenticated.
result<proof_file> read_proof_file(std::string_view text);

/// That the entry's bytes stand in the log: the checkpoint's signature by `vkey`, and the path from
/// the entry's leaf to its root. Answers the checkpoint.
result<checkpoint> verify_proof_file(std::string_view text, std::string_view entry,
                                     std::string_view vkey);

}  // namespace veche::journal
