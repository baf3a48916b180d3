#pragma once
// Counts by day and region out of a table, with what is odd in them told and nothing mended.

#include <optional>
#include <string>
#include <vector>

#include "epidemic/reproduction.hpp"
#include "kernel/instant.hpp"
#include "kernel/result.hpp"
#include "tables/table.hpp"

namespace veche::epidemic {

/// Which columns hold what.
struct series_layout {
    std::string date = "date";    ///< 2021-03-25, 20210325, or whole numbers that count days
    std::string region;           ///< "" where the table has one series
    std::string cases = "cases";  ///< of the day, or of all days so far if `cumulative`
    std::string imported;         ///< "" where none are known; of the day
    std::string wide;  ///< column that names series, where each row is one and each further column
                       ///< a day; the other columns then count for nothing
    bool cumulative = false;
};

enum class oddity_kind : std::uint8_t {
    fell,       ///< a sum of all days so far fell: the day counts as 0
    no_report,  ///< days without a row; they count as 0, as a later row may hold their cases
    silent,     ///< no case since: may be none, may be no report
};
VECHE_CHOICES(oddity_kind, fell, no_report, silent)

struct oddity {
    oddity_kind kind{};
    std::string from, to;  ///< days, both odd
    double value = 0;      ///< by how much it fell; how many days
};

struct series {
    std::string region;
    incidence counts;
    std::vector<std::string> days;  ///< each day of `counts`, as readers write it
    std::vector<bool> reported;     ///< which of them have a row
    std::vector<oddity> oddities;
};

/// Cases of a day by the day on which they were reported: which of its columns says that.
struct late_series {
    std::string region;
    std::vector<std::string> days;
    /// By day: what was known of it 0, 1, 2, .. days later, up to the newest day of report.
    std::vector<std::vector<double>> known;
};
/// As `series_of`, from rows of new cases by day and day of report; both are dates or both numbers.
/// Refuses a report before its day.
result<std::vector<late_series>> late_series_of(const tables::table&, const series_layout&,
                                                const std::string& reported);

/// The series in order of their regions' names. Days go from a region's first row to its last.
/// Refuses rows without a sound date or number, and a day given twice.
result<std::vector<series>> series_of(const tables::table&, const series_layout&);

/// Every row that cannot be taken, in order: days that are none, counts that are no numbers from 0
/// on, days given twice. `reported`: the column of the day of report, or "". Columns that are not
/// there are told by the functions above.
std::vector<refusal> faults_in(const tables::table&, const series_layout&,
                               const std::string& reported = {});

}  // namespace veche::epidemic
