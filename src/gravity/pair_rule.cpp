#include "gravity/pair_rule.hpp"

#include <algorithm>
#include <numeric>

namespace veche::gravity {
namespace {

class joined_levels {
  public:
    explicit joined_levels(std::size_t count) : parent_(count) {
        std::iota(parent_.begin(), parent_.end(), 0);
    }
    std::int32_t root(std::int32_t one) {
        while (parent_[one] != one) {
            parent_[one] = parent_[parent_[one]];
            one = parent_[one];
        }
        return one;
    }
    void join(std::int32_t one, std::int32_t other) {
        one = root(one);
        other = root(other);
        if (one != other) parent_[std::max(one, other)] = std::min(one, other);
    }

  private:
    std::vector<std::int32_t> parent_;
};

struct demand {
    std::int32_t from, to;
    auto operator<=>(const demand&) const = default;
};

/// Strongly connected components of demands, numbered so that each demand between two of them goes
/// from a higher number to a lower one (Tarjan 1972, without recursion).
class ordered_components {
  public:
    ordered_components(std::size_t count, const std::vector<demand>& demands)
        : demands_(demands),
          begin_(count + 1),
          number_(count, -1),
          low_(count),
          entered_(count, -1) {
        for (const demand& d : demands_) ++begin_[d.from + 1];
        std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
        for (std::size_t v = 0; v < count; ++v)
            if (entered_[v] < 0) visit(static_cast<std::int32_t>(v));
    }
    [[nodiscard]] std::int32_t number(std::int32_t v) const { return number_[v]; }

  private:
    struct step {
        std::int32_t at;
        std::size_t next;
    };
    void enter(std::int32_t v) {
        entered_[v] = low_[v] = clock_++;
        open_.push_back(v);
        path_.push_back({v, begin_[v]});
    }
    void visit(std::int32_t from) {
        enter(from);
        while (!path_.empty()) {
            const auto [v, next] = path_.back();
            if (next < begin_[v + 1]) {
                ++path_.back().next;
                const std::int32_t w = demands_[next].to;
                if (entered_[w] < 0)
                    enter(w);
                else if (number_[w] < 0)
                    low_[v] = std::min(low_[v], entered_[w]);
            } else {
                leave(v);
            }
        }
    }
    void leave(std::int32_t v) {
        path_.pop_back();
        if (!path_.empty()) low_[path_.back().at] = std::min(low_[path_.back().at], low_[v]);
        if (low_[v] != entered_[v]) return;
        std::int32_t one = -1;
        do {
            one = open_.back();
            open_.pop_back();
            number_[one] = numbers_;
        } while (one != v);
        ++numbers_;
    }

    const std::vector<demand>& demands_;
    std::vector<std::size_t> begin_;
    std::vector<std::int32_t> number_, low_, entered_;
    std::vector<std::int32_t> open_;
    std::vector<step> path_;
    std::int32_t clock_ = 0, numbers_ = 0;
};

/// Rows in use of the two effects, for all that follows.
struct both_effects {
    const model& m;
    const sample& s;
    const grouping& a;
    const grouping& b;
};

/// The component of each level of both effects (the second's after the first's), from 0; how many.
/// Levels that no row in use bears have none: -1.
std::int32_t number_components(const both_effects& both, const level_counts& of_a,
                               const level_counts& of_b, std::vector<std::int32_t>& of) {
    joined_levels levels(of.size());
    for (std::size_t i = 0; i < both.m.outcome.size(); ++i)
        if (both.s.of_row[i] == fate::used && both.m.outcome[i] > 0)
            levels.join(both.a.code[i], both.a.levels + both.b.code[i]);
    std::int32_t count = 0;
    for (std::size_t v = 0; v < of.size(); ++v) {
        const auto at = static_cast<std::int32_t>(v);
        const std::int32_t root = levels.root(at);
        const bool borne = at < both.a.levels ? of_a.any(at) : of_b.any(at - both.a.levels);
        of[v] = root == at ? (borne ? count++ : -1) : of[root];
    }
    return count;
}

}  // namespace

std::optional<separation_stage> separated_by_pair(const model& m, const sample& s,
                                                  const counted_effect& one,
                                                  const counted_effect& other) {
    const std::size_t first = one.number;
    const std::size_t second = other.number;
    const grouping& a = m.effects[first];
    const grouping& b = m.effects[second];
    std::vector<std::int32_t> component(static_cast<std::size_t>(a.levels) + b.levels);
    const std::int32_t count = number_components({m, s, a, b}, one.levels, other.levels, component);
    if (count < 2) return std::nullopt;
    std::vector<demand> demands;
    const auto ends = [&](std::size_t i) {
        return demand{component[a.code[i]], component[a.levels + b.code[i]]};
    };
    for (std::size_t i = 0; i < m.outcome.size(); ++i)
        if (s.of_row[i] == fate::used && !(m.outcome[i] > 0) && ends(i).from != ends(i).to)
            demands.push_back(ends(i));
    std::sort(demands.begin(), demands.end());
    demands.erase(std::unique(demands.begin(), demands.end()), demands.end());
    const ordered_components order(static_cast<std::size_t>(count), demands);

    separation_stage out;
    out.why = fate::separated_effects;
    for (std::size_t i = 0; i < m.outcome.size(); ++i) {
        if (s.of_row[i] != fate::used || m.outcome[i] > 0) continue;
        const demand d = ends(i);
        if (order.number(d.from) != order.number(d.to))
            out.rows.push_back(static_cast<std::uint32_t>(i));
    }
    if (out.rows.empty()) return std::nullopt;
    out.a.resize(m.effects.size());
    out.a[first].resize(static_cast<std::size_t>(a.levels));
    out.a[second].resize(static_cast<std::size_t>(b.levels));
    for (std::size_t v = 0; v < component.size(); ++v) {
        if (component[v] < 0) continue;
        const double c = order.number(component[v]);
        if (v < out.a[first].size())
            out.a[first][v] = c;
        else
            out.a[second][v - out.a[first].size()] = -c;
    }
    return out;
}

}  // namespace veche::gravity
