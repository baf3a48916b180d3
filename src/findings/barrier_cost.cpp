// What barriers of a register cost: the trade of a year that each touches, how much of all trade
// that is, how it moves, the tariff that would do the same with its interval, and ranks by cost.

#include <algorithm>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"
#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"
#include "trade/barriers.hpp"

namespace veche::findings {
namespace {

constexpr std::size_t most_published_barriers = 15;  // with up to four figures each

/// Growth a year in per cent, with the interval of its slope.
struct growth_range {
    double value = 0, low = 0, high = 0;
};
growth_range growth_of(const trade::trend& t, double level) {
    const auto degrees = static_cast<double>(t.years - 2);
    const double spread = degrees > 0
                              ? numerics::student_quantile((1 + level) / 2, degrees) * t.error
                              : std::numeric_limits<double>::quiet_NaN();
    const auto percent = [](double slope) { return 100 * (numerics::exponential(slope) - 1); };
    return {percent(t.slope), percent(t.slope - spread), percent(t.slope + spread)};
}

void add_figures(computed& to, const trade::measured_barrier& one, const std::string& name,
                 const std::string& unit, double level) {
    const auto add = [&](evidence::figure made) { to.figures.push_back(std::move(made)); };
    if (is_publishable(one.cost.touched))
        add(figure_of("touched." + name, unit, one.cost.touched, 0));
    if (one.cost.equivalent) {
        const trade::tariff_equivalent& rate = *one.cost.equivalent;
        add(figure_between("tariff." + name, "%", 100 * rate.rate, 100 * rate.low, 100 * rate.high,
                           2));
        if (is_publishable(one.cost.cost))
            add(figure_between("cost." + name, unit, one.cost.cost, one.cost.cost_low,
                               one.cost.cost_high, 0));
    }
    if (one.growth) {
        const growth_range growth = growth_of(*one.growth, level);
        add(figure_between("growth." + name, "%", growth.value, growth.low, growth.high, 1));
    }
}

result_table barrier_table(const trade::barrier_ranking& made) {
    result_table out{"barriers",
                     {"rank", "barrier", "touched", "coverage_percent", "lines", "lines_traded",
                      "frequency_percent", "growth_percent", "growth_years", "tariff_percent",
                      "tariff_low", "tariff_high", "cost", "cost_low", "cost_high"},
                     {}};
    using numerics::digits;
    for (const trade::measured_barrier& one : made.barriers) {
        const trade::barrier_cost& c = one.cost;
        const auto known = [&](double value) {
            return c.equivalent ? digits(value) : std::string("none");
        };
        out.rows.push_back({c.rank > 0 ? std::to_string(c.rank) : "none", c.id, digits(c.touched),
                            digits(100 * one.at->coverage.value()), std::to_string(one.at->lines),
                            std::to_string(one.at->lines_traded),
                            digits(100 * one.at->frequency().value()),
                            one.growth ? digits(100 * one.growth->growth) : "none",
                            one.growth ? std::to_string(one.growth->years) : "0",
                            known(c.equivalent ? 100 * c.equivalent->rate : 0),
                            known(c.equivalent ? 100 * c.equivalent->low : 0),
                            known(c.equivalent ? 100 * c.equivalent->high : 0), known(c.cost),
                            known(c.cost_low), known(c.cost_high)});
    }
    return out;
}

void add_remarks_on(computed& to, const trade::barrier_ranking& made, const std::string& percent) {
    to.notes = {remark_of(remarks::cost_of_what_is_left),
                remark_of(remarks::equivalent_interval, percent)};
    std::int64_t unknown = 0;
    for (const trade::measured_barrier& one : made.barriers) {
        unknown += one.cost.equivalent ? 0 : 1;
        if (one.by_mirror) to.notes.push_back(remark_of(remarks::by_mirror, one.cost.id));
        for (const std::string& silent : one.silent)
            to.notes.push_back(remark_of(remarks::declares_no_exports, silent));
        if (one.other_vintage_rows > 0)
            to.notes.push_back(remark_of(remarks::other_vintages,
                                         std::to_string(one.other_vintage_rows), one.cost.id));
    }
    if (unknown > 0) to.notes.push_back(remark_of(remarks::no_equivalent, std::to_string(unknown)));
    for (const std::string& one : made.unmeasured)
        to.notes.push_back(remark_of(remarks::barrier_unmeasured, one));
    // Several barriers of one member say the same of it.
    std::vector<remark> once;
    for (remark& one : to.notes)
        if (std::find(once.begin(), once.end(), one) == once.end()) once.push_back(std::move(one));
    to.notes = std::move(once);
}

result<computed> compute_barriers(const request& from) {
    const trade::imported in = VECHE_TRY(flows_of(from, "flows"));
    const source& of = source_of(from, "barriers");
    if (of.layout != evidence::dataset_layout::table)
        return refuse(refusals::layout_unfit, "specified.data", from.specified.method,
                      std::string(name_of(of.layout)), "barriers");
    const double level = VECHE_TRY(level_parameter(from));
    const auto cases = trade::read_barriers(of.bytes);
    if (!cases) return unreadable(from, "barriers", cases.error());
    const auto made = trade::rank_barriers(*in.flows, *cases, parameter_of(from, "period"), level);
    if (!made) return unreadable(from, "barriers", made.error());
    const std::string& unit = made->unit.empty() ? source_of(from, "flows").unit : made->unit;
    computed out;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < std::min(made->barriers.size(), most_published_barriers); ++i)
        add_figures(out, made->barriers[i], own_name(made->barriers[i].cost.id, taken), unit,
                    level);
    out.tables = {barrier_table(*made)};
    out.pictures = {{"barriers", "barrier", "touched", unit}};
    add_remarks_on(out, *made, numerics::digits(100 * level));
    for (const trade::trap_note& one : in.traps) out.notes.push_back(one.said);
    return out;
}

constexpr role_info barrier_roles[] = {
    {"barriers",
     "rows of id, imposing, affected, classification, products, and maybe effect, "
     "error, sigma"},
    {"flows", "statistics of trade by reporter, partner and product"}};
constexpr parameter_info barrier_parameters[] = {
    {"period", "the year whose trade is touched", ""},
    {"level", "of the intervals: 0.90, 0.95 or 0.99", "0.95"},
    {"vintage", "classification of the codes where the flows name none, as in HS17", "none"},
    digits_parameter,
    columns_parameter,
    leave_out_parameter};

}  // namespace

const method_info barrier_cost{
    "barrier-cost/1",
    "The trade that barriers touch, how it moves, the tariffs that would do the same, and which "
    "barrier costs most.",
    barrier_roles, barrier_parameters, &compute_barriers};

}  // namespace veche::findings
