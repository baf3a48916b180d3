#include "epidemic/series.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "epidemic/refusal.hpp"

namespace veche::epidemic {
namespace {

constexpr std::size_t silent_days = 14;  // without a case, at the end

/// A day as a number, and whether it is a date.
struct day_read {
    std::int32_t at = 0;
    bool dated = false;
};

std::optional<date> date_in(std::string_view text) {
    // YYYYMMDD as some sources have it.
    const bool compact = text.size() == 8 && text.find_first_not_of("0123456789") == text.npos;
    std::string spread(text);
    if (compact) spread.insert(6, "-").insert(4, "-");
    const auto made = parse_date(spread);
    const auto last = parse_date("2199-12-31");
    return made && *made <= *last ? made : std::nullopt;
}

std::optional<day_read> day_in(std::string_view text) {
    if (const auto of = date_in(text)) return day_read{of->days, true};
    std::int32_t count = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool whole = fault == std::errc{} && end == text.data() + text.size();
    return whole && count >= 0 && count < 1'000'000 ? std::optional(day_read{count, false})
                                                    : std::nullopt;
}

std::string words_of(std::int32_t day, bool dated) {
    return dated ? to_text(date{day}) : std::to_string(day);
}

struct count_read {
    double cases = 0;
    double imported = 0;
};
/// The rows of one region by day.
struct rows_read {
    std::map<std::int32_t, count_read> by_day;
    bool dated = false;
};

void note_no_reports(const rows_read& rows, series& into) {
    for (auto at = rows.by_day.begin(); std::next(at) != rows.by_day.end(); ++at) {
        const std::int32_t next = std::next(at)->first;
        if (next == at->first + 1) continue;
        into.oddities.push_back({oddity_kind::no_report, words_of(at->first + 1, rows.dated),
                                 words_of(next - 1, rows.dated),
                                 static_cast<double>(next - at->first - 1)});
    }
}

void note_silence(series& into) {
    const auto& cases = into.counts.cases;
    std::size_t quiet = 0;
    while (quiet < cases.size() && cases[cases.size() - 1 - quiet] == 0) ++quiet;
    if (quiet < silent_days || quiet == cases.size()) return;
    into.oddities.push_back({oddity_kind::silent, into.days[cases.size() - quiet], into.days.back(),
                             static_cast<double>(quiet)});
}

/// Days from the first row to the last; what a sum of all days gained since the row before.
series filled(std::string region, const rows_read& rows, const series_layout& how) {
    series out;
    out.region = std::move(region);
    double sum = 0;
    std::int32_t day = rows.by_day.begin()->first;
    for (const auto& [at, read] : rows.by_day) {
        for (; day <= at; ++day) {
            out.days.push_back(words_of(day, rows.dated));
            out.counts.cases.push_back(0);
            out.reported.push_back(day == at);
            if (!how.imported.empty()) out.counts.imported.push_back(0);
        }
        double gained = read.cases;
        if (how.cumulative) {
            gained -= sum;
            sum = read.cases;
        }
        if (gained < 0 && how.cumulative) {
            out.oddities.push_back({oddity_kind::fell, out.days.back(), out.days.back(), -gained});
            gained = 0;
        }
        out.counts.cases.back() = gained;
        if (!how.imported.empty()) out.counts.imported.back() = read.imported;
    }
    note_no_reports(rows, out);
    note_silence(out);
    return out;
}

class reader {
  public:
    explicit reader(const series_layout& how) : how_(how) {}

    result<void> take(std::uint64_t row, const std::string& region, std::string_view day,
                      double cases, double imported) {
        const auto at = day_in(day);
        // Either all are dates or all are numbers of days.
        if (!at || (dated_ && *dated_ != at->dated))
            return refuse(refusals::date_malformed, "date", std::to_string(row), std::string(day));
        if (std::isnan(cases))
            return refuse(refusals::count_missing, "cases", std::to_string(row), std::string(day),
                          region);
        dated_ = at->dated;
        rows_read& rows = regions_[region];
        rows.dated = at->dated;
        if (!rows.by_day.emplace(at->at, count_read{cases, imported}).second)
            return refuse(refusals::day_repeated, "date", std::to_string(row), std::string(day),
                          region);
        return {};
    }

