#include <algorithm>

#include "kernel/search_fold.hpp"
#include "registry/lists.hpp"
#include "registry/plans.hpp"
#include "registry/registry.hpp"
#include "registry/standing.hpp"
#include "registry/tallies.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

/// Codes of a record before and after, in the index.
template <class Id>
void index_codes(cow_map<code, Id>& index, const std::vector<code>& before,
                 const std::vector<code>& after, const Id& id) {
    for (const code& one : before)
        if (index.contains(one)) index.erase(one);
    for (const code& one : after) index.insert(one, id);
}

/// Sets the clock of the link's silence by what is known of it now.
void set_clock(state& s, const link_id& id) {
    link& one = s.links.edit(id);
    const std::optional<date> quiet = quiet_day(one);
    if (quiet == one.quiet_since) return;
    if (one.quiet_since && !one.dormant)
        s.quiet.erase(quiet_mark{dormant_at(*one.quiet_since), id});
    one.quiet_since = quiet;
    one.dormant.reset();
    if (quiet) s.quiet.insert(quiet_mark{dormant_at(*quiet), id}, true);
}

/// Changes what is known of the link; its clock and the tallies of its places follow.
template <class Change>
void know(state& s, const link_id& id, Change&& change) {
    const bool before = is_alive(*s.links.find(id));
    change(s.links.edit(id));
    set_clock(s, id);
    const bool after = is_alive(*s.links.find(id));
    if (before != after) tally_alive(s, id, after ? 1 : -1);
}

std::string searchable(const localized& names, const std::vector<code>& codes) {
    std::string out;
    for (const auto& [language, name] : names) out += fold_for_search(name) + " ";
    for (const code& one : codes) out += fold_for_search(one.value) + " ";
    return out;
}

/// Puts the place into the one around it, with all that lies within it. Its record says `before`.
void place_inside(state& s, const record_place& before, const record_place& c) {
    if (before.within == c.within) return;
    const std::int64_t organisations = tally_of(s, c.place).organisations;
    const auto links = links_within(s, within(s, c.place));
    moving(s, links, [&] {
        tally_organisations(s, before.within, -organisations);
        if (before.within) take_out(s.places.edit(*before.within).inside, c.place);
        if (c.within) s.places.edit(*c.within).inside.push_back(c.place);
        s.places.edit(c.place).what.within = c.within;
        tally_organisations(s, c.within, organisations);
    });
}

/// The newest record that says whose seat it is holds.
void govern(state& s, const record_place& before, const record_place& after) {
    if (before.capital_of == after.capital_of) return;
    if (const auto& old = before.capital_of) {
        const place_id* seat = s.seats.find(*old);
        if (seat && *seat == after.place) s.seats.erase(*old);
    }
    if (!after.capital_of) return;
    if (s.seats.contains(*after.capital_of)) s.seats.erase(*after.capital_of);
    s.seats.insert(*after.capital_of, after.place);
}

/// Moves the organisation, whose record says where it sat, with the links of it.
void seat_at(state& s, const std::optional<place_id>& after, const organisation_id& id) {
    const std::optional<place_id> before = s.organisations.find(id)->what.place;
    if (before == after) return;
    const std::vector<link_id>* links = s.links_of.find(link_end{{}, id});
    moving(s, links ? *links : std::vector<link_id>{}, [&] {
        if (before) take_out(s.places.edit(*before).organisations, id);
        if (after) s.places.edit(*after).organisations.push_back(id);
        s.organisations.edit(id).what.place = after;
    });
    tally_organisations(s, before, -1);
    tally_organisations(s, after, 1);
}

}  // namespace

void apply(state& s, const charter::state&, const record_place& c, const context& ctx) {
    if (!s.places.contains(c.place)) {
        s.places.insert(c.place, {c, {}, {}, {}, {}, {}, {}});
        s.places.edit(c.place).what.within.reset();
    }
    const place& one = *s.places.find(c.place);
    const record_place before = one.versions.empty() ? record_place{} : one.what;
    place_inside(s, before, c);
    place& now = s.places.edit(c.place);
    now.what = c;
    now.recorded = done_by(ctx);
    now.versions.push_back(ctx.seq);
    now.words = searchable(c.names, c.codes);
    index_codes(s.place_codes, before.codes, c.codes, c.place);
    govern(s, before, c);
}

