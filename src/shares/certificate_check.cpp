#include "shares/certificate_check.hpp"

#include <map>

#include "shares/certificate_tools.hpp"

namespace veche::shares {

using namespace checking;

namespace {

/// The quotient for the seat after `had`, or its square for Huntington-Hill.
quotient_of_seat quotient_after(const contest& in, std::int64_t votes, std::int64_t had) {
    const huge v = whole_of(votes);
    const huge s = whole_of(had);
    switch (in.how) {
        case method::dhondt:
            return {v, s + 1};
        case method::sainte_lague:
            return {v, 2 * s + 1};
        case method::modified_sainte_lague:
            return {5 * v, had == 0 ? 7 : 10 * s + 5};
        case method::adams:
            return {v, s};
        case method::danish:
            return {v, 3 * s + 1};
        case method::imperiali:
            return {v, s + 2};
        case method::huntington_hill:
            return had == 0 ? quotient_of_seat{v, 0} : quotient_of_seat{v * v, s * (s + 1)};
        case method::dean:
            return had == 0 ? quotient_of_seat{v, 0}
                            : quotient_of_seat{v * (2 * s + 1), 2 * s * (s + 1)};
        default:
            break;
    }
    const divisor_row row = in.divisors.value_or(divisor_row{});
    return {v,
            had == 0 ? whole_of(row.first) : whole_of(row.second) + (s - 1) * whole_of(row.step)};
}

bool is_of_divisors(method how) {
    return how <= method::divisors;
}

std::int64_t least_of(const party& p) {
    return p.least.value_or(0);
}
std::int64_t most_of(const party& p, std::int64_t seats) {
    if (p.votes == 0) return least_of(p);
    return std::min(p.most.value_or(seats), seats);
}

std::string fault_of_seats(const contest& in, const certificate& made) {
    if (made.how != in.how || made.seats != in.seats)
        return "the certificate is of another method or of other seats";
    if (made.given.size() != in.parties.size()) return "there is not one number for each party";
    std::int64_t all = 0;
    for (std::size_t i = 0; i < in.parties.size(); ++i) {
        const party& p = in.parties[i];
        const std::int64_t s = made.given[i];
        if (s < least_of(p) || s > most_of(p, in.seats))
            return p.name + " has fewer seats than its minimum or more than its maximum";
        all += s;
    }
    for (const tie& one : made.ties)
        if (one.given.empty()) all += one.places;
    if (made.decided != (sum_of(made.given) == in.seats))
        return "the seats do not sum up to what the certificate says is given";
    if (!made.ties.empty() && all != in.seats) return "the seats and the open ones do not sum up";
    for (const auto& outcome : made.tied_outcomes)
        if (outcome.size() != in.parties.size() || sum_of(outcome) != in.seats)
            return "a tied outcome does not share out all seats";
    return {};
}

/// Whether outcomes are counted and listed that one tie allows.
std::string fault_of_outcomes(const certificate& made) {
    // Pascal's triangle, row by row, up to the greatest number that is counted.
    std::int64_t ways = 1;
    if (!made.ties.empty()) {
        const auto places = static_cast<std::size_t>(made.ties[0].places);
        std::vector<std::int64_t> row(std::min(places, std::size_t{200}) + 1, 0);
        row[0] = 1;
        if (made.ties[0].among.size() > 4000 || places + 1 > row.size()) return {};
        for (std::size_t n = 0; n < made.ties[0].among.size(); ++n)
            for (std::size_t k = row.size() - 1; k > 0; --k)
                row[k] = std::min(row[k] + row[k - 1], most_votes);
        ways = row[places];
    }
    if (made.outcomes != ways) return "the number of outcomes is another";
    const bool listed = ways > 1 && ways <= most_outcomes_listed;
    const std::set<std::vector<std::int64_t>> all(made.tied_outcomes.begin(),
                                                  made.tied_outcomes.end());
    if (all.size() != made.tied_outcomes.size() ||
        static_cast<std::int64_t>(all.size()) != (listed ? ways : 0))
        return "the list of tied outcomes is not complete";
    return {};
}

std::string fault_of_line(const contest& in, const certificate& made,
                          const std::vector<standing_at_line>& all) {
    const std::string wrong = line_check(in.ties, made.ties).fault(all);
    return wrong.empty() ? fault_of_outcomes(made) : wrong;
}

/// Whether the two marks are where the parties stand; `at` gives the quotient of a mark.
template <class At>
std::string fault_of_marks(const certificate& made, const std::vector<standing_at_line>& all,
                           At at) {
    std::optional<quotient_of_seat> won;
    std::optional<quotient_of_seat> lost;
    if (made.lowest_won) won = at(*made.lowest_won);
    if (made.highest_lost) lost = at(*made.highest_lost);
    if (won.has_value() != made.lowest_won.has_value() ||
        lost.has_value() != made.highest_lost.has_value())
        return "a mark names no seat of a party";
    bool missed = !lost;
    for (const standing_at_line& one : all) {
        if (one.has_last && (!won || order_of(one.last, *won) < 0))
            return "the lowest seat won is not the one named";
        if (one.has_next && (!lost || order_of(one.next, *lost) > 0))
            return "the highest seat missed is not the one named";
        missed = missed || (one.has_next && order_of(one.next, *lost) == 0);
    }
    return missed ? "" : "the highest seat missed is nobody's";
}

std::string fault_of_divisors(const contest& in, const certificate& made) {
    std::vector<standing_at_line> all;
    for (std::size_t i = 0; i < in.parties.size(); ++i) {
        const party& p = in.parties[i];
        const std::int64_t s = made.given[i];
        standing_at_line one{p.name, {}, s > least_of(p), {}, s < most_of(p, in.seats)};
        if (one.has_last) one.last = quotient_after(in, p.votes, s - 1);
        if (one.has_next) one.next = quotient_after(in, p.votes, s);
        all.push_back(std::move(one));
    }
    const auto of_mark = [&](const seat_mark& mark) -> std::optional<quotient_of_seat> {
        for (const party& p : in.parties)
            if (p.name == mark.party && mark.seat > 0 && mark.seat <= in.seats)
                return quotient_after(in, p.votes, mark.seat - 1);
        return std::nullopt;
    };
    const std::string marked = fault_of_marks(made, all, of_mark);
    return marked.empty() ? fault_of_line(in, made, all) : marked;
}

/// Whether num/den seats for a vote is the level that the method says.
bool is_level(const contest& in, huge num, huge den) {
    huge votes = 0;
    bool bounded = false;
    for (const party& p : in.parties) {
        votes += whole_of(p.votes);
        bounded = bounded || p.least || p.most;
    }
    const huge seats = whole_of(in.seats);
    if (in.how == method::droop) return order_of(num, den, 1, votes / (seats + 1) + 1) == 0;
    if (in.how == method::hagenbach_bischoff) return order_of(num, den, seats + 1, votes) == 0;
    if (!bounded) return order_of(num, den, seats, votes) == 0;
    huge rising = 0;
    huge fixed = 0;
    for (const party& p : in.parties) {
        const huge quota = whole_of(p.votes) * num;
        const auto low = whole_of(least_of(p));
        const auto high = whole_of(most_of(p, in.seats));
        if (quota <= low * den)
            fixed += low;
        else if (quota >= high * den)
            fixed += high;
        else
            rising += whole_of(p.votes);
    }
    return rising * num + fixed * den == seats * den;
}

std::string fault_of_remainders(const contest& in, const certificate& made) {
    const auto level = read_fraction(made.level.value_or(""));
    if (!level || !is_level(in, level->first, level->second)) return "the level is not right";
    const auto [num, den] = *level;
    std::vector<huge> whole;
    std::vector<huge> rest;
    huge all = 0;
    for (const party& p : in.parties) {
        const huge quota = whole_of(p.votes) * num;
        const huge low = whole_of(least_of(p));
        const huge high = p.most ? whole_of(*p.most) : std::max(low, quota / den + 1);
        const huge units = std::clamp(quota / den, low, high);
        whole.push_back(units);
        rest.push_back(units == quota / den && units < high ? quota % den : 0);
        all += units;
    }
    // All votes whole multiples of votes / (seats + 1): one whole quota too many.
    if (all > whole_of(in.seats))
        for (std::size_t i = 0; i < whole.size(); ++i)
            if (whole[i] > 0) {
                --whole[i];
                rest[i] = den;
            }
    std::vector<standing_at_line> at;
    std::map<std::string_view, quotient_of_seat> marks;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const huge given = whole_of(made.given[i]);
        const std::string& name = in.parties[i].name;
        if (given != whole[i] && !(given == whole[i] + 1 && rest[i] > 0))
            return name + " has neither its whole quotas nor one seat more";
        const bool up = given > whole[i];
        at.push_back({name, {rest[i], den}, up, {rest[i], den}, !up && rest[i] > 0});
        marks[name] = {rest[i], den};
    }
    const auto of_mark = [&](const seat_mark& mark) -> std::optional<quotient_of_seat> {
        const auto found = marks.find(mark.party);
        if (found == marks.end()) return std::nullopt;
        return found->second;
    };
    const std::string marked = fault_of_marks(made, at, of_mark);
    return marked.empty() ? fault_of_line(in, made, at) : marked;
}

/// Whether the outcomes of the quota method are those listed; says nothing where there are many
/// states.
std::string fault_of_quota_outcomes(const contest& in, const certificate& made, huge votes) {
    constexpr std::size_t few_states = 5000;
    std::set<std::vector<std::int64_t>> states = {std::vector<std::int64_t>(in.parties.size(), 0)};
    for (std::int64_t h = 1; h <= in.seats; ++h) {
        std::set<std::vector<std::int64_t>> next;
        for (const auto& state : states) {
            std::vector<std::size_t> best;
            for (std::size_t i = 0; i < state.size(); ++i) {
                const huge v = whole_of(in.parties[i].votes);
                if (whole_of(state[i]) * votes >= v * whole_of(h)) continue;
                const int order = best.empty() ? 1
                                               : order_of(v, whole_of(state[i] + 1),
                                                          whole_of(in.parties[best[0]].votes),
                                                          whole_of(state[best[0]] + 1));
                if (order > 0) best.clear();
                if (order >= 0) best.push_back(i);
            }
            for (const std::size_t i : best) {
                auto after = state;
                ++after[i];
                next.insert(std::move(after));
            }
        }
        states = std::move(next);
        if (states.size() > few_states) return {};
    }
    if (made.outcomes != static_cast<std::int64_t>(states.size()))
        return "the number of outcomes is another";
    const std::set<std::vector<std::int64_t>> listed(made.tied_outcomes.begin(),
                                                     made.tied_outcomes.end());
    const bool list = states.size() > 1 && states.size() <= std::size_t{most_outcomes_listed};
    return listed == (list ? states : decltype(states){}) ? "" : "other outcomes are possible";
}

std::map<std::string, std::size_t> places_of(const contest& in) {
    std::map<std::string, std::size_t> out;
    for (std::size_t i = 0; i < in.parties.size(); ++i) out[in.parties[i].name] = i;
    return out;
}

/// Places in the list by the rule for ties: lowest first.
std::vector<std::size_t> ranks_of(const contest& in) {
    std::vector<std::string> names;
    for (const party& p : in.parties) names.push_back(p.name);
    const auto where = places_of(in);
    std::vector<std::size_t> rank(names.size());
    std::size_t n = 0;
    for (const std::string& name : served(in.ties, names)) rank[where.at(name)] = n++;
    return rank;
}

std::string fault_of_quota_method(const contest& in, const certificate& made) {
    huge votes = 0;
    for (const party& p : in.parties) votes += whole_of(p.votes);
    if (made.decided) {
        const auto where = places_of(in);
        const auto rank = ranks_of(in);
        std::vector<std::int64_t> seats(in.parties.size(), 0);
        for (std::size_t h = 1; h <= made.awards.size(); ++h) {
            const auto to = where.find(made.awards[h - 1].party);
            if (to == where.end() || made.awards[h - 1].seats != 1) return "an award is to nobody";
            const auto may = [&](std::size_t i) {
                return whole_of(seats[i]) * votes < whole_of(in.parties[i].votes) * huge{h};
            };
            const std::size_t w = to->second;
            for (std::size_t i = 0; i < seats.size(); ++i) {
                const int order = order_of(whole_of(in.parties[i].votes), whole_of(seats[i] + 1),
                                           whole_of(in.parties[w].votes), whole_of(seats[w] + 1));
                if (!may(w) || (may(i) && (order > 0 || (order == 0 && rank[i] < rank[w]))))
                    return "seat " + std::to_string(h) + " is not due to " + in.parties[w].name;
            }
            ++seats[w];
        }
        if (seats != made.given) return "the awards do not sum up to the seats";
    }
    return fault_of_quota_outcomes(in, made, votes);
}

/// The group as the level above sees it.
party summed(const grouped_contest& in, const std::string& path) {
    party out{path, 0, std::nullopt, std::nullopt};
    std::vector<std::string> inner;
    std::int64_t room = 0;
    bool bounded = true;
    const auto add = [&](const party& one) {
        out.votes += one.votes;
        if (one.least) out.least = out.least.value_or(0) + *one.least;
        bounded = bounded && one.most;
        room += one.most.value_or(0);
    };
    for (const grouped_party& one : in.parties) {
        if (one.group == path) add(one.of);
        if (!one.group.starts_with(path + "/")) continue;
        const std::string child = one.group.substr(0, one.group.find('/', path.size() + 1));
        if (std::find(inner.begin(), inner.end(), child) != inner.end()) continue;
        inner.push_back(child);
        add(summed(in, child));
    }
    if (bounded) out.most = room;
    for (const party& own : in.bounds)
        if (own.name == path) {
            if (own.least) out.least = std::max(*own.least, out.least.value_or(0));
            if (own.most) out.most = std::min(*own.most, out.most.value_or(*own.most));
        }
    return out;
}

/// Who stands directly in a group.
std::vector<party> members_of(const grouped_contest& in, const std::string& path) {
    std::vector<party> out;
    std::set<std::string> seen;
    const std::string below = path.empty() ? "" : path + "/";
    for (const grouped_party& one : in.parties) {
        if (one.group == path) {
            out.push_back(one.of);
            continue;
        }
        if (one.group.empty() || !one.group.starts_with(below)) continue;
        const std::string child = one.group.substr(0, one.group.find('/', below.size()));
        if (seen.insert(child).second) out.push_back(summed(in, child));
    }
    return out;
}

bool same_party(const party& a, const party& b) {
    return a.name == b.name && a.votes == b.votes && a.least == b.least && a.most == b.most;
}

}  // namespace

