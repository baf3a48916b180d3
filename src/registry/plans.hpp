#pragma once
// What is true of an item of a plan by rule: nobody types a state in.

#include "registry/state.hpp"

namespace veche::registry {

enum class item_standing : std::uint8_t {
    planned,  ///< its last day has not passed
    done,     ///< each side that owes it says so, and no side denies it
    late,     ///< its last day is over
    dropped,  ///< a side says that it will not be done: one is enough
    resting   ///< not done, and the link is suspended, ended or disputed
};
VECHE_CHOICES(item_standing, planned, done, late, dropped, resting)

/// The version that holds.
const plan_item& item_now(const planned_item&);
/// The newest word of a side; nothing where it said none.
const item_report* newest_word(const planned_item&, link_side);
item_standing standing_of(const planned_item&, const link&);
/// Of an item that is done: the last of the days that the sides that owe it name; where one names
/// none, the day on which its word was recorded.
std::optional<date> done_day(const planned_item&);
/// The last day that its term may mean.
date last_day_of(const plan_item&);

/// Sets the clock of the item by what is known of it and of its link now.
void set_item_clock(state&, const item_key&);

}  // namespace veche::registry
