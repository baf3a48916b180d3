#include "cli/scenario.hpp"

#include <charconv>

#include "cli/refusal.hpp"
#include "kernel/hash.hpp"

namespace veche::cli {
namespace {

constexpr std::int64_t pause_ms = 20'000;  // between lines that name no moment

std::optional<std::int64_t> take_digits(std::string_view& text, std::size_t most) {
    std::int64_t value = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + std::min(text.size(), most), value);
    if (error != std::errc{} || text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

/// "-30d" or "+14d10:00": days from the day of playing, and a time of that day if there is one.
struct offset {
    std::int64_t days = 0;
    std::optional<std::int64_t> minutes;
};

std::optional<offset> parse_offset(std::string_view text) {
    offset out;
    const bool back = !text.empty() && text.front() == '-';
    if (back || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    const auto days = take_digits(text, 5);
    if (!days || text.empty() || text.front() != 'd') return std::nullopt;
    out.days = back ? -*days : *days;
    text.remove_prefix(1);
    if (text.empty()) return out;
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || text.size() != 3) return std::nullopt;
    text.remove_prefix(1);
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59 || !text.empty()) return std::nullopt;
    out.minutes = *hours * 60 + *minutes;
    return out;
}

date day_at(date day, const offset& o) {
    return {day.days + static_cast<std::int32_t>(o.days)};
}
instant instant_at(date day, const offset& o) {
    return {start_of(day_at(day, o)).ms + o.minutes.value_or(0) * ms_per_minute};
}

/// "@-60d.quarter": the year, quarter or month of a day, as periods of reports are written.
std::optional<std::string> period_at(std::string_view place, date day) {
    const auto dot = place.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto o = parse_offset(place.substr(0, dot));
    if (!o || o->minutes) return std::nullopt;
    const std::string text = to_text(day_at(day, *o));
    const std::string_view kind = place.substr(dot + 1);
    if (kind == "year") return text.substr(0, 4);
    if (kind == "month") return text.substr(0, 7);
    if (kind != "quarter") return std::nullopt;
    const int month = civil_of(day_at(day, *o)).month;
    return text.substr(0, 5) + "Q" + std::to_string((month - 1) / 3 + 1);
}

/// What a string of the body that begins with @ stands for, as JSON.
result<std::string> fill_place(std::string_view place, const scenario_places& places) {
    if (place == "@key") return places.key;
    if (place == "@file" && !places.file.empty()) return places.file;
    if (const auto sealed = places.sealed.find(std::string(place)); sealed != places.sealed.end())
        return sealed->second;
    if (const auto secret = places.secret.find(std::string(place)); secret != places.secret.end())
        return secret->second;
    if (const auto o = parse_offset(place.substr(1)))
        return json::quoted(o->minutes ? to_text(instant_at(places.day, *o))
                                       : to_text(day_at(places.day, *o)));
    if (const auto period = period_at(place.substr(1), places.day)) return json::quoted(*period);
    return refuse(refusals::scenario_damaged, {}, std::string(place) + " stands for nothing");
}

result<void> fill(json::node node, const scenario_places& places, json::writer& out) {
    switch (node.kind()) {
        case json::kind::object:
            out.begin_object();
            for (json::node child = node.first(); child.valid(); child = child.next()) {
                out.key(child.key());
                VECHE_CHECK(fill(child, places, out));
            }
            out.end_object();
            return {};
        case json::kind::array:
            out.begin_array();
            for (json::node child = node.first(); child.valid(); child = child.next())
                VECHE_CHECK(fill(child, places, out));
            out.end_array();
            return {};
        case json::kind::string:
            if (node.as_string().starts_with('@')) {
                out.raw(VECHE_TRY(fill_place(node.as_string(), places)));
                return {};
            }
            [[fallthrough]];
        default:
            out.raw(node.raw());
            return {};
    }
}

/// "1-24"
std::optional<std::pair<std::int64_t, std::int64_t>> parse_range(std::string_view text) {
    const auto first = take_digits(text, 3);
    if (!first || !text.starts_with('-')) return std::nullopt;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    const auto last = take_digits(text, 3);
    if (!last || !text.empty() || *last < *first) return std::nullopt;
    return std::pair{*first, *last};
}

std::string numbered(std::string text, std::int64_t n) {
    const std::string number = std::to_string(n);
    for (auto at = text.find('#'); at != std::string::npos; at = text.find('#', at))
        text.replace(at, 1, number);
    return text;
}

scenario_line numbered(const scenario_line& what, std::int64_t n) {
    scenario_line out = what;
    out.as = numbered(what.as, n);
    if (what.auth) out.auth = numbered(*what.auth, n);
    out.body.bytes = numbered(what.body.bytes, n);
    return out;
}

tl::unexpected<refusal> damaged(std::size_t line, std::string why) {
    return refuse(refusals::scenario_damaged, "line " + std::to_string(line), std::move(why));
}

/// A line that says something, in canonical form.
struct said_line {
    std::size_t number = 0;
    std::string json;

