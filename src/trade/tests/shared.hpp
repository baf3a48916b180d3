#pragma once
// What the tests of this room share.

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include <doctest/doctest.h>

#include "source_dir.hpp"
#include "trade/import.hpp"

namespace veche::trade::testing {

using words = std::vector<std::string>;

inline imported imported_from(std::string_view text, import_options options = {}) {
    auto made = import_flows(text, std::move(options));
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    REQUIRE(made->flows.has_value());
    return *std::move(made);
}

/// A file of the shared data; nothing where they are not here.
inline std::optional<std::filesystem::path> shared_file(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path at =
        std::filesystem::path(folder != nullptr ? folder : source_dir() + "/../shared") /
        "data/trade" / name;
    if (std::filesystem::exists(at)) return at;
    MESSAGE("skipped: the shared trade data are not here");
    return std::nullopt;
}

inline const trap_note* trap_in(const imported& from, std::string_view trap) {
    for (const trap_note& one : from.traps)
        if (one.trap == trap) return &one;
    return nullptr;
}

/// A row as a line: reporter partner flow period classification product value.
inline std::string line_of(const flow_list& f, std::size_t i) {
    const auto name = [](const std::vector<std::string>& names, std::int32_t code) {
        return names[static_cast<std::size_t>(code)];
    };
    return name(f.areas, f.reporter[i]) + " " + name(f.areas, f.partner[i]) + " " +
           std::string(name_of(f.flow[i])) + " " + name(f.periods, f.period[i]) + " " +
           name(f.classifications, f.classification[i]) + " " + name(f.products, f.product[i]) +
           " " + tables::to_text(f.value[i]);
}

inline bool near(double a, double b, double tolerance = 1e-9) {
    return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace veche::trade::testing
