#pragma once
// Texts in one byte a character, made UTF-8 where their encoding is named.

#include <string>
#include <string_view>

#include "kernel/fields.hpp"

namespace veche::tables {

enum class text_encoding : std::uint8_t { utf8, latin1, windows1251 };
VECHE_CHOICES(text_encoding, utf8, latin1, windows1251)

/// Latin-1 (ISO 8859-1) or Windows-1251 as UTF-8. A byte that Windows-1251 leaves open becomes
/// U+FFFD.
std::string to_utf8(std::string_view bytes, text_encoding from);

/// What a text is that begins like this, where it is not UTF-8: "UTF-16", "a compressed file" and
/// so on; empty where nothing speaks against it.
std::string_view foreign_form(std::string_view bytes);

}  // namespace veche::tables
