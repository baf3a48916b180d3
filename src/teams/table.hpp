#pragma once
// A CSV file with a line of names: what the readers of this room share.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/csv.hpp"
#include "kernel/result.hpp"

namespace veche::teams {

struct table {
    std::string file;  ///< as refusals name it
    std::vector<std::string> columns;
    std::vector<csv_row> rows;  ///< each with as many fields as there are columns

    /// Position of the column; nothing where there is none.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    /// The same; refuses where there is none.
    [[nodiscard]] result<std::size_t> needed(std::string_view name) const;
    [[nodiscard]] tl::unexpected<refusal> wrong(std::size_t line, const std::string& why) const;
    /// A whole number; refuses anything else, naming line and column.
    [[nodiscard]] result<std::int64_t> whole(const csv_row& row, std::size_t column) const;
};

/// Refuses a file without names, with a name twice, with a row of another length, or that is not
/// UTF-8. Blanks at the ends of fields are none. Separated by commas, semicolons or tabs.
result<table> read_table(std::string file, std::string_view text);

}  // namespace veche::teams