    result<std::vector<series>> take_all() const {
        if (regions_.empty()) return refuse(refusals::nothing_counted, "cases");
        std::vector<series> out;
        for (const auto& [region, rows] : regions_) out.push_back(filled(region, rows, how_));
        return out;
    }

  private:
    const series_layout& how_;
    std::map<std::string, rows_read> regions_;
    std::optional<bool> dated_;
};

/// One row is one series, one column a day.
result<std::vector<series>> wide_series(const tables::table& from, const series_layout& how) {
    const tables::column* name = VECHE_TRY(from.find(how.wide));
    reader into(how);
    for (const tables::column& day : from.columns()) {
        if (&day == name) continue;
        const std::vector<double> cases = VECHE_TRY(from.numbers(day.name));
        for (std::uint64_t r = 0; r < from.rows(); ++r)
            VECHE_CHECK(
                into.take(r + 1, tables::text_of(*name, r).value_or(""), day.name, cases[r], 0));
    }
    return into.take_all();
}

/// Names every fault of a table and goes on.
class row_judge {
  public:
    explicit row_judge(bool days_once) : days_once_(days_once) {}

    void judge(std::uint64_t row, const std::string& region, const std::string& day,
               const std::optional<std::string>& cases, const std::optional<std::string>& said) {
        const auto at = day_in(day);
        const auto of_report = said ? day_in(*said) : at;
        if (!at || !of_report || at->dated != of_report->dated || of_report->at < at->at ||
            (dated_ && *dated_ != at->dated))
            return add(refusals::date_malformed, "date", std::to_string(row),
                       !said || !at ? day : day + ", " + *said);
        dated_ = at->dated;
        if (days_once_ && !seen_[region].insert(at->at).second)
            add(refusals::day_repeated, "date", std::to_string(row), day, region);
        if (!cases || cases->empty())
            return add(refusals::count_missing, "cases", std::to_string(row), day, region);
        double count = 0;
        const char* last = cases->data() + cases->size();
        const auto [end, fault] = std::from_chars(cases->data(), last, count);
        if (fault != std::errc{} || end != last || !(count >= 0) || !std::isfinite(count))
            add(refusals::row_count_unsound, "cases", std::to_string(row), cases->substr(0, 40),
                region, day);
    }
    [[nodiscard]] std::vector<refusal> take() { return std::move(faults_); }

  private:
    template <class... Args>
    void add(const refusal_kind& kind, const char* field, Args&&... args) {
        faults_.push_back(std::move(refuse(kind, field, std::forward<Args>(args)...)).value());
    }

