#pragma once
// A sealed text as commands name it: the public half of journal/seal.hpp, described. The text lies
// beside the journal; a command carries only this commitment to it.

#include "kernel/fields.hpp"

namespace veche {

/// What a sealed text is: of a closed part of the public business, or personal data.
enum class sealed_class : std::uint8_t { closed, personal };
VECHE_CHOICES(sealed_class, closed, personal)

/// The commitment in lower-case hex: the name of a sealed text everywhere.
using sealed_id = id<struct sealed_tag>;

/// The object under "sealed" of docs/format/journal.md.
struct seal_ref {
    std::string alg;  ///< "sha256-salt"
    std::int32_t bucket = 0;
    sealed_class class_{};
    sealed_id commit;
    std::string subject;
    bool operator==(const seal_ref&) const = default;
};
VECHE_FIELDS(seal_ref, (alg, "How the commitment is made: sha256-salt."),
             (bucket, "Size of the sealed text after padding, in bytes."),
             (class_, "Closed business or personal data."),
             (commit, "The commitment, SHA-256 in lower-case hex."),
             (subject, "Pseudonym under whose key it lies."))

}  // namespace veche
