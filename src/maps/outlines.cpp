#include "maps/outlines.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "kernel/json.hpp"
#include "maps/refusal.hpp"

namespace veche::maps {
namespace {

using members = std::map<std::string, std::string, std::less<>>;

tl::unexpected<refusal> no_topology() {
    return refuse(refusals::no_topology);
}

const std::string* find(const members& in, std::string_view name) {
    const auto there = in.find(name);
    return there == in.end() ? nullptr : &there->second;
}

/// "[0.0001,0.0001]" as two numbers.
std::optional<point> pair_of(std::string_view text) {
    point out;
    const char* const end = text.data() + text.size();
    if (text.empty() || text.front() != '[') return std::nullopt;
    const auto [comma, first] = std::from_chars(text.data() + 1, end, out.x);
    if (first != std::errc{} || comma == end || *comma != ',') return std::nullopt;
    const auto [close, second] = std::from_chars(comma + 1, end, out.y);
    if (second != std::errc{} || close == end || *close != ']') return std::nullopt;
    return out;
}

struct transform {
    point scale;
    point start;
};

result<transform> read_transform(const members& from) {
    const std::string* text = find(from, "transform");
    if (!text) return no_topology();
    const auto in = json::read_foreign_object(*text);
    if (!in) return no_topology();
    const std::string* scale = find(*in, "scale");
    const std::string* start = find(*in, "translate");
    if (!scale || !start) return no_topology();
    const auto by = pair_of(*scale);
    const auto to = pair_of(*start);
    if (!by || !to) return no_topology();
    return transform{*by, *to};
}

/// The first point from zero, every other from the one before.
std::optional<std::vector<position>> read_arc(const json::node& from, const transform& by) {
    if (!from.is(json::kind::array) || from.size() < 2) return std::nullopt;
    std::vector<position> out;
    std::int64_t x = 0;
    std::int64_t y = 0;
    constexpr std::int64_t most = std::int64_t{1} << 40;
    for (json::node one = from.first(); one.valid(); one = one.next()) {
        if (!one.is(json::kind::array) || one.size() != 2) return std::nullopt;
        const json::node first = one.first();
        const json::node second = first.next();
        if (!first.is(json::kind::integer) || !second.is(json::kind::integer)) return std::nullopt;
        if (std::abs(first.as_integer()) > most || std::abs(second.as_integer()) > most)
            return std::nullopt;
        x += first.as_integer();
        y += second.as_integer();
        const position at{static_cast<double>(x) * by.scale.x + by.start.x,
                          static_cast<double>(y) * by.scale.y + by.start.y};
        if (!(std::abs(at.longitude) <= 360) || !(std::abs(at.latitude) <= 90)) return std::nullopt;
        out.push_back(at);
    }
    return out;
}

std::optional<arc_ring> read_ring(const json::node& from, std::size_t arcs) {
    if (!from.is(json::kind::array) || from.size() == 0) return std::nullopt;
    arc_ring out;
    for (json::node one = from.first(); one.valid(); one = one.next()) {
        if (!one.is(json::kind::integer)) return std::nullopt;
        const std::int64_t number = one.as_integer();
        const std::int64_t arc = number < 0 ? ~number : number;
        if (arc < 0 || arc >= static_cast<std::int64_t>(arcs)) return std::nullopt;
        out.push_back(static_cast<std::int32_t>(number));
    }
    return out;
}

std::optional<std::vector<arc_ring>> read_polygon(const json::node& from, std::size_t arcs) {
    if (!from.is(json::kind::array) || from.size() == 0) return std::nullopt;
    std::vector<arc_ring> out;
    for (json::node one = from.first(); one.valid(); one = one.next()) {
        auto made = read_ring(one, arcs);
        if (!made) return std::nullopt;
        out.push_back(*std::move(made));
    }
    return out;
}

std::string text_of(const json::node& from) {
    return from.valid() && from.is(json::kind::string) ? std::string(from.as_string()) : "";
}

std::optional<unit> read_unit(const json::node& from, std::size_t arcs) {
    unit out;
    out.id = text_of(from.find("id"));
    const json::node more = from.find("properties");
    if (more.valid()) out.other = text_of(more.find("code"));
    const std::string type = text_of(from.find("type"));
    const json::node rings = from.find("arcs");
    if (out.id.empty() || !rings.valid() || !rings.is(json::kind::array)) return std::nullopt;
    if (type == "Polygon") {
        auto one = read_polygon(rings, arcs);
        if (!one) return std::nullopt;
        out.polygons.push_back(*std::move(one));
        return out;
    }
    if (type != "MultiPolygon") return std::nullopt;
    for (json::node one = rings.first(); one.valid(); one = one.next()) {
        auto made = read_polygon(one, arcs);
        if (!made) return std::nullopt;
        out.polygons.push_back(*std::move(made));
    }
    return out;
}

result<void> read_arcs(const members& from, outlines& into) {
    const transform by = VECHE_TRY(read_transform(from));
    const std::string* text = find(from, "arcs");
    json::document document;
    if (!text || !document.reset(*text) || !document.root().is(json::kind::array))
        return no_topology();
    for (json::node one = document.root().first(); one.valid(); one = one.next()) {
        auto arc = read_arc(one, by);
        if (!arc) return refuse(refusals::arc_unsound, "arcs", std::to_string(into.arcs.size()));
        into.arcs.push_back(*std::move(arc));
    }
    return {};
}

result<void> read_units(const members& from, outlines& into) {
    const std::string* text = find(from, "objects");
    json::document document;
    if (!text || !document.reset(*text)) return no_topology();
    const json::node units = document.root().find("units");
    if (!units.valid()) return no_topology();
    const json::node all = units.find("geometries");
    if (!all.valid() || !all.is(json::kind::array)) return no_topology();
    for (json::node one = all.first(); one.valid(); one = one.next()) {
        auto made = read_unit(one, into.arcs.size());
        if (!made) return refuse(refusals::unit_unsound, "objects.units", text_of(one.find("id")));
        into.units.push_back(*std::move(made));
    }
    std::sort(into.units.begin(), into.units.end(),
              [](const unit& a, const unit& b) { return a.id < b.id; });
    return {};
}

/// A whole number of degrees within bounds.
std::optional<double> degrees_of(const json::node& from, double most) {
    if (!from.valid() || !from.is(json::kind::integer)) return std::nullopt;
    const auto value = static_cast<double>(from.as_integer());
    return std::abs(value) <= most ? std::optional(value) : std::nullopt;
}

result<void> read_projection(const members& from, outlines& into) {
    const std::string* text = find(from, "projection");
    if (!text) return {};
    json::document document;
    if (!document.reset(*text)) return refuse(refusals::projection_unknown, "projection", *text);
    const json::node root = document.root();
    const std::string kind = text_of(root.find("kind"));
    const auto centre = degrees_of(root.find("centre"), 180);
    if (kind == "equal_earth" && centre) {
        into.onto = equal_earth(*centre);
        return {};
    }
    const auto south = degrees_of(root.find("south"), 89);
    const auto north = degrees_of(root.find("north"), 89);
    if (kind != "conic" || !centre || !south || !north || !(*south * *north > 0) || *south > *north)
        return refuse(refusals::projection_unknown, "projection", kind);
    into.onto = conic(*centre, *south, *north);
    return {};
}

std::vector<std::string> words_of(const members& from, std::string_view name) {
    std::vector<std::string> out;
    const std::string* text = find(from, name);
    json::document document;
    if (!text || !document.reset(*text) || !document.root().is(json::kind::array)) return out;
    for (json::node one = document.root().first(); one.valid(); one = one.next())
        if (one.is(json::kind::string)) out.emplace_back(one.as_string());
    return out;
}

}  // namespace

result<outlines> read_outlines(std::string_view topojson) {
    const auto from = json::read_foreign_object(topojson);
    if (!from) return no_topology();
    outlines out;
    VECHE_CHECK(read_arcs(*from, out));
    VECHE_CHECK(read_units(*from, out));
    VECHE_CHECK(read_projection(*from, out));
    out.left_out = words_of(*from, "left_out");
    out.shown = words_of(*from, "shown");
    json::document source;
    if (const std::string* text = find(*from, "source"); text && source.reset(*text))
        out.source = text_of(source.root());
    return out;
}

}  // namespace veche::maps
