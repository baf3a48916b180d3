#pragma once
// A command in words: its fields with their labels, dates, amounts and names as a person reads
// them.

#include <string>

#include "render/template.hpp"

namespace veche::render {

/// `body` follows `type` or not: what does not fit is shown as plain JSON.
markup command_markup(const type_info& type, json::node body, const surroundings& around);

/// Which kind of name of the charter (render::names) an identifier is, by the field that holds it;
/// "" where it is none.
std::string_view name_kind(std::string_view field);

}  // namespace veche::render
