#include "barriers/deadlines.hpp"

namespace veche::barriers {
namespace {

event draft_due(const state& s, const due_mark& mark) {
    const draft_id id{mark.of};
    const draft& one = *s.drafts.find(id);
    const step_run& run = one.runs[static_cast<std::size_t>(mark.run)];
    if (run.step == barrier_step::comments)
        return make_event(comments_closed{id, static_cast<std::int32_t>(one.comments.size())});
    return make_event(reply_late{id, run.due});
}

}  // namespace

std::optional<event> next_due(const state& s, const charter::state&, instant at) {
    if (s.due.empty()) return std::nullopt;
    const due_mark& mark = (*s.due.begin()).first;
    if (at < mark.at) return std::nullopt;
    if (mark.draft) return draft_due(s, mark);
    const barrier_id id{mark.of};
    if (mark.run < 0) return make_event(check_due{id});
    const step_run& run = s.cases.find(id)->runs[static_cast<std::size_t>(mark.run)];
    return make_event(step_late{id, run.step, run.remedy, run.due});
}

std::optional<instant> earliest_due(const state& s) {
    if (s.due.empty()) return std::nullopt;
    return (*s.due.begin()).first.at;
}

}  // namespace veche::barriers
