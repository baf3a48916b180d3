#include "epidemic/planning_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "epidemic/refusal.hpp"
#include "kernel/csv.hpp"
#include "numerics/digits.hpp"

namespace veche::epidemic {
namespace {

constexpr double whole_below = 1e15;

std::optional<double> real_in(std::string_view text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool all = fault == std::errc{} && end == text.data() + text.size();
    return all && std::isfinite(value) ? std::optional(value) : std::nullopt;
}
bool whole(double x) {
    return x >= 0 && x == std::floor(x) && x < whole_below;
}
std::string row_name(std::size_t r) {
    return std::to_string(r + 1);
}

/// One table, row by row, and where its faults go.
class plan_rows {
  public:
    plan_rows(const tables::table& of, std::string name, planning_read& into)
        : of_(of), name_(std::move(name)), into_(into) {}

    [[nodiscard]] std::size_t count() const { return of_.rows(); }
    [[nodiscard]] bool has(const std::string& column) const { return of_.has(column); }
    /// The cell without blanks around; "" where it is missing or there is no such column.
    [[nodiscard]] std::string cell(const std::string& column, std::size_t r) const {
        const auto found = of_.find(column);
        if (!found) return {};
        const std::string text = tables::text_of(**found, r).value_or("");
        const auto begin = text.find_first_not_of(' ');
        if (begin == std::string::npos) return {};
        return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
    }
    result<void> need(const std::vector<std::string>& columns) const {
        for (const std::string& one : columns) VECHE_TRY(of_.find(one));
        return {};
    }
    template <class... Args>
    void fault(const refusal_kind& kind, std::size_t r, Args&&... args) {
        auto made = refuse(kind, name_, row_name(r), std::forward<Args>(args)...);
        into_.faults.push_back({name_, std::move(made).value()});
    }

  private:
    const tables::table& of_;
    std::string name_;
    planning_read& into_;
};

/// The people of a state; 0 with a fault where the cell is unsound.
double people_in(plan_rows& rows, const std::string& column, std::size_t r,
                 const std::string& region) {
    if (!rows.has(column)) return 0;
    const std::string text = rows.cell(column, r);
    const auto value = real_in(text);
    if (value && whole(*value)) return *value;
    rows.fault(refusals::state_unsound, r, text, column, region);
    return 0;
}

/// Beds of a region, NaN where nothing is said.
double beds_in(plan_rows& rows, const std::string& column, std::size_t r,
               const std::string& region) {
    if (rows.cell(column, r).empty()) return std::numeric_limits<double>::quiet_NaN();
    return people_in(rows, column, r, region);
}

/// Who is in hospital at the start. Without hospitals in the model nobody may be.
double in_hospitals(const planning_columns& named, plan_rows& rows, std::size_t r,
                    const std::string& region, planning_scenario& base) {
    double sum = 0;
    for (const auto& [column, into] :
         {std::pair(&named.ward, &base.in_ward), {&named.intensive, &base.in_intensive}}) {
        if (!rows.has(*column)) continue;
        const double there = people_in(rows, *column, r, region);
        if (there > 0 && !base.hospital.there())
            rows.fault(refusals::plan_without_hospitals, r, numerics::digits(there, 15), *column);
        into->push_back(there);
        sum += there;
    }
    if (!base.hospital.there()) return sum;
    if (rows.has(named.beds)) base.beds.push_back(beds_in(rows, named.beds, r, region));
    if (rows.has(named.intensive_beds))
        base.intensive_beds.push_back(beds_in(rows, named.intensive_beds, r, region));
    return sum;
}

result<void> read_regions(const planning_tables& from, planning_scenario& base,
                          planning_read& out) {
    plan_rows rows(*from.regions, "regions", out);
    const planning_columns& named = from.columns;
    VECHE_CHECK(rows.need({named.region, named.people, named.infectious}));
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const std::string region = rows.cell(named.region, r);
        if (region.empty())
            rows.fault(refusals::plan_region_unnamed, r);
        else if (std::find(out.regions.begin(), out.regions.end(), region) != out.regions.end())
            rows.fault(refusals::plan_region_repeated, r, region);
        out.regions.push_back(region);
        const std::string text = rows.cell(named.people, r);
        const auto people = real_in(text);
        const bool sound = people && whole(*people) && *people > 0;
        if (!sound) rows.fault(refusals::plan_people_unsound, r, text, region);
        const double e = people_in(rows, named.exposed, r, region);
        const double i = people_in(rows, named.infectious, r, region);
        const double gone = people_in(rows, named.removed, r, region);
        const double cared = in_hospitals(named, rows, r, region, base);
        if (sound && e + i + gone + cared > *people)
            rows.fault(refusals::plan_states_exceed, r, numerics::digits(e + i + gone + cared, 15),
                       text, region);
        base.of.people.push_back(sound ? *people : 1);
        base.start.susceptible.push_back(sound ? *people - e - i - gone - cared : 1);
        base.start.exposed.push_back(e);
        base.start.infectious.push_back(i);
        base.start.removed.push_back(gone);
    }
    if (rows.count() == 0) return refuse(refusals::plan_without_regions, "regions");
    return {};
}

/// The matrix as its rows of text, with names in front and above where it has them.
class presence_reader {
  public:
    presence_reader(std::string_view text, planning_read& into) : into_(into) {
        csv_reader rows(text);
        while (auto row = rows.next()) rows_.push_back(*std::move(row));
        if (!rows.fault().empty()) {
            fault(refusals::plan_matrix_row_broken, std::to_string(rows.line()));
            rows_.clear();
        } else if (rows_.empty()) {
            fault(refusals::plan_matrix_size, "0", std::to_string(into_.regions.size()));
        }
    }

