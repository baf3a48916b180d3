// What the room's views and its neighbours read off the book.

#include <algorithm>

#include "fund/fund.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

/// decide refused whatever would not fit (check_book, check_total).
std::int64_t narrow(int128 minor) {
    VECHE_ENSURE(fits(minor), "amounts of the fund fit 64 bits");
    return static_cast<std::int64_t>(minor);
}

}  // namespace

bool fits(int128 minor) {
    return minor <= INT64_MAX && minor >= -INT64_MAX;
}

const unit_id& unit_of(const state& s, const commitment& of) {
    return s.lines.find(of.line)->asked.amount_.unit;
}

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

int128 twelfths(int128 minor, std::int32_t months) {
    return minor / 12 * months + std::min<int128>(minor % 12, months);
}

provisional_authority authority_of(const state& s, const open_provisional& c) {
    const budget_line* known = s.lines.find(c.line);
    if (known) return {c.of, known->provisional->base, c.months};
    const ledger::budget_line& of = *s.book.lines.find(c.of.value);
    return {c.of, narrow(of.appropriation - of.given), c.months};
}

result<std::vector<trial_row>> trial_balance(const state& s, date last) {
    std::vector<trial_row> rows;
    for (const auto& [key, held] : ledger::folded_until(s.book, last)) {
        if (held.minor == 0) continue;
        if (!fits(held.minor)) return refuse(refusals::overflow, {}, key.account);
        rows.push_back({key.account, amount_in({key.unit}, held.minor)});
    }
    return rows;
}

// --- What calls do
// ----------------------------------------------------------------------------------

backing_released release_backing(const state& s, const commitment_id& id, const std::string& call,
                                 int128 offered, int128 given, int128 needed, const context& ctx) {
    const unit_id unit = unit_of(s, *s.commitments.find(id));
    const ledger::commitment& held = *s.book.commitments.find(id.value);
    backing_released out{id, call, {static_cast<std::int64_t>(given), unit}, {0, unit}};
    // What others need stays, and what this call gave out, claimed already or not.
    const int128 kept = std::max(given + needed, held.accepted + held.advanced);
    const int128 least = std::min(offered - given, held.amount - held.released - kept);
    out.released.minor = static_cast<std::int64_t>(std::max<int128>(least, 0));
    // The books of the year may be shut, or the commitment given up: then nothing moves.
    if (out.released.minor > 0 && !ledger::check(s.book, operation_of(out, ctx)).good())
        out.released.minor = 0;
    return out;
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
