#pragma once
// Statements with a running balance, kept as rows (CSV): each balance is recomputed from the one
// before, and the first that does not follow is named.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/result.hpp"
#include "ledger/text_amount.hpp"

namespace veche::ledger {

/// Which column holds what, by its name in the first row. Empty: found by the names that banks use.
struct statement_columns {
    std::string amount;
    std::string credit;  ///< instead of one amount: what came in
    std::string debit;   ///< and what went out, with or without a minus
    std::string balance;
};

/// A balance that does not follow from the one before.
struct statement_break {
    std::size_t line = 0;  ///< in the file, from 1
    decimal before;
    decimal amount;
    decimal expected;
    decimal stated;
};

struct statement {
    std::size_t rows = 0;
    bool newest_first = false;
    decimal opening;                             ///< before the earliest row
    decimal closing;                             ///< as stated in the latest row
    std::optional<statement_break> first_break;  ///< the earliest in time
};

/// Fields of RFC 4180, also parted by semicolons or tabs, whichever the first row has most of.
/// Refuses a file without the columns, or a row whose numbers are none, naming the line.
result<statement> read_statement(std::string_view text, const statement_columns&, decimal_mark);

}  // namespace veche::ledger
