// Orders: recorded, corrected, extended, ended, taken back, and many at once.

#include "prevention/checks.hpp"
#include "prevention/search.hpp"

namespace veche::prevention {
namespace {

/// What would follow for clashes if the command were carried out.
template <class Command>
events clashes_after(const world& w, const Command& c, const context& ctx, const body_id& body,
                     const touched_kinds& touched) {
    state after = w.own;
    apply(after, w.charter, c, ctx);
    return follow_clashes(w.charter, after, body, touched, date_of(ctx.at));
}

touched_kinds touched_by(const order_terms& says) {
    return {{{says.member, says.region}, says.kind}};
}

/// An order that stands, and may be changed by whoever asks.
template <class Command>
result<const kept_order*> order_for(const world& w, const Command& c, const context& ctx) {
    const kept_order* one = VECHE_TRY(find_standing(w, c.order));
    VECHE_CHECK(may_order(w, one->body, one->last().says.member, ctx, Command::wire.type));
    return one;
}

result<const order_batch*> find_waiting(const world& w, const order_batch_id& id) {
    const order_batch* one = w.own.batches.find(id);
    if (!one) return refuse(refusals::batch_unknown, "batch", id.value);
    if (one->standing != order_batch_standing::waiting)
        return refuse(refusals::batch_closed, "batch", id.value);
    return one;
}

result<void> check_new(const world& w, const order_id& id, const order_terms& says) {
    if (w.own.orders.contains(id)) return refuse(refusals::order_taken, "order", id.value);
    return check_terms(w, says, "what.");
}

}  // namespace

result<events> decide(const world& w, const order_measure& c, const context& ctx) {
    VECHE_CHECK(may_order(w, c.body, c.what.member, ctx, order_measure::wire.type));
    VECHE_CHECK(check_new(w, c.order, c.what));
    return clashes_after(w, c, ctx, c.body, touched_by(c.what));
}

result<events> decide(const world& w, const amend_order& c, const context& ctx) {
    const kept_order* one = VECHE_TRY(order_for(w, c, ctx));
    const order_terms& before = one->last().says;
    if (before.member != c.what.member || before.region != c.what.region ||
        before.kind != c.what.kind)
        return refuse(refusals::place_fixed, "what.member");
    VECHE_CHECK(check_terms(w, c.what, "what."));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    return clashes_after(w, c, ctx, one->body, touched_by(c.what));
}

result<events> decide(const world& w, const extend_order& c, const context& ctx) {
    const kept_order* one = VECHE_TRY(order_for(w, c, ctx));
    order_terms says = one->last().says;
    if (!says.to || (c.to && *c.to <= *says.to))
        return refuse(refusals::not_longer, "to", c.order.value);
    says.to = c.to;
    VECHE_CHECK(check_terms(w, says, ""));
    VECHE_CHECK(check_act(w, c.act, says.source, "act."));
    return clashes_after(w, c, ctx, one->body, touched_by(says));
}

result<events> decide(const world& w, const end_order& c, const context& ctx) {
    const kept_order* one = VECHE_TRY(order_for(w, c, ctx));
    order_terms says = one->last().says;
    if (says.to && *says.to <= c.to) return refuse(refusals::not_shorter, "to", c.order.value);
    says.to = c.to;
    VECHE_CHECK(check_terms(w, says, ""));
    VECHE_CHECK(check_act(w, c.act, says.source, "act."));
    return clashes_after(w, c, ctx, one->body, touched_by(says));
}

result<events> decide(const world& w, const withdraw_order& c, const context& ctx) {
    const kept_order* one = VECHE_TRY(order_for(w, c, ctx));
    VECHE_CHECK(need_text(w, c.reason, "reason"));
    return clashes_after(w, c, ctx, one->body, touched_by(one->last().says));
}

std::vector<order_problem> problems_of(const world& w, const body_id& body,
                                       const std::vector<staged_order>& rows, const context& ctx) {
    std::vector<order_problem> out;
    state trial = w.own;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const world tried{w.charter, trial};
        const order_measure one{rows[i].order, body, rows[i].what};
        auto fits =
            may_order(tried, body, one.what.member, ctx, order_measure::wire.type).and_then([&] {
                return check_new(tried, one.order, one.what);
            });
        if (fits)
            apply(trial, w.charter, one, ctx);
        else
            out.push_back({static_cast<std::int64_t>(i + 1), one.order, std::move(fits).error()});
    }
    return out;
}

result<events> decide(const world& w, const stage_orders& c, const context& ctx) {
    const order_batch* there = w.own.batches.find(c.batch);
    if (there) {
        there = VECHE_TRY(find_waiting(w, c.batch));
        if (there->body != c.body) return refuse(refusals::batch_closed, "batch", c.batch.value);
    }
    VECHE_CHECK(may_keep(w, c.body, ctx, stage_orders::wire.type));
    const std::int32_t next = there ? there->parts + 1 : 1;
    if (c.part != next) return refuse(refusals::part_out_of_order, "part", std::to_string(next));
    if (c.orders.empty() || c.orders.size() > max_part_orders)
        return refuse(refusals::rows_missing, "orders", std::to_string(max_part_orders));
    if ((there ? there->orders.size() : 0) + c.orders.size() > max_batch_orders)
        return refuse(refusals::batch_full, "orders", std::to_string(max_batch_orders));
    return events{};
}

result<events> decide(const world& w, const accept_orders& c, const context& ctx) {
    const order_batch* one = VECHE_TRY(find_waiting(w, c.batch));
    VECHE_CHECK(may_keep(w, one->body, ctx, accept_orders::wire.type));
    const auto rows = static_cast<std::int64_t>(one->orders.size());
    if (rows != c.orders)
        return refuse(refusals::rows_differ, "orders", std::to_string(rows),
                      std::to_string(c.orders));
    const auto problems = problems_of(w, one->body, one->orders, ctx);
    if (!problems.empty()) {
        const order_problem& first = problems.front();
        return refuse(refusals::rows_refused, "batch", std::to_string(problems.size()),
                      std::to_string(rows), std::to_string(first.row), first.order.value,
                      std::string(first.why.code()));
    }
    touched_kinds touched;
    for (const staged_order& each : one->orders) touched.merge(touched_by(each.what));
    return clashes_after(w, c, ctx, one->body, touched);
}

result<events> decide(const world& w, const discard_orders& c, const context& ctx) {
    const order_batch* one = VECHE_TRY(find_waiting(w, c.batch));
    VECHE_CHECK(may_keep(w, one->body, ctx, discard_orders::wire.type));
    return need_text(w, c.reason, "reason").map([] { return events{}; });
}

}  // namespace veche::prevention
