#include "doses/view_rows.hpp"

#include <algorithm>

#include "doses/measures.hpp"
#include "doses/stock.hpp"

namespace veche::doses {
namespace {

constexpr std::int32_t use_days = 28;

std::optional<ratio> part(std::int64_t num, std::int64_t den) {
    if (den == 0) return std::nullopt;
    return fraction_of(num, den);
}

/// Whole days for which the stock lasts.
std::optional<std::int64_t> days_of_stock(const state& s, const stock_row& row, date today) {
    const std::int64_t use =
        expected_use(s, row.site, row.product, today, date{today.days + use_days - 1});
    if (use == 0) return std::nullopt;
    return (row.usable + row.open) * use_days / use;
}

product_row product_row_of(const world& w, const record_product& of) {
    const state& s = w.own;
    product_row row{of.product,  of.names,   of.course, of.vial, of.interval_min,
                    of.interval, of.storage, 0,         0,       0,
                    0,           0,          0,         0,       0,
                    0,           {},         {},        {}};
    for (const auto& [key, held] : s.book.balances) {
        if (key.unit != of.product.value) continue;
        const auto minor = static_cast<std::int64_t>(held.minor);
        if (key.account.starts_with("Bank:@way:"))
            row.way += minor;
        else if (key.account.starts_with("Bank:"))
            row.held += minor;
        else if (key.account.starts_with("Income:"))
            row.received -= minor;
        else if (key.account.starts_with("Expense:Given:"))
            row.given += minor;
        else if (key.account.ends_with(":counted"))
            row.missing += minor;
    }
    std::int64_t opened = 0;
    for (const auto& [key, here] : s.passed_by) {
        if (key.product != of.product) continue;
        row.lost_open += here.lost_open;
        row.lost_closed += here.lost_closed;
        opened += here.opened;
    }
    const date end{2'000'000};
    row.first = given_until(s, of.product, 1, end);
    row.second = of.course > 1 ? given_until(s, of.product, 2, end) : 0;
    row.wastage_open = part(row.lost_open, opened);
    row.wastage_closed = part(row.lost_closed, row.received);
    if (of.course > 1) row.drop_out = part(row.first - row.second, row.first);
    return row;
}

}  // namespace

localized names_of_site(const world& w, const site_id& id) {
    const auto* one = w.own.sites.find(id);
    return one ? one->what.names : localized{};
}

localized names_of_product(const world& w, const product_id& id) {
    const auto* one = w.own.products.find(id);
    return one ? one->what.names : localized{};
}

stock_row stock_row_of(const world& w, const record_product& product, const record_site& site,
                       date today) {
    const state& s = w.own;
    stock_row row;
    row.product = product.product;
    row.product_names = product.names;
    row.site = site.site;
    row.site_names = site.names;
    row.kind = site.kind;
    row.member = site.member;
    for (const auto& [key, _] : s.order) {
        if (key.product != product.product) continue;
        const std::int64_t usable = held(s, site.site, key.lot, stock_state::usable);
        if (usable > 0 && !row.next_expiry) row.next_expiry = key.expires;
        row.usable += usable;
        row.open += held(s, site.site, key.lot, stock_state::open);
        row.quarantined += held(s, site.site, key.lot, stock_state::quarantined);
        row.recalled += held(s, site.site, key.lot, stock_state::recalled);
        row.expired += held(s, site.site, key.lot, stock_state::expired);
    }
    for (const auto& [id, one] : s.shipments)
        if (!one.came && one.to == site.site && one.product == product.product)
            for (const lot_part& each : one.lots) row.coming += each.doses;
    row.promised = promised_from(s, site.site, product.product);
    if (const passed* here = s.passed_by.find(site_product{site.site, product.product}))
        row.given = here->given;
    row.days_left = days_of_stock(s, row, today);
    // What is expired, set aside or recalled does not count: only-expired stock is a stock-out.
    row.stock_out = row.usable + row.open == 0;
    return row;
}

lot_row lot_row_of(const world& w, const lot_id& id, const lot& of, date today) {
    const state& s = w.own;
    lot_row row;
    row.lot = id;
    row.number = of.what.number;
    row.product = of.what.product;
    row.product_names = names_of_product(w, of.what.product);
    row.expires = of.what.expires;
    row.received_on = of.what.on;
    row.received = of.what.doses;
    row.recalled = of.recalled;
    row.expired = of.expired;
    row.days_left = of.what.expires.days - today.days;
    row.seq = static_cast<std::int64_t>(of.seq);
    for (const auto& [site, _] : s.sites) {
        row.usable += held(s, site, id, stock_state::usable);
        row.open += held(s, site, id, stock_state::open);
        for (const stock_state in :
             {stock_state::quarantined, stock_state::recalled, stock_state::expired})
            row.barred += held(s, site, id, in);
    }
    for (const auto& [shipment, one] : s.shipments)
        if (!one.came) row.way += balance_of(s, id, way_account(shipment, id));
    row.given = balance_of(s, id, given_account(id));
    row.lost = row.received - row.usable - row.open - row.barred - row.way - row.given;
    if (row.usable > 0)
        for (const waste_expected& one : expected_waste(s, id, today)) row.waste += one.doses;
    return row;
}

result<stock_view> ask(const world& w, const stock_query& q, const viewer& who) {
    const date today = date_of(who.now);
    stock_view out;
    for (const auto& [id, product] : w.own.products) {
        if (q.product && id != *q.product) continue;
        if (!q.site) out.products.push_back(product_row_of(w, product.what));
        for (const auto& [site, record] : w.own.sites) {
            if (q.site && site != *q.site) continue;
            const bool touched = w.own.passed_by.contains(site_product{site, id}) ||
                                 w.own.needs.contains(site_product{site, id});
            const stock_row row = stock_row_of(w, product.what, record.what, today);
            if (touched || row.coming > 0 || row.promised > 0) out.rows.push_back(row);
        }
    }
    return out;
}

}  // namespace veche::doses
