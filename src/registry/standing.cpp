#include "registry/standing.hpp"

#include <algorithm>

#include "kernel/months.hpp"

namespace veche::registry {
namespace {

bool says(const side_claim* claim, link_claim what) {
    return claim != nullptr && claim->what.says == what;
}

/// The last day that the claim may be about; nothing where it names none.
std::optional<date> day_of(const side_claim& claim) {
    if (!claim.what.on) return std::nullopt;
    return std::min(read_partial_day(*claim.what.on)->last, date_of(claim.made.at));
}

}  // namespace

const side_claim* newest_claim(const link& of, link_side side) {
    const auto last = std::find_if(of.claims.rbegin(), of.claims.rend(),
                                   [&](const side_claim& one) { return one.what.side == side; });
    return last == of.claims.rend() ? nullptr : &*last;
}

link_standing standing_of(const link& of) {
    const side_claim* a = newest_claim(of, link_side::a);
    const side_claim* b = newest_claim(of, link_side::b);
    const auto either = [&](link_claim what) { return says(a, what) || says(b, what); };
    if (either(link_claim::denied)) return link_standing::disputed;
    if (either(link_claim::ended)) return link_standing::ended;
    if (either(link_claim::suspended)) return link_standing::suspended;
    if (!a || !b) return link_standing::proposed;
    if (of.dormant) return link_standing::dormant;
    return of.last_activity ? link_standing::active : link_standing::concluded;
}

std::optional<date> quiet_day(const link& of) {
    const side_claim* a = newest_claim(of, link_side::a);
    const side_claim* b = newest_claim(of, link_side::b);
    if (!says(a, link_claim::concluded) || !says(b, link_claim::concluded)) return std::nullopt;
    const std::optional<date> known = std::max({day_of(*a), day_of(*b), of.last_activity});
    return known ? known : std::max(date_of(a->made.at), date_of(b->made.at));
}

instant dormant_at(date quiet_since) {
    return start_of({months_after(quiet_since, dormant_months).days + 1});
}

enterprise_standing standing_of(const organisation& of, int year) {
    const seen_operation* newest = nullptr;
    for (const seen_operation& one : of.seen)
        if (!newest || one.what.year >= newest->what.year) newest = &one;
    if (!newest) return enterprise_standing::unclear;
    if (newest->what.seen == operation::closed) return enterprise_standing::closed;
    if (newest->what.year < year - 2) return enterprise_standing::unclear;
    switch (newest->what.seen) {
        case operation::agreed:
            return enterprise_standing::agreed;
        case operation::registered:
            return enterprise_standing::registered;
        case operation::operating:
            return enterprise_standing::operating;
        case operation::stopped:
            return enterprise_standing::stopped;
        case operation::closed:
            break;
    }
    return enterprise_standing::closed;
}

}  // namespace veche::registry
