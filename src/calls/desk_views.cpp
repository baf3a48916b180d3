// Views for applicants, officers and assessors.

#include <algorithm>

#include "calls/checks.hpp"
#include "calls/shares.hpp"
#include "calls/teams.hpp"
#include "calls/viewing.hpp"
#include "calls/voting.hpp"

namespace veche::calls {
namespace {

std::int32_t done_of(const application& a) {
    return static_cast<std::int32_t>(std::count_if(
        a.assessors.begin(), a.assessors.end(),
        [](const assessor_record& one) { return one.counts() && !one.points.empty(); }));
}

/// Own or of one's desk; an assessor sees what is given to them.
result<const application*> readable(const world& w, const call& c, const application_query& q,
                                    const viewer& who) {
    const person_id applicant = q.applicant.value_or(who.person);
    const application* a = VECHE_TRY(find_application(w, q.call, applicant));
    if (!who.person.empty() && applicant == who.person) return a;
    for (const std::string_view power : {"calls", "appeals", "audit"})
        if (has_power(w, c, who, power)) return a;
    const bool given = std::any_of(
        a->assessors.begin(), a->assessors.end(),
        [&](const assessor_record& one) { return one.counts() && one.assessor == who.person; });
    if (given && has_power(w, c, who, "assess")) return a;
    return refuse(refusals::not_yours, "applicant");
}

void show_case(const world& w, const call& c, const application& a, application_view& out) {
    for (const assessor_record& one : a.assessors) {
        // An applicant sees the points, and not who gave them.
        if (out.own && !one.counts()) continue;
        assessor_row& row = out.assessors.emplace_back();
        row.points = one.points;
        row.declared = one.declared;
        if (out.own) continue;
        row.assessor = one.assessor;
        row.name = w.charter.title_of(one.assessor);
    }
    out.assessed = done_of(a);
    out.assessors_needed = c.asked.assessors.value_or(0);
    const bool complete = assessed(c, a) || !a.corrected.empty();
    // Before the run an applicant sees no points: they are not final, and one could press for more.
    const bool shown = !out.own || !c.rounds.empty();
    if (!shown)
        for (assessor_row& row : out.assessors) row.points.clear();
    if (complete && shown && !by_hosts(c.asked)) out.score = score_of(c, a);
    for (const offer& one : a.offers)
        out.offers.push_back({one.round, one.programme, one.group, one.beyond, one.status,
                              one.keep_waiting, one.until});
    if (!a.appeal) return;
    out.appeal = a.appeal->ground;
    out.upheld = a.appeal->upheld;
    out.appeal_reason = a.appeal->reason;
    out.effect = a.appeal->effect;
}

board_row board_row_of(const state& s, const call& c, const application& a) {
    board_row row;
    row.applicant = a.applicant;
    row.at = a.at;
    row.eligible = a.eligible;
    for (const assessor_record& one : a.assessors) {
        if (!one.counts()) continue;
        ++row.assessors;
        row.declared += one.declared ? 1 : 0;
    }
    row.assessed = done_of(a);
    if (assessed(c, a) && a.eligible == eligibility::eligible && !by_hosts(c.asked))
        row.score = score_of(c, a);
    row.partner = a.asked.partner;
    row.pair = pair_state_of(s, a);
    row.title = a.asked.title;
    row.asks = a.asked.asks;
    row.withdrawn = a.withdrawn;
    row.set_aside = a.set_aside;
    row.appeal_open = a.appeal && !a.appeal->upheld;
    if (const offer* one = a.held() ? a.held() : a.current()) {
        row.offer = one->status;
        row.programme = one->programme;
    }
    return row;
}

}  // namespace

namespace {

/// Whoever has an account votes on every budget.
void add_vote(const world& w, const call& c, const person_id& who, std::vector<my_vote_row>& out) {
    my_vote_row& row = out.emplace_back();
    row.call = c.asked.call;
    row.title = c.asked.title;
    row.until = c.asked.voting->votes_until;
    for (const person_id& one : c.slate()) {
        const application* a = w.own.find(c.asked.call, one);
        row.projects += a && a->in_run() ? 1 : 0;
    }
    row.voted = w.own.ballots.find(c.asked.call)->find(who) != nullptr;
}

}  // namespace

result<my_applications_view> ask(const world& w, const my_applications_query&, const viewer& who) {
    my_applications_view out;
    if (who.person.empty()) return out;
    if (const auto* mine = w.own.by_applicant.find(who.person))
        for (const call_id& id : *mine) {
            const call& c = *w.own.calls.find(id);
            const application& a = *w.own.find(id, who.person);
            my_application_row& row = out.applications.emplace_back();
            row.call = id;
            row.title = c.asked.title;
            row.stage = stage_of(c, who.now);
            row.left = todo_of(c, a, who.now, row.until);
            row.withdrawn = a.withdrawn;
            if (const offer* one = a.held() ? a.held() : a.current()) {
                row.offer = one->status;
                row.programme = one->programme;
            }
        }
    for (const auto& [id, c] : w.own.calls) {
        const call_stage stage = stage_of(c, who.now);
        if (stage == call_stage::open && !by_party(c.asked) && !w.own.find(id, who.person))
            out.open.push_back(row_of(w, c, who.now));
        if (stage == call_stage::voting) add_vote(w, c, who.person, out.votes);
    }
    std::stable_sort(out.votes.begin(), out.votes.end(),
                     [](const my_vote_row& a, const my_vote_row& b) { return a.until < b.until; });
    return out;
}

result<application_view> ask(const world& w, const application_query& q, const viewer& who) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    const application* a = VECHE_TRY(readable(w, *c, q, who));
    application_view out;
    out.own = a->applicant == who.person;
    out.call = q.call;
    out.title = c->asked.title;
    out.stage = stage_of(*c, who.now);
    out.applicant = a->applicant;
    out.choices = a->asked.choices;
    out.groups = a->asked.groups;
    out.refused_groups = a->refused_groups;
    out.asks = a->asked.asks;
    out.project = a->asked.title;
    out.sealed = a->asked.sealed;
    out.about = a->asked.about;
    out.place = a->asked.place;
    out.on_ballot = on_slate(*c, a->applicant);
    out.partner = a->asked.partner;
    out.pairs = a->asked.pairs;
    out.pair = pair_state_of(w.own, *a);
    if (by_hosts(c->asked)) out.named_by = named_partner_by(w.own, *a);
    out.at = a->at;
    out.seq = static_cast<std::int64_t>(a->seq);
    out.versions = a->versions;
    out.withdrawn = a->withdrawn;
    out.eligible = a->eligible;
    out.reason = a->reason;
    out.set_aside = a->set_aside;
    out.set_aside_reason = a->set_aside_reason;
    show_case(w, *c, *a, out);
    if (by_teams(c->asked))
        out.team = team_case{
            a->asked.features, a->asked.skills, a->refused_skills, a->mended_features, {}};
    if (!c->rounds.empty() && out.team)
        out.team->sites = explain_sites(*c, *a, q.otherwise.value_or(false));
    else if (c->rolling)
        out.rolling = rolling_case_of(*c, *a);
    else if (!c->rounds.empty())
        out.explanation = explain(w.own, *c, *a);
    if (out.own) out.left = todo_of(*c, *a, who.now, out.until);
    return out;
}

