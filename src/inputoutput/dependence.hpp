#pragma once
// How far the production of a sector depends on others: which inputs come from home, from a
// partner, from other members of a union, from third countries; through whom; and which of those
// from third countries are also made inside the union.

#include <string>
#include <vector>

#include "inputoutput/value_added.hpp"
#include "kernel/result.hpp"

namespace veche::inputoutput {

/// Who is who, seen from one member. Regions named by no role are third countries.
struct circle {
    std::string home;
    std::string partner;               ///< "" where none is singled out
    std::vector<std::string> members;  ///< other members of the union, without home and partner
};

enum class role : std::uint8_t { home, partner, member, third };
inline constexpr std::size_t roles = 4;
std::string_view name_of(role one);

/// The role of each region of the table. Refuses unknown regions and one named twice.
result<std::vector<role>> roles_of(const table& in, const circle& who);

/// Something by role, or by region.
struct source_share {
    std::string region;
    role as = role::home;
    double direct = 0;  ///< of all inputs bought
    double total = 0;   ///< of the value of the output: value added made there, along all chains
};

/// Value added of `origin` that reaches the sector across the border by way of `last`, the region
/// from which it comes in. Where both are one it comes straight from its maker.
struct path {
    std::string origin, last;
    double share = 0;  ///< of the value of the output
};

/// One kind of input bought from third countries, and who makes its like inside the union.
struct maker {
    std::string region;
    double output = 0;
    double exports_outside = 0;  ///< of that, sold outside the union
};
struct replaceable_input {
    std::string sector;
    double bought = 0;           ///< from third countries, by this sector
    double of_inputs = 0;        ///< share of all inputs bought
    std::string largest_source;  ///< third country with most of it
    double largest_share = 0;    ///< its share of what is bought from third countries
    std::vector<maker> makers;   ///< in home, partner and members, largest output first
    double covered_outside = 0;  ///< what the makers sell outside the union, over `bought`
};

struct dependence {
    std::string method;  ///< "direct: shares of inputs; total: origin of value added, v L"
    std::string home, sector, unit;
    double output = 0;
    double inputs = 0;  ///< bought, from everywhere
    double direct[roles] = {};
    double total[roles] = {};           ///< adds up to 1; the sector's own value added is in home
    double own_value_added = 0;         ///< share of the value of the output
    std::vector<source_share> sources;  ///< every region, largest total first
    std::vector<path> paths;            ///< from abroad, largest first
    double through_others = 0;          ///< share by paths where origin and last differ
    double concentration_direct = 0;    ///< sum of squared shares of foreign suppliers
    double concentration_total = 0;     ///< of foreign origins
    std::vector<replaceable_input> from_third;  ///< largest first
};

/// Of one sector of `who.home`; the parts of a split region are taken together, by their output.
/// Refuses a sector that makes nothing. `paths` keeps the largest `most_paths`, their sum with the
/// rest being what `total` has from abroad.
result<dependence> depend(const trade_view& of, const circle& who, const std::string& sector,
                          std::size_t most_paths = 20);

}  // namespace veche::inputoutput
