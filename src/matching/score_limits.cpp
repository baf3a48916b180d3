#include "matching/score_limits.hpp"

#include <algorithm>

namespace veche::matching {
namespace {

struct class_member {
    std::uint32_t rank;
    std::uint32_t applicant;
};

class limits_fall {
  public:
    limits_fall(const market& m, tie_policy policy)
        : m_(m),
          policy_(policy),
          limits_(m.programmes(), no_limit),
          held_(m.programmes()),
          crowded_(m.programmes()) {
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            if (m.capacities[p] == 0 && policy == tie_policy::chilean) limits_[p] = 0;
    }

    outcome run() {
        std::vector<std::uint32_t> asking(m_.applicants());
        for (std::uint32_t a = 0; a < m_.applicants(); ++a) asking[a] = a;
        while (!asking.empty()) {
            for (const std::uint32_t a : asking) ask(a);
            asking.clear();
            for (const std::uint32_t p : changed_) refuse(p, asking);
            changed_.clear();
        }
        outcome out{assignment(m_.applicants(), nobody), std::move(limits_), proposals_};
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            std::uint32_t behind = 0;
            for (const class_member& one : held_[p]) {
                out.placed[one.applicant] = p;
                behind = std::max(behind, one.rank + 1);
            }
            // Full to the last seat, a programme may have refused nobody yet.
            if (policy_ == tie_policy::chilean && held_[p].size() >= m_.capacities[p])
                out.limits[p] = behind;
        }
        return out;
    }

  private:
    void ask(std::uint32_t a) {
        for (std::uint32_t i = m_.begins[a]; i < m_.begins[a + 1]; ++i) {
            const choice& c = m_.choices[i];
            if (c.rank >= limits_[c.programme]) continue;
            ++proposals_;
            auto& held = held_[c.programme];
            held.push_back({c.rank, a});
            if (held.size() > m_.capacities[c.programme] && !crowded_[c.programme]) {
                crowded_[c.programme] = true;
                changed_.push_back(c.programme);
            }
            return;
        }
    }

    /// Sets the limit by whom it holds now; all held before had ranks below the last one.
    void refuse(std::uint32_t p, std::vector<std::uint32_t>& refused) {
        auto& held = held_[p];
        std::sort(held.begin(), held.end(),
                  [](const class_member& x, const class_member& y) { return x.rank < y.rank; });
        std::size_t kept = 0;
        while (kept < held.size()) {
            std::size_t next = kept;
            while (next < held.size() && held[next].rank == held[kept].rank) ++next;
            const std::size_t needed = policy_ == tie_policy::hungarian ? next : kept + 1;
            if (needed > m_.capacities[p]) break;
            kept = next;
        }
        if (policy_ == tie_policy::hungarian) {
            if (kept < held.size()) limits_[p] = held[kept].rank;
        } else if (kept > 0) {
            limits_[p] = held[kept - 1].rank + 1;
        }
        for (std::size_t i = kept; i < held.size(); ++i) refused.push_back(held[i].applicant);
        held.resize(kept);
        crowded_[p] = false;
    }

    const market& m_;
    const tie_policy policy_;
    std::vector<std::uint32_t> limits_;
    std::vector<std::vector<class_member>> held_;
    std::vector<std::uint32_t> changed_;
    std::vector<bool> crowded_;
    std::uint64_t proposals_ = 0;
};

}  // namespace

outcome match_by_limits(const market& m, tie_policy policy) {
    return limits_fall(m, policy).run();
}

}  // namespace veche::matching
