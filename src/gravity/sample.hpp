#pragma once
// Which rows of a model are used, and why the others are not. What is dropped here is dropped
// before anything is estimated: rows with a missing cell, rows that are alone in a level
// (singletons, which fit by themselves), and rows that zero outcomes part from the rest
// (separation: their fitted value has no finite estimate). Dropping one can bring about the next,
// so it is repeated until nothing changes.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gravity/model.hpp"
#include "kernel/result.hpp"
#include "numerics/workers.hpp"

namespace veche::gravity {

/// Rows that are worth a thread's while.
inline constexpr std::size_t rows_of_part = 65536;

/// Why a row is not used; the order is that in which it is looked for.
enum class fate : std::uint8_t {
    used,
    missing,            ///< a cell is
    weightless,         ///< its weight is 0
    singleton,          ///< alone in a level of an effect
    level_zero,         ///< in a level without any positive outcome
    separated_effects,  ///< by a pair of effects
    separated           ///< by regressors, or by more than two effects
};
inline constexpr std::size_t fates = 7;
std::string_view name_of(fate);
/// What it means, for a table of dropped rows.
std::string_view meaning_of(fate);

/// Values that show that rows are separated: with z = x g + sum of a over the row's levels, z is 0
/// where the outcome is positive, at least 0 elsewhere, and positive on exactly these rows; among
/// the rows that were left when the stage began. (Correia, Guimaraes, Zylkin 2019, prop. 1.)
struct separation_stage {
    fate why = fate::level_zero;         ///< singleton: no values; each row was alone in a level
    std::vector<double> g;               ///< by regressor of the model; empty: all 0
    std::vector<std::vector<double>> a;  ///< by effect and code; an empty one is all 0
    std::vector<std::uint32_t> rows;     ///< dropped by it, ascending, from 0
};

struct sample {
    std::vector<fate> of_row;  ///< by row of the model
    std::array<std::uint64_t, fates> count{};
    std::vector<separation_stage> stages;
    std::vector<std::int32_t> levels;  ///< by effect: how many are in use

    [[nodiscard]] std::uint64_t used() const { return count[0]; }
};

/// Drops what has to be dropped. Refuses lists of unlike length, names that stand twice, numbers
/// that are infinite or negative where they may not be, and a model without rows.
result<sample> prepare(const model&, const settings&, numerics::workers&);

/// Drops these rows too, by the stage given, and whatever follows from it.
void drop(const model&, const settings&, separation_stage, sample&, numerics::workers&);

}  // namespace veche::gravity
