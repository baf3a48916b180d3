#include "kernel/cow.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using veche::cow_map;

namespace {

using numbers = cow_map<int, std::string>;

std::map<int, std::string> contents(const numbers& m) {
    std::map<int, std::string> out;
    int last = -1;
    for (const auto& [key, value] : m) {
        CHECK(last < key);
        last = key;
        out.emplace(key, value);
    }
    CHECK(out.size() == m.size());
    return out;
}

/// Puts in, changes or takes out one value, in the map and in its model alike.
void change(numbers& m, std::map<int, std::string>& model, std::mt19937& random) {
    const int key = static_cast<int>(random() % 700);
    const std::string text = std::to_string(random() % 1000);
    if (!model.contains(key)) {
        CHECK(m.find(key) == nullptr);
        CHECK(m.insert(key, text) == text);
        model[key] = text;
    } else if (random() % 3 == 0) {
        m.erase(key);
        model.erase(key);
    } else {
        m.edit(key) = text;
        model[key] = text;
    }
}

}  // namespace

TEST_CASE("a map and its copies hold what a plain map would, whoever changes first") {
    std::mt19937 random(20261124);
    std::vector<std::pair<numbers, std::map<int, std::string>>> copies(1);
    for (int step = 0; step < 6000; ++step) {
        auto& [map, model] = copies[random() % copies.size()];
        change(map, model, random);
        if (step % 400 == 0 && copies.size() < 6)
            copies.push_back(copies[random() % copies.size()]);
    }
    for (const auto& [map, model] : copies) CHECK(contents(map) == model);
}

TEST_CASE("ascending keys come back in order, from either end") {
    numbers m;
    for (int i = 0; i < 500; ++i) m.insert(i, std::to_string(i));
    CHECK(contents(m).size() == 500);
    auto at = m.end();
    for (int i = 499; i >= 0; --i) CHECK((*--at).first == i);
    CHECK(at == m.begin());
}

TEST_CASE("a map that shares nothing is changed in place, a shared one leaves its copy alone") {
    numbers m;
    m.insert(7, "before");
    const std::string* home = m.find(7);
    m.edit(7) = "in place";
    CHECK(m.find(7) == home);

    const numbers copy = m;
    m.edit(7) = "after";
    CHECK(*copy.find(7) == "in place");
    CHECK(*m.find(7) == "after");
    CHECK(m.find(7) != home);
}

TEST_CASE("an emptied map takes values again") {
    numbers m;
    CHECK(m.find(1) == nullptr);
    CHECK(m.begin() == m.end());
    m.insert(1, "one");
    m.erase(1);
    CHECK(m.empty());
    CHECK(m.begin() == m.end());
    m.insert(2, "two");
    CHECK(contents(m) == std::map<int, std::string>{{2, "two"}});
}
