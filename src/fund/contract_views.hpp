#pragma once
// Contracts with winners of calls: each with its instalments, and all of them in figures.

#include "fund/fund.hpp"

namespace veche::fund {

struct contract_part_row {
    instalment_proof shown{};
    std::int32_t due_days = 0;
    std::optional<date> due;
    amount amount_;
    amount accepted;
};
VECHE_FIELDS(contract_part_row, (shown, "Against what it is paid."),
             (due_days, "Days from signing until it falls due."),
             (due, "Day on which it falls due, once the contract is signed."),
             (amount_, "How much."), (accepted, "How much of it was claimed and accepted."))

struct contract_row {
    commitment_id contract;
    call_ref call;
    person_id beneficiary;
    commitment_id from;
    localized purpose;
    contract_state state{};
    amount amount_;
    amount claimed;
    amount paid;
    amount released;
    std::vector<contract_part_row> parts;
    std::optional<content_ref> text;
    localized reason;
    person_id drafted_by;
    std::int64_t seq = 0;
    std::optional<date> signed_on;
    std::optional<std::int64_t> signed_seq;
    std::optional<date> over_on;
    std::optional<std::int64_t> over_seq;
};
VECHE_FIELDS(contract_row, (contract, "The contract, and its commitment."), (call, "The call."),
             (beneficiary, "Number of the winner."),
             (from, "The commitment out of which it was carved."), (purpose, "What for."),
             (state, "Where it stands."), (amount_, "How much."),
             (claimed, "Of it claimed: as it waits, and as it was accepted."),
             (paid, "Of it paid."), (released, "What went back to the line."),
             (parts, "Its instalments."), (text, "Its text, by its content."),
             (reason, "Why it was given up."), (drafted_by, "Who drafted it: another signs."),
             (seq, "Entry of the draft."), (signed_on, "When it was signed."),
             (signed_seq, "Entry of the signing."), (over_on, "When it ended."),
             (over_seq, "Entry of the end."))

struct contract_totals {
    std::int64_t drafts = 0;
    std::int64_t contracts = 0;
    std::int64_t running = 0;
    amount contracted;
    amount paid;
    amount released;
};
VECHE_FIELDS(contract_totals, (drafts, "Drafts that are not signed."),
             (contracts, "Contracts that were signed."), (running, "Of them not ended."),
             (contracted, "What they come to."), (paid, "Of it paid."),
             (released, "Of it gone back to the line."))

struct contracts_query {
    static constexpr wire_info wire{"fund.contracts", 1, "Contracts with winners of calls."};
    std::optional<call_ref> call;
    std::optional<person_id> beneficiary;
    std::optional<commitment_id> from;
    std::optional<commitment_id> contract;
    std::optional<commitment_id> after;
};
VECHE_FIELDS(contracts_query, (call, "Only of this call."), (beneficiary, "Only with this winner."),
             (from, "Only those carved out of this commitment."), (contract, "Only this one."),
             (after, "Only those after this one."))

struct contracts_view {
    std::vector<contract_totals> totals;
    std::vector<contract_row> contracts;
    bool more = false;
};
VECHE_FIELDS(contracts_view, (totals, "All that were asked for in figures, by unit."),
             (contracts, "The contracts, by their ids."), (more, "Whether there are more."))

}  // namespace veche::fund
