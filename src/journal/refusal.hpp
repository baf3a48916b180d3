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
inline constexpr refusal_kind policy_malformed{"journal.policy_malformed", 400,
                                               "The policy is not well-formed, line {0}: {1}."};
inline constexpr refusal_kind log_unknown{"journal.log_unknown", 403,
                                          "The policy knows no log called {0}."};
inline constexpr refusal_kind quorum_missing{"journal.quorum_missing", 403,
                                             "The checkpoint of {0} entries was cosigned by {1}, "
                                             "which is not the quorum {2} of the policy."};
inline constexpr refusal_kind witness_ahead{
    "journal.witness_ahead", 409,
    "The witness {0} holds a checkpoint of {1} entries, signed with this journal's key, and {2} "
    "are here: an old copy was restored. Nothing is signed."};
inline constexpr refusal_kind witness_differs{
    "journal.witness_differs", 409,
    "The witness {0} holds a checkpoint of {1} entries, signed with this journal's key, with "
    "another root than this journal has at that size: there are two histories. Nothing is signed."};
inline constexpr refusal_kind signing_stopped{
    "journal.signing_stopped", 409,
    "Nothing is signed: a witness has shown another history under this journal's key, see {0}. "
    "Whoever has settled it removes that file."};
inline constexpr refusal_kind key_changed{
    "journal.key_changed", 409,
    "Another key signs this journal now: {0}. This program signs nothing more; give it the file of "
    "that key and start it again."};
inline constexpr refusal_kind rolled_back{
    "journal.rolled_back", 409,
    "{1} entries are here, and {0} were seen before: the journal was put back in time."};
inline constexpr refusal_kind history_differs{
    "journal.history_differs", 409,
    "The first {0} entries are not those that were seen before: there are two histories."};
inline constexpr refusal_kind key_taken{
    "journal.key_taken", 503,
    "One of the commands was accepted before under its idempotency key. Try again.", true};
inline constexpr refusal_kind request_malformed{"journal.request_malformed", 400,
                                                "The request is not well-formed: {0}."};
inline constexpr refusal_kind witness_conflict{
    "journal.witness_conflict", 409,
    "This witness has cosigned {0} entries of the log, and the proof must begin there."};
inline constexpr refusal_kind witness_forked{
    "journal.witness_forked", 503,
    "Somebody shows this witness's own signature over another history of {0} at {1} entries than "
    "its record has: the record was restored from a copy and used, or the key is in other hands. "
    "Nothing of that log is signed."};
inline constexpr refusal_kind fork_unproven{"journal.fork_unproven", 400,
                                            "The file does not prove two histories: {0}."};
inline constexpr refusal_kind seal_malformed{"journal.seal_malformed", 400,
                                             "The seal is not well-formed: {0}."};
inline constexpr refusal_kind seal_wrong{"journal.seal_wrong", 409,
                                         "The sealed text does not match its seal."};
inline constexpr refusal_kind seal_shredded{"journal.seal_shredded", 404,
                                            "The sealed text was destroyed."};

inline constexpr const refusal_kind* all[] = {
    &entry_malformed,  &envelope_malformed,   &note_malformed,
    &key_malformed,    &signature_missing,    &signature_wrong,
    &passkey_wrong,    &checkpoint_malformed, &proof_wrong,
    &proof_malformed,  &tile_malformed,       &tile_differs,
    &file_missing,     &file_unwritable,      &fork,
    &guard_missing,    &entries_lost,         &seal_malformed,
    &seal_wrong,       &seal_shredded,        &policy_malformed,
    &log_unknown,      &quorum_missing,       &witness_ahead,
    &witness_differs,  &rolled_back,          &history_differs,
    &key_taken,        &fork_unproven,        &request_malformed,
    &witness_conflict, &witness_forked,       &signing_stopped,
    &key_changed};

}  // namespace veche::journal::refusals
