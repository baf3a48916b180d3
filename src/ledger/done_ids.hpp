#pragma once
// Which operations a book has done: for each a mark of its id and one of its content, 128 bits of
// SHA-256 each, so that a repetition is told from another operation under the same id (I12).

#include <array>
#include <vector>

#include "kernel/cow.hpp"
#include "kernel/hash.hpp"
#include "kernel/parts.hpp"
#include "ledger/operations.hpp"

namespace veche::ledger {

/// SHA-256 over the kind of the operation and all that it says, lengths included.
hash256 fingerprint(const operation&);

class done_ids {
  public:
    enum class answer : std::uint8_t { is_new, same, other };

    [[nodiscard]] answer ask(const operation&) const;
    /// The id must be new.
    void add(const operation&);
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    using mark = std::array<std::uint8_t, 16>;
    struct done {
        mark id;
        mark content;
    };
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.groups_, self.size_);
    }
    static mark mark_of(const std::string& id);
    static std::uint16_t group_of(const mark& id);
    cow_map<std::uint16_t, std::vector<done>> groups_;  // by the first bits of the id's mark
    std::size_t size_ = 0;
};

}  // namespace veche::ledger