result<board_view> ask(const world& w, const board_query& q, const viewer& who) {
    const call* c = VECHE_TRY(led_call(w, q.call, who));
    board_view out;
    each_application(w.own, q.call, [&](const application& a) {
        out.applications.push_back(board_row_of(w.own, *c, a));
        out.appeals += out.applications.back().appeal_open ? 1 : 0;
        if (a.withdrawn || a.set_aside) return;
        out.unjudged += a.eligible == eligibility::unjudged ? 1 : 0;
        if (a.eligible != eligibility::eligible) return;
        ++(assessed(*c, a) ? out.ready : out.to_assess);
    });
    return out;
}

result<my_assessments_view> ask(const world& w, const my_assessments_query& q, const viewer& who) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    if (!has_power(w, *c, who, "assess")) return refuse(refusals::not_yours, "call");
    my_assessments_view out;
    out.criteria = c->asked.criteria;
    each_application(w.own, q.call, [&](const application& a) {
        for (const assessor_record& one : a.assessors)
            if (one.assessor == who.person && !a.withdrawn)
                out.applications.push_back(
                    {q.call, c->asked.title, a.applicant, one.declared, !one.points.empty()});
    });
    return out;
}

result<blockers_view> ask(const world& w, const blockers_query& q, const viewer& who) {
    const call* c = VECHE_TRY(led_call(w, q.call, who));
    blockers_view out{blockers_of(w.own, *c), false};
    // A run is looked at only where nothing blocks it: both look at every application.
    if (out.blockers.empty())
        out.can_run = by_party(c->asked) ? ready_sharing(w.own, *c).has_value()
                                         : unblocked_round(w.own, *c).has_value();
    return out;
}