    numerics::dense read() {
        const std::size_t n = into_.regions.size();
        numerics::dense out(n, n);
        if (rows_.empty()) return out;
        const bool headed =
            std::any_of(rows_[0].fields.begin(), rows_[0].fields.end(),
                        [](const std::string& one) { return !one.empty() && !real_in(one); });
        std::vector<std::size_t> columns(n);
        for (std::size_t j = 0; j < n; ++j) columns[j] = j;
        if (headed && !place_columns(columns)) return out;
        std::vector<bool> seen(n, false);
        const std::size_t first = headed ? 1 : 0;
        for (std::size_t k = first; k < rows_.size(); ++k)
            read_row(k, k - first, columns, seen, out);
        if (into_.faults.empty() && std::find(seen.begin(), seen.end(), false) != seen.end())
            fault(refusals::plan_matrix_size, std::to_string(rows_.size() - first),
                  std::to_string(n));
        return out;
    }

  private:
    template <class... Args>
    void fault(const refusal_kind& kind, Args&&... args) {
        into_.faults.push_back(
            {"presence", refuse(kind, "presence", std::forward<Args>(args)...).value()});
    }
    [[nodiscard]] std::optional<std::size_t> region_at(const std::string& name) const {
        const auto found = std::find(into_.regions.begin(), into_.regions.end(), name);
        if (found == into_.regions.end()) return std::nullopt;
        return static_cast<std::size_t>(found - into_.regions.begin());
    }

    /// With a header, each row begins with its region.
    bool place_columns(std::vector<std::size_t>& columns) {
        named_ = true;
        const auto& head = rows_[0].fields;
        if (head.size() != columns.size() + 1) {
            fault(refusals::plan_matrix_cells, std::to_string(rows_[0].line),
                  std::to_string(head.size()), std::to_string(columns.size() + 1));
            return false;
        }
        bool all = true;
        for (std::size_t j = 0; j < columns.size(); ++j) {
            const auto at = region_at(head[j + 1]);
            if (at)
                columns[j] = *at;
            else
                fault(refusals::plan_region_unknown, std::to_string(rows_[0].line), head[j + 1]);
            all &= at.has_value();
        }
        return all;
    }

