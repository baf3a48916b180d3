#pragma once
// How far work is that takes long: told through a port by whoever does it, shown by whoever waits.
// No digit of a result may depend on it.

#include <cstdint>
#include <functional>

#include "kernel/fields.hpp"

namespace veche {

/// At what the work is.
enum class work_stage : std::uint8_t {
    reading,     ///< bytes of a data set
    estimating,  ///< steps of an estimation; how many there will be nobody knows
    drawing      ///< draws for ranges, of so many
};
VECHE_CHOICES(work_stage, reading, estimating, drawing)

/// What is done, and of how much; 0 where nobody knows. May come from several threads, though never
/// from two at once.
using progress_port =
    std::function<void(work_stage stage, std::uint64_t done, std::uint64_t in_all)>;

inline void tell(const progress_port& port, work_stage stage, std::uint64_t done,
                 std::uint64_t in_all) {
    if (port) port(stage, done, in_all);
}

}  // namespace veche