    [[nodiscard]] bool names_login() const { return json.starts_with(R"({"account":)"); }
};

result<std::vector<said_line>> said_in(std::string_view text) {
    std::vector<said_line> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#') continue;
        auto canonical = json::canonicalize(line);
        if (!canonical) return damaged(number, canonical.error().sentence());
        lines.push_back({number, std::move(*canonical)});
    }
    return lines;
}

template <class T>
result<T> read_line(const said_line& line) {
    auto read = from_json<T>(std::string_view(line.json));
    if (!read) return damaged(line.number, read.error().field + ": " + read.error().sentence());
    return std::move(*read);
}

}  // namespace

result<std::vector<scenario_login>> read_scenario_logins(std::string_view text) {
    const auto lines = VECHE_TRY(said_in(text));
    std::vector<scenario_login> logins;
    for (const said_line& line : lines) {
        if (!line.names_login()) continue;
        auto login = VECHE_TRY(read_line<scenario_login>(line));
        logins.push_back(std::move(login));
    }
    return logins;
}

result<std::vector<scenario_step>> read_scenario(std::string_view text, instant now) {
    return read_scenario(text, date_of(now), now);
}

result<std::vector<scenario_step>> read_scenario(std::string_view text, date day, instant now) {
    const auto lines = VECHE_TRY(said_in(text));
    std::vector<scenario_step> steps;
    instant last{0};
    for (const said_line& line : lines) {
        if (line.names_login()) continue;
        const std::size_t number = line.number;
        auto read = VECHE_TRY(read_line<scenario_line>(line));
        scenario_step step{number, {}, {last.ms + pause_ms}, std::move(read)};
        if (step.what.at) {
            const auto o = parse_offset(*step.what.at);
            if (!o || !o->minutes) return damaged(number, *step.what.at + " is no moment");
            step.at = instant_at(day, *o);
        } else if (steps.empty()) {
            return damaged(number, "the first line must say when");
        }
        if (step.at < last) return damaged(number, "its moment is before that of the line above");
        if (step.at > now) return damaged(number, "its moment has not come yet");
        last = step.at;
        if (!step.what.each) {
            steps.push_back(std::move(step));
            continue;
        }
        const auto range = parse_range(*step.what.each);
        if (!range) return damaged(number, *step.what.each + " are no numbers");
        for (std::int64_t n = range->first; n <= range->second; ++n)
            steps.push_back({number, "-" + std::to_string(n), step.at, numbered(step.what, n)});
    }
    return steps;
}

result<std::string> fill_scenario_body(const std::string& body, const scenario_places& places) {
    json::document doc;
    VECHE_CHECK(doc.reset(body));
    json::writer out;
    VECHE_CHECK(fill(doc.root(), places, out));
    return out.take();
}

std::string demonstration_seed(std::string_view actor) {
    return std::string(as_bytes(sha256({"veche demonstration key ", actor})));
}

}  // namespace veche::cli