    void read_row(std::size_t k, std::size_t order, const std::vector<std::size_t>& columns,
                  std::vector<bool>& seen, numerics::dense& out) {
        const auto& fields = rows_[k].fields;
        const std::string line = std::to_string(rows_[k].line);
        const std::size_t before = named_ ? 1 : 0;
        if (fields.size() != columns.size() + before)
            return fault(refusals::plan_matrix_cells, line, std::to_string(fields.size()),
                         std::to_string(columns.size() + before));
        const auto at = named_ ? region_at(fields[0]) : std::optional(order);
        if (!at) return fault(refusals::plan_region_unknown, line, fields[0]);
        if (*at >= columns.size())
            return fault(refusals::plan_matrix_size, std::to_string(rows_.size() - before),
                         std::to_string(columns.size()));
        if (seen[*at]) return fault(refusals::plan_region_repeated, line, into_.regions[*at]);
        seen[*at] = true;
        double sum = 0;
        bool sound = true;
        for (std::size_t j = 0; j < columns.size(); ++j) {
            const auto share = real_in(fields[j + before]);
            if (!share || *share < 0 || *share > 1) {
                fault(refusals::plan_share_unsound, line, fields[j + before],
                      into_.regions[columns[j]]);
                sound = false;
                continue;
            }
            out(*at, columns[j]) = *share;
            sum += *share;
        }
        if (sound && !(std::abs(sum - 1) <= 1e-6))
            fault(refusals::plan_matrix_sum, line, into_.regions[*at], numerics::digits(sum));
    }

    planning_read& into_;
    std::vector<csv_row> rows_;
    bool named_ = false;
};

/// Measures and doses, laid to the scenarios that they are of.
class plan_reader {
  public:
    plan_reader(const planning_tables& from, const planning_scenario& base, planning_read& out)
        : from_(from), out_(out) {
        out_.scenarios = {base};
        out_.scenarios[0].name = "baseline";
    }

    /// Names first, so that rows of all scenarios reach those that come later.
    void name_scenarios(const tables::table* of) {
        if (of == nullptr) return;
        const plan_rows rows(*of, "", out_);
        for (std::size_t r = 0; r < rows.count(); ++r) {
            const std::string name = rows.cell("scenario", r);
            if (name.empty() || at(name) != nullptr) continue;
            planning_scenario one = out_.scenarios[0];
            one.name = name;
            out_.scenarios.push_back(std::move(one));
        }
    }

    result<void> read_measures() {
        plan_rows rows(*from_.measures, "measures", out_);
        VECHE_CHECK(rows.need({"kind", "from", "to", "value"}));
        for (std::size_t r = 0; r < rows.count(); ++r) {
            const auto from = day_in(rows, "from", r), to = day_in(rows, "to", r);
            if (!from || !to) continue;
            if (*from > *to) {
                rows.fault(refusals::plan_period_unsound, r, rows.cell("from", r),
                           rows.cell("to", r));
                continue;
            }
            const std::string kind = rows.cell("kind", r), text = rows.cell("value", r);
            const auto value = real_in(text);
            if (kind != "border" && kind != "contacts") {
                rows.fault(refusals::plan_kind_unknown, r, kind);
            } else if (!value || *value < 0 || (kind == "border" && *value > 1)) {
                rows.fault(
                    kind == "border" ? refusals::plan_open_unsound : refusals::plan_factor_unsound,
                    r, text);
            } else if (kind == "contacts") {
                add(rows, r, [&](planning_scenario& to_scenario) {
                    to_scenario.contacts.push_back({*from, *to + 1, *value});
                });
            } else if (const auto side = side_in(rows, r)) {
                add(rows, r, [&](planning_scenario& to_scenario) {
                    to_scenario.borders.push_back({*from, *to + 1, *side, *value});
                });
            }
        }
        return {};
    }

    result<void> read_doses() {
        plan_rows rows(*from_.doses, "doses", out_);
        VECHE_CHECK(rows.need({"day", "region", "count"}));
        const std::size_t most = out_.scenarios[0].strata.size() - 1;
        for (std::size_t r = 0; r < rows.count(); ++r) {
            const auto day = day_in(rows, "day", r);
            const auto region = region_in(rows, r, rows.cell("region", r));
            const std::string text = rows.cell("count", r), dose_text = rows.cell("dose", r);
            const auto count = real_in(text), dose = real_in(dose_text.empty() ? "1" : dose_text);
            if (!count || !whole(*count)) rows.fault(refusals::plan_doses_unsound, r, text);
            const bool known =
                dose && whole(*dose) && *dose >= 1 && *dose <= static_cast<double>(most);
            if (!known) rows.fault(refusals::plan_dose_unknown, r, dose_text, std::to_string(most));
            if (!day || !region || !count || !whole(*count) || !known) continue;
            add(rows, r, [&](planning_scenario& to) {
                to.doses.push_back({*day, *region, static_cast<std::size_t>(*dose), *count});
            });
        }
        return {};
    }

