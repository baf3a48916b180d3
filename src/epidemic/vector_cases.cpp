#include "epidemic/vector_cases.hpp"

#include <algorithm>
#include <iomanip>

#include "epidemic/forecast.hpp"
#include "epidemic/metapopulation.hpp"
#include "epidemic/reproduction.hpp"
#include "epidemic/serial_interval.hpp"
#include "epidemic/stochastic.hpp"
#include "epidemic/vector_json.hpp"
#include "numerics/philox.hpp"

namespace veche::epidemic {
namespace {

using namespace vectors;

constexpr double exact_tolerance = 1e-12;  // of models that are compared to all printed digits

struct vector_case {
    members in, expect;
    nearness near;
    std::filesystem::path folder;
};
using case_outcome = std::string;

serial_interval interval_of_case(const vector_case& of, std::size_t days) {
    if (has(of.in, "si_file"))
        return sound(
            given(column_of(table_of(bytes_of(of.folder, word_of(at(of.in, "si_file")))), "w")));
    const members si = object_of(at(of.in, "si"));
    if (has(of.in, "k_max")) days = static_cast<std::size_t>(number_at(of.in, "k_max")) + 1;
    return sound(discretised(number_at(si, "mean"), number_at(si, "sd"), days));
}

case_outcome run_interval(const vector_case& of) {
    const std::string which = at(of.in, "k");
    std::vector<std::size_t> days;
    if (which.starts_with('"')) {
        const std::string range = word_of(which);
        const auto dots = range.find("..");
        if (dots == std::string::npos) throw unreadable{range + " is no range of days"};
        const double to = number_of(std::string_view(range).substr(dots + 2));
        for (auto k = static_cast<std::size_t>(number_of(range.substr(0, dots)));
             static_cast<double>(k) <= to; ++k)
            days.push_back(k);
    } else {
        for (const double k : numbers_of(which)) days.push_back(static_cast<std::size_t>(k));
    }
    const std::size_t most = days.empty() ? 1 : *std::max_element(days.begin(), days.end()) + 1;
    const auto w = sound(discretised(number_at(of.in, "mean"), number_at(of.in, "sd"),
                                     std::max<std::size_t>(most, 2)));
    comparison beside(of.near);
    if (has(of.expect, "w")) {
        const auto expected = list_of(at(of.expect, "w"));
        for (std::size_t i = 0; i < expected.size() && i < days.size(); ++i)
            beside.number("w of day " + std::to_string(days[i]), w[days[i]], expected[i]);
    }
    double sum = 0;
    for (const std::size_t k : days) sum += w[k];
    if (has(of.expect, "sum")) beside.number("sum", sum, at(of.expect, "sum"));
    return beside.said();
}

case_outcome run_growth(const vector_case& of) {
    comparison beside(of.near);
    beside.number("R", reproduction_of_growth(interval_of_case(of, 60), number_at(of.in, "r")),
                  at(of.expect, "R"));
    return beside.said();
}

estimate_settings settings_of_case(const vector_case& of) {
    estimate_settings how;
    how.window = static_cast<std::size_t>(number_or(of.in, "window", 7));
    if (has(of.in, "prior")) {
        const members prior = object_of(at(of.in, "prior"));
        how.prior_mean = number_at(prior, "mean");
        how.prior_deviation = number_at(prior, "sd");
    }
    return how;
}

/// All series of a case: one, or the rows of a file.
std::vector<incidence> counts_of_case(const vector_case& of) {
    if (has(of.in, "series_file")) {
        const tables::table t = table_of(bytes_of(of.folder, word_of(at(of.in, "series_file"))));
        std::vector<incidence> out(t.rows());
        for (const auto& column : t.columns()) {
            if (column.name == "series") continue;
            const auto day = tables::numbers_of(column);
            for (std::size_t r = 0; r < day.size(); ++r) out[r].cases.push_back(day[r]);
        }
        return out;
    }
    incidence one;
    one.cases =
        has(of.in, "incidence_file")
            ? column_of(table_of(bytes_of(of.folder, word_of(at(of.in, "incidence_file")))), "I")
            : numbers_of(at(of.in, "incidence"));
    if (has(of.in, "imported")) one.imported = numbers_of(at(of.in, "imported"));
    return {one};
}

constexpr const char* quantile_columns[] = {
    "Quantile.0.025(R)", "Quantile.0.05(R)", "Quantile.0.25(R)", "Median(R)",
    "Quantile.0.75(R)",  "Quantile.0.95(R)", "Quantile.0.975(R)"};

void beside_window(comparison& beside, const members& expected, const window_estimate& came) {
    const std::string name =
        std::to_string(came.from + 1) + " to " + std::to_string(came.to + 1) + " ";
    const std::pair<const char*, double> figures[] = {{"shape", came.shape},
                                                      {"Lambda", came.infectivity},
                                                      {"mean", came.mean()},
                                                      {"sd", came.deviation()},
                                                      {"p_above_1", came.above_one}};
    for (const auto& [field, value] : figures)
        if (has(expected, field)) beside.number(name + field, value, at(expected, field));
    if (!has(expected, "q")) return;
    for (const auto& [level, value] : object_of(at(expected, "q")))
        for (std::size_t q = 0; q < reported_levels.size(); ++q)
            if (number_of(level) == reported_levels[q])
                beside.number(name + "quantile " + level, came.quantiles[q], value);
}

void beside_table(comparison& beside, const tables::table& t,
                  const std::vector<window_estimate>& came) {
    const auto mean = column_of(t, "Mean(R)"), deviation = column_of(t, "Std(R)");
    if (mean.size() != came.size())
        return beside.differs("rows of the table", std::to_string(came.size()),
                              std::to_string(mean.size()));
    for (std::size_t i = 0; i < came.size(); ++i) {
        const std::string row = "row " + std::to_string(i + 1) + " ";
        beside.number_within(row + "mean", came[i].mean(), mean[i], 1e-9 * mean[i]);
        beside.number_within(row + "sd", came[i].deviation(), deviation[i], 1e-9 * deviation[i]);
        for (std::size_t q = 0; q < reported_levels.size(); ++q) {
            const double wanted = column_of(t, quantile_columns[q])[i];
            beside.number_within(row + quantile_columns[q], came[i].quantiles[q], wanted,
                                 1e-9 * wanted);
        }
    }
}

case_outcome run_reproduction(const vector_case& of) {
    if (has(of.in, "regions_file")) return std::string(not_run) + "regions with a sum beside them";
    comparison beside(of.near);
    std::vector<window_estimate> all;
    for (const incidence& one : counts_of_case(of)) {
        const auto made =
            sound(estimate(one, interval_of_case(of, one.cases.size()), settings_of_case(of)));
        all.insert(all.end(), made.begin(), made.end());
    }
    if (has(of.expect, "rows"))
        beside.number("rows", static_cast<double>(all.size()), at(of.expect, "rows"));
    if (has(of.expect, "at"))
        for (const std::string& text : list_of(at(of.expect, "at"))) {
            const members expected = object_of(text);
            const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) {
                return static_cast<double>(one.from + 1) == number_at(expected, "from") &&
                       static_cast<double>(one.to + 1) == number_at(expected, "to");
            });
            if (found == all.end())
                beside.differs("window", "none", text);
            else
                beside_window(beside, expected, *found);
        }
    if (has(of.expect, "table"))
        beside_table(beside, table_of(bytes_of(of.folder, word_of(at(of.expect, "table")))), all);
    if (has(of.expect, "max")) {
        const members expected = object_of(at(of.expect, "max"));
        const auto most =
            std::max_element(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.mean() < b.mean(); });
        beside.number("largest on", static_cast<double>(most->to + 1), at(expected, "to"));
        beside.number("largest", most->mean(), at(expected, "mean"));
    }
    if (has(of.expect, "sum_mean")) {
        double sum = 0;
        for (const auto& one : all) sum += one.mean();
        beside.number("sum of means", sum, at(of.expect, "sum_mean"));
    }
    return beside.said();
}

