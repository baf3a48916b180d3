// What is due and late: the programme with its filters, the late list, one measure with its
// history, and decisions that could not be carried out.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

using namespace programme;

// --- The programme
// ----------------------------------------------------------------------------------

struct programme_page {
    shown<measures_view> programme;
    std::string words;
    std::vector<choice_option> bodies;
    std::vector<choice_option> spheres;
    std::vector<choice_option> states;
    bool filtered = false;
    std::string query;
    std::int32_t follow_ups = 0;
};
VECHE_FIELDS(programme_page, (programme, "The measures."), (words, "Words looked for."),
             (bodies, "Bodies to choose from."), (spheres, "Spheres to choose from."),
             (states, "States to choose from."), (filtered, "Whether a filter is set."),
             (query, "The filter as part of an address."),
             (follow_ups, "Decisions that wait to be followed up."))

measures_query query_of(const visit& here) {
    measures_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    if (const auto body = identifier_asked(here, "body"); !body.empty()) query.body = body_id{body};
    if (const auto sphere = here.asked.query_value("sphere"); !sphere.empty())
        query.sphere = std::string(sphere);
    const auto asked = here.asked.query_value("status");
    const auto choices = describe<measure_status>().choices;
    const auto found = std::find(choices.begin(), choices.end(), asked);
    if (found != choices.end()) query.status = static_cast<measure_status>(found - choices.begin());
    return query;
}

/// A code's text by key "prefix.code", or the code.
std::string code_text(const visit& here, std::string_view prefix, std::string_view code) {
    const std::string key = std::string(prefix) + "." + std::string(code);
    return here.texts.find(key) != nullptr ? here.text(key) : std::string(code);
}

response list_programme(visit& here) {
    const measures_query query = query_of(here);
    VECHE_SHOW_OR_FAIL(programme, here, here.ask<measures_view>(query));
    if (here.form == "json") return here.json(*programme);
    if (here.form == "csv") return here.csv(programme->measures);
    VECHE_SHOW_OR_FAIL(open, here, here.ask<follow_ups_view>(follow_ups_query{}));
    programme_page page;
    page.programme = programme;
    page.words = query.query.value_or("");
    page.bodies = body_options(here, query.body ? query.body->value : "");
    for (const std::string& sphere : programme->spheres)
        page.spheres.push_back({sphere, code_text(here, "sphere", sphere), query.sphere == sphere});
    for (const auto name : describe<measure_status>().choices)
        page.states.push_back({std::string(name), code_text(here, "choice.measure_status", name),
                               query.status && name_of(*query.status) == name});
    page.filtered = query.body || query.sphere || query.status || query.query;
    page.query = query_text(here);
    page.follow_ups = static_cast<std::int32_t>(open->items.size());
    return here.show("programme", page);
}

// --- One measure
// ------------------------------------------------------------------------------------

struct measure_page {
    shown<measure_view> measure;
    std::vector<act> acts;
};
VECHE_FIELDS(measure_page, (measure, "The measure."), (acts, "What the reader may do."))

response one_measure(visit& here) {
    VECHE_SHOW_OR_FAIL(measure, here, here.ask<measure_view>(measure_query{{here.id}}));
    if (here.form == "json") return here.json(*measure);
    const std::string self = "programme/" + measure->measure.id.value;
    if (here.form == "atom")
        return atom_feed(here, "measure/" + measure->measure.id.value,
                         measure->measure.id.value + ": " + here.name_of(measure->measure.title),
                         documents::news_of(setting_of(here), *measure));
    if (here.form == "ics")
        return calendar(here, here.name_of(measure->measure.title),
                        measure_events(here, {measure->measure}));
    offer_atom(here, self);
    offer_calendar(here, self);
    here.above("programme", here.text("door.programme"));
    act_list acts(here, "programme/" + measure->measure.id.value);
    if (measure->may_report && !measure->report_as.empty()) {
        const std::vector<act_field> it{{"measure", measure->measure.id.value}};
        acts.form("programme.report_progress", measure->report_as.front().value, it);
        acts.form("programme.complete_measure", measure->report_as.front().value, it);
    }
    return here.show("measure", measure_page{measure, acts.take()});
}

response programme(visit& here) {
    here.page.door = "programme";
    return here.id.empty() ? list_programme(here) : one_measure(here);
}

// --- What is late
// -----------------------------------------------------------------------------------

struct late_page {
    shown<late_view> late;
    std::int32_t rows = 0;
};
VECHE_FIELDS(late_page, (late, "What is late, by body."), (rows, "How many measures."))

std::vector<measure_row> late_rows(const late_view& view) {
    std::vector<measure_row> rows;
    for (const auto& group : view.bodies)
        rows.insert(rows.end(), group.measures.begin(), group.measures.end());
    return rows;
}

response late_feed(const visit& here, const late_view& view) {
    std::vector<documents::feed_entry> entries;
    const auto in = setting_of(here);
    for (const measure_row& one : late_rows(view))
        entries.push_back(documents::lateness_of(in, one));
    return atom_feed(here, "late" + query_text(here), here.text("feeds.late"), std::move(entries));
}

response late(visit& here) {
    here.page.door = "programme";
    late_query query;
    if (const auto body = identifier_asked(here, "body"); !body.empty()) query.body = body_id{body};
    VECHE_SHOW_OR_FAIL(view, here, here.ask<late_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(late_rows(*view));
    if (here.form == "atom") return late_feed(here, *view);
    here.above("programme", here.text("door.programme"));
    offer_atom(here, "late", query_text(here));
    return here.show("late", late_page{view, static_cast<std::int32_t>(late_rows(*view).size())});
}

// --- Decisions that could not be carried out
// --------------------------------------------------------

struct follow_up_card {
    follow_up_row item;
    std::vector<act> acts;
};
VECHE_FIELDS(follow_up_card, (item, "The item."), (acts, "What the reader may do about it."))

struct follow_ups_page {
    std::vector<follow_up_card> items;
};
VECHE_FIELDS(follow_ups_page, (items, "Items, the oldest first."))

/// The reader's office with power "measures" over the body.
std::optional<std::string> measures_office(const visit& here, const body_id& body) {
    if (here.context.person.empty()) return std::nullopt;
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now))) {
        const bool over =
            office->body == body ||
            std::find(office->over.begin(), office->over.end(), body) != office->over.end();
        if (over && std::find(office->powers.begin(), office->powers.end(), "measures") !=
                        office->powers.end())
            return office->id.value;
    }
    return std::nullopt;
}

response follow_ups(visit& here) {
    here.page.door = "programme";
    VECHE_SHOW_OR_FAIL(view, here, here.ask<follow_ups_view>(follow_ups_query{true}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->items);
    here.above("programme", here.text("door.programme"));
    follow_ups_page page;
    for (const follow_up_row& one : view->items) {
        act_list acts(here, "follow-ups");
        if (!one.resolved)
            acts.form("programme.resolve_follow_up", measures_office(here, one.body),
                      {{"follow_up", one.id.value}});
        page.items.push_back({one, acts.take()});
    }
    return here.show("follow_ups", page);
}

constexpr page_route routes[] = {
    {"programme", programme}, {"late", late}, {"follow-ups", follow_ups}};
constexpr template_need needs[] = {{"programme", &describe<programme_page>},
                                   {"measure", &describe<measure_page>},
                                   {"late", &describe<late_page>},
                                   {"follow_ups", &describe<follow_ups_page>}};

}  // namespace

const page_group programme_pages{routes, needs};

}  // namespace veche::api::pages
