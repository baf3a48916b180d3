#pragma once
// Checks that motions and amendments share.

#include <string>

#include "assembly/checks.hpp"
#include "assembly/course_refusal.hpp"

namespace veche::assembly {

/// A holder of any seat of the body may; so may an office with the power.
template <class Command>
result<void> seat_or_power(const world& w, const body_id& body, std::string_view power,
                           const refusal_kind& why, const context& ctx) {
    if (!ctx.decision && !w.charter.seats_of(ctx.actor, body, date_of(ctx.at)).empty()) return {};
    if (require_power<Command>(w, ctx, power, body)) return {};
    return refuse(why, "", body.value);
}

template <class Command>
result<void> may_table(const world& w, const body_id& body, const context& ctx) {
    return seat_or_power<Command>(w, body, "table", refusals::may_not_table, ctx);
}

/// Whoever has a voice in the body may ask for a vote of its own on something, or on a part of it.
template <class Command>
result<void> may_ask(const world& w, const body_id& body, const context& ctx) {
    return seat_or_power<Command>(w, body, "preside", refusals::may_not_ask, ctx);
}

/// Whether decisions of the body may order the command, and its form is sound. `place` names it in
/// refusals.
result<void> check_enactment(const world&, const body_id&, const enactment&,
                             const std::string& place, instant at);

/// Whoever tabled it: the same person, or a later holder of the seat or office it was tabled under.
bool tabled_it(const world&, const person_id& by, const std::string& as, const context&);

result<void> require_tabled(const motion&, std::string field);

}  // namespace veche::assembly
