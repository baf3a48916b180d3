#pragma once
// Small text tools shared by the readers: UTF-8 validity, key characters, JSON quoting.

#include <string>
#include <string_view>

namespace veche::text {

/// Bytes of the well-formed UTF-8 character at `at` (Unicode 15, table 3-7), 0 if malformed.
std::size_t utf8_width_at(std::string_view bytes, std::size_t at);
bool is_utf8(std::string_view bytes);

/// A character of a canonical key: [a-z0-9_].
inline bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_key(std::string_view name);

/// Appends a JSON string with its quotes, escaped as RFC 8785 section 3.2.2.2 says.
void append_quoted(std::string& out, std::string_view value);

}  // namespace veche::text
