#pragma once
// Why a union cannot be backed up, restored or filled up.

#include "kernel/result.hpp"

namespace veche::upkeep::refusals {

inline constexpr refusal_kind no_backup{"upkeep.no_backup", 404, "There is no backup in {0}."};
inline constexpr refusal_kind not_a_backup_place{
    "upkeep.not_a_backup_place", 409,
    "{0} is not empty and holds no backup: name a folder of its own."};
inline constexpr refusal_kind backup_of_another{"upkeep.backup_of_another", 409,
                                                "The backup is of the journal {0}, not of {1}."};
inline constexpr refusal_kind backup_damaged{"upkeep.backup_damaged", 409,
                                             "The backup is damaged: {0} {1}."};
inline constexpr refusal_kind backup_ahead{
    "upkeep.backup_ahead", 409,
    "The backup holds {0} entries and the journal {1}: the journal lost its end, or this is an old "
    "copy of it. The backup was left as it is."};
inline constexpr refusal_kind backup_differs{
    "upkeep.backup_differs", 409,
    "The first {0} entries of the journal are not those of the backup: the history was changed. "
    "The backup was left as it is."};
inline constexpr refusal_kind backup_busy{"upkeep.backup_busy", 409,
                                          "Another program is writing to the backup {0}.", true};
inline constexpr refusal_kind file_failed{"upkeep.file_failed", 503, "The file {0} {1}.", true};
inline constexpr refusal_kind entry_unknown{"upkeep.entry_unknown", 404,
                                            "The backup ends before {0}; it has {1} entries."};
inline constexpr refusal_kind at_malformed{
    "upkeep.at_malformed", 400,
    "\"{0}\" is neither the number of an entry nor a time such as 2026-08-01T12:00:00.000Z."};
inline constexpr refusal_kind target_taken{
    "upkeep.target_taken", 409,
    "{0} holds {1}. Restore into an empty folder, or into one with nothing but log.key, "
    "guard.sqlite and handovers."};
inline constexpr refusal_kind server_taken{
    "upkeep.server_taken", 409,
    "{0} has a {1} already. Restore into an empty database, or into one with nothing of the union "
    "but the schema of its guard."};
inline constexpr refusal_kind looking_on_server{
    "upkeep.looking_on_server", 400,
    "A copy for looking is made in a folder: name one instead of the server."};
inline constexpr refusal_kind key_missing{
    "upkeep.key_missing", 409,
    "The key of the log is in no backup. Put log.key into {0}, or name it with --key."};
inline constexpr refusal_kind key_differs{
    "upkeep.key_differs", 409,
    "The key {0} is not the one that signed this journal ({1}), and nothing "
    "here says that it followed that one."};
inline constexpr refusal_kind guard_lost{
    "upkeep.guard_lost", 409,
    "The guard, which knows what was signed last, is gone. Take what is missing out of a mirror "
    "with --fill-from, or say --new-guard after you have asked every mirror and witness: without "
    "them nobody can tell whether the backup is whole."};
inline constexpr refusal_kind source_behind{
    "upkeep.source_behind", 409,
    "The source has {0} entries and the journal {1}: nothing to take."};
inline constexpr refusal_kind source_differs{
    "upkeep.source_differs", 409,
    "The source's {0} entries do not hash to the root that its checkpoint signs, with those that "
    "are here: it is damaged, or one of the two is another history. Nothing was taken."};

inline constexpr refusal_kind next_key_missing{
    "upkeep.next_key_missing", 404, "There is no {0}. Make the new key with veche key new."};
inline constexpr refusal_kind handover_differs{
    "upkeep.handover_differs", 409,
    "The checkpoint of {0} entries, at which the key changed, is not of these entries."};
inline constexpr refusal_kind key_not_taken{
    "upkeep.key_not_taken", 409,
    "The journal does not say that this key is in use: announce it (people.propose_log_key) and "
    "let another person confirm it."};
inline constexpr refusal_kind key_change_unfinished{
    "upkeep.key_change_unfinished", 409,
    "The journal says since entry {0} that another key signs. Finish with veche key change."};

inline constexpr const refusal_kind* all[] = {
    &no_backup,        &not_a_backup_place, &backup_of_another, &backup_damaged,
    &backup_ahead,     &backup_differs,     &backup_busy,       &file_failed,
    &entry_unknown,    &at_malformed,       &target_taken,      &key_missing,
    &key_differs,      &guard_lost,         &source_behind,     &source_differs,
    &next_key_missing, &handover_differs,   &key_not_taken,     &key_change_unfinished,
    &server_taken,     &looking_on_server};

}  // namespace veche::upkeep::refusals
