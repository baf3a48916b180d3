#include "calls/viewing.hpp"

#include <algorithm>

#include "calls/checks.hpp"

namespace veche::calls {

bool has_power(const world& w, const call& c, const viewer& who, std::string_view power) {
    if (who.person.empty()) return false;
    const auto held = w.charter.offices_of(who.person, date_of(who.now));
    return std::any_of(held.begin(), held.end(), [&](const charter::office* one) {
        const bool reaches =
            one->body == c.asked.body ||
            std::find(one->over.begin(), one->over.end(), c.asked.body) != one->over.end();
        return reaches &&
               std::find(one->powers.begin(), one->powers.end(), power) != one->powers.end();
    });
}

result<const call*> led_call(const world& w, const call_id& id, const viewer& who) {
    const call* c = VECHE_TRY(find_call(w, id));
    for (const std::string_view power : {"calls", "appeals", "audit"})
        if (has_power(w, *c, who, power)) return c;
    return refuse(refusals::not_yours, "call");
}

call_row row_of(const world& w, const call& c, instant now) {
    call_row row;
    row.call = c.asked.call;
    row.kind = c.asked.kind;
    row.title = c.asked.title;
    row.body = c.asked.body;
    if (const auto* body = w.charter.find_body(c.asked.body)) row.body_name = body->name;
    row.stage = stage_of(c, now);
    row.opens = c.asked.opens;
    row.closes = c.asked.closes;
    row.applications = c.applications;
    for (const programme_plan& one : c.asked.programmes) row.places += one.capacity;
    row.budget = c.asked.budget;
    if (c.asked.shares) {
        row.places = c.asked.shares->places.value_or(0);
        row.budget = c.asked.shares->of;
    }
    if (c.asked.voting) row.votes_until = c.asked.voting->votes_until;
    if (c.concluded) row.left = c.concluded->left;
    return row;
}

std::vector<todo> todo_of(const call& c, const application& a, instant now,
                          std::optional<instant>& until) {
    std::vector<todo> out;
    const auto add = [&](todo what, instant by) {
        out.push_back(what);
        if (!until || by < *until) until = by;
    };
    if (stage_of(c, now) == call_stage::open)
        add(a.withdrawn ? todo::apply : todo::change, c.asked.closes);
    if (a.withdrawn || c.concluded) return out;
    for (const offer& one : a.offers)
        if (one.status == offer_status::open) {
            if (std::find(out.begin(), out.end(), todo::answer) == out.end())
                out.push_back(todo::answer);
            until = std::min(until.value_or(one.until), one.until);
        }
    const auto appeals = appeals_until(c);
    if (!a.appeal && appeals && now < *appeals) add(todo::appeal, *appeals);
    const bool judged = a.eligible == eligibility::ineligible || !a.refused_groups.empty() ||
                        !a.refused_skills.empty() || !a.mended_features.empty();
    if (!a.appeal && !appeals && judged) out.push_back(todo::appeal);
    if (out.empty() && !a.held()) out.push_back(todo::wait);
    return out;
}

}  // namespace veche::calls
