#include "documents/calendar.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace veche::documents {
namespace {

void line(std::string& out, std::string_view name, std::string_view value) {
    append_folded(out, std::string(name) + ":" + std::string(value));
}

/// "20261124T104600"
std::string digits(instant at) {
    std::string out;
    for (const char c : to_text(at).substr(0, 19))
        if (c != '-' && c != ':') out += c;
    return out;
}

std::string digits(date day) {
    std::string out;
    for (const char c : to_text(day))
        if (c != '-') out += c;
    return out;
}

/// "+0300"
std::string offset_digits(std::int32_t minutes) {
    const std::int32_t size = std::abs(minutes);
    return fmt::format("{}{:02}{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

/// A change of the zone's offset, in UTC.
struct shift {
    instant at;
    std::int32_t before = 0;
    std::int32_t after = 0;
};

/// The moment at which the offset changes between two that differ, to the minute.
instant find_shift(const render::zone& zone, instant low, instant high) {
    const std::int32_t before = zone.offset(low);
    while (high.ms - low.ms > ms_per_minute) {
        const std::int64_t middle =
            (low.ms + (high.ms - low.ms) / 2) / ms_per_minute * ms_per_minute;
        (zone.offset({middle}) == before ? low : high).ms = middle;
    }
    return high;
}

/// Changes within the span of the events and a year around it. Each is told by its date, without
/// rules of recurrence: a law may change them, and the feed is fetched again anyway.
std::vector<shift> shifts_of(const render::zone& zone, instant from, instant until) {
    std::vector<shift> found;
    constexpr std::int64_t step = 7 * ms_per_day;
    instant low{from.ms / ms_per_minute * ms_per_minute};
    for (; low < until; low.ms += step) {
        const instant high{low.ms + step};
        const std::int32_t before = zone.offset(low), after = zone.offset(high);
        if (before != after) found.push_back({find_shift(zone, low, high), before, after});
    }
    return found;
}

void observance(std::string& out, instant local_start, std::int32_t before, std::int32_t after) {
    const std::string name = after > before ? "DAYLIGHT" : "STANDARD";
    line(out, "BEGIN", name);
    line(out, "DTSTART", digits(local_start));
    line(out, "TZOFFSETFROM", offset_digits(before));
    line(out, "TZOFFSETTO", offset_digits(after));
    line(out, "TZNAME", offset_digits(after).substr(0, after % 60 == 0 ? 3 : 5));
    line(out, "END", name);
}

/// The zone as far as the events need it (3.6.5): what holds at the beginning, then every change.
void timezone(std::string& out, const render::zone& zone, const std::string& name, instant from,
              instant until) {
    line(out, "BEGIN", "VTIMEZONE");
    line(out, "TZID", name);
    const std::int32_t first = zone.offset(from);
    observance(out, {from.ms / ms_per_day * ms_per_day}, first, first);
    for (const shift& one : shifts_of(zone, from, until))
        // The local time of the change is told by the clock before it.
        observance(out, {one.at.ms + one.before * ms_per_minute}, one.before, one.after);
    line(out, "END", "VTIMEZONE");
}

void moment(std::string& out, std::string_view name, instant at, const render::zone& zone,
            const std::string& zone_name) {
    if (zone_name == "UTC") return line(out, name, digits(at) + "Z");
    line(out, std::string(name) + ";TZID=" + zone_name,
         digits(instant{at.ms + zone.offset(at) * ms_per_minute}));
}

void alarm(std::string& out, const calendar_event& of) {
    line(out, "BEGIN", "VALARM");
    line(out, "ACTION", "DISPLAY");
    line(out, "TRIGGER", "-P7D");
    line(out, "DESCRIPTION", calendar_text(of.title));
    line(out, "END", "VALARM");
}

std::string host_of(const setting& in) {
    return in.stamp.origin.substr(0, in.stamp.origin.find('/'));
}

void event(std::string& out, const setting& in, const calendar_feed& feed,
           const calendar_event& of) {
    const std::string tongue = ";LANGUAGE=" + in.lang();
    line(out, "BEGIN", "VEVENT");
    line(out, "UID", of.uid + "@" + host_of(in));
    line(out, "DTSTAMP", digits(of.stamp) + "Z");
    line(out, "LAST-MODIFIED", digits(of.stamp) + "Z");
    line(out, "SEQUENCE", std::to_string(of.sequence));
    line(out, "STATUS", of.cancelled ? "CANCELLED" : "CONFIRMED");
    if (of.day) {
        line(out, "DTSTART;VALUE=DATE", digits(*of.day));
        line(out, "DTEND;VALUE=DATE", digits(date{of.day->days + 1}));
        line(out, "TRANSP", "TRANSPARENT");
    } else if (of.starts) {
        moment(out, "DTSTART", *of.starts, *in.around.zone, feed.zone);
        if (of.ends) moment(out, "DTEND", *of.ends, *in.around.zone, feed.zone);
    }
    line(out, "SUMMARY" + tongue, calendar_text(of.title));
    if (!of.text.empty()) line(out, "DESCRIPTION" + tongue, calendar_text(of.text));
    if (!of.place.empty()) line(out, "LOCATION" + tongue, calendar_text(of.place));
    line(out, "URL", in.address(of.path));
    line(out, "CATEGORIES", of.kind);
    if (of.remind && !of.cancelled) alarm(out, of);
    line(out, "END", "VEVENT");
}

}  // namespace

void append_folded(std::string& out, std::string_view text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t next = i + 1;
        while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U)
            ++next;
        if (width + next - i > 75) {
            out += "\r\n ";
            width = 1;
        }
        out.append(text.substr(i, next - i));
        width += next - i;
        i = next;
    }
    out += "\r\n";
}

std::string calendar_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) continue;
        if (c == ',' || c == ';' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string to_icalendar(const setting& in, const calendar_feed& feed) {
    std::string out;
    line(out, "BEGIN", "VCALENDAR");
    line(out, "VERSION", "2.0");
    line(out, "PRODID", "-//Veche//Union calendar 1.0//EN");
    line(out, "CALSCALE", "GREGORIAN");
    line(out, "X-WR-CALNAME", calendar_text(feed.title));
    line(out, "REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    std::optional<instant> first, last;
    for (const calendar_event& one : feed.events) {
        if (!one.starts) continue;
        const instant end = one.ends.value_or(*one.starts);
        first = first ? std::min(*first, *one.starts) : *one.starts;
        last = last ? std::max(*last, end) : end;
    }
    if (first && feed.zone != "UTC")
        timezone(out, *in.around.zone, feed.zone, plus_days(*first, -366), plus_days(*last, 366));
    for (const calendar_event& one : feed.events) event(out, in, feed, one);
    line(out, "END", "VCALENDAR");
    return out;
}

}  // namespace veche::documents
