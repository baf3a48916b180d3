#pragma once
// All messages of the room, for the office's list of routes.

#include <tuple>
#include <utility>

#include "assembly/casting_commands.hpp"
#include "assembly/commands.hpp"
#include "assembly/election_commands.hpp"
#include "assembly/election_events.hpp"
#include "assembly/events.hpp"
#include "assembly/floor_commands.hpp"
#include "assembly/forwarding.hpp"
#include "assembly/internal_items.hpp"
#include "assembly/motion_commands.hpp"
#include "assembly/parts.hpp"
#include "assembly/readiness.hpp"
#include "assembly/sealed_papers.hpp"
#include "assembly/secret_commands.hpp"
#include "assembly/secret_events.hpp"
#include "assembly/series_commands.hpp"
#include "assembly/sitting_commands.hpp"
#include "assembly/supporters.hpp"

namespace veche::assembly {

using other_commands =
    std::tuple<convene_session, reschedule_session, cancel_session, open_session, close_session,
               add_item, move_item, remove_item, add_paper, register_presence, end_presence,
               table_motion, withdraw_motion, open_vote, cast_ballot, close_vote, retry_enactments,
               open_speakers_list, close_speakers_list, ask_for_floor, withdraw_speech, move_speech,
               give_floor, pause_speech, resume_speech, end_speech, add_speaking_time,
               add_sealed_paper, add_internal_item>;

/// Each topic lists its own.
using commands =
    decltype(std::tuple_cat(std::declval<other_commands>(), std::declval<motion_commands>(),
                            std::declval<sitting_commands>(), std::declval<series_commands>(),
                            std::declval<supporter_commands>(), std::declval<act_commands>(),
                            std::declval<forwarding_commands>(), std::declval<election_commands>(),
                            std::declval<secret_commands>(), std::declval<casting_commands>(),
                            std::declval<bundle_commands>(), std::declval<part_commands>(),
                            std::declval<readiness_commands>()));

using other_derived =
    std::tuple<vote_decided, roll_continued, decision_adopted, enactment_carried_out,
               enactments_failed, item_placed, case_placed, text_amended, session_planned,
               decision_in_force, forwarded_motion_placed, motion_returned, part_dropped>;
using derived =
    decltype(std::tuple_cat(std::declval<other_derived>(), std::declval<election_events>(),
                            std::declval<secret_derived>()));

}  // namespace veche::assembly
