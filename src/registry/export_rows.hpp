#pragma once
// Records of the register as rows that `read_csv_rows` reads again: what goes out comes in without
// a change.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/batches.hpp"

namespace veche::registry {

/// Records of one kind, a field of `batch_row`, as they stand now and without the reasons of their
/// corrections, each after those that it names. Of activities those that began in `year`. Records
/// that were merged into others are not told again.
std::vector<batch_row> records_of(const state&, std::string_view kind,
                                  std::optional<std::int32_t> year = {});

/// Who holds organisations that no several sides run, by the records that stand.
std::vector<record_owners> owners_of_all(const state&);

/// Years in which activities began, ascending.
std::vector<std::int32_t> activity_years(const state&);

/// A table of cells under headings.
struct csv_table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
/// Only columns of which some row has a cell, by the fields of the record.
csv_table table_of(const std::vector<batch_row>& records, std::string_view kind);
/// RFC 4180: commas, CRLF, quotes where they are needed.
std::string to_csv(const csv_table&);

/// Something that was recorded, reported, planned or claimed.
struct change {
    std::uint64_t seq = 0;
    instant at;
    /// "place", "organisation", "link", "claim", "activity", "enterprise", "item", "item_report"
    std::string kind;
    std::string id;    ///< of the record, of the link of a claim
    std::string page;  ///< "links/minsk-berlin", where it is shown
};
/// The latest, the newest first; of one entry by kind and id.
std::vector<change> latest_changes(const state&, std::size_t count);

/// Degrees with a point, no digits that say nothing: -27561824 is "-27.561824".
std::string degrees_of(std::int32_t millionths);

}  // namespace veche::registry
