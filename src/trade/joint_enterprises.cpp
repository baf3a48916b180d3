#include "trade/joint_enterprises.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "numerics/random_stream.hpp"
#include "trade/quantiles.hpp"
#include "trade/refusal.hpp"

namespace veche::trade {
namespace {

constexpr std::size_t most_market_cells = 20'000'000;
constexpr std::size_t most_candidates = 3'000'000;

/// The member a territory belongs to, from 0; -1: a third country.
std::int32_t member_of(const std::string& area, const std::vector<std::string>& members) {
    for (std::size_t m = 0; m < members.size(); ++m)
        if (area == members[m] || area.starts_with(members[m] + "-"))
            return static_cast<std::int32_t>(m);
    return -1;
}

/// Values by territory and product, both as the exports have them.
struct market {
    const goods_matrix& sold;
    std::vector<std::int32_t> member;  // by territory
    std::vector<double> sold_outside, bought, bought_outside;
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, double> inside;  // buyer, seller
    std::vector<std::uint8_t> mirrored;
    std::int64_t rows = 0, rows_missing = 0;

    [[nodiscard]] std::size_t at(std::size_t area, std::size_t product) const {
        return area * sold.products.size() + product;
    }
};

/// Places of names in a sorted list that may lack some.
std::vector<std::int32_t> places_in(const std::vector<std::string>& sorted,
                                    const std::vector<std::string>& names, std::size_t digits) {
    std::vector<std::int32_t> out;
    for (const std::string& one : names)
        out.push_back(code_of(sorted, digits == 0 ? one : one.substr(0, digits)));
    return out;
}

void add_flow(market& to, bool import, std::size_t own, bool outside, std::size_t product,
              double value) {
    const std::size_t at = to.at(own, product);
    if (import) {
        to.bought[at] += value;
        if (outside) to.bought_outside[at] += value;
    } else if (outside) {
        to.sold_outside[at] += value;
    }
}

/// Whether a territory declares imports in the period.
std::vector<std::uint8_t> declare_imports(const flow_list& f, std::int32_t period) {
    std::vector<std::uint8_t> out(f.areas.size(), 0);
    for (std::size_t i = 0; i < f.size(); ++i)
        if (f.flow[i] == flow_kind::import_ && (period < 0 || f.period[i] == period))
            out[static_cast<std::size_t>(f.reporter[i])] = 1;
    return out;
}

market market_of(const flow_list& f, const goods_matrix& sold, const enterprise_scope& scope) {
    market out{sold, {}, {}, {}, {}, {}, {}, 0, 0};
    for (const std::string& one : sold.areas) out.member.push_back(member_of(one, scope.members));
    out.sold_outside.assign(sold.values.size(), 0);
    out.bought = out.bought_outside = out.sold_outside;
    out.mirrored.assign(sold.areas.size(), 0);
    const std::int32_t period = scope.period.empty() ? -1 : code_of(f.periods, scope.period);
    const auto area = places_in(sold.areas, f.areas, 0);
    const auto product = places_in(sold.products, f.products, scope.digits);
    const auto declares = declare_imports(f, period);
    std::vector<std::uint8_t> third;
    for (const std::string& one : f.areas) third.push_back(member_of(one, scope.members) < 0);
    for (std::size_t i = 0; i < f.size(); ++i) {
        const auto reporter = static_cast<std::size_t>(f.reporter[i]);
        const auto partner = static_cast<std::size_t>(f.partner[i]);
        const std::int32_t good = product[static_cast<std::size_t>(f.product[i])];
        const bool import = f.flow[i] == flow_kind::import_;
        if ((!import && f.flow[i] != flow_kind::export_) || reporter == partner || good < 0 ||
            (period >= 0 && f.period[i] != period))
            continue;
        ++out.rows;
        if (std::isnan(f.value[i])) {
            ++out.rows_missing;
            continue;
        }
        const auto p = static_cast<std::size_t>(good);
        if (area[reporter] >= 0)
            add_flow(out, import, static_cast<std::size_t>(area[reporter]), third[partner] != 0, p,
                     f.value[i]);
        // What others sell stands for the imports of those who declare none.
        const bool mirrors = !import && area[partner] >= 0 && declares[partner] == 0;
        if (mirrors) {
            out.mirrored[static_cast<std::size_t>(area[partner])] = 1;
            add_flow(out, true, static_cast<std::size_t>(area[partner]), third[reporter] != 0, p,
                     f.value[i]);
        }
        if ((import || mirrors) && area[reporter] >= 0 && area[partner] >= 0) {
            const auto a = static_cast<std::size_t>(area[reporter]);
            const auto b = static_cast<std::size_t>(area[partner]);
            out.inside[import ? std::tuple{a, b, p} : std::tuple{b, a, p}] += f.value[i];
        }
    }
    return out;
}

/// A maker, a partner and a product, as places in the exports; the same with the space's.
struct candidate {
    std::size_t maker = 0, partner = 0, product = 0;
    std::size_t in_space = 0;       // the product
    std::int32_t partner_here = 0;  // the partner in the space; -1: it makes nothing there
    double amount = 0, density = 0;
    [[nodiscard]] auto key() const { return std::tuple{product, maker, partner}; }
};

/// Refuses more of them than anybody could look through.
result<std::vector<candidate>> candidates_in(const market& m, const product_space& s,
                                             const std::vector<double>& wanted) {
    std::vector<std::int32_t> here;  // places in the space, by territory
    for (const std::string& one : m.sold.areas) here.push_back(code_of(s.areas, one));
    std::vector<candidate> out;
    for (std::size_t p = 0; p < s.products.size(); ++p) {
        const auto product = static_cast<std::size_t>(code_of(m.sold.products, s.products[p]));
        for (std::size_t maker = 0; maker < here.size(); ++maker) {
            const double sold = m.sold_outside[m.at(maker, product)];
            if (m.member[maker] < 0 || here[maker] < 0 || !(sold > 0) ||
                s.made[s.place(static_cast<std::size_t>(here[maker]), p)] == 0)
                continue;
            for (std::size_t partner = 0; partner < here.size(); ++partner) {
                const double bought = wanted[m.at(partner, product)];
                if (m.member[partner] < 0 || m.member[partner] == m.member[maker] || !(bought > 0))
                    continue;
                candidate one{maker, partner, product, p, here[partner], std::min(sold, bought), 0};
                if (one.partner_here >= 0)
                    one.density = s.density[s.place(static_cast<std::size_t>(one.partner_here), p)];
                out.push_back(one);
            }
        }
        if (out.size() > most_candidates)
            return refuse(refusals::pairs_too_many, "data", std::to_string(most_candidates));
    }
    return out;
}

double measured(const candidate& one, enterprise_ranking by) {
    if (by == enterprise_ranking::amount_alone) return one.amount;
    if (by == enterprise_ranking::density_alone) return one.density;
    return one.amount * one.density;
}

/// The largest first; equal ones by product, maker and partner.
void sort_by(std::vector<candidate>& all, enterprise_ranking by) {
    std::sort(all.begin(), all.end(), [&](const candidate& a, const candidate& b) {
        const double x = measured(a, by);
        const double y = measured(b, by);
        return x != y ? x > y : a.key() < b.key();
    });
}

using candidate_key = std::tuple<std::size_t, std::size_t, std::size_t>;

/// Ranks of those that are wanted among all; equal measures share a rank.
std::map<candidate_key, std::int64_t> ranks_of(std::vector<candidate> all, enterprise_ranking by,
                                               const std::set<candidate_key>& wanted) {
    sort_by(all, by);
    std::map<candidate_key, std::int64_t> out;
    std::int64_t rank = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i == 0 || measured(all[i], by) != measured(all[i - 1], by))
            rank = static_cast<std::int64_t>(i) + 1;
        if (wanted.contains(all[i].key())) out[all[i].key()] = rank;
    }
    return out;
}

