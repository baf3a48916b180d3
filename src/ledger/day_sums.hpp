#pragma once
// What something held at the end of each day on which it changed. Days may come in any order: what
// is written for an earlier day is added to all later ones. So a past day is one search away.

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "kernel/instant.hpp"
#include "kernel/parts.hpp"

namespace veche::ledger {

/// `Sum` begins at nothing and knows +=.
template <class Sum>
class day_sums {
  public:
    /// What has no day counts on every day.
    void add(std::optional<date> on, const Sum& change) {
        const date day = on.value_or(date{std::numeric_limits<std::int32_t>::min()});
        auto at = days_.end();
        while (at != days_.begin() && day < std::prev(at)->first) --at;
        if (at == days_.begin() || std::prev(at)->first != day)
            at = std::next(
                days_.insert(at, {day, at == days_.begin() ? Sum{} : std::prev(at)->second}));
        for (auto one = std::prev(at); one != days_.end(); ++one) one->second += change;
    }

    /// At the end of that day; null where nothing had come by then.
    [[nodiscard]] const Sum* until(date day) const {
        const auto after = std::upper_bound(days_.begin(), days_.end(), day,
                                            [](date d, const auto& one) { return d < one.first; });
        return after == days_.begin() ? nullptr : &std::prev(after)->second;
    }
    /// After all of it.
    [[nodiscard]] const Sum* last() const { return days_.empty() ? nullptr : &days_.back().second; }

  private:
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.days_);
    }

    std::vector<std::pair<date, Sum>> days_;
};

}  // namespace veche::ledger
