#pragma once
// Rows of a day as OxCGRT publishes them ("C1M_School closing", "C1M_Flag", "C1NV_..."), read into
// indicators.

#include "kernel/csv.hpp"
#include "prevention/policy_index.hpp"
#include "prevention/terms.hpp"

namespace veche::prevention {

/// For whom rules are read, where they differ for those who are vaccinated and those who are not.
enum class rules_for : std::uint8_t { all, not_vaccinated, vaccinated };
VECHE_CHOICES(rules_for, all, not_vaccinated, vaccinated)

/// A cell that cannot be read.
struct cell_fault {
    std::string column;
    refusal why;
};

/// A day of one place.
struct policy_day {
    std::string country;  ///< its code
    std::string region;   ///< its code, "" where the row is of the country
    date on;
    indicators known;
};

class policy_columns {
  public:
    /// Whether a heading is one of such a file.
    static bool fits(const std::vector<std::string>& heading);
    explicit policy_columns(std::vector<std::string> heading);
    /// The day; `faults` names every cell that cannot be read.
    [[nodiscard]] policy_day read(const std::vector<std::string>& cells, rules_for,
                                  std::vector<cell_fault>& faults) const;
    /// The cell under a heading, "" where there is none.
    [[nodiscard]] std::string_view cell(const std::vector<std::string>& cells,
                                        std::string_view heading) const;

  private:
    struct pair {
        std::optional<std::size_t> level, flag;
    };
    [[nodiscard]] indicator read_kind(const std::vector<std::string>& cells, const pair& where,
                                      preventive_kind, std::vector<cell_fault>& faults) const;

    std::vector<std::string> heading_;
    std::array<std::array<pair, 3>, indicator_count> kinds_{};  ///< by kind and by `rules_for`
};

/// The heading of a kind's level and of its flag, as in "C1M_School closing", "C1M_Flag"; "" where
/// it has no flag.
std::string level_heading(preventive_kind);
std::string flag_heading(preventive_kind);

}  // namespace veche::prevention
