#pragma once
// Filters of lists: what one may choose, and what is chosen, from the address.

#include "api/pages/visit.hpp"

namespace veche::api::pages {

struct choice_option {
    std::string value;
    std::string label;
    bool chosen = false;
};
VECHE_VIEW(choice_option, (value, "Value in the address."), (label, "Its name."),
           (chosen, "Whether it is chosen."))

/// Bodies of the charter by name.
std::vector<choice_option> body_options(const visit& here, std::string_view chosen);

/// The filters of this page as a query, "?body=com", for links to the same table in other forms.
std::string query_text(const visit& here);

/// A whole number written in digits; nothing for anything else.
std::optional<std::uint64_t> number_in(std::string_view text);

/// A query value that is an identifier, "" otherwise.
std::string identifier_asked(const visit& here, std::string_view name);

}  // namespace veche::api::pages
