#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/refusal.hpp"
#include "assembly/secret_votes.hpp"
#include "assembly/tally.hpp"
#include "assembly/view_making.hpp"
#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"

namespace veche::assembly {

namespace {

seat_ballot_view show_seat(const charter::state& charter, const vote& v, std::uint32_t position) {
    const charter::elector& elector = v.roll->electors[position];
    const cast_mark& mark = v.marks[position];
    seat_ballot_view out;
    out.seat = elector.seat;
    out.name = charter.name_of_seat(elector.seat);
    out.vacant = elector.holder.empty();
    if (!out.vacant) {
        out.holder = elector.holder;
        out.holder_title = charter.title_of(elector.holder);
    }
    out.ballot = mark.ballot;
    out.cast = has_cast(mark);
    if (out.cast) out.seq = static_cast<std::int64_t>(mark.seq);
    if (out.cast && mark.how != cast_how::own) out.how = mark.how;
    if (const auto split = v.splits.find(position); split != v.splits.end())
        out.votes = split->second;
    if (const auto by = v.cast_by.find(position); by != v.cast_by.end()) out.proxy = by->second;
    if (const correction* meant = v.corrections.empty() ? nullptr : corrected(v, position)) {
        out.corrected = meant->choice;
        out.corrected_seq = static_cast<std::int64_t>(meant->seq);
    }
    return out;
}

/// Seats by member, members in the order in which the charter first names them.
std::vector<delegation_view> show_delegations(const world& w, const vote& v) {
    std::vector<delegation_view> out;
    std::map<member_id, std::size_t> place;
    if (v.counted) return out;  // nobody is named
    for (std::uint32_t i = 0; i < v.marks.size(); ++i) {
        const charter::elector& elector = v.roll->electors[i];
        const auto [at, fresh] = place.try_emplace(elector.member, out.size());
        if (fresh) {
            delegation_view& made = out.emplace_back();
            if (!elector.member.empty()) made.member = elector.member;
            if (const auto* member = w.charter.find_member(elector.member))
                made.name = member->name;
        }
        delegation_view& delegation = out[at->second];
        delegation.seats.push_back(show_seat(w.charter, v, i));
        count_ballot(delegation.counts, counting_ballot(v, i));
    }
    return out;
}

std::optional<result_view> show_result(const world& w, const vote& v, vote_detail detail) {
    if (!v.result) return std::nullopt;
    result_view out;
    out.outcome = v.result->outcome;
    out.decided = due_time(v);
    out.closed = v.result->closed;
    out.chair = v.chair;
    auto verdict = explain(v, detail == vote_detail::alone);
    out.reasons = charter::sentences(verdict);
    out.sentence = std::move(verdict.sentence);
    out.lines = std::move(verdict.reasons);
    out.margins = std::move(verdict.margins);
    out.blocs = v.result->blocs;
    // Each motion of a bundle has a decision of its own, which the bundle shows.
    if (v.asks_motion()) out.decision = w.own.motions.find(v.motion)->decision;
    out.seq = static_cast<std::int64_t>(v.decided_seq);
    return out;
}

own_seat show_own(const world& w, const vote& v, const std::string& seat, const std::string& auth,
                  instant now) {
    const std::uint32_t position = *v.roll->find(seat);
    const session& s = *w.own.sessions.find(v.session);
    const cast_mark& mark = v.marks[position];
    own_seat shown;
    shown.seat = seat;
    shown.auth = auth;
    shown.by_proxy = seat != auth;
    shown.name = w.charter.name_of_seat(seat);
    shown.cast = choice_of(mark);
    shown.has_cast = has_cast(mark);
    shown.must_register = s.presence_kept && !v.written && !s.is_present(auth);
    const bool done_itself = shown.by_proxy && shown.has_cast && mark.how == cast_how::own;
    shown.may_cast = !is_over(v, now) && !shown.must_register && !v.counted && !done_itself;
    const auto& split = v.roll->procedure.split;
    const auto& weights = v.roll->electors[position].weights;
    if (split && charter::may_split(v.roll->rule, *split, v.roll->blocs))
        if (const auto has = weights.find(*split); has != weights.end() && has->second > 1)
            shown.weight = has->second;
    if (const auto votes = v.splits.find(position); votes != v.splits.end())
        shown.votes = votes->second;
    const auto end = corrections_end(v, now);
    shown.may_correct = end && now < *end && !shown.by_proxy && shown.has_cast;
    if (const correction* meant = corrected(v, position)) shown.corrected = meant->choice;
    return shown;
}

/// What Yes does to each of a bundle's motions, their orders one after another.
void show_bundle(const world& w, const vote& v, const viewer& who, vote_view& out) {
    const bundle& b = *w.own.bundles.find(*v.bundle);
    out.bundle = show(w, b, who);
    if (!b.amendments.empty()) return;
    for (const motion_id& id : b.motions) {
        const motion& m = *w.own.motions.find(id);
        const decision* d = m.decision ? w.own.decisions.find(*m.decision) : nullptr;
        auto orders =
            show_enactments(m.enactments, d ? std::span<const std::uint64_t>(d->carried_out)
                                            : std::span<const std::uint64_t>());
        for (enactment_view& order : orders) {
            order.number = static_cast<std::int32_t>(out.enactments.size()) + 1;
            out.enactments.push_back(std::move(order));
        }
    }
}

/// Stages, parts, bundle, urgency, reconsideration.
void show_course(const world& w, const motion& m, const session& s, instant now, motion_view& out) {
    out.stages = show_stages(w, m);
    for (std::size_t i = 0; i < m.parts.size(); ++i)
        out.parts.push_back(show_part(w, m, static_cast<std::int32_t>(i) + 1));
    if (const bundle* b = m.bundle ? w.own.bundles.find(*m.bundle) : nullptr)
        out.bundle = bundle_row{b->id, b->title, b->status};
    out.urgent = m.urgent == urgency::needed && is_urgent(m) ? urgency::granted : m.urgent;
    out.urgency_votable = urgency_rule(w, m).has_value();
    out.repeals = m.repeals;
    if (m.reconsidered) out.reconsidered = m.reconsidered->at;
    out.may_reconsider = !s.over() && check_reconsiderable(w, m, now).has_value();
    for (const vote_id& id : m.urgency_votes)
        out.votes.push_back(show_row(w, *w.own.votes.find(id)));
}

decision_row show_row(const world& w, const decision& d, const motion& m) {
    return {d.id,
            m.title,
            show_body(w.charter, d.body),
            d.at,
            m.session,
            d.vote,
            static_cast<std::int32_t>(d.enactments.size()),
            d.fate};
}

}  // namespace

std::vector<own_seat> own_seats(const world& w, const vote& v, const person_id& person,
                                instant now) {
    std::vector<own_seat> out;
    if (person.empty()) return out;
    const date today = date_of(now);
    const auto votes_here = [&](const std::string& seat) {
        const auto position = v.roll->find(seat);
        return position && v.marks[*position].ballot != charter::ballot::excluded;
    };
    for (const std::string& seat : w.charter.seats_of(person, v.body, today))
        if (votes_here(seat)) out.push_back(show_own(w, v, seat, seat, now));
    for (const proxy* p : proxies_in_force(w, v.session, today))
        if (votes_here(p->seat) && proxy_in_force(w, v, p->seat, today) == p &&
            w.charter.holds_seat(person, p->by, today))
            out.push_back(show_own(w, v, p->seat, p->by, now));
    return out;
}

vote_view show(const world& w, const vote& v, const viewer& who, vote_detail detail) {
    const motion& m = *w.own.motions.find(v.motion);
    const decision* d = m.decision ? w.own.decisions.find(*m.decision) : nullptr;
    vote_view out;
    out.id = v.id;
    out.status = is_over(v, who.now) ? vote_status::closed : v.status;
    out.session = v.session;
    out.session_title = w.own.sessions.find(v.session)->title;
    out.motion = v.motion;
    out.title = m.title;
    out.body = show_body(w.charter, v.body);
    out.rule = show_rule(v.roll->described);
    out.means = means_of(w, {&v.body, 1}, who);
    out.urgency = v.urgency;
    if (v.part) {
        out.part = show_part(w, m, *v.part);
        out.text = text_of_part(w.own, m, m.parts.at(static_cast<std::size_t>(*v.part) - 1));
    } else if (v.bundle) {
        show_bundle(w, v, who, out);
    } else if (v.amendment) {
        const amendment& a = *w.own.amendments.find(*v.amendment);
        out.text = a.text;
        out.amendment = show(w, a, {}, who, out.means);
    } else {
        out.text = m.text;
        if (!v.urgency)
            out.enactments =
                show_enactments(m.enactments, d ? std::span<const std::uint64_t>(d->carried_out)
                                                : std::span<const std::uint64_t>());
    }
    out.opened = v.opened;
    out.closes = v.closes;
    out.closed = over_since(v, who.now);
    out.counts = count_ballots(v);
    out.electorate = static_cast<std::int32_t>(v.marks.size());
    out.delegations = show_delegations(w, v);
    out.result = show_result(w, v, detail);
    out.own = own_seats(w, v, who.person, who.now);
    out.casting = show_casting(w, v, who, out.means);
    out.seq = static_cast<std::int64_t>(v.seq);
    return out;
}

result<vote_view> ask(const world& w, const vote_query& q, const viewer& who) {
    if (const secret_vote* secret = w.own.secret_votes.find(q.id))
        return show_as_vote(w, *secret, who);
    const vote* v = w.own.votes.find(q.id);
    if (!v) return refuse(refusals::vote_unknown, "id", q.id.value);
    return show(w, *v, who, vote_detail::alone);
}

result<motion_view> ask(const world& w, const motion_query& q, const viewer& who) {
    const motion* found = w.own.motions.find(q.id);
    if (!found) return refuse(refusals::motion_unknown, "id", q.id.value);
    const motion& m = *found;
    const session& s = *w.own.sessions.find(m.session);
    motion_view out;
    out.id = m.id;
    out.status = m.status;
    out.session = m.session;
    out.session_title = s.title;
    out.session_state = s.status;
    out.item = m.item;
    if (const agenda_item* item = s.find_item(m.item)) out.item_title = item->title;
    out.body = show_body(w.charter, m.body);
    out.title = m.title;
    out.text = m.text;
    out.rule = show_rule(w.charter, m.rule);
    const decision* d = m.decision ? w.own.decisions.find(*m.decision) : nullptr;
    out.enactments =
        show_enactments(m.enactments, d ? std::span<const std::uint64_t>(d->carried_out)
                                        : std::span<const std::uint64_t>());
    if (!m.tabled_by.empty()) {
        out.tabled_by = m.tabled_by;
        out.tabled_by_title = w.charter.title_of(m.tabled_by);
    }
    out.tabled_as = m.tabled_as;
    out.at = m.at;
    for (const vote_id& id : m.votes) out.votes.push_back(show_row(w, *w.own.votes.find(id)));
    out.decision = m.decision;
    out.means = means_of(w, {&m.body, 1}, who);
    out.may_withdraw = m.status == motion_status::tabled && !who.person.empty() &&
                       (who.person == m.tabled_by || has_power(out.means, "preside", m.body));
    out.amended = !m.adopted.empty();
    out.left_behind = m.left_behind;
    out.amendments = show_amendments(w, m, who, out.means);
    out.amendments_close = amendments_close(w.charter, w.own, m);
    out.may_amend = m.status == motion_status::tabled && !s.over() &&
                    (!out.amendments_close || who.now < *out.amendments_close);
    out.supporters_needed = m.support.needed;
    out.supporters = show_supporters(w.charter, m.support);
    out.may_support = m.status == motion_status::tabled && !s.over();
    out.force_on = m.force_on;
    show_course(w, m, s, who.now, out);
    out.forwarded = show_forwards(w, m);
    if (const forwarding* came = w.own.forwards.find(m.id)) out.came_from = show(w, *came);
    out.seq = static_cast<std::int64_t>(m.seq);
    return out;
}

result<tally_view> ask(const world& w, const tally_query& q, const viewer& who) {
    const vote* v = w.own.votes.find(q.vote);
    if (!v) return refuse(refusals::vote_unknown, "vote", q.vote.value);
    tally_view out{v->id, is_over(*v, who.now) ? vote_status::closed : v->status, count_ballots(*v),
                   std::nullopt};
    if (v->result) out.outcome = v->result->outcome;
    return out;
}

result<decisions_view> ask(const world& w, const decisions_query& q, const viewer&) {
    if (q.body && !w.charter.find_body(*q.body))
        return refuse(refusals::body_unknown, "body", q.body->value);
    const search_words words(q.query.value_or(""));
    std::vector<const decision*> found;
    for (const auto& [id, d] : w.own.decisions)
        if ((!q.body || d.body == *q.body) &&
            (!q.year || civil_of(date_of(d.at)).year == *q.year) &&
            words.found_in({id.value, *w.own.motions.find(d.motion)->words}))
            found.push_back(&d);
    std::stable_sort(found.begin(), found.end(),
                     [](const decision* a, const decision* b) { return a->seq > b->seq; });
    decisions_view out;
    out.found = static_cast<std::int32_t>(found.size());
    for (const decision* d : part_of(found, q.offset, q.count))
        out.decisions.push_back(show_row(w, *d, *w.own.motions.find(d->motion)));
    for (auto year = w.own.numbered.rbegin(); year != w.own.numbered.rend(); ++year)
        out.years.push_back(year->first);
    out.total = static_cast<std::int32_t>(w.own.decisions.size());
    return out;
}

result<decision_view> ask(const world& w, const decision_query& q, const viewer& who) {
    const decision* found = w.own.decisions.find(q.id);
    if (!found) return refuse(refusals::decision_unknown, "id", q.id.value);
    const decision& d = *found;
    const motion& m = *w.own.motions.find(d.motion);
    const vote* open = w.own.votes.find(d.vote);
    const secret_vote* secret = w.own.secret_votes.find(d.vote);
    VECHE_ENSURE(open || secret, "the vote of a decision is known");
    decision_view out;
    out.id = d.id;
    out.title = m.title;
    out.text = m.text;
    out.body = show_body(w.charter, d.body);
    out.at = d.at;
    out.session = m.session;
    out.session_title = w.own.sessions.find(m.session)->title;
    out.motion = m.id;
    out.rule = show_rule((open ? open->roll : secret->roll)->described);
    out.vote = open ? show_row(w, *open) : show_row(w, *secret);
    auto verdict = open ? explain(*open, false) : explain(*secret);
    out.reasons = charter::sentences(verdict);
    out.sentence = std::move(verdict.sentence);
    out.enactments = show_enactments(d.enactments, d.carried_out);
    out.fate = d.fate;
    if (d.failed)
        out.failed = failure_view{d.failed->index + 1, d.failed->why, d.failed->at,
                                  static_cast<std::int64_t>(d.failed->seq)};
    out.attempts = d.attempts;
    out.means = means_of(w, {&d.body, 1}, who);
    out.may_retry = d.fate == enactment_fate::failed && (has_power(out.means, "measures", d.body) ||
                                                         has_power(out.means, "preside", d.body));
    out.in_force = d.in_force;
    out.force_on = d.force_on;
    out.signatures_decide = d.signing.decides_force;
    out.signatures = show_signatures(w, d, who);
    out.forwarded = show_forwards(w, m);
    out.repeals = d.repeals;
    out.repealed_by = d.repealed_by;
    out.signatures_missing =
        static_cast<std::int32_t>(d.signing.signatories.size() - d.signing.signatures.size());
    out.seq = static_cast<std::int64_t>(d.seq);
    return out;
}

result<my_duties_view> ask(const world& w, const my_duties_query& q, const viewer& who) {
    my_duties_view out;
    out.title = w.charter.title_of(q.person);
    for (const auto& [closes, id] : w.own.open_votes) {
        const vote& v = *w.own.votes.find(id);
        if (is_over(v, who.now)) continue;
        auto seats = own_seats(w, v, q.person, who.now);
        if (seats.empty()) continue;
        duty& due = out.votes.emplace_back();
        due.vote = id;
        due.motion = v.motion;
        due.title = w.own.motions.find(v.motion)->title;
        due.body = show_body(w.charter, v.body);
        due.session = v.session;
        due.session_title = w.own.sessions.find(v.session)->title;
        due.closes = v.closes;
        due.amendment = v.amendment;
        due.all_cast =
            std::all_of(seats.begin(), seats.end(), [](const own_seat& s) { return s.has_cast; });
        due.seats = std::move(seats);
    }
    for (unsigned_act_row& act : unsigned_acts(w, std::nullopt, {q.person, who.now})) {
        std::erase_if(act.missing, [](const signature_view& s) { return !s.may_sign; });
        if (!act.missing.empty()) out.acts.push_back(std::move(act));
    }
    return out;
}

}  // namespace veche::assembly
