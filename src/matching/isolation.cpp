#include "matching/isolation.hpp"

#include <algorithm>
#include <numeric>

namespace veche::matching {
namespace {

/// Sets that grow together (Tarjan 1975), with paths halved.
class joined_sets {
  public:
    explicit joined_sets(std::size_t size) : parent_(size) {
        std::iota(parent_.begin(), parent_.end(), 0);
    }
    std::uint32_t root(std::uint32_t x) {
        while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
        return x;
    }
    void join(std::uint32_t x, std::uint32_t y) { parent_[root(x)] = root(y); }

  private:
    std::vector<std::uint32_t> parent_;
};

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> equal_ranks(const market& m) {
    std::vector<std::uint64_t> count(m.programmes());
    std::vector<std::uint64_t> highest(m.programmes());
    for (const choice& c : m.choices) {
        ++count[c.programme];
        highest[c.programme] = std::max(highest[c.programme], std::uint64_t{c.rank});
    }
    // A bit for each rank where ranks lie close together, which they mostly do.
    std::vector<std::uint64_t> offset(m.programmes() + std::size_t{1});
    std::vector<std::vector<std::uint32_t>> sparse(m.programmes());
    const auto dense = [&](std::uint32_t p) { return highest[p] < 8 * count[p] + 64; };
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        offset[p + std::size_t{1}] = offset[p] + (dense(p) ? highest[p] + 1 : 0);
    std::vector<bool> seen(offset.back());
    std::vector<std::uint32_t> equal(m.programmes(), UINT32_MAX);
    for (const choice& c : m.choices) {
        if (!dense(c.programme)) {
            sparse[c.programme].push_back(c.rank);
            continue;
        }
        auto bit = seen[offset[c.programme] + c.rank];
        if (bit) equal[c.programme] = std::min(equal[c.programme], c.rank);
        bit = true;
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    for (std::uint32_t p = 0; p < m.programmes(); ++p) {
        auto& ranks = sparse[p];
        std::sort(ranks.begin(), ranks.end());
        const auto twice = std::adjacent_find(ranks.begin(), ranks.end());
        if (twice != ranks.end()) equal[p] = *twice;
        if (equal[p] != UINT32_MAX) found.emplace_back(p, equal[p]);
    }
    return found;
}

isolation isolate(const market& m, const std::vector<std::uint32_t>& broken) {
    joined_sets sets(m.programmes());
    for (std::uint32_t a = 0; a < m.applicants(); ++a)
        for (std::uint32_t i = m.begins[a] + 1; i < m.begins[a + 1]; ++i)
            sets.join(m.choices[i - 1].programme, m.choices[i].programme);
    std::vector<bool> out(m.programmes());
    for (const std::uint32_t p : broken) out[sets.root(p)] = true;
    isolation made;
    for (std::uint32_t p = 0; p < m.programmes(); ++p)
        if (out[sets.root(p)]) made.programmes.push_back(p);
    made.rest.capacities = m.capacities;
    for (std::uint32_t a = 0; a < m.applicants(); ++a) {
        const auto from = m.choices.begin() + m.begins[a];
        const auto to = m.choices.begin() + m.begins[a + 1];
        if (from != to && out[sets.root(from->programme)])
            made.applicants.push_back(a);
        else
            made.rest.choices.insert(made.rest.choices.end(), from, to);
        made.rest.begins.push_back(static_cast<std::uint32_t>(made.rest.choices.size()));
    }
    return made;
}

}  // namespace veche::matching
