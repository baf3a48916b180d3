#pragma once
// Why a store says no.

#include "kernel/result.hpp"

namespace veche::store::refusals {

inline constexpr refusal_kind folder_missing{"store.folder_missing", 404,
                                             "There is no union in {0}."};
inline constexpr refusal_kind folder_taken{"store.folder_taken", 409,
                                           "The folder {0} is not empty."};
inline constexpr refusal_kind file_missing{"store.file_missing", 404, "The file {0} is missing."};
inline constexpr refusal_kind database{"store.database", 503, "The database {0} reports: {1}."};
inline constexpr refusal_kind database_damaged{
    "store.database_damaged", 409,
    "The file {0} is damaged or not a database: {1}. Restore it from a mirror."};
inline constexpr refusal_kind read_only{"store.read_only", 503,
                                        "The file {0} cannot be written: {1}.", true};
inline constexpr refusal_kind disk_full{
    "store.disk_full", 503, "There is no room left on the disk. Nothing was written.", true};
inline constexpr refusal_kind schema_unknown{
    "store.schema_unknown", 409, "The file {0} is of form {1}; this program knows form {2}."};
inline constexpr refusal_kind locked{"store.locked", 409,
                                     "Another program is writing to {0}. Stop it first.", true};
inline constexpr refusal_kind not_contiguous{
    "store.not_contiguous", 409, "Entries are missing: {0} are there and {1} should be."};
inline constexpr refusal_kind tree_differs{
    "store.tree_differs", 409,
    "The entries do not hash to the tree that the store keeps. The file {0} was changed."};
inline constexpr refusal_kind entry_differs{
    "store.entry_differs", 409, "Entry {0} does not hash to its leaf: its bytes were changed."};
inline constexpr refusal_kind entry_missing{"store.entry_missing", 404, "There is no entry {0}."};
inline constexpr refusal_kind tile_missing{"store.tile_missing", 404, "The tile {0} is not there."};
inline constexpr refusal_kind index_differs{
    "store.index_differs", 409,
    "The list of commands that were answered does not agree with the entries. The file {0} was "
    "changed."};
inline constexpr refusal_kind checkpoint_differs{
    "store.checkpoint_differs", 409,
    "A checkpoint does not belong to these entries. The file {0} was changed."};
inline constexpr refusal_kind disk_failed{"store.disk_failed", 503,
                                          "The disk failed under the file {0}: {1}."};
inline constexpr refusal_kind write_failed{
    "store.write_failed", 503,
    "The disk failed under {0}. Nothing more is written until a restart has compared the file "
    "with what was signed."};
inline constexpr refusal_kind rolled_back{"store.rolled_back", 409,
                                          "{0} entries were signed and only {1} are here: an old "
                                          "copy was restored, or the end was lost. Bring the "
                                          "missing ones back out of a mirror or an export: "
                                          "veche fill."};
inline constexpr refusal_kind forked{
    "store.forked", 409,
    "The first {0} entries are not those that were signed: the history was changed."};
inline constexpr refusal_kind overtaken{
    "store.overtaken", 409, "The journal ends at {0}, not at {1}: somebody else wrote to it.",
    true};
inline constexpr refusal_kind key_unreadable{"store.key_unreadable", 503,
                                             "The log's signing key {0} cannot be read."};
inline constexpr refusal_kind key_left{
    "store.key_left", 409,
    "The key in {0} signs this journal no more: another one took its place, {1}. Put that key's "
    "file there; where its change was broken off, finish it with veche key change."};
inline constexpr refusal_kind key_foreign{
    "store.key_foreign", 409, "The key in {0} is not the one that signs this journal ({1})."};
inline constexpr refusal_kind content_missing{"store.content_missing", 404,
                                              "There is no content {0}."};
inline constexpr refusal_kind content_differs{"store.content_differs", 409,
                                              "The content {0} was changed on the disk."};

inline constexpr refusal_kind unreachable{"store.unreachable", 503,
                                          "The database server {0} does not answer: {1}.", true};
inline constexpr refusal_kind contended{
    "store.contended", 503, "Another program was in the way on {0}: {1}. Try again.", true};
inline constexpr refusal_kind row_taken{"store.row_taken", 503,
                                        "A row is there already on {0}: {1}."};
inline constexpr refusal_kind other_union{
    "store.other_union", 409,
    "The database holds the journal {0}, and the node's own folder watches over {1}."};
inline constexpr refusal_kind parts_missing{
    "store.parts_missing", 409,
    "{0} holds no union whole: tables beside its journal are missing. Found one there with veche "
    "init, or move one there with veche migrate."};
inline constexpr refusal_kind key_needed{
    "store.key_needed", 400, "For a union on a server, name the file of its log key (--key)."};
inline constexpr refusal_kind not_durable{
    "store.not_durable", 503,
    "The database server {0} answers before a disk has what was written: {1}."};
inline constexpr refusal_kind already_there{"store.already_there", 409,
                                            "The journal lies in {0} already."};
inline constexpr refusal_kind moved{"store.moved", 409,
                                    "The journal on {0} was moved elsewhere. Ask whoever runs the "
                                    "union where it is now."};
inline constexpr refusal_kind content_too_large{"store.content_too_large", 413,
                                                "The text is longer than {0} bytes."};

inline constexpr refusal_kind looking_copy{
    "store.looking_copy", 409,
    "This is a copy for looking, cut after {0} entries: it takes no commands and signs nothing."};

inline constexpr const refusal_kind* all[] = {
    &folder_missing,     &folder_taken,   &file_missing,      &database,        &database_damaged,
    &read_only,          &disk_full,      &schema_unknown,    &locked,          &not_contiguous,
    &tree_differs,       &entry_differs,  &entry_missing,     &tile_missing,    &index_differs,
    &checkpoint_differs, &disk_failed,    &write_failed,      &rolled_back,     &forked,
    &overtaken,          &key_unreadable, &content_missing,   &content_differs, &unreachable,
    &not_durable,        &contended,      &other_union,       &parts_missing,   &key_needed,
    &already_there,      &moved,          &content_too_large, &looking_copy,    &row_taken,
    &key_left,           &key_foreign};

}  // namespace veche::store::refusals
