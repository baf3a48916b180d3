#pragma once
// Who may read a sealed text, by the charter in force on the day. Closed texts: holders of seats of
// the text's bodies, and of offices with the power "read_closed" there. Personal data: offices with
// the power "read_personal" only. Whoever may open or destroy ("unseal") may read as well, since
// nobody should publish what they have not seen.

#include "sealed/sealed.hpp"

namespace veche::sealed {

/// One rule by which somebody may read: a body's seats, or an office.
struct reader {
    body_id body;
    std::optional<office_id> office;
    std::string power;  ///< "" for seats
};
VECHE_FIELDS(reader, (body, "The body."), (office, "The office; every seat where none is named."),
             (power, "The power by which it may."))

/// The power that reads texts of this class.
std::string_view reading_power(sealed_class);
/// Everybody who may read it, as rules, in the order of the charter.
std::vector<reader> readers_of(const charter::state&, const sealed_text&);
/// The seat or office by which the person may read it on that day; nothing where they may not.
std::optional<std::string> reading_right(const charter::state&, const sealed_text&,
                                         const person_id&, date on);
/// The office by which the person may propose and confirm on that day.
std::optional<std::string> unsealing_right(const charter::state&, const sealed_text&,
                                           const person_id&, date on);
/// The text, if the viewer may read it; refuses with text_unknown, may_not_read.
result<const sealed_text*> readable(const world&, const sealed_id&, const viewer&);

}  // namespace veche::sealed