void apply(state& s, const charter::state&, const record_population& c, const context&) {
    std::vector<record_population>& series = s.places.edit(c.place).population;
    std::erase_if(series, [&](const record_population& one) { return one.on == c.on; });
    const auto day = [](const record_population& one) { return read_partial_day(one.on)->first; };
    const auto where =
        std::upper_bound(series.begin(), series.end(), c,
                         [&](const auto& one, const auto& other) { return day(one) < day(other); });
    series.insert(where, c);
}

void apply(state& s, const charter::state&, const record_organisation& c, const context& ctx) {
    if (!s.organisations.contains(c.organisation)) {
        s.organisations.insert(c.organisation, {c, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}});
        s.organisations.edit(c.organisation).what.place.reset();
    }
    seat_at(s, c.place, c.organisation);
    organisation& one = s.organisations.edit(c.organisation);
    const std::vector<code> codes = one.versions.empty() ? std::vector<code>{} : one.what.codes;
    one.what = c;
    one.recorded = done_by(ctx);
    one.versions.push_back(ctx.seq);
    one.words = searchable(c.names, c.codes);
    for (const code& each : c.codes)  // one of a record that was merged into this
        if (s.organisation_codes.contains(each)) s.organisation_codes.erase(each);
    index_codes(s.organisation_codes, codes, c.codes, c.organisation);
}

void apply(state& s, const charter::state&, const record_link& c, const context& ctx) {
    if (!s.links.contains(c.link)) {
        s.links.insert(c.link, {c, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}});
        list_under(s.links_of, c.a).push_back(c.link);
        list_under(s.links_of, c.b).push_back(c.link);
        tally_link(s, c.link, 1);
    }
    link& one = s.links.edit(c.link);
    one.what = c;
    one.recorded = done_by(ctx);
    one.versions.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const claim_link& c, const context& ctx) {
    know(s, c.link, [&](link& of) { of.claims.push_back({c, done_by(ctx)}); });
    // What a side says of the link stops the clocks of its plan, or starts them again.
    const std::vector<plan_item_id> plan = s.links.find(c.link)->plan;
    for (const plan_item_id& item : plan) set_item_clock(s, {c.link, item});
}

void apply(state& s, const charter::state&, const report_activity& c, const context& ctx) {
    s.activities.insert(c.activity, {c, done_by(ctx)});
    if (c.organisation) s.organisations.edit(*c.organisation).activities.push_back(c.activity);
    if (!c.link) return;
    const activity_mark mark = mark_of(s, c, ctx);
    const date day = std::min(mark.last, date_of(ctx.at));
    know(s, *c.link, [&](link& of) {
        of.activities.push_back(c.activity);
        of.marks.push_back(mark);
        if (of.last_activity && day <= *of.last_activity) return;
        of.last_activity = day;
        of.last_on = c.on;
    });
}

void apply(state& s, const charter::state&, const record_enterprise& c, const context& ctx) {
    index_own_holders(s, c.organisation, false);
    s.organisations.edit(c.organisation).run = enterprise{c, done_by(ctx)};
    index_own_holders(s, c.organisation, true);
    if (!s.run.contains(c.organisation)) s.run.insert(c.organisation, true);
}

void apply(state& s, const charter::state&, const record_owners& c, const context& ctx) {
    index_own_holders(s, c.organisation, false);
    s.organisations.edit(c.organisation).owned = ownership{c, done_by(ctx)};
    index_own_holders(s, c.organisation, true);
}

void apply(state& s, const charter::state&, const report_operation& c, const context& ctx) {
    s.organisations.edit(c.organisation).seen.push_back({c, done_by(ctx)});
}

void apply(state& s, const charter::state&, const link_dormant& e, const context& ctx) {
    const bool before = is_alive(*s.links.find(e.link));
    s.links.edit(e.link).dormant = ctx.seq;
    if (before) tally_alive(s, e.link, -1);
    s.quiet.erase(quiet_mark{dormant_at(e.quiet_since), e.link});
}

}  // namespace veche::registry
