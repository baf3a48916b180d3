#pragma once
// Why the register says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::registry::refusals {

inline constexpr refusal_kind place_unknown{"registry.place_unknown", 404,
                                            "There is no place {0} in the register."};
inline constexpr refusal_kind organisation_unknown{"registry.organisation_unknown", 404,
                                                   "There is no organisation {0} in the register."};
inline constexpr refusal_kind link_unknown{"registry.link_unknown", 404,
                                           "There is no link {0} in the register."};
inline constexpr refusal_kind batch_unknown{"registry.batch_unknown", 404,
                                            "There is no batch {0}."};
inline constexpr refusal_kind body_unknown{"registry.body_unknown", 404, "There is no body {0}."};
inline constexpr refusal_kind not_by_decision{
    "registry.not_by_decision", 403,
    "What is recorded is what an office answers for; a decision cannot order it."};
inline constexpr refusal_kind not_registrar{
    "registry.not_registrar", 403,
    "Only an office with the power \"registry\" in {0} may do this."};
inline constexpr refusal_kind merged_away{
    "registry.merged_away", 409, "The record {0} was merged into {1}. Name that one instead."};
inline constexpr refusal_kind reason_missing{
    "registry.reason_missing", 422,
    "{0} is in the register already. Give the reason why it is corrected."};
inline constexpr refusal_kind names_missing{"registry.names_missing", 422,
                                            "Give the name in at least one language."};
inline constexpr refusal_kind text_too_long{"registry.text_too_long", 413,
                                            "This text may have at most {0} bytes."};
inline constexpr refusal_kind source_missing{"registry.source_missing", 422,
                                             "Say who says so: each record names its source."};
inline constexpr refusal_kind read_late{"registry.read_late", 422,
                                        "A source cannot have been read after today, {0}."};
inline constexpr refusal_kind day_malformed{
    "registry.day_malformed", 422,
    "Write a year (2003), a month (2003-05) or a day (2003-05-17), not \"{0}\"."};
inline constexpr refusal_kind days_reversed{"registry.days_reversed", 422,
                                            "It ended ({1}) before it began ({0})."};
inline constexpr refusal_kind day_to_come{"registry.day_to_come", 422,
                                          "This is recorded when it has happened; today is {0}."};
inline constexpr refusal_kind scheme_malformed{
    "registry.scheme_malformed", 422,
    "The name of a scheme has small letters, digits and dashes, as in iso-3166-2."};
inline constexpr refusal_kind code_malformed{"registry.code_malformed", 422,
                                             "\"{1}\" is no code of the scheme {0}."};
inline constexpr refusal_kind digit_wrong{
    "registry.digit_wrong", 422,
    "The check digit of \"{1}\" does not fit the scheme {0}: a digit is mistyped."};
inline constexpr refusal_kind code_twice{"registry.code_twice", 422,
                                         "One record has one code of a scheme; {0} stands twice."};
inline constexpr refusal_kind code_taken{"registry.code_taken", 409,
                                         "The code {0} is that of {1} already."};
inline constexpr refusal_kind member_unknown{"registry.member_unknown", 404,
                                             "There is no member {0}."};
inline constexpr refusal_kind within_itself{
    "registry.within_itself", 422, "A place cannot lie within itself, directly or through others."};
inline constexpr refusal_kind member_differs{
    "registry.member_differs", 422, "It is of {0}, but {1}, which it belongs to, is of {2}."};
inline constexpr refusal_kind point_outside{
    "registry.point_outside", 422,
    "Latitudes run from -90 to 90 degrees and longitudes from -180 to 180, in millionths."};
inline constexpr refusal_kind still_there{
    "registry.still_there", 422,
    "What took its place can be named only together with the day until which it was one."};
inline constexpr refusal_kind followed_by_itself{"registry.followed_by_itself", 422,
                                                 "A place cannot take its own place."};
inline constexpr refusal_kind people_impossible{"registry.people_impossible", 422,
                                                "A number of people is from 0 to 10,000,000,000."};
inline constexpr refusal_kind kinds_missing{"registry.kinds_missing", 422,
                                            "Say what kind of organisation it is, each kind once."};
inline constexpr refusal_kind sector_unknown{
    "registry.sector_unknown", 422,
    "\"{0}\" is no division of ISIC, revision 4: two digits, as in 28, each once."};
