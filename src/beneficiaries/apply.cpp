#include "beneficiaries/beneficiaries.hpp"

namespace veche::beneficiaries {
namespace {

template <class Key, class Command>
void put(cow_map<Key, kept<Command>>& map, const Key& key, const Command& c, const context& ctx) {
    if (!map.contains(key)) map.insert(key, {});
    kept<Command>& one = map.edit(key);
    one.what = c;
    one.done = done_by(ctx);
    one.versions.push_back(ctx.seq);
}

party_id named(const disclosed_payment& one) {
    return one.recipient.value_or(party_id{});
}

/// Takes the rows of a part out of the index and of the sums.
void forget(state& s, const part_place& at, const std::vector<disclosed_payment>& rows) {
    report& of = s.reports.edit(at.report);
    for (const disclosed_payment& one : rows) {
        of.sums[one.money.unit] -= one.money.minor;
        const party_id to = named(one);
        const paid_rows* known = s.paid_to.find(to);
        if (!known || !known->contains(at)) continue;
        s.paid_to.edit(to).erase(at);
        if (s.paid_to.find(to)->empty()) s.paid_to.erase(to);
    }
    of.rows -= static_cast<std::int64_t>(rows.size());
    std::erase_if(of.sums, [](const auto& sum) { return sum.second == 0; });
}

void remember(state& s, const part_place& at, const std::vector<disclosed_payment>& rows) {
    report& of = s.reports.edit(at.report);
    of.rows += static_cast<std::int64_t>(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        of.sums[rows[i].money.unit] += rows[i].money.minor;
        const party_id to = named(rows[i]);
        if (!s.paid_to.contains(to)) s.paid_to.insert(to, {});
        paid_rows& known = s.paid_to.edit(to);
        if (!known.contains(at)) known.insert(at, {});
        known.edit(at).push_back(static_cast<std::int32_t>(i));
    }
}

}  // namespace

void apply(state& s, const charter::state&, const name_payer& c, const context& ctx) {
    put(s.payers, c.payer, c, ctx);
}

void apply(state& s, const charter::state&, const report_payments& c, const context& ctx) {
    const report_key key{c.payer, c.year};
    if (!s.reports.contains(key)) s.reports.insert(key, {ctx.at, {}, 0, {}});
    const part_place place{key, c.part};
    std::vector<kept<report_payments>>& parts = s.reports.edit(key).parts;
    const auto at = static_cast<std::size_t>(c.part) - 1;
    if (at == parts.size())
        parts.emplace_back();
    else
        forget(s, place, std::vector(parts[at].what.payments));
    remember(s, place, c.payments);
    parts[at].what = c;
    parts[at].done = done_by(ctx);
    parts[at].versions.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const refer_commitment& c, const context& ctx) {
    put(s.referred, c.commitment, c, ctx);
}

}  // namespace veche::beneficiaries
