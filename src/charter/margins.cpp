// Where one more vote would have turned it: every voter's ballot is tried as a yes and as a no.
// Voters that no rule can tell apart are tried once.

#include <algorithm>
#include <tuple>

#include "charter/reasons.hpp"

namespace veche::charter {

namespace {

/// Electorates with more kinds of voters than this get no margins: trying them all takes too long.
constexpr std::size_t max_kinds = 400;

ballot said_by(const voter& v, const ballot_map& ballots) {
    const auto found = ballots.find(v.id);
    return found == ballots.end() ? ballot::absent : found->second;
}

struct kind_of_voter {
    std::map<std::string, std::string> attributes;
    std::map<std::string, std::int64_t> weights;
    ballot said{};
    std::string own;  ///< id of a voter who is a kind of its own
    auto operator<=>(const kind_of_voter&) const = default;
};

/// Positions by kind.
using kinds_of_voters = std::map<kind_of_voter, members>;

kinds_of_voters kinds(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
                      const circumstances& around) {
    const auto named = voters_named(r);
    kinds_of_voters out;
    for (std::size_t i = 0; i < voters.size(); ++i) {
        const voter& v = voters[i];
        const bool own = named.contains(v.id) || around.chair == v.id;
        // Blocs without the attribute are named after the seat.
        const bool alone = around.blocs != bloc_mode::none && !v.attributes.contains("st");
        out[{v.attributes, v.weights, said_by(v, ballots), own || alone ? v.id : ""}].push_back(i);
    }
    return out;
}

std::string listed(const std::vector<std::string>& ids) {
    constexpr std::size_t most = 12;
    std::string out;
    for (std::size_t i = 0; i < ids.size() && i < most; ++i) out += (i == 0 ? "" : ", ") + ids[i];
    return ids.size() > most ? out + ", ..." : out;
}

std::int64_t weight_of(const voter& v, const std::string& name) {
    const auto found = v.weights.find(name);
    return found == v.weights.end() ? 0 : found->second;
}

/// A weight that separates the voters who turn it from the other candidates, and its least value.
std::optional<std::pair<std::string, std::int64_t>> separating_weight(const rule& r,
                                                                      std::span<const voter> voters,
                                                                      const members& turn,
                                                                      const members& others) {
    for (const std::string& name : weights_used(r)) {
        std::int64_t least = json::max_integer;
        std::int64_t most = -1;
        for (const std::size_t i : turn) least = std::min(least, weight_of(voters[i], name));
        for (const std::size_t i : others) most = std::max(most, weight_of(voters[i], name));
        if (least > most) return std::pair{name, least};
    }
    return std::nullopt;
}

int128 total_weight(std::span<const voter> voters, const std::string& name) {
    int128 total = 0;
    for (const voter& v : voters) total += weight_of(v, name);
    return total;
}

reason_line line_of(const rule& r, std::span<const voter> voters, const turning& t,
                    const members& turn, const members& others) {
    const std::string said = "@rule.said." + std::string(name_of(t.to));
    const std::string then = "@rule.outcome." + std::string(name_of(t.outcome));
    const std::string was = "@rule.sel." + std::string(name_of(t.from));
    if (others.empty()) return make_line("rule.turn_any", {said, then, "", "", was});
    if (const auto heavy = separating_weight(r, voters, turn, others)) {
        const auto& [weight, least] = *heavy;
        return make_line(
            "rule.turn_heavy",
            {said, then, percent(least, total_weight(voters, weight)), weight_phrase(weight), was});
    }
    return make_line("rule.turn_listed", {said, then, listed(t.voters), "", was});
}

/// The voters who said `from`, tried with `to`, by the outcome that each alone would give.
std::map<outcome, members> try_change(const rule& r, std::span<const voter> voters,
                                      const kinds_of_voters& by_kind, ballot_map& ballots,
                                      const circumstances& around, ballot from, ballot to) {
    std::map<outcome, members> out;
    for (const auto& [kind, positions] : by_kind) {
        if (kind.said != from) continue;
        const std::string& id = voters[positions.front()].id;
        ballots[id] = to;
        auto& list = out[outcome_of(r, voters, ballots, around)];
        ballots[id] = from;
        list.insert(list.end(), positions.begin(), positions.end());
    }
    for (auto& [then, list] : out) std::sort(list.begin(), list.end());
    return out;
}

turning make_turning(const rule& r, std::span<const voter> voters, ballot from, ballot to,
                     outcome then, const std::map<outcome, members>& by_outcome) {
    const members& turn = by_outcome.at(then);
    members others;
    for (const auto& [other, list] : by_outcome)
        if (other != then) others.insert(others.end(), list.begin(), list.end());
    turning out{from, to, then, {}, {}};
    for (const std::size_t i : turn) out.voters.push_back(voters[i].id);
    out.line = line_of(r, voters, out, turn, others);
    return out;
}

}  // namespace

std::vector<turning> find_margins(const rule& r, std::span<const voter> voters,
                                  const ballot_map& ballots, const circumstances& around,
                                  outcome now) {
    std::vector<turning> out;
    const kinds_of_voters by_kind = kinds(r, voters, ballots, around);
    if (now == outcome::invalid || by_kind.size() > max_kinds) return out;
    ballot_map changed = ballots;
    for (const ballot to : {ballot::yes, ballot::no}) {
        for (const ballot from : {ballot::yes, ballot::no, ballot::abstain, ballot::absent}) {
            if (from == to) continue;
            const auto turned = try_change(r, voters, by_kind, changed, around, from, to);
            for (const auto& [then, turn] : turned)
                if (then != now) out.push_back(make_turning(r, voters, from, to, then, turned));
        }
    }
    return out;
}

verdict evaluate(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
                 const circumstances& around) {
    assembled a;
    assemble(r, voters, ballots, around, a);
    const finding found = find_outcome(r, a, around);
    verdict out;
    out.outcome = found.outcome;
    out.reasons = explain(r, a, around, found);
    out.sentence = summary(found, out.reasons);
    out.blocs = a.said;
    if (around.margins) out.margins = find_margins(r, voters, ballots, around, found.outcome);
    return out;
}

}  // namespace veche::charter
