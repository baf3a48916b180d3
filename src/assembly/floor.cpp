#include "assembly/floor.hpp"

#include <algorithm>

namespace veche::assembly {

const speech* speakers_list::find(const speech_id& wanted) const {
    const auto at = std::find_if(speeches.begin(), speeches.end(),
                                 [&](const speech& s) { return s.id == wanted; });
    return at == speeches.end() ? nullptr : &*at;
}

namespace {

/// Takes turns: the first whose stance differs from the last one's, as long as there is one.
std::vector<const speech*> in_turns(std::vector<const speech*> waiting, stance last) {
    std::vector<const speech*> turns;
    while (!waiting.empty()) {
        auto next = waiting.begin();
        if (last != stance::neither)
            next = std::find_if(waiting.begin(), waiting.end(), [&](const speech* s) {
                return s->stands != last && s->stands != stance::neither;
            });
        if (next == waiting.end()) next = waiting.begin();
        if ((*next)->stands != stance::neither) last = (*next)->stands;
        turns.push_back(*next);
        waiting.erase(next);
    }
    return turns;
}

}  // namespace

std::vector<const speech*> line_of(const speakers_list& list) {
    const auto waiting = [&](speech_kind kind) {
        std::vector<const speech*> found;
        for (const speech& s : list.speeches)
            if (s.status == speech_status::waiting && s.kind == kind) found.push_back(&s);
        return found;
    };
    std::vector<const speech*> line = waiting(speech_kind::point_of_order);
    const auto interventions = waiting(speech_kind::intervention);
    line.insert(line.end(), interventions.begin(), interventions.end());
    auto speeches = waiting(speech_kind::speech);
    if (list.alternate) speeches = in_turns(std::move(speeches), list.last_stance);
    line.insert(line.end(), speeches.begin(), speeches.end());
    return line;
}

}  // namespace veche::assembly
