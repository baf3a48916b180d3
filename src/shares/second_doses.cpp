#include "shares/second_doses.hpp"

#include <algorithm>

#include "shares/refusal.hpp"

namespace veche::shares {
namespace {

constexpr std::size_t most_dose_weeks = 1'040;
constexpr std::int64_t most_weekly = 1'000'000'000'000;

result<void> check_weeks(const second_dose_question& in) {
    if (in.supply.empty() || in.supply.size() > most_dose_weeks)
        return refuse(refusals::number_out_of_range, "weeks", std::to_string(most_dose_weeks));
    if (in.interval < 1 || in.interval > static_cast<std::int32_t>(most_dose_weeks))
        return refuse(refusals::number_out_of_range, "interval", std::to_string(most_dose_weeks));
    if (in.horizon < 0 || in.horizon > static_cast<std::int32_t>(most_dose_weeks))
        return refuse(refusals::number_out_of_range, "horizon", std::to_string(most_dose_weeks));
    for (const std::int64_t one : in.supply)
        if (one < 0 || one > most_weekly)
            return refuse(refusals::number_out_of_range, "supply", std::to_string(most_weekly));
    return {};
}

/// Second doses that fall due after week t and until the horizon, of firsts given before week t.
std::int64_t due_soon(const second_dose_run& so_far, const second_dose_question& in,
                      std::size_t t) {
    std::int64_t sum = 0;
    const auto interval = static_cast<std::size_t>(in.interval);
    for (std::size_t s = t + 1; s <= t + static_cast<std::size_t>(in.horizon); ++s)
        if (s >= interval && s - interval < t) sum += so_far.weeks[s - interval].firsts;
    return sum;
}

/// Of what is free after second doses.
std::int64_t firsts_of(const second_dose_run& so_far, const second_dose_question& in, std::size_t t,
                       std::int64_t stock, std::int64_t late) {
    switch (in.policy) {
        case reserve_policy::release:
            return stock;
        case reserve_policy::lockbox:
            // Every second dose that was promised lies in the box; what is beside it is free.
            return std::max<std::int64_t>(0, stock - (so_far.firsts - so_far.seconds)) / 2;
        case reserve_policy::set_aside:
            break;
    }
    const std::int64_t free = std::max<std::int64_t>(0, stock - late - due_soon(so_far, in, t));
    // Where the horizon reaches their own second doses, first ones keep those too.
    return in.horizon >= in.interval ? free / 2 : free;
}

}  // namespace

result<second_dose_run> run_policy(const second_dose_question& in) {
    VECHE_CHECK(check_weeks(in));
    second_dose_run out;
    std::int64_t stock = 0;
    std::int64_t late = 0;
    const auto interval = static_cast<std::size_t>(in.interval);
    for (std::size_t t = 0; t < in.supply.size(); ++t) {
        dose_week week;
        week.came = in.supply[t];
        stock += week.came;
        week.due = late + (t >= interval ? out.weeks[t - interval].firsts : 0);
        week.seconds = std::min(week.due, stock);
        stock -= week.seconds;
        out.seconds += week.seconds;
        late = week.late = week.due - week.seconds;
        week.firsts = firsts_of(out, in, t, stock, late);
        stock -= week.firsts;
        out.firsts += week.firsts;
        week.kept = stock;
        out.peak_reserve = std::max(out.peak_reserve, stock);
        out.late_weeks += late;
        out.covered_weeks += out.firsts;
        out.weeks.push_back(week);
    }
    return out;
}

}  // namespace veche::shares
