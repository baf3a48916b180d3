#include "assembly/casting.hpp"

#include <algorithm>

#include "assembly/casting_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/reactions.hpp"
#include "assembly/refusal.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

constexpr std::int64_t ms_per_hour = 3'600'000;

bool presence_matters(const session& s, const vote& v) {
    return s.presence_kept && !v.written;
}

}  // namespace

bool is_over(const vote& v, instant at) {
    return over_since(v, at).has_value();
}

std::optional<instant> over_since(const vote& v, instant at) {
    if (v.status == vote_status::closed) return v.closed;
    if (v.closes && *v.closes <= at) return v.closes;
    return std::nullopt;
}

bool decides_after_corrections(const vote& v) {
    // Nobody can correct what was counted without names.
    const auto& how = v.roll->procedure.corrections;
    return how && how->decide && !v.counted;
}

std::optional<instant> corrections_end(const vote& v, instant at) {
    const auto& how = v.roll->procedure.corrections;
    const auto since = over_since(v, at);
    if (!how || !since || v.counted) return std::nullopt;
    return instant{since->ms + how->hours * ms_per_hour};
}

instant due_time(const vote& v) {
    const auto since = v.status == vote_status::closed ? v.closed : v.closes;
    if (!since) return never;
    if (!decides_after_corrections(v)) return *since;
    return {since->ms + v.roll->procedure.corrections->hours * ms_per_hour};
}

const correction* corrected(const vote& v, std::uint32_t position) {
    const auto found =
        std::find_if(v.corrections.rbegin(), v.corrections.rend(),
                     [&](const correction& one) { return one.position == position; });
    return found == v.corrections.rend() ? nullptr : &*found;
}

charter::ballot counting_ballot(const vote& v, std::uint32_t position) {
    if (decides_after_corrections(v))
        if (const correction* meant = corrected(v, position)) return as_ballot(meant->choice);
    return v.marks[position].ballot;
}

const objection* objection_of(const vote& v, std::uint32_t position) {
    const auto found = std::find_if(v.objections.begin(), v.objections.end(),
                                    [&](const objection& o) { return o.position == position; });
    return found == v.objections.end() ? nullptr : &*found;
}

std::optional<charter::hand_entry> hands_of(const vote& v) {
    if (v.counted) return charter::hand_entry::counted;
    if (std::any_of(v.marks.begin(), v.marks.end(),
                    [](const cast_mark& m) { return m.how == cast_how::hand; }))
        return charter::hand_entry::named;
    return std::nullopt;
}

std::int32_t hands_possible(const world& w, const vote& v, date on) {
    const session& s = *w.own.sessions.find(v.session);
    std::int32_t possible = 0;
    for (std::size_t i = 0; i < v.marks.size(); ++i) {
        const charter::elector& e = v.roll->electors[i];
        if (e.holder.empty() || v.marks[i].ballot == charter::ballot::excluded) continue;
        bool can = !presence_matters(s, v) || s.is_present(e.seat);
        if (!can)
            if (const proxy* p = proxy_in_force(w, v, e.seat, on)) can = s.is_present(p->by);
        if (can) ++possible;
    }
    return possible;
}

std::vector<const proxy*> proxies_in_force(const world& w, const session_id& id, date on) {
    std::vector<const proxy*> out;
    const auto* all = w.own.proxies.find(id);
    if (all == nullptr) return out;
    for (const proxy& one : *all)
        if (w.charter.holds_seat(one.giver, one.seat, on)) out.push_back(&one);
    return out;
}

const proxy* proxy_in_force(const world& w, const vote& v, std::string_view seat, date on) {
    const proxy* found = nullptr;
    for (const proxy* one : proxies_in_force(w, v.session, on)) {
        if (one->seat != seat || (one->vote && *one->vote != v.id)) continue;
        if (!found || one->vote) found = one;
    }
    return found;
}

result<caster> check_casting(const world& w, const vote& v, const std::string& seat,
                             const context& ctx) {
    const auto position = v.roll->find(seat);
    if (!position) return refuse(refusals::seat_unknown, "seat", seat);
    caster out{*position};
    const date today = date_of(ctx.at);
    if (!w.charter.holds_seat(ctx.actor, seat, today)) {
        out.by_proxy = ctx.actor.empty() ? nullptr : proxy_in_force(w, v, seat, today);
        if (!out.by_proxy || !w.charter.holds_seat(ctx.actor, out.by_proxy->by, today))
            return refuse(refusals::seat_not_held, "seat", seat);
    }
    if (is_over(v, ctx.at)) return refuse(refusals::vote_closed, "vote", v.id.value);
    if (v.marks[*position].ballot == charter::ballot::excluded)
        return refuse(refusals::stands_aside, "seat", seat);
    const session& s = *w.own.sessions.find(v.session);
    const std::string& here = out.by_proxy ? out.by_proxy->by : seat;
    if (presence_matters(s, v) && !s.is_present(here))
        return refuse(refusals::not_present, "seat", here);
    if (v.counted) return refuse(refusals::counted_by_hands, "vote", v.id.value);
    if (out.by_proxy && has_cast(v.marks[*position]) && v.marks[*position].how == cast_how::own)
        return refuse(refusals::voted_itself, "seat", seat);
    return out;
}

result<void> check_choice(const vote& v, vote_choice choice, const std::string& field) {
    if (v.no_abstention && choice == vote_choice::abstain)
        return refuse(refusals::no_abstention, field);
    return {};
}

std::optional<event> return_motion(const state& s, const motion_id& id, const session_id& to) {
    const session& on = *s.sessions.find(to);
    if (on.agenda.size() >= limits::items) return std::nullopt;
    motion_returned e{id, to, {}};
    for (int n = 1; e.item.empty() || on.find_item(e.item); ++n)
        e.item = {"returned-" + std::to_string(n)};
    return make_event(e);
}

}  // namespace veche::assembly
