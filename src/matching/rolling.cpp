#include "matching/rolling.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "matching/more_refusal.hpp"

namespace veche::matching {

namespace {

bool takes_a_place(rolling_standing s) {
    return s == rolling_standing::offered || s == rolling_standing::held ||
           s == rolling_standing::accepted;
}

bool still_open(rolling_standing s) {
    return s == rolling_standing::waiting || s == rolling_standing::offered ||
           s == rolling_standing::held;
}

tl::unexpected<refusal> unsound(std::uint32_t a, const std::string& what) {
    return refuse(more_refusals::market_malformed, {}, fmt::format("applicant {} {}", a, what));
}

}  // namespace

result<rolling_run> rolling_run::begin(std::shared_ptr<const rolling_call> call) {
    const market& m = call->places;
    auto f = std::make_shared<fixed>();
    f->call = std::move(call);
    f->orders.resize(m.programmes());
    f->owner.resize(m.choices.size());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c) {
            if (m.choices[c].programme >= m.programmes()) return unsound(a, "names no programme");
            for (std::uint32_t d = m.begins[a]; d < c; ++d)
                if (m.choices[d].programme == m.choices[c].programme)
                    return unsound(a, "names a programme twice");
            f->owner[c] = a;
            f->orders[m.choices[c].programme].push_back(c);
        }
    for (auto& order : f->orders) {
        std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
            return m.choices[x].rank < m.choices[y].rank;
        });
        for (std::size_t i = 1; i < order.size(); ++i)
            if (m.choices[order[i]].rank == m.choices[order[i - 1]].rank)
                return unsound(f->owner[order[i]], "shares a rank");
    }
    rolling_run run(std::move(f));
    run.state_.lines.resize(m.choices.size());
    run.state_.seats.assign(m.capacities.begin(), m.capacities.end());
    run.next_.assign(m.programmes(), 0);
    run.taken_.assign(m.programmes(), 0);
    run.liking_.assign(m.choices.size(), 0);
    run.ranks_.assign(m.applicants(), false);
    for (std::uint32_t p = 0; p < m.programmes(); ++p) run.calling_.push_back(p);
    run.offer();
    std::sort(run.changed_.begin(), run.changed_.end());
    return run;
}

result<void> rolling_run::follow(const rolling_event& e, std::size_t number) {
    changed_.clear();
    if (const std::string fault = change(e); !fault.empty())
        return refuse(more_refusals::event_refused, "log." + std::to_string(number - 1),
                      std::to_string(number), fault);
    offer();
    std::sort(changed_.begin(), changed_.end());
    changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
    return {};
}

std::uint32_t rolling_run::place_of(std::uint32_t c) const {
    const market& m = places();
    const auto& order = fixed_->orders[m.choices[c].programme];
    const auto at = std::lower_bound(
        order.begin(), order.end(), c,
        [&](std::uint32_t x, std::uint32_t y) { return m.choices[x].rank < m.choices[y].rank; });
    return static_cast<std::uint32_t>(at - order.begin()) + 1;
}

std::vector<std::uint32_t> rolling_run::ranking_of(std::uint32_t a) const {
    const market& m = places();
    std::vector<std::uint32_t> choices;
    for (std::uint32_t c = m.begins[a]; ranks_[a] && c < m.begins[a + 1]; ++c)
        if (still_open(state_.lines[c].standing)) choices.push_back(c);
    std::sort(choices.begin(), choices.end(),
              [&](std::uint32_t x, std::uint32_t y) { return liking_[x] < liking_[y]; });
    for (std::uint32_t& one : choices) one = m.choices[one].programme;
    return choices;
}

/// "" or why the event does not follow.
std::string rolling_run::change(const rolling_event& e) {
    const market& m = places();
    if (e.kind == rolling_event_kind::day) {
        if (e.number <= state_.day) return "days only go on";
        turn_day(e.number);
        return {};
    }
    if (e.kind == rolling_event_kind::seats) {
        if (e.programme < 0 || e.programme >= m.programmes()) return "there is no such programme";
        const auto p = static_cast<std::uint32_t>(e.programme);
        if (e.number < taken_[p]) return "more places are held than it would have";
        if (e.number > INT32_MAX) return "there are too many places";
        state_.seats[p] = e.number;
        calling_.push_back(p);
        return {};
    }
    if (e.applicant < 0 || e.applicant >= m.applicants()) return "there is no such candidate";
    return answer(e, static_cast<std::uint32_t>(e.applicant));
}

void rolling_run::set(std::uint32_t c, rolling_standing to) {
    const std::uint32_t p = places().choices[c].programme;
    const bool had = takes_a_place(standing(c));
    standing(c) = to;
    changed_.push_back(c);
    if (to != rolling_standing::offered) state_.lines[c].answer_by = -1;
    if (had && !takes_a_place(to)) {
        --taken_[p];
        calling_.push_back(p);
    } else if (!had && takes_a_place(to)) {
        ++taken_[p];
    }
}

void rolling_run::give_up(std::uint32_t c) {
    if (still_open(standing(c))) set(c, rolling_standing::given_up);
}

