#include "doseplan/floor_price.hpp"

namespace veche::doseplan {

std::vector<ratio> usual_floors(const ratio& decided) {
    constexpr std::int64_t parts = 4, most_parts = 8;
    std::vector<ratio> out;
    for (std::int64_t step = 0; step <= most_parts; ++step) {
        const ratio floor = decided.num == 0 ? ratio{5 * step, 100}
                                             : ratio{decided.num * step, decided.den * parts};
        // Never more than everybody; the floor itself is kept as it was written.
        if (floor > ratio{1, 1}) break;
        out.push_back(step == parts && decided.num != 0 ? decided : floor);
    }
    return out;
}

std::vector<floor_step> floor_steps(shares::death_problem in, std::span<const ratio> floors) {
    std::vector<floor_step> out;
    for (const ratio& floor : floors) {
        in.floor = floor;
        const auto made = plan(in);
        if (!made) break;
        out.push_back({floor, made->averted, made->bound});
    }
    return out;
}

}  // namespace veche::doseplan
