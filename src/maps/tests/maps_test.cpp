#include <cmath>
#include <numbers>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "maps/refusal.hpp"
#include "maps/sheet.hpp"
#include "maps/simplify.hpp"
#include "maps/tests/maps_at_hand.hpp"

namespace veche::maps {
namespace {

sheet small() {
    auto made = read_outlines(testing::small_world());
    REQUIRE(made);
    return sheet(*std::move(made));
}

double degrees_apart(const position& a, const position& b) {
    return std::max(std::abs(a.longitude - b.longitude), std::abs(a.latitude - b.latitude));
}

/// The area on the plane of a small cell of degrees, over its area on the ball.
double stretch(const projection& onto, const position& at) {
    constexpr double step = 0.01;
    constexpr double radian = std::numbers::pi / 180;
    const std::vector<point> cell{onto.place({at.longitude - step, at.latitude - step}),
                                  onto.place({at.longitude + step, at.latitude - step}),
                                  onto.place({at.longitude + step, at.latitude + step}),
                                  onto.place({at.longitude - step, at.latitude + step})};
    const double on_ball =
        2 * step * radian *
        (std::sin((at.latitude + step) * radian) - std::sin((at.latitude - step) * radian));
    return std::abs(twice_area(cell)) / 2 / on_ball;
}

TEST_CASE("Albers' conic agrees with the worked example of its source") {
    // Snyder (1987), page 291: the sphere of radius 1, parallels 29.5 and 45.5, middle 23 N and
    // 96 W: 35 N, 75 W lies at x = 0.2952720, y = 0.2416774.
    const conic onto(-96, 29.5, 45.5);
    const point middle = onto.place({-96, 23});
    const point at = onto.place({-75, 35});
    CHECK(at.x == doctest::Approx(0.2952720).epsilon(1e-6));
    CHECK(at.y - middle.y == doctest::Approx(0.2416774).epsilon(1e-6));
}

TEST_CASE("places come back from the plane, and areas are kept") {
    CHECK(rc::check("there and back", [] {
        const projection ontos[] = {conic(100, 52, 68), conic(-60, -40, -10), equal_earth(0)};
        const auto which = *rc::gen::inRange(0, 3);
        const double middle = which == 0 ? 100 : which == 1 ? -60 : 0;
        const position at{middle + *rc::gen::inRange(-1700, 1700) / 10.0,
                          *rc::gen::inRange(-800, 800) / 10.0 + 0.05};
        const projection& onto = ontos[which];
        RC_ASSERT(degrees_apart(onto.back(onto.place(at)), at) < 1e-6);
        RC_ASSERT(std::abs(stretch(onto, at) - 1) < 1e-3);
    }));
    // What lies beyond the half turn comes from the other side.
    const projection onto = conic(100, 52, 68);
    const point chukotka = onto.place({-170, 66});
    CHECK(onto.place({190, 66}).x == doctest::Approx(chukotka.x));
    CHECK(chukotka.x > 0);
}

TEST_CASE("a border of two units is drawn alike for both, however few points it keeps") {
    const sheet at = small();
    const window far = whole_window(at.whole(), 20, 5, 300);
    const window near = whole_window(at.whole(), 3000, 10, 3000);
    const std::string coarse = at.path_of(*at.find("XA-E"), far);
    const std::string fine = at.path_of(*at.find("XA-E"), near);
    CHECK(coarse.size() < fine.size());
    // Far away the bend in the border is gone from both, near by it is in both.
    const auto points = [](const std::string& path) {
        return std::count_if(path.begin(), path.end(), [](char c) { return c == ' ' || c == '-'; });
    };
    CHECK(points(coarse) < points(fine));
    CHECK(at.path_of(*at.find("XA-W"), near).find('z') !=
          at.path_of(*at.find("XA-W"), near).rfind('z'));  // the lake
}

TEST_CASE("units are found by code and by place") {
    const sheet at = small();
    CHECK(at.around({5, 9}) == at.find("XA-W"));
    CHECK(at.around({3, 3}) == std::nullopt);  // in the lake
    CHECK(at.around({15, 5}) == at.find("XA-E"));
    CHECK(at.around({10.2, 5}) == at.find("XA-W"));  // in the bend
    CHECK(at.around({25, 5}) == std::nullopt);
    CHECK_FALSE(at.find("XA-N"));
    CHECK(at.find("XAE") == at.find("XA-E"));
    CHECK(at.source().left_out == std::vector<std::string>{"XB-1"});
    CHECK(at.around(at.back(at.label_of(*at.find("XA-E")).at)) == at.find("XA-E"));
}

TEST_CASE("a window stays within the whole, and what is outside has no path") {
    const sheet at = small();
    const window whole = whole_window(at.whole(), 340, 160, 300);
    CHECK(whole.height >= 160);
    const window part = zoomed(whole, 8, at.place({-40, 60}));
    CHECK(part.back({0, 0}).x >= doctest::Approx(whole.back({0, 0}).x));
    CHECK(part.back({0, 0}).y <= doctest::Approx(whole.back({0, 0}).y));
    CHECK(part.unit == doctest::Approx(whole.unit * 8));
    const window east = zoomed(whole, 8, at.place({30, 2}));
    CHECK(at.path_of(*at.find("XA-W"), east).empty());
    CHECK_FALSE(at.path_of(*at.find("XA-I"), east).empty());
}

TEST_CASE("a turned window has north up, and places come back from it") {
    const projection onto = conic(100, 52, 68);
    const point minsk = onto.place({27.6, 53.9});
    const window whole =
        whole_window({minsk.x - 1, minsk.y - 1, minsk.x + 1, minsk.y + 1}, 340, 160, 300);
    const window at = zoomed(whole, 8, minsk, onto.turn_at(27.6));
    const point middle = at.place(minsk);
    const point north = at.place(onto.place({27.6, 54.9}));
    CHECK(middle.x == doctest::Approx(170));
    CHECK(north.x == doctest::Approx(170).epsilon(1e-6));
    CHECK(north.y < middle.y);
    // The turned plane is that of the same projection with its middle there.
    const conic here(27.6, 52, 68);
    const point from = here.place({27.6, 53.9});
    const point to = here.place({30.3, 59.9});
    const point petersburg = at.place(onto.place({30.3, 59.9}));
    CHECK(petersburg.x - middle.x == doctest::Approx((to.x - from.x) * at.unit));
    CHECK(middle.y - petersburg.y == doctest::Approx((to.y - from.y) * at.unit));
    const point back = at.back(petersburg);
    CHECK(back.x == doctest::Approx(onto.place({30.3, 59.9}).x));
    CHECK(back.y == doctest::Approx(onto.place({30.3, 59.9}).y));
}

TEST_CASE("an islet too small to be seen is not drawn until one comes near") {
    const sheet at = small();
    const window far = whole_window(at.whole(), 30, 10, 300);
    CHECK(at.path_of(*at.find("XA-I"), far).empty());
    CHECK_FALSE(at.path_of(*at.find("XA-I"), zoomed(far, 32, at.place({30.2, 2.2}))).empty());
}

TEST_CASE("points are worth what Visvalingam says") {
    // By hand: the point with the least triangle goes first, its neighbours are weighed anew, and
    // none is worth less than one that went before it.
    const std::vector<point> line{{0, 0}, {1, 1}, {2, 0}, {3, 4}, {4, 0}};
    const auto worth = worth_of_points(line);
    CHECK(std::isinf(worth.front()));
    CHECK(std::isinf(worth.back()));
    CHECK(worth[1] == doctest::Approx(1));
    CHECK(worth[2] == doctest::Approx(4));
    CHECK(worth[3] == doctest::Approx(8));
    CHECK(worth_of_points({{0, 0}, {1, 0}}).size() == 2);
    CHECK(rc::check("worth never falls on the way in", [] {
        const auto n = *rc::gen::inRange<std::size_t>(3, 40);
        std::vector<point> some;
        for (std::size_t i = 0; i < n; ++i)
            some.push_back(
                {static_cast<double>(i), static_cast<double>(*rc::gen::inRange(-20, 20))});
        const auto all = worth_of_points(some);
        RC_ASSERT(all.size() == n);
        for (std::size_t i = 1; i + 1 < n; ++i) RC_ASSERT(all[i] >= 0 && !std::isinf(all[i]));
    }));
}

TEST_CASE("a ring cut to a rectangle lies within it and keeps the area there") {
    const std::vector<point> square{{-5, -5}, {15, -5}, {15, 15}, {-5, 15}};
    CHECK(std::abs(twice_area(cut_to(square, 0, 0, 10, 10))) == doctest::Approx(200));
    CHECK(cut_to(square, 20, 20, 30, 30).empty());
    CHECK(rc::check("within", [] {
        std::vector<point> ring;
        for (int i = 0; i < 7; ++i)
            ring.push_back({static_cast<double>(*rc::gen::inRange(-30, 30)),
                            static_cast<double>(*rc::gen::inRange(-30, 30))});
        for (const point& at : cut_to(ring, -10, -10, 10, 10)) {
            RC_ASSERT(std::abs(at.x) <= 10 + 1e-9);
            RC_ASSERT(std::abs(at.y) <= 10 + 1e-9);
        }
    }));
}

TEST_CASE("what is no file of outlines is refused, with what is at fault") {
    const auto code = [](const std::string& text) {
        const auto made = read_outlines(text);
        return made ? std::string() : std::string(made.error().code());
    };
    const std::string good = testing::small_world();
    const auto with = [&](const std::string& was, const std::string& is) {
        std::string text = good;
        const auto at = text.find(was);
        REQUIRE(at != std::string::npos);
        return text.replace(at, was.size(), is);
    };
    CHECK(code(good).empty());
    CHECK(code("") == "maps.no_topology");
    CHECK(code("[]") == "maps.no_topology");
    CHECK(code(with("\"units\"", "\"others\"")) == "maps.no_topology");
    CHECK(code(with("[0.5,0.5]", "[0.5]")) == "maps.no_topology");
    CHECK(code(with("[[20,0],[0,9],[1,1],[-1,1],[0,9]]", "[[20,0]]")) == "maps.arc_unsound");
    CHECK(code(with("[0,9]", "[0,900]")) == "maps.arc_unsound");
    CHECK(code(with("[[1,-1]]", "[[1,5]]")) == "maps.unit_unsound");
    CHECK(code(with("[[1,-1]]", "[[1,-7]]")) == "maps.unit_unsound");
    CHECK(code(with("[[1,-1]]", "[[]]")) == "maps.unit_unsound");
    CHECK(code(with("MultiPolygon", "Point")) == "maps.unit_unsound");
    CHECK(code(with("\"conic\"", "\"mercator\"")) == "maps.projection_unknown");
    CHECK(code(with("\"south\":2", "\"south\":-2")) == "maps.projection_unknown");
    CHECK(rc::check("a torn file never stops the program", [&] {
        const auto at = *rc::gen::inRange<std::size_t>(0, good.size());
        std::string torn = good;
        torn[at] = *rc::gen::elementOf(std::string("0-9[]{},:\"x"));
        const auto made = read_outlines(torn);
        if (made) (void)sheet(*made);
    }));
}

}  // namespace
}  // namespace veche::maps
