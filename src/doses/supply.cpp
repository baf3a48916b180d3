// Days without stock are told by the book: what each site held at the end of each day, for which
// every move was written.

#include <algorithm>
#include <set>

#include "doses/measures.hpp"
#include "doses/refusal.hpp"
#include "doses/stock.hpp"
#include "doses/view_rows.hpp"
#include "doses/views.hpp"

namespace veche::doses {
namespace {

using held_days = ledger::day_sums<ledger::account_fold>;

std::optional<ratio> part_of(std::int64_t num, std::int64_t den) {
    if (den == 0) return std::nullopt;
    return fraction_of(num, den);
}

/// What an account held day by day, and the last day of use of what it holds.
struct usable_account {
    const held_days* days;
    date expires;
};

/// The accounts that hold what may be used.
std::vector<usable_account> accounts_of(const state& s, const site_id& site,
                                        const product_id& product) {
    std::vector<usable_account> out;
    for (const auto& [key, _] : s.order) {
        if (key.product != product) continue;
        for (const stock_state in : {stock_state::usable, stock_state::open})
            if (const auto* days = s.book.days.find(
                    ledger::balance_key{held_account(site, key.lot, in), product.value}))
                out.push_back({days, key.expires});
    }
    return out;
}

/// At the end of the day; nothing where none had ever come by then. A lot whose last day is over
/// counts no more, whenever the journal said so.
std::optional<std::int64_t> held_on(const std::vector<usable_account>& accounts, date day) {
    std::optional<std::int64_t> out;
    for (const usable_account& one : accounts) {
        const auto* fold = one.days->until(day);
        if (!fold) continue;
        out = out.value_or(0) + (one.expires < day ? 0 : static_cast<std::int64_t>(fold->minor));
    }
    return out;
}

void look_at_days(const std::vector<usable_account>& accounts, date from, date today,
                  supply_row& row) {
    bool begun = false;
    for (date day = from; day <= today; ++day.days) {
        const auto held = held_on(accounts, day);
        if (!held) continue;
        if (!begun) row.since = day;
        begun = true;
        ++row.days;
        if (*held > 0) {
            row.out_since.reset();
            continue;
        }
        ++row.out_days;
        if (!row.out_since) row.out_since = day;
    }
}

void look_at_counts(const state& s, supply_row& row) {
    for (const auto& [key, _] : s.order) {
        if (key.product != row.product) continue;
        for (const lot_move& one : s.lots.find(key.lot)->moves) {
            if (one.kind != move_kind::counted || one.site != row.site) continue;
            ++row.counts;
            (one.doses > 0 ? row.found : row.missing) += std::abs(one.doses);
            row.counted_on = row.counted_on ? std::max(*row.counted_on, one.on) : one.on;
        }
    }
}

supply_row supply_row_of(const world& w, const site_product& of, const passed& here, date from,
                         date today) {
    supply_row row;
    row.product = of.product;
    row.product_names = names_of_product(w, of.product);
    row.site = of.site;
    row.site_names = names_of_site(w, of.site);
    if (const auto* site = w.own.sites.find(of.site)) row.member = site->what.member;
    row.since = from;
    row.handled = here.received + here.came;
    row.opened = here.opened;
    row.given = here.given;
    row.lost_open = here.lost_open;
    row.lost_closed = here.lost_closed;
    row.wastage_open = part_of(here.lost_open, here.opened);
    row.wastage_closed = part_of(here.lost_closed, row.handled);
    look_at_days(accounts_of(w.own, of.site, of.product), from, today, row);
    look_at_counts(w.own, row);
    return row;
}

constexpr std::size_t most_history_days = 60;
constexpr std::int64_t slope_days = 30;
constexpr std::int64_t hundredths_of_percent = 10'000;

/// Least squares of the gap, in hundredths of a percent, over days.
std::optional<ratio> slope_of(const std::vector<coverage_day>& days) {
    int128 n = 0, x = 0, y = 0, xx = 0, xy = 0;
    const std::int64_t regions = days.empty() ? 0 : days.back().regions;
    const std::int32_t first = days.empty() ? 0 : days.front().on.days;
    for (const coverage_day& one : days) {
        if (one.regions != regions) continue;
        const int128 day = one.on.days - first;
        const int128 gap = int128{one.gap.num} * hundredths_of_percent / one.gap.den;
        n += 1, x += day, y += gap, xx += day * day, xy += day * gap;
    }
    const int128 spread = n * xx - x * x;
    if (spread == 0) return std::nullopt;
    return fraction_of((n * xy - x * y) * slope_days, spread * hundredths_of_percent);
}

/// Days on which anybody reported, the latest.
std::vector<date> report_days(const state& s, const coverage_history_query& q) {
    std::set<date> days;
    for (const auto& [key, reports] : s.people)
        if (key.group == q.group)
            for (const people_report& one : reports)
                if (!q.known || one.written <= *q.known) days.insert(one.what.on);
    std::vector<date> out(days.begin(), days.end());
    if (out.size() > most_history_days)
        out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(most_history_days));
    return out;
}

}  // namespace

result<supply_view> ask(const world& w, const supply_query& q, const viewer& who) {
    const std::int32_t days = q.days.value_or(usual_supply_days);
    if (days < 1 || days > most_supply_days)
        return refuse(refusals::number_out_of_range, "days", "1", std::to_string(most_supply_days));
    const date today = date_of(who.now);
    supply_view out;
    for (const auto& [key, here] : w.own.passed_by)
        if (!q.product || key.product == *q.product)
            out.rows.push_back(supply_row_of(w, key, here, date{today.days - days + 1}, today));
    std::stable_sort(out.rows.begin(), out.rows.end(),
                     [](const auto& a, const auto& b) { return a.product < b.product; });
    return out;
}

result<coverage_history_view> ask(const world& w, const coverage_history_query& q,
                                  const viewer& who) {
    coverage_history_view out;
    for (const date on : report_days(w.own, q)) {
        const auto then = ask(w, coverage_query{q.group, on, q.known}, who);
        if (!then || !then->least) continue;
        coverage_day day{on, 0, *then->least, {}, *then->most, {}};
        std::int64_t people = 0, covered_people = 0;
        for (const coverage_row& one : then->regions) {
            if (!one.first || !one.people || *one.people == 0) continue;
            ++day.regions;
            people += *one.people;
            covered_people += *one.first;
        }
        day.all = fraction_of(covered_people, people);
        day.gap =
            fraction_of(int128{day.most.num} * day.least.den - int128{day.least.num} * day.most.den,
                        int128{day.most.den} * day.least.den);
        out.days.push_back(day);
    }
    out.slope = slope_of(out.days);
    return out;
}

}  // namespace veche::doses
