#pragma once
// Questions to a table: rows by the values of some columns, sums by groups.

#include "tables/table.hpp"

namespace veche::tables {

/// Rows whose cell in a column is one of these, as text: "2020", "010121", "Belarus".
struct row_filter {
    std::string column;
    std::vector<std::string> values;
};

/// Sums of one column by the distinct values of others.
struct sum_query {
    std::vector<row_filter> where;  ///< all of them hold
    std::vector<std::string> by;    ///< none: one sum of all
    std::string value;              ///< a column of numbers
};

struct group_sum {
    std::vector<std::optional<std::string>> keys;  ///< one for each of `by`; nothing is missing
    double sum = 0;
    std::string exact;          ///< the sum's digits where the column holds decimals; else ""
    std::uint64_t rows = 0;     ///< of the group
    std::uint64_t missing = 0;  ///< of them without a value; they add nothing
};

struct sum_answer {
    std::vector<group_sum> groups;  ///< by the keys: words by bytes, numbers by size, missing last
    std::uint64_t rows_in = 0, rows_kept = 0;
    std::vector<std::string> unmatched;  ///< "column=value" of filters that no row has
};

/// Sums of decimals are exact, sums of doubles compensated and in the order of rows (Neumaier
/// 1974): equal tables give equal digits.
result<sum_answer> sum_by(const table& t, const sum_query& query);

/// The rows that all filters keep, ascending.
result<std::vector<std::uint32_t>> rows_where(const table& t, const std::vector<row_filter>& where,
                                              std::vector<std::string>* unmatched = nullptr);

/// Some rows of a table as a table of its own; its source is the same.
table take_rows(const table& t, const std::vector<std::uint32_t>& rows);

}  // namespace veche::tables
