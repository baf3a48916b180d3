#pragma once
// Forms as browsers send them: urlencoded, and multipart/form-data (RFC 7578) for uploads.

#include "api/http.hpp"
#include "kernel/result.hpp"

namespace veche::api {

/// An uploaded file. The name is what the client said: shown, never used as a path.
struct upload {
    std::string field;
    std::string name;
    std::string media;  ///< "" where the part names none
    std::string bytes;
};

struct form {
    pairs fields;
    std::vector<upload> uploads;
    /// Value of a field, "" where absent.
    [[nodiscard]] std::string_view value(std::string_view name) const;
};

/// Reads the body by the request's Content-Type. Refuses other types, malformed bodies, and more
/// than max_pairs fields or 16 uploads.
result<form> parse_form(const request&);

/// Pure part of the above, for the two types.
result<form> parse_form(std::string_view content_type, std::string_view body);

}  // namespace veche::api
