#pragma once
// Cases of a register that others keep: read from a file, judged row by row, all taken over or
// none.

#include "barriers/barriers.hpp"
#include "kernel/csv_records.hpp"

namespace veche::barriers {

inline constexpr std::size_t max_part_cases = 200;
inline constexpr std::size_t max_batch_cases = 5'000;

/// Why a row cannot be taken over.
struct case_problem {
    std::int64_t row = 0;  ///< from 1
    std::string number;    ///< of the case in its register
    refusal_record why;
};
VECHE_FIELDS(case_problem, (row, "Number of the row, from 1."),
             (number, "Number of the case in its register."), (why, "Why it cannot be taken over."))

/// Every row that cannot be taken over, in order, judged as if all sound rows before it were there.
std::vector<case_problem> problems_of(const world&, const std::vector<taken_case>&, const context&);

struct case_rows {
    std::vector<taken_case> rows;
    std::vector<std::int64_t> lines;  ///< of each row
    std::vector<csv_problem> problems;
};
/// A file of cases; docs/format/barriers.md has its columns.
case_rows read_case_rows(std::string_view csv);

/// Rows in parts of at most `max_part_cases` and about so many bytes as JSON.
std::vector<std::vector<taken_case>> parts_of(const std::vector<taken_case>&,
                                              std::size_t max_bytes);

}  // namespace veche::barriers
