#include "journal/cosignature.hpp"

#include <algorithm>

#include "journal/refusal.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"

namespace veche::journal {
namespace {

constexpr std::string_view witness_type = "\x04";
constexpr std::size_t time_bytes = 8;

std::string message_of(std::int64_t time, std::string_view checkpoint_text) {
    return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(checkpoint_text);
}

std::string big_endian(std::int64_t time) {
    std::string out;
    for (int shift = 56; shift >= 0; shift -= 8)
        out += static_cast<char>(static_cast<std::uint64_t>(time) >> shift & 0xFF);
    return out;
}

std::int64_t time_from(std::string_view eight) {
    std::uint64_t time = 0;
    for (const char c : eight) time = time << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(time);
}

}  // namespace

std::string format_witness_key(const verifier_key& k) {
    return format_verifier_key(k, witness_type);
}

result<verifier_key> parse_witness_key(std::string_view text) {
    return parse_verifier_key(text, witness_type);
}

std::string cosignature_line(std::string_view name, const key_pair& key, std::int64_t time,
                             std::string_view checkpoint_text) {
    VECHE_ENSURE(time >= 0, "witnesses live after 1970");
    return join_signature_line(
        name, key_id(name, key.public_key, witness_type),
        big_endian(time) + sign_bytes(key, message_of(time, checkpoint_text)));
}

result<std::vector<cosignature>> read_cosignatures(std::string_view checkpoint_note,
                                                   const std::vector<verifier_key>& witnesses) {
    const note n = VECHE_TRY(split_note(checkpoint_note));
    std::vector<cosignature> good;
    for (const std::string_view line : n.signatures) {
        const auto parts = split_signature_line(line);
        const auto by = std::find_if(witnesses.begin(), witnesses.end(), [&](const auto& w) {
            return w.name == parts->name &&
                   key_id(w.name, w.public_key, witness_type) == parts->key_id;
        });
        if (by == witnesses.end()) continue;
        const std::string_view stamped = parts->signature;
        const std::int64_t time = time_from(stamped.substr(0, time_bytes));
        if (stamped.size() <= time_bytes || time < 0 ||
            !verify_signature(by->public_key, message_of(time, n.text), stamped.substr(time_bytes)))
            return refuse(refusals::signature_wrong, {}, by->name);
        if (std::none_of(good.begin(), good.end(),
                         [&](const cosignature& c) { return c.name == by->name; }))
            good.push_back({by->name, time});
    }
    return good;
}

}  // namespace veche::journal
