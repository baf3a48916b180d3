#pragma once
// Small text tools shared by the readers: UTF-8 validity, key characters, JSON quoting.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace veche::text {

/// The text without blanks at its ends.
std::string_view trim(std::string_view text, std::string_view blanks = " \t");

/// Bytes of the well-formed UTF-8 character at `at` (Unicode 15, table 3-7), 0 if malformed.
std::size_t utf8_width_at(std::string_view bytes, std::size_t at);
bool is_utf8(std::string_view bytes);

/// What a byte may be part of. One look into a table instead of a row of comparisons: these tests
/// run on every byte of every entry.
enum byte_class : std::uint8_t { plain_byte = 1, key_byte = 2, identifier_byte = 4 };
inline constexpr std::array<std::uint8_t, 256> byte_classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0x20; c < 0x80; ++c)
        if (c != '"' && c != '\\') table[c] |= plain_byte;
    for (unsigned c = 0; c < 0x80; ++c) {
        const bool lower = c >= 'a' && c <= 'z';
        const bool digit = c >= '0' && c <= '9';
        const bool upper = c >= 'A' && c <= 'Z';
        if (lower || digit || c == '_') table[c] |= key_byte;
        if (lower || digit || upper || c == '.' || c == '_' || c == '-' || c == '/')
            table[c] |= identifier_byte;
    }
    return table;
}();
constexpr bool is_of(char c, byte_class what) {
    return (byte_classes[static_cast<unsigned char>(c)] & what) != 0;
}

/// ASCII that stands for itself in a JSON string.
constexpr bool is_plain(char c) {
    return is_of(c, plain_byte);
}
/// A character of a canonical key: [a-z0-9_].
constexpr bool is_key_character(char c) {
    return is_of(c, key_byte);
}
bool is_key(std::string_view name);

/// Appends a JSON string with its quotes, escaped as RFC 8785 section 3.2.2.2 says.
void append_quoted(std::string& out, std::string_view value);

}  // namespace veche::text
