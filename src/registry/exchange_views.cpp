#include "registry/exchange_views.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"
#include "registry/checks.hpp"
#include "registry/viewing.hpp"

namespace veche::registry {
namespace {

template <class Each>
void each_participant(const season& of, const Each& each) {
    for (const season_report& part : of.parts)
        for (const season_participant& one : part.what.participants) each(one);
}

/// Pseudonyms of all seasons that began before this one.
std::set<person_id> came_before(const exchange& of, const season& before) {
    std::set<person_id> out;
    for (const season& one : of.seasons)
        if (one.what.from < before.what.from)
            each_participant(one, [&](const auto& who) { out.insert(who.person); });
    return out;
}

std::vector<site_row> show_sites(const state& s, const season& of) {
    std::vector<site_row> out;
    for (const season_site& one : of.what.sites) {
        const organisation& host = *find_current(s, one.host);
        site_row row;
        row.site = one.site;
        row.host = name_organisation(host);
        const auto& where = one.place ? one.place : host.what.place;
        if (where) row.place = name_place(s, *where);
        row.places = one.places;
        if (!of.parts.empty()) row.people = row.days = 0;
        each_participant(of, [&](const season_participant& who) {
            if (who.site != one.site) return;
            ++*row.people;
            *row.days += who.days;
        });
        out.push_back(std::move(row));
    }
    return out;
}

/// What the season's call tells: its title, and how many who came hold a place of it.
void show_call(const world& w, const season& of, season_row& row) {
    row.call = of.what.call;
    if (!of.what.call || !w.around) return;
    const std::optional<told_call> call = w.around->call(*of.what.call);
    if (!call) return;
    row.call_title = call->title;
    if (of.parts.empty()) return;
    const std::set<person_id> holders(call->holders.begin(), call->holders.end());
    row.from_call = 0;
    each_participant(of,
                     [&](const auto& who) { *row.from_call += holders.count(who.person) != 0; });
}

season_row show_season(const world& w, const exchange& program, const season& of, date today) {
    season_row row;
    row.exchange = program.what.exchange;
    row.season = of.what.season;
    row.from = of.what.from;
    row.until = of.what.until;
    row.standing = standing_of(of, today);
    row.due = date{of.what.until.days + season_report_days};
    const std::set<person_id> before = came_before(program, of);
    std::map<std::string, std::int64_t> members;
    if (!of.parts.empty()) row.people = row.days = row.came_again = 0;
    each_participant(of, [&](const season_participant& one) {
        ++*row.people;
        *row.days += one.days;
        if (before.count(one.person) != 0) ++*row.came_again;
        ++members[one.member ? one.member->value : ""];
    });
    for (const auto& [member, people] : members)
        row.by_member.push_back(
            {member.empty() ? std::nullopt : std::optional(member_id{member}), people});
    row.sites = show_sites(w.own, of);
    for (const season_site& one : of.what.sites) row.places += one.places;
    show_call(w, of, row);
    if (!of.parts.empty()) row.about = of.parts.back().what.about;
    row.source = of.parts.empty() ? of.what.source : of.parts.back().what.source;
    row.versions = entries_of(of.versions);
    for (const season_report& part : of.parts)
        row.report_versions.insert(row.report_versions.end(), part.versions.begin(),
                                   part.versions.end());
    return row;
}

exchange_row show_exchange(const state& s, const exchange& one, date today) {
    exchange_row row;
    row.exchange = one.what.exchange;
    row.names = one.what.names;
    row.kind = one.what.kind;
    if (one.what.organiser)
        row.organiser = name_organisation(*find_current(s, *one.what.organiser));
    row.seasons = static_cast<std::int64_t>(one.seasons.size());
    std::set<person_id> people;
    for (const season& each : one.seasons) {
        if (!row.last_until || *row.last_until < each.what.until) row.last_until = each.what.until;
        if (standing_of(each, today) == season_standing::missing) ++row.missing;
        each_participant(each, [&](const auto& who) {
            people.insert(who.person);
            row.days += who.days;
        });
    }
    row.people = static_cast<std::int64_t>(people.size());
    row.verified = one.what.source.verified;
    row.seq = static_cast<std::int64_t>(one.recorded.seq);
    return row;
}

bool is_current(const state& s, const organisation_id& id, const organisation& one) {
    return find_current(s, id) == &one;
}

bool hosts_in(const state& s, const exchange& of, const organisation& one) {
    return std::any_of(of.seasons.begin(), of.seasons.end(), [&](const season& each) {
        return std::any_of(each.what.sites.begin(), each.what.sites.end(),
                           [&](const season_site& site) { return is_current(s, site.host, one); });
    });
}

bool runs(const state& s, const exchange& of, const organisation& one) {
    return of.what.organiser && is_current(s, *of.what.organiser, one);
}

bool fits_exchange(const world& w, const exchange& one, const exchanges_query& q,
                   const organisation* of, const search_words& words) {
    if (q.kind && one.what.kind != *q.kind) return false;
    if (of && !runs(w.own, one, *of) && !hosts_in(w.own, one, *of)) return false;
    if (words.empty()) return true;
    std::string all = fold_for_search(one.what.exchange.value);
    for (const auto& [language, name] : one.what.names) all += " " + fold_for_search(name);
    return words.found_in({all});
}

/// Places of the latest season in which it hosts.
std::optional<std::int64_t> hosted_places(const state& s, const exchange& of,
                                          const organisation& one) {
    const season* latest = nullptr;
    std::int64_t places = 0;
    for (const season& each : of.seasons) {
        std::int64_t here = 0;
        bool any = false;
        for (const season_site& site : each.what.sites)
            if (is_current(s, site.host, one)) {
                any = true;
                here += site.places;
            }
        if (!any || (latest && each.what.until < latest->what.until)) continue;
        latest = &each;
        places = here;
    }
    return latest ? std::optional(places) : std::nullopt;
}

}  // namespace

season_standing standing_of(const season& of, date today) {
    if (!of.parts.empty()) return season_standing::reported;
    if (today < of.what.from) return season_standing::planned;
    if (!(of.what.until < today)) return season_standing::running;
    return today.days - of.what.until.days > season_report_days ? season_standing::missing
                                                                : season_standing::awaited;
}

result<exchanges_view> ask(const world& w, const exchanges_query& q, const viewer& who) {
    const organisation* of = q.organisation ? find_current(w.own, *q.organisation) : nullptr;
    if (q.organisation && !of)
        return refuse(refusals::organisation_unknown, "organisation", q.organisation->value);
    const search_words words(q.query.value_or(""));
    exchanges_view out;
    std::vector<const exchange*> found;
    for (const auto& [id, one] : w.own.exchanges) {
        ++out.total;
        if (fits_exchange(w, one, q, of, words)) found.push_back(&one);
    }
    out.found = static_cast<std::int32_t>(found.size());
    for (const exchange* one : part_of(found, q.offset, q.count))
        out.exchanges.push_back(show_exchange(w.own, *one, date_of(who.now)));
    return out;
}

result<exchange_view> ask(const world& w, const exchange_query& q, const viewer& who) {
    const exchange* one = w.own.exchanges.find(q.exchange);
    if (!one) return refuse(refusals::exchange_unknown, "exchange", q.exchange.value);
    const date today = date_of(who.now);
    exchange_view out;
    out.row = show_exchange(w.own, *one, today);
    out.about = one->what.about;
    out.link = one->what.link;
    out.body = one->what.body;
    out.source = one->what.source;
    for (const season& each : one->seasons)
        out.seasons.push_back(show_season(w, *one, each, today));
    std::stable_sort(out.seasons.begin(), out.seasons.end(),
                     [](const season_row& a, const season_row& b) { return b.from < a.from; });
    out.versions = entries_of(one->versions);
    return out;
}

result<roles_view> ask(const world& w, const roles_query& q, const viewer&) {
    const organisation* one = find_current(w.own, q.organisation);
    if (!one) return refuse(refusals::organisation_unknown, "organisation", q.organisation.value);
    roles_view out;
    if (w.around)
        for (told_role& each : w.around->roles()) {
            if (!w.own.organisations.contains(each.organisation) ||
                !is_current(w.own, each.organisation, *one))
                continue;
            out.roles.push_back({each.role,
                                 each.call,
                                 std::move(each.title),
                                 std::move(each.part),
                                 each.places,
                                 each.contract,
                                 {}});
        }
    for (const auto& [id, each] : w.own.exchanges) {
        if (runs(w.own, each, *one))
            out.roles.push_back(
                {call_role::organiser, {}, each.what.names, {}, {}, {}, each.what.exchange});
        if (hosts_in(w.own, each, *one))
            out.roles.push_back({call_role::host,
                                 {},
                                 each.what.names,
                                 {},
                                 hosted_places(w.own, each, *one),
                                 {},
                                 each.what.exchange});
    }
    return out;
}

}  // namespace veche::registry
