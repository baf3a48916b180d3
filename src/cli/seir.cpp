#include "cli/seir.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "cli/evidence_sheet.hpp"
#include "cli/files.hpp"
#include "cli/picture_file.hpp"
#include "cli/refusal.hpp"
#include "cli/seir_record.hpp"
#include "cli/table_file.hpp"
#include "epidemic/stochastic.hpp"
#include "kernel/csv.hpp"
#include "kernel/hash.hpp"
#include "numerics/digits.hpp"
#include "render/band_chart.hpp"

namespace veche::cli {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_faults_shown = 50;
constexpr std::size_t most_with_bands = 3;  // scenarios of a picture that still can be told apart

struct planned_run {
    epidemic::planning_scenario of;
    epidemic::foreseen law;
    epidemic::chain_runs chances;  ///< without replicates: none were asked for
};
struct planned {
    std::vector<std::string> regions;
    std::vector<planned_run> runs;
    std::vector<seir_input> inputs;
};

/// What is shown by day, by equations and by chance.
struct quantity {
    const char* name;
    const char* title;
    double (*law)(const epidemic::foreseen&, std::size_t);
    const std::vector<double> epidemic::chain_runs::* chances;
    bool of_hospitals = false;
};
constexpr quantity quantities[] = {
    {"infectious", "Infectious people",
     [](const epidemic::foreseen& of, std::size_t t) { return of.infectious[t]; },
     &epidemic::chain_runs::infectious},
    {"infected_new", "Infected within the day",
     [](const epidemic::foreseen& of, std::size_t t) {
         return t == 0 ? 0 : of.infected[t] - of.infected[t - 1];
     },
     &epidemic::chain_runs::infected_new},
    {"infected", "Ever infected",
     [](const epidemic::foreseen& of, std::size_t t) { return of.infected[t]; },
     &epidemic::chain_runs::infected},
    {"dead", "Dead", [](const epidemic::foreseen& of, std::size_t t) { return of.dead[t]; },
     &epidemic::chain_runs::dead},
    {"ward", "People in wards",
     [](const epidemic::foreseen& of, std::size_t t) { return of.in_ward[t]; },
     &epidemic::chain_runs::in_ward, true},
    {"intensive", "People in intensive care",
     [](const epidemic::foreseen& of, std::size_t t) { return of.in_intensive[t]; },
     &epidemic::chain_runs::in_intensive, true},
};

const quantity& quantity_of(const std::string& name) {
    const auto at = std::find_if(std::begin(quantities), std::end(quantities),
                                 [&](const quantity& one) { return name == one.name; });
    return at == std::end(quantities) ? quantities[0] : *at;
}

std::vector<std::string> seir_files(const seir_options& o) {
    return {o.regions.string(), o.presence.string(), o.measures.string(), o.doses.string()};
}

/// Effects by dose as strata; an effect that is not said is none.
std::vector<epidemic::stratum> strata_of(const seir_options& o) {
    const std::size_t doses = std::max({o.ve_infection.size(), o.ve_transmission.size(),
                                        o.ve_death.size(), o.ve_admission.size()});
    std::vector<epidemic::stratum> out = {{}};
    for (std::size_t k = 0; k < doses; ++k) {
        const auto rest = [&](const std::vector<double>& effects) {
            return k < effects.size() ? 1 - effects[k] : 1;
        };
        out.push_back({rest(o.ve_infection), rest(o.ve_transmission), rest(o.ve_death),
                       rest(o.ve_admission)});
    }
    return out;
}

epidemic::planning_scenario common_of(const seir_options& o) {
    epidemic::planning_scenario out;
    out.of.beta = o.reproduction > 0 ? o.reproduction / o.infectious_days : o.beta;
    out.of.local = o.home;
    out.of.travel = 1 - o.home;
    out.of.latent_days = o.latent_days;
    out.of.infectious_days = o.infectious_days;
    out.fatality = o.fatality;
    out.hospital = o.hospital;
    out.dose_chance = o.dose_chance;
    out.strata = strata_of(o);
    return out;
}

result<void> check_options(const seir_options& o) {
    if ((o.beta > 0) == (o.reproduction > 0)) return refuse(refusals::seir_beta_unclear, "beta");
    const bool shares = o.home >= 0 && o.home <= 1 && o.level > 0 && o.level < 1;
    if (!shares) return refuse(refusals::seir_share_unsound, "home");
    for (const auto* list : {&o.ve_infection, &o.ve_transmission, &o.ve_death, &o.ve_admission})
        for (const double one : *list)
            if (!(one >= 0 && one <= 1)) return refuse(refusals::seir_share_unsound, "ve");
    const bool of_hospitals = o.drawn == "ward" || o.drawn == "intensive";
    if (!o.hospital.there() &&
        (o.hospital.admitted > 0 || o.hospital.intensive > 0 || of_hospitals))
        return refuse(refusals::seir_without_hospitals, "ward-days");
    if (!o.start.empty() && !parse_date(o.start))
        return refuse(refusals::seir_start_unsound, "start", o.start);
    return {};
}

/// Reads the tables; says every fault in them.
result<planned> read_plan(const seir_options& o, const terminal& on) {
    planned out;
    std::vector<std::string> bytes;
    const char* roles[] = {"regions", "presence", "measures", "doses"};
    const auto files = seir_files(o);
    for (std::size_t k = 0; k < files.size(); ++k) {
        bytes.push_back(files[k].empty() ? std::string() : VECHE_TRY(read_file(files[k])));
        if (!files[k].empty())
            out.inputs.push_back({roles[k], files[k], to_hex(sha256(bytes.back()))});
    }
    const auto table_at = [&](std::size_t k) -> result<std::optional<tables::table>> {
        if (files[k].empty()) return std::nullopt;
        return table_in(files[k], bytes[k]);
    };
    const auto regions = VECHE_TRY(table_at(0));
    const auto measures = VECHE_TRY(table_at(2)), doses = VECHE_TRY(table_at(3));
    epidemic::planning_read read = VECHE_TRY(
        epidemic::read_planning({&*regions, o.columns, bytes[1], measures ? &*measures : nullptr,
                                 doses ? &*doses : nullptr, parse_date(o.start)},
                                common_of(o)));
    if (!read.faults.empty()) {
        for (std::size_t k = 0; k < std::min(read.faults.size(), most_faults_shown); ++k)
            on.err << read.faults[k].table << ": " << read.faults[k].why.sentence() << '\n';
        return refuse(refusals::seir_rows_unsound, read.faults[0].table,
                      std::to_string(read.faults.size()));
    }
    out.regions = std::move(read.regions);
    for (auto& one : read.scenarios) out.runs.push_back({std::move(one), {}, {}});
    return out;
}

result<planned> run_plan(const seir_options& o, const terminal& on) {
    VECHE_CHECK(check_options(o));
    planned out = VECHE_TRY(read_plan(o, on));
    progress_bar bar(on, "Running");
    for (std::size_t k = 0; k < out.runs.size(); ++k) {
        bar.show(k, out.runs.size());
        planned_run& one = out.runs[k];
        one.law = VECHE_TRY(epidemic::foresee(one.of, o.days, {o.tolerance}));
        if (o.replicates > 0)
            one.chances = VECHE_TRY(epidemic::run_chain(
                one.of, {o.seed, o.replicates, o.days, o.threads, nullptr, o.steps}));
    }
    return out;
}

std::string day_name(const seir_options& o, std::size_t time) {
    if (o.start.empty()) return std::to_string(time);
    // Time 1 is the end of day 1.
    return to_text(date{parse_date(o.start)->days + static_cast<std::int32_t>(time) - 1});
}

void add_band(std::string& to, const planned_run& of, const std::vector<double>& values,
              std::size_t row, double level) {
    if (of.chances.replicates == 0) {
        to += ",,,,,,,";
        return;
    }
    const auto band = epidemic::band_of(of.chances.at(values, row), level);
    for (const double one : {band.mean, band.deviation, band.low, band.quarter, band.median,
                             band.three_quarters, band.high})
        to += "," + numerics::digits(one);
}

std::string days_table(const seir_options& o, const planned& of) {
    std::string out =
        "scenario,day,quantity,equations,mean,deviation,low,quarter,median,three_quarters,high\n";
    for (const planned_run& run : of.runs)
        for (std::size_t t = 0; t <= o.days; ++t)
            for (const quantity& one : quantities) {
                if (one.of_hospitals && !o.hospital.there()) continue;
                out += csv_cell(run.of.name) + "," + day_name(o, t) + "," + one.name + "," +
                       numerics::digits(one.law(run.law, t));
                add_band(out, run, run.chances.*one.chances, t, o.level);
                out += '\n';
            }
    return out;
}

std::string regions_table(const seir_options& o, const planned& of) {
    std::string out =
        "scenario,region,people,quantity,equations,mean,deviation,low,quarter,median,"
        "three_quarters,high\n";
    struct part {
        const char* name;
        const std::vector<double>& (*law)(const epidemic::foreseen&);
        std::vector<double> epidemic::chain_runs::* chances;
    };
    using law = const epidemic::foreseen&;
    using values = const std::vector<double>&;
    std::vector<part> parts = {
        {"infected", [](law one) -> values { return one.infected_by_region; },
         &epidemic::chain_runs::infected_by_region},
        {"dead", [](law one) -> values { return one.dead_by_region; },
         &epidemic::chain_runs::dead_by_region},
        {"infectious_most", [](law one) -> values { return one.peak_by_region; },
         &epidemic::chain_runs::peak_by_region}};
    if (o.hospital.there()) {
        parts.push_back({"ward_most", [](law one) -> values { return one.wards.most; },
                         &epidemic::chain_runs::ward_by_region});
        parts.push_back({"intensive_most",
                         [](law one) -> values { return one.intensive_care.most; },
                         &epidemic::chain_runs::intensive_by_region});
    }
    for (const planned_run& run : of.runs)
        for (std::size_t r = 0; r < of.regions.size(); ++r)
            for (const part& one : parts) {
                out += csv_cell(run.of.name) + "," + csv_cell(of.regions[r]) + "," +
                       numerics::digits(run.of.of.people[r], 15) + "," + one.name + "," +
                       numerics::digits(one.law(run.law)[r]);
                add_band(out, run, run.chances.*one.chances, r, o.level);
                out += '\n';
            }
    return out;
}

/// The most of each replicate on one day.
std::vector<double> peaks_of(const epidemic::chain_runs& of, const std::vector<double>& values) {
    std::vector<double> out(of.replicates, 0);
    for (std::size_t t = 0; t <= of.days; ++t)
        for (std::size_t k = 0; k < of.replicates; ++k)
            out[k] = std::max(out[k], values[t * of.replicates + k]);
    return out;
}

sheet_table ends_of(const seir_options& o, const planned& of) {
    sheet_table out{
        "by the last day",
        {"scenario", "ever infected, equations", "mean", "low", "median", "high", "dead, equations",
         "median", "most infectious, equations", "on", "median", "doses given, equations", "left"},
        {}};
    for (const planned_run& run : of.runs) {
        const auto top = std::max_element(run.law.infectious.begin(), run.law.infectious.end());
        const auto at = static_cast<std::size_t>(top - run.law.infectious.begin());
        const bool chances = run.chances.replicates > 0;
        epidemic::value_band infected{unknown, unknown, unknown, unknown,
                                      unknown, unknown, unknown},
            dead = infected, most = infected;
        if (chances) {
            infected = epidemic::band_of(run.chances.at(run.chances.infected, o.days), o.level);
            dead = epidemic::band_of(run.chances.at(run.chances.dead, o.days), o.level);
            most = epidemic::band_of(peaks_of(run.chances, run.chances.infectious), o.level);
        }
        out.rows.push_back({run.of.name, run.law.infected.back(), infected.mean, infected.low,
                            infected.median, infected.high, run.law.dead.back(), dead.median, *top,
                            day_name(o, at), most.median, run.law.doses_given, run.law.doses_left});
    }
    return out;
}

/// What each scenario spares beside the first, replicate by replicate under the same luck.
sheet_table spared(const seir_options& o, const planned& of) {
    sheet_table out{"spared beside the baseline, under the same luck",
                    {"scenario", "infections, equations", "mean", "low", "median", "high",
                     "replicates with fewer, %", "deaths, mean", "low", "high"},
                    {}};
    const planned_run& base = of.runs[0];
    const auto less = [&](const planned_run& run,
                          const std::vector<double> epidemic::chain_runs::* part) {
        auto was = base.chances.at(base.chances.*part, o.days);
        const auto is = run.chances.at(run.chances.*part, o.days);
        for (std::size_t k = 0; k < was.size(); ++k) was[k] -= is[k];
        return was;
    };
    for (std::size_t k = 1; k < of.runs.size(); ++k) {
        const planned_run& run = of.runs[k];
        std::vector<table_cell> row = {run.of.name,
                                       base.law.infected.back() - run.law.infected.back()};
        if (run.chances.replicates == 0) {
            row.insert(row.end(), 8, table_cell(unknown));
        } else {
            const auto infected = less(run, &epidemic::chain_runs::infected);
            const auto fewer =
                std::count_if(infected.begin(), infected.end(), [](double x) { return x > 0; });
            const auto band = epidemic::band_of(infected, o.level);
            const auto dead = epidemic::band_of(less(run, &epidemic::chain_runs::dead), o.level);
            for (const double one :
                 {band.mean, band.low, band.median, band.high,
                  100 * static_cast<double>(fewer) / static_cast<double>(infected.size()),
                  dead.mean, dead.low, dead.high})
                row.push_back(one);
        }
        out.rows.push_back(std::move(row));
    }
    return out;
}

/// One kind of care of a run.
struct care_kind {
    const char* name;
    const std::vector<double>& beds;
    const epidemic::foreseen::beds_in_use& used;
    const std::vector<double>&law, &chances, &by_region;
};
std::vector<care_kind> care_of(const planned_run& run) {
    return {{"ward", run.of.beds, run.law.wards, run.law.in_ward, run.chances.in_ward,
             run.chances.ward_by_region},
            {"intensive", run.of.intensive_beds, run.law.intensive_care, run.law.in_intensive,
             run.chances.in_intensive, run.chances.intensive_by_region}};
}
/// Beds of all regions; NaN where those of one are not known.
double beds_of_all(const std::vector<double>& beds) {
    double sum = beds.empty() ? unknown : 0;
    for (const double one : beds) sum += one;
    return sum;
}
double percent_above(const std::vector<double>& values, double beds) {
    if (values.empty() || std::isnan(beds)) return unknown;
    const auto above =
        std::count_if(values.begin(), values.end(), [&](double x) { return x > beds; });
    return 100 * static_cast<double>(above) / static_cast<double>(values.size());
}
table_cell day_or_none(const seir_options& o, double time) {
    return time < 0 ? table_cell("") : day_name(o, static_cast<std::size_t>(time));
}

/// Where and when beds would not suffice: all regions together, as if everybody could be taken to
/// where one is free, and then each by itself.
sheet_table care_together(const seir_options& o, const planned& of) {
    sheet_table out{"in hospital at once, all regions together",
                    {"scenario", "care", "beds", "most, equations", "on", "short from", "median",
                     "high", "replicates with too few, %", "regions with too few, equations"},
                    {}};
    for (const planned_run& run : of.runs)
        for (const care_kind& one : care_of(run)) {
            const auto top = std::max_element(one.law.begin(), one.law.end());
            const double beds = beds_of_all(one.beds);
            const auto first = std::find_if(one.law.begin(), one.law.end(), [&](double used) {
                return std::floor(used + 0.5) > beds;
            });
            epidemic::value_band band{unknown, unknown, unknown, unknown,
                                      unknown, unknown, unknown};
            std::vector<double> most;
            if (run.chances.replicates > 0) {
                most = peaks_of(run.chances, one.chances);
                band = epidemic::band_of(most, o.level);
            }
            const auto without =
                std::count_if(one.used.short_from.begin(), one.used.short_from.end(),
                              [](double day) { return day >= 0; });
            out.rows.push_back({run.of.name, one.name, beds, *top,
                                day_name(o, static_cast<std::size_t>(top - one.law.begin())),
                                first == one.law.end() ? table_cell("")
                                                       : day_name(o, static_cast<std::size_t>(
                                                                         first - one.law.begin())),
                                band.median, band.high, percent_above(most, beds),
                                one.beds.empty() ? unknown : static_cast<double>(without)});
        }
    return out;
}

sheet_table care_by_region(const seir_options& o, const planned& of) {
    constexpr std::size_t most_shown = 20;
    sheet_table out{"where beds are fewer than the people, the worst first",
                    {"scenario", "care", "region", "beds", "most, equations", "on", "short from",
                     "median", "high", "replicates with too few, %"},
                    {}};
    for (const planned_run& run : of.runs)
        for (const care_kind& one : care_of(run)) {
            std::vector<std::size_t> regions;
            for (std::size_t r = 0; r < one.beds.size(); ++r)
                if (one.used.short_from[r] >= 0) regions.push_back(r);
            std::stable_sort(regions.begin(), regions.end(), [&](std::size_t a, std::size_t b) {
                return one.used.most[a] * one.beds[b] > one.used.most[b] * one.beds[a];
            });
            if (regions.size() > most_shown) regions.resize(most_shown);
            for (const std::size_t r : regions) {
                std::vector<double> most;
                if (run.chances.replicates > 0) most = run.chances.at(one.by_region, r);
                const auto band = epidemic::band_of(most, o.level);
                out.rows.push_back(
                    {run.of.name, one.name, of.regions[r], one.beds[r], one.used.most[r],
                     day_or_none(o, one.used.on[r]), day_or_none(o, one.used.short_from[r]),
                     most.empty() ? unknown : band.median, most.empty() ? unknown : band.high,
                     percent_above(most, one.beds[r])});
            }
        }
    return out;
}

/// Steps of an axis in units that readers know, and the word for them.
std::string label_steps(double most, std::vector<render::chart_tick>& to) {
    double unit = 1;
    std::string word;
    if (most >= 2e6) {
        unit = 1e6;
        word = ", millions";
    } else if (most >= 2e4) {
        unit = 1e3;
        word = ", thousands";
    }
    for (const double at : render::axis_steps(most))
        to.push_back({at, numerics::digits(at / unit, 6)});
    return word;
}

std::string seir_picture(const seir_options& o, const planned& of) {
    const quantity& shown = quantity_of(o.drawn);
    std::vector<render::band_line> lines;
    std::vector<render::chart_tick> times, steps;
    double most = 1;
    const bool banded = o.replicates > 0 && of.runs.size() <= most_with_bands;
    const std::size_t every = std::max<std::size_t>(1, o.days / 120);
    for (const planned_run& run : of.runs) {
        render::band_line line{run.of.name, {}, {}, {}};
        for (std::size_t t = 0; t <= o.days; t += every) {
            double middle = shown.law(run.law, t);
            if (o.replicates > 0) {
                const auto band =
                    epidemic::band_of(run.chances.at(run.chances.*shown.chances, t), o.level);
                middle = band.median;
                most = std::max(most, banded ? band.high : middle);
                if (banded) {
                    line.low.push_back(band.low);
                    line.high.push_back(band.high);
                }
            }
            line.middle.push_back(middle);
            most = std::max(most, middle);
        }
        lines.push_back(std::move(line));
    }
    std::optional<double> beds;
    if (shown.of_hospitals) {
        const double all =
            beds_of_all(std::string_view(shown.name) == "ward" ? of.runs[0].of.beds
                                                               : of.runs[0].of.intensive_beds);
        if (!std::isnan(all)) beds = all;
        most = std::max(most, beds.value_or(0));
    }
    const std::size_t points = lines[0].middle.size(), label = std::max<std::size_t>(1, points / 3);
    for (std::size_t p = 0; p < points; ++p)
        times.push_back({static_cast<double>(p * every),
                         p % label == 0 ? day_name(o, p * every) : std::string()});
    const std::string unit = label_steps(most, steps);
    std::string about = "By equations.";
    if (o.replicates > 0) about = fmt::format("Medians of {} runs by chance.", o.replicates);
    if (banded)
        about += fmt::format(" {} % of them lie in the band.", numerics::digits(100 * o.level, 3));
    if (beds) about += fmt::format(" The level across: {} beds.", numerics::digits(*beds, 9));
    return render::bands(shown.title + unit, about, times, steps, lines, beds).bytes;
}

void add_facts(const seir_options& o, const planned& of, evidence_sheet& to) {
    to.title = "Scenarios of an epidemic";
    to.facts.push_back({"method", std::string(seir_method)});
    for (const seir_input& one : of.inputs)
        to.facts.push_back({one.role, std::filesystem::path(one.file).filename().string() +
                                          ", SHA-256 " + one.sha256});
    to.facts.push_back({"how many regions", static_cast<double>(of.regions.size())});
    to.facts.push_back({"days", static_cast<double>(o.days)});
    to.facts.push_back({"replicates", static_cast<double>(o.replicates)});
    to.facts.push_back({"seed", static_cast<double>(o.seed)});
    to.facts.push_back({"steps of chance in a day", static_cast<double>(o.steps)});
    to.facts.push_back({"beta", common_of(o).of.beta});
    to.facts.push_back({"latent days", o.latent_days});
    to.facts.push_back({"infectious days", o.infectious_days});
    if (o.hospital.there()) {
        to.facts.push_back({"admitted to hospital, share", o.hospital.admitted});
        to.facts.push_back({"days in a ward", o.hospital.ward_days});
        to.facts.push_back({"from there to intensive care, share", o.hospital.intensive});
        to.facts.push_back({"days in intensive care", o.hospital.intensive_days});
        to.facts.push_back({"dying in a ward, share", o.hospital.ward_fatality});
        to.facts.push_back({"dying in intensive care, share", o.hospital.intensive_fatality});
    }
    to.facts.push_back({"between low and high, %", 100 * o.level});
    to.facts.push_back({"error allowed in a step, a person and part of a state", o.tolerance});
}

void add_doses_left(const planned& of, evidence_sheet& to) {
    for (const planned_run& run : of.runs)
        if (run.law.doses_left > 0.5)
            to.remarks.push_back(fmt::format("{}: {} planned doses found nobody to take them.",
                                             run.of.name, numerics::digits(run.law.doses_left, 6)));
}

result<void> write_record(const seir_options& o, const planned& of, const std::string& hash) {
    seir_record out{seir_method, settings_of(o), of.inputs, hash};
    const auto folder = std::filesystem::absolute(o.record).parent_path();
    for (seir_input& one : out.inputs)
        one.file = std::filesystem::absolute(one.file).lexically_proximate(folder).string();
    return write_new_file(o.record, to_json(out) + "\n", false);
}

/// Runs and shows; the hash of what came out.
result<std::string> run_and_show(const seir_options& o, const terminal& on,
                                 const std::vector<seir_input>& recorded) {
    const planned made = VECHE_TRY(run_plan(o, on));
    for (std::size_t k = 0; k < recorded.size() && k < made.inputs.size(); ++k)
        if (recorded[k].sha256 != made.inputs[k].sha256)
            return refuse(refusals::seir_input_changed, recorded[k].role, recorded[k].file,
                          made.inputs[k].sha256, recorded[k].sha256);
    const std::string days = days_table(o, made), regions = regions_table(o, made);
    const std::string hash = to_hex(sha256(days + regions));
    evidence_sheet sheet;
    add_facts(o, made, sheet);
    sheet.facts.push_back({"result, SHA-256", hash});
    sheet.tables.push_back(ends_of(o, made));
    if (made.runs.size() > 1) sheet.tables.push_back(spared(o, made));
    if (o.hospital.there()) {
        sheet.tables.push_back(care_together(o, made));
        if (sheet_table of = care_by_region(o, made); !of.rows.empty())
            sheet.tables.push_back(std::move(of));
        sheet.remarks.push_back(
            "Whoever finds no bed is counted as if there were one: what the lack would cost is not "
            "in the figures.");
    }
    add_doses_left(made, sheet);
    if (!o.all.empty()) VECHE_CHECK(write_new_file(o.all, days, false));
    if (!o.by_region.empty()) VECHE_CHECK(write_new_file(o.by_region, regions, false));
    if (!o.svg.empty())
        VECHE_CHECK(write_new_file(o.svg, picture_file(seir_picture(o, made)), false));
    if (!o.record.empty()) VECHE_CHECK(write_record(o, made, hash));
    show(sheet, on);
    return hash;
}

int replay_record(const seir_options& how, const terminal& on) {
    const auto record = read_described<seir_record>(how.replay);
    if (!record) return on.fail(record.error());
    const auto options =
        options_of(*record, std::filesystem::absolute(how.replay).parent_path(), how);
    if (!options) return on.fail(options.error());
    const auto hash = run_and_show(*options, on, record->inputs);
    if (!hash) return on.fail(hash.error());
    const bool same = *hash == record->result;
    on.say(same ? "The recorded result came out again."
                : "Another result came out: " + *hash + ", recorded " + record->result + ".");
    return same ? done : refused;
}

}  // namespace

int seir(const seir_options& o, const terminal& on) {
    if (!o.replay.empty()) return replay_record(o, on);
    if (o.regions.empty() || o.presence.empty())
        return on.fail("Name the file of regions and, with --presence, the matrix; or --replay.",
                       wrong_usage);
    const auto made = run_and_show(o, on, {});
    return made ? int{done} : on.fail(made.error());
}

}  // namespace veche::cli
