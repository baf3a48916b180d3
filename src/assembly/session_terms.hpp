#pragma once
// The words of holding a session that commands and views share: in which form it is held, who
// answers an invitation how, by when papers are wanted.

#include <optional>
#include <string>
#include <vector>

#include "assembly/terms.hpp"

namespace veche::assembly {

using guest_id = id<struct guest_tag>;  ///< unique within its session

/// A written session has no hall: its papers go round, its votes are cast without a meeting.
enum class session_mode : std::uint8_t { in_person, remote, hybrid, written };
VECHE_CHOICES(session_mode, in_person, remote, hybrid, written)

/// How one seat takes part.
enum class presence_mode : std::uint8_t { in_person, remote };
VECHE_CHOICES(presence_mode, in_person, remote)

enum class item_state : std::uint8_t { waiting, running, done };
VECHE_CHOICES(item_state, waiting, running, done)

enum class invitation_answer : std::uint8_t { accept, decline, substitute };
VECHE_CHOICES(invitation_answer, accept, decline, substitute)

/// What an attendance list says of a seat. Before the session opens a seat is expected; a
/// substitute represents it without its vote.
enum class attendance : std::uint8_t {
    expected,
    present,
    left,
    excused,
    represented,
    absent,
    vacant
};
VECHE_CHOICES(attendance, expected, present, left, excused, represented, absent, vacant)

/// By when papers are due, and in which languages each of them.
struct paper_terms {
    instant due;
    std::vector<std::string> languages;
    bool operator==(const paper_terms&) const = default;
};
VECHE_FIELDS(paper_terms, (due, "When papers are due."),
             (languages, "Languages in which each paper is wanted."))

/// Who is invited without a seat: a role, and the office whose holder may answer.
struct invited_guest {
    guest_id guest;
    localized role;
    std::optional<office_id> office;
    bool operator==(const invited_guest&) const = default;
};
VECHE_FIELDS(invited_guest, (guest, "Id of the guest, new in this session."),
             (role, "As what, by language: a role, not a name."),
             (office, "The office whose holder may answer."))

}  // namespace veche::assembly
