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
    if (!bytes || bytes->size() != 32) return refuse(refusals::key_malformed, "public_key");
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
