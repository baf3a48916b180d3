#include "matching/rolling_check.hpp"

#include <algorithm>
#include <map>

namespace veche::matching {

namespace {

using application = std::pair<std::int64_t, std::int64_t>;  ///< applicant, programme

/// The last that a candidate said of everything, of one programme, and by a ranking.
struct answers_given {
    std::map<application, rolling_event_kind> last;
    std::map<std::int64_t, const rolling_event*> ranking;
    std::map<std::int64_t, std::int64_t> seats;
    std::map<std::int64_t, bool> withdrawn;
    std::int64_t day = 0;
};

answers_given read_answers(std::span<const rolling_event> log) {
    answers_given read;
    for (const rolling_event& e : log) {
        if (e.kind == rolling_event_kind::day)
            read.day = e.number;
        else if (e.kind == rolling_event_kind::seats)
            read.seats[e.programme] = e.number;
        else if (e.kind == rolling_event_kind::withdraw)
            read.withdrawn[e.applicant] = true;
        else if (e.kind == rolling_event_kind::rank)
            read.ranking[e.applicant] = &e;
        else
            read.last[{e.applicant, e.programme}] = e.kind;
    }
    return read;
}

bool has_place(rolling_standing s) {
    return s == rolling_standing::offered || s == rolling_standing::held ||
           s == rolling_standing::accepted;
}

std::string judge_candidate(const rolling_call& call, const answers_given& said,
                            const rolling_state& state, std::uint32_t a) {
    const market& m = call.places;
    const std::string who = "applicant " + std::to_string(a);
    int kept = 0;
    int accepted = 0;
    int open = 0;
    std::size_t best_held = SIZE_MAX;
    const auto ranked = said.ranking.find(a);
    const auto place_in_ranking = [&](std::uint32_t p) {
        const auto& list = ranked->second->ranking;
        return static_cast<std::size_t>(std::find(list.begin(), list.end(), p) - list.begin());
    };
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c) {
        const rolling_standing s = state.lines[c].standing;
        const std::uint32_t p = m.choices[c].programme;
        kept += s == rolling_standing::held;
        accepted += s == rolling_standing::accepted;
        open += s == rolling_standing::waiting || has_place(s);
        const auto last = said.last.find({a, p});
        const bool by_hand = last != said.last.end();
        if (s == rolling_standing::accepted &&
            (!by_hand || last->second != rolling_event_kind::accept))
            return who + " accepted nothing there";
        if (by_hand && last->second == rolling_event_kind::decline &&
            (s == rolling_standing::waiting || has_place(s)))
            return who + " declined what stands open";
        if (s == rolling_standing::held && !by_hand && ranked == said.ranking.end())
            return who + " holds without a word";
        if (s == rolling_standing::offered && state.lines[c].answer_by < state.day)
            return who + " has an offer whose day has passed";
        if (s == rolling_standing::held && ranked != said.ranking.end())
            best_held = place_in_ranking(p);
    }
    if (kept > 1 || accepted > 1 || (accepted == 1 && open > 1))
        return who + " keeps more than one place";
    if (said.withdrawn.contains(a) && open > 0) return who + " withdrew and is in";
    if (ranked == said.ranking.end() || best_held == SIZE_MAX) return {};
    for (std::uint32_t c = m.begins[a]; c < m.begins[a + 1]; ++c)
        if ((state.lines[c].standing == rolling_standing::waiting ||
             state.lines[c].standing == rolling_standing::offered) &&
            place_in_ranking(m.choices[c].programme) > best_held)
            return who + " waits for what they rank below what they hold";
    return {};
}

std::string judge_programme(const rolling_state& state, std::uint32_t p,
                            std::vector<std::pair<std::uint32_t, std::uint32_t>> order) {
    std::sort(order.begin(), order.end());
    const std::string which = "programme " + std::to_string(p);
    std::int64_t taken = 0;
    bool waits = false;
    for (const auto& [rank, c] : order) {
        const rolling_standing s = state.lines[c].standing;
        taken += has_place(s);
        if (waits && (has_place(s) || s == rolling_standing::lapsed))
            return which + " called somebody before one who waits";
        waits = waits || s == rolling_standing::waiting;
    }
    if (taken > state.seats[p]) return which + " is over its places";
    if (taken < state.seats[p] && waits) return which + " has a free place, and somebody waits";
    return {};
}

}  // namespace

std::string rolling_fault(const rolling_call& call, std::span<const rolling_event> log,
                          const rolling_state& state) {
    const market& m = call.places;
    if (state.lines.size() != m.choices.size() || state.seats.size() != m.programmes())
        return "the state is of another call";
    const answers_given said = read_answers(log);
    if (state.day != said.day) return "it is another day";
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        const auto at = said.seats.find(p);
        if (state.seats[p] != (at == said.seats.end() ? m.capacities[p] : at->second))
            return "programme " + std::to_string(p) + " has other places";
    }
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> orders(m.programmes());
    for (std::uint32_t c = 0; c < m.choices.size(); ++c)
        orders[m.choices[c].programme].push_back({m.choices[c].rank, c});
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (std::string wrong = judge_programme(state, p, orders[p]); !wrong.empty()) return wrong;
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        if (std::string wrong = judge_candidate(call, said, state, a); !wrong.empty()) return wrong;
    return {};
}

}  // namespace veche::matching