case_outcome run_final_size(const vector_case& of) {
    if (!has(of.in, "groups")) return std::string(not_run) + "final sizes by a matrix";
    std::vector<final_group> groups;
    double effective = 0;
    const double reproduction = number_at(of.in, "R0");
    for (const std::string& text : list_of(at(of.in, "groups"))) {
        const members one = object_of(text);
        groups.push_back({number_at(one, "share"), number_at(one, "susceptibility"),
                          number_at(one, "infectiousness")});
        effective += reproduction * groups.back().share * groups.back().susceptibility *
                     groups.back().infectiousness;
    }
    const auto made = sound(final_size(reproduction, groups));
    comparison beside(of.near);
    double total = 0;
    for (std::size_t g = 0; g < made.size(); ++g) total += groups[g].share * made[g];
    if (has(of.expect, "attack")) {
        const auto expected = list_of(at(of.expect, "attack"));
        for (std::size_t g = 0; g < expected.size() && g < made.size(); ++g)
            beside.number("group " + std::to_string(g + 1), made[g], expected[g]);
    }
    if (has(of.expect, "total")) beside.number("total", total, at(of.expect, "total"));
    if (has(of.expect, "R_effective"))
        beside.number("R_effective", effective, at(of.expect, "R_effective"));
    return beside.said();
}

