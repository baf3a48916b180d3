#include "gravity/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "gravity/refusal.hpp"
#include "numerics/digits.hpp"
#include "numerics/distributions.hpp"
#include "numerics/elementary.hpp"
#include "tables/query.hpp"

namespace veche::gravity {
namespace {

constexpr double unchanged = std::numeric_limits<double>::quiet_NaN();

using numerics::shortest;

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i)
        out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return out;
}

result<std::size_t> territory(const cross_section& s, const std::string& name) {
    const auto at = std::lower_bound(s.names.begin(), s.names.end(), name);
    if (at == s.names.end() || *at != name)
        return refuse(refusals::territory_unknown, "territory", name);
    return static_cast<std::size_t>(at - s.names.begin());
}

/// Which territories are named; all of them where none is.
result<std::vector<bool>> marked(const cross_section& s, const std::vector<std::string>& names) {
    std::vector<bool> out(s.size(), names.empty());
    for (const std::string& one : names) out[VECHE_TRY(territory(s, one))] = true;
    return out;
}

/// New values of a column where a pair of two territories meets a condition.
template <class Meets>
std::vector<double> values_where(const cross_section& s, double value, Meets meets) {
    std::vector<double> out(s.size() * s.size(), unchanged);
    for (std::size_t i = 0; i < s.size(); ++i)
        for (std::size_t j = 0; j < s.size(); ++j)
            if (i != j && meets(i, j)) out[i * s.size() + j] = value;
    return out;
}

result<void> check_column(const cross_section& s, const std::string& column) {
    if (column == s.columns.exporter || column == s.columns.importer || column == s.columns.flow)
        return refuse(refusals::column_fixed, "column", column);
    const auto numbers = s.table.numbers(column);
    if (!numbers) return tl::unexpected(numbers.error());
    return {};
}

/// The log of 1 + a percentage.
result<double> log_of_percent(double percent) {
    if (!(percent > -100) || !std::isfinite(percent))
        return refuse(refusals::percent_too_low, "percent", shortest(percent));
    return numerics::logarithm(1 + percent / 100);
}

/// The section's table with the columns as the experiments leave them.
result<tables::table> changed_table(const cross_section& s, const std::vector<experiment>& steps) {
    std::map<std::string, std::vector<double>> values;
    for (const experiment& step : steps)
        for (const auto& [name, by_pair] : step.columns) {
            if (values.count(name) == 0) values[name] = VECHE_TRY(s.table.numbers(name));
            for (std::size_t pair = 0; pair < by_pair.size(); ++pair)
                if (!std::isnan(by_pair[pair])) values[name][s.row[pair]] = by_pair[pair];
        }
    std::vector<tables::column> columns = s.table.columns();
    for (tables::column& one : columns)
        if (const auto found = values.find(one.name); found != values.end())
            one = tables::number_column(one.name, one.unit, found->second);
    return tables::table::of(std::move(columns), s.table.source());
}

/// Regressors of each pair, in the order of the coefficients; n x n x k. A dummy of a level that no
/// row of the section bears is 0 in all of them.
result<std::vector<double>> regressors_at(const cross_section& s, const tables::table& t,
                                          const cost_coefficients& c) {
    const std::size_t k = c.names.size();
    std::vector<double> out(s.row.size() * k);
    if (k == 0) return out;
    specification wanted;
    wanted.formula = c.formula;
    wanted.predicting = true;
    const auto made = VECHE_TRY(specify(t, wanted));
    for (std::size_t at = 0; at < k; ++at) {
        const auto& all = made->m.regressors;
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const regressor& r) { return r.name == c.names[at]; });
        if (found == all.end() && c.names[at].find("::") == std::string::npos)
            return refuse(refusals::regressor_unknown, "coefficients", c.names[at]);
        if (found == all.end()) continue;
        for (std::size_t pair = 0; pair < s.row.size(); ++pair)
            out[pair * k + at] = found->values[s.row[pair]];
    }
    return out;
}

