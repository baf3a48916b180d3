#include "trade/smart.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "tables/read_text.hpp"
#include "trade/refusal.hpp"
#include "trade/remarks.hpp"

namespace veche::trade {
namespace {

result<void> check_line(const smart_line& line) {
    const std::string what = line.market + " " + line.product;
    const auto odd = [&](const refusal_kind& kind, const char* field, double value) {
        return refuse(kind, field, what, fmt::format("{}", value));
    };
    if (line.import_elasticity && !(*line.import_elasticity < 0))
        return odd(refusals::import_elasticity_unsound, "elasticity", *line.import_elasticity);
    if (!(line.sigma >= 0)) return odd(refusals::substitution_unsound, "sigma", line.sigma);
    if (line.supply_elasticity && !(*line.supply_elasticity > 0))
        return odd(refusals::supply_elasticity_unsound, "supply", *line.supply_elasticity);
    for (const smart_partner& one : line.partners) {
        if (!(one.imports >= 0) || std::isinf(one.imports))
            return odd(refusals::imports_unsound, "imports", one.imports);
        if (!(one.before > -1) || !(one.after > -1) || std::isinf(one.before) ||
            std::isinf(one.after))
            return odd(refusals::tariff_unsound, "tariff",
                       one.before > -1 ? one.after : one.before);
        if (one.sigma && !(*one.sigma >= 0))
            return odd(refusals::substitution_unsound, "sigma", *one.sigma);
    }
    return {};
}

/// What partner c gains from the others by the change of its own tariff alone.
double own_diversion(const smart_line& line, const smart_partner& c, double all) {
    const double others = all - c.imports;
    if (!(all > 0)) return 0;
    const double d = (c.after - c.before) / (1 + c.before);
    const double wanted = c.imports * others / all * c.sigma.value_or(line.sigma) * -d;
    return std::clamp(wanted, -c.imports, others);
}

smart_outcome outcome_of(const smart_line& line) {
    smart_outcome out;
    out.market = line.market;
    out.product = line.product;
    double all = 0;
    for (const smart_partner& one : line.partners) all += one.imports;
    const double e = *line.import_elasticity;
    const double damping = line.supply_elasticity ? 1 - e / *line.supply_elasticity : 1;
    const std::size_t n = line.partners.size();
    std::vector<double> own(n);
    for (std::size_t c = 0; c < n; ++c) own[c] = own_diversion(line, line.partners[c], all);
    double held = 1;
    for (std::size_t c = 0; c < n; ++c) {
        const smart_partner& one = line.partners[c];
        smart_change change;
        change.partner = one.name;
        change.imports_before = one.imports;
        const double d = (one.after - one.before) / (1 + one.before);
        change.creation = std::max(one.imports * e * d / damping, -one.imports);
        change.diversion = own[c];
        for (std::size_t k = 0; k < n; ++k) {
            const double others = all - line.partners[k].imports;
            if (k != c && others > 0) change.diversion -= own[k] * one.imports / others;
        }
        const double lost = -(change.creation + change.diversion);
        if (lost > one.imports * (1 + 1e-12)) held = std::min(held, one.imports / lost);
        out.partners.push_back(change);
    }
    out.capped = held < 1;
    for (std::size_t c = 0; c < n; ++c) {
        const smart_partner& one = line.partners[c];
        smart_change& change = out.partners[c];
        change.creation *= held;
        change.diversion *= held;
        change.imports_after = std::max(one.imports + change.creation + change.diversion, 0.0);
        change.revenue_before = one.imports * one.before;
        change.revenue_after = change.imports_after * one.after;
        change.welfare = (one.before + one.after) / 2 * change.creation;
        out.creation += change.creation;
        if (one.after != one.before) out.diversion += change.diversion;
        out.revenue_before += change.revenue_before;
        out.revenue_after += change.revenue_after;
        out.welfare += change.welfare;
    }
    return out;
}

}  // namespace

result<smart_result> smart(const std::vector<smart_line>& lines) {
    smart_result out;
    for (const smart_line& line : lines) {
        VECHE_CHECK(check_line(line));
        if (!line.import_elasticity) {
            out.without_elasticity.push_back(line.market + " " + line.product);
            for (const smart_partner& one : line.partners)
                out.imports_without_elasticity += one.imports;
            continue;
        }
        out.lines.push_back(outcome_of(line));
        const smart_outcome& one = out.lines.back();
        out.all.creation += one.creation;
        out.all.diversion += one.diversion;
        out.all.revenue_before += one.revenue_before;
        out.all.revenue_after += one.revenue_after;
        out.all.welfare += one.welfare;
        out.all.capped = out.all.capped || one.capped;
    }
    return out;
}

result<std::vector<smart_line>> read_smart(std::string_view text, tariff_unit unit,
                                           std::vector<remark>& odd) {
    tables::text_options options;
    for (const char* one : {"market", "product", "partner"})
        options.choices[one] = tables::column_choice::words;
    for (const char* one : {"imports", "before", "after"})
        options.choices[one] = tables::column_choice::numbers;
    const auto names = VECHE_TRY(tables::column_names(text, options));
    for (const char* one : {"elasticity", "sigma", "supply"})
        if (std::find(names.begin(), names.end(), one) != names.end())
            options.choices[one] = tables::column_choice::numbers;
    const tables::table t = VECHE_TRY(tables::sound_table(tables::read_text(text, options)));
    const auto maybe = [&](const char* name) {
        return t.has(name) ? *t.numbers(name) : std::vector<double>(t.rows(), std::nan(""));
    };
    const auto imports = VECHE_TRY(t.numbers("imports"));
    const auto before = VECHE_TRY(t.numbers("before"));
    const auto after = VECHE_TRY(t.numbers("after"));
    const auto elasticity = maybe("elasticity");
    const auto sigma = maybe("sigma");
    const auto supply = maybe("supply");
    const double scale = unit == tariff_unit::percent ? 100 : 1;
    std::map<std::pair<std::string, std::string>, smart_line> lines;
    double highest = 0;
    for (std::uint64_t row = 0; row < t.rows(); ++row) {
        const auto word = [&](const char* name) {
            return tables::text_of(**t.find(name), row).value_or("");
        };
        if (std::isnan(before[row]) || std::isnan(after[row]) || std::isnan(imports[row]))
            return refuse(refusals::tariff_missing, "data", std::to_string(row + 1));
        smart_line& line = lines[{word("market"), word("product")}];
        line.market = word("market");
        line.product = word("product");
        if (!std::isnan(elasticity[row])) line.import_elasticity = elasticity[row];
        if (!std::isnan(supply[row])) line.supply_elasticity = supply[row];
        smart_partner one{word("partner"), imports[row], before[row] / scale, after[row] / scale,
                          std::nullopt};
        if (!std::isnan(sigma[row])) one.sigma = sigma[row];
        highest = std::max({highest, one.before, one.after});
        line.partners.push_back(std::move(one));
    }
    if (unit == tariff_unit::fraction && highest > 5)
        odd.push_back(remark_of(remarks::fraction_meant, fmt::format("{}", highest * 100)));
    if (unit == tariff_unit::percent && highest > 0 && highest < 0.01)
        odd.push_back(remark_of(remarks::percent_meant));
    std::vector<smart_line> out;
    for (auto& [key, line] : lines) out.push_back(std::move(line));
    return out;
}

result<std::vector<smart_sensitivity>> sensitivity(const std::vector<smart_line>& lines,
                                                   const std::vector<double>& factors) {
    std::vector<smart_sensitivity> out;
    for (const double import_factor : factors)
        for (const double sigma_factor : factors) {
            std::vector<smart_line> changed = lines;
            for (smart_line& line : changed) {
                if (line.import_elasticity) *line.import_elasticity *= import_factor;
                line.sigma *= sigma_factor;
                for (smart_partner& one : line.partners)
                    if (one.sigma) *one.sigma *= sigma_factor;
            }
            const smart_result made = VECHE_TRY(smart(changed));
            out.push_back({import_factor, sigma_factor, made.all.creation, made.all.diversion,
                           made.all.revenue_after - made.all.revenue_before, made.all.welfare});
        }
    return out;
}

}  // namespace veche::trade
