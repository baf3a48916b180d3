#include <algorithm>

#include "kernel/hash.hpp"
#include "people/people.hpp"
#include "people/refusal.hpp"

namespace veche::people {
namespace {

constexpr std::size_t max_keys_in_force = 8;
constexpr std::size_t max_name_bytes = 200;

bool is_key_id(const std::string& id) {
    return !id.empty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

const key* find(const state& s, const person_id& person, const std::string& id) {
    const holder* h = s.holders.find(person);
    if (!h) return nullptr;
    const auto found =
        std::find_if(h->keys.begin(), h->keys.end(), [&](const key& k) { return k.id == id; });
    return found == h->keys.end() ? nullptr : &*found;
}

/// "union.example": letters, digits and dashes between dots. No address of numbers: browsers make
/// passkeys for names only.
bool is_domain(std::string_view text) {
    constexpr std::size_t longest = 253;
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    return plain && !text.empty() && text.size() <= longest && text.front() != '.' &&
           text.back() != '.' && text.find("..") == std::string_view::npos &&
           text.find_first_not_of("0123456789.") != std::string_view::npos;
}

/// "https://host" or "https://host:port" with the domain as host or above it; WebAuthn, section
/// 5.1.2, lets a page use no other. This machine itself ("localhost") needs no https.
bool is_origin_of(std::string_view origin, std::string_view domain) {
    const bool local = domain == "localhost" && origin.starts_with("http://");
    if (!local && !origin.starts_with("https://")) return false;
    const std::string_view place = origin.substr(origin.find("//") + 2);
    const std::size_t colon = std::min(place.find(':'), place.size());
    const std::string_view host = place.substr(0, colon);
    const std::string_view port = place.substr(colon);
    const bool good_port =
        port.empty() || (port.size() >= 2 && port.size() <= 6 &&
                         port.find_first_not_of("0123456789", 1) == std::string_view::npos);
    return good_port && is_domain(host) &&
           (host == domain || host.ends_with("." + std::string(domain)));
}

result<void> check_passkey(const passkey_terms& p, const std::string& public_key) {
    constexpr std::size_t max_public_key = 1024;
    constexpr std::size_t max_origins = 4;
    // WebAuthn, section 4, "Credential ID": at least 16 bytes; section 6.5.1: 1023 at most.
    constexpr std::size_t min_credential = 16;
    constexpr std::size_t max_credential = 1023;
    const auto malformed = [](std::string field) {
        return refuse(refusals::passkey_malformed, std::move(field));
    };
    const auto key = from_base64(public_key);
    if (!key || key->empty() || key->size() > max_public_key) return malformed("public_key");
    const auto credential = from_base64(p.credential);
    if (!credential || credential->size() < min_credential || credential->size() > max_credential)
        return malformed("passkey.credential");
    if (!is_domain(p.relying_party)) return malformed("passkey.relying_party");
    if (p.origins.empty() || p.origins.size() > max_origins) return malformed("passkey.origins");
    for (const std::string& origin : p.origins)
        if (!is_origin_of(origin, p.relying_party)) return malformed("passkey.origins");
    return {};
}

/// Whether the person was ever given a mandate: nobody else acts in a union.
bool is_known(const charter::state& c, const person_id& person) {
    return !c.title_of(person).empty();
}

/// Whether the actor holds, under ctx.auth, an office with power over accounts.
bool keeps_accounts(const world& w, const context& ctx) {
    const charter::office* office = w.charter.find_office({ctx.auth});
    return office &&
           charter::require(w.charter, ctx, "accounts", office->body, revoke_key::wire.type)
               .has_value();
}

}  // namespace

result<events> decide(const world& w, const enroll_key& c, const context& ctx) {
    if (!is_known(w.charter, ctx.actor))
        return refuse(refusals::person_unknown, "actor", ctx.actor.value);
    if (!is_key_id(c.key)) return refuse(refusals::key_name_malformed, "key");
    if (c.name.size() > max_name_bytes)
        return refuse(refusals::name_too_long, "name", std::to_string(max_name_bytes));
    const auto bytes = from_base64(c.public_key);
    if (!c.passkey && (!bytes || bytes->size() != 32))
        return refuse(refusals::key_malformed, "public_key");
    if (c.passkey) VECHE_CHECK(check_passkey(*c.passkey, c.public_key));
    if (find(w.own, ctx.actor, c.key)) return refuse(refusals::key_taken, "key", c.key);
    if (w.own.by_public_key.contains(*bytes))
        return refuse(refusals::key_enrolled_elsewhere, "public_key");
    if (c.until && *c.until <= ctx.at) return refuse(refusals::until_past, "until");
    if (active_keys(w.own, ctx.actor, ctx.at).size() >= max_keys_in_force)
        return refuse(refusals::too_many_keys, {}, std::to_string(max_keys_in_force));
    return events{};
}

result<events> decide(const world& w, const revoke_key& c, const context& ctx) {
    if (ctx.decision || (c.person != ctx.actor && !keeps_accounts(w, ctx)))
        return refuse(refusals::not_yours, "person", c.person.value);
    const key* k = find(w.own, c.person, c.key);
    if (!k) return refuse(refusals::key_unknown, "key", c.key, c.person.value);
    if (k->revoked) return refuse(refusals::key_revoked, "key", c.key);
    return events{};
}

}  // namespace veche::people