/// Range of the density with the products near to it drawn with replacement.
void resample(joint_enterprise& into, const candidate& one, const product_space& s,
              const std::vector<std::vector<std::uint32_t>>& draws, double level) {
    into.density_low = into.density_high = into.density;
    if (one.partner_here < 0 || draws.empty()) return;
    const auto partner = static_cast<std::size_t>(one.partner_here);
    const std::size_t n = s.products.size();
    std::vector<double> densities;
    for (const std::vector<std::uint32_t>& times : draws) {
        double near = 0;
        double own = 0;
        for (std::size_t q = 0; q < n; ++q) {
            const double weight = times[q] * s.proximity[one.in_space * n + q];
            near += weight;
            if (s.made[s.place(partner, q)] != 0) own += weight;
        }
        if (near > 0) densities.push_back(own / near);
    }
    if (densities.empty()) return;
    std::sort(densities.begin(), densities.end());
    into.density_low = std::min(into.density, quantile_of(densities, (1 - level) / 2));
    into.density_high = std::max(into.density, quantile_of(densities, (1 + level) / 2));
}

std::vector<std::vector<std::uint32_t>> drawn_products(std::size_t n,
                                                       const enterprise_scope& scope) {
    numerics::random_stream draw(scope.seed);
    std::vector<std::vector<std::uint32_t>> out(static_cast<std::size_t>(scope.draws),
                                                std::vector<std::uint32_t>(n, 0));
    for (auto& times : out)
        for (std::size_t i = 0; i < n; ++i) ++times[draw.next() % n];
    return out;
}

