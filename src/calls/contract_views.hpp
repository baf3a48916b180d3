#pragma once
// What winners of a call were promised: for whoever makes contracts with them, and for everybody,
// since all of it follows from the call and from who got what.

#include "calls/calls.hpp"

namespace veche::calls {

struct promised_part_row {
    contract_proof shown{};
    std::int32_t due_days = 0;
    amount amount_;
};
VECHE_FIELDS(promised_part_row, (shown, "Against what it is paid."),
             (due_days, "Days from signing until it falls due."), (amount_, "How much."))

struct promised_row {
    person_id applicant;
    amount amount_;
    localized purpose;
    std::vector<promised_part_row> parts;
};
VECHE_FIELDS(promised_row, (applicant, "Number of the winner."), (amount_, "How much."),
             (purpose, "What for."), (parts, "The instalments."))

struct promised_query {
    static constexpr wire_info wire{"calls.promised", 1,
                                    "What those who won in a call were promised for a contract."};
    call_id call;
    std::optional<person_id> applicant;
    std::optional<person_id> after;
};
VECHE_FIELDS(promised_query, (call, "The call."), (applicant, "Only this applicant."),
             (after, "Only those after this number."))

struct promised_view {
    std::optional<contract_terms> terms;
    std::optional<backing_id> from;
    std::vector<promised_row> rows;
    bool more = false;
};
VECHE_FIELDS(promised_view, (terms, "The instalments; nothing where no contracts are made."),
             (from, "The commitment of the fund behind the call."),
             (rows, "Winners by number, as far as they keep what they won."),
             (more, "Whether there are more."))

}  // namespace veche::calls
