#pragma once
// A union as one commented file: unions/*.toml. Keys are the fields of charter_document; rules
// stand in the text form of the rule language; a mandate with `count = n` stands for n mandates,
// numbered like a row of seats (docs/charter.md).

#include <map>
#include <string>
#include <string_view>

#include "charter/charter.hpp"

namespace veche::charter {

/// Reads the file and checks it as the founding of a union would. Refusals name line and column.
result<charter_document> read_toml(std::string_view text);

/// A place in a file, counted from 1.
struct file_place {
    std::int64_t line = 1;
    std::int64_t column = 1;
    bool operator==(const file_place&) const = default;
};

/// A file as it was written: its document, not checked yet, and where each part of it stands.
struct charter_text {
    charter_document document;
    std::map<std::string, file_place> places;  ///< by table.id.field, as refusals name fields

    /// The place of the field, or of the nearest thing around it.
    [[nodiscard]] file_place place_of(std::string_view field) const;
};

/// Reads without the checks of a founding. Refuses, with line and column, what is no charter at
/// all: broken TOML, unknown keys, values of the wrong kind.
result<charter_text> read_charter_text(std::string_view text);

/// A part of a charter that can be pasted into one, such as unions/presets/*.toml: rules, members,
/// bodies, seats. It stands in a union called "preset", checked like any.
result<charter_document> read_preset(std::string_view text);

}  // namespace veche::charter
