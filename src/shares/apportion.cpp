#include "shares/apportion.hpp"

#include <algorithm>
#include <numeric>

#include "kernel/lottery.hpp"
#include "shares/divisor.hpp"
#include "shares/refusal.hpp"
#include "shares/remainder.hpp"
#include "shares/seat_by_seat.hpp"

namespace veche::shares {
namespace {

bool has_bounds(const contest& in) {
    return std::any_of(in.parties.begin(), in.parties.end(),
                       [](const party& p) { return p.least || p.most; });
}

result<void> check_numbers(const contest& in) {
    std::vector<std::string_view> names;
    std::int64_t all = 0;
    for (std::size_t i = 0; i < in.parties.size(); ++i) {
        const party& p = in.parties[i];
        const auto at = [i] { return "parties." + std::to_string(i); };
        if (p.name.empty())
            return refuse(refusals::name_missing, at() + ".name", std::to_string(i + 1));
        names.push_back(p.name);
        if (p.votes < 0 || p.votes > most_votes - all)
            return refuse(refusals::number_out_of_range, at() + ".votes",
                          std::to_string(most_votes));
        all += p.votes;
        for (const auto& bound : {p.least, p.most})
            if (bound && (*bound < 0 || *bound > most_seats))
                return refuse(refusals::number_out_of_range, at(), std::to_string(most_seats));
        if (p.least && p.most && *p.least > *p.most)
            return refuse(refusals::bounds_contradict, at(), p.name, std::to_string(*p.least),
                          std::to_string(*p.most));
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end())
        return refuse(refusals::name_repeated, "parties", std::string(*twice));
    return {};
}

bool anybody_votes(const contest& in) {
    return std::any_of(in.parties.begin(), in.parties.end(),
                       [](const party& p) { return p.votes > 0; });
}

result<void> check_contest(const contest& in) {
    if (in.how == method::divisors) {
        const divisor_row row = in.divisors.value_or(divisor_row{-1, 0, 0});
        if (row.first < 0 || row.second <= row.first || row.second > most_divisor || row.step < 1 ||
            row.step > most_divisor)
            return refuse(refusals::divisors_malformed, "divisors", std::to_string(most_divisor));
    }
    if (in.seats < 0 || in.seats > most_seats)
        return refuse(refusals::number_out_of_range, "seats", std::to_string(most_seats));
    if (in.parties.empty()) return refuse(refusals::nobody_shares, "parties");
    return check_numbers(in);
}

/// Whether the minima leave nothing to share out: then no proportion is needed.
bool all_by_minima(const contest& in) {
    int128 least = 0;
    for (const party& p : in.parties) least += p.least.value_or(0);
    return least == in.seats;
}

result<void> check_room(const contest& in) {
    if (!anybody_votes(in) && !all_by_minima(in)) return refuse(refusals::no_votes, "parties");
    if (in.how == method::droop || in.how == method::hagenbach_bischoff ||
        in.how == method::quota_method) {
        if (has_bounds(in))
            return refuse(refusals::bounds_not_with_method, "how", std::string(name_of(in.how)));
        return {};
    }
    int128 least = 0;
    int128 room = 0;
    for (const party& p : in.parties) {
        if (in.how == method::dutch && p.least)
            return refuse(refusals::bounds_not_with_method, "how", std::string(name_of(in.how)));
        least += p.least.value_or(0);
        room += p.votes == 0 ? p.least.value_or(0) : std::min(p.most.value_or(in.seats), in.seats);
    }
    if (least > in.seats)
        return refuse(refusals::minima_exceed_seats, "seats", to_text(least),
                      std::to_string(in.seats));
    if (room < in.seats)
        return refuse(refusals::maxima_below_seats, "seats", to_text(room),
                      std::to_string(in.seats));
    return {};
}

/// A contest as rows of numbers.
struct contest_rows {
    std::vector<std::int64_t> votes;
    std::vector<std::int64_t> least;
    std::vector<std::int64_t> most;
    std::vector<std::string> names;

