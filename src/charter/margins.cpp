// Where one more vote would have turned it: every voter's ballot is tried as a yes and as a no. The
// rule stands as sums (sums.hpp), so one changed ballot costs a step for each comparison and no
// counting anew; no electorate is too large for it.

#include <algorithm>
#include <array>
#include <tuple>

#include "charter/reasons.hpp"
#include "charter/sums.hpp"

namespace veche::charter {

namespace {

std::string listed(const std::vector<std::string>& ids) {
    constexpr std::size_t most = 12;
    std::string out;
    for (std::size_t i = 0; i < ids.size() && i < most; ++i) out += (i == 0 ? "" : ", ") + ids[i];
    return ids.size() > most ? out + ", ..." : out;
}

std::int64_t weight_held(const voter& v, const std::string& name) {
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
        for (const std::size_t i : turn) least = std::min(least, weight_held(voters[i], name));
        for (const std::size_t i : others) most = std::max(most, weight_held(voters[i], name));
        if (least > most) return std::pair{name, least};
    }
    return std::nullopt;
}

int128 total_weight(std::span<const voter> voters, const std::string& name) {
    int128 total = 0;
    for (const voter& v : voters) total += weight_held(v, name);
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

/// A vote that was counted once, and what any one other ballot would make of it. The ballots that
/// are tried are yes and no, of voters who did not stand aside: so nobody begins or ceases to take
//// part, and covers stay what they are.
class counted_vote {
  public:
    /// `a` was assembled without fault; all must outlive it.
    counted_vote(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
                 const circumstances& around, const assembled& a)
        : rule_(r), around_(around), a_(a), sums_(r, a.all.voters) {
        for (std::size_t t = 0; t < sums_.terms(); ++t) {
            int128 sum = sums_.constant(t);
            for (std::size_t u = 0; u < a.all.ballots.size(); ++u)
                sum += sums_.part(t, u, a.all.ballots[u]);
            if (sums_.has_cover(t)) sum += sums_.cover(t, a.all.ballots);
            base_.push_back(sum);
        }
        for (const ballot b : a.all.ballots) ++number_[index(b)];
        find_units(voters, ballots);
    }

    [[nodiscard]] ballot said(std::size_t voter) const { return said_[voter]; }

    /// The outcome had this voter said that instead.
    outcome had(std::size_t voter, ballot to) {
        const std::size_t u = unit_of_[voter];
        const ballot own = said_[voter];
        if (around_.blocs == bloc_mode::none) return with(u, to);
        const auto key = std::tuple(u, own, to);
        const auto tried = blocs_tried_.find(key);
        if (tried != blocs_tried_.end()) return tried->second;
        std::vector<ballot> seats = seats_[u];
        *std::find(seats.begin(), seats.end(), own) = to;
        return blocs_tried_[key] = with(u, bloc_ballot_of(around_.blocs, seats));
    }

  private:
    static std::size_t index(ballot b) { return static_cast<std::size_t>(b); }

    void find_units(std::span<const voter> voters, const ballot_map& ballots) {
        std::map<std::string_view, std::size_t> place;
        for (std::size_t u = 0; u < a_.all.voters.size(); ++u)
            place.emplace(a_.all.voters[u]->id, u);
        seats_.resize(a_.all.voters.size());
        for (const voter& v : voters) {
            const auto st = v.attributes.find("st");
            const bool bloc = around_.blocs != bloc_mode::none && st != v.attributes.end();
            unit_of_.push_back(place.at(bloc ? st->second : v.id));
            const auto own = ballots.find(v.id);
            said_.push_back(own == ballots.end() ? ballot::absent : own->second);
            seats_[unit_of_.back()].push_back(said_.back());
        }
    }

    /// The order of find_outcome (evaluate.cpp), with the unit's ballot changed. Whoever changed it
    /// has voted, so no vote is empty here.
    outcome with(std::size_t u, ballot to) {
        unit_ = u;
        to_ = to;
        from_ = a_.all.ballots[u];
        auto number = number_;
        --number[index(from_)];
        ++number[index(to)];
        for (const auto& condition : sums_.quorum())
            if (!holds(condition, false)) return outcome::no_quorum;
        const bool passed = holds(sums_.pass(), false);
        if (rule_.silence) {
            if (!passed) return lost();
            return around_.silence_over ? outcome::adopted : outcome::pending;
        }
        const std::size_t yes = number[index(ballot::yes)];
        const std::size_t no = number[index(ballot::no)];
        if (passed) return outcome::adopted;
        if (rule_.tie == tie_break::reject || yes == 0 || yes != no) return lost();
        if (rule_.tie == tie_break::lot && !around_.seed) return outcome::pending;
        return holds(sums_.pass(), casting_vote()) ? outcome::adopted : lost();
    }

    [[nodiscard]] bool casting_vote() const {
        if (rule_.tie == tie_break::lot) return lot_says_yes(*around_.seed);
        if (a_.chair == nobody) return false;
        return (a_.chair == unit_ ? to_ : a_.all.ballots[a_.chair]) == ballot::yes;
    }

    [[nodiscard]] outcome lost() const {
        const bool opinion = !sums_.against() || holds(*sums_.against(), false);
        return opinion ? outcome::rejected : outcome::no_opinion;
    }

    [[nodiscard]] bool holds(const rule_sums::node& n, bool casting) const {
        const known found = rule_sums::decide(n, [&](std::size_t t) {
            const int128 sum = base_[t] + sums_.part(t, unit_, to_) - sums_.part(t, unit_, from_) +
                               (casting ? sums_.casting(t) : 0);
            return against_zero({sum, sum}, sums_.relation(t));
        });
        return found == known::yes;
    }

    const rule& rule_;
    const circumstances& around_;
    const assembled& a_;
    rule_sums sums_;
    std::vector<int128> base_;                ///< by term
    std::array<std::size_t, 6> number_{};     ///< units by ballot
    std::vector<std::size_t> unit_of_;        ///< by voter
    std::vector<ballot> said_;                ///< by voter
    std::vector<std::vector<ballot>> seats_;  ///< ballots of the unit's seats
    std::map<std::tuple<std::size_t, ballot, ballot>, outcome> blocs_tried_;
    std::size_t unit_ = 0;
    ballot from_{}, to_{};
};

/// The same by counting anew, once for each kind of voter that the rule can tell apart: where votes
/// are split, or some ballots do not count towards the quorum, the sums do not hold.
class vote_counted_anew {
  public:
    vote_counted_anew(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
                      const circumstances& around)
        : rule_(r), voters_(voters), around_(around), ballots_(ballots), named_(voters_named(r)) {}

    [[nodiscard]] ballot said(std::size_t i) const {
        const auto found = ballots_.find(voters_[i].id);
        return found == ballots_.end() ? ballot::absent : found->second;
    }

    outcome had(std::size_t i, ballot to) {
        const voter& v = voters_[i];
        const ballot own = said(i);
        const bool alone = named_.contains(v.id) || around_.chair == v.id || own == ballot::split ||
                           !v.attributes.contains("st");
        const kind key{v.attributes,     v.weights, own, to, around_.represented.contains(v.id),
                       alone ? v.id : ""};
        const auto [at, fresh] = tried_.try_emplace(key);
        if (fresh) {
            ballot_map other = ballots_;
            other[v.id] = to;
            at->second = outcome_of(rule_, voters_, other, around_);
        }
        return at->second;
    }

  private:
    using kind = std::tuple<std::map<std::string, std::string>, std::map<std::string, std::int64_t>,
                            ballot, ballot, bool, std::string>;
    const rule& rule_;
    std::span<const voter> voters_;
    const circumstances& around_;
    const ballot_map& ballots_;
    std::set<std::string> named_;
    std::map<kind, outcome> tried_;
};

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
                                  const assembled& a, outcome now) {
    std::vector<turning> out;
    if (now == outcome::invalid) return out;
    const auto look = [&](auto counted) {
        for (const ballot to : {ballot::yes, ballot::no}) {
            std::map<ballot, std::map<outcome, members>> turned;
            for (std::size_t i = 0; i < voters.size(); ++i)
                if (counted.said(i) != to && counted.said(i) != ballot::excluded)
                    turned[counted.said(i)][counted.had(i, to)].push_back(i);
            for (const ballot from :
                 {ballot::yes, ballot::no, ballot::abstain, ballot::absent, ballot::split})
                for (const auto& [then, turn] : turned[from])
                    if (then != now)
                        out.push_back(make_turning(r, voters, from, to, then, turned[from]));
        }
    };
    if (a.all.splits.empty() && !a.for_quorum)
        look(counted_vote(r, voters, ballots, around, a));
    else
        look(vote_counted_anew(r, voters, ballots, around));
    return out;
}

namespace {

/// The outcome with the conditions that were tried, without words.
verdict without_words(const rule& r, const assembled& a, const circumstances& around,
                      const finding& found) {
    verdict out;
    out.outcome = found.outcome;
    out.reasons = explain(r, a, around, found);
    out.blocs = a.said;
    return out;
}

}  // namespace

verdict evaluate(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
                 const circumstances& around) {
    assembled a;
    assemble(r, voters, ballots, around, a);
    const finding found = find_outcome(r, a, around);
    verdict out = without_words(r, a, around, found);
    put_words(out.reasons);
    out.sentence = summary(found, out.reasons);
    if (around.margins) out.margins = find_margins(r, voters, ballots, around, a, found.outcome);
    return out;
}

verdict judge(const rule& r, std::span<const voter> voters, std::span<const ballot> said,
              const circumstances& around) {
    assembled a;
    assemble_in_order(r, voters, said, around, a);
    return without_words(r, a, around, find_outcome(r, a, around));
}

}  // namespace veche::charter
