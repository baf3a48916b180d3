#include <algorithm>

#include "charter/words.hpp"
#include "evidence/evidence.hpp"
#include "evidence/refusal.hpp"

namespace veche::evidence {
namespace {

constexpr std::size_t max_title_bytes = 1000;
constexpr std::size_t max_answer_bytes = 1500;  // two sentences, in letters of two bytes
constexpr std::size_t max_text_bytes = 16'000;
constexpr std::size_t max_word_bytes = 300;  // publishers, addresses, periods, units
constexpr std::size_t max_value_bytes = 4000;
constexpr std::size_t max_parameters = 64;
constexpr std::size_t max_figures = 64;
constexpr std::size_t max_places = 64;
constexpr std::size_t max_id_bytes = 130;  // of an item: two identifiers and a stroke

/// The office that answers for evidence of that body.
result<void> may_keep_evidence(const world& w, const body_id& body, const context& ctx,
                               std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    if (!charter::require(w.charter, ctx, "evidence", body, type))
        return refuse(refusals::not_keeper, {}, body.value);
    return {};
}

result<void> check_words(const world& w, const localized& text, const std::string& field,
                         std::size_t limit) {
    return charter::check_text(w.charter, text, field, limit, refusals::text_too_long);
}

result<void> check_word(const std::string& word, const std::string& field,
                        std::size_t limit = max_word_bytes) {
    if (word.size() > limit) return refuse(refusals::text_too_long, field, std::to_string(limit));
    return {};
}

result<void> check_file(const content_ref& file, const std::string& field) {
    if (!fault_in(file).empty())
        return refuse(refusals::file_malformed, field + "." + std::string(fault_in(file)));
    return {};
}

result<const dataset*> find(const world& w, const dataset_id& id, const std::string& field) {
    if (const dataset* one = w.own.datasets.find(id)) return one;
    return refuse(refusals::dataset_unknown, field, id.value);
}

result<const finding*> find(const world& w, const finding_id& id, const std::string& field) {
    if (const finding* one = w.own.findings.find(id)) return one;
    return refuse(refusals::finding_unknown, field, id.value);
}

result<void> check_stands(const finding& one, const std::string& field) {
    if (!one.stands()) return refuse(refusals::finding_closed, field, one.what.finding.value);
    return {};
}

result<void> check_body(const world& w, const body_id& body) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    return {};
}

/// Source, period, unit and licence: without them the numbers mean nothing.
result<void> check_source(const register_dataset& c, const context& ctx) {
    const std::pair<const char*, const std::string*> needed[] = {{"publisher", &c.publisher},
                                                                 {"licence", &c.licence},
                                                                 {"period", &c.period},
                                                                 {"unit", &c.unit}};
    for (const auto& [field, word] : needed)
        if (word->empty()) return refuse(refusals::source_missing, field);
    for (const auto& [field, word] : needed) VECHE_CHECK(check_word(*word, field));
    VECHE_CHECK(check_word(c.address, "address"));
    if (date_of(ctx.at) < c.retrieved)
        return refuse(refusals::retrieved_late, "retrieved", to_text(date_of(ctx.at)));
    return {};
}

/// "partner-share/1": small letters, digits and dashes, a stroke, a number.
bool is_method(std::string_view text) {
    const std::size_t stroke = text.find('/');
    if (stroke == 0 || stroke == std::string_view::npos || text.size() > 64) return false;
    const std::string_view name = text.substr(0, stroke);
    const std::string_view version = text.substr(stroke + 1);
    const bool named =
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
    return named && !version.empty() && version.size() <= 4 && version.front() != '0' &&
           version.find_first_not_of("0123456789") == std::string_view::npos;
}

result<void> check_data(const world& w, const specification& s) {
    if (s.data.empty()) return refuse(refusals::data_missing, "specified.data");
    for (std::size_t i = 0; i < s.data.size(); ++i) {
        const std::string field = "specified.data." + std::to_string(i) + ".dataset";
        const dataset* one = VECHE_TRY(find(w, s.data[i].dataset, field));
        if (one->withdrawn)
            return refuse(refusals::dataset_withdrawn, field, s.data[i].dataset.value);
        if (one->what.layout == dataset_layout::other)
            return refuse(refusals::layout_unreadable, field, s.data[i].dataset.value);
    }
    return {};
}

/// Names in rising order make one specification one text.
template <class Row>
bool names_rise(const std::vector<Row>& rows, std::string Row::* name) {
    if (rows.size() > max_parameters) return false;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (!is_identifier(rows[i].*name) || (i > 0 && !(rows[i - 1].*name < rows[i].*name)))
            return false;
    return true;
}

result<void> check_specification(const world& w, const specification& s) {
    if (!is_method(s.method)) return refuse(refusals::method_malformed, "specified.method");
    VECHE_CHECK(check_data(w, s));
    const std::string most = std::to_string(max_parameters);
    if (!names_rise(s.data, &dataset_use::role))
        return refuse(refusals::specification_malformed, "specified.data", most);
    if (!names_rise(s.parameters, &parameter::name))
        return refuse(refusals::specification_malformed, "specified.parameters", most);
    for (std::size_t i = 0; i < s.parameters.size(); ++i)
        VECHE_CHECK(check_word(s.parameters[i].value,
                               "specified.parameters." + std::to_string(i) + ".value",
                               max_value_bytes));
    return {};
}

bool interval_sound(const figure& one) {
    if (!one.low && !one.high) return true;
    return one.low && one.high && is_decimal(*one.low) && is_decimal(*one.high) &&
           not_above(*one.low, one.value) && not_above(one.value, *one.high);
}

result<void> check_figures(const world& w, const std::vector<figure>& figures) {
    if (figures.empty() || figures.size() > max_figures)
        return refuse(refusals::figures_missing, "figures", std::to_string(max_figures));
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const figure& one = figures[i];
        const std::string field = "figures." + std::to_string(i);
        const bool taken =
            std::any_of(figures.begin(), figures.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const figure& other) { return other.name == one.name; });
        if (taken || !is_identifier(one.name) || one.unit.empty() || !is_decimal(one.value))
            return refuse(refusals::figure_malformed, field);
        if (!interval_sound(one)) return refuse(refusals::interval_malformed, field);
        VECHE_CHECK(check_word(one.unit, field + ".unit"));
        VECHE_CHECK(check_words(w, one.label, field + ".label", max_title_bytes));
    }
    return {};
}

