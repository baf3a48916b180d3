#include "trade/concordance.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tables/read_text.hpp"
#include "trade/refusal.hpp"
#include "trade/repeated_rows.hpp"

namespace veche::trade {
namespace {

std::string six_digits(std::string code) {
    const bool number = code.find_first_not_of("0123456789") == std::string::npos;
    if (number && code.size() == 5) code.insert(0, 1, '0');
    return code;
}

/// "2017 to 2012" as "2012 to 2017"; "" where it is no step.
std::string turned(const std::string& step) {
    const std::size_t at = step.find(" to ");
    if (at == std::string::npos) return {};
    return step.substr(at + 4) + " to " + step.substr(0, at);
}

std::string vintage_of(const std::string& year) {
    return year.size() == 4 ? "HS" + year.substr(2) : year;
}

void divide_equally(concordance& by) {
    for (auto& [code, parts] : by.parts)
        for (code_part& one : parts) one.weight = 1.0 / static_cast<double>(parts.size());
}

struct pair_columns {
    std::string from, to, step, weight;
};

result<pair_columns> columns_of(const std::vector<std::string>& names) {
    const auto there = [&](const char* name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (there("code.after") && there("code.before"))
        return pair_columns{"code.after", "code.before", there("adjustment") ? "adjustment" : "",
                            ""};
    if (there("from") && there("to"))
        return pair_columns{"from", "to", "", there("weight") ? "weight" : ""};
    return refuse(refusals::concordance_unsound, "concordance",
                  "it has neither code.after and code.before nor from and to as columns");
}

result<void> check_weights(const concordance& by) {
    for (const auto& [code, parts] : by.parts) {
        double sum = 0;
        for (const code_part& one : parts) {
            if (!(one.weight >= 0))
                return refuse(refusals::concordance_unsound, "concordance",
                              "a weight of " + code + " is missing or below zero");
            sum += one.weight;
        }
        if (std::abs(sum - 1) > 1e-9)
            return refuse(refusals::concordance_unsound, "concordance",
                          "the weights of " + code + " do not add up to 1");
    }
    return {};
}

/// One row of a list of flows appended to another with the same names.
void append_row(flow_list& to, const flow_list& from, std::size_t i, double weight) {
    to.reporter.push_back(from.reporter[i]);
    to.partner.push_back(from.partner[i]);
    to.period.push_back(from.period[i]);
    to.quantity_unit.push_back(from.quantity_unit[i]);
    to.flow.push_back(from.flow[i]);
    to.valued.push_back(from.valued[i]);
    to.origin.push_back(from.origin[i]);
    to.estimated.push_back(from.estimated[i] != 0 || (weight != 1 && from.quantity_unit[i] >= 0));
    to.value.push_back(from.value[i] * weight);
    to.quantity.push_back(from.quantity[i] * weight);
}

}  // namespace

result<concordance> read_concordance(std::string_view text, const std::string& step) {
    tables::text_options options;
    const auto names = VECHE_TRY(tables::column_names(text, options));
    const pair_columns columns = VECHE_TRY(columns_of(names));
    for (const std::string& one : names) options.choices[one] = tables::column_choice::words;
    if (!columns.weight.empty()) options.choices[columns.weight] = tables::column_choice::numbers;
    const tables::table t = VECHE_TRY(tables::sound_table(tables::read_text(text, options)));
    concordance out;
    const std::string backwards = turned(step);
    std::vector<double> weights;
    if (!columns.weight.empty()) weights = VECHE_TRY(t.numbers(columns.weight));
    for (std::uint64_t row = 0; row < t.rows(); ++row) {
        auto from = tables::text_of(**t.find(columns.from), row);
        auto to = tables::text_of(**t.find(columns.to), row);
        if (!from || !to) continue;
        if (!step.empty() && !columns.step.empty()) {
            const auto of = tables::text_of(**t.find(columns.step), row);
            if (of != step && of != backwards) continue;
            if (of == backwards && step != backwards) std::swap(from, to);
        }
        auto& parts = out.parts[six_digits(*from)];
        code_part one{six_digits(*to), weights.empty() ? 1 : weights[row]};
        const bool twice = std::any_of(parts.begin(), parts.end(), [&](const code_part& other) {
            return other.code == one.code;
        });
        if (!twice) parts.push_back(std::move(one));
    }
    if (out.parts.empty())
        return refuse(refusals::concordance_unsound, "concordance",
                      step.empty() ? "it has no rows" : "it has no rows for " + step);
    for (auto& [code, parts] : out.parts)
        std::sort(parts.begin(), parts.end(),
                  [](const code_part& a, const code_part& b) { return a.code < b.code; });
    if (const std::size_t at = step.find(" to "); at != std::string::npos) {
        out.from = vintage_of(step.substr(0, at));
        out.to = vintage_of(step.substr(at + 4));
    }
    out.weights = weights.empty() ? weight_rule::equal : weight_rule::given;
    if (weights.empty()) divide_equally(out);
    VECHE_CHECK(check_weights(out));
    return out;
}

concordance weighted(concordance by, const std::map<std::string, double, std::less<>>& trade) {
    divide_equally(by);
    by.weights = weight_rule::given;
    for (auto& [code, parts] : by.parts) {
        double sum = 0;
        const auto traded = [&](const code_part& one) {
            const auto at = trade.find(one.code);
            return at == trade.end() ? 0.0 : at->second;
        };
        for (const code_part& one : parts) sum += traded(one);
        if (!(sum > 0)) continue;
        for (code_part& one : parts) one.weight = traded(one) / sum;
    }
    return by;
}

concordance chained(const concordance& first, const concordance& then) {
    concordance out{first.from,
                    then.to,
                    first.weights == weight_rule::equal || then.weights == weight_rule::equal
                        ? weight_rule::equal
                        : weight_rule::given,
                    {}};
    for (const auto& [code, parts] : first.parts) {
        std::map<std::string, double> sums;
        bool whole = true;
        for (const code_part& one : parts) {
            const auto at = then.parts.find(one.code);
            whole = whole && at != then.parts.end();
            if (!whole) break;
            for (const code_part& next : at->second) sums[next.code] += one.weight * next.weight;
        }
        if (!whole) continue;
        for (const auto& [to, weight] : sums) out.parts[code].push_back({to, weight});
    }
    return out;
}

converted_flows convert(const flow_list& f, const concordance& by) {
    converted_flows out;
    out.rows_in = static_cast<std::int64_t>(f.size());
    std::set<std::string> codes(f.products.begin(), f.products.end());
    for (const auto& [code, parts] : by.parts)
        for (const code_part& one : parts) codes.insert(one.code);
    flow_list made;
    made.areas = f.areas;
    made.periods = f.periods;
    made.quantity_units = f.quantity_units;
    made.value_unit = f.value_unit;
    made.source = f.source;
    made.products.assign(codes.begin(), codes.end());
    std::set<std::string> vintages(f.classifications.begin(), f.classifications.end());
    vintages.insert(by.to);
    made.classifications.assign(vintages.begin(), vintages.end());
    std::set<std::string> unmatched;
    for (std::size_t i = 0; i < f.size(); ++i) {
        const std::string& code = f.products[static_cast<std::size_t>(f.product[i])];
        const auto at = by.parts.find(code);
        const double value = std::isnan(f.value[i]) ? 0 : f.value[i];
        out.value_in += value;
        if (at == by.parts.end()) {
            unmatched.insert(code);
            append_row(made, f, i, 1);
            made.product.push_back(code_of(made.products, code));
            made.classification.push_back(
                code_of(made.classifications,
                        f.classifications[static_cast<std::size_t>(f.classification[i])]));
            continue;
        }
        if (at->second.size() > 1) out.value_divided += value;
        for (const code_part& one : at->second) {
            append_row(made, f, i, one.weight);
            made.product.push_back(code_of(made.products, one.code));
            made.classification.push_back(code_of(made.classifications, by.to));
        }
    }
    std::vector<std::uint8_t> keep(made.size(), 1);
    add_repeated(made, keep);
    out.flows = some_rows(made, keep);
    out.unmatched.assign(unmatched.begin(), unmatched.end());
    return out;
}

}  // namespace veche::trade