/// The offset of each pair, n x n.
result<std::vector<double>> offsets_at(const cross_section& s, const tables::table& t,
                                       const cost_coefficients& c) {
    specification wanted;
    wanted.formula = c.formula;
    wanted.offset = c.offset;
    wanted.predicting = true;
    const auto made = VECHE_TRY(specify(t, wanted));
    std::vector<double> out;
    for (const std::uint64_t row : s.row) out.push_back(made->m.offset[row]);
    return out;
}

/// What is known of costs beside the coefficients: observed trade, the offset. Observed trade holds
/// the offset already, so that only what changes of it counts.
result<void> add_known(const cross_section& s, const cost_coefficients& c,
                       const experiment_plan& plan, uncertain_costs& out) {
    const bool observed = plan.start == baseline::observed;
    if (observed) out.known_before = out.known_after = s.flows;
    if (c.offset.empty()) return {};
    if (!observed) out.known_before = out.known_after = std::vector<double>(s.row.size(), 1.0);
    const tables::table changed = VECHE_TRY(changed_table(s, plan.steps));
    const std::vector<double> before = VECHE_TRY(offsets_at(s, s.table, c));
    const std::vector<double> after = VECHE_TRY(offsets_at(s, changed, c));
    for (std::size_t pair = 0; pair < s.row.size(); ++pair) {
        if (observed && s.flows[pair] == 0) continue;
        if (!(std::isfinite(before[pair]) && std::isfinite(after[pair])))
            return refuse(refusals::regressor_missing, "offset", c.offset, s.names[pair / s.size()],
                          s.names[pair % s.size()]);
        const double held = observed ? before[pair] : 0;
        out.known_before[pair] *= numerics::exponential(before[pair] - held);
        out.known_after[pair] *= numerics::exponential(after[pair] - held);
    }
    return {};
}

/// Effects of pairs are costs that no coefficient knows.
result<void> check_effects(const cross_section& s, const std::string& text) {
    for (const auto& crossed : VECHE_TRY(parse_formula(text)).effects) {
        const auto has = [&](const std::string& name) {
            return std::find(crossed.begin(), crossed.end(), name) != crossed.end();
        };
        if (has(s.columns.exporter) && has(s.columns.importer))
            return refuse(refusals::baseline_unfit, "baseline",
                          s.columns.exporter + "^" + s.columns.importer);
    }
    return {};
}

/// Everything that a world and its draws are made of.
struct setting {
    world w;
    uncertain_costs u;
};

/// Regressors before and after; a regressor that is missing for a pair is a fault where the pair
/// trades.
result<void> add_regressors(const cross_section& s, const cost_coefficients& c,
                            const experiment_plan& plan, setting& out) {
    const std::vector<double> before = VECHE_TRY(regressors_at(s, s.table, c));
    const tables::table changed = VECHE_TRY(changed_table(s, plan.steps));
    const std::vector<double> after = VECHE_TRY(regressors_at(s, changed, c));
    const std::size_t k = c.names.size();
    const bool observed = plan.start == baseline::observed;
    std::size_t costs = 0;
    for (const experiment& step : plan.steps) costs += step.costs.size();
    for (std::size_t pair = 0; pair < s.row.size(); ++pair) {
        const bool idle = observed && s.flows[pair] == 0;
        for (std::size_t at = 0; at < k; ++at) {
            const double x0 = before[pair * k + at];
            const double x1 = after[pair * k + at];
            if (!idle && !(std::isfinite(x0) && std::isfinite(x1)))
                return refuse(refusals::regressor_missing, "coefficients", c.names[at],
                              s.names[pair / s.size()], s.names[pair % s.size()]);
            out.u.before.push_back(observed ? 0 : x0);
            out.u.after.push_back(idle ? 0 : observed ? x1 - x0 : x1);
        }
        out.u.before.insert(out.u.before.end(), costs, 0.0);
        for (const experiment& step : plan.steps)
            for (const cost_change& one : step.costs)
                out.u.after.push_back((1 - plan.sigma) * one.pairs[pair]);
    }
    return {};
}

