#pragma once
// The grammar of a book kept as text (text_book.hpp says what of it is read).

#include "ledger/text_amount.hpp"
#include "ledger/text_book.hpp"

namespace veche::ledger {

class text_reader {
  public:
    text_reader(std::string_view text, text_book& into) : text_(text), book_(into) {}
    result<void> run();

  private:
    using sum = std::pair<std::uint32_t, decimal>;  // of a unit
    using sums = std::vector<sum>;
    /// How a posting counts: in brackets it is kept apart from the books, or balances apart.
    enum class kind : std::uint8_t { real, apart, balanced_apart };
    struct posting {
        std::uint32_t line = 0;
        std::uint32_t account = 0;
        std::uint32_t unit = 0;
        kind counts = kind::real;
        bool left_out = false;  // its amount
        decimal amount;
        std::optional<sum> cost;    // what it counts for, where a price is given
        std::optional<sum> stated;  // what the account holds after it, by "= 5 RUB"
        bool alone = false;         // "==": and nothing else of any unit
        bool below = false;         // "=*": the accounts under it too
    };

    result<void> take_line(std::string_view line);
    result<void> directive(std::string_view line);
    result<void> begin_entry(std::string_view line);
    std::optional<date> read_date(std::string_view& line);
    result<void> take_posting(std::string_view line);
    std::uint32_t unit_number(std::string_view name);
    result<void> read_account(std::string_view& line, posting& into);
    result<void> read_amounts(std::string_view line, posting& into);
    result<void> read_cost(std::string_view& line, posting& into);
    result<void> read_stated(std::string_view line, posting& into);
    result<void> read_plain(std::string_view& line, decimal& number, std::string_view& unit);
    result<void> end_entry();
    result<void> set_amounts();
    result<void> fill_in(kind which);
    result<void> count_leg(const posting&);
    result<void> check_stated(const posting&);
    [[nodiscard]] decimal held(const posting&, std::uint32_t unit, bool below) const;
    [[nodiscard]] tl::unexpected<refusal> fault(std::uint32_t line, std::string words) const;
    [[nodiscard]] tl::unexpected<refusal> fault(std::string words) const {
        return fault(line_, std::move(words));
    }

    std::string_view text_;
    text_book& book_;
    std::uint32_t line_ = 0;
    decimal_mark mark_ = decimal_mark::unknown;
    bool in_entry_ = false;
    std::string_view skipping_;  // the words that end the block that is left out
    date day_;
    std::uint32_t entry_line_ = 0;
    std::string_view date_text_;  // the date read last: books repeat them
    std::vector<posting> postings_;
    bool brackets_ = false;  // whether some of them balance apart
    sums sums_;              // of the entry, by unit
    std::string_view unit_;  // the unit read last
    std::uint32_t unit_number_ = 0;
};

}  // namespace veche::ledger
