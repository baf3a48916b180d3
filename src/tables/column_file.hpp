#pragma once
// A table on disk as it is in memory: packed columns that are mapped and used where they lie
// (docs/format/columns.md). Equal tables are equal bytes.

#include <filesystem>
#include <memory>

#include "tables/table.hpp"

namespace veche::tables {

/// How much of a file of columns is looked at before it is used.
enum class column_check : std::uint8_t {
    whole,   ///< all checksums, and every cell of which a wrong one could do harm
    header,  ///< the header alone: for files that nobody else can write
};

/// Writes a new file, all or nothing: it has its name only when it is whole and on disk. Refuses
/// where a file is already, unless `replace`.
result<void> write_columns(const std::filesystem::path& file, const table& t, bool replace = false);

/// Maps a file. Words are copied, cells are not.
result<table> open_columns(const std::filesystem::path& file,
                           column_check check = column_check::whole);

/// The same of bytes at an address that 8 divides, kept by `holder`; `name` is for refusals.
result<table> columns_from(std::string_view bytes, std::shared_ptr<const void> holder,
                           const std::string& name, column_check check);

/// Whether a file begins like one of columns.
bool is_column_file(std::string_view bytes);

}  // namespace veche::tables
