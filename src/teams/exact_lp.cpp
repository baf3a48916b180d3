#include "teams/exact_lp.hpp"

#include <algorithm>

namespace veche::teams {

exact_lp::exact_lp(std::vector<mpq_class> right_sides) : right_(std::move(right_sides)) {}

exact_lp::column exact_lp::add(entries of, mpq_class cost, std::optional<mpq_class> bound) {
    variables_.push_back({std::move(of), std::move(cost), std::move(bound), place::low, false, 0});
    return static_cast<column>(variables_.size() - 1);
}

/// Starts with an artificial variable in each row.
void exact_lp::begin() {
    begun_ = true;
    const std::size_t rows = right_.size();
    inverse_.assign(rows, std::vector<mpq_class>(rows));
    for (std::uint32_t r = 0; r < rows; ++r) {
        const int sign = right_[r] < 0 ? -1 : 1;
        variables_.push_back({{{r, mpq_class(sign)}}, 0, std::nullopt, place::basic, true, 0});
        basis_.push_back(static_cast<column>(variables_.size() - 1));
        values_.push_back(sign * right_[r]);
        inverse_[r][r] = sign;
    }
}

exact_lp::answer exact_lp::solve() {
    if (!begun_) begin();
    if (!feasible_) {
        climb();
        for (std::size_t r = 0; r < basis_.size(); ++r)
            if (variables_[basis_[r]].artificial && values_[r] != 0) return answer::none;
        // From here on what is artificial stays at zero.
        feasible_ = true;
        for (variable& one : variables_)
            if (one.artificial) one.bound = 0;
    }
    return climb();
}

/// What is fixed leaves the sums; the rest of the column may no longer move from zero.
void exact_lp::fix(column c) {
    variable& one = variables_[c];
    one.cost = 0;
    one.fixed += one.at == place::low ? mpq_class(0) : value(c) - one.fixed;
    if (one.at == place::basic)
        values_[static_cast<std::size_t>(std::find(basis_.begin(), basis_.end(), c) -
                                         basis_.begin())] = 0;
    else
        one.at = place::low;
    one.bound = 0;
}

/// Until all rows hold, what is artificial is the only thing that costs.
mpq_class exact_lp::cost_of(column c) const {
    if (feasible_) return variables_[c].cost;
    return variables_[c].artificial ? mpq_class(-1) : mpq_class(0);
}

/// The greatest gain first; after many steps that gain nothing the first that gains (Bland 1977),
/// so that no basis comes back.
exact_lp::answer exact_lp::climb() {
    constexpr int most_idle = 40;
    int idle = 0;
    for (;;) {
        price();
        const auto next = enter(idle > most_idle);
        if (!next) return answer::best;
        if (!step(*next)) return answer::unbounded;
        idle = stuck_ ? idle + 1 : 0;
    }
}

void exact_lp::price() {
    duals_.assign(right_.size(), 0);
    for (std::size_t r = 0; r < basis_.size(); ++r) {
        const mpq_class cost = cost_of(basis_[r]);
        if (cost == 0) continue;
        for (std::size_t i = 0; i < right_.size(); ++i)
            if (inverse_[r][i] != 0) duals_[i] += cost * inverse_[r][i];
    }
}

std::optional<exact_lp::column> exact_lp::enter(bool first) const {
    std::optional<column> best;
    mpq_class most;
    for (column c = 0; c < variables_.size(); ++c) {
        const variable& one = variables_[c];
        if (one.at == place::basic || one.artificial || (one.bound && *one.bound == 0)) continue;
        mpq_class gain = cost_of(c);
        for (const auto& [row, entry] : one.of)
            if (duals_[row] != 0) gain -= duals_[row] * entry;
        if (one.at == place::high) gain = -gain;
        if (gain <= 0 || (best && gain <= most)) continue;
        best = c;
        most = gain;
        if (first) break;
    }
    return best;
}

std::vector<mpq_class> exact_lp::along(column c) const {
    std::vector<mpq_class> out(right_.size());
    for (const auto& [row, entry] : variables_[c].of)
        for (std::size_t r = 0; r < right_.size(); ++r)
            if (inverse_[r][row] != 0) out[r] += inverse_[r][row] * entry;
    return out;
}

bool exact_lp::step(column c) {
    const std::vector<mpq_class> way = along(c);
    const int sign = variables_[c].at == place::low ? 1 : -1;
    std::optional<mpq_class> far = variables_[c].bound;
    std::optional<std::size_t> out;
    bool out_high = false;
    for (std::size_t r = 0; r < way.size(); ++r) {
        if (way[r] == 0) continue;
        const bool falls = (way[r] > 0) == (sign > 0);
        const auto& bound = variables_[basis_[r]].bound;
        if (!falls && !bound) continue;
        const mpq_class room = falls ? values_[r] : mpq_class(*bound - values_[r]);
        const mpq_class can = room / abs(way[r]);
        if (far && (can > *far || (can == *far && (!out || basis_[r] > basis_[*out])))) continue;
        far = can;
        out = r;
        out_high = !falls;
    }
    if (!far) return false;
    stuck_ = *far == 0;
    for (std::size_t r = 0; r < way.size(); ++r)
        if (way[r] != 0) values_[r] -= sign * *far * way[r];
    if (!out) {
        variables_[c].at = sign > 0 ? place::high : place::low;
        return true;
    }
    const mpq_class start = sign > 0 ? mpq_class(0) : *variables_[c].bound;
    variables_[basis_[*out]].at = out_high ? place::high : place::low;
    replace(*out, c, way);
    values_[*out] = start + sign * *far;
    return true;
}

void exact_lp::replace(std::size_t row, column c, const std::vector<mpq_class>& way) {
    std::vector<mpq_class>& pivot = inverse_[row];
    for (mpq_class& one : pivot)
        if (one != 0) one /= way[row];
    for (std::size_t r = 0; r < right_.size(); ++r) {
        if (r == row || way[r] == 0) continue;
        for (std::size_t i = 0; i < right_.size(); ++i)
            if (pivot[i] != 0) inverse_[r][i] -= way[r] * pivot[i];
    }
    basis_[row] = c;
    variables_[c].at = place::basic;
}

mpq_class exact_lp::value(column c) const {
    const variable& one = variables_[c];
    if (one.at == place::low) return one.fixed;
    if (one.at == place::high) return one.fixed + *one.bound;
    const auto row = std::find(basis_.begin(), basis_.end(), c) - basis_.begin();
    return one.fixed + values_[static_cast<std::size_t>(row)];
}

mpq_class exact_lp::objective() const {
    mpq_class sum = 0;
    for (column c = 0; c < variables_.size(); ++c)
        if (variables_[c].at != place::low) sum += variables_[c].cost * value(c);
    return sum;
}

}  // namespace veche::teams
