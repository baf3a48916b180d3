#include "office/figures.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "fund/fund.hpp"

namespace veche::office {
namespace {

using programme::journal_figure;
using programme::value_point;

int year_of(date day) {
    return civil_of(day).year;
}
int year_of(instant at) {
    return year_of(date_of(at));
}

/// Values by year, and the last entry that each was counted from.
struct counted {
    ratio value;
    std::uint64_t seq = 0;
};
using by_year = std::map<int, counted>;

std::vector<value_point> points(const by_year& values) {
    std::vector<value_point> out;
    for (const auto& [year, one] : values) {
        value_point p;
        p.period = std::to_string(year);
        p.from = date_from({year, 1, 1});
        p.until = date_from({year, 12, 31});
        p.value = one.value;
        p.computed = true;
        p.seq = one.seq;
        out.push_back(std::move(p));
    }
    return out;
}

/// 100 * part / whole in lowest terms; nothing where the whole is not above 0 or a part would have
/// more digits than a ratio holds.
std::optional<ratio> percent(int128 part, int128 whole) {
    constexpr int128 most = 999'999'999'999'999'999;
    if (whole <= 0 || part < 0) return std::nullopt;
    int128 num = part * 100;
    int128 a = num;
    for (int128 b = whole; b != 0;) {
        const int128 rest = a % b;
        a = b;
        b = rest;
    }
    num /= a;
    const int128 den = whole / a;
    if (num > most || den > most) return std::nullopt;
    return ratio{static_cast<std::int64_t>(num), static_cast<std::int64_t>(den)};
}

/// A part of a whole, both counted up over a year.
struct tally {
    std::int64_t part = 0;
    std::int64_t whole = 0;
    std::uint64_t seq = 0;
};

by_year shares(const std::map<int, tally>& tallies) {
    by_year out;
    for (const auto& [year, one] : tallies)
        if (const auto value = percent(one.part, one.whole)) out[year] = {*value, one.seq};
    return out;
}

by_year sessions_held(const state& s, const body_id& body, instant until) {
    by_year out;
    for (const auto& [id, one] : s.assembly.sessions) {
        if (!one.closed || *one.closed > until || !one.sits(body)) continue;
        counted& year = out[year_of(*one.closed)];
        ++year.value.num;
        year.seq = std::max(year.seq, one.seq);
    }
    return out;
}

ratio median(std::vector<std::int64_t> days) {
    std::sort(days.begin(), days.end());
    const std::size_t middle = days.size() / 2;
    if (days.size() % 2 == 1) return {days[middle], 1};
    const std::int64_t sum = days[middle - 1] + days[middle];
    return sum % 2 == 0 ? ratio{sum / 2, 1} : ratio{sum, 2};
}

by_year paper_lead_days(const state& s, instant until) {
    std::map<int, std::vector<std::int64_t>> leads;
    std::map<int, std::uint64_t> last;
    for (const auto& [id, one] : s.assembly.sessions) {
        if (!one.opened || *one.opened > until) continue;
        std::optional<instant> published;
        for (const assembly::paper& paper : one.papers)
            if (paper.at < *one.opened && (!published || *published < paper.at))
                published = paper.at;
        if (!published) continue;
        const int year = year_of(*one.opened);
        leads[year].push_back(date_of(one.starts).days - date_of(*published).days);
        last[year] = std::max(last[year], one.seq);
    }
    by_year out;
    for (auto& [year, days] : leads) out[year] = {median(std::move(days)), last[year]};
    return out;
}

by_year votes_published(const state& s, const body_id& body, instant until) {
    std::map<int, tally> years;
    for (const auto& [id, one] : s.assembly.votes) {
        if (!one.closed || *one.closed > until || one.body != body) continue;
        tally& year = years[year_of(*one.closed)];
        ++year.whole;
        // The result is derived in the same breath in which the vote closes, at the same moment.
        if (one.result) ++year.part;
        year.seq = std::max(year.seq, one.decided_seq);
    }
    return shares(years);
}

/// When the decision was taken; nothing where it is not known to the assembly.
std::optional<instant> taken(const state& s, const decision_id& id) {
    const assembly::decision* one = s.assembly.decisions.find(id);
    return one ? std::optional(one->at) : std::nullopt;
}

by_year budget_delay_days(const state& s, instant until) {
    by_year out;
    for (const auto& [id, line] : s.fund.lines) {
        if (line.provisional) continue;  // the budget is still late
        const auto at = taken(s, line.decision);
        if (!at || *at > until || line.asked.year < 1900 || line.asked.year > 9999) continue;
        if (year_of(*at) > line.asked.year) continue;  // from an earlier book
        const std::int64_t days =
            std::max(date_of(*at).days - date_from({line.asked.year, 1, 1}).days, 0);
        const auto known = out.find(line.asked.year);
        if (known == out.end() || ratio{days, 1} < known->second.value)
            out[line.asked.year] = {{days, 1}, line.seq};
    }
    return out;
}

by_year contributions_received(const state& s, instant until) {
    std::optional<unit_id> unit;
    std::map<int, int128> assessed;
    for (const auto& [id, one] : s.fund.assessments) {
        const auto at = taken(s, one.decision);
        if (!at || *at > until) continue;
        const amount& total = one.asked.total;
        if (unit && *unit != total.unit) return {};
        unit = total.unit;
        assessed[one.asked.year] += total.minor;
    }
    by_year out;
    int128 owed = 0;
    for (const auto& [year, sum] : assessed) {
        owed += sum;
        int128 arrived = 0;
        std::uint64_t last = 0;
        for (const auto& [id, one] : s.fund.receipts) {
            const date on = one.asked.effective;
            if (one.reversed_seq || one.asked.amount_.unit != *unit) continue;
            if (on > date_of(until) || year_of(on) > year) continue;
            arrived += one.asked.amount_.minor;
            last = std::max(last, one.seq);
        }
        if (const auto value = percent(arrived, owed)) out[year] = {*value, last};
    }
    return out;
}

/// Paid by that moment on lines of the year, less what came back to them.
by_year money_paid(const state& s, instant until) {
    std::optional<unit_id> unit;
    std::map<int, tally> years;
    for (const auto& [id, line] : s.fund.lines) {
        const auto at = taken(s, line.decision);
        if (!at || *at > until) continue;
        const amount now = fund::appropriated(s.fund, id);
        if (unit && *unit != now.unit) return {};
        unit = now.unit;
        // A line under another one spends what that one has.
        if (!line.asked.parent) years[line.asked.year].whole += now.minor;
    }
    bool anything = false;
    const auto count = [&](const fund::payment_id& id, date on, std::int64_t minor,
                           std::uint64_t seq) {
        if (on > date_of(until)) return;
        anything = true;
        const fund::claim& claim = *s.fund.claims.find(s.fund.payments.find(id)->asked.claim);
        const fund::line_id& line = s.fund.commitments.find(claim.asked.commitment)->line;
        tally& year = years[s.fund.lines.find(line)->asked.year];
        year.part += minor;
        year.seq = std::max(year.seq, seq);
    };
    for (const auto& [id, one] : s.fund.payments)
        count(id, one.effective, one.asked.amount_.minor, one.seq);
    for (const auto& [id, one] : s.fund.recoveries)
        if (one.asked.reuse)
            count(one.asked.payment, one.asked.effective, -one.asked.amount_.minor, one.seq);
    return anything ? shares(years) : by_year{};
}

by_year measures_in_time(const state& s, instant until) {
    std::map<int, tally> years;
    for (const auto& [id, m] : s.programme.measures) {
        if (m.dropped || m.added > until || m.due >= date_of(until)) continue;
        tally& year = years[year_of(m.due)];
        ++year.whole;
        if (m.done && date_of(*m.done) <= m.due) ++year.part;
        year.seq = std::max(year.seq, m.closed_seq.value_or(m.seq));
    }
    return shares(years);
}

by_year loose_items(const state& s, instant until) {
    by_year out;
    if (s.programme.measures.empty()) return out;
    int first = year_of(until);
    for (const auto& [id, m] : s.programme.measures) first = std::min(first, year_of(m.added));
    for (int year = first; year <= year_of(until); ++year) {
        const instant end = std::min(until, instant{start_of(date_from({year + 1, 1, 1})).ms - 1});
        counted& one = out[year];
        for (const auto& [id, item] : s.programme.follow_ups) {
            if (item.opened > end || (item.resolved && *item.resolved <= end)) continue;
            ++one.value.num;
            one.seq = std::max(one.seq, item.seq);
        }
    }
    return out;
}

}  // namespace

std::vector<value_point> union_figures::values(journal_figure of, const body_id& body,
                                               instant until) const {
    switch (of) {
        case journal_figure::sessions_held:
            return points(sessions_held(s_, body, until));
        case journal_figure::paper_lead_days:
            return points(paper_lead_days(s_, until));
        case journal_figure::votes_published:
            return points(votes_published(s_, body, until));
        case journal_figure::budget_delay_days:
            return points(budget_delay_days(s_, until));
        case journal_figure::contributions_received:
            return points(contributions_received(s_, until));
        case journal_figure::money_paid:
            return points(money_paid(s_, until));
        case journal_figure::measures_in_time:
            return points(measures_in_time(s_, until));
        case journal_figure::loose_items:
            return points(loose_items(s_, until));
    }
    return {};
}

std::vector<amount> union_figures::money(const measure_id& id,
                                         std::optional<std::int32_t> year) const {
    std::map<unit_id, std::int64_t> sums;
    for (const auto& [name, line] : s_.fund.lines)
        if (line.asked.measure == id && (!year || line.asked.year == *year)) {
            const amount now = fund::appropriated(s_.fund, name);
            sums[now.unit] += now.minor;
        }
    std::vector<amount> out;
    for (const auto& [unit, minor] : sums) out.push_back({minor, unit});
    return out;
}

}  // namespace veche::office
