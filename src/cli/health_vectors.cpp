#include "cli/health_vectors.hpp"

#include <algorithm>

#include "cli/doses.hpp"
#include "doseplan/solver.hpp"
#include "epidemic/vector_cases.hpp"
#include "epidemic/vector_json.hpp"
#include "kernel/csv.hpp"
#include "numerics/digits.hpp"
#include "prevention/oxcgrt.hpp"
#include "prevention/timeline.hpp"
#include "shares/dose_shares.hpp"
#include "shares/second_doses.hpp"

// What is taken into these names stays with them.
namespace veche::cli::of_health {
namespace {

using namespace epidemic::vectors;
using namespace prevention;

struct health_case {
    members in, expect;
    nearness near;
    std::filesystem::path folder;
};

double value_of(const ratio& of) {
    return static_cast<double>(of.num) / static_cast<double>(of.den);
}
std::int64_t whole_of(std::string_view text) {
    return static_cast<std::int64_t>(number_of(text));
}
/// A decimal or a fraction, exactly.
ratio exact_of(std::string_view text) {
    const auto made = exact_number(text.starts_with('"') ? word_of(text) : std::string(text));
    if (!made) throw unreadable{std::string(text) + " is no number of up to 18 digits"};
    return *made;
}

// --- Indices
// --------------------------------------------------------------------------------------

constexpr std::pair<const char*, policy_index> index_words[] = {
    {"StringencyIndex", policy_index::stringency},
    {"ContainmentHealthIndex", policy_index::containment_health},
    {"GovernmentResponseIndex", policy_index::government_response},
    {"EconomicSupportIndex", policy_index::economic_support}};

policy_index index_named(const std::string& name) {
    for (const auto& [word, index] : index_words)
        if (name == word) return index;
    throw unreadable{name + " is no index"};
}

std::string run_index(const health_case& of) {
    indicators day;
    for (const auto& [code, said] : object_of(at(of.in, "values"))) {
        const auto kind = kind_named(code);
        if (!kind || static_cast<std::size_t>(*kind) >= indicator_count)
            throw unreadable{code + " is no indicator"};
        const auto parts = list_of(said);
        if (parts.size() != 2) throw unreadable{code + " has no level and flag"};
        day[static_cast<std::size_t>(*kind)] = {static_cast<std::int32_t>(whole_of(parts[0])),
                                                parts[1] == "1"};
    }
    comparison beside(of.near);
    const auto names = describe<policy_index>().choices;
    for (const auto& [name, expected] : of.expect) {
        const auto which = std::find(names.begin(), names.end(), name);
        if (which == names.end()) throw unreadable{name + " is no index"};
        const auto came = index_of(static_cast<policy_index>(which - names.begin()), day);
        if (!came)
            beside.differs(name, "none", expected);
        else
            beside.number(name, value_of(*came), expected);
    }
    return beside.said();
}

/// Calls `use(columns, cells)` for each row of a file of OxCGRT.
template <class Use>
void each_row(const health_case& of, const std::string& file, Use&& use) {
    const std::string text = bytes_of(of.folder, file);
    csv_reader in(text, ',');
    const auto head = in.next();
    if (!head) throw unreadable{file + " is empty"};
    const policy_columns columns(head->fields);
    while (const auto row = in.next()) use(columns, row->fields);
    if (!in.fault().empty()) throw unreadable{file + ": " + in.fault()};
}

policy_day day_in(const policy_columns& columns, const std::vector<std::string>& row,
                  rules_for whom) {
    std::vector<cell_fault> faults;
    policy_day day = columns.read(row, whom, faults);
    if (!faults.empty()) throw unreadable{faults.front().why.sentence()};
    return day;
}

/// Published values of a table beside those that come out again.
class index_table {
  public:
    void row(const policy_columns& columns, const std::vector<std::string>& cells,
             const std::string& index, const std::string& column) {
        const std::string_view published = columns.cell(cells, index + "_" + column);
        if (published.empty()) return;
        const policy_index which = index_named(index);
        const auto of = [&](rules_for whom) {
            const policy_day day = day_in(columns, cells, whom);
            on_ = day.on;
            const auto made = index_of(which, day.known);
            if (!made) throw unreadable{to_text(day.on) + " has no " + index};
            return *made;
        };
        const ratio came = column == "Average"      ? of(rules_for::all)
                           : column == "Vaccinated" ? of(rules_for::vaccinated)
                           : column == "NonVaccinated"
                               ? of(rules_for::not_vaccinated)
                               : weighted(hundredths(of(rules_for::vaccinated)),
                                          hundredths(of(rules_for::not_vaccinated)),
                                          exact_of(columns.cell(cells, "PopulationVaccinated")));
        ++values_;
        worst_ = std::max(worst_, std::abs(number_of(published) - value_of(came)));
        if (hundredths(came) >= highest_.first) highest_ = {hundredths(came), on_};
    }
    [[nodiscard]] std::string beside(const members& expect) const {
        constexpr double rounding = 1e-9;
        comparison out({});
        out.number("values", static_cast<double>(values_), at(expect, "values"));
        const double allowed = number_at(expect, "max_abs_diff");
        if (worst_ > allowed + rounding)
            out.differs("largest difference", numerics::digits(worst_, 6),
                        at(expect, "max_abs_diff"));
        if (!has(expect, "max")) return out.said();
        const members most = object_of(at(expect, "max"));
        out.number("highest", static_cast<double>(highest_.first) / 100, at(most, "value"));
        if (to_text(highest_.second) != word_of(at(most, "date")))
            out.differs("day of it", to_text(highest_.second), word_of(at(most, "date")));
        return out.said();
    }

