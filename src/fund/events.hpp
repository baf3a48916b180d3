#pragma once
// What follows without anybody's act: a reservation's last day passed, a year was closed.

#include <tuple>

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

using derived = std::tuple<reservations_expired, year_closed, backing_released>;

}  // namespace veche::fund
