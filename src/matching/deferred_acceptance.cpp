#include "matching/deferred_acceptance.hpp"

#include <algorithm>

namespace veche::matching {
namespace {

/// A rank and its applicant as one number, so that comparing ranks is comparing numbers.
std::uint64_t ranked(std::uint32_t rank, std::uint32_t applicant) {
    return std::uint64_t{rank} << 32 | applicant;
}
std::uint32_t rank_in(std::uint64_t entry) {
    return static_cast<std::uint32_t>(entry >> 32);
}
std::uint32_t applicant_in(std::uint64_t entry) {
    return static_cast<std::uint32_t>(entry);
}

/// Those refused wait in a queue, so that their rows, which lie anywhere in memory, can be fetched
/// ahead of need; and a programme takes some more than it has places before it selects, so that a
/// selection costs each entry little. Who is refused by a limit never reaches the programme.
class applicants_ask {
  public:
    explicit applicants_ask(const market& m)
        : m_(m), limits_(m.programmes(), no_limit), held_(m.programmes()) {
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            if (m.capacities[p] == 0) limits_[p] = 0;
    }

    outcome run() {
        for (std::uint32_t a = 0; a < m_.applicants(); ++a) ask(a);
        do {
            ask_refused();
            for (std::uint32_t p = 0; p < m_.programmes(); ++p)
                if (held_[p].size() > m_.capacities[p]) select(p);
        } while (!refused_.empty());
        return finished();
    }

  private:
    static constexpr std::size_t ahead = 12;

    void ask(std::uint32_t a) {
        const choice* at = m_.choices.data() + m_.begins[a];
        const choice* const end = m_.choices.data() + m_.begins[a + 1];
        for (; at != end; ++at) {
            if (at->rank >= limits_[at->programme]) continue;
            ++proposals_;
            auto& held = held_[at->programme];
            held.push_back(ranked(at->rank, a));
            if (held.size() >= most_held(at->programme)) select(at->programme);
            return;
        }
    }

    [[nodiscard]] std::size_t most_held(std::uint32_t p) const {
        return std::size_t{m_.capacities[p]} + m_.capacities[p] / 2 + 4;
    }

    void ask_refused() {
        for (std::size_t i = 0; i < refused_.size(); ++i) {
            if (i + 2 * ahead < refused_.size())
                __builtin_prefetch(&m_.begins[refused_[i + 2 * ahead]]);
            if (i + ahead < refused_.size()) {
                const choice* row = m_.choices.data() + m_.begins[refused_[i + ahead]];
                __builtin_prefetch(row);
                __builtin_prefetch(row + 8);
            }
            ask(refused_[i]);
        }
        refused_.clear();
    }

    /// Keeps the best, as many as there are places; the worst of them is the limit to beat.
    void select(std::uint32_t p) {
        auto& held = held_[p];
        const auto kept = held.begin() + m_.capacities[p];
        std::nth_element(held.begin(), kept - 1, held.end());
        limits_[p] = rank_in(*(kept - 1));
        for (auto entry = kept; entry != held.end(); ++entry)
            refused_.push_back(applicant_in(*entry));
        held.erase(kept, held.end());
    }

    outcome finished() {
        outcome out{assignment(m_.applicants(), nobody), std::move(limits_), proposals_};
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            std::uint32_t worst = 0;
            for (const std::uint64_t entry : held_[p]) {
                out.placed[applicant_in(entry)] = p;
                worst = std::max(worst, rank_in(entry));
            }
            if (m_.capacities[p] > 0)
                out.limits[p] = held_[p].size() == m_.capacities[p] ? worst + 1 : no_limit;
        }
        return out;
    }

