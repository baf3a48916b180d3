#pragma once
// The stock as the book has it: accounts, what may be issued in which order, what is promised, and
// what a site is expected to use.

#include "doses/doses.hpp"

namespace veche::doses {

/// "Bank:brest:lot-1:usable". Held doses stand under Bank, so that none of these falls below zero.
std::string held_account(const site_id&, const lot_id&, stock_state);
std::string way_account(const shipment_id&, const lot_id&);
std::string received_account(const lot_id&);
std::string given_account(const lot_id&);
std::string lost_account(const lot_id&, loss_reason);

/// Of the lot's product, in doses.
std::int64_t balance_of(const state&, const lot_id&, const std::string& account);
std::int64_t held(const state&, const site_id&, const lot_id&, stock_state);
/// Usable and set aside: what expires with the lot.
std::int64_t closed_left(const state&, const site_id&, const lot_id&);
/// Of all lots of the product.
std::int64_t held_of(const state&, const site_id&, const product_id&, stock_state);

/// Lots that go first: by expiry, receipt, id; none that expires before the day of use. Fewer doses
/// than asked for where there are no more; whole vials alone.
std::vector<lot_part> first_expired(const state&, const site_id&, const product_id&,
                                    std::int64_t doses, date use_on);

/// What allocations still take from a site.
std::int64_t promised_from(const state&, const site_id&, const product_id&);

/// Doses a site is expected to use from `today` to `until`, both included: by its stated need, else
/// by what it gave in the 28 days before.
std::int64_t expected_use(const state&, const site_id&, const product_id&, date today, date until);
/// Of each lot at the site, in the order of issue, what is not expected to be used until its last
/// day.
std::vector<lot_part> expected_waste_at(const state&, const site_id&, const product_id&,
                                        date today);
/// Where some of the lot is not expected to be used, and the neighbour in reach that lacks most
/// until then.
std::vector<waste_expected> expected_waste(const state&, const lot_id&, date today);

/// Doses of the number given until the day, itself included.
std::int64_t given_until(const state&, const product_id&, std::int32_t dose, date until);
/// What must stay at a store for second doses under the policy if so many first ones leave it.
std::int64_t must_stay(const state&, const record_product&, second_policy, std::int32_t horizon,
                       std::int64_t firsts, date today);

}  // namespace veche::doses
