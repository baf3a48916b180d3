#pragma once
// The words of amending that commands, events and views share.

#include "assembly/terms.hpp"

namespace veche::assembly {

using amendment_id = id<struct amendment_tag>;

/// `delete_` takes a paragraph out; `insert_after` paragraph 0 puts words at the head;
/// `replace_enactment` counts the commands that the motion orders instead of paragraphs.
enum class amendment_kind : std::uint8_t { replace, insert_after, delete_, replace_enactment };
VECHE_CHOICES(amendment_kind, replace, insert_after, delete_, replace_enactment)

/// An amendment falls when another one that changes the same place was adopted, or when what it
/// amends has fallen or was withdrawn; it lapses with its motion.
enum class amendment_status : std::uint8_t {
    tabled,
    voting,
    adopted,
    rejected,
    withdrawn,
    fallen,
    lapsed
};
VECHE_CHOICES(amendment_status, tabled, voting, adopted, rejected, withdrawn, fallen, lapsed)

}  // namespace veche::assembly