void add_coefficients(const cost_coefficients& c, const experiment_plan& plan, setting& out) {
    out.u.b = c.b;
    std::vector<double> variances;
    for (const experiment& step : plan.steps)
        for (const cost_change& one : step.costs) {
            out.u.b.push_back(one.change);
            variances.push_back(one.standard_error * one.standard_error);
        }
    const std::size_t k = c.names.size();
    const std::size_t all = out.u.b.size();
    out.u.v.assign(all * all, 0.0);
    if (!c.v.empty())
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = 0; j < k; ++j) out.u.v[i * all + j] = c.v[i * k + j];
    for (std::size_t i = k; i < all; ++i) out.u.v[i * all + i] = variances[i - k];
}

result<setting> set_up(const cross_section& s, const cost_coefficients& c,
                       const experiment_plan& plan) {
    if (plan.steps.empty()) return refuse(refusals::experiment_absent, "experiment");
    if (plan.start == baseline::fitted && c.names.empty())
        return refuse(refusals::coefficients_absent, "coefficients");
    if (plan.start == baseline::fitted) VECHE_CHECK(check_effects(s, c.formula));
    setting out;
    const std::size_t n = s.size();
    out.w.names = s.names;
    out.w.output.resize(n);
    out.w.expenditure.resize(n);
    for (std::size_t pair = 0; pair < n * n; ++pair) {
        out.w.output[pair / n] += s.flows[pair];
        out.w.expenditure[pair % n] += s.flows[pair];
    }
    out.w.sigma = plan.sigma;
    out.w.close = plan.close;
    const auto& y = out.w.output;
    out.w.reference =
        plan.reference.empty()
            ? static_cast<std::size_t>(std::max_element(y.begin(), y.end()) - y.begin())
            : VECHE_TRY(territory(s, plan.reference));
    VECHE_CHECK(add_regressors(s, c, plan, out));
    add_coefficients(c, plan, out);
    if (out.u.b.empty()) return refuse(refusals::coefficients_absent, "coefficients");
    VECHE_CHECK(add_known(s, c, plan, out.u));
    out.w.before = costs_of(out.u.before, out.u.b, out.u.known_before);
    out.w.after = costs_of(out.u.after, out.u.b, out.u.known_after);
    out.u.draws = plan.draws;
    out.u.seed = plan.seed;
    out.u.level = plan.level;
    out.u.threads = plan.threads;
    out.u.progress = plan.progress;
    return out;
}

std::vector<std::string> remarks_on(const cross_section& s, const cost_coefficients& c,
                                    const experiment_plan& plan, std::size_t pairs_changed) {
    std::vector<std::string> out;
    if (pairs_changed == 0)
        out.emplace_back("No cost changes: no coefficient depends on what was changed.");
    for (const experiment& step : plan.steps) {
        if (step.kind == "tariff")
            out.emplace_back("The tariff counts as a cost; what it brings in is income of nobody.");
        for (const cost_change& one : step.costs)
            if (one.standard_error > 0 && plan.draws > 0)
                out.push_back("The log of 1 + the equivalent of the " + one.name +
                              " is drawn from a normal distribution.");
    }
    if (!c.offset.empty()) out.push_back("The offset " + c.offset + " is a part of costs.");
    if (plan.draws > 0 && c.v.empty() && !c.names.empty())
        out.emplace_back("The coefficients were given without errors and are not drawn.");
    const auto zeros = std::count(s.flows.begin(), s.flows.end(), 0.0);
    if (plan.start == baseline::observed && zeros > 0)
        out.push_back(fmt::format("Pairs that do not trade, and stay without trade: {}.", zeros));
    if (plan.close == closure::balanced)
        out.emplace_back("Trade is balanced before and after: expenditure is output.");
    return out;
}

}  // namespace

std::string_view name_of(baseline b) {
    return b == baseline::fitted ? "fitted" : "observed";
}

