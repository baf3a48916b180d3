// Judging what is asked about approvals: who may start, agree, send back and withdraw.

#include <algorithm>

#include "programme/checks.hpp"
#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

constexpr std::size_t max_steps = 64;
constexpr std::int32_t max_stage = 64;
constexpr std::int32_t max_days = 3660;

result<const approval*> find_approval(const world& w, const approval_id& id) {
    if (const approval* one = w.own.approvals.find(id)) return one;
    return refuse(refusals::approval_unknown, "approval", id.value);
}

result<const step_state*> find_step(const approval& of, const step_id& id,
                                    const std::string& field) {
    if (const step_state* one = of.find(id)) return one;
    return refuse(refusals::step_unknown, field, id.value);
}

/// A decision of the body, or the holder of the office that the step names.
result<void> may_agree(const world& w, const approval_step& step, const context& ctx,
                       std::string_view type) {
    if (ctx.decision) {
        if (ctx.decision->body == step.body)
            return charter::require(w.charter, ctx, "", step.body, type);
    } else if (step.office && step.office->value == ctx.auth &&
               w.charter.holds_office(ctx.actor, *step.office, date_of(ctx.at))) {
        return {};
    }
    return refuse(refusals::not_approver, {}, step.body.value);
}

result<void> check_open(const approval& of) {
    if (!of.open()) return refuse(refusals::approval_closed, "approval", of.id.value);
    return {};
}

result<void> check_running(const step_state& one) {
    if (!one.running()) return refuse(refusals::step_not_running, "step", one.plan.step.value);
    return {};
}

bool is_sound(const std::vector<approval_step>& steps, std::size_t at) {
    const approval_step& one = steps[at];
    const auto before = steps.begin() + static_cast<std::ptrdiff_t>(at);
    const bool taken = std::any_of(
        steps.begin(), before, [&](const approval_step& other) { return other.step == one.step; });
    return !taken && one.stage >= 1 && one.stage <= max_stage && one.days >= 1 &&
           one.days <= max_days;
}

result<void> check_steps(const world& w, const std::vector<approval_step>& steps) {
    if (steps.empty() || steps.size() > max_steps)
        return refuse(refusals::steps_missing, "steps", std::to_string(max_steps));
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (!is_sound(steps, i))
            return refuse(refusals::step_malformed, "steps." + std::to_string(i),
                          std::to_string(max_stage), std::to_string(max_days));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string place = "steps." + std::to_string(i);
        if (!w.charter.find_body(steps[i].body))
            return refuse(refusals::approver_unknown, place + ".body", steps[i].body.value);
        if (steps[i].office && !w.charter.find_office(*steps[i].office))
            return refuse(refusals::approver_unknown, place + ".office", steps[i].office->value);
    }
    return {};
}

result<void> check_titles(const world& w, const std::vector<approval_step>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        VECHE_CHECK(check_text(w, steps[i].title, "steps." + std::to_string(i) + ".title",
                               max_title_bytes));
    return {};
}

}  // namespace

result<events> decide(const world& w, const start_approval& c, const context& ctx) {
    for (std::size_t i = 0; i < c.measures.size(); ++i)
        if (!w.own.measures.contains(c.measures[i]))
            return refuse(refusals::measure_unknown, "measures." + std::to_string(i),
                          c.measures[i].value);
    if (!w.charter.find_body(c.body)) return refuse(refusals::owner_unknown, "body", c.body.value);
    VECHE_CHECK(may_keep(w, ctx, c.body, start_approval::wire.type));
    if (w.own.approvals.contains(c.approval))
        return refuse(refusals::approval_taken, "approval", c.approval.value);
    if (blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_text(w, c.text, "text", max_text_bytes));
    VECHE_CHECK(check_titles(w, c.steps));
    VECHE_CHECK(check_documents(c.papers, "papers"));
    VECHE_CHECK(check_steps(w, c.steps));
    return events{};
}

result<events> decide(const world& w, const give_approval& c, const context& ctx) {
    const approval* of = VECHE_TRY(find_approval(w, c.approval));
    const step_state* one = VECHE_TRY(find_step(*of, c.step, "step"));
    VECHE_CHECK(may_agree(w, one->plan, ctx, give_approval::wire.type));
    VECHE_CHECK(check_open(*of));
    VECHE_CHECK(check_running(*one));
    VECHE_CHECK(check_text(w, c.note, "note", max_text_bytes));
    VECHE_CHECK(check_documents(c.papers, "papers"));
    const bool last = std::all_of(of->steps.begin(), of->steps.end(), [&](const step_state& other) {
        return other.approved || other.plan.step == c.step;
    });
    if (!last) return events{};
    const auto days = date_of(ctx.at).days - date_of(of->at).days;
    return events{make_event(approval_completed{of->id, days})};
}

result<events> decide(const world& w, const return_for_revision& c, const context& ctx) {
    const approval* of = VECHE_TRY(find_approval(w, c.approval));
    const step_state* one = VECHE_TRY(find_step(*of, c.step, "step"));
    for (std::size_t i = 0; i < c.to.size(); ++i)
        (void)VECHE_TRY(find_step(*of, c.to[i], "to." + std::to_string(i)));
    VECHE_CHECK(may_agree(w, one->plan, ctx, return_for_revision::wire.type));
    VECHE_CHECK(check_open(*of));
    VECHE_CHECK(check_running(*one));
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    const bool earlier = std::all_of(c.to.begin(), c.to.end(), [&](const step_id& name) {
        return of->find(name)->plan.stage < one->plan.stage;
    });
    if (c.to.empty() || !earlier) return refuse(refusals::return_malformed, "to");
    return events{};
}

result<events> decide(const world& w, const withdraw_approval& c, const context& ctx) {
    const approval* of = VECHE_TRY(find_approval(w, c.approval));
    VECHE_CHECK(may_keep(w, ctx, of->body, withdraw_approval::wire.type));
    VECHE_CHECK(check_open(*of));
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    return events{};
}

}  // namespace veche::programme
