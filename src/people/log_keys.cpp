// The key of checkpoints changes in three steps on the journal: one person announces the new one,
// another confirms it, and an entry says from where on it signs.

#include <algorithm>

#include "kernel/hash.hpp"
#include "people/people.hpp"
#include "people/refusal.hpp"

namespace veche::people {
namespace {

template <class Command>
result<void> require_log_power(const world& w, const context& ctx) {
    const charter::office* office = w.charter.find_office({ctx.auth});
    if (ctx.decision || !office ||
        !charter::require(w.charter, ctx, "accounts", office->body, Command::wire.type))
        return refuse(refusals::not_with_accounts);
    return {};
}

/// "name+8 hex digits+base64": the form. That it is a sound key the office checks.
bool is_vkey(const std::string& text) {
    constexpr std::size_t longest = 512;
    constexpr std::size_t key_digits = 44;  // 33 bytes
    constexpr std::size_t id_digits = 8;
    if (text.size() > longest || text.size() < key_digits + id_digits + 3) return false;
    const std::size_t last = text.size() - key_digits - 1;
    const std::size_t first = last - id_digits - 1;
    const auto key = from_base64(text.substr(last + 1));
    return text[last] == '+' && text[first] == '+' && from_hex(text.substr(first + 1, id_digits)) &&
           key && key->front() == 1;
}

std::vector<log_key>::const_iterator found_in(const state& s, const std::string& vkey) {
    return std::find_if(s.log_keys.begin(), s.log_keys.end(),
                        [&](const log_key& k) { return k.vkey == vkey; });
}

const log_key* find_key(const state& s, const std::string& vkey) {
    const auto found = found_in(s, vkey);
    return found == s.log_keys.end() ? nullptr : &*found;
}

log_key& edit_key(state& s, const std::string& vkey) {
    return s.log_keys[static_cast<std::size_t>(found_in(s, vkey) - s.log_keys.begin())];
}

half half_of(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

}  // namespace

const log_key* log_key_in_use(const state& s) {
    const auto taken = std::find_if(s.log_keys.rbegin(), s.log_keys.rend(),
                                    [](const log_key& k) { return k.taken.has_value(); });
    return taken == s.log_keys.rend() ? nullptr : &*taken;
}

result<events> decide(const world& w, const propose_log_key& c, const context& ctx) {
    VECHE_CHECK(require_log_power<propose_log_key>(w, ctx));
    if (!is_vkey(c.vkey)) return refuse(refusals::vkey_malformed, "vkey");
    if (find_key(w.own, c.vkey)) return refuse(refusals::vkey_taken, "vkey");
    if (!w.own.log_keys.empty() && !w.own.log_keys.back().taken)
        return refuse(refusals::log_key_open, "vkey");
    return events{};
}

result<events> decide(const world& w, const confirm_log_key& c, const context& ctx) {
    VECHE_CHECK(require_log_power<confirm_log_key>(w, ctx));
    const log_key* k = find_key(w.own, c.vkey);
    if (!k) return refuse(refusals::log_key_unknown, "vkey");
    if (k->confirmed) return refuse(refusals::log_key_confirmed, "vkey");
    if (k->proposed.by == ctx.actor) return refuse(refusals::same_person, "vkey");
    return events{};
}

result<events> decide(const world& w, const withdraw_log_key& c, const context& ctx) {
    const log_key* k = find_key(w.own, c.vkey);
    const bool own = k && k->proposed.by == ctx.actor && !ctx.decision;
    if (!own) VECHE_CHECK(require_log_power<withdraw_log_key>(w, ctx));
    if (!k) return refuse(refusals::log_key_unknown, "vkey");
    if (k->taken) return refuse(refusals::log_key_in_use, "vkey");
    return events{};
}

result<events> decide(const world& w, const take_log_key& c, const context& ctx) {
    VECHE_CHECK(require_log_power<take_log_key>(w, ctx));
    const log_key* k = find_key(w.own, c.vkey);
    if (!k) return refuse(refusals::log_key_unknown, "vkey");
    if (k->taken) return refuse(refusals::log_key_in_use, "vkey");
    if (!k->confirmed) return refuse(refusals::log_key_unconfirmed, "vkey");
    return events{};
}

void apply(state& s, const charter::state&, const propose_log_key& c, const context& ctx) {
    s.log_keys.push_back({c.vkey, c.cause, half_of(ctx), {}, {}});
}

void apply(state& s, const charter::state&, const confirm_log_key& c, const context& ctx) {
    edit_key(s, c.vkey).confirmed = half_of(ctx);
}

void apply(state& s, const charter::state&, const withdraw_log_key& c, const context&) {
    s.log_keys.erase(found_in(s, c.vkey));
}

void apply(state& s, const charter::state&, const take_log_key& c, const context& ctx) {
    edit_key(s, c.vkey).taken = half_of(ctx);
}

}  // namespace veche::people
