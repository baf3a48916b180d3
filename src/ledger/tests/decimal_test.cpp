#include "ledger/decimal.hpp"

#include <doctest/doctest.h>

using namespace veche;
using namespace veche::ledger;

namespace {

std::string sum_of_two(decimal a, const decimal& b) {
    return add(a, b) ? ledger::to_text(a) : "too large";
}

constexpr int128 most = ~(int128{1} << 127);

}  // namespace

TEST_CASE("decimals are added at the larger number of places") {
    CHECK(sum_of_two({5, 0}, {25, 2}) == "5.25");
    CHECK(sum_of_two({525, 2}, {-5, 0}) == "0.25");
    CHECK(sum_of_two({0, 0}, {-7, 3}) == "-0.007");
    CHECK(sum_of_two({10, 1}, {0, 3}) == "1.000");
    CHECK(sum_of_two({1, 0}, {1, 36}) == "1.000000000000000000000000000000000001");
}

TEST_CASE("a sum beyond 128 bits is said, not wrapped") {
    CHECK(sum_of_two({most, 0}, {1, 0}) == "too large");
    CHECK(sum_of_two({most, 0}, {0, 1}) == "too large");
    CHECK(sum_of_two({1, 1}, {most, 0}) == "too large");
    CHECK(sum_of_two({most - 1, 2}, {1, 2}) == "1701411834604692317316873037158841057.27");
}

TEST_CASE("the same value with other places is the same") {
    CHECK(same({50, 1}, {5, 0}));
    CHECK(same({0, 4}, {0, 0}));
    CHECK_FALSE(same({51, 1}, {5, 0}));
    CHECK_FALSE(same({-50, 1}, {5, 0}));
}
