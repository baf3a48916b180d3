// Everything that can be taken away as data: one page that lists it, the register's files at
// addresses without a language, and the catalogue that programs read.

#include <algorithm>
#include <array>

#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/open_data.hpp"
#include "api/refusal.hpp"
#include "documents/catalogue.hpp"
#include "documents/json_text.hpp"
#include "documents/register_data.hpp"
#include "evidence/views.hpp"

namespace veche::api::pages {
namespace {

using documents::catalogued_file;
using documents::catalogued_set;

struct data_file {
    std::string label;
    std::string href;
};
VECHE_VIEW_HERE(data_file, (label, "Its format."), (href, "Its address."))

struct data_set {
    localized title;
    localized about;
    std::string page;
    std::string publisher;
    std::string licence;
    std::vector<data_file> files;
};
VECHE_VIEW_HERE(data_set, (title, "What it is."), (about, "What it covers."),
                (page, "The page that shows it."),
                (publisher, "Who published it, if not the union."), (licence, "Terms of use."),
                (files, "Its files."))

/// Sets that belong together; folded until somebody opens it.
struct data_group {
    std::string name;
    std::string title;
    std::vector<data_set> sets;
};
VECHE_VIEW_HERE(data_group, (name, "Which one."), (title, "What it is."),
                (sets, "What can be taken."))

struct data_page {
    std::string licence;
    std::vector<data_group> groups;
};
VECHE_VIEW_HERE(data_page, (licence, "Terms of use of what the union says itself."),
                (groups, "What can be taken, by what it is about."))

/// The register as it is now: a copy shares everything with the office and costs next to nothing,
/// so that no writer waits while a file is made.
struct register_now {
    registry::state state;
    instant at;
};

register_now register_of(const visit& here) {
    register_now out;
    here.context.office.read([&](const office::state& now) {
        out.state = now.registry;
        out.at = now.last_at;
    });
    return out;
}

/// A table of the register: its file, the kind of its records, forms besides CSV and JSON.
struct register_table {
    std::string_view file;
    std::string_view kind;
    std::string_view page;
    std::string_view form;
    std::string_view standard;
};
constexpr register_table register_tables[] = {
    {"places", "place", "places", "geojson", "https://www.rfc-editor.org/rfc/rfc7946"},
    {"populations", "population", "places", "", ""},
    {"organisations", "organisation", "organisations", "popolo.json",
     "http://www.popoloproject.com/specs/"},
    {"enterprises", "enterprise", "organisations?run=true", "bods.json",
     "https://standard.openownership.org/en/0.4.0"},
    {"operations", "operation", "organisations?run=true", "", ""},
    {"links", "link", "regions", "geojson", "https://www.rfc-editor.org/rfc/rfc7946"},
    {"claims", "claim", "regions", "", ""},
    {"plan-items", "item", "plans", "", ""},
    {"plan-reports", "item_report", "plans", "", ""},
    {"activities", "activity", "regions", "", ""}};

constexpr std::string_view csvw_standard = "https://www.w3.org/TR/tabular-data-primer/";

/// Of which table and, of activities, of which year: "links", "activities-2025".
struct asked_table {
    const register_table* table = nullptr;
    std::int32_t year = 0;  ///< 0: of no year
};

const register_table* table_named(std::string_view name) {
    for (const register_table& one : register_tables)
        if (one.file == name) return &one;
    return nullptr;
}

asked_table table_asked(const visit& here) {
    constexpr std::string_view yearly = "activities-";
    if (!here.id.starts_with(yearly)) {
        const register_table* found = table_named(here.id);
        return found && found->kind != "activity" ? asked_table{found, 0} : asked_table{};
    }
    const std::uint64_t year =
        number_in(std::string_view(here.id).substr(yearly.size())).value_or(0);
    if (year == 0 || year > 9999) return {};
    return {table_named("activities"), static_cast<std::int32_t>(year)};
}

response data_file_of(const visit& here, std::string type, std::string body) {
    const std::string name = here.id.empty() ? "data" : here.id;
    return file_of(here, std::move(type), std::move(body), name);
}

std::string words_by_language(const visit& here, std::string_view key, const std::string& lang) {
    return here.site.texts.find(lang)->text(key);
}

localized in_all_languages(const visit& here, const std::string& key) {
    localized out;
    for (const auto& one : here.site.texts.all())
        out[one.language()] = words_by_language(here, key, one.language());
    return out;
}

response popolo_or_bods(visit& here, const register_now& now) {
    using namespace registry;
    const auto organisations = records_of(now.state, "organisation");
    if (here.form == "popolo.json")
        return data_file_of(here, "application/json",
                            documents::organisations_popolo(setting_of(here), organisations));
    return data_file_of(
        here, "application/json",
        documents::enterprises_bods(setting_of(here), organisations,
                                    records_of(now.state, "enterprise"), date_of(now.at)));
}

/// Who holds what, joint enterprises and all others.
response all_holders(visit& here) {
    const register_now now = register_of(here);
    return data_file_of(
        here, "application/json",
        documents::holders_bods(setting_of(here), registry::records_of(now.state, "organisation"),
                                registry::records_of(now.state, "enterprise"),
                                registry::owners_of_all(now.state), date_of(now.at)));
}

response geojson(visit& here, const register_now& now, bool places) {
    using namespace registry;
    const world seen{here.charter, now.state};
    const viewer anyone{{}, here.context.now};
    const auto in = setting_of(here);
    std::string made = places ? documents::places_geojson(in, *ask(seen, places_query{}, anyone))
                              : documents::links_geojson(in, *ask(seen, links_query{}, anyone));
    return data_file_of(here, "application/geo+json", std::move(made));
}

documents::table_notes notes_of(const visit& here, const std::string& file,
                                const register_table& table) {
    return {file + ".csv", std::string(table.kind),
            here.text("data.set." + std::string(table.file)), std::string(here.context.licence)};
}

/// All tables of the register with what names what, activities year by year.
response register_group(visit& here) {
    const register_now now = register_of(here);
    std::vector<documents::grouped_table> tables;
    const auto add = [&](const std::string& file, const register_table& table,
                         std::optional<std::int32_t> year) {
        registry::csv_table cells =
            registry::table_of(registry::records_of(now.state, table.kind, year), table.kind);
        if (!cells.rows.empty()) tables.push_back({notes_of(here, file, table), std::move(cells)});
    };
    for (const register_table& table : register_tables) {
        if (table.kind != "activity") {
            add(std::string(table.file), table, {});
            continue;
        }
        for (const std::int32_t year : registry::activity_years(now.state))
            add(std::string(table.file) + "-" + std::to_string(year), table, year);
    }
    return data_file_of(here, "application/csvm+json",
                        documents::csvw_group(setting_of(here), here.text("data.set.register"),
                                              std::string(here.context.licence), tables));
}

response register_file(visit& here, const asked_table& asked) {
    const register_table& table = *asked.table;
    const register_now now = register_of(here);
    if (!table.form.empty() && here.form == table.form)
        return here.form == "geojson" ? geojson(here, now, table.kind == "place")
                                      : popolo_or_bods(here, now);
    const bool known =
        here.form == "csv" || here.form == "json" || here.form == "csv-metadata.json";
    if (!known) return here.fail({&refusals::page_unknown, {}, {}});
    const auto year = asked.year > 0 ? std::optional(asked.year) : std::nullopt;
    const auto records = registry::records_of(now.state, table.kind, year);
    if (here.form == "json") {
        std::vector<std::string> rows;
        for (const registry::batch_row& one : records) rows.push_back(to_json(one));
        return data_file_of(here, "application/json", documents::json_list(rows) + "\n");
    }
    const registry::csv_table cells = registry::table_of(records, table.kind);
    if (here.form == "csv")
        return data_file_of(here, "text/csv; charset=utf-8", registry::to_csv(cells));
    return data_file_of(
        here, "application/csvm+json",
        documents::csvw_of(setting_of(here), notes_of(here, here.id, table), cells));
}

response changes_feed(visit& here) {
    constexpr std::size_t most = 50;
    std::vector<documents::feed_entry> news;
    for (const registry::change& one : registry::latest_changes(register_of(here).state, most))
        news.push_back({"register/" + std::to_string(one.seq) + "/" + one.kind + "/" + one.id,
                        one.page, one.id, here.text("data.change." + one.kind), one.at});
    return atom_feed(here, "register", here.text("data.changes"), std::move(news));
}

// --- What there is --------------------------------------------------------------------------

class set_list {
  public:
    explicit set_list(visit& here) : here_(here) {}