    bool days_once_;
    std::optional<bool> dated_;
    std::map<std::string, std::set<std::int32_t>> seen_;
    std::vector<refusal> faults_;
};

}  // namespace

std::vector<refusal> faults_in(const tables::table& from, const series_layout& how,
                               const std::string& reported) {
    const auto column = [&](const std::string& name) -> const tables::column* {
        const auto found = name.empty() ? result<const tables::column*>(nullptr) : from.find(name);
        return found ? *found : nullptr;
    };
    row_judge judge(reported.empty());
    if (!how.wide.empty()) {
        const tables::column* name = column(how.wide);
        for (std::uint64_t r = 0; name != nullptr && r < from.rows(); ++r)
            for (const tables::column& day : from.columns())
                if (&day != name)
                    judge.judge(r + 1, tables::text_of(*name, r).value_or(""), day.name,
                                tables::text_of(day, r), std::nullopt);
        return judge.take();
    }
    const auto *day = column(how.date), *cases = column(how.cases), *region = column(how.region),
               *said = column(reported);
    const bool all = day != nullptr && cases != nullptr && (said != nullptr || reported.empty());
    for (std::uint64_t r = 0; all && r < from.rows(); ++r)
        judge.judge(
            r + 1, region == nullptr ? how.cases : tables::text_of(*region, r).value_or(""),
            tables::text_of(*day, r).value_or(""), tables::text_of(*cases, r),
            said == nullptr ? std::nullopt : std::optional(tables::text_of(*said, r).value_or("")));
    return judge.take();
}

result<std::vector<series>> series_of(const tables::table& from, const series_layout& how) {
    if (!how.wide.empty()) return wide_series(from, how);
    const tables::column* day = VECHE_TRY(from.find(how.date));
    const std::vector<double> cases = VECHE_TRY(from.numbers(how.cases));
    std::vector<double> imported(from.rows());
    if (!how.imported.empty()) imported = VECHE_TRY(from.numbers(how.imported));
    const tables::column* region = how.region.empty() ? nullptr : VECHE_TRY(from.find(how.region));
    reader into(how);
    for (std::uint64_t r = 0; r < from.rows(); ++r)
        VECHE_CHECK(into.take(
            r + 1, region == nullptr ? how.cases : tables::text_of(*region, r).value_or(""),
            tables::text_of(*day, r).value_or(""), cases[r], imported[r]));
    return into.take_all();
}

result<std::vector<late_series>> late_series_of(const tables::table& from, const series_layout& how,
                                                const std::string& reported) {
    const tables::column* day = VECHE_TRY(from.find(how.date));
    const tables::column* said = VECHE_TRY(from.find(reported));
    const std::vector<double> cases = VECHE_TRY(from.numbers(how.cases));
    const tables::column* region = how.region.empty() ? nullptr : VECHE_TRY(from.find(how.region));
    struct cell {
        std::int32_t day, said;
        double cases;
    };
    std::map<std::string, std::vector<cell>> regions;
    bool dated = false;
    for (std::uint64_t r = 0; r < from.rows(); ++r) {
        const std::string on = tables::text_of(*day, r).value_or("");
        const std::string at = tables::text_of(*said, r).value_or("");
        const auto of_day = day_in(on), of_report = day_in(at);
        if (!of_day || !of_report || of_day->dated != of_report->dated ||
            (r > 0 && of_day->dated != dated) || of_report->at < of_day->at)
            return refuse(refusals::date_malformed, "date", std::to_string(r + 1),
                          of_day && of_report ? on + ", " + at
                          : of_day            ? at
                                              : on);
        dated = of_day->dated;
        const std::string name =
            region == nullptr ? how.cases : tables::text_of(*region, r).value_or("");
        if (std::isnan(cases[r]))
            return refuse(refusals::count_missing, "cases", std::to_string(r + 1), on, name);
        regions[name].push_back({of_day->at, of_report->at, cases[r]});
    }
    if (regions.empty()) return refuse(refusals::nothing_counted, "cases");
    std::vector<late_series> out;
    for (const auto& [name, cells] : regions) {
        std::int32_t first = cells.front().day, last = first;
        for (const cell& one : cells) {
            first = std::min(first, one.day);
            last = std::max(last, one.said);
        }
        late_series made;
        made.region = name;
        const auto days = static_cast<std::size_t>(last - first + 1);
        for (std::size_t t = 0; t < days; ++t) {
            made.days.push_back(words_of(first + static_cast<std::int32_t>(t), dated));
            made.known.emplace_back(days - t);
        }
        for (const cell& one : cells)
            made.known[static_cast<std::size_t>(one.day - first)]
                      [static_cast<std::size_t>(one.said - one.day)] += one.cases;
        for (auto& row : made.known)
            for (std::size_t d = 1; d < row.size(); ++d) row[d] += row[d - 1];
        out.push_back(std::move(made));
    }
    return out;
}

}  // namespace veche::epidemic
