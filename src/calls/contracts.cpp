#include "calls/contracts.hpp"

#include "calls/refusal.hpp"

namespace veche::calls {
namespace {

constexpr std::int32_t whole_share = 1'000'000;  // millionths
constexpr std::size_t max_contract_parts = 12;
constexpr std::int32_t max_due_days = 3660;

bool gives_money(const open_call& c) {
    if (by_money(c)) return true;
    for (const programme_plan& one : c.programmes)
        if (one.stipend) return true;
    return false;
}

/// Both of a pair keep what they were offered, or neither.
bool partner_accepted(const state& s, const application& a, const offer& held) {
    if (!held.paired) return true;
    const application* other = a.asked.partner ? s.find(a.call, *a.asked.partner) : nullptr;
    const offer* theirs = other ? other->held() : nullptr;
    return theirs && theirs->paired && theirs->status == offer_status::accepted;
}

/// In money, what the offer is worth; nothing for a place without a stipend.
std::optional<amount> worth_of(const call& c, const application& a, const offer& held) {
    if (!held.programme) return a.asked.asks;
    return c.find(*held.programme)->stipend;
}

const localized& purpose_of(const call& c, const application& a, const offer& held) {
    if (held.programme) return c.find(*held.programme)->title;
    return a.asked.title.empty() ? c.asked.title : a.asked.title;
}

}  // namespace

result<void> check_contract_terms(const open_call& c) {
    if (!c.contracts) return {};
    const auto& parts = c.contracts->parts;
    bool sound = gives_money(c) && !by_party(c) && c.commitment && !parts.empty() &&
                 parts.size() <= max_contract_parts;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const contract_part& one = parts[i];
        sound = sound && one.share > 0 && one.share <= whole_share && one.due_days >= 0 &&
                one.due_days <= max_due_days;
        if (i > 0)
            sound =
                sound && parts[i - 1].due_days <= one.due_days && parts[i - 1].shown <= one.shown;
        sum += one.share;
    }
    if (!sound || sum != whole_share)
        return refuse(refusals::contracts_malformed, "contracts",
                      std::to_string(max_contract_parts));
    return {};
}

std::vector<promised_part> parts_of(const contract_terms& terms, std::int64_t minor) {
    std::vector<promised_part> out;
    std::int64_t share = 0;
    std::int64_t given = 0;
    for (const contract_part& one : terms.parts) {
        share += one.share;
        const auto by_then = static_cast<std::int64_t>(int128{minor} * share / whole_share);
        out.push_back({one.shown, one.due_days, by_then - given});
        given = by_then;
    }
    return out;
}

result<promised> promised_to(const state& s, const call_id& id, const person_id& who) {
    const call* c = s.calls.find(id);
    if (!c) return refuse(refusals::call_unknown, "call", id.value);
    const application* a = s.find(id, who);
    if (!a) return refuse(refusals::application_unknown, "beneficiary", who.value);
    if (!c->asked.contracts) return refuse(refusals::contracts_unsaid, "call", id.value);
    const offer* held = a->withdrawn ? nullptr : a->held();
    const bool kept = held && held->status == offer_status::accepted && !held->keep_waiting &&
                      partner_accepted(s, *a, *held);
    const auto worth = kept ? worth_of(*c, *a, *held) : std::nullopt;
    if (!worth) return refuse(refusals::nothing_won, "beneficiary", who.value);
    return promised{*c->asked.commitment, *worth, purpose_of(*c, *a, *held),
                    parts_of(*c->asked.contracts, worth->minor)};
}

}  // namespace veche::calls
