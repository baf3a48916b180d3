#pragma once
// Experiments in one line of text, as the command line and published findings write them
// (docs/equilibrium.md):
//
//   border   COLUMN                 a dummy of borders to 0 between all territories
//            COLUMN: A, B, C        or only between these
//   member   COLUMN: A = B, C       a dummy of an agreement to 1 between A and B, C, both ways
//   set      COLUMN = VALUE         a column everywhere, or
//            COLUMN = VALUE where FILTER
//   tariff   A, B > C = 0, 25       in percent, before and after; * for all others
//   barrier  A > B = 12             in percent of a tariff, or with its interval
//            A > B = 12, 8, 16

#include "gravity/experiment.hpp"

namespace veche::gravity {

enum class experiment_kind : std::uint8_t { border, member, set, tariff, barrier };
VECHE_CHOICES(experiment_kind, border, member, set, tariff, barrier)

/// Refuses what is not written so, and what the experiment itself refuses. `level` is that of a
/// barrier's interval.
result<experiment> experiment_of(const cross_section&, experiment_kind, std::string_view text,
                                 double level);

/// "log(dist) = -0.79" or, with a standard error, "log(dist) = -0.79, 0.05".
result<given_coefficient> coefficient_of(std::string_view text);

/// The forms above, for help and for refusals.
std::string_view form_of(experiment_kind);

}  // namespace veche::gravity
