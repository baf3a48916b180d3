#pragma once
// One mail as the bytes that go to a mail server: RFC 5322 with MIME, UTF-8 names and subjects
// (RFC 2047), text and HTML side by side, and the headers that let a reader leave with one click
// (RFC 2369, 8058). Pure.

#include <string>
#include <string_view>

#include "kernel/instant.hpp"
#include "kernel/result.hpp"

namespace veche::api {

struct mail_message {
    std::string from;       ///< address
    std::string from_name;  ///< "" for none
    std::string to;
    std::string subject;
    std::string text;
    std::string html;
    std::string language;  ///< tag, for Content-Language
    std::string id;        ///< Message-ID without brackets: "left@right"
    std::string leave;     ///< address to which a POST ends the mail; "" where there is none
    instant at;
};

/// The bytes, lines of at most 78 characters that end with CRLF; dots at their beginnings are left
/// to the sender. Refuses with api.mail_header what would break out of a header (control
/// characters), and with api.mail_address what is no address.
result<std::string> to_bytes(const mail_message&);

/// "name@host.example": the plain form in ASCII, at most 254 characters, without quotes, comments
/// and literals, which no mail server in use needs.
bool is_mail_address(std::string_view text);

/// RFC 2045, 6.7: lines of at most 76 characters, no blank at the end of any.
std::string quoted_printable(std::string_view text);

/// A header's text as encoded words where it is not printable ASCII, folded; `used` is the length
/// of the header's name with its colon and space.
std::string header_text(std::string_view text, std::size_t used);

}  // namespace veche::api
