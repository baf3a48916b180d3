#include "kernel/shared_list.hpp"

#include <string>

#include <doctest/doctest.h>

namespace veche {

TEST_CASE("a copy of a shared list shares its values and does not grow with it") {
    shared_list<std::string> list;
    CHECK(list.empty());
    list.push_back("first");
    const shared_list<std::string> before = list;
    list.push_back("second");
    CHECK(before.size() == 1);
    REQUIRE(list.size() == 2);
    CHECK(&list[0] == &before[0]);
    CHECK(list.back() == "second");
    std::string all;
    for (const std::string& one : list) all += one + " ";
    CHECK(all == "first second ");
}

}  // namespace veche