/// S, E, I, R of each region beside what is expected: [time][region][4], or [time][4] for one.
void beside_states(comparison& beside, const trajectory& came, const std::string& expected,
                   bool one_region) {
    const auto times = list_of(expected);
    for (std::size_t t = 0; t < times.size() && t < came.at.size(); ++t) {
        const auto regions = one_region ? std::vector<std::string>{times[t]} : list_of(times[t]);
        for (std::size_t r = 0; r < regions.size(); ++r) {
            const auto figures = list_of(regions[r]);
            const compartments& now = came.at[t];
            const double states[] = {now.susceptible[r], now.exposed[r], now.infectious[r],
                                     now.removed[r]};
            for (std::size_t k = 0; k < 4 && k < figures.size(); ++k)
                beside.number(std::string("time ") + std::to_string(t + 1) + " region " +
                                  std::to_string(r + 1) + " " + "SEIR"[k],
                              states[k], figures[k]);
        }
    }
}

case_outcome run_one_region(const vector_case& of) {
    metapopulation model;
    const double people = number_at(of.in, "N"), exposed = number_or(of.in, "E0", 0),
                 infectious = number_at(of.in, "I0");
    const double sigma = number_at(of.in, "sigma"), gamma = number_at(of.in, "gamma"),
                 beta = number_at(of.in, "beta");
    model.people = {people};
    model.presence = numerics::dense(1, 1);
    model.presence(0, 0) = 1;
    model.beta = beta;
    model.local = 1;
    model.travel = 0;
    model.latent_days = 1 / sigma;
    model.infectious_days = 1 / gamma;
    const compartments start{{people - exposed - infectious}, {exposed}, {infectious}, {0}};
    comparison beside(of.near);
    if (has(of.expect, "states"))
        beside_states(
            beside,
            sound(integrate(model, start, numbers_of(at(of.in, "times")), {exact_tolerance})),
            at(of.expect, "states"), true);
    if (has(of.expect, "peak_I")) {
        const members peak = object_of(at(of.expect, "peak_I"));
        const double wanted = number_at(peak, "t");
        // Thousandths of a day around.
        std::vector<double> times;
        for (int k = -1000; k <= 1000; ++k) times.push_back(wanted + k * 1e-3);
        const auto made = sound(integrate(model, start, times, {exact_tolerance}));
        std::size_t most = 0;
        for (std::size_t k = 0; k < times.size(); ++k)
            if (made.at[k].infectious[0] > made.at[most].infectious[0]) most = k;
        beside.number_within("peak on", times[most], wanted, 1.5e-3);
        beside.number("peak", made.at[most].infectious[0], at(peak, "value"));
    }
    if (has(of.expect, "growth_rate"))
        beside.number(
            "growth",
            (std::sqrt((sigma - gamma) * (sigma - gamma) + 4 * sigma * beta) - sigma - gamma) / 2,
            at(of.expect, "growth_rate"));
    return beside.said();
}

numerics::dense matrix_of(const std::vector<std::string>& rows, std::size_t n) {
    numerics::dense out(n, n);
    for (std::size_t i = 0; i < rows.size() && i < n; ++i) {
        const auto cells = numbers_of(rows[i]);
        for (std::size_t j = 0; j < cells.size() && j < n; ++j) out(i, j) = cells[j];
    }
    return out;
}