joint_enterprise suggestion_of(const candidate& one, const market& m, const advantage_table& t) {
    joint_enterprise out;
    const std::size_t width = m.sold.products.size();
    out.product = m.sold.products[one.product];
    out.maker = m.sold.areas[one.maker];
    out.partner = m.sold.areas[one.partner];
    out.advantage = t.rca(one.maker, one.product);
    out.partner_advantage = t.rca(one.partner, one.product);
    out.sold_outside = m.sold_outside[m.at(one.maker, one.product)];
    out.bought_outside = m.bought_outside[m.at(one.partner, one.product)];
    if (const auto found = m.inside.find({one.partner, one.maker, one.product});
        found != m.inside.end())
        out.bought_from_maker = found->second;
    out.amount = one.amount;
    out.density = one.density;
    out.measure = one.amount * one.density;
    const auto row = [&](const std::vector<double>& of, std::size_t area) {
        return std::span(of).subspan(area * width, width);
    };
    out.complementarity =
        complementarity(row(m.sold.values, one.maker), row(m.bought, one.partner));
    return out;
}

result<void> check_scope(const market& m, const enterprise_scope& scope) {
    std::vector<std::int32_t> there;
    for (const std::int32_t one : m.member)
        if (one >= 0 && std::find(there.begin(), there.end(), one) == there.end())
            there.push_back(one);
    if (there.size() < 2)
        return refuse(refusals::members_alone, "members", std::to_string(there.size()),
                      std::to_string(scope.members.size()));
    if (!(scope.least_advantage > 0))
        return refuse(refusals::advantage_unsound, "scope",
                      fmt::format("{}", scope.least_advantage));
    if (scope.draws < 0 || scope.draws > 10'000 || !(scope.level > 0 && scope.level < 1))
        return refuse(refusals::draws_unsound, "scope", std::to_string(scope.draws),
                      fmt::format("{}", scope.level));
    return {};
}

/// Ranks under all definitions into the suggestions, whose keys are those of `first`.
result<void> fill_ranks(enterprise_table& out, const std::vector<candidate>& first, const market& m,
                        const enterprise_scope& scope, const std::vector<candidate>& base) {
    std::set<candidate_key> wanted;
    for (const candidate& one : first) wanted.insert(one.key());
    for (int r = 0; r < enterprise_rankings; ++r) {
        const auto by = static_cast<enterprise_ranking>(r);
        std::vector<candidate> all = base;
        if (by == enterprise_ranking::lower_advantage ||
            by == enterprise_ranking::higher_advantage || by == enterprise_ranking::all_purchases) {
            space_options how;
            how.least_advantage = scope.least_advantage;
            if (by == enterprise_ranking::lower_advantage) how.least_advantage *= 0.75;
            if (by == enterprise_ranking::higher_advantage) how.least_advantage *= 1.25;
            const auto space = relatedness_of(m.sold, how);
            if (!space) continue;  // a bound so high that hardly anybody has an advantage
            all = VECHE_TRY(candidates_in(
                m, *space, by == enterprise_ranking::all_purchases ? m.bought : m.bought_outside));
        }
        const auto ranks = ranks_of(std::move(all), by, wanted);
        for (std::size_t i = 0; i < out.suggestions.size(); ++i) {
            joint_enterprise& one = out.suggestions[i];
            const auto found = ranks.find(first[i].key());
            if (found == ranks.end()) continue;
            if (r == 0) one.rank = found->second;
            one.best_rank =
                one.rankings == 0 ? found->second : std::min(one.best_rank, found->second);
            one.worst_rank = std::max(one.worst_rank, found->second);
            ++one.rankings;
        }
    }
    return {};
}

}  // namespace

