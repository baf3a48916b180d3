// Bounded overspending and equal parts against programs that know every ballot alone and try
// everything, written from the definitions.

#include <algorithm>
#include <optional>

#include <doctest/doctest.h>
#include <gmpxx.h>
#include <rapidcheck.h>

#include "budgeting/account.hpp"
#include "budgeting/certificate_check.hpp"
#include "budgeting/refusal.hpp"
#include "budgeting/score.hpp"
#include "budgeting/tests/shared.hpp"

using namespace veche;
using namespace veche::budgeting;
using namespace veche::budgeting::testing;

namespace {

struct single_voter {
    mpq_class money;
    std::vector<std::uint32_t> points;  // by project
};

std::vector<single_voter> single_voters(const election& e, const mpq_class& endowment) {
    std::vector<single_voter> all;
    for (std::size_t g = 0; g < e.groups(); ++g)
        for (std::uint32_t n = 0; n < e.counts[g]; ++n) {
            all.push_back({endowment, std::vector<std::uint32_t>(e.projects.size())});
            for (std::uint32_t m = e.begins[g]; m < e.begins[g + 1]; ++m)
                all.back().points[e.marks[m].project] = e.marks[m].points;
        }
    return all;
}

mpq_class whole_q(std::int64_t value) {
    return mpq_class(static_cast<long>(value));
}

struct bought_row {
    std::uint32_t project = 0;
    mpq_class price;
    mpq_class share = 1;  // or payers
};

/// What all pay where each pays at most `most` for each point.
mpq_class paid_at_most(const std::vector<single_voter>& all, std::uint32_t c,
                       const mpq_class& most) {
    mpq_class sum;
    for (const single_voter& v : all) sum += std::min(v.money, mpq_class(most * v.points[c]));
    return sum;
}

std::vector<bought_row> slow_overspending(const election& e, utility measure,
                                          const mpq_class& endowment,
                                          const std::vector<std::uint32_t>& ranks) {
    auto all = single_voters(e, endowment);
    std::vector<bool> done(e.projects.size());
    std::vector<bought_row> out;
    std::int64_t spent = 0;
    for (;;) {
        std::optional<std::uint32_t> best;
        bought_row row;
        mpq_class level;
        for (std::uint32_t c = 0; c < done.size(); ++c) {
            const std::int64_t cost = e.projects[c].cost;
            if (done[c] || cost > e.budget - spent) continue;
            // Wherever somebody has given all; and where all is paid, tried through every number of
            // those who have.
            std::vector<mpq_class> tries;
            for (const single_voter& v : all)
                if (v.points[c] > 0) tries.push_back(v.money / whole_q(v.points[c]));
            std::sort(tries.begin(), tries.end());
            const std::size_t reaches = tries.size();
            for (std::size_t poor = 0; poor < reaches; ++poor) {
                mpq_class left = whole_q(cost);
                mpq_class points;
                for (const single_voter& v : all) {
                    if (v.points[c] == 0) continue;
                    if (v.money / whole_q(v.points[c]) < tries[poor])
                        left -= v.money;
                    else
                        points += v.points[c];
                }
                const mpq_class most = left / points;
                if (most > 0 && paid_at_most(all, c, most) == cost) tries.push_back(most);
            }
            for (const mpq_class& most : tries) {
                const mpq_class paid = paid_at_most(all, c, most);
                if (paid == 0 || paid > cost) continue;
                const mpq_class share = paid / cost;
                mpq_class mine = most / share / share;
                if (measure == utility::cost) mine /= whole_q(cost);
                const bool better =
                    !best || mine < level ||
                    (mine == level && (*best == c ? share > row.share : ranks[c] < ranks[*best]));
                if (!better) continue;
                best = c;
                level = mine;
                row = {c, mpq_class(most / share), share};
            }
        }
        if (!best) return out;
        done[*best] = true;
        spent += e.projects[*best].cost;
        for (single_voter& v : all)
            v.money = std::max(mpq_class(), mpq_class(v.money - row.price * v.points[*best]));
        out.push_back(row);
    }
}

struct slow_run {
    std::vector<bought_row> rows;
    std::int64_t cost = 0;
    std::vector<std::vector<mpq_class>>
        spent;  ///< by each voter before each purchase and in the end
};

slow_run slow_equal_parts(const election& e, utility measure, const mpq_class& endowment,
                          const std::vector<std::uint32_t>& ranks) {
    auto all = single_voters(e, endowment);
    std::vector<bool> done(e.projects.size());
    slow_run out;
    for (;;) {
        out.spent.emplace_back();
        for (const single_voter& v : all) out.spent.back().push_back(endowment - v.money);
        std::optional<std::uint32_t> best;
        std::int64_t best_payers = 0;
        mpq_class best_gain;
        for (std::uint32_t c = 0; c < done.size(); ++c) {
            if (done[c]) continue;
            std::int64_t payers = 0;
            for (std::int64_t n = 1; n <= e.voters; ++n) {
                const mpq_class part = whole_q(e.projects[c].cost) / whole_q(n);
                const auto able = std::count_if(all.begin(), all.end(), [&](const auto& v) {
                    return v.points[c] > 0 && v.money >= part;
                });
                if (able >= n) payers = n;
            }
            if (payers == 0) continue;
            mpq_class gain = whole_q(payers);
            if (measure == utility::cardinality) gain /= whole_q(e.projects[c].cost);
            if (best && (gain < best_gain || (gain == best_gain && ranks[c] > ranks[*best])))
                continue;
            best = c;
            best_payers = payers;
            best_gain = gain;
        }
        if (!best) return out;
        done[*best] = true;
        out.cost += e.projects[*best].cost;
        const mpq_class part = whole_q(e.projects[*best].cost) / whole_q(best_payers);
        out.rows.push_back({*best, part, whole_q(best_payers)});
        for (single_voter& v : all)
            if (v.points[*best] > 0 && v.money >= part) v.money -= part;
    }
}

bool same_rows(const slow_run& a, const slow_run& b) {
    return std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                      [](const bought_row& x, const bought_row& y) {
                          return x.project == y.project && x.price == y.price;
                      });
}

