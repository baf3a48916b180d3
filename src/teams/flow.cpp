#include "teams/flow.hpp"

#include <algorithm>

#include "kernel/check.hpp"

namespace veche::teams {

network::network(std::uint32_t nodes, int128 shortage)
    : nodes_(nodes), shortage_(shortage), supply_(nodes, 0) {}

network::arc network::add(node from, node to, std::int64_t low, std::int64_t high, int128 cost) {
    VECHE_ENSURE(!begun_ && 0 <= low && low <= high, "an arc with bounds, before the first flow");
    from_.push_back(from);
    to_.push_back(to);
    low_.push_back(low);
    room_.push_back(high - low);
    cost_.push_back(cost);
    return static_cast<arc>(from_.size() - 1);
}

/// Every node hangs from an artificial root; what lower bounds carry is taken off the supplies.
void network::begin() {
    begun_ = true;
    real_arcs_ = static_cast<std::uint32_t>(from_.size());
    for (arc a = 0; a < real_arcs_; ++a) {
        supply_[from_[a]] -= low_[a];
        supply_[to_[a]] += low_[a];
    }
    flow_.assign(real_arcs_, 0);
    state_.assign(real_arcs_, at_low);
    const node root = nodes_;
    parent_.assign(nodes_ + 1, none);
    child_.assign(nodes_ + 1, none);
    next_.assign(nodes_ + 1, none);
    previous_.assign(nodes_ + 1, none);
    by_.assign(nodes_ + 1, none);
    depth_.assign(nodes_ + 1, 0);
    potential_.assign(nodes_ + 1, 0);
    for (node n = 0; n < nodes_; ++n) {
        const bool gives = supply_[n] >= 0;
        from_.push_back(gives ? n : root);
        to_.push_back(gives ? root : n);
        low_.push_back(0);
        room_.push_back(INT64_MAX);
        flow_.push_back(gives ? supply_[n] : -supply_[n]);
        cost_.push_back(gives ? 0 : shortage_);
        state_.push_back(in_tree);
        hang(n, root, static_cast<arc>(from_.size() - 1));
    }
}

/// Depths and potentials of the whole tree from the costs as they are now.
void network::measure() {
    potential_[nodes_] = 0;
    for (node n = child_[nodes_]; n != none; n = next_[n]) {
        depth_[n] = 1;
        std::vector<node> open{n};
        while (!open.empty()) {
            const node at = open.back();
            open.pop_back();
            const arc a = by_[at];
            const int128 above = potential_[parent_[at]];
            potential_[at] = from_[a] == at ? above - cost_[a] : above + cost_[a];
            depth_[at] = depth_[parent_[at]] + 1;
            for (node c = child_[at]; c != none; c = next_[c]) open.push_back(c);
        }
    }
}

void network::hang(node child, node below, arc by) {
    parent_[child] = below;
    by_[child] = by;
    previous_[child] = none;
    next_[child] = child_[below];
    if (child_[below] != none) previous_[child_[below]] = child;
    child_[below] = child;
}

void network::unhang(node child) {
    if (previous_[child] != none)
        next_[previous_[child]] = next_[child];
    else
        child_[parent_[child]] = next_[child];
    if (next_[child] != none) previous_[next_[child]] = previous_[child];
}

void network::solve() {
    if (!begun_) begin();
    measure();
    while (enter()) pivot();
}

/// Takes the worst arc of the next block that has one.
bool network::enter() {
    std::uint32_t block = 64;
    while (block * block < real_arcs_) block *= 2;
    int128 worst = 0;
    std::uint32_t left = block;
    for (std::uint32_t seen = 0; seen < real_arcs_; ++seen) {
        if (++scan_ >= real_arcs_) scan_ = 0;
        if (state_[scan_] != in_tree) {
            const int128 r = state_[scan_] == at_low ? reduced(scan_) : -reduced(scan_);
            if (r < worst) {
                worst = r;
                entering_ = scan_;
            }
        }
        if (--left == 0) {
            if (worst < 0) return true;
            left = block;
        }
    }
    return worst < 0;
}

network::node network::meeting_point() const {
    node a = from_[entering_];
    node b = to_[entering_];
    while (a != b) (depth_[a] >= depth_[b] ? a : b) = parent_[depth_[a] >= depth_[b] ? a : b];
    return a;
}

/// Sends what the cycle of the entering arc lets pass. Of the arcs that block it the last one
/// leaves, seen from the top of the cycle in the direction of the flow, so that no tree comes back.
void network::pivot() {
    const node top = meeting_point();
    const bool forward = state_[entering_] == at_low;
    const node first = forward ? from_[entering_] : to_[entering_];
    const node second = forward ? to_[entering_] : from_[entering_];
    std::int64_t amount = room_[entering_];
    node out = none;
    bool out_first = false;
    for (node n = first; n != top; n = parent_[n]) {
        const arc a = by_[n];
        const std::int64_t can = from_[a] == n ? flow_[a] : room_[a] - flow_[a];
        if (can < amount) amount = can, out = n, out_first = true;
    }
    for (node n = second; n != top; n = parent_[n]) {
        const arc a = by_[n];
        const std::int64_t can = from_[a] == n ? room_[a] - flow_[a] : flow_[a];
        if (can <= amount) amount = can, out = n, out_first = false;
    }
    if (amount > 0) {
        flow_[entering_] += forward ? amount : -amount;
        for (node n = first; n != top; n = parent_[n])
            flow_[by_[n]] += from_[by_[n]] == n ? -amount : amount;
        for (node n = second; n != top; n = parent_[n])
            flow_[by_[n]] += from_[by_[n]] == n ? amount : -amount;
    }
    if (out == none) {
        state_[entering_] = forward ? at_high : at_low;
        return;
    }
    const arc leaving = by_[out];
    state_[entering_] = in_tree;
    state_[leaving] = flow_[leaving] == 0 ? at_low : at_high;
    turn(out_first ? first : second, out_first ? second : first);
}

/// Hangs the part of the tree that the leaving arc holds (it contains `top`) below `below` by the
/// entering arc, with `top` as its highest node.
void network::turn(node top, node below) {
    arc by = entering_;
    node up = below;
    for (node n = top;;) {
        const node old_parent = parent_[n];
        const arc old_by = by_[n];
        unhang(n);
        hang(n, up, by);
        // The leaving arc is the only one on this way that is no longer in the tree.
        if (state_[old_by] != in_tree) break;
        up = n;
        by = old_by;
        n = old_parent;
    }
    const arc a = entering_;
    const int128 due =
        from_[a] == top ? potential_[below] - cost_[a] : potential_[below] + cost_[a];
    shift(top, due - potential_[top]);
}

void network::shift(node top, int128 by) {
    node n = top;
    for (;;) {
        potential_[n] += by;
        depth_[n] = depth_[parent_[n]] + 1;
        if (child_[n] != none) {
            n = child_[n];
            continue;
        }
        while (n != top && next_[n] == none) n = parent_[n];
        if (n == top) return;
        n = next_[n];
    }
}

std::int64_t network::short_of() const {
    std::int64_t sum = 0;
    for (std::size_t a = real_arcs_; a < flow_.size(); ++a)
        if (from_[a] == nodes_) sum += flow_[a];
    return sum;
}

}  // namespace veche::teams
