#include "programme/checks.hpp"
#include "programme/period.hpp"
#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

result<void> check_words(const world& w, const indicator& i) {
    VECHE_CHECK(check_text(w, i.name, "indicator.name", max_title_bytes));
    VECHE_CHECK(check_length(i.formula, "indicator.formula", max_title_bytes));
    VECHE_CHECK(check_length(i.unit, "indicator.unit", max_word_bytes));
    VECHE_CHECK(check_length(i.per.value_or(std::string()), "indicator.per", max_word_bytes));
    VECHE_CHECK(check_length(i.baseline_period.value_or(std::string()), "indicator.baseline_period",
                             max_word_bytes));
    VECHE_CHECK(check_text(w, i.remark, "indicator.remark", max_title_bytes));
    return check_length(i.source.value_or(std::string()), "indicator.source", max_title_bytes);
}

/// A target whose number is still to be set says so; a trend may go by its direction alone.
result<void> check_indicator(const indicator& i) {
    const bool waits_for_number =
        i.placeholder.value_or(false) || (i.form == target_form::trend && i.direction);
    const bool needs_target =
        i.form != target_form::by_date && i.form != target_form::present && !waits_for_number;
    if (blank(i.name) || i.unit.empty() || (needs_target && !i.target))
        return refuse(refusals::indicator_incomplete, "indicator");
    return {};
}

result<void> check_owner(const world& w, const body_id& owner) {
    if (!w.charter.find_body(owner)) return refuse(refusals::owner_unknown, "owner", owner.value);
    return {};
}

result<void> check_responsible(const world& w, const std::optional<office_id>& office) {
    if (office && !w.charter.find_office(*office))
        return refuse(refusals::responsible_unknown, "responsible", office->value);
    return {};
}

/// Names are told apart, each has a title and a day that has not passed.
result<void> check_milestones(const std::vector<milestone_plan>& plans, const context& ctx) {
    if (plans.size() > max_milestones)
        return refuse(refusals::milestones_too_many, "milestones", std::to_string(max_milestones));
    for (std::size_t i = 0; i < plans.size(); ++i) {
        const milestone_plan& one = plans[i];
        bool taken = false;
        for (std::size_t k = 0; k < i; ++k) taken = taken || plans[k].milestone == one.milestone;
        if (taken || blank(one.title) || one.due < date_of(ctx.at))
            return refuse(refusals::milestone_malformed, "milestones." + std::to_string(i));
    }
    return {};
}

/// The value of a period: the period exists and has begun, the value is there, and a share is one.
result<void> check_period(const measure& m, const report_progress& c, const context& ctx) {
    if (!c.period) return {};
    const auto within = parse_period(*c.period);
    if (!within) return refuse(refusals::period_malformed, "period");
    if (date_of(ctx.at) < within->from) return refuse(refusals::period_ahead, "period", *c.period);
    if (!c.value) return refuse(refusals::value_missing, "value");
    const bool share = m.indicator_.form == target_form::share && m.indicator_.unit == "percent";
    if (share && (*c.value < ratio{0, 1} || *c.value > ratio{100, 1}))
        return refuse(refusals::share_out_of_range, "value");
    return {};
}

}  // namespace

result<events> decide(const world& w, const add_measure& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, add_measure::wire.type));
    VECHE_CHECK(check_owner(w, c.owner));
    if (w.own.measures.contains(c.measure))
        return refuse(refusals::measure_taken, "measure", c.measure.value);
    if (blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_text(w, c.text, "text", max_text_bytes));
    VECHE_CHECK(check_length(c.sphere, "sphere", max_word_bytes));
    VECHE_CHECK(check_words(w, c.indicator_));
    for (std::size_t i = 0; i < c.milestones.size(); ++i)
        VECHE_CHECK(check_text(w, c.milestones[i].title,
                               "milestones." + std::to_string(i) + ".title", max_title_bytes));
    if (c.sphere.empty()) return refuse(refusals::sphere_missing, "sphere");
    VECHE_CHECK(check_responsible(w, c.responsible));
    VECHE_CHECK(check_due(c.due, ctx));
    VECHE_CHECK(check_indicator(c.indicator_));
    VECHE_CHECK(check_place(w, c.measure, c.parent, c.weight, c.waits_for));
    VECHE_CHECK(check_milestones(c.milestones, ctx));
    return events{};
}

