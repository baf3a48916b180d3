#include "shares/beacon_shuffle.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::shares;

namespace {

// The public example of the protocol: bbjubjub2494/dshuf, testcases/basic.json.
const std::vector<std::string> four = {"Alice", "Bob", "Carla", "David"};
const hash256 beacon =
    *hash_from_hex("2660664f8d4bc401194d80d81da20a1e79480f65b8e2d205aecbd143b5bfb0d3");

}  // namespace

TEST_CASE("a shuffle by a beacon is the one that others publish") {
    CHECK(shuffled(four, {beacon, 4, false}) ==
          std::vector<std::string>{"David", "Bob", "Carla", "Alice"});
    CHECK(shuffled(four, {beacon, 3, false}) == std::vector<std::string>{"David", "Bob", "Carla"});
}

TEST_CASE(
    "whatever the beacon says, everybody comes once, and with repetitions as often as drawn") {
    hash256 other = beacon;
    std::size_t first = 0;
    for (std::uint8_t i = 0; i < 200; ++i) {
        other[0] = i;
        std::vector<std::string> all = shuffled(four, {other, 9, false});
        first += all[0] == "Alice" ? 1 : 0;
        std::sort(all.begin(), all.end());
        CHECK(all == four);
        CHECK(shuffled(four, {other, 9, true}).size() == 9);
    }
    CHECK(first > 25);  // 50 are expected
    CHECK(first < 80);
    CHECK(shuffled({}, {beacon, 3, true}).empty());
}
