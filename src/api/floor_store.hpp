#pragma once
// What the floor of a stated plan of doses costs, as it was asked for once: the plan solved again
// for each step of the floor. It binds nobody. A plan never changes, so neither does its price.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "doseplan/floor_price.hpp"

namespace veche::api {

using floor_prices = std::vector<doseplan::floor_step>;

class floor_store {
  public:
    static constexpr std::size_t most_held = 100;
    /// Regions times groups times weeks of a plan that is solved while somebody waits; of a larger
    /// one the command line tells the price.
    static constexpr std::size_t most_columns = 4'000;

    /// `key`: the hash of the plan. Nothing where the plan is too large.
    std::shared_ptr<const floor_prices> get(const std::string& key,
                                            const shares::death_problem& problem);

  private:
    std::mutex guard_;
    std::map<std::string, std::shared_ptr<const floor_prices>> held_;
};

}  // namespace veche::api
