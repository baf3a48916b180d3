#pragma once
// Orders as rows of CSV. Two forms, told apart by their headings: one order a row, a column for
// each field of an order ("order", "member", "kind", "title.en", "act.number"; semicolons between
// values of a list); or one day a row as OxCGRT publishes it, days made into orders that follow
// each other.

#include "kernel/refusal_record.hpp"
#include "prevention/commands.hpp"

namespace veche::prevention {

/// What cannot be read, and where.
struct order_row_problem {
    std::int64_t line = 0;  ///< of the file, from 1
    std::string column;     ///< "" where it is about the whole row or file
    refusal_record why;
};
VECHE_FIELDS(order_row_problem, (line, "Line of the file, from 1."),
             (column, "Column, by its heading."), (why, "Why it cannot be read."))

struct order_rows {
    std::vector<staged_order> orders;
    std::vector<std::int64_t> lines;  ///< where each begins
    std::vector<order_row_problem> problems;
    bool by_day = false;  ///< whether the file has a row for each day
};

struct csv_orders_options {
    /// Which member a code of a country is: {"BLR", "by"}.
    std::vector<std::pair<std::string, std::string>> members;
    std::optional<date> from;  ///< days before it are passed over
    std::optional<date> to;    ///< likewise after it
    std::string source;        ///< where rows name none
};

/// All problems are listed, not the first alone.
order_rows read_order_rows(std::string_view csv, const csv_orders_options&);

/// The column of the file that a field of a refusal is about.
std::string order_column_of(const order_rows&, const staged_order&, std::string_view field);

/// One order a row, with every column that any of them needs; read again it gives the same orders.
std::string orders_as_csv(const std::vector<staged_order>&);

/// Parts of at most 200 orders and about so many bytes as JSON.
std::vector<std::vector<staged_order>> order_parts_of(const std::vector<staged_order>&,
                                                      std::size_t max_bytes);

}  // namespace veche::prevention
