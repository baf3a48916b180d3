#pragma once
// What the tests of this room share: public data where it is at hand.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "epidemic/reproduction.hpp"
#include "source_dir.hpp"
#include "tables/read_text.hpp"

namespace veche::epidemic::testing {

/// A file of the shared data, or nothing where they are not beside the tree; that is said once.
inline std::optional<std::string> shared_text(const std::string& name) {
    const char* elsewhere = std::getenv("VECHE_SHARED");
    const std::filesystem::path root = elsewhere != nullptr
                                           ? std::filesystem::path(elsewhere)
                                           : std::filesystem::path(source_dir() + "/../shared");
    std::ifstream in(root / "data/health" / name);
    if (!in) {
        MESSAGE("skipped: data/health/" << name << " is not at hand");
        return std::nullopt;
    }
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline tables::table table_or_fail(const std::string& text) {
    auto made = tables::sound_table(tables::read_text(text, {}));
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

inline std::vector<double> numbers_or_fail(const tables::table& of, const std::string& column) {
    auto made = of.numbers(column);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

/// A file of one series in each row, a column for each day.
inline std::vector<std::vector<double>> rows_of_series(const std::string& text) {
    const tables::table t = table_or_fail(text);
    std::vector<std::vector<double>> out(t.rows());
    for (const auto& c : t.columns()) {
        if (c.name == "series") continue;
        const auto day = tables::numbers_of(c);
        for (std::size_t r = 0; r < day.size(); ++r) out[r].push_back(day[r]);
    }
    return out;
}

inline serial_interval discretised_or_fail(double mean, double deviation, std::size_t days) {
    auto made = discretised(mean, deviation, days);
    REQUIRE(made.has_value());
    return *std::move(made);
}

inline std::vector<window_estimate> estimate_or_fail(const incidence& of, const serial_interval& w,
                                                     const estimate_settings& how = {}) {
    auto made = estimate(of, w, how);
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    return *std::move(made);
}

}  // namespace veche::epidemic::testing
