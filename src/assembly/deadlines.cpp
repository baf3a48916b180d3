#include "assembly/deadlines.hpp"

#include <algorithm>

#include "assembly/tally.hpp"

namespace veche::assembly {

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    if (!s.open_votes.empty() && s.open_votes.front().first <= at) {
        const vote& v = *s.votes.find(s.open_votes.front().second);
        // Closed already, it waited for corrections.
        const bool closed = v.status == vote_status::closed;
        return make_event(tally(v, v.chair, closed ? closing::by_chair : closing::by_deadline));
    }
    if (const auto decided = next_into_force(s, at)) return make_event(decision_in_force{*decided});
    return std::nullopt;
}

std::optional<instant> earliest_due(const state& s) {
    instant earliest = s.open_votes.empty() ? never : s.open_votes.front().first;
    if (!s.waiting_force.empty()) earliest = std::min(earliest, s.waiting_force.front().first);
    if (earliest == never) return std::nullopt;
    return earliest;
}

}  // namespace veche::assembly
