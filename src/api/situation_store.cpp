#include "api/situation_store.hpp"

#include <algorithm>
#include <functional>

#include "epidemic/blocks.hpp"

namespace veche::api {
namespace {

constexpr double hundredths = 100;
constexpr std::size_t least_days = 21;
constexpr std::size_t least_late_cases = 30;  // fewer teach nothing of delays

/// What each day added. What came after days without a figure stands on its own day.
void take_days(const situation::counts_view& of, assessed_counts& into) {
    std::optional<std::int64_t> before;
    for (const situation::day_row& one : of.days) {
        const bool sums = of.basis == situation::count_basis::so_far;
        // The first sum holds all days before it.
        if (sums && !before) {
            before = one.value;
            continue;
        }
        std::int64_t gained = 0;
        if (one.value) gained = sums ? *one.value - *before : *one.value;
        if (one.value && sums) before = one.value;
        into.days.push_back(one.day);
        into.cases.push_back(static_cast<double>(std::max<std::int64_t>(0, gained)));
    }
}

/// Days between figures as blocks.
std::vector<epidemic::block> blocks_in(const situation::counts_view& of,
                                       const assessed_counts& days) {
    std::vector<epidemic::block> out;
    std::size_t length = 0;
    const std::size_t skipped = of.days.size() - days.cases.size();
    for (std::size_t i = 0; i < days.cases.size(); ++i) {
        ++length;
        if (!of.days[i + skipped].value) continue;
        out.push_back({days.cases[i], length});
        length = 0;
    }
    return out;
}

/// What each day was known to have added 0, 1, 2, .. days after it, up to the day of the newest
/// report. Days before the first report say nothing of delays: they stand as they are known now.
struct triangle_read {
    epidemic::reporting rows;
    std::size_t learn_from = 0;
};
triangle_read reporting_in(const situation::counts_view& of, const assessed_counts& days) {
    const std::int32_t first = of.days.front().day.days, last = of.days.back().day.days;
    const std::int32_t newest_report = std::max(last, date_of(of.versions.back().at).days);
    const std::int32_t oldest_report = date_of(of.versions.front().at).days;
    const auto count = static_cast<std::size_t>(newest_report - first + 1);
    const bool sums = of.basis == situation::count_basis::so_far;
    std::vector<std::int64_t> known(count, -1);
    const std::size_t skipped = of.days.size() - days.cases.size();
    triangle_read out;
    out.rows.resize(count - skipped);
    const std::int32_t begun = oldest_report - first - static_cast<std::int32_t>(skipped);
    out.learn_from = static_cast<std::size_t>(std::max(0, begun));
    for (std::size_t t = 0; t < std::min(out.learn_from, days.cases.size()); ++t)
        out.rows[t].assign(1, days.cases[t]);
    constexpr std::int32_t longest = 29;
    std::size_t next = 0;
    for (std::int32_t now = first; now <= newest_report; ++now) {
        for (; next < of.versions.size() && date_of(of.versions[next].at).days <= now; ++next) {
            const std::int64_t at = of.versions[next].day.days - first;
            if (at >= 0 && at < static_cast<std::int64_t>(count))
                known[static_cast<std::size_t>(at)] = of.versions[next].value.value_or(-1);
        }
        for (std::int32_t age = 0; age < longest; ++age) {
            const std::int64_t at = std::int64_t{now} - age - first;
            if (at < static_cast<std::int64_t>(skipped + out.learn_from)) continue;
            const auto day = static_cast<std::size_t>(at);
            std::int64_t gained = std::max<std::int64_t>(0, known[day]);
            if (sums)
                gained = known[day] < 0 || known[day - 1] < 0
                             ? 0
                             : std::max<std::int64_t>(0, known[day] - known[day - 1]);
            auto& row = out.rows[day - skipped];
            if (row.size() == static_cast<std::size_t>(age))
                row.push_back(static_cast<double>(gained));
        }
    }
    return out;
}

}  // namespace

assessed_counts assess_counts(const situation::counts_view& of, const situation::method_row& method,
                              std::int32_t every_days) {
    assessed_counts out;
    out.lacks = "few_days";
    take_days(of, out);
    if (out.days.size() < least_days) return out;
    auto w = epidemic::discretised(method.mean_hundredths / hundredths,
                                   method.deviation_hundredths / hundredths, out.cases.size());
    epidemic::estimate_settings how;
    how.window = static_cast<std::size_t>(method.window);
    if (!w) return out;
    if (every_days > 1) {
        out.spread_out = true;
        const auto spread = epidemic::spread_over_days(blocks_in(of, out), *w, how);
        if (!spread) return out;
        auto windows = epidemic::estimate_blocks(*spread, *w, how);
        if (!windows || windows->empty()) return out;
        out.cases = spread->daily;
        out.days.resize(out.cases.size());
        out.made.interval = *std::move(w);
        out.made.windows = *std::move(windows);
        out.lacks.clear();
        return out;
    }
    auto made = epidemic::assess({out.cases, {}}, *w, how);
    if (!made || made->windows.empty()) return out;
    out.made = *std::move(made);
    out.lacks.clear();
    const triangle_read read = reporting_in(of, out);
    epidemic::nowcast_settings late;
    late.learn_from = read.learn_from;
    epidemic::nowcast now = epidemic::nowcast_of(read.rows, late);
    if (now.days.size() > out.days.size()) now.days.resize(out.days.size());
    if (now.learned_from < least_late_cases || !now.incomplete_from) return out;
    if (auto over = epidemic::estimate_nowcast(now, *w, how)) {
        out.now = std::move(now);
        out.over_now = *std::move(over);
    }
    return out;
}

result<std::shared_ptr<const assessed_counts>> situation_store::get(const std::string& key,
                                                                    const maker& make) {
    {
        const std::lock_guard lock(guard_);
        if (const auto there = held_.find(key); there != held_.end()) return there->second;
    }
    // Made outside of the lock: two who ask at once do it twice, and get the same.
    auto made = std::make_shared<const assessed_counts>(VECHE_TRY(make()));
    const std::lock_guard lock(guard_);
    if (held_.size() >= most_held) held_.clear();
    return held_.emplace(key, std::move(made)).first->second;
}

}  // namespace veche::api
