#include "trade/barriers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

/// Quantiles of the normal distribution for intervals of both sides (Abramowitz, Stegun, 26.1).
constexpr std::array usual_levels = {std::pair{0.90, 1.6448536269514722},
                                     std::pair{0.95, 1.959963984540054},
                                     std::pair{0.99, 2.5758293035489004}};

bool is_touched(const std::string& code, const std::vector<std::string>& products) {
    return std::any_of(products.begin(), products.end(),
                       [&](const std::string& one) { return code.starts_with(one); });
}

/// One side of a period while its rows are added up.
struct side_sums {
    bool speaks = false;
    double value = 0, all = 0;
    std::set<std::int32_t> lines, touched;
    std::int64_t rows = 0, rows_missing = 0;

    void add(double amount, std::int32_t product, bool is_touched_line) {
        rows += is_touched_line;
        if (std::isnan(amount)) {
            rows_missing += is_touched_line;
            return;
        }
        all += amount;
        if (amount > 0) lines.insert(product);
        if (!is_touched_line) return;
        value += amount;
        if (amount > 0) touched.insert(product);
    }
};

struct period_sums {
    side_sums imports, exports;
};

touched_trade touched_in(const std::string& period, const period_sums& from) {
    const side_sums& by = from.imports.speaks ? from.imports : from.exports;
    touched_trade out;
    out.period = period;
    if (from.imports.speaks) out.value = from.imports.value;
    if (from.exports.speaks) out.mirror = from.exports.value;
    out.coverage = {by.value, by.all};
    out.lines = static_cast<std::int64_t>(by.touched.size());
    out.lines_traded = static_cast<std::int64_t>(by.lines.size());
    out.rows = by.rows;
    out.rows_missing = by.rows_missing;
    return out;
}

}  // namespace

result<barrier_trade> trade_touched(const flow_list& f, const barrier_scope& scope) {
    const std::int32_t imposing = code_of(f.areas, scope.imposing);
    if (imposing < 0)
        return refuse(refusals::name_unknown, "imposing", "territory", scope.imposing);
    std::vector<std::uint8_t> affected(f.areas.size(), 0);
    for (const std::string& one : scope.affected) {
        const std::int32_t code = code_of(f.areas, one);
        if (code < 0) return refuse(refusals::name_unknown, "affected", "territory", one);
        affected[static_cast<std::size_t>(code)] = 1;
    }
    const std::int32_t vintage = code_of(f.classifications, scope.classification);
    if (vintage < 0)
        return refuse(refusals::name_unknown, "classification", "classification",
                      scope.classification);
    std::vector<std::uint8_t> wanted;
    for (const std::string& one : f.products) wanted.push_back(is_touched(one, scope.products));
    barrier_trade out;
    out.unit = f.value_unit;
    std::vector<period_sums> sums(f.periods.size());
    std::vector<std::uint8_t> speaks(f.areas.size(), 0);
    bool met = false;
    for (std::size_t i = 0; i < f.size(); ++i) {
        const auto reporter = static_cast<std::size_t>(f.reporter[i]);
        const auto partner = static_cast<std::size_t>(f.partner[i]);
        period_sums& into = sums[static_cast<std::size_t>(f.period[i])];
        const bool imports = f.flow[i] == flow_kind::import_ && f.reporter[i] == imposing;
        const bool exports = f.flow[i] == flow_kind::export_ && affected[reporter] != 0;
        // Who declares anything for a period declares it for all partners.
        into.imports.speaks = into.imports.speaks || imports;
        into.exports.speaks = into.exports.speaks || exports;
        if (exports) speaks[reporter] = 1;
        if (!(imports && affected[partner] != 0) && !(exports && f.partner[i] == imposing))
            continue;
        if (f.classification[i] != vintage) {
            ++out.other_vintage_rows;
            continue;
        }
        met = true;
        (imports ? into.imports : into.exports)
            .add(f.value[i], f.product[i], wanted[static_cast<std::size_t>(f.product[i])] != 0);
    }
    for (std::size_t p = 0; p < sums.size(); ++p)
        if (sums[p].imports.speaks || sums[p].exports.speaks)
            out.periods.push_back(touched_in(f.periods[p], sums[p]));
    for (std::size_t a = 0; a < speaks.size(); ++a)
        if (affected[a] != 0 && speaks[a] == 0) out.silent.push_back(f.areas[a]);
    if (!met)
        return refuse(refusals::barrier_untouched, "scope", scope.imposing, scope.classification);
    return out;
}

result<trend> trend_of(const std::vector<double>& years, const std::vector<double>& values) {
    std::vector<double> x;
    std::vector<double> y;
    trend out;
    for (std::size_t i = 0; i < years.size(); ++i) {
        if (!(values[i] > 0)) {
            ++out.years_left_out;
            continue;
        }
        x.push_back(years[i]);
        y.push_back(std::log(values[i]));
    }
    out.years = static_cast<std::int64_t>(x.size());
    if (x.size() < 3) return refuse(refusals::trend_short, "years", std::to_string(x.size()));
    double mean_x = 0;
    double mean_y = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mean_x += x[i] / static_cast<double>(x.size());
        mean_y += y[i] / static_cast<double>(x.size());
    }
    double xx = 0;
    double xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - mean_x) * (x[i] - mean_x);
        xy += (x[i] - mean_x) * (y[i] - mean_y);
    }
    if (!(xx > 0)) return refuse(refusals::trend_one_year, "years");
    out.slope = xy / xx;
    out.growth = std::expm1(out.slope);
    double rest = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double off = y[i] - mean_y - out.slope * (x[i] - mean_x);
        rest += off * off;
    }
    out.error = std::sqrt(rest / static_cast<double>(x.size() - 2) / xx);
    return out;
}

result<tariff_equivalent> tariff_equivalent_of(double effect, double error, double sigma,
                                               double level) {
    if (!(sigma > 1) || std::isinf(sigma))
        return refuse(refusals::sigma_low, "sigma", fmt::format("{}", sigma));
    if (!(error >= 0) || !std::isfinite(effect) || std::isinf(error))
        return refuse(refusals::estimate_unsound, "effect", fmt::format("{}", effect),
                      fmt::format("{}", error));
    for (const auto& [known, quantile] : usual_levels) {
        if (level != known) continue;
        const auto rate = [&](double b) { return std::expm1(b / (sigma - 1)); };
        return tariff_equivalent{rate(effect), rate(effect - quantile * error),
                                 rate(effect + quantile * error), level};
    }
    return refuse(refusals::level_unknown, "level", fmt::format("{}", level));
}

void rank_by_cost(std::vector<barrier_cost>& barriers) {
    for (barrier_cost& one : barriers) {
        one.rank = 0;
        one.cost = one.cost_low = one.cost_high = 0;
        if (!one.equivalent) continue;
        one.cost = one.touched * one.equivalent->rate;
        one.cost_low = one.touched * one.equivalent->low;
        one.cost_high = one.touched * one.equivalent->high;
    }
    std::sort(barriers.begin(), barriers.end(), [](const barrier_cost& a, const barrier_cost& b) {
        if (a.equivalent.has_value() != b.equivalent.has_value()) return a.equivalent.has_value();
        if (a.cost != b.cost) return a.cost > b.cost;
        if (a.touched != b.touched) return a.touched > b.touched;
        return a.id < b.id;
    });
    for (std::size_t i = 0; i < barriers.size() && barriers[i].equivalent; ++i)
        barriers[i].rank = i > 0 && barriers[i].cost == barriers[i - 1].cost
                               ? barriers[i - 1].rank
                               : static_cast<std::int64_t>(i) + 1;
}

}  // namespace veche::trade
