#pragma once
// Cells made as narrow as they can be: in blocks while they come in, in one piece at the end.

#include <array>
#include <functional>
#include <vector>

#include "tables/table.hpp"

namespace veche::tables {

inline constexpr std::size_t block_rows = 16'384;

/// Cells written one after another with a width that was settled before.
class cell_packer {
  public:
    /// `greatest` is the greatest cell that comes, apart from missing ones.
    cell_packer(std::uint64_t rows, std::uint64_t greatest, std::uint64_t missing);

    /// `cells` counts from the base; `absent` is what stands for a missing one in it.
    void add(std::span<const std::int64_t> cells, std::int64_t base, std::int64_t absent);
    /// Sets width, cells, rows, missing and holder.
    void fill(column& into) const;

  private:
    std::uint64_t rows_, missing_;
    std::uint8_t width_ = 0;
    std::shared_ptr<std::uint64_t[]> room_;
    std::uint64_t at_ = 0;
};

/// A column of decimals while its cells come in, a block of rows at a time.
class exact_builder {
  public:
    exact_builder() : open_(block_rows) {}
    /// Puts a cell at a place of the open block. False where the cells of the block no longer fit
    /// into 18 digits over one power of ten.
    bool put(std::size_t at, decimal value) {
        if (value.scale == scale_) {
            open_[at] = value.mantissa;
            return true;
        }
        return put_other(at, value);
    }
    void put_missing(std::size_t at) { open_[at] = no_mantissa; }
    /// Keeps the first `rows` cells of the open block and opens the next.
    void close(std::size_t rows);
    /// The column; nothing where the cells do not fit over one power of ten.
    [[nodiscard]] std::optional<column> finish() const;

  private:
    struct block {
        std::int64_t base = 0;
        std::uint8_t scale = 0;
        column cells;
    };
    bool put_other(std::size_t at, decimal value);
    [[nodiscard]] bool settle(std::uint8_t scale, std::int64_t& least, std::uint64_t& range) const;

    std::vector<std::int64_t> open_;
    std::uint8_t scale_ = 0;
    std::vector<block> blocks_;
    std::uint64_t rows_ = 0, missing_ = 0;
};

/// A column of doubles while its cells come in.
class real_builder {
  public:
    real_builder() : open_(block_rows) {}
    void put(std::size_t at, double value) { open_[at] = value; }
    void close(std::size_t rows);
    [[nodiscard]] column finish() const;

  private:
    std::vector<double> open_, kept_;
};

/// Words by number, in the order in which they first came.
class dictionary {
  public:
    dictionary() : slots_(1024, -1) {}
    std::int32_t code_of(std::string_view word);
    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

  private:
    void grow();
    std::vector<std::int32_t> slots_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::string> words_;
    std::int32_t last_ = -1;
};

/// A column of words while its cells come in.
class word_builder {
  public:
    word_builder() : open_(block_rows) {}
    void put(std::size_t at, std::string_view word) { open_[at] = words_.code_of(word); }
    void put_missing(std::size_t at) { open_[at] = -1; }
    void close(std::size_t rows);
    [[nodiscard]] column finish() const;

  private:
    dictionary words_;
    std::vector<std::int32_t> open_, kept_;
};

}  // namespace veche::tables
