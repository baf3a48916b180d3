#include "matching/match_run.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "kernel/check.hpp"
#include "kernel/lottery.hpp"
#include "matching/certificate_check.hpp"
#include "matching/deferred_acceptance.hpp"
#include "matching/isolation.hpp"
#include "matching/lots.hpp"
#include "matching/minimums_check.hpp"
#include "matching/one_sided.hpp"
#include "matching/one_sided_check.hpp"
#include "matching/refusal.hpp"
#include "matching/reserved_acceptance.hpp"
#include "matching/score_limits.hpp"

namespace veche::matching {
namespace {

result<void> check_rules(const market_file& file, const match_rules& rules) {
    const bool limits = rules.ties == tie_policy::hungarian || rules.ties == tie_policy::chilean;
    const bool reserved = rules.reserves != reserve_rule::none;
    const auto contradict = [](const char* what) {
        return refuse(refusals::rules_contradict, "rules", what);
    };
    if (limits && reserved)
        return contradict("Reserved seats need equals parted, and these limits leave them whole.");
    if (rules.propose == proposing::programmes && (limits || reserved))
        return contradict("Programmes propose by strict ranks, without limits or reserved seats.");
    if (rules.improve &&
        (rules.ties != tie_policy::lottery || reserved || rules.propose == proposing::programmes))
        return contradict(
            "Places are changed only after lots, where applicants ask, without reserved seats.");
    if (rules.reserves == reserve_rule::declared && !file.open_column)
        return contradict("The file has no column of open seats, so it declares no order.");
    if (rules.seeks != aim::stable &&
        (limits || reserved || rules.improve || rules.propose == proposing::programmes))
        return contradict("Limits, reserves and who asks belong to stable matchings.");
    if (rules.minimum && (rules.seeks != aim::stable || limits || reserved || rules.improve ||
                          rules.propose == proposing::programmes))
        return contradict(
            "Minimums need equals parted and applicants who ask, without reserved seats.");
    if (rules.minimum && file.minimums.empty())
        return contradict("The file has no column minimum, so no programme has one.");
    if (!rules.minimum && !file.minimums.empty())
        return contradict("The file has a column minimum, and no rule says what gives way to it.");
    const auto seed = hash_from_hex(rules.seed.value_or(""));
    if (rules.ties == tie_policy::lottery && (!seed || rules.call.empty()))
        return refuse(refusals::seed_missing, "seed");
    return {};
}

bool reads_ranks(const match_rules& rules) {
    return rules.seeks == aim::stable || rules.seeks == aim::trading;
}

void set_aside(const market_file& file, const match_rules& rules, matched& made) {
    made.faults = file.broken;
    if (rules.ties == tie_policy::strict && reads_ranks(rules))
        for (const auto& [programme, rank] : equal_ranks(file.of))
            made.faults.push_back(
                {programme,
                 refuse(refusals::ranks_equal, {}, file.programmes[programme], std::to_string(rank))
                     .value()});
    if (made.faults.empty()) return;
    std::vector<std::uint32_t> broken;
    for (const broken_programme& one : made.faults) broken.push_back(one.programme);
    isolation parted = isolate(file.of, broken);
    made.rest = std::move(parted.rest);
    made.without_applicants = std::move(parted.applicants);
    made.without_programmes = std::move(parted.programmes);
}

hash256 seed_of(const match_rules& rules) {
    const auto seed = hash_from_hex(rules.seed.value_or(""));
    VECHE_ENSURE(seed.has_value(), "the rules were checked");
    return *seed;
}

/// lot_of with the seed read already, for many.
hash256 lot_by(const hash256& seed, const market_file& file, const match_rules& rules,
               std::uint32_t programme, std::uint32_t applicant) {
    return lottery_key(seed, rules.call,
                       rules.lottery == lottery_kind::single
                           ? every_programme
                           : std::string_view(file.programmes[programme]),
                       file.applicants[applicant]);
}

/// Applicants by their lots for the whole call, whatever lots they have at each programme.
std::vector<std::uint32_t> order_by_lot(const market_file& file, const match_rules& rules) {
    match_rules whole = rules;
    whole.lottery = lottery_kind::single;
    const hash256 seed = seed_of(rules);
    std::vector<hash256> lot;
    for (std::uint32_t a = 0; a < file.of.applicants(); ++a)
        lot.push_back(lot_by(seed, file, whole, 0, a));
    std::vector<std::uint32_t> order(lot.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
        return std::tie(lot[x], file.applicants[x]) < std::tie(lot[y], file.applicants[y]);
    });
    return order;
}

/// The engine's own work is judged before anybody sees it.
void check_made(const market_file& file, const match_rules& rules, const matched& made) {
    const market& m = made.ranks(file);
    if (rules.minimum) {
        minimum_outcome whole = *made.minimums;
        whole.of = made.of.of;
        const std::string fault = minimum_fault(m, minimum_terms_of(file, made.without_programmes),
                                                *rules.minimum, whole, file.programmes);
        VECHE_ENSURE(fault.empty(), "a matching with minimums passes its own check");
        return;
    }
    verdict found;
    if (rules.seeks == aim::trading) {
        found = check_efficient(m, made.of.of.placed);
    } else if (rules.seeks != aim::stable) {
        found = check_prices(m, rules.seeks,
                             {made.of.of.placed, made.applicant_prices, made.programme_prices});
    } else if (rules.ties == tie_policy::hungarian || rules.ties == tie_policy::chilean) {
        found = check_score_limits(m, made.of.of, rules.ties);
    } else if (rules.reserves != reserve_rule::none) {
        found = check_reserved(m, {file.applicant_types, made.plans}, made.of);
    } else if (rules.improve) {
        found = check_weakly_stable(made.classes(file), made.of.of.placed);
    } else {
        found = check_stable(m, made.of.of);
        if (found.holds()) found = check_optimal(m, made.of.of, rules.propose);
    }
    VECHE_ENSURE(found.holds(), "a matching passes its own check");
}

/// Without regard to the ranks, or with ranks as claims: no limit stands.
void match_one_side(const market& m, aim what, matched& made) {
    made.of.of.limits.assign(m.programmes(), no_limit);
    if (what == aim::trading) {
        made.of.of.placed = match_by_trading(m);
        return;
    }
    priced_outcome out = match_at_least_cost(m, what);
    made.of.of.placed = std::move(out.placed);
    made.applicant_prices = std::move(out.applicants);
    made.programme_prices = std::move(out.programmes);
}

void match(const market_file& file, const match_rules& rules, matched& made) {
    const market& m = made.ranks(file);
    if (rules.seeks != aim::stable) return match_one_side(m, rules.seeks, made);
    if (rules.minimum) {
        made.minimums =
            match_with_minimums(m, minimum_terms_of(file, made.without_programmes), *rules.minimum);
        made.of.of = std::exchange(made.minimums->of, {});
        return;
    }
    if (rules.ties == tie_policy::hungarian || rules.ties == tie_policy::chilean) {
        made.of.of = match_by_limits(m, rules.ties);
    } else if (rules.reserves != reserve_rule::none) {
        for (std::uint32_t p = 0; p < m.programmes(); ++p)
            made.plans.push_back(plan_of(file, p, rules.reserves));
        made.of = match_with_reserves(m, {file.applicant_types, made.plans});
    } else {
        made.of.of = rules.propose == proposing::applicants ? match_by_applicants(m)
                                                            : match_by_programmes(m);
    }
    // What is known of two outcomes is known where applicants ask, without reserves.
    if (rules.ties != tie_policy::lottery || rules.reserves != reserve_rule::none ||
        rules.propose == proposing::programmes)
        return;
    const market& classes = made.classes(file);
    made.by_lot = decided_by_lot(classes, made.of.of.placed);
    if (rules.improve)
        made.of.of.placed =
            improve(classes, std::move(made.of.of.placed), order_by_lot(file, rules));
}

}  // namespace

