#include <algorithm>

#include "charter/refusal.hpp"
#include "programme/programme.hpp"
#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

constexpr std::size_t max_title_bytes = 1000;
constexpr std::size_t max_text_bytes = 16'000;
constexpr std::size_t max_word_bytes = 200;  // names of spheres, units, periods, media types
constexpr std::size_t max_documents = 32;

/// A decision whose body may order such commands.
result<void> by_decision(const world& w, const context& ctx, std::string_view type) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    return charter::require(w.charter, ctx, "", ctx.decision->body, type);
}

/// No decision may order what an office reports.
result<void> by_office(const context& ctx) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    return {};
}

/// Whether the actor's office has the power "measures" in the body.
bool keeps_measures(const world& w, const context& ctx, const body_id& body,
                    std::string_view type) {
    return charter::require(w.charter, ctx, "measures", body, type).has_value();
}

bool blank(const localized& text) {
    return std::all_of(text.begin(), text.end(), [](const auto& t) {
        return t.second.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

result<void> check_length(const std::string& words, const std::string& field, std::size_t limit) {
    if (words.size() > limit) return refuse(refusals::text_too_long, field, std::to_string(limit));
    return {};
}

/// Length, and that the languages are the charter's. A charter without a list leaves them open.
result<void> check_text(const world& w, const localized& text, const std::string& field,
                        std::size_t limit) {
    const auto& known = w.charter.document().languages;
    for (const auto& [language, words] : text) {
        const std::string place = field + "." + language;
        VECHE_CHECK(check_length(words, place, limit));
        const bool used = std::any_of(known.begin(), known.end(),
                                      [&](const auto& one) { return one.id == language; });
        if (!known.empty() && !used)
            return refuse(charter::refusals::language_unknown, place, language);
    }
    return {};
}

result<void> check_words(const world& w, const indicator& i) {
    VECHE_CHECK(check_text(w, i.name, "indicator.name", max_title_bytes));
    VECHE_CHECK(check_length(i.formula, "indicator.formula", max_title_bytes));
    VECHE_CHECK(check_length(i.unit, "indicator.unit", max_word_bytes));
    return check_length(i.per.value_or(std::string()), "indicator.per", max_word_bytes);
}

result<void> check_indicator(const indicator& i) {
    const bool needs_target = i.form != target_form::by_date && i.form != target_form::present;
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

result<void> check_due(date due, const context& ctx) {
    if (due < date_of(ctx.at)) return refuse(refusals::due_past, "due", to_text(due));
    return {};
}

result<const measure*> find(const world& w, const measure_id& id) {
    if (const measure* m = w.own.measures.find(id)) return m;
    return refuse(refusals::measure_unknown, "measure", id.value);
}

result<void> check_open(const measure& m) {
    if (!m.open()) return refuse(refusals::measure_closed, "measure", m.id.value);
    return {};
}

/// The responsible office named in the measure, or any with power "report" in the owning body.
bool reports_for(const world& w, const measure& m, const context& ctx, std::string_view type) {
    if (m.responsible && m.responsible->value == ctx.auth &&
        w.charter.holds_office(ctx.actor, *m.responsible, date_of(ctx.at)))
        return true;
    return charter::require(w.charter, ctx, "report", m.owner, type).has_value();
}

result<void> check_documents(const std::vector<evidence>& documents) {
    if (documents.size() > max_documents)
        return refuse(refusals::evidence_too_many, "evidence", std::to_string(max_documents));
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const evidence& d = documents[i];
        const bool hex = d.sha256.size() == 64 &&
                         d.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
        const bool named = !d.title.empty() && d.title.size() <= max_title_bytes;
        if (!hex || !named || d.size < 0 || d.media.size() > max_word_bytes)
            return refuse(refusals::evidence_malformed, "evidence." + std::to_string(i),
                          std::to_string(max_title_bytes), std::to_string(max_word_bytes));
    }
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
    if (c.sphere.empty()) return refuse(refusals::sphere_missing, "sphere");
    VECHE_CHECK(check_responsible(w, c.responsible));
    VECHE_CHECK(check_due(c.due, ctx));
    VECHE_CHECK(check_indicator(c.indicator_));
    if (c.parent && !w.own.measures.contains(*c.parent))
        return refuse(refusals::parent_unknown, "parent", c.parent->value);
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
    return check_documents(c.evidence_).map([] { return events{}; });
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
    return check_documents(c.evidence_).map([] { return events{}; });
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
