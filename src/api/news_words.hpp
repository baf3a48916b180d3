#pragma once
// News in the words of a reader's language.

#include "api/news_index.hpp"
#include "documents/digest.hpp"

namespace veche::api {

/// "Vote", "Search": what kind of thing it is.
std::string kind_of(const documents::setting&, std::string_view thing);
/// "G1: A common register", the words of a search in quotation marks, the id where it has no title.
std::string title_of(const documents::setting&, const office::state&, std::string_view thing);
/// "The vote was opened. It closes on 24 November 2026, 13:46 (Minsk, UTC+3)."
std::string said_of(const documents::setting&, const office::state&, const news_row&);

/// News by the things that they are about, in the order in which things come.
std::vector<documents::digest_group> groups_of(const documents::setting&, const office::state&,
                                               const std::vector<news_row>&);

}  // namespace veche::api
