#include "charter/sums.hpp"

#include <algorithm>

namespace veche::charter {

namespace {

bool is_cover(const measure& m) {
    return m.kind == measure_kind::mincover;
}

}  // namespace

known against_zero(sum_bounds s, comparison op) {
    const auto settled = [](bool always, bool never) {
        return always ? known::yes : never ? known::no : known::open;
    };
    switch (op) {
        case comparison::more:
            return settled(s.least > 0, s.most <= 0);
        case comparison::at_least:
            return settled(s.least >= 0, s.most < 0);
        case comparison::equal:
            return settled(s.least == 0 && s.most == 0, s.least > 0 || s.most < 0);
        case comparison::at_most:
            return settled(s.most <= 0, s.least > 0);
        case comparison::less:
            return settled(s.most < 0, s.least >= 0);
    }
    return known::open;
}

rule_sums::rule_sums(const rule& r, std::vector<const voter*> voters) : voters_(std::move(voters)) {
    add_group(std::vector<char>(voters_.size(), 1));
    for (const condition& c : r.quorum) quorum_.push_back(compile(c, 0));
    pass_ = compile(r.pass, 0);
    if (r.against) against_ = compile(*r.against, 0);
}

std::size_t rule_sums::add_group(std::vector<char> inside) {
    const auto known_already = std::find(groups_.begin(), groups_.end(), inside);
    if (known_already != groups_.end() && known_already != groups_.begin())
        return static_cast<std::size_t>(known_already - groups_.begin());
    groups_.push_back(std::move(inside));
    return groups_.size() - 1;
}

rule_sums::node rule_sums::compile(const condition& c, std::size_t group) {
    switch (c.kind) {
        case condition_kind::each:
        case condition_kind::within:
            return compile_groups(c, group);
        case condition_kind::compare:
        case condition_kind::none_of:
            return {condition_kind::compare, {}, add_term(c, group)};
        default:
            break;
    }
    node out{c.kind, {}, 0};
    for (const condition& part : c.parts) out.parts.push_back(compile(part, group));
    return out;
}

rule_sums::node rule_sums::compile_groups(const condition& c, std::size_t group) {
    std::map<std::string, std::vector<char>> found;
    if (c.kind == condition_kind::within) found[c.eq].resize(voters_.size());
    for (std::size_t i = 0; i < voters_.size(); ++i) {
        if (!groups_[group][i]) continue;
        const auto value = voters_[i]->attributes.find(c.by);
        auto& inside = found[value == voters_[i]->attributes.end() ? "" : value->second];
        inside.resize(voters_.size());
        inside[i] = 1;
    }
    node out{condition_kind::all, {}, 0};
    for (auto& [value, inside] : found)
        if (c.kind == condition_kind::each || value == c.eq)
            out.parts.push_back(compile(c.parts.front(), add_group(std::move(inside))));
    return out;
}

const std::vector<std::int64_t>& rule_sums::weights(const std::string& name) {
    auto& of = weights_[name];
    if (!of.empty()) return of;
    for (const voter* v : voters_) {
        const auto found = v->weights.find(name);
        of.push_back(name == "count" ? 1 : found == v->weights.end() ? 0 : found->second);
    }
    return of;
}

std::size_t rule_sums::add_term(const condition& c, std::size_t group) {
    sum made;
    made.of = &c;
    made.group = group;
    if (c.kind == condition_kind::compare) {
        made.op = c.op;
        made.left = &weights(c.left.weight);
        made.right = &weights(c.right.weight);
        made.covers = is_cover(c.left) || is_cover(c.right);
        if (c.left.kind == measure_kind::integer) made.constant += c.share.den * c.left.integer;
        if (c.right.kind == measure_kind::integer) made.constant -= c.share.num * c.right.integer;
        const auto one_more_yes = [&](const measure& m) {
            return group == 0 && m.kind == measure_kind::selection && m.sel == selection::yes &&
                   m.weight == "count";
        };
        if (one_more_yes(c.left)) made.casting += c.share.den;
        if (one_more_yes(c.right)) made.casting -= c.share.num;
    }
    terms_.push_back(made);
    return terms_.size() - 1;
}

bool rule_sums::is_named(const condition& c, std::size_t voter) const {
    return std::find(c.ids.begin(), c.ids.end(), voters_[voter]->id) != c.ids.end();
}

int128 rule_sums::part(std::size_t at, std::size_t voter, ballot said) const {
    const sum& t = terms_[at];
    if (!groups_[t.group][voter]) return 0;
    const condition& c = *t.of;
    if (c.kind == condition_kind::none_of)
        return counts_in(c.sel, said) && is_named(c, voter) ? 1 : 0;
    int128 out = 0;
    if (c.left.kind == measure_kind::selection && counts_in(c.left.sel, said))
        out += static_cast<int128>(c.share.den) * (*t.left)[voter];
    if (c.right.kind == measure_kind::selection && counts_in(c.right.sel, said))
        out -= static_cast<int128>(c.share.num) * (*t.right)[voter];
    return out;
}

int128 rule_sums::cover(std::size_t at, const std::vector<ballot>& said) const {
    const sum& t = terms_[at];
    tallied all;
    all.voters = voters_;
    all.ballots = said;
    members inside;
    for (std::size_t i = 0; i < voters_.size(); ++i)
        if (groups_[t.group][i]) inside.push_back(i);
    int128 out = 0;
    if (is_cover(t.of->left)) out += t.of->share.den * value_of(t.of->left, all, inside);
    if (is_cover(t.of->right)) out -= t.of->share.num * value_of(t.of->right, all, inside);
    return out;
}

sum_bounds rule_sums::any_cover(std::size_t at) const {
    const sum& t = terms_[at];
    const auto inside = std::count(groups_[t.group].begin(), groups_[t.group].end(), 1);
    sum_bounds out;
    if (is_cover(t.of->left)) {
        out.least += static_cast<int128>(t.of->share.den) * t.of->left.integer;
        out.most += static_cast<int128>(t.of->share.den) * (t.of->left.integer + inside);
    }
    if (is_cover(t.of->right)) {
        out.least -= static_cast<int128>(t.of->share.num) * (t.of->right.integer + inside);
        out.most -= static_cast<int128>(t.of->share.num) * t.of->right.integer;
    }
    return out;
}

}  // namespace veche::charter
