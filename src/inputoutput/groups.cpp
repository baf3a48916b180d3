#include "inputoutput/groups.hpp"

#include <algorithm>
#include <set>

#include "inputoutput/refusal.hpp"

namespace veche::inputoutput {
namespace {

/// New index of each name, with the new names.
result<std::vector<std::uint32_t>> grouped(const std::vector<std::string>& names,
                                           const std::map<std::string, std::string>& by,
                                           std::vector<std::string>& fresh) {
    std::vector<std::uint32_t> out;
    for (const std::string& one : names) {
        const auto group = by.find(one);
        if (!by.empty() && group == by.end()) return refuse(refusals::groups_incomplete, {}, one);
        const std::string& name = by.empty() ? one : group->second;
        const auto at = std::find(fresh.begin(), fresh.end(), name);
        out.push_back(static_cast<std::uint32_t>(at - fresh.begin()));
        if (at == fresh.end()) fresh.push_back(name);
    }
    return out;
}

template <class Key>
std::vector<std::size_t> numbered(const std::vector<Key>& keys, std::vector<Key>& distinct) {
    std::map<Key, std::size_t> by;
    std::vector<std::size_t> out;
    for (const Key& one : keys) {
        const auto [at, fresh] = by.emplace(one, distinct.size());
        if (fresh) distinct.push_back(one);
        out.push_back(at->second);
    }
    return out;
}

std::vector<double> added_up(const std::vector<double>& of, const std::vector<std::size_t>& to,
                             std::size_t size) {
    if (of.empty()) return {};
    std::vector<double> out(size);
    for (std::size_t n = 0; n < of.size(); ++n) out[to[n]] += of[n];
    return out;
}

/// Columns added up, and rows too where `rows` is given.
numerics::dense added_up(const numerics::dense& of, const std::vector<std::size_t>* rows,
                         std::size_t row_count, const std::vector<std::size_t>& columns,
                         std::size_t column_count) {
    numerics::dense out(row_count, of.columns == 0 ? 0 : column_count);
    for (std::size_t j = 0; j < of.columns; ++j)
        for (std::size_t i = 0; i < of.rows; ++i)
            out(rows != nullptr ? (*rows)[i] : i, columns[j]) += of(i, j);
    return out;
}

template <class Refusal>
result<std::uint32_t> index_of(const std::vector<std::string>& names, const std::string& name,
                               const Refusal& unknown, const char* field) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return refuse(unknown, field, name);
    return static_cast<std::uint32_t>(at - names.begin());
}

}  // namespace

result<std::uint32_t> region_in(const table& of, const std::string& name) {
    return index_of(of.regions, name, refusals::region_unknown, "region");
}

result<std::uint32_t> sector_in(const table& of, const std::string& name) {
    return index_of(of.sectors, name, refusals::sector_unknown, "sector");
}

result<table> aggregate(const table& of, const grouping& by) {
    table out;
    out.unit = of.unit;
    const auto regions = VECHE_TRY(grouped(of.regions, by.regions, out.regions));
    const auto sectors = VECHE_TRY(grouped(of.sectors, by.sectors, out.sectors));
    using pair = std::pair<std::uint32_t, std::uint32_t>;
    std::vector<pair> keys, distinct;
    for (const producer& one : of.producers)
        keys.emplace_back(regions[one.region], sectors[one.sector]);
    const auto rows = numbered(keys, distinct);
    for (const auto& [region, sector] : distinct) out.producers.push_back({region, sector, {}});
    using use = std::pair<std::uint32_t, std::string>;
    std::vector<use> uses, distinct_uses;
    for (const final_use& one : of.finals) uses.emplace_back(regions[one.region], one.category);
    const auto columns = numbered(uses, distinct_uses);
    for (const auto& [region, category] : distinct_uses) out.finals.push_back({region, category});
    const std::size_t n = out.size(), k = out.finals.size();
    out.z = added_up(of.z, &rows, n, rows, n);
    out.y = added_up(of.y, &rows, n, columns, k);
    out.value_added = added_up(of.value_added, rows, n);
    out.output = added_up(of.output, rows, n);
    for (const extension& one : of.extensions)
        out.extensions.push_back({one.name, one.rows,
                                  added_up(one.by_producer, nullptr, one.rows.size(), rows, n),
                                  added_up(one.by_final, nullptr, one.rows.size(), columns, k)});
    return out;
}

result<void> join_regions(table& in, const std::string& name,
                          const std::vector<std::string>& members) {
    std::set<std::uint32_t> joined;
    for (const std::string& one : members)
        if (!joined.insert(VECHE_TRY(region_in(in, one))).second)
            return refuse(refusals::members_overlap, "members", one);
    std::vector<std::string> names;
    std::vector<std::uint32_t> to(in.regions.size());
    std::uint32_t common = UINT32_MAX;
    for (std::uint32_t r = 0; r < in.regions.size(); ++r) {
        const bool member = joined.contains(r);
        if (!member && in.regions[r] == name)
            return refuse(refusals::members_overlap, "name", name);
        if (member && common != UINT32_MAX) {
            to[r] = common;
            continue;
        }
        to[r] = static_cast<std::uint32_t>(names.size());
        if (member) common = to[r];
        names.push_back(member ? name : in.regions[r]);
    }
    for (producer& one : in.producers) {
        // Which member it was stays in sight.
        if (joined.contains(one.region))
            one.part = in.regions[one.region] + (one.part.empty() ? "" : "/" + one.part);
        one.region = to[one.region];
    }
    for (final_use& one : in.finals) one.region = to[one.region];
    in.regions = std::move(names);
    return {};
}

}  // namespace veche::inputoutput
