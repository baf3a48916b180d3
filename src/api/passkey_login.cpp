#include "api/passkey_login.hpp"

#include <charconv>

#include "api/log.hpp"
#include "api/refusal.hpp"
#include "api/secrets.hpp"
#include "journal/passkey.hpp"
#include "kernel/hash.hpp"
#include "office/office.hpp"

namespace veche::api {
namespace {

constexpr std::size_t chance_bytes = 16;
constexpr std::size_t seal_digits = 48;
constexpr std::size_t end_digits = 16;
constexpr std::size_t nonce_digits = 2 * chance_bytes + end_digits + seal_digits;

std::string sixteen_digits(std::int64_t ms) {
    const std::string text = std::to_string(ms);
    return std::string(end_digits - text.size(), '0') + text;
}

}  // namespace

std::string login_nonces::seal(std::string_view head) {
    const std::lock_guard lock(mutex_);
    if (secret_.empty()) secret_ = kept_.login_secret();
    // All parts have a fixed length, so nothing is gained by lengthening the hash.
    return to_hex(sha256({"veche/login-nonce/v1", std::string_view("\0", 1), secret_, head}))
        .substr(0, seal_digits);
}

std::string login_nonces::give(std::int64_t now_ms) {
    const std::string head =
        to_hex(random_bytes(chance_bytes)) + sixteen_digits(now_ms + nonce_life_ms);
    return head + seal(head);
}

std::int64_t login_nonces::end_of(std::string_view nonce) {
    if (nonce.size() != nonce_digits) return 0;
    const std::string_view head = nonce.substr(0, nonce_digits - seal_digits);
    if (!is_same_secret(seal(head), nonce.substr(head.size()))) return 0;
    std::int64_t end = 0;
    std::from_chars(head.data() + 2 * chance_bytes, head.data() + head.size(), end);
    return end;
}

bool login_nonces::is_good(std::string_view nonce, std::int64_t now_ms) {
    return end_of(nonce) > now_ms && !kept_.is_nonce_used(nonce);
}

bool login_nonces::use(std::string_view nonce, std::int64_t now_ms) {
    const std::int64_t end = end_of(nonce);
    return end > now_ms && kept_.use_nonce(nonce, end, now_ms, most_);
}

std::string passkey_key_id(std::string_view credential) {
    constexpr std::size_t digits = 20;
    return "passkey-" + to_hex(sha256(credential)).substr(0, digits);
}

result<passkey_found> find_passkey(const office::office& office,
                                   const pages::passkey_answer& answer,
                                   std::string_view public_url) {
    const std::string id = passkey_key_id(answer.credential);
    const instant now = office.now();
    // Several persons might choose the same id; a signature fits one key.
    std::vector<passkey_found> candidates;
    office.read([&](const office::state& s) {
        for (const auto& [person, holder] : s.people.holders)
            for (const people::key& key : holder.keys)
                if (key.id == id && key.site == public_url && key.in_force(now))
                    candidates.push_back({person, key.public_key, 0});
    });
    if (candidates.empty()) return refuse(refusals::passkey_unknown);
    const journal::assertion made{answer.authenticator_data, answer.client_data, answer.signature};
    const std::string challenge = journal::login_challenge(answer.nonce);
    const journal::relying_party here = journal::party_of(public_url);
    for (passkey_found& one : candidates) {
        const auto level = journal::verify_assertion(made, one.public_key, challenge, here);
        if (level) {
            one.uses = level->uses;
            return std::move(one);
        }
        log::write(log::level::debug, "passkey_wrong", {{"detail", level.error().sentence()}});
    }
    return refuse(refusals::passkey_refused);
}

}  // namespace veche::api
