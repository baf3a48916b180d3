#include "teams/explain.hpp"

#include <algorithm>

#include "teams/refusal.hpp"
#include "teams/score.hpp"
#include "teams/search.hpp"

namespace veche::teams {
namespace {

/// Prices may need fractions where windows of several families meet.
constexpr int grain = 720;

class teller {
  public:
    teller(const call& c, problem of, const outcome& made)
        : call_(c), of_(std::move(of)), made_(made), at_(of_.people_count(), nowhere) {
        for (std::uint32_t p = 0; p < of_.people_count(); ++p) number_[of_.people[p]] = p;
        for (const placing& one : made.placings) {
            const std::uint32_t p = number_.at(one.person);
            for (std::uint32_t i = of_.begins[p]; i < of_.begins[p + 1]; ++i)
                if (one.site && of_.sites[of_.options[i].site] == *one.site) at_[p] = i;
        }
        counts_.assign(of_.rules.size(), 0);
        for (std::uint32_t r = 0; r < of_.rules.size(); ++r)
            for (std::uint32_t p = 0; p < of_.people_count(); ++p)
                counts_[r] += at_[p] != nowhere && of_.options[at_[p]].site == of_.rules[r].site &&
                              of_.has[of_.rules[r].label][p];
        // By the aim alone: what the lots add is of no use to anybody.
        call plain;
        plain.first = c.first;
        score(of_, plain).weigh(of_, grain);
    }

    [[nodiscard]] bool knows(const std::string& person) const { return number_.count(person) > 0; }

    [[nodiscard]] bool found() const {
        return made_.what != verdict::none && made_.what != verdict::not_decided;
    }

    explanation tell(const std::string& person, bool otherwise) {
        const std::uint32_t p = number_.at(person);
        explanation out{person, std::nullopt, {}};
        if (at_[p] != nowhere) out.site = of_.sites[of_.options[at_[p]].site];
        std::vector<std::uint32_t> option_at(of_.sites_count(), nowhere);
        for (std::uint32_t i = of_.begins[p]; i < of_.begins[p + 1]; ++i)
            option_at[of_.options[i].site] = i;
        for (std::uint32_t s = 0; s < of_.sites_count(); ++s) {
            site_reason one = at_site(p, s, option_at[s]);
            if (otherwise && found() && option_at[s] != nowhere && option_at[s] != at_[p])
                counterfactual(option_at[s], one);
            out.sites.push_back(std::move(one));
        }
        std::sort(out.sites.begin(), out.sites.end(),
                  [](const auto& a, const auto& b) { return a.site < b.site; });
        return out;
    }

  private:
    site_reason at_site(std::uint32_t p, std::uint32_t s, std::uint32_t option) const {
        site_reason out;
        out.site = of_.sites[s];
        const std::uint32_t size = of_.rule_begins[s];
        out.team = counts_[size];
        out.what = site_outcome::not_allowed;
        if (option == nowhere) return out;
        out.utility = of_.options[option].utility;
        out.what = found() ? site_outcome::placed : site_outcome::no_teams;
        if (option == at_[p] || !found()) return out;
        for (std::uint32_t r = size; r < of_.rule_begins[s + 1]; ++r) {
            const rule& one = of_.rules[r];
            if (!of_.has[one.label][p] || counts_[r] < one.max || !one.of.max) continue;
            out.by = one.of;
            out.what = one.label == 0 ? site_outcome::site_full : site_outcome::feature_full;
            if (one.label != 0) return out;
        }
        if (out.what != site_outcome::site_full) {
            out.what = site_outcome::better_elsewhere;
            return out;
        }
        // The team is full; who would have to leave may be needed for what the person has not.
        for (std::uint32_t r = size; r < of_.rule_begins[s + 1]; ++r) {
            const rule& one = of_.rules[r];
            if (of_.has[one.label][p] || one.min == 0 || counts_[r] > one.min) continue;
            out.what = site_outcome::kept_for_skill;
            out.by = one.of;
        }
        return out;
    }

