#pragma once
// The actual book (double entry, many units) and the budget book beside it. Balances are folded
// from entries and never edited.

#include <map>
#include <utility>

#include "charter/charter.hpp"
#include "fund/commands.hpp"
#include "kernel/cow.hpp"

namespace veche::fund {

/// One leg of an entry: so much is added to the account's balance. Assets and receivables grow by
/// positive amounts, income and liabilities by negative ones; an entry sums to zero in every unit.
struct leg {
    std::string account;  ///< "Bank:main", "Receivable:ru", "Income:Contribution:ru"
    amount amount_;
};

enum class entry_kind : std::uint8_t { assess, receive, correct };
VECHE_CHOICES(entry_kind, assess, receive, correct)

struct ledger_entry {
    std::string id;  ///< of the assessment, the receipt, the correction
    entry_kind kind = entry_kind::assess;
    date effective;  ///< the day it is for; its number on the journal says when it was written
    decision_id decision;
    std::vector<leg> legs;
    std::uint64_t seq = 0;
};

struct line_amendment {
    decision_id decision;
    std::int64_t minor = 0;  ///< the appropriation as amended
    std::uint64_t seq = 0;
};

struct budget_line {
    line_id id;
    localized title;
    std::int32_t year = 0;
    std::optional<measure_id> measure;
    amount original;
    amount amended;
    decision_id decision;
    std::uint64_t seq = 0;
    std::vector<line_amendment> amendments;
};

struct receipt {
    contribution_id id;
    member_id member;
    amount amount_;
    date effective;
    std::string reference;
    person_id by;
    std::uint64_t seq = 0;
    std::optional<std::uint64_t> reversed_seq;
};

struct assessment {
    assessment_id id;
    std::int32_t year = 0;
    amount total;
    std::vector<share> shares;
    bool by_key = false;  ///< divided by the members' weight, not stated
    decision_id decision;
    std::uint64_t seq = 0;
};

struct correction {
    correction_id id;
    contribution_id of;
    localized reason;
    person_id by;
    std::uint64_t seq = 0;
};

/// Account and unit.
using balance_key = std::pair<std::string, unit_id>;

/// What an account holds of a unit, and what it was folded from.
struct account_fold {
    std::int64_t minor = 0;
    std::int64_t entries = 0;
    std::uint64_t last_seq = 0;
};

/// Appropriations of all lines in one unit.
struct appropriation_fold {
    std::int64_t original = 0;
    std::int64_t amended = 0;
};

struct state {
    cow_map<std::uint64_t, ledger_entry> entries;  ///< by number on the journal
    cow_map<balance_key, account_fold> balances;
    cow_map<line_id, budget_line> lines;
    cow_map<unit_id, appropriation_fold> appropriated;
    cow_map<assessment_id, assessment> assessments;
    cow_map<contribution_id, receipt> receipts;
    cow_map<correction_id, correction> corrections;
};

/// Divides a total by integer weights: floors, then one more to the largest remainders, ties to the
/// earlier (Hamilton's method). The parts sum to the total. Weights are not negative, not all zero.
/// The total is below 2^64, so that its product with a weight stays within 128 bits.
std::vector<int128> divide_by_largest_remainder(int128 total,
                                                const std::vector<std::int64_t>& weights);

}  // namespace veche::fund
