#include "inputoutput/ras.hpp"

#include <algorithm>
#include <cmath>

#include "inputoutput/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/sums.hpp"

namespace veche::inputoutput {
namespace {

result<void> totals_fit(const numerics::dense& from, const std::vector<double>& rows,
                        const std::vector<double>& columns, double tolerance) {
    const double sum = numerics::sum_of(rows), other = numerics::sum_of(columns);
    double scale = 0;
    for (const double one : rows) scale = std::max(scale, std::abs(one));
    if (rows.size() != from.rows || columns.size() != from.columns ||
        !(std::abs(sum - other) <= tolerance * std::max(scale, 1e-300) * 10))
        return refuse(refusals::totals_malformed, "totals", numerics::digits(sum),
                      numerics::digits(other));
    return {};
}

/// The root of p r - n / r = total above zero; 1 where nothing is there to be scaled.
double scale_for(double p, double n, double total) {
    if (p > 0) return (total + std::sqrt(total * total + 4 * p * n)) / (2 * p);
    if (n > 0 && total < 0) return -n / total;
    return 1;
}

class scaling {
  public:
    scaling(const numerics::dense& from, const std::vector<double>& rows,
            const std::vector<double>& columns)
        : from_(from), rows_(rows), columns_(columns), r_(from.rows, 1), s_(from.columns, 1) {}

    void round() {
        std::vector<double> p(from_.rows), n(from_.rows);
        for (std::size_t j = 0; j < from_.columns; ++j)
            for (std::size_t i = 0; i < from_.rows; ++i) split(from_(i, j), s_[j], p[i], n[i]);
        for (std::size_t i = 0; i < from_.rows; ++i) r_[i] = scale_for(p[i], n[i], rows_[i]);
        for (std::size_t j = 0; j < from_.columns; ++j) {
            double up = 0, down = 0;
            for (std::size_t i = 0; i < from_.rows; ++i) split(from_(i, j), r_[i], up, down);
            s_[j] = scale_for(up, down, columns_[j]);
        }
    }

    [[nodiscard]] numerics::dense cells() const {
        numerics::dense out(from_.rows, from_.columns);
        for (std::size_t j = 0; j < from_.columns; ++j)
            for (std::size_t i = 0; i < from_.rows; ++i) {
                const double factor = r_[i] * s_[j];
                const double cell = from_(i, j);
                out(i, j) = cell > 0 ? cell * factor : cell < 0 ? cell / factor : 0;
            }
        return out;
    }

    [[nodiscard]] double off(const numerics::dense& cells) const {
        std::vector<double> sums(from_.rows);
        double largest = 0, scale = 1e-300;
        for (std::size_t j = 0; j < from_.columns; ++j) {
            for (std::size_t i = 0; i < from_.rows; ++i) sums[i] += cells(i, j);
            largest = std::max(largest, std::abs(numerics::sum_of(cells.column(j)) - columns_[j]));
            scale = std::max(scale, std::abs(columns_[j]));
        }
        for (std::size_t i = 0; i < from_.rows; ++i) {
            largest = std::max(largest, std::abs(sums[i] - rows_[i]));
            scale = std::max(scale, std::abs(rows_[i]));
        }
        return std::isfinite(largest) ? largest / scale : HUGE_VAL;
    }

  private:
    static void split(double cell, double factor, double& positive, double& negative) {
        if (cell > 0) positive += cell * factor;
        if (cell < 0) negative -= cell / factor;
    }

    const numerics::dense& from_;
    const std::vector<double>&rows_, &columns_;
    std::vector<double> r_, s_;
};

result<fitted> fit(std::string method, const numerics::dense& from, const std::vector<double>& rows,
                   const std::vector<double>& columns, double tolerance, std::size_t rounds) {
    VECHE_CHECK(totals_fit(from, rows, columns, tolerance));
    scaling by(from, rows, columns);
    fitted out{std::move(method), {}, 0, HUGE_VAL, tolerance};
    // Looking costs as much as a round: it is done after 1, 2, 4, 8 ... rounds and at the end.
    for (std::size_t next = 1; out.rounds < rounds && !(out.off <= tolerance);) {
        for (; out.rounds < std::min(next, rounds); ++out.rounds) by.round();
        next *= 2;
        out.cells = by.cells();
        out.off = by.off(out.cells);
    }
    if (!(out.off <= tolerance))
        return refuse(refusals::not_converged, {}, std::to_string(out.rounds),
                      numerics::digits(out.off, 3));
    return out;
}

}  // namespace

result<fitted> ras(const numerics::dense& from, const std::vector<double>& rows,
                   const std::vector<double>& columns, double tolerance, std::size_t rounds) {
    for (std::size_t j = 0; j < from.columns; ++j)
        for (std::size_t i = 0; i < from.rows; ++i)
            if (from(i, j) < 0)
                return refuse(refusals::negative_cell, {}, std::to_string(i + 1),
                              std::to_string(j + 1));
    return fit("RAS", from, rows, columns, tolerance, rounds);
}

result<fitted> gras(const numerics::dense& from, const std::vector<double>& rows,
                    const std::vector<double>& columns, double tolerance, std::size_t rounds) {
    return fit("GRAS", from, rows, columns, tolerance, rounds);
}

}  // namespace veche::inputoutput
