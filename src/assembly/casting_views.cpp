#include "assembly/casting_views.hpp"

#include <algorithm>

#include "assembly/casting.hpp"
#include "assembly/tally.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

std::vector<objection_view> show_objections(const world& w, const vote& v) {
    std::vector<objection_view> out;
    for (const objection& one : v.objections) {
        const std::string& seat = v.roll->electors[one.position].seat;
        out.push_back({seat, w.charter.name_of_seat(seat), one.reason, one.at,
                       static_cast<std::int64_t>(one.seq)});
    }
    return out;
}

std::vector<correction_view> show_corrections(const world& w, const vote& v) {
    std::vector<correction_view> out;
    for (const correction& one : v.corrections) {
        const std::string& seat = v.roll->electors[one.position].seat;
        out.push_back({seat, w.charter.name_of_seat(seat), v.marks[one.position].ballot, one.choice,
                       one.reason, one.at, static_cast<std::int64_t>(one.seq)});
    }
    return out;
}

ballot_counts with_corrections(const vote& v) {
    ballot_counts counts;
    for (std::uint32_t i = 0; i < v.marks.size(); ++i) {
        const correction* meant = corrected(v, i);
        count_ballot(counts, meant ? as_ballot(meant->choice) : v.marks[i].ballot);
    }
    return counts;
}

/// What the chair may enter now, if the viewer is that.
std::vector<charter::hand_entry> may_enter(const vote& v, const viewer_means& means, instant now) {
    std::vector<charter::hand_entry> out;
    if (is_over(v, now) || !has_power(means, "preside", v.body)) return out;
    for (const charter::hand_entry how : v.roll->procedure.hands) {
        const bool counts_do =
            charter::needs_names(v.roll->rule, v.roll->blocs) == charter::names_needed::no &&
            std::none_of(v.marks.begin(), v.marks.end(), has_cast);
        if (how == charter::hand_entry::named || counts_do) out.push_back(how);
    }
    return out;
}

/// Asked of the command itself, under the viewer's office.
bool may_put_again(const world& w, const vote& v, const viewer& who, const viewer_means& means) {
    const motion& m = *w.own.motions.find(v.motion);
    if (!v.result || !v.asks_motion() || m.votes.back() != v.id) return false;
    const auto office = std::find_if(
        means.powers.begin(), means.powers.end(),
        [&](const office_power& p) { return p.power == "preside" && p.body == v.body; });
    if (office == means.powers.end()) return false;
    context as_chair;
    as_chair.at = who.now;
    as_chair.actor = who.person;
    as_chair.auth = office->office.value;
    open_next_round next;
    next.motion = v.motion;
    return decide(w, next, as_chair).has_value();
}

std::optional<vote_id> round_after(const world& w, const vote& v) {
    for (const vote_id& id : w.own.motions.find(v.motion)->votes)
        if (w.own.votes.find(id)->before == v.id) return id;
    return std::nullopt;
}

}  // namespace

casting_view show_casting(const world& w, const vote& v, const viewer& who,
                          const viewer_means& means) {
    const auto& how = v.roll->procedure;
    casting_view out;
    out.hands = hands_of(v);
    out.may_enter = may_enter(v, means, who.now);
    if (!out.may_enter.empty()) out.hands_possible = hands_possible(w, v, date_of(who.now));
    if (how.split && charter::may_split(v.roll->rule, *how.split, v.roll->blocs))
        out.split = how.split;
    out.silence = v.roll->rule.silence.has_value();
    out.objections = show_objections(w, v);
    out.written = v.written;
    out.before = v.before;
    out.after = round_after(w, v);
    if (out.before || out.after) out.round = v.round;
    out.no_abstention = v.no_abstention;
    out.next_round = may_put_again(w, v, who, means);
    out.corrections = show_corrections(w, v);
    if (!v.corrections.empty()) out.corrected = with_corrections(v);
    out.corrections_end = corrections_end(v, who.now);
    out.corrections_decide = decides_after_corrections(v);
    if (how.proxies) out.proxies_in_quorum = how.proxies->quorum;
    return out;
}

std::vector<proxy_view> show_proxies(const world& w, const session& s, const viewer& who) {
    const date day = date_of(s.closed.value_or(who.now));
    std::vector<proxy_view> out;
    for (const proxy* one : proxies_in_force(w, s.id, day)) {
        proxy_view& shown = out.emplace_back();
        shown.seat = one->seat;
        shown.name = w.charter.name_of_seat(one->seat);
        shown.by = one->by;
        shown.by_name = w.charter.name_of_seat(one->by);
        shown.vote = one->vote;
        shown.at = one->at;
        shown.own = !who.person.empty() && w.charter.holds_seat(who.person, one->seat, day);
        shown.seq = static_cast<std::int64_t>(one->seq);
    }
    return out;
}

bool knows_proxies(const charter::state& charter, const body_id& id) {
    const charter::body* body = charter.find_body(id);
    return body && body->votes && body->votes->proxies;
}

}  // namespace veche::assembly
