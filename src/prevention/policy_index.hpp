#pragma once
// The four policy indices of OxCGRT, version 1, in exact fractions (github.com/OxCGRT, index
// methodology; every published value they were tried on differs by its rounding alone).

#include "prevention/kinds.hpp"

namespace veche::prevention {

/// What is known of one kind on one day.
struct indicator {
    std::optional<std::int32_t> level;  ///< nothing: not known
    bool general = false;               ///< says nothing where the kind has no flag
    bool operator==(const indicator&) const = default;
};
using indicators = std::array<indicator, indicator_count>;

enum class policy_index : std::uint8_t {
    stringency,           ///< C1 to C8, H1
    containment_health,   ///< those, H2, H3, H6, H7, H8
    government_response,  ///< those, E1, E2
    economic_support      ///< E1, E2
};
VECHE_CHOICES(policy_index, stringency, containment_health, government_response, economic_support)

bool counts_in(policy_index, preventive_kind);
/// How many of its indicators are not known.
std::int32_t missing_in(policy_index, const indicators&);
/// From 0 to 100. What is not known counts 0; nothing where more than one is not known, or any of
/// the two of economic support.
std::optional<ratio> index_of(policy_index, const indicators&);

/// In hundredths, a half to the even one, as it is published (40.625 is 40.62).
std::int64_t hundredths(const ratio&);
/// "43.98" of 4398.
std::string hundredths_text(std::int64_t);
/// The index of a population of which a share is vaccinated, from the two indices for those who are
/// and those who are not, each rounded to hundredths first, as the publisher does. `share`: of 100.
ratio weighted(std::int64_t vaccinated, std::int64_t not_vaccinated, const ratio& share);

}  // namespace veche::prevention
