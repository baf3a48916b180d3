#include "situation/views.hpp"

#include <algorithm>
#include <map>

#include "kernel/part_of.hpp"
#include "situation/flags.hpp"
#include "situation/refusal.hpp"

namespace veche::situation {
namespace {

constexpr std::size_t most_problems = 200;
constexpr std::int64_t per_people = 100'000, hundredths = 100;

/// The last moment of the day that was asked for; nothing for now.
std::optional<instant> moment_of(const std::optional<date>& known) {
    if (!known) return std::nullopt;
    return instant{start_of(date{known->days + 1}).ms - 1};
}

region_name name_of_region(const world& w, const region_id& id) {
    const std::optional<known_place> one = w.around ? w.around->find(id) : std::nullopt;
    return one ? region_name{id, one->names, one->member} : region_name{id, {}, {}};
}

/// The series of a region, common ones first; those that were ever reported.
std::vector<series_id> series_of(const world& w, const region_id& region) {
    std::vector<series_id> out;
    for (const std::string_view one : common_series) {
        const series_id id{std::string(one)};
        if (w.own.counted.contains(counts_key{region, id})) out.push_back(id);
    }
    for (const auto& [id, named] : w.own.series)
        if (w.own.counted.contains(counts_key{region, id})) out.push_back(id);
    return out;
}

figures figures_of(const world& w, const region_id& region, const series_id& series,
                   std::uint32_t reports) {
    const counts* of = w.own.counted.find(counts_key{region, series});
    return of ? figures_known(*of, reports) : figures{};
}

/// Hundredths per 100,000 people, to the nearest.
std::optional<std::int64_t> rate_of(std::optional<std::int64_t> count,
                                    std::optional<std::int64_t> people) {
    if (!count || !people || *people <= 0) return std::nullopt;
    const int128 twice = int128{*count} * per_people * hundredths * 2;
    const int128 below = int128{*people} * 2;
    return static_cast<std::int64_t>((twice + (*count < 0 ? -*people : *people)) / below);
}

series_row row_of_series(const world& w, const series_id& id, const figures& of,
                         std::optional<std::int64_t> people) {
    series_row row;
    row.series = id;
    if (const auto* named = w.own.series.find(id)) row.names = named->what.names;
    row.basis = of.basis;
    const std::optional<std::int32_t> newest = of.newest();
    if (!newest) return row;
    row.newest = date{*newest};
    if (of.basis == count_basis::so_far) row.total = of.on(*newest);
    row.week = of.gained(*newest, 7);
    row.fortnight = of.gained(*newest, 14);
    row.week_per_100k = rate_of(row.week, people);
    row.fortnight_per_100k = rate_of(row.fortnight, people);
    return row;
}

/// The latest count of people that is not after the year of the day; the earliest where all are.
const headcount* headcount_at(const known_place& of, date day) {
    const std::string year = to_text(day).substr(0, 4);
    for (const headcount& one : of.population)
        if (one.on.substr(0, 4) <= year) return &one;
    return of.population.empty() ? nullptr : &of.population.back();
}

/// Parts of a total by its region.
std::map<region_id, std::vector<region_id>> parts_by_region(const world& w) {
    std::map<region_id, std::vector<region_id>> out;
    for (const auto& [id, one] : w.own.regions)
        if (one.what.part_of) out[*one.what.part_of].push_back(id);
    return out;
}

compared compare_total(const world& w, const region_id& region, const std::vector<region_id>& parts,
                       const series_id& series, std::uint32_t reports) {
    std::vector<figures> each;
    for (const region_id& one : parts) each.push_back(figures_of(w, one, series, reports));
    return compare(figures_of(w, region, series, reports), each);
}

class region_shower {
  public:
    region_shower(const world& w, std::uint32_t reports, date today)
        : w_(w), reports_(reports), today_(today), parts_(parts_by_region(w)) {}

    region_row row(const region_id& id, const watch_region& of) const {
        region_row row;
        std::vector<std::pair<series_id, figures>> all;
        for (const series_id& series : series_of(w_, id)) {
            figures known = figures_of(w_, id, series, reports_);
            const std::optional<std::int32_t> newest = known.newest();
            if (!newest) continue;
            row.newest = std::max(row.newest.value_or(date{*newest}), date{*newest});
            all.emplace_back(series, std::move(known));
        }
        show_record(row, id, of);
        for (const auto& [series, known] : all) {
            row.series.push_back(row_of_series(w_, series, known, row.people));
            add_flags(row, id, series, known, of.every_days);
        }
        show_silence(row, of);
        return row;
    }

