#include <algorithm>

#include <fmt/format.h>

#include "matching/couples.hpp"

namespace veche::matching {

namespace {

class couples_reader {
  public:
    couples_reader(const couples_market& m, const couples_certificate& made)
        : m_(m),
          made_(made),
          places_(m.capacities.begin(), m.capacities.end()),
          last_(m.orders.size(), 0),
          count_(m.orders.size(), 0) {
        for (const seat_change& change : made.changes)
            places_[static_cast<std::size_t>(change.programme)] = change.to;
        ranks_.resize(m.lists.size());
        for (std::size_t p = 0; p < m.orders.size(); ++p)
            for (std::size_t r = 0; r < m.orders[p].size(); ++r) {
                const std::uint32_t a = m.orders[p][r];
                ranks_[a].push_back({p, static_cast<std::int64_t>(r) + 1});
                if (made.matching[a] != static_cast<std::int64_t>(p)) continue;
                last_[p] = static_cast<std::int64_t>(r) + 1;
                ++count_[p];
            }
    }

    couples_reason single(std::uint32_t a) const {
        couples_reason why{{a}, std::nullopt, {}};
        for (std::size_t k = 0; k < m_.lists[a].size(); ++k) {
            const std::uint32_t p = m_.lists[a][k];
            if (made_.matching[a] == p) {
                why.choice = static_cast<std::int64_t>(k) + 1;
                break;
            }
            missed_choice missed{static_cast<std::int64_t>(k) + 1, {}, false};
            add(missed, a, p, true);
            why.missed.push_back(std::move(missed));
        }
        return why;
    }

    couples_reason pair(const couple& c) const {
        couples_reason why{{c.first, c.second}, std::nullopt, {}};
        const auto is = [&](std::uint32_t a, std::uint32_t p) {
            return made_.matching[a] == (p == nobody ? -1 : std::int64_t{p});
        };
        for (std::size_t k = 0; k < c.choices.size(); ++k) {
            const pair_choice& wish = c.choices[k];
            const auto number = static_cast<std::int64_t>(k) + 1;
            if (is(c.first, wish.first) && is(c.second, wish.second)) {
                why.choice = number;
                break;
            }
            missed_choice missed{number, {}, false};
            const bool together = wish.first == wish.second;
            add(missed, c.first, wish.first, together);
            add(missed, c.second, wish.second, together);
            why.missed.push_back(std::move(missed));
        }
        return why;
    }

  private:
    /// Names the place where it stood in the way: full, with the last admitted before. `always`: in
    /// any case, as where two are asked of one programme.
    void add(missed_choice& missed, std::uint32_t a, std::uint32_t p, bool always) const {
        if (p == nobody) return;
        const auto at = std::lower_bound(ranks_[a].begin(), ranks_[a].end(),
                                         std::pair<std::size_t, std::int64_t>{p, 0});
        if (at == ranks_[a].end() || at->first != p) {
            missed.not_ranked = true;
            return;
        }
        const bool full = count_[p] >= places_[p];
        if (always || (full && last_[p] < at->second))
            missed.seats.push_back({p, at->second, last_[p], places_[p]});
    }

    const couples_market& m_;
    const couples_certificate& made_;
    std::vector<std::int64_t> places_;
    std::vector<std::int64_t> last_;
    std::vector<std::int64_t> count_;
    std::vector<std::vector<std::pair<std::size_t, std::int64_t>>> ranks_;
};

}  // namespace

std::vector<couples_reason> couples_reasons(const couples_market& m,
                                            const couples_certificate& made) {
    const couples_reader reader(m, made);
    std::vector<const couple*> first(m.lists.size(), nullptr);
    std::vector<bool> second(m.lists.size(), false);
    for (const couple& one : m.couples) {
        first[std::min(one.first, one.second)] = &one;
        second[std::max(one.first, one.second)] = true;
    }
    std::vector<couples_reason> reasons;
    for (std::uint32_t a = 0; a < m.lists.size(); ++a) {
        if (second[a]) continue;
        reasons.push_back(first[a] ? reader.pair(*first[a]) : reader.single(a));
    }
    return reasons;
}

std::string sentence(const couples_reason& why) {
    std::string text = why.choice ? fmt::format("Choice {} came true.", *why.choice)
                                  : std::string("No choice came true.");
    for (const missed_choice& one : why.missed) {
        text += fmt::format(" Choice {}: ", one.choice);
        if (one.not_ranked) {
            text += "a programme did not rank who asked.";
            continue;
        }
        std::string seats;
        for (const missed_seat& seat : one.seats) {
            if (!seats.empty()) seats += "; ";
            seats +=
                fmt::format("at programme {} rank {}, the last of its {} places went to rank {}",
                            seat.programme, seat.your_rank, seat.seats, seat.cutoff_rank);
        }
        text += seats.empty() ? "the two places were not to be had together." : seats + ".";
    }
    return text;
}

}  // namespace veche::matching
