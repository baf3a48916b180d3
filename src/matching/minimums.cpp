#include "matching/minimums.hpp"

#include <algorithm>
#include <numeric>

#include "kernel/check.hpp"
#include "matching/deferred_acceptance.hpp"

namespace veche::matching {
namespace {

/// Deferred acceptance with other seats, and what it fills.
class seat_trial {
  public:
    explicit seat_trial(const market& m) : market_(m) {}

    outcome run(const std::vector<std::uint32_t>& seats) {
        market_.capacities = seats;
        return match_by_applicants(market_);
    }
    [[nodiscard]] std::vector<std::uint32_t> fill(const outcome& out) const {
        return fill_of(market_, out.placed);
    }

  private:
    market market_;
};

void leave_unmatched(const market& m, minimum_outcome& made) {
    made.seats.assign(m.programmes(), 0);
    made.of = {assignment(m.applicants(), nobody), std::vector<std::uint32_t>(m.programmes(), 0),
               0};
}

/// Suppositions and what follows from them, until nothing is open or all is refuted.
class closing_search {
  public:
    closing_search(const market& m, const minimum_terms& terms, std::size_t most_steps)
        : m_(m), terms_(terms), most_steps_(most_steps), trial_(m), state_(m.programmes()) {
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            state_[p] = takes_part(p) && terms.least[p] > 0 ? state::undecided : state::open;
    }

    minimum_outcome run() {
        while (made_.steps.size() < most_steps_) {
            const found what = look();
            if (what == found::contradiction && !turn_back()) {
                made_.proof = minimum_proof::none;
                break;
            }
            if (what != found::nothing) continue;
            const auto next =
                std::find_if(terms_.order.begin(), terms_.order.end(),
                             [&](std::uint32_t p) { return state_[p] == state::undecided; });
            if (next == terms_.order.end()) return finished();
            suppose(*next, state::open);
        }
        if (made_.proof != minimum_proof::none) {
            made_.proof = minimum_proof::unknown;
            made_.steps.clear();
            made_.shown.clear();
        }
        leave_unmatched(m_, made_);
        return std::move(made_);
    }

  private:
    enum class state : std::uint8_t { undecided, open, closed };
    enum class found : std::uint8_t { nothing, consequence, contradiction };
    struct supposition {
        std::uint32_t programme;
        std::size_t decided;  ///< how many were decided before it
    };

    [[nodiscard]] bool takes_part(std::uint32_t p) const {
        return terms_.apart.empty() || !terms_.apart[p];
    }

    void decide(std::uint32_t p, state s) {
        state_[p] = s;
        trail_.push_back(p);
    }

    void suppose(std::uint32_t p, state s) {
        suppositions_.push_back({p, trail_.size()});
        made_.steps.push_back(
            {s == state::open ? minimum_move::open : minimum_move::closed, p, nobody, nobody});
        decide(p, s);
    }

    /// The last supposition is refuted: its contrary is known. False where there was none.
    bool turn_back() {
        if (suppositions_.empty()) return false;
        const supposition last = suppositions_.back();
        suppositions_.pop_back();
        const state contrary = state_[last.programme] == state::open ? state::closed : state::open;
        while (trail_.size() > last.decided) {
            state_[trail_.back()] = state::undecided;
            trail_.pop_back();
        }
        decide(last.programme, contrary);
        return true;
    }

    /// Seats with all that is known to run, and the undecided or one of them.
    [[nodiscard]] std::vector<std::uint32_t> seats(bool undecided,
                                                   std::uint32_t one = nobody) const {
        std::vector<std::uint32_t> all(m_.programmes(), 0);
        for (std::uint32_t p = 0; p < all.size(); ++p)
            if (state_[p] == state::open || p == one ||
                (undecided && state_[p] == state::undecided))
                all[p] = m_.capacities[p];
        return all;
    }

    std::uint32_t show(std::vector<std::uint32_t> seats, const outcome& out) {
        shown_matching one{std::move(seats), out.limits};
        // The same matching mostly shows several things one after another.
        if (made_.shown.empty() || made_.shown.back() != one) made_.shown.push_back(std::move(one));
        return static_cast<std::uint32_t>(made_.shown.size() - 1);
    }

    void contradict(minimum_move move, std::uint32_t p, const std::vector<std::uint32_t>& seats,
                    const outcome& out) {
        made_.steps.push_back({move, p, show(seats, out), nobody});
    }

    /// How many are at each programme or would rather be.
    [[nodiscard]] std::vector<std::uint32_t> wishers(const assignment& placed) const {
        std::vector<std::uint32_t> all(m_.programmes(), 0);
        for (std::uint32_t a = 0; a < m_.applicants(); ++a)
            for (std::uint32_t i = m_.begins[a]; i < m_.begins[a + 1]; ++i) {
                ++all[m_.choices[i].programme];
                if (m_.choices[i].programme == placed[a]) break;
            }
        return all;
    }

    /// What follows from what is known, or that it cannot be.
    found look() {
        const auto widest = seats(true);
        const outcome out = trial_.run(widest);
        const auto wish = wishers(out.placed);
        bool any = false;
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            if (terms_.least[p] == 0 || !takes_part(p) || wish[p] < terms_.least[p]) continue;
            if (state_[p] == state::open) continue;
            const bool refuted = state_[p] == state::closed;
            if (!refuted) suppose(p, state::closed);
            contradict(minimum_move::wanted, p, widest, out);
            if (refuted) return found::contradiction;
            turn_back();
            any = true;
        }
        if (any) return found::consequence;
        return look_for_lack();
    }

