#include <algorithm>

#include "kernel/hash.hpp"
#include "people/people.hpp"
#include "people/refusal.hpp"

namespace veche::people {
namespace {

constexpr std::size_t max_keys_in_force = 8;
constexpr std::size_t max_name_bytes = 200;
/// An RSA key of 8192 bits is 1062 bytes long.
constexpr std::size_t max_passkey_bytes = 1100;
constexpr std::size_t max_site_bytes = 270;  // a domain of 253 bytes, its scheme and port

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

/// A domain in lower case: labels of letters, digits and dashes. Addresses in numbers have no
/// passkeys, so the last label is not of digits alone.
bool is_domain(std::string_view host) {
    bool letters = false;
    bool fresh = true;  // nothing of the label has come
    for (const char c : host) {
        const bool letter = c >= 'a' && c <= 'z';
        const bool dash = c == '-' || c == '.';
        if (!letter && !dash && (c < '0' || c > '9')) return false;
        if (fresh && dash) return false;
        letters = c == '.' ? false : letters || letter;
        fresh = c == '.';
    }
    return !fresh && letters;
}

/// "https://host[:port]", for trials also "http://localhost[:port]": where browsers have passkeys.
bool is_site(std::string_view site) {
    constexpr std::string_view secure = "https://";
    constexpr std::string_view trial = "http://localhost";
    if (site.size() > max_site_bytes) return false;
    const bool own = site.starts_with(trial);
    if (!own && !site.starts_with(secure)) return false;
    const std::string_view rest = own ? site.substr(7) : site.substr(secure.size());
    const std::string_view host = rest.substr(0, rest.find(':'));
    if (host == rest) return is_domain(host) && (!own || host == "localhost");
    const std::string_view port = rest.substr(host.size() + 1);
    return is_domain(host) && (!own || host == "localhost") && !port.empty() && port.size() <= 5 &&
           port.front() != '0' && port.find_first_not_of("0123456789") == std::string_view::npos;
}

/// No mandate is asked for: who applies to a call or only votes signs as well. A key shows who did
/// something, and what one may do is asked of the charter at each command.
result<void> check_named(const std::string& key, const std::string& name) {
    if (!is_key_id(key)) return refuse(refusals::key_name_malformed, "key");
    if (name.size() > max_name_bytes)
        return refuse(refusals::name_too_long, "name", std::to_string(max_name_bytes));
    return {};
}

/// That the key is new, and that there is room for it.
result<events> check_new(const world& w, const std::string& key, const std::string& bytes,
                         const std::optional<instant>& until, const context& ctx) {
    if (find(w.own, ctx.actor, key)) return refuse(refusals::key_taken, "key", key);
    if (w.own.by_public_key.contains(bytes))
        return refuse(refusals::key_enrolled_elsewhere, "public_key");
    if (until && *until <= ctx.at) return refuse(refusals::until_past, "until");
    if (active_keys(w.own, ctx.actor, ctx.at).size() >= max_keys_in_force)
        return refuse(refusals::too_many_keys, {}, std::to_string(max_keys_in_force));
    return events{};
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
    VECHE_CHECK(check_named(c.key, c.name));
    const auto bytes = from_base64(c.public_key);
    if (!bytes || bytes->size() != 32) return refuse(refusals::key_malformed, "public_key");
    return check_new(w, c.key, *bytes, c.until, ctx);
}

result<events> decide(const world& w, const enroll_passkey& c, const context& ctx) {
    VECHE_CHECK(check_named(c.key, c.name));
    const auto bytes = from_base64(c.public_key);
    if (!bytes || bytes->empty() || bytes->size() > max_passkey_bytes)
        return refuse(refusals::passkey_malformed, "public_key");
    if (!is_site(c.site)) return refuse(refusals::site_malformed, "site");
    return check_new(w, c.key, *bytes, c.until, ctx);
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
