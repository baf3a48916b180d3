#pragma once
// Flow of least cost on a network with lower and upper bounds, by the network simplex method, in
// whole numbers. Flow and potentials are integral; the potentials prove the flow (Ahuja, Magnanti,
// Orlin: Network Flows, 1993, chapter 11; strongly feasible trees after Cunningham 1976).

#include <cstdint>
#include <vector>

#include "kernel/ratio.hpp"

namespace veche::teams {

class network {
  public:
    using node = std::uint32_t;
    using arc = std::uint32_t;

    /// `shortage`: what a unit costs that the bounds and supplies do not let pass; above every cost
    /// of a path.
    network(std::uint32_t nodes, int128 shortage);

    /// What the node gives to the network (below zero: takes). All must sum to zero.
    void supply(node n, std::int64_t amount) { supply_[n] += amount; }
    /// An arc that carries from `low` to `high`, 0 <= low <= high.
    arc add(node from, node to, std::int64_t low, std::int64_t high, int128 cost);
    /// Takes effect at the next `solve`, which goes on from the flow it has.
    void set_cost(arc a, int128 cost) { cost_[a] = cost; }

    /// Arcs and supplies are fixed from the first call on; costs may change between calls.
    void solve();
    /// What could not pass; zero where bounds and supplies are kept.
    [[nodiscard]] std::int64_t short_of() const;
    [[nodiscard]] std::int64_t flow(arc a) const { return low_[a] + flow_[a]; }
    /// cost + potential(from) - potential(to) is >= 0 where the flow is below its upper bound, and
    /// <= 0 where it is above its lower bound.
    [[nodiscard]] int128 potential(node n) const { return potential_[n]; }

  private:
    static constexpr std::uint32_t none = UINT32_MAX;
    enum state : std::int8_t { at_high = -1, in_tree = 0, at_low = 1 };

    void begin();
    void measure();
    [[nodiscard]] int128 reduced(arc a) const {
        return cost_[a] + potential_[from_[a]] - potential_[to_[a]];
    }
    [[nodiscard]] bool enter();
    void pivot();
    [[nodiscard]] node meeting_point() const;
    void hang(node child, node below, arc by);
    void unhang(node child);
    void turn(node top, node below);
    void shift(node top, int128 by);

    std::uint32_t nodes_;
    int128 shortage_;
    bool begun_ = false;
    std::vector<std::int64_t> supply_;
    // By arc; the artificial ones come last.
    std::vector<node> from_, to_;
    std::vector<std::int64_t> low_, room_, flow_;
    std::vector<int128> cost_;
    std::vector<state> state_;
    std::uint32_t real_arcs_ = 0;
    // By node: the spanning tree.
    std::vector<node> parent_, child_, next_, previous_;
    std::vector<arc> by_;
    std::vector<std::uint32_t> depth_;
    std::vector<int128> potential_;
    // The search for an entering arc.
    arc entering_ = 0, scan_ = 0;
};

}  // namespace veche::teams
