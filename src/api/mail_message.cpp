#include "api/mail_message.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "api/refusal.hpp"
#include "kernel/hash.hpp"

namespace veche::api {
namespace {

constexpr std::size_t longest_line = 76;
constexpr std::string_view newline = "\r\n";

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// atext of RFC 5322.
bool is_local_character(char c) {
    return is_letter_or_digit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Parts between dots, none of them empty, all of which fit.
template <class Fits>
bool dotted(std::string_view text, Fits fits) {
    while (true) {
        const auto dot = text.find('.');
        if (!fits(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_label(std::string_view label) {
    constexpr std::size_t longest = 63;
    return !label.empty() && label.size() <= longest && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return is_letter_or_digit(c) || c == '-';
           });
}

/// Bytes of the UTF-8 character that begins here.
std::size_t character_size(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

std::string base64_lines(std::string_view bytes) {
    const std::string all = to_base64(bytes);
    std::string out;
    for (std::size_t at = 0; at < all.size(); at += longest_line) {
        out += all.substr(at, longest_line);
        out += newline;
    }
    return out;
}

/// Every line break as CRLF, the canonical form of text that RFC 2045 (6.8) has encoded.
std::string canonical(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\r') continue;
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

/// In the encoding that makes it shorter: letters of other alphabets triple in quoted-printable.
std::string part(std::string_view boundary, std::string_view media, std::string_view text) {
    const std::string quoted = quoted_printable(text);
    const std::string packed = base64_lines(canonical(text));
    const bool quote = quoted.size() <= packed.size();
    return fmt::format(
        "--{}\r\nContent-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: {}\r\n\r\n{}\r\n",
        boundary, media, quote ? "quoted-printable" : "base64", quote ? quoted : packed);
}

std::string header(std::string_view name, std::string_view value) {
    return std::string(name) + ": " + header_text(value, name.size() + 2) + "\r\n";
}

std::string date_header(instant at) {
    static constexpr std::array<std::string_view, 7> days = {"Mon", "Tue", "Wed", "Thu",
                                                             "Fri", "Sat", "Sun"};
    static constexpr std::array<std::string_view, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const civil day = civil_of(date_of(at));
    const std::string clock = to_text(at).substr(11, 8);
    constexpr std::int64_t thursday = 3;  // 1 January 1970
    const auto weekday = static_cast<std::size_t>((at.ms / ms_per_day + thursday) % 7);
    return fmt::format("Date: {}, {:02} {} {} {} +0000\r\n", days.at(weekday), day.day,
                       months.at(static_cast<std::size_t>(day.month - 1)), day.year, clock);
}

/// The name as one quoted string or as encoded words, which must not stand in quotes.
std::string from_header(const mail_message& m) {
    if (m.from_name.empty()) return "From: " + m.from + "\r\n";
    std::string name = m.from_name;
    std::erase_if(name, [](char c) { return c == '"' || c == '\\'; });
    std::string shown = header_text(name, 8);
    if (shown == name) shown = '"' + name + '"';
    return "From: " + shown + "\r\n <" + m.from + ">\r\n";
}

result<void> check_headers(const mail_message& m) {
    for (const auto& [name, value] :
         {std::pair("from_name", &m.from_name), std::pair("subject", &m.subject),
          std::pair("language", &m.language), std::pair("id", &m.id), std::pair("leave", &m.leave)})
        if (has_control(*value)) return refuse(refusals::mail_header, name);
    // These stand in angle brackets as they are.
    for (const auto& [name, value] : {std::pair("id", &m.id), std::pair("leave", &m.leave)})
        if (!is_plain(*value) || value->find_first_of("<> ") != std::string::npos)
            return refuse(refusals::mail_header, name);
    if (!is_mail_address(m.from)) return refuse(refusals::mail_address, "from");
    if (!is_mail_address(m.to)) return refuse(refusals::mail_address, "to");
    return {};
}

}  // namespace

bool is_mail_address(std::string_view text) {
    constexpr std::size_t longest = 254;
    constexpr std::size_t longest_local = 64;
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || text.size() > longest || at > longest_local) return false;
    const auto local_part = [](std::string_view one) {
        return !one.empty() && std::all_of(one.begin(), one.end(), is_local_character);
    };
    return dotted(text.substr(0, at), local_part) && dotted(text.substr(at + 1), is_label);
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    std::size_t width = 0;
    // A line that is broken by the encoding ends with '=', which takes one of the 76 places.
    const auto put = [&](std::string_view piece) {
        if (width + piece.size() > longest_line - 1) {
            out += "=\r\n";
            width = 0;
        }
        out += piece;
        width += piece.size();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r') continue;
        if (c == '\n') {
            out += newline;
            width = 0;
            continue;
        }
        const bool ends_line = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        const bool blank = c == ' ' || c == '\t';
        const bool plain = (c > 0x20 && c < 0x7f && c != '=') || (blank && !ends_line);
        if (plain)
            put(std::string_view(&c, 1));
        else
            put(fmt::format("={:02X}", static_cast<unsigned char>(c)));
    }
    return out;
}

std::string header_text(std::string_view text, std::size_t used) {
    // A text that looks like an encoded word would be read as one.
    const bool plain = is_plain(text) && text.find("=?") == std::string_view::npos;
    if (plain && used + text.size() <= longest_line) return std::string(text);
    // "=?utf-8?B?" and "?=" around base64, of which 4 characters hold 3 bytes; RFC 2047 allows 75.
    constexpr std::size_t around = 12;
    std::string out;
    while (!text.empty()) {
        const std::size_t room =
            (longest_line - 1 - std::min(used, std::size_t{40}) - around) / 4 * 3;
        std::size_t take = 0;
        while (take < text.size()) {
            const std::size_t next = std::min(character_size(text[take]), text.size() - take);
            if (take + next > room) break;
            take += next;
        }
        if (!out.empty()) out += "\r\n ";
        out += "=?utf-8?B?" + to_base64(text.substr(0, take)) + "?=";
        text.remove_prefix(take);
        used = 1;
    }
    return out;
}

result<std::string> to_bytes(const mail_message& m) {
    VECHE_CHECK(check_headers(m));
    const std::string boundary =
        "=_" + to_hex(sha256({m.id, std::string_view("\0", 1), m.text, m.html})).substr(0, 32);
    std::string out = date_header(m.at);
    out += from_header(m);
    out += "To: " + m.to + "\r\n";
    out += header("Subject", m.subject);
    out += "Message-ID: <" + m.id + ">\r\n";
    // RFC 3834: nothing that answers by itself answers this.
    out += "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\n";
    if (!m.leave.empty())
        out += "List-Unsubscribe: <" + m.leave +
               ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    if (!m.language.empty()) out += header("Content-Language", m.language);
    out += "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary +
           "\"\r\n\r\n";
    out += part(boundary, "text/plain", m.text);
    out += part(boundary, "text/html", m.html);
    out += "--" + boundary + "--\r\n";
    return out;
}

}  // namespace veche::api
