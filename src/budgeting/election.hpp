#pragma once
// What the voters of a budget decide on, and their ballots. Plain numbers in rows; equal ballots
// are one group. Engines, the check of certificates and explanations all start from this.

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/result.hpp"

namespace veche::budgeting {

/// Every amount, and the sum of all costs, is at most this: what JSON carries without loss.
constexpr std::int64_t most_money = (std::int64_t{1} << 53) - 1;
/// Ballots in all, and points of all ballots together.
constexpr std::int64_t most_ballots = INT32_MAX;

struct project {
    std::string id;
    std::int64_t cost = 0;  ///< minor units of the budget's currency
    std::string name = {};
    std::string category = {};
    std::string latitude = {};   ///< as written, degrees; "" where it is on no map
    std::string longitude = {};  ///< as latitude
};

enum class ballot_kind : std::uint8_t { approval, points, ordinal };

/// One project on a ballot.
struct mark {
    std::uint32_t project = 0;
    std::uint32_t points = 1;  ///< approval: 1; ordinal: what its place is worth
    auto operator<=>(const mark&) const = default;
};

struct election {
    std::int64_t budget = 0;
    std::vector<project> projects;
    ballot_kind kind = ballot_kind::approval;
    std::vector<std::uint32_t> begins{0};  ///< group g: marks [begins[g], begins[g + 1])
    std::vector<mark> marks;               ///< of ordinal ballots the best first
    std::vector<std::uint32_t> counts;     ///< ballots of each group
    std::int64_t voters = 0;               ///< all ballots, also those that name nothing

    [[nodiscard]] std::size_t groups() const { return counts.size(); }
    /// Adds `count` equal ballots.
    void add(const std::vector<mark>& ballot, std::uint32_t count = 1);
    /// Makes equal ballots one group; the groups then stand in the order of their marks.
    void group();
};

/// Refuses what no engine can count; every engine asks it first.
result<void> check(const election&);

}  // namespace veche::budgeting
