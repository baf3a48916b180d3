// Where regions of different members could make a thing together (trade/joint_enterprises.hpp):
// suggestions with their evidence and how far they hold.

#include "trade/joint_enterprises.hpp"

#include <algorithm>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"

namespace veche::findings {
namespace {

constexpr std::size_t most_published_suggestions = 10;

result<trade::enterprise_scope> enterprises_asked(const request& from) {
    trade::enterprise_scope out;
    out.period = maybe_parameter(from, "period");
    out.members = list_parameter(from, "members");
    out.least_advantage = VECHE_TRY(number_parameter(from, "least-advantage"));
    out.most = static_cast<std::size_t>(VECHE_TRY(count_parameter(from, "most", 1, 1000)));
    out.draws = static_cast<int>(VECHE_TRY(count_parameter(from, "draws", 0, 2000)));
    out.seed =
        static_cast<std::uint64_t>(VECHE_TRY(count_parameter(from, "seed", 0, 1'000'000'000)));
    out.level = VECHE_TRY(level_parameter(from));
    out.progress = from.progress;
    return out;
}

result_table suggestion_table(const trade::enterprise_table& made) {
    result_table out{"suggestions",
                     {"rank",           "best_rank",         "worst_rank",
                      "rankings",       "suggestion",        "product",
                      "maker",          "partner",           "amount",
                      "density",        "density_low",       "density_high",
                      "measure",        "measure_low",       "measure_high",
                      "advantage",      "partner_advantage", "sold_outside",
                      "bought_outside", "bought_from_maker", "complementarity"},
                     {}};
    using numerics::digits;
    for (const trade::joint_enterprise& one : made.suggestions)
        out.rows.push_back({std::to_string(one.rank),
                            std::to_string(one.best_rank),
                            std::to_string(one.worst_rank),
                            std::to_string(one.rankings),
                            one.product + " " + one.maker + " " + one.partner,
                            one.product,
                            one.maker,
                            one.partner,
                            digits(one.amount),
                            digits(one.density),
                            digits(one.density_low),
                            digits(one.density_high),
                            digits(one.measure),
                            digits(one.measure_low),
                            digits(one.measure_high),
                            digits(one.advantage),
                            digits(one.partner_advantage),
                            digits(one.sold_outside),
                            digits(one.bought_outside),
                            digits(one.bought_from_maker),
                            digits(one.complementarity)});
    return out;
}

void add_suggestions(computed& to, const trade::enterprise_table& made, const std::string& unit) {
    std::set<std::string> taken;
    for (std::size_t i = 0; i < std::min(made.suggestions.size(), most_published_suggestions);
         ++i) {
        const trade::joint_enterprise& one = made.suggestions[i];
        const std::string name = own_name(one.product + "-" + one.maker + "-" + one.partner, taken);
        if (is_publishable(one.amount))
            to.figures.push_back(figure_of("amount." + name, unit, one.amount, 0));
        to.figures.push_back(figure_between("density." + name, "%", 100 * one.density,
                                            100 * one.density_low, 100 * one.density_high, 1));
        to.figures.push_back(figure_between("rank." + name, "1", static_cast<double>(one.rank),
                                            static_cast<double>(one.best_rank),
                                            static_cast<double>(one.worst_rank), 0));
    }
}

std::string joined_names(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& one : names) out += (out.empty() ? "" : ", ") + one;
    return out;
}

result<computed> compute_enterprises(const request& from) {
    const trade::imported in = VECHE_TRY(flows_of(from, "flows"));
    const trade::enterprise_scope scope = VECHE_TRY(enterprises_asked(from));
    const auto made = trade::joint_enterprises(*in.flows, scope);
    if (!made) return unreadable(from, "flows", made.error());
    const std::string& unit = made->unit.empty() ? source_of(from, "flows").unit : made->unit;
    computed out;
    out.figures = {figure_of("suggestions", "1", static_cast<double>(made->found), 0),
                   figure_of("regions", "1", static_cast<double>(made->regions.size()), 0)};
    if (made->order)
        out.figures.push_back(figure_between("in-order", "%", 100 * made->order->in_order,
                                             100 * made->order->low, 100 * made->order->high, 1));
    add_suggestions(out, *made, unit);
    out.tables = {suggestion_table(*made)};
    out.pictures = {{"suggestions", "suggestion", "measure", unit}};
    out.notes = {
        remark_of(remarks::suggestion_is_question),
        remark_of(remarks::suggestions_found, std::to_string(made->found),
                  std::to_string(made->regions.size()), std::to_string(made->suggestions.size())),
        remark_of(remarks::resampled, std::to_string(scope.draws), std::to_string(scope.seed),
                  numerics::digits(100 * scope.level)),
        remark_of(remarks::by_density_alone),
        made->order ? trade::said_of(*made->order) : remark_of(remarks::order_untested)};
    if (!made->mirrored.empty())
        out.notes.push_back(remark_of(remarks::imports_mirrored, joined_names(made->mirrored)));
    if (made->rows_missing > 0)
        out.notes.push_back(remark_of(remarks::rows_missing, std::to_string(made->rows_missing)));
    for (const trade::trap_note& one : in.traps) out.notes.push_back(one.said);
    return out;
}

constexpr role_info enterprise_roles[] = {
    {"flows", "statistics of trade by region or territory, partner and product"}};
constexpr parameter_info enterprise_parameters[] = {
    {"members",
     "members of the union, parted by commas; their regions have codes as in BY-HM of BY", ""},
    {"period", "year; none: all of them", "none"},
    {"least-advantage", "least RCA of what counts as made", "1"},
    {"most", "suggestions shown, the first ones", "20"},
    draws_parameter,
    seed_parameter,
    range_parameter,
    digits_parameter,
    columns_parameter,
    leave_out_parameter};

}  // namespace

const method_info joint_enterprises{
    "joint-enterprises/1",
    "Where regions of different members could make a thing together: one sells outside what the "
    "other buys there and is near to making.",
    enterprise_roles, enterprise_parameters, &compute_enterprises};

}  // namespace veche::findings
