#pragma once
// What is known of holding a session: the tree of its agenda, versions of its papers, who was
// invited, who came and when.

#include <optional>
#include <string>
#include <vector>

#include "assembly/session_terms.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::assembly {

/// A stretch of time; open while `until` is missing.
struct span {
    instant from;
    std::optional<instant> until;
};

/// Items stand in the order in which the agenda is read: an item, then those under it.
struct agenda_item {
    item_id id;
    item_kind kind = item_kind::discussion;
    localized title;
    std::optional<std::int32_t> minutes;
    std::optional<measure_id> measure;  ///< the late measure that put it here
    std::optional<std::string> about;   ///< or the case of another room, by its page
    std::optional<item_id> under;
    std::optional<instant> not_before;
    std::optional<paper_terms> papers;
    std::optional<sealed_id> sealed;  ///< what an internal item is about
    std::vector<span> dealt_with;
    bool closed = false;  ///< by the chair, with all that stands under it

    [[nodiscard]] bool running() const { return !dealt_with.empty() && !dealt_with.back().until; }
};

struct paper {
    paper_id id;
    std::optional<item_id> item;
    localized title;
    std::string language;
    content_ref content;
    instant at;
    std::uint64_t seq = 0;
    std::int32_t version = 1;
    std::optional<paper_id> replaces;
    std::optional<paper_id> replaced_by;
    std::optional<paper_id> translates;
    std::optional<instant> due;  ///< as it was stated when the paper came

    [[nodiscard]] bool late() const { return due && *due < at; }
};

/// The presence of one seat, from one registration to its end.
struct attended {
    std::string seat;
    presence_mode mode{};
    span when;
    std::uint64_t seq = 0;
    std::uint64_t end_seq = 0;  ///< 0 where it was not ended by itself
};

/// `revision`: of the session, as it stood when this was said. A later one means another time.
struct answered {
    invitation_answer answer{};
    localized substitute;
    std::optional<presence_mode> mode;
    instant at;
    std::uint64_t seq = 0;
    std::int32_t revision = 0;
};

/// A seat with its holder, or a guest.
struct invitation {
    std::string seat;  ///< "" of a guest
    person_id holder;
    invited_guest guest;
    std::optional<answered> answer;
};

/// When invitations went out last, and whether that was in time.
struct notice {
    instant sent;
    std::uint64_t seq = 0;
    std::int32_t revision = 0;
    std::int32_t days = 0;  ///< that the charter asks for
    bool late = false;
    localized note;
    std::vector<invitation> to;
};

}  // namespace veche::assembly
