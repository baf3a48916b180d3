#pragma once
// What every room asks of texts in several languages.

#include <string>

#include "charter/charter.hpp"

namespace veche::charter {

/// Whether it says nothing in any language.
bool blank(const localized&);

/// Each language is one of the charter's (one without a list of languages leaves them open), and
/// its text has at most `limit` bytes; `too_long` is refused with the limit.
result<void> check_text(const state&, const localized&, const std::string& field, std::size_t limit,
                        const refusal_kind& too_long);

}  // namespace veche::charter
