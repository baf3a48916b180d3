// Random votes on random budgets beside equal shares written once more from the definition, every
// ballot alone and in rationals; what always holds; and a replay that comes out the same.

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>

#include <gmpxx.h>

#include "calls/tests/agency.hpp"

namespace veche::calls::testing {
namespace {

struct plain_project {
    std::string id;
    long cost = 0;
    std::string key;
};
using plain_ballot = std::map<std::string, long>;

/// Equal shares of one endowment; ids in the order in which they are bought.
class plain_shares {
  public:
    plain_shares(const voting_terms& v, std::vector<plain_project> projects,
                 std::vector<plain_ballot> ballots, long budget)
        : v_(v), projects_(std::move(projects)), ballots_(std::move(ballots)), budget_(budget) {}

    std::vector<std::string> outcome(mpq_class& endowment) {
        endowment = mpq_class(budget_, static_cast<long>(ballots_.size()));
        endowment.canonicalize();
        std::vector<std::string> chosen = run(endowment);
        if (v_.step) {
            for (std::int32_t rise = 0; rise < *v_.rises; ++rise) {
                if (chosen.size() == projects_.size()) break;
                if (v_.stop == stop_rule::exhaustive && !anything_fits(chosen)) break;
                const mpq_class more = endowment + static_cast<long>(*v_.step);
                const auto next = run(more);
                if (cost(next) > budget_) break;
                endowment = more;
                chosen = next;
            }
        }
        if (v_.rest == rest_rule::utilitarian || v_.rest == rest_rule::add1_utilitarian)
            spend_rest(chosen);
        return chosen;
    }

