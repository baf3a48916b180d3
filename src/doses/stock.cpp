#include "doses/stock.hpp"

#include <algorithm>

namespace veche::doses {

namespace {

constexpr std::int32_t look_back_days = 28;

/// Doses a site lacks until the day, beside all that it holds.
std::int64_t unmet_need(const state& s, const site_id& site, const product_id& product, date from,
                        date until) {
    const std::int64_t use = expected_use(s, site, product, from, until);
    return std::max<std::int64_t>(0, use - held_of(s, site, product, stock_state::usable));
}

}  // namespace

std::string held_account(const site_id& site, const lot_id& lot, stock_state in) {
    return "Bank:" + site.value + ":" + lot.value + ":" + std::string(name_of(in));
}
std::string way_account(const shipment_id& shipment, const lot_id& lot) {
    return "Bank:@way:" + shipment.value + ":" + lot.value;
}
std::string received_account(const lot_id& lot) {
    return "Income:Received:" + lot.value;
}
std::string given_account(const lot_id& lot) {
    return "Expense:Given:" + lot.value;
}
std::string lost_account(const lot_id& lot, loss_reason why) {
    return "Expense:Lost:" + lot.value + ":" + std::string(name_of(why));
}

std::int64_t balance_of(const state& s, const lot_id& lot, const std::string& account) {
    return static_cast<std::int64_t>(
        ledger::balance(s.book, account, s.lots.find(lot)->what.product.value));
}
std::int64_t held(const state& s, const site_id& site, const lot_id& lot, stock_state in) {
    return balance_of(s, lot, held_account(site, lot, in));
}
std::int64_t closed_left(const state& s, const site_id& site, const lot_id& lot) {
    return held(s, site, lot, stock_state::usable) + held(s, site, lot, stock_state::quarantined);
}
std::int64_t held_of(const state& s, const site_id& site, const product_id& product,
                     stock_state in) {
    std::int64_t sum = 0;
    for (const auto& [key, _] : s.order)
        if (key.product == product) sum += held(s, site, key.lot, in);
    return sum;
}

std::vector<lot_part> first_expired(const state& s, const site_id& site, const product_id& product,
                                    std::int64_t doses, date use_on) {
    const std::int64_t vial = s.products.find(product)->what.vial;
    std::vector<lot_part> out;
    for (const auto& [key, _] : s.order) {
        if (doses < vial) break;
        if (key.product != product || key.expires < use_on) continue;
        const std::int64_t there = held(s, site, key.lot, stock_state::usable);
        const std::int64_t take = std::min(doses, there) / vial * vial;
        if (take == 0) continue;
        out.push_back({key.lot, take});
        doses -= take;
    }
    return out;
}

std::int64_t promised_from(const state& s, const site_id& site, const product_id& product) {
    std::int64_t sum = 0;
    for (const auto& [id, one] : s.allocations) {
        if (one.asked.from != site || one.asked.product != product) continue;
        for (const allocated_share& share : one.out.shares) {
            const auto sent = one.sent.find(share.site);
            sum += share.doses - (sent == one.sent.end() ? 0 : sent->second);
        }
    }
    return sum;
}

std::int64_t expected_use(const state& s, const site_id& site, const product_id& product,
                          date today, date until) {
    const std::int64_t days = std::max(0, until.days - today.days + 1);
    if (const std::int64_t* need = s.needs.find(site_product{site, product})) return *need * days;
    const day_counts* used = s.used.find(site_product{site, product});
    if (!used) return 0;
    std::int64_t sum = 0;
    for (auto at = used->lower_bound(date{today.days - look_back_days});
         at != used->end() && at->first < today; ++at)
        sum += at->second;
    return sum * days / look_back_days;
}

std::vector<lot_part> expected_waste_at(const state& s, const site_id& site,
                                        const product_id& product, date today) {
    std::vector<lot_part> out;
    std::int64_t before = 0;
    for (const auto& [key, _] : s.order) {
        if (key.product != product) continue;
        const std::int64_t there = held(s, site, key.lot, stock_state::usable);
        if (there == 0) continue;
        const std::int64_t use = expected_use(s, site, product, today, key.expires);
        const std::int64_t taken = std::clamp<std::int64_t>(use - before, 0, there);
        before += taken;
        if (taken < there) out.push_back({key.lot, there - taken});
    }
    return out;
}

std::vector<waste_expected> expected_waste(const state& s, const lot_id& of, date today) {
    const receive_lot& what = s.lots.find(of)->what;
    std::vector<waste_expected> out;
    for (const auto& [site, record] : s.sites) {
        const auto waste = expected_waste_at(s, site, what.product, today);
        const auto mine = std::find_if(waste.begin(), waste.end(),
                                       [&](const lot_part& one) { return one.lot == of; });
        if (mine == waste.end()) continue;
        waste_expected row{site, mine->doses, std::nullopt, 0};
        for (const reach& to : record.what.neighbours) {
            const date there{today.days + to.days};
            if (what.expires < there) continue;
            const std::int64_t lacks = unmet_need(s, to.site, what.product, there, what.expires);
            if (lacks > row.unmet) {
                row.neighbour = to.site;
                row.unmet = lacks;
            }
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::int64_t given_until(const state& s, const product_id& product, std::int32_t dose, date until) {
    const day_counts* days = s.given.find(given_key{product, dose});
    std::int64_t sum = 0;
    if (days)
        for (const auto& [day, doses] : *days)
            if (day <= until) sum += doses;
    return sum;
}

std::int64_t must_stay(const state& s, const record_product& product, second_policy policy,
                       std::int32_t horizon, std::int64_t firsts, date today) {
    const date end{2'000'000};
    const std::int64_t seconds = given_until(s, product.product, 2, end);
    if (policy == second_policy::lockbox)
        return given_until(s, product.product, 1, end) - seconds + firsts;
    if (policy != second_policy::set_aside) return 0;
    const date due{today.days + horizon - product.interval};
    return std::max<std::int64_t>(0, given_until(s, product.product, 1, due) - seconds);
}

}  // namespace veche::doses
