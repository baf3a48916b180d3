#pragma once
// What follows: a text was sealed by an act of some room, opened, or destroyed.

#include "kernel/message.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::sealed {

/// Which thing of which room a sealed text belongs to.
struct origin {
    std::string kind;                 ///< "assembly.paper"
    std::string of;                   ///< id of what it is attached to: a session
    std::optional<std::string> part;  ///< id of the part of that: an item of the agenda
    std::string name;                 ///< its own id there
    bool operator==(const origin&) const = default;
};
VECHE_FIELDS(origin, (kind, "What it is, by room."), (of, "Id of what it is attached to."),
             (part, "Id of the part it belongs to."), (name, "Its own id there."))

/// An act sealed a text: who may read it follows from these bodies.
struct text_kept {
    static constexpr wire_info wire{"sealed.text_kept", 1, "A text was sealed beside the journal."};
    seal_ref sealed;
    std::vector<body_id> bodies;
    origin from;
    localized title;
};
VECHE_FIELDS(text_kept, (sealed, "The commitment."),
             (bodies, "Bodies whose holders of seats and offices may read it."),
             (from, "What it belongs to."), (title, "What the public is told of it, by language."))

/// A sealed text was published by two persons. The confirming act holds salt and text.
struct disclosed {
    static constexpr wire_info wire{"sealed.disclosed", 1, "A sealed text was published."};
    sealed_id sealed;
    std::int64_t proposed = 0;
    std::string sha256;
};
VECHE_FIELDS(disclosed, (sealed, "The sealed text."), (proposed, "Entry of the proposal."),
             (sha256, "SHA-256 of the text in lower-case hex."))

/// A sealed text was destroyed by two persons: keys, salt and ciphertext.
struct shredded {
    static constexpr wire_info wire{"sealed.shredded", 1, "A sealed text was destroyed for good."};
    sealed_id sealed;
    std::int64_t proposed = 0;
    std::string subject;
};
VECHE_FIELDS(shredded, (sealed, "The sealed text."), (proposed, "Entry of the proposal."),
             (subject, "The pseudonym whose key was destroyed."))

}  // namespace veche::sealed
