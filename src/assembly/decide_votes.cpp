// Votes: opening fixes who may vote, casting is the hot path, closing applies the rule.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/casting.hpp"
#include "assembly/casting_refusal.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/tally.hpp"

namespace veche::assembly {

namespace {

/// Seats that stand aside are voters of the body, each named once.
result<void> check_aside(const std::vector<std::string>& aside,
                         const std::vector<charter::elector>& electors) {
    for (auto seat = aside.begin(); seat != aside.end(); ++seat) {
        const std::string place = "aside." + std::to_string(seat - aside.begin());
        if (std::none_of(electors.begin(), electors.end(),
                         [&](const charter::elector& e) { return e.seat == *seat; }))
            return refuse(refusals::seat_unknown, place, *seat);
        if (std::find(aside.begin(), seat, *seat) != seat)
            return refuse(refusals::seat_repeated, place, *seat);
    }
    return {};
}

/// A vote closes at a time to come. A silence procedure states that time itself.
result<void> check_closing_time(const charter::state& charter, const std::string& rule,
                                const open_vote& c, instant at) {
    const auto closes = closing_time(charter, rule, c, at);
    if (closes && *closes <= at) return refuse(refusals::time_passed, "closes", to_text(*closes));
    if (c.closes && closes != c.closes) return refuse(refusals::rule_sets_the_end, "closes", rule);
    return {};
}

/// Held seats that may vote and have not. Nobody can vote for a vacant one.
std::size_t yet_to_vote(const vote& v) {
    std::size_t missing = 0;
    if (v.counted) return missing;
    for (std::size_t i = 0; i < v.marks.size(); ++i)
        if (v.marks[i].ballot == charter::ballot::absent && !v.roll->electors[i].holder.empty())
            ++missing;
    return missing;
}

/// By correspondence only where the charter provides for it, and long enough to answer.
result<void> check_written(const world& w, const motion& m, const open_vote& c,
                           const std::string& rule, instant at) {
    if (!c.written.value_or(false)) return {};
    const auto& how = w.charter.find_body(m.body)->votes;
    if (!how || !how->written_hours)
        return refuse(refusals::no_written_votes, "written", m.body.value);
    const auto closes = closing_time(w.charter, rule, c, at);
    if (!closes) return refuse(refusals::closing_time_missing, "closes");
    if (closes->ms - at.ms < *how->written_hours * std::int64_t{3'600'000})
        return refuse(refusals::written_too_short, "closes", m.body.value,
                      std::to_string(*how->written_hours));
    return {};
}

/// A vote belongs to an open session; one by correspondence needs only that it is not over.
result<void> check_session(const world& w, const motion& m, bool written) {
    const session& s = *w.own.sessions.find(m.session);
    if (written && s.over()) return refuse(refusals::session_over, "motion", s.id.value);
    if (!written && s.status != session_status::open)
        return refuse(refusals::session_not_open, "motion", s.id.value);
    return {};
}

/// The rule has its numbers, and there is somebody to vote under it, whose voices fit the record.
result<void> check_rule_and_voters(const world& w, const motion& m, const std::string& rule_id,
                                   const std::vector<charter::elector>& electors,
                                   std::size_t aside) {
    const charter::decision_rule* rule = w.charter.find_rule(rule_id);
    if (!rule || rule->mark == charter::source_mark::config)
        return refuse(refusals::rule_not_established, "motion", rule_id);
    if (w.charter.find_body(m.body)->blocs != charter::bloc_mode::none &&
        count_blocs(electors) > limits::record_blocs)
        return refuse(refusals::too_many_blocs, "motion", m.body.value,
                      std::to_string(count_blocs(electors)));
    if (electors.size() == aside) return refuse(refusals::nobody_may_vote, "motion", m.body.value);
    return {};
}

/// The round that comes next, if the charter has one and the last vote adopted nothing.
result<const charter::round_procedure*> next_round(const world& w, const motion& m) {
    const auto& how = w.charter.find_body(m.body)->votes;
    const vote* last = m.votes.empty() ? nullptr : w.own.votes.find(m.votes.back());
    const auto done = static_cast<std::size_t>(last ? last->round : 1);
    if (!how || how->rounds.size() < done)
        return refuse(refusals::no_further_round, "motion", m.body.value, std::to_string(done));
    return &how->rounds[done - 1];
}

result<void> check_round_due(const world& w, const motion& m) {
    const vote* last = m.votes.empty() ? nullptr : w.own.votes.find(m.votes.back());
    const bool lost = last && last->result &&
                      (last->result->outcome == charter::outcome::rejected ||
                       last->result->outcome == charter::outcome::no_opinion);
    const bool waits = m.status == motion_status::tabled || m.status == motion_status::rejected ||
                       m.status == motion_status::no_opinion;
    if (lost && last->bundle)
        return refuse(refusals::round_of_bundle, "motion", m.id.value, last->bundle->value);
    if (lost && waits && !is_empty(m)) return {};
    return refuse(refusals::round_not_due, "motion", m.id.value, std::string(name_of(m.status)));
}

/// What is put to the vote: the motion, or something of it.
struct question {
    const motion* of = nullptr;
    const amendment* amends = nullptr;
    const bundle* together = nullptr;
};

/// What is named exists.
result<question> question_asked(const world& w, const open_vote& c) {
    question q;
    q.of = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    if (c.amendment) {
        q.amends = w.own.amendments.find(*c.amendment);
        if (!q.amends || q.amends->motion != c.motion)
            return refuse(refusals::amendment_unknown, "amendment", c.amendment->value);
    }
    if (c.bundle) {
        q.together = w.own.bundles.find(*c.bundle);
        const auto in = [&](const std::vector<motion_id>& list) {
            return std::find(list.begin(), list.end(), c.motion) != list.end();
        };
        if (!q.together || !in(q.together->motions))
            return refuse(refusals::bundle_unknown, "bundle", c.bundle->value);
    }
    if (c.part && (*c.part < 1 || *c.part > static_cast<std::int64_t>(q.of->parts.size())))
        return refuse(refusals::part_unknown, "part", std::to_string(*c.part));
    return q;
}

result<void> check_one_question(const open_vote& c) {
    const int asked = (c.amendment ? 1 : 0) + (c.bundle ? 1 : 0) + (c.part ? 1 : 0) +
                      (c.urgency.value_or(false) ? 1 : 0);
    if (asked > 1) return refuse(refusals::one_question, "motion");
    return {};
}

/// One amendment after another in the order of voting; those in a bundle are voted on with it.
result<void> check_turn(const world& w, const motion& m, const amendment& a) {
    if (!waits(a))
        return refuse(refusals::amendment_not_tabled, "amendment", a.id.value,
                      std::string(name_of(a.status)));
    if (const bundle* in = bundle_of(w.own, a))
        return refuse(refusals::in_bundle, "amendment", a.id.value, in->id.value);
    VECHE_CHECK(check_support(m, &a));
    for (const amendment_id& id : voting_order(w.own, m)) {
        if (bundle_of(w.own, *w.own.amendments.find(id))) continue;
        if (id != a.id) return refuse(refusals::not_next, "amendment", id.value);
        break;
    }
    return {};
}

/// The moment is right for that question.
result<void> check_question(const world& w, const question& q, const open_vote& c) {
    if (q.together) return check_bundle(w, *q.together);
    if (c.urgency.value_or(false)) return urgency_rule(w, *q.of).map([](const std::string&) {});
    if (c.part) return check_part(w, *q.of, *c.part);
    if (!q.amends) return check_ready(w, *q.of, std::nullopt);
    VECHE_CHECK(require_tabled(*q.of, "motion"));
    return check_turn(w, *q.of, *q.amends);
}

}  // namespace

result<events> decide(const world& w, const open_vote& c, const context& ctx) {
    const question q = VECHE_TRY(question_asked(w, c));
    const motion* m = q.of;
    const std::string rule_id = rule_of_vote(w.charter, w.own, c);
    VECHE_CHECK(require_power<open_vote>(w, ctx, "preside", m->body));
    if (w.own.votes.contains(c.vote) || w.own.secret_votes.contains(c.vote))
        return refuse(refusals::id_taken, "vote", c.vote.value);
    VECHE_CHECK(check_one_question(c));
    VECHE_CHECK(check_closing_time(w.charter, rule_id, c, ctx.at));
    VECHE_CHECK(check_written(w, *m, c, rule_id, ctx.at));
    const auto electors = w.charter.kept_electorate(m->body, date_of(ctx.at));
    VECHE_CHECK(check_aside(c.aside, *electors));
    VECHE_CHECK(check_session(w, *m, c.written.value_or(false)));
    VECHE_CHECK(check_question(w, q, c));
    VECHE_CHECK(check_rule_and_voters(w, *m, rule_id, *electors, c.aside.size()));
    return events{};
}

result<events> decide(const world& w, const open_next_round& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    VECHE_CHECK(require_power<open_next_round>(w, ctx, "preside", m->body));
    if (w.own.votes.contains(c.vote) || w.own.secret_votes.contains(c.vote))
        return refuse(refusals::id_taken, "vote", c.vote.value);
    const charter::round_procedure* how = VECHE_TRY(next_round(w, *m));
    open_vote as_first;
    as_first.closes = c.closes;
    VECHE_CHECK(check_closing_time(w.charter, how->rule, as_first, ctx.at));
    const auto electors = w.charter.kept_electorate(m->body, date_of(ctx.at));
    VECHE_CHECK(check_aside(c.aside, *electors));
    VECHE_CHECK(check_session(w, *m, false));
    VECHE_CHECK(check_round_due(w, *m));
    VECHE_CHECK(check_way(w, *m, std::nullopt));
    VECHE_CHECK(check_parts_settled(*m));
    VECHE_CHECK(check_rule_and_voters(w, *m, how->rule, *electors, c.aside.size()));
    return events{};
}

result<events> decide(const world& w, const cast_ballot& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    VECHE_CHECK(check_casting(w, *v, c.seat, ctx));
    VECHE_CHECK(check_choice(*v, c.choice, "choice"));
    return events{};
}

result<events> decide(const world& w, const close_vote& c, const context& ctx) {
    const vote* v = VECHE_TRY(known_vote(w.own, c.vote, "vote"));
    if (c.chair && !v->roll->find(*c.chair))
        return refuse(refusals::seat_unknown, "chair", *c.chair);
    VECHE_CHECK(require_power<close_vote>(w, ctx, "preside", v->body));
    // The chair's ballot may decide, so nobody names somebody else's as the chair's.
    if (c.chair && !w.charter.holds_seat(ctx.actor, *c.chair, date_of(ctx.at)))
        return refuse(refusals::seat_not_held, "chair", *c.chair);
    if (v->status == vote_status::closed) return refuse(refusals::vote_closed, "vote", v->id.value);
    const std::size_t missing = yet_to_vote(*v);
    if (v->closes && ctx.at < *v->closes && missing > 0)
        return refuse(refusals::closes_later, "vote", to_text(*v->closes), std::to_string(missing));
    // Where corrections count, the outcome waits for them.
    if (decides_after_corrections(*v)) return events{};
    // Not copied, as a list in braces would be: it holds the ballots of all.
    events out;
    out.push_back(make_event(tally(*v, c.chair, closing::by_chair)));
    return out;
}

}  // namespace veche::assembly
