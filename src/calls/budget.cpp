#include "calls/budget.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "budgeting/account.hpp"
#include "budgeting/certificate_check.hpp"
#include "budgeting/score.hpp"
#include "calls/voting.hpp"
#include "kernel/check.hpp"

namespace veche::calls {
namespace {

constexpr std::uint32_t not_funded = UINT32_MAX;

/// Of each position on the ballot paper its candidate, or not_funded.
std::vector<std::uint32_t> candidates_on_slate(const call& c,
                                               const std::vector<candidate>& candidates) {
    std::vector<std::uint32_t> out(c.slate().size(), not_funded);
    for (std::uint32_t i = 0; i < candidates.size(); ++i) {
        const auto at =
            std::lower_bound(c.slate().begin(), c.slate().end(), candidates[i].applicant);
        out[static_cast<std::size_t>(at - c.slate().begin())] = i;
    }
    return out;
}

/// Whether two projects are parted by nothing but their lots, should their claims be equal.
bool any_alike(const budgeting::election& e, const budgeting::shares_rules& rules) {
    const std::vector<budgeting::support> found = budgeting::supports_of(e);
    std::vector<std::pair<std::int64_t, std::int64_t>> looks;
    for (std::size_t p = 0; p < e.projects.size(); ++p) {
        auto& [cost, votes] = looks.emplace_back(0, 0);
        for (const budgeting::tie_rule one : rules.ties)
            (one == budgeting::tie_rule::least_cost ? cost : votes) =
                one == budgeting::tie_rule::least_cost ? e.projects[p].cost : found[p].votes;
    }
    std::sort(looks.begin(), looks.end());
    return std::adjacent_find(looks.begin(), looks.end()) != looks.end();
}

/// Whether the lots in reverse would fund other projects.
bool lots_matter(const budgeting::election& e, budgeting::shares_rules rules,
                 const std::vector<std::uint32_t>& chosen) {
    if (!any_alike(e, rules)) return false;
    std::reverse(rules.lottery.begin(), rules.lottery.end());
    const auto other = budgeting::equal_shares(e, rules);
    std::vector<std::uint32_t> now = chosen;
    std::vector<std::uint32_t> then = other ? other->chosen() : std::vector<std::uint32_t>();
    std::sort(now.begin(), now.end());
    std::sort(then.begin(), then.end());
    return now != then;
}

/// That the shares of the certificate are those of the call: what each begins with, raised by so
/// many whole steps as it allows.
std::string check_endowment(const voting_terms& v, const budgeting::election& e,
                            const budgeting::certificate& proof) {
    const auto said = parse_ratio(proof.endowment);
    if (!said) return "the endowment is no fraction";
    const int128 voters = e.voters;
    const int128 more = said->num * voters - int128{e.budget} * said->den;  // over den * voters
    const int128 step = int128{v.step.value_or(0)} * said->den * voters;
    const bool sound =
        step == 0 ? more == 0 : more >= 0 && more % step == 0 && more / step <= *v.rises;
    return sound ? std::string() : "the endowment is not what the rule of the call makes it";
}

/// From ballots and certificate alone.
std::string check_outcome(const run_input& in, const run_result& out,
                          const std::vector<std::uint32_t>& candidate_of) {
    const budgeting::election& e = out.voted->on;
    const budgeting::certificate& proof = out.voted->proof;
    const auto faults = budgeting::check_certificate(e, proof);
    if (!faults.empty()) return faults.front();
    std::map<std::string, bool> named;
    for (const auto& one : proof.purchases) named[one.project] = true;
    for (const std::string& one : proof.completed) named[one] = true;
    std::size_t offered = 0;
    int128 cost = 0;
    for (std::size_t p = 0; p < candidate_of.size(); ++p)
        if (out.placings[candidate_of[p]].offered != named.contains(e.projects[p].id))
            return "what is offered is not what the certificate names";
    for (std::size_t i = 0; i < out.placings.size(); ++i)
        if (out.placings[i].offered) {
            ++offered;
            cost += in.candidates[i].asks;
        }
    if (offered != named.size() || cost > in.money) return "more is offered than was bought";
    return check_endowment(*in.of->asked.voting, e, proof);
}

/// What became of each project, by applicant; of those on no ballot only that.
void tell_projects(const run_input& in, const budgeting::shares_outcome& made,
                   const std::vector<std::uint32_t>& project_of, run_result& out) {
    const budgeting::election& e = out.voted->on;
    const auto found = budgeting::supports_of(e);
    const auto money = budgeting::money_left(e, out.voted->proof);
    const std::vector<std::uint32_t> chosen = made.chosen();
    for (std::size_t i = 0; i < in.candidates.size(); ++i) {
        project_figures& one = out.projects.emplace_back();
        one.project = in.candidates[i].applicant;
        one.fate = project_fate::unsupported;
        const std::uint32_t p = project_of[i];
        if (p == not_funded) continue;
        one.votes = found[p].votes;
        one.points = found[p].points;
        one.left = money[p].left;
        one.effective_support = money[p].effective_support;
        one.fate = project_fate::short_of;
        const auto turn =
            static_cast<std::size_t>(std::find(chosen.begin(), chosen.end(), p) - chosen.begin());
        if (turn == chosen.size()) continue;
        one.turn = static_cast<std::int32_t>(turn) + 1;
        one.fate = turn < made.bought.size() ? project_fate::bought : project_fate::completed;
        if (turn < made.bought.size())
            one.price = budgeting::whole_part(out.voted->proof.purchases[turn].price);
    }
}

budgeting::utility utility_of(const voting_terms& v) {
    return v.measure == utility_measure::cost ? budgeting::utility::cost
                                              : budgeting::utility::cardinality;
}

}  // namespace

budgeting::election election_of(const call& c, const ballot_box& box,
                                const std::vector<candidate>& candidates) {
    const std::vector<std::uint32_t> on_paper = candidates_on_slate(c, candidates);
    std::vector<std::uint32_t> project(candidates.size(), not_funded);
    box.each([&](const person_id&, const ballot& one) {
        for (const ballot_mark& mark : one.marks)
            if (on_paper[mark.project] != not_funded) project[on_paper[mark.project]] = 0;
    });
    budgeting::election e;
    e.budget = c.asked.budget->minor;
    e.kind = c.asked.voting->ballots == ballot_form::approval ? budgeting::ballot_kind::approval
                                                              : budgeting::ballot_kind::points;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (project[i] != not_funded) {
            project[i] = static_cast<std::uint32_t>(e.projects.size());
            e.projects.push_back({candidates[i].applicant.value, candidates[i].asks});
        }
    std::vector<budgeting::mark> marks;
    box.each([&](const person_id&, const ballot& one) {
        marks.clear();
        for (const ballot_mark& mark : one.marks)
            if (const std::uint32_t i = on_paper[mark.project]; i != not_funded)
                marks.push_back({project[i], mark.points});
        e.add(marks);
    });
    e.group();
    return e;
}

budgeting::shares_rules shares_rules_of(const call& c, const budgeting::election& e,
                                        const hash256& seed) {
    const voting_terms& v = *c.asked.voting;
    budgeting::shares_rules out;
    out.measure = utility_of(v);
    constexpr budgeting::completion rests[] = {
        budgeting::completion::none, budgeting::completion::utilitarian,
        budgeting::completion::add1, budgeting::completion::add1_utilitarian};
    out.then = rests[static_cast<std::size_t>(v.rest)];
    out.stop = v.stop == stop_rule::exhaustive ? budgeting::stopping::exhaustive
                                               : budgeting::stopping::overshoot;
    out.step = v.step.value_or(1);
    out.most_rises = v.rises.value_or(0);
    out.ties.clear();
    for (const equals_rule one : v.equals)
        out.ties.push_back(one == equals_rule::least_cost ? budgeting::tie_rule::least_cost
                                                          : budgeting::tie_rule::most_votes);
    std::vector<hash256> keys;
    for (const budgeting::project& one : e.projects)
        keys.push_back(key_of(c, seed, std::nullopt, {one.id}));
    out.lottery.resize(e.projects.size());
    std::iota(out.lottery.begin(), out.lottery.end(), 0U);
    std::sort(out.lottery.begin(), out.lottery.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(keys[a], e.projects[a].id) < std::tie(keys[b], e.projects[b].id);
    });
    return out;
}

