#include "matching/minimums_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "matching/certificate_check.hpp"

namespace veche::matching {
namespace {

/// Thrown and caught within this file: what is wrong.
struct minimum_not_held {
    std::string why;
};

enum class standing : std::uint8_t { open_question, runs, does_not_run };

/// Goes through what is said of minimums.
class minimum_judge {
  public:
    minimum_judge(const market& m, const minimum_terms& terms, minimum_rule rule,
                  const minimum_outcome& said, const std::vector<std::string>& names)
        : m_(m), terms_(terms), rule_(rule), said_(said), names_(names), own_(m) {}

    void judge() {
        demand(said_.proof != minimum_proof::unknown || said_.steps.empty(),
               "Nothing is known, but steps are shown.");
        if (rule_ == minimum_rule::closed)
            judge_closing();
        else
            judge_filling();
        if (said_.proof == minimum_proof::found) return judge_result();
        for (const std::uint32_t p : said_.of.placed)
            demand(p == nobody, "Somebody is placed though no matching was found.");
    }

  private:
    static void demand(bool holds, std::string_view why) {
        if (!holds) throw minimum_not_held{std::string(why)};
    }
    void demand_of(bool holds, std::uint32_t p, std::string_view why) const {
        if (!holds) throw minimum_not_held{fmt::format("{}{}", names_[p], why)};
    }
    [[nodiscard]] bool apart(std::uint32_t p) const {
        return !terms_.apart.empty() && terms_.apart[p];
    }

    /// Everybody at the first programme whose limit they meet.
    [[nodiscard]] assignment by_limits(const std::vector<std::uint32_t>& limits) const {
        assignment placed(m_.applicants(), nobody);
        for (std::uint32_t a = 0; a < m_.applicants(); ++a)
            for (std::uint32_t i = m_.begins[a]; i < m_.begins[a + 1]; ++i)
                if (m_.choices[i].rank < limits[m_.choices[i].programme]) {
                    placed[a] = m_.choices[i].programme;
                    break;
                }
        return placed;
    }

    /// What a matching that is shown says. Several steps mostly speak of the same one.
    struct shown_facts {
        std::uint32_t number = nobody;  ///< which it is
        std::vector<std::uint32_t> fill;
        std::vector<std::uint32_t> wishing;  ///< how many are there or would rather be there
        bool best = false;                   ///< for applicants
    };

    [[nodiscard]] const shown_matching& shown_by(const minimum_step& step) const {
        demand(step.by < said_.shown.size(), "A step shows no matching.");
        return said_.shown[step.by];
    }

    /// A stable matching with those seats; all stable ones fill each programme alike.
    const shown_facts& facts_of(const minimum_step& step) {
        const shown_matching& shown = shown_by(step);
        if (facts_.number == step.by) return facts_;
        demand(shown.seats.size() == m_.programmes() && shown.limits.size() == m_.programmes(),
               "What is shown is of other programmes.");
        own_.capacities = shown.seats;
        const outcome out{by_limits(shown.limits), shown.limits, 0};
        demand(check_stable(own_, out).holds(),
               "A matching that is shown is not stable with its seats.");
        facts_ = {step.by, fill_of(own_, out.placed), wishing(out.placed),
                  check_optimal(own_, out, proposing::applicants).holds()};
        return facts_;
    }

    [[nodiscard]] std::vector<std::uint32_t> wishing(const assignment& placed) const {
        std::vector<std::uint32_t> all(m_.programmes(), 0);
        for (std::uint32_t a = 0; a < m_.applicants(); ++a)
            for (std::uint32_t i = m_.begins[a]; i < m_.begins[a + 1]; ++i) {
                ++all[m_.choices[i].programme];
                if (m_.choices[i].programme == placed[a]) break;
            }
        return all;
    }

    void judge_steps() const {
        for (const minimum_step& step : said_.steps) {
            demand(step.programme < m_.programmes(), "A step is of no programme.");
            demand(!apart(step.programme), "A step is of a programme that takes no part.");
        }
    }

    // A programme that need not run.

