#include "assembly/deadlines.hpp"

#include "assembly/tally.hpp"

namespace veche::assembly {

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    const auto due = earliest_due(s);
    if (!due || at < *due) return std::nullopt;
    const vote& v = *s.votes.find(s.open_votes.front().second);
    return make_event(tally(v, std::nullopt, closing::by_deadline));
}

std::optional<instant> earliest_due(const state& s) {
    if (s.open_votes.empty() || s.open_votes.front().first == never) return std::nullopt;
    return s.open_votes.front().first;
}

}  // namespace veche::assembly
