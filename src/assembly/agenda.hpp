#pragma once
// The agenda as a tree, and what it says of time. Pure, in whole milliseconds.

#include <cstddef>
#include <string>
#include <vector>

#include "assembly/state.hpp"

namespace veche::assembly {

/// Where an item stands: "2.1" at depth 1, its subtree ending before `end`.
struct outline_place {
    std::string label;
    std::size_t depth = 0;
    std::size_t end = 0;
};
/// One place for each item, in order.
std::vector<outline_place> outline_of(const std::vector<agenda_item>&);

/// What has become of each item. One that was left for another is over unless something under it
/// still waits; one that the chair closed is over with all that stands under it.
std::vector<item_state> states_of(const std::vector<agenda_item>&);

/// How many levels the item and those under it span.
std::size_t height_of(const std::vector<agenda_item>&, const item_id&);
/// Whether `item` is `root` or stands under it, however deep.
bool stands_within(const std::vector<agenda_item>&, const item_id& item, const item_id& root);
/// Where an item goes: before `before`, else last under `under`, else last of all. The item it
/// stands under then.
struct agenda_gap {
    std::size_t at = 0;
    std::optional<item_id> under;
};
agenda_gap gap_of(const std::vector<agenda_item>&, const std::optional<item_id>& before,
                  const std::optional<item_id>& under);

/// When an item begins and ends; nothing where an item before it has no length.
struct item_time {
    std::optional<instant> start;
    std::optional<instant> end;
};
struct timetable {
    std::vector<item_time> items;  ///< one for each item, in order
    std::optional<instant> end;    ///< of the last
};

/// The agenda gone through in order from that moment. An item with others under it lasts as long
/// as they do together, and no shorter than it says itself; a time before which an item does not
/// begin is waited for.
timetable plan_of(const session&, instant from);
/// The same from now on: what was dealt with is over, what is dealt with now takes what is left of
/// its length, the others follow in order. Items that are over have no time here. Nothing where
/// the session is over or is held in writing.
timetable forecast_of(const session&, instant now);

}  // namespace veche::assembly
