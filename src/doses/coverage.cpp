// Coverage counts people who were reported; doses of the book stand beside it and make nothing of
// it. Regions with people and without a report are shown as silent, not as uncovered.

#include <algorithm>
#include <set>

#include "doses/measures.hpp"
#include "doses/views.hpp"

namespace veche::doses {
namespace {

/// What was known at the moment, of the latest day up to the one asked for.
const people_report* latest(const shared_list<people_report>& all, const coverage_query& q) {
    const people_report* found = nullptr;
    for (const people_report& one : all) {
        if ((q.known && *q.known < one.written) || (q.on && *q.on < one.what.on)) continue;
        if (!found || found->what.on <= one.what.on) found = &one;
    }
    return found;
}

bool falls(const shared_list<people_report>& all, const coverage_query& q,
           const people_report& last) {
    for (const people_report& one : all) {
        if (q.known && *q.known < one.written) continue;
        if (one.what.on < last.what.on &&
            (one.what.first > last.what.first || one.what.full > last.what.full))
            return true;
    }
    return false;
}

void set_people(const world& w, const coverage_query& q, const region_id& region,
                coverage_row& row) {
    const std::optional<region_told> told = w.around ? w.around->find(region) : std::nullopt;
    if (told) {
        row.names = told->names;
        row.member = told->member;
    }
    if (const auto* target = w.own.targets.find(people_key{region, q.group})) {
        row.people = target->what.people;
        row.people_from = target->what.source + ", " + to_text(target->what.on);
    } else if (!q.group && told && told->people) {
        row.people = told->people;
        row.people_from = told->people_on;
    }
}

void set_shares(coverage_row& row) {
    if (!row.first) return;
    if (*row.first > 0) row.drop_out = fraction_of(*row.first - *row.full, *row.first);
    if (!row.people || *row.people == 0) return;
    row.too_many = *row.first > *row.people;
    row.left = std::max<std::int64_t>(0, *row.people - *row.first);
    row.first_share = fraction_of(*row.first, *row.people);
    row.full_share = fraction_of(*row.full, *row.people);
}

std::int64_t doses_in(const state& s, const region_id& region,
                      const std::optional<group_id>& group) {
    std::int64_t sum = 0;
    for (const auto& [key, doses] : s.given_in)
        if (key.region == region && (!group || key.group == group)) sum += doses;
    return sum;
}

coverage_row row_of(const world& w, const coverage_query& q, const region_id& region) {
    coverage_row row;
    row.region = region;
    set_people(w, q, region, row);
    row.doses = doses_in(w.own, region, q.group);
    const auto* reports = w.own.people.find(people_key{region, q.group});
    const people_report* last = reports ? latest(*reports, q) : nullptr;
    if (!last) return row;
    row.first = last->what.first;
    row.full = last->what.full;
    row.on = last->what.on;
    row.fell = falls(*reports, q, *last);
    row.versions = static_cast<std::int64_t>(reports->size());
    row.seq = static_cast<std::int64_t>(last->seq);
    set_shares(row);
    return row;
}

/// Sums over the regions of each member that report and have a number of people.
std::vector<coverage_row> by_member(const std::vector<coverage_row>& regions) {
    std::map<member_id, coverage_row> sums;
    for (const coverage_row& one : regions) {
        if (!one.member || !one.first || !one.people) continue;
        coverage_row& to = sums[*one.member];
        to.member = one.member;
        to.people = to.people.value_or(0) + *one.people;
        to.first = to.first.value_or(0) + *one.first;
        to.full = to.full.value_or(0) + *one.full;
        to.doses += one.doses;
        ++to.versions;
    }
    std::vector<coverage_row> out;
    for (auto& [member, row] : sums) {
        set_shares(row);
        out.push_back(std::move(row));
    }
    return out;
}

}  // namespace

result<coverage_view> ask(const world& w, const coverage_query& q, const viewer&) {
    std::set<region_id> regions;
    std::set<group_id> groups;
    for (const auto& [key, _] : w.own.people) {
        if (key.group) groups.insert(*key.group);
        if (key.group == q.group) regions.insert(key.region);
    }
    for (const auto& [key, _] : w.own.targets)
        if (key.group == q.group) regions.insert(key.region);
    for (const auto& [key, site] : w.own.sites)
        if (site.what.region) regions.insert(*site.what.region);
    coverage_view out;
    std::vector<covered> measured;
    for (const region_id& region : regions) {
        coverage_row row = row_of(w, q, region);
        if (!row.first && row.people) ++out.silent;
        if (row.first && row.people) measured.push_back({*row.first, *row.people});
        out.regions.push_back(std::move(row));
    }
    out.members = by_member(out.regions);
    out.groups.assign(groups.begin(), groups.end());
    if (const auto spread = equity_of(measured)) {
        out.least = spread->least;
        out.tenth = spread->tenth;
        out.most = spread->most;
        out.gini = spread->gini;
    }
    return out;
}

}  // namespace veche::doses
