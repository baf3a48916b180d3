#include "people/views.hpp"

#include "kernel/hash.hpp"

namespace veche::people {
namespace {

std::optional<std::int64_t> entry_of(const std::optional<std::uint64_t>& seq) {
    return seq ? std::optional(static_cast<std::int64_t>(*seq)) : std::nullopt;
}

}  // namespace

result<keys_view> ask(const world& w, const keys_query& q, const viewer& who) {
    keys_view out{q.person, {}};
    if (const holder* h = w.own.holders.find(q.person))
        for (const key& k : h->keys)
            out.keys.push_back({k.id, k.name, to_base64(k.public_key), k.enrolled,
                                static_cast<std::int64_t>(k.seq), k.until, k.revoked,
                                entry_of(k.revoked_seq), k.in_force(who.now),
                                k.site.empty() ? std::nullopt : std::optional(k.site)});
    return out;
}

}  // namespace veche::people
