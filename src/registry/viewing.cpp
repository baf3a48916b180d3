#include "registry/viewing.hpp"

#include <algorithm>
#include <set>

#include "kernel/part_of.hpp"
#include "registry/checks.hpp"
#include "registry/tallies.hpp"

namespace veche::registry {
namespace {

/// The innermost region or country around a place that is none itself.
std::optional<place_name> region_around(const state& s, const place& of) {
    if (of.what.kind == place_kind::region || of.what.kind == place_kind::country)
        return std::nullopt;
    for (std::optional<place_id> at = of.what.within; at;) {
        const place& around = *s.places.find(*at);
        if (around.what.kind == place_kind::region) return name_place(s, *at);
        at = around.what.within;
    }
    return std::nullopt;
}

end_row show_end(const state& s, const link_end& end) {
    end_row out;
    std::optional<place_id> where = end.place;
    if (end.organisation) {
        const organisation& one = *find_current(s, *end.organisation);
        out.organisation = one.what.organisation;
        out.names = one.what.names;
        where = one.what.place;
    }
    out.member = member_of(s, end);
    if (!where) return out;
    const place& there = *s.places.find(*where);
    out.place = name_place(s, *where);
    if (end.place) out.names = there.what.names;
    out.region = region_around(s, there);
    out.at = point_of(s, there);
    return out;
}

/// The earliest day that a side gives for the conclusion that still holds, as it was written.
std::optional<std::string> since(const link& of) {
    std::optional<std::string> first;
    for (const link_side side : {link_side::a, link_side::b}) {
        const side_claim* claim = newest_claim(of, side);
        if (!claim || claim->what.says != link_claim::concluded || !claim->what.on) continue;
        const auto day = [](const std::string& on) { return read_partial_day(on)->first; };
        if (!first || day(*claim->what.on) < day(*first)) first = claim->what.on;
    }
    return first;
}

/// Numbers of the activities of a link, the latest first.
std::vector<std::size_t> latest_first(const link& of) {
    std::vector<std::size_t> order(of.marks.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const activity_mark& one = of.marks[a];
        const activity_mark& other = of.marks[b];
        if (one.last != other.last) return other.last < one.last;
        return one.seq != other.seq ? one.seq > other.seq : a < b;
    });
    return order;
}

}  // namespace

std::vector<place_id> within(const state& s, const place_id& id) {
    std::vector<place_id> out{id};
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::vector<place_id>& inside = s.places.find(out[i])->inside;
        out.insert(out.end(), inside.begin(), inside.end());
    }
    return out;
}

std::optional<map_point> point_of(const state& s, const place& of) {
    if (of.what.at) return of.what.at;
    const place_id* seat = s.seats.find(of.what.place);
    const place* there = seat ? s.places.find(*seat) : nullptr;
    return there ? there->what.at : std::nullopt;
}

place_set::place_set(const state& s, const place_id& id) : places_(within(s, id)) {
    names_.reserve(places_.size());
    for (const place_id& one : places_) names_.insert(one.value);
}

std::optional<place_id> place_of(const state& s, const link_end& end) {
    return end.place ? end.place : find_current(s, *end.organisation)->what.place;
}

std::vector<link_id> links_within(const state& s, const std::vector<place_id>& places) {
    std::set<link_id> out;
    const auto add = [&](const link_end& end) {
        if (const std::vector<link_id>* there = s.links_of.find(end))
            out.insert(there->begin(), there->end());
    };
    for (const place_id& id : places) {
        add({id, {}});
        for (const organisation_id& one : s.places.find(id)->organisations) add({{}, one});
    }
    return {out.begin(), out.end()};
}

std::vector<const link*> links_around(const state& s, const place_id& id) {
    const place_set there(s, id);
    std::vector<const link*> out;
    const std::size_t asked =
        there.places().size() + static_cast<std::size_t>(tally_of(s, id).organisations);
    if (asked < s.links.size()) {  // fewer ends to ask than links to look through
        for (const link_id& one : links_within(s, there.places())) out.push_back(s.links.find(one));
        return out;
    }
    for (const auto& [name, one] : s.links)
        if (there.holds(place_of(s, one.what.a)) || there.holds(place_of(s, one.what.b)))
            out.push_back(&one);
    return out;
}

std::vector<const organisation*> organisations_around(const state& s, const place_id& id,
                                                      std::optional<std::int32_t> count) {
    std::vector<const organisation_id*> ids;
    for (const place_id& one : within(s, id))
        for (const organisation_id& each : s.places.find(one)->organisations) ids.push_back(&each);
    const auto most = count ? static_cast<std::size_t>(std::max(0, *count)) : ids.size();
    const auto shown = static_cast<std::ptrdiff_t>(std::min(most, ids.size()));
    std::partial_sort(ids.begin(), ids.begin() + shown, ids.end(),
                      [](const auto* a, const auto* b) { return *a < *b; });
    std::vector<const organisation*> out;
    for (std::ptrdiff_t i = 0; i < shown; ++i)
        out.push_back(s.organisations.find(*ids[static_cast<std::size_t>(i)]));
    return out;
}

