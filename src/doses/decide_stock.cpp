// What happens to stock. Every rule asks the book; none writes.

#include <algorithm>

#include "doses/checks.hpp"

namespace veche::doses {
namespace {

/// Of a command about a lot at a site: both are known, and whoever acts keeps the site.
template <class Command>
result<const lot*> lot_at_site(const world& w, const Command& c, const context& ctx) {
    const record_site* site = VECHE_TRY(find_site(w, c.site, "site"));
    VECHE_CHECK(may_keep(w, *site, ctx, Command::wire.type));
    return find_lot(w, c.lot);
}

result<void> check_days(date first, date second, const char* before, const char* after) {
    if (second < first) return refuse(refusals::days_out_of_order, after, after, before);
    return {};
}

/// What may be taken of a product: usable, not expired by the day of use, not promised.
result<void> check_free(const world& w, const site_id& site, const product_id& product,
                        std::int64_t doses, const std::vector<lot_part>& picks,
                        std::int64_t promised) {
    std::int64_t there = 0;
    for (const lot_part& one : picks) there += one.doses;
    if (there < doses)
        return refuse(refusals::stock_short, "doses", std::to_string(there), std::to_string(doses));
    const std::int64_t all = held_of(w.own, site, product, stock_state::usable);
    if (promised > 0 && all - promised < doses)
        return refuse(refusals::promised, "doses", std::to_string(promised),
                      std::to_string(std::max<std::int64_t>(0, all - promised)));
    return {};
}

result<void> check_allocation(const world& w, const dispatch& c) {
    const allocation* of = w.own.allocations.find(*c.allocation);
    if (!of) return refuse(refusals::allocation_unknown, "allocation", c.allocation->value);
    if (of->asked.product != c.product || of->asked.from != c.from)
        return refuse(refusals::not_of_allocation, "allocation", c.allocation->value);
    std::int64_t open = 0;
    for (const allocated_share& share : of->out.shares)
        if (share.site == c.to) open = share.doses;
    const auto sent = of->sent.find(c.to);
    if (sent != of->sent.end()) open -= sent->second;
    if (c.doses > open)
        return refuse(refusals::exceeds_share, "doses", std::to_string(open), c.to.value);
    return {};
}

/// The way of a shipment, from a site that whoever acts keeps.
template <class Command>
result<void> check_way(const world& w, const Command& c, const context& ctx) {
    const record_site* from = VECHE_TRY(find_site(w, c.from, "from"));
    VECHE_CHECK(find_site(w, c.to, "to"));
    VECHE_CHECK(may_keep(w, *from, ctx, Command::wire.type));
    if (c.from == c.to) return refuse(refusals::same_site, "to");
    if (w.own.shipments.contains(c.shipment))
        return refuse(refusals::id_taken, "shipment", c.shipment.value);
    VECHE_CHECK(check_past(c.on, ctx));
    return check_days(c.on, c.use_from, "on", "use_from");
}

/// Up to no day are there more doses of the number than of the one before it, given early enough.
result<void> check_course(const world& w, const record_product& product, std::int32_t dose,
                          std::int64_t more, date on) {
    if (dose == 1) return {};
    const day_counts* days = w.own.given.find(given_key{product.product, dose});
    std::vector<date> ends{on};
    if (days)
        for (auto at = days->upper_bound(on); at != days->end(); ++at) ends.push_back(at->first);
    for (const date end : ends) {
        const std::int64_t now = given_until(w.own, product.product, dose, end) + more;
        const std::int64_t before = given_until(w.own, product.product, dose - 1, end);
        if (now > before)
            return refuse(refusals::exceeds_earlier_dose, "given", to_text(end),
                          std::to_string(now), std::to_string(dose), std::to_string(before));
        const date early{end.days - product.interval_min};
        const std::int64_t ripe = given_until(w.own, product.product, dose - 1, early);
        if (now > ripe)
            return refuse(refusals::interval_too_short, "given", to_text(end), std::to_string(now),
                          std::to_string(dose), std::to_string(ripe),
                          std::to_string(product.interval_min));
    }
    return {};
}

}  // namespace

result<events> decide(const world& w, const receive_lot& c, const context& ctx) {
    const record_site* site = VECHE_TRY(find_site(w, c.site, "site"));
    VECHE_CHECK(may_keep(w, *site, ctx, receive_lot::wire.type));
    const record_product* product = VECHE_TRY(find_product(w, c.product, "product"));
    if (w.own.lots.contains(c.lot)) return refuse(refusals::id_taken, "lot", c.lot.value);
    if (c.number.empty() || c.number.size() > max_word_bytes)
        return refuse(refusals::name_missing, "number");
    VECHE_CHECK(check_vials(*product, c.doses, "doses"));
    VECHE_CHECK(check_past(c.on, ctx));
    VECHE_CHECK(check_days(c.on, c.expires, "on", "expires"));
    VECHE_CHECK(check_source(c.source));
    return events{};
}

result<events> decide(const world& w, const dispatch& c, const context& ctx) {
    VECHE_CHECK(check_way(w, c, ctx));
    const record_product* product = VECHE_TRY(find_product(w, c.product, "product"));
    VECHE_CHECK(check_vials(*product, c.doses, "doses"));
    std::int64_t promised = 0;
    if (c.allocation)
        VECHE_CHECK(check_allocation(w, c));
    else
        promised = promised_from(w.own, c.from, c.product);
    auto picks = first_expired(w.own, c.from, c.product, c.doses, c.use_from);
    VECHE_CHECK(check_free(w, c.from, c.product, c.doses, picks, promised));
    return events{make_event(dispatched{c.shipment, std::move(picks)})};
}

result<events> decide(const world& w, const transfer& c, const context& ctx) {
    VECHE_CHECK(check_way(w, c, ctx));
    const lot* of = VECHE_TRY(find_lot(w, c.lot));
    const record_product* product = VECHE_TRY(find_product(w, of->what.product, "lot"));
    VECHE_CHECK(check_vials(*product, c.doses, "doses"));
    if (of->what.expires < c.use_from)
        return refuse(refusals::not_issued_expired, "use_from", c.lot.value,
                      to_text(of->what.expires));
    const std::int64_t there = held(w.own, c.from, c.lot, stock_state::usable);
    VECHE_CHECK(check_free(w, c.from, of->what.product, c.doses, {{c.lot, there}},
                           promised_from(w.own, c.from, of->what.product)));
    VECHE_CHECK(need_reason(w, c.reason, "reason"));
    return events{make_event(dispatched{c.shipment, {{c.lot, c.doses}}})};
}

result<events> decide(const world& w, const accept& c, const context& ctx) {
    const shipment* of = w.own.shipments.find(c.shipment);
    if (!of) return refuse(refusals::shipment_unknown, "shipment", c.shipment.value);
    const record_site* site = VECHE_TRY(find_site(w, of->to, "shipment"));
    VECHE_CHECK(may_keep(w, *site, ctx, accept::wire.type));
    if (of->came) return refuse(refusals::received_already, "shipment", c.shipment.value);
    VECHE_CHECK(check_past(c.on, ctx));
    VECHE_CHECK(check_days(of->on, c.on, "on", "on"));
    if (c.got.size() != of->lots.size()) return refuse(refusals::lots_differ, "got");
    const record_product* product = VECHE_TRY(find_product(w, of->product, "shipment"));
    bool all = true;
    for (std::size_t i = 0; i < c.got.size(); ++i) {
        const std::string field = "got." + std::to_string(i) + ".doses";
        if (c.got[i].lot != of->lots[i].lot) return refuse(refusals::lots_differ, "got");
        if (c.got[i].doses < 0 || c.got[i].doses > of->lots[i].doses)
            return refuse(refusals::exceeds_sent, field, c.got[i].lot.value,
                          std::to_string(of->lots[i].doses));
        if (c.got[i].doses % product->vial != 0)
            return refuse(refusals::not_whole_vials, field, std::to_string(product->vial));
        all = all && c.got[i].doses == of->lots[i].doses;
    }
    if (!all) VECHE_CHECK(need_reason(w, c.reason, "reason"));
    VECHE_CHECK(check_text(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const open_vials& c, const context& ctx) {
    const record_site* site = VECHE_TRY(find_site(w, c.site, "site"));
    VECHE_CHECK(may_keep(w, *site, ctx, open_vials::wire.type));
    const record_product* product = VECHE_TRY(find_product(w, c.product, "product"));
    VECHE_CHECK(check_range(c.vials, 1, max_doses / product->vial, "vials"));
    VECHE_CHECK(check_past(c.on, ctx));
    const std::int64_t doses = c.vials * product->vial;
    auto picks = first_expired(w.own, c.site, c.product, doses, c.on);
    VECHE_CHECK(
        check_free(w, c.site, c.product, doses, picks, promised_from(w.own, c.site, c.product)));
    return events{make_event(vials_opened{c.site, c.on, std::move(picks)})};
}

result<events> decide(const world& w, const give& c, const context& ctx) {
    const lot* of = VECHE_TRY(lot_at_site(w, c, ctx));
    const record_product* product = VECHE_TRY(find_product(w, of->what.product, "lot"));
    VECHE_CHECK(check_past(c.on, ctx));
    if (of->what.expires < c.on)
        return refuse(refusals::not_issued_expired, "on", c.lot.value, to_text(of->what.expires));
    if (c.given.empty() || c.given.size() > max_rows)
        return refuse(refusals::too_many_rows, "given", std::to_string(max_rows));
    std::map<std::int32_t, std::int64_t> by_number;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < c.given.size(); ++i) {
        const given_count& one = c.given[i];
        const std::string field = "given." + std::to_string(i);
        if (one.dose < 1 || one.dose > product->course || one.doses < 1 || one.doses > max_doses)
            return refuse(refusals::dose_out_of_course, field, std::to_string(product->course));
        if (one.group && !w.own.groups.contains(*one.group))
            return refuse(refusals::group_unknown, field + ".group", one.group->value);
        by_number[one.dose] += one.doses;
        sum += one.doses;
    }
    const std::int64_t open = held(w.own, c.site, c.lot, stock_state::open);
    if (sum > open)
        return refuse(refusals::stock_short, "given", std::to_string(open), std::to_string(sum));
    for (const auto& [dose, doses] : by_number)
        VECHE_CHECK(check_course(w, *product, dose, doses, c.on));
    return events{};
}

result<events> decide(const world& w, const discard& c, const context& ctx) {
    const lot* of = VECHE_TRY(lot_at_site(w, c, ctx));
    const record_product* product = VECHE_TRY(find_product(w, of->what.product, "lot"));
    VECHE_CHECK(check_range(c.doses, 1, max_doses, "doses"));
    // Doses of opened vials that were recalled lie among the recalled ones.
    if (c.out_of == stock_state::usable || c.out_of == stock_state::quarantined)
        VECHE_CHECK(check_vials(*product, c.doses, "doses"));
    VECHE_CHECK(check_past(c.on, ctx));
    const bool gone = c.out_of == stock_state::expired;
    if (gone && c.why != loss_reason::expired) return refuse(refusals::expires_as_loss, "why");
    if (c.why == loss_reason::expired && !(of->what.expires < c.on))
        return refuse(refusals::not_expired, "why", c.lot.value, to_text(of->what.expires));
    const std::int64_t there = held(w.own, c.site, c.lot, c.out_of);
    if (c.doses > there)
        return refuse(refusals::stock_short, "doses", std::to_string(there),
                      std::to_string(c.doses));
    VECHE_CHECK(check_text(w, c.note, "note"));
    return events{};
}

result<events> decide(const world& w, const count_stock& c, const context& ctx) {
    const lot* of = VECHE_TRY(lot_at_site(w, c, ctx));
    const record_product* product = VECHE_TRY(find_product(w, of->what.product, "lot"));
    VECHE_CHECK(check_range(c.counted, 0, max_doses, "counted"));
    if (c.counted % product->vial != 0)
        return refuse(refusals::not_whole_vials, "counted", std::to_string(product->vial));
    VECHE_CHECK(check_past(c.on, ctx));
    // What is found of a lot that may not be used is not put back among what may.
    if ((of->expired || of->recalled) && c.counted > 0)
        return refuse(refusals::nothing_there, "lot", c.lot.value, c.site.value);
    if (c.counted != held(w.own, c.site, c.lot, stock_state::usable))
        VECHE_CHECK(need_reason(w, c.reason, "reason"));
    VECHE_CHECK(check_text(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const quarantine& c, const context& ctx) {
    VECHE_CHECK(lot_at_site(w, c, ctx));
    if (held(w.own, c.site, c.lot, stock_state::usable) == 0)
        return refuse(refusals::nothing_there, "lot", c.lot.value, c.site.value);
    VECHE_CHECK(need_reason(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const release& c, const context& ctx) {
    VECHE_CHECK(lot_at_site(w, c, ctx));
    if (held(w.own, c.site, c.lot, stock_state::quarantined) == 0)
        return refuse(refusals::nothing_there, "lot", c.lot.value, c.site.value);
    VECHE_CHECK(need_reason(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const recall_lot& c, const context& ctx) {
    const lot* of = VECHE_TRY(find_lot(w, c.lot));
    const record_product* product = VECHE_TRY(find_product(w, of->what.product, "lot"));
    VECHE_CHECK(may_desk(w, product->body, ctx, recall_lot::wire.type));
    if (of->recalled) return refuse(refusals::recalled_already, "lot", c.lot.value);
    VECHE_CHECK(need_reason(w, c.reason, "reason"));
    return events{};
}

result<events> decide(const world& w, const state_need& c, const context& ctx) {
    const record_site* site = VECHE_TRY(find_site(w, c.site, "site"));
    VECHE_CHECK(may_keep(w, *site, ctx, state_need::wire.type));
    VECHE_CHECK(find_product(w, c.product, "product"));
    VECHE_CHECK(check_range(c.per_day, 0, max_doses / 10'000, "per_day"));
    return events{};
}

}  // namespace veche::doses
