#pragma once
// Tables as files: a list of described objects as CSV (RFC 4180), one column for each field that a
// cell can hold.

#include <string>

#include "render/template.hpp"

namespace veche::api::pages {

/// Nested objects give dotted columns, texts by language the page's language, lists of plain values
/// one cell joined by "; ". Instants and dates keep the wire form, amounts their minor units.
std::string to_csv(const type_info& list, const void* value, const render::surroundings& around);

}  // namespace veche::api::pages
