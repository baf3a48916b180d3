#include "people/views.hpp"

#include "kernel/hash.hpp"

namespace veche::people {
namespace {

std::optional<std::int64_t> entry_of(const std::optional<std::uint64_t>& seq) {
    return seq ? std::optional(static_cast<std::int64_t>(*seq)) : std::nullopt;
}

half_row row_of(const half& h) {
    return {h.at, h.auth, h.by, static_cast<std::int64_t>(h.seq)};
}

std::optional<half_row> row_of(const std::optional<half>& h) {
    return h ? std::optional(row_of(*h)) : std::nullopt;
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

result<recoveries_view> ask(const world& w, const recoveries_query&, const viewer& who) {
    recoveries_view out;
    for (const auto& [person, r] : w.own.recoveries) {
        recovery_row row{person,
                         row_of(r.proposed),
                         row_of(r.confirmed),
                         {},
                         r.completed,
                         entry_of(r.completed_seq),
                         r.waits_for_confirmation(),
                         r.waits_for_owner(who.now),
                         r.proposed.by == who.person};
        if (r.confirmed)
            row.until = instant{r.confirmed->at.ms + recovery_hours * 60 * ms_per_minute};
        out.recoveries.push_back(std::move(row));
    }
    return out;
}

result<log_keys_view> ask(const world& w, const log_keys_query&, const viewer& who) {
    log_keys_view out;
    for (const log_key& k : w.own.log_keys)
        out.keys.push_back({k.vkey, k.cause, row_of(k.proposed), row_of(k.confirmed),
                            row_of(k.taken), k.proposed.by == who.person});
    return out;
}

}  // namespace veche::people
