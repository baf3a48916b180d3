#pragma once
// Remarks beside figures in the reader's language.

#include "kernel/remark.hpp"
#include "render/catalogue.hpp"

namespace veche::render {

/// The sentence of the catalogue; its code where the catalogue has none.
std::string sentence(const catalogue& in, const remark& one);

}  // namespace veche::render