bool any_support(const run_input& in) {
    const std::vector<std::uint32_t> on_paper = candidates_on_slate(*in.of, in.candidates);
    bool any = false;
    in.ballots->each([&](const person_id&, const ballot& one) {
        for (const ballot_mark& mark : one.marks) any = any || on_paper[mark.project] != not_funded;
    });
    return any;
}

run_result allocate_budget(const run_input& in) {
    run_result out;
    out.placings.resize(in.candidates.size());
    auto voted = std::make_shared<voted_result>();
    voted->on = election_of(*in.of, *in.ballots, in.candidates);
    const budgeting::election& e = voted->on;
    const budgeting::shares_rules rules = shares_rules_of(*in.of, e, in.seed);
    const auto made = budgeting::equal_shares(e, rules);
    if (!made) {
        out.fault = made.error().code();
        return out;
    }
    voted->proof = budgeting::certify(e, rules, *made);
    std::vector<std::uint32_t> candidate_of;
    std::vector<std::uint32_t> project_of(in.candidates.size(), not_funded);
    for (std::uint32_t i = 0; i < in.candidates.size(); ++i)
        if (candidate_of.size() < e.projects.size() &&
            e.projects[candidate_of.size()].id == in.candidates[i].applicant.value) {
            project_of[i] = static_cast<std::uint32_t>(candidate_of.size());
            candidate_of.push_back(i);
        }
    const std::vector<std::uint32_t> chosen = made->chosen();
    for (const std::uint32_t p : chosen) out.placings[candidate_of[p]].offered = true;
    cutoff all;
    all.seats = in.money;
    all.taken = made->cost;
    out.cutoffs.push_back(all);
    out.lots_decided = lots_matter(e, rules, chosen);
    out.endowment = voted->proof.endowment;
    out.voted = voted;
    tell_projects(in, *made, project_of, out);
    out.fault = check_outcome(in, out, candidate_of);
    return out;
}

}  // namespace veche::calls
