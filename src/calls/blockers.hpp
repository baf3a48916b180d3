#pragma once
// What stands in the way of a run, each with what can be done about it. Nothing is run while one of
// them stands, except what is set aside.

#include "calls/calls.hpp"

namespace veche::calls {

enum class blocker_kind : std::uint8_t {
    not_closed,           ///< wait for the closing
    lot_not_committed,    ///< nobody gave a number: the call has no lots
    list_not_settled,     ///< all is judged: settle the list, so that custodians reveal
    lot_not_revealed,     ///< custodians reveal, or time passes them over
    unjudged,             ///< judge whether it is eligible, or set it aside
    assessor_missing,     ///< assign an assessor, or set it aside
    declaration_missing,  ///< the assessor declares an interest, or that there is none
    assessment_missing,   ///< the assessor assesses
    appeal_open,          ///< decide the appeal
    answers_open,         ///< wait for the answers, or for the last day
    vote_not_over,        ///< wait for the end of the voting
    ranking_missing       ///< the host ranks, or its days pass: then it takes nobody
};
VECHE_CHOICES(blocker_kind, not_closed, lot_not_committed, list_not_settled, lot_not_revealed,
              unjudged, assessor_missing, declaration_missing, assessment_missing, appeal_open,
              answers_open, vote_not_over, ranking_missing)

struct blocker {
    blocker_kind kind{};
    std::optional<person_id> applicant;
    std::optional<person_id> assessor;
    std::optional<office_id> custodian;
    std::optional<instant> until;
    std::optional<place_id> programme = std::nullopt;
};
VECHE_FIELDS(blocker, (kind, "What stands in the way."), (applicant, "Whose application."),
             (assessor, "Whose assessment or declaration."), (custodian, "Whose number."),
             (until, "When time will take it away."), (programme, "Whose ranking."))

std::vector<blocker> blockers_of(const state&, const call&);

}  // namespace veche::calls
