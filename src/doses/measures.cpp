#include "doses/measures.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace veche::doses {

ratio fraction_of(int128 num, int128 den) {
    if (den <= 0) return {0, 1};
    int128 a = num < 0 ? -num : num;
    int128 b = den;
    while (b != 0) {
        const int128 rest = a % b;
        a = b;
        b = rest;
    }
    if (a > 1) {
        num /= a;
        den /= a;
    }
    constexpr int128 most = std::numeric_limits<std::int64_t>::max();
    constexpr int128 million = 1'000'000;
    if (den <= most && num <= most && -num <= most)
        return {static_cast<std::int64_t>(num), static_cast<std::int64_t>(den)};
    // Far above 64 bits the denominator gives room for the product.
    while (den > most) {
        den /= 2;
        num /= 2;
    }
    return {static_cast<std::int64_t>(num * million / den), static_cast<std::int64_t>(million)};
}

std::optional<equity> equity_of(std::span<const covered> all) {
    std::vector<covered> rows;
    int128 people = 0;
    int128 covered_people = 0;
    for (const covered& one : all) {
        if (one.of <= 0) continue;
        rows.push_back(one);
        people += one.of;
        covered_people += one.people;
    }
    if (rows.empty()) return std::nullopt;
    std::stable_sort(rows.begin(), rows.end(), [](const covered& a, const covered& b) {
        return int128{a.people} * b.of < int128{b.people} * a.of;
    });
    equity out;
    out.least = fraction_of(rows.front().people, rows.front().of);
    out.most = fraction_of(rows.back().people, rows.back().of);
    int128 below = 0;
    for (const covered& one : rows) {
        below += one.of;
        if (below * 10 < people) continue;
        out.tenth = fraction_of(one.people, one.of);
        break;
    }
    // sum_ij s_i s_j |c_i - c_j| / (2 c) with s = of / people, c = covered / people: over pairs
    // i < j by coverage, (people_j of_i - people_i of_j) / (people * covered).
    int128 sum = 0;
    int128 of_before = 0;
    int128 covered_before = 0;
    for (const covered& one : rows) {
        sum += int128{one.people} * of_before - covered_before * int128{one.of};
        of_before += one.of;
        covered_before += one.people;
    }
    out.gini = fraction_of(sum, people * covered_people);
    return out;
}

}  // namespace veche::doses
