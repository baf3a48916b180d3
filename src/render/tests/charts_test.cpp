#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "maps/tests/maps_at_hand.hpp"
#include "render/band_chart.hpp"
#include "render/map_chart.hpp"
#include "render/treemap.hpp"

using namespace veche::render;

namespace {

std::size_t occurrences(std::string_view whole, std::string_view piece) {
    std::size_t count = 0;
    for (auto at = whole.find(piece); at != std::string_view::npos;
         at = whole.find(piece, at + piece.size()))
        ++count;
    return count;
}

double area(const tile& t) {
    return t.width * t.height;
}

/// How far two tiles lie on each other.
double shared_area(const tile& a, const tile& b) {
    const double x = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double y = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    return x > 0 && y > 0 ? x * y : 0;
}

/// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(std::string_view colour) {
    const auto part = [&](std::size_t at) {
        const double c = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
double contrast(std::string_view a, std::string_view b) {
    const double high = std::max(luminance(a), luminance(b));
    return (high + 0.05) / (std::min(luminance(a), luminance(b)) + 0.05);
}

/// Nearness drawn with a fixed seed, symmetric, with nothing on the diagonal.
std::vector<double> random_nearness(std::size_t n, unsigned seed) {
    std::mt19937 chance(seed);
    std::vector<double> out(n * n, 0);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < i; ++j)
            out[i * n + j] = out[j * n + i] = static_cast<double>(chance() % 1000) / 1000;
    return out;
}

}  // namespace

