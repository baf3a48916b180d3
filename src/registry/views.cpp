#include "registry/views.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"
#include "registry/checks.hpp"
#include "registry/ownership.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

bool among(const std::vector<place_id>& places, const std::optional<place_id>& one) {
    return one && std::find(places.begin(), places.end(), *one) != places.end();
}

result<std::vector<place_id>> places_asked(const state& s, const std::optional<place_id>& in) {
    if (!in) return std::vector<place_id>{};
    if (!s.places.contains(*in)) return refuse(refusals::place_unknown, "place", in->value);
    return within(s, *in);
}

const std::string& words_of(const state& s, const link_end& end) {
    return end.place ? s.places.find(*end.place)->words : find_current(s, *end.organisation)->words;
}

bool fits(const world& w, const place& one, const places_query& q, const search_words& words) {
    const record_place& c = one.what;
    return (q.past.value_or(false) || !c.until) && (!q.kind || c.kind == *q.kind) &&
           (!q.within || c.within == q.within) &&
           (!q.member || member_of(w.own, c.place) == q.member) &&
           (words.empty() || words.found_in({fold_for_search(c.place.value), one.words}));
}

bool fits(const organisation& one, const organisations_query& q,
          const std::vector<place_id>& places, const search_words& words, int year) {
    const record_organisation& c = one.what;
    const auto has = [](const auto& list, const auto& wanted) {
        return !wanted || std::find(list.begin(), list.end(), *wanted) != list.end();
    };
    return !one.merged_into && has(c.kinds, q.kind) && has(c.sectors, q.sector) &&
           (!q.place || among(places, c.place)) && (!q.run || one.run.has_value() == *q.run) &&
           (!q.standing || (one.run && standing_of(one, year) == *q.standing)) &&
           (words.empty() || words.found_in({fold_for_search(c.organisation.value), one.words}));
}

/// Counts a link under its state, the states in their order.
void count(std::vector<standing_count>& counts, link_standing how) {
    auto there = std::find_if(counts.begin(), counts.end(),
                              [&](const standing_count& one) { return one.standing == how; });
    if (there == counts.end()) {
        const auto where = std::find_if(counts.begin(), counts.end(),
                                        [&](const auto& one) { return one.standing > how; });
        there = counts.insert(where, {how, 0});
    }
    ++there->links;
}

std::vector<const link*> links_asked(const world& w, const links_query& q,
                                     const std::vector<place_id>& places) {
    std::vector<const link*> out;
    if (q.place) {
        for (const link_id& id : links_within(w.own, places)) out.push_back(w.own.links.find(id));
    } else {
        for (const auto& [id, one] : w.own.links) out.push_back(&one);
    }
    return out;
}

std::vector<holder_row> show_holders(const state& s, const std::vector<holder>& holders) {
    std::vector<holder_row> out;
    for (const holder& one : holders) {
        holder_row row{one, {}};
        if (one.organisation) row.names = find_current(s, *one.organisation)->what.names;
        out.push_back(std::move(row));
    }
    return out;
}

/// Organisations of which the organisation holds a part.
std::vector<organisation_name> held_by(const state& s, const organisation_id& id) {
    std::vector<organisation_name> out;
    for (const auto& [other, one] : s.organisations) {
        const std::vector<holder>* holders = holders_of(one);
        if (!holders || one.merged_into) continue;
        if (std::any_of(holders->begin(), holders->end(), [&](const holder& h) {
                return h.organisation && find_current(s, *h.organisation)->what.organisation == id;
            }))
            out.push_back(name_organisation(one));
    }
    return out;
}

std::vector<operation_row> show_seen(const organisation& one) {
    std::vector<operation_row> out;
    for (const seen_operation& each : one.seen)
        out.push_back({each.what.year, each.what.seen, each.what.about, each.what.proof,
                       each.what.source, static_cast<std::int64_t>(each.reported.seq)});
    std::stable_sort(out.begin(), out.end(), [](const operation_row& a, const operation_row& b) {
        return a.year != b.year ? a.year > b.year : a.seq > b.seq;
    });
    return out;
}

batch_row_view show_batch(const batch_id& id, const batch& one) {
    std::optional<std::int64_t> ended;
    if (one.ended) ended = static_cast<std::int64_t>(one.ended->seq);
    return {id,        one.body,     one.standing, one.count,
            one.parts, one.begun.by, one.begun.at, static_cast<std::int64_t>(one.begun.seq),
            ended,     one.reason};
}

