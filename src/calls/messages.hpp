#pragma once
// All messages of the room, for the office's list of routes.

#include <tuple>

#include "calls/commands.hpp"
#include "calls/events.hpp"

namespace veche::calls {

using commands =
    std::tuple<open_call, commit_lot, reveal_lot, submit_application, withdraw_application,
               answer_offer, lodge_appeal, judge_eligibility, assign_assessor, set_aside,
               settle_list, run_allocation, conclude_call, declare_interest, assess, decide_appeal,
               vote, state_claim, rank_applicants, rank_offers>;
using derived =
    std::tuple<call_closed, lot_missed, allocated, offers_lapsed, appeal_settled, call_concluded,
               vote_opened, vote_closed, shared_out, rankings_over, offers_moved, offers_ended>;

}  // namespace veche::calls
