// A call as a whole: what can be opened, its lots, its end.

#include <algorithm>

#include "calls/blockers.hpp"
#include "calls/check_internships.hpp"
#include "calls/checks.hpp"
#include "calls/contracts.hpp"
#include "calls/report.hpp"
#include "calls/rolling_answers.hpp"
#include "calls/root.hpp"
#include "calls/run.hpp"
#include "calls/shares.hpp"
#include "calls/teams.hpp"
#include "calls/voting.hpp"
#include "kernel/hash.hpp"

namespace veche::calls {
namespace {

std::string numbered(const std::string& field, std::size_t i, const std::string& name = {}) {
    return field + "." + std::to_string(i) + (name.empty() ? "" : "." + name);
}

result<void> check_texts(const world& w, const open_call& c) {
    if (blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_text(w, c.text, "text", max_text_bytes));
    const auto check_title = [&](const localized& title, const std::string& field) -> result<void> {
        if (blank(title)) return refuse(refusals::title_missing, field);
        return check_text(w, title, field, max_title_bytes);
    };
    for (std::size_t i = 0; i < c.programmes.size(); ++i) {
        VECHE_CHECK(check_title(c.programmes[i].title, numbered("programmes", i, "title")));
        if (c.programmes[i].host.size() > max_title_bytes)
            return refuse(refusals::text_too_long, numbered("programmes", i, "host"),
                          std::to_string(max_title_bytes));
    }
    for (std::size_t i = 0; i < c.groups.size(); ++i)
        VECHE_CHECK(check_title(c.groups[i].title, numbered("groups", i, "title")));
    for (std::size_t i = 0; i < c.criteria.size(); ++i)
        VECHE_CHECK(check_title(c.criteria[i].title, numbered("criteria", i, "title")));
    return {};
}

template <class Row, class Id>
std::vector<Id> ids_in(const std::vector<Row>& rows, Id Row::* id) {
    std::vector<Id> out;
    for (const Row& row : rows) out.push_back(row.*id);
    return out;
}

result<void> check_all_ids(const open_call& c) {
    VECHE_CHECK(
        check_ids(ids_in(c.programmes, &programme_plan::programme), "programmes", max_programmes));
    VECHE_CHECK(check_ids(ids_in(c.groups, &group_plan::group), "groups", max_groups));
    VECHE_CHECK(
        check_ids(ids_in(c.criteria, &criterion_plan::criterion), "criteria", max_criteria));
    for (std::size_t i = 0; i < c.programmes.size(); ++i)
        VECHE_CHECK(check_ids(ids_in(c.programmes[i].reserves, &reserve::group),
                              numbered("programmes", i, "reserves"), max_groups));
    return check_ids(c.custodians, "custodians", max_custodians);
}

/// Stipends of one call are of one money, and somebody stands behind them.
result<void> check_stipend(const world& w, const open_call& c, std::size_t i) {
    const auto& stipend = c.programmes[i].stipend;
    if (!stipend) return {};
    const charter::unit* unit = w.charter.find_unit(stipend->unit);
    const bool money = unit && unit->kind == charter::unit_kind::money;
    const bool alike =
        std::all_of(c.programmes.begin(), c.programmes.end(), [&](const programme_plan& one) {
            return !one.stipend || one.stipend->unit == stipend->unit;
        });
    if (!money || !alike || stipend->minor < 1 || stipend->minor > max_stipend || !c.commitment)
        return refuse(refusals::stipend_malformed, numbered("programmes", i, "stipend"));
    return {};
}

result<void> check_programme(const world& w, const open_call& c, std::size_t i) {
    const programme_plan& one = c.programmes[i];
    if (one.member && !w.charter.find_member(*one.member))
        return refuse(refusals::member_unknown, numbered("programmes", i, "member"),
                      one.member->value);
    if (one.capacity < 1 || one.capacity > max_capacity)
        return refuse(refusals::capacity_malformed, numbered("programmes", i, "capacity"),
                      std::to_string(max_capacity));
    VECHE_CHECK(check_stipend(w, c, i));
    std::int64_t reserved = 0;
    bool sound = true;
    for (std::size_t r = 0; r < one.reserves.size(); ++r) {
        const auto& groups = c.groups;
        if (std::none_of(groups.begin(), groups.end(),
                         [&](const group_plan& g) { return g.group == one.reserves[r].group; }))
            return refuse(refusals::group_unknown,
                          numbered("programmes", i, "reserves." + std::to_string(r) + ".group"),
                          one.reserves[r].group.value);
        sound = sound && one.reserves[r].seats > 0;
        reserved += one.reserves[r].seats;
    }
    if (!sound || reserved > one.capacity)
        return refuse(refusals::reserves_malformed, numbered("programmes", i, "reserves"),
                      one.programme.value, std::to_string(one.capacity), std::to_string(reserved));
    return {};
}

/// The event that says who got in fits one entry, however long its figures are.
result<void> check_result_size(const open_call& c) {
    constexpr std::size_t cutoff_bytes = 151;  // without the ids
    constexpr std::size_t other_bytes = 1000;
    std::size_t bytes = other_bytes + host_result_bytes(c);
    for (const programme_plan& one : c.programmes) {
        bytes += one.programme.value.size() + 3;  // where lots decided
        bytes += (one.reserves.size() + 1) * (cutoff_bytes + one.programme.value.size());
        for (const reserve& held : one.reserves) bytes += held.group.value.size();
    }
    if (bytes > max_result_bytes)
        return refuse(refusals::result_too_large, "programmes", std::to_string(bytes),
                      std::to_string(max_result_bytes));
    return {};
}

result<void> check_offered(const world& w, const open_call& c) {
    if (c.shares) return refuse(refusals::shares_missing, "shares");
    if (by_programme(c)) {
        if (c.programmes.empty() || c.budget)
            return refuse(refusals::programmes_missing, c.budget ? "budget" : "programmes");
        for (std::size_t i = 0; i < c.programmes.size(); ++i) VECHE_CHECK(check_programme(w, c, i));
        return by_teams(c) ? result<void>() : check_result_size(c);
    }
    if (!c.budget || c.budget->minor < 1 || !c.programmes.empty() || !c.groups.empty())
        return refuse(refusals::budget_missing, c.programmes.empty() ? "budget" : "programmes");
    const charter::unit* unit = w.charter.find_unit(c.budget->unit);
    if (!unit || unit->kind != charter::unit_kind::money)
        return refuse(refusals::unit_unknown, "budget.unit", c.budget->unit.value);
    return {};
}

/// Rules that say nothing together, or two things at once.
result<void> check_rules(const open_call& c) {
    const call_rules& r = c.rules;
    const bool lots = draws_lots(c);
    const bool reserved = std::any_of(c.programmes.begin(), c.programmes.end(),
                                      [](const programme_plan& p) { return !p.reserves.empty(); });
    if (reserved != r.reserves.has_value())
        return refuse(refusals::reserves_unruled, "rules.reserves");
    if (reserved && !lots) return refuse(refusals::reserves_need_lots, "rules.ties");
    if (lots != r.lottery.has_value()) return refuse(refusals::lottery_unsaid, "rules.lottery");
    if (by_money(c) && r.lottery == lottery_kind::per_programme)
        return refuse(refusals::grants_one_lot, "rules.lottery");
    if (r.ties == tie_policy::order) return refuse(refusals::order_for_parties, "rules.ties");
    if (by_money(c) && r.ties == tie_policy::chilean)
        return refuse(refusals::class_beyond_budget, "rules.ties");
    if ((c.kind == call_kind::grants) != r.budget.has_value())
        return refuse(refusals::budget_rule_unsaid, "rules.budget");
    if (by_money(c) && r.max_choices)
        return refuse(refusals::choices_without_programmes, "rules.max_choices");
    VECHE_CHECK(check_rolling(c));
    if (r.max_choices)
        VECHE_CHECK(check_range(*r.max_choices, "rules.max_choices", 1,
                                static_cast<std::int64_t>(c.programmes.size())));
    return {};
}

result<void> check_assessment(const world& w, const open_call& c) {
    for (std::size_t i = 0; i < c.criteria.size(); ++i) {
        const criterion_plan& one = c.criteria[i];
        if (one.max < 1 || one.max > max_points || one.weight < 1 || one.weight > max_points)
            return refuse(refusals::criteria_malformed, numbered("criteria", i),
                          std::to_string(max_points));
    }
    const std::int32_t assessors = c.assessors.value_or(0);
    if (by_hosts(c)) return {};
    if (c.criteria.empty() ? assessors != 0 || !draws_lots(c)
                           : assessors < 1 || assessors > max_assessors)
        return refuse(refusals::assessment_malformed, "assessors", std::to_string(max_assessors));
    if (c.custodians.empty() == draws_lots(c))
        return refuse(refusals::custodians_malformed, "custodians", std::to_string(max_custodians));
    for (std::size_t i = 0; i < c.custodians.size(); ++i)
        if (!w.charter.find_office(c.custodians[i]))
            return refuse(refusals::office_unknown, numbered("custodians", i),
                          c.custodians[i].value);
    return {};
}

result<void> check_days(const open_call& c) {
    VECHE_CHECK(check_range(c.answer_days, "answer_days", 1, max_days));
    VECHE_CHECK(check_range(c.appeal_days, "appeal_days", 1, max_days));
    return check_range(c.reveal_days.value_or(1), "reveal_days", 1, max_days);
}

result<void> check_times(const open_call& c, const context& ctx) {
    if (c.opens < ctx.at) return refuse(refusals::opens_past, "opens", to_text(c.opens));
    if (c.closes <= c.opens) return refuse(refusals::times_reversed, "closes");
    return {};
}

result<void> check_custodian(const world& w, const call& c, const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    std::string named;
    for (const office_id& one : c.asked.custodians) {
        if (one.value == ctx.auth && w.charter.holds_office(ctx.actor, one, date_of(ctx.at)))
            return {};
        named += (named.empty() ? "" : ", ") + one.value;
    }
    return refuse(refusals::not_custodian, {}, named);
}

/// What belongs to the kind of the call, and goes together.
result<void> check_kind(const world& w, const open_call& c) {
    if (by_party(c)) {
        VECHE_CHECK(check_rolling(c));
        VECHE_CHECK(check_hosts(w, c));
        VECHE_CHECK(check_shares(w, c));
        return check_range(c.reveal_days.value_or(1), "reveal_days", 1, max_days);
    }
    VECHE_CHECK(check_all_ids(c));
    VECHE_CHECK(check_offered(w, c));
    VECHE_CHECK(check_rules(c));
    VECHE_CHECK(check_voting(c));
    VECHE_CHECK(check_hosts(w, c));
    VECHE_CHECK(check_days(c));
    VECHE_CHECK(check_assessment(w, c));
    return check_team_call(w, c);
}

/// Whether a number can still be bound. Over parties nobody applies, so that a call in which no
/// claim was stated still waits for its custodians after the closing.
result<void> check_committing(const call& c, const context& ctx) {
    if (by_party(c.asked)) {
        VECHE_CHECK(check_before_run(c));
        VECHE_CHECK(check_not_settled(c));
    } else if (ctx.at >= c.asked.closes) {
        return refuse(refusals::closed_already, "call", to_text(c.asked.closes));
    }
    if (c.applied_to) return refuse(refusals::lot_fixed, "call");
    return {};
}

/// Whatever could still be allocated is: a call in which nobody could win anything ends without a
/// run, one whose rules pass on what is free ends when nobody gets any of it.
result<void> check_nothing_due(const state& s, const call& c) {
    if (by_party(c.asked)) {
        if (!c.shared) return refuse(refusals::not_allocated, "call");
        return {};
    }
    // Time ended a call whose offers roll, run or not.
    if (c.offers_over) return {};
    const auto next = ready_round(s, c);
    if (!next) {
        const bool blocks = next.error().kind == &refusals::blocked;
        if (blocks && c.rounds.empty()) return refuse(refusals::not_allocated, "call");
        return {};
    }
    // Where no teams exist, a call for them may end without a run.
    if (c.rounds.empty() && !by_teams(c.asked)) return refuse(refusals::not_allocated, "call");
    const run_result made = allocate(*next);
    if (std::any_of(made.placings.begin(), made.placings.end(),
                    [](const placing& one) { return one.offered; }))
        return refuse(c.rounds.empty() ? refusals::not_allocated : refusals::round_due, "call");
    return {};
}

/// Ids in a sentence; of many the first, and how many more there are.
template <class Id>
std::string told(const std::vector<Id>& ids) {
    constexpr std::size_t shown = 12;
    std::string out;
    for (std::size_t i = 0; i < ids.size() && i < shown; ++i)
        out += (i == 0 ? "" : ", ") + ids[i].value;
    if (ids.size() > shown) out += " (+" + std::to_string(ids.size() - shown) + ")";
    return out;
}

}  // namespace

result<events> decide(const world& w, const open_call& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, open_call::wire.type));
    if (!w.charter.find_body(c.body)) return refuse(refusals::body_unknown, "body", c.body.value);
    if (w.own.calls.contains(c.call)) return refuse(refusals::call_taken, "call", c.call.value);
    VECHE_CHECK(check_texts(w, c));
    VECHE_CHECK(check_kind(w, c));
    VECHE_CHECK(check_contract_terms(c));
    VECHE_CHECK(check_times(c, ctx));
    VECHE_CHECK(check_voting_times(c));
    return events{};
}

