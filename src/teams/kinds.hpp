#pragma once
// People of a panel by kinds, and the search for a panel of the greatest weight.

#include <gmpxx.h>

#include "teams/panel.hpp"

namespace veche::teams {

using head_counts = std::vector<std::int64_t>;  ///< by kind
using kind_weights = std::vector<mpq_class>;    ///< by kind

struct side_of_quota {
    std::size_t quota;
    bool least;
};

/// What a panel is chosen from.
struct pool {
    std::int64_t size = 0;
    std::vector<kind> kinds;
    std::vector<quota> quotas;
    std::vector<std::vector<std::uint32_t>> members;  ///< by quota: numbers of kinds
    std::int64_t node_limit = 0;
};

/// Refuses a call that is none. Kinds stand in the order of their features.
result<pool> read(const panel_call&);

/// For each person the number of the kind.
std::vector<std::size_t> kind_of_people(const panel_call&, const std::vector<kind>&);

struct panel_search {
    bool complete = false;
    std::optional<head_counts> found;  ///< a panel that weighs more than the limit
    std::vector<panel_part> parts;     ///< where complete and nothing found: the proof
};

/// A panel that weighs more than `limit` (any, where there is none), or the proof that none does:
/// branch and bound over linear programs.
panel_search heavier_panel(const pool&, const kind_weights&, const std::optional<mpq_class>& limit);

conflict panel_conflict(const pool&);

/// "3/14".
inline std::string ratio_text(const mpq_class& r) {
    return r.get_str();
}

/// The closed form for one category; nothing where the quotas are of several.
std::optional<panel_outcome> lottery_of_one_category(const pool&);

}  // namespace veche::teams