void add_money(std::vector<amount>& sums, const std::optional<amount>& one) {
    if (!one) return;
    const auto there = std::find_if(sums.begin(), sums.end(),
                                    [&](const amount& sum) { return sum.unit == one->unit; });
    if (there == sums.end()) {
        sums.push_back(*one);
    } else if (there->minor <= INT64_MAX - one->minor) {
        there->minor += one->minor;
    }
}

std::int32_t starting_year(const activity& one) {
    return civil_of(read_partial_day(one.what.on)->first).year;
}

/// Years in which something was done on one of the links, the latest first.
std::vector<std::int32_t> years_on(const state& s, const std::vector<link_id>& links) {
    std::set<std::int32_t, std::greater<>> out;
    for (const link_id& id : links)
        for (const activity_id& each : s.links.find(id)->activities)
            out.insert(starting_year(*s.activities.find(each)));
    return {out.begin(), out.end()};
}

link_year_row year_of(const state& s, const link& one, std::int32_t year) {
    std::vector<activity_id> ids;
    for (const activity_id& id : one.activities)
        if (starting_year(*s.activities.find(id)) == year) ids.push_back(id);
    link_year_row out{show_row(s, one), show_activities(s, ids), 0, {}};
    for (const activity_row& each : out.activities) {
        out.people += each.people.value_or(0);
        add_money(out.money, each.money);
    }
    return out;
}

}  // namespace

result<places_view> ask(const world& w, const places_query& q, const viewer&) {
    const search_words words(q.query.value_or(""));
    places_view out;
    std::vector<const place*> found;
    for (const auto& [id, one] : w.own.places)
        if (fits(w, one, q, words)) found.push_back(&one);
    out.found = static_cast<std::int32_t>(found.size());
    out.total = static_cast<std::int32_t>(w.own.places.size());
    for (const place* one : part_of(found, q.offset, q.count))
        out.places.push_back(show_row(w.own, *one));
    return out;
}

result<place_view> ask(const world& w, const place_query& q, const viewer& who) {
    const place* one = w.own.places.find(q.place);
    if (!one) return refuse(refusals::place_unknown, "place", q.place.value);
    const record_place& c = one->what;
    place_view out;
    out.row = show_row(w.own, *one);
    out.codes = c.codes;
    out.from = c.from;
    out.until = c.until;
    for (const place_id& id : c.followed_by) out.followed_by.push_back(name_place(w.own, id));
    out.source = c.source;
    for (auto figure = one->population.rbegin(); figure != one->population.rend(); ++figure)
        out.population.push_back({figure->on, figure->people, figure->source});
    for (const place_id& id : one->inside)
        out.inside.push_back(show_row(w.own, *w.own.places.find(id)));
    const std::vector<place_id> places = within(w.own, q.place);
    const std::vector<link_id> links = links_within(w.own, places);
    for (const link_id& id : links) out.links.push_back(show_row(w.own, *w.own.links.find(id)));
    out.years = years_on(w.own, links);
    for (const organisation_id& id : organisations_within(w.own, places))
        out.organisations.push_back(show_row(w.own, *w.own.organisations.find(id), who));
    out.versions = entries_of(one->versions);
    return out;
}

result<place_year_view> ask(const world& w, const place_year_query& q, const viewer& who) {
    const place* one = w.own.places.find(q.place);
    if (!one) return refuse(refusals::place_unknown, "place", q.place.value);
    const std::vector<place_id> places = within(w.own, q.place);
    place_year_view out;
    out.place = show_row(w.own, *one);
    out.year = q.year;
    for (const link_id& id : links_within(w.own, places)) {
        const link& each = *w.own.links.find(id);
        link_year_row row = year_of(w.own, each, q.year);
        if (row.activities.empty()) {
            if (quiet_day(each)) out.silent.push_back(std::move(row.link));
            continue;
        }
        out.activities += static_cast<std::int64_t>(row.activities.size());
        out.people += row.people;
        for (const activity_row& done : row.activities) {
            if (!done.people) ++out.without_people;
            add_money(out.money, done.money);
        }
        out.links.push_back(std::move(row));
    }
    for (const organisation_id& id : organisations_within(w.own, places))
        if (const organisation& each = *w.own.organisations.find(id); each.run)
            out.enterprises.push_back(show_row(w.own, each, who));
    return out;
}

