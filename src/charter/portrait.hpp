#pragma once
// A charter in plain words: who belongs to the union, which bodies it has, who decides what by
// which rule, who holds which powers, and how all this is changed.

#include "charter/charter.hpp"

namespace veche::charter {

/// Lines in the order in which one would tell it; `depth` says what belongs to what. Names are
/// those of the language where the charter has them, else of its first language. Sentences are keys
/// of check_phrases and rule_phrases, so that `say` puts them in any language. The document is one
/// that a founding lets pass.
/// `orders` are all types of commands that a decision can order: those of a body are told one by
/// one, by the key "command.<type>" of the catalogues.
std::vector<reason_line> portrait(const charter_document&, date on, std::string_view language,
                                  const std::vector<std::string>& orders = {});

}  // namespace veche::charter
