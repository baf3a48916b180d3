#pragma once
// Remarks of this room in English.

#include "kernel/remark.hpp"

namespace veche::trade {

/// The sentence of a remark of this room; its code where there is none.
std::string sentence_of(const remark& one);

}  // namespace veche::trade
