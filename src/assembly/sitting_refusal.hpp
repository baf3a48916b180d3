#pragma once
// Why the assembly says no about agendas, papers, invitations and attendance. The order is as in
// refusal.hpp: what is named exists, the actor may, the contents are sound, the moment is right.

#include "assembly/refusal.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind paper_unknown{"assembly.paper_unknown", 404,
                                            "This session has no paper called {0}."};
inline constexpr refusal_kind not_invited{"assembly.not_invited", 404,
                                          "{0} was not invited to this session."};

// The actor may.
inline constexpr refusal_kind may_not_answer{
    "assembly.may_not_answer", 403,
    "Only whoever was invited, or an office that convenes, may answer the invitation of {0}."};

// The contents are sound.
inline constexpr refusal_kind item_not_under{"assembly.item_not_under", 400,
                                             "The item {0} does not stand under the item {1}."};
inline constexpr refusal_kind item_within_itself{"assembly.item_within_itself", 400,
                                                 "The item {0} cannot stand under itself."};
inline constexpr refusal_kind agenda_too_deep{"assembly.agenda_too_deep", 400,
                                              "An agenda has at most {0} levels."};
inline constexpr refusal_kind ends_before_start{"assembly.ends_before_start", 400,
                                                "Choose an end after the beginning."};
inline constexpr refusal_kind zone_malformed{
    "assembly.zone_malformed", 400, "Enter the time zone by its name, as in Europe/Minsk."};
inline constexpr refusal_kind paper_elsewhere{
    "assembly.paper_elsewhere", 400,
    "The paper {0} belongs to another item, so it is replaced or translated there."};
inline constexpr refusal_kind paper_language{
    "assembly.paper_language", 400,
    "A new version keeps the language of the one it replaces, a translation has another: {0}."};
inline constexpr refusal_kind language_repeated{"assembly.language_repeated", 400,
                                                "The language {0} is named twice."};
inline constexpr refusal_kind invitee_missing{"assembly.invitee_missing", 400,
                                              "Name either the seat that answers or the guest."};
inline constexpr refusal_kind substitute_missing{
    "assembly.substitute_missing", 400, "Say who comes instead, and say it only if somebody does."};
inline constexpr refusal_kind mode_not_offered{"assembly.mode_not_offered", 400,
                                               "The session {0} is not held in this form."};

// The moment is right.
inline constexpr refusal_kind item_running{"assembly.item_running", 409,
                                           "The item {0} is dealt with already."};
inline constexpr refusal_kind item_not_running{"assembly.item_not_running", 409,
                                               "The item {0} is not dealt with now."};
inline constexpr refusal_kind item_has_parts{
    "assembly.item_has_parts", 409,
    "Other items stand under the item {0}. Move or remove them first."};
inline constexpr refusal_kind item_dealt_with{"assembly.item_dealt_with", 409,
                                              "The item {0} was dealt with, so it stays."};
inline constexpr refusal_kind paper_replaced{"assembly.paper_replaced", 409,
                                             "The paper {0} was replaced by {1} already."};
inline constexpr refusal_kind notice_too_short{
    "assembly.notice_too_short", 409,
    "The charter asks for {0} days of notice: the last moment was {1}. Choose a later day."};
inline constexpr refusal_kind already_excused{"assembly.already_excused", 409,
                                              "The absence of the seat {0} is excused already."};

namespace of_sittings {
inline constexpr const refusal_kind* all[] = {
    &paper_unknown,      &not_invited,      &may_not_answer,    &item_not_under,
    &item_within_itself, &agenda_too_deep,  &ends_before_start, &zone_malformed,
    &paper_elsewhere,    &paper_language,   &language_repeated, &invitee_missing,
    &substitute_missing, &mode_not_offered, &item_running,      &item_not_running,
    &item_has_parts,     &item_dealt_with,  &paper_replaced,    &notice_too_short,
    &already_excused};
}  // namespace of_sittings

}  // namespace veche::assembly::refusals