  private:
    std::int64_t values_ = 0;
    double worst_ = 0;
    date on_;
    std::pair<std::int64_t, date> highest_{-1, {}};
};

std::string run_index_table(const health_case& of) {
    index_table table;
    const auto indices = list_of(at(of.in, "indices")), columns = list_of(at(of.in, "columns"));
    each_row(of, word_of(at(of.in, "file")), [&](const policy_columns& in, const auto& cells) {
        for (const std::string& index : indices)
            for (const std::string& column : columns)
                table.row(in, cells, word_of(index), word_of(column));
    });
    return table.beside(of.expect);
}

// --- Clashes
// --------------------------------------------------------------------------------------

/// Days of each place, as they were read; every kind stays at hand.
using place_days = std::map<std::string, std::vector<policy_day>>;

place_days days_of_places(const health_case& of) {
    std::vector<std::string> files;
    if (has(of.in, "files"))
        for (const std::string& one : list_of(at(of.in, "files"))) files.push_back(word_of(one));
    else
        files.push_back(word_of(at(of.in, "file")));
    const std::string only = has(of.in, "jurisdiction") ? word_of(at(of.in, "jurisdiction")) : "";
    const rules_for whom = has(of.in, "version") ? rules_for::not_vaccinated : rules_for::all;
    place_days out;
    for (const std::string& file : files)
        each_row(of, file, [&](const policy_columns& columns, const auto& cells) {
            if (!only.empty() && columns.cell(cells, "Jurisdiction") != only) return;
            policy_day day = day_in(columns, cells, whom);
            out[day.country + day.region].push_back(std::move(day));
        });
    return out;
}

std::int64_t clash_days(const place_days& all, preventive_kind kind, std::int32_t gap) {
    std::vector<timeline> places;
    for (const auto& [name, days] : all) {
        std::vector<stretch> each;
        for (const policy_day& day : days) {
            const indicator& known = day.known[static_cast<std::size_t>(kind)];
            each.push_back({day.on, day.on, {known.level.value_or(0), known.general, {}, {}}});
        }
        places.push_back(laid_out(each));
    }
    return days_apart(places, gap);
}

/// Stringency of two places day by day, in hundredths: mean and largest gap. As it was published,
/// for what a file of majorities lets compute is another value once rules differ by vaccination.
std::pair<double, double> stringency_gap(const health_case& of) {
    std::map<std::string, std::map<std::int32_t, std::int64_t>> places;
    const auto files = list_of(at(of.in, "files"));
    for (const std::string& file : files)
        each_row(of, word_of(file), [&](const policy_columns& columns, const auto& cells) {
            const policy_day day = day_in(columns, cells, rules_for::all);
            const auto published = columns.cell(cells, "StringencyIndex_Average");
            const auto made = index_of(policy_index::stringency, day.known);
            if (!published.empty())
                places[day.country + day.region][day.on.days] =
                    hundredths(exact_of(std::string(published)));
            else if (made)
                places[day.country + day.region][day.on.days] = hundredths(*made);
        });
    if (places.size() != 2) throw unreadable{"a gap is between two places"};
    const auto& first = places.begin()->second;
    std::int64_t sum = 0, most = 0, days = 0;
    for (const auto& [day, index] : std::next(places.begin())->second) {
        const auto other = first.find(day);
        if (other == first.end()) continue;
        const std::int64_t gap = std::abs(index - other->second);
        sum += gap;
        most = std::max(most, gap);
        ++days;
    }
    return {
        static_cast<double>(sum) / (100.0 * static_cast<double>(std::max<std::int64_t>(1, days))),
        static_cast<double>(most) / 100};
}

std::string run_clash_days(const health_case& of) {
    const place_days all = days_of_places(of);
    comparison beside(nearness{0, 1e-6});
    for (const auto& [code, expected] : object_of(at(of.expect, "days"))) {
        const auto kind = kind_named(code);
        if (!kind) throw unreadable{code + " is no kind"};
        const auto gap = static_cast<std::int32_t>(whole_of(at(of.in, "gap")));
        beside.number(code, static_cast<double>(clash_days(all, *kind, gap)), expected);
    }
    if (!has(of.expect, "mean_abs_stringency_gap")) return beside.said();
    const auto [mean, most] = stringency_gap(of);
    beside.number("mean gap", mean, at(of.expect, "mean_abs_stringency_gap"));
    beside.number("largest gap", most, at(of.expect, "max_abs_stringency_gap"));
    return beside.said();
}

// --- Doses
// ----------------------------------------------------------------------------------------

std::string run_sharing(const health_case& of) {
    shares::dose_request in;
    const std::string rule = word_of(at(of.in, "rule"));
    if (rule != "maxmin" && rule != "capped" && rule != "proportional")
        throw unreadable{rule + " is no rule"};
    in.rule = rule == "maxmin"   ? shares::dose_rule::max_min
              : rule == "capped" ? shares::dose_rule::capped
                                 : shares::dose_rule::proportional;
    in.amount = whole_of(at(of.in, "amount"));
    for (const std::string& text : list_of(at(of.in, "regions"))) {
        const members one = object_of(text);
        shares::dose_region region{word_of(at(one, "id")), whole_of(at(one, "population")), 0, {}};
        if (has(one, "coverage")) {
            const ratio covered = exact_of(at(one, "coverage"));
            in.scale = covered.den;
            region.already = covered.num * region.weight;
        }
        if (has(one, "already")) region.already = whole_of(at(one, "already"));
        if (has(one, "cap")) region.cap = whole_of(at(one, "cap"));
        in.regions.push_back(std::move(region));
    }
    const shares::dose_plan made = sound(shares::share_doses(in));
    comparison beside({});
    if (const std::string fault = shares::fault_in(in, made); !fault.empty())
        beside.differs("check", fault, "nothing");
    if (has(of.expect, "level") && made.level != word_of(at(of.expect, "level")))
        beside.differs("level", made.level, word_of(at(of.expect, "level")));
    if (!has(of.expect, "doses")) return beside.said();
    const members expected = object_of(at(of.expect, "doses"));
    for (const shares::dose_share& one : made.shares)
        if (has(expected, one.name))
            beside.number(one.name, static_cast<double>(one.doses), at(expected, one.name));
    return beside.said();
}

std::string run_second_doses(const health_case& of) {
    shares::second_dose_question in;
    const std::int64_t weeks = whole_of(at(of.in, "weeks"));
    const std::string supply = at(of.in, "weekly_supply"), policy = word_of(at(of.in, "policy"));
    if (supply.starts_with('['))
        for (const std::string& one : list_of(supply)) in.supply.push_back(whole_of(one));
    else if (weeks >= 0 && weeks <= 1040)
        in.supply.assign(static_cast<std::size_t>(weeks), whole_of(supply));
    in.interval = static_cast<std::int32_t>(whole_of(at(of.in, "interval_weeks")));
    if (policy == "lockbox")
        in.policy = shares::reserve_policy::lockbox;
    else if (policy == "setaside")
        in.policy = shares::reserve_policy::set_aside;
    else if (policy != "release")
        throw unreadable{policy + " is no policy"};
    if (has(of.in, "horizon_weeks"))
        in.horizon = static_cast<std::int32_t>(whole_of(at(of.in, "horizon_weeks")));
    const shares::second_dose_run made = sound(shares::run_policy(in));
    comparison beside({});
    if (has(of.expect, "peak_reserve"))
        beside.number("peak reserve", static_cast<double>(made.peak_reserve),
                      at(of.expect, "peak_reserve"));
    if (!has(of.expect, "firsts")) return beside.said();
    const auto firsts = list_of(at(of.expect, "firsts"));
    if (firsts.size() != made.weeks.size())
        beside.differs("weeks", std::to_string(made.weeks.size()), std::to_string(firsts.size()));
    for (std::size_t t = 0; t < std::min(firsts.size(), made.weeks.size()); ++t)
        beside.number("first doses of week " + std::to_string(t + 1),
                      static_cast<double>(made.weeks[t].firsts), firsts[t]);
    return beside.said();
}

/// Doses of opened vials that were not given, a month alone and all so far; and what a chain of
/// levels loses in all (health.md, 6.3).
std::string run_wastage(const health_case& of) {
    comparison beside(of.near);
    const auto figure = [&](const std::string& name, double came, const std::string& expected) {
        beside.number(name, came, numerics::shortest(value_of(exact_of(expected))));
    };
    if (has(of.in, "months")) {
        std::vector<std::string> monthly, cumulative;
        if (has(of.expect, "monthly")) monthly = list_of(at(of.expect, "monthly"));
        if (has(of.expect, "cumulative")) cumulative = list_of(at(of.expect, "cumulative"));
        double opened = 0, given = 0;
        std::size_t month = 0;
        for (const std::string& text : list_of(at(of.in, "months"))) {
            const members one = object_of(text);
            const double doses = number_at(one, "vials_opened") * number_at(one, "doses_per_vial");
            opened += doses;
            given += number_at(one, "given");
            const std::string name = std::to_string(month + 1);
            if (month < monthly.size())
                figure("month " + name, (doses - number_at(one, "given")) / doses, monthly[month]);
            if (month < cumulative.size())
                figure("up to month " + name, (opened - given) / opened, cumulative[month]);
            ++month;
        }
        return beside.said();
    }
    double kept = 1 - value_of(exact_of(at(of.in, "w_open")));
    for (std::int64_t level = 0; level < whole_of(at(of.in, "levels")); ++level)
        kept *= 1 - value_of(exact_of(at(of.in, "w_closed")));
    if (has(of.expect, "total")) figure("total", 1 - kept, at(of.expect, "total"));
    if (has(of.expect, "factor")) figure("factor", 1 / kept, at(of.expect, "factor"));
    return beside.said();
}

/// Days of the case as dates, and its steps as rows of a book.
class stock_rows {
  public:
    void add(std::int64_t day, const std::string& event, std::map<std::string, std::string> more) {
        more["day"] = day_of(day);
        more["event"] = event;
        more["site"] = "store";
        rows_.emplace(day, std::move(more));
    }
    static std::string day_of(std::int64_t day) {
        return to_text(date{parse_date("2026-03-01")->days + static_cast<std::int32_t>(day)});
    }
    [[nodiscard]] std::vector<dose_row> in_order() const {
        std::vector<dose_row> out;
        for (const auto& [day, cells] : rows_) out.emplace_back(out.size() + 2, cells);
        return out;
    }

