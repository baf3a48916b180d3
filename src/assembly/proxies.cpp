// Proxies: given and revoked by the holder of a seat, one level only.

#include <algorithm>

#include "assembly/casting.hpp"
#include "assembly/casting_refusal.hpp"
#include "assembly/checks.hpp"

namespace veche::assembly {

namespace {

/// The body of the session in which the seat has a vote that day, and the elector.
struct seated {
    body_id body;
    charter::elector who;
};

std::optional<seated> find_seated(const world& w, const session& s, const std::string& seat,
                                  date on) {
    std::vector<body_id> bodies{s.body};
    bodies.insert(bodies.end(), s.joint_with.begin(), s.joint_with.end());
    for (const body_id& body : bodies)
        for (charter::elector& e : w.charter.electorate(body, on))
            if (e.seat == seat) return seated{body, std::move(e)};
    return std::nullopt;
}

/// A proxy for the session and one for a vote of it meet in that vote.
bool meet(const std::optional<vote_id>& a, const std::optional<vote_id>& b) {
    return !a || !b || *a == *b;
}

result<void> check_allowed(const world& w, const give_proxy& c, const seated& from,
                           const seated& to) {
    if (c.seat == c.proxy) return refuse(refusals::proxy_to_itself, "proxy");
    if (to.body != from.body) return refuse(refusals::proxy_other_body, "proxy", c.proxy, c.seat);
    const auto& how = w.charter.find_body(from.body)->votes;
    if (!how || !how->proxies) return refuse(refusals::no_proxies, "seat", from.body.value);
    if (!how->proxies->other_members && from.who.member != to.who.member)
        return refuse(refusals::proxy_other_member, "proxy");
    return {};
}

/// One level, and no more seats than the charter says.
result<void> check_free(const world& w, const give_proxy& c, std::int32_t most, date on) {
    const auto all = proxies_in_force(w, c.session, on);
    for (const proxy* p : all)
        if (p->seat == c.seat && p->vote == c.vote)
            return refuse(refusals::proxy_given, "seat", c.seat);
    std::vector<std::string_view> represented;
    for (const proxy* p : all) {
        if (!meet(p->vote, c.vote)) continue;
        if (p->seat == c.proxy) return refuse(refusals::proxy_chain, "proxy", c.proxy);
        if (p->by == c.seat) return refuse(refusals::proxy_chain, "seat", c.seat);
        if (p->by == c.proxy && p->seat != c.seat &&
            std::find(represented.begin(), represented.end(), p->seat) == represented.end())
            represented.push_back(p->seat);
    }
    const auto already = static_cast<std::int32_t>(represented.size());
    if (already >= most)
        return refuse(refusals::proxies_full, "proxy", c.proxy, std::to_string(already));
    return {};
}

}  // namespace

result<events> decide(const world& w, const give_proxy& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    const date today = date_of(ctx.at);
    const auto from = find_seated(w, *s, c.seat, today);
    if (!from) return refuse(refusals::seat_unknown, "seat", c.seat);
    const auto to = find_seated(w, *s, c.proxy, today);
    if (!to) return refuse(refusals::seat_unknown, "proxy", c.proxy);
    const vote* v = c.vote ? w.own.votes.find(*c.vote) : nullptr;
    if (c.vote && (!v || v->session != c.session))
        return refuse(refusals::vote_unknown, "vote", c.vote->value);
    if (!w.charter.holds_seat(ctx.actor, c.seat, today))
        return refuse(refusals::seat_not_held, "seat", c.seat);
    VECHE_CHECK(check_allowed(w, c, *from, *to));
    if (v && is_over(*v, ctx.at)) return refuse(refusals::vote_closed, "vote", v->id.value);
    // A vote by correspondence may outlast its session.
    if (!v && s->over()) return refuse(refusals::session_over, "session", s->id.value);
    if (to->who.holder.empty()) return refuse(refusals::seat_vacant, "proxy", c.proxy);
    VECHE_CHECK(check_free(w, c, w.charter.find_body(from->body)->votes->proxies->most, today));
    return events{};
}

result<events> decide(const world& w, const revoke_proxy& c, const context& ctx) {
    VECHE_TRY(known_session(w.own, c.session, "session"));
    const date today = date_of(ctx.at);
    const auto all = proxies_in_force(w, c.session, today);
    if (std::none_of(all.begin(), all.end(),
                     [&](const proxy* p) { return p->seat == c.seat && p->vote == c.vote; }))
        return refuse(refusals::proxy_unknown, "seat", c.seat);
    if (!w.charter.holds_seat(ctx.actor, c.seat, today))
        return refuse(refusals::seat_not_held, "seat", c.seat);
    return events{};
}

void apply(state& s, const charter::state&, const give_proxy& c, const context& ctx) {
    if (!s.proxies.contains(c.session)) s.proxies.insert(c.session, {});
    auto& all = s.proxies.edit(c.session);
    // What a former holder of the seat gave has lapsed.
    std::erase_if(all, [&](const proxy& p) { return p.seat == c.seat && p.vote == c.vote; });
    all.push_back({c.seat, c.proxy, c.vote, ctx.actor, ctx.at, ctx.seq});
}

void apply(state& s, const charter::state&, const revoke_proxy& c, const context&) {
    std::erase_if(s.proxies.edit(c.session),
                  [&](const proxy& p) { return p.seat == c.seat && p.vote == c.vote; });
}

}  // namespace veche::assembly
