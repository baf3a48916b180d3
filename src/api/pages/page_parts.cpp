#include "api/pages/page_parts.hpp"

#include <algorithm>
#include <map>

#include "kernel/csv.hpp"

namespace veche::api::pages {
namespace {

/// Where the element that opens at `at` ends: behind the closing tag that belongs to it.
std::size_t end_of(std::string_view html, std::size_t at, std::string_view tag) {
    const std::string opens = "<" + std::string(tag);
    const std::string closes = "</" + std::string(tag) + ">";
    std::size_t depth = 0;
    while (at < html.size()) {
        const auto open = html.find(opens, at);
        const auto close = html.find(closes, at);
        if (close == std::string_view::npos) return html.size();
        if (open < close) {
            ++depth;
            at = open + opens.size();
        } else {
            at = close + closes.size();
            if (--depth == 0) return at;
        }
    }
    return html.size();
}

/// The value of an attribute of the tag that begins the text.
std::string attribute_of(std::string_view element, std::string_view name) {
    const auto tag = element.substr(0, element.find('>'));
    const std::string mark = " " + std::string(name) + "=\"";
    const auto at = tag.find(mark);
    if (at == std::string_view::npos) return {};
    const auto from = at + mark.size();
    return std::string(tag.substr(from, tag.find('"', from) - from));
}

constexpr std::pair<std::string_view, char> entities[] = {
    {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&#96;", '`'}};

/// Takes one character or entity from the front.
char take_character(std::string_view& rest) {
    for (const auto& [entity, character] : entities)
        if (rest.starts_with(entity)) {
            rest.remove_prefix(entity.size());
            return character;
        }
    const char first = rest.front();
    rest.remove_prefix(1);
    return first;
}

/// What a reader sees of a piece of HTML: without tags, entities read, spaces drawn together.
std::string text_in(std::string_view html) {
    std::string out;
    bool gap = false;
    while (!html.empty()) {
        if (html.front() == '<') {
            // Cells of a block each, as list items are, do not run together.
            gap =
                gap || html.starts_with("<li") || html.starts_with("<p") || html.starts_with("<br");
            html.remove_prefix(std::min(html.find('>'), html.size() - 1) + 1);
            continue;
        }
        const char next = take_character(html);
        if (next == ' ' || next == '\n' || next == '\t' || next == '\r') {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += next;
    }
    return out;
}

bool opens(std::string_view html, std::string_view tag) {
    return html.starts_with(tag) && html.size() > tag.size() &&
           (html[tag.size()] == '>' || html[tag.size()] == ' ');
}

bool opens_heading(std::string_view html) {
    return opens(html, "<h1") || opens(html, "<h2") || opens(html, "<h3");
}

std::size_t count_of(std::string_view html, std::string_view mark) {
    std::size_t count = 0;
    for (auto at = html.find(mark); at != std::string_view::npos; at = html.find(mark, at + 1))
        ++count;
    return count;
}

page_part table_part(std::string_view element) {
    page_part made;
    const auto caption = element.find("<caption");
    if (caption != std::string_view::npos)
        made.title =
            text_in(element.substr(caption, element.find("</caption>", caption) - caption));
    const auto body = element.find("<tbody");
    if (body != std::string_view::npos) made.rows = count_of(element.substr(body), "<tr");
    made.html = element;
    return made;
}

page_part plot_part_of(std::string_view element) {
    page_part made;
    made.plot = true;
    made.title = text_in(attribute_of(element, "aria-label"));
    made.html = element;
    return made;
}

/// The cells of one row.
std::string record_of(std::string_view row) {
    std::string out;
    bool first = true;
    for (std::size_t at = row.find('<', 1); at != std::string_view::npos;
         at = row.find('<', at + 1)) {
        const auto rest = row.substr(at);
        const bool head = opens(rest, "<th");
        if (!head && !opens(rest, "<td")) continue;
        const auto end = rest.find(head ? "</th>" : "</td>");
        out += (first ? "" : ",") + csv_cell(text_in(rest.substr(0, end)));
        first = false;
    }
    return out + "\r\n";
}

/// Colours of the style sheet on a light ground; a file has no style sheet.
constexpr std::pair<std::string_view, std::string_view> colours[] = {
    {"class=\"s-yes\"", "fill=\"#2a7350\""},
    {"class=\"s-1\"", "fill=\"#2a7350\""},
    {"class=\"s-no\"", "fill=\"#b2433f\""},
    {"class=\"s-2\"", "fill=\"#b2433f\""},
    {"class=\"s-abstain\"", "fill=\"#8a8f96\""},
    {"class=\"s-3\"", "fill=\"#8a8f96\""},
    {"class=\"s-none\"", "fill=\"#d3d2cc\""},
    {"class=\"s-4\"", "fill=\"#d3d2cc\""},
    {"class=\"s-a\"", "fill=\"#14425f\""},
    {"class=\"s-b\"", "fill=\"#7fa8c0\""},
    {"class=\"s-line\"", "fill=\"none\" stroke=\"#14425f\" stroke-width=\"2.5\""},
    {"class=\"s-flow\"", "fill=\"#7fa8c0\" fill-opacity=\"0.5\""},
    {"class=\"axis\"", "stroke=\"#8b929a\""},
    {"class=\"mark\"", "stroke=\"#1a2430\" stroke-width=\"2\""}};

}  // namespace

std::vector<page_part> parts_of(std::string_view html) {
    std::vector<page_part> parts;
    std::map<std::string, int> seen;
    std::string above;
    for (std::size_t at = html.find("<main"); at < html.size(); at = html.find('<', at + 1)) {
        const auto rest = html.substr(at);
        if (opens_heading(rest)) above = attribute_of(rest, "id");
        const bool table = opens(rest, "<table");
        if (!table && !rest.starts_with("<svg class=\"plot\"")) continue;
        const std::size_t end = end_of(html, at, table ? "table" : "svg");
        const auto element = html.substr(at, end - at);
        page_part made = table ? table_part(element) : plot_part_of(element);
        made.name = above.empty() ? (table ? "table" : "plot") : above;
        const int count = ++seen[made.name];
        if (count > 1) made.name += "-" + std::to_string(count);
        parts.push_back(std::move(made));
        at = end - 1;
    }
    return parts;
}

std::string heading_of(std::string_view html) {
    const auto at = html.find("<h1");
    if (at == std::string_view::npos) return {};
    return text_in(html.substr(at, html.find("</h1>", at) - at));
}

std::string table_csv(std::string_view table) {
    std::string out;
    for (std::size_t at = table.find("<tr"); at != std::string_view::npos;
         at = table.find("<tr", at + 1))
        out += record_of(table.substr(at, table.find("</tr>", at) - at));
    return out;
}

std::string plot_file(std::string_view plot) {
    std::string out(plot);
    for (const auto& [style, colour] : colours)
        for (auto at = out.find(style); at != std::string::npos; at = out.find(style, at))
            out.replace(at, style.size(), colour);
    const std::string_view head = "<svg class=\"plot\" role=\"img\" width=\"100%\"";
    if (out.starts_with(head))
        out.replace(0, head.size(),
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"760\" "
                    "font-family=\"sans-serif\" font-size=\"14\" fill=\"#1a2430\"");
    const auto inside = out.find('>') + 1;
    out.insert(inside, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out + "\n";
}

}  // namespace veche::api::pages
