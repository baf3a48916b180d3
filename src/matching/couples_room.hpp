#pragma once
// Within this folder: a market with couples as the engines read it. Singles and couples are agents
// alike, with options that name for each member a programme and the rank there; who is not ranked
// has no such option.

#include <optional>

#include "matching/couples.hpp"

namespace veche::matching {

struct couples_option {
    std::uint32_t first = nobody;
    std::uint32_t second = nobody;
    std::uint32_t first_rank = 0;
    std::uint32_t second_rank = 0;
};

struct couples_agent {
    std::uint32_t first = nobody;
    std::uint32_t second = nobody;  ///< nobody: a single
    std::vector<couples_option> options;
    [[nodiscard]] bool pair() const { return second != nobody; }
    /// The position of an agent who holds nothing.
    [[nodiscard]] std::uint32_t none() const { return static_cast<std::uint32_t>(options.size()); }
};

/// Whom a programme ranks, as far as they ask for it.
struct ranked_agent {
    std::uint32_t rank = 0;
    std::uint32_t applicant = 0;
    std::uint32_t agent = 0;
};

struct couples_room {
    explicit couples_room(const couples_market&);

    std::vector<couples_agent> agents;  ///< singles by number, then couples
    std::vector<std::uint32_t> agent_of;
    std::vector<std::vector<ranked_agent>> ranked;  ///< of each programme, best first
    std::uint32_t singles = 0;
};

/// The option that each agent holds: a position in its options, or none().
using couples_state = std::vector<std::uint32_t>;

enum class search_end : std::uint8_t { found, none, given_up };

struct couples_search {
    search_end end = search_end::given_up;
    std::uint64_t conflicts = 0;
};

/// Searches all positions of the agents named, the others staying where they are, for a state in
/// which none of `judged` blocks (all agents who ask for a programme that a named one asks for, and
/// the named). Leaves what it finds in `state`.
couples_search search_couples(const couples_room&, const std::vector<std::uint32_t>& capacities,
                              const std::vector<std::uint32_t>& agents,
                              const std::vector<std::uint32_t>& judged, couples_state& state,
                              std::uint64_t most_conflicts);

}  // namespace veche::matching
