#pragma once
// What in a charter cannot work, or works otherwise than one would think: what `veche charter
// check` finds beyond the conditions of a founding (check.cpp).

#include "charter/toml.hpp"

namespace veche::charter {

/// `cannot_work`: a founding refuses it, or a body cannot do what the charter says it does.
/// `will_surprise`: it works, but hardly as meant. `note`: worth knowing.
enum class severity : std::uint8_t { cannot_work, will_surprise, note };
VECHE_CHOICES(severity, cannot_work, will_surprise, note)

struct remark {
    charter::severity severity{};
    std::string code;               ///< "check.never_passes"; a refusal's is "refusal.charter.x"
    std::vector<std::string> args;  ///< fill the places of its sentence; ids, as in refusals
    std::string field;              ///< table.id.field
    std::int64_t line = 1;
    std::int64_t column = 1;
    std::string words;  ///< in English
    bool operator==(const remark&) const = default;
};
VECHE_FIELDS(remark, (severity, "How bad it is."), (code, "Key of the sentence."),
             (args, "What fills its places."), (field, "The part of the charter."),
             (line, "Line of the file."), (column, "Column of the file."),
             (words, "The sentence in English."))

/// Everything found, the worst first, in the order of the file within. `on` is the day from which
/// mandates, memberships and weights are looked at: what had ended before does not matter. A
/// document that a founding would refuse gets that one remark and no other. `orders` are all types
/// of commands that a decision can order, as the office knows them; without them, what bodies may
/// order is not looked at, and without `is_zone` the name of the time zone is not.
std::vector<remark> remarks_on(const charter_text&, date on,
                               const std::vector<std::string>& orders = {},
                               bool (*is_zone)(std::string_view) = nullptr);

/// The sentence of a remark as a line, for other languages.
reason_line line_of(const remark&);

/// Every key of remarks and portraits, with its English pattern. Catalogues translate these.
std::span<const std::pair<std::string_view, std::string_view>> check_phrases();

}  // namespace veche::charter