result<links_view> ask(const world& w, const links_query& q, const viewer&) {
    const std::vector<place_id> places = VECHE_TRY(places_asked(w.own, q.place));
    const search_words words(q.query.value_or(""));
    links_view out;
    std::vector<const link*> found;
    for (const link* one : links_asked(w, q, places)) {
        const bool said = words.empty() || words.found_in({fold_for_search(one->what.link.value),
                                                           words_of(w.own, one->what.a),
                                                           words_of(w.own, one->what.b)});
        if (!said || (q.kind && one->what.kind != *q.kind)) continue;
        const link_standing how = standing_of(*one);
        count(out.standings, how);
        if (!q.standing || how == *q.standing) found.push_back(one);
    }
    out.found = static_cast<std::int32_t>(found.size());
    out.total = static_cast<std::int32_t>(w.own.links.size());
    for (const link* one : part_of(found, q.offset, q.count))
        out.links.push_back(show_row(w.own, *one));
    return out;
}

result<link_view> ask(const world& w, const link_query& q, const viewer&) {
    const link* one = w.own.links.find(q.link);
    if (!one) return refuse(refusals::link_unknown, "link", q.link.value);
    link_view out;
    out.row = show_row(w.own, *one);
    out.about = one->what.about;
    out.source = one->what.source;
    out.quiet_since = one->quiet_since;
    if (one->quiet_since) out.dormant_on = date_of(dormant_at(*one->quiet_since));
    if (one->dormant) out.dormant_seq = static_cast<std::int64_t>(*one->dormant);
    for (auto claim = one->claims.rbegin(); claim != one->claims.rend(); ++claim)
        out.claims.push_back(show_row(*claim));
    out.activities = show_activities(w.own, one->activities);
    out.versions = entries_of(one->versions);
    return out;
}

result<organisations_view> ask(const world& w, const organisations_query& q, const viewer& who) {
    const std::vector<place_id> places = VECHE_TRY(places_asked(w.own, q.place));
    const search_words words(q.query.value_or(""));
    const int year = civil_of(date_of(who.now)).year;
    organisations_view out;
    std::vector<const organisation*> found;
    for (const auto& [id, one] : w.own.organisations) {
        if (!one.merged_into) ++out.total;
        if (fits(one, q, places, words, year)) found.push_back(&one);
    }
    out.found = static_cast<std::int32_t>(found.size());
    for (const organisation* one : part_of(found, q.offset, q.count))
        out.organisations.push_back(show_row(w.own, *one, who));
    return out;
}

result<organisation_view> ask(const world& w, const organisation_query& q, const viewer& who) {
    const organisation* one = find_current(w.own, q.organisation);
    if (!one) return refuse(refusals::organisation_unknown, "organisation", q.organisation.value);
    const record_organisation& c = one->what;
    organisation_view out;
    out.row = show_row(w.own, *one, who);
    out.codes = c.codes;
    out.address = c.address;
    out.from = c.from;
    out.until = c.until;
    out.source = c.source;
    for (const organisation_id& id : one->merged)
        out.merged.push_back(name_organisation(*w.own.organisations.find(id)));
    if (const std::vector<holder>* holders = holders_of(*one)) {
        out.since = one->run ? one->run->what.since : one->owned->what.since;
        out.holders_source = one->run ? one->run->what.source : one->owned->what.source;
        out.holders = show_holders(w.own, *holders);
    }
    out.seen = show_seen(*one);
    if (const auto* links = w.own.links_of.find(link_end{{}, c.organisation}))
        for (const link_id& id : *links)
            out.links.push_back(show_row(w.own, *w.own.links.find(id)));
    out.activities = show_activities(w.own, one->activities);
    out.holds = held_by(w.own, c.organisation);
    out.versions = entries_of(one->versions);
    return out;
}

result<owners_view> ask(const world& w, const owners_query& q, const viewer&) {
    const organisation* one = find_current(w.own, q.organisation);
    if (!one) return refuse(refusals::organisation_unknown, "organisation", q.organisation.value);
    return owners_of(w.own, *one, q.all.value_or(false));
}

result<batches_view> ask(const world& w, const batches_query&, const viewer&) {
    batches_view out;
    for (const auto& [id, one] : w.own.batches) out.batches.push_back(show_batch(id, one));
    std::sort(out.batches.begin(), out.batches.end(),
              [](const auto& a, const auto& b) { return a.seq > b.seq; });
    return out;
}

result<batch_view> ask(const world& w, const batch_query& q, const viewer& who) {
    const batch* one = w.own.batches.find(q.batch);
    if (!one) return refuse(refusals::batch_unknown, "batch", q.batch.value);
    batch_view out{show_batch(q.batch, *one), {}};
    if (one->standing != batch_standing::waiting) return out;
    context as_begun;  // the rows are judged as whoever laid them ready would have them accepted
    as_begun.at = who.now;
    as_begun.actor = one->begun.by;
    as_begun.auth = one->begun.as;
    out.problems = problems_of(w, one->body, one->rows, as_begun);
    return out;
}

}  // namespace veche::registry
