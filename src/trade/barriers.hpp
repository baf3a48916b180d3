#pragma once
// What a barrier between members costs: the trade it touches, how much of all trade that is, how it
// moves, and what tariff would do the same.

#include <optional>
#include <string>
#include <vector>

#include "trade/flow_list.hpp"
#include "trade/indicators.hpp"

namespace veche::trade {

struct barrier_scope {
    std::string imposing;               ///< member whose imports it touches
    std::vector<std::string> affected;  ///< members whose goods it touches
    std::string classification;         ///< vintage of the codes: "HS17"
    std::vector<std::string> products;  ///< codes; one of fewer digits stands for all below it
};

/// One period of the trade that a barrier touches.
struct touched_trade {
    std::string period;
    std::optional<double> value;  ///< imports declared by the imposing member; nothing: it has none
    std::optional<double>
        mirror;  ///< exports declared by the affected members; nothing: so do they
    /// Of all imports from the affected members; by the mirror where the imposing one declares
    /// none.
    quotient coverage;
    std::int64_t lines = 0, lines_traded = 0;  ///< products touched, of those imported at all
    std::int64_t rows = 0, rows_missing = 0;
    /// The value, or the mirror where there is none.
    [[nodiscard]] double known() const { return value ? *value : mirror.value_or(0); }
    /// Share of traded product lines that it touches.
    [[nodiscard]] quotient frequency() const {
        return {static_cast<double>(lines), static_cast<double>(lines_traded)};
    }
};

struct barrier_trade {
    std::vector<touched_trade> periods;
    std::string unit;
    std::int64_t other_vintage_rows = 0;  ///< rows left out, because their codes are of another one
    std::vector<std::string> silent;      ///< affected members that declare no exports at all
};

/// Refuses names that the data lack and flows without any row in the vintage.
result<barrier_trade> trade_touched(const flow_list& flows, const barrier_scope& scope);

/// Growth a year by least squares of the logarithm of positive values on the year.
struct trend {
    double growth = 0;            ///< exp(slope) - 1
    double slope = 0, error = 0;  ///< and its standard error; 0 degrees of freedom give NaN
    std::int64_t years = 0, years_left_out = 0;  ///< without a positive value
};
/// Refuses fewer than three years with positive values.
result<trend> trend_of(const std::vector<double>& years, const std::vector<double>& values);

/// The tariff that would keep as much trade away: exp(b/(sigma - 1)) - 1, where b is the effect of
/// taking the barrier away on the logarithm of imports (a gravity estimate) and sigma the
/// elasticity of substitution. The interval is that of b, carried through: Kee, Nicita, Olarreaga,
/// Estimating Trade Restrictiveness Indices, The Economic Journal 119 (2009).
struct tariff_equivalent {
    double rate = 0, low = 0, high = 0;
    double level = 0;  ///< of the interval: 0.90, 0.95 or 0.99
};
/// Refuses sigma at or below 1, a negative error, and other levels.
result<tariff_equivalent> tariff_equivalent_of(double effect, double error, double sigma,
                                               double level = 0.95);

/// A barrier as the register would rank it.
struct barrier_cost {
    std::string id;
    double touched = 0;  ///< trade a year
    std::optional<tariff_equivalent> equivalent;
    /// touched x rate: what buyers pay more, with the trade that is still there.
    double cost = 0, cost_low = 0, cost_high = 0;
    std::int64_t rank = 0;  ///< 1 costs most; equal costs share a rank; 0: no equivalent is known
};
/// Fills costs and ranks and orders by them; those without an equivalent come last, by trade
/// touched, then by id.
void rank_by_cost(std::vector<barrier_cost>& barriers);

/// A barrier of a register with what a model says of it.
struct barrier_case {
    std::string id;
    barrier_scope scope;
    std::optional<double> effect, error, sigma;  ///< all three, or no equivalent
};

/// Barriers from CSV: id, imposing, affected, classification, products, and maybe effect, error,
/// sigma; members and codes are parted by blanks (docs/format/trade.md). Refuses an id that stands
/// twice.
result<std::vector<barrier_case>> read_barriers(std::string_view text);

struct measured_barrier {
    barrier_cost cost;
    std::optional<touched_trade> at;  ///< of the period; nothing: no side declares any
    std::optional<trend> growth;      ///< over all periods, where they are years
    bool by_mirror = false;           ///< the imposing member declares no imports
    std::vector<std::string> silent;
    std::int64_t other_vintage_rows = 0;
};

struct barrier_ranking {
    std::vector<measured_barrier> barriers;  ///< by rank
    std::vector<std::string> unmeasured;     ///< the data have nothing of them
    std::string unit;
};

/// Each barrier by the trade of one period, ranked by cost. Refuses what tariff_equivalent_of does,
/// and a register of which nothing is in the data.
result<barrier_ranking> rank_barriers(const flow_list& flows,
                                      const std::vector<barrier_case>& register_of,
                                      const std::string& period, double level = 0.95);

/// The trend of the trade touched; nothing where periods are no years, or too few.
std::optional<trend> trend_of_trade(const barrier_trade& touched);

}  // namespace veche::trade