hash256 lot_of(const market_file& file, const match_rules& rules, std::uint32_t programme,
               std::uint32_t applicant) {
    return lot_by(seed_of(rules), file, rules, programme, applicant);
}

minimum_terms minimum_terms_of(const market_file& file, const std::vector<std::uint32_t>& apart) {
    minimum_terms terms{file.minimums, file.turns, std::vector<bool>(file.of.programmes())};
    for (const std::uint32_t p : apart) {
        terms.apart[p] = true;
        terms.least[p] = 0;
    }
    return terms;
}

seat_plan plan_of(const market_file& file, std::uint32_t p, reserve_rule rule) {
    std::uint32_t open = file.of.capacities[p];
    std::vector<seat_run> reserved;
    for (std::uint32_t t = 0; t < file.reserved[p].size(); ++t) {
        const std::uint32_t seats = std::min(file.reserved[p][t], open);
        reserved.push_back({seats, t, rule == reserve_rule::hard});
        open -= seats;
    }
    std::size_t at = reserved.size();
    if (rule == reserve_rule::last) at = 0;
    if (rule == reserve_rule::declared) at = std::min<std::size_t>(*file.open_column, at);
    reserved.insert(reserved.begin() + static_cast<std::ptrdiff_t>(at), {open, any_type, false});
    return {std::move(reserved), rule == reserve_rule::most};
}

