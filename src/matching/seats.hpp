#pragma once
// Seats held for certain applicants. A programme's seats are runs in the order in which they are
// filled; a run is open, or belongs to one type of applicant (Kominers and Sonmez 2016).

#include <cstdint>
#include <vector>

#include "matching/outcome.hpp"

namespace veche::matching {

/// In a run of seats: open to everybody.
constexpr std::uint32_t any_type = UINT32_MAX;
/// Types are bits of a number; and a check goes through all sets of a programme's runs.
constexpr std::uint32_t most_types = 12;

struct seat_run {
    std::uint32_t seats = 0;
    std::uint32_t type = any_type;
    /// What no applicant of the type takes stays empty; otherwise the best of the others take it,
    /// in the run's turn.
    bool hard = false;
    bool operator==(const seat_run&) const = default;
};

/// The seats of one programme.
struct seat_plan {
    std::vector<seat_run> runs;
    /// Who has several types takes up one seat only: the reserved seats are filled first, as many
    /// as can be and among such fillings by the best ranks; what is left of them and the open ones
    /// go by rank (Sonmez and Yenmez 2022). The order and hardness of the runs say nothing then.
    bool most_reserved = false;
};

struct reserves {
    std::vector<std::uint32_t> types;  ///< of each applicant: type t is bit t
    std::vector<seat_plan> plans;      ///< of each programme; its capacity is their sum
};

/// An outcome that also says which run of seats each applicant sits in.
struct reserved_outcome {
    outcome of;
    std::vector<std::uint32_t> runs;  ///< index into the plan; nobody where not placed
};

inline bool has_type(std::uint32_t types, std::uint32_t type) {
    return type == any_type || (types >> type & 1) != 0;
}

}  // namespace veche::matching