  private:
    planning_scenario* at(const std::string& name) {
        for (planning_scenario& one : out_.scenarios)
            if (one.name == name) return &one;
        return nullptr;
    }
    template <class Change>
    void add(plan_rows& rows, std::size_t r, Change change) {
        const std::string name = rows.cell("scenario", r);
        if (!name.empty()) return change(*at(name));
        for (planning_scenario& one : out_.scenarios) change(one);
    }

    /// Day 1 is the first; inside, days count from 0.
    std::optional<std::size_t> day_in(plan_rows& rows, const char* column, std::size_t r) {
        const std::string text = rows.cell(column, r);
        const auto number = real_in(text);
        if (number && whole(*number) && *number >= 1 && *number < 1e6)
            return static_cast<std::size_t>(*number) - 1;
        const auto day = parse_date(text);
        if (from_.first_day && day && day->days >= from_.first_day->days)
            return static_cast<std::size_t>(day->days - from_.first_day->days);
        if (from_.first_day)
            rows.fault(refusals::plan_date_unsound, r, text, to_text(*from_.first_day));
        else
            rows.fault(refusals::plan_day_unsound, r, text);
        return std::nullopt;
    }
    std::optional<std::size_t> region_in(plan_rows& rows, std::size_t r, const std::string& name) {
        const auto found = std::find(out_.regions.begin(), out_.regions.end(), name);
        if (found != out_.regions.end())
            return static_cast<std::size_t>(found - out_.regions.begin());
        rows.fault(refusals::plan_region_unknown, r, name);
        return std::nullopt;
    }
    /// Names parted by semicolons, or by blanks where there is no semicolon; one name may have
    /// blanks.
    [[nodiscard]] std::vector<std::string> names_in(const std::string& text) const {
        if (std::find(out_.regions.begin(), out_.regions.end(), text) != out_.regions.end())
            return {text};
        const char mark = text.find(';') == std::string::npos ? ' ' : ';';
        std::vector<std::string> out;
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find(mark, begin), text.size());
            std::string name = text.substr(begin, end - begin);
            name.erase(0, name.find_first_not_of(' '));
            name.erase(name.find_last_not_of(' ') + 1);
            if (!name.empty()) out.push_back(std::move(name));
            begin = end + 1;
        }
        return out;
    }
    std::optional<std::vector<bool>> side_in(plan_rows& rows, std::size_t r) {
        std::vector<bool> out(out_.regions.size(), false);
        bool some = false, sound = true;
        for (const std::string& name : names_in(rows.cell("regions", r))) {
            const auto region = region_in(rows, r, name);
            sound &= region.has_value();
            some = true;
            if (region) out[*region] = true;
        }
        const bool parts = some && std::find(out.begin(), out.end(), false) != out.end();
        if (sound && !parts) rows.fault(refusals::plan_side_unsound, r);
        return sound && parts ? std::optional(out) : std::nullopt;
    }

    const planning_tables& from_;
    planning_read& out_;
};

}  // namespace

result<planning_read> read_planning(const planning_tables& from, const planning_scenario& common) {
    planning_read out;
    planning_scenario base = common;
    VECHE_CHECK(read_regions(from, base, out));
    base.of.presence = presence_reader(from.presence, out).read();
    plan_reader plan(from, base, out);
    plan.name_scenarios(from.measures);
    plan.name_scenarios(from.doses);
    if (from.measures != nullptr) VECHE_CHECK(plan.read_measures());
    if (from.doses != nullptr) VECHE_CHECK(plan.read_doses());
    if (!out.faults.empty()) out.scenarios.clear();
    return out;
}

}  // namespace veche::epidemic
