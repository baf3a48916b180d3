// Findings and data sets: the question, the answer, the figures, how sure it is, and all that one
// needs to compute them again.

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/drawn_result.hpp"
#include "api/pages/explore_state.hpp"
#include "api/pages/findings.hpp"
#include "api/pages/money_office.hpp"
#include "assembly/session_views.hpp"
#include "assembly/vote_views.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

using namespace evidence;

struct evidence_page {
    shown<findings_view> findings;
    shown<datasets_view> datasets;
    bool all = false;
    bool asks = false;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(evidence_page, (findings, "Findings."), (datasets, "Data sets."),
                (all, "Whether those that no longer hold are shown too."),
                (asks, "Whether one can ask for a finding."), (acts, "What the reader may do."))

struct attached_link {
    subject_kind kind{};
    std::string name;
    std::string href;
};
VECHE_VIEW_HERE(attached_link, (kind, "Kind."), (name, "Its name."), (href, "Its page."))

struct finding_page {
    shown<finding_view> view;
    std::vector<figure_row> figures;
    bool intervals = false;
    std::vector<drawn_figures> spans;
    std::vector<drawn_table> pictures;
    std::vector<named_table> tables;
    std::vector<remark_row> remarks;
    std::vector<attached_link> attached;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(finding_page, (view, "The finding."), (figures, "Its figures."),
                (intervals, "Whether a figure has one."),
                (spans, "Figures with their intervals, drawn."),
                (pictures, "Tables of the result, drawn."), (tables, "Other tables of it."),
                (remarks, "On the sample and the method."), (attached, "What it is evidence for."),
                (acts, "What the reader may do."))

struct dataset_page {
    shown<dataset_view> view;
    bool explores = false;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(dataset_page, (view, "The data set."),
                (explores, "Whether its flows can be looked at in pictures."),
                (acts, "What the reader may do."))

/// The page of a subject, below the language.
std::string address_of(const subject& of) {
    switch (of.kind) {
        case subject_kind::motion:
            return "motions/" + of.id;
        case subject_kind::measure:
            return "programme/" + of.id;
        case subject_kind::session:
            return "sessions/" + of.id;
        case subject_kind::item:
            return "sessions/" + of.id.substr(0, of.id.rfind('/'));
        case subject_kind::decision:
            return "decisions/" + of.id;
    }
    return {};
}

/// What a subject is called; its id where nothing more is known.
std::string name_of_subject(visit& here, const subject& of) {
    using namespace assembly;
    if (of.kind == subject_kind::motion)
        if (const auto view = here.ask<motion_view>(motion_query{{of.id}}))
            return here.name_of((*view)->title);
    if (of.kind == subject_kind::decision)
        if (const auto view = here.ask<decision_view>(decision_query{{of.id}}))
            return here.name_of((*view)->title);
    if (of.kind == subject_kind::measure)
        if (const auto view = here.ask<programme::measure_view>(programme::measure_query{{of.id}}))
            return here.name_of((*view)->measure.title);
    if (of.kind == subject_kind::session || of.kind == subject_kind::item) {
        const bool whole = of.kind == subject_kind::session;
        const std::size_t stroke = whole ? of.id.size() : of.id.rfind('/');
        const auto view = here.ask<session_view>(session_query{{of.id.substr(0, stroke)}});
        if (view && whole) return here.name_of((*view)->title);
        if (view)
            for (const item_view& item : (*view)->agenda)
                if (item.id.value == of.id.substr(stroke + 1)) return here.name_of(item.title);
    }
    return of.id;
}

/// The result, if its file lies here and is such a result.
std::optional<findings::computed> result_of(const visit& here, const finding_view& view) {
    if (here.context.shelf == nullptr) return std::nullopt;
    const auto bytes = here.context.shelf->fetch(view.result.sha256);
    if (!bytes) return std::nullopt;
    auto made = from_json<findings::computed>(std::string_view(*bytes));
    return made ? std::optional(std::move(*made)) : std::nullopt;
}

response all_findings(visit& here) {
    findings_query query;
    query.all = here.asked.query_value("all") == "yes";
    VECHE_SHOW_OR_FAIL(findings, here, here.ask<findings_view>(query));
    if (here.form == "json") return here.json(*findings);
    if (here.form == "csv") return here.csv(findings->findings);
    VECHE_SHOW_OR_FAIL(datasets, here, here.ask<datasets_view>(datasets_query{}));
    act_list acts(here, "evidence");
    const auto office = office_with_power(here, "evidence");
    acts.form(publish_finding::wire.type, office, {});
    acts.form(register_dataset::wire.type, office, {});
    return here.show("evidence", evidence_page{findings, datasets, *query.all,
                                               here.context.queue != nullptr, acts.take()});
}

std::vector<act> finding_acts(const visit& here, const finding_view& view) {
    act_list acts(here, "evidence/" + here.id);
    const auto office = office_with_power(here, "evidence");
    const std::vector<act_field> it{{"finding", here.id}};
    const bool stands = view.row.standing_now == evidence_standing::stands;
    if (stands && view.by.value != here.context.person)
        acts.form(review_finding::wire.type, office, it);
    if (stands) {
        acts.form(attach_finding::wire.type, office, it);
        acts.form(publish_finding::wire.type, office, {{"corrects", here.id}},
                  here.text("evidence.correct"));
        acts.form(withdraw_finding::wire.type, office, it);
    }
    if (!view.attached.empty()) acts.form(detach_finding::wire.type, office, it);
    return acts.take();
}

response one_finding(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<finding_view>(finding_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->row.figures);
    here.above("evidence", here.text("door.evidence"));
    finding_page page;
    page.view = view;
    page.figures = figure_rows(here, view->row.figures);
    page.intervals = has_intervals(page.figures);
    page.spans = drawn_intervals(here, here.name_of(view->row.question), view->row.figures);
    if (const auto made = result_of(here, *view)) {
        page.pictures =
            drawn_tables(here, *made, here.name_of(view->row.question), view->result.sha256);
        page.tables = other_tables(here, *made, view->result.sha256);
        page.remarks = remark_rows(here, *made);
    }
    page.acts = finding_acts(here, *view);
    for (const subject& one : view->attached)
        page.attached.push_back({one.kind, name_of_subject(here, one), here.link(address_of(one))});
    return here.show("finding", page);
}

response findings(visit& here) {
    here.page.door = "evidence";
    return here.id.empty() ? all_findings(here) : one_finding(here);
}

response datasets(visit& here) {
    here.page.door = "evidence";
    if (here.id.empty()) {
        if (here.form.empty()) return here.redirect(here.link("evidence"));
        VECHE_SHOW_OR_FAIL(all, here, here.ask<datasets_view>(datasets_query{}));
        return here.form == "json" ? here.json(*all) : here.csv(all->datasets);
    }
    VECHE_SHOW_OR_FAIL(view, here, here.ask<dataset_view>(dataset_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    here.above("evidence", here.text("door.evidence"));
    act_list acts(here, "datasets/" + here.id);
    if (!view->withdrawn) {
        const auto office = office_with_power(here, "evidence");
        if (!view->replaced_by)
            acts.form(register_dataset::wire.type, office, {{"replaces", here.id}},
                      here.text("evidence.newer"));
        acts.form(withdraw_dataset::wire.type, office, {{"dataset", here.id}});
    }
    return here.show("dataset", dataset_page{view, can_be_explored(here, view->row), acts.take()});
}

constexpr page_route evidence_routes[] = {{"evidence", findings}, {"datasets", datasets}};
constexpr template_need evidence_needs[] = {{"evidence", &describe<evidence_page>},
                                            {"finding", &describe<finding_page>},
                                            {"dataset", &describe<dataset_page>}};

}  // namespace

std::vector<finding_row> findings_beside(visit& here, subject_kind kind, std::string id) {
    const auto found = here.ask<findings_view>(findings_about_query{kind, std::move(id)});
    return found ? (*found)->findings : std::vector<finding_row>{};
}

const page_group evidence_pages{evidence_routes, evidence_needs};

}  // namespace veche::api::pages
