#include "situation/checks.hpp"

#include <set>

#include "situation/refusal.hpp"

namespace veche::situation {
namespace {

bool answers(const world& w, const body_id& body, const context& ctx, std::string_view type) {
    return charter::require(w.charter, ctx, "situation", body, type).has_value();
}

bool is_common(const series_id& id) {
    for (const std::string_view one : common_series)
        if (id.value == one) return true;
    return false;
}

/// What is wrong with a whole run; its days are looked at one by one.
std::optional<refusal> fault_of(const world& w, const count_run& run, count_basis basis,
                                const context& ctx) {
    const kept<watch_region>* region = w.own.regions.find(run.region);
    if (!region) return refusal{&refusals::region_unknown, "region", {run.region.value}};
    if (!may_report(w, *region, ctx))
        return refusal{&refusals::not_reporter_of, "", {region->what.body.value, run.region.value}};
    if (!is_common(run.series) && !w.own.series.contains(run.series))
        return refusal{&refusals::series_unknown, "series", {run.series.value}};
    const counts* before = w.own.counted.find(counts_key{run.region, run.series});
    if (before && before->basis != basis && !before->versions.empty())
        return refusal{&refusals::basis_differs, "basis", {run.series.value, run.region.value}};
    return std::nullopt;
}

class value_judge {
  public:
    value_judge(const world& w, const context& ctx) : w_(w), today_(date_of(ctx.at).days) {}

    std::optional<refusal> fault(const count_run& run, std::size_t i) {
        const std::int32_t day = run.from.days + static_cast<std::int32_t>(i);
        const watch_region& region = w_.own.regions.find(run.region)->what;
        const auto told = [](std::int32_t at) { return to_text(date{at}); };
        if (day < region.from.days)
            return refusal{&refusals::day_too_early,
                           "from",
                           {told(day), run.region.value, told(region.from.days)}};
        if (region.until && day > region.until->days)
            return refusal{&refusals::day_too_late,
                           "from",
                           {told(day), run.region.value, told(region.until->days)}};
        if (day > today_) return refusal{&refusals::day_to_come, "from", {told(day)}};
        const std::int64_t value = run.values[i];
        if (value < 0 || value > max_count)
            return refusal{&refusals::count_impossible,
                           "values." + std::to_string(i),
                           {std::to_string(value)}};
        std::set<std::int32_t>& days = seen_[{run.region, run.series}];
        if (!days.insert(day).second)
            return refusal{
                &refusals::day_twice, "from", {run.series.value, run.region.value, told(day)}};
        return std::nullopt;
    }

  private:
    const world& w_;
    std::int32_t today_;
    std::map<counts_key, std::set<std::int32_t>> seen_;
};

}  // namespace

bool may_report(const world& w, const kept<watch_region>& region, const context& ctx) {
    const std::optional<office_id>& own = region.what.office;
    if (own && own->value == ctx.auth && w.charter.holds_office(ctx.actor, *own, date_of(ctx.at)))
        return true;
    return answers(w, region.what.body, ctx, report_counts::wire.type);
}

std::vector<count_problem> problems_of(const world& w, const std::vector<count_run>& runs,
                                       count_basis basis, const context& ctx, std::size_t most) {
    std::vector<count_problem> out;
    value_judge judge(w, ctx);
    for (std::size_t r = 0; r < runs.size() && out.size() < most; ++r) {
        const auto run = static_cast<std::int64_t>(r);
        if (auto why = fault_of(w, runs[r], basis, ctx)) {
            out.push_back({run, -1, record_of(*std::move(why))});
            continue;
        }
        for (std::size_t i = 0; i < runs[r].values.size() && out.size() < most; ++i)
            if (auto why = judge.fault(runs[r], i))
                out.push_back({run, static_cast<std::int64_t>(i), record_of(*std::move(why))});
    }
    return out;
}

result<void> check_runs(const world& w, const std::vector<count_run>& runs, count_basis basis,
                        const context& ctx) {
    value_judge judge(w, ctx);
    const auto within = [](std::size_t r, refusal why) {
        why.field = "runs." + std::to_string(r) + (why.field.empty() ? "" : "." + why.field);
        return tl::unexpected<refusal>(std::move(why));
    };
    for (std::size_t r = 0; r < runs.size(); ++r) {
        if (auto why = fault_of(w, runs[r], basis, ctx)) return within(r, *std::move(why));
        for (std::size_t i = 0; i < runs[r].values.size(); ++i)
            if (auto why = judge.fault(runs[r], i)) return within(r, *std::move(why));
    }
    return {};
}

std::int64_t values_in(const std::vector<count_run>& runs) {
    std::int64_t out = 0;
    for (const count_run& one : runs) out += static_cast<std::int64_t>(one.values.size());
    return out;
}

std::int64_t changes_in(const state& s, const std::vector<count_run>& runs) {
    std::int64_t out = 0;
    for (const count_run& one : runs) {
        const counts* before = s.counted.find(counts_key{one.region, one.series});
        if (!before) continue;
        for (std::size_t i = 0; i < one.values.size(); ++i) {
            const std::int64_t known =
                figure_on(*before, one.from.days + static_cast<std::int32_t>(i));
            out += known != no_figure && known != one.values[i] ? 1 : 0;
        }
    }
    return out;
}

std::int64_t figure_on(const counts& of, std::int32_t day) {
    const std::int64_t at = std::int64_t{day} - of.first;
    const bool there = at >= 0 && at < static_cast<std::int64_t>(of.newest.size());
    return there ? of.newest[static_cast<std::size_t>(at)] : no_figure;
}

}  // namespace veche::situation
