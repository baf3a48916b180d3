#pragma once
// What the subcommands of `veche trade` do alike with files.

#include "cli/sheet.hpp"
#include "cli/trade.hpp"
#include "trade/import.hpp"

namespace veche::cli {

/// Statistics of any form, as the options say they are to be read.
result<trade::imported> import_statistics(const trade_options& options, const terminal& on);

/// The flows of a file of columns, or of statistics that are read first.
result<trade::imported> flows_from_file(const trade_options& options, const terminal& on);

/// A sheet that names the data it is made from.
sheet sheet_about(std::string title, const tables::table_source& source, std::size_t rows,
                  const trade_options& options);

/// A share with its sums: "0.47 = 6299 / 13395".
std::string share_text(double part, double whole);

}  // namespace veche::cli
