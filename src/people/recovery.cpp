// Two persons let a third one in again, who shows the code that they were handed.

#include "kernel/hash.hpp"
#include "people/people.hpp"
#include "people/refusal.hpp"

namespace veche::people {
namespace {

/// The power "accounts", held under ctx.auth; no decision orders this.
template <class Command>
result<void> require_accounts(const world& w, const context& ctx) {
    const charter::office* office = w.charter.find_office({ctx.auth});
    if (ctx.decision || !office ||
        !charter::require(w.charter, ctx, "accounts", office->body, Command::wire.type))
        return refuse(refusals::not_with_accounts);
    return {};
}

half half_by(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

/// Nothing of the person's is in force from this entry on: who has it now, nobody knows.
void revoke_all(state& s, const person_id& person, const context& ctx) {
    if (!s.holders.contains(person)) return;
    for (key& k : s.holders.edit(person).keys)
        if (!k.revoked) {
            k.revoked = ctx.at;
            k.revoked_seq = ctx.seq;
        }
}

}  // namespace

result<events> decide(const world& w, const propose_recovery& c, const context& ctx) {
    VECHE_CHECK(require_accounts<propose_recovery>(w, ctx));
    if (c.person == ctx.actor) return refuse(refusals::not_for_yourself, "person");
    const recovery* r = w.own.recoveries.find(c.person);
    if (r && r->waits_for_confirmation())
        return refuse(refusals::recovery_open, "person", c.person.value);
    return events{};
}

result<events> decide(const world& w, const confirm_recovery& c, const context& ctx) {
    VECHE_CHECK(require_accounts<confirm_recovery>(w, ctx));
    if (c.person == ctx.actor) return refuse(refusals::not_for_yourself, "person");
    const recovery* r = w.own.recoveries.find(c.person);
    if (!r) return refuse(refusals::recovery_unknown, "person", c.person.value);
    if (r->confirmed) return refuse(refusals::recovery_confirmed, "person");
    if (r->proposed.by == ctx.actor) return refuse(refusals::same_person, "person");
    if (!hash_from_hex(c.code_hash)) return refuse(refusals::code_hash_malformed, "code_hash");
    return events{};
}

result<events> decide(const world& w, const withdraw_recovery& c, const context& ctx) {
    const recovery* r = w.own.recoveries.find(c.person);
    const bool own = r && r->proposed.by == ctx.actor && !ctx.decision;
    if (!own) VECHE_CHECK(require_accounts<withdraw_recovery>(w, ctx));
    if (!r) return refuse(refusals::recovery_unknown, "person", c.person.value);
    if (r->confirmed) return refuse(refusals::recovery_confirmed, "person");
    return events{};
}

result<events> decide(const world& w, const complete_recovery& c, const context& ctx) {
    const recovery* r = w.own.recoveries.find(ctx.actor);
    if (ctx.decision || !r || !r->waits_for_owner(ctx.at) || to_hex(sha256(c.code)) != r->code_hash)
        return refuse(refusals::code_wrong, "code");
    return events{};
}

void apply(state& s, const charter::state&, const propose_recovery& c, const context& ctx) {
    const recovery fresh{half_by(ctx), {}, {}, {}, {}};
    if (s.recoveries.contains(c.person))
        s.recoveries.edit(c.person) = fresh;
    else
        s.recoveries.insert(c.person, fresh);
}

void apply(state& s, const charter::state&, const confirm_recovery& c, const context& ctx) {
    recovery& r = s.recoveries.edit(c.person);
    r.confirmed = half_by(ctx);
    r.code_hash = c.code_hash;
    revoke_all(s, c.person, ctx);
}

void apply(state& s, const charter::state&, const withdraw_recovery& c, const context&) {
    s.recoveries.erase(c.person);
}

void apply(state& s, const charter::state&, const complete_recovery&, const context& ctx) {
    recovery& r = s.recoveries.edit(ctx.actor);
    r.completed = ctx.at;
    r.completed_seq = ctx.seq;
}

}  // namespace veche::people
