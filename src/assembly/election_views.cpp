#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/election_refusal.hpp"
#include "assembly/elections.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

/// A candidate by the charter's title, or as they were nominated.
candidate_view show(const world& w, const election& e, const person_id& who, const viewer& v) {
    candidate_view out;
    out.person = who;
    out.name = w.charter.title_of(who);
    out.own = !v.person.empty() && v.person == who;
    if (const candidacy* known = e.find(who)) {
        if (!known->name.empty()) out.name = known->name;
        out.status = known->status;
        out.seq = static_cast<std::int64_t>(known->seq);
    }
    return out;
}

std::vector<candidate_view> show(const world& w, const election& e,
                                 const std::vector<person_id>& all, const viewer& v) {
    std::vector<candidate_view> out;
    for (const person_id& one : all) out.push_back(show(w, e, one, v));
    return out;
}

bool may_vote(const world& w, const election& e, const std::string& seat, const viewer& v) {
    if (standing_of(w.own, e) != election_status::open || v.person.empty()) return false;
    const session& s = *w.own.sessions.find(e.session);
    return w.charter.holds_seat(v.person, seat, date_of(v.now)) &&
           (!s.presence_kept || s.is_present(seat));
}

std::vector<own_election_seat> own_seats(const world& w, const election& e, const viewer& v) {
    std::vector<own_election_seat> out;
    if (e.rounds.empty() || v.person.empty()) return out;
    const election_round& r = e.rounds.back();
    for (std::size_t i = 0; i < r.marks.size(); ++i) {
        const std::string& seat = (*r.electors)[i].seat;
        if (!w.charter.holds_seat(v.person, seat, date_of(v.now))) continue;
        const election_mark& m = r.marks[i];
        out.push_back({seat, w.charter.name_of_seat(seat), may_vote(w, e, seat, v), m.seq != 0,
                       m.marks, m.against});
    }
    return out;
}

election_ballot_view show(const world& w, const election& e, const charter::elector& seat,
                          const election_mark& m, const viewer& v) {
    election_ballot_view out;
    out.seat = seat.seat;
    out.name = w.charter.name_of_seat(seat.seat);
    if (!seat.holder.empty()) {
        out.holder = seat.holder;
        out.holder_title = w.charter.title_of(seat.holder);
    }
    out.cast = m.seq != 0;
    out.marks = show(w, e, m.marks, v);
    out.against = show(w, e, m.against, v);
    if (out.cast) out.seq = static_cast<std::int64_t>(m.seq);
    return out;
}

round_view show(const world& w, const election& e, std::size_t number, const viewer& v) {
    const election_round& r = e.rounds[number];
    round_view out;
    out.number = static_cast<std::int32_t>(number) + 1;
    out.opened = r.opened;
    out.closed = r.closed;
    out.candidates = show(w, e, r.candidates, v);
    out.electorate = static_cast<std::int32_t>(r.marks.size());
    out.lot_commitment = r.lot_commitment;
    out.lot_number = r.lot_number;
    out.stages = r.stages;
    out.result = r.result;
    for (std::size_t i = 0; i < r.marks.size(); ++i) {
        out.ballots.push_back(show(w, e, (*r.electors)[i], r.marks[i], v));
        out.cast += r.marks[i].seq != 0 ? 1 : 0;
    }
    out.seq = static_cast<std::int64_t>(r.seq);
    if (r.result) out.decided_seq = static_cast<std::int64_t>(r.decided_seq);
    return out;
}

election_row show_row(const world& w, const election& e, const viewer& v) {
    election_row row;
    row.id = e.id;
    row.title = e.title;
    row.body = show_body(w.charter, e.body);
    row.session = e.session;
    row.session_title = w.own.sessions.find(e.session)->title;
    row.item = e.item;
    row.how = e.how;
    row.posts = e.posts;
    row.status = standing_of(w.own, e);
    row.candidates = static_cast<std::int32_t>(e.candidates.size());
    row.at = e.at;
    if (!e.rounds.empty() && e.rounds.back().result)
        row.elected = show(w, e, e.rounds.back().result->elected, v);
    const auto own = own_seats(w, e, v);
    row.may_cast = std::any_of(own.begin(), own.end(),
                               [](const own_election_seat& seat) { return seat.may_cast; });
    return row;
}

void show_post(const world& w, const election& e, election_view& out) {
    out.office = e.office;
    if (e.office)
        if (const charter::office* office = w.charter.find_office(*e.office))
            out.office_name = office->name;
    for (const std::string& seat : e.seats)
        out.seats.push_back({seat, w.charter.name_of_seat(seat)});
    out.how = e.how;
    out.needs = e.needs;
    out.posts = e.posts;
    out.from = e.from;
    out.until = e.until;
    out.succeeds = e.succeeds;
}

}  // namespace

result<elections_view> ask(const world& w, const elections_query& q, const viewer& v) {
    if (q.session) VECHE_CHECK(known_session(w.own, *q.session, "session").map([](auto) {}));
    elections_view out;
    for (const auto& [id, e] : w.own.elections)
        if (!q.session || e.session == *q.session) out.elections.push_back(show_row(w, e, v));
    std::stable_sort(out.elections.begin(), out.elections.end(),
                     [](const election_row& a, const election_row& b) { return a.at > b.at; });
    return out;
}

result<election_view> ask(const world& w, const election_query& q, const viewer& v) {
    const election* found = w.own.elections.find(q.id);
    if (!found) return refuse(refusals::election_unknown, "id", q.id.value);
    const election& e = *found;
    const session& s = *w.own.sessions.find(e.session);
    election_view out;
    out.id = e.id;
    out.title = e.title;
    out.session = e.session;
    out.session_title = s.title;
    out.session_state = s.status;
    out.item = e.item;
    if (const agenda_item* item = s.find_item(e.item)) out.item_title = item->title;
    out.body = show_body(w.charter, e.body);
    show_post(w, e, out);
    out.status = standing_of(w.own, e);
    out.reason = e.reason;
    for (const candidacy& one : e.candidates) out.candidates.push_back(show(w, e, one.person, v));
    for (std::size_t n = 0; n < e.rounds.size(); ++n) out.rounds.push_back(show(w, e, n, v));
    out.orders = show_enactments(e.orders, e.carried_out);
    if (e.failed)
        out.failed = election_failure_view{e.failed->index + 1, e.failed->why,
                                           static_cast<std::int64_t>(e.failed->seq)};
    out.own = own_seats(w, e, v);
    out.may_cast = std::any_of(out.own.begin(), out.own.end(),
                               [](const own_election_seat& seat) { return seat.may_cast; });
    out.means = means_of(w, {&e.body, 1}, v);
    out.may_nominate = out.status == election_status::called &&
                       (!out.means.seats.empty() || has_power(out.means, "table", e.body));
    out.at = e.at;
    out.seq = static_cast<std::int64_t>(e.seq);
    return out;
}

}  // namespace veche::assembly