  private:
    void show_record(region_row& row, const region_id& id, const watch_region& of) const {
        const std::optional<known_place> place = w_.around ? w_.around->find(id) : std::nullopt;
        row.named.region = id;
        if (place) {
            row.named.names = place->names;
            row.named.member = place->member;
            row.latitude = place->latitude;
            row.longitude = place->longitude;
            if (const headcount* of_then = headcount_at(*place, row.newest.value_or(today_))) {
                row.people = of_then->people;
                row.people_on = of_then->on;
                row.people_source = of_then->source;
            }
        }
        row.body = of.body;
        row.office = of.office;
        row.part_of = of.part_of;
        row.from = of.from;
        row.until = of.until;
        row.every_days = of.every_days;
        row.whole = of.whole;
    }

    void add_flags(region_row& row, const region_id& id, const series_id& series,
                   const figures& known, std::int32_t every_days) const {
        for (flag_row& one : flags_of(series, known, every_days))
            row.flags.push_back(std::move(one));
        const counts& all = *w_.own.counted.find(counts_key{id, series});
        flag_row revised;
        for (const revision& one : revisions_in(all, reports_)) {
            ++revised.days;
            revised.from = std::min(revised.from.value_or(date{one.day}), date{one.day});
            revised.to = std::max(revised.to.value_or(date{one.day}), date{one.day});
        }
        if (revised.days > 0) {
            revised.kind = flag_kind::revised;
            revised.series = series;
            row.revisions += revised.days;
            row.flags.push_back(revised);
        }
        const auto parts = parts_.find(id);
        if (!row.whole || parts == parts_.end()) return;
        const compared sum = compare_total(w_, id, parts->second, series, reports_);
        if (!sum.last_differing) return;
        flag_row differs;
        differs.kind = flag_kind::differs;
        differs.series = series;
        differs.from = date{*sum.first_differing};
        differs.to = date{*sum.last_differing};
        differs.days = sum.days - sum.equal;
        differs.amount = sum.total - sum.sum;
        row.flags.push_back(differs);
    }

    /// Days count up to today, or to the last day that may be reported.
    void show_silence(region_row& row, const watch_region& of) const {
        const date last = of.until ? std::min(*of.until, today_) : today_;
        flag_row flag;
        if (!row.newest) {
            if (last < of.from) return;
            flag.kind = flag_kind::no_figures;
            flag.from = of.from;
            flag.days = last.days - of.from.days + 1;
        } else {
            row.age_days = today_.days - row.newest->days;
            if (last.days - row.newest->days <= of.every_days) return;
            flag.kind = flag_kind::silent;
            flag.from = date{row.newest->days + 1};
            flag.days = last.days - row.newest->days;
        }
        flag.to = last;
        row.silent_days = flag.days;
        row.flags.insert(row.flags.begin(), flag);
    }

