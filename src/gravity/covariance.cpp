#include "gravity/covariance.hpp"

#include <algorithm>
#include <cmath>

#include "gravity/parameter_count.hpp"
#include "gravity/refusal.hpp"
#include "numerics/distributions.hpp"

namespace veche::gravity {
namespace {

constexpr small_sample_rule known_rules[] = {
    {"fixest", "n/(n-K)", "(n-1)/(n-K) G*/(G*-1)",
     "regressors and levels, without effects nested in a cluster"},
    {"fixest-conventional", "n/(n-K)", "(n-1)/(n-K) G/(G-1) for each term",
     "regressors and levels, without effects nested in a cluster"},
    {"ppmlhdfe", "n/(n-1)", "G*/(G*-1)", "nothing"},
    {"stata-ppml", "n/(n-1)", "G/(G-1) for each term", "nothing"},
    {"reghdfe", "n/(n-K)", "(n-1)/(n-K) G*/(G*-1)",
     "regressors and levels that are not redundant, without effects nested in a cluster"},
    {"stata-regress", "n/(n-K)", "(n-1)/(n-K) G/(G-1) for each term", "regressors and levels"},
    {"capybara", "n/(n-K)", "(n-1)/(n-K) G*/(G*-1)", "regressors"},
    {"none", "1", "1", "nothing"}};

/// Numbers that are in use, from 0, in ascending order of the codes.
groups compact(const std::vector<std::uint64_t>& keys) {
    std::vector<std::uint64_t> sorted = keys;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    groups out;
    out.count = static_cast<std::int32_t>(sorted.size());
    out.code.reserve(keys.size());
    for (const std::uint64_t key : keys)
        out.code.push_back(static_cast<std::int32_t>(
            std::lower_bound(sorted.begin(), sorted.end(), key) - sorted.begin()));
    return out;
}

groups groups_of(const grouping& from, const panel& p) {
    groups out;
    std::vector<std::int32_t> number(static_cast<std::size_t>(from.levels), -1);
    out.code.resize(p.n);
    for (std::size_t i = 0; i < p.n; ++i) {
        std::int32_t& n = number[from.code[p.row[i]]];
        if (n < 0) n = out.count++;
        out.code[i] = n;
    }
    return out;
}

groups crossed(const groups& a, const groups& b) {
    std::vector<std::uint64_t> keys(a.code.size());
    for (std::size_t i = 0; i < keys.size(); ++i)
        keys[i] =
            static_cast<std::uint64_t>(a.code[i]) << 32 | static_cast<std::uint32_t>(b.code[i]);
    return compact(keys);
}

void add_outer(const double* s, std::size_t k, double times, std::vector<double>& out) {
    for (std::size_t j = 0; j < k; ++j)
        for (std::size_t l = 0; l < k; ++l) out[j * k + l] += times * s[j] * s[l];
}

std::vector<double> meat_of(const estimation& e, const groups& g) {
    const std::size_t k = e.rows.k;
    std::vector<double> sums(static_cast<std::size_t>(g.count) * k);
    for (std::size_t i = 0; i < e.rows.n; ++i)
        for (std::size_t j = 0; j < k; ++j)
            sums[g.code[i] * k + j] += e.error[i] * e.rows.x[i * k + j];
    std::vector<double> out(k * k);
    for (std::int32_t c = 0; c < g.count; ++c) add_outer(sums.data() + c * k, k, 1, out);
    return out;
}

std::vector<double> meat_by_row(const estimation& e) {
    const std::size_t k = e.rows.k;
    std::vector<double> out(k * k), s(k);
    for (std::size_t i = 0; i < e.rows.n; ++i) {
        for (std::size_t j = 0; j < k; ++j) s[j] = e.error[i] * e.rows.x[i * k + j];
        add_outer(s.data(), k, 1, out);
    }
    return out;
}

bool by_term(std::string_view rule) {
    return rule == "fixest-conventional" || rule == "stata-ppml" || rule == "stata-regress";
}

double groups_factor(std::int64_t g) {
    return static_cast<double>(g) / static_cast<double>(g - 1);
}

/// The part of c that does not depend on the number of clusters.
double rows_factor(std::string_view rule, score_sum kind, double n, double parameters) {
    if (rule == "none") return 1;
    if (kind == score_sum::hetero)
        return rule == "ppmlhdfe" || rule == "stata-ppml" ? n / (n - 1) : n / (n - parameters);
    if (rule == "ppmlhdfe" || rule == "stata-ppml") return 1;
    return (n - 1) / (n - parameters);
}

/// Least squares: the variance of the residuals. Poisson: 1, its own variance being its mean, or
/// what `fixest` puts there.
double iid_scale(const estimation& e, std::string_view rule, double parameters) {
    const double n = static_cast<double>(e.rows.n);
    if (e.of == family::linear) return e.deviance / (n - parameters);
    return rule.substr(0, 6) == "fixest" ? (n - 1) / (n - parameters) : 1;
}

std::vector<double> cluster_meat(const estimation& e, std::string_view rule,
                                 const std::vector<groups>& clusters, std::int64_t fewest) {
    const std::size_t k = e.rows.k;
    std::vector<double> out(k * k);
    for (std::size_t set = 1; set < std::size_t{1} << clusters.size(); ++set) {
        groups joint;
        double sign = -1;
        for (std::size_t c = 0; c < clusters.size(); ++c) {
            if ((set >> c & 1) == 0) continue;
            joint = joint.count == 0 ? clusters[c] : crossed(joint, clusters[c]);
            sign = -sign;
        }
        double times = sign;
        if (rule != "none") times *= groups_factor(by_term(rule) ? joint.count : fewest);
        const std::vector<double> term = meat_of(e, joint);
        for (std::size_t j = 0; j < k * k; ++j) out[j] += times * term[j];
    }
    return out;
}

/// Sum over members of the scores of their rows, less what pairs of rows with the same two members
/// were counted twice.
std::vector<double> dyadic_meat(const model& m, const estimation& e, std::size_t from,
                                std::size_t to) {
    const std::size_t k = e.rows.k;
    const panel& p = e.rows;
    const grouping& a = m.clusters[from];
    const grouping& b = m.clusters[to];
    std::vector<double> sums(static_cast<std::size_t>(std::max(a.levels, b.levels)) * k);
    std::vector<std::uint64_t> keys(p.n);
    for (std::size_t i = 0; i < p.n; ++i) {
        const std::int32_t one = a.code[p.row[i]];
        const std::int32_t other = b.code[p.row[i]];
        keys[i] = static_cast<std::uint64_t>(std::min(one, other)) << 32 |
                  static_cast<std::uint32_t>(std::max(one, other));
        for (std::size_t j = 0; j < k; ++j) {
            const double s = e.error[i] * p.x[i * k + j];
            sums[one * k + j] += s;
            if (other != one) sums[other * k + j] += s;
        }
    }
    std::vector<double> out(k * k);
    for (std::size_t c = 0; c < sums.size() / std::max<std::size_t>(k, 1); ++c)
        add_outer(sums.data() + c * k, k, 1, out);
    const groups pairs = compact(keys);
    std::vector<double> twice(static_cast<std::size_t>(pairs.count) * k);
    for (std::size_t i = 0; i < p.n; ++i)
        for (std::size_t j = 0; j < k && a.code[p.row[i]] != b.code[p.row[i]]; ++j)
            twice[pairs.code[i] * k + j] += e.error[i] * p.x[i * k + j];
    for (std::int32_t c = 0; c < pairs.count; ++c) add_outer(twice.data() + c * k, k, -1, out);
    return out;
}

/// V with its negative eigenvalues at 0, where it has any.
bool clip(std::size_t k, std::vector<double>& v) {
    const numerics::eigen_system eigen = numerics::eigen(k, v);
    if (k == 0 || eigen.values.front() >= -1e-14 * std::abs(eigen.values.back())) return false;
    std::fill(v.begin(), v.end(), 0.0);
    for (std::size_t at = 0; at < k; ++at)
        if (eigen.values[at] > 0) add_outer(eigen.vectors.data() + at * k, k, eigen.values[at], v);
    return true;
}

result<std::vector<groups>> gather_clusters(const model& m, const estimation& e, score_sum kind,
                                            std::span<const std::size_t> which, covariance& out) {
    std::vector<groups> clusters;
    if (kind != score_sum::cluster && kind != score_sum::dyadic) return clusters;
    if (which.empty() || (kind == score_sum::dyadic && which.size() != 2))
        return refuse(refusals::cluster_missing, "cluster");
    for (const std::size_t c : which) {
        clusters.push_back(groups_of(m.clusters[c], e.rows));
        out.clusters.push_back(m.clusters[c].name);
        out.cluster_counts.push_back(clusters.back().count);
        if (clusters.back().count < 2)
            return refuse(refusals::cluster_single, m.clusters[c].name, m.clusters[c].name);
    }
    return clusters;
}

std::vector<double> meat(const model& m, const estimation& e, std::string_view rule, score_sum kind,
                         std::span<const std::size_t> which, const std::vector<groups>& clusters,
                         std::int64_t fewest) {
    if (kind == score_sum::hetero) return meat_by_row(e);
    if (kind == score_sum::cluster) return cluster_meat(e, rule, clusters, fewest);
    std::vector<double> out = dyadic_meat(m, e, which[0], which[1]);
    const double times = rule == "none" ? 1 : groups_factor(fewest);
    for (double& one : out) one *= times;
    return out;
}

}  // namespace

std::span<const small_sample_rule> small_sample_rules() {
    return known_rules;
}

result<covariance> covariance_of(const model& m, const estimation& e, std::string_view rule,
                                 score_sum kind, std::span<const std::size_t> which) {
    std::string names;
    bool known = false;
    for (const small_sample_rule& one : known_rules) {
        names += (names.empty() ? "" : ", ") + std::string(one.name);
        known = known || one.name == rule;
    }
    if (!known) return refuse(refusals::rule_unknown, "vcov", std::string(rule), names);
    covariance out;
    out.rule = rule;
    out.kind = kind;
    const std::vector<groups> clusters = VECHE_TRY(gather_clusters(m, e, kind, which, out));
    const std::size_t k = e.rows.k;
    const double n = static_cast<double>(e.rows.n);
    out.parameters = count_parameters(e, rule, clusters);
    if (static_cast<std::int64_t>(e.rows.n) <= out.parameters)
        return refuse(refusals::too_few_rows, "vcov", std::to_string(e.rows.n),
                      std::to_string(out.parameters));
    std::int64_t fewest = 0;
    for (const std::int64_t g : out.cluster_counts) fewest = fewest == 0 ? g : std::min(fewest, g);
    // Programs that count what is redundant do so for tests too.
    const bool exact = rule == "reghdfe" || rule == "stata-regress";
    const double free = n - static_cast<double>(exact ? out.parameters : e.parameters);
    if (kind == score_sum::iid) {
        out.v = e.inverse;
        const double scale = iid_scale(e, rule, static_cast<double>(out.parameters));
        for (double& one : out.v) one *= scale;
    } else {
        const std::vector<double> inner = meat(m, e, rule, kind, which, clusters, fewest);
        out.v = numerics::product(k, numerics::product(k, e.inverse, inner), e.inverse);
        const double c = rows_factor(rule, kind, n, static_cast<double>(out.parameters));
        for (double& one : out.v) one *= c;
        for (std::size_t j = 0; j < k; ++j)
            for (std::size_t l = 0; l < j; ++l)
                out.v[j * k + l] = out.v[l * k + j] = (out.v[j * k + l] + out.v[l * k + j]) / 2;
        out.clipped = clip(k, out.v);
    }
    if (e.of == family::linear && rule != "capybara")
        out.degrees = fewest > 0 ? static_cast<double>(fewest - 1) : free;
    for (std::size_t j = 0; j < k; ++j)
        out.standard_error.push_back(std::sqrt(std::max(out.v[j * k + j], 0.0)));
    return out;
}

result<covariance> covariance_by(const model& m, const estimation& e, std::string_view rule,
                                 std::string_view errors, bool dyadic) {
    score_sum kind = score_sum::hetero;
    std::vector<std::size_t> which;
    for (std::size_t c = 0; c < m.clusters.size(); ++c) which.push_back(c);
    if (errors == "iid")
        kind = score_sum::iid;
    else if (errors.empty() && dyadic)
        kind = score_sum::dyadic;
    else if (errors.empty() && !which.empty())
        kind = score_sum::cluster;
    if (kind == score_sum::dyadic) which = {which.size() - 2, which.size() - 1};
    return covariance_of(m, e, rule, kind, which);
}

std::vector<double> sum_scores(const estimation& e, std::span<const std::int32_t> code,
                               std::int32_t levels) {
    const std::size_t k = e.rows.k;
    std::vector<double> out(static_cast<std::size_t>(levels) * k);
    for (std::size_t i = 0; i < e.rows.n; ++i)
        for (std::size_t j = 0; j < k; ++j)
            out[code[e.rows.row[i]] * k + j] += e.error[i] * e.rows.x[i * k + j];
    return out;
}

inference infer(const estimation& e, const covariance& c, std::size_t j, double level) {
    inference out;
    out.estimate = e.b[j];
    out.standard_error = c.standard_error[j];
    out.statistic = out.estimate / out.standard_error;
    out.p_value = 2 * numerics::student_above(std::abs(out.statistic), c.degrees);
    const double reach =
        numerics::student_quantile((1 + level) / 2, c.degrees) * out.standard_error;
    out.low = out.estimate - reach;
    out.high = out.estimate + reach;
    return out;
}

fit_measures measure(const estimation& e) {
    fit_measures out;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const double n = static_cast<double>(e.rows.n);
    const double k = static_cast<double>(e.parameters);
    out.r2 = out.adjusted_r2 = out.within_r2 = out.pseudo_r2 = out.adjusted_pseudo_r2 = none;
    if (e.of == family::linear) {
        out.r2 = 1 - e.deviance / e.total_squares;
        out.adjusted_r2 = 1 - (1 - out.r2) * (n - 1) / (n - k);
        if (e.rows.centred) out.within_r2 = 1 - e.deviance / e.within_squares;
    } else {
        out.pseudo_r2 = 1 - e.log_likelihood / e.null_likelihood;
        out.adjusted_pseudo_r2 = 1 - (e.log_likelihood - (k - 1)) / e.null_likelihood;
    }
    return out;
}

}  // namespace veche::gravity