std::string fault_in(const contest& in, const certificate& made) {
    std::int64_t votes = 0;
    for (const party& p : in.parties) votes += p.votes;
    const std::string of_seats = fault_of_seats(in, made);
    if (!of_seats.empty() || votes == 0) return of_seats;
    if (is_of_divisors(in.how)) return fault_of_divisors(in, made);
    if (in.how == method::quota_method) return fault_of_quota_method(in, made);
    if (in.how == method::dutch) return fault_of_dutch_law(in, made, ranks_of(in));
    return fault_of_remainders(in, made);
}

std::string fault_in(const grouped_contest& in, const std::vector<level_result>& levels) {
    std::map<std::string, std::int64_t> due = {{"", in.seats}};
    for (const level_result& level : levels) {
        const auto found = due.find(level.group);
        if (found == due.end() || found->second != level.asked.seats)
            return "\"" + level.group + "\" shares out seats that it was not given";
        due.erase(found);
        const std::vector<party> members = members_of(in, level.group);
        if (level.asked.how != in.how || level.asked.divisors != in.divisors ||
            to_json(level.asked.ties) != to_json(in.ties) ||
            !std::equal(members.begin(), members.end(), level.asked.parties.begin(),
                        level.asked.parties.end(), same_party))
            return "\"" + level.group + "\" is not shared out among those who are in it";
        const std::string fault = fault_in(level.asked, level.answer);
        if (!fault.empty()) return level.group.empty() ? fault : level.group + ": " + fault;
        if (!level.answer.decided) continue;
        for (std::size_t i = 0; i < members.size(); ++i)
            for (const grouped_party& one : in.parties)
                if (one.group == members[i].name || one.group.starts_with(members[i].name + "/"))
                    due[members[i].name] = level.answer.given[i];
    }
    for (const auto& [group, seats] : due)
        if (seats > 0) return "\"" + group + "\" does not share out its seats";
    return {};
}

}  // namespace veche::shares