result<matched> run_match(const market_file& file, const match_rules& rules) {
    VECHE_CHECK(check_rules(file, rules));
    matched made;
    set_aside(file, rules, made);
    if (rules.ties == tie_policy::lottery && reads_ranks(rules)) {
        const hash256 seed = seed_of(rules);
        made.strict = drawn(made.classes(file), [&](std::uint32_t p, std::uint32_t a) {
            return std::string(as_bytes(lot_by(seed, file, rules, p, a))) + file.applicants[a];
        });
    }
    match(file, rules, made);
    check_made(file, rules, made);
    return made;
}

namespace {

/// Gathers the rows of a certificate.
class rows_of {
  public:
    rows_of(const market_file& file, const match_rules& rules, const matched& made)
        : file_(file), rules_(rules), made_(made), classes_(made.classes(file)) {}

    match_certificate make() {
        match_certificate out;
        out.rules = rules_;
        find_last();
        std::vector<bool> without(classes_.programmes());
        for (const std::uint32_t p : made_.without_programmes) without[p] = true;
        for (std::uint32_t p = 0; p < classes_.programmes(); ++p)
            if (!without[p]) out.programmes.push_back(programme(p));
        std::vector<bool> apart(classes_.applicants());
        for (const std::uint32_t a : made_.without_applicants) apart[a] = true;
        for (std::uint32_t a = 0; a < classes_.applicants(); ++a)
            if (!apart[a]) out.places.push_back(place(a));
        if (made_.by_lot) out.lots_needed = !made_.by_lot->empty();
        if (!made_.faults.empty()) out.set_aside = aside();
        if (made_.minimums) out.minimums = minimums(without);
        return out;
    }

  private:
    struct last_admitted {
        std::int64_t count = 0;
        std::uint32_t rank = 0;  ///< as the engine used it
        std::uint32_t own_rank = 0;
        std::uint32_t applicant = nobody;
    };

    [[nodiscard]] std::uint32_t index_of(std::uint32_t a) const {
        std::uint32_t i = classes_.begins[a];
        while (i < classes_.begins[a + 1] && classes_.choices[i].programme != made_.of.of.placed[a])
            ++i;
        return i;
    }

    void find_last() {
        const market& ranks = made_.ranks(file_);
        last_.resize(classes_.programmes());
        if (!made_.plans.empty())
            for (const seat_plan& plan : made_.plans) kinds_.emplace_back(plan.runs.size());
        for (std::uint32_t a = 0; a < classes_.applicants(); ++a) {
            const std::uint32_t p = made_.of.of.placed[a];
            if (p == nobody) continue;
            const std::uint32_t i = index_of(a);
            add(last_[p], a, ranks.choices[i].rank, classes_.choices[i].rank);
            if (!kinds_.empty())
                add(kinds_[p][made_.of.runs[a]], a, ranks.choices[i].rank,
                    classes_.choices[i].rank);
        }
    }
    static void add(last_admitted& at, std::uint32_t a, std::uint32_t rank, std::uint32_t own) {
        ++at.count;
        if (at.applicant == nobody || rank > at.rank) at = {at.count, rank, own, a};
    }

