// What the state counts and indexes beside a plain reading of all its records, after random lives
// of places that move, organisations that move and merge, and links between them.

#include "registry/tallies.hpp"

#include <algorithm>
#include <set>

#include <rapidcheck.h>

#include "registry/tests/desk.hpp"
#include "registry/viewing.hpp"

using namespace veche;
using namespace veche::registry;
using namespace veche::registry::testing;

namespace {

std::string town(int n) {
    return "town-" + std::to_string(n);
}
std::string firm(int n) {
    return "firm-" + std::to_string(n);
}

/// Whether the place lies in the other, by walking outwards.
bool lies_in(const state& s, std::optional<place_id> at, const place_id& around) {
    for (; at; at = s.places.find(*at)->what.within)
        if (*at == around) return true;
    return false;
}

std::optional<place_id> where(const state& s, const link_end& end) {
    if (end.place) return end.place;
    return find_current(s, *end.organisation)->what.place;
}

bool touches(const state& s, const registry::link& one, const place_id& around) {
    return lies_in(s, where(s, one.what.a), around) || lies_in(s, where(s, one.what.b), around);
}

std::vector<link_id> links_plainly(const state& s, const place_id& around) {
    std::vector<link_id> out;
    for (const auto& [id, one] : s.links)
        if (touches(s, one, around)) out.push_back(id);
    return out;
}

std::vector<organisation_id> organisations_plainly(const state& s, const place_id& around) {
    std::vector<organisation_id> out;
    for (const auto& [id, one] : s.organisations)
        if (!one.merged_into && lies_in(s, one.what.place, around)) out.push_back(id);
    return out;
}

std::vector<organisation_id> held_plainly(const state& s, const organisation_id& holder) {
    std::vector<organisation_id> out;
    for (const auto& [id, one] : s.organisations) {
        if (!one.run || one.merged_into) continue;
        for (const auto& each : one.run->what.holders)
            if (each.organisation &&
                find_current(s, *each.organisation)->what.organisation == holder) {
                out.push_back(id);
                break;
            }
    }
    return out;
}

/// The sums of a year of a place, activity by activity.
void compare_year(const desk& d, const place_id& at, std::int32_t year) {
    const auto view = ask(d.seen(), place_year_query{at, year}, d.anyone());
    RC_ASSERT(view.has_value());
    std::int64_t activities = 0;
    std::int64_t people = 0;
    std::int64_t unsaid = 0;
    std::int64_t money = 0;
    for (const auto& [id, one] : d.own.activities) {
        if (!one.what.link || !touches(d.own, *d.own.links.find(*one.what.link), at)) continue;
        if (civil_of(read_partial_day(one.what.on)->first).year != year) continue;
        ++activities;
        people += one.what.people.value_or(0);
        unsaid += one.what.people ? 0 : 1;
        money += one.what.money ? one.what.money->minor : 0;
    }
    RC_ASSERT(view->activities == activities);
    RC_ASSERT(view->people == people);
    RC_ASSERT(view->without_people == unsaid);
    RC_ASSERT((view->money.empty() ? 0 : view->money.front().minor) == money);
    RC_ASSERT(view->links_found == static_cast<std::int64_t>(view->links.size()));
    const auto cut = ask(d.seen(), place_year_query{at, year, 1}, d.anyone());
    RC_ASSERT(cut->links.size() <= 1);
    RC_ASSERT(cut->activities == activities);
    RC_ASSERT(cut->links_found == view->links_found);
    RC_ASSERT(cut->silent_found == static_cast<std::int64_t>(view->silent.size()));
}

void compare_place(const desk& d, const place_id& id) {
    const state& s = d.own;
    const auto links = links_plainly(s, id);
    const auto organisations = organisations_plainly(s, id);
    const place_tally tally = tally_of(s, id);
    RC_ASSERT(tally.links == static_cast<std::int64_t>(links.size()));
    RC_ASSERT(tally.alive == std::count_if(links.begin(), links.end(), [&](const link_id& one) {
                  return is_alive(*s.links.find(one));
              }));
    RC_ASSERT(tally.organisations == static_cast<std::int64_t>(organisations.size()));
    std::vector<link_id> found;
    for (const registry::link* one : links_around(s, id)) found.push_back(one->what.link);
    RC_ASSERT(found == links);
    organisations_query there;
    there.place = id;
    const auto view = ask(d.seen(), there, d.anyone());
    std::vector<organisation_id> shown;
    for (const auto& one : view->organisations) shown.push_back(one.named.organisation);
    RC_ASSERT(shown == organisations);
    std::vector<organisation_id> first;
    for (const organisation* one : organisations_around(s, id, 2))
        first.push_back(one->what.organisation);
    RC_ASSERT(first == std::vector(organisations.begin(),
                                   organisations.begin() +
                                       std::min<std::ptrdiff_t>(2, std::ssize(organisations))));
}

void compare(const desk& d) {
    const state& s = d.own;
    std::size_t merged = 0;
    std::set<organisation_id> run;
    for (const auto& [id, one] : s.organisations) {
        merged += one.merged_into ? 1 : 0;
        if (one.run && !one.merged_into) run.insert(id);
        if (one.merged_into) continue;
        const auto view = ask(d.seen(), organisation_query{id}, d.anyone());
        std::vector<organisation_id> held;
        for (const auto& each : view->holds) held.push_back(each.organisation);
        RC_ASSERT(held == held_plainly(s, id));
    }
    RC_ASSERT(s.merged == merged);
    RC_ASSERT(s.run.size() == run.size());
    for (const organisation_id& id : run) RC_ASSERT(s.run.contains(id));
    for (const auto& [id, one] : s.places) compare_place(d, id);
    compare_year(d, {"A"}, 2025);
    compare_year(d, {"B-1"}, 2024);
    for (const auto& [id, one] : s.links) {
        RC_ASSERT(one.marks.size() == one.activities.size());
        const auto shown = ask(d.seen(), link_query{id, 1, 2}, d.anyone());
        const auto all = ask(d.seen(), link_query{id}, d.anyone());
        for (std::size_t i = 0; i < shown->activities.size(); ++i)
            RC_ASSERT(shown->activities[i].activity == all->activities[i + 1].activity);
    }
}

void undo_merger(desk& d, const organisation_id& gone) {
    const std::optional<organisation_id> into = d.own.organisations.find(gone)->merged_into;
    if (into) d.send(separate_organisations{*into, gone, {"council"}, en("Two firms.")});
}

/// Sends a command at random; what the rules refuse changes nothing.
void do_something(desk& d, int turn) {
    const auto number = [](int below) { return *rc::gen::inRange(0, below); };
    static constexpr const char* around[] = {"A", "A-1", "A-2", "B", "B-1", "B-2"};
    const std::string region = around[number(6)];
    switch (number(10)) {
        case 0: {
            record_place c = place_of(town(number(6)), place_kind::town, nullptr, region.c_str());
            c.reason = en("Moved.");
            d.send(c);
            break;
        }
        case 1: {
            record_place c = place_of(region, place_kind::region, nullptr, around[number(6)]);
            c.reason = en("Moved.");
            d.send(c);
            break;
        }
        case 2: {
            const std::string at = town(number(6));
            record_organisation c =
                organisation_of(firm(number(7)), number(4) == 0 ? nullptr : at.c_str());
            c.reason = en("Moved.");
            d.send(c);
            break;
        }
        case 3:
            d.send(merge_organisations{
                {firm(number(7))}, {firm(number(7))}, {"council"}, en("One firm.")});
            break;
        case 4: {
            record_link c = link_of("link-" + std::to_string(turn), town(number(6)).c_str(),
                                    town(number(6)).c_str());
            if (number(2) == 0) c.a = {{}, organisation_id{firm(number(7))}};
            if (number(3) == 0) c.b = {{}, organisation_id{firm(number(7))}};
            d.send(c);
            break;
        }
        case 5:
            for (const link_side side : {link_side::a, link_side::b})
                d.send(claim_of("link-" + std::to_string(number(turn + 1)), side,
                                number(5) == 0 ? link_claim::ended : link_claim::concluded,
                                "2024-05-01"));
            break;
        case 6: {
            report_activity c = activity_of("act-" + std::to_string(turn),
                                            ("link-" + std::to_string(number(turn + 1))).c_str(),
                                            number(2) == 0 ? "2025" : "2024-03");
            if (number(2) == 0) c.people = number(50);
            d.send(c);
            break;
        }
        case 7: {
            record_enterprise c;
            c.organisation = {firm(number(7))};
            c.body = {"council"};
            c.holders.resize(1);
            c.holders[0].kind = holder_kind::organisation;
            c.holders[0].organisation = organisation_id{firm(number(7))};
            c.source = from();
            c.reason = en("Sold.");
            d.send(c);
            break;
        }
        case 8:
            undo_merger(d, {firm(number(7))});
            break;
        default:
            d.pass_to(to_text(date{date_of(d.at).days + number(400)}).c_str());
    }
}

}  // namespace

TEST_CASE("counts and indexes are what a plain reading of all records gives") {
    CHECK(rc::check([] {
        desk d;
        for (const char* country : {"A", "B"})
            d.send(place_of(country, place_kind::country, country));
        for (const char* region : {"A-1", "A-2", "B-1", "B-2"})
            d.send(place_of(region, place_kind::region, nullptr, std::string(region, 1).c_str()));
        for (int n = 0; n < 6; ++n)
            d.send(place_of(town(n), place_kind::town, nullptr, n % 2 == 0 ? "A-1" : "B-1"));
        for (int n = 0; n < 7; ++n) d.send(organisation_of(firm(n), town(n % 6).c_str()));
        const int turns = *rc::gen::inRange(1, 60);
        for (int turn = 0; turn < turns; ++turn) do_something(d, turn);
        compare(d);
    }));
}
