#pragma once
// The floor: who speaks, in which order, for how long. A speakers' list belongs to an item of a
// session. Delegates put themselves on it; the chair runs it with one command, give_floor.
//
// Order of those who wait (floor.hpp, `next_in_line`): points of order, then interventions, then
// speeches as they were asked for; a list that alternates takes the first whose stance differs from
// that of the last speech. The chair may move anyone. A point of order or an intervention
// interrupts the speech that runs; when it ends, that speech has the floor again and its clock
// stands still until it is resumed. Time is what the journal's entries say; nothing is cut off by a
// clock.

#include <optional>
#include <string>

#include "assembly/terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

using list_id = id<struct list_tag>;
using speech_id = id<struct speech_tag>;  ///< unique within its list

enum class speech_kind : std::uint8_t { speech, intervention, point_of_order };
VECHE_CHOICES(speech_kind, speech, intervention, point_of_order)

enum class stance : std::uint8_t { neither, in_favour, against };
VECHE_CHOICES(stance, neither, in_favour, against)

/// What a point of order asks for, as rules of procedure name them.
enum class order_point : std::uint8_t { procedure, quorum, adjourn, close_debate, close_list };
VECHE_CHOICES(order_point, procedure, quorum, adjourn, close_debate, close_list)

/// Power "preside". Of an item of an open session.
struct open_speakers_list {
    static constexpr wire_info wire{"assembly.open_speakers_list", 1,
                                    "Open a speakers' list on an item of the agenda."};
    list_id list;
    session_id session;
    item_id item;
    std::optional<std::int32_t> seconds_each;
    std::optional<std::int32_t> seconds_per_member;
    bool alternate = false;
};
VECHE_FIELDS(open_speakers_list, (list, "Id of the list."), (session, "The session."),
             (item, "The item that is spoken on."),
             (seconds_each, "Time for one speech in seconds; not limited where nothing is said."),
             (seconds_per_member, "Time for all speeches of one member's delegation in seconds."),
             (alternate, "Whether speakers in favour and against take turns."))

/// Power "preside". Nobody asks for the floor any more; who waits is still heard.
struct close_speakers_list {
    static constexpr wire_info wire{"assembly.close_speakers_list", 1,
                                    "Take no more requests on a speakers' list."};
    list_id list;
};
VECHE_FIELDS(close_speakers_list, (list, "The list."))

/// By the holder of a seat of the session; with power "preside" for any seat, or for a guest.
/// A point of order says what it asks for. One request of a kind at a time.
struct ask_for_floor {
    static constexpr wire_info wire{"assembly.ask_for_floor", 1, "Ask for the floor."};
    list_id list;
    speech_id speech;
    std::optional<std::string> seat;
    localized guest;
    speech_kind kind{};
    stance stands{};
    std::optional<order_point> point;
};
VECHE_FIELDS(ask_for_floor, (list, "The list."), (speech, "Id of the speech, new on this list."),
             (seat, "The seat that speaks."),
             (guest, "Who speaks without a seat, by language: a role, not a name."),
             (kind, "A speech, an intervention or a point of order."),
             (stands, "For or against, where that is asked."),
             (point, "What a point of order asks for."))

/// By the holder of the seat, or with power "preside".
struct withdraw_speech {
    static constexpr wire_info wire{"assembly.withdraw_speech", 1,
                                    "Withdraw a request for the floor."};
    list_id list;
    speech_id speech;
};
VECHE_FIELDS(withdraw_speech, (list, "The list."), (speech, "A speech that waits."))

/// Power "preside".
struct move_speech {
    static constexpr wire_info wire{"assembly.move_speech", 1,
                                    "Move a request for the floor within the list."};
    list_id list;
    speech_id speech;
    std::optional<speech_id> before;
};
VECHE_FIELDS(move_speech, (list, "The list."), (speech, "A speech that waits."),
             (before, "The speech it goes before; to the end where nothing is said."))

/// Power "preside". Ends the speech that runs, or interrupts it for a point of order or an
/// intervention.
struct give_floor {
    static constexpr wire_info wire{"assembly.give_floor", 1,
                                    "Give the floor to the next speaker."};
    list_id list;
    std::optional<speech_id> speech;
};
VECHE_FIELDS(give_floor, (list, "The list."),
             (speech, "A speech that waits; the next in line where nothing is said."))

/// Power "preside".
struct pause_speech {
    static constexpr wire_info wire{"assembly.pause_speech", 1, "Stop the clock of the speaker."};
    list_id list;
};
VECHE_FIELDS(pause_speech, (list, "The list."))

/// Power "preside".
struct resume_speech {
    static constexpr wire_info wire{"assembly.resume_speech", 1,
                                    "Let the clock of the speaker run again."};
    list_id list;
};
VECHE_FIELDS(resume_speech, (list, "The list."))

/// Power "preside".
struct end_speech {
    static constexpr wire_info wire{"assembly.end_speech", 1, "End the speech."};
    list_id list;
};
VECHE_FIELDS(end_speech, (list, "The list."))

/// Power "preside". For the speech that has the floor.
struct add_speaking_time {
    static constexpr wire_info wire{"assembly.add_speaking_time", 1, "Give the speaker more time."};
    list_id list;
    std::int32_t seconds = 60;
};
VECHE_FIELDS(add_speaking_time, (list, "The list."), (seconds, "How much more, in seconds."))

}  // namespace veche::assembly
