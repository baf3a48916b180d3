// The one gate of authority.

#include <algorithm>

#include "charter/charter.hpp"
#include "charter/patterns.hpp"
#include "charter/refusal.hpp"

namespace veche::charter {

namespace {

result<void> check_decision(const state& s, const decision_authority& by,
                            std::string_view command_type) {
    const body* deciding = s.find_body(by.body);
    if (!deciding) return refuse(refusals::body_unknown, {}, by.body.value);
    // The charter alone says who changes it; no list of a body can add to that.
    const bool may = command_type == amend_type
                         ? s.document().amendment && s.document().amendment->body == by.body
                         : names_command(deciding->enacts, command_type);
    if (!may) return refuse(refusals::may_not_order, {}, by.body.value, std::string(command_type));
    return {};
}

bool reaches(const office& held, const body_id& body) {
    return held.body == body ||
           std::find(held.over.begin(), held.over.end(), body) != held.over.end();
}

}  // namespace

bool is_command_pattern(std::string_view pattern) {
    if (pattern == "*") return true;
    const auto dot = pattern.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == pattern.size()) return false;
    const auto is_name = [](std::string_view name) {
        return std::all_of(name.begin(), name.end(),
                           [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    };
    const std::string_view command = pattern.substr(dot + 1);
    return is_name(pattern.substr(0, dot)) && (command == "*" || is_name(command));
}

bool names_command(std::span<const std::string> patterns, std::string_view type) {
    return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view pattern) {
        if (pattern == "*" || pattern == type) return true;
        if (!pattern.ends_with(".*")) return false;
        pattern.remove_suffix(1);  // the room and its dot stay
        return type.size() > pattern.size() && type.starts_with(pattern);
    });
}

result<void> require(const state& s, const context& ctx, std::string_view power,
                     const body_id& body, std::string_view command_type) {
    if (!s.founded()) return refuse(refusals::not_founded);
    if (!s.find_body(body)) return refuse(refusals::body_unknown, {}, body.value);
    if (ctx.decision) return check_decision(s, *ctx.decision, command_type);
    const date today = date_of(ctx.at);
    const office_id as{ctx.auth};
    if (s.holds_office(ctx.actor, as, today)) {
        const office* held = s.find_office(as);
        const bool has = power.empty() || std::find(held->powers.begin(), held->powers.end(),
                                                    power) != held->powers.end();
        if (has && reaches(*held, body)) return {};
    } else if (s.holds_seat(ctx.actor, ctx.auth, today)) {
        // A seat is a voice in its body and gives no powers beyond.
        const seat* held = s.find_seat(ctx.auth);
        if (power.empty() && held && held->body == body) return {};
    } else {
        return refuse(refusals::not_in_office, "auth", ctx.auth);
    }
    return refuse(refusals::power_missing, "auth", ctx.auth, std::string(power), body.value);
}

}  // namespace veche::charter
