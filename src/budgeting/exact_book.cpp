#include "budgeting/exact_book.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <gmpxx.h>

#include "kernel/check.hpp"

namespace veche::budgeting {

namespace {

mpz_class whole(std::int64_t value) {
    static_assert(sizeof(long) == sizeof value);
    return mpz_class(static_cast<long>(value));
}

/// Supporters of one class who give a project the same points.
struct payer {
    std::uint32_t holds = 0;   // the class
    std::uint32_t points = 1;  // for each
    std::int64_t count = 0;
};

}  // namespace

struct exact_book::state {
    state(const supporters& from, const election& e) : index(from), election_(e) {
        holds.resize(e.groups());
    }

    const supporters& index;
    const election& election_;
    std::vector<mpq_class> classes;      // what one of the class holds; class 0 holds nothing
    std::vector<std::uint32_t> holds;    // class of each group
    std::vector<std::uint32_t> waiting;  // bought, not yet reckoned
    std::vector<std::uint32_t> slot;     // scratch: class -> place in `payers`, or UINT32_MAX
    std::vector<payer> payers;
    struct known_price {
        std::uint32_t project;
        mpq_class price;
    };
    std::vector<known_price> known;  // since the last purchase

    void settle() {
        for (const std::uint32_t project : waiting) charge(project);
        waiting.clear();
    }

    /// The supporters of a project by class and points; who holds nothing is left out.
    void gather(std::uint32_t project) {
        payers.clear();
        slot.resize(classes.size(), UINT32_MAX);
        std::size_t at = index.begins[project];
        for (const supporter& one : index.of(project)) {
            const std::uint32_t mine = holds[one.group];
            const std::uint32_t points = index.points_at(at++);
            if (mine == 0) continue;
            if (!index.points.empty()) {
                payers.push_back({mine, points, one.count});
                continue;
            }
            if (slot[mine] == UINT32_MAX) {
                slot[mine] = static_cast<std::uint32_t>(payers.size());
                payers.push_back({mine, 1, 0});
            }
            payers[slot[mine]].count += one.count;
        }
        for (const payer& one : payers) slot[one.holds] = UINT32_MAX;
        if (index.points.empty()) return;
        std::sort(payers.begin(), payers.end(), [](const payer& a, const payer& b) {
            return std::pair(a.holds, a.points) < std::pair(b.holds, b.points);
        });
        std::size_t kept = 0;
        for (const payer& one : payers) {
            if (kept > 0 && payers[kept - 1].holds == one.holds &&
                payers[kept - 1].points == one.points)
                payers[kept - 1].count += one.count;
            else
                payers[kept++] = one;
        }
        payers.resize(kept);
    }

    mpq_class money() const {
        mpq_class all;
        for (const payer& one : payers) all += classes[one.holds] * whole(one.count);
        return all;
    }

    /// Of the payers gathered; nothing where they hold too little. Raises the price from what it
    /// would be if nobody were short: each round finds more who are, or ends.
    std::optional<mpq_class> solve(std::int64_t cost) const {
        std::vector<const payer*> able;
        mpz_class worth;
        for (const payer& one : payers) {
            able.push_back(&one);
            worth += whole(one.count) * one.points;
        }
        mpq_class left = whole(cost);
        while (!able.empty()) {
            const mpq_class price = left / worth;
            const std::size_t before = able.size();
            std::erase_if(able, [&](const payer* one) {
                if (classes[one->holds] >= price * one->points) return false;
                left -= classes[one->holds] * whole(one->count);
                worth -= whole(one->count) * one->points;
                return true;
            });
            if (able.size() == before) return price;
        }
        return std::nullopt;
    }

    mpq_class& price_of(std::uint32_t project) {
        settle();
        for (known_price& one : known)
            if (one.project == project) return one.price;
        gather(project);
        auto found = solve(election_.projects[project].cost);
        VECHE_ENSURE(found.has_value(), "only what its supporters can pay has a price");
        known.push_back({project, *std::move(found)});
        return known.back().price;
    }

    void charge(std::uint32_t project) {
        std::optional<mpq_class> price;
        for (known_price& one : known)
            if (one.project == project) price = std::move(one.price);
        gather(project);
        if (!price) price = solve(election_.projects[project].cost);
        VECHE_ENSURE(price.has_value(), "only what its supporters can pay is bought");
        // Each payer's class after the payment; by points, then sought by (class, points).
        std::vector<std::uint32_t> after(payers.size());
        for (std::size_t n = 0; n < payers.size(); ++n) {
            const payer& one = payers[n];
            mpq_class left = classes[one.holds] - *price * one.points;
            if (sgn(left) <= 0) continue;
            after[n] = static_cast<std::uint32_t>(classes.size());
            classes.push_back(std::move(left));
        }
        slot.resize(classes.size(), UINT32_MAX);
        if (index.points.empty())
            for (std::size_t n = 0; n < payers.size(); ++n) slot[payers[n].holds] = after[n];
        std::size_t at = index.begins[project];
        for (const supporter& one : index.of(project)) {
            std::uint32_t& mine = holds[one.group];
            const std::uint32_t points = index.points_at(at++);
            if (mine == 0) continue;
            if (index.points.empty()) {
                mine = slot[mine];
                continue;
            }
            const auto found = std::lower_bound(
                payers.begin(), payers.end(), std::pair(mine, points),
                [](const payer& p, const auto& key) { return std::pair(p.holds, p.points) < key; });
            mine = after[static_cast<std::size_t>(found - payers.begin())];
        }
        for (const payer& one : payers) slot[one.holds] = UINT32_MAX;
        known.clear();
    }

    /// What one unit of utility costs.
    mpq_class per_utility(std::uint32_t project, bool by_cost) {
        mpq_class out = price_of(project);
        if (by_cost) out /= whole(election_.projects[project].cost);
        return out;
    }
};

exact_book::exact_book(const supporters& index, const election& e)
    : state_(std::make_unique<state>(index, e)) {}
exact_book::~exact_book() = default;

void exact_book::begin(const ratio& endowment) {
    mpq_class holds(whole(endowment.num), whole(endowment.den));
    holds.canonicalize();
    state_->classes.assign(2, mpq_class());
    state_->classes[1] = std::move(holds);
    std::fill(state_->holds.begin(), state_->holds.end(), endowment.num > 0 ? 1U : 0U);
    state_->waiting.clear();
    state_->known.clear();
}

void exact_book::buy(std::uint32_t project) {
    state_->waiting.push_back(project);
}

bool exact_book::affordable(std::uint32_t project) {
    state_->settle();
    state_->gather(project);
    return state_->money() >= whole(state_->election_.projects[project].cost);
}

double exact_book::price(std::uint32_t project) {
    return state_->price_of(project).get_d();
}

int exact_book::compare(std::uint32_t a, std::uint32_t b, bool by_cost) {
    const mpq_class first = state_->per_utility(a, by_cost);
    return cmp(first, state_->per_utility(b, by_cost));
}

std::string exact_book::price_text(std::uint32_t project) {
    return state_->price_of(project).get_str();
}

std::string exact_book::effective_votes_text(std::uint32_t project, bool by_cost) {
    return mpq_class(1 / state_->per_utility(project, by_cost)).get_str();
}

std::string exact_book::money_text(std::uint32_t project) {
    state_->settle();
    state_->gather(project);
    return state_->money().get_str();
}

}  // namespace veche::budgeting
