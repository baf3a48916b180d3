#include "assembly/supporters.hpp"

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"

namespace veche::assembly {

namespace {

/// What is supported: the amendment where one is named.
struct supported {
    const motion* of = nullptr;
    const amendment* amends = nullptr;
    [[nodiscard]] const support& given() const { return amends ? amends->support : of->support; }
    [[nodiscard]] const std::string& tabled_as() const {
        return amends ? amends->tabled_as : of->tabled_as;
    }
};

template <class Command>
result<supported> find_supported(const world& w, const Command& c) {
    supported found;
    found.of = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    if (!c.amendment) return found;
    found.amends = w.own.amendments.find(*c.amendment);
    if (!found.amends || found.amends->motion != c.motion)
        return refuse(refusals::amendment_unknown, "amendment", c.amendment->value);
    return found;
}

/// The actor holds that seat of the body today.
result<void> check_seat(const world& w, const body_id& body, const std::string& seat,
                        const context& ctx) {
    const charter::seat* known = w.charter.find_seat(seat);
    if (!known || known->body != body) return refuse(refusals::seat_unknown, "seat", seat);
    if (!w.charter.holds_seat(ctx.actor, seat, date_of(ctx.at)))
        return refuse(refusals::seat_not_held, "seat", seat);
    return {};
}

/// Both still wait for their vote.
result<void> check_waiting(const world& w, const supported& what) {
    const session& s = *w.own.sessions.find(what.of->session);
    if (s.over()) return refuse(refusals::session_over, "motion", s.id.value);
    VECHE_CHECK(require_tabled(*what.of, "motion"));
    if (what.amends && !waits(*what.amends))
        return refuse(refusals::amendment_not_tabled, "amendment", what.amends->id.value,
                      std::string(name_of(what.amends->status)));
    return {};
}

template <class Command>
support& edit_support(state& s, const Command& c) {
    return c.amendment ? s.amendments.edit(*c.amendment).support : s.motions.edit(c.motion).support;
}

}  // namespace

const supporter* support::find(std::string_view seat) const {
    const auto at =
        std::find_if(by.begin(), by.end(), [&](const supporter& one) { return one.seat == seat; });
    return at == by.end() ? nullptr : &*at;
}

result<void> check_support(const motion& m, const amendment* a) {
    const support& given = a ? a->support : m.support;
    if (given.enough()) return {};
    return refuse(refusals::supporters_missing, a ? "amendment" : "motion",
                  a ? a->id.value : m.id.value, std::to_string(given.by.size()),
                  std::to_string(given.needed));
}

result<events> decide(const world& w, const support_motion& c, const context& ctx) {
    const supported what = VECHE_TRY(find_supported(w, c));
    VECHE_CHECK(check_seat(w, what.of->body, c.seat, ctx));
    if (c.seat == what.tabled_as()) return refuse(refusals::supports_itself, "seat", c.seat);
    VECHE_CHECK(check_waiting(w, what));
    if (what.given().find(c.seat)) return refuse(refusals::supports_already, "seat", c.seat);
    return events{};
}

result<events> decide(const world& w, const withdraw_support& c, const context& ctx) {
    const supported what = VECHE_TRY(find_supported(w, c));
    VECHE_CHECK(check_seat(w, what.of->body, c.seat, ctx));
    VECHE_CHECK(check_waiting(w, what));
    if (!what.given().find(c.seat)) return refuse(refusals::supports_not, "seat", c.seat);
    return events{};
}

void apply(state& s, const charter::state&, const support_motion& c, const context& ctx) {
    edit_support(s, c).by.push_back({c.seat, ctx.actor, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const withdraw_support& c, const context&) {
    std::erase_if(edit_support(s, c).by, [&](const supporter& one) { return one.seat == c.seat; });
}

}  // namespace veche::assembly
