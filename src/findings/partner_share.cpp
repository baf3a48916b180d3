// The share of one partner in what a territory reports of its exports or imports, year by year,
// and how concentrated its partners are.
//   share   s_p = x_p / sum over partners x_q
//   H       sum over partners s_q^2 (Hirschman 1945; Herfindahl 1950), of positive flows only
//   1/H     the number of partners of equal size that would be as concentrated
// A partner without a row in a year in which the territory reports others is zero; a year without
// any row of the territory is missing, and has no figure.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "findings/methods.hpp"
#include "findings/reading.hpp"
#include "findings/refusal.hpp"
#include "findings/remarks.hpp"
#include "numerics/digits.hpp"
#include "numerics/sums.hpp"

namespace veche::findings {
namespace {

/// What one territory reports of one year, by partner.
struct reported_year {
    std::map<std::string, double> by_partner;
};

struct year_figures {
    double with_partner = 0;
    double total = 0;
    double concentration = 0;
    std::int64_t partners = 0;
};

year_figures figures_of(const reported_year& year, const std::string& partner) {
    year_figures out;
    numerics::compensated_sum total;
    for (const auto& [name, value] : year.by_partner) total.add(value);
    out.total = total.value();
    if (const auto found = year.by_partner.find(partner); found != year.by_partner.end())
        out.with_partner = found->second;
    numerics::compensated_sum squares;
    for (const auto& [name, value] : year.by_partner) {
        if (value <= 0) continue;
        ++out.partners;
        squares.add((value / out.total) * (value / out.total));
    }
    out.concentration = squares.value();
    return out;
}

/// One side of the flows: whose rows are meant, and which column names the partner.
struct side {
    tables::level_list reporter;
    tables::level_list partner;
    tables::level_list year;
    std::vector<double> value;
};

result<side> side_of(const request& from, bool exports) {
    const source& of = source_of(from, "flows");
    const tables::table in = VECHE_TRY(table_of(from, "flows"));
    side out;
    out.reporter = VECHE_TRY(levels_by(in, from, exports ? "exporter" : "importer", of));
    out.partner = VECHE_TRY(levels_by(in, from, exports ? "importer" : "exporter", of));
    out.year = VECHE_TRY(levels_by(in, from, "years", of));
    out.value = VECHE_TRY(numbers_by(in, from, "value", of));
    return out;
}

/// Rows of the territory with itself are no trade and are left out; rows without a value are
/// missing, and counted.
std::map<std::string, reported_year> years_of(const side& rows, const std::string& reporter,
                                              std::int64_t& missing) {
    std::map<std::string, reported_year> years;
    for (std::size_t i = 0; i < rows.value.size(); ++i) {
        const std::int32_t who = rows.reporter.code[i];
        const std::int32_t with = rows.partner.code[i];
        const std::int32_t when = rows.year.code[i];
        if (who < 0 || with < 0 || when < 0) continue;
        if (rows.reporter.names[static_cast<std::size_t>(who)] != reporter) continue;
        const std::string& partner = rows.partner.names[static_cast<std::size_t>(with)];
        if (partner == reporter) continue;
        if (std::isnan(rows.value[i])) {
            ++missing;
            continue;
        }
        years[rows.year.names[static_cast<std::size_t>(when)]].by_partner[partner] += rows.value[i];
    }
    return years;
}

result_table table_by_year(const std::map<std::string, reported_year>& years,
                           const std::string& partner) {
    result_table out{"by_year", {"year", "with_partner", "total", "share_percent", "partners"}, {}};
    for (const auto& [year, reported] : years) {
        const year_figures f = figures_of(reported, partner);
        if (f.total <= 0) continue;
        out.rows.push_back({year, numerics::digits(f.with_partner), numerics::digits(f.total),
                            numerics::digits(100 * f.with_partner / f.total),
                            std::to_string(f.partners)});
    }
    return out;
}

constexpr std::array<std::string_view, 2> ways = {"export", "import"};

result<computed> compute_partner_share(const request& from) {
    const bool exports = VECHE_TRY(choice_parameter(from, "flow", ways)) == 0;
    const std::string& reporter = parameter_of(from, "reporter");
    const std::string& partner = parameter_of(from, "partner");
    const std::string& year = parameter_of(from, "year");
    const side rows = VECHE_TRY(side_of(from, exports));
    std::int64_t missing = 0;
    const auto years = years_of(rows, reporter, missing);
    const auto asked = years.find(year);
    const year_figures f =
        asked == years.end() ? year_figures{} : figures_of(asked->second, partner);
    if (f.total <= 0) return refuse(refusals::silent, "specified.parameters", reporter, year);
    const std::string& unit = source_of(from, "flows").unit;
    computed out;
    out.figures = {figure_of("share", "%", 100 * f.with_partner / f.total, 2),
                   figure_of("with-partner", unit, f.with_partner, 0),
                   figure_of("total", unit, f.total, 0),
                   figure_of("partners", "1", static_cast<double>(f.partners), 0),
                   figure_of("concentration", "1", f.concentration, 4),
                   figure_of("equal-partners", "1", 1 / f.concentration, 2)};
    out.tables = {table_by_year(years, partner)};
    out.pictures = {{"by_year", "year", "share_percent", "%"}};
    out.notes = {remark_of(remarks::only_declared, reporter, std::to_string(f.partners), year)};
    if (missing > 0) out.notes.push_back(remark_of(remarks::rows_missing, std::to_string(missing)));
    return out;
}

constexpr role_info share_roles[] = {{"flows", "flows of trade, one row for each pair and year"}};
constexpr parameter_info share_parameters[] = {
    {"reporter", "whose trade is looked at, as the data names it", ""},
    {"partner", "whose share is asked, as the data names it", ""},
    {"flow", "export or import", "export"},
    {"year", "the year of the figures", ""},
    {"exporter", "column of exporters", "exporter"},
    {"importer", "column of importers", "importer"},
    {"years", "column of years", "year"},
    {"value", "column of values", "value"}};

constexpr std::string_view share_meaning =
    "The share of one partner in exports or imports, by year, and how concentrated the partners "
    "are.";

}  // namespace

const method_info partner_share_1{"partner-share/1", share_meaning,          share_roles,
                                  share_parameters,  &compute_partner_share, true};
const method_info partner_share_2{"partner-share/2", share_meaning, share_roles, share_parameters,
                                  &compute_partner_share};

}  // namespace veche::findings
