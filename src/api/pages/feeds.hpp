#pragma once
// Lists to follow and files to take away, at a page's own address with another ending.

#include "api/pages/documents.hpp"
#include "documents/news.hpp"

namespace veche::api::pages {

/// How much of a long list a feed tells.
inline constexpr std::int32_t newest_in_feed = 100;

/// The Atom feed of this page. `id` is stable within the union, the address is the one asked for.
response atom_feed(const visit& here, std::string id, std::string title,
                   std::vector<documents::feed_entry> entries);
/// The calendar of this page; moments are told in the union's zone.
response calendar(const visit& here, std::string title,
                  std::vector<documents::calendar_event> events);

/// Events of the measures in the list, with their changes counted.
std::vector<documents::calendar_event> measure_events(
    visit& here, const std::vector<programme::measure_row>& measures);

/// What waits for a person: sessions of their bodies, closing votes, deadlines.
std::vector<documents::calendar_event> duty_events(visit& here, const person_id& person);
/// Of events with the same UID the first.
std::vector<documents::calendar_event> each_once(std::vector<documents::calendar_event>);

/// Says on the page, to readers and to programs, that it can be followed: `rest` is its address
/// below the language without the ending.
void offer_atom(visit& here, std::string_view rest, std::string_view query = {});
void offer_calendar(visit& here, std::string_view rest, std::string_view query = {});
/// The same of a file to take away.
void offer_file(visit& here, std::string type, std::string label, std::string_view rest);

}  // namespace veche::api::pages
