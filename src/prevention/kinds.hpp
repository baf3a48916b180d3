#pragma once
// Kinds of preventive measures, in the coding of the Oxford COVID-19 Government Response Tracker
// (OxCGRT, version 1): an ordinal scale for each, and for some a flag that says whether the order
// holds everywhere or for some only. Names of kinds and levels are in the catalogues.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "charter/prevention_rules.hpp"

namespace veche::prevention {

using charter::preventive_kind;

inline constexpr std::size_t indicator_count = 16;
inline constexpr std::size_t kind_count = indicator_count + 1;
/// Those that OxCGRT knows, in its order, then the proofs.
inline constexpr std::array<preventive_kind, kind_count> all_kinds = [] {
    std::array<preventive_kind, kind_count> out{};
    for (std::size_t i = 0; i < kind_count; ++i) out[i] = static_cast<preventive_kind>(i);
    return out;
}();

struct kind_scale {
    std::int32_t highest = 0;  ///< the strictest level; 0 is none
    bool flagged = false;      ///< whether it tells general orders from targeted ones
};
kind_scale scale_of(preventive_kind);

/// "C1", as others write it.
std::string code_of(preventive_kind);
/// "c1" or "C1".
std::optional<preventive_kind> kind_named(std::string_view);

}  // namespace veche::prevention
