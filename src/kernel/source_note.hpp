#pragma once
// Where a recorded fact is known from, and how far it was read there.

#include <optional>
#include <string>

#include "kernel/fields.hpp"
#include "kernel/instant.hpp"

namespace veche {

/// How far what is recorded was read in its source.
enum class verification : std::uint8_t {
    yes,     ///< read in the named source
    partly,  ///< read, with something inferred
    no       ///< one weak source, or memory
};
VECHE_CHOICES(verification, yes, partly, no)

/// Who says so. Every record has one.
struct source_note {
    std::string name;
    std::optional<std::string> address;
    std::optional<date> read;
    verification verified{};
    std::optional<std::string> note;
    bool operator==(const source_note&) const = default;
};
VECHE_FIELDS(source_note, (name, "Who says so, as in the office, paper or register."),
             (address, "Where it says so."), (read, "The day it was read."),
             (verified, "Whether it was read there, or partly inferred, or is weak."),
             (note, "What was inferred or is doubtful."))

}  // namespace veche
