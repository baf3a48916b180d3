#include "situation/csv_counts.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "kernel/csv.hpp"
#include "situation/refusal.hpp"

namespace veche::situation {
namespace {

using name_pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_problems_told = 200;
constexpr std::string_view region_column = "region", day_column = "day", left_out = "-";

std::string shortened(const std::string& cell) {
    return cell.substr(0, 40);
}

/// The number between two positions of a text of digits; -1 where there are other characters.
int number_at(std::string_view text) {
    int value = -1;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = fault == std::errc{} && end == text.data() + text.size() && !text.empty();
    return whole && text.front() != '-' && text.front() != '+' ? value : -1;
}

std::optional<date> day_in_iso(std::string_view text) {
    std::string spread(text);
    if (text.size() == 8 && text.find_first_not_of("0123456789") == text.npos)
        spread.insert(6, "-").insert(4, "-");
    return parse_date(spread);
}

std::optional<date> day_in_slashes(std::string_view text) {
    const std::size_t first = text.find('/'), second = text.find('/', first + 1);
    if (first == text.npos || second == text.npos) return std::nullopt;
    const int month = number_at(text.substr(0, first));
    const int day = number_at(text.substr(first + 1, second - first - 1));
    const std::string_view last = text.substr(second + 1);
    int year = number_at(last);
    if (last.size() == 2 && year >= 0) year += 2000;
    if (month < 1 || day < 1 || year < 1900 || last.size() == 3 || last.size() > 4)
        return std::nullopt;
    char spread[16];
    if (month > 12 || day > 31) return std::nullopt;
    const int length = std::snprintf(spread, sizeof spread, "%04d-%02d-%02d", year, month, day);
    return parse_date(std::string_view(spread, static_cast<std::size_t>(length)));
}

std::optional<date> day_read_in(std::string_view text, day_form how) {
    return how == day_form::iso ? day_in_iso(text) : day_in_slashes(text);
}

struct count_cell {
    std::int64_t value = 0;
    cell_place place;
};

class counts_reader {
  public:
    counts_reader(std::string_view csv, const csv_layout& how) : in_(csv), how_(how) {}

    csv_counts read() {
        const auto head = in_.next();
        if (head && take_head(head->fields))
            while (const auto row = in_.next()) {
                const bool empty =
                    std::all_of(row->fields.begin(), row->fields.end(),
                                [](const std::string& cell) { return cell.empty(); });
                if (!empty) take(*row);
            }
        return finish();
    }

  private:
    struct column_use {
        std::string heading;
        std::string as;           ///< "region", "day", a series; "" where it is left out
        std::optional<date> day;  ///< of a table with a column for each day
    };

    void problem(std::int64_t line, std::string column, const refusal_kind& kind,
                 std::vector<std::string> words) {
        if (out_.problems.size() < most_problems_told)
            out_.problems.push_back(
                {line, std::move(column), record_of(refusal{&kind, "", std::move(words)})});
    }

    csv_counts finish() {
        if (!in_.fault().empty())
            problem(static_cast<std::int64_t>(in_.line()), "", refusals::file_unsound,
                    {in_.fault()});
        for (const auto& [key, by_day] : cells_) add_runs(key, by_day);
        if (out_.runs.empty() && out_.problems.empty()) problem(1, "", refusals::file_empty, {});
        return std::move(out_);
    }

    /// What the column is called by the layout; its own name where that says nothing.
    std::string meaning_of(const std::string& heading) const {
        for (const auto& [as, column] : how_.columns)
            if (column == heading) return as;
        return heading;
    }

    bool take_head(const std::vector<std::string>& head) {
        for (const std::string& heading : head) {
            column_use use{heading, meaning_of(heading), {}};
            if (use.as == left_out || use.as.empty()) {
                use.as.clear();
            } else if (use.as != region_column && use.as != day_column) {
                const bool twice = std::any_of(columns_.begin(), columns_.end(),
                                               [&](auto& one) { return one.as == use.as; });
                if (twice) problem(1, heading, refusals::column_twice, {heading});
                if (!how_.wide.empty()) {
                    use.day = day_read_in(heading, how_.days);
                    if (!use.day) problem(1, heading, refusals::day_malformed, {heading});
                } else if (!is_identifier(use.as)) {
                    problem(1, heading, refusals::column_unknown, {shortened(heading)});
                }
            }
            columns_.push_back(std::move(use));
        }
        if (how_.region_name.empty()) need(region_column);
        if (how_.wide.empty()) need(day_column);
        return out_.problems.empty();
    }

    void need(std::string_view as) {
        const bool there = std::any_of(columns_.begin(), columns_.end(),
                                       [&](const column_use& one) { return one.as == as; });
        if (!there) problem(1, std::string(as), refusals::column_missing, {std::string(as)});
    }

    std::string region_in(const csv_row& row) const {
        std::string name = how_.region_name;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].as == region_column) name = row.fields[i];
        for (const auto& [in_file, in_register] : how_.regions)
            if (in_file == name) return in_register;
        return name;
    }

