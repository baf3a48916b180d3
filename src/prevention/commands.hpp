#pragma once
// What may be asked of the register of preventive measures. The desk acts by the power
// "prevention", an office of a member by "order_measures", each in the body that keeps the
// register; a body of the union by its decision, where the charter lets it order these commands.

#include <tuple>

#include "prevention/terms.hpp"

namespace veche::prevention {

/// By an office of the member, by the desk (what a member has published), or by a decision.
struct order_measure {
    static constexpr wire_info wire{"prevention.order_measure", 1,
                                    "Record that a preventive measure was ordered."};
    order_id order;
    body_id body;
    order_terms what;
};
VECHE_FIELDS(order_measure, (order, "Short name of the order."),
             (body, "The body that keeps the register."), (what, "What it says."))

/// The same: the record was wrong. What it said before stays on the journal.
struct amend_order {
    static constexpr wire_info wire{"prevention.amend_order", 1,
                                    "Correct what the record of an order says."};
    order_id order;
    order_terms what;
    localized reason;
};
VECHE_FIELDS(amend_order, (order, "The order."), (what, "What it says, as a whole."),
             (reason, "Why, by language."))

/// The same: it holds longer.
struct extend_order {
    static constexpr wire_info wire{"prevention.extend_order", 1,
                                    "Record that an order holds longer."};
    order_id order;
    std::optional<date> to;
    legal_act act;
};
VECHE_FIELDS(extend_order, (order, "The order."),
             (to, "Its new last day; until further notice where empty."),
             (act, "The act that extends it."))

/// The same: it ends earlier than was said.
struct end_order {
    static constexpr wire_info wire{"prevention.end_order", 1, "Record that an order ends."};
    order_id order;
    date to;
    legal_act act;
};
VECHE_FIELDS(end_order, (order, "The order."), (to, "Its last day."),
             (act, "The act that ends it."))

/// The same: it never held.
struct withdraw_order {
    static constexpr wire_info wire{"prevention.withdraw_order", 1,
                                    "Take a record back: it never held."};
    order_id order;
    localized reason;
};
VECHE_FIELDS(withdraw_order, (order, "The order."), (reason, "Why, by language."))

struct staged_order {
    order_id order;
    order_terms what;
};
VECHE_FIELDS(staged_order, (order, "Short name of the order."), (what, "What it says."))

/// By the desk. Orders wait, and nothing of them holds, until the batch is accepted as a whole.
struct stage_orders {
    static constexpr wire_info wire{"prevention.stage_orders", 1,
                                    "Lay orders ready that are to be recorded together."};
    order_batch_id batch;
    body_id body;
    std::int32_t part = 1;
    std::vector<staged_order> orders;
};
VECHE_FIELDS(stage_orders, (batch, "Short name of the batch."),
             (body, "The body that keeps the register."), (part, "Number of this part, from 1."),
             (orders, "The orders."))

/// By the desk. All orders are recorded, or none.
struct accept_orders {
    static constexpr wire_info wire{"prevention.accept_orders", 1,
                                    "Record all orders of a batch, or none."};
    order_batch_id batch;
    std::int64_t orders = 0;
};
VECHE_FIELDS(accept_orders, (batch, "The batch."), (orders, "How many orders it has."))

/// By the desk.
struct discard_orders {
    static constexpr wire_info wire{"prevention.discard_orders", 1, "Put a batch away unrecorded."};
    order_batch_id batch;
    localized reason;
};
VECHE_FIELDS(discard_orders, (batch, "The batch."), (reason, "Why, by language."))

/// By an office of a member on one side of it.
struct state_position {
    static constexpr wire_info wire{"prevention.state_position", 1,
                                    "State a side's position on a clash."};
    clash_id clash;
    clash_position says{};
    localized text;
    std::optional<date> by;
};
VECHE_FIELDS(state_position, (clash, "The clash."), (says, "Position."),
             (text, "In words, by language; who accepts gives the reason."),
             (by, "The day by which it will change its order."))

/// By the desk: it comes on the agenda of that session.
struct refer_clash {
    static constexpr wire_info wire{"prevention.refer_clash", 1,
                                    "Put a clash on the agenda of a session."};
    clash_id clash;
    session_id session;
};
VECHE_FIELDS(refer_clash, (clash, "The clash."), (session, "The session."))

/// Only by a decision.
struct settle_clash {
    static constexpr wire_info wire{"prevention.settle_clash", 1, "Settle a clash by a decision."};
    clash_id clash;
    localized text;
};
VECHE_FIELDS(settle_clash, (clash, "The clash."), (text, "How, by language."))

/// By the desk: after the charter's rules have changed.
struct search_again {
    static constexpr wire_info wire{
        "prevention.search_again", 1,
        "Look for clashes in the whole register by the rules in force."};
    body_id body;
};
VECHE_FIELDS(search_again, (body, "The body that keeps the register."))

using commands = std::tuple<order_measure, amend_order, extend_order, end_order, withdraw_order,
                            stage_orders, accept_orders, discard_orders, state_position,
                            refer_clash, settle_clash, search_again>;

}  // namespace veche::prevention
