#pragma once
// Small tables for tests: columns by name, levels from columns, models over them.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "gravity/covariance.hpp"
#include "kernel/csv.hpp"
#include "numerics/workers.hpp"
#include "source_dir.hpp"

namespace veche::gravity::testing {

inline numerics::workers& two_threads() {
    static numerics::workers crew(2);
    return crew;
}

/// Text columns, all equally long.
struct text_table {
    std::map<std::string, std::vector<std::string>> columns;
    std::size_t rows = 0;

    [[nodiscard]] std::vector<double> numbers(const std::string& name) const {
        std::vector<double> out;
        for (const std::string& cell : columns.at(name))
            out.push_back(cell.empty() ? std::numeric_limits<double>::quiet_NaN()
                                       : std::strtod(cell.c_str(), nullptr));
        return out;
    }
    /// The rows for which `keep` holds.
    template <class Keep>
    [[nodiscard]] text_table where(Keep keep) const {
        text_table out;
        for (std::size_t i = 0; i < rows; ++i)
            if (keep(i)) {
                ++out.rows;
                for (const auto& [name, cells] : columns) out.columns[name].push_back(cells[i]);
            }
        return out;
    }
    [[nodiscard]] const std::string& cell(const std::string& name, std::size_t row) const {
        return columns.at(name)[row];
    }
};

inline text_table parse_table(std::string_view text) {
    csv_reader reader(text, ',');
    text_table out;
    const auto header = reader.next();
    while (const auto row = reader.next()) {
        for (std::size_t c = 0; c < header->fields.size(); ++c)
            out.columns[header->fields[c]].push_back(row->fields[c]);
        ++out.rows;
    }
    return out;
}

/// A file of the trade data beside the tree; nothing where that is absent.
inline std::optional<text_table> trade_table(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path base = folder != nullptr ? folder : source_dir() + "/../shared";
    std::ifstream in(base / "data/trade" / name, std::ios::binary);
    if (!in) return std::nullopt;
    std::stringstream all;
    all << in.rdbuf();
    return parse_table(all.str());
}

/// Codes of words, in the order in which they come.
struct coded {
    std::vector<std::int32_t> code;
    std::vector<std::string> names;
};

inline coded code_of(const std::vector<std::string>& words) {
    coded out;
    std::map<std::string, std::int32_t> known;
    for (const std::string& word : words) {
        const auto at = static_cast<std::int32_t>(known.size());
        const auto [place, fresh] = known.try_emplace(word, at);
        if (fresh) out.names.push_back(word);
        out.code.push_back(place->second);
    }
    return out;
}

/// A model with its numbers. Columns joined by ^ are crossed.
struct owned_model {
    text_table table;
    std::map<std::string, std::vector<double>> numbers;
    std::map<std::string, coded> codes;
    model m;

    explicit owned_model(text_table from, family of = family::poisson) : table(std::move(from)) {
        m.of = of;
    }
    void outcome(const std::string& name) { outcome(name, table.numbers(name)); }
    void outcome(const std::string& name, std::vector<double> values) {
        m.outcome_name = name;
        m.outcome = keep("outcome:" + name, std::move(values));
    }
    void regressor(const std::string& name) { regressor(name, table.numbers(name)); }
    void regressor(const std::string& name, std::vector<double> values) {
        m.regressors.push_back({name, keep(name, std::move(values))});
    }
    void effect(const std::string& name) { m.effects.push_back(group(name)); }
    void effect(const std::string& name, const std::vector<std::string>& words) {
        codes[name] = code_of(words);
        m.effects.push_back(group(name));
    }
    void cluster(const std::string& name) { m.clusters.push_back(group(name)); }

    std::span<const double> keep(const std::string& name, std::vector<double> values) {
        return numbers[name] = std::move(values);
    }
    grouping group(const std::string& name) {
        if (codes.count(name) == 0) {
            std::vector<std::string> words(table.rows);
            std::istringstream parts(name);
            for (std::string part; std::getline(parts, part, '^');)
                for (std::size_t i = 0; i < table.rows; ++i) words[i] += table.cell(part, i) + "^";
            codes[name] = code_of(words);
        }
        const coded& c = codes[name];
        return {name, c.code, static_cast<std::int32_t>(c.names.size()), c.names};
    }
};

/// Why there is no result.
template <class T>
std::string why(const result<T>& r) {
    return r ? std::string() : r.error().sentence();
}

/// The standard error of one regressor by rule, kind and clusters.
inline double error_of(const owned_model& o, const estimation& e, const std::string& rule,
                       score_sum kind, std::vector<std::size_t> which = {}, std::size_t at = 0) {
    return covariance_of(o.m, e, rule, kind, which)->standard_error.at(at);
}

}  // namespace veche::gravity::testing
