#include "numerics/elimination_plan.hpp"

#include <algorithm>

namespace veche::numerics {
namespace {

constexpr std::int32_t none = -1;

/// The elimination as it goes on. A "set" is a row of D, or what a front leaves: unknowns that are
/// all linked with each other.
class planner {
  public:
    planner(std::size_t unknowns, std::size_t members, std::span<const std::int32_t> member)
        : members_(members), sets_(member.size() / members), unknowns_(unknowns) {
        for (std::size_t row = 0; row < sets_.size(); ++row) {
            for (std::size_t m = 0; m < members; ++m) {
                const std::int32_t u = member[row * members + m];
                if (u < 0) continue;
                sets_[row].unknown.push_back(u);
                unknowns_[u].sets.push_back(static_cast<std::int32_t>(row));
            }
            sets_[row].weight = static_cast<std::int32_t>(sets_[row].unknown.size());
        }
        first_front_ = static_cast<std::int32_t>(sets_.size());
        for (std::size_t u = 0; u < unknowns; ++u) {
            unknowns_[u].group = {static_cast<std::int32_t>(u)};
            unknowns_[u].degree =
                static_cast<std::int32_t>(unknowns_[u].sets.size() * (members - 1));
        }
    }

    std::optional<elimination_plan> make(double most) {
        out_.unknowns = unknowns_.size();
        out_.members = members_;
        lists_.assign(unknowns_.size() + 1, none);
        for (std::size_t u = unknowns_.size(); u-- > 0;) enlist(static_cast<std::int32_t>(u));
        while (left_ > 0) {
            eliminate(least());
            out_.multiplications += multiplications(out_.fronts.back());
            if (out_.multiplications > most) return std::nullopt;
        }
        join_fronts();
        sort_remainders();
        out_.multiplications = 0;
        for (const front& f : out_.fronts) {
            out_.multiplications += multiplications(f);
            out_.entries += f.unknown.size() * static_cast<std::size_t>(f.pivots);
        }
        return std::move(out_);
    }

  private:
    struct set {
        std::vector<std::int32_t> unknown;  // some may be gone
        std::int32_t weight = 0;            // unknowns in it, each group with all of its own
        std::int32_t outside = 0;           // of these, not in the present front
        std::int32_t stamp = none;
        bool alive = true;
    };
    struct variable {
        std::vector<std::int32_t> sets;
        std::vector<std::int32_t> group;  // unknowns with the same sets, itself included
        std::int32_t degree = 0, before = none, after = none;
        bool alive = true;
        [[nodiscard]] std::int32_t weight() const {
            return static_cast<std::int32_t>(group.size());
        }
    };

    std::size_t list_of(std::int32_t u) const {
        return std::min<std::size_t>(unknowns_[u].degree, lists_.size() - 1);
    }
    void enlist(std::int32_t u) {
        std::int32_t& head = lists_[list_of(u)];
        unknowns_[u].before = none;
        unknowns_[u].after = head;
        if (head != none) unknowns_[head].before = u;
        head = u;
        least_ = std::min(least_, list_of(u));
        ++left_;
    }
    void strike(std::int32_t u) {
        const variable& v = unknowns_[u];
        if (v.before != none)
            unknowns_[v.before].after = v.after;
        else
            lists_[list_of(u)] = v.after;
        if (v.after != none) unknowns_[v.after].before = v.before;
        --left_;
    }
    std::int32_t least() {
        while (lists_[least_] == none) ++least_;
        return lists_[least_];
    }

    /// The set goes into the front: as a row or as what a child leaves.
    void absorb(std::int32_t s, front& f) {
        sets_[s].alive = false;
        if (s < first_front_)
            f.rows.push_back(s);
        else
            f.children.push_back(s - first_front_);
    }

    void eliminate(std::int32_t pivot) {
        front f;
        strike(pivot);
        unknowns_[pivot].alive = false;
        f.unknown = unknowns_[pivot].group;
        set rest = gather(pivot, f);
        const auto number = static_cast<std::int32_t>(sets_.size());
        measure_outside(rest, number, f);
        update_degrees(rest, number, f);
        merge_alike(rest);
        f.pivots = static_cast<std::int32_t>(f.unknown.size());
        rest.weight = 0;
        for (const std::int32_t u : rest.unknown) {
            rest.weight += unknowns_[u].weight();
            f.unknown.insert(f.unknown.end(), unknowns_[u].group.begin(), unknowns_[u].group.end());
        }
        rest.alive = !rest.unknown.empty();
        for (const std::int32_t u : rest.unknown) {
            variable& v = unknowns_[u];
            v.degree = std::min(v.degree, static_cast<std::int32_t>(out_.unknowns));
            enlist(u);
        }
        sets_.push_back(std::move(rest));
        out_.fronts.push_back(std::move(f));
    }

    /// All that the pivot is linked with; its sets go into the front.
    set gather(std::int32_t pivot, front& f) {
        set rest;
        for (const std::int32_t s : unknowns_[pivot].sets) {
            if (!sets_[s].alive) continue;
            for (const std::int32_t u : sets_[s].unknown)
                if (unknowns_[u].alive) {
                    unknowns_[u].alive = false;  // for the time of gathering
                    rest.unknown.push_back(u);
                }
            absorb(s, f);
        }
        for (const std::int32_t u : rest.unknown) {
            unknowns_[u].alive = true;
            strike(u);
        }
        return rest;
    }

