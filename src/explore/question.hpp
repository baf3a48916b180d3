#pragma once
// What a reader asks of a data set of flows, and what comes out: sums by partner, by product, over
// time, from whom to whom. No sum without whose declarations it is made of, what it covers and what
// is missing.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explore/cube.hpp"
#include "kernel/fields.hpp"

namespace veche::explore {

/// Whose declarations are taken.
enum class chosen_side : std::uint8_t {
    own,        ///< of the territory that is asked about
    partner,    ///< of the other side
    reconciled  ///< the exporter's, else the importer's without freight and insurance
};
VECHE_CHOICES(chosen_side, own, partner, reconciled)

enum class grouping : std::uint8_t { partner, product };
VECHE_CHOICES(grouping, partner, product)

/// Imports are valued with freight and insurance, exports without; the usual factor between them
/// (trade/mirror.hpp).
inline constexpr double cif_factor = 1.08;

/// One value of two as a cube has them: the exporter's where it has one, else the importer's
/// without freight and insurance.
double reconciled_value(double exported, double imported);

/// All members of the union; all territories that are none.
inline constexpr std::string_view the_union = "union";
inline constexpr std::string_view third = "third";

struct question {
    std::string of;    ///< a territory, or the union
    std::string with;  ///< "" all, the union, third, or a territory
    bool exports = true;
    std::string product;  ///< "" all, or how codes begin
    std::string period;   ///< "" all periods together
    chosen_side side = chosen_side::own;
    grouping by = grouping::partner;
    std::size_t digits = 0;            ///< products cut to so many; 0 keeps them whole
    std::vector<std::string> members;  ///< territories of the union
};

/// What is known of a sum.
enum class sum_state : std::uint8_t {
    known,
    no_row,  ///< zero: whoever declares here declares flows, and none of these
    missing  ///< whoever would declare it declares nothing at all
};
VECHE_CHOICES(sum_state, known, no_row, missing)

struct sum_row {
    std::string key;  ///< of a territory or product
    double value = 0;
    sum_state state = sum_state::known;
    double from_partner = 0;  ///< of it by declarations of the other side (reconciled)
};

/// A sum with all that one must know of it.
struct summed {
    std::vector<sum_row> rows;        ///< largest first, then by key; rows without a value last
    double total = 0;                 ///< of what is known
    double from_partner = 0;          ///< of it by declarations of the other side
    std::int64_t cells = 0;           ///< flows added up
    std::int64_t cells_missing = 0;   ///< flows of which the side chosen says nothing
    std::vector<std::string> silent;  ///< territories that declare nothing here: missing, not zero
    std::optional<double> world;      ///< what is declared of trade with the whole world
    bool from_world = false;          ///< the data hold no partners: sums are of that row
};

/// Refuses codes that the data lack.
result<summed> sums(const flow_cube&, const question&);

/// Sums by key over all periods; rows in the order of the last period that has any.
struct series_row {
    std::string key;
    std::vector<std::optional<double>> values;  ///< by period; nothing where it is missing
};
struct series {
    std::vector<std::string> periods;
    std::vector<series_row> rows;
    std::vector<summed> of_period;
};
result<series> sums_over_time(const flow_cube&, const question&);

/// From whom to whom: each territory that is asked about on its own.
struct way {
    std::string from, to;
    double value = 0;
};
struct ways {
    std::vector<way> rows;  ///< by the territories asked about, then largest first
    summed all;
};
result<ways> ways_of(const flow_cube&, const question&);

/// What remains of rows when only the largest `most` are shown: they, and one with the key "" for
/// all others together.
std::vector<sum_row> largest(const std::vector<sum_row>& rows, std::size_t most);

/// Territories that have flows of that way, those with most partners first, then by code.
std::vector<std::string> askable(const flow_cube&, bool exports);
/// Levels to which products can be cut, with the whole codes as 0: none where codes have one level.
std::vector<std::size_t> product_levels(const flow_cube&);
/// Product codes as far as `digits`; each once, sorted.
std::vector<std::string> product_keys(const flow_cube&, std::size_t digits);

}  // namespace veche::explore
