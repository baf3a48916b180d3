#include "matching/regional_caps.hpp"

#include <algorithm>
#include <set>

#include "matching/more_refusal.hpp"
#include "matching/plain_acceptance.hpp"

namespace veche::matching {

namespace {

result<void> sound_caps(const capped_market& m) {
    const std::uint32_t programmes = m.places.programmes();
    if (m.region_of.size() != programmes || m.targets.size() != programmes)
        return refuse(more_refusals::market_malformed, {},
                      "every programme has a region, or none, and a target");
    for (const choice& one : m.places.choices)
        if (one.programme >= programmes)
            return refuse(more_refusals::market_malformed, {}, "a choice is at no programme");
    std::vector<std::uint64_t> targets(m.regions.size(), 0);
    for (std::uint32_t r = 0; r < m.regions.size(); ++r)
        if (m.regions[r].within != nobody && m.regions[r].within >= r)
            return refuse(more_refusals::market_malformed, "regions." + std::to_string(r),
                          "a region lies within one of a lower number");
    for (std::uint32_t p = 0; p < programmes; ++p) {
        if (m.targets[p] > m.places.capacities[p])
            return refuse(more_refusals::market_malformed, "targets." + std::to_string(p),
                          "a target is above the places of its programme");
        if (m.region_of[p] != nobody && m.region_of[p] >= m.regions.size())
            return refuse(more_refusals::market_malformed, "region_of." + std::to_string(p),
                          "a region does not exist");
        for (std::uint32_t r = m.region_of[p]; r != nobody; r = m.regions[r].within)
            targets[r] += m.targets[p];
    }
    for (std::uint32_t r = 0; r < m.regions.size(); ++r)
        if (targets[r] > m.regions[r].cap)
            return refuse(more_refusals::caps_contradict, "regions." + std::to_string(r),
                          std::to_string(r), std::to_string(targets[r]),
                          std::to_string(m.regions[r].cap));
    return {};
}

class capped_acceptance {
  public:
    explicit capped_acceptance(const capped_market& m)
        : m_(m), pools_(m.places.programmes()), got_(m.places.applicants(), nobody) {}

    assignment run() {
        std::vector<std::uint32_t> next(m_.places.begins.begin(), m_.places.begins.end() - 1);
        std::vector<std::uint32_t> free;
        for (std::uint32_t a = 0; a < m_.places.applicants(); ++a) free.push_back(a);
        while (!free.empty()) {
            for (const std::uint32_t a : free) {
                if (next[a] == m_.places.begins[a + 1]) continue;
                const choice& wish = m_.places.choices[next[a]++];
                pools_[wish.programme].insert({wish.rank, a});
                got_[a] = wish.programme;
            }
            free = reject();
        }
        return got_;
    }

  private:
    [[nodiscard]] bool has_room(std::uint32_t p) const {
        for (std::uint32_t r = m_.region_of[p]; r != nobody; r = m_.regions[r].within)
            if (in_region_[r] >= m_.regions[r].cap) return false;
        return true;
    }

    void take(std::uint32_t p, std::size_t count) {
        taken_[p] += count;
        for (std::uint32_t r = m_.region_of[p]; r != nobody; r = m_.regions[r].within)
            in_region_[r] += count;
    }

    /// The choice of all programmes together; whom it leaves out.
    std::vector<std::uint32_t> reject() {
        in_region_.assign(m_.regions.size(), 0);
        taken_.assign(pools_.size(), 0);
        std::vector<std::uint32_t> more;
        for (std::uint32_t p = 0; p < pools_.size(); ++p) {
            take(p, std::min<std::size_t>(m_.targets[p], pools_[p].size()));
            more.push_back(p);
        }
        while (!more.empty()) {
            std::vector<std::uint32_t> still;
            for (const std::uint32_t p : more) {
                const std::size_t most =
                    std::min<std::size_t>(m_.places.capacities[p], pools_[p].size());
                // What is full now stays full: counts only rise.
                if (taken_[p] >= most || !has_room(p)) continue;
                take(p, 1);
                still.push_back(p);
            }
            more = std::move(still);
        }
        std::vector<std::uint32_t> out;
        for (std::uint32_t p = 0; p < pools_.size(); ++p)
            while (pools_[p].size() > taken_[p]) {
                const auto last = std::prev(pools_[p].end());
                got_[last->second] = nobody;
                out.push_back(last->second);
                pools_[p].erase(last);
            }
        return out;
    }

    const capped_market& m_;
    std::vector<std::set<std::pair<std::uint32_t, std::uint32_t>>> pools_;  ///< rank, applicant
    assignment got_;
    std::vector<std::size_t> taken_;
    std::vector<std::size_t> in_region_;
};

/// A limit behind the last admitted, at each programme that somebody would rather have.
void write_limits(const capped_market& m, const assignment& got, capped_certificate& made) {
    const market& of = m.places;
    made.limits.assign(of.programmes(), {});
    std::vector<std::pair<std::int64_t, std::int64_t>> behind(of.programmes(), {0, 0});
    std::vector<bool> refuses(of.programmes(), false);
    for (std::uint32_t a = 0; a < of.applicants(); ++a)
        for (std::uint32_t c = of.begins[a]; c < of.begins[a + 1]; ++c) {
            const choice& one = of.choices[c];
            if (one.programme == got[a]) {
                behind[one.programme] =
                    std::max(behind[one.programme], {std::int64_t{one.rank}, std::int64_t{a} + 1});
                break;
            }
            refuses[one.programme] = true;
        }
    for (std::uint32_t p = 0; p < of.programmes(); ++p) {
        if (!refuses[p]) continue;
        std::uint32_t full = nobody;
        if (made.taken[p] < of.capacities[p])
            for (full = m.region_of[p]; full != nobody; full = m.regions[full].within)
                if (made.region_taken[full] >= m.regions[full].cap) break;
        made.limits[p] = {behind[p].first, behind[p].second,
                          full == nobody ? -1 : std::int64_t{full}};
    }
}

capped_certificate written_caps(const capped_market& m, const assignment& got) {
    capped_certificate made;
    made.taken.assign(m.places.programmes(), 0);
    made.region_taken.assign(m.regions.size(), 0);
    for (const std::uint32_t p : got) {
        made.matching.push_back(p == nobody ? -1 : std::int64_t{p});
        if (p == nobody) continue;
        ++made.taken[p];
        for (std::uint32_t r = m.region_of[p]; r != nobody; r = m.regions[r].within)
            ++made.region_taken[r];
    }
    write_limits(m, got, made);
    return made;
}

}  // namespace

result<capped_certificate> match_with_caps(const capped_market& m) {
    VECHE_CHECK(sound_caps(m));
    return written_caps(m, capped_acceptance(m).run());
}

capped_certificate match_by_targets(const capped_market& m) {
    market by_target = m.places;
    by_target.capacities = m.targets;
    return written_caps(m, plain_acceptance(by_target));
}

}  // namespace veche::matching
