// Views for everybody: calls, their numbers, lots and results.

#include "calls/views.hpp"

#include <algorithm>
#include <map>

#include "calls/checks.hpp"
#include "calls/internships.hpp"
#include "calls/pairs.hpp"
#include "calls/report.hpp"
#include "calls/shares.hpp"
#include "calls/teams.hpp"
#include "calls/viewing.hpp"

namespace veche::calls {
namespace {

constexpr std::size_t rows_at_once = 500;

void count_offers(const world& w, const call& c, std::vector<programme_row>& rows) {
    std::map<place_id, programme_row*> by_id;
    for (programme_row& row : rows) by_id[row.programme] = &row;
    each_application(w.own, c.asked.call, [&](const application& a) {
        const auto add = [&](const offer& held) {
            if (!held.programme) return;
            programme_row& row = *by_id.at(*held.programme);
            ++row.offered;
            row.accepted += held.status == offer_status::accepted ? 1 : 0;
        };
        if (a.withdrawn) return;
        if (!c.rolling) {
            if (const offer* held = a.held()) add(*held);
            return;
        }
        // Where offers roll one has several.
        for (const offer& one : a.offers)
            if (one.status == offer_status::open || one.status == offer_status::accepted) add(one);
    });
}

void show_host(const world& w, const call& c, programme_row& row) {
    if (!c.asked.hosts) return;
    for (const host_plan& one : c.asked.hosts->programmes) {
        if (one.programme != row.programme) continue;
        row.office = one.office;
        if (const auto* office = w.charter.find_office(one.office)) row.office_name = office->name;
        row.first_day = one.first_day;
        row.last_day = one.last_day;
    }
    if (const host_ranking* order = c.ranking_of(row.programme)) {
        row.ranked = static_cast<std::int64_t>(order->applicants.size());
        row.ranked_seq = static_cast<std::int64_t>(order->seq);
    }
}

std::vector<programme_row> programmes_of(const world& w, const call& c) {
    std::vector<programme_row> out;
    for (const programme_plan& plan : c.asked.programmes) {
        programme_row& row = out.emplace_back();
        row.programme = plan.programme;
        row.title = plan.title;
        row.host = plan.host;
        row.organisation = plan.organisation;
        row.member = plan.member;
        if (plan.member)
            if (const auto* member = w.charter.find_member(*plan.member))
                row.member_name = member->name;
        row.capacity = plan.capacity;
        row.reserves = plan.reserves;
        row.stipend = plan.stipend;
        const demand& of = c.demands[out.size() - 1];
        row.wanted = of.wanted;
        row.first = of.first;
        row.list = list_row_of(c, plan.programme);
        show_host(w, c, row);
        for (std::size_t i = 0; i < c.set_aside.size(); ++i)
            if (c.set_aside[i] == plan.programme) {
                row.set_aside = true;
                row.set_aside_reason = c.set_aside_reasons[i];
            }
    }
    // Nobody holds anything before the first run, so that the page which everybody opens on the
    // last day does not look at every application.
    if (!c.rounds.empty()) count_offers(w, c, out);
    return out;
}

std::vector<lot_row> lot_rows_of(const world& w, const call& c) {
    std::vector<lot_row> out;
    for (const office_id& id : c.asked.custodians) {
        lot_row& row = out.emplace_back();
        row.custodian = id;
        if (const auto* office = w.charter.find_office(id)) row.custodian_name = office->name;
        for (const lot_share& one : c.lot)
            if (one.custodian == id) {
                row.hash = one.hash;
                row.number = one.number;
                row.missed = one.missed;
            }
    }
    return out;
}

void show_asked(const call& c, call_view& out) {
    const open_call& asked = c.asked;
    out.call = asked.call;
    out.kind = asked.kind;
    out.title = asked.title;
    out.text = asked.text;
    out.body = asked.body;
    out.decision = c.decision;
    out.seq = static_cast<std::int64_t>(c.seq);
    out.groups = asked.groups;
    out.budget = asked.budget;
    out.rules = asked.rules;
    out.criteria = asked.criteria;
    out.assessors = asked.assessors.value_or(0);
    out.most_points = most_points(asked);
    out.opens = asked.opens;
    out.closes = asked.closes;
    out.answer_days = asked.answer_days;
    out.appeal_days = asked.appeal_days;
    out.commitment = asked.commitment;
    out.voting = asked.voting;
}

void show_rounds(const call& c, call_view& out) {
    for (const allocation_round& one : c.rounds) {
        const allocated& made = one.made;
        out.rounds.push_back({made.round, one.at, static_cast<std::int64_t>(one.seq),
                              made.candidates, made.offers, made.answer_until, made.cutoffs,
                              made.lots_decided, made.lots_needed, made.seed, made.result_root,
                              made.certificate, made.hosts, made.teams});
    }
    out.open_offers = c.open_offers;
    if (!c.answers_due.empty())
        out.answers_until = c.answers_due.back();
    else if (c.rolling && c.open_offers > 0)
        out.answers_until = c.asked.rules.rolling_until;
    out.lapsed = c.lapsed;
    out.open_appeals = c.open_appeals;
    out.appeals_until = appeals_until(c);
    out.concluded = c.concluded;
}

}  // namespace

result<calls_view> ask(const world& w, const calls_query& q, const viewer& who) {
    calls_view out;
    for (const auto& [id, c] : w.own.calls) {
        if (q.body && c.asked.body != *q.body) continue;
        if (q.stage && stage_of(c, who.now) != *q.stage) continue;
        if (q.commitment && c.asked.commitment != *q.commitment) continue;
        out.calls.push_back(row_of(w, c, who.now));
    }
    std::sort(out.calls.begin(), out.calls.end(), [](const call_row& a, const call_row& b) {
        return std::tie(a.closes, a.call) < std::tie(b.closes, b.call);
    });
    return out;
}

result<call_view> ask(const world& w, const call_query& q, const viewer& who) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    call_view out;
    show_asked(*c, out);
    if (const auto* body = w.charter.find_body(c->asked.body)) out.body_name = body->name;
    out.stage = stage_of(*c, who.now);
    out.programmes = programmes_of(w, *c);
    if (c->asked.budget)
        out.granted = amount{c->asked.budget->minor - free_money(w.own, *c), c->asked.budget->unit};
    out.lot = lot_rows_of(w, *c);
    if (by_teams(c->asked)) out.teams = team_sheet{*c->asked.teams, teams_now(w.own, *c, false)};
    out.lots = {c->settled, c->lot_until, c->lot_over};
    out.applications = c->applications;
    if (c->closed) {
        out.root = c->closed->root;
        out.closed_seq = static_cast<std::int64_t>(c->closed_seq);
    }
    show_rounds(*c, out);
    if (c->asked.hosts)
        out.hosts =
            host_side{*c->asked.hosts, rankings_until(*c), c->rankings_over, ranks_for(w, *c, who)};
    out.leads = has_power(w, *c, who, "calls");
    const application* mine = who.person.empty() ? nullptr : w.own.find(q.call, who.person);
    out.applies = mine && !mine->withdrawn;
    for (const office_id& one : c->asked.custodians)
        if (!who.person.empty() && w.charter.holds_office(who.person, one, date_of(who.now)))
            out.keeps_lot = one;
    return out;
}