result<tables::table> with_border(const tables::table& t, const flow_columns& columns) {
    if (t.has(border_column)) return t;
    const tables::level_list from = VECHE_TRY(t.levels(columns.exporter));
    const tables::level_list to = VECHE_TRY(t.levels(columns.importer));
    std::vector<double> border(t.rows(), unchanged);
    for (std::size_t row = 0; row < border.size(); ++row)
        if (from.code[row] >= 0 && to.code[row] >= 0)
            border[row] = from.names[static_cast<std::size_t>(from.code[row])] ==
                                  to.names[static_cast<std::size_t>(to.code[row])]
                              ? 0
                              : 1;
    std::vector<tables::column> all = t.columns();
    all.push_back(tables::number_column(std::string(border_column), "", border));
    return tables::table::of(std::move(all), t.source());
}

result<cross_section> section_of(const tables::table& t, const flow_columns& columns,
                                 const std::string& filter) {
    cross_section out;
    out.columns = columns;
    out.table = tables::take_rows(t, VECHE_TRY(rows_where(t, filter)));
    const tables::level_list from = VECHE_TRY(out.table.levels(columns.exporter));
    const tables::level_list to = VECHE_TRY(out.table.levels(columns.importer));
    const std::vector<double> flow = VECHE_TRY(out.table.numbers(columns.flow));
    std::set<std::string> names(from.names.begin(), from.names.end());
    names.insert(to.names.begin(), to.names.end());
    out.names.assign(names.begin(), names.end());
    const std::size_t n = out.size();
    constexpr auto none = std::numeric_limits<std::uint64_t>::max();
    out.row.assign(n * n, none);
    out.flows.assign(n * n, 0.0);
    for (std::size_t row = 0; row < flow.size(); ++row) {
        if (from.code[row] < 0 || to.code[row] < 0)
            return refuse(refusals::end_missing, "section", std::to_string(row + 1));
        const std::string& one = from.names[static_cast<std::size_t>(from.code[row])];
        const std::string& other = to.names[static_cast<std::size_t>(to.code[row])];
        const std::size_t pair =
            VECHE_TRY(territory(out, one)) * n + VECHE_TRY(territory(out, other));
        if (out.row[pair] != none) return refuse(refusals::pair_repeated, "section", one, other);
        if (!(flow[row] >= 0) || !std::isfinite(flow[row]))
            return refuse(refusals::flow_unfit, "section", one, other,
                          std::isnan(flow[row]) ? "missing" : shortest(flow[row]));
        out.row[pair] = row;
        out.flows[pair] = flow[row];
    }
    for (std::size_t pair = 0; pair < n * n; ++pair)
        if (out.row[pair] == none)
            return refuse(refusals::pair_absent, "section", out.names[pair / n],
                          out.names[pair % n]);
    return out;
}

result<experiment> border_removed(const cross_section& s, const std::string& column,
                                  const std::vector<std::string>& among) {
    VECHE_CHECK(check_column(s, column));
    const std::vector<bool> in = VECHE_TRY(marked(s, among));
    experiment out;
    out.kind = "border";
    out.sentence = fmt::format("Borders between {} fall away: {} is 0 there.",
                               among.empty() ? "all territories" : listed(among), column);
    out.columns[column] =
        values_where(s, 0, [&](std::size_t i, std::size_t j) { return in[i] && in[j]; });
    return out;
}

result<experiment> tariff_changed(const cross_section& s, const tariff_change& t) {
    const std::vector<bool> from = VECHE_TRY(marked(s, t.exporters));
    const std::vector<bool> to = VECHE_TRY(marked(s, t.importers));
    cost_change cost;
    cost.name = "tariff";
    cost.change = VECHE_TRY(log_of_percent(t.to)) - VECHE_TRY(log_of_percent(t.from));
    cost.pairs = values_where(s, 1, [&](std::size_t i, std::size_t j) { return from[i] && to[j]; });
    for (double& one : cost.pairs) one = std::isnan(one) ? 0 : one;
    experiment out;
    out.kind = "tariff";
    out.sentence = fmt::format("The tariff on goods from {} to {} goes from {} % to {} %.",
                               t.exporters.empty() ? "all others" : listed(t.exporters),
                               t.importers.empty() ? "all others" : listed(t.importers),
                               shortest(t.from), shortest(t.to));
    out.costs.push_back(std::move(cost));
    return out;
}

