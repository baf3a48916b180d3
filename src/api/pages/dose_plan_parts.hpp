#pragma once
// A plan of fewest deaths on a page: beside plain rules, and with the price of its floor.

#include "api/pages/visit.hpp"
#include "doses/views.hpp"

namespace veche::api::pages {

/// One step of the floor. `chosen`: the one that was decided, or is proposed.
struct floor_row {
    ratio floor;
    ratio averted;
    ratio fewer;
    ratio bound;
    bool chosen = false;
};
VECHE_VIEW(floor_row, (floor, "The floor."), (averted, "Deaths averted."),
           (fewer, "Fewer than without a floor."), (bound, "What no plan with it exceeds."),
           (chosen, "Whether it is the floor of this plan."))

struct dose_plan_part {
    std::vector<floor_row> floors;
    render::markup picture;
    bool too_large = false;
    std::string ends;
};
VECHE_VIEW(dose_plan_part, (floors, "The price of the floor, step by step."),
           (picture, "The same as a picture."),
           (too_large, "Whether the plan is too large to be solved here."),
           (ends, "The highest floor that can be kept among the steps, in words."))

/// `vial`: doses in a vial of the product. Of a plan that does not hold nothing is solved.
dose_plan_part priced_plan(const visit& here, const doses::allocate& asked,
                           const doses::plan_view& plan, std::int32_t vial);

}  // namespace veche::api::pages
