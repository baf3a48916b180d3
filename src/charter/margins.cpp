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
std::map<kind_of_voter, members> kinds(const rule& r, std::span<const voter> voters,
                                       const ballot_map& ballots, const circumstances& around) {
    const auto named = voters_named(r);
    std::map<kind_of_voter, members> out;
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
    if (others.empty()) return make_line("rule.turn_any", {said, then});
    if (const auto heavy = separating_weight(r, voters, turn, others)) {
        const auto& [weight, least] = *heavy;
        return make_line(
            "rule.turn_heavy",
            {said, then, percent(least, total_weight(voters, weight)), weight_phrase(weight)});
    }
    return make_line("rule.turn_listed", {said, then, listed(t.voters)});
}

}  // namespace

std::vector<turning> find_margins(const rule& r, std::span<const voter> voters,
                                  const ballot_map& ballots, const circumstances& around,
                                  outcome now) {
    std::vector<turning> out;
    const auto by_kind = kinds(r, voters, ballots, around);
    if (now == outcome::invalid || by_kind.size() > max_kinds) return out;
    ballot_map changed = ballots;
    for (const ballot to : {ballot::yes, ballot::no}) {
        std::map<outcome, members> turned;
        members candidates;
        for (const auto& [kind, positions] : by_kind) {
            if (kind.said == to || kind.said == ballot::excluded) continue;
            candidates.insert(candidates.end(), positions.begin(), positions.end());
            const std::string& id = voters[positions.front()].id;
            changed[id] = to;
            const outcome then = outcome_of(r, voters, changed, around);
            changed[id] = kind.said;
            auto& list = turned[then];
            list.insert(list.end(), positions.begin(), positions.end());
        }
        for (auto& [then, turn] : turned) {
            if (then == now) continue;
            std::sort(turn.begin(), turn.end());
            members others;
            for (const std::size_t i : candidates)
                if (!std::binary_search(turn.begin(), turn.end(), i)) others.push_back(i);
            turning t{to, then, {}, {}};
            for (const std::size_t i : turn) t.voters.push_back(voters[i].id);
            t.line = line_of(r, voters, t, turn, others);
            out.push_back(std::move(t));
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
