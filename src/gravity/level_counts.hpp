#pragma once
// Of each level of an effect: whether one row in use bears it, or more, and whether one of these
// has an outcome.

#include <cstdint>
#include <vector>

#include "gravity/sample.hpp"
#include "numerics/workers.hpp"

namespace veche::gravity {

class level_counts {
  public:
    explicit level_counts(std::size_t levels) : of_(levels) {}
    void add(std::int32_t level, bool positive) {
        std::uint8_t& one = of_[level];
        one |= static_cast<std::uint8_t>((one & borne) << 1 | borne | (positive ? outcome : 0));
    }
    /// Takes in what was counted over other rows.
    void add(const level_counts& other);

    [[nodiscard]] bool any(std::int32_t level) const { return (of_[level] & borne) != 0; }
    [[nodiscard]] bool single(std::int32_t level) const {
        return (of_[level] & (borne | again)) == borne;
    }
    [[nodiscard]] bool positive(std::int32_t level) const { return (of_[level] & outcome) != 0; }
    [[nodiscard]] std::int32_t in_use() const;

  private:
    static constexpr std::uint8_t borne = 1, again = 2, outcome = 4;
    std::vector<std::uint8_t> of_;
};

level_counts count_levels(const model&, const sample&, const grouping&, numerics::workers&);

}  // namespace veche::gravity