    void counterfactual(std::uint32_t option, site_reason& into) const {
        search_limits limits;
        limits.nodes = call_.node_limit;
        limits.grain = grain;
        limits.forced = option;
        const search_result there = search(of_, limits);
        into.decided = there.complete;
        into.possible = there.found || !there.complete;
        if (!there.found || !there.complete) return;
        std::int64_t utility = 0;
        std::int64_t placed = 0;
        for (const std::uint32_t i : there.at)
            if (i != nowhere) utility += of_.options[i].utility, ++placed;
        const bool by_utility = call_.first == aim::utility_then_placed;
        into.lost = by_utility ? made_.utility - utility : made_.placed - placed;
        into.equally_good = utility == made_.utility && placed == made_.placed;
        if (by_utility && !into.equally_good)
            into.would_have_sufficed = into.utility + *into.lost + 1;
    }

    const call& call_;
    problem of_;
    const outcome& made_;
    std::map<std::string, std::uint32_t> number_;
    std::vector<std::uint32_t> at_;
    std::vector<std::int64_t> counts_;
};

std::string window_text(const window& w) {
    if (w.what == "size") return "the size of the team";
    if (w.what == "skill") return "the skill " + w.value;
    return w.what + " " + w.value;
}

std::string why(const site_reason& r) {
    switch (r.what) {
        case site_outcome::placed:
            return "you go there.";
        case site_outcome::not_allowed:
            return "you are not among those who may be sent there.";
        case site_outcome::feature_full:
            return "the window on " + window_text(*r.by) + " is full: its maximum is " +
                   std::to_string(r.by->max.value_or(0)) + ".";
        case site_outcome::site_full:
            return "the team is full with " + std::to_string(r.team) +
                   " people, who together fit better by the rule of the call.";
        case site_outcome::kept_for_skill:
            return "the team is full with " + std::to_string(r.team) +
                   " people, and has no more than the minimum of " + std::to_string(r.by->min) +
                   " for " + window_text(*r.by) + ", for which you do not count.";
        case site_outcome::no_teams:
            return "no teams were found.";
        case site_outcome::better_elsewhere:
            return "places are left, and by the rule of the call all together reach more without "
                   "you there.";
    }
    return {};
}

std::string otherwise(const site_reason& r) {
    if (!r.decided) return " What would have changed it could not be found out within the limit.";
    if (!r.possible) return " With you there not all windows could be kept.";
    if (r.equally_good) return " It would have been equally good: the lot decided.";
    if (r.would_have_sufficed)
        return " Your utility there is " + std::to_string(r.utility) + "; " +
               std::to_string(*r.would_have_sufficed) +
               " would have been enough, all else as it is.";
    if (r.lost && *r.lost > 0)
        return " With you there " + std::to_string(*r.lost) + " fewer could be placed.";
    return {};
}

}  // namespace

result<explanation> explain(const call& c, const outcome& made, const std::string& person) {
    problem of = VECHE_TRY(read(c));
    teller by(c, std::move(of), made);
    if (!by.knows(person)) return refuse(refusals::person_unknown, "person", person);
    return by.tell(person, true);
}

std::vector<explanation> explain_all(const call& c, const outcome& made) {
    std::vector<explanation> out;
    auto of = read(c);
    if (!of) return out;
    teller by(c, *std::move(of), made);
    for (const placing& one : made.placings) out.push_back(by.tell(one.person, false));
    return out;
}

std::vector<std::string> sentences_of(const explanation& e) {
    std::vector<std::string> out;
    for (const site_reason& one : e.sites)
        out.push_back(one.site + ": " + why(one) +
                      (one.what == site_outcome::placed || one.what == site_outcome::not_allowed ||
                               one.what == site_outcome::no_teams
                           ? ""
                           : otherwise(one)));
    return out;
}

}  // namespace veche::teams
