#pragma once
// iCalendar (RFC 5545): sessions, deadlines and closing votes to follow in a calendar. A feed names
// the same event by the same UID for ever and raises SEQUENCE with each change, so that a calendar
// moves it and shows a cancelled one as cancelled.

#include <optional>
#include <string>
#include <vector>

#include "documents/setting.hpp"

namespace veche::documents {

struct calendar_event {
    std::string uid;   ///< without '@' and what follows
    std::string path;  ///< of its page, below the language
    std::string title;
    std::string text;
    std::string place;
    std::string kind;               ///< SESSION, VOTE, DEADLINE
    std::optional<instant> starts;  ///< an event at a moment, or
    std::optional<instant> ends;
    std::optional<date> day;    ///< one of a whole day
    std::int64_t sequence = 0;  ///< never falls
    instant stamp;              ///< of the last change
    bool cancelled = false;
    bool remind = false;  ///< a week before
};

struct calendar_feed {
    std::string title;
    std::string zone;  ///< IANA name; moments are told in it
    std::vector<calendar_event> events;
};

/// The whole file, CRLF, lines folded at 75 octets.
std::string to_icalendar(const setting&, const calendar_feed&);

/// One content line folded (RFC 5545, 3.1), never inside a character.
void append_folded(std::string& out, std::string_view line);
/// TEXT (3.3.11): backslash, comma, semicolon and line breaks escaped, other control characters
/// left out.
std::string calendar_text(std::string_view text);

}  // namespace veche::documents
