// What a person asks for themselves.

#include <algorithm>

#include "calls/check_internships.hpp"
#include "calls/checks.hpp"
#include "calls/pairs.hpp"
#include "calls/rolling_answers.hpp"
#include "calls/voting.hpp"

namespace veche::calls {
namespace {

result<void> check_choices(const call& c, const submit_application& asked) {
    for (std::size_t i = 0; i < asked.groups.size(); ++i) {
        const auto& known = c.asked.groups;
        if (std::none_of(known.begin(), known.end(),
                         [&](const group_plan& g) { return g.group == asked.groups[i]; }))
            return refuse(refusals::group_unknown, "groups." + std::to_string(i),
                          asked.groups[i].value);
    }
    const std::size_t most = c.asked.rules.max_choices
                                 ? static_cast<std::size_t>(*c.asked.rules.max_choices)
                                 : c.asked.programmes.size();
    // Who goes with another may want nothing alone.
    const bool enough = !asked.choices.empty() || asked.partner;
    if (by_programme(c.asked) && (!enough || asked.choices.size() > most))
        return refuse(refusals::choices_missing, "choices", std::to_string(most));
    for (std::size_t i = 0; i < asked.choices.size(); ++i)
        if (!c.find(asked.choices[i]))
            return refuse(refusals::programme_unknown, "choices." + std::to_string(i),
                          asked.choices[i].value);
    return {};
}

result<void> check_ask(const call& c, const submit_application& asked) {
    const bool grants = by_money(c.asked);
    const std::string unit = grants ? c.asked.budget->unit.value : std::string();
    const bool sound =
        grants ? asked.asks && asked.asks->unit == c.asked.budget->unit && asked.asks->minor > 0 &&
                     asked.asks->minor <= c.asked.budget->minor && !blank(asked.title)
               : !asked.asks && asked.title.empty();
    if (!sound) return refuse(refusals::ask_malformed, asked.asks ? "asks" : "title", unit);
    return {};
}

result<void> check_seals(const std::vector<seal_ref>& sealed) {
    std::vector<sealed_id> ids;
    for (const seal_ref& one : sealed) ids.push_back(one.commit);
    return check_ids(ids, "sealed", max_seals);
}

/// The window for applications.
result<void> check_open(const call& c, const context& ctx) {
    if (ctx.at < c.asked.opens)
        return refuse(refusals::not_open_yet, "call", to_text(c.asked.opens));
    if (ctx.at >= c.asked.closes)
        return refuse(refusals::closed_already, "call", to_text(c.asked.closes));
    return {};
}

}  // namespace

result<events> decide(const world& w, const submit_application& c, const context& ctx) {
    VECHE_CHECK(by_applicant(ctx));
    const call* of = VECHE_TRY(find_call(w, c.call));
    if (by_party(of->asked)) return refuse(refusals::nobody_applies, "call");
    VECHE_CHECK(check_open(*of, ctx));
    if (draws_lots(of->asked) && of->lot.empty())
        return refuse(refusals::lot_not_committed, "call");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_ids(c.choices, "choices", max_programmes));
    VECHE_CHECK(check_ids(c.groups, "groups", max_groups));
    VECHE_CHECK(check_seals(c.sealed));
    if (c.pairs.size() > max_pairs)
        return refuse(refusals::too_many, "pairs", std::to_string(max_pairs));
    VECHE_CHECK(check_choices(*of, c));
    VECHE_CHECK(check_pairs(*of, c, ctx));
    VECHE_CHECK(check_ask(*of, c));
    VECHE_CHECK(check_project(w, *of, c));
    VECHE_CHECK(check_features(*of, c));
    return events{};
}

result<events> decide(const world& w, const withdraw_application& c, const context& ctx) {
    VECHE_CHECK(by_applicant(ctx));
    const call* of = VECHE_TRY(find_call(w, c.call));
    const application* a = VECHE_TRY(own_application(w, c.call, ctx));
    VECHE_CHECK(check_not_concluded(*of));
    if (!of->rolling || of->offers_over) return events{};
    const auto leaves = rolling_leave(*of, *a);
    return leaves ? moves_of(*of, step_of(*of, leaves, ctx.at)) : events{};
}

namespace {

/// Where offers roll: what an answer frees goes on at once.
result<events> decide_rolling(const call& of, const application& a, const answer_offer& c,
                              const context& ctx) {
    const auto act = VECHE_TRY(rolling_answer(of, a, c));
    return act ? moves_of(of, step_of(of, act, ctx.at)) : events{};
}

}  // namespace

result<events> decide(const world& w, const answer_offer& c, const context& ctx) {
    VECHE_CHECK(by_applicant(ctx));
    const call* of = VECHE_TRY(find_call(w, c.call));
    const application* a = VECHE_TRY(own_application(w, c.call, ctx));
    if (of->rolling) return decide_rolling(*of, *a, c, ctx);
    const offer* one = a->current();
    if (one && c.programme && one->programme != c.programme)
        return refuse(refusals::no_offer, "programme");
    if (!one || one->status != offer_status::open) return refuse(refusals::no_offer, "call");
    if (one->paired && c.keep_waiting.value_or(false))
        return refuse(refusals::pair_cannot_wait, "keep_waiting");
    if (by_teams(of->asked) && c.keep_waiting.value_or(false))
        return refuse(refusals::no_moving_up, "keep_waiting");
    return events{};
}

result<events> decide(const world& w, const rank_offers& c, const context& ctx) {
    VECHE_CHECK(by_applicant(ctx));
    const call* of = VECHE_TRY(find_call(w, c.call));
    const application* a = VECHE_TRY(own_application(w, c.call, ctx));
    if (!rolls(of->asked)) return refuse(refusals::offers_not_rolling, "call");
    if (!of->rolling) return refuse(refusals::not_allocated, "call");
    VECHE_CHECK(check_ids(c.ranking, "ranking", max_programmes));
    const auto act = VECHE_TRY(rolling_ranking(*of, *a, c));
    return moves_of(*of, step_of(*of, act, ctx.at));
}

result<events> decide(const world& w, const lodge_appeal& c, const context& ctx) {
    VECHE_CHECK(by_applicant(ctx));
    const call* of = VECHE_TRY(find_call(w, c.call));
    const application* a = VECHE_TRY(own_application(w, c.call, ctx));
    VECHE_CHECK(check_not_concluded(*of));
    const auto until = appeals_until(*of);
    const bool judged = a->eligible == eligibility::ineligible || !a->refused_groups.empty() ||
                        !a->refused_skills.empty() || !a->mended_features.empty();
    if (!until && !judged) return refuse(refusals::not_allocated, "call");
    VECHE_CHECK(check_not_settled(*of));
    if (a->appeal) return refuse(refusals::appeal_taken, "call");
    if (until && ctx.at >= *until)
        return refuse(refusals::too_late_to_appeal, "call", to_text(*until));
    VECHE_CHECK(check_seals(c.sealed));
    return events{};
}

}  // namespace veche::calls
