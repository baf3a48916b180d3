#include <algorithm>
#include <charconv>
#include <cmath>

#include "findings/findings.hpp"
#include "findings/refusal.hpp"
#include "numerics/digits.hpp"

namespace veche::findings {
namespace {

constexpr double most_drawn = 1e15;  // hundredths of it fit a whole number

std::optional<std::size_t> column_of(const result_table& in, const std::string& name) {
    const auto found = std::find(in.columns.begin(), in.columns.end(), name);
    if (found == in.columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - in.columns.begin());
}

std::optional<double> number_in_cell(const std::string& text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return std::abs(value) <= most_drawn ? std::optional(value)
                                         : std::nullopt;  // not for NaN either
}

}  // namespace

result<std::vector<picture_bar>> bars_of(const computed& made, const picture& drawn) {
    const auto unsound = [&] {
        return refuse(refusals::picture_unsound, "pictures", drawn.table, drawn.label, drawn.value);
    };
    const auto table =
        std::find_if(made.tables.begin(), made.tables.end(),
                     [&](const result_table& one) { return one.name == drawn.table; });
    if (table == made.tables.end()) return unsound();
    const auto label = column_of(*table, drawn.label);
    const auto value = column_of(*table, drawn.value);
    if (!label || !value) return unsound();
    std::vector<picture_bar> bars;
    for (const auto& row : table->rows) {
        if (row.size() != table->columns.size()) return unsound();
        const auto number = number_in_cell(row[*value]);
        if (!number) return unsound();
        bars.push_back({row[*label], numerics::decimals(*number, 2),
                        static_cast<std::int64_t>(std::llround(*number * 100))});
    }
    return bars;
}

}  // namespace veche::findings