result<lot_view> ask(const world& w, const lot_query& q, const viewer&) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    VECHE_CHECK(check_closed(*c));
    if (!draws_lots(c->asked) || !c->lot_over) return refuse(refusals::lot_not_revealed, "call");
    if (q.programme && !c->find(*q.programme))
        return refuse(refusals::programme_unknown, "programme", q.programme->value);
    const bool each = c->asked.rules.lottery == lottery_kind::per_programme;
    if (each && !q.programme) return refuse(refusals::programme_missing, "programme");
    lot_view out;
    const hash256 seed = seed_of(*c);
    out.root = c->closed->root;
    out.seed = to_hex(seed);
    out.programme = each ? q.programme->value : "*";
    out.key = to_hex(key_of(*c, seed, q.programme, q.applicant));
    out.known = c->asked.shares ? find_party(*c->asked.shares, {q.applicant.value}) != nullptr
                                : w.own.find(q.call, q.applicant) != nullptr;
    return out;
}

result<result_view> ask(const world& w, const result_query& q, const viewer&) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    if (c->rounds.empty()) return refuse(refusals::not_allocated, "call");
    result_view out;
    std::map<std::int32_t, std::int64_t> counts;
    each_application(w.own, q.call, [&](const application& a) {
        if (a.in_run() || !a.offers.empty()) {
            const offer* held = a.held();
            ++counts[held ? line_of(w.own, a, *held) : 0];
        }
        if (a.offers.empty() || (q.after && a.applicant <= *q.after)) return;
        if (out.placed.size() >= rows_at_once) {
            out.more = true;
            return;
        }
        const offer* held = a.held() ? a.held() : a.current();
        for (const offer& one : a.offers) {
            // Where offers roll one has several.
            const bool beside = c->rolling && one.status == offer_status::accepted;
            if (&one != held && !beside) continue;
            out.placed.push_back({a.applicant, one.programme, one.group, one.round, one.beyond,
                                  one.status, score_of(*c, a), a.asked.title, a.asked.asks});
            if (by_hosts(c->asked))
                out.placed.back().rank = rank_at(*c, *one.programme, a.applicant);
        }
    });
    for (const auto& [line, offers] : counts) out.choices.push_back({line, offers});
    out.groups = report_of(w.own, *c).groups;
    return out;
}

}  // namespace veche::calls
