#pragma once
// Rolling offers of a call for places: the run makes the list of every programme and its first
// offers; from then on each answer, each lapse and each ranking frees places, which go to the next
// in the same breath, until the last day. Where all stands is a pure function of the call and of
// the log of answers (matching/rolling.hpp).
//
// A day of such a call is one of 24 hours from the run on. An offer can be answered for the days
// that the call gives and for the rest of the day in which it goes out, so that all that lapse on
// one day lapse together.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "calls/events.hpp"
#include "calls/run.hpp"
#include "kernel/cow.hpp"
#include "matching/rolling.hpp"

namespace veche::calls {

/// What the root of a step binds of one offer.
struct offer_record {
    person_id applicant;
    place_id programme;
    std::int64_t rank = 0;
    instant until;
    bool operator==(const offer_record&) const = default;
};
VECHE_FIELDS(offer_record, (applicant, "The applicant."), (programme, "The programme."),
             (rank, "Place in its order, from 1."), (until, "Until when it can be answered."))

struct rolling_book {
    /// What no answer changes: who takes part, ascending, with the score in the run.
    struct people {
        std::vector<person_id> applicants;
        std::vector<std::int64_t> scores;
    };
    std::shared_ptr<const people> who;
    matching::rolling_run run;
    cow_map<std::int64_t, matching::rolling_event> log;  ///< by number, from 0
    instant began;                                       ///< when it was run
    std::vector<std::int64_t> last;       ///< by programme: place of the last who ever got an offer
    std::vector<std::int64_t> first;      ///< the same in the run
    std::vector<offer_record> made;       ///< offers of the last step, by programme and place
    std::map<instant, std::int64_t> due;  ///< how many open offers have this last moment
};

/// Events of one act, with what came of them.
struct rolling_step {
    std::vector<matching::rolling_event> events;
    matching::rolling_run run;                ///< after them
    std::vector<std::uint32_t> changed;       ///< choices with another line than before
    std::vector<offer_record> made;           ///< by programme and place
    std::vector<list_move> lists;             ///< of programmes that made them
    std::optional<std::string> root() const;  ///< of the new offers; nothing where there are none
};

/// The first step: lists and the first offers, with the check by code that shares nothing with it.
run_result allocate_rolling(const run_input&);
/// Records of the result: each offer, and who has none.
std::vector<std::string> first_records(const run_input&, const rolling_book&);

/// The position of the applicant in the book; nothing for who does not take part.
std::optional<std::uint32_t> position_in(const rolling_book&, const person_id&);
/// The choice of the applicant at a programme; nothing where there is none.
std::optional<std::uint32_t> choice_at(const call&, const rolling_book&, const person_id&,
                                       const place_id&);
/// Until when an offer can be answered.
instant answer_until(const call&, const rolling_book&, std::int64_t answer_by);
/// An event as the engine reads it; the days that began since the last one come before it.
matching::rolling_event event_of(const call&, const rolling_book&, matching::rolling_event_kind,
                                 const person_id&, const std::optional<place_id>&);
/// What would come of it at that moment; nothing where it does not follow. Without an event only
/// the day turns.
std::optional<rolling_step> step_of(const call&, const std::optional<matching::rolling_event>&,
                                    instant at);
/// The event that says what the last act moved.
offers_moved last_moves(const call&);
/// The event that says what an act moved; none where it moved nothing.
events moves_of(const call&, const std::optional<rolling_step>&);

/// Offers of the call that nobody answered until then.
offers_lapsed lapse_rolling(const state&, const call&, instant at);
offers_ended end_offers(const state&, const call&);
/// What is wrong with the book, in words: it is computed anew from its log and checked by code that
/// shares nothing with the engine. Empty where all holds.
std::string fault_in_book(const rolling_book&);

/// The last who ever got an offer of the programme, by score and lot; no score while nobody waits
/// there. `rank` is the place of that one.
cutoff line_of(const call&, const rolling_book&, std::uint32_t programme);

}  // namespace veche::calls
