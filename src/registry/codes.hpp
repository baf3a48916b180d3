#pragma once
// Codes under which others know a place or an organisation, and the check digits that some of them
// carry. Sources: ISO 3166-2 (syntax), ISO 17442 and ISO 7064 mod 97-10 (LEI), the weights of the
// tax authorities of Russia (INN), Belarus (UNP), Norway, Denmark and Finland, the number of the
// Russian register of legal entities (OGRN), of Belgian enterprises, and of Swedish ones (Luhn).

#include <string>
#include <string_view>

#include "kernel/fields.hpp"

namespace veche::registry {

/// A code by its scheme, as in {"iso-3166-2", "BY-BR"}.
struct code {
    std::string scheme;
    std::string value;
    auto operator<=>(const code&) const = default;
};
VECHE_FIELDS(code, (scheme, "Scheme, as in iso-3166-2, lei, unp, inn, wikidata."),
             (value, "The code in it."))

/// What is wrong with a code.
enum class code_fault : std::uint8_t { none, scheme_malformed, value_malformed, digit_wrong };

/// A scheme is small letters, digits and dashes. Values of schemes that are not known here are
/// taken as they are (1 to 64 visible characters).
code_fault fault_in(const code&);

}  // namespace veche::registry
