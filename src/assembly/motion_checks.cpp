#include "assembly/motion_checks.hpp"

namespace veche::assembly {

namespace {

/// Asked of the one gate of authority, as if the decision had been taken already.
bool may_order(const world& w, const body_id& body, const std::string& type, instant at) {
    context as_decision;
    as_decision.at = at;
    as_decision.decision = decision_authority{{}, body, {}};
    return charter::require(w.charter, as_decision, "", body, type).has_value();
}

}  // namespace

result<void> check_enactment(const world& w, const body_id& body, const enactment& e,
                             const std::string& place, instant at) {
    if (e.type.empty()) return refuse(refusals::enactment_malformed, place + ".type");
    if (e.v < 1) return refuse(refusals::enactment_malformed, place + ".v");
    if (!e.body.bytes.starts_with('{'))
        return refuse(refusals::enactment_malformed, place + ".body");
    if (!may_order(w, body, e.type, at))
        return refuse(refusals::enactment_not_allowed, place + ".type", body.value, e.type);
    return {};
}

bool tabled_it(const world& w, const person_id& by, const std::string& as, const context& ctx) {
    if (ctx.decision || ctx.actor.empty()) return false;
    const date today = date_of(ctx.at);
    return ctx.actor == by || w.charter.holds_seat(ctx.actor, as, today) ||
           w.charter.holds_office(ctx.actor, office_id{as}, today);
}

result<void> require_tabled(const motion& m, std::string field) {
    if (m.status == motion_status::tabled) return {};
    return refuse(refusals::motion_not_tabled, std::move(field), m.id.value,
                  std::string(name_of(m.status)));
}

}  // namespace veche::assembly
