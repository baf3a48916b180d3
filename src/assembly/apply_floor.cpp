// Folding the floor. Time comes from the entries alone.

#include <algorithm>

#include "assembly/checks.hpp"
#include "kernel/check.hpp"

namespace veche::assembly {

namespace {

void stop_clock(speech& s, instant at) {
    s.used_ms = s.used_at(at);
    s.running_since.reset();
}

/// The one that has the floor leaves it; whom it interrupted has it again, the clock at rest.
void leave_floor(speakers_list& list, instant at) {
    speech& leaving = list.speeches[list.floor.back()];
    stop_clock(leaving, at);
    leaving.status = speech_status::done;
    if (leaving.kind == speech_kind::speech && leaving.stands != stance::neither)
        list.last_stance = leaving.stands;
    list.floor.pop_back();
    if (!list.floor.empty()) list.speeches[list.floor.back()].status = speech_status::speaking;
}

void take_floor(speakers_list& list, std::size_t position, instant at) {
    speech& next = list.speeches[position];
    const bool interrupts = next.kind != speech_kind::speech;
    if (interrupts && !list.floor.empty()) {
        speech& held = list.speeches[list.floor.back()];
        stop_clock(held, at);
        held.status = speech_status::interrupted;
    }
    while (!interrupts && !list.floor.empty()) leave_floor(list, at);
    next.status = speech_status::speaking;
    next.started = at;
    next.running_since = at;
    list.floor.push_back(position);
}

std::size_t position_of(const speakers_list& list, const speech* one) {
    VECHE_ENSURE(one, "a speech that was judged is on its list");
    return static_cast<std::size_t>(one - list.speeches.data());
}

}  // namespace

void close_floor(state& s, const session& over, instant at) {
    for (const list_id& id : over.lists) {
        speakers_list& list = s.lists.edit(id);
        list.open = false;
        while (!list.floor.empty()) leave_floor(list, at);
    }
}

void apply(state& s, const charter::state&, const open_speakers_list& c, const context& ctx) {
    session& in = s.sessions.edit(c.session);
    in.lists.push_back(c.list);
    speakers_list made;
    made.id = c.list;
    made.session = c.session;
    made.item = c.item;
    made.body = in.body;
    made.seconds_each = c.seconds_each;
    made.seconds_per_member = c.seconds_per_member;
    made.alternate = c.alternate;
    made.seq = ctx.seq;
    s.lists.insert(c.list, std::move(made));
}

void apply(state& s, const charter::state&, const close_speakers_list& c, const context&) {
    s.lists.edit(c.list).open = false;
}

void apply(state& s, const charter::state& charter, const ask_for_floor& c, const context& ctx) {
    speech made;
    made.id = c.speech;
    made.guest = c.guest;
    made.kind = c.kind;
    made.stands = c.stands;
    made.point = c.point;
    made.seq = ctx.seq;
    speakers_list& list = s.lists.edit(c.list);
    if (c.seat) {
        made.seat = *c.seat;
        const auto seated =
            find_elector(charter, *s.sessions.find(list.session), *c.seat, date_of(ctx.at));
        VECHE_ENSURE(seated.has_value(), "a seat that was judged sits in the session");
        made.person = seated->holder;
        made.member = seated->member;
    }
    list.speeches.push_back(std::move(made));
}

void apply(state& s, const charter::state&, const withdraw_speech& c, const context&) {
    speakers_list& list = s.lists.edit(c.list);
    list.speeches[position_of(list, list.find(c.speech))].status = speech_status::withdrawn;
}

void apply(state& s, const charter::state&, const move_speech& c, const context&) {
    speakers_list& list = s.lists.edit(c.list);
    const std::size_t from = position_of(list, list.find(c.speech));
    std::size_t to = c.before ? position_of(list, list.find(*c.before)) : list.speeches.size();
    const auto at = [&](std::size_t i) {
        return list.speeches.begin() + static_cast<std::ptrdiff_t>(i);
    };
    if (from < to) {
        std::rotate(at(from), at(from + 1), at(to));
        --to;
    } else {
        std::rotate(at(to), at(from), at(from + 1));
    }
    // The speeches on the floor may have moved with the rest.
    for (std::size_t& held : list.floor) {
        if (from < held && held <= to)
            --held;
        else if (to <= held && held < from)
            ++held;
    }
}

void apply(state& s, const charter::state&, const give_floor& c, const context& ctx) {
    speakers_list& list = s.lists.edit(c.list);
    const speech* next = c.speech ? list.find(*c.speech) : line_of(list).front();
    take_floor(list, position_of(list, next), ctx.at);
}

void apply(state& s, const charter::state&, const pause_speech& c, const context& ctx) {
    speakers_list& list = s.lists.edit(c.list);
    stop_clock(list.speeches[list.floor.back()], ctx.at);
}

void apply(state& s, const charter::state&, const resume_speech& c, const context& ctx) {
    speakers_list& list = s.lists.edit(c.list);
    list.speeches[list.floor.back()].running_since = ctx.at;
}

void apply(state& s, const charter::state&, const end_speech& c, const context& ctx) {
    leave_floor(s.lists.edit(c.list), ctx.at);
}

void apply(state& s, const charter::state&, const add_speaking_time& c, const context&) {
    speakers_list& list = s.lists.edit(c.list);
    list.speeches[list.floor.back()].extra_seconds += c.seconds;
}

}  // namespace veche::assembly
