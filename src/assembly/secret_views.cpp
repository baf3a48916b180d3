#include "assembly/secret_views.hpp"

#include <algorithm>

#include "assembly/refusal.hpp"
#include "assembly/secret_votes.hpp"
#include "assembly/view_making.hpp"

namespace veche::assembly {

namespace {

using i32 = std::int32_t;
using i64 = std::int64_t;

secret_vote_row show_secret_row(const world& w, const secret_vote& v) {
    secret_vote_row row;
    row.id = v.id;
    row.motion = v.motion;
    row.title = w.own.motions.find(v.motion)->title;
    row.session = v.session;
    row.body = show_body(w.charter, v.body);
    row.status = v.status();
    row.opened = v.opened;
    row.voters = static_cast<i32>(v.voters.size());
    if (v.record.board()) row.counted = static_cast<i32>(v.record.board()->counted());
    if (v.result) row.outcome = v.result->outcome;
    return row;
}

/// Rounds of the ceremony that every trustee has finished.
i32 rounds_done(const ballot::record& r) {
    switch (r.stage()) {
        case ballot::stage::definition:
        case ballot::stage::roll:
        case ballot::stage::commitments:
            return 0;
        case ballot::stage::coefficients:
            return 1;
        case ballot::stage::shares:
            return 2;
        case ballot::stage::confirmations:
            return 3;
        default:
            return r.board() ? 4 : 3;
    }
}

std::vector<trustee_view> show_trustees(const world& w, const secret_vote& v) {
    std::vector<trustee_view> out;
    const bool preparing = v.status() == secret_status::preparing;
    for (std::size_t n = 0; n < v.trustees.size(); ++n) {
        trustee_view& shown = out.emplace_back();
        shown.number = static_cast<i32>(n + 1);
        shown.person = v.trustees[n];
        shown.title = w.charter.title_of(v.trustees[n]);
        shown.spoke = !preparing || v.record.has_spoken(shown.number);
        shown.decrypted =
            std::any_of(v.record.partials().begin(), v.record.partials().end(),
                        [&](const auto& part) { return part.trustee == shown.number; });
    }
    return out;
}

std::vector<secret_option_view> show_options(const world& w, const secret_vote& v) {
    std::vector<secret_option_view> out;
    for (const ballot::option& o : v.record.definition().options)
        out.push_back({o.id, o.title, std::nullopt, false, {}});
    out.push_back({"blank", {}, std::nullopt, false, {}});
    for (std::size_t n = 0; n < v.options.size(); ++n)
        out[n].enactments = show_enactments(v.options[n].enactments, {});
    if (v.options.empty())
        out.front().enactments = show_enactments(w.own.motions.find(v.motion)->enactments, {});
    if (!v.result) return out;
    for (std::size_t n = 0; n < v.result->totals.size(); ++n)
        out[n].ballots = v.result->totals[n].ballots;
    for (secret_option_view& o : out) o.elected = v.result->elected == o.id;
    return out;
}

std::vector<board_row> show_board(const secret_vote& v) {
    std::vector<board_row> out;
    std::vector<std::size_t> last(v.roll->electors.size());
    for (std::size_t n = 0; n < v.board.size(); ++n) last[v.board[n].position] = n;
    for (std::size_t n = 0; n < v.board.size(); ++n) {
        const board_mark& mark = v.board[n];
        out.push_back({to_hex(mark.tracker.bytes), v.roll->electors[mark.position].seat, mark.at,
                       last[mark.position] == n, static_cast<i64>(mark.seq)});
    }
    return out;
}

std::optional<secret_result_view> show_result(const world& w, const secret_vote& v) {
    if (!v.result) return std::nullopt;
    secret_result_view out;
    out.outcome = v.result->outcome;
    out.elected = v.result->elected;
    for (const secret_option& o : v.options)
        if (out.elected == o.id) out.elected_title = o.title;
    out.counts = v.result->counts;
    if (v.result->result) {
        charter::verdict verdict = explain(v);
        out.sentence = std::move(verdict.sentence);
        out.lines = std::move(verdict.reasons);
    }
    if (v.result->outcome == charter::outcome::adopted)
        out.decision = w.own.motions.find(v.motion)->decision;
    out.seq = static_cast<i64>(v.decided_seq);
    return out;
}

std::vector<own_secret_seat> show_own(const world& w, const secret_vote& v, const viewer& who) {
    std::vector<own_secret_seat> out;
    if (who.person.empty()) return out;
    const session& s = *w.own.sessions.find(v.session);
    for (const std::string& seat : w.charter.seats_of(who.person, v.body, date_of(who.now))) {
        own_secret_seat& own = out.emplace_back();
        own.seat = seat;
        own.name = w.charter.name_of_seat(seat);
        const voter_credential* c = w.own.credentials.find(seat);
        own.credential = c && c->holder == who.person;
        own.must_register = s.presence_kept && !s.is_present(seat);
        const auto position = v.roll->find(seat);
        if (!position) continue;
        own.on_roll = std::any_of(v.voters.begin(), v.voters.end(),
                                  [&](const auto& voter) { return voter.second == *position; });
        for (const board_mark& mark : v.board)
            if (mark.position == *position) own.tracker = to_hex(mark.tracker.bytes);
    }
    return out;
}

secret_vote_view show(const world& w, const secret_vote& v, const viewer& who) {
    const motion& m = *w.own.motions.find(v.motion);
    const ballot::definition& d = v.record.definition();
    secret_vote_view out;
    out.id = v.id;
    out.status = v.status();
    out.session = v.session;
    out.session_title = w.own.sessions.find(v.session)->title;
    out.motion = v.motion;
    out.title = m.title;
    out.text = m.text;
    out.body = show_body(w.charter, v.body);
    out.rule = show_rule(v.roll->described);
    out.election = !v.options.empty();
    out.opened = v.opened;
    out.casting_since = v.casting_since;
    out.closed = v.closed;
    out.ended = v.ended;
    out.reason = v.reason;
    out.entitled = static_cast<i32>(v.roll->electors.size());
    out.voters = static_cast<i32>(v.voters.size());
    out.floor = d.floor;
    out.threshold = d.threshold;
    out.rounds = rounds_done(v.record);
    out.trustees = show_trustees(w, v);
    out.decrypted = static_cast<i32>(v.parts.size());
    out.options = show_options(w, v);
    out.board = show_board(v);
    if (const auto& board = v.record.board()) {
        out.accepted = static_cast<i32>(board->accepted());
        out.counted = static_cast<i32>(board->counted());
        out.board_head = to_hex(board->head().bytes);
        out.election_hash = to_hex(board->terms().election.bytes);
    }
    out.record_head = to_hex(v.record.head().bytes);
    out.result = show_result(w, v);
    out.own = show_own(w, v, who);
    out.own_trustee = v.trustee_number(who.person);
    out.means = means_of(w, {&v.body, 1}, who);
    out.seq = static_cast<i64>(v.seq);
    return out;
}

}  // namespace

vote_row show_row(const world& w, const secret_vote& v) {
    vote_row row;
    row.id = v.id;
    row.motion = v.motion;
    row.title = w.own.motions.find(v.motion)->title;
    row.body = show_body(w.charter, v.body);
    row.status = v.under_way() ? vote_status::open : vote_status::closed;
    row.opened = v.opened;
    if (v.result) {
        row.counts = v.result->counts;
        row.outcome = v.result->outcome;
    }
    row.secret = true;
    return row;
}

vote_view show_as_vote(const world& w, const secret_vote& v, const viewer& who) {
    const motion& m = *w.own.motions.find(v.motion);
    const decision* d = m.decision ? w.own.decisions.find(*m.decision) : nullptr;
    vote_view out;
    out.id = v.id;
    out.status = v.under_way() ? vote_status::open : vote_status::closed;
    out.session = v.session;
    out.session_title = w.own.sessions.find(v.session)->title;
    out.motion = v.motion;
    out.title = m.title;
    out.text = m.text;
    out.body = show_body(w.charter, v.body);
    out.rule = show_rule(v.roll->described);
    out.enactments =
        d ? show_enactments(d->enactments, d->carried_out) : show_enactments(m.enactments, {});
    out.opened = v.opened;
    out.closed = v.closed;
    out.electorate = static_cast<i32>(v.roll->electors.size());
    out.means = means_of(w, {&v.body, 1}, who);
    out.seq = static_cast<i64>(v.seq);
    secret_totals& secret = out.secret.emplace();
    secret.voters = static_cast<i32>(v.voters.size());
    if (v.record.board()) secret.counted = static_cast<i32>(v.record.board()->counted());
    const auto result = show_result(w, v);
    if (!result) return out;
    out.counts = result->counts;
    for (const secret_option_view& o : show_options(w, v))
        if (o.ballots) secret.totals.push_back({o.id, o.title, *o.ballots, o.elected});
    result_view& shown = out.result.emplace();
    shown.outcome = result->outcome;
    shown.decided = *v.ended;
    shown.sentence = result->sentence;
    shown.lines = result->lines;
    shown.decision = result->decision;
    shown.seq = result->seq;
    return out;
}

void add_secret_votes(const world& w, const session& s, const viewer& who,
                      std::vector<vote_view>& among) {
    bool any = false;
    for (const auto& [id, v] : w.own.secret_votes) {
        if (v.session != s.id || !v.result) continue;
        among.push_back(show_as_vote(w, v, who));
        any = true;
    }
    if (any)
        std::stable_sort(among.begin(), among.end(), [](const vote_view& a, const vote_view& b) {
            return a.opened > b.opened;
        });
}

result<secret_votes_view> ask(const world& w, const secret_votes_query& q, const viewer&) {
    if (q.session && !w.own.sessions.contains(*q.session))
        return refuse(refusals::session_unknown, "session", q.session->value);
    if (q.motion && !w.own.motions.contains(*q.motion))
        return refuse(refusals::motion_unknown, "motion", q.motion->value);
    secret_votes_view out;
    for (const auto& [id, v] : w.own.secret_votes)
        if ((!q.session || v.session == *q.session) && (!q.motion || v.motion == *q.motion) &&
            (!q.under_way || v.under_way() == *q.under_way))
            out.votes.push_back(show_secret_row(w, v));
    std::stable_sort(
        out.votes.begin(), out.votes.end(),
        [](const secret_vote_row& a, const secret_vote_row& b) { return a.opened > b.opened; });
    return out;
}

result<secret_vote_view> ask(const world& w, const secret_vote_query& q, const viewer& who) {
    const secret_vote* v = VECHE_TRY(known_secret_vote(w.own, q.id, "id"));
    return show(w, *v, who);
}

}  // namespace veche::assembly