namespace {

/// A decision that may order it, or the keeper of the measures of the owner, and of a new owner.
result<void> may_amend(const world& w, const measure& m, const amend_measure& c,
                       const context& ctx) {
    if (ctx.decision) return by_decision(w, ctx, amend_measure::wire.type);
    for (const body_id& body : {m.owner, c.owner.value_or(m.owner)})
        if (!keeps_measures(w, ctx, body, amend_measure::wire.type))
            return refuse(refusals::not_keeper, {}, body.value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const amend_measure& c, const context& ctx) {
    const measure* m = VECHE_TRY(find(w, c.measure));
    if (c.owner) VECHE_CHECK(check_owner(w, *c.owner));
    VECHE_CHECK(may_amend(w, *m, c, ctx));
    VECHE_CHECK(check_open(*m));
    if (c.title.empty() && c.text.empty() && !c.owner && !c.responsible && !c.due && !c.indicator_)
        return refuse(refusals::nothing_changes);
    if (!c.title.empty() && blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_text(w, c.text, "text", max_text_bytes));
    if (c.indicator_) VECHE_CHECK(check_words(w, *c.indicator_));
    VECHE_CHECK(check_responsible(w, c.responsible));
    if (c.due) VECHE_CHECK(check_due(*c.due, ctx));
    if (c.indicator_) VECHE_CHECK(check_indicator(*c.indicator_));
    return events{};
}

result<events> decide(const world& w, const drop_measure& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, drop_measure::wire.type));
    const measure* m = VECHE_TRY(find(w, c.measure));
    VECHE_CHECK(check_open(*m));
    if (blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    return events{};
}

result<events> decide(const world& w, const report_progress& c, const context& ctx) {
    VECHE_CHECK(by_office(ctx));
    const measure* m = VECHE_TRY(find(w, c.measure));
    if (!reports_for(w, *m, ctx, report_progress::wire.type))
        return refuse(refusals::not_responsible, {}, m->owner.value);
    if (w.own.reports.contains(c.report))
        return refuse(refusals::report_taken, "report", c.report.value);
    VECHE_CHECK(check_open(*m));
    if (blank(c.note)) return refuse(refusals::note_missing, "note");
    VECHE_CHECK(check_text(w, c.note, "note", max_text_bytes));
    VECHE_CHECK(check_documents(c.evidence_, "evidence"));
    VECHE_CHECK(check_period(*m, c, ctx));
    return events{};
}

result<events> decide(const world& w, const complete_measure& c, const context& ctx) {
    VECHE_CHECK(by_office(ctx));
    const measure* m = VECHE_TRY(find(w, c.measure));
    if (!keeps_measures(w, ctx, m->owner, complete_measure::wire.type) &&
        !reports_for(w, *m, ctx, complete_measure::wire.type))
        return refuse(refusals::not_responsible, {}, m->owner.value);
    VECHE_CHECK(check_open(*m));
    if (blank(c.note)) return refuse(refusals::note_missing, "note");
    VECHE_CHECK(check_text(w, c.note, "note", max_text_bytes));
    return check_documents(c.evidence_, "evidence").map([] { return events{}; });
}

result<events> decide(const world& w, const resolve_follow_up& c, const context& ctx) {
    VECHE_CHECK(by_office(ctx));
    const follow_up_item* item = w.own.follow_ups.find(c.follow_up);
    if (!item) return refuse(refusals::follow_up_unknown, "follow_up", c.follow_up.value);
    VECHE_CHECK(
        charter::require(w.charter, ctx, "measures", item->body, resolve_follow_up::wire.type));
    if (item->resolved) return refuse(refusals::follow_up_resolved, "follow_up", c.follow_up.value);
    if (blank(c.note)) return refuse(refusals::note_missing, "note");
    VECHE_CHECK(check_text(w, c.note, "note", max_text_bytes));
    return events{};
}

}  // namespace veche::programme
