#include "api/pages/map_view.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "api/pages/choices.hpp"
#include "render/map_chart.hpp"

namespace veche::api::pages {
namespace {

constexpr int nearest = 32;

result<std::optional<maps::sheet>> read_sheet(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::optional<maps::sheet>{};
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return std::optional(maps::sheet(VECHE_TRY(maps::read_outlines(text))));
}

/// "55.75,37.62" as two numbers, neither above its most.
std::optional<std::pair<double, double>> numbers_in(std::string_view text, double most_first,
                                                    double most_second) {
    std::pair<double, double> out;
    const char* const end = text.data() + text.size();
    const auto [comma, first] = std::from_chars(text.data(), end, out.first);
    if (first != std::errc{} || comma == end || *comma != ',') return std::nullopt;
    const auto [last, second] = std::from_chars(comma + 1, end, out.second);
    if (second != std::errc{} || last != end) return std::nullopt;
    const bool sound = std::abs(out.first) <= most_first && std::abs(out.second) <= most_second;
    return sound ? std::optional(out) : std::nullopt;
}

std::string text_of(const maps::position& at) {
    return fmt::format("{:.2f},{:.2f}", at.latitude, at.longitude);
}

}  // namespace

result<std::shared_ptr<const map_book>> load_maps(const std::filesystem::path& folder) {
    auto made = std::make_shared<map_book>();
    made->regions = VECHE_TRY(read_sheet(folder / "regions.topojson"));
    made->countries = VECHE_TRY(read_sheet(folder / "countries.topojson"));
    return std::shared_ptr<const map_book>(std::move(made));
}

map_look look_asked(const visit& here) {
    map_look out;
    const auto zoom = number_in(here.asked.query_value("zoom"));
    // Steps of two: the same few pictures are asked for again and again.
    while (zoom && out.zoom < nearest && static_cast<std::uint64_t>(out.zoom) * 2 <= *zoom)
        out.zoom *= 2;
    if (out.zoom == 1) return out;
    if (const auto at = numbers_in(here.asked.query_value("at"), 90, 360))
        out.at = maps::position{at->second, at->first};
    constexpr double pictures = 4;
    if (const auto by = numbers_in(here.asked.query_value("by"), pictures, pictures))
        out.by = {by->first, by->second};
    return out;
}

pairs query_of_look(const map_look& look) {
    pairs out;
    if (look.zoom == 1) return out;
    out.emplace_back("zoom", std::to_string(look.zoom));
    if (look.at) out.emplace_back("at", text_of(*look.at));
    return out;
}

namespace {

constexpr int turned_from = 4;  // nearer than that north is up; further away the whole stands still

maps::window window_at(const maps::sheet& sheet, const maps::window& whole, int zoom,
                       const maps::point& middle) {
    const maps::window held = maps::zoomed(whole, zoom, middle);
    if (zoom < turned_from) return held;
    const double turn = sheet.source().onto.turn_at(sheet.back(held.middle).longitude);
    return maps::zoomed(whole, zoom, middle, turn);
}

/// What the address asks to see, moved by parts of the picture.
maps::window window_asked(const maps::sheet& sheet, const maps::window& whole,
                          const map_look& look) {
    const maps::window at =
        window_at(sheet, whole, look.zoom, look.at ? sheet.place(*look.at) : whole.middle);
    const maps::point moved{at.width * (0.5 + look.by.x), at.height * (0.5 + look.by.y)};
    return window_at(sheet, whole, look.zoom, at.back(moved));
}

}  // namespace

map_view::map_view(const maps::sheet& sheet, const maps::extent& around, const map_look& look,
                   std::string address, pairs kept)
    : sheet_(sheet),
      whole_(maps::whole_window(around, render::chart_width, render::least_map_height,
                                render::most_map_height)),
      window_(window_asked(sheet, whole_, look)),
      zoom_(look.zoom),
      address_(std::move(address)),
      kept_(std::move(kept)) {}

std::string map_view::link_to(int zoom, const maps::point& middle) const {
    pairs query = kept_;
    // Where the picture will really be: never beyond the whole.
    const maps::point held = maps::zoomed(whole_, zoom, middle).middle;
    for (auto& pair : query_of_look({zoom, sheet_.back(held), {}}))
        query.push_back(std::move(pair));
    return query.empty() ? address_ : address_ + "?" + to_urlencoded(query);
}

/// Half a picture aside; "" where the whole ends there.
std::string map_view::link_aside(double right, double down) const {
    const maps::point to =
        window_.back({window_.width * (0.5 + right / 2), window_.height * (0.5 + down / 2)});
    const maps::point held = maps::zoomed(whole_, zoom_, to).middle;
    const double moved = std::hypot(held.x - window_.middle.x, held.y - window_.middle.y);
    constexpr double hair = 0.02;  // of the width
    return moved < hair * window_.width / window_.unit ? "" : link_to(zoom_, to);
}

map_ways map_view::ways() const {
    map_ways out;
    out.here = link_to(zoom_, window_.middle);
    if (zoom_ < nearest) out.closer = link_to(zoom_ * 2, window_.middle);
    if (zoom_ == 1) return out;
    out.further = link_to(zoom_ / 2, window_.middle);
    out.whole = link_to(1, window_.middle);
    out.west = link_aside(-1, 0);
    out.east = link_aside(1, 0);
    out.north = link_aside(0, -1);
    out.south = link_aside(0, 1);
    return out;
}

std::string words_on_outlines(const visit& here, const maps::sheet& sheet) {
    const maps::outlines& from = sheet.source();
    std::string out = here.text("map.outlines", {{"source", from.source}});
    if (!from.left_out.empty())
        out += " " +
               here.text("map.left_out", {{"n", static_cast<std::int64_t>(from.left_out.size())}});
    if (!from.shown.empty()) {
        std::string names;
        for (const std::string& one : from.shown) names += (names.empty() ? "" : ", ") + one;
        out += " " + here.text("map.shown", {{"names", names}});
    }
    return out;
}

}  // namespace veche::api::pages
