#include "calls/checks.hpp"

#include <algorithm>

#include "kernel/hash.hpp"

namespace veche::calls {

result<void> by_decision(const world& w, const context& ctx, std::string_view type) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    return charter::require(w.charter, ctx, "", ctx.decision->body, type);
}

result<void> by_officer(const world& w, const call& c, const context& ctx, std::string_view power,
                        std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    return charter::require(w.charter, ctx, power, c.asked.body, type);
}

result<void> by_applicant(const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (ctx.actor.empty() || ctx.auth != ctx.actor.value) return refuse(refusals::not_for_oneself);
    return {};
}

result<const call*> find_call(const world& w, const call_id& id) {
    if (const call* c = w.own.calls.find(id)) return c;
    return refuse(refusals::call_unknown, "call", id.value);
}

result<const application*> find_application(const world& w, const call_id& id,
                                            const person_id& applicant) {
    if (const application* a = w.own.find(id, applicant)) return a;
    return refuse(refusals::application_unknown, "applicant", applicant.value);
}

result<const application*> own_application(const world& w, const call_id& id, const context& ctx) {
    const application* a = w.own.find(id, ctx.actor);
    if (!a) return refuse(refusals::application_unknown, "call", ctx.actor.value);
    if (a->withdrawn) return refuse(refusals::withdrawn_already, "call");
    return a;
}

result<void> check_before_run(const call& c) {
    if (c.was_run()) return refuse(refusals::allocated_already, "call");
    return {};
}

result<void> check_not_settled(const call& c) {
    if (c.settled && !c.was_run())
        return refuse(refusals::list_settled, "call", to_text(*c.settled));
    return {};
}

result<void> check_closed(const call& c) {
    if (!c.closed) return refuse(refusals::not_closed, "call", to_text(c.asked.closes));
    return {};
}

result<void> check_not_concluded(const call& c) {
    if (c.concluded) return refuse(refusals::concluded_already, "call", c.asked.call.value);
    return {};
}

result<void> check_text(const world& w, const localized& text, const std::string& field,
                        std::size_t limit) {
    return charter::check_text(w.charter, text, field, limit, refusals::text_too_long);
}

result<void> check_range(std::int64_t value, const std::string& field, std::int64_t from,
                         std::int64_t to) {
    if (value < from || value > to)
        return refuse(refusals::number_out_of_range, field, std::to_string(from),
                      std::to_string(to));
    return {};
}

result<void> check_hex(const std::string& text, const std::string& field) {
    if (!hash_from_hex(text)) return refuse(refusals::hash_malformed, field);
    return {};
}

}  // namespace veche::calls