namespace {

trial_row tried_row(const state& s, const run_input& in, const candidate& one, const placing& got) {
    const open_call& asked = in.of->asked;
    const application& a = *s.find(asked.call, one.applicant);
    trial_row row;
    row.applicant = one.applicant;
    row.title = a.asked.title;
    row.asks = a.asked.asks;
    row.score = one.score;
    row.offered = got.offered;
    if (!got.offered || !by_programme(asked)) return row;
    row.programme = asked.programmes[got.programme].programme;
    if (const auto& group = in.seats[got.programme][got.seat].group)
        row.group = asked.groups[*group].group;
    const auto at = std::find(one.choices.begin(), one.choices.end(), got.programme);
    row.choice = static_cast<std::int32_t>(at - one.choices.begin()) + 1;
    return row;
}

}  // namespace

result<dry_run_view> ask(const world& w, const dry_run_query& q, const viewer& who) {
    const call* c = VECHE_TRY(led_call(w, q.call, who));
    dry_run_view out;
    out.blockers = static_cast<std::int64_t>(blockers_of(w.own, *c).size());
    if (by_party(c->asked)) {
        const auto made = share_out(*c);
        if (!c->closed || !made) return out;
        out.would_share = summary_of(*c, *made);
        out.fault = fault_in(*c, *made);
        return out;
    }
    // Where offers roll there is one run.
    if (c->rolling) return out;
    // The list is not bound, or its lots are not known: nothing can be tried yet.
    if (!c->closed || (draws_lots(c->asked) && !c->lot_over)) return out;
    const run_input in = next_round(w.own, *c);
    const run_result made = allocate(in);
    out.fault = made.fault;
    out.stuck = made.stuck;
    if (made.stuck) return out;
    out.would = summary_of(in, made, who.now);
    std::vector<std::int64_t> counts(c->asked.programmes.size() + 2);
    for (const group_plan& one : c->asked.groups) out.groups.push_back({one.group, 0, 0});
    for (std::size_t i = 0; i < in.candidates.size(); ++i) {
        const candidate& one = in.candidates[i];
        const placing& got = made.placings[i];
        out.placed.push_back(tried_row(w.own, in, one, got));
        const auto at = std::find(one.choices.begin(), one.choices.end(), got.programme);
        ++counts[got.offered ? (one.choices.empty() ? 1 : at - one.choices.begin() + 1) : 0];
        for (std::size_t g = 0; g < out.groups.size(); ++g)
            if ((one.groups >> g & 1) != 0) {
                ++out.groups[g].applied;
                out.groups[g].accepted += got.offered ? 1 : 0;
            }
    }
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] > 0) out.choices.push_back({static_cast<std::int32_t>(i), counts[i]});
    return out;
}

}  // namespace veche::calls
