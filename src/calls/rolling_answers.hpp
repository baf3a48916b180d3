#pragma once
// How a person answers where offers roll, and how the state of applications follows the lists.

#include "calls/checks.hpp"
#include "calls/rolling_offers.hpp"

namespace veche::calls {

/// Where a call may let its offers roll: refuses what does not go together.
result<void> check_rolling(const open_call&);

/// What an answer brings to the log; an answer to a place beyond the capacity brings a withdrawal
/// from all lists, or nothing.
result<std::optional<matching::rolling_event>> rolling_answer(const call&, const application&,
                                                              const answer_offer&);
/// What a ranking brings to the log.
result<matching::rolling_event> rolling_ranking(const call&, const application&,
                                                const rank_offers&);
/// What leaving the call brings to the log; nothing for who is on no list.
std::optional<matching::rolling_event> rolling_leave(const call&, const application&);
/// Where somebody stands on the list of a programme; nothing for who is not on it.
std::optional<matching::rolling_line> rolling_line_of(const call&, const person_id&,
                                                      const place_id&);

/// Folds an act on the lists: its events, the offers of everybody whom it moved.
void apply_rolling(state&, const call_id&, const std::optional<matching::rolling_event>&,
                   instant at);
/// The first offers.
void begin_rolling(state&, call&, const run_input&, const run_result&, instant at);
/// The last day: what is kept is taken, what is open lapses.
void end_rolling(state&, call&);
/// Makes an offer beyond the capacity; closes one.
void offer_beyond(state&, const appeal_settled&);
void answer_beyond(state&, const call_id&, const person_id&, const place_id&, offer_status);
/// Who wins a place by appeal waits for it no longer.
void leave_list(state&, const appeal_settled&, instant at);
/// Its own answer to a place beyond the capacity.
const offer* open_beyond(const application&, const std::optional<place_id>&);

}  // namespace veche::calls
