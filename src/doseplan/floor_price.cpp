#include "doseplan/floor_price.hpp"

#include <algorithm>

namespace veche::doseplan {

std::vector<ratio> usual_floors(const ratio& decided) {
    std::vector<ratio> out;
    for (std::int64_t hundredths = 0; hundredths <= 100; hundredths += 5)
        out.push_back({hundredths, 100});
    if (std::find(out.begin(), out.end(), decided) == out.end()) out.push_back(decided);
    std::sort(out.begin(), out.end());
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
