#pragma once
// The table that `veche inputoutput` works on, as its options say.

#include "cli/evidence_sheet.hpp"
#include "cli/inputoutput.hpp"
#include "inputoutput/table.hpp"
#include "kernel/result.hpp"

namespace veche::cli {

struct io_table {
    inputoutput::table table;
    std::vector<std::pair<std::string, table_cell>> facts;  ///< files by hash, sizes, what was done
};

result<io_table> load_table(const io_source& from);

/// Words between commas.
std::vector<std::string> words_of(const std::string& text);

}  // namespace veche::cli
