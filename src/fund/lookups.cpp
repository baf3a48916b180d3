// What the room's views and its neighbours read off the book.

#include "fund/fund.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

bool fits(int128 minor) {
    return minor <= INT64_MAX && minor >= -INT64_MAX;
}

/// decide refused whatever would not fit (check_book, check_total).
std::int64_t narrow(int128 minor) {
    VECHE_ENSURE(fits(minor), "amounts of the fund fit 64 bits");
    return static_cast<std::int64_t>(minor);
}

}  // namespace

std::int64_t balance(const state& s, const std::string& account, const unit_id& unit) {
    return narrow(ledger::balance(s.book, account, unit.value));
}

amount amount_in(const unit_id& unit, int128 minor) {
    return {narrow(minor), unit};
}

amount appropriated(const state& s, const line_id& id) {
    const ledger::budget_line& line = *s.book.lines.find(id.value);
    return amount_in({line.unit}, line.appropriation);
}

amount paid_on(const state& s, const line_id& id) {
    const ledger::budget_line& line = *s.book.lines.find(id.value);
    return amount_in({line.unit}, line.paid);
}

result<std::vector<trial_row>> trial_balance(const state& s, date last) {
    std::map<ledger::balance_key, int128> sums;
    for (const auto& [place, entry] : s.book.entries) {
        if (entry.day && *entry.day > last) continue;
        for (const auto& [key, minor] : ledger::changes_of(entry.legs)) sums[key] += minor;
    }
    std::vector<trial_row> rows;
    for (const auto& [key, minor] : sums) {
        if (minor == 0) continue;
        if (!fits(minor)) return refuse(refusals::overflow, {}, key.account);
        rows.push_back({key.account, {static_cast<std::int64_t>(minor), {key.unit}}});
    }
    return rows;
}

// --- What time does
// ---------------------------------------------------------------------------------

std::optional<instant> earliest_due(const state& s) {
    std::optional<date> first;
    for (const auto& [ref, until] : s.book.pending)
        if (until && (!first || *until < *first)) first = until;
    if (!first) return std::nullopt;
    return start_of(date{first->days + 1});
}

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    const date today = date_of(at);
    reservations_expired out{today, {}};
    for (const auto& [ref, until] : s.book.pending)
        if (until && *until < today) out.commitments.push_back({ref});
    if (out.commitments.empty()) return std::nullopt;
    return make_event(out);
}

}  // namespace veche::fund
