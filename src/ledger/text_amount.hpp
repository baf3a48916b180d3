#pragma once
// Amounts as people write them in books kept as text: a number and a unit before or after it.

#include <string_view>

#include "ledger/decimal.hpp"

namespace veche::ledger {

/// Which of the two marks separates decimals where only one stands in a number. `unknown`: whatever
/// follows from the number itself; "1,000" says nothing, and is refused.
enum class decimal_mark : std::uint8_t { unknown, point, comma };

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Reads an amount off the front of a text.
class amount_reader {
  public:
    amount_reader(std::string_view text, decimal_mark mark) : text_(text), mark_(mark) {}

    /// Reads "RUB -5.00", "-5.00 RUB", "\"RUB\" 5", "$5", "5". False: `why` says what is wrong.
    bool read();
    [[nodiscard]] const decimal& number() const { return number_; }
    /// Empty where none is written.
    [[nodiscard]] std::string_view unit() const { return unit_; }
    /// What follows the amount, spaces left out.
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] const char* why() const { return why_; }

  private:
    bool read_number();
    bool read_grouped(std::string_view written);
    bool read_unit();
    bool read_sign();
    void skip_spaces();
    bool fail(const char* why) {
        why_ = why;
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    decimal_mark mark_;
    decimal number_;
    std::string_view unit_;
    const char* why_ = "";
};

}  // namespace veche::ledger