    /// How much of each set around lies outside of the front; sets inside go into it too.
    void measure_outside(const set& rest, std::int32_t number, front& f) {
        for (const std::int32_t u : rest.unknown)
            for (const std::int32_t s : unknowns_[u].sets) {
                set& one = sets_[s];
                if (!one.alive) continue;
                if (one.stamp != number) {
                    one.stamp = number;
                    one.outside = one.weight;
                }
                one.outside -= unknowns_[u].weight();
            }
        for (const std::int32_t u : rest.unknown)
            for (const std::int32_t s : unknowns_[u].sets)
                if (sets_[s].alive && sets_[s].outside == 0) absorb(s, f);
    }

    /// Lists of sets without what went into the front; an unknown that is left without any other
    /// set is eliminated in it too.
    void update_degrees(set& rest, std::int32_t number, front& f) {
        std::int32_t inside = 0;
        for (const std::int32_t u : rest.unknown) inside += unknowns_[u].weight();
        std::size_t kept = 0;
        for (const std::int32_t u : rest.unknown) {
            variable& v = unknowns_[u];
            std::erase_if(v.sets, [&](std::int32_t s) { return !sets_[s].alive; });
            if (v.sets.empty()) {
                v.alive = false;
                f.unknown.insert(f.unknown.end(), v.group.begin(), v.group.end());
                continue;
            }
            std::int64_t degree = inside - v.weight();
            for (const std::int32_t s : v.sets) degree += sets_[s].outside;
            v.degree = static_cast<std::int32_t>(
                std::min<std::int64_t>(degree, static_cast<std::int64_t>(out_.unknowns)));
            v.sets.push_back(number);
            rest.unknown[kept++] = u;
        }
        rest.unknown.resize(kept);
    }

    /// Unknowns with the same sets become one.
    void merge_alike(set& rest) {
        std::vector<std::pair<std::uint64_t, std::int32_t>> keys;
        for (const std::int32_t u : rest.unknown) {
            std::sort(unknowns_[u].sets.begin(), unknowns_[u].sets.end());
            std::uint64_t key = 0;
            for (const std::int32_t s : unknowns_[u].sets)
                key = (key ^ static_cast<std::uint64_t>(s)) * 0x9e3779b97f4a7c15ULL;
            keys.emplace_back(key, u);
        }
        std::sort(keys.begin(), keys.end());
        for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
            variable& kept = unknowns_[keys[i].second];
            if (!kept.alive) continue;
            for (std::size_t j = i + 1; j < keys.size() && keys[j].first == keys[i].first; ++j) {
                variable& other = unknowns_[keys[j].second];
                if (!other.alive || other.sets != kept.sets) continue;
                other.alive = false;
                kept.degree -= other.weight();
                kept.group.insert(kept.group.end(), other.group.begin(), other.group.end());
            }
        }
        std::erase_if(rest.unknown, [&](std::int32_t u) { return !unknowns_[u].alive; });
    }

    static double multiplications(const front& f) {
        double out = 0;
        for (std::int32_t p = 0; p < f.pivots; ++p) {
            const auto below = static_cast<double>(f.unknown.size()) - p;
            out += below * below / 2;
        }
        return out;
    }

    /// A front goes into the one that takes its remainder, where that adds few zeros: blocks are
    /// fewer and larger.
    void join_fronts() {
        std::vector<bool> gone(out_.fronts.size());
        for (front& f : out_.fronts) {
            std::vector<std::int32_t> children;
            std::vector<std::int32_t> waiting = f.children;
            while (!waiting.empty()) {
                const std::int32_t c = waiting.back();
                waiting.pop_back();
                front& child = out_.fronts[c];
                const std::size_t rest = child.unknown.size() - child.pivots;
                if (rest * 10 < f.unknown.size() * 8 && f.unknown.size() > rest + 4) {
                    children.push_back(c);
                    continue;
                }
                gone[c] = true;
                f.unknown.insert(f.unknown.begin(), child.unknown.begin(),
                                 child.unknown.begin() + child.pivots);
                f.pivots += child.pivots;
                f.rows.insert(f.rows.end(), child.rows.begin(), child.rows.end());
                children.insert(children.end(), child.children.begin(), child.children.end());
            }
            f.children = std::move(children);
        }
        std::vector<std::int32_t> number(out_.fronts.size());
        std::vector<front> kept;
        for (std::size_t f = 0; f < gone.size(); ++f) {
            number[f] = static_cast<std::int32_t>(kept.size());
            if (gone[f]) continue;
            for (std::int32_t& c : out_.fronts[f].children) c = number[c];
            kept.push_back(std::move(out_.fronts[f]));
        }
        out_.fronts = std::move(kept);
    }

    /// What a front leaves stands in the order in which it will be eliminated, so that it meets the
    /// columns of the next one in their order.
    void sort_remainders() {
        std::vector<std::int32_t> position(out_.unknowns);
        std::int32_t next = 0;
        for (const front& f : out_.fronts)
            for (std::int32_t p = 0; p < f.pivots; ++p) position[f.unknown[p]] = next++;
        for (front& f : out_.fronts)
            std::sort(f.unknown.begin() + f.pivots, f.unknown.end(),
                      [&](std::int32_t a, std::int32_t b) { return position[a] < position[b]; });
    }

    std::size_t members_;
    std::vector<set> sets_;
    std::vector<variable> unknowns_;
    std::vector<std::int32_t> lists_;  // of unknowns by degree
    std::int32_t first_front_ = 0;
    std::size_t least_ = 0, left_ = 0;
    elimination_plan out_;
};

}  // namespace

std::optional<elimination_plan> plan_elimination(std::size_t unknowns, std::size_t members,
                                                 std::span<const std::int32_t> member,
                                                 double most) {
    return planner(unknowns, members, member).make(most);
}

}  // namespace veche::numerics
