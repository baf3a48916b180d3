#include "gravity/level_counts.hpp"

#include <algorithm>

namespace veche::gravity {

void level_counts::add(const level_counts& other) {
    for (std::size_t level = 0; level < of_.size(); ++level) {
        const std::uint8_t one = of_[level];
        const std::uint8_t two = other.of_[level];
        of_[level] = static_cast<std::uint8_t>(one | two | (one & two & borne) << 1);
    }
}

std::int32_t level_counts::in_use() const {
    return static_cast<std::int32_t>(
        std::count_if(of_.begin(), of_.end(), [](std::uint8_t one) { return one != 0; }));
}

level_counts count_levels(const model& m, const sample& s, const grouping& effect,
                          numerics::workers& crew) {
    const std::size_t n = s.of_row.size();
    const auto threads = static_cast<std::size_t>(crew.threads());
    const std::size_t parts = std::clamp<std::size_t>(n / rows_of_part, 1, threads);
    std::vector<level_counts> counts(parts, level_counts(static_cast<std::size_t>(effect.levels)));
    crew.run(parts, [&](std::size_t part) {
        level_counts& own = counts[part];
        for (std::size_t i = n * part / parts; i < n * (part + 1) / parts; ++i)
            if (s.of_row[i] == fate::used) own.add(effect.code[i], m.outcome[i] != 0);
    });
    for (std::size_t part = 1; part < parts; ++part) counts[0].add(counts[part]);
    return std::move(counts[0]);
}

}  // namespace veche::gravity