    const world& w_;
    std::uint32_t reports_;
    date today_;
    std::map<region_id, std::vector<region_id>> parts_;
};

std::vector<count_run> runs_waiting(const batch& one) {
    std::vector<count_run> out;
    for (const std::vector<count_run>& part : one.parts)
        out.insert(out.end(), part.begin(), part.end());
    return out;
}

result<void> find_region(const world& w, const region_id& id) {
    if (!w.own.regions.contains(id)) return refuse(refusals::region_unknown, "region", id.value);
    return {};
}

}  // namespace

result<overview_view> ask(const world& w, const overview_query& q, const viewer& who) {
    const std::uint32_t reports = reports_known(w.own, moment_of(q.known));
    const region_shower show(w, reports,
                             q.known ? std::min(*q.known, date_of(who.now)) : date_of(who.now));
    overview_view out;
    out.known = q.known;
    out.reports = reports;
    if (reports > 0) out.seq = static_cast<std::int64_t>(w.own.reports[reports - 1].done.seq);
    if (const auto& method = w.own.method)
        out.method = method_row{method->what.mean_hundredths, method->what.deviation_hundredths,
                                method->what.window, method->what.source,
                                static_cast<std::int64_t>(method->done.seq)};
    for (const auto& [id, one] : w.own.regions) out.regions.push_back(show.row(id, one.what));
    return out;
}

result<counts_view> ask(const world& w, const counts_query& q, const viewer&) {
    VECHE_CHECK(find_region(w, q.region));
    counts_view out;
    out.named = name_of_region(w, q.region);
    out.series = q.series;
    const counts* of = w.own.counted.find(counts_key{q.region, q.series});
    if (!of) return out;
    const std::uint32_t reports = reports_known(w.own, moment_of(q.known));
    const figures known = figures_known(*of, reports);
    out.basis = known.basis;
    const std::optional<std::int32_t> newest = known.newest();
    if (!newest) return out;
    const std::int32_t first = known.oldest();
    for (std::int32_t day = first; day <= *newest; ++day) {
        day_row row;
        row.day = date{day};
        if (known.on(day) != no_figure) row.value = known.on(day);
        row.gained = known.gained(day);
        out.days.push_back(row);
    }
    for (const count_version& one : of->versions) {
        if (one.report >= reports) break;
        const doing& said = w.own.reports[one.report].done;
        version_row row{date{one.day}, {}, said.at, static_cast<std::int64_t>(said.seq)};
        if (one.value != no_figure) row.value = one.value;
        out.versions.push_back(row);
        if (one.day >= first && one.day <= *newest)
            ++out.days[static_cast<std::size_t>(one.day - first)].versions;
    }
    return out;
}

result<revisions_view> ask(const world& w, const revisions_query& q, const viewer&) {
    const std::uint32_t reports = reports_known(w.own, moment_of(q.known));
    struct placed {
        const counts_key* key;
        revision what;
    };
    std::vector<placed> all;
    for (const auto& [key, of] : w.own.counted) {
        if ((q.region && key.region != *q.region) || (q.series && key.series != *q.series))
            continue;
        for (const revision& one : revisions_in(of, reports)) all.push_back({&key, one});
    }
    std::stable_sort(all.begin(), all.end(), [](const placed& a, const placed& b) {
        return a.what.report > b.what.report;
    });
    revisions_view out;
    out.found = static_cast<std::int32_t>(all.size());
    std::map<region_id, region_name> names;
    for (const placed& one : part_of(all, q.offset, q.count)) {
        const auto [named, fresh] = names.try_emplace(one.key->region);
        if (fresh) named->second = name_of_region(w, one.key->region);
        const report& told = w.own.reports[one.what.report];
        revision_row row;
        row.named = named->second;
        row.series = one.key->series;
        row.day = date{one.what.day};
        row.before = one.what.before;
        if (one.what.after != no_figure) row.after = one.what.after;
        row.reason = told.reason;
        row.by = told.done.by;
        row.as = told.done.as;
        row.at = told.done.at;
        row.seq = static_cast<std::int64_t>(told.done.seq);
        out.revisions.push_back(std::move(row));
    }
    return out;
}

result<totals_view> ask(const world& w, const totals_query& q, const viewer&) {
    const std::uint32_t reports = reports_known(w.own, moment_of(q.known));
    totals_view out;
    for (const auto& [region, parts] : parts_by_region(w))
        for (const series_id& series : series_of(w, region)) {
            const compared found = compare_total(w, region, parts, series, reports);
            total_row row;
            row.named = name_of_region(w, region);
            row.series = series;
            row.whole = w.own.regions.find(region)->what.whole;
            row.parts = static_cast<std::int64_t>(parts.size());
            if (found.day) row.day = date{*found.day};
            row.total = found.total;
            row.sum = found.sum;
            row.difference = found.total - found.sum;
            row.days = found.days;
            row.equal_days = found.equal;
            out.totals.push_back(std::move(row));
        }
    return out;
}

result<reports_view> ask(const world& w, const reports_query& q, const viewer&) {
    std::vector<report_row> all;
    for (const report& one : w.own.reports) {
        report_row row;
        row.seq = static_cast<std::int64_t>(one.done.seq);
        row.at = one.done.at;
        row.by = one.done.by;
        row.as = one.done.as;
        row.source = one.source;
        row.address = one.address;
        row.reason = one.reason;
        row.batch = one.batch;
        row.values = one.values;
        row.fresh = one.fresh;
        row.changed = one.changed;
        all.push_back(std::move(row));
    }
    std::reverse(all.begin(), all.end());
    reports_view out;
    out.found = static_cast<std::int32_t>(all.size());
    for (report_row& one : part_of(all, q.offset, q.count)) out.reports.push_back(std::move(one));
    return out;
}

result<judge_view> ask(const world& w, const judge_query& q, const viewer& who) {
    context ctx;
    ctx.at = who.now;
    ctx.actor = who.person;
    ctx.auth = q.auth;
    return judge_view{problems_of(w, q.runs, q.basis, ctx, most_problems), values_in(q.runs),
                      changes_in(w.own, q.runs)};
}

result<batch_view> ask(const world& w, const batch_query& q, const viewer& who) {
    const batch* one = w.own.batches.find(q.batch);
    if (!one) return refuse(refusals::batch_unknown, "batch", q.batch.value);
    batch_view out;
    out.batch = q.batch;
    out.standing = one->standing;
    out.parts = one->part_count;
    out.values = one->values;
    out.by = one->done.by;
    out.at = one->done.at;
    const std::vector<count_run> runs = runs_waiting(*one);
    out.changed = changes_in(w.own, runs);
    context ctx;
    ctx.at = who.now;
    ctx.actor = one->done.by;
    ctx.auth = one->done.as;
    out.problems = problems_of(w, runs, q.basis, ctx, most_problems);
    return out;
}

}  // namespace veche::situation
