#include "inputoutput/balance.hpp"

#include <algorithm>
#include <cmath>

#include "numerics/sums.hpp"

namespace veche::inputoutput {
namespace {

constexpr std::size_t shown_negatives = 20;

void note_negatives(const table& of, balance_report& into) {
    const auto note = [&](std::size_t i, std::string column, double value) {
        if (value >= 0) return;
        if (into.negative_cells++ < shown_negatives)
            into.negative.push_back({of.label(i), std::move(column), value});
    };
    for (std::size_t i = 0; i < of.size(); ++i) {
        for (std::size_t j = 0; j < of.size(); ++j)
            if (of.z(i, j) < 0) note(i, of.label(j), of.z(i, j));
        for (std::size_t k = 0; k < of.finals.size(); ++k)
            if (of.y(i, k) < 0)
                note(i, of.regions[of.finals[k].region] + "|" + of.finals[k].category, of.y(i, k));
        if (!of.value_added.empty()) note(i, "value added", of.value_added[i]);
    }
}

void note_gap(discrepancy one, double scale, balance_report& into) {
    into.largest_gap = std::max(into.largest_gap, std::abs(one.gap()));
    if (std::abs(one.gap()) > into.tolerance * std::abs(scale)) into.gaps.push_back(std::move(one));
}

}  // namespace

double peak_bytes(std::size_t producers, std::size_t finals, std::size_t regions) {
    const auto n = static_cast<double>(producers);
    // Flows and factors; final use; right sides for regions: three at once in the widest analysis.
    return 8 * (2 * n * n + n * static_cast<double>(finals) + 5 * n * static_cast<double>(regions));
}

std::vector<double> row_sums(const table& of) {
    std::vector<numerics::compensated_sum> sums(of.size());
    for (std::size_t j = 0; j < of.size(); ++j)
        for (std::size_t i = 0; i < of.size(); ++i) sums[i].add(of.z(i, j));
    for (std::size_t k = 0; k < of.finals.size(); ++k)
        for (std::size_t i = 0; i < of.size(); ++i) sums[i].add(of.y(i, k));
    std::vector<double> out(of.size());
    for (std::size_t i = 0; i < of.size(); ++i) out[i] = sums[i].value();
    return out;
}

balance_report look_at(const table& of, double tolerance) {
    balance_report out;
    out.unit = of.unit;
    out.producers = of.size();
    out.regions = of.regions.size();
    out.sectors = of.sectors.size();
    out.finals = of.finals.size();
    out.tolerance = tolerance;
    out.output_stated = !of.output.empty();
    out.value_added_stated = !of.value_added.empty();
    const std::vector<double> x = row_sums(of);
    numerics::compensated_sum all, finals, inputs_of_all;
    for (const double one : x) all.add(one);
    for (const double one : of.y.cells) finals.add(one);
    for (std::size_t j = 0; j < of.size(); ++j) {
        const double inputs = numerics::sum_of(of.z.column(j));
        inputs_of_all.add(inputs);
        if (out.output_stated)
            note_gap({"output stated", of.label(j), of.output[j], x[j]}, x[j], out);
        if (out.value_added_stated)
            note_gap({"value added stated", of.label(j), of.value_added[j], x[j] - inputs}, x[j],
                     out);
        if (x[j] == 0) {
            out.without_output.push_back(of.label(j));
            if (inputs != 0) out.used_without_output.push_back({"all", of.label(j), inputs});
        } else if (inputs / x[j] >= 1) {
            out.using_all.push_back({"all", of.label(j), inputs / x[j]});
        }
    }
    out.output = all.value();
    out.final_use = finals.value();
    out.value_added = out.output - inputs_of_all.value();
    note_negatives(of, out);
    std::stable_sort(out.gaps.begin(), out.gaps.end(), [](const auto& a, const auto& b) {
        return std::abs(a.gap()) > std::abs(b.gap());
    });
    return out;
}

}  // namespace veche::inputoutput
