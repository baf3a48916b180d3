#pragma once
// The public record of a secret vote, made again from the journal in the exact form that
// docs/format/ballot.md specifies, so that any verifier of such records can judge it.

#include <functional>
#include <string>

#include "office/state.hpp"

namespace veche::office {

/// `opening`: up to the key, all that a voter needs to encrypt a ballot.
enum class record_part : std::uint8_t { opening, whole };

/// Gives the bytes of an entry by its number.
using entry_reader = std::function<result<std::string>(std::uint64_t seq)>;

/// The record's lines, each ended by a line feed. Refuses a vote that is not known and what the
/// reader refuses.
result<std::string> secret_record(const state&, const assembly::vote_id&, record_part,
                                  const entry_reader&);

}  // namespace veche::office
