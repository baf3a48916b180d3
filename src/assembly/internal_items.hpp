#pragma once
// Internal items of an agenda: everybody sees that there is one, under a title that says nothing;
// what it is about lies sealed beside the journal, for those whom the charter lets read what is
// closed. Opening and destroying are the room of sealed texts.

#include <optional>

#include "assembly/terms.hpp"
#include "kernel/message.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::assembly {

/// Power "agenda". As for an open item; the title is public, so it must not say what is closed.
struct add_internal_item {
    static constexpr wire_info wire{"assembly.add_internal_item", 1,
                                    "Put an item on the agenda whose matter is closed."};
    session_id session;
    item_id item;
    item_kind kind = item_kind::discussion;
    localized title;
    seal_ref sealed;
    std::optional<std::int32_t> minutes;
    std::optional<item_id> before;
    std::optional<item_id> under;
    std::optional<instant> not_before;
};
VECHE_FIELDS(add_internal_item, (session, "The session."),
             (item, "Id of the item, new in this session."), (kind, "What the item is for."),
             (title, "Title by language, for everybody to read: it says nothing of the matter."),
             (sealed, "The sealed text: what the item is about."),
             (minutes, "Planned length in minutes."),
             (before, "The item it goes before; at the end where nothing is said."),
             (under, "The item it stands under."),
             (not_before, "When it is to begin at the earliest."))

}  // namespace veche::assembly
