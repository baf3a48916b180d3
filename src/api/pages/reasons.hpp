#pragma once
// Rules and results in words, in the page's language.

#include "api/pages/visit.hpp"

namespace veche::api::pages {

struct reason_card {
    std::string text;
    std::int32_t depth = 0;
    bool holds = false;
};
VECHE_VIEW(reason_card, (text, "The line in words."), (depth, "How deep it is nested."),
           (holds, "Whether it holds."))

std::vector<reason_card> say_lines(const visit& here,
                                   const std::vector<charter::reason_line>& lines);
/// Where one other ballot would have turned the outcome.
std::vector<std::string> say_margins(const visit& here,
                                     const std::vector<charter::turning>& margins);
/// The rule of the charter in words, under the body's way of voting; empty where it is gone.
std::vector<reason_card> rule_in_words(const visit& here, std::string_view rule,
                                       const body_id& body);

}  // namespace veche::api::pages
