// Elections: calling, standing, opening, casting, closing.

#include <algorithm>

#include "assembly/election_refusal.hpp"
#include "assembly/elections.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "charter/commands.hpp"
#include "elections/papers.hpp"

namespace veche::assembly {

namespace {

result<const election*> known_election(const state& s, const election_id& id) {
    if (const election* found = s.elections.find(id)) return found;
    return refuse(refusals::election_unknown, "election", id.value);
}

std::string name_of_standing(const world& w, const election& e) {
    return std::string(name_of(standing_of(w.own, e)));
}

// --- Calling
// --------------------------------------------------------------------------------------

/// The post exists, and so do the mandates that end; those are of the post.
result<void> check_post_known(const world& w, const call_election& c) {
    if (c.office && !w.charter.find_office(*c.office))
        return refuse(refusals::office_unknown, "office", c.office->value);
    for (std::size_t i = 0; i < c.seats.size(); ++i)
        if (!w.charter.find_seat(c.seats[i]))
            return refuse(refusals::post_unknown, "seats." + std::to_string(i), c.seats[i]);
    for (std::size_t i = 0; i < c.succeeds.size(); ++i) {
        const charter::mandate* held = w.charter.find_mandate(c.succeeds[i]);
        const bool of_post =
            held && (held->office ? held->office == c.office
                                  : std::find(c.seats.begin(), c.seats.end(),
                                              held->seat.value_or("")) != c.seats.end());
        if (!of_post)
            return refuse(refusals::mandate_unknown, "succeeds." + std::to_string(i),
                          c.succeeds[i]);
    }
    return {};
}

result<void> check_post(const call_election& c) {
    if (c.office.has_value() == !c.seats.empty())
        return refuse(refusals::post_missing, c.office ? "seats" : "office");
    for (auto seat = c.seats.begin(); seat != c.seats.end(); ++seat)
        if (std::find(c.seats.begin(), seat, *seat) != seat)
            return refuse(refusals::seat_repeated,
                          "seats." + std::to_string(seat - c.seats.begin()), *seat);
    if (c.posts < 1 || c.posts > election_limits::posts)
        return refuse(refusals::posts_out_of_range, "posts",
                      std::to_string(election_limits::posts));
    if (!c.seats.empty() && c.seats.size() != static_cast<std::size_t>(c.posts))
        return refuse(refusals::posts_not_seats, "posts", std::to_string(c.seats.size()));
    return {};
}

result<void> check_method(const call_election& c, instant at) {
    if (c.how == method::plurality && c.posts != 1)
        return refuse(refusals::one_post_by_plurality, "posts");
    if (c.how == method::stv && c.needs) return refuse(refusals::quota_decides, "needs");
    if (c.until && c.from && *c.until < *c.from) return refuse(refusals::term_reversed, "until");
    if (c.until && *c.until < date_of(at))
        return refuse(refusals::time_passed, "until", to_text(*c.until));
    return {};
}

/// The result is carried out as the body's decision, so the body must be allowed to order it.
result<void> check_orders(const world& w, const body_id& body, const call_election& c, instant at) {
    const auto may = [&](const wire_info& wire) -> result<void> {
        const enactment e{std::string(wire.type), wire.v, {"{}"}};
        auto allowed = check_enactment(w, body, e, "body", at);
        if (!allowed) allowed.error().field = "body";
        return allowed;
    };
    VECHE_CHECK(may(charter::grant_mandate::wire));
    if (!c.succeeds.empty()) VECHE_CHECK(may(charter::end_mandate::wire));
    return {};
}

// --- Standing
// -------------------------------------------------------------------------------------

result<void> check_called(const world& w, const election& e) {
    if (standing_of(w.own, e) == election_status::called) return {};
    return refuse(refusals::nominations_closed, "election", e.id.value, name_of_standing(w, e));
}

/// The candidate alone says whether they stand, and while ballots have not opened.
result<const candidacy*> own_candidacy(const world& w, const election_id& id, const person_id& who,
                                       const context& ctx) {
    const election* e = VECHE_TRY(known_election(w.own, id));
    const candidacy* found = e->find(who);
    if (!found) return refuse(refusals::not_nominated, "candidate", who.value);
    if (ctx.decision || ctx.actor != who)
        return refuse(refusals::not_the_candidate, "candidate", who.value);
    VECHE_CHECK(check_called(w, *e));
    return found;
}

result<events> settle_candidacy(const world& w, const election_id& id, const person_id& who,
                                candidacy_status to, const context& ctx) {
    const candidacy* found = VECHE_TRY(own_candidacy(w, id, who, ctx));
    const bool over = found->status == to || found->status == candidacy_status::withdrawn;
    if (over)
        return refuse(refusals::candidacy_settled, "candidate", who.value,
                      std::string(name_of(found->status)));
    return events{};
}

// --- Ballots
// --------------------------------------------------------------------------------------

bool is_hex_hash(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// What is wrong with the ballot by itself, at its fields.
result<void> check_marks(const election& e, const cast_election_ballot& c) {
    elections::contest alone = contest_of(e, {});
    alone.papers.resize(1);
    alone.papers[0] = {1, {}, {}};
    for (const person_id& one : c.marks) alone.papers[0].marks.push_back(one.value);
    for (const person_id& one : c.against) alone.papers[0].against.push_back(one.value);
    auto read = elections::read(alone);
    if (read) return {};
    refusal why = std::move(read).error();
    why.field = why.field.substr(why.field.rfind('.') + 1);
    return tl::unexpected(std::move(why));
}

std::optional<std::size_t> place_of(const election_round& r, const std::string& seat) {
    const auto at = std::find_if(r.electors->begin(), r.electors->end(),
                                 [&](const charter::elector& one) { return one.seat == seat; });
    if (at == r.electors->end()) return std::nullopt;
    return static_cast<std::size_t>(at - r.electors->begin());
}

}  // namespace

result<void> check_no_election_open(const state& s, const session& in) {
    for (const auto& [id, e] : s.elections)
        if (e.session == in.id && e.status == election_status::open)
            return refuse(refusals::elections_open, "session", id.value);
    return {};
}

result<events> decide(const world& w, const call_election& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (!s->find_item(c.item)) return refuse(refusals::item_unknown, "item", c.item.value);
    const body_id body = c.body.value_or(s->body);
    const charter::body* electing = w.charter.find_body(body);
    if (!electing) return refuse(refusals::body_unknown, "body", body.value);
    VECHE_CHECK(check_post_known(w, c));
    VECHE_CHECK(require_power<call_election>(w, ctx, "preside", body));
    if (w.own.elections.contains(c.election))
        return refuse(refusals::id_taken, "election", c.election.value);
    if (!s->sits(body)) return refuse(refusals::body_not_sitting, "body", body.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_orders(w, body, c, ctx.at));
    if (c.election.value.size() > election_limits::id_bytes)
        return refuse(refusals::election_id_long, "election",
                      std::to_string(election_limits::id_bytes));
    VECHE_CHECK(check_post(c));
    VECHE_CHECK(check_method(c, ctx.at));
    if (s->over()) return refuse(refusals::session_over, "session", s->id.value);
    if (electing->blocs != charter::bloc_mode::none)
        return refuse(refusals::blocs_do_not_elect, "body", body.value);
    return events{};
}

result<events> decide(const world& w, const nominate_candidate& c, const context& ctx) {
    const election* e = VECHE_TRY(known_election(w.own, c.election));
    if (!may_table<nominate_candidate>(w, e->body, ctx))
        return refuse(refusals::may_not_nominate, "", e->body.value);
    if (e->find(c.candidate))
        return refuse(refusals::already_nominated, "candidate", c.candidate.value);
    const auto named = w.charter.title_of(c.candidate).empty() ? presence_of_text::required
                                                               : presence_of_text::optional;
    VECHE_CHECK(check_text(w.charter, c.name, "name", limits::title_bytes, named));
    if (e->candidates.size() >= election_limits::candidates)
        return refuse(refusals::too_many, "candidate", std::to_string(election_limits::candidates));
    return check_called(w, *e).map([] { return events{}; });
}

result<events> decide(const world& w, const accept_candidacy& c, const context& ctx) {
    return settle_candidacy(w, c.election, c.candidate, candidacy_status::standing, ctx);
}

result<events> decide(const world& w, const withdraw_candidacy& c, const context& ctx) {
    return settle_candidacy(w, c.election, c.candidate, candidacy_status::withdrawn, ctx);
}

result<events> decide(const world& w, const open_election& c, const context& ctx) {
    const election* e = VECHE_TRY(known_election(w.own, c.election));
    VECHE_CHECK(require_power<open_election>(w, ctx, "preside", e->body));
    if (!is_hex_hash(c.lot_commitment))
        return refuse(refusals::commitment_malformed, "lot_commitment");
    const session& s = *w.own.sessions.find(e->session);
    if (s.status != session_status::open)
        return refuse(refusals::session_not_open, "election", s.id.value);
    if (e->status != election_status::called && e->status != election_status::runoff)
        return refuse(refusals::election_not_waiting, "election", e->id.value,
                      name_of_standing(w, *e));
    const bool somebody =
        std::any_of(e->candidates.begin(), e->candidates.end(),
                    [](const candidacy& one) { return one.status == candidacy_status::standing; });
    if (!somebody) return refuse(refusals::nobody_stands, "election");
    if (w.charter.electorate(e->body, date_of(ctx.at)).empty())
        return refuse(refusals::nobody_may_vote, "election", e->body.value);
    return events{};
}

result<events> decide(const world& w, const cast_election_ballot& c, const context& ctx) {
    const election* e = VECHE_TRY(known_election(w.own, c.election));
    if (!e->rounds.empty() && !place_of(e->rounds.back(), c.seat))
        return refuse(refusals::seat_unknown, "seat", c.seat);
    if (ctx.decision || !w.charter.holds_seat(ctx.actor, c.seat, date_of(ctx.at)))
        return refuse(refusals::seat_not_held, "seat", c.seat);
    if (!e->rounds.empty()) VECHE_CHECK(check_marks(*e, c));
    if (standing_of(w.own, *e) != election_status::open)
        return refuse(refusals::election_not_open, "election", e->id.value,
                      name_of_standing(w, *e));
    const session& s = *w.own.sessions.find(e->session);
    if (s.presence_kept && !s.is_present(c.seat))
        return refuse(refusals::not_present, "seat", c.seat);
    return events{};
}

result<events> decide(const world& w, const close_election& c, const context& ctx) {
    const election* e = VECHE_TRY(known_election(w.own, c.election));
    VECHE_CHECK(require_power<close_election>(w, ctx, "preside", e->body));
    const bool fits = is_hex_hash(c.lot_number) && !e->rounds.empty() &&
                      commitment_to(c.lot_number) == e->rounds.back().lot_commitment;
    if (!fits && !e->rounds.empty()) return refuse(refusals::not_the_number, "lot_number");
    if (standing_of(w.own, *e) != election_status::open)
        return refuse(refusals::election_not_open, "election", e->id.value,
                      name_of_standing(w, *e));
    return count_round(*e, c.lot_number);
}

result<events> decide(const world& w, const annul_election& c, const context& ctx) {
    const election* e = VECHE_TRY(known_election(w.own, c.election));
    VECHE_CHECK(require_power<annul_election>(w, ctx, "preside", e->body));
    VECHE_CHECK(
        check_text(w.charter, c.reason, "reason", limits::title_bytes, presence_of_text::required));
    const election_status now = standing_of(w.own, *e);
    if (now == election_status::decided || now == election_status::annulled ||
        now == election_status::lapsed)
        return refuse(refusals::election_over, "election", e->id.value, name_of_standing(w, *e));
    return events{};
}

}  // namespace veche::assembly
