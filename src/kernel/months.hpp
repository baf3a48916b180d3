#pragma once
// Days counted by months.

#include "kernel/instant.hpp"

namespace veche {

/// The last day of a month, 1 to 12.
date last_of_month(int year, int month);

/// The same day of the month so many months later, or the month's last day where it has none such.
date months_after(date from, int months);

}  // namespace veche
