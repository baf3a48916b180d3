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

class rolling_run {
  public:
    explicit rolling_run(const rolling_call& c) : m_(c.places), days_(c.days_to_answer) {}

    result<void> begin() {
        orders_.resize(m_.programmes());
        owner_.resize(m_.choices.size());
        state_.lines.resize(m_.choices.size());
        state_.seats.assign(m_.capacities.begin(), m_.capacities.end());
        for (std::uint32_t a = 0; a < m_.applicants(); ++a)
            for (std::uint32_t c = m_.begins[a]; c < m_.begins[a + 1]; ++c) {
                if (m_.choices[c].programme >= m_.programmes())
                    return unsound(a, "names no programme");
                for (std::uint32_t d = m_.begins[a]; d < c; ++d)
                    if (m_.choices[d].programme == m_.choices[c].programme)
                        return unsound(a, "names a programme twice");
                owner_[c] = a;
                orders_[m_.choices[c].programme].push_back(c);
            }
        for (auto& order : orders_) {
            std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
                return m_.choices[x].rank < m_.choices[y].rank;
            });
            for (std::size_t i = 1; i < order.size(); ++i)
                if (m_.choices[order[i]].rank == m_.choices[order[i - 1]].rank)
                    return unsound(owner_[order[i]], "shares a rank");
        }
        next_.assign(m_.programmes(), 0);
        taken_.assign(m_.programmes(), 0);
        liking_.assign(m_.choices.size(), 0);
        ranks_.assign(m_.applicants(), false);
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) calling_.push_back(p);
        offer();
        return {};
    }

    result<void> follow(const rolling_event& e, std::size_t number) {
        const auto wrong = [&](const std::string& what) {
            return refuse(more_refusals::event_refused, "log." + std::to_string(number - 1),
                          std::to_string(number), what);
        };
        if (e.kind == rolling_event_kind::day) {
            if (e.number <= state_.day) return wrong("days only go on");
            turn_day(e.number);
        } else if (e.kind == rolling_event_kind::seats) {
            if (e.programme < 0 || e.programme >= m_.programmes())
                return wrong("there is no such programme");
            const auto p = static_cast<std::uint32_t>(e.programme);
            if (e.number < taken_[p]) return wrong("more places are held than it would have");
            if (e.number > INT32_MAX) return wrong("there are too many places");
            state_.seats[p] = e.number;
            calling_.push_back(p);
        } else {
            if (e.applicant < 0 || e.applicant >= m_.applicants())
                return wrong("there is no such candidate");
            const std::string fault = answer(e, static_cast<std::uint32_t>(e.applicant));
            if (!fault.empty()) return wrong(fault);
        }
        offer();
        return {};
    }

    [[nodiscard]] rolling_state take() { return std::move(state_); }

  private:
    static tl::unexpected<refusal> unsound(std::uint32_t a, const std::string& what) {
        return refuse(more_refusals::market_malformed, {}, fmt::format("applicant {} {}", a, what));
    }

    [[nodiscard]] rolling_standing& standing(std::uint32_t c) { return state_.lines[c].standing; }

    void set(std::uint32_t c, rolling_standing to) {
        const std::uint32_t p = m_.choices[c].programme;
        const bool had = takes_a_place(standing(c));
        standing(c) = to;
        if (to != rolling_standing::offered) state_.lines[c].answer_by = -1;
        if (had && !takes_a_place(to)) {
            --taken_[p];
            calling_.push_back(p);
        } else if (!had && takes_a_place(to)) {
            ++taken_[p];
        }
    }

    void give_up(std::uint32_t c) {
        if (still_open(standing(c))) set(c, rolling_standing::given_up);
    }

    /// "" or why the answer does not follow.
    std::string answer(const rolling_event& e, std::uint32_t a) {
        using enum rolling_event_kind;
        const std::uint32_t begin = m_.begins[a];
        const std::uint32_t end = m_.begins[a + 1];
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
            if (m_.choices[c].programme == e.programme) at = c;
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

    std::string answer_by_ranking(const rolling_event& e, std::uint32_t a) {
        std::vector<std::uint32_t> lines;
        for (const std::int64_t p : e.ranking) {
            std::uint32_t at = nobody;
            for (std::uint32_t c = m_.begins[a]; c < m_.begins[a + 1]; ++c)
                if (m_.choices[c].programme == p) at = c;
            if (at == nobody) return "the candidate has not applied to all of the ranking";
            if (std::find(lines.begin(), lines.end(), at) != lines.end())
                return "a programme stands twice in the ranking";
            lines.push_back(at);
        }
        ranks_[a] = true;
        for (std::uint32_t c = m_.begins[a]; c < m_.begins[a + 1]; ++c) liking_[c] = nobody;
        for (std::uint32_t i = 0; i < lines.size(); ++i) liking_[lines[i]] = i;
        for (std::uint32_t c = m_.begins[a]; c < m_.begins[a + 1]; ++c)
            if (liking_[c] == nobody) give_up(c);
        keep_best(a);
        return {};
    }

    /// Of the offers of one who ranks, the best is held; it and better ones stay open.
    void keep_best(std::uint32_t a) {
        std::uint32_t best = nobody;
        for (std::uint32_t c = m_.begins[a]; c < m_.begins[a + 1]; ++c)
            if (takes_a_place(standing(c)) && (best == nobody || liking_[c] < liking_[best]))
                best = c;
        if (best == nobody) return;
        for (std::uint32_t c = m_.begins[a]; c < m_.begins[a + 1]; ++c)
            if (liking_[c] > liking_[best]) give_up(c);
        if (standing(best) == rolling_standing::offered) set(best, rolling_standing::held);
    }

    void turn_day(std::int64_t day) {
        state_.day = day;
        for (std::uint32_t c = 0; c < state_.lines.size(); ++c)
            if (standing(c) == rolling_standing::offered && state_.lines[c].answer_by < day)
                set(c, rolling_standing::lapsed);
    }

    /// Calls until every programme is full or has nobody left; each call is made once, so all calls
    /// of a log together are no more than applications.
    void offer() {
        while (!calling_.empty()) {
            const std::uint32_t p = calling_.back();
            if (taken_[p] >= state_.seats[p] || next_[p] == orders_[p].size()) {
                calling_.pop_back();
                continue;
            }
            const std::uint32_t c = orders_[p][next_[p]++];
            if (standing(c) != rolling_standing::waiting) continue;
            set(c, rolling_standing::offered);
            state_.lines[c].answer_by = state_.day + days_;
            if (ranks_[owner_[c]]) keep_best(owner_[c]);
        }
    }

    const market& m_;
    std::int32_t days_;
    std::vector<std::vector<std::uint32_t>> orders_;  ///< of each programme: choices
    std::vector<std::uint32_t> owner_;
    std::vector<std::size_t> next_;
    std::vector<std::int64_t> taken_;
    std::vector<std::uint32_t> liking_;  ///< of each choice: its place in the ranking
    std::vector<bool> ranks_;
    std::vector<std::uint32_t> calling_;
    rolling_state state_;
};

}  // namespace

result<rolling_state> replay_rolling(const rolling_call& c, std::span<const rolling_event> log) {
    rolling_run run(c);
    VECHE_CHECK(run.begin());
    for (std::size_t i = 0; i < log.size(); ++i) VECHE_CHECK(run.follow(log[i], i + 1));
    return run.take();
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
