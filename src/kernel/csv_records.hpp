#pragma once
// Records as rows of CSV: a column is a field of the record by its dotted name ("names.en",
// "source.name"), with "code.SCHEME" for a code, "latitude" and "longitude" in degrees, and
// semicolons between the values of a list. Every problem of a file is told with its line and
// column, not the first alone.

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/refusal_record.hpp"

namespace veche {

namespace csv::refusals {
inline constexpr refusal_kind unsound{"csv.unsound", 422,
                                      "From here the file cannot be read as CSV: {0}."};
inline constexpr refusal_kind no_rows{"csv.no_rows", 422,
                                      "The file has no rows under its headings."};
inline constexpr refusal_kind column_unknown{
    "csv.column_unknown", 422, "A {1} has no field {0}. Rename the column or take it out."};
inline constexpr refusal_kind column_twice{"csv.column_twice", 422, "The column {0} stands twice."};
inline constexpr refusal_kind cells_differ{
    "csv.cells_differ", 422,
    "The row has {0} cells and the headings are {1}: a comma or a quotation mark is missing or too "
    "many."};
inline constexpr refusal_kind degrees_malformed{
    "csv.degrees_malformed", 422,
    "\"{0}\" is no angle in degrees with up to six decimals, as in 53.9 or -27.561824."};
inline constexpr const refusal_kind* all[] = {&unsound,      &no_rows,      &column_unknown,
                                              &column_twice, &cells_differ, &degrees_malformed};
}  // namespace csv::refusals

/// Why a row cannot be read, with the place and what would mend it in the refusal's words.
struct csv_problem {
    std::int64_t line = 0;  ///< of the file, from 1
    std::string column;     ///< "" where it is about the whole row or file
    refusal_record why;
};
VECHE_FIELDS(csv_problem, (line, "Line of the file, from 1."), (column, "Column, by its heading."),
             (why, "Why it cannot be read."))

/// Of which records a file is.
struct csv_form {
    const type_info& record;
    std::string kind;    ///< what one is called in a refusal
    std::string prefix;  ///< "place." where the record stands within another object; "" alone
    const std::vector<std::pair<std::string, std::string>>& presets;  ///< fields of every row that
                                                                      ///< has no such column
    const type_info& row;  ///< the object that a row becomes: the record, or what holds it
};

/// Hands over the rows one by one as canonical JSON of `row`, with their line; what is refused
/// becomes a problem of that line, under the column of the refused field.
std::vector<csv_problem> read_csv_records(
    std::string_view csv, const csv_form&,
    const std::function<result<void>(std::string_view json, std::int64_t line)>& take);

}  // namespace veche