  private:
    [[nodiscard]] long votes(const std::string& id) const {
        return std::count_if(ballots_.begin(), ballots_.end(),
                             [&](const plain_ballot& b) { return b.contains(id); });
    }
    [[nodiscard]] long points(const std::string& id) const {
        long all = 0;
        for (const plain_ballot& b : ballots_)
            if (const auto at = b.find(id); at != b.end()) all += at->second;
        return all;
    }
    [[nodiscard]] const plain_project& project(const std::string& id) const {
        return *std::find_if(projects_.begin(), projects_.end(),
                             [&](const plain_project& p) { return p.id == id; });
    }
    [[nodiscard]] long cost(const std::vector<std::string>& chosen) const {
        long all = 0;
        for (const std::string& id : chosen) all += project(id).cost;
        return all;
    }
    [[nodiscard]] bool anything_fits(const std::vector<std::string>& chosen) const {
        return std::any_of(projects_.begin(), projects_.end(), [&](const plain_project& p) {
            return std::find(chosen.begin(), chosen.end(), p.id) == chosen.end() &&
                   p.cost <= budget_ - cost(chosen);
        });
    }
    /// Whether `a` comes before `b` where their claims are equal.
    [[nodiscard]] bool before(const plain_project& a, const plain_project& b) const {
        for (const equals_rule rule : v_.equals) {
            if (rule == equals_rule::least_cost && a.cost != b.cost) return a.cost < b.cost;
            if (rule == equals_rule::most_votes && votes(a.id) != votes(b.id))
                return votes(a.id) > votes(b.id);
        }
        return a.key < b.key;
    }
    /// The price for each point: tried from the poorest supporter on, who give all they have.
    [[nodiscard]] std::optional<mpq_class> price_of(const plain_project& p,
                                                    const std::vector<mpq_class>& money) const {
        std::vector<std::pair<mpq_class, long>> reach;
        long sum = 0;
        for (std::size_t i = 0; i < ballots_.size(); ++i)
            if (const auto at = ballots_[i].find(p.id); at != ballots_[i].end()) {
                reach.emplace_back(money[i] / at->second, at->second);
                sum += at->second;
            }
        std::sort(reach.begin(), reach.end());
        mpq_class left = p.cost;
        for (const auto& [most, own] : reach) {
            if (most * sum >= left) return mpq_class(left / sum);
            left -= most * own;
            sum -= own;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::vector<std::string> run(const mpq_class& endowment) const {
        std::vector<mpq_class> money(ballots_.size(), endowment);
        std::vector<std::string> bought;
        for (;;) {
            const plain_project* best = nullptr;
            mpq_class best_price;
            mpq_class best_claim;
            for (const plain_project& p : projects_) {
                if (std::find(bought.begin(), bought.end(), p.id) != bought.end()) continue;
                const auto price = price_of(p, money);
                if (!price) continue;
                const mpq_class claim =
                    v_.measure == utility_measure::cost ? mpq_class(*price / p.cost) : *price;
                if (best && (claim > best_claim || (claim == best_claim && !before(p, *best))))
                    continue;
                best = &p;
                best_price = *price;
                best_claim = claim;
            }
            if (!best) return bought;
            bought.push_back(best->id);
            for (std::size_t i = 0; i < ballots_.size(); ++i)
                if (const auto at = ballots_[i].find(best->id); at != ballots_[i].end())
                    money[i] -= std::min(money[i], mpq_class(best_price * at->second));
        }
    }
    void spend_rest(std::vector<std::string>& chosen) const {
        std::vector<plain_project> rest;
        for (const plain_project& p : projects_)
            if (std::find(chosen.begin(), chosen.end(), p.id) == chosen.end()) rest.push_back(p);
        std::sort(rest.begin(), rest.end(), [&](const plain_project& a, const plain_project& b) {
            if (points(a.id) != points(b.id)) return points(a.id) > points(b.id);
            return before(a, b);
        });
        long left = budget_ - cost(chosen);
        for (const plain_project& p : rest)
            if (p.cost <= left) {
                left -= p.cost;
                chosen.push_back(p.id);
            }
    }

    const voting_terms& v_;
    std::vector<plain_project> projects_;
    std::vector<plain_ballot> ballots_;
    long budget_;
};

open_call random_budget(generator& g) {
    open_call c = budget_call();
    c.budget->minor = pick(g, 50, 200);
    voting_terms& v = *c.voting;
    v.measure = static_cast<utility_measure>(pick(g, 0, 1));
    v.rest = static_cast<rest_rule>(pick(g, 0, 3));
    if (v.rest == rest_rule::add1 || v.rest == rest_rule::add1_utilitarian) {
        v.stop = static_cast<stop_rule>(pick(g, 0, 1));
        v.step = pick(g, 1, 4);
        v.rises = pick(g, 1, 12);
    }
    if (pick(g, 0, 1)) {
        v.ballots = ballot_form::points;
        v.points = pick(g, 3, 10);
        v.most_points = pick(g, 1, 3);
    }
    if (pick(g, 0, 2) == 0) v.equals.clear();
    if (pick(g, 0, 2) == 0) std::reverse(v.equals.begin(), v.equals.end());
    return c;
}

vote random_ballot(generator& g, const open_call& c, std::int32_t projects) {
    vote out{{"c"}, {}, std::nullopt};
    const voting_terms& v = *c.voting;
    std::int32_t left = v.points.value_or(0);
    for (std::int32_t p = 0; p < projects; ++p) {
        if (pick(g, 0, 2) != 0) continue;
        vote_mark one{{"p" + std::to_string(p)}, std::nullopt};
        if (v.points) {
            if (left == 0) break;
            one.points = pick(g, 1, std::min(left, *v.most_points));
            left -= *one.points;
        }
        out.marks.push_back(one);
    }
    if (pick(g, 0, 1)) out.member = member_id{"N"};
    return out;
}

/// Projects and ballots as the count must see them: what is withdrawn, or on no ballot, is out.
void compare_with_plain(agency& a, const open_call& c, const allocated& made,
                        const std::map<std::string, vote>& last) {
    const call& of = *a.own.calls.find(call_id{"c"});
    std::vector<plain_ballot> ballots;
    std::set<std::string> named;
    for (const auto& [voter, one] : last) {
        plain_ballot& b = ballots.emplace_back();
        for (const vote_mark& mark : one.marks)
            if (a.of(mark.project.value).in_run()) {
                b[mark.project.value] = mark.points.value_or(1);
                named.insert(mark.project.value);
            }
    }
    std::vector<plain_project> projects;
    for (const std::string& id : named)
        projects.push_back({id, static_cast<long>(a.of(id).asked.asks->minor),
                            to_hex(key_of(of, seed_of(of), std::nullopt, {id}))});
    mpq_class endowment;
    const auto chosen =
        plain_shares(*c.voting, projects, ballots, static_cast<long>(c.budget->minor))
            .outcome(endowment);
    CHECK(made.endowment == endowment.get_str());
    std::vector<std::string> ours(chosen.size());
    std::int64_t spent = 0;
    for (const project_figures& one : made.projects) {
        CHECK((one.fate == project_fate::unsupported) == !named.contains(one.project.value));
        CHECK(one.turn.has_value() == (a.place_of(one.project.value) == "grant"));
        if (!one.turn) continue;
        spent += a.of(one.project.value).asked.asks->minor;
        REQUIRE(static_cast<std::size_t>(*one.turn) <= ours.size());
        ours[static_cast<std::size_t>(*one.turn) - 1] = one.project.value;
    }
    CHECK(ours == chosen);
    CHECK(spent <= c.budget->minor);
    CHECK(made.cutoffs.front().taken == spent);
}

void live_once(std::uint32_t seed) {
    CAPTURE(seed);
    generator g(seed);
    const open_call c = random_budget(g);
    agency a;
    open(a, c);
    const std::int32_t projects = pick(g, 1, 7);
    for (std::int32_t p = 0; p < projects; ++p)
        a.must(applicant("p" + std::to_string(p)),
               project_of(pick(g, 5, 9) * static_cast<std::int32_t>(c.budget->minor) / 15));
    close(a);
    for (std::int32_t p = 0; p < projects; ++p)
        a.must(officer,
               judge_eligibility{{"c"}, {"p" + std::to_string(p)}, true, std::nullopt, {}});
    a.go_to("2026-03-16T00:00:00.000Z");
    std::map<std::string, vote> last;
    const std::int32_t voters = pick(g, 1, 12);
    for (std::int32_t i = 0; i < 2 * voters; ++i) {
        const std::string who = "v" + std::to_string(pick(g, 0, voters));
        const vote one = random_ballot(g, c, projects);
        if (one.marks.empty()) continue;
        a.must(applicant(who), one);
        last[who] = one;
    }
    if (projects > 1 && pick(g, 0, 3) == 0) a.must(applicant("p0"), withdraw_application{{"c"}});
    a.go_to("2026-03-20T00:00:00.000Z");
    if (!a.view(blockers_query{{"c"}}, officer).can_run &&
        a.view(blockers_query{{"c"}}, officer).blockers.empty())
        return;  // nobody voted for anything that is left
    const allocated made = run(a);
    compare_with_plain(a, c, made, last);

    for (const std::string& who : std::vector<std::string>{"p0", "p1", "p2"})
        if (a.own.find({"c"}, {who}) && a.place_of(who) == "grant")
            a.must(applicant(who), answer_offer{{"c"}, offer_answer::accept, std::nullopt});
    a.now = plus_days(a.now, 10);
    a.pass_deadlines();
    a.must(officer, conclude_call{{"c"}});
    a.tell();
    agency again;
    for (const auto& act : a.played) act(again);
    CHECK(again.everything() == a.everything());
    CHECK(to_json(again.view(voting_query{{"c"}})) == to_json(a.view(voting_query{{"c"}})));
}

}  // namespace

TEST_CASE("budgets with random lives come out as equal shares by the definition, and replay") {
    for (int i = 1; i <= 400; ++i) live_once(static_cast<std::uint32_t>(i));
}

}  // namespace veche::calls::testing
