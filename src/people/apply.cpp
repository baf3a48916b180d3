#include <algorithm>

#include "kernel/check.hpp"
#include "kernel/hash.hpp"
#include "people/people.hpp"

namespace veche::people {
namespace {

template <class Enrolment>
void enter(state& s, const Enrolment& c, std::string site, const context& ctx) {
    const auto decoded = from_base64(c.public_key);
    VECHE_ENSURE(decoded, "decide let the key pass");
    const std::string& bytes = *decoded;
    holder& h =
        s.holders.contains(ctx.actor) ? s.holders.edit(ctx.actor) : s.holders.insert(ctx.actor, {});
    h.keys.push_back({c.key, bytes, c.name, ctx.at, ctx.seq, c.until, {}, {}, std::move(site)});
    s.by_public_key.insert(bytes, ctx.actor);
}

}  // namespace

std::vector<key> active_keys(const state& s, const person_id& person, instant at) {
    std::vector<key> out;
    if (const holder* h = s.holders.find(person))
        std::copy_if(h->keys.begin(), h->keys.end(), std::back_inserter(out),
                     [&](const key& k) { return k.in_force(at); });
    return out;
}

bool key_valid(const state& s, const person_id& person, std::string_view id, std::uint64_t seq,
               instant at) {
    const holder* h = s.holders.find(person);
    return h && std::any_of(h->keys.begin(), h->keys.end(), [&](const key& k) {
               return k.id == id && k.seq < seq && (!k.revoked_seq || seq <= *k.revoked_seq) &&
                      (!k.until || at < *k.until);
           });
}

void apply(state& s, const charter::state&, const enroll_key& c, const context& ctx) {
    enter(s, c, "", ctx);
}

void apply(state& s, const charter::state&, const enroll_passkey& c, const context& ctx) {
    enter(s, c, c.site, ctx);
}

void apply(state& s, const charter::state&, const revoke_key& c, const context& ctx) {
    for (key& k : s.holders.edit(c.person).keys)
        if (k.id == c.key) {
            k.revoked = ctx.at;
            k.revoked_seq = ctx.seq;
        }
}

}  // namespace veche::people