result<void> check_words_of(const world& w, const publish_finding& c) {
    using charter::blank;
    if (blank(c.question)) return refuse(refusals::question_missing, "question");
    if (blank(c.answer)) return refuse(refusals::answer_missing, "answer");
    if (blank(c.certainty)) return refuse(refusals::certainty_missing, "certainty");
    VECHE_CHECK(check_words(w, c.question, "question", max_title_bytes));
    VECHE_CHECK(check_words(w, c.answer, "answer", max_answer_bytes));
    VECHE_CHECK(check_words(w, c.certainty, "certainty", max_text_bytes));
    VECHE_CHECK(check_words(w, c.caveats, "caveats", max_text_bytes));
    return check_word(c.program, "program");
}

}  // namespace

result<events> decide(const world& w, const register_dataset& c, const context& ctx) {
    const dataset* older = nullptr;
    if (c.replaces) older = VECHE_TRY(find(w, *c.replaces, "replaces"));
    VECHE_CHECK(check_body(w, c.body));
    VECHE_CHECK(may_keep_evidence(w, c.body, ctx, register_dataset::wire.type));
    if (older)
        VECHE_CHECK(may_keep_evidence(w, older->what.body, ctx, register_dataset::wire.type));
    if (w.own.datasets.contains(c.dataset))
        return refuse(refusals::dataset_taken, "dataset", c.dataset.value);
    if (older && older->replaced_by)
        return refuse(refusals::dataset_replaced, "replaces", c.replaces->value,
                      older->replaced_by->value);
    if (charter::blank(c.title)) return refuse(refusals::title_missing, "title");
    VECHE_CHECK(check_source(c, ctx));
    VECHE_CHECK(check_words(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(check_words(w, c.about, "about", max_text_bytes));
    VECHE_CHECK(check_file(c.file, "file"));
    return events{};
}

result<events> decide(const world& w, const withdraw_dataset& c, const context& ctx) {
    const dataset* one = VECHE_TRY(find(w, c.dataset, "dataset"));
    VECHE_CHECK(may_keep_evidence(w, one->what.body, ctx, withdraw_dataset::wire.type));
    if (one->withdrawn) return refuse(refusals::dataset_withdrawn, "dataset", c.dataset.value);
    if (charter::blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_words(w, c.reason, "reason", max_text_bytes));
    return events{};
}

result<events> decide(const world& w, const publish_finding& c, const context& ctx) {
    const finding* older = nullptr;
    if (c.corrects) older = VECHE_TRY(find(w, *c.corrects, "corrects"));
    VECHE_CHECK(check_body(w, c.body));
    VECHE_CHECK(may_keep_evidence(w, c.body, ctx, publish_finding::wire.type));
    if (older) VECHE_CHECK(may_keep_evidence(w, older->what.body, ctx, publish_finding::wire.type));
    if (w.own.findings.contains(c.finding))
        return refuse(refusals::finding_taken, "finding", c.finding.value);
    if (older) VECHE_CHECK(check_stands(*older, "corrects"));
    VECHE_CHECK(check_words_of(w, c));
    VECHE_CHECK(check_file(c.result, "result"));
    VECHE_CHECK(check_specification(w, c.specified));
    VECHE_CHECK(check_figures(w, c.figures));
    return events{};
}

result<events> decide(const world& w, const review_finding& c, const context& ctx) {
    const finding* one = VECHE_TRY(find(w, c.finding, "finding"));
    VECHE_CHECK(may_keep_evidence(w, one->what.body, ctx, review_finding::wire.type));
    VECHE_CHECK(check_stands(*one, "finding"));
    if (one->published.by == ctx.actor) return refuse(refusals::own_finding, "finding");
    if (c.outcome == review_outcome::differs && charter::blank(c.note))
        return refuse(refusals::note_missing, "note");
    VECHE_CHECK(check_words(w, c.note, "note", max_text_bytes));
    VECHE_CHECK(check_word(c.program, "program"));
    VECHE_CHECK(check_file(c.result, "result"));
    return events{};
}

result<events> decide(const world& w, const withdraw_finding& c, const context& ctx) {
    const finding* one = VECHE_TRY(find(w, c.finding, "finding"));
    VECHE_CHECK(may_keep_evidence(w, one->what.body, ctx, withdraw_finding::wire.type));
    VECHE_CHECK(check_stands(*one, "finding"));
    if (charter::blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_words(w, c.reason, "reason", max_text_bytes));
    return events{};
}

result<events> decide(const world& w, const attach_finding& c, const context& ctx) {
    const finding* one = VECHE_TRY(find(w, c.finding, "finding"));
    VECHE_CHECK(may_keep_evidence(w, one->what.body, ctx, attach_finding::wire.type));
    VECHE_CHECK(check_stands(*one, "finding"));
    VECHE_CHECK(check_word(c.to.id, "to.id", max_id_bytes));
    const bool there = std::any_of(one->attached.begin(), one->attached.end(),
                                   [&](const attachment& a) { return a.to == c.to; });
    if (there) return refuse(refusals::attached_already, "to");
    if (one->attached.size() >= max_places)
        return refuse(refusals::attached_too_often, "to", std::to_string(max_places));
    return events{};
}

result<events> decide(const world& w, const detach_finding& c, const context& ctx) {
    const finding* one = VECHE_TRY(find(w, c.finding, "finding"));
    VECHE_CHECK(may_keep_evidence(w, one->what.body, ctx, detach_finding::wire.type));
    const bool there = std::any_of(one->attached.begin(), one->attached.end(),
                                   [&](const attachment& a) { return a.to == c.from; });
    if (!there) return refuse(refusals::not_attached, "from");
    return events{};
}

}  // namespace veche::evidence
