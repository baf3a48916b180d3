#pragma once
// Folding of words for searching: case, ё/е, і/и, ў/у and apostrophes make no difference, so that
// Russian and Belarusian spellings find each other.

#include <string>
#include <string_view>

namespace veche {

/// Lower case for Latin and Cyrillic letters, look-alikes joined, apostrophes dropped. Other
/// characters stay. Expects UTF-8; bytes that are not stay as they are.
std::string fold_for_search(std::string_view text);

/// Whether every word of the query occurs in the folded text. An empty query matches.
bool matches_search(std::string_view folded_text, std::string_view query);

}  // namespace veche
