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

/// Puts in, changes or takes out one value, in the map and in its model alike; gives its key.
int change(numbers& m, std::map<int, std::string>& model, std::mt19937& random) {
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
    return key;
}

void check_one(const numbers& m, const std::map<int, std::string>& model, int key) {
    const std::string* found = m.find(key);
    REQUIRE((found != nullptr) == model.contains(key));
    if (found) CHECK(*found == model.at(key));
}

}  // namespace

TEST_CASE("a map and its copies hold what a plain map would, whoever changes first") {
    std::mt19937 random(20261124);
    std::vector<std::pair<numbers, std::map<int, std::string>>> copies(1);
    for (int step = 0; step < 6000; ++step) {
        auto& [map, model] = copies[random() % copies.size()];
        const int changed = change(map, model, random);
        for (const int key : {changed, changed - 1, changed + 1}) check_one(map, model, key);
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

TEST_CASE("what was changed last is found where it stands by now") {
    numbers m;
    for (int i = 0; i < 300; i += 2) m.insert(i, "even");
    m.edit(100) = "changed";
    numbers copy = m;
    for (int i = 1; i < 300; i += 2) m.insert(i, "odd");
    CHECK(*m.find(100) == "changed");
    CHECK(*m.find(99) == "odd");
    m.edit(101) = "changed too";
    m.erase(101);
    CHECK(m.find(101) == nullptr);
    for (int i = 102; i < 300; ++i) m.erase(i);
    CHECK(m.find(101) == nullptr);
    CHECK(*m.find(100) == "changed");
    CHECK(copy.size() == 150);
    CHECK(*copy.find(100) == "changed");
    copy.edit(100) = "in the copy";
    CHECK(*m.find(100) == "changed");
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
