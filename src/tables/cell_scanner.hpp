#pragma once
// The cells of a text with a separator (RFC 4180), one after another, over bytes that stay where
// they are. Line ends are LF, CRLF or CR; blanks around a cell without quotes are not part of it.

#include <string>
#include <string_view>

#include "kernel/result.hpp"
#include "tables/decimal.hpp"

namespace veche::tables {

class cell_scanner {
  public:
    struct cell {
        std::string_view text;  ///< valid until the next call
        bool quoted = false;
        const refusal_kind* fault = nullptr;  ///< why the cell is unsound
    };

    cell_scanner(std::string_view text, char separator, char mark)
        : begin_(text.data()),
          at_(text.data()),
          end_(text.data() + text.size()),
          separator_(separator),
          mark_(mark) {}

    /// Passes over empty lines; false at the end of the text.
    bool begin_row();
    /// The next cell of the row.
    cell next();
    /// The next cell, if it is a plain decimal without quotes and blanks; else nothing is read.
    bool quick_number(decimal& out);
    void skip_row();

    /// The cell read last was the last of its row.
    [[nodiscard]] bool row_ended() const { return row_ended_; }
    /// The line in which the row began, from 1.
    [[nodiscard]] std::uint64_t row_line() const { return row_line_; }
    [[nodiscard]] std::size_t read() const { return static_cast<std::size_t>(at_ - begin_); }

  private:
    [[nodiscard]] bool delimits(char c) const { return c == separator_ || c == '\n' || c == '\r'; }
    void pass_delimiter();
    void pass_line_end();
    cell quoted_cell();
    cell plain_cell();
    [[nodiscard]] bool is_blank(char c) const { return (c == ' ' || c == '\t') && c != separator_; }

    const char* begin_;
    const char* at_;
    const char* end_;
    char separator_, mark_;
    bool row_ended_ = false;
    std::uint64_t line_ = 1, row_line_ = 1;
    std::string unescaped_;
};

inline void cell_scanner::pass_line_end() {
    if (*at_ == '\r') {
        ++at_;
        if (at_ != end_ && *at_ == '\n') ++at_;
    } else {
        ++at_;
    }
    ++line_;
}

inline void cell_scanner::pass_delimiter() {
    row_ended_ = at_ == end_ || *at_ != separator_;
    if (at_ == end_) return;
    if (row_ended_)
        pass_line_end();
    else
        ++at_;
}

inline bool cell_scanner::quick_number(decimal& out) {
    const char* p = at_;
    const bool negative = p != end_ && *p == '-';
    if (negative) ++p;
    const char* const first = p;
    std::int64_t mantissa = 0;
    // A further digit delimits nothing, so that long numbers go to the careful reader below.
    while (p != end_ && *p >= '0' && *p <= '9' && p - first < most_digits)
        mantissa = mantissa * 10 + (*p++ - '0');
    std::ptrdiff_t digits = p - first;
    // A zero in front of other digits is left to the careful reader too.
    if (digits == 0 || (*first == '0' && digits > 1)) return false;
    std::ptrdiff_t scale = 0;
    if (p != end_ && *p == mark_) {
        const char* const fraction = ++p;
        while (p != end_ && *p >= '0' && *p <= '9' && p - fraction < most_digits)
            mantissa = static_cast<std::int64_t>(static_cast<std::uint64_t>(mantissa) * 10 +
                                                 static_cast<std::uint64_t>(*p++ - '0'));
        scale = p - fraction;
        digits += scale;
        if (digits > most_digits) return false;
    }
    if (p != end_ && !delimits(*p)) return false;
    if (negative && mantissa == 0) return false;
    out = {negative ? -mantissa : mantissa, static_cast<std::uint8_t>(scale)};
    at_ = p;
    pass_delimiter();
    return true;
}

}  // namespace veche::tables
