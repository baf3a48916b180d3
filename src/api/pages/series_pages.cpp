// Series of sessions: what the rhythm called for, and what became of it.

#include "api/pages/acts.hpp"
#include "api/pages/feeds.hpp"
#include "assembly/views.hpp"

namespace veche::api::pages {
namespace {

using namespace assembly;

struct series_list_page {
    shown<series_list_view> list;
};
VECHE_VIEW_HERE(series_list_page, (list, "The series."))

struct series_page {
    shown<series_view> series;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(series_page, (series, "The series."), (acts, "What the reader may do."))

response list_series(visit& here) {
    VECHE_SHOW_OR_FAIL(list, here, here.ask<series_list_view>(series_list_query{}));
    if (here.form == "json") return here.json(*list);
    if (here.form == "csv") return here.csv(list->series);
    here.above("sessions", here.text("door.sessions"));
    return here.show("series_list", series_list_page{list});
}

/// The sessions of the series, each under the UID that it has in every other calendar.
response series_calendar(visit& here, const series_view& of) {
    std::vector<documents::calendar_event> events;
    const auto in = setting_of(here);
    const auto all = here.ask<sessions_view>(sessions_query{});
    if (all)
        for (const auto* list : {&(*all)->coming, &(*all)->past})
            for (const session_row& one : *list)
                if (one.series == of.series.id) events.push_back(documents::event_of(in, one));
    return calendar(here, here.name_of(of.series.title), std::move(events));
}

response one_series(visit& here) {
    VECHE_SHOW_OR_FAIL(series, here, here.ask<series_view>(series_query{{here.id}}));
    here.show_times_in(series->series.zone);
    if (here.form == "json") return here.json(*series);
    if (here.form == "csv") return here.csv(series->sessions);
    if (here.form == "ics") return series_calendar(here, *series);
    here.above("sessions", here.text("door.sessions"));
    here.above("series", here.text("series.title"));
    const std::string self = "series/" + series->series.id.value;
    offer_calendar(here, self);
    act_list acts(here, self);
    const auto by = office_with(series->means, "convene", series->series.body.id);
    const std::vector<act_field> it{{"series", series->series.id.value}};
    if (!series->series.ended) acts.form("assembly.extend_series", by, it);
    if (!series->series.ended) acts.form("assembly.end_series", by, it);
    return here.show("series", series_page{series, acts.take()});
}

response series(visit& here) {
    here.page.door = "sessions";
    return here.id.empty() ? list_series(here) : one_series(here);
}

constexpr page_route series_routes[] = {{"series", series}};
constexpr template_need series_needs[] = {{"series_list", &describe<series_list_page>},
                                          {"series", &describe<series_page>}};

}  // namespace

const page_group series_pages{series_routes, series_needs};

}  // namespace veche::api::pages
