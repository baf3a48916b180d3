#include "budgeting/shares_run.hpp"

#include <algorithm>
#include <cmath>

namespace veche::budgeting {

namespace {

/// One rounding of a double is at most this part of its value.
constexpr double rounding_part = 0x1p-53;
/// A price whose error is a larger part of it is reckoned exactly instead.
constexpr double price_slack = 0x1p-30;
/// How far above the best price a project is looked at: the bound found there mostly lasts for
/// several purchases.
constexpr double look_ahead = 1.1;

constexpr auto later = [](const auto& a, const auto& b) { return a.key > b.key; };

float rounded_up(double value) {
    return static_cast<float>(value * (1 + 0x1p-20));
}

}  // namespace

shares_run::shares_run(const election& e, const supporters& index, utility measure,
                       std::vector<std::uint32_t> tie_rank, const std::vector<bool>& excluded)
    : election_(e),
      index_(index),
      by_cost_(measure == utility::cost),
      tie_rank_(std::move(tie_rank)),
      unit_(e.projects.size(), 1.0),
      key_(e.projects.size()),
      hint_(e.projects.size()),
      holds_(e.groups()),
      error_(e.groups()) {
    for (std::uint32_t c = 0; c < e.projects.size(); ++c) {
        const auto cost = static_cast<double>(e.projects[c].cost);
        if (by_cost_) unit_[c] = cost;
        if (excluded[c] || index.worth[c] == 0) continue;
        const double least = cost / static_cast<double>(index.worth[c]) / unit_[c];
        first_.push_back({least * (1 - 8 * rounding_part), c});
    }
    std::sort(first_.begin(), first_.end(), [](const waiting& a, const waiting& b) {
        return std::pair(a.key, a.project) < std::pair(b.key, b.project);
    });
}

void shares_run::go(const ratio& endowment, std::int64_t enough) {
    endowment_ = endowment;
    book_begun_ = false;
    std::swap(before_, bought_);
    bought_.clear();
    cost_ = 0;
    heap_ = first_;  // sorted, and so a heap
    std::fill(key_.begin(), key_.end(), -1);
    for (const waiting& one : first_) key_[one.project] = one.key;
    const double each = static_cast<double>(endowment.num) / static_cast<double>(endowment.den);
    worst_error_ = each * 4 * rounding_part;
    std::fill(holds_.begin(), holds_.end(), each);
    std::fill(error_.begin(), error_.end(), rounded_up(worst_error_));
    worst_error_ *= 1 + 0x1p-18;
    priced best;
    while (cost_ <= enough && choose(best)) {
        charge(best);
        key_[best.project] = -1;
        hint_[best.project] = best.price;
        bought_.push_back(best.project);
        cost_ += election_.projects[best.project].cost;
        if (book_begun_) book_->buy(best.project);
    }
}

exact_book& shares_run::book() {
    ++asked_exactly_;
    if (!book_) book_ = std::make_unique<exact_book>(index_, election_);
    if (!book_begun_) {
        book_->begin(endowment_);
        for (const std::uint32_t project : bought_) book_->buy(project);
        book_begun_ = true;
    }
    return *book_;
}

void shares_run::push(waiting one) {
    key_[one.project] = one.key;
    heap_.push_back(one);
    std::push_heap(heap_.begin(), heap_.end(), later);
}

/// The next that waits; false where nothing does. Entries that hold no longer are passed over.
bool shares_run::pop(waiting& one) {
    while (!heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        one = heap_.back();
        heap_.pop_back();
        if (key_[one.project] != one.key) continue;
        key_[one.project] = -1;
        return true;
    }
    return false;
}

template <bool Points>
shares_run::reading shares_run::read_rows(std::uint32_t project, double price) const {
    const std::size_t begin = index_.begins[project];
    const std::size_t end = index_.begins[project + 1];
    const supporter* rows = index_.rows.data();
    const double* holds = holds_.data();
    double paid[4] = {};
    double able[4] = {};
    const auto take = [&](std::size_t at, std::size_t lane) {
        const double has = holds[rows[at].group];
        double asked = price;
        double worth = rows[at].count;
        const double count = worth;
        if constexpr (Points) {
            const double points = index_.points[at];
            asked *= points;
            worth *= points;
        }
        paid[lane] += count * (has < asked ? has : asked);
        able[lane] += has > asked ? worth : 0.0;
    };
    std::size_t at = begin;
    for (; at + 4 <= end; at += 4)
        for (std::size_t lane = 0; lane < 4; ++lane) take(at + lane, lane);
    for (; at < end; ++at) take(at, 0);
    return {(paid[0] + paid[1]) + (paid[2] + paid[3]), (able[0] + able[1]) + (able[2] + able[3])};
}

shares_run::reading shares_run::read(std::uint32_t project, double price) {
    entries_read_ += index_.begins[project + 1] - index_.begins[project];
    return index_.points.empty() ? read_rows<false>(project, price)
                                 : read_rows<true>(project, price);
}

/// At most what rounding adds to a sum over the project's supporters: each term three roundings,
/// each addition one.
double shares_run::sum_error(std::uint32_t project, double sum) const {
    const auto terms = static_cast<double>(index_.begins[project + 1] - index_.begins[project]);
    return (terms + 16) * rounding_part * 1.01 * sum;
}

double shares_run::key_of(const priced& one) const {
    return (one.price - one.error) / unit_[one.project] * (1 - 8 * rounding_part);
}

/// What supporters pay is concave in the price, so that the tangent at any price bounds the true
/// one from below; infinite where they hold too little altogether.
double shares_run::least_price(std::uint32_t project, double price, const reading& at) const {
    const auto cost = static_cast<double>(election_.projects[project].cost);
    const double margin = worst_error_ * static_cast<double>(index_.ballots[project]) * 1.01 +
                          sum_error(project, at.paid) + 4 * rounding_part * cost;
    const double missing = cost - at.paid - margin;
    if (at.able == 0) return missing > 0 ? INFINITY : 0;
    const double bound = price + missing / at.able;
    return bound - 8 * rounding_part * std::max(price, std::abs(bound));
}

/// First one look ahead of the price that would equal the best, then one there.
shares_run::verdict shares_run::against_best(waiting& one, const priced& best) {
    const std::uint32_t c = one.project;
    const double scale = unit_[c] / unit_[best.project];
    const double price = best.price * scale;
    const double price_error = (best.error * scale + 4 * rounding_part * price) * 1.01;
    for (const double at : {price * look_ahead, price}) {
        const reading seen = read(c, at);
        const double bound = least_price(c, at, seen);
        one.key = std::max(one.key, bound / unit_[c] * (1 - 8 * rounding_part));
        if (bound > price + price_error) return verdict::dearer;
        if (at != price) continue;
        const auto cost = static_cast<double>(election_.projects[c].cost);
        const double margin = worst_error_ * static_cast<double>(index_.ballots[c]) * 1.01 +
                              static_cast<double>(index_.worth[c]) * price_error +
                              sum_error(c, seen.paid) + 4 * rounding_part * cost;
        if (seen.paid > cost + margin) return verdict::cheaper;
    }
    return verdict::open;
}

/// The price, from one that is not above it; false where the supporters hold too little.
bool shares_run::solve(std::uint32_t project, double from, priced& out) {
    const auto cost = static_cast<double>(election_.projects[project].cost);
    out = {project, from, 0, false};
    for (int turn = 0; turn < 200; ++turn) {
        const reading at = read(project, out.price);
        const double missing = cost - at.paid;
        if (missing <= 2 * sum_error(project, cost)) return certify(out);
        if (at.able == 0) {
            const double margin =
                worst_error_ * static_cast<double>(index_.ballots[project]) * 1.01 +
                sum_error(project, at.paid);
            return missing <= margin && take_exactly(out);
        }
        out.price += missing / at.able;
    }
    return take_exactly(out);
}

/// Bounds the error of a price. Those who surely hold more than it pay just it, so that money
/// changes with the price at least as they do; what is left open lies with the others.
bool shares_run::certify(priced& one) {
    const std::uint32_t c = one.project;
    const auto cost = static_cast<double>(election_.projects[c].cost);
    double paid = 0;
    double able = 0;
    double open = 0;
    std::size_t at = index_.begins[c];
    for (const supporter& row : index_.of(c)) {
        const double points = index_.points_at(at++);
        const double has = holds_[row.group];
        const double asked = one.price * points;
        paid += row.count * std::min(has, asked);
        if (has > asked * (1 + 2 * price_slack) + static_cast<double>(error_[row.group]))
            able += row.count * points;
        else
            open += row.count * static_cast<double>(error_[row.group]);
    }
    entries_read_ += index_.begins[c + 1] - index_.begins[c];
    if (able == static_cast<double>(index_.worth[c])) {
        one.price = cost / able;
        one.error = 2 * rounding_part * one.price;
        one.plain = true;
        return true;
    }
    const double in_doubt = std::abs(cost - paid) + open * 1.01 + sum_error(c, cost + paid);
    if (able == 0 || in_doubt > able * one.price * price_slack * 0.99) return take_exactly(one);
    one.error = in_doubt / able * 1.01;
    return true;
}

bool shares_run::take_exactly(priced& one) {
    exact_book& exact = book();
    if (!exact.affordable(one.project)) return false;
    one.price = exact.price(one.project);
    one.error = 4 * rounding_part * one.price;
    return true;
}

/// Which of two affordable projects is bought first.
bool shares_run::beats(const priced& one, const priced& best) {
    const double mine = one.price / unit_[one.project];
    const double its = best.price / unit_[best.project];
    const double doubt =
        (one.error / unit_[one.project] + best.error / unit_[best.project]) * 1.01 +
        8 * rounding_part * (mine + its);
    if (std::abs(mine - its) > doubt) return mine < its;
    int order = 0;
    if (one.plain && best.plain) {
        // cost / points / unit: by cost the unit cancels the cost.
        const auto left = static_cast<int128>(index_.worth[best.project]) *
                          (by_cost_ ? 1 : election_.projects[one.project].cost);
        const auto right = static_cast<int128>(index_.worth[one.project]) *
                           (by_cost_ ? 1 : election_.projects[best.project].cost);
        order = left < right ? -1 : left > right;
    } else {
        order = book().compare(one.project, best.project, by_cost_);
    }
    if (order != 0) return order < 0;
    return tie_rank_[one.project] < tie_rank_[best.project];
}

/// What the run before bought at this place is mostly bought again: a good one to begin with.
bool shares_run::expected(priced& best) {
    if (bought_.size() >= before_.size()) return false;
    const std::uint32_t c = before_[bought_.size()];
    if (key_[c] < 0) return false;
    const double least = key_[c] * unit_[c];
    key_[c] = -1;
    // From above the true price one tangent leads below it.
    double from = std::max(least, hint_[c]);
    if (from > least) from = std::max(least, least_price(c, from, read(c, from)));
    return from < INFINITY && solve(c, from, best);
}

/// The next to be bought; false where nothing is affordable. Keys never fall during a run, so that
/// whoever waits behind the best need not be looked at.
bool shares_run::choose(priced& best) {
    const auto most_of = [this](const priced& one) {
        return (one.price + one.error) / unit_[one.project] * (1 + 8 * rounding_part);
    };
    bool found = expected(best);
    double best_most = found ? most_of(best) : 0;
    std::vector<waiting> looked_at;
    waiting one;
    while (pop(one)) {
        if (found && one.key > best_most) {
            looked_at.push_back(one);
            break;
        }
        if (found && against_best(one, best) == verdict::dearer) {
            if (one.key < INFINITY) looked_at.push_back(one);
            continue;
        }
        priced candidate;
        if (!solve(one.project, one.key * unit_[one.project], candidate)) continue;
        if (found && !beats(candidate, best)) {
            looked_at.push_back({std::max(one.key, key_of(candidate)), one.project});
            continue;
        }
        if (found) looked_at.push_back({key_of(best), best.project});
        best = candidate;
        found = true;
        best_most = most_of(best);
    }
    for (const waiting& back : looked_at) push(back);
    return found;
}

void shares_run::charge(const priced& one) {
    std::size_t at = index_.begins[one.project];
    for (const supporter& row : index_.of(one.project)) {
        const double points = index_.points_at(at++);
        double& has = holds_[row.group];
        float& doubt = error_[row.group];
        const double asked = one.price * points;
        const double asked_error = one.error * points + 2 * rounding_part * asked;
        if (has + static_cast<double>(doubt) <= asked - asked_error) {
            has = 0;
            doubt = 0;
            continue;
        }
        // What is left is max(0, has - asked), and moves no more than either of them does.
        doubt = rounded_up(static_cast<double>(doubt) + asked_error + rounding_part * has);
        has = std::max(0.0, has - asked);
        worst_error_ = std::max(worst_error_, static_cast<double>(doubt));
    }
}

}  // namespace veche::budgeting
