#include "situation/known.hpp"

#include <algorithm>

namespace veche::situation {

std::uint32_t reports_known(const state& s, std::optional<instant> at) {
    if (!at) return static_cast<std::uint32_t>(s.reports.size());
    std::uint32_t low = 0, high = static_cast<std::uint32_t>(s.reports.size());
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (s.reports[middle].done.at <= *at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::int64_t figures::on(std::int32_t day) const {
    const std::int64_t at = std::int64_t{day} - first;
    const bool there = at >= 0 && at < static_cast<std::int64_t>(values.size());
    return there ? values[static_cast<std::size_t>(at)] : no_figure;
}

std::optional<std::int32_t> figures::newest() const {
    for (std::size_t i = values.size(); i > 0; --i)
        if (values[i - 1] != no_figure) return first + static_cast<std::int32_t>(i - 1);
    return std::nullopt;
}

std::int32_t figures::oldest() const {
    std::int32_t day = first;
    while (on(day) == no_figure) ++day;
    return day;
}

std::optional<std::int64_t> figures::gained(std::int32_t day) const {
    return gained(day, 1);
}

std::optional<std::int64_t> figures::gained(std::int32_t day, std::int32_t days) const {
    if (on(day) == no_figure) return std::nullopt;
    if (basis == count_basis::so_far) {
        const std::int64_t before = on(day - days);
        return before == no_figure ? std::nullopt : std::optional(on(day) - before);
    }
    std::int64_t sum = 0;
    for (std::int32_t one = day - days + 1; one <= day; ++one) {
        if (on(one) == no_figure) return std::nullopt;
        sum += on(one);
    }
    return sum;
}

figures figures_known(const counts& of, std::uint32_t reports) {
    figures out{of.basis, of.first, {}};
    if (of.versions.empty() || of.versions.back().report < reports) {
        out.values = of.newest;
        return out;
    }
    out.values.assign(of.newest.size(), no_figure);
    for (const count_version& one : of.versions) {
        if (one.report >= reports) break;
        out.values[static_cast<std::size_t>(one.day - of.first)] = one.value;
    }
    return out;
}

std::vector<revision> revisions_in(const counts& of, std::uint32_t reports) {
    std::vector<std::int64_t> known(of.newest.size(), no_figure);
    std::vector<revision> out;
    for (const count_version& one : of.versions) {
        if (one.report >= reports) break;
        std::int64_t& before = known[static_cast<std::size_t>(one.day - of.first)];
        if (before != no_figure) out.push_back({one.day, before, one.value, one.report});
        before = one.value;
    }
    return out;
}

}  // namespace veche::situation
