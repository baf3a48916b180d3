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

struct ledger_entry {
    std::string id;
    std::string kind;  ///< assess, receive, correct
    date effective;    ///< the day it is for; its number on the journal says when it was written
    decision_id decision;
    std::vector<leg> legs;
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
    std::vector<std::pair<decision_id, std::uint64_t>> amendments;
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
    decision_id decision;
    std::uint64_t seq = 0;
};

/// Account and unit.
using balance_key = std::pair<std::string, unit_id>;

struct state {
    cow_map<std::uint64_t, ledger_entry> entries;  ///< by number on the journal
    cow_map<balance_key, std::int64_t> balances;
    cow_map<line_id, budget_line> lines;
    cow_map<assessment_id, assessment> assessments;
    cow_map<contribution_id, receipt> receipts;
};

/// Divides a total by integer weights: floors, then one more to the largest remainders, ties to the
/// earlier (Hamilton's method). The parts sum to the total. Weights are not negative, not all zero.
std::vector<std::int64_t> divide_by_largest_remainder(std::int64_t total,
                                                      const std::vector<std::int64_t>& weights);

}  // namespace veche::fund