result<experiment> member_joined(const cross_section& s, const std::string& column,
                                 const std::vector<std::string>& newcomers,
                                 const std::vector<std::string>& members) {
    VECHE_CHECK(check_column(s, column));
    if (newcomers.empty() || members.empty()) return refuse(refusals::members_absent, "members");
    const std::vector<bool> fresh = VECHE_TRY(marked(s, newcomers));
    const std::vector<bool> old = VECHE_TRY(marked(s, members));
    experiment out;
    out.kind = "member";
    out.sentence = fmt::format("{} {} {}: {} is 1 between them, both ways.", listed(newcomers),
                               newcomers.size() == 1 ? "joins" : "join", listed(members), column);
    out.columns[column] = values_where(s, 1, [&](std::size_t i, std::size_t j) {
        return (fresh[i] && (old[j] || fresh[j])) || (old[i] && fresh[j]);
    });
    return out;
}

result<experiment> barrier_lifted(const cross_section& s, const barrier& b) {
    const std::size_t from = VECHE_TRY(territory(s, b.exporter));
    const std::size_t to = VECHE_TRY(territory(s, b.importer));
    cost_change cost;
    cost.name = "barrier from " + b.exporter + " to " + b.importer;
    cost.change = -VECHE_TRY(log_of_percent(b.percent));
    if (b.within) {
        const double wide =
            VECHE_TRY(log_of_percent(b.within->high)) - VECHE_TRY(log_of_percent(b.within->low));
        if (!(wide >= 0 && b.within->low <= b.percent && b.percent <= b.within->high))
            return refuse(refusals::interval_unfit, "barrier", shortest(b.percent),
                          shortest(b.within->low), shortest(b.within->high));
        cost.standard_error = wide / (2 * numerics::normal_quantile((1 + b.level) / 2));
    }
    cost.pairs.assign(s.size() * s.size(), 0.0);
    cost.pairs[from * s.size() + to] = 1;
    experiment out;
    out.kind = "barrier";
    out.sentence = fmt::format(
        "The {}, worth a tariff of {} %{}, is lifted; the way back stays as it is.", cost.name,
        shortest(b.percent),
        b.within ? fmt::format(" ({} to {} %)", shortest(b.within->low), shortest(b.within->high))
                 : "");
    out.costs.push_back(std::move(cost));
    return out;
}

result<experiment> cells_set(const cross_section& s, const std::string& column, double value,
                             const std::string& where) {
    VECHE_CHECK(check_column(s, column));
    std::vector<bool> kept(s.table.rows());
    for (const std::uint32_t row : VECHE_TRY(rows_where(s.table, where))) kept[row] = true;
    experiment out;
    out.kind = "set";
    std::vector<double>& values = out.columns[column];
    values.assign(s.row.size(), unchanged);
    std::size_t pairs = 0;
    for (std::size_t pair = 0; pair < s.row.size(); ++pair)
        if (kept[s.row[pair]]) {
            values[pair] = value;
            ++pairs;
        }
    out.sentence = fmt::format("{} is {} {} ({} pairs).", column, shortest(value),
                               where.empty() ? "everywhere" : "where " + where, pairs);
    return out;
}

