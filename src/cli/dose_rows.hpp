#pragma once
// Files of rows for `veche doses`: columns by name, each cell read strictly, faults named with row,
// column and what to do.

#include <filesystem>
#include <map>

#include "kernel/instant.hpp"
#include "kernel/ratio.hpp"
#include "kernel/result.hpp"

namespace veche::cli {

class dose_row {
  public:
    dose_row(std::size_t line, std::map<std::string, std::string> cells)
        : line_(line), cells_(std::move(cells)) {}
    [[nodiscard]] std::size_t line() const { return line_; }
    /// "" where the column is absent or empty.
    [[nodiscard]] std::string word(const std::string& column) const;
    [[nodiscard]] result<std::string> needed(const std::string& column) const;
    [[nodiscard]] result<std::int64_t> number(const std::string& column) const;
    [[nodiscard]] result<date> day(const std::string& column) const;
    /// "0.02", "2/100", "3e-5": exactly.
    [[nodiscard]] result<ratio> fraction(const std::string& column) const;

  private:
    std::size_t line_;
    std::map<std::string, std::string> cells_;
};

/// Refuses a file without these columns, and a row with more or fewer cells than the head.
result<std::vector<dose_row>> dose_rows(const std::filesystem::path&,
                                        const std::vector<std::string>& needed);
/// A decimal number or a fraction, exactly; nothing where it is none or too long.
std::optional<ratio> exact_number(std::string_view text);

}  // namespace veche::cli
