#pragma once

#include "kernel/result.hpp"

namespace veche::documents::refusals {

inline constexpr refusal_kind font_missing{
    "documents.font_missing", 503,
    "A PDF cannot be made here: the font {0} is missing (Debian package fonts-dejavu-core)."};
inline constexpr refusal_kind pdf_failed{"documents.pdf_failed", 500,
                                         "The PDF could not be made (libharu code {0})."};
inline constexpr const refusal_kind* all[] = {&font_missing, &pdf_failed};

}  // namespace veche::documents::refusals
