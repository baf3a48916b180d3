#pragma once
// Tables of cells as text for people, CSV, LaTeX and HTML.

#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::gravity {

enum class table_form : std::uint8_t { text, csv, latex, html };
VECHE_CHOICES(table_form, text, csv, latex, html)

/// Rows of cells, all equally long; the first row is the head.
using cells = std::vector<std::vector<std::string>>;
std::string laid_out(const cells&, table_form);

/// A published number (numerics/digits.hpp) shortened for a table; nothing stays nothing.
std::string short_number(const std::string& text);

}  // namespace veche::gravity
