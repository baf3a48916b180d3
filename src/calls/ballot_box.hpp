#pragma once
// The ballots of one call, small and by voter. They lie in drawers by a hash of the voter, so that
// one of a million is changed without touching, or copying the list of, the others; whatever is
// read of them as a whole is put into the order of voters first.

#include <functional>

#include "calls/budget_terms.hpp"
#include "kernel/cow.hpp"
#include "kernel/parts.hpp"

namespace veche::calls {

/// A project by its position on the ballot paper (call::slate).
struct ballot_mark {
    std::uint16_t project = 0;
    std::uint16_t points = 1;  ///< one where ballots give no points
    auto operator<=>(const ballot_mark&) const = default;
};

struct ballot {
    std::vector<ballot_mark> marks;  ///< ascending by project
    std::uint16_t member = 0;        ///< position in ballot_box::members, from 1; 0 for none
    std::uint64_t seq = 0;           ///< entry of the journal
};

class ballot_box {
  public:
    /// The ballot of this voter takes the place of the one before.
    void put(const person_id& voter, ballot one, const std::optional<member_id>& member);
    [[nodiscard]] const ballot* find(const person_id& voter) const;
    [[nodiscard]] std::int64_t size() const { return size_; }
    [[nodiscard]] std::optional<member_id> member_of(const ballot&) const;
    /// In no particular order: for sums and for what is sorted afterwards.
    void each(const std::function<void(const person_id&, const ballot&)>&) const;
    /// By voter, ascending by bytes.
    [[nodiscard]] std::vector<std::pair<const person_id*, const ballot*>> by_voter() const;

  private:
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.drawers_, self.members_, self.size_);
    }

    cow_map<std::uint32_t, cow_map<person_id, ballot>> drawers_;
    std::vector<member_id> members_;  ///< in the order in which they were first named
    std::int64_t size_ = 0;
};

}  // namespace veche::calls
