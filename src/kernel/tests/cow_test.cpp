#include "kernel/cow.hpp"

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "seeded_dice.hpp"

using veche::cow_map;
using veche::seeded_dice;

namespace {

using numbers = cow_map<int, std::string>;
using name = veche::id<struct cow_test_tag>;
struct name_and_number {
    name of;
    int number = 0;
    auto operator<=>(const name_and_number&) const = default;
};

/// Keys of any kind in the order of numbers; names are long enough to have memory of their own.
template <class K>
K key_of(int n);
template <>
int key_of(int n) {
    return n;
}
template <>
name key_of(int n) {
    return {"a-name-with-memory-of-its-own-" + std::to_string(1000 + n)};
}
template <>
name_and_number key_of(int n) {
    return {key_of<name>(n / 10), n % 10};
}

template <class K>
std::map<K, std::string> contents(const cow_map<K, std::string>& m) {
    std::map<K, std::string> out;
    for (const auto& [key, value] : m) {
        CHECK((out.empty() || out.rbegin()->first < key));
        out.emplace(key, value);
    }
    CHECK(out.size() == m.size());
    return out;
}

/// Puts in, changes or takes out one value, in the map and in its model alike; gives its number.
template <class K>
int change(cow_map<K, std::string>& m, std::map<K, std::string>& model, seeded_dice& dice) {
    const int number = static_cast<int>(dice.below(700));
    const K key = key_of<K>(number);
    const std::string text = std::to_string(dice.below(1000));
    if (!model.contains(key)) {
        CHECK(m.find(key) == nullptr);
        CHECK(m.insert(key, text) == text);
        model[key] = text;
    } else if (dice.below(3) == 0) {
        m.erase(key);
        model.erase(key);
    } else {
        m.edit(key) = text;
        model[key] = text;
    }
    return number;
}

template <class K>
void check_one(const cow_map<K, std::string>& m, const std::map<K, std::string>& model,
               const K& key) {
    const std::string* found = m.find(key);
    REQUIRE((found != nullptr) == model.contains(key));
    if (found) CHECK(*found == model.at(key));
}

}  // namespace

TEST_CASE_TEMPLATE("a map and its copies hold what a plain map would, whoever changes first", K,
                   int, name, name_and_number) {
    seeded_dice dice(20261124);
    std::vector<std::pair<cow_map<K, std::string>, std::map<K, std::string>>> copies(1);
    for (int step = 0; step < 6000; ++step) {
        auto& [map, model] = copies[dice.below(copies.size())];
        const int changed = change(map, model, dice);
        for (const int near : {changed, changed - 1, changed + 1})
            check_one(map, model, key_of<K>(near));
        if (step % 400 == 0 && copies.size() < 6)
            copies.push_back(copies[dice.below(copies.size())]);
    }
    for (const auto& [map, model] : copies) CHECK((contents(map) == model));
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
