// Data sets as an office may register them: whatever a text holds is taken into a cube or refused,
// and what was taken answers every question. Parts sum to their whole. Lists of names likewise.

#include <cmath>
#include <cstdint>
#include <string_view>

#include "explore/labels.hpp"
#include "explore/space.hpp"

namespace {

using namespace veche::explore;

void ask(const flow_cube& cube, const question& asked) {
    const auto made = sums(cube, asked);
    if (!made) return;
    double sum = 0;
    for (const sum_row& row : made->rows) sum += row.value;
    if (std::abs(sum - made->total) > 1e-9 * std::max(1.0, std::abs(sum))) __builtin_trap();
    const auto some = largest(made->rows, 2);
    if (some.size() > made->rows.size() + 1) __builtin_trap();
    if (const auto over = sums_over_time(cube, asked))
        for (const series_row& row : over->rows)
            if (row.values.size() != cube.periods.size()) __builtin_trap();
    (void)ways_of(cube, asked);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (is_label_table(text)) (void)read_labels(text);
    const auto cube = cube_of(text, "fuzz");
    if (!cube || cube->areas.empty() || cube->periods.empty()) return 0;
    if (!holds_flows(text)) __builtin_trap();
    question asked;
    asked.members = {cube->areas.front()};
    for (const chosen_side side : {chosen_side::own, chosen_side::partner, chosen_side::reconciled})
        for (const grouping by : {grouping::partner, grouping::product})
            for (const bool exports : {true, false}) {
                asked.side = side;
                asked.by = by;
                asked.exports = exports;
                asked.of = exports ? cube->areas.back() : std::string(the_union);
                asked.with = exports ? std::string(third) : "";
                asked.period = cube->periods.back();
                ask(*cube, asked);
            }
    for (const std::size_t level : product_levels(*cube))
        (void)space_of_period(*cube, cube->periods.front(), chosen_side::reconciled, level);
    return 0;
}