inline constexpr refusal_kind merged_with_itself{"registry.merged_with_itself", 422,
                                                 "An organisation cannot be merged with itself."};
inline constexpr refusal_kind codes_conflict{
    "registry.codes_conflict", 409,
    "In the scheme {0} one is {1} and the other {2}: these are two organisations."};
inline constexpr refusal_kind not_merged{"registry.not_merged", 409,
                                         "The record {0} is not merged into {1} now."};
inline constexpr refusal_kind code_moved{
    "registry.code_moved", 409,
    "The code {0} of this record stands at {1} now. Take it out there first."};
inline constexpr refusal_kind end_malformed{
    "registry.end_malformed", 422, "Each side of a link is one place or one organisation."};
inline constexpr refusal_kind ends_same{"registry.ends_same", 422,
                                        "A link has two different sides."};
inline constexpr refusal_kind members_same{
    "registry.members_same", 422, "Both sides are of {0}; links here join different members."};
inline constexpr refusal_kind ends_fixed{
    "registry.ends_fixed", 409,
    "The sides of a link cannot be changed. Let it end and record another one."};
inline constexpr refusal_kind link_there{"registry.link_there", 409,
                                         "A link of this kind between the two exists: {0}."};
inline constexpr refusal_kind file_malformed{
    "registry.file_malformed", 422,
    "A file is named by the SHA-256 of its bytes, its size and its media type."};
inline constexpr refusal_kind activity_taken{"registry.activity_taken", 409,
                                             "An activity called {0} exists. Choose another name."};
inline constexpr refusal_kind subject_unclear{
    "registry.subject_unclear", 422, "Name either the link or the organisation of the activity."};
inline constexpr refusal_kind about_missing{"registry.about_missing", 422,
                                            "Say what was done in at least one language."};
inline constexpr refusal_kind unit_unknown{"registry.unit_unknown", 404,
                                           "The charter has no unit {0}."};
inline constexpr refusal_kind money_impossible{"registry.money_impossible", 422,
                                               "A cost is more than nothing."};
inline constexpr refusal_kind claim_unknown{"registry.claim_unknown", 404,
                                            "The fund has no claim {0} that was accepted."};
inline constexpr refusal_kind holders_missing{
    "registry.holders_missing", 422,
    "Name from 1 to {0} holders; a share that is not known is left out."};
inline constexpr refusal_kind holder_malformed{
    "registry.holder_malformed", 422,
    "A holder of the register is named by its record, another by its name, and persons by neither: "
    "the journal names no natural person."};
inline constexpr refusal_kind share_malformed{
    "registry.share_malformed", 422,
    "Write a share in per cent, as in 50 or 33.3333: exact, or from and to, or nothing."};
inline constexpr refusal_kind shares_over{"registry.shares_over", 422,
                                          "The shares come to more than 100 per cent."};
inline constexpr refusal_kind year_impossible{"registry.year_impossible", 422,
                                              "The year is from 1900 to this one, {0}."};
inline constexpr refusal_kind not_enterprise{
    "registry.not_enterprise", 409,
    "{0} is not recorded as an enterprise of several sides. Record first who holds it."};
inline constexpr refusal_kind held_by_sides{
    "registry.held_by_sides", 409,
    "{0} is recorded as an enterprise of several sides: correct its holders there."};
inline constexpr refusal_kind profile_unknown{"registry.profile_unknown", 404,
                                              "There is no profile {0} in the partner search."};
inline constexpr refusal_kind interest_unknown{"registry.interest_unknown", 404,
                                               "There is no expression of interest {0}."};
inline constexpr refusal_kind not_for_oneself{
    "registry.not_for_oneself", 403,
    "Who speaks for an organisation does so in person, without a seat, an office or a decision."};
inline constexpr refusal_kind not_agent{
    "registry.not_agent", 403,
    "The register does not know you as one who speaks for {0}. Its keeper records who does."};
inline constexpr refusal_kind profile_taken{"registry.profile_taken", 409,
                                            "A profile called {0} exists. Choose another name."};
inline constexpr refusal_kind profile_empty{
    "registry.profile_empty", 422, "Say in at least one language what is offered or asked for."};
inline constexpr refusal_kind heading_unknown{
    "registry.heading_unknown", 422,
    "\"{0}\" is no heading of the Harmonized System: two, four or six digits, each once."};
