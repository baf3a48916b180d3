#include "charter/counting.hpp"

#include <algorithm>
#include <numeric>

namespace veche::charter {

namespace {

bool by_number(const std::string& weight) {
    return weight == "count";
}

std::int64_t weight_of(const voter& who, const std::string& name) {
    if (by_number(name)) return 1;
    const auto found = who.weights.find(name);
    return found == who.weights.end() ? 0 : found->second;
}

/// How much of a split weight a selection counts.
std::int64_t part_of(const split_votes& parts, selection sel) {
    switch (sel) {
        case selection::yes:
            return parts.yes;
        case selection::no:
            return parts.no;
        case selection::abstain:
            return parts.abstain;
        case selection::absent:
            return 0;
        case selection::decisive:
            return parts.yes + parts.no;
        case selection::notyes:
            return parts.no + parts.abstain;
        case selection::present:
        case selection::cast:
        case selection::participating:
        case selection::seats:
            break;
    }
    return parts.yes + parts.no + parts.abstain;
}

std::int64_t number_of(selection sel, const tallied& all, const members& among) {
    return std::count_if(among.begin(), among.end(),
                         [&](std::size_t i) { return counts_in(sel, all.ballots[i]); });
}

int128 sum(selection sel, const std::string& weight, const tallied& all, const members& among) {
    const bool split = !all.splits.empty() && weight == all.split_weight;
    // A casting vote is one more vote and no further member: it has no weight and adds to no base.
    const bool one_more = all.casting_vote && sel == selection::yes && by_number(weight);
    if (by_number(weight) && !split) return number_of(sel, all, among) + (one_more ? 1 : 0);
    int128 total = one_more ? 1 : 0;
    for (const std::size_t i : among) {
        if (split && all.splits[i] != nullptr)
            total += part_of(*all.splits[i], sel);
        else if (counts_in(sel, all.ballots[i]))
            total += weight_of(*all.voters[i], weight);
    }
    return total;
}

/// The fewest participating voters whose weight exceeds the share, plus what is added.
int128 cover(const measure& m, const tallied& all, const members& among) {
    std::vector<std::int64_t> weights;
    int128 total = 0;
    for (const std::size_t i : among) {
        if (!counts_in(selection::participating, all.ballots[i])) continue;
        weights.push_back(weight_of(*all.voters[i], m.weight));
        total += weights.back();
    }
    std::sort(weights.rbegin(), weights.rend());
    int128 covered = 0;
    std::size_t number = 0;
    while (number < weights.size() && covered * m.share.den <= m.share.num * total)
        covered += weights[number++];
    return static_cast<int128>(number) + m.integer;
}

/// Ballots as a group sees them: a casting vote is nobody's in particular and belongs to no group.
tallied without_casting_vote(tallied all) {
    all.casting_vote = false;
    return all;
}

bool holds_in_each(const condition& c, const tallied& all, const members& among) {
    if (all.casting_vote) return holds_in_each(c, without_casting_vote(all), among);
    const auto groups = groups_of(all, among, c.by);
    return std::all_of(groups.begin(), groups.end(), [&](const auto& group) {
        return holds(c.parts.front(), all, group.inside);
    });
}

bool holds_within(const condition& c, const tallied& all, const members& among) {
    if (all.casting_vote) return holds_within(c, without_casting_vote(all), among);
    return holds(c.parts.front(), all, group_of(all, among, c));
}

bool none_says(const condition& c, const tallied& all, const members& among) {
    return std::none_of(among.begin(), among.end(), [&](std::size_t i) {
        return counts_in(c.sel, all.ballots[i]) &&
               std::find(c.ids.begin(), c.ids.end(), all.voters[i]->id) != c.ids.end();
    });
}

}  // namespace

members everybody(const tallied& all) {
    members out(all.voters.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    return out;
}

std::vector<group> groups_of(const tallied& all, const members& among, const std::string& by) {
    std::vector<group> out;
    for (const std::size_t i : among) {
        const auto found = all.voters[i]->attributes.find(by);
        const std::string_view value =
            found == all.voters[i]->attributes.end() ? std::string_view{} : found->second;
        auto at = std::lower_bound(out.begin(), out.end(), value,
                                   [](const group& g, std::string_view v) { return g.value < v; });
        if (at == out.end() || at->value != value) at = out.insert(at, {value, {}});
        at->inside.push_back(i);
    }
    return out;
}

members group_of(const tallied& all, const members& among, const condition& within) {
    for (group& one : groups_of(all, among, within.by))
        if (one.value == within.eq) return std::move(one.inside);
    return {};
}

bool counts_in(selection sel, ballot said) {
    switch (sel) {
        case selection::yes:
            return said == ballot::yes;
        case selection::no:
            return said == ballot::no;
        case selection::abstain:
            return said == ballot::abstain;
        case selection::absent:
            return said == ballot::absent;
        case selection::present:
        case selection::cast:
            return said == ballot::yes || said == ballot::no || said == ballot::abstain ||
                   said == ballot::split;
        case selection::decisive:
            return said == ballot::yes || said == ballot::no;
        case selection::notyes:
            return said == ballot::no || said == ballot::abstain || said == ballot::absent;
        case selection::participating:
            return said != ballot::excluded;
        case selection::seats:
            return true;
    }
    return false;
}

int128 value_of(const measure& m, const tallied& all, const members& among) {
    if (m.kind == measure_kind::integer) return m.integer;
    if (m.kind == measure_kind::mincover) return cover(m, all, among);
    return sum(m.sel, m.weight, all, among);
}

bool compare(int128 left, comparison op, ratio share, int128 right) {
    const int128 a = left * share.den;
    const int128 b = right * share.num;
    switch (op) {
        case comparison::more:
            return a > b;
        case comparison::at_least:
            return a >= b;
        case comparison::equal:
            return a == b;
        case comparison::at_most:
            return a <= b;
        case comparison::less:
            return a < b;
    }
    return false;
}

bool holds(const condition& c, const tallied& all, const members& among) {
    const auto inside = [&](const condition& part) { return holds(part, all, among); };
    switch (c.kind) {
        case condition_kind::all:
            return std::all_of(c.parts.begin(), c.parts.end(), inside);
        case condition_kind::any:
            return std::any_of(c.parts.begin(), c.parts.end(), inside);
        case condition_kind::negation:
            return !inside(c.parts.front());
        case condition_kind::each:
            return holds_in_each(c, all, among);
        case condition_kind::within:
            return holds_within(c, all, among);
        case condition_kind::none_of:
            return none_says(c, all, among);
        case condition_kind::compare:
            return compare(value_of(c.left, all, among), c.op, c.share,
                           value_of(c.right, all, among));
    }
    return false;
}

}  // namespace veche::charter