place_name name_place(const state& s, const place_id& id) {
    const record_place& c = s.places.find(id)->what;
    return {c.place, c.names, c.kind, member_of(s, id)};
}

organisation_name name_organisation(const organisation& one) {
    return {one.what.organisation, one.what.names};
}

place_row show_row(const state& s, const place& one) {
    const record_place& c = one.what;
    place_row out;
    out.named = name_place(s, c.place);
    if (c.within) out.within = name_place(s, *c.within);
    out.at = point_of(s, one);
    if (const place_id* seat = s.seats.find(c.place)) out.seat = name_place(s, *seat);
    if (!one.population.empty()) {
        out.people = one.population.back().people;
        out.people_on = one.population.back().on;
    }
    const place_tally tally = tally_of(s, c.place);
    out.links = tally.links;
    out.alive = tally.alive;
    out.organisations = tally.organisations;
    out.past = c.until.has_value();
    out.verified = c.source.verified;
    return out;
}

link_row show_row(const state& s, const link& one) {
    link_row out;
    out.link = one.what.link;
    out.kind = one.what.kind;
    out.a = show_end(s, one.what.a);
    out.b = show_end(s, one.what.b);
    out.standing = standing_of(one);
    out.since = since(one);
    out.last_activity = one.last_activity;
    if (one.last_activity) out.last_on = one.last_on;
    out.activities = static_cast<std::int64_t>(one.activities.size());
    out.verified = one.what.source.verified;
    out.seq = static_cast<std::int64_t>(one.recorded.seq);
    return out;
}

organisation_row show_row(const state& s, const organisation& one, const viewer& who) {
    organisation_row out;
    out.named = name_organisation(one);
    out.kinds = one.what.kinds;
    out.sectors = one.what.sectors;
    if (one.what.place) {
        out.place = name_place(s, *one.what.place);
        out.member = member_of(s, *one.what.place);
    }
    if (one.run) {
        out.form = one.run->what.form;
        out.standing = standing_of(one, civil_of(date_of(who.now)).year);
    }
    for (const seen_operation& each : one.seen)
        out.seen_year = std::max(out.seen_year.value_or(0), each.what.year);
    out.verified = one.what.source.verified;
    out.seq = static_cast<std::int64_t>(one.recorded.seq);
    return out;
}

claim_row show_row(const side_claim& one) {
    const claim_link& c = one.what;
    return {
        c.side,   c.says,      c.on,        c.document,  c.plan,
        c.source, one.made.by, one.made.as, one.made.at, static_cast<std::int64_t>(one.made.seq)};
}

activity_row show_row(const state& s, const activity& one) {
    const report_activity& c = one.what;
    std::optional<place_name> where;
    if (c.place) where = name_place(s, *c.place);
    return {c.activity,
            c.link,
            c.organisation,
            c.on,
            c.kind,
            c.about,
            c.people,
            c.money,
            c.claim,
            where,
            c.document,
            c.source,
            static_cast<std::int64_t>(one.reported.seq)};
}

std::vector<activity_row> show_activities(const state& s, const std::vector<activity_id>& ids) {
    std::vector<activity_row> out;
    for (const activity_id& id : ids) out.push_back(show_row(s, *s.activities.find(id)));
    std::stable_sort(out.begin(), out.end(), [](const activity_row& a, const activity_row& b) {
        const date one = read_partial_day(a.on)->last;
        const date other = read_partial_day(b.on)->last;
        return one != other ? other < one : a.seq > b.seq;
    });
    return out;
}

std::vector<activity_row> show_activities(const state& s, const link& of,
                                          std::optional<std::int32_t> offset,
                                          std::optional<std::int32_t> count) {
    std::vector<std::size_t> order = latest_first(of);
    std::vector<activity_row> out;
    for (const std::size_t i : part_of(order, offset, count))
        out.push_back(show_row(s, *s.activities.find(of.activities[i])));
    return out;
}

std::vector<activity_row> show_activities(const state& s, const link& of, std::int32_t year) {
    std::vector<activity_id> ids;
    for (std::size_t i = 0; i < of.marks.size(); ++i)
        if (of.marks[i].year == year) ids.push_back(of.activities[i]);
    return show_activities(s, ids);
}

std::vector<std::int64_t> entries_of(const std::vector<std::uint64_t>& versions) {
    return {versions.begin(), versions.end()};
}

}  // namespace veche::registry