  private:
    std::multimap<std::int64_t, std::map<std::string, std::string>> rows_;
};

/// Doses of each lot that a move of this kind took on the day.
std::map<std::string, std::int64_t> moved(const kept_stock& of, doses::move_kind kind,
                                          const std::string& day) {
    std::map<std::string, std::int64_t> out;
    for (const doses::lot_view& lot : of.lots)
        for (const doses::move_row& one : lot.moves)
            if (one.kind == kind && to_text(one.on) == day) out[lot.row.lot.value] += one.doses;
    return out;
}

void beside_lots(comparison& beside, const std::string& name, const std::string& expected,
                 std::map<std::string, std::int64_t> came) {
    for (const auto& [lot, doses] : object_of(expected)) {
        beside.number(name + " " + lot, static_cast<double>(came[lot]), doses);
        came.erase(lot);
    }
    for (const auto& [lot, doses] : came)
        if (doses != 0) beside.differs(name + " " + lot, std::to_string(doses), "0");
}

std::string run_stock(const health_case& of) {
    stock_rows rows;
    for (const std::string& text : list_of(at(of.in, "lots"))) {
        const members one = object_of(text);
        rows.add(whole_of(at(one, "received")), "receive",
                 {{"lot", word_of(at(one, "id"))},
                  {"doses", at(one, "doses")},
                  {"expires", stock_rows::day_of(whole_of(at(one, "expires")))}});
    }
    const auto steps = list_of(at(of.in, "steps"));
    // What expires in a step is written off where the case says so.
    auto expected =
        has(of.expect, "steps") ? list_of(at(of.expect, "steps")) : std::vector<std::string>();
    expected.resize(steps.size(), "{}");
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const members step = object_of(steps[i]);
        rows.add(whole_of(at(step, "day")), "open", {{"doses", at(step, "issue")}});
        const members came = object_of(expected.at(i));
        if (!has(came, "expired")) continue;
        for (const auto& [lot, doses] : object_of(at(came, "expired")))
            rows.add(whole_of(at(step, "day")), "discard",
                     {{"lot", lot}, {"doses", doses}, {"why", "expired"}, {"state", "expired"}});
    }
    const kept_stock made = sound(kept_stock_of({}, rows.in_order()));
    comparison beside({});
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string day = stock_rows::day_of(whole_of(at(object_of(steps[i]), "day")));
        const members said = object_of(expected[i]);
        if (has(said, "taken"))
            beside_lots(beside, "taken", at(said, "taken"),
                        moved(made, doses::move_kind::opened, day));
        if (has(said, "expired"))
            beside_lots(beside, "expired", at(said, "expired"),
                        moved(made, doses::move_kind::expired, day));
    }
    std::map<std::string, std::int64_t> left;
    for (const doses::lot_view& lot : made.lots) left[lot.row.lot.value] = lot.row.usable;
    if (has(of.expect, "left")) beside_lots(beside, "left", at(of.expect, "left"), left);
    const doses::product_row& product = made.stock.products.at(0);
    if (has(of.expect, "loss"))
        beside.number("loss", static_cast<double>(product.lost_closed), at(of.expect, "loss"));
    if (!has(of.expect, "closed_vial_wastage")) return beside.said();
    const ratio wastage = product.wastage_closed.value_or(ratio{});
    if (!(wastage == exact_of(at(of.expect, "closed_vial_wastage"))))
        beside.differs("closed-vial wastage", to_text(wastage),
                       word_of(at(of.expect, "closed_vial_wastage")));
    return beside.said();
}

