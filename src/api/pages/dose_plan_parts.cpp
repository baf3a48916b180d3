#include "api/pages/dose_plan_parts.hpp"

#include <algorithm>

#include "api/floor_store.hpp"
#include "doses/planned.hpp"
#include "kernel/hash.hpp"
#include "numerics/digits.hpp"
#include "render/charts.hpp"

namespace veche::api::pages {
namespace {

/// Cut to hundredths, for reading.
ratio hundredths_of(const std::string& fraction) {
    std::string digits = shares::in_decimals(fraction);
    if (digits.size() > 22) return {0, 1};
    digits.erase(digits.size() - 4);
    digits.erase(digits.find('.'), 1);
    return {std::stoll(digits), 100};
}

std::string percent_words(const visit& here, const ratio& part) {
    const double value = 100.0 * static_cast<double>(part.num) / static_cast<double>(part.den);
    return here.texts.locale().digits(numerics::digits(value, 4)) + "\u00a0%";
}

render::markup floor_picture(const visit& here, const std::vector<floor_row>& rows) {
    render::chart_line line{"", here.text("doses.averted"), {}, render::chart_kind::own};
    std::vector<render::chart_tick> floors;
    double most = 1;
    for (const floor_row& one : rows) {
        const double deaths =
            static_cast<double>(one.averted.num) / static_cast<double>(one.averted.den);
        most = std::max(most, deaths);
        line.values.emplace_back(deaths);
        floors.push_back({static_cast<double>(one.floor.num) / static_cast<double>(one.floor.den),
                          percent_words(here, one.floor)});
    }
    std::vector<render::chart_tick> ticks;
    for (const double at : render::axis_steps(most))
        ticks.push_back({at, here.texts.locale().digits(numerics::digits(at, 6))});
    return render::lines(here.text("doses.floor_price"), here.text("doses.floor_plot_says"), floors,
                         ticks, {line});
}

}  // namespace

dose_plan_part priced_plan(const visit& here, const doses::allocate& asked,
                           const doses::plan_view& plan, std::int32_t vial) {
    dose_plan_part out;
    if (!plan.holds) return out;
    const std::string key = to_hex(sha256(to_json(asked) + std::to_string(vial)));
    const auto steps = here.site.floors->get(key, doses::problem_of(asked, vial));
    out.too_large = !steps;
    if (!steps || steps->empty()) return out;
    for (const doseplan::floor_step& one : *steps) {
        shares::death_plan both;
        both.bound = steps->front().averted;
        both.averted = one.averted;
        out.floors.push_back({one.floor, hundredths_of(one.averted),
                              hundredths_of(shares::gap_of(both)), hundredths_of(one.bound),
                              one.floor == plan.floor});
    }
    out.ends = percent_words(here, out.floors.back().floor);
    out.picture = floor_picture(here, out.floors);
    return out;
}

}  // namespace veche::api::pages