    std::vector<catalogued_set> take() {
        add_register();
        add_money();
        add("beneficiaries", "beneficiaries", {"csv", "json"});
        add("barriers", "barriers", {"csv", "json", "atom"});
        add("draft-rules", "draft-rules", {"csv", "json"});
        add("partners", "partners", {"csv", "json"});
        add("exchanges", "exchanges", {"csv", "json"});
        add("decisions", "decisions", {"csv", "json", "atom"});
        add("sessions", "sessions", {"csv", "json", "atom", "ics"});
        add("bodies", "bodies", {"json", "popolo.json"});
        add("programme", "programme", {"csv", "json"});
        add("calls", "calls", {"csv", "json", "atom", "ics"});
        add_evidence();
        add_journal();
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::string whole(const std::string& path) const {
        return here_.context.public_url + path;
    }

    struct known_form {
        std::string_view form;
        std::string_view media;
        std::string_view label;
        std::string_view standard;
    };
    static known_form form_named(std::string_view form) {
        constexpr known_form forms[] = {
            {"csv", "text/csv", "CSV", ""},
            {"csv-metadata.json", "application/csvm+json", "CSVW", csvw_standard},
            {"json", "application/json", "JSON", ""},
            {"geojson", "application/geo+json", "GeoJSON",
             "https://www.rfc-editor.org/rfc/rfc7946"},
            {"popolo.json", "application/json", "Popolo", "http://www.popoloproject.com/specs/"},
            {"bods.json", "application/json", "BODS 0.4",
             "https://standard.openownership.org/en/0.4.0"},
            {"atom", "application/atom+xml", "Atom", "https://www.rfc-editor.org/rfc/rfc4287"},
            {"ics", "text/calendar", "iCalendar", "https://www.rfc-editor.org/rfc/rfc5545"}};
        return *std::find_if(std::begin(forms), std::end(forms),
                             [&](const known_form& one) { return one.form == form; });
    }

    catalogued_set& begin(const std::string& name, const std::string& id, const std::string& page) {
        catalogued_set& one = out_.emplace_back();
        one.id = id;
        one.title = in_all_languages(here_, "data.set." + name);
        one.about = in_all_languages(here_, "data.about." + name);
        if (!page.empty()) one.page = whole(page);
        one.licence = here_.context.licence;
        return one;
    }
    void put(catalogued_set& to, const std::string& path, std::string_view form,
             const std::string& prefix = {}) {
        const known_form one = form_named(form);
        to.files.push_back({whole(path + "." + std::string(form)), std::string(one.media),
                            prefix + std::string(one.label), std::string(one.standard)});
    }
    void add(const std::string& name, const std::string& section,
             std::initializer_list<std::string_view> forms) {
        catalogued_set& one = begin(name, name, here_.link(section));
        for (const std::string_view form : forms) put(one, here_.link(section), form);
    }

    void add_register() {
        const register_now now = register_of(here_);
        for (const register_table& table : register_tables) {
            const std::string name(table.file);
            catalogued_set& one =
                begin(name, "register/" + name, here_.link(std::string(table.page)));
            one.modified = to_text(date_of(now.at));
            if (table.kind == "activity") {
                const auto years = registry::activity_years(now.state);
                for (auto year = years.rbegin(); year != years.rend(); ++year) {
                    const std::string text = std::to_string(*year);
                    for (const char* form : {"csv", "csv-metadata.json", "json"})
                        put(one, "/data/activities-" + text, form, text + ", ");
                }
                continue;
            }
            for (const char* form : {"csv", "csv-metadata.json", "json"})
                put(one, "/data/" + name, form);
            if (!table.form.empty()) put(one, "/data/" + name, table.form);
        }
        put(begin("owners", "register/owners", here_.link("organisations")), "/data/owners",
            "bods.json");
        put(begin("register", "register", here_.link("regions")), "/data/register",
            "csv-metadata.json");
        put(begin("changes", "register/changes", here_.link("regions")), here_.link("data/changes"),
            "atom");
    }

    void add_money() {
        catalogued_set& one = begin("money", "money", here_.link("money"));
        for (const char* form : {"csv", "json"}) put(one, here_.link("money"), form);
        const auto contributions =
            ask_publicly<fund::contributions_view>(here_, fund::contributions_query{});
        const auto budget = ask_publicly<fund::budget_view>(here_, fund::budget_query{});
        if (!contributions || !budget) return;
        const auto before = here_.page.files.size();
        offer_open_data(here_, **contributions, **budget);
        for (std::size_t i = before; i < here_.page.files.size(); ++i)
            one.files.push_back({whole(here_.page.files[i].href), here_.page.files[i].type,
                                 here_.page.files[i].label, ""});
        here_.page.files.resize(before);
    }

    void add_evidence() {
        const auto all = ask_publicly<evidence::datasets_view>(here_, evidence::datasets_query{});
        if (!all) return;
        for (const evidence::dataset_row& row : (*all)->datasets) {
            if (row.standing_now != evidence::evidence_standing::stands) continue;
            const auto view =
                ask_publicly<evidence::dataset_view>(here_, evidence::dataset_query{row.dataset});
            if (!view) continue;
            catalogued_set& one = out_.emplace_back();
            one.id = "dataset/" + row.dataset.value;
            one.title = row.title;
            one.about = (*view)->about.empty() ? row.title : (*view)->about;
            one.page = whole(here_.link("datasets/" + row.dataset.value));
            one.publisher = row.publisher;
            one.licence = (*view)->licence;
            one.modified = to_text((*view)->retrieved);
            one.files.push_back(
                {whole("/papers/" + row.file.sha256), row.file.media, row.file.media, ""});
        }
    }

    void add_journal() {
        catalogued_set& one = begin("journal", "journal", here_.link("journal"));
        one.files.push_back({whole("/journal/checkpoint"), "text/plain", "tlog-tiles",
                             "https://c2sp.org/tlog-tiles"});
        catalogued_set& api = begin("api", "api", "");
        api.files.push_back({whole("/api/openapi.json"), "application/json", "OpenAPI 3.1",
                             "https://spec.openapis.org/oas/v3.1.0"});
    }

    visit& here_;
    std::vector<catalogued_set> out_;
};

response catalogue(visit& here) {
    const documents::catalogue_notes notes{in_all_languages(here, "data.title"),
                                           in_all_languages(here, "data.lead"),
                                           std::string(here.context.licence)};
    return data_file_of(here, "application/ld+json",
                        documents::dcat_catalogue(setting_of(here), notes, set_list(here).take()));
}

/// What a set is about, by its id.
std::string_view group_of(const std::string& id) {
    constexpr std::pair<std::string_view, std::string_view> groups[] = {
        {"register", "register"}, {"partners", "register"},    {"exchanges", "register"},
        {"barriers", "barriers"}, {"draft-rules", "barriers"}, {"money", "money"},
        {"dataset", "evidence"},  {"beneficiaries", "money"},  {"journal", "journal"},
        {"api", "journal"}};
    const std::string_view first = std::string_view(id).substr(0, id.find('/'));
    for (const auto& [name, group] : groups)
        if (name == first) return group;
    return "decided";
}

data_set& set_in(const visit& here, data_page& page, std::string_view group) {
    for (data_group& one : page.groups)
        if (one.name == group) return one.sets.emplace_back();
    data_group& made = page.groups.emplace_back();
    made.name = group;
    made.title = here.text("data.group." + made.name);
    return made.sets.emplace_back();
}

response overview(visit& here) {
    data_page page;
    page.licence = here.context.licence;
    const std::string& site = here.context.public_url;
    for (catalogued_set& one : set_list(here).take()) {
        data_set& shown = set_in(here, page, group_of(one.id));
        shown.title = std::move(one.title);
        shown.about = std::move(one.about);
        if (!one.page.empty()) shown.page = one.page.substr(site.size());
        if (!one.publisher.empty()) shown.licence = one.licence;
        shown.publisher = std::move(one.publisher);
        for (const catalogued_file& file : one.files)
            shown.files.push_back({file.format, file.address.substr(site.size())});
    }
    here.page.files.push_back({"application/ld+json", "DCAT-AP 3.0", "/data/catalog.jsonld"});
    return here.show("data", page);
}

response data(visit& here) {
    if (here.id.empty() && here.form.empty()) return overview(here);
    if (here.id == "catalog" && here.form == "jsonld") return catalogue(here);
    if (here.id == "changes" && here.form == "atom") return changes_feed(here);
    if (here.id == "register" && here.form == "csv-metadata.json") return register_group(here);
    if (here.id == "owners" && here.form == "bods.json") return all_holders(here);
    if (here.id == "changes" && here.form.empty()) return here.redirect(here.link("regions"));
    if (const asked_table asked = table_asked(here); asked.table) return register_file(here, asked);
    return here.fail({&refusals::page_unknown, {}, {}});
}

constexpr page_route data_routes[] = {{"data", data}};
constexpr template_need data_needs[] = {{"data", &describe<data_page>}};

}  // namespace

const page_group data_pages{data_routes, data_needs};

}  // namespace veche::api::pages
