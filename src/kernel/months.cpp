#include "kernel/months.hpp"

#include <algorithm>

namespace veche {

date last_of_month(int year, int month) {
    const civil next = month == 12 ? civil{year + 1, 1, 1} : civil{year, month + 1, 1};
    return {date_from(next).days - 1};
}

date months_after(date from, int months) {
    const civil day = civil_of(from);
    const int counted = day.year * 12 + day.month - 1 + months;
    const int year = counted / 12;
    const int month = counted % 12 + 1;
    const int most = civil_of(last_of_month(year, month)).day;
    return date_from({year, month, std::min(day.day, most)});
}

}  // namespace veche
