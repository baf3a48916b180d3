// Where one territory stands in the space of products: how complex its exports are, and what is
// near to what it makes. The caveats stand beside the numbers; for regions the test of (d) decides
// whether complexity is given at all.

#include "trade/product_space.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"
#include "trade/order_test.hpp"
#include "trade/refusal.hpp"
#include "trade/space_ranges.hpp"

namespace veche::findings {
namespace {

constexpr std::array<std::string_view, 2> no_or_yes = {"no", "yes"};

struct space_asked {
    trade::space_options options;
    trade::draw_options draws;
    std::size_t most = 0;
};

result<space_asked> space_from(const request& from) {
    space_asked out;
    out.options.least_advantage = VECHE_TRY(number_parameter(from, "least-advantage"));
    out.options.least_exports = VECHE_TRY(number_parameter(from, "least-exports"));
    out.options.regional = VECHE_TRY(choice_parameter(from, "regional", no_or_yes)) == 1;
    out.draws.draws = static_cast<int>(VECHE_TRY(count_parameter(from, "draws", 0, 2000)));
    out.draws.seed =
        static_cast<std::uint64_t>(VECHE_TRY(count_parameter(from, "seed", 0, 1'000'000'000)));
    out.draws.level = VECHE_TRY(level_parameter(from));
    out.draws.progress = from.progress;
    out.most = static_cast<std::size_t>(VECHE_TRY(count_parameter(from, "most", 1, 1000)));
    return out;
}

result_table neighbour_table(const trade::product_space& s, std::size_t area, std::size_t most,
                             bool complex) {
    result_table out{"near", {"product", "density", "advantage_now", "exporters"}, {}};
    if (complex) out.columns.emplace_back("complexity");
    std::vector<std::size_t> order;
    for (std::size_t p = 0; p < s.products.size(); ++p)
        if (s.made[s.place(area, p)] == 0) order.push_back(p);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t p, std::size_t q) {
        return s.density[s.place(area, p)] > s.density[s.place(area, q)];
    });
    if (order.size() > most) order.resize(most);
    using numerics::digits;
    for (const std::size_t p : order) {
        out.rows.push_back({s.products[p], digits(s.density[s.place(area, p)]),
                            digits(s.rca[s.place(area, p)]), std::to_string(s.ubiquity[p])});
        if (complex) out.rows.back().push_back(digits(s.product_complexity[p]));
    }
    return out;
}

result_table ranking_table(const trade::product_space& s) {
    result_table out{"territories", {"territory", "complexity", "diversity", "opportunity"}, {}};
    std::vector<std::size_t> order(s.areas.size());
    for (std::size_t a = 0; a < order.size(); ++a) order[a] = a;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return s.complexity[a] > s.complexity[b];
    });
    for (const std::size_t a : order)
        out.rows.push_back({s.areas[a], numerics::digits(s.complexity[a]),
                            std::to_string(s.diversity[a]), numerics::digits(s.opportunity[a])});
    return out;
}

void add_complexity(computed& to, const trade::product_space& s, std::size_t area,
                    const space_asked& asked) {
    const trade::complexity_range range = trade::range_of(s, area, asked.draws);
    const auto rank = 1 + std::count_if(s.complexity.begin(), s.complexity.end(),
                                        [&](double one) { return one > s.complexity[area]; });
    const double place = static_cast<double>(rank);
    if (range.draws > 0) {
        to.figures.push_back(figure_between("complexity", "1", s.complexity[area],
                                            range.complexity.low, range.complexity.high, 3));
        to.figures.push_back(
            figure_between("complexity-rank", "1", place, range.rank.low, range.rank.high, 0));
        to.notes.push_back(remark_of(remarks::complexity_ranges, std::to_string(range.draws),
                                     std::to_string(asked.draws.seed),
                                     numerics::digits(100 * asked.draws.level)));
    } else {
        to.figures.push_back(figure_of("complexity", "1", s.complexity[area], 3));
        to.figures.push_back(figure_of("complexity-rank", "1", place, 0));
    }
    to.figures.push_back(figure_of("opportunity", "1", s.opportunity[area], 3));
    to.tables.push_back(ranking_table(s));
}

/// The caveats, those that show in the data first; the test takes the place of (d) where it was
/// made.
void add_caveats(computed& to, const trade::product_space& s,
                 const std::optional<trade::order_test>& tested) {
    const auto shows = [&](const trade::space_caveat& one) {
        return one.letter == 'd' && tested ? !tested->holds() : one.applies;
    };
    for (const bool here : {true, false}) {
        to.notes.push_back(remark_of(here ? remarks::caveats_here : remarks::caveats_elsewhere));
        for (const trade::space_caveat& one : s.caveats)
            if (shows(one) == here)
                to.notes.push_back(one.letter == 'd' && tested ? trade::said_of(*tested)
                                                               : one.said);
    }
}

/// Each draw asks for the eigenvectors of all territories.
result<void> check_work(const trade::product_space& s, const space_asked& asked) {
    constexpr double most_work = 1e10;
    const double most = most_work / std::pow(static_cast<double>(s.areas.size()), 3);
    if (asked.draws.draws <= most) return {};
    return refuse(refusals::parameter_out_of_range, "specified.parameters", "draws",
                  std::to_string(asked.draws.draws), "0",
                  std::to_string(static_cast<std::int64_t>(most)));
}

result<computed> compute_space(const request& from) {
    const trade::imported in = VECHE_TRY(flows_of(from, "flows"));
    const space_asked asked = VECHE_TRY(space_from(from));
    trade::matrix_scope scope;
    scope.period = maybe_parameter(from, "period");
    const trade::goods_matrix exports = VECHE_TRY(trade::goods_of(*in.flows, scope));
    const trade::product_space s = VECHE_TRY(trade::space_of(exports, asked.options));
    const std::string& territory = parameter_of(from, "territory");
    const std::int32_t found = trade::code_of(s.areas, territory);
    if (found < 0) return refuse(refusals::no_part, "specified.parameters", territory);
    const auto area = static_cast<std::size_t>(found);
    VECHE_CHECK(check_work(s, asked));
    std::optional<trade::order_test> tested;
    trade::order_test_options halves;
    halves.seed = asked.draws.seed;
    halves.level = asked.draws.level;
    if (asked.options.regional)
        if (const auto test = trade::test_order(exports, asked.options, halves)) tested = *test;
    // Of regions complexity is given only where the test allows it.
    const bool complex = !asked.options.regional || (tested && tested->holds());
    computed out;
    out.figures = {figure_of("territories", "1", static_cast<double>(s.areas.size()), 0),
                   figure_of("products", "1", static_cast<double>(s.products.size()), 0),
                   figure_of("diversity", "1", static_cast<double>(s.diversity[area]), 0)};
    if (tested)
        out.figures.push_back(figure_between("in-order", "%", 100 * tested->in_order,
                                             100 * tested->low, 100 * tested->high, 1));
    out.tables = {neighbour_table(s, area, asked.most, complex)};
    if (complex) add_complexity(out, s, area, asked);
    out.pictures = {{"near", "product", "density", "1"}};
    out.notes.push_back(remark_of(remarks::over_reporters, std::to_string(exports.areas.size())));
    out.notes.push_back(remark_of(remarks::density_is_near));
    if (!s.left_out.empty())
        out.notes.push_back(remark_of(remarks::left_out, std::to_string(s.left_out.size())));
    if (asked.options.regional && !tested) out.notes.push_back(remark_of(remarks::order_untested));
    add_caveats(out, s, tested);
    for (const trade::trap_note& one : in.traps) out.notes.push_back(one.said);
    return out;
}

constexpr role_info space_roles[] = {
    {"flows", "exports by territory and product, of as many territories as can be had"}};
constexpr parameter_info space_parameters[] = {
    {"territory", "whose place is looked at, as the data names it", ""},
    {"period", "year of the exports; none: all of them", "none"},
    {"least-advantage", "least RCA of what counts as made", "1"},
    {"least-exports", "territories that export less take no part", "0"},
    {"regional", "yes where the territories are regions: then the order is tested", "no"},
    {"most", "products shown, the nearest first", "20"},
    draws_parameter,
    seed_parameter,
    range_parameter,
    digits_parameter,
    columns_parameter,
    leave_out_parameter};

}  // namespace

const method_info product_space_of{
    "product-space/1",
    "How complex the exports of one territory are, and what is near to what it makes already.",
    space_roles, space_parameters, &compute_space};

}  // namespace veche::findings
