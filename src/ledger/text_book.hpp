#pragma once
// Books that hledger and ledger keep as text, read strictly and held compactly: every entry sums to
// zero in each unit with no tolerance, every balance that the text states is checked. In memory an
// entry of two legs takes some 45 bytes.
//
// Read: entries with dates, marks, codes and comments; amounts with the unit before or after;
// one amount left out; prices (@, @@); balances stated (=, ==) or set; postings in brackets;
// account, commodity, price and other directives that change no balance. What could change a
// balance and is not read (include, alias, automated postings, lots) is refused, naming its line.

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/instant.hpp"
#include "kernel/result.hpp"
#include "ledger/decimal.hpp"

namespace veche::ledger {

/// What an account holds of a unit.
struct text_balance {
    std::string_view account;
    std::string_view unit;
    decimal holds;
};

/// Names numbered in the order in which they are first met.
class name_table {
  public:
    name_table() = default;
    // The views are of what is kept: a copy would hold those of another table.
    name_table(name_table&&) = default;
    name_table& operator=(name_table&&) = default;

    std::uint32_t number_of(std::string_view name);
    [[nodiscard]] std::string_view name(std::uint32_t number) const { return names_[number]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

  private:
    struct slot {
        std::uint32_t number_and_one = 0;  // 0 where it is free
        std::uint32_t hash = 0;            // a part of it: most others are told apart by it
    };
    slot& slot_of(std::string_view name, std::size_t hash);
    void grow();
    std::deque<std::string> kept_;
    std::vector<std::string_view> names_;  // of those kept
    std::vector<slot> slots_;              // as many as a power of two
};

class text_book {
  public:
    /// The file, whole. Refuses it at the first line that is not right.
    static result<text_book> read(std::string_view text);

    [[nodiscard]] std::size_t entries() const { return entries_.size(); }
    [[nodiscard]] std::size_t legs() const { return legs_.size(); }
    /// Every balance but those of nothing, by account and unit; `until`: from entries of that day
    /// or before. The views live as long as the book.
    [[nodiscard]] std::vector<text_balance> balances(std::optional<date> until = {}) const;
    /// Memory held, in bytes.
    [[nodiscard]] std::size_t bytes() const;

  private:
    friend class text_reader;
    struct leg {
        std::int64_t digits;
        std::uint32_t account;
        std::uint16_t unit;
        std::uint8_t places;
    };
    struct entry {
        date day;
        std::uint64_t legs_end;  // its legs begin where those of the entry before end
    };
    /// Balances, one row for each account: few units each.
    struct held {
        std::uint16_t unit;
        decimal sum;
    };
    using folded = std::vector<std::vector<held>>;
    /// Every balance after so many entries.
    struct snapshot {
        std::size_t entries;
        folded balances;
    };

    void keep_snapshot();
    static decimal& sum_in(folded&, std::uint32_t account, std::uint16_t unit);
    [[nodiscard]] folded fold_until(date) const;
    [[nodiscard]] std::vector<text_balance> listed(const folded&) const;

    name_table accounts_;
    name_table units_;
    std::vector<leg> legs_;
    std::vector<entry> entries_;
    folded now_;
    /// By unit, what all its legs sum to without their signs. It fits 128 bits, so that no sum of
    /// some of them leaves them.
    std::vector<decimal> turnover_;
    bool ascending_ = true;            ///< whether no entry is of an earlier day than one before it
    std::vector<snapshot> snapshots_;  ///< while it is so: where to start from for a past day
};

}  // namespace veche::ledger
