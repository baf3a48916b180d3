#include "teams/score.hpp"

#include <algorithm>

#include "kernel/lottery.hpp"

namespace veche::teams {

constexpr std::int64_t most_lot = 65'535;

score::score(const problem& of, const call& c)
    : call_(c),
      seed_(hash_from_hex(c.seed.value_or("")).value_or(hash256{})),
      people_(of.people_count()) {
    for (std::uint32_t p = 0; p < of.people_count(); ++p) {
        std::int64_t greatest = 0;
        for (std::uint32_t i = of.begins[p]; i < of.begins[p + 1]; ++i)
            greatest = std::max({greatest, of.options[i].utility, -of.options[i].utility});
        above_ += 2 * greatest;
    }
    if (c.seed) below_ = 1 + most_lot * people_;
}

int128 score::aim_of(const option& o) const {
    return call_.first == aim::utility_then_placed ? o.utility * (people_ + 1) + 1
                                                   : above_ + o.utility;
}

void score::weigh(problem& of, int128 grain) const {
    for (option& o : of.options) {
        o.weight = aim_of(o) * below_;
        if (call_.seed) {
            const hash256 key = lottery_key(seed_, call_.id, of.sites[o.site], of.people[o.person]);
            o.weight += most_lot - (key[0] * 256 + key[1]);
        }
        o.weight *= grain;
    }
}

void score::weigh_apart(problem& of, const std::vector<std::uint32_t>& at, int128 grain) const {
    for (std::uint32_t i = 0; i < of.options.size(); ++i) {
        option& o = of.options[i];
        const std::uint32_t here = at[o.person];
        const int apart = here == i ? -1 : here == nowhere ? 1 : 0;
        o.weight = (aim_of(o) * (2 * people_ + 1) + apart) * grain;
    }
}

}  // namespace veche::teams
