#include "api/floor_store.hpp"

namespace veche::api {

std::shared_ptr<const floor_prices> floor_store::get(const std::string& key,
                                                     const shares::death_problem& problem) {
    if (shares::column_of(problem, problem.regions.size(), 0, 0) > most_columns) return nullptr;
    {
        const std::lock_guard lock(guard_);
        if (const auto there = held_.find(key); there != held_.end()) return there->second;
    }
    // Made outside of the lock: two who ask at once do it twice, and get the same.
    auto made = std::make_shared<const floor_prices>(
        doseplan::floor_steps(problem, doseplan::usual_floors(problem.floor)));
    const std::lock_guard lock(guard_);
    if (held_.size() >= most_held) held_.clear();
    return held_.emplace(key, std::move(made)).first->second;
}

}  // namespace veche::api
