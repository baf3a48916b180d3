#pragma once
// How far a measure is, what its parts make of it, and when it will be done if it goes on as it
// went. All in whole numbers, rounded down where something must be rounded.
//
// Progress, in hundredths of a percent:
//   done: all of it. With parts: the sum of weight times progress over the sum of weights, dropped
//   parts left out, a part of which nothing is known counted as nothing done. Otherwise, with
//   milestones: those reached over all. Otherwise, for a value to reach (at_least, share, by_date
//   with a number above 0): the newest value over the target. Otherwise it is not known.
//
// Forecast of the last day, by the first of these that says something:
//   parts       the latest forecast of a part
//   milestones  the due day, moved by the slip of the newest milestone that was reached or is over:
//               the days between its own day and the day on which it was reached, or today
//   reports     from the day it was added to the day of the newest value so much was done; the rest
//               takes as long for as much: added + days * 10000 / progress, rounded up
// What it waits for and is not done moves the day to the forecast of that, or its due day. No
// forecast lies before today or more than ten years after the due day.

#include <map>

#include "programme/figures.hpp"
#include "programme/programme.hpp"

namespace veche::programme {

enum class forecast_basis : std::uint8_t { none, done, parts, milestones, reports, waits };
VECHE_CHOICES(forecast_basis, none, done, parts, milestones, reports, waits)

struct outlook {
    std::vector<value_point> values;  ///< told by the journal, else as reported
    target_state target = target_state::not_known;
    std::optional<std::int32_t> progress;  ///< hundredths of a percent
    std::int64_t days_late = 0;            ///< its own
    std::int64_t days_late_in_all = 0;     ///< its own, or of the latest of its parts
    std::int32_t parts = 0;                ///< that are not dropped, at any depth
    std::int32_t parts_late = 0;
    bool waiting = false;  ///< for something that is not done
    forecast_basis basis = forecast_basis::none;
    std::optional<date> finish;
    std::int64_t late_by = 0;  ///< days that the forecast lies after the due day
};

/// Looks at the whole programme at one moment. Parts and what is waited for form no circle
/// (checks.hpp), so each measure is looked at once, after all it leads to.
class prospect {
  public:
    prospect(const world&, instant now);

    [[nodiscard]] const outlook& of(const measure_id& id) const { return looked_.at(id); }
    [[nodiscard]] const std::vector<measure_id>& parts_of(const measure_id&) const;
    /// Measures that wait for it, directly or over others, that are still open.
    [[nodiscard]] std::vector<measure_id> held_up_by(const measure_id&) const;
    /// Appropriated to the measure and to all its parts, by unit, ascending.
    [[nodiscard]] std::vector<amount> money_in_all(const measure_id&,
                                                   std::optional<std::int32_t> year) const;

  private:
    [[nodiscard]] std::vector<const measure*> in_order() const;
    [[nodiscard]] outlook look(const measure&) const;
    void add_parts(const measure&, outlook&) const;
    void forecast(const measure&, outlook&) const;
    void wait(const measure&, outlook&) const;

    world world_;
    instant now_;
    date today_;
    std::map<measure_id, std::vector<measure_id>> parts_;
    std::map<measure_id, std::vector<measure_id>> waiting_;
    std::map<measure_id, outlook> looked_;
};

}  // namespace veche::programme
