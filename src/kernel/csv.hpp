#pragma once
// Rows parted by commas, semicolons or tabs, as other programs write them (RFC 4180).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace veche {

struct csv_row {
    std::size_t line = 0;  ///< of the file, from 1, where it begins
    std::size_t at = 0;    ///< the byte of the text at which it begins
    std::vector<std::string> fields;
};

/// Reads row by row; empty lines are none. A mark of the byte order at the front is passed over,
/// and so is the shield of a cell (below).
class csv_reader {
  public:
    csv_reader(std::string_view text, char separator);
    /// With the separator that the first line has most of.
    explicit csv_reader(std::string_view text);

    /// Nothing at the end, or where a row is unsound: then `fault` says how.
    std::optional<csv_row> next();
    /// Empty as long as all is sound.
    [[nodiscard]] const std::string& fault() const { return fault_; }
    /// The line at fault, or that read last.
    [[nodiscard]] std::size_t line() const { return line_; }

  private:
    void step() { line_ += text_[at_++] == '\n'; }
    [[nodiscard]] bool ends_field() const;
    std::optional<std::string> field();
    std::optional<std::string> quoted();

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::string fault_;
};

/// Spreadsheets run a cell that begins with = + - @ as a formula, whoever wrote it: such a text
/// gets an apostrophe before it, which is their sign for text and which `csv_reader` takes off.
/// Numbers stay as they are.
std::string csv_shielded(std::string_view text);
/// Without that apostrophe.
std::string_view csv_unshielded(std::string_view text);

/// A field as it stands in a row: shielded, and in quotes where it holds a comma, a quote or a line
/// break.
std::string csv_cell(std::string_view text);

}  // namespace veche
