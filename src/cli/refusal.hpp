#pragma once
// What the command line refuses by itself.

#include "kernel/result.hpp"

namespace veche::cli::refusals {

inline constexpr refusal_kind scenario_damaged{"cli.scenario_damaged", 400,
                                               "The scenario cannot be played: {0}."};
inline constexpr refusal_kind file_unreadable{"cli.file_unreadable", 400,
                                              "The file {0} cannot be read: {1}."};
inline constexpr refusal_kind file_unwritable{"cli.file_unwritable", 400,
                                              "The file {0} cannot be written: {1}."};
inline constexpr refusal_kind key_malformed{
    "cli.key_malformed", 400, "The file {0} does not hold a key made by veche keygen."};
inline constexpr refusal_kind folder_unusable{"cli.folder_unusable", 400,
                                              "The folder {0} is not usable: {1}."};

inline constexpr refusal_kind password_missing{
    "cli.password_missing", 400,
    "There is no terminal to ask for the password; set VECHE_PASSWORD."};
inline constexpr refusal_kind passwords_differ{"cli.passwords_differ", 400,
                                               "The two passwords differ."};
inline constexpr refusal_kind address_unusable{
    "cli.address_unusable", 400,
    "{0} is no address that can be used: only http://host:port/path is."};
inline constexpr refusal_kind field_malformed{"cli.field_malformed", 400,
                                              "{0} is not of the form name=value."};
inline constexpr refusal_kind row_unsound{"cli.row_unsound", 422,
                                          "Row {0}, column \"{1}\": {2}. Nothing was taken."};
inline constexpr refusal_kind plan_option_unsound{"cli.plan_option_unsound", 422,
                                                  "This must be from 1 to {0}."};
inline constexpr refusal_kind plan_command_too_large{
    "cli.plan_command_too_large", 413,
    "The command would have {0} bytes, and a motion has room for {1}: plan fewer weeks, regions or "
    "groups."};
inline constexpr refusal_kind not_served{"cli.not_served", 404, "{0} is not served: status {1}."};

inline constexpr refusal_kind witness_key_file{
    "cli.witness_key_file", 400,
    "The file {0} does not hold the key of a witness, as veche witness init makes it."};
inline constexpr refusal_kind not_cosigned{"cli.not_cosigned", 409,
                                           "Nothing of {0} was cosigned: {1}."};
inline constexpr refusal_kind never_witnessed{
    "cli.never_witnessed", 409,
    "No checkpoint with a quorum of witnesses is kept here: none was reached while it was served."};
inline constexpr refusal_kind ballot_key_malformed{
    "cli.ballot_key_malformed", 400,
    "The file {0} does not hold such a secret as veche ballot keygen makes."};
inline constexpr refusal_kind not_a_trustee{"cli.not_a_trustee", 403,
                                            "This secret is of no trustee of this election."};
inline constexpr refusal_kind ballot_stage{
    "cli.ballot_stage", 409, "This does not come now: the record is at the stage {0}."};
inline constexpr refusal_kind union_refuses{"cli.union_refuses", 409,
                                            "{0} That is the union's answer ({1})."};
inline constexpr refusal_kind file_missing{"cli.file_missing", 400,
                                           "Say with --to into which file."};
inline constexpr refusal_kind seat_missing{"cli.seat_missing", 400,
                                           "Say with --seat for which seat the credential is."};
inline constexpr refusal_kind option_unknown{"cli.option_unknown", 404, "There is no option {0}."};
inline constexpr refusal_kind other_board_decrypted{
    "cli.other_board_decrypted", 409,
    "This trustee has decrypted another board of this election ({0}). The difference of two totals "
    "would reveal votes, so the second is not decrypted."};

inline constexpr refusal_kind message_id_missing{
    "cli.message_id_missing", 400,
    "Say with --id how the file of orders is called: only one whole run has a name of itself."};
inline constexpr refusal_kind bank_account_unclear{
    "cli.bank_account_unclear", 400,
    "The file has statements of several accounts: say with --of which one is meant."};
inline constexpr refusal_kind statement_id_unusable{
    "cli.statement_id_unusable", 400,
    "\"{0}\" cannot be the id of a statement: say another one with --id."};

inline constexpr refusal_kind secret_malformed{
    "cli.secret_malformed", 400,
    "The file {0} holds no secret of a report: 64 digits, or the link."};
inline constexpr refusal_kind word_unknown{
    "cli.word_unknown", 400,
    "\"{0}\" is no word: comment, confirm, dispute, returned or withdraw."};
inline constexpr refusal_kind record_file_unnamed{
    "cli.record_file_unnamed", 400,
    "Name the kind of its records before a file, as in place=places.csv, not \"{0}\"."};

inline constexpr refusal_kind pair_malformed{
    "cli.pair_malformed", 400, "{0} is followed by a name, = and what it is, not by \"{1}\"."};
inline constexpr refusal_kind layout_unknown{"cli.layout_unknown", 404,
                                             "There is no layout {0}; there are {1}."};

inline constexpr refusal_kind link_malformed{
    "cli.link_malformed", 400,
    "{0} is no link: write FROM|SECTOR>TO|SECTOR:SHARE, where sectors and share may be left out."};

inline constexpr refusal_kind randomness_malformed{
    "cli.randomness_malformed", 400, "What a beacon says is 64 hex digits, not \"{0}\"."};

inline constexpr refusal_kind seir_beta_unclear{
    "cli.seir_beta_unclear", 400,
    "Say how infectious the disease is either by --beta or by --r0, above 0."};
inline constexpr refusal_kind seir_share_unsound{
    "cli.seir_share_unsound", 400,
    "Contacts at home, effects of doses and the level of bands are shares from 0 to 1."};
inline constexpr refusal_kind seir_without_hospitals{
    "cli.seir_without_hospitals", 400,
    "People are admitted to hospital or to be shown there; say by --ward-days how long they stay."};
inline constexpr refusal_kind seir_start_unsound{
    "cli.seir_start_unsound", 400, "{0} is no date; write the first day as 2026-03-01."};
inline constexpr refusal_kind seir_rows_unsound{"cli.seir_rows_unsound", 400,
                                                "{0} rows cannot be taken, so that nothing was."};
inline constexpr refusal_kind seir_record_unsound{
    "cli.seir_record_unsound", 400, "The record cannot be run again: {0} is missing or unknown."};
inline constexpr refusal_kind seir_input_changed{
    "cli.seir_input_changed", 409,
    "The file {0} is not the recorded one: its SHA-256 is {1}, recorded {2}."};

inline constexpr const refusal_kind* all[] = {
    &never_witnessed,      &witness_key_file,      &not_cosigned,
    &seir_beta_unclear,    &seir_share_unsound,    &seir_without_hospitals,
    &seir_start_unsound,   &seir_rows_unsound,     &seir_record_unsound,
    &seir_input_changed,   &randomness_malformed,  &message_id_missing,
    &bank_account_unclear, &statement_id_unusable, &record_file_unnamed,
    &ballot_key_malformed, &not_a_trustee,         &ballot_stage,
    &option_unknown,       &union_refuses,         &seat_missing,
    &file_missing,         &other_board_decrypted, &scenario_damaged,
    &file_unreadable,      &file_unwritable,       &key_malformed,
    &folder_unusable,      &password_missing,      &passwords_differ,
    &address_unusable,     &field_malformed,       &not_served,
    &link_malformed,       &pair_malformed,        &layout_unknown,
    &row_unsound,          &secret_malformed,      &word_unknown,
    &plan_option_unsound,  &plan_command_too_large};

}  // namespace veche::cli::refusals
