#pragma once
// The words of voting otherwise than seat by seat by its holder while the vote is open.

#include "kernel/fields.hpp"

namespace veche::assembly {

/// Who put the ballot on the journal: the holder of the seat, the chair who saw a hand, or the
/// holder of another seat who represents it.
enum class cast_how : std::uint8_t { own, hand, proxy };
VECHE_CHOICES(cast_how, own, hand, proxy)

}  // namespace veche::assembly