/// The next endowment at which a run differs: of all at which somebody could newly pay a part of
/// something at some point of the run, the first that does.
std::optional<mpq_class> slow_next(const election& e, utility measure, const mpq_class& endowment,
                                   const std::vector<std::uint32_t>& ranks, const slow_run& now) {
    std::vector<mpq_class> tries;
    for (const auto& at : now.spent)
        for (const mpq_class& spent : at)
            for (const project& one : e.projects)
                for (std::int64_t n = 1; n <= e.voters; ++n) {
                    const mpq_class to = spent + whole_q(one.cost) / whole_q(n);
                    if (to > endowment) tries.push_back(to);
                }
    std::sort(tries.begin(), tries.end());
    tries.erase(std::unique(tries.begin(), tries.end()), tries.end());
    for (const mpq_class& to : tries)
        if (!same_rows(now, slow_equal_parts(e, measure, to, ranks))) return to;
    return std::nullopt;
}

election small_town(int most_groups, bool points) {
    election e;
    const int projects = *rc::gen::inRange(1, 7);
    for (int c = 0; c < projects; ++c)
        e.projects.push_back({"p" + std::to_string(c), *rc::gen::inRange(1, 9)});
    e.budget = *rc::gen::inRange(1, 25);
    if (points) e.kind = ballot_kind::points;
    const int groups = *rc::gen::inRange(1, most_groups);
    for (int g = 0; g < groups; ++g) {
        std::vector<mark> ballot;
        for (std::uint32_t c = 0; c < e.projects.size(); ++c)
            if (*rc::gen::inRange(0, 2) == 0)
                ballot.push_back(
                    {c, points ? static_cast<std::uint32_t>(*rc::gen::inRange(1, 5)) : 1U});
        e.add(ballot, static_cast<std::uint32_t>(*rc::gen::inRange(1, 4)));
    }
    e.group();
    return e;
}

shares_rules rules_of(const election& e, completion then) {
    shares_rules rules;
    rules.then = then;
    rules.measure = *rc::gen::element(utility::cost, utility::cardinality);
    for (std::uint32_t c = 0; c < e.projects.size(); ++c) rules.lottery.push_back(c);
    for (std::size_t n = rules.lottery.size(); n > 1; --n)
        std::swap(rules.lottery[n - 1], rules.lottery[*rc::gen::inRange<std::size_t>(0, n)]);
    return rules;
}

