// What is due and late: the programme with its filters, the late list, one measure with its
// history, and decisions that could not be carried out.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/findings.hpp"
#include "api/pages/following.hpp"
#include "api/pages/plan_parts.hpp"
#include "documents/plan_news.hpp"
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
    std::int32_t year = 0;
};
VECHE_VIEW_HERE(programme_page, (programme, "The measures."), (words, "Words looked for."),
                (bodies, "Bodies to choose from."), (spheres, "Spheres to choose from."),
                (states, "States to choose from."), (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (follow_ups, "Decisions that wait to be followed up."),
                (year, "The year that runs, for its report."))

measures_query query_of(const visit& here) {
    measures_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    if (const auto body = identifier_asked(here, "body"); !body.empty()) query.body = body_id{body};
    if (const auto sphere = here.asked.query_value("sphere"); !sphere.empty())
        query.sphere = std::string(sphere);
    query.status = enum_asked<measure_status>(here, "status");
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
    page.states = enum_options(here, query.status);
    page.filtered = query.body || query.sphere || query.status || query.query;
    page.query = query_text(here);
    page.follow_ups = static_cast<std::int32_t>(open->items.size());
    page.year = civil_of(date_of(here.context.now)).year;
    offer_follow(here, "programme/all");
    return here.show("programme", page);
}

// --- One measure
// ------------------------------------------------------------------------------------

struct milestone_card {
    milestone_row milestone;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(milestone_card, (milestone, "The milestone."), (acts, "What the reader may do."))

struct measure_page {
    shown<measure_view> measure;
    std::vector<milestone_card> milestones;
    std::vector<act> acts;
    std::vector<veche::evidence::finding_row> findings;
};
VECHE_VIEW_HERE(measure_page, (measure, "The measure."), (milestones, "Steps on the way."),
                (acts, "What the reader may do."), (findings, "Evidence laid beside it."))

std::vector<milestone_card> milestone_cards(const visit& here, const measure_view& view) {
    std::vector<milestone_card> cards;
    for (const milestone_row& one : view.milestones) {
        act_list acts(here, "programme/" + view.measure.id.value);
        if (!one.reached && !view.report_as.empty())
            acts.form("programme.reach_milestone", view.report_as.front().value,
                      {{"measure", view.measure.id.value}, {"milestone", one.id.value}});
        cards.push_back({one, acts.take()});
    }
    return cards;
}

std::vector<act> acts_on(const visit& here, const measure_view& view) {
    const std::vector<act_field> it{{"measure", view.measure.id.value}};
    act_list acts(here, "programme/" + view.measure.id.value);
    if (!view.report_as.empty()) {
        acts.form("programme.report_progress", view.report_as.front().value, it);
        acts.form("programme.complete_measure", view.report_as.front().value, it);
    }
    if (!view.keep_as.empty()) {
        acts.form("programme.set_milestone", view.keep_as.front().value, it);
        acts.form("programme.arrange_measure", view.keep_as.front().value, it);
    }
    return acts.take();
}

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
    offer_follow(here, "measure/" + here.id);
    here.above("programme", here.text("door.programme"));
    if (here.form == "csv") return here.csv(measure->values);
    return here.show(
        "measure",
        measure_page{measure, milestone_cards(here, *measure), acts_on(here, *measure),
                     findings_beside(here, veche::evidence::subject_kind::measure, here.id)});
}

response programme(visit& here) {
    here.page.door = "programme";
    return here.id.empty() ? list_programme(here) : one_measure(here);
}

// --- What is late
// -----------------------------------------------------------------------------------

struct late_page {
    shown<late_view> late;
    shown<reminders_view> reminders;
    shown<registry::plan_items_view> plans;
    std::string words;
    std::vector<choice_option> bodies;
    std::vector<choice_option> spheres;
    std::vector<choice_option> states;
    bool filtered = false;
    std::string query;
    std::int32_t rows = 0;
};
VECHE_VIEW_HERE(late_page, (late, "What is due and late, by body."),
                (reminders, "Reminders given."),
                (plans, "Items of the plans of links that are late."), (words, "Words looked for."),
                (bodies, "Bodies to choose from."), (spheres, "Spheres to choose from."),
                (states, "What to choose from."), (filtered, "Whether a filter is set."),
                (query, "The filter in an address."), (rows, "How many rows the list has."))

/// One row of the list as a table to take away.
struct late_line {
    std::string kind;  ///< measure, milestone, approval, plan
    std::string stands;
    body_id body;
    localized body_name;
    std::string id;
    std::string part;  ///< the milestone or the step
    localized title;
    date due;
    std::int64_t days_late = 0;
    std::int64_t days_left = 0;
    std::optional<body_id> escalated_to;
};
VECHE_VIEW_HERE(late_line, (kind, "measure, milestone, approval or plan."),
                (stands, "due, late, very_late."), (body, "The body that owes it."),
                (body_name, "Its name."), (id, "Id."), (part, "The milestone or the step."),
                (title, "Title."), (due, "Last day."), (days_late, "Days late."),
                (days_left, "Days left."), (escalated_to, "The body above that was seized."))

late_line line_of(const late_group& group, const measure_row& one, date today) {
    const bool very = one.status == measure_status::very_late;
    return {"measure",       very ? "very_late" : one.days_late > 0 ? "late" : "due",
            group.body,      group.name,
            one.id.value,    "",
            one.title,       one.due,
            one.days_late,   std::max(one.due.days - today.days, 0),
            one.escalated_to};
}

std::vector<late_line> late_lines(const late_view& view, date today) {
    std::vector<late_line> lines;
    for (const late_group& group : view.bodies) {
        for (const auto* list : {&group.measures, &group.due})
            for (const measure_row& one : *list) lines.push_back(line_of(group, one, today));
        for (const late_milestone& one : group.milestones)
            lines.push_back({"milestone",
                             "late",
                             group.body,
                             group.name,
                             one.measure.value,
                             one.milestone.value,
                             one.title,
                             one.due,
                             one.days_late,
                             0,
                             {}});
        for (const step_row& one : group.steps)
            lines.push_back({"approval", one.escalated_to ? "very_late" : "late", group.body,
                             group.name, one.approval.value, one.step.value, one.title, one.due,
                             one.over, 0, one.escalated_to});
    }
    return lines;
}

/// Items of plans are owed by sides of a link, not by bodies: they are listed where nobody asks for
/// one body, one sphere, or for another state.
shown<registry::plan_items_view> late_plans_of(visit& here, const late_query& query) {
    const bool any =
        !query.body && !query.sphere && query.stands.value_or(lateness::late) == lateness::late;
    return any ? late_plans(here, query.query)
               : shown<registry::plan_items_view>{std::make_shared<registry::plan_items_view>()};
}

void add_plans(const visit& here, const registry::plan_items_view& plans,
               std::vector<late_line>& lines) {
    for (const registry::item_row& one : plans.items) {
        const charter::body* of = here.charter.find_body(one.body);
        lines.push_back({"plan",
                         "late",
                         one.body,
                         of ? of->name : localized{},
                         one.link.value,
                         one.item.value,
                         one.text,
                         one.last_day,
                         one.days_late.value_or(0),
                         0,
                         {}});
    }
}

response late_feed(const visit& here, const late_view& view, const reminders_view& reminders,
                   const registry::plan_items_view& plans) {
    std::vector<documents::feed_entry> entries;
    const auto in = setting_of(here);
    for (const late_group& group : view.bodies) {
        for (const measure_row& one : group.measures)
            entries.push_back(documents::lateness_of(in, one));
        for (const step_row& one : group.steps) entries.push_back(documents::lateness_of(in, one));
    }
    for (const reminder_row& one : reminders.reminders)
        entries.push_back(documents::news_of(in, one));
    for (const registry::item_row& one : plans.items)
        entries.push_back(documents::lateness_of(in, one));
    return atom_feed(here, "late" + query_text(here), here.text("feeds.late"), std::move(entries));
}

late_query late_query_of(const visit& here) {
    late_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    if (const auto body = identifier_asked(here, "body"); !body.empty()) query.body = body_id{body};
    if (const auto sphere = here.asked.query_value("sphere"); !sphere.empty())
        query.sphere = std::string(sphere);
    query.stands = enum_asked<lateness>(here, "stands");
    return query;
}

response show_late(visit& here, const late_query& query, const shown<late_view>& view,
                   const shown<reminders_view>& reminders,
                   const shown<registry::plan_items_view>& plans, std::size_t rows) {
    late_page page;
    page.plans = plans;
    page.late = view;
    page.reminders = reminders;
    page.words = query.query.value_or("");
    page.bodies = body_options(here, query.body ? query.body->value : "");
    for (const std::string& sphere : view->spheres)
        page.spheres.push_back({sphere, code_text(here, "sphere", sphere), query.sphere == sphere});
    page.states = enum_options(here, query.stands);
    page.filtered = query.body || query.sphere || query.stands || query.query;
    page.query = query_text(here);
    page.rows = static_cast<std::int32_t>(rows);
    return here.show("late", page);
}

response late(visit& here) {
    here.page.door = "programme";
    const late_query query = late_query_of(here);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<late_view>(query));
    if (here.form == "json") return here.json(*view);
    auto lines = late_lines(*view, date_of(here.context.now));
    const auto plans = late_plans_of(here, query);
    add_plans(here, *plans, lines);
    if (here.form == "csv") return here.csv(lines);
    VECHE_SHOW_OR_FAIL(reminders, here, here.ask<reminders_view>(reminders_query{query.body}));
    if (here.form == "atom") return late_feed(here, *view, *reminders, *plans);
    here.above("programme", here.text("door.programme"));
    offer_atom(here, "late", query_text(here));
    return show_late(here, query, view, reminders, plans, lines.size());
}

// --- Decisions that could not be carried out
// --------------------------------------------------------

struct follow_up_card {
    follow_up_row item;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(follow_up_card, (item, "The item."), (acts, "What the reader may do about it."))

struct follow_ups_page {
    std::vector<follow_up_card> items;
};
VECHE_VIEW_HERE(follow_ups_page, (items, "Items, the oldest first."))

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

constexpr page_route programme_routes[] = {
    {"programme", programme}, {"late", late}, {"follow-ups", follow_ups}};
constexpr template_need programme_needs[] = {{"programme", &describe<programme_page>},
                                             {"measure", &describe<measure_page>},
                                             {"late", &describe<late_page>},
                                             {"follow_ups", &describe<follow_ups_page>}};

}  // namespace

const page_group programme_pages{programme_routes, programme_needs};

}  // namespace veche::api::pages