    [[nodiscard]] programme_row programme(std::uint32_t p) const {
        programme_row row;
        row.programme = file_.programmes[p];
        row.seats = classes_.capacities[p];
        const last_admitted& last = last_[p];
        row.admitted = last.count;
        if (made_.by_lot)
            row.by_lot = std::binary_search(made_.by_lot->begin(), made_.by_lot->end(), p);
        const bool limited = made_.of.of.limits[p] != no_limit;
        if (limited && last.applicant != nobody) {
            row.cutoff_rank = last.own_rank;
            if (!file_.scores.empty())
                row.cutoff_score = score_text(file_.scores[p][last.own_rank]);
            if (rules_.ties == tie_policy::lottery && !rules_.improve)
                row.cutoff_lot = to_hex(lot_of(file_, rules_, p, last.applicant));
        }
        if (limited && rules_.ties != tie_policy::lottery && rules_.reserves == reserve_rule::none)
            row.refused_from = made_.of.of.limits[p];
        if (made_.minimums) {
            row.minimum = file_.minimums[p];
            row.given = made_.minimums->seats[p];
        }
        if (!made_.programme_prices.empty()) row.price = made_.programme_prices[p];
        if (!kinds_.empty())
            for (std::size_t r = 0; r < kinds_[p].size(); ++r)
                row.kinds.push_back(kind(made_.plans[p].runs[r], kinds_[p][r]));
        return row;
    }

    [[nodiscard]] seats_row kind(const seat_run& run, const last_admitted& last) const {
        seats_row row{run.type == any_type ? "" : file_.types[run.type], run.seats, last.count, {}};
        if (last.applicant != nobody) row.last_rank = last.own_rank;
        return row;
    }

    [[nodiscard]] place_row place(std::uint32_t a) const {
        place_row row{file_.applicants[a], {}, {}, {}, {}};
        if (!made_.applicant_prices.empty()) row.price = made_.applicant_prices[a];
        if (made_.of.of.placed[a] == nobody) return row;
        row.programme = file_.programmes[made_.of.of.placed[a]];
        row.choice =
            number_of_choice(file_, a, file_.of.begins[a] + index_of(a) - classes_.begins[a]);
        if (!kinds_.empty()) row.seat = made_.of.runs[a] + std::int64_t{1};
        return row;
    }

    [[nodiscard]] minimum_rows minimums(const std::vector<bool>& without) const {
        minimum_rows rows{made_.minimums->proof, {}, {}};
        for (const minimum_step& step : made_.minimums->steps) {
            minimum_step_row row{step.move, file_.programmes[step.programme], {}, {}};
            if (step.by != nobody) row.shown = step.by + std::int64_t{1};
            if (step.other != nobody) row.other = file_.programmes[step.other];
            rows.steps.push_back(std::move(row));
        }
        for (const shown_matching& one : made_.minimums->shown) {
            shown_row row;
            for (std::uint32_t p = 0; p < without.size(); ++p) {
                if (without[p]) continue;
                row.seats.push_back(one.seats[p]);
                row.refused_from.push_back(one.limits[p] == no_limit ? std::int64_t{-1}
                                                                     : std::int64_t{one.limits[p]});
            }
            rows.shown.push_back(std::move(row));
        }
        return rows;
    }

    [[nodiscard]] set_aside_rows aside() const {
        set_aside_rows rows;
        for (const broken_programme& one : made_.faults)
            rows.faults.push_back(
                {file_.programmes[one.programme], std::string(one.why.code()), one.why.sentence()});
        for (const std::uint32_t p : made_.without_programmes)
            rows.programmes.push_back(file_.programmes[p]);
        for (const std::uint32_t a : made_.without_applicants)
            rows.applicants.push_back(file_.applicants[a]);
        return rows;
    }

    const market_file& file_;
    const match_rules& rules_;
    const matched& made_;
    const market& classes_;
    std::vector<last_admitted> last_;
    std::vector<std::vector<last_admitted>> kinds_;
};

}  // namespace

match_certificate certificate_of(const market_file& file, const match_rules& rules,
                                 const matched& made) {
    return rows_of(file, rules, made).make();
}

}  // namespace veche::matching
