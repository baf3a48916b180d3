#pragma once
// A file of columns as the verbs of estimates take it.

#include <filesystem>
#include <string>

#include "tables/read_text.hpp"

namespace veche::cli {

/// A table from a text with a header, named as its file.
inline result<tables::table> table_in(const std::filesystem::path& file, const std::string& bytes) {
    tables::text_options how;
    how.source = file.filename().string();
    return tables::sound_table(tables::read_text(bytes, how));
}

}  // namespace veche::cli
