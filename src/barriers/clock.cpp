#include "barriers/clock.hpp"

#include <algorithm>

namespace veche::barriers {
namespace {

due_mark mark_of(const std::string& of, bool draft, const step_run& run, std::size_t index) {
    return {late_at(run.due), of, draft, static_cast<std::int32_t>(index)};
}

/// A run whose last day passed has no mark left.
void unmark(state& s, const std::string& of, bool draft, const step_run& run, std::size_t index) {
    if (!run.late) s.due.erase(mark_of(of, draft, run, index));
}

void finish(state& s, const std::string& of, bool draft, std::vector<step_run>& runs,
            std::size_t index, date on, bool stopped) {
    unmark(s, of, draft, runs[index], index);
    runs[index].ended = on;
    runs[index].stopped = stopped;
}

std::optional<std::size_t> running(const std::vector<step_run>& runs, barrier_step step,
                                   const std::optional<remedy_id>& remedy) {
    for (std::size_t i = runs.size(); i-- > 0;)
        if (runs[i].running() && runs[i].step == step && runs[i].remedy == remedy) return i;
    return std::nullopt;
}

}  // namespace

step_days days_of(const charter::state& charter, const body_id& body) {
    step_days out;
    const charter::body* of = charter.find_body(body);
    if (!of || !of->barriers) return out;
    const charter::barrier_procedure& said = *of->barriers;
    const std::pair<const std::optional<std::int32_t>*, std::int32_t*> all[] = {
        {&said.intake_days, &out.intake},        {&said.position_days, &out.position},
        {&said.more_time_days, &out.more_time},  {&said.finding_days, &out.finding},
        {&said.panel_days, &out.panel},          {&said.plan_days, &out.plan},
        {&said.claim_days, &out.claim},          {&said.confirm_days, &out.confirm},
        {&said.check_months, &out.check_months}, {&said.check_days, &out.check},
        {&said.comment_days, &out.comments},     {&said.reply_days, &out.reply}};
    for (const auto& [from, into] : all)
        if (*from) *into = **from;
    return out;
}

std::int32_t days_for(const step_days& days, barrier_step step) {
    switch (step) {
        case barrier_step::intake:
            return days.intake;
        case barrier_step::position:
            return days.position;
        case barrier_step::finding:
            return days.finding;
        case barrier_step::panel:
            return days.panel;
        case barrier_step::plan:
            return days.plan;
        case barrier_step::claim:
            return days.claim;
        case barrier_step::confirm:
            return days.confirm;
        case barrier_step::check:
            return days.check;
        case barrier_step::comments:
            return days.comments;
        case barrier_step::reply:
            return days.reply;
        case barrier_step::remedy:
            break;  // its day is the one that was promised
    }
    return 0;
}

instant late_at(date due) {
    return start_of({due.days + 1});
}

void begin(state& s, const barrier_id& id, step_run run) {
    std::vector<step_run>& runs = s.cases.edit(id).runs;
    s.due.insert(mark_of(id.value, false, run, runs.size()), true);
    runs.push_back(std::move(run));
}

void end(state& s, const barrier_id& id, barrier_step step, date on, bool stopped,
         const std::optional<remedy_id>& remedy) {
    std::vector<step_run>& runs = s.cases.edit(id).runs;
    if (const auto at = running(runs, step, remedy))
        finish(s, id.value, false, runs, *at, on, stopped);
}

void stop_all(state& s, const barrier_id& id, date on) {
    std::vector<step_run>& runs = s.cases.edit(id).runs;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (runs[i].running()) finish(s, id.value, false, runs, i, on, true);
}

void postpone(state& s, const barrier_id& id, barrier_step step,
              const std::optional<remedy_id>& remedy, date due) {
    std::vector<step_run>& runs = s.cases.edit(id).runs;
    const auto at = running(runs, step, remedy);
    if (!at) return;
    step_run& run = runs[*at];
    unmark(s, id.value, false, run, *at);
    run.due = due;
    if (!run.late) s.due.insert(mark_of(id.value, false, run, *at), true);
}

void begin(state& s, const draft_id& id, step_run run) {
    std::vector<step_run>& runs = s.drafts.edit(id).runs;
    s.due.insert(mark_of(id.value, true, run, runs.size()), true);
    runs.push_back(std::move(run));
}

void end(state& s, const draft_id& id, date on, bool stopped) {
    std::vector<step_run>& runs = s.drafts.edit(id).runs;
    if (!runs.empty() && runs.back().running())
        finish(s, id.value, true, runs, runs.size() - 1, on, stopped);
}

}  // namespace veche::barriers
