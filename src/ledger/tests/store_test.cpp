// How a book keeps what was written: entries close together, marks of what was done, days.

#include <map>
#include <random>

#include <doctest/doctest.h>

#include "ledger/book.hpp"

using namespace veche;
using namespace veche::ledger;

namespace {

date march(std::int32_t day) {
    return date_from({2026, 3, day});
}

enter moved(const std::string& id, std::optional<date> on, int128 minor,
            const std::string& from = "FundBalance", const std::string& to = "Bank:main") {
    return {{id, on, {}}, {{to, "RUB", minor}, {from, "RUB", -minor}}};
}

book in_roubles() {
    book b;
    post(b, declare_unit{{"unit", std::nullopt, {}}, "RUB", 2}, 0);
    return b;
}

/// Balances of a day added up from the entries themselves.
std::map<balance_key, account_fold> added_up(const book& b, date day) {
    std::map<balance_key, account_fold> sums;
    for (const auto& [place, one] : b.entries) {
        if (one.day && day < *one.day) continue;
        for (const auto& [key, minor] : changes_of(one.legs)) sums[key] += {minor, 1, one.number};
    }
    return sums;
}

bool same_folds(const std::map<balance_key, account_fold>& a,
                const std::map<balance_key, account_fold>& b) {
    const auto equal = [](const auto& x, const auto& y) {
        return x.first == y.first && x.second.minor == y.second.minor &&
               x.second.entries == y.second.entries && x.second.last == y.second.last;
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
}

}  // namespace

TEST_CASE("a balance of a past day is that of the entries for it, in whatever order they came") {
    std::mt19937 random(7);
    book b = in_roubles();
    for (int n = 0; n < 600; ++n) {
        const auto on = random() % 9 == 0
                            ? std::nullopt
                            : std::optional(march(1 + static_cast<std::int32_t>(random() % 20)));
        post(b,
             moved("e" + std::to_string(n), on, 1 + random() % 1'000, "FundBalance",
                   "Receivable:" + std::to_string(random() % 4)),
             static_cast<std::uint64_t>(n / 3));
    }
    for (std::int32_t day = 1; day <= 21; ++day)
        CHECK(same_folds(folded_until(b, march(day)), added_up(b, march(day))));
    CHECK(
        same_folds(folded_until(b, date_from({2025, 1, 1})), added_up(b, date_from({2025, 1, 1}))));
    std::map<balance_key, account_fold> now;
    for (const auto& [key, held] : b.balances) now.emplace(key, held);
    CHECK(same_folds(folded_until(b, march(31)), now));
}

TEST_CASE("entries are given back as they were written, and a copy keeps what it had") {
    book b = in_roubles();
    const int128 large = int128{1} << 95;
    for (int n = 0; n < 700; ++n)
        post(b, moved("id-" + std::to_string(n), march(1 + n % 28), large - n),
             static_cast<std::uint64_t>(n));
    const book before = b;
    post(b, enter{{"last", std::nullopt, {}}, {{"A", "RUB", -5}, {"B", "RUB", 3}, {"C", "RUB", 2}}},
         900);
    CHECK(before.entries.size() == 700);
    REQUIRE(b.entries.size() == 701);
    for (int n = 0; n < 700; ++n) {
        const entry one = b.entries[static_cast<std::size_t>(n)];
        CHECK(one.id == "id-" + std::to_string(n));
        CHECK(one.day == march(1 + n % 28));
        CHECK(one.number == static_cast<std::uint64_t>(n));
        REQUIRE(one.legs.size() == 2);
        CHECK((*one.legs.begin()).account == "Bank:main");
        CHECK((*one.legs.begin()).minor == large - n);
    }
    const entry last = b.entries[700];
    CHECK(!last.day);
    std::vector<int128> amounts;
    for (const leg_view l : last.legs) amounts.push_back(l.minor);
    CHECK(amounts == std::vector<int128>{-5, 3, 2});
}

TEST_CASE("an operation is known again by its id and everything that it says") {
    const receive first{{"r", march(1), "cashier"}, "Bank:main", "ru", "RUB", 5};
    book b = in_roubles();
    post(b, first, 1);
    CHECK(check(b, first).what == code::exists);
    const auto other = [&](auto change) {
        receive one = first;
        change(one);
        return check(b, one).what;
    };
    CHECK(other([](receive& r) { r.day = march(2); }) == code::exists_with_different);
    CHECK(other([](receive& r) { r.day.reset(); }) == code::exists_with_different);
    CHECK(other([](receive& r) { r.by.clear(); }) == code::exists_with_different);
    CHECK(other([](receive& r) { r.bank += "2"; }) == code::exists_with_different);
    CHECK(other([](receive& r) { std::swap(r.party, r.unit); }) == code::exists_with_different);
    CHECK(other([](receive& r) { r.minor += int128{1} << 64; }) == code::exists_with_different);
    CHECK(other([](receive& r) { r.id = "s"; }) == code::ok);
    // Other words that stand in the same order one after another.
    CHECK(other([](receive& r) { r.bank = "Bank:main" + r.party, r.party = ""; }) ==
          code::exists_with_different);
    // Another kind that says the same.
    CHECK(check(b, earn{{"r", march(1), "cashier"}, "Bank:main", "ru", "RUB", 5}).what ==
          code::exists_with_different);
}

TEST_CASE("fingerprints of operations tell reserve from commit") {
    reserve r;
    r.id = "c";
    r.line = "L";
    commit c;
    static_cast<reserve&>(c) = r;
    CHECK(fingerprint(r) != fingerprint(c));
}

TEST_CASE("what a line had open on a past day is kept") {
    book b = in_roubles();
    post(b, moved("open", march(1), 100), 1);
    post(b, appropriate{{"a", std::nullopt, {}}, "L", "", "RUB", 100}, 1);
    reserve r;
    r.id = "C";
    r.day = march(3);
    r.line = "L";
    r.unit = "RUB";
    r.minor = 60;
    post(b, r, 2);
    post(b, confirm{{"confirm", march(5), "x"}, "C", 50}, 3);
    post(b, accept{{"K", march(7), {}}, "C", "RUB", 20}, 4);
    post(b, pay{{"P", march(9), {}}, "Bank:main", "K", 20}, 5);
    const budget_line& line = *b.lines.find("L");
    CHECK(!line.days.until(march(2)));
    CHECK(line.days.until(march(4))->open == 60);
    CHECK(line.days.until(march(8))->open == 50);
    CHECK(line.days.until(march(9))->open == 30);
    CHECK(line.days.until(march(9))->paid == 20);
    CHECK(b.commitments.find("C")->reserved == 60);
    CHECK(b.commitments.find("C")->confirmed_on == march(5));
}
