#include "tables/encoding.hpp"

#include <array>

namespace veche::tables {
namespace {

/// 0x80 to 0xBF of Windows-1251 (unicode.org, CP1251.TXT); 0xC0 to 0xFF are U+0410 to U+044F.
constexpr std::array<char16_t, 64> upper_1251{
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409,
    0x2039, 0x040A, 0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0xFFFD, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0,
    0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB,
    0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6,
    0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

char16_t code_point(unsigned char byte, text_encoding from) {
    if (byte < 0x80 || from == text_encoding::latin1) return byte;
    if (byte < 0xC0) return upper_1251[byte - 0x80U];
    return static_cast<char16_t>(0x0410 + (byte - 0xC0));
}

void append_utf8(std::string& out, char16_t point) {
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0 | (point >> 6));
        out += static_cast<char>(0x80 | (point & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | (point >> 12));
        out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (point & 0x3F));
    }
}

}  // namespace

std::string to_utf8(std::string_view bytes, text_encoding from) {
    if (from == text_encoding::utf8) return std::string(bytes);
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) append_utf8(out, code_point(static_cast<unsigned char>(c), from));
    return out;
}

std::string_view foreign_form(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) return "UTF-16";
    if (bytes.starts_with("\x1F\x8B"sv)) return "compressed (gzip)";
    if (bytes.starts_with("PK\x03\x04"sv)) return "a ZIP or spreadsheet file";
    if (bytes.starts_with("\x28\xB5\x2F\xFD"sv)) return "compressed (zstd)";
    return {};
}

}  // namespace veche::tables
