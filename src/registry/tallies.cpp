#include "registry/tallies.hpp"

#include <algorithm>

#include "registry/checks.hpp"
#include "registry/link_names.hpp"
#include "registry/ownership.hpp"
#include "registry/standing.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

place_tally& tally_under(state& s, const place_id& id) {
    if (!s.tallies.contains(id)) s.tallies.insert(id, {});
    return s.tallies.edit(id);
}

/// The place and those around it, the innermost first.
void add_around(const state& s, std::optional<place_id> at, std::vector<place_id>& to) {
    while (at) {
        if (std::find(to.begin(), to.end(), *at) != to.end()) return;
        to.push_back(*at);
        at = s.places.find(*at)->what.within;
    }
}

}  // namespace

bool is_alive(const link& one) {
    const link_standing how = standing_of(one);
    return how == link_standing::concluded || how == link_standing::active;
}

void tally_link(state& s, const link_id& id, int times) {
    const link& one = *s.links.find(id);
    const int alive = is_alive(one) ? times : 0;
    for (const place_id& place : places_around(s, one)) {
        place_tally& tally = tally_under(s, place);
        tally.links += times;
        tally.alive += alive;
    }
}

void tally_alive(state& s, const link_id& id, int times) {
    for (const place_id& place : places_around(s, *s.links.find(id)))
        tally_under(s, place).alive += times;
}

void tally_organisations(state& s, const std::optional<place_id>& at, std::int64_t count) {
    std::vector<place_id> places;
    add_around(s, at, places);
    for (const place_id& place : places) tally_under(s, place).organisations += count;
}

place_tally tally_of(const state& s, const place_id& id) {
    const place_tally* there = s.tallies.find(id);
    return there ? *there : place_tally{};
}

void index_holders(state& s, const organisation_id& enterprise, const std::vector<holder>& holders,
                   bool put) {
    for (const holder& one : holders) {
        if (!one.organisation) continue;
        if (!s.held.contains(*one.organisation)) s.held.insert(*one.organisation, {});
        std::vector<organisation_id>& under = s.held.edit(*one.organisation);
        const auto there = std::find(under.begin(), under.end(), enterprise);
        if (put && there == under.end()) under.push_back(enterprise);
        if (!put && there != under.end()) under.erase(there);
    }
}

void index_own_holders(state& s, const organisation_id& id, bool put) {
    const std::vector<holder>* holders = holders_of(*s.organisations.find(id));
    if (holders != nullptr) index_holders(s, id, *holders, put);
}

activity_mark mark_of(state& s, const report_activity& c, const context& ctx) {
    const day_span span = *read_partial_day(c.on);
    activity_mark mark{civil_of(span.first).year, span.last, ctx.seq, c.people.value_or(-1), 0, 0};
    if (!c.money) return mark;
    mark.minor = c.money->minor;
    const auto there = std::find(s.money_units.begin(), s.money_units.end(), c.money->unit);
    mark.unit = static_cast<std::uint16_t>(there - s.money_units.begin());
    if (there == s.money_units.end()) s.money_units.push_back(c.money->unit);
    return mark;
}

}  // namespace veche::registry
