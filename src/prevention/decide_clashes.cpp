// Clashes: what both sides say, where they are dealt with, how they are settled.

#include <algorithm>

#include "prevention/checks.hpp"
#include "prevention/search.hpp"

namespace veche::prevention {
namespace {

/// What the side said last since the case was opened, or opened again.
std::optional<clash_position> last_of(const clash_case& one, const charter::state& charter,
                                      const member_id& member) {
    std::uint64_t since = one.found.done.seq;
    for (const clash_step& each : one.changes)
        if (each.says.due) since = each.done.seq;
    std::optional<clash_position> out;
    for (const auto& each : one.positions) {
        const charter::office* held = charter.find_office({each.done.as});
        if (held && held->member == member && each.done.seq > since) out = each.what.says;
    }
    return out;
}

}  // namespace

result<events> decide(const world& w, const state_position& c, const context& ctx) {
    const clash_case* one = VECHE_TRY(find_open_clash(w, c.clash));
    const clash_found& found = one->found.what;
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const bool of_a = orders_for(w, found.body, found.a.member, ctx, state_position::wire.type);
    const bool of_b = orders_for(w, found.body, found.b.member, ctx, state_position::wire.type);
    if (!of_a && !of_b)
        return refuse(refusals::not_side, {}, found.a.member.value, found.b.member.value);
    VECHE_CHECK(need_text(w, c.text, "text"));
    const date today = date_of(ctx.at);
    if (c.by && *c.by < today) return refuse(refusals::due_past, "by", to_text(today));
    const member_id& other = of_a ? found.b.member : found.a.member;
    events out;
    if (c.says == clash_position::accepts &&
        last_of(*one, w.charter, other) == clash_position::accepts)
        out.push_back(make_event(clash_accepted{c.clash}));
    return out;
}

result<events> decide(const world& w, const refer_clash& c, const context& ctx) {
    const clash_case* one = VECHE_TRY(find_open_clash(w, c.clash));
    VECHE_CHECK(may_keep(w, one->found.what.body, ctx, refer_clash::wire.type));
    return events{};
}

result<events> decide(const world& w, const settle_clash& c, const context& ctx) {
    VECHE_TRY(find_open_clash(w, c.clash));
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    VECHE_CHECK(charter::require(w.charter, ctx, "", ctx.decision->body, settle_clash::wire.type));
    VECHE_CHECK(need_text(w, c.text, "text"));
    return events{};
}

result<events> decide(const world& w, const search_again& c, const context& ctx) {
    VECHE_CHECK(may_keep(w, c.body, ctx, search_again::wire.type));
    return follow_all_clashes(w.charter, w.own, c.body, date_of(ctx.at));
}

}  // namespace veche::prevention