struct case_model {
    metapopulation of;
    compartments start;
};
case_model model_of_case(const vector_case& of) {
    case_model out;
    if (has(of.in, "regions_file")) {
        const tables::table t = table_of(bytes_of(of.folder, word_of(at(of.in, "regions_file"))));
        out.of.people = column_of(t, "pop");
        out.start.infectious = column_of(t, "seed_I");
        const std::size_t n = out.of.people.size();
        std::vector<std::string> rows;
        std::istringstream lines(bytes_of(of.folder, word_of(at(of.in, "presence_file"))));
        for (std::string line; std::getline(lines, line);) rows.push_back("[" + line + "]");
        out.of.presence = matrix_of(rows, n);
        out.start.exposed.assign(n, 0);
        out.start.removed.assign(n, 0);
        for (std::size_t r = 0; r < n; ++r)
            out.start.susceptible.push_back(out.of.people[r] - out.start.infectious[r]);
        return out;
    }
    out.of.people = numbers_of(at(of.in, "N"));
    out.of.presence = matrix_of(list_of(at(of.in, "presence")), out.of.people.size());
    out.start = {numbers_of(at(of.in, "S0")), numbers_of(at(of.in, "E0")),
                 numbers_of(at(of.in, "I0")), numbers_of(at(of.in, "R0"))};
    return out;
}

case_outcome run_regions(const vector_case& of) {
    case_model model = model_of_case(of);
    model.of.beta = number_at(of.in, "beta");
    model.of.local = number_at(of.in, "local_weight");
    model.of.travel = number_at(of.in, "travel_weight");
    model.of.latent_days = number_at(of.in, "latent_days");
    model.of.infectious_days = number_at(of.in, "infectious_days");
    const auto made =
        sound(integrate(model.of, model.start, numbers_of(at(of.in, "times")), {exact_tolerance}));
    comparison beside(of.near);
    if (has(of.expect, "states")) beside_states(beside, made, at(of.expect, "states"), false);
    if (has(of.expect, "sum_S")) {
        double sum = 0;
        for (const double one : made.at.back().susceptible) sum += one;
        beside.number("sum of S", sum, at(of.expect, "sum_S"));
    }
    return beside.said();
}

/// The benchmark of doses by chance, all contacts where people are.
case_outcome run_stochastic(const vector_case& of) {
    const case_model model = model_of_case(of);
    planning_scenario s;
    s.of = model.of;
    s.start = model.start;
    s.of.beta = 0.5;
    s.of.local = 0;
    s.of.travel = 1;
    s.strata = {{}, {0.3, 0.6, 1}};
    s.dose_chance = 0.003;
    chain_settings how;
    how.days = static_cast<std::size_t>(number_at(of.in, "days"));
    how.replicates = static_cast<std::size_t>(number_at(of.in, "replicates"));
    const auto made = sound(run_chain(s, how));
    const auto band = band_of(made.at(made.infected, how.days));
    comparison beside(of.near);
    if (has(of.expect, "mean_ever_infected"))
        beside.number_within("mean", band.mean, number_at(of.expect, "mean_ever_infected"),
                             number_at(of.expect, "mean_tol"));
    if (has(of.expect, "sd_min") && band.deviation < number_at(of.expect, "sd_min"))
        beside.differs("deviation", numerics::digits(band.deviation), at(of.expect, "sd_min"));
    if (has(of.expect, "sd_max") && band.deviation > number_at(of.expect, "sd_max"))
        beside.differs("deviation", numerics::digits(band.deviation), at(of.expect, "sd_max"));
    return beside.said();
}

case_outcome run_reed_frost(const vector_case& of) {
    const auto law =
        reed_frost(static_cast<std::size_t>(number_at(of.in, "s0")),
                   static_cast<std::size_t>(number_at(of.in, "i0")), number_at(of.in, "q"));
    double mean = 0, square = 0;
    for (std::size_t k = 0; k < law.size(); ++k) {
        mean += law[k] * static_cast<double>(k);
        square += law[k] * static_cast<double>(k * k);
    }
    comparison beside(of.near);
    if (has(of.expect, "pmf")) {
        const auto expected = list_of(at(of.expect, "pmf"));
        for (std::size_t k = 0; k < expected.size() && k < law.size(); ++k)
            beside.number("chance of " + std::to_string(k), law[k], expected[k]);
    }
    const std::pair<const char*, double> figures[] = {
        {"mean", mean}, {"sd", std::sqrt(square - mean * mean)}, {"p0", law[0]}};
    for (const auto& [name, value] : figures)
        if (has(of.expect, name)) beside.number(name, value, at(of.expect, name));
    return beside.said();
}

