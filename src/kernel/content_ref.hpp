#pragma once
// A file named by its content.

#include "kernel/fields.hpp"

namespace veche {

/// A file named by its content. The bytes lie beside the journal and may be fetched by this hash.
struct content_ref {
    std::string sha256;  ///< lower-case hex
    std::int64_t size = 0;
    std::string media;  ///< media type: "application/pdf"
    bool operator==(const content_ref&) const = default;
};
VECHE_FIELDS(content_ref, (sha256, "SHA-256 of the bytes in lower-case hex."),
             (size, "Size in bytes."), (media, "Media type, as in application/pdf."))

/// Which of its fields cannot be meant: "sha256" (64 digits), "size" (above zero), "media" (two
/// parts of sensible length); nothing where all can.
std::string_view fault_in(const content_ref&);

}  // namespace veche
