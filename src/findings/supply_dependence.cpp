// How far the production of one sector depends on others, from a table of who uses whose output:
// inputs bought (direct), and the origin of the value of its output along all chains (total, v L;
// inputoutput/dependence.hpp).

#include <cstdlib>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "inputoutput/dependence.hpp"
#include "inputoutput/reading.hpp"
#include "inputoutput/system.hpp"
#include "inputoutput/value_added.hpp"
#include "numerics/digits.hpp"

namespace veche::findings {
namespace {

using inputoutput::dependence;

constexpr std::string_view first_version = "supply-dependence/1";

result<inputoutput::table> table_from(const request& from) {
    const source& of = source_of(from, "table");
    if (of.layout != evidence::dataset_layout::input_output)
        return refuse(refusals::layout_unfit, "specified.data", from.specified.method,
                      std::string(name_of(of.layout)), "table");
    inputoutput::reading how;
    how.unit = of.unit;
    if (parameter_of(from, "parts") == "icio") how.parts = inputoutput::parts_of_icio();
    auto read = inputoutput::read_table(of.bytes, how);
    if (!read) return unreadable(from, "table", read.error());
    return std::move(*read);
}

std::vector<evidence::figure> dependence_figures(const dependence& d) {
    const auto share = [](std::string name, double part) {
        return figure_of(std::move(name), "%", 100 * part, 2);
    };
    constexpr std::size_t home = 0, partner = 1, member = 2, third = 3;
    return {share("total-home", d.total[home]),
            share("total-partner", d.total[partner]),
            share("total-members", d.total[member]),
            share("total-third", d.total[third]),
            share("direct-partner", d.direct[partner]),
            share("direct-third", d.direct[third]),
            share("own-value-added", d.own_value_added),
            share("through-others", d.through_others),
            figure_of("concentration", "1", d.concentration_total, 4)};
}

result_table source_table(const dependence& d) {
    result_table out{"sources", {"region", "role", "direct_percent", "total_percent"}, {}};
    for (const inputoutput::source_share& one : d.sources)
        out.rows.push_back({one.region, std::string(name_of(one.as)),
                            numerics::digits(100 * one.direct), numerics::digits(100 * one.total)});
    return out;
}

result_table path_table(const dependence& d) {
    result_table out{"paths", {"origin", "last", "percent"}, {}};
    for (const inputoutput::path& one : d.paths)
        out.rows.push_back({one.origin, one.last, numerics::digits(100 * one.share)});
    return out;
}

result_table replaceable_table(const dependence& d) {
    result_table out{"from_third",
                     {"input", "bought", "percent_of_inputs", "largest_source", "makers_inside",
                      "makers_sell_outside_over_bought"},
                     {}};
    for (const inputoutput::replaceable_input& one : d.from_third) {
        std::string makers;
        for (const inputoutput::maker& m : one.makers)
            makers += (makers.empty() ? "" : ", ") + m.region;
        out.rows.push_back({one.sector, numerics::digits(one.bought),
                            numerics::digits(100 * one.of_inputs), one.largest_source, makers,
                            numerics::digits(one.covered_outside)});
    }
    return out;
}

result<computed> compute_dependence(const request& from) {
    const inputoutput::table in = VECHE_TRY(table_from(from));
    const auto unfit = [&](const refusal& why) { return unreadable(from, "table", why); };
    const auto system = inputoutput::leontief_system::of(in);
    if (!system) return unfit(system.error());
    const auto view = inputoutput::trade_view::of(*system);
    if (!view) return unfit(view.error());
    inputoutput::circle who{parameter_of(from, "home"), parameter_of(from, "partner"),
                            list_parameter(from, "members")};
    if (who.partner == "none") who.partner.clear();
    const auto d = inputoutput::depend(*view, who, parameter_of(from, "sector"));
    if (!d) return unfit(d.error());
    computed out;
    out.figures = dependence_figures(*d);
    out.tables = {source_table(*d), path_table(*d), replaceable_table(*d)};
    out.pictures = {{"sources", "region", "total_percent", "%"}};
    out.notes = {remark_of(remarks::supply_shares), remark_of(remarks::average_enterprise)};
    // The digits of what is rounding alone are those of the machine; newer versions name a bound.
    if (from.specified.method == first_version)
        out.notes.push_back(remark_of(remarks::residual, numerics::digits(system->residual(), 2)));
    else
        out.notes.push_back(remark_of(remarks::residual_below, bound_above(system->residual())));
    return out;
}

constexpr role_info dependence_roles[] = {
    {"table", "a table of who uses whose output, over several regions"}};
constexpr parameter_info dependence_parameters[] = {
    {"home", "region whose sector is looked at, as the table names it", ""},
    {"sector", "sector, as the table names it", ""},
    {"partner", "region singled out", "none"},
    {"members", "other members of the union, parted by commas", "none"},
    {"parts", "icio joins the split parts of the OECD's tables", "none"}};

constexpr std::string_view dependence_meaning =
    "Which inputs of a sector come from the partner, from the union and from third countries, "
    "directly and along all chains.";

}  // namespace

const method_info supply_dependence_1{first_version,         dependence_meaning,  dependence_roles,
                                      dependence_parameters, &compute_dependence, true};
const method_info supply_dependence_2{"supply-dependence/2", dependence_meaning, dependence_roles,
                                      dependence_parameters, &compute_dependence};

}  // namespace veche::findings
