#include "gravity/component_factors.hpp"

#include <algorithm>
#include <numeric>

namespace veche::gravity {
namespace {

// Rows for each level: above, factors fill up and conjugate gradients are quick.
constexpr std::size_t rows_a_level = 4;
// Multiplications of one factorisation for each row: as many as some thousand iterations take.
constexpr double work_a_row = 30'000;
// Of the factor; by row: of plans, their lists and fronts in work.
constexpr std::uint64_t bytes_an_entry = 8;
constexpr std::uint64_t bytes_a_row = 150;
constexpr double moved_much = 1.5;  // a weight, upwards or downwards

/// Sets that grow together (Galler and Fischer 1964).
class joined_sets {
  public:
    explicit joined_sets(std::size_t n) : parent_(n) {
        std::iota(parent_.begin(), parent_.end(), 0);
    }
    std::int32_t root(std::int32_t v) {
        while (parent_[v] != v) v = parent_[v] = parent_[parent_[v]];
        return v;
    }
    /// Whether they were apart.
    bool join(std::int32_t a, std::int32_t b) {
        a = root(a);
        b = root(b);
        if (a == b) return false;
        parent_[std::max(a, b)] = std::min(a, b);
        return true;
    }

  private:
    std::vector<std::int32_t> parent_;
};

/// The level that a row bears of an effect as the panel has them, among all levels.
std::int32_t level_of(const panel& p, std::size_t group, std::size_t row, std::size_t effect) {
    return static_cast<std::int32_t>(
        effect == 0 ? group : p.groups() + p.place[row * p.others + effect - 1]);
}

/// Levels that others make superfluous. In each component of the graph of a pair of effects, what
/// all levels of one gain all levels of the other can lose; so one level is fixed for each of them:
/// first for the components of each effect with the last one; then, among three effects, levels
/// that tie components of the first two to each other.
std::vector<bool> superfluous_levels(const panel& p) {
    const std::size_t all = p.groups() + p.levels();
    std::vector<bool> out(all);
    const std::size_t last = p.others;
    std::vector<std::int32_t> chosen(all, -1);  // by level: the fixed one of its component
    for (std::size_t e = 0; e < last; ++e) {
        joined_sets sets(all);
        for (std::size_t g = 0; g < p.groups(); ++g)
            for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i)
                sets.join(level_of(p, g, i, e), level_of(p, g, i, last));
        std::vector<std::int32_t> of(all, -1);
        const std::size_t from = e == 0 ? 0 : p.groups() + p.first_place[e - 1];
        const std::size_t to = e == 0 ? p.groups() : p.groups() + p.first_place[e];
        for (std::size_t l = from; l < to; ++l) {
            std::int32_t& one = of[sets.root(static_cast<std::int32_t>(l))];
            if (one < 0) one = static_cast<std::int32_t>(l);
            out[one] = true;
            chosen[l] = one;
        }
    }
    if (last != 2) return out;
    joined_sets sets(all);
    for (std::size_t g = 0; g < p.groups(); ++g)
        for (std::size_t i = p.begin[g]; i < p.begin[g + 1]; ++i)
            sets.join(level_of(p, g, i, 0), level_of(p, g, i, 1));
    for (std::size_t l = 0; l < p.groups() + p.first_place[1]; ++l)
        if (sets.join(static_cast<std::int32_t>(l), chosen[l])) out[l] = true;
    return out;
}

bool moved(const std::vector<double>& weight, const std::vector<std::uint32_t>& row,
           const std::vector<double>& before) {
    if (before.empty()) return true;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const double now = weight[row[i]];
        if (now > moved_much * before[i] || moved_much * now < before[i]) return true;
    }
    return false;
}

}  // namespace