    found look_for_lack() {
        if (const std::uint32_t p = lack(nobody); p != nobody) return found::contradiction;
        bool any = false;
        for (const std::uint32_t p : terms_.order) {
            if (state_[p] != state::undecided || lack(p) == nobody) continue;
            turn_back();
            any = true;
        }
        return any ? found::consequence : found::nothing;
    }

    /// A programme that runs and lacks its minimum, with all that is known to run and perhaps one
    /// supposed beside; where there is one, the steps say it.
    std::uint32_t lack(std::uint32_t supposed) {
        const auto fewest = seats(false, supposed);
        const outcome out = trial_.run(fewest);
        const auto fill = trial_.fill(out);
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            if (!takes_part(p) || (state_[p] != state::open && p != supposed)) continue;
            if (fill[p] >= terms_.least[p]) continue;
            if (supposed != nobody) suppose(supposed, state::open);
            contradict(minimum_move::lacking, p, fewest, out);
            return p;
        }
        return nobody;
    }

    minimum_outcome finished() {
        made_.seats = seats(false);
        made_.of = trial_.run(made_.seats);
        return std::move(made_);
    }

    const market& m_;
    const minimum_terms& terms_;
    std::size_t most_steps_;
    seat_trial trial_;
    std::vector<state> state_;
    std::vector<std::uint32_t> trail_;
    std::vector<supposition> suppositions_;
    minimum_outcome made_;
};

/// Seats from the minimums upwards, a turn after another.
class filling {
  public:
    filling(const market& m, const minimum_terms& terms)
        : m_(m), terms_(terms), trial_(m), most_(m.capacities) {
        std::vector<std::uint32_t> askers(m.programmes(), 0);
        for (const choice& c : m.choices) ++askers[c.programme];
        // More seats than askers are no different; fewer turns are gone through.
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            most_[p] = std::max(std::min(most_[p], askers[p]), terms.least[p]);
    }

    minimum_outcome run() {
        minimum_outcome made;
        if (const std::uint32_t p = lacking(terms_.least); p != nobody) {
            made.proof = minimum_proof::none;
            made.shown.push_back({terms_.least, last_.limits});
            made.steps.push_back({minimum_move::lacking, p, 0, nobody});
            leave_unmatched(m_, made);
            return made;
        }
        std::vector<std::uint32_t> withheld;
        raise(withheld);
        made.seats = m_.capacities;
        for (const std::uint32_t p : withheld) made.seats[p] = most_[p];
        most_ = made.seats;
        for (const std::uint32_t p : withheld) {
            auto seats = seats_after(turn_of(p));
            ++seats[p];
            const std::uint32_t other = lacking(seats);
            VECHE_ENSURE(other != nobody, "a seat is withheld only where a minimum would fail");
            made.steps.push_back(
                {minimum_move::withheld, p, static_cast<std::uint32_t>(made.shown.size()), other});
            made.shown.push_back({std::move(seats), last_.limits});
        }
        made.of = trial_.run(made.seats);
        return made;
    }

  private:
    /// A programme without its minimum.
    std::uint32_t lacking(const std::vector<std::uint32_t>& seats) {
        last_ = trial_.run(seats);
        const auto fill = trial_.fill(last_);
        for (std::uint32_t p = 0; p < fill.size(); ++p)
            if (fill[p] < terms_.least[p]) return p;
        return nobody;
    }

    [[nodiscard]] std::vector<std::uint32_t> seats_after(std::uint64_t turns) const {
        const std::uint64_t rounds = turns / terms_.order.size();
        std::vector<std::uint32_t> seats(m_.programmes());
        for (std::size_t i = 0; i < terms_.order.size(); ++i) {
            const std::uint32_t p = terms_.order[i];
            seats[p] = static_cast<std::uint32_t>(std::min<std::uint64_t>(
                most_[p], terms_.least[p] + rounds + (i < turns % terms_.order.size() ? 1 : 0)));
        }
        return seats;
    }

    /// How many turns there were before that in which the programme would get one more than most_.
    [[nodiscard]] std::uint64_t turn_of(std::uint32_t p) const {
        const auto at = std::find(terms_.order.begin(), terms_.order.end(), p);
        return std::uint64_t{most_[p] - terms_.least[p]} * terms_.order.size() +
               static_cast<std::uint64_t>(at - terms_.order.begin());
    }

    void raise(std::vector<std::uint32_t>& withheld) {
        std::uint64_t rounds = 0;
        for (std::uint32_t p = 0; p < m_.programmes(); ++p)
            rounds = std::max<std::uint64_t>(rounds, most_[p] - terms_.least[p]);
        std::uint64_t done = 0;  // turns after which all minimums are filled
        const std::uint64_t all = rounds * terms_.order.size();
        while (done < all && lacking(seats_after(all)) != nobody) {
            std::uint64_t end = all;  // turns after which one lacks
            while (end - done > 1) {
                const std::uint64_t middle = done + (end - done) / 2;
                (lacking(seats_after(middle)) == nobody ? done : end) = middle;
            }
            const std::uint32_t p = terms_.order[done % terms_.order.size()];
            most_[p] = seats_after(done)[p];
            withheld.push_back(p);
            done = end;
        }
    }

    const market& m_;
    const minimum_terms& terms_;
    seat_trial trial_;
    std::vector<std::uint32_t> most_;
    outcome last_;
};

}  // namespace

minimum_outcome match_with_minimums(const market& m, const minimum_terms& terms, minimum_rule rule,
                                    std::size_t most_steps) {
    VECHE_ENSURE(terms.least.size() == m.programmes() && terms.order.size() == m.programmes(),
                 "each programme has a minimum and a turn");
    if (rule == minimum_rule::filled) return filling(m, terms).run();
    return closing_search(m, terms, most_steps).run();
}

}  // namespace veche::matching
