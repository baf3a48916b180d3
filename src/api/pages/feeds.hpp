#pragma once
// Lists to follow: Atom (RFC 4287) and iCalendar (RFC 5545).

#include "api/pages/visit.hpp"

namespace veche::api::pages {

struct feed_entry {
    std::string id;  ///< path below the site, stable for ever
    std::string title;
    std::string summary;
    instant updated;
};

/// An Atom feed of this page's list, newest first.
response atom_feed(const visit& here, const std::string& title,
                   const std::vector<feed_entry>& entries);

struct calendar_entry {
    std::string uid;
    std::string path;
    std::string title;
    std::string place;
    instant starts;
    std::int32_t sequence = 0;  ///< raised whenever the event changes
    bool cancelled = false;
    instant stamp;
};

response calendar(const visit& here, const std::vector<calendar_entry>& entries);

}  // namespace veche::api::pages
