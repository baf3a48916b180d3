#include <algorithm>

#include "kernel/search_fold.hpp"
#include "registry/registry.hpp"
#include "registry/standing.hpp"

namespace veche::registry {
namespace {

template <class Key, class Value>
std::vector<Value>& list_under(cow_map<Key, std::vector<Value>>& map, const Key& key) {
    if (!map.contains(key)) map.insert(key, {});
    return map.edit(key);
}

template <class Value>
void take_out(std::vector<Value>& list, const Value& one) {
    list.erase(std::remove(list.begin(), list.end(), one), list.end());
}

/// What stood under the one stands under the other too.
template <class Key, class Value>
void move_under(cow_map<Key, std::vector<Value>>& map, const Key& from, const Key& to) {
    const std::vector<Value>* old = map.find(from);
    if (!old) return;
    const std::vector<Value> moved = *old;
    std::vector<Value>& kept = list_under(map, to);
    kept.insert(kept.end(), moved.begin(), moved.end());
}

/// Codes of a record before and after, in the index.
template <class Id>
void index_codes(cow_map<code, Id>& index, const std::vector<code>& before,
                 const std::vector<code>& after, const Id& id) {
    for (const code& one : before)
        if (index.contains(one)) index.erase(one);
    for (const code& one : after) index.insert(one, id);
}

/// Sets the clock of the link's silence by what is known of it now.
void watch(state& s, const link_id& id) {
    link& one = s.links.edit(id);
    const std::optional<date> quiet = quiet_day(one);
    if (quiet == one.quiet_since) return;
    if (one.quiet_since && !one.dormant)
        s.quiet.erase(quiet_mark{dormant_at(*one.quiet_since), id});
    one.quiet_since = quiet;
    one.dormant.reset();
    if (quiet) s.quiet.insert(quiet_mark{dormant_at(*quiet), id}, true);
}

std::string searchable(const localized& names, const std::vector<code>& codes) {
    std::string out;
    for (const auto& [language, name] : names) out += fold_for_search(name) + " ";
    for (const code& one : codes) out += fold_for_search(one.value) + " ";
    return out;
}

void place_inside(state& s, const std::optional<place_id>& before,
                  const std::optional<place_id>& after, const place_id& id) {
    if (before == after) return;
    if (before) take_out(s.places.edit(*before).inside, id);
    if (after) s.places.edit(*after).inside.push_back(id);
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

void seat_at(state& s, const std::optional<place_id>& before, const std::optional<place_id>& after,
             const organisation_id& id) {
    if (before == after) return;
    if (before) take_out(s.places.edit(*before).organisations, id);
    if (after) s.places.edit(*after).organisations.push_back(id);
}

}  // namespace

void apply(state& s, const charter::state&, const record_place& c, const context& ctx) {
    if (!s.places.contains(c.place)) s.places.insert(c.place, {c, {}, {}, {}, {}, {}, {}});
    place& one = s.places.edit(c.place);
    const bool fresh = one.versions.empty();
    const record_place before = fresh ? record_place{} : one.what;
    one.what = c;
    one.recorded = done_by(ctx);
    one.versions.push_back(ctx.seq);
    one.words = searchable(c.names, c.codes);
    index_codes(s.place_codes, before.codes, c.codes, c.place);
    place_inside(s, before.within, c.within, c.place);
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
    if (!s.organisations.contains(c.organisation))
        s.organisations.insert(c.organisation, {c, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}});
    organisation& one = s.organisations.edit(c.organisation);
    const bool fresh = one.versions.empty();
    const record_organisation before = fresh ? record_organisation{} : one.what;
    one.what = c;
    one.recorded = done_by(ctx);
    one.versions.push_back(ctx.seq);
    one.words = searchable(c.names, c.codes);
    for (const code& each : c.codes)  // one of a record that was merged into this
        if (s.organisation_codes.contains(each)) s.organisation_codes.erase(each);
    index_codes(s.organisation_codes, before.codes, c.codes, c.organisation);
    seat_at(s, before.place, c.place, c.organisation);
}

void apply(state& s, const charter::state&, const merge_organisations& c, const context& ctx) {
    organisation& gone = s.organisations.edit(c.merged);
    gone.merged_into = c.kept;
    gone.versions.push_back(ctx.seq);
    const organisation from = gone;
    if (from.what.place) take_out(s.places.edit(*from.what.place).organisations, c.merged);
    organisation& kept = s.organisations.edit(c.kept);
    kept.merged.push_back(c.merged);
    if (!kept.run) kept.run = from.run;
    if (!kept.owned) kept.owned = from.owned;
    kept.seen.insert(kept.seen.end(), from.seen.begin(), from.seen.end());
    kept.activities.insert(kept.activities.end(), from.activities.begin(), from.activities.end());
    for (const agent& one : from.agents)
        if (std::none_of(kept.agents.begin(), kept.agents.end(),
                         [&](const agent& own) { return own.what.person == one.what.person; }))
            kept.agents.push_back(one);
    move_under(s.profiles_of, c.merged, c.kept);
    move_under(s.interests_of, c.merged, c.kept);
    const link_end old_end{{}, c.merged};
    if (const std::vector<link_id>* old = s.links_of.find(old_end)) {
        const std::vector<link_id> moved = *old;
        std::vector<link_id>& to = list_under(s.links_of, link_end{{}, c.kept});
        to.insert(to.end(), moved.begin(), moved.end());
    }
}

void apply(state& s, const charter::state&, const record_link& c, const context& ctx) {
    if (!s.links.contains(c.link)) {
        s.links.insert(c.link, {c, {}, {}, {}, {}, {}, {}, {}, {}});
        list_under(s.links_of, c.a).push_back(c.link);
        list_under(s.links_of, c.b).push_back(c.link);
    }
    link& one = s.links.edit(c.link);
    one.what = c;
    one.recorded = done_by(ctx);
    one.versions.push_back(ctx.seq);
}

void apply(state& s, const charter::state&, const claim_link& c, const context& ctx) {
    s.links.edit(c.link).claims.push_back({c, done_by(ctx)});
    watch(s, c.link);
}

void apply(state& s, const charter::state&, const report_activity& c, const context& ctx) {
    s.activities.insert(c.activity, {c, done_by(ctx)});
    if (c.organisation) s.organisations.edit(*c.organisation).activities.push_back(c.activity);
    if (!c.link) return;
    link& of = s.links.edit(*c.link);
    of.activities.push_back(c.activity);
    const date day = std::min(read_partial_day(c.on)->last, date_of(ctx.at));
    if (!of.last_activity || *of.last_activity < day) {
        of.last_activity = day;
        of.last_on = c.on;
    }
    watch(s, *c.link);
}

void apply(state& s, const charter::state&, const record_enterprise& c, const context& ctx) {
    s.organisations.edit(c.organisation).run = enterprise{c, done_by(ctx)};
}

void apply(state& s, const charter::state&, const record_owners& c, const context& ctx) {
    s.organisations.edit(c.organisation).owned = ownership{c, done_by(ctx)};
}

void apply(state& s, const charter::state&, const report_operation& c, const context& ctx) {
    s.organisations.edit(c.organisation).seen.push_back({c, done_by(ctx)});
}

void apply(state& s, const charter::state&, const link_dormant& e, const context& ctx) {
    link& one = s.links.edit(e.link);
    one.dormant = ctx.seq;
    s.quiet.erase(quiet_mark{dormant_at(e.quiet_since), e.link});
}

}  // namespace veche::registry
