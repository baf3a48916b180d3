#include "shares/explanation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "kernel/lottery.hpp"
#include "shares/apportion.hpp"
#include "shares/delivery.hpp"
#include "shares/divisor.hpp"
#include "shares/remainder.hpp"
#include "shares/share_file.hpp"

namespace veche::shares {
namespace {

std::string key_of(const tie_rule& rule, const std::string& name) {
    const hash256 seed = hash_from_hex(rule.seed.value_or("")).value_or(hash256{});
    return to_hex(lottery_key(seed, rule.call.value_or(""),
                              rule.programme.value_or(std::string(every_programme)), name));
}

std::optional<tie_part> part_in(const std::vector<tie>& ties, const tie_rule& rule,
                                const std::string& name) {
    for (const tie& one : ties) {
        if (std::find(one.among.begin(), one.among.end(), name) == one.among.end()) continue;
        tie_part out;
        out.places = one.places;
        out.equal = static_cast<std::int64_t>(one.among.size());
        out.open = one.given.empty();
        out.won = std::find(one.given.begin(), one.given.end(), name) != one.given.end();
        if (rule.policy == tie_policy::lottery) {
            out.your_key = key_of(rule, name);
            for (const std::string& winner : one.given)
                out.last_key = std::max(out.last_key.value_or(""), key_of(rule, winner));
        }
        return out;
    }
    return std::nullopt;
}

/// Seats of the party with other votes; below zero where that is no contest.
std::int64_t seats_with(contest in, std::size_t which, std::int64_t votes) {
    in.parties[which].votes = votes;
    const auto made = apportion(in);
    return made ? made->given[which] : -1;
}

bool quick(const contest& in) {
    const auto parties = static_cast<std::int64_t>(in.parties.size());
    if (in.how == method::quota_method || in.how == method::dutch)
        return parties <= 100 && in.seats <= 1000;
    return parties <= 1000;
}

/// The least change from 1 to `most` that does it, where `does` tells of each change; nothing where
/// not even the greatest does.
template <class Does>
std::optional<std::int64_t> least_change(std::int64_t most, Does does) {
    std::int64_t no = 0;
    std::int64_t yes = 1;
    while (yes < most && !does(yes)) {
        no = yes;
        yes = std::min(yes * 2, most);
    }
    if (most < 1 || !does(yes)) return std::nullopt;
    while (yes - no > 1) {
        const std::int64_t middle = no + (yes - no) / 2;
        (does(middle) ? yes : no) = middle;
    }
    return yes;
}

void what_if(const contest& in, std::size_t which, std::int64_t others, explanation& into) {
    const std::int64_t now = into.seats;
    into.more_votes = least_change(most_votes - others - into.votes, [&](std::int64_t more) {
        return seats_with(in, which, into.votes + more) > now;
    });
    into.fewer_votes = least_change(into.votes, [&](std::int64_t fewer) {
        const std::int64_t then = seats_with(in, which, into.votes - fewer);
        return then >= 0 && then < now;
    });
}

std::string quotient_text(const divisor_series& by, std::int64_t votes, std::int64_t seat) {
    const auto found = quotient(by, votes, seat);
    if (!found) return "before all others";
    return (by.what == divisor_series::kind::geometric ? "sqrt " : "") + to_text(*found);
}

void by_quotients(const contest& in, const certificate& made, const divisor_series& by,
                  explanation& into) {
    if (into.seats > 0 && !into.at_least)
        into.last_quotient = quotient_text(by, into.votes, into.seats);
    if (into.votes > 0 && !into.at_most)
        into.next_quotient = quotient_text(by, into.votes, into.seats + 1);
    if (!made.lowest_won) return;
    for (const party& p : in.parties)
        if (p.name == made.lowest_won->party)
            into.line = quotient_text(by, p.votes, made.lowest_won->seat);
}

}  // namespace

explanation explain(const contest& in, const certificate& made, std::size_t which) {
    const party& p = in.parties[which];
    explanation out;
    out.party = p.name;
    out.votes = p.votes;
    out.seats = made.given[which];
    std::int64_t others = 0;
    for (std::size_t i = 0; i < in.parties.size(); ++i)
        if (i != which) others += in.parties[i].votes;
    const auto wide_of = [](std::int64_t value) { return static_cast<uint128>(value); };
    const std::int64_t all = others + p.votes;
    out.fair_share =
        all == 0 ? "0" : to_text(fraction{wide_of(p.votes) * wide_of(in.seats), wide_of(all)});
    out.at_least = p.least && out.seats == *p.least;
    out.at_most = p.most && out.seats == *p.most;
    out.tied = part_in(made.ties, in.ties, p.name);
    if (const auto series = series_of(in.how, in.divisors)) by_quotients(in, made, *series, out);
    if (all > 0 && quick(in)) what_if(in, which, others, out);
    return out;
}

std::string sentence_of(const explanation& e) {
    std::string out = fmt::format("{}: {} votes would be {} seats exactly; it gets {}.", e.party,
                                  e.votes, e.fair_share, e.seats);
    if (e.at_least) out += " That is its minimum.";
    if (e.at_most) out += " That is its maximum.";
    if (e.last_quotient && e.line)
        out += fmt::format(" Its last seat has the quotient {}; the last one given has {}.",
                           *e.last_quotient, *e.line);
    if (e.next_quotient) out += fmt::format(" Its next would have {}.", *e.next_quotient);
    if (e.tied)
        out += fmt::format(" {} stood equal for {}, and {}.", e.tied->equal, e.tied->places,
                           e.tied->open  ? "it is open who gets one"
                           : e.tied->won ? "it got one"
                                         : "it got none");
    if (e.more_votes)
        out += fmt::format(" With {} more votes it would have one seat more.", *e.more_votes);
    if (e.fewer_votes) out += fmt::format(" With {} fewer it would have lost one.", *e.fewer_votes);
    return out;
}

division_explanation explain(const division& in, const division_certificate& made,
                             std::size_t which) {
    const claimant& c = in.claimants[which];
    division_explanation out;
    out.claimant = c.name;
    out.claim = c.claim;
    out.exact = made.exact[which];
    out.units = made.units[which];
    out.losses = made.losses;
    out.full = out.exact == std::to_string(c.claim);
    for (const freeze& level : made.levels)
        if (std::find(level.frozen.begin(), level.frozen.end(), c.name) != level.frozen.end())
            out.level = level.level;
    out.tied = part_in(made.ties, in.ties, c.name);
    return out;
}

delivery_explanation explain(const delivery& in, const delivered& made, std::size_t which) {
    const region& r = in.regions[which];
    delivery_explanation out;
    out.region = r.name;
    out.weight = r.weight;
    out.owed = made.owed[which];
    out.earlier = r.residue;
    out.given = made.given[which];
    if (!made.residues.empty()) out.carried = made.residues[which];
    out.tied = part_in(made.ties, in.ties, r.name);
    std::int64_t all = 0;
    for (const region& one : in.regions) all += one.weight;
    if (in.regions.size() > 1000) return out;
    out.more_weight = least_change(most_votes - all, [&](std::int64_t more) {
        delivery other = in;
        other.regions[which].weight += more;
        const auto then = deliver(other);
        return then && then->given[which] > out.given;
    });
    return out;
}

std::string sentence_of(const delivery_explanation& e) {
    if (e.weight == 0)
        return fmt::format(
            "{}: nobody is eligible there, and it gets nothing. {} stays owed to it.", e.region,
            units_text(e.earlier));
    std::string out =
        fmt::format("{}: {} are eligible, and it was owed {} exactly", e.region, e.weight, e.owed);
    if (e.earlier != 0) out += fmt::format(", {} of it from before", units_text(e.earlier));
    out += fmt::format("; it gets {}.", e.given);
    if (e.carried && *e.carried != 0)
        out += *e.carried > 0
                   ? fmt::format(" {} is owed to it in the next.", units_text(*e.carried))
                   : fmt::format(" {} is taken off in the next.", units_text(-*e.carried));
    if (e.tied)
        out += fmt::format(" {} stood equal for {} {}, and {}.", e.tied->equal, e.tied->places,
                           e.tied->places == 1 ? "unit" : "units",
                           e.tied->open  ? "it is open who gets one"
                           : e.tied->won ? "it got one"
                                         : "it got none");
    if (e.more_weight)
        out += fmt::format(" With {} more eligible it would have one more.", *e.more_weight);
    return out;
}

std::string sentence_of(const division_explanation& e) {
    std::string out = fmt::format("{}: claims {}, gets {} exactly, {} in whole units.", e.claimant,
                                  e.claim, e.exact, e.units);
    if (e.full) out += " That is the whole claim.";
    if (!e.full && e.losses) out += fmt::format(" It loses {}.", e.level);
    if (!e.full && !e.losses && !e.level.empty())
        out += fmt::format(" For each unit of weight {} could be given.", e.level);
    if (e.tied)
        out += fmt::format(" {} stood equal for {} units, and {}.", e.tied->equal, e.tied->places,
                           e.tied->open  ? "it is open who gets one"
                           : e.tied->won ? "it got one"
                                         : "it got none");
    return out;
}

}  // namespace veche::shares
