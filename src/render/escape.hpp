#pragma once
// The two escapes of a page: text into HTML (also into quoted attributes), and text into addresses.

#include <string>
#include <string_view>

namespace veche::render {

/// Replaces & < > " ' and the backquote, so that text is safe between tags and in quoted
/// attributes.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

/// Percent-encodes all but letters, digits and -._~ (RFC 3986, section 2.3).
std::string url_encoded(std::string_view text);

}  // namespace veche::render
