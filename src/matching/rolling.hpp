#pragma once
// Rolling offers and waiting lists: where a call stands is a pure function of its log. Programmes
// offer in their order to as many as they have places; candidates hold, accept, decline or let
// pass; whoever goes frees a place, which goes to the next. That is deferred acceptance by the
// programmes, restarted from where it stands (vacancy chains: Blum, Roth and Rothblum 1997): where
// every candidate answers by a full ranking, it ends in the programme-optimal stable matching.
//
// Whatever the order of answers of one day, nobody loses an offer by another's haste: an offer is
// lost only by the candidate's own answer or at its day.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "kernel/parts.hpp"
#include "matching/market.hpp"

namespace veche::matching {

struct rolling_call {
    market places;  ///< who applied where; lists in any order, ranks strict at each programme
    std::int32_t days_to_answer = 3;
};

enum class rolling_event_kind : std::uint8_t {
    day,       ///< a day begins: `number`; offers whose day has passed lapse
    rank,      ///< the candidate answers by a ranking from now on: `ranking`, best first
    hold,      ///< keeps this offer, gives up the other offers, goes on waiting
    accept,    ///< takes this offer for good: gives up all else
    decline,   ///< gives up this offer or this waiting place
    withdraw,  ///< gives up everything
    seats      ///< the programme has `number` places from now on, not fewer than are held
};
VECHE_CHOICES(rolling_event_kind, day, rank, hold, accept, decline, withdraw, seats)

struct rolling_event {
    rolling_event_kind kind{};
    std::int64_t applicant = -1;
    std::int64_t programme = -1;
    std::int64_t number = 0;
    std::vector<std::int64_t> ranking;
    bool operator==(const rolling_event&) const = default;
};
VECHE_FIELDS(rolling_event, (kind, "What happened."), (applicant, "The candidate; -1 is none."),
             (programme, "The programme; -1 is none."), (number, "The day, or the places."),
             (ranking, "Programmes, best first; what is not named is given up."))

enum class rolling_standing : std::uint8_t {
    waiting,   ///< no offer yet
    offered,   ///< to be answered by a day
    held,      ///< kept, and waiting for better
    accepted,  ///< taken for good
    given_up,  ///< by the candidate, or by a ranking in favour of a better one
    lapsed     ///< not answered in time
};
VECHE_CHOICES(rolling_standing, waiting, offered, held, accepted, given_up, lapsed)

/// Where one application stands.
struct rolling_line {
    rolling_standing standing{};
    std::int64_t answer_by = -1;
    bool operator==(const rolling_line&) const = default;
};
VECHE_FIELDS(rolling_line, (standing, "Where it stands."),
             (answer_by, "The last day on which the offer can be answered; -1 where none runs."))

struct rolling_state {
    std::int64_t day = 0;
    std::vector<rolling_line> lines;  ///< of each choice of the market, in its order
    std::vector<std::int64_t> seats;
    bool operator==(const rolling_state&) const = default;
};
VECHE_FIELDS(rolling_state, (day, "The day."), (lines, "Every application."),
             (seats, "Places of each programme now."))

/// A call as it goes on, one event after another. A copy goes on by itself; what never changes is
/// shared with it, so that one can try an event on a copy.
class rolling_run {
  public:
    /// Of no call: only to be read into (kernel/value_bytes.hpp).
    rolling_run() = default;
    /// Everybody who is called at once. Refuses an unsound market (two of one rank at a programme,
    /// one programme twice on a list).
    static result<rolling_run> begin(std::shared_ptr<const rolling_call>);
    /// One event, and the offers that follow from it. Refuses what does not follow, under that
    /// number of the log, and then changes nothing.
    result<void> follow(const rolling_event&, std::size_t number);

    [[nodiscard]] const rolling_state& state() const { return state_; }
    /// Choices whose line the last event changed, each once, ascending; after begin() all that were
    /// called at once.
    [[nodiscard]] const std::vector<std::uint32_t>& changed() const { return changed_; }
    [[nodiscard]] const rolling_call& asked() const { return *fixed_->call; }
    [[nodiscard]] const market& places() const { return fixed_->call->places; }
    /// Whose choice it is.
    [[nodiscard]] std::uint32_t owner_of(std::uint32_t choice) const {
        return fixed_->owner[choice];
    }
    /// Programmes of the ranking by which the applicant answers that are still open, best first;
    /// none for who answers by hand.
    [[nodiscard]] std::vector<std::uint32_t> ranking_of(std::uint32_t applicant) const;
    /// Choices of the programme in its order.
    [[nodiscard]] std::span<const std::uint32_t> order_of(std::uint32_t programme) const {
        return fixed_->orders[programme];
    }
    /// Place of a choice in the order of its programme, from 1.
    [[nodiscard]] std::uint32_t place_of(std::uint32_t choice) const;

  private:
    struct fixed {
        std::shared_ptr<const rolling_call> call;
        std::vector<std::vector<std::uint32_t>> orders;  ///< of each programme: choices
        std::vector<std::uint32_t> owner;                ///< of each choice
    };
    explicit rolling_run(std::shared_ptr<const fixed> f) : fixed_(std::move(f)) {}
    friend struct veche::part_access;
    template <class Self, class F>
    static void parts(Self& self, F&& f) {
        f(self.fixed_, self.next_, self.taken_, self.liking_, self.ranks_, self.calling_,
          self.changed_, self.state_);
    }

    [[nodiscard]] rolling_standing& standing(std::uint32_t c) { return state_.lines[c].standing; }
    std::string change(const rolling_event&);
    void set(std::uint32_t choice, rolling_standing to);
    void give_up(std::uint32_t choice);
    std::string answer(const rolling_event&, std::uint32_t applicant);
    std::string answer_by_ranking(const rolling_event&, std::uint32_t applicant);
    void keep_best(std::uint32_t applicant);
    void turn_day(std::int64_t day);
    void offer();

    std::shared_ptr<const fixed> fixed_;
    std::vector<std::uint32_t> next_;  ///< of each programme: how many of its order were looked at
    std::vector<std::int64_t> taken_;
    std::vector<std::uint32_t> liking_;  ///< of each choice: its place in the ranking
    std::vector<bool> ranks_;
    std::vector<std::uint32_t> calling_;
    std::vector<std::uint32_t> changed_;
    rolling_state state_;
};

/// The state after the log, offers of the last event included. Refuses an unsound market (two of
/// one rank at a programme, one programme twice on a list), and the first event that does not
/// follow, by its number from 1.
result<rolling_state> replay_rolling(const rolling_call&, std::span<const rolling_event> log);

/// The programme that each candidate accepted, holds or is offered; of several offers the one first
/// on the list of the market.
assignment places_of(const rolling_call&, const rolling_state&);

/// What the candidate may read of one application.
struct rolling_reason {
    std::int64_t programme = 0;
    rolling_standing standing{};
    std::int64_t your_rank = 0;
    std::int64_t last_called_rank = 0;
    std::int64_t waiting_before_you = 0;
    std::int64_t answer_by = -1;
    bool operator==(const rolling_reason&) const = default;
};
VECHE_FIELDS(rolling_reason, (programme, "The programme."), (standing, "Where it stands."),
             (your_rank, "Own place in its order, from 1."),
             (last_called_rank, "Place of the last who was ever offered; 0 where nobody was."),
             (waiting_before_you, "How many wait before."),
             (answer_by, "The last day on which the offer can be answered; -1 where none runs."))

std::vector<rolling_reason> rolling_reasons(const rolling_call&, const rolling_state&,
                                            std::uint32_t applicant);
std::string sentence(const rolling_reason&);

}  // namespace veche::matching