void holds_and_is_like(const election& e, const shares_rules& rules, const shares_outcome& made,
                       const std::vector<bought_row>& slow) {
    const certificate said = certify(e, rules, made);
    const auto faults = check_certificate(e, said);
    if (!faults.empty()) RC_LOG() << faults.front();
    RC_ASSERT(faults.empty());
    RC_ASSERT(made.bought.size() == slow.size());
    for (std::size_t n = 0; n < slow.size(); ++n) {
        RC_ASSERT(made.bought[n] == slow[n].project);
        RC_ASSERT(said.purchases[n].price == slow[n].price.get_str());
    }
    RC_ASSERT(made.cost <= e.budget);
    for (std::uint32_t c = 0; c < e.projects.size(); ++c) {
        const project_account why = account_of(e, said, c);
        const bool bought =
            std::find(made.bought.begin(), made.bought.end(), c) != made.bought.end();
        RC_ASSERT((why.outcome == fate::bought) == bought);
        if (why.outcome == fate::short_of) RC_ASSERT(why.left < e.projects[c].cost);
        if (why.outcome != fate::out_of_turn) RC_ASSERT(money_left(e, said)[c].left == why.left);
        if (why.outcome == fate::out_of_turn) RC_ASSERT(why.left < e.projects[c].cost);
    }
}

/// The ten voters and six projects with which the paper on bounded overspending begins.
election ten_voters() {
    return approvals(1'000'000, {300'000, 400'000, 300'000, 240'000, 170'000, 100'000},
                     {{0},
                      {0, 1, 2, 4},
                      {0, 1, 2},
                      {0, 1, 2},
                      {0, 1, 2},
                      {0, 1, 5},
                      {3, 4},
                      {3, 4},
                      {3, 4, 5},
                      {2, 3, 5}});
}

}  // namespace

TEST_CASE("with bounded overspending ten voters fund four of six projects") {
    const election e = ten_voters();
    shares_rules rules;
    rules.then = completion::bos;
    const auto made = equal_shares(e, rules);
    REQUIRE(made.has_value());
    auto bought = made->bought;
    std::sort(bought.begin(), bought.end());
    CHECK(ids(e, bought) == "a c d f");
    const certificate said = certify(e, rules, *made);
    CHECK(check_certificate(e, said).empty());
    CHECK(std::any_of(said.purchases.begin(), said.purchases.end(),
                      [](const purchase& one) { return one.share.has_value(); }));
}