result<experiment> values_given(const cross_section& s, const tables::table& values) {
    const tables::level_list from = VECHE_TRY(values.levels(s.columns.exporter));
    const tables::level_list to = VECHE_TRY(values.levels(s.columns.importer));
    std::vector<std::size_t> pair_of;
    std::set<std::size_t> seen;
    for (std::size_t row = 0; row < values.rows(); ++row) {
        if (from.code[row] < 0 || to.code[row] < 0)
            return refuse(refusals::end_missing, "values", std::to_string(row + 1));
        const std::string& one = from.names[static_cast<std::size_t>(from.code[row])];
        const std::string& other = to.names[static_cast<std::size_t>(to.code[row])];
        pair_of.push_back(VECHE_TRY(territory(s, one)) * s.size() + VECHE_TRY(territory(s, other)));
        if (!seen.insert(pair_of.back()).second)
            return refuse(refusals::pair_repeated, "values", one, other);
    }
    experiment out;
    out.kind = "values";
    std::vector<std::string> names;
    for (const tables::column& one : values.columns()) {
        if (one.name == s.columns.exporter || one.name == s.columns.importer) continue;
        VECHE_CHECK(check_column(s, one.name));
        const std::vector<double> numbers = VECHE_TRY(values.numbers(one.name));
        names.push_back(one.name);
        std::vector<double>& cells = out.columns[one.name];
        cells.assign(s.row.size(), unchanged);
        for (std::size_t row = 0; row < numbers.size(); ++row) cells[pair_of[row]] = numbers[row];
    }
    out.sentence =
        fmt::format("New values of {} for {} pairs.", listed(names), std::to_string(seen.size()));
    return out;
}

cost_coefficients coefficients_of(const specification& s, const model& m, const estimation& e,
                                  const covariance& c) {
    cost_coefficients out;
    out.formula = s.formula;
    out.offset = s.offset;
    std::vector<std::size_t> kept;
    for (std::size_t j = 0; j < e.rows.k; ++j)
        if (e.rows.source[j] < m.regressors.size()) kept.push_back(j);  // a constant is no cost
    for (const std::size_t j : kept) {
        out.names.push_back(e.rows.names[j]);
        out.b.push_back(e.b[j]);
        for (const std::size_t l : kept) out.v.push_back(c.v[j * e.rows.k + l]);
    }
    return out;
}

result<cost_coefficients> coefficients_given(const std::vector<given_coefficient>& of) {
    cost_coefficients out;
    bool uncertain = false;
    for (const given_coefficient& one : of) {
        const formula parsed = VECHE_TRY(parse_formula("flow ~ " + one.name));
        if (parsed.terms.size() != 1 || !parsed.effects.empty() ||
            !parsed.terms[0].factor.empty() || !std::isfinite(one.value) ||
            !(one.standard_error >= 0))
            return refuse(refusals::regressor_unknown, "coefficients", one.name);
        std::string name;
        for (const expression& part : parsed.terms[0].product)
            name += (name.empty() ? "" : ":") + text_of(part);
        if (std::find(out.names.begin(), out.names.end(), name) != out.names.end())
            return refuse(refusals::name_repeated, "coefficients", name);
        out.formula += (out.formula.empty() ? "flow ~ " : " + ") + one.name;
        out.names.push_back(std::move(name));
        out.b.push_back(one.value);
        uncertain = uncertain || one.standard_error > 0;
    }
    if (!uncertain) return out;
    out.v.assign(of.size() * of.size(), 0.0);
    for (std::size_t j = 0; j < of.size(); ++j)
        out.v[j * of.size() + j] = of[j].standard_error * of[j].standard_error;
    return out;
}

result<experiment_outcome> carry_out(const cross_section& s, const cost_coefficients& c,
                                     const experiment_plan& plan) {
    const setting made = VECHE_TRY(set_up(s, c, plan));
    experiment_outcome out;
    out.solved = VECHE_TRY(solve(made.w));
    if (plan.draws > 0) out.bands = VECHE_TRY(intervals(made.w, made.u));
    for (std::size_t pair = 0; pair < s.row.size(); ++pair)
        out.pairs_changed += made.w.before[pair] != made.w.after[pair];
    out.remarks = remarks_on(s, c, plan, out.pairs_changed);
    return out;
}

}  // namespace veche::gravity
