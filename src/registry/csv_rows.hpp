#pragma once
// Records as rows of CSV (`kernel/csv_records`). docs/format/registry.md has the columns of each
// record.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/csv_records.hpp"
#include "registry/batches.hpp"

namespace veche::registry {

struct csv_rows {
    std::vector<batch_row> rows;
    std::vector<std::int64_t> lines;  ///< of each row
    std::vector<csv_problem> problems;
};

/// Reads a file of records of one kind, a field of `batch_row`: "place", "population",
/// "organisation", "link", "claim", "activity", "enterprise", "operation", "item", "item_report".
/// `presets` are fields that every row has where the file has no such column. All problems are
/// listed, not the first alone.
csv_rows read_csv_rows(std::string_view csv, std::string_view kind,
                       const std::vector<std::pair<std::string, std::string>>& presets);

/// Rows of a batch in parts of at most `max_part_rows` rows and about so many bytes as JSON.
std::vector<std::vector<batch_row>> parts_of(const std::vector<batch_row>&, std::size_t max_bytes);

/// The column of the file that a field of a refusal is about: "codes.0.value" is "code.unp" where
/// that is the row's first code.
std::string column_of(const batch_row&, std::string_view field);

}  // namespace veche::registry
