#pragma once
// A command that a decision orders, in words without markup: what it is, and its fields.

#include "assembly/view_parts.hpp"
#include "documents/setting.hpp"

namespace veche::documents {

/// "Add a measure" from the catalogue, or the type.
std::string order_title(const setting&, std::string_view type);
/// Its fields with their labels, nested ones with their own; raw JSON where it fits no command.
std::vector<labelled> order_facts(const setting&, const assembly::enactment_view&);

}  // namespace veche::documents
