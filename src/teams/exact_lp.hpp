#pragma once
// Linear programs in rational numbers, by the simplex method with bounds: nothing is rounded. Meant
// for few rows (the inverse of the basis is kept whole).

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <gmpxx.h>

namespace veche::teams {

/// Maximises cost * x where every row holds with equality and 0 <= x <= its bound.
class exact_lp {
  public:
    using column = std::uint32_t;
    using entries = std::vector<std::pair<std::uint32_t, mpq_class>>;  ///< by row

    explicit exact_lp(std::vector<mpq_class> right_sides);

    /// Also between two solutions; the next goes on from the last.
    column add(entries of, mpq_class cost, std::optional<mpq_class> bound = std::nullopt);

    void set_cost(column c, mpq_class cost) { variables_[c].cost = std::move(cost); }
    /// From now on the column keeps the value it has, and costs nothing.
    void fix(column c);

    enum class answer { best, none, unbounded };
    answer solve();

    [[nodiscard]] mpq_class value(column c) const;
    /// What one more of the row's right side is worth. Columns at zero have
    /// cost - sum(dual * entry) <= 0.
    [[nodiscard]] const std::vector<mpq_class>& duals() const { return duals_; }
    [[nodiscard]] mpq_class objective() const;

  private:
    enum class place : std::uint8_t { low, high, basic };
    struct variable {
        entries of;
        mpq_class cost;
        std::optional<mpq_class> bound;
        place at = place::low;
        bool artificial = false;
        mpq_class fixed = 0;  ///< what it keeps beside what moves
    };

    void begin();
    answer climb();
    void price();
    [[nodiscard]] std::optional<column> enter(bool first) const;
    [[nodiscard]] std::vector<mpq_class> along(column c) const;
    bool step(column c);
    void replace(std::size_t row, column c, const std::vector<mpq_class>& along);
    [[nodiscard]] mpq_class cost_of(column c) const;

    std::vector<mpq_class> right_;
    std::vector<variable> variables_;
    std::vector<column> basis_;
    std::vector<mpq_class> values_;  ///< of the basis
    std::vector<std::vector<mpq_class>> inverse_;
    std::vector<mpq_class> duals_;
    bool begun_ = false, feasible_ = false, stuck_ = false;
};

}  // namespace veche::teams