inline constexpr refusal_kind expiry_impossible{
    "registry.expiry_impossible", 422,
    "The last day is from today, {0}, to {1} days later. It can be sent again then."};
inline constexpr refusal_kind profiles_full{"registry.profiles_full", 409,
                                            "An organisation has at most {0} profiles at a time."};
inline constexpr refusal_kind not_in_review{"registry.not_in_review", 409,
                                            "The profile {0} does not wait for a review."};
inline constexpr refusal_kind ground_missing{"registry.ground_missing", 422,
                                             "Say why it is returned, so that it can be mended."};
inline constexpr refusal_kind profile_over{"registry.profile_over", 409,
                                           "The profile {0} is over already."};
inline constexpr refusal_kind profile_not_public{"registry.profile_not_public", 409,
                                                 "The profile {0} is not public now."};
inline constexpr refusal_kind interest_in_own{"registry.interest_in_own", 422,
                                              "This is a profile of the organisation itself."};
inline constexpr refusal_kind interest_taken{
    "registry.interest_taken", 409,
    "An expression of interest called {0} exists. Choose another name."};
inline constexpr refusal_kind interest_waits{
    "registry.interest_waits", 409,
    "The organisation has said so already: {0} waits for an answer."};
inline constexpr refusal_kind contact_once{"registry.contact_once", 422,
                                           "How to reach the organisation is sealed once."};
inline constexpr refusal_kind contact_not_personal{
    "registry.contact_not_personal", 422, "How to reach somebody is sealed as personal data."};
inline constexpr refusal_kind answered_already{"registry.answered_already", 409,
                                               "The expression of interest {0} was answered."};
inline constexpr refusal_kind not_accepted{"registry.not_accepted", 409,
                                           "Nothing can come of {0}: it was not accepted."};
inline constexpr refusal_kind outcome_unclear{
    "registry.outcome_unclear", 422,
    "Name the link where one came of it, the enterprise where one did, and nothing else."};
inline constexpr refusal_kind exchange_unknown{"registry.exchange_unknown", 404,
                                               "There is no programme of exchange {0}."};
inline constexpr refusal_kind season_unknown{"registry.season_unknown", 404,
                                             "The programme has no season {0}."};
inline constexpr refusal_kind season_impossible{
    "registry.season_impossible", 422,
    "A season ends on the day on which it begins or later, and lasts {0} days at most."};
inline constexpr refusal_kind sites_missing{"registry.sites_missing", 422,
                                            "A season has from 1 to {0} sites."};
inline constexpr refusal_kind site_repeated{"registry.site_repeated", 422,
                                            "Each site has a short name of its own; {0} is none."};
inline constexpr refusal_kind places_impossible{"registry.places_impossible", 422,
                                                "A site has from 0 to {0} places."};
inline constexpr refusal_kind site_in_use{
    "registry.site_in_use", 409, "Somebody was reported at {0}: the site stays in the season."};
inline constexpr refusal_kind site_unknown{"registry.site_unknown", 404,
                                           "The season has no site {0}."};
inline constexpr refusal_kind season_to_come{
    "registry.season_to_come", 422,
    "The season runs from {0} to {1}: who came is reported from its first day on, that nobody did "
    "after its last."};
inline constexpr refusal_kind nobody_unclear{
    "registry.nobody_unclear", 422,
    "A report names who took part or says that nobody did, not both and not neither."};
inline constexpr refusal_kind nobody_in_parts{
    "registry.nobody_in_parts", 409,
    "That nobody took part is a report of one part. Correct the parts that say otherwise."};
inline constexpr refusal_kind pseudonym_malformed{
    "registry.pseudonym_malformed", 422,
    "Who took part stands by a pseudonym of 16 to 64 hexadecimal digits, or by the number in the "
    "season's call; never by a name."};
inline constexpr refusal_kind stay_impossible{"registry.stay_impossible", 422,
                                              "Somebody stays from 1 to {0} days, as the season."};
inline constexpr refusal_kind participant_repeated{
    "registry.participant_repeated", 409,
    "The pseudonym {0} is in this season already; each is counted once."};
inline constexpr refusal_kind call_unknown{"registry.call_unknown", 404, "There is no call {0}."};
inline constexpr refusal_kind item_unknown{"registry.item_unknown", 404,
                                           "The plan of this link has no item {0}."};
