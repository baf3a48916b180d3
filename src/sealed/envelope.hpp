#pragma once
// What is sealed where a file is meant. The file is sealed for itself under the same subject; this
// text names it, so that a short disclosure on the journal proves a file of any size.

#include "kernel/fields.hpp"
#include "kernel/seal_ref.hpp"

namespace veche::sealed {

struct envelope {
    std::string media;
    std::string name;  ///< as it was uploaded
    sealed_id part;    ///< under which the file lies in the sealed store
    std::string sha256;
    std::int64_t size = 0;
};
VECHE_FIELDS(envelope, (media, "Media type of the file."), (name, "Name of the file."),
             (part, "Commitment under which the file itself lies sealed."),
             (sha256, "SHA-256 of the file in lower-case hex."), (size, "Size in bytes."))

}  // namespace veche::sealed
