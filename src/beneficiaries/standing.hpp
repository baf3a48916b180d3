#pragma once
// Where the report of a payer for a year stands on a day: by rule, nobody types it in.

#include "beneficiaries/state.hpp"

namespace veche::beneficiaries {

enum class report_standing : std::uint8_t {
    running,  ///< the year is not over
    awaited,  ///< it is over; there is time left
    missing,  ///< there is no time left, and no report
    zero,     ///< it says that nothing was paid
    given     ///< it names payments
};
VECHE_CHOICES(report_standing, running, awaited, missing, zero, given)

/// The last day on which the report for the year is in time.
date due_day(const name_payer&, std::int32_t year);

/// `of`: the report, or nothing where none was given.
report_standing standing_of(const name_payer&, std::int32_t year, const report* of, date today);

}  // namespace veche::beneficiaries
