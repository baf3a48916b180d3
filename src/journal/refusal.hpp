#pragma once
// Why the journal says no.

#include "kernel/result.hpp"

namespace veche::journal::refusals {

inline constexpr refusal_kind entry_malformed{"journal.entry_malformed", 400,
                                              "The entry does not have the form of an entry: {0}."};
inline constexpr refusal_kind envelope_malformed{"journal.envelope_malformed", 400,
                                                 "The event line is not well-formed: {0}."};
inline constexpr refusal_kind note_malformed{"journal.note_malformed", 400,
                                             "The signed note is not well-formed: {0}."};
inline constexpr refusal_kind key_malformed{"journal.key_malformed", 400,
                                            "The verifier key is not well-formed: {0}."};
inline constexpr refusal_kind signature_missing{"journal.signature_missing", 403,
                                                "The note carries no signature by {0}."};
inline constexpr refusal_kind signature_wrong{"journal.signature_wrong", 403,
                                              "The signature by {0} does not match the text."};
inline constexpr refusal_kind passkey_wrong{"journal.passkey_wrong", 403,
                                            "The passkey's answer does not hold: {0}."};
inline constexpr refusal_kind checkpoint_malformed{"journal.checkpoint_malformed", 400,
                                                   "The checkpoint is not well-formed: {0}."};
inline constexpr refusal_kind proof_wrong{"journal.proof_wrong", 400,
                                          "The proof does not hold: {0}."};
inline constexpr refusal_kind proof_malformed{"journal.proof_malformed", 400,
                                              "The proof file is not well-formed: {0}."};
inline constexpr refusal_kind tile_malformed{"journal.tile_malformed", 400,
                                             "The file {0} does not have the form of a tile: {1}."};
inline constexpr refusal_kind tile_differs{"journal.tile_differs", 409,
                                           "Entry {0} does not hash to its leaf in the tile {1}."};
inline constexpr refusal_kind file_missing{"journal.file_missing", 404, "The file {0} is missing."};
inline constexpr refusal_kind file_unwritable{"journal.file_unwritable", 503,
                                              "The file {0} cannot be written: {1}.", true};
inline constexpr refusal_kind fork{"journal.fork", 409,
                                   "The journal does not extend what was signed before: {0} "
                                   "entries were signed and {1} are here{2}. "
                                   "Nothing was signed: an old copy may have been restored."};
inline constexpr refusal_kind guard_missing{"journal.guard_missing", 409,
                                            "The record of what was signed last is missing. It is "
                                            "made once, when the journal is founded, and "
                                            "never restored from a copy."};
inline constexpr refusal_kind entries_lost{"journal.entries_lost", 409,
                                           "{0} entries were here before, and the journal ends at "
                                           "{1} now: what had been acknowledged was lost."};
inline constexpr refusal_kind seal_malformed{"journal.seal_malformed", 400,
                                             "The seal is not well-formed: {0}."};
inline constexpr refusal_kind seal_wrong{"journal.seal_wrong", 409,
                                         "The sealed text does not match its seal."};
inline constexpr refusal_kind seal_shredded{"journal.seal_shredded", 404,
                                            "The sealed text was destroyed."};

inline constexpr const refusal_kind* all[] = {
    &entry_malformed,   &envelope_malformed, &note_malformed, &key_malformed,
    &signature_missing, &signature_wrong,    &passkey_wrong,  &checkpoint_malformed,
    &proof_wrong,       &proof_malformed,    &tile_malformed, &tile_differs,
    &file_missing,      &file_unwritable,    &fork,           &guard_missing,
    &entries_lost,      &seal_malformed,     &seal_wrong,     &seal_shredded};

}  // namespace veche::journal::refusals
