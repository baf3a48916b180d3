#pragma once
// How a journal stands with its witnesses, for people and for programs.

#include "kernel/fields.hpp"

namespace veche::journal {

/// How a witness stands to this journal.
enum class witness_standing : std::uint8_t {
    unasked,      ///< no answer yet since the program started, or it has no address
    cosigns,      ///< its last answer was a cosignature
    silent,       ///< it did not answer
    declines,     ///< it answered otherwise: it does not know the journal, or is out of order
    contradicts,  ///< its answers do not go together, or it names a size that it cannot show
    ahead,        ///< it holds more entries, signed with this journal's key, than are here
    differs       ///< it holds another history, signed with this journal's key
};
VECHE_CHOICES(witness_standing, unasked, cosigns, silent, declines, contradicts, ahead, differs)

struct witness_report {
    std::string name;
    witness_standing standing = witness_standing::unasked;
    std::int64_t size = 0;
    std::optional<instant> cosigned;
    std::optional<std::string> detail;
};
VECHE_FIELDS(witness_report, (name, "Name of the witness in the charter."),
             (standing, "How it answers."), (size, "Entries of the largest it cosigned."),
             (cosigned, "When it did, by its own clock."),
             (detail, "What it said where it did not cosign."))

struct witnessing_report {
    std::vector<witness_report> witnesses;
    std::string quorum;
    std::int64_t signed_size = 0;
    std::int64_t witnessed_size = 0;
    std::optional<instant> witnessed;
    std::int64_t cosigned = 0;
    std::int64_t of = 0;
    bool in_time = true;
};
VECHE_FIELDS(witnessing_report, (witnesses, "Witnesses of the charter."),
             (quorum, "The witness or group that must have signed."),
             (signed_size, "Entries of the newest signed checkpoint."),
             (witnessed_size, "Entries of the newest one with a quorum, 0 where none is."),
             (witnessed, "When its last witness signed it."),
             (cosigned, "Witnesses that have cosigned the checkpoint which readers are shown."),
             (of, "Witnesses in all."),
             (in_time, "Whether readers are shown a checkpoint with a quorum."))

}  // namespace veche::journal
