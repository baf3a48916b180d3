#include "situation/flags.hpp"

#include <algorithm>

namespace veche::situation {
namespace {

constexpr std::int32_t unchanged_days = 14;

/// Days from the first with a figure to the newest, as one flag that grows.
class flag_gathering {
  public:
    flag_gathering(flag_kind kind, const series_id& series) {
        row_.kind = kind, row_.series = series;
    }
    void add(std::int32_t day, std::optional<std::int64_t> by = {}) {
        if (!row_.from) row_.from = date{day};
        row_.to = date{day};
        ++row_.days;
        if (by) row_.amount = row_.amount.value_or(0) + *by;
    }
    void put(std::vector<flag_row>& into) const {
        if (row_.days > 0) into.push_back(row_);
    }

  private:
    flag_row row_;
};

}  // namespace

std::vector<flag_row> flags_of(const series_id& series, const figures& of,
                               std::int32_t every_days) {
    std::vector<flag_row> out;
    const std::optional<std::int32_t> newest = of.newest();
    if (!newest) return out;
    flag_gathering gaps(flag_kind::gap, series), falls(flag_kind::fell, series);
    std::int64_t known = no_figure;
    std::int32_t still = *newest;  // the first day of the stretch that stands still
    std::int32_t before = of.oldest();
    for (std::int32_t day = before; day <= *newest; ++day) {
        const std::int64_t value = of.on(day);
        if (value == no_figure) continue;
        for (std::int32_t missing = before + 1; day - before > every_days && missing < day;
             ++missing)
            gaps.add(missing);
        before = day;
        if (of.basis == count_basis::so_far && value < known) falls.add(day, known - value);
        if (value != known) still = day;
        known = value;
    }
    gaps.put(out);
    falls.put(out);
    const bool stands = of.basis == count_basis::so_far || known == 0;
    if (stands && *newest - still >= unchanged_days) {
        flag_row row;
        row.kind = flag_kind::unchanged;
        row.series = series;
        row.from = date{still};
        row.to = date{*newest};
        row.days = *newest - still;
        out.push_back(row);
    }
    return out;
}

compared compare(const figures& total, const std::vector<figures>& parts) {
    compared out;
    const std::optional<std::int32_t> newest = total.newest();
    if (!newest || parts.empty()) return out;
    for (std::int32_t day = total.oldest(); day <= *newest; ++day) {
        const std::int64_t whole = total.on(day);
        std::int64_t sum = 0;
        const bool all =
            whole != no_figure && std::all_of(parts.begin(), parts.end(), [&](const figures& one) {
                const std::int64_t value = one.on(day);
                sum += value;
                return value != no_figure;
            });
        if (!all) continue;
        ++out.days;
        out.day = day;
        out.total = whole;
        out.sum = sum;
        if (whole == sum) {
            ++out.equal;
        } else {
            if (!out.first_differing) out.first_differing = day;
            out.last_differing = day;
        }
    }
    return out;
}

}  // namespace veche::situation