/// "" or why the answer does not follow.
std::string rolling_run::answer(const rolling_event& e, std::uint32_t a) {
    const market& m = places();
    using enum rolling_event_kind;
    const std::uint32_t begin = m.begins[a];
    const std::uint32_t end = m.begins[a + 1];
    for (std::uint32_t c = begin; c < end; ++c)
        if (standing(c) == rolling_standing::accepted && e.kind != withdraw)
            return "the candidate has accepted a place";
    if (e.kind == withdraw) {
        for (std::uint32_t c = begin; c < end; ++c)
            if (takes_a_place(standing(c)) || still_open(standing(c)))
                set(c, rolling_standing::given_up);
        return {};
    }
    if (e.kind == rank) return answer_by_ranking(e, a);
    std::uint32_t at = end;
    for (std::uint32_t c = begin; c < end; ++c)
        if (m.choices[c].programme == e.programme) at = c;
    if (at == end) return "the candidate has not applied there";
    const bool has =
        standing(at) == rolling_standing::offered || standing(at) == rolling_standing::held;
    if (e.kind == decline) {
        if (!still_open(standing(at))) return "there is nothing to decline";
        give_up(at);
        return {};
    }
    if (!has) return "no offer of this programme is open";
    for (std::uint32_t c = begin; c < end; ++c) {
        if (c == at) continue;
        if (e.kind == accept || standing(c) != rolling_standing::waiting) give_up(c);
    }
    set(at, e.kind == accept ? rolling_standing::accepted : rolling_standing::held);
    return {};
}

std::string rolling_run::answer_by_ranking(const rolling_event& e, std::uint32_t a) {
    const market& m = places();
    std::vector<std::uint32_t> lines;
    for (const std::int64_t p : e.ranking) {
        std::uint32_t at = nobody;
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
            if (m.choices[c].programme == p) at = c;
        if (at == nobody) return "the candidate has not applied to all of the ranking";
        if (std::find(lines.begin(), lines.end(), at) != lines.end())
            return "a programme stands twice in the ranking";
        lines.push_back(at);
    }
    ranks_[a] = true;
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c) liking_[c] = nobody;
    for (std::uint32_t i = 0; i < lines.size(); ++i) liking_[lines[i]] = i;
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
        if (liking_[c] == nobody) give_up(c);
    keep_best(a);
    return {};
}

/// Of the offers of one who ranks, the best is held; it and better ones stay open.
void rolling_run::keep_best(std::uint32_t a) {
    const market& m = places();
    std::uint32_t best = nobody;
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
        if (takes_a_place(standing(c)) && (best == nobody || liking_[c] < liking_[best])) best = c;
    if (best == nobody) return;
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
        if (liking_[c] > liking_[best]) give_up(c);
    if (standing(best) == rolling_standing::offered) set(best, rolling_standing::held);
}

void rolling_run::turn_day(std::int64_t day) {
    state_.day = day;
    for (std::uint32_t c = 0; c < state_.lines.size(); ++c)
        if (standing(c) == rolling_standing::offered && state_.lines[c].answer_by < day)
            set(c, rolling_standing::lapsed);
}

/// Calls until every programme is full or has nobody left; each call is made once, so all calls
/// of a log together are no more than applications.
void rolling_run::offer() {
    while (!calling_.empty()) {
        const std::uint32_t p = calling_.back();
        if (taken_[p] >= state_.seats[p] || next_[p] == fixed_->orders[p].size()) {
            calling_.pop_back();
            continue;
        }
        const std::uint32_t c = fixed_->orders[p][next_[p]++];
        if (standing(c) != rolling_standing::waiting) continue;
        set(c, rolling_standing::offered);
        state_.lines[c].answer_by = state_.day + fixed_->call->days_to_answer;
        if (ranks_[fixed_->owner[c]]) keep_best(fixed_->owner[c]);
    }
}

result<rolling_state> replay_rolling(const rolling_call& c, std::span<const rolling_event> log) {
    // The call outlives the run, so nothing is owned.
    rolling_run run = VECHE_TRY(
        rolling_run::begin(std::shared_ptr<const rolling_call>(std::shared_ptr<void>(), &c)));
    for (std::size_t i = 0; i < log.size(); ++i) VECHE_CHECK(run.follow(log[i], i + 1));
    return run.state();
}

assignment places_of(const rolling_call& call, const rolling_state& state) {
    const market& m = call.places;
    assignment got(m.applicants(), nobody);
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
            if (got[a] == nobody && takes_a_place(state.lines[c].standing))
                got[a] = m.choices[c].programme;
    return got;
}

std::vector<rolling_reason> rolling_reasons(const rolling_call& call, const rolling_state& state,
                                            std::uint32_t applicant) {
    const market& m = call.places;
    std::vector<rolling_reason> reasons;
    for (std::uint32_t own = m.begins[applicant]; own < m.begins[applicant + 1]; ++own) {
        const choice& mine = m.choices[own];
        rolling_reason why{.programme = mine.programme,
                           .standing = state.lines[own].standing,
                           .answer_by = state.lines[own].answer_by};
        std::uint32_t last = 0;
        bool any = false;
        for (std::uint32_t c = 0; c < m.choices.size(); ++c) {
            if (m.choices[c].programme != mine.programme) continue;
            const rolling_standing s = state.lines[c].standing;
            const bool called = takes_a_place(s) || s == rolling_standing::lapsed;
            if (called && (!any || m.choices[c].rank > last)) last = m.choices[c].rank;
            any = any || called;
            why.your_rank += m.choices[c].rank <= mine.rank;
            why.waiting_before_you +=
                s == rolling_standing::waiting && m.choices[c].rank < mine.rank;
        }
        for (std::uint32_t c = 0; any && c < m.choices.size(); ++c)
            why.last_called_rank +=
                m.choices[c].programme == mine.programme && m.choices[c].rank <= last;
        reasons.push_back(why);
    }
    return reasons;
}

std::string sentence(const rolling_reason& why) {
    std::string text =
        fmt::format("Programme {}: {}. Place {} in its order; the last called is at place {}",
                    why.programme, name_of(why.standing), why.your_rank, why.last_called_rank);
    if (why.standing == rolling_standing::waiting)
        text += fmt::format("; {} wait before you", why.waiting_before_you);
    if (why.answer_by >= 0) text += fmt::format("; answer by day {}", why.answer_by);
    return text + ".";
}

}  // namespace veche::matching
