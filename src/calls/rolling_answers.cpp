#include "calls/rolling_answers.hpp"

#include <algorithm>

#include "kernel/check.hpp"

namespace veche::calls {
namespace {

using matching::rolling_event;
using matching::rolling_event_kind;
using matching::rolling_line;
using matching::rolling_standing;

bool on_offer(rolling_standing s) {
    return s == rolling_standing::offered || s == rolling_standing::held;
}

/// Nobody answers after the last day, nor who took a place for good.
result<void> check_can_answer(const call& c, const application& a) {
    if (c.offers_over)
        return refuse(refusals::offers_out, "call", to_text(*c.asked.rules.rolling_until));
    for (const offer& one : a.offers)
        if (one.status == offer_status::accepted && !one.keep_waiting)
            return refuse(refusals::taken_for_good, "call", one.programme->value);
    return {};
}

}  // namespace

result<void> check_rolling(const open_call& c) {
    if (!rolls(c)) return {};
    const std::string field = "rules.rolling_until";
    if (c.kind != call_kind::places) return refuse(refusals::rolling_places_only, field);
    if (!draws_lots(c)) return refuse(refusals::rolling_needs_lots, "rules.ties");
    if (c.rules.reserves) return refuse(refusals::rolling_without_reserves, "rules.reserves");
    if (c.rules.unfilled != unfilled_rule::none)
        return refuse(refusals::rolling_one_run, "rules.unfilled");
    if (*c.rules.rolling_until < plus_days(c.closes, c.answer_days))
        return refuse(refusals::rolling_too_short, field, std::to_string(c.answer_days));
    return {};
}

std::optional<rolling_line> rolling_line_of(const call& c, const person_id& who,
                                            const place_id& programme) {
    if (!c.rolling) return std::nullopt;
    const auto at = choice_at(c, *c.rolling, who, programme);
    if (!at) return std::nullopt;
    return c.rolling->run.state().lines[*at];
}

const offer* open_beyond(const application& a, const std::optional<place_id>& programme) {
    for (const offer& one : a.offers)
        if (one.beyond && one.status == offer_status::open && one.programme == programme)
            return &one;
    return nullptr;
}

std::optional<rolling_event> rolling_leave(const call& c, const application& a) {
    if (c.offers_over || !position_in(*c.rolling, a.applicant)) return std::nullopt;
    return event_of(c, *c.rolling, rolling_event_kind::withdraw, a.applicant, std::nullopt);
}

result<std::optional<rolling_event>> rolling_answer(const call& c, const application& a,
                                                    const answer_offer& answer) {
    if (!answer.programme) return refuse(refusals::offer_unnamed, "programme");
    const bool accepts = answer.answer == offer_answer::accept;
    const bool waits = accepts && answer.keep_waiting.value_or(false);
    if (open_beyond(a, answer.programme)) {
        if (waits) return refuse(refusals::appeal_cannot_wait, "keep_waiting");
        return accepts ? rolling_leave(c, a) : std::optional<rolling_event>();
    }
    VECHE_CHECK(check_can_answer(c, a));
    const auto line = rolling_line_of(c, a.applicant, *answer.programme);
    const bool follows = line && (on_offer(line->standing) ||
                                  (!accepts && line->standing == rolling_standing::waiting));
    if (!follows) return refuse(refusals::no_offer, "programme");
    const auto kind = waits     ? rolling_event_kind::hold
                      : accepts ? rolling_event_kind::accept
                                : rolling_event_kind::decline;
    return event_of(c, *c.rolling, kind, a.applicant, answer.programme);
}

result<rolling_event> rolling_ranking(const call& c, const application& a,
                                      const rank_offers& said) {
    VECHE_CHECK(check_can_answer(c, a));
    if (said.ranking.empty())
        return refuse(refusals::choices_missing, "ranking", std::to_string(a.asked.choices.size()));
    rolling_event e = event_of(c, *c.rolling, rolling_event_kind::rank, a.applicant, std::nullopt);
    for (std::size_t i = 0; i < said.ranking.size(); ++i) {
        const auto line = rolling_line_of(c, a.applicant, said.ranking[i]);
        if (!line || (!on_offer(line->standing) && line->standing != rolling_standing::waiting))
            return refuse(refusals::list_left, "ranking." + std::to_string(i),
                          said.ranking[i].value);
        e.ranking.push_back(position_of(c, said.ranking[i]));
    }
    return e;
}

namespace {

/// The offer of the programme within the capacity, if there was one.
offer* offer_there(application& a, const place_id& programme) {
    for (offer& one : a.offers)
        if (!one.beyond && one.programme == programme) return &one;
    return nullptr;
}

/// One offer more that waits for its answer until then. What runs out with the last day ends with
/// it, and has no deadline of its own.
void begin_waiting(state& s, call& c, const offer& one) {
    ++c.open_offers;
    if (!one.beyond && one.until >= *c.asked.rules.rolling_until) return;
    if (++detail::own(c.rolling).due[one.until] > 1) return;
    c.answers_due.insert(std::lower_bound(c.answers_due.begin(), c.answers_due.end(), one.until),
                         one.until);
    s.deadlines.insert({one.until, c.asked.call, deadline_kind::answers}, '\0');
}

/// One less; a deadline at which nothing would lapse goes.
void end_waiting(state& s, call& c, const offer& one) {
    --c.open_offers;
    if (!one.beyond && one.until >= *c.asked.rules.rolling_until) return;
    rolling_book& book = detail::own(c.rolling);
    const auto at = book.due.find(one.until);
    if (at == book.due.end() || --at->second > 0) return;
    book.due.erase(at);
    std::erase(c.answers_due, one.until);
    s.deadlines.erase(deadline{one.until, c.asked.call, deadline_kind::answers});
}

/// The offer of one application as its line now stands. Whoever gave it up without saying so has
/// something better.
void mirror(state& s, call& c, application& a, const place_id& programme, const rolling_line& line,
            bool said) {
    offer* one = offer_there(a, programme);
    const bool was_open = one && one->status == offer_status::open;
    if (!one && !on_offer(line.standing)) return;  // gave up a waiting place
    if (!one) {
        one = &a.offers.emplace_back();
        one->programme = programme;
        one->round = 1;
        one->until = line.answer_by < 0 ? *c.asked.rules.rolling_until
                                        : answer_until(c, *c.rolling, line.answer_by);
    }
    switch (line.standing) {
        case rolling_standing::offered:
            if (!was_open) begin_waiting(s, c, *one);
            one->status = offer_status::open;
            return;
        case rolling_standing::held:
        case rolling_standing::accepted:
            one->keep_waiting = line.standing == rolling_standing::held;
            one->status = offer_status::accepted;
            break;
        case rolling_standing::given_up:
            one->status = said ? offer_status::declined : offer_status::left;
            one->keep_waiting = false;
            break;
        case rolling_standing::lapsed:
            one->status = offer_status::lapsed;
            ++c.lapsed;
            break;
        case rolling_standing::waiting:
            break;
    }
    if (was_open) end_waiting(s, c, *one);
}

void mirror_all(state& s, call& c, const std::vector<std::uint32_t>& changed,
                const std::optional<rolling_event>& act) {
    const rolling_book& book = *c.rolling;
    for (const std::uint32_t one : changed) {
        const std::uint32_t owner = book.run.owner_of(one);
        const std::uint32_t p = book.run.places().choices[one].programme;
        const bool said = act && act->applicant == owner &&
                          (act->kind == rolling_event_kind::withdraw ||
                           (act->kind == rolling_event_kind::decline && act->programme == p));
        application& a = s.applications.edit(c.asked.call).edit(book.who->applicants[owner]);
        mirror(s, c, a, c.asked.programmes[p].programme, book.run.state().lines[one], said);
    }
}

}  // namespace

void apply_rolling(state& s, const call_id& id, const std::optional<rolling_event>& act,
                   instant at) {
    call& c = s.calls.edit(id);
    auto step = step_of(c, act, at);
    VECHE_ENSURE(step.has_value(), "what decide let pass follows");
    rolling_book& book = detail::own(c.rolling);
    for (rolling_event& e : step->events)
        book.log.insert(static_cast<std::int64_t>(book.log.size()), std::move(e));
    book.run = std::move(step->run);
    for (const list_move& one : step->lists) book.last[position_of(c, one.programme)] = one.last;
    book.made = std::move(step->made);
    mirror_all(s, c, step->changed, act);
}

void begin_rolling(state& s, call& c, const run_input& in, const run_result& out, instant at) {
    c.rolling = out.rolled;
    c.rolling->began = at;
    for (std::size_t i = 0; i < in.candidates.size(); ++i) {
        application& a = s.applications.edit(c.asked.call).edit(in.candidates[i].applicant);
        for (std::size_t k = 0; k < out.placings[i].ranks.size(); ++k)
            a.standings.push_back({c.asked.programmes[in.candidates[i].choices[k]].programme,
                                   out.placings[i].ranks[k]});
    }
    mirror_all(s, c, c.rolling->run.changed(), std::nullopt);
}

void leave_list(state& s, const appeal_settled& e, instant at) {
    const call& c = *s.calls.find(e.call);
    const auto line = rolling_line_of(c, e.applicant, *e.programme);
    if (c.offers_over || !line || line->standing != rolling_standing::waiting) return;
    apply_rolling(s, e.call,
                  event_of(c, *c.rolling, rolling_event_kind::decline, e.applicant, e.programme),
                  at);
}

void answer_beyond(state& s, const call_id& id, const person_id& who, const place_id& programme,
                   offer_status status) {
    call& c = s.calls.edit(id);
    for (offer& one : s.applications.edit(id).edit(who).offers)
        if (one.beyond && one.status == offer_status::open && one.programme == programme) {
            one.status = status;
            end_waiting(s, c, one);
        }
}

void offer_beyond(state& s, const appeal_settled& e) {
    call& c = s.calls.edit(e.call);
    offer& one = s.applications.edit(e.call).edit(e.applicant).offers.emplace_back();
    one.programme = e.programme;
    one.round = 1;
    one.beyond = true;
    one.until = *e.answer_until;
    begin_waiting(s, c, one);
}

void end_rolling(state& s, call& c) {
    for (const person_id& who : c.rolling->who->applicants) {
        const application& now = *s.find(c.asked.call, who);
        if (std::none_of(now.offers.begin(), now.offers.end(), [](const offer& one) {
                return one.keep_waiting || (!one.beyond && one.status == offer_status::open);
            }))
            continue;
        for (offer& one : s.applications.edit(c.asked.call).edit(who).offers) {
            one.keep_waiting = false;
            if (one.beyond || one.status != offer_status::open) continue;
            one.status = offer_status::lapsed;
            ++c.lapsed;
            end_waiting(s, c, one);
        }
    }
}

}  // namespace veche::calls
