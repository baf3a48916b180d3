#pragma once
// Views of acts and their signatures.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

/// One office or seat that signs an act, and its signature once it has signed.
struct signature_view {
    std::string as;
    localized name;
    std::optional<person_id> person;
    localized person_title;
    std::optional<instant> at;
    std::optional<std::int64_t> seq;
    bool may_sign = false;
};
VECHE_FIELDS(signature_view, (as, "The office or seat that signs."), (name, "Title of it."),
             (person, "Who signed; nobody while it has not signed."),
             (person_title, "Title of that person."), (at, "When it signed."),
             (seq, "Journal entry of the signature."),
             (may_sign, "Whether the viewer may sign for it now."))

// --- assembly.unsigned_acts
// -----------------------------------------------------------------------

struct unsigned_acts_query {
    static constexpr wire_info wire{"assembly.unsigned_acts", 1,
                                    "Acts that wait for signatures, the oldest first."};
    std::optional<body_id> body;
};
VECHE_FIELDS(unsigned_acts_query, (body, "Only acts of this body."))

struct unsigned_act_row {
    decision_id id;
    localized title;
    named_body body;
    instant at;
    std::int32_t days = 0;
    std::int32_t signed_by = 0;
    std::int32_t signatories = 0;
    bool holds_back = false;
    std::vector<signature_view> missing;
};
VECHE_FIELDS(unsigned_act_row, (id, "Number of the decision."), (title, "Title by language."),
             (body, "The body that decided."), (at, "Since when it waits: its adoption."),
             (days, "For how many whole days."), (signed_by, "How many have signed."),
             (signatories, "How many are to sign."),
             (holds_back, "Whether it is not in force before the last signature."),
             (missing, "Who has not signed."))

struct unsigned_acts_view {
    std::vector<unsigned_act_row> acts;
};
VECHE_FIELDS(unsigned_acts_view, (acts, "Acts that wait for signatures, the oldest first."))

}  // namespace veche::assembly
