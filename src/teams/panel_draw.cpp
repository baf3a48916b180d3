#include <algorithm>

#include "kernel/check.hpp"
#include "kernel/lottery.hpp"
#include "teams/kinds.hpp"
#include "teams/refusal.hpp"

namespace veche::teams {

result<std::vector<std::string>> draw(const panel_call& c, const panel_outcome& made,
                                      const std::string& number) {
    const auto seed = hash_from_hex(number);
    if (!seed) return refuse(refusals::seed_malformed, "draw");
    VECHE_ENSURE(made.what == panel_verdict::lottery, "drawn is only from a lottery");
    // The panel in whose stretch of [0, 1) the number over 2^256 lies.
    mpq_class at(mpz_class(number, 16), mpz_class(1) << 256);
    at.canonicalize();
    const panel* drawn = &made.panels.back();
    mpq_class end = 0;
    for (const panel& one : made.panels) {
        end += mpq_class(one.probability);
        if (at >= end) continue;
        drawn = &one;
        break;
    }
    std::vector<std::vector<std::pair<hash256, std::size_t>>> keys(made.kinds.size());
    const auto kind_of = kind_of_people(c, made.kinds);
    for (std::size_t p = 0; p < c.people.size(); ++p)
        keys[kind_of[p]].emplace_back(lottery_key(*seed, c.id, every_programme, c.people[p].id), p);
    std::vector<std::string> people;
    for (std::size_t k = 0; k < keys.size(); ++k) {
        std::sort(keys[k].begin(), keys[k].end());
        for (std::int64_t n = 0; n < drawn->counts[k]; ++n)
            people.push_back(c.people[keys[k][static_cast<std::size_t>(n)].second].id);
    }
    std::sort(people.begin(), people.end());
    return people;
}

}  // namespace veche::teams