result<events> decide(const world& w, const commit_lot& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(check_custodian(w, *of, ctx));
    VECHE_CHECK(check_committing(*of, ctx));
    return check_hex(c.hash, "hash").map([] { return events{}; });
}

result<events> decide(const world& w, const reveal_lot& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(check_custodian(w, *of, ctx));
    VECHE_CHECK(check_closed(*of));
    const auto mine = std::find_if(of->lot.begin(), of->lot.end(), [&](const lot_share& one) {
        return one.custodian.value == ctx.auth;
    });
    if (mine == of->lot.end()) return refuse(refusals::nothing_committed, "call");
    if (!of->settled) return refuse(refusals::list_not_settled, "call");
    if (!mine->number.empty()) return refuse(refusals::revealed_already, "call");
    if (of->lot_over) return refuse(refusals::lot_over, "call");
    VECHE_CHECK(check_hex(c.number, "number"));
    const hash256 number = *hash_from_hex(c.number);
    if (to_hex(lot_commitment(c.call, mine->custodian, number)) != mine->hash)
        return refuse(refusals::number_wrong, "number");
    return events{};
}

result<events> decide(const world& w, const settle_list& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "calls", settle_list::wire.type));
    VECHE_CHECK(check_closed(*of));
    VECHE_CHECK(check_before_run(*of));
    VECHE_CHECK(check_not_settled(*of));
    VECHE_CHECK(check_not_concluded(*of));
    if (of->lot.empty()) return refuse(refusals::no_lots, "call");
    if (by_party(of->asked) && !needs_lots(*of)) return refuse(refusals::lots_not_needed, "call");
    const auto blocking = blockers_of(w.own, *of);
    if (!blocking.empty() && blocking.front().kind != blocker_kind::list_not_settled)
        return refuse(refusals::blocked, "call", std::to_string(blocking.size()));
    return events{};
}

