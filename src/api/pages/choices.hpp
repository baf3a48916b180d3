#pragma once
// Filters of lists: what one may choose, and what is chosen, from the address.

#include <algorithm>

#include "api/pages/visit.hpp"

namespace veche::api::pages {

struct choice_option {
    std::string value;
    std::string label;
    bool chosen = false;
};
VECHE_VIEW(choice_option, (value, "Value in the address."), (label, "Its name."),
           (chosen, "Whether it is chosen."))

/// The value of an enum by its wire name.
template <class Enum>
std::optional<Enum> enum_named(std::string_view name) {
    const auto names = describe<Enum>().choices;
    const auto there = std::find(names.begin(), names.end(), name);
    if (there == names.end()) return std::nullopt;
    return static_cast<Enum>(there - names.begin());
}

/// The one that the address names in that field, if it names one.
template <class Enum>
std::optional<Enum> enum_asked(const visit& here, std::string_view field) {
    return enum_named<Enum>(here.asked.query_value(field));
}

/// All values of an enum by name ("choice.TYPE.VALUE"), that of the address chosen.
template <class Enum>
std::vector<choice_option> enum_options(const visit& here, std::optional<Enum> chosen) {
    std::vector<choice_option> out;
    const type_info& type = describe<Enum>();
    for (const std::string_view name : type.choices)
        out.push_back({std::string(name),
                       here.text("choice." + std::string(type.name) + "." + std::string(name)),
                       chosen && name_of(*chosen) == name});
    return out;
}

/// Bodies of the charter by name.
std::vector<choice_option> body_options(const visit& here, std::string_view chosen);

/// The filters of this page as a query, "?body=com", for links to the same table in other forms.
std::string query_text(const visit& here);

/// A whole number written in digits; nothing for anything else.
std::optional<std::uint64_t> number_in(std::string_view text);

/// A query value that is an identifier, "" otherwise.
std::string identifier_asked(const visit& here, std::string_view name);

}  // namespace veche::api::pages