    void judge_closing() {
        judge_steps();
        known_.assign(m_.programmes(), standing::runs);
        for (std::uint32_t p = 0; p < m_.programmes(); ++p)
            if (!apart(p) && terms_.least[p] > 0) known_[p] = standing::open_question;
        bool refuted = false;
        for (const minimum_step& step : said_.steps) {
            demand(!refuted, "Steps go on though all is refuted.");
            if (step.move == minimum_move::open || step.move == minimum_move::closed) {
                suppose(step);
                continue;
            }
            judge_contradiction(step);
            refuted = supposed_.empty();
            if (!refuted) turn();
        }
        demand(refuted == (said_.proof == minimum_proof::none),
               "What the steps prove is not what is said.");
        if (said_.proof == minimum_proof::found) judge_end();
    }

    void suppose(const minimum_step& step) {
        demand_of(known_[step.programme] == standing::open_question, step.programme,
                  " is supposed, though it is known.");
        supposed_.push_back({step.programme, known_});
        known_[step.programme] =
            step.move == minimum_move::open ? standing::runs : standing::does_not_run;
    }

    void turn() {
        const std::uint32_t p = supposed_.back().programme;
        const standing contrary =
            known_[p] == standing::runs ? standing::does_not_run : standing::runs;
        known_ = std::move(supposed_.back().before);
        known_[p] = contrary;
        supposed_.pop_back();
    }

    void judge_contradiction(const minimum_step& step) {
        const shown_matching& shown = shown_by(step);
        const shown_facts& facts = facts_of(step);
        const std::uint32_t p = step.programme;
        for (std::uint32_t q = 0; q < m_.programmes(); ++q)
            demand_of(shown.seats[q] == 0 || shown.seats[q] == m_.capacities[q], q,
                      " has part of its seats in what is shown.");
        if (step.move == minimum_move::lacking) {
            demand_of(known_[p] == standing::runs, p, " is not known to run.");
            for (std::uint32_t q = 0; q < m_.programmes(); ++q)
                demand_of(shown.seats[q] == 0 || known_[q] == standing::runs, q,
                          " is not known to run and takes applicants of what is shown.");
            demand_of(shown.seats[p] > 0 || m_.capacities[p] == 0, p, " is not in what is shown.");
            return demand_of(facts.fill[p] < terms_.least[p], p, " has its minimum.");
        }
        demand(step.move == minimum_move::wanted, "A step shows no contradiction.");
        demand_of(known_[p] == standing::does_not_run, p, " is not known not to run.");
        for (std::uint32_t q = 0; q < m_.programmes(); ++q)
            demand_of(apart(q) || known_[q] == standing::does_not_run ||
                          shown.seats[q] == m_.capacities[q],
                      q, " could run and is not in what is shown.");
        demand(facts.best, "Applicants could be better off than in what is shown.");
        demand_of(facts.wishing[p] >= terms_.least[p], p, " is not wanted by enough.");
    }

    /// All is known, and every supposition that stands was made where its turn was.
    void judge_end() const {
        const auto wanted = wishing(said_.of.placed);
        auto known = known_;
        for (auto one = supposed_.rbegin(); one != supposed_.rend(); ++one) {
            demand_of(known[one->programme] == standing::runs, one->programme,
                      " is left out though it might run.");
            const auto first = std::find_if(
                terms_.order.begin(), terms_.order.end(),
                [&](std::uint32_t p) { return one->before[p] == standing::open_question; });
            demand_of(*first == one->programme, one->programme, " is supposed before its turn.");
            known = one->before;
        }
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            demand_of(known_[p] != standing::open_question, p, " is left open.");
            const std::uint32_t seats = known_[p] == standing::runs ? m_.capacities[p] : 0;
            demand_of(said_.seats[p] == seats, p, " runs or not against what the steps say.");
            if (known_[p] == standing::does_not_run)
                demand_of(wanted[p] < terms_.least[p], p,
                          " does not run, though enough would rather be there.");
        }
    }

    // Every minimum filled.

