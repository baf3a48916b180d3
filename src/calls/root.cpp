#include "calls/root.hpp"

#include <bit>

#include "calls/shares.hpp"
#include "kernel/check.hpp"
#include "kernel/lottery.hpp"

namespace veche::calls {
namespace {

constexpr std::string_view parting("\0", 1);
constexpr std::string_view leaf_mark("\0", 1);
constexpr std::string_view node_mark("\1", 1);

hash256 hash_of_hex(const std::string& hex) {
    const auto hash = hash_from_hex(hex);
    VECHE_ENSURE(hash.has_value(), "a hash was checked on its way in");
    return *hash;
}

}  // namespace

hash256 merkle_root(std::span<const std::string> records) {
    if (records.empty()) return sha256(std::string_view());
    if (records.size() == 1) return sha256({leaf_mark, records.front()});
    const std::size_t left = std::bit_floor(records.size() - 1);
    const hash256 a = merkle_root(records.first(left));
    const hash256 b = merkle_root(records.subspan(left));
    return sha256({node_mark, as_bytes(a), as_bytes(b)});
}

call_closed close(const state& s, const call_id& id) {
    if (const call* c = s.calls.find(id); c && by_party(c->asked)) return close_shares(*c);
    std::vector<std::string> records;
    each_application(s, id, [&](const application& a) {
        if (a.withdrawn) return;
        application_record r{a.applicant,
                             std::nullopt,
                             a.asked.choices,
                             a.asked.groups,
                             a.asked.partner,
                             a.asked.pairs,
                             {},
                             a.asked.title,
                             a.asked.about,
                             a.asked.place,
                             a.asked.features,
                             a.asked.skills};
        if (a.asked.asks) r.asks = a.asked.asks->minor;
        for (const seal_ref& seal : a.asked.sealed) r.sealed.push_back(seal.commit);
        records.push_back(to_json(r));
    });
    return {id, static_cast<std::int64_t>(records.size()), to_hex(merkle_root(records))};
}

hash256 lot_commitment(const call_id& call, const office_id& office, const hash256& number) {
    return sha256(
        {"veche-lot-v1", parting, call.value, parting, office.value, parting, as_bytes(number)});
}

hash256 seed_of(const call& c) {
    VECHE_ENSURE(c.closed && c.lot_over, "lots are drawn from a list that is bound");
    std::string numbers;
    for (const lot_share& share : c.lot)
        if (!share.number.empty()) numbers += as_bytes(hash_of_hex(share.number));
    return lottery_seed(hash_of_hex(c.closed->root), sha256(numbers));
}

hash256 key_of(const call& c, const hash256& seed, const std::optional<place_id>& programme,
               const person_id& applicant) {
    const bool single = !programme || c.asked.rules.lottery != lottery_kind::per_programme;
    return lottery_key(seed, c.asked.call.value, single ? every_programme : programme->value,
                       applicant.value);
}

}  // namespace veche::calls
