// Many barriers at once: read from a table, measured one by one, ranked together.

#include <algorithm>
#include <cmath>
#include <map>

#include "tables/read_text.hpp"
#include "trade/barriers.hpp"
#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

std::vector<std::string> parted(const std::string& text) {
    std::vector<std::string> out;
    std::size_t from = 0;
    while ((from = text.find_first_not_of(' ', from)) != std::string::npos) {
        const std::size_t to = std::min(text.find(' ', from), text.size());
        out.push_back(text.substr(from, to - from));
        from = to;
    }
    return out;
}

result<measured_barrier> measured_in(const flow_list& flows, const barrier_case& one,
                                     const std::string& period, double level) {
    const barrier_trade touched = VECHE_TRY(trade_touched(flows, one.scope));
    measured_barrier out;
    out.cost.id = one.id;
    out.silent = touched.silent;
    out.other_vintage_rows = touched.other_vintage_rows;
    out.growth = trend_of_trade(touched);
    for (const touched_trade& at : touched.periods) {
        out.by_mirror = out.by_mirror || !at.value;
        if (at.period == period) out.at = at;
    }
    if (out.at) out.cost.touched = out.at->known();
    if (out.at && one.effect && one.error && one.sigma)
        out.cost.equivalent =
            VECHE_TRY(tariff_equivalent_of(*one.effect, *one.error, *one.sigma, level));
    return out;
}

/// What the data lack, as against what nobody could compute.
bool is_absent(const refusal& why) {
    return why.kind == &refusals::name_unknown || why.kind == &refusals::barrier_untouched;
}

}  // namespace

result<std::vector<barrier_case>> read_barriers(std::string_view text) {
    tables::text_options options;
    for (const char* one : {"id", "imposing", "affected", "classification", "products"})
        options.choices[one] = tables::column_choice::words;
    const auto names = VECHE_TRY(tables::column_names(text, options));
    for (const char* one : {"effect", "error", "sigma"})
        if (std::find(names.begin(), names.end(), one) != names.end())
            options.choices[one] = tables::column_choice::numbers;
    const tables::table t = VECHE_TRY(tables::sound_table(tables::read_text(text, options)));
    const auto number = [&](const char* name, std::uint64_t row) -> std::optional<double> {
        if (!t.has(name)) return std::nullopt;
        const double value = (*t.numbers(name))[row];
        return std::isnan(value) ? std::nullopt : std::optional(value);
    };
    std::vector<barrier_case> out;
    for (std::uint64_t row = 0; row < t.rows(); ++row) {
        const auto word = [&](const char* name) {
            return tables::text_of(**t.find(name), row).value_or("");
        };
        barrier_case one{word("id"),
                         {word("imposing"), parted(word("affected")), word("classification"),
                          parted(word("products"))},
                         number("effect", row),
                         number("error", row),
                         number("sigma", row)};
        for (const barrier_case& other : out)
            if (other.id == one.id) return refuse(refusals::barrier_twice, "barriers", one.id);
        out.push_back(std::move(one));
    }
    return out;
}

std::optional<trend> trend_of_trade(const barrier_trade& touched) {
    std::vector<double> years;
    std::vector<double> values;
    for (const touched_trade& one : touched.periods) {
        const auto year = tables::read_double(one.period, '.');
        if (!year) return std::nullopt;
        years.push_back(*year);
        values.push_back(one.known());
    }
    const auto found = trend_of(years, values);
    return found ? std::optional(*found) : std::nullopt;
}

result<barrier_ranking> rank_barriers(const flow_list& flows,
                                      const std::vector<barrier_case>& register_of,
                                      const std::string& period, double level) {
    barrier_ranking out;
    out.unit = flows.value_unit;
    std::map<std::string, measured_barrier> by_id;
    std::vector<barrier_cost> costs;
    for (const barrier_case& one : register_of) {
        auto made = measured_in(flows, one, period, level);
        if (!made && !is_absent(made.error())) return tl::unexpected(made.error());
        if (!made || !made->at) {
            out.unmeasured.push_back(one.id);
            continue;
        }
        costs.push_back(made->cost);
        by_id.emplace(one.id, *std::move(made));
    }
    if (costs.empty()) return refuse(refusals::register_absent, "barriers", period);
    rank_by_cost(costs);
    for (const barrier_cost& cost : costs) {
        measured_barrier& one = by_id.at(cost.id);
        one.cost = cost;
        out.barriers.push_back(std::move(one));
    }
    return out;
}

}  // namespace veche::trade
