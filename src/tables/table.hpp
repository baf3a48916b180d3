#pragma once
// Tables of typed columns. A number is a decimal as long as all cells of its column are, and else a
// double; a word is a code into the sorted words of its column. Cells are as narrow as what they
// hold. A missing cell is missing: never zero, never an empty word.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/hash.hpp"
#include "kernel/result.hpp"
#include "tables/decimal.hpp"

namespace veche::tables {

enum class column_kind : std::uint8_t { exact, real, words };
VECHE_CHOICES(column_kind, exact, real, words)

/// One column. What its cells mean, by kind:
///   exact  unsigned cells of `width` bytes; the number is (base + cell) / 10^scale
///   real   doubles; missing is the one NaN
///   words  unsigned codes of `width` bytes into `words`
/// Where there are missing cells in an exact column or one of words, the greatest cell of its width
/// stands for them. Width 0: all cells are base (or word 0), or, if `missing` counts them all, all
/// are missing.
struct column {
    std::string name;
    std::string unit;  ///< of the numbers, such as "1000 USD"; "" where none is known
    column_kind kind = column_kind::exact;
    std::uint8_t width = 0;  ///< bytes of a cell: 0, 1, 2, 4 or 8
    std::uint8_t scale = 0;
    std::int64_t base = 0;
    std::uint64_t rows = 0;
    std::uint64_t missing = 0;  ///< how many cells are
    const std::byte* cells = nullptr;
    std::shared_ptr<const std::vector<std::string>> words;  ///< ascending by bytes
    std::shared_ptr<const void> holder;                     ///< keeps `cells` where they are
};

/// A column as what divides rows into groups. Codes count from 0, -1 is missing.
struct level_list {
    std::vector<std::int32_t> code;  ///< one for each row
    std::vector<std::string> names;  ///< by code: words by bytes, numbers by size
};

/// What was read of what, for the record of every figure made of it.
struct table_source {
    std::string name;  ///< of the file or data set
    std::string hash;  ///< SHA-256 of the imported bytes, lower-case hex; "" if made in memory
    std::int64_t rows_read = 0;
    std::int64_t rows_dropped = 0;  ///< unsound ones, where the importer was told to go on
};
VECHE_FIELDS(table_source, (name, "The file or data set."), (hash, "SHA-256 of its bytes."),
             (rows_read, "Rows that were read."), (rows_dropped, "Unsound rows left out."))

class table {
  public:
    table() = default;
    /// Refuses columns of unlike length or with one name.
    static result<table> of(std::vector<column> columns, table_source source = {});

    [[nodiscard]] std::uint64_t rows() const { return rows_; }
    [[nodiscard]] const std::vector<column>& columns() const { return columns_; }
    [[nodiscard]] const table_source& source() const { return source_; }
    [[nodiscard]] bool has(std::string_view name) const;
    /// Refuses an unknown name and says which there are.
    [[nodiscard]] result<const column*> find(std::string_view name) const;

    /// The column as doubles, NaN where a cell is missing. Refuses a column of words.
    [[nodiscard]] result<std::vector<double>> numbers(std::string_view name) const;
    /// The column as groups; of words as of numbers (years, codes of countries).
    [[nodiscard]] result<level_list> levels(std::string_view name) const;

  private:
    std::vector<column> columns_;
    table_source source_;
    std::uint64_t rows_ = 0;
};

/// The same as the methods of a table, of one column.
std::vector<double> numbers_of(const column&);  // NaN throughout for words
level_list levels_of(const column&);

/// Mantissas of an exact column over 10^scale; no_mantissa where a cell is missing. Empty for other
/// kinds. `from` and `count` name the rows.
std::vector<std::int64_t> mantissas_of(const column&, std::uint64_t from, std::uint64_t count);
/// Codes of a column of words, -1 where a cell is missing. Empty for other kinds.
std::vector<std::int32_t> codes_of(const column&);
/// A cell as text: its digits or its word; nothing where it is missing.
std::optional<std::string> text_of(const column&, std::uint64_t row);

/// Columns made in memory. Cells: `no_mantissa`, NaN and -1 are missing.
column exact_column(std::string name, std::string unit, std::span<const std::int64_t> mantissas,
                    std::uint8_t scale);
column real_column(std::string name, std::string unit, std::span<const double> values);
/// Exact where all values are decimals of at most 9 places behind the mark, else real.
column number_column(std::string name, std::string unit, std::span<const double> values);
/// `names` may stand in any order and hold unused ones; they come out sorted, only those used.
column word_column(std::string name, std::span<const std::int32_t> codes,
                   std::span<const std::string> names);

/// Calls f with the cells as a pointer to unsigned numbers of the column's width; not for width 0.
template <class Call>
decltype(auto) with_cells(const column& c, Call f) {
    switch (c.width) {
        case 1:
            return f(reinterpret_cast<const std::uint8_t*>(c.cells));
        case 2:
            return f(reinterpret_cast<const std::uint16_t*>(c.cells));
        case 4:
            return f(reinterpret_cast<const std::uint32_t*>(c.cells));
        default:
            return f(reinterpret_cast<const std::uint64_t*>(c.cells));
    }
}

}  // namespace veche::tables
