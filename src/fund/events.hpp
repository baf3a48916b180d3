#pragma once
// What follows without anybody's act: a reservation's last day passed, a year was closed.

#include <tuple>

#include "fund/contract_commands.hpp"
#include "fund/terms.hpp"

namespace veche::fund {

struct reservations_expired {
    static constexpr wire_info wire{
        "fund.reservations_expired", 1,
        "Reservations were not confirmed in time; their money is free."};
    date before;
    std::vector<commitment_id> commitments;
};
VECHE_FIELDS(reservations_expired, (before, "The last day of each lies before this one."),
             (commitments, "The reservations."))

struct trial_row {
    std::string account;
    amount balance;
};
VECHE_FIELDS(trial_row, (account, "The account."), (balance, "Its balance; debit above zero."))

/// The trial balance of all entries for the year and before, in the order of accounts and units;
/// `root` is the SHA-256 of `rows` in canonical JSON, in
/// lower-case hex.
struct year_closed {
    static constexpr wire_info wire{"fund.year_closed", 1, "The books of a year are closed."};
    std::int32_t year = 0;
    std::vector<trial_row> rows;
    std::string root;
};
VECHE_FIELDS(year_closed, (year, "The year."), (rows, "The trial balance."),
             (root, "SHA-256 of the rows in canonical JSON."))

/// A call that stood on a commitment is over. What it offered and did not give out goes back to the
/// line, as far as nothing else needs it; what it gave out stays committed, for claims.
struct backing_released {
    static constexpr wire_info wire{
        "fund.backing_released", 1,
        "A call is over: what it did not give out of its commitment is free again."};
    commitment_id commitment;
    std::string call;
    amount given;
    amount released;
};
VECHE_FIELDS(backing_released, (commitment, "The commitment."), (call, "The call."),
             (given, "What the call gave out."), (released, "What goes back to the line."))

/// What the draft says: all of it follows from the call and from what was won in it.
struct contract_drafted {
    static constexpr wire_info wire{"fund.contract_drafted", 1,
                                    "A contract with a winner of a call was drafted."};
    commitment_id contract;
    call_ref call;
    person_id beneficiary;
    commitment_id from;
    amount amount_;
    localized purpose;
    std::vector<promised_part> parts;
    bool operator==(const contract_drafted&) const = default;
};
VECHE_FIELDS(contract_drafted, (contract, "The contract."), (call, "The call."),
             (beneficiary, "Number of the winner."),
             (from, "The commitment behind the call, out of which it is carved."),
             (amount_, "How much."), (purpose, "What for, by language."),
             (parts, "Its instalments, in the order in which they fall due."))

struct contract_ended {
    static constexpr wire_info wire{
        "fund.contract_ended", 1, "A contract is over: what was not accepted of it is free again."};
    commitment_id contract;
    contract_end how{};
    amount released;
    bool operator==(const contract_ended&) const = default;
};
VECHE_FIELDS(contract_ended, (contract, "The contract."), (how, "Fulfilled, or given up."),
             (released, "What goes back to the line."))

using derived = std::tuple<reservations_expired, year_closed, backing_released, contract_drafted,
                           contract_ended>;

}  // namespace veche::fund
