#pragma once
// Doses of one product among regions: by proportion, by proportion under caps, or so that the
// lowest coverage rises first. Exact, in whole packs, with a reason for every region.

#include "kernel/result.hpp"
#include "shares/shares.hpp"

namespace veche::shares {

enum class dose_rule : std::uint8_t {
    proportional,  ///< by weight
    capped,        ///< by weight, up to a cap; who reaches it is fixed there
    max_min        ///< the lowest coverage is raised first, to a common level
};
VECHE_CHOICES(dose_rule, proportional, capped, max_min)

/// What doses, weights and coverage may be, and the sum of each.
inline constexpr std::int64_t most_doses = 1'000'000'000'000;

struct dose_region {
    std::string name;
    std::int64_t weight = 0;  ///< people, or another weight that was decided
    std::int64_t already = 0;
    std::optional<std::int64_t> cap;
};
VECHE_FIELDS(dose_region, (name, "The region."), (weight, "People, or another weight."),
             (already, "What it had before, in parts of the request's scale."),
             (cap, "What it has at most, that before included, in doses."))

struct dose_request {
    dose_rule rule{};
    std::int64_t amount = 0;
    std::int64_t pack = 1;   ///< doses are given in whole packs
    std::int64_t scale = 1;  ///< `already` is in this part of a dose: 100 for hundredths
    std::vector<dose_region> regions;
};
VECHE_FIELDS(dose_request, (rule, "The rule."), (amount, "Doses to share out."),
             (pack, "Doses in a pack; only whole packs are given."),
             (scale, "Parts of a dose in which what was had before is said."),
             (regions, "Among whom, in the order in which equal claims are served."))

enum class dose_reason : std::uint8_t {
    by_weight,  ///< its part of the whole
    at_cap,     ///< it has all that it may have
    raised,     ///< raised to the level
    above       ///< it is at the level or above without any
};
VECHE_CHOICES(dose_reason, by_weight, at_cap, raised, above)

struct dose_share {
    std::string name;
    std::int64_t doses = 0;
    std::string exact;  ///< "600000/7": what it would get without packs
    dose_reason why{};
    bool rounded_up = false;
    bool operator==(const dose_share&) const = default;
};
VECHE_FIELDS(dose_share, (name, "The region."), (doses, "Doses it gets."),
             (exact, "What it would get if a dose could be cut."), (why, "Why."),
             (rounded_up, "Whether rounding gave it a pack more."))

struct dose_plan {
    std::string level;  ///< doses for each unit of weight; max_min: the coverage that is reached
    std::vector<dose_share> shares;
    std::int64_t left_over = 0;  ///< what caps leave
    bool operator==(const dose_plan&) const = default;
};
VECHE_FIELDS(dose_plan, (level, "Doses for a unit of weight; with max_min the coverage reached."),
             (shares, "What each gets."), (left_over, "What caps leave over."))

/// Refuses names, numbers out of range, an amount that is not whole packs. Equal rests are served
/// in the order of the list.
result<dose_plan> share_doses(const dose_request&);

/// What is wrong with a plan, told without the engine; empty where nothing is. It holds every share
/// against the level, the sum against the amount, and every rounding against every other.
std::string fault_in(const dose_request&, const dose_plan&);

}  // namespace veche::shares
