// Asking for a finding: a method is chosen, data and parameters are filled in, and it is computed
// in a queue while the reader may look how far it is.

#include <algorithm>

#include "api/finding_queue.hpp"
#include "api/multipart.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/drawn_result.hpp"
#include "api/pages/money_office.hpp"
#include "api/password.hpp"
#include "api/refusal.hpp"
#include "api/urlencoded.hpp"
#include "api/uuid.hpp"
#include "evidence/views.hpp"

namespace veche::api::pages {
namespace {

struct method_card {
    std::string name;
    std::string title;
    std::string meaning;
};
VECHE_VIEW_HERE(method_card, (name, "Name and version."), (title, "What it is called."),
                (meaning, "What it computes."))

struct role_field {
    std::string role;
    std::string label;
    std::vector<choice_option> datasets;
};
VECHE_VIEW_HERE(role_field, (role, "The part."), (label, "What is wanted."),
                (datasets, "Data sets to choose from."))

struct parameter_field {
    std::string name;
    std::string label;
    std::string value;
    bool needed = false;
};
VECHE_VIEW_HERE(parameter_field, (name, "The parameter."), (label, "What it means."),
                (value, "Its value."), (needed, "Whether it has to be said."))

struct job_card {
    std::string id;
    std::string method;
    job_stage stage{};
    instant asked;
};
VECHE_VIEW_HERE(job_card, (id, "The job."), (method, "Its method."), (stage, "How far it is."),
                (asked, "When it was asked for."))

struct asking_page {
    std::vector<method_card> methods;
    std::optional<method_card> chosen;
    std::vector<role_field> roles;
    std::vector<parameter_field> needed;
    std::vector<parameter_field> preset;
    std::vector<job_card> jobs;
    std::string fault;
    bool no_data = false;
};
VECHE_VIEW_HERE(asking_page, (methods, "Methods to choose from."), (chosen, "The method chosen."),
                (roles, "The data it wants."), (needed, "Parameters that have to be said."),
                (preset, "Parameters that have a value already."),
                (jobs, "What the reader asked for before."), (fault, "What is wrong."),
                (no_data, "Whether there is no data set to choose."))

/// How far a job is, for programs.
struct job_progress {
    std::string job;
    std::string method;
    job_stage stage{};
    std::int64_t ahead = 0;
    std::optional<work_stage> at;
    std::int64_t done = 0;
    std::int64_t in_all = 0;
    std::string fault;
};
VECHE_VIEW_HERE(job_progress, (job, "Its id."), (method, "Its method."), (stage, "Its state."),
                (ahead, "Jobs that come first."), (at, "What is being done."),
                (done, "How much of that is done."), (in_all, "Of how much; 0 where nobody knows."),
                (fault, "Code of why it failed."))

struct job_page {
    job_card job;
    std::int64_t ahead = 0;
    std::string work;
    std::optional<std::int64_t> percent;
    std::vector<figure_row> figures;
    bool intervals = false;
    std::vector<drawn_figures> spans;
    std::vector<drawn_table> pictures;
    std::vector<named_table> tables;
    std::vector<remark_row> remarks;
    std::vector<std::string> parameters;
    std::string fault;
    std::string result;
    std::string publish;
};
VECHE_VIEW_HERE(job_page, (job, "The job."), (ahead, "Jobs that come first."),
                (work, "What is being done, and how far it is."),
                (percent, "How much of it is done, where that is known."),
                (figures, "Its figures."), (intervals, "Whether a figure has one."),
                (spans, "Figures with their intervals, drawn."),
                (pictures, "Tables of the result, drawn."), (tables, "Other tables of it."),
                (remarks, "On the sample and the method."), (parameters, "All parameters."),
                (fault, "Why it failed."), (result, "Hash of the whole result."),
                (publish, "Address of the form that publishes it."))

/// "partner-share/1" as part of a key: "partner_share"; "cif-factor": "cif_factor".
std::string key_of(std::string_view name) {
    std::string key(name.substr(0, name.find('/')));
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
}

/// The text of the key in the reader's language, or what the method says of itself.
std::string text_or(const visit& here, const std::string& key, std::string_view otherwise) {
    return here.texts.find(key) != nullptr ? here.text(key) : std::string(otherwise);
}

method_card card_of(const visit& here, const findings::method_info& one) {
    const std::string key = "method." + key_of(one.name);
    return {std::string(one.name), text_or(here, key + ".title", one.name),
            text_or(here, key + ".meaning", one.meaning)};
}

std::vector<job_card> jobs_of(const visit& here) {
    std::vector<job_card> cards;
    for (const finding_job& one : here.context.queue->of({here.context.person}))
        cards.push_back({one.id, one.specified.method, one.stage, one.asked});
    return cards;
}

/// Data sets that hold, newest first; the one that was chosen before stays chosen.
std::vector<choice_option> dataset_options(const evidence::datasets_view& all,
                                           std::string_view chosen) {
    std::vector<choice_option> options;
    for (const evidence::dataset_row& one : all.datasets)
        if (one.standing_now == evidence::evidence_standing::stands &&
            one.layout != evidence::dataset_layout::other)
            options.push_back({one.dataset.value, one.dataset.value, one.dataset.value == chosen});
    return options;
}

/// The form of a method, with what was filled in before.
asking_page page_of(visit& here, const findings::method_info* method,
                    const std::function<std::string(std::string_view)>& said) {
    asking_page page;
    for (const findings::method_info& one : findings::methods())
        if (!one.superseded) page.methods.push_back(card_of(here, one));
    page.jobs = jobs_of(here);
    if (method == nullptr) return page;
    page.chosen = card_of(here, *method);
    const auto datasets = here.ask<evidence::datasets_view>(evidence::datasets_query{});
    const std::string key = "method." + key_of(method->name) + ".";
    for (const findings::role_info& one : method->roles) {
        const std::string name = "data." + std::string(one.role);
        role_field field{
            std::string(one.role), text_or(here, key + key_of(one.role), one.meaning), {}};
        if (datasets) field.datasets = dataset_options(**datasets, said(name));
        page.no_data = page.no_data || field.datasets.empty();
        page.roles.push_back(std::move(field));
    }
    for (const findings::parameter_info& one : method->parameters) {
        const bool needed = one.preset.empty();
        std::string value = said("with." + std::string(one.name));
        if (value.empty()) value = one.preset;
        (needed ? page.needed : page.preset)
            .push_back({std::string(one.name), text_or(here, key + key_of(one.name), one.meaning),
                        value, needed});
    }
    return page;
}

/// The request as the form says it; data by hash.
result<findings::request> request_of(visit& here, const findings::method_info& method,
                                     const form& sent) {
    findings::request out;
    out.specified.method = method.name;
    for (const findings::role_info& one : method.roles) {
        const std::string role(one.role);
        const std::string id(sent.value("data." + role));
        const auto view = VECHE_TRY(
            here.ask<evidence::dataset_view>(evidence::dataset_query{evidence::dataset_id{id}}));
        out.specified.data.push_back({role, {id}});
        out.data.push_back({role, view->row.layout, id, view->row.file.sha256, view->row.unit, {}});
    }
    for (const findings::parameter_info& one : method.parameters) {
        const std::string name(one.name);
        std::string value(sent.value("with." + name));
        if (value.empty() && one.preset.empty())
            return refuse(refusals::parameter_missing, "with." + name, name);
        if (!value.empty()) out.specified.parameters.push_back({name, std::move(value)});
    }
    std::sort(out.specified.parameters.begin(), out.specified.parameters.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return out;
}

response take_asking(visit& here) {
    const auto sent = parse_form(here.asked);
    if (!sent) return here.fail(sent.error());
    if (!is_same_secret(sent->value("csrf"), here.context.csrf))
        return here.fail({&refusals::form_expired, {}, {}});
    const findings::method_info* method = findings::find_method(sent->value("method"));
    if (method == nullptr) return here.fail({&refusals::page_unknown, {}, {}});
    auto work = request_of(here, *method, *sent);
    result<std::string> id =
        work ? here.context.queue->add(std::move(*work), {here.context.person},
                                       make_uuid7(here.context.now.ms), here.context.now)
             : result<std::string>(tl::unexpected(work.error()));
    if (id) return here.redirect(here.link("finding-jobs/" + *id));
    asking_page page = page_of(
        here, method, [&](std::string_view name) { return std::string(sent->value(name)); });
    page.fault = here.texts.sentence(id.error());
    here.page.failed = true;
    return here.show("asking", page, 422);
}

response to_login(const visit& here) {
    return here.redirect(here.link("login?back=" + percent_encode(here.link(here.section))));
}

response asking(visit& here) {
    here.page.door = "evidence";
    if (here.context.queue == nullptr || !here.id.empty())
        return here.fail({&refusals::page_unknown, {}, {}});
    if (here.context.person.empty()) return to_login(here);
    here.above("evidence", here.text("door.evidence"));
    if (here.asked.method == "POST") return take_asking(here);
    const std::string asked(here.asked.query_value("method"));
    const findings::method_info* method = findings::find_method(asked);
    if (method == nullptr && !asked.empty()) return here.fail({&refusals::page_unknown, {}, {}});
    return here.show("asking", page_of(here, method, [&](std::string_view name) {
                         return std::string(here.asked.query_value(name));
                     }));
}

/// The form of publishing, with all that the result settles.
std::string publish_address(const visit& here, const finding_job& job) {
    const auto office = office_with_power(here, "evidence");
    if (!office) return {};
    pairs fields{{"_auth", *office}, {"_back", "evidence"}};
    const auto fill = [&](const std::string& field, const std::string& value) {
        fields.emplace_back("_fold." + field, value);
    };
    if (const charter::office* at = here.charter.find_office({*office}))
        fill("body", at->body.value);
    fill("program", std::string(findings::program));
    fill("specified.method", job.specified.method);
    for (std::size_t i = 0; i < job.specified.data.size(); ++i) {
        const std::string at = "specified.data." + std::to_string(i) + ".";
        fill(at + "role", job.specified.data[i].role);
        fill(at + "dataset", job.specified.data[i].dataset.value);
    }
    for (std::size_t i = 0; i < job.specified.parameters.size(); ++i) {
        const std::string at = "specified.parameters." + std::to_string(i) + ".";
        fill(at + "name", job.specified.parameters[i].name);
        fill(at + "value", job.specified.parameters[i].value);
    }
    for (std::size_t i = 0; i < job.made->figures.size(); ++i) {
        const evidence::figure& one = job.made->figures[i];
        const std::string at = "figures." + std::to_string(i) + ".";
        fill(at + "name", one.name);
        fill(at + "unit", one.unit);
        fill(at + "value", one.value);
        if (one.low) fill(at + "low", *one.low);
        if (one.high) fill(at + "high", *one.high);
    }
    fill("result.sha256", job.result.sha256);
    fill("result.size", std::to_string(job.result.size));
    fill("result.media", job.result.media);
    return here.link("do/evidence.publish_finding?" + to_urlencoded(fields));
}

response show_job(visit& here, const finding_job& job) {
    job_page page;
    page.job = {job.id, job.specified.method, job.stage, job.asked};
    page.ahead = job.ahead;
    if (job.stage == job_stage::running && job.at) {
        page.work = here.text("evidence.work_" + std::string(name_of(*job.at)),
                              {{"done", static_cast<std::int64_t>(job.steps)},
                               {"in_all", static_cast<std::int64_t>(job.steps_in_all)}});
        if (job.steps_in_all > 0)
            page.percent = static_cast<std::int64_t>(100 * std::min(job.steps, job.steps_in_all) /
                                                     job.steps_in_all);
    }
    for (const evidence::parameter& one : job.specified.parameters)
        page.parameters.push_back(one.name + "=" + one.value);
    if (job.why) page.fault = here.texts.sentence(*job.why);
    if (job.made) {
        page.figures = figure_rows(here, job.made->figures);
        page.intervals = has_intervals(page.figures);
        page.spans = drawn_intervals(here, job.specified.method, job.made->figures);
        page.pictures = drawn_tables(here, *job.made, job.specified.method, job.result.sha256);
        page.tables = other_tables(here, *job.made, job.result.sha256);
        page.remarks = remark_rows(here, *job.made);
        page.result = job.result.sha256;
        page.publish = publish_address(here, job);
    }
    return here.show("finding_job", page);
}

response job_file(const visit& here, const finding_job& job) {
    if (job.made) return here.json(*job.made);
    return here.json(job_progress{job.id, job.specified.method, job.stage, job.ahead, job.at,
                                  static_cast<std::int64_t>(job.steps),
                                  static_cast<std::int64_t>(job.steps_in_all),
                                  job.why ? std::string(job.why->code()) : ""});
}

response jobs(visit& here) {
    here.page.door = "evidence";
    if (here.context.queue == nullptr) return here.fail({&refusals::page_unknown, {}, {}});
    if (here.context.person.empty()) return to_login(here);
    const auto job = here.context.queue->find(here.id);
    // A job is its asker's; nobody else learns that it is there.
    if (!job || job->person.value != here.context.person)
        return here.fail({&refusals::page_unknown, {}, {}});
    here.above("evidence", here.text("door.evidence"));
    here.above("ask-finding", here.text("evidence.ask"));
    if (here.form == "json") return job_file(here, *job);
    return show_job(here, *job);
}

constexpr page_route asking_routes[] = {{"ask-finding", asking}, {"finding-jobs", jobs}};
constexpr template_need asking_needs[] = {{"asking", &describe<asking_page>},
                                          {"finding_job", &describe<job_page>}};

}  // namespace

const page_group asking_pages{asking_routes, asking_needs};

}  // namespace veche::api::pages
