#pragma once
// Folding of words for searching: case, accents, ё/е, і/и, ў/у, ґ/г and apostrophes make no
// difference, so that Russian and Belarusian spellings find each other and "zurich" finds Zürich.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace veche {

/// Lower case for Latin, Greek and Cyrillic letters, Latin and Greek ones without their marks,
/// look-alikes joined, apostrophes, soft hyphens and combining marks dropped. Letters of other
/// scripts stay. Expects UTF-8; bytes that are not stay as they are.
std::string fold_for_search(std::string_view text);

/// The words of a query, folded once for many texts.
class search_words {
  public:
    explicit search_words(std::string_view query);
    /// Whether there is nothing to look for; then everything matches.
    [[nodiscard]] bool empty() const { return words_.empty(); }
    /// Whether every word occurs in one of the folded texts.
    [[nodiscard]] bool found_in(std::initializer_list<std::string_view> folded_texts) const;

  private:
    std::vector<std::string> words_;
};

/// Whether every word of the query occurs in the folded text. An empty query matches.
bool matches_search(std::string_view folded_text, std::string_view query);

}  // namespace veche
