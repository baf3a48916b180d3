#pragma once
// What stable matching works on: applicants with lists of programmes, programmes with places and an
// order of their applicants. Plain numbers in rows, so that a million applicants fit a cache line
// each; names stay with whoever reads files or a union.

#include <cstdint>
#include <vector>

namespace veche::matching {

/// In an assignment: no programme.
constexpr std::uint32_t nobody = UINT32_MAX;

/// One line of an applicant's list.
struct choice {
    std::uint32_t programme = 0;
    /// The applicant's place in that programme's order: lower is better, equal places are a tie.
    std::uint32_t rank = 0;
    bool operator==(const choice&) const = default;
};

/// Lists of all applicants behind one another, best choice first.
struct market {
    std::vector<std::uint32_t> begins{0};  ///< applicant a: choices [begins[a], begins[a + 1])
    std::vector<choice> choices;
    std::vector<std::uint32_t> capacities;  ///< places of each programme

    [[nodiscard]] std::uint32_t applicants() const {
        return static_cast<std::uint32_t>(begins.size() - 1);
    }
    [[nodiscard]] std::uint32_t programmes() const {
        return static_cast<std::uint32_t>(capacities.size());
    }
};

/// The programme of each applicant, or nobody.
using assignment = std::vector<std::uint32_t>;

}  // namespace veche::matching
