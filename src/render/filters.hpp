#pragma once
// From a value to what a person reads. Each described type has a usual form (dates in words,
// amounts with their unit, choices by their name); a filter picks another.
//
//   date time datetime   of instants (in the union's zone) and dates; iso gives the wire form
//   number percent bytes of integers and ratios; clock of seconds
//   value                of ratios: whole, else two decimals, marked where they are rounded
//   money                of amounts
//   choice               of enums: text "choice.<enum>.<value>"
//   t:prefix             text "prefix.<value>", for codes
//   name:kind            an id's name in the charter: body, member, office, person, unit, rule
//   lines                text with its line breaks kept as paragraphs
//   refusal              a recorded refusal, its sentence in the page's language
//   json                 raw JSON as nested lists
//   short:n url plain    of what came before: first n characters, percent-encoded, without markup

#include <optional>
#include <string>
#include <string_view>

#include "render/template.hpp"

namespace veche::render {

/// Text for a person, still unescaped, between markup of this room's own making.
struct formatted {
    std::string open;
    std::string text;
    std::string close;
};

struct filter {
    std::string_view name;
    /// What stands against this filter for that type, "" if nothing.
    std::string (*fault)(const type_info&, std::string_view argument, const catalogue&);
    formatted (*run)(const type_info&, const void* value, std::string_view argument,
                     const surroundings&);
};

/// A filter on text that another one made.
struct text_filter {
    std::string_view name;
    formatted (*run)(const formatted&, std::string_view argument);
};

const filter* find_filter(std::string_view name);
const text_filter* find_text_filter(std::string_view name);
/// The usual form of a type; null where it has none (lists, objects).
const filter* usual_filter(const type_info&);

std::string date_text(date, const surroundings&);
/// "13:46"
std::string time_text(instant, const surroundings&);
/// The date in the zone of the surroundings.
date local_date(instant, const surroundings&);
/// "24 November 2026, 13:46 (Minsk, UTC+3)"
std::string instant_text(instant, const surroundings&);
std::string amount_text(const amount&, const surroundings&);
/// "12", "88.5", "≈ 88.89": two decimals at most, rounded half away from zero and marked then.
std::string ratio_text(ratio, const surroundings&);
/// Page language, else the language of record, else any; marked by `lang` where it is another.
formatted localized_text(const localized&, const surroundings&);
/// JSON as nested definition lists.
std::string json_markup(json::node);

}  // namespace veche::render
