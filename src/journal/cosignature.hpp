#pragma once
// Witnesses (C2SP tlog-cosignature, Ed25519, type 0x04): a witness states that, at a time, a
// checkpoint was the largest it had seen of a log, and extends all it had seen before. A quorum of
// witnesses leaves no room for two histories.

#include "journal/signed_note.hpp"

namespace veche::journal {

/// "name+hex key id+base64(0x04 || public key)".
std::string format_witness_key(const verifier_key&);
result<verifier_key> parse_witness_key(std::string_view text);

/// The signature line of a witness over a checkpoint's text, without its newline. `time` is in
/// seconds since 1970.
std::string cosignature_line(std::string_view name, const key_pair&, std::int64_t time,
                             std::string_view checkpoint_text);

struct cosignature {
    std::string name;
    std::int64_t time = 0;
};

/// The good cosignatures on a checkpoint by known witnesses, one per witness. A bad one by a known
/// witness is refused with journal.signature_wrong; lines by strangers are ignored.
result<std::vector<cosignature>> read_cosignatures(std::string_view checkpoint_note,
                                                   const std::vector<verifier_key>& witnesses);

}  // namespace veche::journal