    bool asked_for(const std::string& region) const {
        return how_.only.empty() ||
               std::find(how_.only.begin(), how_.only.end(), region) != how_.only.end();
    }

    void take(const csv_row& row) {
        const auto line = static_cast<std::int64_t>(row.line);
        if (row.fields.size() != columns_.size())
            return problem(line, "", refusals::cells_differ,
                           {std::to_string(row.fields.size()), std::to_string(columns_.size())});
        const std::string region = region_in(row);
        if (!asked_for(region)) {
            ++out_.passed_over;
            return;
        }
        if (!is_identifier(region))
            return region.empty()
                       ? problem(line, std::string(region_column), refusals::region_missing, {})
                       : problem(line, std::string(region_column), refusals::region_unknown,
                                 {shortened(region)});
        std::optional<date> day;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (columns_[i].as == day_column) {
                day = day_read_in(row.fields[i], how_.days);
                if (!day)
                    return problem(line, columns_[i].heading, refusals::day_malformed,
                                   {shortened(row.fields[i])});
            }
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const column_use& use = columns_[i];
            if (use.as.empty() || use.as == region_column || use.as == day_column) continue;
            take_cell({region}, use, use.day ? use.day : day, row.fields[i], line);
        }
    }

    void take_cell(const region_id& region, const column_use& use, std::optional<date> day,
                   const std::string& cell, std::int64_t line) {
        if (cell.empty()) return;
        std::int64_t value = 0;
        const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (fault != std::errc{} || end != cell.data() + cell.size())
            return problem(line, use.heading, refusals::cell_malformed, {shortened(cell)});
        if (value < 0)
            return problem(line, use.heading, refusals::count_impossible, {shortened(cell)});
        const series_id series{how_.wide.empty() ? use.as : how_.wide};
        auto& by_day = cells_[{region, series}];
        if (!by_day.emplace(*day, count_cell{value, {line, use.heading}}).second)
            problem(line, use.heading, refusals::day_twice,
                    {series.value, region.value, to_text(*day)});
    }

    void add_runs(const std::pair<region_id, series_id>& key,
                  const std::map<date, count_cell>& by_day) {
        for (const auto& [day, cell] : by_day) {
            const bool follows = !out_.runs.empty() && out_.runs.back().region == key.first &&
                                 out_.runs.back().series == key.second &&
                                 out_.runs.back().from.days + static_cast<std::int32_t>(
                                                                  out_.runs.back().values.size()) ==
                                     day.days;
            if (!follows) {
                out_.runs.push_back({key.first, key.second, day, {}});
                out_.places.emplace_back();
            }
            out_.runs.back().values.push_back(cell.value);
            out_.places.back().push_back(cell.place);
            ++out_.values;
        }
    }

    csv_reader in_;
    const csv_layout& how_;
    std::vector<column_use> columns_;
    std::map<std::pair<region_id, series_id>, std::map<date, count_cell>> cells_;
    csv_counts out_;
};

}  // namespace

csv_counts read_csv_counts(std::string_view csv, const csv_layout& how) {
    return counts_reader(csv, how).read();
}

std::vector<file_remark> remarks_on(const csv_counts& of, count_basis basis, std::size_t most) {
    std::vector<file_remark> out;
    for (std::size_t r = 0; r < of.runs.size(); ++r) {
        const count_run& run = of.runs[r];
        const count_run* before = r > 0 ? &of.runs[r - 1] : nullptr;
        if (before && (before->region != run.region || before->series != run.series))
            before = nullptr;
        if (before) {
            const date from{before->from.days + static_cast<std::int32_t>(before->values.size())},
                to{run.from.days - 1};
            out.push_back({false, of.places[r].front(), run.region, run.series, from, to,
                           to.days - from.days + 1});
        }
        std::int64_t known = before ? before->values.back() : 0;
        for (std::size_t i = 0; i < run.values.size(); ++i) {
            const date day{run.from.days + static_cast<std::int32_t>(i)};
            if (basis == count_basis::so_far && run.values[i] < known)
                out.push_back({true, of.places[r][i], run.region, run.series, day, day,
                               known - run.values[i]});
            known = run.values[i];
        }
    }
    if (out.size() > most) out.resize(most);
    return out;
}

std::vector<std::vector<count_run>> parts_of(const std::vector<count_run>& runs,
                                             std::int64_t most) {
    std::vector<std::vector<count_run>> out;
    std::int64_t room = 0;
    for (const count_run& run : runs)
        for (std::size_t at = 0; at < run.values.size();) {
            if (room == 0) {
                out.emplace_back();
                room = most;
            }
            const std::size_t count =
                std::min(run.values.size() - at, static_cast<std::size_t>(room));
            const auto from = run.values.begin() + static_cast<std::ptrdiff_t>(at);
            out.back().push_back({run.region,
                                  run.series,
                                  date{run.from.days + static_cast<std::int32_t>(at)},
                                  {from, from + static_cast<std::ptrdiff_t>(count)}});
            at += count;
            room -= static_cast<std::int64_t>(count);
        }
    return out;
}

}  // namespace veche::situation
