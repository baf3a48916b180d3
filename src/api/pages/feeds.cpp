#include "api/pages/feeds.hpp"

#include "render/escape.hpp"

namespace veche::api::pages {
namespace {

std::string element(std::string_view name, std::string_view text) {
    return "<" + std::string(name) + ">" + render::escaped(text) + "</" + std::string(name) + ">\n";
}

/// "20261124T104600Z"
std::string ical_instant(instant at) {
    std::string out;
    for (const char c : to_text(at).substr(0, 19))
        if (c != '-' && c != ':') out += c;
    return out + "Z";
}

std::string ical_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == ',' || c == ';' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

/// Lines longer than 75 octets are folded (RFC 5545, 3.1), never inside a UTF-8 character.
void ical_line(std::string& out, const std::string& line) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t next = i + 1;
        while (next < line.size() && (static_cast<unsigned char>(line[next]) & 0xC0U) == 0x80U)
            ++next;
        if (width + next - i > 74) {
            out += "\r\n ";
            width = 1;
        }
        out.append(line, i, next - i);
        width += next - i;
        i = next;
    }
    out += "\r\n";
}

}  // namespace

response atom_feed(const visit& here, const std::string& title,
                   const std::vector<feed_entry>& entries) {
    const std::string site = here.context.public_url;
    const std::string self = site + here.page.address;
    instant updated{0};
    for (const feed_entry& one : entries) updated = std::max(updated, one.updated);
    std::string out =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"" +
        here.lang + "\">\n";
    out += element("id", self) + element("title", title) + element("updated", to_text(updated));
    out += "<author>" + element("name", here.name_of(here.page.union_name)) + "</author>\n";
    out += "<link rel=\"self\" href=\"" + render::escaped(self) + "\"/>\n";
    for (const feed_entry& one : entries) {
        const std::string address = site + here.link(one.id);
        out += "<entry>\n" + element("id", address) + element("title", one.title) +
               element("updated", to_text(one.updated)) + element("summary", one.summary) +
               "<link href=\"" + render::escaped(address) + "\"/>\n</entry>\n";
    }
    response made;
    made.type = "application/atom+xml; charset=utf-8";
    made.body = out + "</feed>\n";
    return made;
}

response calendar(const visit& here, const std::vector<calendar_entry>& entries) {
    std::string out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Veche//Sessions//EN\r\n";
    for (const calendar_entry& one : entries) {
        out += "BEGIN:VEVENT\r\n";
        ical_line(out, "UID:" + one.uid);
        ical_line(out, "DTSTAMP:" + ical_instant(one.stamp));
        ical_line(out, "DTSTART:" + ical_instant(one.starts));
        ical_line(out, "SEQUENCE:" + std::to_string(one.sequence));
        ical_line(out, "SUMMARY:" + ical_text(one.title));
        if (!one.place.empty()) ical_line(out, "LOCATION:" + ical_text(one.place));
        ical_line(out, "URL:" + here.context.public_url + here.link(one.path));
        ical_line(out, one.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        out += "END:VEVENT\r\n";
    }
    response made;
    made.type = "text/calendar; charset=utf-8";
    made.body = out + "END:VCALENDAR\r\n";
    return made;
}

}  // namespace veche::api::pages
