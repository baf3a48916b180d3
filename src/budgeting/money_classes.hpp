#pragma once
// What voters hold, in exact rationals: groups who hold the same are one class, so that many are
// reckoned with at once. Engines whose prices do not follow exact_book.hpp keep their money here.

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include <gmpxx.h>

#include "budgeting/supporters.hpp"
#include "kernel/ratio.hpp"

namespace veche::budgeting {

inline mpz_class big(std::int64_t value) {
    static_assert(sizeof(long) == sizeof value);
    return mpz_class(static_cast<long>(value));
}

class money_classes {
  public:
    money_classes(const supporters& index, std::size_t groups) : index_(index), of_group(groups) {}

    /// Everybody holds this; class 0 holds nothing.
    void begin(const mpq_class& endowment) {
        values.assign(2, mpq_class());
        values[1] = endowment;
        about = {0, endowment.get_d()};
        std::fill(of_group.begin(), of_group.end(), sgn(endowment) > 0 ? 1U : 0U);
    }

    /// Each supporter of the project who holds anything comes to hold what `left` says, of what one
    /// held and the points given: not below zero.
    void charge(std::uint32_t project,
                const std::function<mpq_class(std::uint32_t held, std::uint32_t points)>& left) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> becomes;
        std::map<mpq_class, std::uint32_t> alike;
        std::size_t at = index_.begins[project];
        for (const supporter& one : index_.of(project)) {
            const std::uint32_t points = index_.points_at(at++);
            std::uint32_t& mine = of_group[one.group];
            if (mine == 0) continue;
            const auto [known, added] = becomes.try_emplace({mine, points}, 0);
            if (added) known->second = class_of(left(mine, points), alike);
            mine = known->second;
        }
    }

    std::vector<mpq_class> values;
    std::vector<double> about;  ///< values, each within one unit in the last place

  private:
    std::uint32_t class_of(mpq_class value, std::map<mpq_class, std::uint32_t>& alike) {
        if (sgn(value) == 0) return 0;
        const auto [known, added] =
            alike.try_emplace(std::move(value), static_cast<std::uint32_t>(values.size()));
        if (added) {
            about.push_back(known->first.get_d());
            values.push_back(known->first);
        }
        return known->second;
    }

    const supporters& index_;

  public:
    std::vector<std::uint32_t> of_group;  ///< class of each group
};

}  // namespace veche::budgeting
