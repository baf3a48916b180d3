#include "render/filters.hpp"

#include <algorithm>
#include <limits>

#include "render/escape.hpp"

namespace veche::render {
namespace {

std::string two_digits(std::int64_t n) {
    return (n < 10 ? "0" : "") + std::to_string(n);
}

instant shifted(instant at, const surroundings& around) {
    const std::int64_t minutes = around.zone != nullptr ? around.zone->offset(at) : 0;
    return {at.ms + minutes * 60'000};
}

std::string clock_text(instant local) {
    const std::int64_t ms = local.ms - start_of(date_of(local)).ms;
    return two_digits(ms / 3'600'000) + ":" + two_digits(ms / 60'000 % 60);
}

formatted time_element(const std::string& machine, std::string text) {
    return {"<time datetime=\"" + machine + "\">", std::move(text), "</time>"};
}

// What each filter accepts. An empty text means that nothing is wrong.

std::string only(bool fits, std::string_view wanted) {
    return fits ? "" : "the filter takes " + std::string(wanted);
}
std::string for_dates(const type_info& type, std::string_view, const catalogue&) {
    return only(type.what == form::date || type.what == form::instant, "a date or an instant");
}
std::string for_instants(const type_info& type, std::string_view, const catalogue&) {
    return only(type.what == form::instant, "an instant");
}
std::string for_numbers(const type_info& type, std::string_view, const catalogue&) {
    return only(type.what == form::integer, "an integer");
}
std::string for_ratios(const type_info& type, std::string_view, const catalogue&) {
    return only(type.what == form::ratio, "a ratio");
}
std::string for_amounts(const type_info& type, std::string_view, const catalogue&) {
    return only(&type == &describe<amount>(), "an amount");
}
std::string for_localized(const type_info& type, std::string_view, const catalogue&) {
    return only(&type == &describe<localized>(), "a text by language");
}
std::string for_text(const type_info& type, std::string_view, const catalogue&) {
    return only(has_text(type), "a text");
}
std::string for_json(const type_info& type, std::string_view, const catalogue&) {
    return only(type.what == form::raw, "raw JSON");
}
std::string for_names(const type_info& type, std::string_view kind, const catalogue&) {
    constexpr std::string_view kinds[] = {"body", "member", "office", "person",
                                          "unit", "rule",   "seat"};
    if (std::find(std::begin(kinds), std::end(kinds), kind) == std::end(kinds))
        return "there is no kind of name called " + std::string(kind);
    return only(has_text(type), "an id");
}
std::string for_codes(const type_info& type, std::string_view prefix, const catalogue& texts) {
    if (type.what == form::choice)
        for (const auto choice : type.choices)
            if (const auto key = std::string(prefix) + "." + std::string(choice);
                texts.find(key) == nullptr)
                return "the catalogue lacks " + key;
    return only(has_text(type) && !prefix.empty(), "a code and a prefix");
}
std::string for_choices(const type_info& type, std::string_view, const catalogue& texts) {
    if (type.what != form::choice) return "the filter takes a choice";
    return for_codes(type, "choice." + std::string(type.name), texts);
}

std::string for_refusals(const type_info& type, std::string_view, const catalogue&) {
    // Each unit has its own type_info of a struct; the list of its fields is one.
    return only(type.fields.data() == describe<refusal_record>().fields.data(),
                "a recorded refusal");
}

// The filters.

formatted as_date(const type_info& type, const void* value, std::string_view,
                  const surroundings& around) {
    const date day = type.what == form::date
                         ? *static_cast<const date*>(value)
                         : date_of(shifted(*static_cast<const instant*>(value), around));
    return time_element(to_text(day), date_text(day, around));
}

formatted as_datetime(const type_info&, const void* value, std::string_view,
                      const surroundings& around) {
    const instant at = *static_cast<const instant*>(value);
    return time_element(to_text(at), instant_text(at, around));
}

formatted as_time(const type_info&, const void* value, std::string_view,
                  const surroundings& around) {
    const instant at = *static_cast<const instant*>(value);
    return time_element(to_text(at), clock_text(shifted(at, around)));
}

std::int64_t integer_of(const type_info& type, const void* value) {
    return &type == &describe<std::int32_t>() ? *static_cast<const std::int32_t*>(value)
                                              : *static_cast<const std::int64_t*>(value);
}

formatted as_number(const type_info& type, const void* value, std::string_view,
                    const surroundings& around) {
    return {"", around.texts->locale().number(integer_of(type, value)), ""};
}

formatted as_bytes(const type_info& type, const void* value, std::string_view,
                   const surroundings& around) {
    const std::int64_t size = integer_of(type, value);
    const auto& locale = around.texts->locale();
    if (size < 1024) return {"", around.texts->text("size.bytes", {{"n", size}}), ""};
    const std::int64_t tenths = size * 10 / 1024;
    if (tenths < 10'240)
        return {"", around.texts->text("size.kib", {{"n", locale.decimal(tenths, 1)}}), ""};
    return {"", around.texts->text("size.mib", {{"n", locale.decimal(tenths / 1024, 1)}}), ""};
}

formatted as_percent(const type_info&, const void* value, std::string_view,
                     const surroundings& around) {
    const ratio part = *static_cast<const ratio*>(value);
    const int128 tenths =
        (static_cast<int128>(part.num) * 2000 + part.den) / (2 * int128{part.den});
    return {"", around.texts->locale().decimal(static_cast<std::int64_t>(tenths), 1) + "\u00A0%",
            ""};
}

formatted as_value(const type_info&, const void* value, std::string_view,
                   const surroundings& around) {
    return {"", ratio_text(*static_cast<const ratio*>(value), around), ""};
}

formatted as_money(const type_info&, const void* value, std::string_view,
                   const surroundings& around) {
    return {"<span class=\"amount\">", amount_text(*static_cast<const amount*>(value), around),
            "</span>"};
}

formatted as_localized(const type_info&, const void* value, std::string_view,
                       const surroundings& around) {
    return localized_text(*static_cast<const localized*>(value), around);
}

formatted as_text(const type_info& type, const void* value, std::string_view, const surroundings&) {
    return {"", text_of(type, value), ""};
}

formatted as_code(const type_info& type, const void* value, std::string_view prefix,
                  const surroundings& around) {
    const std::string code = text_of(type, value);
    const std::string key = std::string(prefix) + "." + code;
    return {"", around.texts->find(key) != nullptr ? around.texts->text(key) : code, ""};
}

formatted as_choice(const type_info& type, const void* value, std::string_view,
                    const surroundings& around) {
    return as_code(type, value, "choice." + std::string(type.name), around);
}

formatted as_name(const type_info& type, const void* value, std::string_view kind,
                  const surroundings& around) {
    const std::string id = text_of(type, value);
    const localized* found = around.names != nullptr ? around.names->find(kind, id) : nullptr;
    return found != nullptr ? localized_text(*found, around) : formatted{"", id, ""};
}

formatted as_lines(const type_info& type, const void* value, std::string_view,
                   const surroundings& around) {
    const formatted whole = type.what == form::map
                                ? localized_text(*static_cast<const localized*>(value), around)
                                : formatted{"", text_of(type, value), ""};
    formatted made{whole.open.empty() ? "" : "<div" + whole.open.substr(5), "", ""};
    std::string_view rest = whole.text;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        if (line.find_first_not_of(" \r") != std::string_view::npos)
            made.open += "<p>" + escaped(line) + "</p>";
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    made.close = whole.open.empty() ? "" : "</div>";
    return made;
}

std::string for_lines(const type_info& type, std::string_view, const catalogue&) {
    return only(&type == &describe<localized>() || has_text(type), "a text");
}

formatted as_json(const type_info&, const void* value, std::string_view, const surroundings&) {
    json::document parsed;
    const auto& bytes = static_cast<const json::raw_json*>(value)->bytes;
    if (bytes.empty() || !parsed.reset(bytes)) return {"", bytes, ""};
    return {json_markup(parsed.root()), "", ""};
}

formatted as_markup(const type_info&, const void* value, std::string_view, const surroundings&) {
    return {static_cast<const markup*>(value)->bytes, "", ""};
}

/// Seconds as minutes and seconds: 1:05.
formatted as_clock(const type_info& type, const void* value, std::string_view,
                   const surroundings&) {
    const std::int64_t seconds = integer_of(type, value);
    const std::int64_t whole = seconds < 0 ? -seconds : seconds;
    std::string rest = std::to_string(whole % 60);
    if (rest.size() == 1) rest.insert(rest.begin(), '0');
    return {"", (seconds < 0 ? "\u2212" : "") + std::to_string(whole / 60) + ":" + rest, ""};
}

formatted as_refusal(const type_info&, const void* value, std::string_view,
                     const surroundings& around) {
    return {"", around.texts->sentence(*static_cast<const refusal_record*>(value)), ""};
}

constexpr filter filters[] = {
    {"date", for_dates, as_date},
    {"time", for_instants, as_time},
    {"datetime", for_instants, as_datetime},
    {"iso", for_text, as_text},
    {"number", for_numbers, as_number},
    {"bytes", for_numbers, as_bytes},
    {"clock", for_numbers, as_clock},
    {"percent", for_ratios, as_percent},
    {"value", for_ratios, as_value},
    {"money", for_amounts, as_money},
    {"choice", for_choices, as_choice},
    {"t", for_codes, as_code},
    {"name", for_names, as_name},
    {"lines", for_lines, as_lines},
    {"json", for_json, as_json},
    {"refusal", for_refusals, as_refusal},
    {"text", for_text, as_text},
    {"localized", for_localized, as_localized},
};

constexpr filter markup_filter{
    "markup", [](const type_info&, std::string_view, const catalogue&) { return std::string(); },
    as_markup};

formatted shortened(const formatted& from, std::string_view argument) {
    std::size_t wanted = 0;
    for (const char c : argument) wanted = wanted * 10 + static_cast<std::size_t>(c - '0');
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < from.text.size(); ++bytes) {
        const bool starts = (static_cast<unsigned char>(from.text[bytes]) & 0xC0U) != 0x80U;
        if (starts && seen++ == wanted) break;
    }
    formatted to = from;
    if (bytes < to.text.size()) to.text = to.text.substr(0, bytes) + "\u2026";
    return to;
}

constexpr text_filter text_filters[] = {
    {"short", shortened},
    {"url", [](const formatted& from,
               std::string_view) { return formatted{"", url_encoded(from.text), ""}; }},
    {"plain", [](const formatted& from, std::string_view) { return formatted{"", from.text, ""}; }},
};

}  // namespace

const type_info markup_info{
    .what = form::text,
    .name = "markup",
    .fields = {},
    .choices = {},
    .text = [](const void* value) { return static_cast<const markup*>(value)->bytes; }};

const filter* find_filter(std::string_view name) {
    const auto* found = std::find_if(std::begin(filters), std::end(filters),
                                     [&](const filter& one) { return one.name == name; });
    return found == std::end(filters) ? nullptr : found;
}

const text_filter* find_text_filter(std::string_view name) {
    const auto* found = std::find_if(std::begin(text_filters), std::end(text_filters),
                                     [&](const text_filter& one) { return one.name == name; });
    return found == std::end(text_filters) ? nullptr : found;
}

const filter* usual_filter(const type_info& type) {
    if (&type == &markup_info) return &markup_filter;
    if (&type == &describe<amount>()) return find_filter("money");
    if (&type == &describe<localized>()) return find_filter("localized");
    switch (type.what) {
        case form::date:
            return find_filter("date");
        case form::instant:
            return find_filter("datetime");
        case form::choice:
            return find_filter("choice");
        case form::raw:
            return find_filter("json");
        default:
            return has_text(type) ? find_filter("text") : nullptr;
    }
}

std::string ratio_text(ratio value, const surroundings& around) {
    const auto& locale = around.texts->locale();
    if (value.num % value.den == 0) return locale.number(value.num / value.den);
    const int128 size = value.num < 0 ? -static_cast<int128>(value.num) : value.num;
    const int128 hundredths = (size * 200 + value.den) / (2 * static_cast<int128>(value.den));
    constexpr int128 most = std::numeric_limits<std::int64_t>::max();
    if (hundredths > most) return to_text(value);
    const bool exact = size * 100 % value.den == 0;
    const auto shown = static_cast<std::int64_t>(value.num < 0 ? -hundredths : hundredths);
    const std::string digits =
        shown % 10 == 0 ? locale.decimal(shown / 10, 1) : locale.decimal(shown, 2);
    return exact ? digits : "\u2248\u00A0" + digits;
}

std::string date_text(date day, const surroundings& around) {
    const civil parts = civil_of(day);
    return around.texts->text("format.date", {{"day", std::to_string(parts.day)},
                                              {"month", around.texts->locale().month(parts.month)},
                                              {"year", std::to_string(parts.year)}});
}

std::string time_text(instant at, const surroundings& around) {
    return clock_text(shifted(at, around));
}

date local_date(instant at, const surroundings& around) {
    return date_of(shifted(at, around));
}

std::string instant_text(instant at, const surroundings& around) {
    const instant local = shifted(at, around);
    const std::int32_t minutes = around.zone != nullptr ? around.zone->offset(at) : 0;
    std::string place = offset_text(minutes);
    if (around.zone != nullptr)
        if (const auto city = around.zone->city(around.texts->language()); city != "UTC")
            place = city + ", " + place;
    return around.texts->text("format.instant", {{"date", date_text(date_of(local), around)},
                                                 {"time", clock_text(local)},
                                                 {"zone", place}});
}

std::string amount_text(const amount& of, const surroundings& around) {
    const std::int32_t scale = around.names != nullptr ? around.names->scale(of.unit.value) : 0;
    const localized* name =
        around.names != nullptr ? around.names->find("unit", of.unit.value) : nullptr;
    // A currency is known by its code; things that are counted by their name.
    const std::string unit =
        name != nullptr && scale == 0 ? localized_text(*name, around).text : of.unit.value;
    return around.texts->locale().decimal(of.minor, scale) + "\u00A0" + unit;
}

formatted localized_text(const localized& texts, const surroundings& around) {
    const auto said = [&](std::string_view language) {
        const auto found = texts.find(std::string(language));
        return found != texts.end() && !found->second.empty() ? &*found : nullptr;
    };
    if (const auto* own = said(around.texts->language())) return {"", own->second, ""};
    const auto* other = said(around.record_language);
    for (auto any = texts.begin(); other == nullptr && any != texts.end(); ++any)
        other = said(any->first);
    if (other == nullptr) return {};
    return {"<span lang=\"" + escaped(other->first) + "\">", other->second, "</span>"};
}

std::string json_markup(json::node from) {
    switch (from.kind()) {
        case json::kind::object: {
            std::string out = "<dl class=\"json\">";
            for (auto member = from.first(); member.valid(); member = member.next())
                out += "<div><dt>" + escaped(member.key()) + "</dt><dd>" + json_markup(member) +
                       "</dd></div>";
            return out + "</dl>";
        }
        case json::kind::array: {
            std::string out = "<ul class=\"json\">";
            for (auto element = from.first(); element.valid(); element = element.next())
                out += "<li>" + json_markup(element) + "</li>";
            return out + "</ul>";
        }
        case json::kind::string:
            return escaped(from.as_string());
        default:
            return escaped(from.raw());
    }
}

}  // namespace veche::render
