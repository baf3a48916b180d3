#pragma once
// What the tests of this room share: public data where it is at hand, and days by number.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "prevention/oxcgrt.hpp"
#include "prevention/timeline.hpp"
#include "source_dir.hpp"

namespace veche::prevention::testing {

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

/// Calls `use(columns, row)` for each row of a file as OxCGRT publishes it.
template <class Use>
void each_policy_row(const std::string& csv, Use&& use) {
    csv_reader in(csv, ',');
    const auto head = in.next();
    REQUIRE(head);
    const policy_columns columns(head->fields);
    while (const auto row = in.next()) use(columns, row->fields);
    REQUIRE(in.fault().empty());
}

inline policy_day day_or_fail(const policy_columns& columns, const std::vector<std::string>& row,
                              rules_for whom) {
    std::vector<cell_fault> faults;
    policy_day day = columns.read(row, whom, faults);
    REQUIRE(faults.empty());
    return day;
}

}  // namespace veche::prevention::testing
