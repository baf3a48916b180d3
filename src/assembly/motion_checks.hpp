#pragma once
// Checks that motions and amendments share.

#include <string>

#include "assembly/checks.hpp"

namespace veche::assembly {

/// A holder of any seat of the body may table; so may an office with the power.
template <class Command>
result<void> may_table(const world& w, const body_id& body, const context& ctx) {
    if (!ctx.decision && !w.charter.seats_of(ctx.actor, body, date_of(ctx.at)).empty()) return {};
    if (require_power<Command>(w, ctx, "table", body)) return {};
    return refuse(refusals::may_not_table, "", body.value);
}

/// Whether decisions of the body may order the command, and its form is sound. `place` names it in
/// refusals.
result<void> check_enactment(const world&, const body_id&, const enactment&,
                             const std::string& place, instant at);

/// Whoever tabled it: the same person, or a later holder of the seat or office it was tabled under.
bool tabled_it(const world&, const person_id& by, const std::string& as, const context&);

result<void> require_tabled(const motion&, std::string field);

}  // namespace veche::assembly