inline constexpr refusal_kind item_empty{"registry.item_empty", 422,
                                         "Say in at least one language what is to be done."};
inline constexpr refusal_kind sides_unclear{"registry.sides_unclear", 422,
                                            "Say which side owes it: one or both, each once."};
inline constexpr refusal_kind plan_full{"registry.plan_full", 409, "A plan has at most {0} items."};
inline constexpr refusal_kind activity_elsewhere{
    "registry.activity_elsewhere", 422,
    "There is no activity {0} on this link. Report it first, or leave it out."};
inline constexpr refusal_kind batch_closed{"registry.batch_closed", 409,
                                           "The batch {0} is recorded or put away already."};
inline constexpr refusal_kind part_out_of_order{"registry.part_out_of_order", 409,
                                                "Parts come one after another; the next is {0}."};
inline constexpr refusal_kind rows_missing{"registry.rows_missing", 422,
                                           "A part of a batch has from 1 to {0} rows."};
inline constexpr refusal_kind batch_full{"registry.batch_full", 413,
                                         "A batch has at most {0} rows. Begin another one."};
inline constexpr refusal_kind row_malformed{"registry.row_malformed", 422,
                                            "A row holds exactly one record."};
inline constexpr refusal_kind row_elsewhere{"registry.row_elsewhere", 422,
                                            "This row is for {0}, and its batch for {1}."};
inline constexpr refusal_kind rows_differ{"registry.rows_differ", 409,
                                          "The batch has {0} rows, not {1}: a part is missing."};
inline constexpr refusal_kind rows_refused{
    "registry.rows_refused", 422,
    "Nothing was recorded: {0} of {1} rows cannot be. The first is row {2} ({3}, {4})."};

// Of files.
inline constexpr refusal_kind kind_unknown{
    "registry.kind_unknown", 422,
    "\"{0}\" is no kind of record: place, population, organisation, link, claim, activity, "
    "enterprise, operation, item or item_report."};
inline constexpr const refusal_kind* all[] = {
    &place_unknown,     &organisation_unknown, &link_unknown,         &batch_unknown,
    &body_unknown,      &not_by_decision,      &not_registrar,        &merged_away,
    &reason_missing,    &names_missing,        &text_too_long,        &source_missing,
    &read_late,         &day_malformed,        &days_reversed,        &day_to_come,
    &scheme_malformed,  &code_malformed,       &digit_wrong,          &code_twice,
    &code_taken,        &member_unknown,       &within_itself,        &member_differs,
    &point_outside,     &still_there,          &followed_by_itself,   &people_impossible,
    &kinds_missing,     &sector_unknown,       &merged_with_itself,   &codes_conflict,
    &not_merged,        &code_moved,           &end_malformed,        &ends_same,
    &members_same,      &ends_fixed,           &link_there,           &file_malformed,
    &activity_taken,    &subject_unclear,      &about_missing,        &unit_unknown,
    &money_impossible,  &claim_unknown,        &holders_missing,      &holder_malformed,
    &share_malformed,   &shares_over,          &year_impossible,      &not_enterprise,
    &held_by_sides,     &profile_unknown,      &interest_unknown,     &not_for_oneself,
    &not_agent,         &profile_taken,        &profile_empty,        &heading_unknown,
    &expiry_impossible, &profiles_full,        &not_in_review,        &ground_missing,
    &profile_over,      &profile_not_public,   &interest_in_own,      &interest_taken,
    &interest_waits,    &contact_once,         &contact_not_personal, &answered_already,
    &not_accepted,      &outcome_unclear,      &exchange_unknown,     &season_unknown,
    &season_impossible, &sites_missing,        &site_repeated,        &places_impossible,
    &site_in_use,       &site_unknown,         &season_to_come,       &nobody_unclear,
    &nobody_in_parts,   &pseudonym_malformed,  &stay_impossible,      &participant_repeated,
    &call_unknown,      &item_unknown,         &item_empty,           &sides_unclear,
    &plan_full,         &activity_elsewhere,   &batch_closed,         &part_out_of_order,
    &rows_missing,      &batch_full,           &row_malformed,        &row_elsewhere,
    &rows_differ,       &rows_refused,         &kind_unknown};

}  // namespace veche::registry::refusals