template <std::size_t Count>
std::array<std::uint32_t, Count> hex_words(const std::string& text) {
    std::istringstream words(text);
    std::array<std::uint32_t, Count> out{};
    for (auto& one : out)
        if (!(words >> std::hex >> one)) throw unreadable{text + " has too few words"};
    return out;
}
case_outcome run_philox(const vector_case& of) {
    const auto came = numerics::philox(hex_words<4>(word_of(at(of.in, "ctr"))),
                                       hex_words<2>(word_of(at(of.in, "key"))));
    const std::string expected = word_of(at(of.expect, "out"));
    if (came == hex_words<4>(expected)) return {};
    std::ostringstream text;
    for (const auto one : came)
        text << (one == came[0] ? "" : " ") << std::hex << std::setw(8) << std::setfill('0') << one;
    comparison beside(of.near);
    beside.differs("words", text.str(), expected);
    return beside.said();
}

case_outcome run_dispersion(const vector_case& of) {
    const tables::table t = table_of(bytes_of(of.folder, word_of(at(of.in, "file"))));
    const auto region = sound(t.levels("iso_3166_2"));
    const auto total = column_of(t, "cum_cases");
    std::map<std::string, std::vector<double>> sums;
    for (std::size_t i = 0; i < total.size(); ++i)
        sums[region.names[static_cast<std::size_t>(region.code[i])]].push_back(total[i]);
    const auto from = static_cast<std::size_t>(number_at(of.in, "from_day"));
    comparison beside({5e-3, 0});
    const auto w = interval_of_case(of, 60);
    const members phi = object_of(at(of.expect, "phi")),
                  held = object_of(at(of.expect, "coverage95"));
    for (const auto& [name, of_region] : sums) {
        if (!has(phi, name) && !has(held, name)) continue;
        incidence one;
        for (std::size_t d = 1; d < of_region.size(); ++d)
            one.cases.push_back(std::max(0.0, of_region[d] - of_region[d - 1]));
        const auto windows = sound(estimate(one, w, settings_of_case(of)));
        const auto ahead = foretell(one, windows, infectivity_of(one, w));
        // A window that ends on that day foretells the next.
        const coverage c = coverage_from(ahead.days, from + 1);
        if (has(phi, name)) beside.number("phi of " + name, c.dispersion, at(phi, name));
        if (has(held, name))
            beside.number_within("coverage of " + name, c.plain, number_at(held, name), 1e-3);
    }
    return beside.said();
}

struct vector_kind {
    std::string_view name;
    case_outcome (*run)(const vector_case&);
};
constexpr vector_kind kinds[] = {
    {"discr_si", run_interval},          {"rt", run_reproduction},
    {"euler_lotka", run_growth},         {"final_size", run_final_size},
    {"seir_ode", run_one_region},        {"metapop_ode", run_regions},
    {"stochastic_seir", run_stochastic}, {"reed_frost", run_reed_frost},
    {"philox4x32_10", run_philox},       {"dispersion", run_dispersion}};

}  // namespace

std::optional<std::string> run_vector(std::string_view kind, std::string_view whole_case_json,
                                      const std::filesystem::path& folder) {
    const auto known = std::find_if(std::begin(kinds), std::end(kinds),
                                    [&](const vector_kind& one) { return one.name == kind; });
    if (known == std::end(kinds)) return std::nullopt;
    try {
        const members whole = object_of(whole_case_json);
        return known->run({object_of(at(whole, "in")), object_of(at(whole, "expect")),
                           nearness::of(whole), folder});
    } catch (const absent& file) {
        return std::string(not_run) + file.file + " is not at hand";
    } catch (const unreadable& fault) {
        return "the case cannot be read: " + fault.what;
    }
}

}  // namespace veche::epidemic