std::string run_death_plan(const health_case& of) {
    shares::death_problem in;
    in.weeks = static_cast<std::int32_t>(whole_of(at(of.in, "weeks")));
    in.interval = static_cast<std::int32_t>(whole_of(at(of.in, "interval")));
    in.effect = exact_of(at(of.in, "effect"));
    in.supply = exact_of(at(of.in, "weekly_supply_share"));
    in.capacity = exact_of(at(of.in, "weekly_capacity_share"));
    in.floor = exact_of(at(of.in, "floor_share"));
    const auto rows = [&](const char* name) {
        std::vector<std::vector<std::string>> out;
        const std::string text = bytes_of(of.folder, word_of(at(of.in, name)));
        csv_reader read(text, ',');
        read.next();
        while (auto row = read.next()) out.push_back(std::move(row->fields));
        return out;
    };
    // Eighteen decimals are read; what a double prints beyond them lies below its own rounding.
    constexpr std::size_t most_digits = 20;
    std::map<std::string, ratio> hazard;
    for (const auto& row : rows("hazard_file"))
        hazard[row.at(0)] = exact_of(row.at(1).substr(0, most_digits));
    for (const auto& row : rows("regions_file"))
        in.regions.push_back({row.at(0), whole_of(row.at(1)), hazard.at(row[0]), {}});
    for (const auto& row : rows("groups_file"))
        in.groups.push_back(
            {row.at(0), exact_of(row.at(1)), exact_of(row.at(2)), exact_of(row.at(3))});
    if (const auto fault = shares::check_problem(in); !fault)
        throw unreadable{fault.error().sentence()};
    comparison beside(of.near);
    const doseplan::solved made = doseplan::solve_and_tell(in);
    const std::string status = made.proposal.feasible ? "optimal" : "infeasible";
    if (status != word_of(at(of.expect, "status")))
        beside.differs("status", status, word_of(at(of.expect, "status")));
    if (has(of.expect, "columns"))
        beside.number("columns", static_cast<double>(doseplan::program_of(in).cost.size()),
                      at(of.expect, "columns"));
    if (!made.proposal.feasible || !has(of.expect, "deaths_averted")) return beside.said();
    beside.number("deaths averted", made.value, at(of.expect, "deaths_averted"));
    const shares::death_plan whole = sound(shares::whole_plan(in, made.proposal));
    if (const std::string fault = shares::fault_in(in, whole); !fault.empty())
        beside.differs("check", fault, "nothing");
    beside.number("bound", number_of(shares::in_decimals(whole.bound)),
                  at(of.expect, "deaths_averted"));
    return beside.said();
}

