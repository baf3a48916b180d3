#pragma once
// Statements of a bank as ISO 20022 camt.053 writes them, in the versions 001.02 and 001.08. Read
// is what a book can be compared with: balances, and lines with their references. Who paid and who
// was paid is not read at all.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fund/commands.hpp"
#include "kernel/result.hpp"

namespace veche::documents {

constexpr std::size_t max_statement_file = 16 * 1024 * 1024;

/// An amount as it stands in the file, to the last digit written; nothing of it is rounded ever.
struct stated_amount {
    std::string text;      ///< "8.85", of at most 18 digits; below zero "-8.85"
    std::string currency;  ///< as in EUR
    bool operator==(const stated_amount&) const = default;
};

struct stated_line {
    std::string reference;  ///< the bank's; "line 7" where it gives none; once in a statement
    std::optional<std::string> end_to_end;
    std::optional<std::string> text;
    date day;
    stated_amount amount;
};

struct stated_balances {
    std::optional<stated_amount> opening;
    std::optional<stated_amount> closing;
    std::optional<date> closed;  ///< day of the closing balance
};

struct bank_statement {
    std::string id;
    std::string account;  ///< IBAN, or another id
    std::optional<date> from;
    std::optional<date> until;
    stated_balances booked;
    std::vector<stated_line> lines;
    std::size_t pending = 0;  ///< lines that the bank has not booked; they are in no booked balance
};

struct statement_file {
    std::string version;  ///< "camt.053.001.08"
    std::vector<bank_statement> statements;
};

/// Refuses what is no XML, has a DOCTYPE, is another message or another version (which it names),
/// or has a line without day or amount.
result<statement_file> read_statements(std::string_view bytes);

/// The amount in minor units of a unit with so many decimal places. Digits beyond them that are not
/// zero are refused; zeros say nothing and are taken as such.
result<std::int64_t> minor_of(const stated_amount&, std::int32_t scale, const std::string& where);

/// What the union calls the things of a statement.
struct statement_names {
    fund::statement_id statement;
    std::optional<fund::bank_account_id> bank;
    unit_id unit;
    std::int32_t scale = 0;
    bool texts = false;  ///< whether the bank's texts go along: only where they name nobody
};

/// The command that records the statement. Lines of zero are left out. Refuses a statement without
/// booked balances, in another currency, or finer than the unit.
result<fund::record_statement> to_command(const bank_statement&, const statement_names&);

}  // namespace veche::documents
