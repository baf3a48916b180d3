#pragma once
// Leontief's system of a table, factorised once and solved for whatever is asked: I - A with
// A = Z diag(1/x), x the sums of rows, 1/0 := 0. No inverse is formed (Miller and Blair,
// Input-Output Analysis, 2.2 and 2.6). What goes to a producer without output counts as final use
// of its region, so that x = A x + y holds to the last unit; the balance names such producers.

#include <vector>

#include "inputoutput/table.hpp"
#include "kernel/result.hpp"
#include "numerics/factorised.hpp"

namespace veche::inputoutput {

/// Sums of a table's flows.
struct use_by_region {
    std::vector<double> output;  ///< by producer: its row
    std::vector<double> inputs;  ///< by producer: its column of flows
    numerics::dense final;       ///< producers by regions; holds inputs of producers without output
    numerics::dense intermediate;  ///< the same
};

class leontief_system {
  public:
    /// Refuses where I - A is singular, with the producer at fault. `of` must outlive the system.
    static result<leontief_system> of(const table& of);

    [[nodiscard]] const table& data() const { return *data_; }
    [[nodiscard]] std::size_t size() const { return data_->size(); }
    [[nodiscard]] std::size_t regions() const { return data_->regions.size(); }
    /// Output by producer, in the table's unit.
    [[nodiscard]] const std::vector<double>& output() const { return x_; }
    /// 1/x, 0 where x is 0.
    [[nodiscard]] const std::vector<double>& per_output() const { return per_x_; }
    /// Value added per unit of output: 1 less the column's sum of A. So the shares of origins in
    /// any use add up to 1; what the source states as value added is for the balance.
    [[nodiscard]] const std::vector<double>& value_added() const { return v_; }
    /// Input of i per unit of output of j.
    [[nodiscard]] double a(std::size_t i, std::size_t j) const {
        return data_->z(i, j) * per_x_[j];
    }
    /// Producers of a region, in the table's order.
    [[nodiscard]] const std::vector<std::size_t>& of_region(std::size_t region) const {
        return members_[region];
    }
    [[nodiscard]] std::size_t region_of(std::size_t producer) const {
        return data_->producers[producer].region;
    }
    /// Final use by region: producers by regions.
    [[nodiscard]] const numerics::dense& final_use() const { return final_; }
    /// Flows out of the producer to other regions, for production and final use.
    [[nodiscard]] const std::vector<double>& exports() const { return exports_; }
    /// The flows from producer i to region r: [i, r] with intermediate use alone.
    [[nodiscard]] const numerics::dense& intermediate_use() const { return intermediate_; }

    /// Output needed for final use b: (I - A) X = B; b gives way to X.
    void outputs_for(numerics::dense& b) const { factors_.solve(b); }
    void outputs_for(std::vector<double>& b) const { factors_.solve(b); }
    /// What the weights w of producers make along all chains, per unit of final use of each:
    /// (I - A)' X = W.
    void contents_of(numerics::dense& w) const { factors_.solve(w, true); }
    void contents_of(std::vector<double>& w) const { factors_.solve(w, true); }

    [[nodiscard]] double reciprocal_condition() const { return factors_.reciprocal_condition(); }
    /// The largest abs(x - A x - y) over the largest y, with x solved from y: how exact the
    /// solutions are.
    [[nodiscard]] double residual() const;

  private:
    leontief_system(const table& of, use_by_region use);

    const table* data_;
    std::vector<double> x_, per_x_, v_, exports_;
    std::vector<std::vector<std::size_t>> members_;
    numerics::dense final_, intermediate_;
    numerics::factorised factors_;
};

/// I - A of some of the producers among themselves, such as those of one region.
numerics::dense local_system(const leontief_system& of, const std::vector<std::size_t>& producers);

/// The matrix I - A of a table, given 1/x. Its 1-norm goes to `norm` unless that is null.
numerics::dense leontief_matrix(const numerics::dense& z, const std::vector<double>& per_x,
                                double* norm = nullptr);

}  // namespace veche::inputoutput
