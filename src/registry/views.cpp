#include "registry/views.hpp"

#include <algorithm>
#include <set>

#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"
#include "registry/checks.hpp"
#include "registry/mergers.hpp"
#include "registry/ownership.hpp"
#include "registry/tallies.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

result<void> check_place(const state& s, const std::optional<place_id>& in) {
    if (!in || s.places.contains(*in)) return {};
    return refuse(refusals::place_unknown, "place", in->value);
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

bool fits(const organisation& one, const organisations_query& q, const search_words& words,
          int year) {
    const record_organisation& c = one.what;
    const auto has = [](const auto& list, const auto& wanted) {
        return !wanted || std::find(list.begin(), list.end(), *wanted) != list.end();
    };
    return !one.merged_into && has(c.kinds, q.kind) && has(c.sectors, q.sector) &&
           (!q.run || one.run.has_value() == *q.run) &&
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

std::vector<const link*> links_asked(const world& w, const links_query& q) {
    if (q.place) return links_around(w.own, *q.place);
    std::vector<const link*> out;
    for (const auto& [id, one] : w.own.links) out.push_back(&one);
    return out;
}

/// Those among which the ones asked for are, by short name; as few as an index gives.
std::vector<const organisation*> organisations_asked(const state& s, const organisations_query& q) {
    std::vector<const organisation*> out;
    const auto all = static_cast<std::int64_t>(s.organisations.size());
    if (q.place && tally_of(s, *q.place).organisations < all / 8)
        return organisations_around(s, *q.place);
    if (q.run.value_or(false) || q.standing) {
        for (const auto& [id, is] : s.run) out.push_back(s.organisations.find(id));
    } else {
        for (const auto& [id, one] : s.organisations) out.push_back(&one);
    }
    if (!q.place) return out;
    const place_set there(s, *q.place);
    std::erase_if(out, [&](const organisation* one) { return !there.holds(one->what.place); });
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

/// Enterprises of which the organisation holds a part.
std::vector<organisation_name> held_by(const state& s, const organisation& holder) {
    std::set<organisation_id> held;
    for (const organisation_id& id : records_behind(s, holder.what.organisation))
        if (const auto* there = s.held.find(id)) held.insert(there->begin(), there->end());
    std::vector<organisation_name> out;
    for (const organisation_id& id : held)
        out.push_back(name_organisation(*s.organisations.find(id)));
    return out;
}

/// How much was recorded under the record's own name, and of those merged into it.
goes_back_count count_of(const state& s, const organisation_id& id) {
    goes_back_count out;
    const organisation& one = *s.organisations.find(id);
    if (const auto* links = s.links_of.find(link_end{{}, id})) out.links = std::ssize(*links);
    if (const auto* profiles = s.profiles_of.find(id)) {
        const std::vector<organisation_id> records = records_behind(s, id);
        out.profiles = std::count_if(profiles->begin(), profiles->end(), [&](const auto& each) {
            const organisation_id& of = s.profiles.find(each)->what.organisation;
            return std::find(records.begin(), records.end(), of) != records.end();
        });
    }
    out.activities = std::ssize(one.activities);
    out.reports = std::ssize(one.seen);
    return out;
}

merger_row show_merger(const state& s, const merger& one) {
    merger_row out;
    out.kept = name_organisation(*s.organisations.find(one.what.kept));
    out.merged = name_organisation(*s.organisations.find(one.what.merged));
    out.reason = one.what.reason;
    out.by = one.done.by;
    out.as = one.done.as;
    out.at = one.done.at;
    out.seq = static_cast<std::int64_t>(one.done.seq);
    if (!one.undone) {
        out.goes_back = count_of(s, one.what.merged);
        return out;
    }
    out.undone = merger_end{one.undone_as->reason, one.undone->by, one.undone->as, one.undone->at,
                            static_cast<std::int64_t>(one.undone->seq)};
    return out;
}

/// Mergers of the record, and of others into it, the latest first.
std::vector<merger_row> show_mergers(const state& s, const organisation& of) {
    std::vector<merger_row> out;
    for (const merger& one : of.mergers) out.push_back(show_merger(s, one));
    for (const organisation_id& id : of.ever_merged)
        for (const merger& one : s.organisations.find(id)->mergers)
            if (one.what.kept == of.what.organisation) out.push_back(show_merger(s, one));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.seq > b.seq; });
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

void add_money(std::vector<amount>& sums, const amount& one) {
    const auto there = std::find_if(sums.begin(), sums.end(),
                                    [&](const amount& sum) { return sum.unit == one.unit; });
    if (there == sums.end()) {
        sums.push_back(one);
    } else if (there->minor <= INT64_MAX - one.minor) {
        there->minor += one.minor;
    }
}

/// Years in which something was done on one of the links, the latest first.
std::vector<std::int32_t> years_on(const std::vector<const link*>& links) {
    constexpr std::size_t most = 10'000;  // a year has four digits
    std::vector<bool> there(most);
    for (const link* one : links)
        for (const activity_mark& mark : one->marks)
            there[static_cast<std::size_t>(mark.year)] = true;
    std::vector<std::int32_t> out;
    for (std::size_t year = most; year-- > 0;)
        if (there[year]) out.push_back(static_cast<std::int32_t>(year));
    return out;
}

/// A year of one link by its marks: how much was done, by how many, for what money.
struct year_sum {
    std::int64_t activities = 0;
    std::int64_t people = 0;
    std::int64_t without_people = 0;
    std::vector<amount> money;
};

year_sum sum_year(const state& s, const link& of, std::int32_t year) {
    year_sum out;
    for (const activity_mark& mark : of.marks) {
        if (mark.year != year) continue;
        ++out.activities;
        if (mark.people < 0)
            ++out.without_people;
        else
            out.people += mark.people;
        if (mark.minor != 0) add_money(out.money, {mark.minor, s.money_units[mark.unit]});
    }
    return out;
}

/// Whether a list that may be cut has room for one more.
template <class Row>
bool room_in(const std::vector<Row>& rows, std::optional<std::int32_t> count) {
    return !count || static_cast<std::int64_t>(rows.size()) < *count;
}

void add_link_year(const state& s, const link& one, const place_year_query& q,
                   place_year_view& out) {
    const year_sum sum = sum_year(s, one, q.year);
    if (sum.activities == 0) {
        if (!quiet_day(one)) return;
        ++out.silent_found;
        if (room_in(out.silent, q.count)) out.silent.push_back(show_row(s, one));
        return;
    }
    ++out.links_found;
    out.activities += sum.activities;
    out.people += sum.people;
    out.without_people += sum.without_people;
    for (const amount& each : sum.money) add_money(out.money, each);
    if (room_in(out.links, q.count))
        out.links.push_back(
            {show_row(s, one), show_activities(s, one, q.year), sum.people, sum.money});
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
    std::vector<const link*> links = links_around(w.own, q.place);
    for (const link* each : part_of(links, std::nullopt, q.count))
        out.links.push_back(show_row(w.own, *each));
    out.years = years_on(links);
    for (const organisation* each : organisations_around(w.own, q.place, q.count))
        out.organisations.push_back(show_row(w.own, *each, who));
    out.versions = entries_of(one->versions);
    return out;
}

result<place_year_view> ask(const world& w, const place_year_query& q, const viewer& who) {
    const place* one = w.own.places.find(q.place);
    if (!one) return refuse(refusals::place_unknown, "place", q.place.value);
    place_year_view out;
    out.place = show_row(w.own, *one);
    out.year = q.year;
    const date today = date_of(who.now);
    for (const link* each : links_around(w.own, q.place)) {
        add_link_year(w.own, *each, q, out);
        for (item_row& item : show_plan(w.own, *each, q.year, today))
            out.plan.push_back(std::move(item));
    }
    std::stable_sort(out.plan.begin(), out.plan.end(),
                     [](const auto& a, const auto& b) { return a.last_day < b.last_day; });
    out.plan_found = static_cast<std::int64_t>(out.plan.size());
    if (q.count && *q.count >= 0 && out.plan_found > *q.count)
        out.plan.resize(static_cast<std::size_t>(*q.count));
    organisations_query run;
    run.run = true;
    run.place = q.place;
    for (const organisation* each : organisations_asked(w.own, run)) {
        if (!each->run) continue;
        ++out.enterprises_found;
        if (room_in(out.enterprises, q.count))
            out.enterprises.push_back(show_row(w.own, *each, who));
    }
    return out;
}

result<std::vector<const link*>> links_that_fit(const world& w, const links_query& q,
                                                std::vector<standing_count>* counts) {
    VECHE_CHECK(check_place(w.own, q.place));
    const search_words words(q.query.value_or(""));
    std::vector<const link*> found;
    for (const link* one : links_asked(w, q)) {
        const bool said = words.empty() || words.found_in({fold_for_search(one->what.link.value),
                                                           words_of(w.own, one->what.a),
                                                           words_of(w.own, one->what.b)});
        if (!said || (q.kind && one->what.kind != *q.kind)) continue;
        const link_standing how = standing_of(*one);
        if (counts) count(*counts, how);
        if (!q.standing || how == *q.standing) found.push_back(one);
    }
    return found;
}

result<links_view> ask(const world& w, const links_query& q, const viewer&) {
    links_view out;
    std::vector<const link*> found = VECHE_TRY(links_that_fit(w, q, &out.standings));
    out.found = static_cast<std::int32_t>(found.size());
    out.total = static_cast<std::int32_t>(w.own.links.size());
    for (const link* one : part_of(found, q.offset, q.count))
        out.links.push_back(show_row(w.own, *one));
    return out;
}

result<link_view> ask(const world& w, const link_query& q, const viewer& who) {
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
    out.activities = show_activities(w.own, *one, q.offset, q.count);
    out.versions = entries_of(one->versions);
    out.plan = show_plan(w.own, *one, date_of(who.now));
    return out;
}

result<organisations_view> ask(const world& w, const organisations_query& q, const viewer& who) {
    VECHE_CHECK(check_place(w.own, q.place));
    const search_words words(q.query.value_or(""));
    const int year = civil_of(date_of(who.now)).year;
    organisations_view out;
    std::vector<const organisation*> found;
    for (const organisation* one : organisations_asked(w.own, q))
        if (fits(*one, q, words, year)) found.push_back(one);
    out.total = static_cast<std::int32_t>(w.own.organisations.size() - w.own.merged);
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
    out.mergers = show_mergers(w.own, *one);
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
    out.holds = held_by(w.own, *one);
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