using case_runner = std::string (*)(const health_case&);
constexpr std::pair<std::string_view, case_runner> kinds_run[] = {
    {"policy_index", run_index},
    {"policy_index_table", run_index_table},
    {"clash_days", run_clash_days},
    {"allocate", run_sharing},
    {"stock", run_stock},
    {"vaccine_lp", run_death_plan},
    {"second_dose", run_second_doses},
    {"wastage", run_wastage}};

}  // namespace

static std::optional<std::string> run_case(std::string_view kind, std::string_view whole_case,
                                           const std::filesystem::path& folder) {
    const auto found = std::find_if(std::begin(kinds_run), std::end(kinds_run),
                                    [&](const auto& one) { return one.first == kind; });
    if (found == std::end(kinds_run)) return std::nullopt;
    try {
        const members all = object_of(whole_case);
        health_case one{object_of(at(all, "in")), object_of(at(all, "expect")), nearness::of(all),
                        folder};
        return found->second(one);
    } catch (const absent& of) {
        return std::string(epidemic::not_run) + of.file + " is not at hand";
    } catch (const unreadable& of) {
        return of.what;
    } catch (const std::out_of_range&) {
        return std::string("a row or a member is missing");
    }
}

}  // namespace veche::cli::of_health

namespace veche::cli {

std::optional<std::string> run_health_vector(std::string_view kind, std::string_view whole_case,
                                             const std::filesystem::path& folder) {
    return of_health::run_case(kind, whole_case, folder);
}

}  // namespace veche::cli
