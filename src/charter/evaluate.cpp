// From ballots to an outcome, in the order that docs/format/rules.md gives: blocs, quorum, pass,
// tie, against.

#include <algorithm>

#include "charter/counting.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"

namespace veche::charter {

namespace {

constexpr std::string_view bloc_attribute = "st";
constexpr std::int64_t max_weight = json::max_integer;

void unfit(assembled& into, std::string fault, std::vector<std::string> args) {
    into.fault = std::move(fault);
    into.fault_args = std::move(args);
}

/// Ids unique, a chair who has a vote, every weight in use there.
void check_fit(const rule& r, std::span<const voter> voters, const circumstances& around,
               assembled& into) {
    std::vector<std::string_view> ids;
    ids.reserve(voters.size());
    for (const voter& v : voters) ids.push_back(v.id);
    std::sort(ids.begin(), ids.end());
    const auto has = [&](std::string_view id) {
        return std::binary_search(ids.begin(), ids.end(), id);
    };
    if (const auto twice = std::adjacent_find(ids.begin(), ids.end()); twice != ids.end())
        unfit(into, "rule.unfit_repeated", {std::string(*twice)});
    if (around.chair && !has(*around.chair)) unfit(into, "rule.unfit_unknown", {*around.chair});
    for (const std::string& name : weights_used(r)) {
        for (const voter& v : voters) {
            const auto found = v.weights.find(name);
            if (found == v.weights.end() || found->second < 0 || found->second > max_weight)
                unfit(into, "rule.unfit_weight", {v.id, name});
        }
    }
}

/// A split ballot comes with its parts, which add up to the weight, and the rule lets it be split.
void check_splits(const rule& r, std::span<const voter> voters, std::span<const ballot> said,
                  const circumstances& around, assembled& into) {
    for (std::size_t i = 0; i < voters.size(); ++i) {
        if (said[i] != ballot::split) continue;
        const voter& v = voters[i];
        const auto parts = around.splits.find(v.id);
        const auto weight = v.weights.find(around.split_weight);
        const bool fits =
            parts != around.splits.end() && weight != v.weights.end() &&
            may_split(r, around.split_weight, around.blocs) &&
            std::min({parts->second.yes, parts->second.no, parts->second.abstain}) >= 0 &&
            static_cast<int128>(parts->second.yes) + parts->second.no + parts->second.abstain ==
                weight->second;
        if (!fits) unfit(into, "rule.unfit_split", {v.id});
    }
}

std::string bloc_of(const voter& v) {
    const auto found = v.attributes.find(std::string(bloc_attribute));
    return found == v.attributes.end() ? v.id : found->second;
}

void collapse(std::span<const voter> voters, std::span<const ballot> said, bloc_mode mode,
              assembled& into) {
    std::map<std::string, std::vector<ballot>> by_bloc;
    for (std::size_t i = 0; i < voters.size(); ++i) {
        const voter& v = voters[i];
        auto& own = by_bloc[bloc_of(v)];
        if (own.empty()) into.blocs.push_back({bloc_of(v), v.attributes, v.weights});
        own.push_back(said[i]);
        const voter& bloc = *std::find_if(into.blocs.begin(), into.blocs.end(),
                                          [&](const voter& b) { return b.id == bloc_of(v); });
        // The weight is the member's: its seats must agree on it.
        if (bloc.weights != v.weights || bloc.attributes != v.attributes)
            unfit(into, "rule.unfit_bloc", {bloc.id});
    }
    for (const voter& bloc : into.blocs)
        into.said.push_back({bloc.id, bloc_ballot_of(mode, by_bloc[bloc.id])});
}

void take_splits(std::span<const voter> voters, const circumstances& around, assembled& into) {
    if (around.splits.empty()) return;
    into.all.split_weight = around.split_weight;
    for (std::size_t i = 0; i < voters.size(); ++i) {
        const auto parts = around.splits.find(voters[i].id);
        const bool split = into.all.ballots[i] == ballot::split && parts != around.splits.end();
        into.all.splits.push_back(split ? &parts->second : nullptr);
    }
}

/// For the quorum, whoever is only represented is absent.
void count_without_represented(std::span<const voter> voters, std::span<const ballot> said,
                               const circumstances& around, assembled& into) {
    if (around.represented.empty()) return;
    std::vector<ballot> there(said.begin(), said.end());
    for (std::size_t i = 0; i < voters.size(); ++i)
        if (counts_in(selection::cast, there[i]) && around.represented.contains(voters[i].id))
            there[i] = ballot::absent;
    into.for_quorum = into.all;
    auto& counted = into.for_quorum->ballots;
    if (around.blocs == bloc_mode::none) {
        counted = std::move(there);
        for (std::size_t i = 0; i < into.for_quorum->splits.size(); ++i)
            if (counted[i] != ballot::split) into.for_quorum->splits[i] = nullptr;
        return;
    }
    std::map<std::string, std::vector<ballot>> by_bloc;
    for (std::size_t i = 0; i < voters.size(); ++i) by_bloc[bloc_of(voters[i])].push_back(there[i]);
    for (std::size_t i = 0; i < counted.size(); ++i)
        counted[i] = bloc_ballot_of(around.blocs, by_bloc[into.blocs[i].id]);
}

std::size_t position_of(const tallied& all, std::string_view id) {
    const auto found = std::find_if(all.voters.begin(), all.voters.end(),
                                    [&](const voter* v) { return v->id == id; });
    return found == all.voters.end() ? nobody
                                     : static_cast<std::size_t>(found - all.voters.begin());
}

bool is_tied(const tallied& all) {
    const auto yes = std::count(all.ballots.begin(), all.ballots.end(), ballot::yes);
    return yes > 0 && yes == std::count(all.ballots.begin(), all.ballots.end(), ballot::no);
}

outcome without_majority(const rule& r, const tallied& all, stage& reached) {
    if (r.against && !holds(*r.against, all, everybody(all))) {
        reached = stage::no_opinion;
        return outcome::no_opinion;
    }
    return outcome::rejected;
}

/// A chair or a lot in favour is one more vote in favour, and `pass` is tried again. So a tie never
/// adopts what a member who changes from no to yes would not (law 9).
finding break_tie(const rule& r, const assembled& a, const circumstances& around) {
    if (r.tie == tie_break::lot && !around.seed)
        return {outcome::pending, stage::lot_pending, true};
    tallied decided = a.all;
    decided.casting_vote = r.tie == tie_break::lot
                               ? lot_says_yes(*around.seed)
                               : a.chair != nobody && a.all.ballots[a.chair] == ballot::yes;
    finding out{outcome::adopted, stage::tie_decided, true};
    if (!holds(r.pass, decided, everybody(decided)))
        out.outcome = without_majority(r, a.all, out.reached);
    return out;
}

finding end_silence(const rule& r, const assembled& a, const circumstances& around) {
    if (!holds(r.pass, a.all, everybody(a.all))) {
        finding out{outcome::rejected, stage::no_majority};
        out.outcome = without_majority(r, a.all, out.reached);
        return out;
    }
    return around.silence_over ? finding{outcome::adopted, stage::passed}
                               : finding{outcome::pending, stage::silence_running};
}

}  // namespace

bool lot_says_yes(const std::string& seed) {
    return (sha256({"veche lot\n", seed}).back() & 1U) == 1U;
}

ballot bloc_ballot_of(bloc_mode mode, std::span<const ballot> said) {
    const auto number = [&](ballot b) { return std::count(said.begin(), said.end(), b); };
    const auto all = static_cast<std::ptrdiff_t>(said.size());
    if (mode == bloc_mode::none || all == 0) return ballot::absent;
    if (number(ballot::excluded) == all) return ballot::excluded;
    const auto yes = number(ballot::yes);
    const auto no = number(ballot::no);
    const auto abstain = number(ballot::abstain);
    if (yes + no + abstain == 0) return ballot::absent;
    if (mode == bloc_mode::majority) {
        if (yes + no == 0) return ballot::abstain;
        return yes > no ? ballot::yes : ballot::no;
    }
    if (no + abstain == 0) return ballot::yes;
    if (yes + abstain == 0) return ballot::no;
    return ballot::abstain;
}

void assemble(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
              const circumstances& around, assembled& into) {
    std::vector<ballot> said;
    said.reserve(voters.size());
    std::set<std::string_view> ids;
    for (const voter& v : voters) {
        const auto found = ballots.find(v.id);
        said.push_back(found == ballots.end() ? ballot::absent : found->second);
        ids.insert(v.id);
    }
    assemble_in_order(r, voters, said, around, into);
    for (const auto& [id, ballot] : ballots)
        if (into.fault.empty() && !ids.contains(id)) unfit(into, "rule.unfit_unknown", {id});
}

void assemble_in_order(const rule& r, std::span<const voter> voters, std::span<const ballot> said,
                       const circumstances& around, assembled& into) {
    VECHE_ENSURE(said.size() == voters.size(), "a ballot for each voter");
    check_fit(r, voters, around, into);
    check_splits(r, voters, said, around, into);
    std::string chair = around.chair.value_or("");
    if (around.blocs == bloc_mode::none) {
        for (const voter& v : voters) into.all.voters.push_back(&v);
        into.all.ballots.assign(said.begin(), said.end());
        take_splits(voters, around, into);
    } else {
        collapse(voters, said, around.blocs, into);
        for (const voter& bloc : into.blocs) into.all.voters.push_back(&bloc);
        for (const bloc_ballot& one : into.said) into.all.ballots.push_back(one.ballot);
        // A chair whose member votes as a bloc speaks through the bloc.
        for (const voter& v : voters)
            if (around.chair == v.id) chair = bloc_of(v);
    }
    if (around.chair) into.chair = position_of(into.all, chair);
    count_without_represented(voters, said, around, into);
}

finding find_outcome(const rule& r, const assembled& a, const circumstances& around) {
    if (!a.fault.empty()) return {outcome::invalid, stage::unfit};
    const tallied& all = a.all;
    const members whole = everybody(all);
    const tallied& there = a.for_quorum ? *a.for_quorum : all;
    if (!std::all_of(r.quorum.begin(), r.quorum.end(),
                     [&](const condition& c) { return holds(c, there, whole); }))
        return {outcome::no_quorum, stage::no_quorum};
    if (r.silence) return end_silence(r, a, around);
    const bool cast = std::any_of(all.ballots.begin(), all.ballots.end(),
                                  [](ballot b) { return counts_in(selection::cast, b); });
    if (!cast) {
        finding out{outcome::rejected, stage::nothing_cast};
        out.outcome = without_majority(r, all, out.reached);
        return out;
    }
    if (holds(r.pass, all, whole)) return {outcome::adopted, stage::passed};
    if (r.tie != tie_break::reject && is_tied(all)) return break_tie(r, a, around);
    finding out{outcome::rejected, stage::no_majority};
    out.outcome = without_majority(r, all, out.reached);
    return out;
}

outcome outcome_of(const rule& r, std::span<const voter> voters, const ballot_map& ballots,
                   const circumstances& around) {
    assembled a;
    assemble(r, voters, ballots, around, a);
    return find_outcome(r, a, around).outcome;
}

std::int64_t threshold_up(ratio share, std::int64_t of) {
    const int128 product = static_cast<int128>(share.num) * of;
    const int128 whole = product / share.den;
    return static_cast<std::int64_t>(whole * share.den == product || product < 0 ? whole
                                                                                 : whole + 1);
}

}  // namespace veche::charter