TEST_CASE(
    "the tiles of a treemap have the areas of their sizes, fill the frame and do not overlap") {
    std::mt19937 chance(7);
    for (const std::size_t n : {1U, 2U, 3U, 7U, 40U, 300U}) {
        CAPTURE(n);
        std::vector<double> sizes;
        for (std::size_t i = 0; i < n; ++i)
            sizes.push_back(1 + static_cast<double>(chance() % 100'000));
        std::sort(sizes.rbegin(), sizes.rend());
        double whole = 0;
        for (const double size : sizes) whole += size;
        const auto tiles = squarified(sizes, 340, 300);
        REQUIRE(tiles.size() == n);
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) {
            sum += area(tiles[i]);
            CHECK(area(tiles[i]) == doctest::Approx(sizes[i] / whole * 340 * 300).epsilon(1e-9));
            CHECK(tiles[i].x >= 0);
            CHECK(tiles[i].y >= 0);
            CHECK(tiles[i].x + tiles[i].width <= 340 + 1e-9);
            CHECK(tiles[i].y + tiles[i].height <= 300 + 1e-9);
            for (std::size_t j = 0; j < i; ++j) CHECK(shared_area(tiles[i], tiles[j]) < 1e-6);
        }
        CHECK(sum == doctest::Approx(340.0 * 300));
    }
}

TEST_CASE("the example of Bruls, Huizing and van Wijk comes out as they draw it") {
    // A frame of 6 x 4 and the areas 6, 6, 4, 3, 2, 2, 1: first 6 and 6 stand on the left, 3 wide.
    const auto tiles = squarified({6, 6, 4, 3, 2, 2, 1}, 6, 4);
    CHECK(tiles[0].width == doctest::Approx(3));
    CHECK(tiles[0].height == doctest::Approx(2));
    CHECK(tiles[1].y == doctest::Approx(2));
    CHECK(tiles[2].x == doctest::Approx(3));
    CHECK(tiles[2].width == doctest::Approx(12.0 / 7));
    CHECK(tiles[3].x == doctest::Approx(3 + 12.0 / 7));
    CHECK(tiles[3].height == doctest::Approx(7.0 / 3));
}

TEST_CASE("what has no size has a tile without area, and nothing is drawn for it") {
    const auto tiles = squarified({3, 0, -1, 1}, 10, 10);
    CHECK(area(tiles[1]) == 0);
    CHECK(area(tiles[2]) == 0);
    CHECK(area(tiles[0]) == doctest::Approx(75));
    CHECK(squarified({}, 10, 10).empty());
    const auto drawn = treemap("T", "", {{"A", "A", "3", 3, {}}, {"B", "B", "0", 0, {}}}).bytes;
    CHECK(occurrences(drawn, "<title>") == 1);
}

TEST_CASE("words of a treemap stand where there is room for them, others are left to the pointer") {
    const auto drawn = treemap("Exports", "By partner",
                               {{"RUS", "Russia", "96 %", 96, chart_kind::own},
                                {"UKR", "Ukraine & more", "3.9 %", 3.9, chart_kind::other},
                                {"X", "Small", "0.1 %", 0.1, chart_kind::rest}})
                           .bytes;
    CHECK(drawn.starts_with("<svg class=\"plot\" role=\"img\" width=\"100%\""));
    CHECK(drawn.find(">Russia</text>") != std::string::npos);
    CHECK(drawn.find("<title>Small: 0.1 %</title>") != std::string::npos);
    CHECK(drawn.find(">Small</text>") == std::string::npos);
    CHECK(drawn.find("Ukraine &amp; more") != std::string::npos);
}

TEST_CASE("text on every colour has a contrast of 4.5, and kinds differ in light, not hue alone") {
    for (const chart_kind kind : {chart_kind::own, chart_kind::other, chart_kind::rest})
        CHECK(contrast(colours_of(kind).ground, colours_of(kind).ink) >= 4.5);
    CHECK(contrast(colours_of(chart_kind::own).ground, colours_of(chart_kind::other).ground) > 4.5);
    CHECK(contrast(colours_of(chart_kind::own).ground, colours_of(chart_kind::rest).ground) > 4.5);
}

TEST_CASE("the spanning tree holds the nearest links, and others only from a limit on") {
    // A chain 0-1-2 of strong links, and 0-2 weaker; 3 has nothing to do with anybody.
    const std::vector<double> near{0, .9, .5, 0, .9, 0, .8, 0, .5, .8, 0, 0, 0, 0, 0, 0};
    const auto links = strongest_links(near, 4, 0.6, 10);
    REQUIRE(links.size() == 2);
    CHECK(links[0] == network_link{0, 1, .9, true});
    CHECK(links[1] == network_link{1, 2, .8, true});
    const auto more = strongest_links(near, 4, 0.5, 10);
    REQUIRE(more.size() == 3);
    CHECK(more[2] == network_link{0, 2, .5, false});
    CHECK(strongest_links(near, 4, 0.1, 0).size() == 2);
}

TEST_CASE("the tree of a network is as near as any tree can be") {
    // All trees of five things, by their codes (Prüfer): none may be nearer than ours.
    const std::size_t n = 5;
    for (unsigned seed = 1; seed <= 5; ++seed) {
        const auto near = random_nearness(n, seed);
        double ours = 0;
        for (const auto& link : strongest_links(near, n, 2, 0)) ours += link.nearness;
        for (std::size_t code = 0; code < n * n * n; ++code) {
            std::vector<std::size_t> word{code % n, code / n % n, code / n / n};
            std::vector<int> degree(n, 1);
            for (const auto w : word) ++degree[w];
            double sum = 0;
            for (const auto w : word)
                for (std::size_t leaf = 0; leaf < n; ++leaf) {
                    if (degree[leaf] != 1) continue;
                    sum += near[leaf * n + w];
                    --degree[leaf];
                    --degree[w];
                    break;
                }
            std::vector<std::size_t> last;
            for (std::size_t i = 0; i < n; ++i)
                if (degree[i] == 1) last.push_back(i);
            sum += near[last[0] * n + last[1]];
            CHECK(sum <= ours + 1e-12);
        }
    }
}

TEST_CASE("places of a network lie in the frame, keep their distance and come out the same again") {
    for (const std::size_t n : {1U, 2U, 5U, 60U, 200U}) {
        CAPTURE(n);
        const auto near = random_nearness(n, 3);
        const auto links = strongest_links(near, n, 0.95, n);
        const auto places = network_places(n, links, 312, 352);
        REQUIRE(places.size() == n);
        double nearest = 1e9;
        for (std::size_t i = 0; i < n; ++i) {
            CHECK(places[i].x >= 0);
            CHECK(places[i].x <= 312);
            CHECK(places[i].y >= 0);
            CHECK(places[i].y <= 352);
            for (std::size_t j = 0; j < i; ++j)
                nearest = std::min(
                    nearest, std::hypot(places[i].x - places[j].x, places[i].y - places[j].y));
        }
        CHECK(nearest >= 0.99 * least_distance(n, 312, 352));
        const auto again = network_places(n, links, 312, 352);
        for (std::size_t i = 0; i < n; ++i) {
            CHECK(again[i].x == places[i].x);
            CHECK(again[i].y == places[i].y);
        }
    }
    CHECK(network_places(0, {}, 10, 10).empty());
}

TEST_CASE("what is missing breaks a line and is not drawn as zero") {
    const std::vector<chart_tick> times{{2000, "2000"}, {2004, "2004"}, {2008, "2008"}};
    const auto whole =
        lines("L", "", times, {{0, "0"}, {10, "10"}}, {{"A", "A", {1.0, 2.0, 3.0}, {}}}).bytes;
    CHECK(occurrences(whole, "r=\"2.5\"") == 3);
    CHECK(whole.find("d=\"M46.0 186.4L166.0 166.8L286.0 147.2\"") != std::string::npos);
    const auto broken =
        lines("L", "", times, {{0, "0"}, {10, "10"}}, {{"A", "A", {1.0, {}, 3.0}, {}}}).bytes;
    CHECK(occurrences(broken, "r=\"2.5\"") == 2);
    CHECK(broken.find("d=\"M46.0 186.4M286.0 147.2\"") != std::string::npos);
}

TEST_CASE("labels at the ends of lines do not lie on each other") {
    std::vector<chart_line> all;
    for (int i = 0; i < 8; ++i) all.push_back({"L" + std::to_string(i), "Line", {5.0, 5.0}, {}});
    const auto drawn = lines("L", "", {{0, "a"}, {1, "b"}}, {{0, "0"}, {10, "10"}}, all).bytes;
    std::vector<double> at;
    for (int i = 0; i < 8; ++i) {
        const auto end = drawn.find(">L" + std::to_string(i) + "</text>");
        REQUIRE(end != std::string::npos);
        const auto from = drawn.rfind(" y=\"", end) + 4;
        at.push_back(std::stod(drawn.substr(from)));
    }
    std::sort(at.begin(), at.end());
    for (std::size_t i = 1; i < at.size(); ++i) CHECK(at[i] - at[i - 1] >= 11);
    CHECK(at.back() <= 230);
}

TEST_CASE("an axis has three to six round steps up to what it has to hold") {
    for (const double most : {0.004, 1.0, 3.0, 7.0, 49.0, 51.0, 1e6, 987654.0}) {
        CAPTURE(most);
        const auto steps = axis_steps(most);
        CHECK(steps.front() == 0);
        CHECK(steps.back() >= most);
        CHECK(steps.size() >= 3);
        CHECK(steps.size() <= 7);
        if (steps.size() > 2) CHECK(steps[steps.size() - 2] < most);
    }
    CHECK(axis_steps(0) == std::vector<double>{0, 1});
}

TEST_CASE("a map draws a circle for each size and keeps all of it inside") {
    const auto drawn = circle_map("M", "",
                                  {{"BLR", "Belarus: 3", 53.9, 27.6, 3, chart_kind::own},
                                   {"BRA", "Brazil: 1", -15.8, -47.9, 1, chart_kind::other},
                                   {"NIL", "Nothing", 0, 0, 0, chart_kind::other}})
                           .bytes;
    CHECK(occurrences(drawn, "<circle") == 2);
    CHECK(drawn.find("BLR</text>") != std::string::npos);
    CHECK(drawn.find("Brazil: 1") != std::string::npos);
    for (auto at = drawn.find("cx=\""); at != std::string::npos; at = drawn.find("cx=\"", at + 1)) {
        const double x = std::stod(drawn.substr(at + 4));
        CHECK(x >= 0);
        CHECK(x <= 340);
    }
}

TEST_CASE("a map joins circles by lines that are told apart without colour") {
    const std::vector<map_circle> ends{{"MSQ", "Minsk", 53.9, 27.6, 2, chart_kind::own},
                                       {"SMO", "Smolensk", 54.8, 32, 1, chart_kind::own},
                                       {"OMS", "Omsk", 55, 73.4, 1, chart_kind::own}};
    const auto drawn = circle_map("M", "", ends,
                                  {{0, 1, "Minsk - Smolensk: active", chart_kind::own},
                                   {0, 2, "Minsk - Omsk: dormant", chart_kind::rest}})
                           .bytes;
    CHECK(occurrences(drawn, "<path") == 2);
    CHECK(occurrences(drawn, "stroke-dasharray=\"1 3\"") == 1);
    CHECK(drawn.find("Minsk - Omsk: dormant") != std::string::npos);
    CHECK(drawn.find("<path") < drawn.find("<circle"));
}

TEST_CASE("a network draws every thing and link, with names for those who point") {
    const auto drawn =
        network("N", "",
                {{"01", "Live animals", chart_kind::own}, {"02", "Meat", chart_kind::other}},
                {{0, 1, .5, true}})
            .bytes;
    CHECK(occurrences(drawn, "<circle") == 2);
    CHECK(occurrences(drawn, "<line") == 1);
    CHECK(drawn.find("<title>Live animals</title>") != std::string::npos);
    CHECK(drawn.find(">02</text>") != std::string::npos);
}

TEST_CASE("bands: an area between low and high, a line, names below, dates where they fit") {
    const std::vector<chart_tick> times = {{0, "2026-01-01"}, {1, ""}, {2, ""}, {3, "2026-04-01"}};
    const std::vector<band_line> all = {
        {"closed & quiet", {1, 2, 3, 4}, {0, 1, 2, 3}, {2, 3, 4, 5}},
        {"open", {4, 4, 4, 4}, {}, {}}};
    const auto drawn = bands("Infectious", "d", times, {{0, "0"}, {5, "5"}}, all).bytes;
    CHECK(occurrences(drawn, "<polygon") == 1);
    CHECK(occurrences(drawn, "<polyline") == 2);
    CHECK(occurrences(drawn, "closed &amp; quiet</text>") == 1);
    // What stands between two labels without one of its own takes no room.
    CHECK(occurrences(drawn, ">2026-04-01</text>") == 1);
    CHECK(occurrences(drawn, ">Infectious</text>") == 1);
}

TEST_CASE("bands break where nothing is known, and a band may stand alone") {
    const std::vector<chart_tick> times = {{0, "a"}, {1, ""}, {2, ""}, {3, ""}, {4, ""}, {5, "b"}};
    const auto no = std::nullopt;
    const std::vector<band_line> all = {
        {"R", {1, 2, no, 2, no, 1}, {0, 1, no, 1, no, no}, {2, 3, no, 3, no, 2}},
        {"plain", {}, {1, 1, 1, no, no, no}, {2, 2, 2, no, no, no}}};
    const auto drawn = bands("R", "d", times, {{0, "0"}, {3, "3"}}, all, 1.0).bytes;
    // Of the first: days 0 and 1 as a line in a band; day 3 a mark in a stroke; day 5 a mark alone.
    CHECK(occurrences(drawn, "<polyline") == 1);
    CHECK(occurrences(drawn, "<circle") == 2);
    CHECK(occurrences(drawn, "stroke-opacity") == 1);
    CHECK(occurrences(drawn, "<polygon") == 2);
    CHECK(occurrences(drawn, "<path fill=\"none\"") == 1);  // the key of a band has no line
    const auto without = bands("R", "d", times, {{0, "0"}, {3, "3"}}, all).bytes;
    CHECK(occurrences(drawn, "<line") == occurrences(without, "<line") + 1);
}

TEST_CASE("units with a page are links with their names, and circles stand on outlines") {
    auto read = veche::maps::read_outlines(veche::maps::testing::small_world());
    REQUIRE(read);
    const veche::maps::sheet of(*std::move(read));
    const auto in =
        veche::maps::whole_window(of.whole(), chart_width, least_map_height, most_map_height);
    outline_picture what;
    what.regions[*of.find("XA-E")] = {"East", "East: 2 links & more", "/en/places/XA-E", 3};
    what.circles = {{"Town", "Town", 5, 15, 1, chart_kind::own},
                    {"Far", "Far", 5, 5, 1, chart_kind::other}};
    what.lines = {{0, 1, "Town – Far", chart_kind::own}};
    what.keys = {{"two and more", 3}};
    const std::string drawn = outline_map("M", "", of, in, what).bytes;
    CHECK(occurrences(drawn,
                      "<a href=\"/en/places/XA-E\" aria-label=\"East: 2 links &amp; more\">") == 1);
    CHECK(drawn.find("role=\"group\"") != std::string::npos);  // an image could hold no links
    CHECK(occurrences(drawn, "<circle") == 2);
    CHECK(drawn.find(">two and more<") != std::string::npos);
    CHECK(drawn.find(">East<") != std::string::npos);
    what.regions.begin()->second.href.clear();
    CHECK(outline_map("M", "", of, in, what).bytes.find("role=\"img\"") != std::string::npos);
    // Near by in the east nothing of the west is drawn, nor a line that leads nowhere near.
    const auto near = veche::maps::zoomed(in, 16, of.place({30, 2}));
    const std::string part = outline_map("M", "", of, near, what).bytes;
    CHECK(occurrences(part, "<circle") == 0);
    CHECK(part.find("Town") == std::string::npos);
}
