#pragma once
// C2SP tlog-checkpoint: origin, size, root in base64, one line each, no extension lines; a signed
// note.

#include "journal/signed_note.hpp"
#include "kernel/hash.hpp"

namespace veche::journal {

struct checkpoint {
    std::string origin;
    std::uint64_t size = 0;
    hash256 root{};
    bool operator==(const checkpoint&) const = default;
};

std::string checkpoint_text(const checkpoint&);
std::string sign_checkpoint(const checkpoint&, const key_pair&);
/// The form only; signatures are not looked at. Extension lines are refused.
result<checkpoint> parse_checkpoint(std::string_view note);
/// Form, and a good signature by the verifier key whose name is the origin.
result<checkpoint> verify_checkpoint(std::string_view note, std::string_view vkey);

}  // namespace veche::journal
