// Folding approvals: whose turn it is, and when its days are over.

#include "programme/programme.hpp"

namespace veche::programme {
namespace {

step_state& edit_step(approval& of, const step_id& name) {
    return *std::find_if(of.steps.begin(), of.steps.end(),
                         [&](const step_state& one) { return one.plan.step == name; });
}

/// Takes what stands in the order of deadlines for the running turn out of it.
void clear_clock(state& s, const approval& of, step_state& one) {
    step_run& run = one.runs.back();
    if (!run.overdue_seq)
        s.step_deadlines.erase(
            step_deadline{run_falls_due(one.plan, run), of.id, one.plan.step, false});
    if (run.escalates)
        s.step_deadlines.erase(step_deadline{*run.escalates, of.id, one.plan.step, true});
    run.escalates.reset();
}

void end_run(state& s, const approval& of, step_state& one, run_end how, const context& ctx) {
    clear_clock(s, of, one);
    step_run& run = one.runs.back();
    run.until = ctx.at;
    run.until_seq = ctx.seq;
    run.how = how;
}

/// The same by the party itself.
step_run& end_turn(state& s, const approval& of, step_state& one, run_end how,
                   const localized& note, const context& ctx) {
    end_run(s, of, one, how, ctx);
    step_run& run = one.runs.back();
    run.by = ctx.actor;
    run.as = ctx.auth;
    if (ctx.decision) run.decision = ctx.decision->decision;
    run.note = note;
    return run;
}

/// The earliest stage that is not complete: each of its steps that has not agreed has its turn.
void begin_stage(state& s, approval& of, const context& ctx) {
    std::int32_t stage = 0;
    for (const step_state& one : of.steps)
        if (!one.approved && (stage == 0 || one.plan.stage < stage)) stage = one.plan.stage;
    for (step_state& one : of.steps) {
        if (one.approved || one.plan.stage != stage || one.running()) continue;
        step_run run;
        run.from = ctx.at;
        run.from_seq = ctx.seq;
        s.step_deadlines.insert({run_falls_due(one.plan, run), of.id, one.plan.step, false}, '\0');
        one.runs.push_back(std::move(run));
    }
}

void stop_all(state& s, approval& of, const context& ctx) {
    for (step_state& one : of.steps)
        if (one.running()) end_run(s, of, one, run_end::stopped, ctx);
}

}  // namespace

void apply(state& s, const charter::state&, const start_approval& c, const context& ctx) {
    approval of;
    of.id = c.approval;
    of.title = c.title;
    of.text = c.text;
    of.body = c.body;
    of.measures = c.measures;
    of.papers = c.papers;
    for (const approval_step& plan : c.steps) of.steps.push_back({plan, {}, false});
    std::stable_sort(of.steps.begin(), of.steps.end(),
                     [](const auto& a, const auto& b) { return a.plan.stage < b.plan.stage; });
    if (ctx.decision) of.decision = ctx.decision->decision;
    of.by = ctx.actor;
    of.as = ctx.auth;
    of.at = ctx.at;
    of.seq = ctx.seq;
    begin_stage(s, of, ctx);
    s.approvals.insert(c.approval, std::move(of));
}

void apply(state& s, const charter::state&, const give_approval& c, const context& ctx) {
    approval& of = s.approvals.edit(c.approval);
    step_state& one = edit_step(of, c.step);
    end_turn(s, of, one, run_end::approved, c.note, ctx).papers = c.papers;
    one.approved = true;
    begin_stage(s, of, ctx);
}

void apply(state& s, const charter::state&, const return_for_revision& c, const context& ctx) {
    approval& of = s.approvals.edit(c.approval);
    end_turn(s, of, edit_step(of, c.step), run_end::returned, c.reason, ctx);
    stop_all(s, of, ctx);
    for (const step_id& name : c.to) edit_step(of, name).approved = false;
    begin_stage(s, of, ctx);
}

void apply(state& s, const charter::state&, const withdraw_approval& c, const context& ctx) {
    approval& of = s.approvals.edit(c.approval);
    stop_all(s, of, ctx);
    of.withdrawn = ctx.at;
    of.reason = c.reason;
    of.closed_seq = ctx.seq;
}

void apply(state& s, const charter::state& charter, const approval_overdue& e, const context& ctx) {
    approval& of = s.approvals.edit(e.approval);
    step_state& one = edit_step(of, e.step);
    step_run& run = one.runs.back();
    run.overdue_seq = ctx.seq;
    const instant over = run_falls_due(one.plan, run);
    s.step_deadlines.erase(step_deadline{over, of.id, e.step, false});
    const charter::body* party = charter.find_body(one.plan.body);
    if (!party || !party->escalate_days || !party->parent) return;
    run.escalates = plus_days(over, *party->escalate_days);
    s.step_deadlines.insert({*run.escalates, of.id, e.step, true}, '\0');
}

void apply(state& s, const charter::state&, const approval_escalated& e, const context& ctx) {
    approval& of = s.approvals.edit(e.approval);
    step_run& run = edit_step(of, e.step).runs.back();
    s.step_deadlines.erase(step_deadline{*run.escalates, of.id, e.step, true});
    run.escalates.reset();
    run.escalated_to = e.to;
    run.escalated_seq = ctx.seq;
}

void apply(state& s, const charter::state&, const approval_completed& e, const context& ctx) {
    approval& of = s.approvals.edit(e.approval);
    of.completed = ctx.at;
    of.closed_seq = ctx.seq;
}

}  // namespace veche::programme