    explicit contest_rows(const contest& in) {
        const bool bounded = has_bounds(in);
        for (const party& p : in.parties) {
            votes.push_back(p.votes);
            names.push_back(p.name);
            if (!bounded) continue;
            least.push_back(p.least.value_or(0));
            most.push_back(p.most.value_or(in.seats));
        }
    }
    [[nodiscard]] columns view() const { return {votes, least, most}; }
};

void list_outcomes(const divided& d, const tie& one, certificate& into) {
    int128 ways = 1;
    const auto all = static_cast<std::int64_t>(one.among.size());
    const std::int64_t few = std::min(one.places, all - one.places);
    for (std::int64_t i = 1; i <= few && ways < most_votes; ++i) ways = ways * (all - few + i) / i;
    into.outcomes = static_cast<std::int64_t>(std::min<int128>(ways, most_votes));
    if (ways > most_outcomes_listed) return;
    std::vector<std::int64_t> without = d.seats;
    for (std::size_t n = 0; n < d.tied.size(); ++n) without[d.tied[n]] -= d.holds[n] ? 1 : 0;
    std::vector<bool> holds(d.tied.size(), false);
    std::fill(holds.begin(), holds.begin() + static_cast<std::ptrdiff_t>(one.places), true);
    do {
        std::vector<std::int64_t> outcome = without;
        for (std::size_t n = 0; n < holds.size(); ++n) outcome[d.tied[n]] += holds[n] ? 1 : 0;
        into.tied_outcomes.push_back(std::move(outcome));
    } while (std::prev_permutation(holds.begin(), holds.end()));
    std::sort(into.tied_outcomes.begin(), into.tied_outcomes.end());
}

void mark_line(const divided& d, const std::vector<std::string>& names, certificate& into) {
    if (d.lowest_won) into.lowest_won = seat_mark{names[d.lowest_won->party], d.lowest_won->seat};
    if (d.highest_lost)
        into.highest_lost = seat_mark{names[d.highest_lost->party], d.highest_lost->seat};
}

result<certificate> finish(const contest& in, const contest_rows& rows, divided d) {
    certificate out;
    out.how = in.how;
    out.seats = in.seats;
    mark_line(d, rows.names, out);
    if (!d.tied.empty()) {
        std::vector<std::string> among;
        for (const std::uint32_t i : d.tied) among.push_back(rows.names[i]);
        const auto rank = VECHE_TRY(rank_by(in.ties, among));
        out.ties.push_back(settle(d, among, rank, in.ties.policy));
        list_outcomes(d, out.ties.back(), out);
        out.decided = in.ties.policy != tie_policy::open;
    }
    out.given = std::move(d.seats);
    // After a tie is settled the line stands where it stood: quotients are equal on both sides.
    return out;
}

result<certificate> by_remainders(const contest& in, const contest_rows& rows) {
    const std::int64_t all = std::accumulate(rows.votes.begin(), rows.votes.end(), std::int64_t{0});
    fraction level{static_cast<uint128>(in.seats), static_cast<uint128>(all)};
    if (in.how == method::hagenbach_bischoff) level.num += 1;
    if (in.how == method::droop) level = {1, static_cast<uint128>(all / (in.seats + 1) + 1)};
    if (!rows.most.empty()) level = fill_level(rows.votes, rows.least, rows.most, in.seats);
    const parts shares = quota_parts(rows.view(), level, in.seats);
    std::int64_t left = 0;
    auto rounded = round_by_rests(shares, in.seats, left);
    if (!rounded) return refuse(refusals::quota_unusable, "seats", std::to_string(left));
    certificate out = VECHE_TRY(finish(in, rows, *std::move(rounded)));
    out.level = to_text(level);
    return out;
}

result<certificate> one_by_one(const contest& in, const contest_rows& rows) {
    const auto rank = VECHE_TRY(rank_by(in.ties, rows.names));
    seat_by_seat made =
        VECHE_TRY(in.how == method::dutch ? by_dutch_law(in, rank) : by_quota_method(in, rank));
    certificate out;
    out.how = in.how;
    out.seats = in.seats;
    out.outcomes = made.outcomes;
    out.tied_outcomes = std::move(made.all);
    out.decided = made.outcomes == 1 || in.ties.policy != tie_policy::open;
    out.given = std::move(out.decided ? made.given : made.certain);
    if (out.decided) out.awards = std::move(made.awards);
    return out;
}

certificate minima_of(const contest& in) {
    certificate out;
    out.how = in.how;
    out.seats = in.seats;
    for (const party& p : in.parties) out.given.push_back(p.least.value_or(0));
    return out;
}

std::optional<hash256> seed_of(const tie_rule& rule) {
    return hash_from_hex(rule.seed.value_or(""));
}

}  // namespace

result<std::vector<std::size_t>> rank_by(const tie_rule& rule,
                                         const std::vector<std::string>& names) {
    std::vector<std::size_t> rank(names.size());
    std::iota(rank.begin(), rank.end(), std::size_t{0});
    if (rule.policy != tie_policy::lottery) return rank;
    const auto seed = seed_of(rule);
    if (!seed) return refuse(refusals::seed_malformed, "ties.seed");
    const auto order = lottery_order(*seed, rule.call.value_or(""),
                                     rule.programme.value_or(std::string(every_programme)), names);
    for (std::size_t n = 0; n < order.size(); ++n) rank[order[n]] = n;
    return rank;
}

tie settle(divided& d, const std::vector<std::string>& names, const std::vector<std::size_t>& rank,
           tie_policy policy) {
    tie out{d.places, names, {}};
    for (std::size_t n = 0; n < d.tied.size(); ++n) d.seats[d.tied[n]] -= d.holds[n] ? 1 : 0;
    d.holds.assign(d.tied.size(), false);
    if (policy == tie_policy::open) return out;
    for (std::size_t n = 0; n < d.tied.size(); ++n) {
        if (static_cast<std::int64_t>(rank[n]) >= d.places) continue;
        d.holds[n] = true;
        ++d.seats[d.tied[n]];
        out.given.push_back(names[n]);
    }
    return out;
}

result<certificate> apportion(const contest& in) {
    VECHE_CHECK(check_contest(in));
    VECHE_CHECK(check_room(in));
    if (in.ties.policy == tie_policy::lottery && !seed_of(in.ties))
        return refuse(refusals::seed_malformed, "ties.seed");
    if (!anybody_votes(in)) return minima_of(in);
    const contest_rows rows(in);
    if (in.how == method::quota_method || in.how == method::dutch) return one_by_one(in, rows);
    const auto series = series_of(in.how, in.divisors);
    if (!series) return by_remainders(in, rows);
    return finish(in, rows, divide(rows.view(), in.seats, *series));
}

}  // namespace veche::shares
