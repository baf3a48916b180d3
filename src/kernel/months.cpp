#include "kernel/months.hpp"

#include <algorithm>

namespace veche {

date last_of_month(int year, int month) {
    return date_from({year, month, days_in(year, month)});
}

date months_after(date from, int months) {
    const civil day = civil_of(from);
    const int counted = day.year * 12 + day.month - 1 + months;
    const int year = counted / 12;
    const int month = counted % 12 + 1;
    return date_from({year, month, std::min(day.day, days_in(year, month))});
}

}  // namespace veche