result<enterprise_table> joint_enterprises(const flow_list& flows, const enterprise_scope& scope) {
    matrix_scope exports;
    exports.period = scope.period;
    exports.digits = scope.digits;
    const goods_matrix sold = VECHE_TRY(goods_of(flows, exports));
    if (sold.values.size() > most_market_cells)
        return refuse(refusals::market_too_large, "data", std::to_string(sold.areas.size()),
                      std::to_string(sold.products.size()));
    const market m = market_of(flows, sold, scope);
    VECHE_CHECK(check_scope(m, scope));
    space_options how;
    how.least_advantage = scope.least_advantage;
    const product_space space = VECHE_TRY(relatedness_of(sold, how));
    const std::vector<candidate> base = VECHE_TRY(candidates_in(m, space, m.bought_outside));
    if (base.empty()) return refuse(refusals::pairs_absent, "data");
    enterprise_table out;
    out.unit = flows.value_unit;
    out.rows = m.rows;
    out.rows_missing = m.rows_missing;
    out.found = static_cast<std::int64_t>(base.size());
    for (std::size_t a = 0; a < sold.areas.size(); ++a) {
        if (m.member[a] < 0) continue;
        out.regions.push_back(sold.areas[a]);
        if (m.mirrored[a] != 0) out.mirrored.push_back(sold.areas[a]);
    }
    std::vector<candidate> first = base;
    sort_by(first, enterprise_ranking::amount_and_density);
    if (scope.most > 0 && first.size() > scope.most) first.resize(scope.most);
    const advantage_table table = advantages(sold);
    const auto draws = drawn_products(space.products.size(), scope);
    for (const candidate& one : first) {
        joint_enterprise made = suggestion_of(one, m, table);
        resample(made, one, space, draws, scope.level);
        made.measure_low = made.amount * made.density_low;
        made.measure_high = made.amount * made.density_high;
        out.suggestions.push_back(std::move(made));
        tell(scope.progress, work_stage::drawing, out.suggestions.size(), first.size());
    }
    VECHE_CHECK(fill_ranks(out, first, m, scope, base));
    order_test_options halves;
    halves.seed = scope.seed;
    halves.level = scope.level;
    if (auto tested = test_order(sold, how, halves)) out.order = *tested;
    return out;
}

}  // namespace veche::trade
