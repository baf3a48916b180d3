#include "calls/check_internships.hpp"

#include <algorithm>

namespace veche::calls {
namespace {

/// The first thing that only scores, groups or lots need; "" where there is none.
std::string needless(const open_call& c) {
    // No two are equal in a host's order, so equals are never parted: this policy draws no lots.
    if (c.rules.ties != tie_policy::hungarian) return "rules.ties";
    if (!c.groups.empty()) return "groups";
    if (!c.criteria.empty()) return "criteria";
    if (c.assessors.value_or(0) != 0) return "assessors";
    if (!c.custodians.empty()) return "custodians";
    return {};
}

result<void> check_host(const world& w, const open_call& c, std::size_t i) {
    const host_plan& one = c.hosts->programmes[i];
    const std::string field = "hosts.programmes." + std::to_string(i);
    if (std::none_of(c.programmes.begin(), c.programmes.end(),
                     [&](const programme_plan& p) { return p.programme == one.programme; }))
        return refuse(refusals::programme_unknown, field + ".programme", one.programme.value);
    if (!w.charter.find_office(one.office))
        return refuse(refusals::office_unknown, field + ".office", one.office.value);
    if (one.first_day && one.last_day && *one.last_day < *one.first_day)
        return refuse(refusals::season_reversed, field + ".last_day");
    return {};
}

}  // namespace

result<void> check_hosts(const world& w, const open_call& c) {
    if (by_hosts(c) != c.hosts.has_value()) return refuse(refusals::hosts_malformed, "hosts");
    if (!by_hosts(c)) return {};
    if (const std::string field = needless(c); !field.empty())
        return refuse(refusals::hosts_malformed, field);
    const auto& hosts = c.hosts->programmes;
    std::vector<place_id> named;
    for (const host_plan& one : hosts) named.push_back(one.programme);
    VECHE_CHECK(check_ids(named, "hosts.programmes", max_programmes));
    for (std::size_t i = 0; i < hosts.size(); ++i) VECHE_CHECK(check_host(w, c, i));
    // None twice and none unknown: so many are all.
    if (hosts.size() != c.programmes.size())
        return refuse(refusals::hosts_malformed, "hosts.programmes");
    if (c.hosts->rank_days < 1 || c.hosts->rank_days > max_days)
        return refuse(refusals::number_out_of_range, "hosts.rank_days", "1",
                      std::to_string(max_days));
    return {};
}

std::size_t host_result_bytes(const open_call& c) {
    if (!c.hosts) return 0;
    constexpr std::size_t change_bytes = 50;  // without the id
    constexpr std::size_t placed_bytes = 30;
    constexpr std::size_t rank_bytes = 5;
    std::size_t bytes = 150;
    for (const programme_plan& one : c.programmes) {
        bytes += 2 * one.programme.value.size() + change_bytes + placed_bytes;
        bytes += rank_bytes * std::min(static_cast<std::size_t>(one.capacity), max_ranked);
    }
    return bytes;
}

result<void> check_pairs(const call& c, const submit_application& asked, const context& ctx) {
    const bool none = !asked.partner && asked.pairs.empty();
    if (none) return {};
    if (!by_hosts(c.asked) || asked.partner.has_value() == asked.pairs.empty())
        return refuse(refusals::pair_malformed, asked.partner ? "partner" : "pairs");
    if (*asked.partner == ctx.actor) return refuse(refusals::pair_malformed, "partner");
    for (std::size_t i = 0; i < asked.pairs.size(); ++i) {
        const pair_wish& one = asked.pairs[i];
        const std::string field = "pairs." + std::to_string(i);
        const auto before = asked.pairs.begin() + static_cast<std::ptrdiff_t>(i);
        if ((!one.mine && !one.partners) || std::find(asked.pairs.begin(), before, one) != before)
            return refuse(refusals::pair_malformed, field);
        for (const auto* side : {&one.mine, &one.partners})
            if (*side && !c.find(**side))
                return refuse(refusals::programme_unknown,
                              field + (side == &one.mine ? ".mine" : ".partners"), (*side)->value);
    }
    return {};
}

}  // namespace veche::calls