/// Rows and levels by component.
void component_factors::find_components() {
    const std::size_t all = p_.groups() + p_.levels();
    joined_sets sets(all);
    for (std::size_t g = 0; g < p_.groups(); ++g)
        for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i)
            for (std::size_t e = 1; e <= p_.others; ++e)
                sets.join(static_cast<std::int32_t>(g), level_of(p_, g, i, e));
    const std::vector<bool> fixed = superfluous_levels(p_);
    std::vector<std::int32_t> number(all, -1), unknown(all, -1);
    of_group_.resize(p_.groups());
    of_level_.resize(p_.levels());
    for (std::size_t g = 0; g < p_.groups(); ++g) {
        std::int32_t& c = number[sets.root(static_cast<std::int32_t>(g))];
        if (c < 0) {
            c = static_cast<std::int32_t>(parts_.size());
            parts_.emplace_back();
        }
        of_group_[g] = c;
        part& one = parts_[c];
        for (std::size_t i = p_.begin[g]; i < p_.begin[g + 1]; ++i) {
            one.row.push_back(static_cast<std::uint32_t>(i));
            for (std::size_t e = 0; e <= p_.others; ++e) {
                const std::int32_t level = level_of(p_, g, i, e);
                if (unknown[level] < 0 && !fixed[level]) {
                    unknown[level] = static_cast<std::int32_t>(one.level.size());
                    one.level.push_back(level);
                }
                one.member.push_back(unknown[level]);
                if (e > 0) of_level_[level - p_.groups()] = c;
            }
        }
    }
}

std::unique_ptr<component_factors> component_factors::of(const panel& p, numerics::workers& crew,
                                                         std::uint64_t memory) {
    if (p.others == 0 || p.n >= rows_a_level * (p.groups() + p.levels())) return nullptr;
    std::unique_ptr<component_factors> out(new component_factors(p, crew));
    out->find_components();
    std::vector<char> fits(out->parts_.size());
    crew.run(out->parts_.size(), [&](std::size_t c) {
        part& one = out->parts_[c];
        auto plan = numerics::plan_elimination(one.level.size(), p.others + 1, one.member,
                                               work_a_row * static_cast<double>(p.n));
        if (!plan) return;
        fits[c] = 1;
        one.plan = std::make_unique<numerics::elimination_plan>(*std::move(plan));
    });
    double work = 0;
    for (std::size_t c = 0; c < fits.size(); ++c) {
        if (fits[c] == 0) return nullptr;
        work += out->parts_[c].plan->multiplications;
    }
    if (work > work_a_row * static_cast<double>(p.n) || out->bytes() > memory) return nullptr;
    return out;
}

void component_factors::factorise(part& one, const std::vector<double>& weight) {
    one.weight.clear();
    for (const std::uint32_t row : one.row) one.weight.push_back(weight[row]);
    one.factor->make(one.weight);
    ++one.made;
}

std::size_t component_factors::make(const std::vector<double>& weight) {
    const std::size_t before = made();
    crew_.run(parts_.size(), [&](std::size_t c) {
        part& one = parts_[c];
        if (!one.factor)
            one.factor = std::make_unique<numerics::elimination_factor>(
                *one.plan, one.member, std::vector<double>(one.row.size(), 1.0));
        if (moved(weight, one.row, one.weight)) factorise(one, weight);
    });
    return made() - before;
}

void component_factors::solve_part(const part& one, std::size_t r, const double* in,
                                   double* out) const {
    const auto groups = static_cast<std::int32_t>(p_.groups());
    std::vector<double> v(one.level.size() * r);
    for (std::size_t u = 0; u < one.level.size(); ++u)
        for (std::size_t c = 0; c < r && one.level[u] >= groups; ++c)
            v[u * r + c] = in[(one.level[u] - groups) * r + c];
    one.factor->solve(r, v.data());
    for (std::size_t u = 0; u < one.level.size(); ++u)
        for (std::size_t c = 0; c < r && one.level[u] >= groups; ++c)
            out[(one.level[u] - groups) * r + c] = v[u * r + c];
}

void component_factors::solve(std::size_t r, const double* in, double* out) const {
    std::fill(out, out + p_.levels() * r, 0.0);
    crew_.run(parts_.size(), [&](std::size_t at) { solve_part(parts_[at], r, in, out); });
}

void component_factors::solve_exactly(const std::vector<std::size_t>& which,
                                      const std::vector<double>& weight, const double* in,
                                      double* out) {
    crew_.run(which.size(), [&](std::size_t at) {
        part& one = parts_[which[at]];
        factorise(one, weight);
        solve_part(one, 1, in, out);
    });
}

std::uint64_t component_factors::bytes() const {
    std::uint64_t out = 0;
    for (const part& one : parts_) out += bytes_an_entry * one.plan->entries;
    return out + bytes_a_row * p_.n;
}

std::size_t component_factors::made() const {
    std::size_t out = 0;
    for (const part& one : parts_) out += one.made;
    return out;
}

}  // namespace veche::gravity
