// Places and how many people live in them.

#include <algorithm>

#include "registry/checks.hpp"

namespace veche::registry {
namespace {

/// Walking outwards from the place around it, one must not come back to the place itself.
result<void> check_around(const world& w, const record_place& c) {
    for (std::optional<place_id> at = c.within; at;) {
        if (*at == c.place) return refuse(refusals::within_itself, "within");
        const place* one = VECHE_TRY(find_place(w, *at, "within"));
        at = one->what.within;
    }
    return {};
}

result<void> check_member(const world& w, const record_place& c) {
    if (!c.member) return {};
    if (!w.charter.find_member(*c.member))
        return refuse(refusals::member_unknown, "member", c.member->value);
    const auto around = c.within ? member_of(w.own, *c.within) : std::nullopt;
    if (around && *around != *c.member)
        return refuse(refusals::member_differs, "member", c.member->value, c.within->value,
                      around->value);
    return {};
}

result<void> check_position(const record_place& c) {
    constexpr std::int32_t degree = 1'000'000;
    if (!c.at) return {};
    if (std::abs(c.at->latitude) > 90 * degree)
        return refuse(refusals::point_outside, "at.latitude");
    if (std::abs(c.at->longitude) > 180 * degree)
        return refuse(refusals::point_outside, "at.longitude");
    return {};
}

result<void> check_followers(const world& w, const record_place& c) {
    if (c.followed_by.empty()) return {};
    if (!c.until) return refuse(refusals::still_there, "followed_by");
    if (c.followed_by.size() > max_list)
        return refuse(refusals::text_too_long, "followed_by", std::to_string(max_list));
    for (std::size_t i = 0; i < c.followed_by.size(); ++i) {
        const std::string field = "followed_by." + std::to_string(i);
        if (c.followed_by[i] == c.place) return refuse(refusals::followed_by_itself, field);
        (void)VECHE_TRY(find_place(w, c.followed_by[i], field));
    }
    return {};
}

result<void> check_free(const world& w, const record_place& c) {
    for (std::size_t i = 0; i < c.codes.size(); ++i) {
        const place_id* has = w.own.place_codes.find(c.codes[i]);
        if (has && *has != c.place)
            return refuse(refusals::code_taken, "codes." + std::to_string(i) + ".value",
                          c.codes[i].value, has->value);
    }
    return {};
}

}  // namespace

result<events> decide(const world& w, const record_place& c, const context& ctx) {
    VECHE_CHECK(may_record(w, c.body, ctx, record_place::wire.type));
    VECHE_CHECK(check_reason(w, w.own.places.contains(c.place), c.place.value, c.reason));
    VECHE_CHECK(check_names(w, c.names, "names"));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_span(c.from, c.until));
    VECHE_CHECK(check_codes(c.codes));
    VECHE_CHECK(check_free(w, c));
    VECHE_CHECK(check_around(w, c));
    VECHE_CHECK(check_member(w, c));
    if (c.capital_of) (void)VECHE_TRY(find_place(w, *c.capital_of, "capital_of"));
    VECHE_CHECK(check_position(c));
    VECHE_CHECK(check_followers(w, c));
    return events{};
}

result<events> decide(const world& w, const record_population& c, const context& ctx) {
    constexpr std::int64_t most = 10'000'000'000;
    const place* of = VECHE_TRY(find_place(w, c.place, "place"));
    VECHE_CHECK(may_record(w, c.body, ctx, record_population::wire.type));
    const bool there = std::any_of(of->population.begin(), of->population.end(),
                                   [&](const record_population& one) { return one.on == c.on; });
    VECHE_CHECK(check_reason(w, there, c.place.value + ", " + c.on.substr(0, 10), c.reason));
    VECHE_CHECK(check_source(c.source, ctx));
    VECHE_CHECK(check_past(c.on, "on", ctx));
    if (c.people < 0 || c.people > most) return refuse(refusals::people_impossible, "people");
    return events{};
}

}  // namespace veche::registry
