#include "matching/boarding_bars.hpp"

#include <algorithm>
#include <map>

#include "matching/more_refusal.hpp"

namespace veche::matching {

namespace {

result<void> sound_boarding(const boarding_market& m) {
    const auto wrong = [](std::size_t group, const std::string& what) {
        return refuse(more_refusals::market_malformed, "groups." + std::to_string(group), what);
    };
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> rank_of;    // house, applicant
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> person_at;  // house, rank
    for (std::size_t g = 0; g < m.groups.size(); ++g) {
        for (const boarding_call& one : m.groups[g].calls) {
            if (one.applicant >= m.applicants) return wrong(g, "an applicant does not exist");
            if (one.house == nobody) continue;
            if (one.house >= m.beds.size()) return wrong(g, "a house does not exist");
            if (one.house_rank >= nobody - 1) return wrong(g, "a rank in a house is too large");
            const auto rank = rank_of.try_emplace({one.house, one.applicant}, one.house_rank);
            if (rank.first->second != one.house_rank)
                return wrong(g, "an applicant has two ranks in one house");
            const auto person = person_at.try_emplace({one.house, one.house_rank}, one.applicant);
            if (person.first->second != one.applicant)
                return wrong(g, "two applicants have one rank in a house");
        }
    }
    return {};
}

/// Bars only fall, so whoever was passed over stays so, and each group reads its calls once.
class bar_lowering {
  public:
    explicit bar_lowering(const boarding_market& m)
        : m_(m),
          bars_(highest_bars(m)),
          next_(m.groups.size(), 0),
          offered_(m.groups.size(), 0),
          boarders_(m.beds.size()) {}

    boarding_certificate run() {
        for (std::size_t g = 0; g < m_.groups.size(); ++g) call(g);
        for (std::int64_t round = 1; lower(round); ++round) {
            std::vector<std::size_t> again;
            std::swap(again, short_of_);
            for (const std::size_t g : again) call(g);
        }
        return written();
    }

  private:
    [[nodiscard]] bool may_have(const boarding_call& one) const {
        return one.house == nobody || one.house_rank < bars_[one.house];
    }

    void call(std::size_t g) {
        const boarding_group& group = m_.groups[g];
        while (offered_[g] < group.seats && next_[g] < group.calls.size()) {
            const boarding_call& one = group.calls[next_[g]++];
            if (!may_have(one)) continue;
            ++offered_[g];
            if (one.house != nobody) boarders_[one.house][one.house_rank].push_back(g);
        }
    }

    /// Lowers every bar of a house that overflows; whether there was one.
    bool lower(std::int64_t round) {
        bool any = false;
        for (std::size_t h = 0; h < m_.beds.size(); ++h) {
            auto& in = boarders_[h];
            if (in.size() <= m_.beds[h]) continue;
            any = true;
            while (in.size() > m_.beds[h]) {
                const auto last = std::prev(in.end());
                bars_[h] = last->first;
                for (const std::size_t g : last->second) {
                    --offered_[g];
                    short_of_.push_back(g);
                }
                in.erase(last);
            }
            steps_.push_back({round, static_cast<std::int64_t>(h), bars_[h]});
        }
        return any;
    }

    boarding_certificate written() {
        boarding_certificate made;
        made.bars.assign(bars_.begin(), bars_.end());
        made.steps = std::move(steps_);
        for (std::size_t g = 0; g < m_.groups.size(); ++g) {
            auto& row = made.offers.emplace_back();
            for (std::size_t c = 0; c < next_[g]; ++c)
                if (may_have(m_.groups[g].calls[c])) row.push_back(m_.groups[g].calls[c].applicant);
        }
        return made;
    }

    const boarding_market& m_;
    std::vector<std::uint32_t> bars_;
    std::vector<std::size_t> next_;
    std::vector<std::uint32_t> offered_;
    /// Of each house by rank: in which groups who stands there is offered a place with a bed.
    std::vector<std::map<std::uint32_t, std::vector<std::size_t>>> boarders_;
    std::vector<std::size_t> short_of_;
    std::vector<bar_step> steps_;
};

}  // namespace

std::vector<std::uint32_t> highest_bars(const boarding_market& m) {
    std::vector<std::uint32_t> bars(m.beds.size(), 0);
    for (const boarding_group& group : m.groups)
        for (const boarding_call& one : group.calls)
            if (one.house != nobody)
                bars[one.house] = std::max(bars[one.house], one.house_rank + 1);
    return bars;
}

result<boarding_certificate> boarding_bars(const boarding_market& m) {
    VECHE_CHECK(sound_boarding(m));
    return bar_lowering(m).run();
}

}  // namespace veche::matching
