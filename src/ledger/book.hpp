#pragma once
// A book: double entry in many units, and the budget beside it, kept by one rule: every operation
// is checked as a whole, then written as a whole. Balances are folded from entries, never edited.
//
// The invariants I1 to I11, I13 and I15 (README) are asserted after every operation on all that it
// touched, in release builds too. Copies are cheap (kernel/cow.hpp).

#include <map>

#include "kernel/cow.hpp"
#include "ledger/day_sums.hpp"
#include "ledger/done_ids.hpp"
#include "ledger/entry_log.hpp"
#include "ledger/operations.hpp"
#include "ledger/verdict.hpp"

namespace veche::ledger {

struct balance_key {
    std::string account;
    std::string unit;
    auto operator<=>(const balance_key&) const = default;
};

/// What an account holds of a unit, and what it was folded from.
struct account_fold {
    int128 minor = 0;
    std::uint64_t entries = 0;
    std::uint64_t last = 0;  ///< under which number the last of them was posted
    account_fold& operator+=(const account_fold&);
};

/// What reservations and payments take of a budget line.
struct line_use {
    int128 open = 0;  ///< pending and committed, not released, not paid
    int128 paid = 0;
    line_use& operator+=(const line_use& more) {
        open += more.open;
        paid += more.paid;
        return *this;
    }
};

struct budget_line {
    std::string unit;
    std::string parent;
    int128 original = 0;
    int128 appropriation = 0;  ///< as amended, moved and carried
    int128 given = 0;          ///< to lines under this one
    int128 open = 0;           ///< pending and committed, not released, not paid
    int128 paid = 0;
    day_sums<line_use> days;  ///< of open and paid
    [[nodiscard]] int128 available() const { return appropriation - given - open - paid; }
};

enum class standing : std::uint8_t { pending, open, voided, expired };

/// A reservation and what became of it.
struct commitment {
    std::string line;
    std::string unit;
    standing stands = standing::pending;
    int128 reserved = 0;
    int128 amount = 0;  ///< reserved; once confirmed, committed
    int128 released = 0;
    int128 accepted = 0;
    int128 paid = 0;      ///< of what was accepted, out of the bank or out of the advance
    int128 advanced = 0;  ///< out of the bank, not yet settled or come back
    std::string by;
    std::optional<date> reserved_on;
    std::optional<date> confirmed_on;  ///< as reserved_on where one act did both
    std::optional<date> expires;
};

struct claim {
    std::string commitment;
    int128 amount = 0;
    int128 paid = 0;
    std::string by;  ///< who certified it
};

struct payment {
    std::string claim;
    int128 amount = 0;
    int128 recovered = 0;
};

struct book {
    cow_map<std::string, std::int32_t> units;  ///< with their scale
    done_ids done;
    entry_log entries;
    cow_map<balance_key, account_fold> balances;
    cow_map<balance_key, day_sums<account_fold>> days;  ///< of balances
    cow_map<std::string, budget_line> lines;
    cow_map<std::string, commitment> commitments;
    cow_map<std::string, std::optional<date>> pending;  ///< reservations, by their last day
    cow_map<std::string, claim> claims;
    cow_map<std::string, payment> payments;
    std::optional<date> closed;  ///< through this day
};

/// Whether the operation can be done. Changes nothing.
verdict check(const book&, const operation&);
/// The same without the guard on this line of check.cpp: for the test that each is needed.
verdict check_without(const book&, const operation&, std::uint_least32_t guard);
/// What it would write in the actual book. For what check let pass.
std::vector<leg> legs_of(const book&, const operation&);
/// What legs add to each account, those on one account together.
std::map<balance_key, int128> changes_of(const std::vector<leg>&);
std::map<balance_key, int128> changes_of(const entry_log::leg_list&);
/// Does it; only what check let pass. `number` says where it stands outside, on a journal; it never
/// falls, and several operations may share one.
void post(book&, const operation&, std::uint64_t number);

/// Every account after the entries that are for the day or before; one of no day counts. Looked up,
/// not added up again: a search in the days on which the account changed.
std::map<balance_key, account_fold> folded_until(const book&, date);
int128 balance(const book&, std::string_view account, std::string_view unit);

/// Whether the account holds money or things, and so cannot fall below zero (I6): "Bank" and all
/// under it.
bool is_bank(std::string_view account);

}  // namespace veche::ledger
