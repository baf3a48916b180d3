#include "trade/indicators.hpp"

#include <algorithm>
#include <cmath>

namespace veche::trade {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double sum_of(std::span<const double> values) {
    double out = 0;
    for (const double one : values) out += one;
    return out;
}

}  // namespace

advantage_table advantages(const goods_matrix& m) {
    advantage_table out;
    out.areas = m.areas;
    out.products = m.products;
    out.exports = m.values;
    out.of_area.assign(m.areas.size(), 0);
    out.of_product.assign(m.products.size(), 0);
    for (std::size_t a = 0; a < m.areas.size(); ++a)
        for (std::size_t p = 0; p < m.products.size(); ++p) {
            out.of_area[a] += m.at(a, p);
            out.of_product[p] += m.at(a, p);
        }
    out.world = sum_of(out.of_area);
    return out;
}

double advantage_table::rca(std::size_t area, std::size_t product) const {
    const double x = exports[area * products.size() + product];
    const double expected = of_area[area] * of_product[product];
    return expected > 0 ? (x / of_area[area]) / (of_product[product] / world) : undefined;
}

double advantage_table::symmetric(std::size_t area, std::size_t product) const {
    const double index = rca(area, product);
    return (index - 1) / (index + 1);
}

double advantage_table::normalised(std::size_t area, std::size_t product) const {
    const double x = exports[area * products.size() + product];
    return x / world - (of_area[area] / world) * (of_product[product] / world);
}

concentration concentration_of(std::span<const double> values) {
    concentration out;
    for (const double one : values) {
        if (!(one > 0)) continue;
        ++out.n;
        out.sum += one;
        out.sum_of_squares += one * one;
    }
    return out;
}

double concentration::index() const {
    return n > 0 ? sum_of_squares / sum / sum : undefined;
}

double concentration::normalised() const {
    if (n < 2) return undefined;
    const double even = 1 / static_cast<double>(n);
    return (index() - even) / (1 - even);
}

quotient grubel_lloyd(std::span<const double> exports, std::span<const double> imports) {
    quotient out;
    for (std::size_t k = 0; k < exports.size(); ++k) {
        out.whole += exports[k] + imports[k];
        out.part += exports[k] + imports[k] - std::abs(exports[k] - imports[k]);
    }
    return out;
}

double intensity::value() const {
    const double weight = quotient{partner_imports, world_imports - own_imports}.value();
    return weight > 0 ? quotient{to_partner, exports}.value() / weight : undefined;
}

double intensity::simple() const {
    const double weight = quotient{partner_imports, world_imports}.value();
    return weight > 0 ? quotient{to_partner, exports}.value() / weight : undefined;
}

double complementarity(std::span<const double> exports, std::span<const double> imports) {
    const double sold = sum_of(exports);
    const double bought = sum_of(imports);
    if (!(sold > 0) || !(bought > 0)) return undefined;
    double apart = 0;
    for (std::size_t k = 0; k < exports.size(); ++k)
        apart += std::abs(imports[k] / bought - exports[k] / sold);
    return 100 * (1 - apart / 2);
}

double export_similarity(std::span<const double> a, std::span<const double> b) {
    const double of_a = sum_of(a);
    const double of_b = sum_of(b);
    if (!(of_a > 0) || !(of_b > 0)) return undefined;
    double out = 0;
    for (std::size_t k = 0; k < a.size(); ++k) out += std::min(a[k] / of_a, b[k] / of_b);
    return out;
}

std::optional<unit_value> unit_value_of(const flow_list& f,
                                        const std::vector<std::uint8_t>& which) {
    const auto counts = [&](std::size_t i) {
        return which[i] != 0 && f.quantity_unit[i] >= 0 && f.quantity[i] > 0 &&
               f.estimated[i] == 0 && f.value[i] >= 0;
    };
    std::vector<double> by_unit(f.quantity_units.size(), 0);
    std::vector<std::uint8_t> met(f.quantity_units.size(), 0);
    for (std::size_t i = 0; i < f.size(); ++i)
        if (counts(i)) {
            by_unit[static_cast<std::size_t>(f.quantity_unit[i])] += f.value[i];
            met[static_cast<std::size_t>(f.quantity_unit[i])] = 1;
        }
    std::int32_t unit = -1;
    for (const char* weight : {"kg", "t"})
        if (const auto code = code_of(f.quantity_units, weight);
            code >= 0 && met[static_cast<std::size_t>(code)] != 0)
            unit = code;
    if (unit < 0)
        for (std::size_t u = 0; u < met.size(); ++u)
            if (met[u] != 0 && (unit < 0 || by_unit[u] > by_unit[static_cast<std::size_t>(unit)]))
                unit = static_cast<std::int32_t>(u);
    if (unit < 0) return std::nullopt;
    unit_value out;
    out.value_unit = f.value_unit;
    out.quantity_unit = f.quantity_units[static_cast<std::size_t>(unit)];
    for (std::size_t i = 0; i < f.size(); ++i) {
        if (which[i] == 0) continue;
        if (counts(i) && f.quantity_unit[i] == unit) {
            ++out.rows;
            out.value += f.value[i];
            out.quantity += f.quantity[i];
        } else {
            ++out.rows_left_out;
            if (f.value[i] > 0) out.value_left_out += f.value[i];
        }
    }
    return out;
}

std::vector<quotient> growth_contributions(std::span<const double> before,
                                           std::span<const double> after) {
    const double whole = sum_of(before);
    std::vector<quotient> out;
    for (std::size_t k = 0; k < before.size(); ++k) out.push_back({after[k] - before[k], whole});
    return out;
}

}  // namespace veche::trade