result<events> decide(const world& w, const run_allocation& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "calls", run_allocation::wire.type));
    VECHE_CHECK(check_closed(*of));
    VECHE_CHECK(check_not_concluded(*of));
    if (by_party(of->asked)) return events{make_event(VECHE_TRY(ready_sharing(w.own, *of)))};
    if (of->offers_over)
        return refuse(refusals::offers_out, "call", to_text(*of->asked.rules.rolling_until));
    const run_input in = VECHE_TRY(ready_round(w.own, *of));
    const run_result out = allocate(in);
    if (!out.fault.empty()) return refuse(refusals::certificate_failed, "call", out.fault);
    if (out.stuck)
        return refuse(refusals::no_stable_matching, "call", told(out.stuck->programmes),
                      told(out.stuck->applicants));
    if (by_teams(of->asked)) VECHE_CHECK(check_teams_found(out));
    return events{make_event(summary_of(in, out, ctx.at))};
}

result<events> decide(const world& w, const conclude_call& c, const context& ctx) {
    const call* of = VECHE_TRY(find_call(w, c.call));
    VECHE_CHECK(by_officer(w, *of, ctx, "calls", conclude_call::wire.type));
    VECHE_CHECK(check_closed(*of));
    VECHE_CHECK(check_not_concluded(*of));
    if (of->rolling && !of->offers_over)
        return refuse(refusals::offers_running, "call", to_text(*of->asked.rules.rolling_until));
    if (of->open_offers > 0)
        return refuse(refusals::answers_open, "call", std::to_string(of->open_offers),
                      of->answers_due.empty() ? "" : to_text(of->answers_due.back()));
    const auto until = appeals_until(*of);
    if (of->open_appeals > 0 || (until && ctx.at < *until))
        return refuse(refusals::appeals_running, "call", to_text(until.value_or(ctx.at)),
                      std::to_string(of->open_appeals));
    VECHE_CHECK(check_nothing_due(w.own, *of));
    return events{make_event(by_party(of->asked) ? report_of_shares(*of) : report_of(w.own, *of))};
}

}  // namespace veche::calls