TEST_CASE("a large majority is not kept from its project by a small one's") {
    // Alone, the majority lacks a thirtieth of the cost: equal shares buy b, and leave the rest.
    election e = approvals(310'000, {310'000, 6'000}, {});
    e.add({{0, 1}}, 403);
    e.add({{1, 1}}, 11);
    shares_rules rules;
    CHECK(ids(e, equal_shares(e, rules)->bought) == "b");
    rules.then = completion::bos;
    const auto made = equal_shares(e, rules);
    CHECK(ids(e, made->bought) == "a");
    const certificate said = certify(e, rules, *made);
    CHECK(said.purchases[0].share == "403/414");
    CHECK(account_of(e, said, 1).outcome == fate::out_of_turn);
}

TEST_CASE("bounded overspending buys what a slow program buys, at the same prices") {
    CHECK(rc::check("overspending", [] {
        for (int n = 0; n < 5; ++n) {
            const election e = small_town(12, *rc::gen::arbitrary<bool>());
            const shares_rules rules = rules_of(e, completion::bos);
            const auto made = equal_shares(e, rules);
            RC_ASSERT(made.has_value());
            holds_and_is_like(
                e, rules, *made,
                slow_overspending(e, rules.measure, whole_q(e.budget) / whole_q(e.voters),
                                  tie_ranks(e, rules)));
        }
    }));
}

TEST_CASE("equal parts rise to the very next endowment at which anything changes") {
    int raised = 0;
    CHECK(rc::check("equal parts", [&] {
        const election e = small_town(5, false);
        shares_rules rules = rules_of(e, completion::ees_addopt);
        rules.most_runs = 1000;
        const auto ranks = tie_ranks(e, rules);
        const auto made = equal_shares(e, rules);
        RC_ASSERT(made.has_value());
        mpq_class endowment = whole_q(e.budget) / whole_q(e.voters);
        slow_run now = slow_equal_parts(e, rules.measure, endowment, ranks);
        const auto found = supports_of(e);
        const auto wanted = static_cast<std::size_t>(std::count_if(
            found.begin(), found.end(), [](const support& one) { return one.votes > 0; }));
        // Where all that anybody wants is bought nothing is left to rise for.
        while (now.rows.size() < wanted) {
            const auto next = slow_next(e, rules.measure, endowment, ranks, now);
            if (!next) break;
            slow_run later = slow_equal_parts(e, rules.measure, *next, ranks);
            if (later.cost > e.budget) break;
            endowment = *next;
            now = std::move(later);
            ++raised;
        }
        holds_and_is_like(e, rules, *made, now.rows);
        RC_ASSERT(mpq_class(made->paid_from) == endowment || made->runs == 1 ||
                  made->bought.size() == now.rows.size());
    }));
    CHECK(raised > 0);
}

TEST_CASE("equal parts stop, where the call says so, when nothing more fits") {
    CHECK(rc::check("exhaustive", [] {
        const election e = small_town(8, false);
        shares_rules rules = rules_of(e, completion::ees_addopt);
        const auto on = equal_shares(e, rules);
        rules.stop = stopping::exhaustive;
        const auto first = equal_shares(e, rules);
        RC_ASSERT(on.has_value() && first.has_value());
        RC_ASSERT(first->runs <= on->runs);
        rules.most_rises = 1;
        RC_ASSERT(equal_shares(e, rules)->runs <= 2);
        RC_ASSERT(check_certificate(e, certify(e, rules, *first)).empty());
    }));
}

TEST_CASE("who cannot pay an equal part pays nothing") {
    // Budget 12, each holds 3. a: four pay 2. b: its two supporters hold 1 and 3, and 2 is needed
    // of each: by shares they pay 1 and 3; in equal parts they cannot.
    const election e = approvals(12, {8, 4}, {{0, 1}, {0}, {0}, {0}});
    election f = e;
    f.add({{1, 1}}, 1);
    f.budget = 15;
    f.group();
    shares_rules rules;
    CHECK(ids(f, equal_shares(f, rules)->bought) == "a b");
    rules.then = completion::ees_addopt;
    const auto made = equal_shares(f, rules);
    REQUIRE(made.has_value());
    // At an endowment of 4 both can pay 2.
    CHECK(made->paid_from == "4");
    CHECK(made->runs == 2);
    CHECK(ids(f, made->bought) == "a b");
    rules.measure = utility::cardinality;
    const election points = [&] {
        election g = f;
        for (mark& one : g.marks) one.points = 2;
        return g;
    }();
    CHECK(equal_shares(points, rules).error().kind == &refusals::points_not_here);
}

TEST_CASE("a certificate of either kind that is changed no longer holds") {
    const election e = ten_voters();
    for (const auto then : {completion::bos, completion::ees_addopt}) {
        shares_rules rules;
        rules.then = then;
        const certificate sound = certify(e, rules, equal_shares(e, rules).value());
        REQUIRE(sound.purchases.size() > 2);
        const auto holds = [&](const certificate& c) { return check_certificate(e, c).empty(); };
        CHECK(holds(sound));
        const auto text = to_json(sound);
        const auto again = from_json<certificate>(std::string_view(text));
        REQUIRE(again.has_value());
        CHECK(holds(*again));
        certificate c = sound;
        std::swap(c.purchases[0], c.purchases[1]);
        CHECK_FALSE(holds(c));
        c = sound;
        c.cost -= c.purchases.back().cost;
        c.purchases.pop_back();
        CHECK_FALSE(holds(c));
        c = sound;
        c.purchases[0].price = "1";
        CHECK_FALSE(holds(c));
        c = sound;
        c.purchases.back().share = "1/2";
        CHECK_FALSE(holds(c));
        c = sound;
        c.completion = then == completion::bos ? "ees_addopt" : "bos";
        CHECK_FALSE(holds(c));
        c = sound;
        c.completion = "none";
        CHECK_FALSE(holds(c));
    }
}

TEST_CASE("real elections are shared out by both, and the certificates hold") {
    const auto folder = allocation_folder() / "pb";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("the shared elections are not here");
        return;
    }
    for (const char* name : {"Poland_Wieliczka_2023_Green_Budget.pb", "Switzerland_Zurich_S5.pb",
                             "Poland_Warszawa_2018_rejon_3.pb"}) {
        const auto read = read_pb(text_in(folder / name));
        REQUIRE(read.has_value());
        for (const auto then : {completion::bos, completion::ees_addopt}) {
            // Large elections take hundreds of runs of equal parts.
            if (then == completion::ees_addopt && read->on.voters > 1000) continue;
            shares_rules rules;
            rules.then = then;
            const auto made = equal_shares(read->on, rules);
            REQUIRE(made.has_value());
            MESSAGE(std::string(name), ' ', name_of(then), ": ", made->bought.size(),
                    " projects for ", made->cost, " of ", read->on.budget, " in ", made->runs,
                    " runs");
            CHECK(made->cost <= read->on.budget);
            CHECK(check_certificate(read->on, certify(read->on, rules, *made)).empty());
        }
    }
}