    void judge_filling() {
        demand(said_.proof != minimum_proof::unknown, "Nothing is left unknown by this rule.");
        judge_steps();
        if (said_.proof == minimum_proof::none) {
            demand(said_.steps.size() == 1 && said_.steps[0].move == minimum_move::lacking,
                   "That there is none is not shown.");
            const shown_matching& shown = shown_by(said_.steps[0]);
            demand(shown.seats == terms_.least, "What is shown has other seats than the minimums.");
            const std::uint32_t p = said_.steps[0].programme;
            return demand_of(facts_of(said_.steps[0]).fill[p] < terms_.least[p], p,
                             " has its minimum.");
        }
        std::vector<bool> shown(m_.programmes());
        for (const minimum_step& step : said_.steps) {
            demand(step.move == minimum_move::withheld, "A step shows no seat withheld.");
            demand_of(!shown[step.programme], step.programme, " is shown twice.");
            shown[step.programme] = true;
            judge_withheld(step);
        }
        for (std::uint32_t p = 0; p < m_.programmes(); ++p) {
            demand_of(said_.seats[p] >= terms_.least[p] && said_.seats[p] <= m_.capacities[p], p,
                      " is given fewer seats than its minimum, or more than it has.");
            demand_of(shown[p] == (said_.seats[p] < m_.capacities[p]), p,
                      " has seats withheld without a reason, or none.");
        }
    }

    /// When it would have been given the next seat, the others had theirs by turns.
    void judge_withheld(const minimum_step& step) {
        const std::uint32_t p = step.programme;
        const shown_matching& shown = shown_by(step);
        demand(shown.seats.size() == m_.programmes(), "What is shown is of other programmes.");
        const std::uint64_t round = said_.seats[p] - terms_.least[p];
        bool before = true;
        for (const std::uint32_t q : terms_.order) {
            if (q == p) before = false;
            const std::uint64_t by_turn =
                q == p ? std::uint64_t{said_.seats[p]} + 1
                       : std::min<std::uint64_t>(said_.seats[q],
                                                 terms_.least[q] + round + (before ? 1 : 0));
            demand_of(apart(q) || shown.seats[q] == by_turn, q,
                      " has other seats in what is shown by turns.");
        }
        const shown_facts& facts = facts_of(step);
        demand(step.other < m_.programmes(), "A step names nobody who would lack.");
        demand_of(facts.fill[step.other] < terms_.least[step.other], step.other,
                  " would not lack its minimum.");
    }

    void judge_result() {
        demand(said_.seats.size() == m_.programmes(), "The seats are of other programmes.");
        own_.capacities = said_.seats;
        verdict found = check_stable(own_, said_.of);
        if (found.holds()) found = check_optimal(own_, said_.of, proposing::applicants);
        if (!found.holds())
            throw minimum_not_held{sentence(
                found, found.applicant == nobody ? "" : fmt::format("No. {}", found.applicant + 1),
                found.programme == nobody ? "" : names_[found.programme])};
        const auto fill = fill_of(own_, said_.of.placed);
        for (std::uint32_t p = 0; p < m_.programmes(); ++p)
            if (!apart(p) && (rule_ == minimum_rule::filled || said_.seats[p] > 0))
                demand_of(fill[p] >= terms_.least[p], p, " lacks its minimum.");
    }

    struct supposition {
        std::uint32_t programme;
        std::vector<standing> before;
    };

    const market& m_;
    const minimum_terms& terms_;
    minimum_rule rule_;
    const minimum_outcome& said_;
    const std::vector<std::string>& names_;
    market own_;  ///< with the seats of what is judged
    shown_facts facts_;
    std::vector<standing> known_;
    std::vector<supposition> supposed_;
};

}  // namespace

std::string minimum_fault(const market& m, const minimum_terms& terms, minimum_rule rule,
                          const minimum_outcome& said, const std::vector<std::string>& names) {
    if (said.seats.size() != m.programmes() || said.of.placed.size() != m.applicants())
        return "The certificate is of another input.";
    try {
        minimum_judge(m, terms, rule, said, names).judge();
    } catch (const minimum_not_held& fault) {
        return fault.why;
    }
    return {};
}

}  // namespace veche::matching
