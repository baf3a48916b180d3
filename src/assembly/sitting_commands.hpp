#pragma once
// Holding a session: which item is dealt with when, by when papers are wanted, who is invited and
// answers, who is excused. The power that a command needs stands beside it; it is held in the
// session's leading body.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "assembly/session_terms.hpp"
#include "kernel/message.hpp"

namespace veche::assembly {

/// Power "preside", in an open session. One item is dealt with at a time, and with it those it
/// stands under: whatever else runs is closed. An item that was closed is taken up again.
struct start_item {
    static constexpr wire_info wire{"assembly.start_item", 1, "Take up an item of the agenda."};
    session_id session;
    item_id item;
};
VECHE_FIELDS(start_item, (session, "The session."), (item, "The item."))

/// Power "preside". With the item those under it are closed.
struct close_item {
    static constexpr wire_info wire{"assembly.close_item", 1, "Close an item of the agenda."};
    session_id session;
    item_id item;
};
VECHE_FIELDS(close_item, (session, "The session."), (item, "The item, which is dealt with now."))

/// Power "agenda". Replaces what was said before; an item's own terms go before the session's.
struct require_papers {
    static constexpr wire_info wire{"assembly.require_papers", 1,
                                    "Say by when papers are due, and in which languages."};
    session_id session;
    std::optional<item_id> item;
    instant due;
    std::vector<std::string> languages;
};
VECHE_FIELDS(require_papers, (session, "The session."),
             (item, "The item; the whole session where nothing is said."),
             (due, "When papers are due."), (languages, "Languages in which each paper is wanted."))

/// Power "convene". Invites whoever holds a seat on the session's day, and guests. Sent again, it
/// tells the new time and invites who was not invited yet. A notice shorter than the charter asks
/// for is refused or marked, as the charter says.
struct send_invitations {
    static constexpr wire_info wire{"assembly.send_invitations", 1, "Invite to a session."};
    session_id session;
    std::vector<invited_guest> guests;
    localized note;
};
VECHE_FIELDS(send_invitations, (session, "The session."),
             (guests, "Who is invited without a seat."),
             (note, "A word to the invited, by language."))

/// By the holder of the seat or of the guest's office, or with power "convene" for those who
/// answered by letter.
struct answer_invitation {
    static constexpr wire_info wire{"assembly.answer_invitation", 1,
                                    "Accept or decline an invitation, or send a substitute."};
    session_id session;
    std::optional<std::string> seat;
    std::optional<guest_id> guest;
    invitation_answer answer{};
    localized substitute;
    std::optional<presence_mode> mode;
};
VECHE_FIELDS(answer_invitation, (session, "The session."), (seat, "The seat that was invited."),
             (guest, "The guest, where no seat answers."), (answer, "The answer."),
             (substitute, "Who comes instead, by language: a role, not a name."),
             (mode, "In the hall or remotely."))

/// Power "preside" or "convene". Says that an absence is excused, never why. Also after the
/// session.
struct excuse_absence {
    static constexpr wire_info wire{"assembly.excuse_absence", 1,
                                    "Record that the absence of a seat is excused."};
    session_id session;
    std::string seat;
};
VECHE_FIELDS(excuse_absence, (session, "The session."), (seat, "The seat."))

using sitting_commands = std::tuple<start_item, close_item, require_papers, send_invitations,
                                    answer_invitation, excuse_absence>;

}  // namespace veche::assembly
