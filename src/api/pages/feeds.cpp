#include "api/pages/feeds.hpp"

namespace veche::api::pages {

response atom_feed(const visit& here, std::string id, std::string title,
                   std::vector<documents::feed_entry> entries) {
    const std::string page = here.section + (here.id.empty() ? "" : "/" + here.id);
    response made;
    made.type = "application/atom+xml; charset=utf-8";
    made.body = documents::to_atom(setting_of(here), {std::move(id), page, here.page.address,
                                                      std::move(title), std::move(entries)});
    return made;
}

response calendar(const visit& here, std::string title,
                  std::vector<documents::calendar_event> events) {
    response made;
    made.type = "text/calendar; charset=utf-8";
    made.body = documents::to_icalendar(setting_of(here),
                                        {std::move(title), here.zone_name, std::move(events)});
    return made;
}

std::vector<documents::calendar_event> measure_events(
    visit& here, const std::vector<programme::measure_row>& measures) {
    std::vector<documents::calendar_event> events;
    const auto in = setting_of(here);
    for (const auto& row : measures)
        if (const auto one =
                ask_publicly<programme::measure_view>(here, programme::measure_query{row.id}))
            for (auto& event : documents::events_of(in, **one)) events.push_back(std::move(event));
    return events;
}

void offer_atom(visit& here, std::string_view rest, std::string_view query) {
    here.page.follows.push_back({"application/atom+xml", here.text("feeds.atom_short"),
                                 here.link(rest) + ".atom" + std::string(query)});
}

void offer_calendar(visit& here, std::string_view rest, std::string_view query) {
    here.page.follows.push_back({"text/calendar", here.text("feeds.calendar_short"),
                                 here.link(rest) + ".ics" + std::string(query)});
}

void offer_file(visit& here, std::string type, std::string label, std::string_view rest) {
    here.page.files.push_back({std::move(type), std::move(label), here.link(rest)});
}

}  // namespace veche::api::pages