    const market& m_;
    std::vector<std::uint32_t> limits_;
    std::vector<std::vector<std::uint64_t>> held_;
    std::vector<std::uint32_t> refused_;
    std::uint64_t proposals_ = 0;
};

/// Applicants of every programme, best first, behind one another.
struct programme_orders {
    std::vector<std::uint32_t> begins;
    std::vector<std::uint32_t> applicants;
};

void sort_by_rank(const market& m, std::uint32_t programme, std::uint32_t* from,
                  std::uint32_t* to) {
    std::vector<std::uint64_t> entries;
    for (std::uint32_t* a = from; a != to; ++a)
        for (std::uint32_t i = m.begins[*a]; i < m.begins[*a + 1]; ++i)
            if (m.choices[i].programme == programme)
                entries.push_back(ranked(m.choices[i].rank, *a));
    std::sort(entries.begin(), entries.end());
    std::transform(entries.begin(), entries.end(), from, applicant_in);
}

/// Ranks that count from 0 without gaps say themselves where each applicant stands.
programme_orders orders_of(const market& m) {
    programme_orders orders{std::vector<std::uint32_t>(m.programmes() + std::size_t{1}),
                            std::vector<std::uint32_t>(m.choices.size())};
    for (const choice& c : m.choices) ++orders.begins[c.programme + std::size_t{1}];
    for (std::size_t p = 0; p < m.programmes(); ++p) orders.begins[p + 1] += orders.begins[p];
    const bool dense = std::all_of(m.choices.begin(), m.choices.end(), [&](const choice& c) {
        return c.rank < orders.begins[c.programme + std::size_t{1}] - orders.begins[c.programme];
    });
    std::vector<std::uint32_t> next(orders.begins.begin(), orders.begins.end() - 1);
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a]; i < m.begins[a + 1]; ++i) {
            const choice& c = m.choices[i];
            const std::uint32_t at =
                dense ? orders.begins[c.programme] + c.rank : next[c.programme]++;
            orders.applicants[at] = a;
        }
    if (!dense)
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            sort_by_rank(m, p, orders.applicants.data() + orders.begins[p],
                         orders.applicants.data() + orders.begins[p + std::size_t{1}]);
    return orders;
}

class programmes_offer {
  public:
    explicit programmes_offer(const market& m)
        : m_(m),
          orders_(orders_of(m)),
          next_(orders_.begins.begin(), orders_.begins.end() - 1),
          free_(m.capacities),
          best_(m.applicants(), nobody) {}

    outcome run() {
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) waiting_.push_back(p);
        while (!waiting_.empty()) {
            const std::uint32_t p = waiting_.back();
            waiting_.pop_back();
            while (free_[p] > 0 && next_[p] < orders_.begins[p + std::size_t{1}])
                offer(p, orders_.applicants[next_[p]++]);
        }
        return finished();
    }

  private:
    void offer(std::uint32_t p, std::uint32_t a) {
        ++proposals_;
        std::uint32_t i = m_.begins[a];
        // Only what is better than the offer in hand counts.
        const std::uint32_t end = best_[a] == nobody ? m_.begins[a + 1] : best_[a];
        while (i < end && m_.choices[i].programme != p) ++i;
        if (i == end) return;
        if (best_[a] != nobody) {
            const std::uint32_t left = m_.choices[best_[a]].programme;
            if (free_[left]++ == 0) waiting_.push_back(left);
        }
        best_[a] = i;
        --free_[p];
    }

    outcome finished() {
        outcome out{assignment(m_.applicants(), nobody),
                    std::vector<std::uint32_t>(m_.programmes(), 0), proposals_};
        for (std::uint32_t a = 0; a < m_.applicants(); ++a) {
            if (best_[a] == nobody) continue;
            const choice& c = m_.choices[best_[a]];
            out.placed[a] = c.programme;
            out.limits[c.programme] = std::max(out.limits[c.programme], c.rank + 1);
        }
        for (std::uint32_t p = 0; p < m_.programmes(); ++p)
            if (free_[p] > 0) out.limits[p] = no_limit;
        return out;
    }

    const market& m_;
    programme_orders orders_;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> free_;
    std::vector<std::uint32_t> best_;  // index of the choice that each applicant holds
    std::vector<std::uint32_t> waiting_;
    std::uint64_t proposals_ = 0;
};

}  // namespace

outcome match_by_applicants(const market& m) {
    return applicants_ask(m).run();
}

outcome match_by_programmes(const market& m) {
    return programmes_offer(m).run();
}

}  // namespace veche::matching
