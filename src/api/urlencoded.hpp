#pragma once
// Percent-encoding, request targets and urlencoded forms (WHATWG URL, RFC 3986). Pure and strict:
// malformed escapes and bytes that are not UTF-8 are refused, never guessed.

#include <optional>

#include "api/http.hpp"

namespace veche::api {

/// Most names that one query or form may carry.
constexpr std::size_t max_pairs = 1000;

/// Decodes %XX (and, where `plus_is_space`, '+'). Nothing where an escape is malformed, or where
/// the result is not UTF-8 or holds a NUL byte.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

/// Encodes all but the unreserved characters A-Z a-z 0-9 - . _ ~ .
std::string percent_encode(std::string_view text);

/// "a=1&b=%20" into pairs. Nothing where malformed or beyond max_pairs.
std::optional<pairs> parse_urlencoded(std::string_view text);

std::string to_urlencoded(const pairs& list);

struct target {
    std::string path;  ///< decoded
    pairs query;
};

/// An origin-form request target. Refuses other forms, control characters, backslashes and "." or
/// ".." segments: no path of ours has them, and they are how a file server is led astray.
std::optional<target> parse_target(std::string_view text);

}  // namespace veche::api
