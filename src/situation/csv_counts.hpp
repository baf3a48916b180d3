#pragma once
// Counts out of a table: a row for each region and day with a column for each series, or a row for
// each region with a column for each day. Every fault is named with its line and column; nothing is
// guessed and nothing mended. An empty cell is no report.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/refusal_record.hpp"
#include "situation/terms.hpp"

namespace veche::situation {

enum class day_form : std::uint8_t {
    iso,             ///< 2021-03-25 or 20210325
    month_day_year,  ///< 3/25/21 or 3/25/2021: two digits are of this century
};
VECHE_CHOICES(day_form, iso, month_day_year)

struct csv_layout {
    std::string wide;  ///< the series of a table with a column for each day; else ""
    day_form days{};
    std::string region_name;  ///< where the table has one region and no column of it
    /// What columns are called: "region", "day" or a series, then the column of the file. A column
    /// that is called "-" is left out.
    std::vector<std::pair<std::string, std::string>> columns;
    /// What regions are called: in the file, then in the register.
    std::vector<std::pair<std::string, std::string>> regions;
    std::vector<std::string> only;  ///< regions of the register; all where empty
};

/// Why a cell cannot be read; what would mend it is in the words.
struct file_problem {
    std::int64_t line = 0;  ///< of the file, from 1
    std::string column;     ///< "" where it is about the whole row or file
    refusal_record why;
};
VECHE_FIELDS(file_problem, (line, "Line of the file, from 1."), (column, "Column, by its heading."),
             (why, "Why it cannot be read."))

struct cell_place {
    std::int64_t line = 0;
    std::string column;
};

struct csv_counts {
    std::vector<count_run> runs;                  ///< by region, series and day
    std::vector<std::vector<cell_place>> places;  ///< of each count of each run
    std::vector<file_problem> problems;
    std::int64_t values = 0;
    std::int64_t passed_over = 0;  ///< rows of regions that were not asked for
};
csv_counts read_csv_counts(std::string_view csv, const csv_layout&);

/// What is odd in a file and no fault: it may be reported as it is, and is then asked about.
struct file_remark {
    bool fell = false;  ///< a sum of all days so far fell; else days are missing before this one
    cell_place at;      ///< the count that fell, or the first after the missing days
    region_id region;
    series_id series;
    date from, to;            ///< the days missing, or the day twice
    std::int64_t amount = 0;  ///< days missing, or by how much it fell
};
/// By region, series and day; at most `most`.
std::vector<file_remark> remarks_on(const csv_counts&, count_basis, std::size_t most = 50);

/// Runs in parts of at most so many counts; a long run is cut.
std::vector<std::vector<count_run>> parts_of(const std::vector<count_run>&, std::int64_t most);

}  // namespace veche::situation
