#include "registry/viewing.hpp"

#include <algorithm>
#include <set>

#include "registry/checks.hpp"

namespace veche::registry {
namespace {

/// Where the place is, or the seat from which it is governed.
std::optional<map_point> point_of(const state& s, const place& of) {
    if (of.what.at) return of.what.at;
    const place_id* seat = s.seats.find(of.what.place);
    const place* there = seat ? s.places.find(*seat) : nullptr;
    return there ? there->what.at : std::nullopt;
}

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

bool is_alive(link_standing how) {
    return how == link_standing::concluded || how == link_standing::active;
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

std::vector<organisation_id> organisations_within(const state& s,
                                                  const std::vector<place_id>& places) {
    std::vector<organisation_id> out;
    for (const place_id& id : places) {
        const std::vector<organisation_id>& there = s.places.find(id)->organisations;
        out.insert(out.end(), there.begin(), there.end());
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<link_id> links_within(const state& s, const std::vector<place_id>& places) {
    std::set<link_id> out;
    const auto add = [&](const link_end& end) {
        if (const std::vector<link_id>* there = s.links_of.find(end))
            out.insert(there->begin(), there->end());
    };
    for (const place_id& id : places) add({id, {}});
    for (const organisation_id& id : organisations_within(s, places)) add({{}, id});
    return {out.begin(), out.end()};
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
    const std::vector<place_id> places = within(s, c.place);
    for (const link_id& id : links_within(s, places)) {
        ++out.links;
        if (is_alive(standing_of(*s.links.find(id)))) ++out.alive;
    }
    out.organisations = static_cast<std::int64_t>(organisations_within(s, places).size());
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

std::vector<std::int64_t> entries_of(const std::vector<std::uint64_t>& versions) {
    return {versions.begin(), versions.end()};
}

}  // namespace veche::registry
