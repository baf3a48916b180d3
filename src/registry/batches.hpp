#pragma once
// Many rows at once: each judged as if the rows before it held, all recorded or none.

#include "kernel/refusal_record.hpp"
#include "registry/registry.hpp"

namespace veche::registry {

inline constexpr std::size_t max_part_rows = 500;
inline constexpr std::size_t max_batch_rows = 20'000;

/// Why a row cannot be recorded.
struct row_problem {
    std::int64_t row = 0;  ///< from 1
    std::string record;    ///< id of what it would record
    refusal_record why;
};
VECHE_FIELDS(row_problem, (row, "Number of the row, from 1."), (record, "What it would record."),
             (why, "Why it cannot be recorded."))

/// Which record a row holds; "" where it holds none or several.
std::string_view kind_of(const batch_row&);
/// The id of what it would record, as in BY-BR.
std::string record_of(const batch_row&);

/// Every row that cannot be recorded, in order. Rows that others refer to are judged first by
/// standing first: a row is judged as if all sound rows before it held.
std::vector<row_problem> problems_of(const world&, const body_id&, const std::vector<batch_row>&,
                                     const context&);

}  // namespace veche::registry
