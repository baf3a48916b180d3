#pragma once
// What one may see of the floor.

#include "assembly/view_parts.hpp"

namespace veche::assembly {

struct floor_query {
    static constexpr wire_info wire{"assembly.floor", 1,
                                    "The speakers' lists of a session: who speaks, who waits."};
    session_id session;
};
VECHE_FIELDS(floor_query, (session, "Id of the session."))

struct speech_view {
    speech_id id;
    speech_kind kind{};
    stance stands{};
    std::optional<order_point> point;
    speech_status status{};
    localized speaker;
    localized role;
    std::optional<member_id> member;
    localized member_name;
    std::int32_t used = 0;
    std::optional<std::int32_t> limit;
    std::optional<std::int32_t> left;
    bool over = false;
    bool running = false;
    std::optional<instant> started;
    bool own = false;
    std::int64_t seq = 0;
};
VECHE_FIELDS(speech_view, (id, "Id of the speech."),
             (kind, "A speech, an intervention or a point of order."), (stands, "For or against."),
             (point, "What a point of order asks for."), (status, "Where it stands."),
             (speaker, "Who speaks: the seat's title, or the guest."),
             (role, "Title of the person who holds the seat, where it says more."),
             (member, "The member it is of."), (member_name, "Name of the member."),
             (used, "Seconds used so far, rounded down."),
             (limit, "Seconds it has; none where time is not limited."),
             (left, "Seconds left; negative once the time is over."),
             (over, "Whether its time is over."), (running, "Whether its clock runs."),
             (started, "When it was given the floor."), (own, "Whether it is the viewer's."),
             (seq, "Journal entry of the request."))

/// Time by member, where a list counts it.
struct speaking_time {
    std::optional<member_id> member;
    localized name;
    std::int32_t speeches = 0;
    std::int32_t used = 0;
    std::optional<std::int32_t> left;
};
VECHE_FIELDS(speaking_time, (member, "The member; none for seats of no member and guests."),
             (name, "Name of the member."), (speeches, "Speeches begun."), (used, "Seconds used."),
             (left, "Seconds left; negative once they are used up."))

struct list_view {
    list_id id;
    item_id item;
    localized item_title;
    bool open = false;
    bool alternate = false;
    std::optional<std::int32_t> seconds_each;
    std::optional<std::int32_t> seconds_per_member;
    std::optional<speech_view> speaking;
    std::vector<speech_view> interrupted;
    std::vector<speech_view> waiting;
    std::vector<speech_view> done;
    std::vector<speaking_time> times;
    std::int64_t seq = 0;
};
VECHE_FIELDS(list_view, (id, "Id of the list."), (item, "The item that is spoken on."),
             (item_title, "Its title."), (open, "Whether one may ask for the floor."),
             (alternate, "Whether speakers in favour and against take turns."),
             (seconds_each, "Seconds for one speech."),
             (seconds_per_member, "Seconds for all speeches of one member."),
             (speaking, "Who has the floor."), (interrupted, "Whom a point of order interrupted."),
             (waiting, "Who waits, in the order in which they will be called."),
             (done, "Who has spoken, in that order."), (times, "Time used by member."),
             (seq, "Journal entry."))

struct floor_seat {
    std::string seat;
    localized name;
};
VECHE_FIELDS(floor_seat, (seat, "The seat."), (name, "Its title."))

struct floor_view {
    session_id session;
    localized title;
    named_body body;
    session_status status{};
    instant now;
    std::vector<list_view> lists;
    std::vector<floor_seat> own_seats;
    viewer_means means;
};
VECHE_FIELDS(floor_view, (session, "Id of the session."), (title, "Its title."),
             (body, "The body that sits, or leads."), (status, "Where it stands."),
             (now, "The moment for which clocks are read."),
             (lists, "Its lists, the latest opened first."),
             (own_seats, "Seats of the session that the viewer holds."),
             (means, "What the viewer may do here."))

}  // namespace veche::assembly
