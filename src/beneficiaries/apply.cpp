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

}  // namespace

void apply(state& s, const charter::state&, const name_payer& c, const context& ctx) {
    put(s.payers, c.payer, c, ctx);
}

void apply(state& s, const charter::state&, const report_payments& c, const context& ctx) {
    const report_key key{c.payer, c.year};
    if (!s.reports.contains(key)) s.reports.insert(key, {ctx.at, {}});
    std::vector<kept<report_payments>>& parts = s.reports.edit(key).parts;
    const auto at = static_cast<std::size_t>(c.part) - 1;
    if (at == parts.size()) parts.emplace_back();
    parts[at].what = c;
    parts[at].done = done_by(ctx);
    parts[at].versions.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const refer_commitment& c, const context& ctx) {
    put(s.referred, c.commitment, c, ctx);
}

}  // namespace veche::beneficiaries
