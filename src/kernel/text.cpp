#include "kernel/text.hpp"

#include <algorithm>

#include "kernel/id.hpp"

namespace veche {

bool is_identifier(std::string_view value) {
    if (value.empty() || value.size() > 64) return false;
    const char first = value.front();
    if (first == '.' || first == '_' || first == '-' || first == '/') return false;
    for (const char c : value)
        if (!text::is_of(c, text::identifier_byte)) return false;
    return true;
}

namespace text {

std::string_view trim(std::string_view text, std::string_view blanks) {
    const auto from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::size_t utf8_width_at(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned {
        return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80) return at < bytes.size() ? 1 : 0;
    if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        // No overlong forms, no surrogates.
        const bool second = lead == 0xE0   ? byte(1) >= 0xA0 && byte(1) <= 0xBF
                            : lead == 0xED ? byte(1) >= 0x80 && byte(1) <= 0x9F
                                           : tail(1);
        return second && tail(2) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const bool second = lead == 0xF0   ? byte(1) >= 0x90 && byte(1) <= 0xBF
                            : lead == 0xF4 ? byte(1) >= 0x80 && byte(1) <= 0x8F
                                           : tail(1);
        return second && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t width = utf8_width_at(bytes, i);
        if (width == 0) return false;
        i += width;
    }
    return true;
}

bool is_key(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), is_key_character);
}

void append_quoted(std::string& out, std::string_view value) {
    out += '"';
    std::size_t run = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto c = static_cast<unsigned char>(value[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(value.substr(run, i - run));
        run = i + 1;
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\b':
                out += "\\b";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\f':
                out += "\\f";
                break;
            case '\r':
                out += "\\r";
                break;
            default:
                out += "\\u00";
                out += static_cast<char>('0' + (c >> 4));
                out += "0123456789abcdef"[c & 15];
        }
    }
    out.append(value.substr(run));
    out += '"';
}

}  // namespace text
}  // namespace veche
