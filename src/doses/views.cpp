#include "doses/views.hpp"

#include <algorithm>

#include "doses/measures.hpp"
#include "doses/plan_making.hpp"
#include "doses/refusal.hpp"
#include "doses/sharing.hpp"
#include "doses/stock.hpp"
#include "doses/view_rows.hpp"
#include "shares/second_doses.hpp"

namespace veche::doses {
namespace {

shipment_row shipment_row_of(const world& w, const shipment_id& id, const shipment& of) {
    shipment_row row;
    row.shipment = id;
    row.product = of.product;
    row.product_names = names_of_product(w, of.product);
    row.from = of.from;
    row.from_names = names_of_site(w, of.from);
    row.to = of.to;
    row.to_names = names_of_site(w, of.to);
    row.on = of.on;
    row.use_from = of.use_from;
    row.moved = of.moved;
    row.allocation = of.allocation;
    row.lots = of.lots;
    row.seq = static_cast<std::int64_t>(of.seq);
    for (const lot_part& one : of.lots) row.sent += one.doses;
    if (of.came) {
        row.came_on = of.came->on;
        for (const lot_part& one : of.came->got) row.came += one.doses;
    }
    return row;
}

allocation_row allocation_row_of(const world& w, const allocation_id& id, const allocation& of) {
    allocation_row row;
    row.allocation = id;
    row.product = of.asked.product;
    row.product_names = names_of_product(w, of.asked.product);
    row.from = of.asked.from;
    row.from_names = names_of_site(w, of.asked.from);
    row.doses = of.asked.doses - of.out.left_over;
    row.rule = of.asked.rule;
    row.policy = of.asked.policy;
    row.on = of.on;
    row.decision = of.decision;
    row.seq = static_cast<std::int64_t>(of.seq);
    for (const auto& [site, sent] : of.sent) row.sent += sent;
    return row;
}

/// Of what counts by weight: already + doses, over the weight.
std::optional<ratio> by_weight(const recipient& of, std::int64_t scale, std::int64_t doses) {
    if (of.weight == 0) return std::nullopt;
    return fraction_of(int128{of.already} + int128{doses} * scale, int128{of.weight} * scale);
}

share_row share_row_of(const world& w, const allocation& of, std::size_t i) {
    const recipient& asked = of.asked.recipients[i];
    const allocated_share& got = of.out.shares[i];
    share_row row;
    row.site = asked.site;
    row.names = names_of_site(w, asked.site);
    row.weight = asked.weight;
    row.already = fraction_of(asked.already, of.asked.scale);
    row.cap = asked.cap;
    row.exact = got.exact;
    row.doses = got.doses;
    row.why = got.why;
    row.rounded_up = got.rounded_up;
    row.groups = got.groups;
    const auto sent = of.sent.find(asked.site);
    row.sent = sent == of.sent.end() ? 0 : sent->second;
    row.coverage_before = by_weight(asked, of.asked.scale, 0);
    row.coverage_after = by_weight(asked, of.asked.scale, got.doses);
    return row;
}

std::vector<method_row> methods_of(const world& w, const allocate& asked,
                                   const record_product& product) {
    std::vector<method_row> out;
    for (const sharing_rule rule :
         {sharing_rule::proportional, sharing_rule::capped, sharing_rule::max_min}) {
        allocate by = asked;
        by.rule = rule;
        const auto plan = shares::share_doses(request_of(by, product));
        if (!plan) continue;
        method_row row;
        row.rule = rule;
        row.chosen = rule == asked.rule;
        bool first = true;
        for (std::size_t i = 0; i < plan->shares.size(); ++i) {
            const site_id& site = asked.recipients[i].site;
            row.shares.push_back({site, names_of_site(w, site), plan->shares[i].doses});
            const auto after = by_weight(asked.recipients[i], asked.scale, plan->shares[i].doses);
            if (!after) continue;
            row.least = first ? *after : std::min(row.least, *after);
            first = false;
        }
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

result<lots_view> ask(const world& w, const lots_query& q, const viewer& who) {
    const date today = date_of(who.now);
    lots_view out;
    for (const auto& [key, _] : w.own.order) {
        if (q.product && key.product != *q.product) continue;
        const lot& of = *w.own.lots.find(key.lot);
        if (q.within && (key.expires.days - today.days > *q.within)) continue;
        const lot_row row = lot_row_of(w, key.lot, of, today);
        if (q.within && row.usable + row.open + row.way == 0) continue;
        out.lots.push_back(row);
    }
    std::stable_sort(out.lots.begin(), out.lots.end(),
                     [](const auto& a, const auto& b) { return a.expires < b.expires; });
    return out;
}

result<lot_view> ask(const world& w, const lot_query& q, const viewer& who) {
    const lot* of = w.own.lots.find(q.lot);
    if (!of) return refuse(refusals::lot_unknown, "lot", q.lot.value);
    const date today = date_of(who.now);
    lot_view out;
    out.row = lot_row_of(w, q.lot, *of, today);
    const record_product& product = w.own.products.find(of->what.product)->what;
    for (const auto& [site, record] : w.own.sites) {
        stock_row row;
        row.product = product.product;
        row.site = site;
        row.site_names = record.what.names;
        row.kind = record.what.kind;
        row.member = record.what.member;
        row.usable = held(w.own, site, q.lot, stock_state::usable);
        row.open = held(w.own, site, q.lot, stock_state::open);
        row.quarantined = held(w.own, site, q.lot, stock_state::quarantined);
        row.recalled = held(w.own, site, q.lot, stock_state::recalled);
        row.expired = held(w.own, site, q.lot, stock_state::expired);
        if (row.usable + row.open + row.quarantined + row.recalled + row.expired > 0)
            out.sites.push_back(std::move(row));
    }
    if (!of->expired) out.waste = expected_waste(w.own, q.lot, today);
    for (const lot_move& one : of->moves) {
        move_row row{one.kind,
                     one.on,
                     one.written,
                     one.site,
                     {},
                     one.other,
                     {},
                     one.doses,
                     one.why,
                     one.note,
                     static_cast<std::int64_t>(one.seq)};
        if (one.site) row.site_names = names_of_site(w, *one.site);
        if (one.other) row.other_names = names_of_site(w, *one.other);
        out.moves.push_back(std::move(row));
    }
    return out;
}

result<shipments_view> ask(const world& w, const shipments_query& q, const viewer&) {
    shipments_view out;
    for (const auto& [id, one] : w.own.shipments)
        if (!q.open || *q.open != one.came.has_value())
            out.shipments.push_back(shipment_row_of(w, id, one));
    std::stable_sort(out.shipments.begin(), out.shipments.end(),
                     [](const auto& a, const auto& b) { return a.seq > b.seq; });
    return out;
}

result<allocations_view> ask(const world& w, const allocations_query&, const viewer&) {
    allocations_view out;
    for (const auto& [id, one] : w.own.allocations)
        out.allocations.push_back(allocation_row_of(w, id, one));
    std::stable_sort(out.allocations.begin(), out.allocations.end(),
                     [](const auto& a, const auto& b) { return a.seq > b.seq; });
    return out;
}

result<allocation_view> ask(const world& w, const allocation_query& q, const viewer&) {
    const allocation* of = w.own.allocations.find(q.allocation);
    if (!of) return refuse(refusals::allocation_unknown, "allocation", q.allocation.value);
    const record_product& product = w.own.products.find(of->asked.product)->what;
    allocation_view out;
    out.row = allocation_row_of(w, q.allocation, *of);
    out.why = of->asked.why;
    out.horizon = of->asked.horizon;
    out.kept = of->out.kept;
    out.left_over = of->out.left_over;
    out.level = of->out.level;
    for (std::size_t i = 0; i < of->out.shares.size(); ++i)
        out.shares.push_back(share_row_of(w, *of, i));
    out.methods = methods_of(w, of->asked, product);
    out.plan = plan_view_of(w, of->asked);
    if (out.plan) out.asked = of->asked;
    out.vial = product.vial;
    out.fault = out.plan ? out.plan->fault
                         : shares::fault_in(request_of(of->asked, product), plan_of(of->out));
    out.holds = out.fault.empty();
    return out;
}

result<policies_view> ask(const world&, const policies_query& q, const viewer&) {
    shares::second_dose_question asked;
    // More weeks than a run may have are refused by it, whatever they were.
    asked.supply.assign(static_cast<std::size_t>(std::clamp(q.weeks, 0, 2'000)), q.weekly);
    asked.interval = q.interval;
    asked.horizon = q.horizon;
    policies_view out;
    out.weeks.resize(asked.supply.size());
    const auto run = [&](second_policy policy, shares::reserve_policy how,
                         std::int64_t policy_week::* into) -> result<void> {
        asked.policy = how;
        const shares::second_dose_run made = VECHE_TRY(shares::run_policy(asked));
        out.policies.push_back({policy, made.firsts, made.seconds, made.covered_weeks,
                                made.late_weeks, made.peak_reserve, made.weeks.back().kept});
        for (std::size_t t = 0; t < made.weeks.size(); ++t) {
            out.weeks[t].week = static_cast<std::int64_t>(t) + 1;
            out.weeks[t].*into = made.weeks[t].firsts;
        }
        return {};
    };
    VECHE_CHECK(
        run(second_policy::release, shares::reserve_policy::release, &policy_week::release));
    VECHE_CHECK(
        run(second_policy::lockbox, shares::reserve_policy::lockbox, &policy_week::lockbox));
    VECHE_CHECK(
        run(second_policy::set_aside, shares::reserve_policy::set_aside, &policy_week::set_aside));
    return out;
}

result<registers_view> ask(const world& w, const registers_query&, const viewer&) {
    registers_view out;
    for (const auto& [id, one] : w.own.sites)
        out.sites.push_back({id, one.what.names, one.what.kind, one.what.member, one.what.region,
                             one.what.neighbours});
    for (const auto& [id, one] : w.own.groups)
        out.groups.push_back({id, one.what.names, one.what.rank});
    std::stable_sort(out.groups.begin(), out.groups.end(),
                     [](const auto& a, const auto& b) { return a.rank < b.rank; });
    return out;
}

}  // namespace veche::doses
