#pragma once
// Words of the supply of doses: what is where, in which state, and where it went.

#include <optional>
#include <string>
#include <vector>

#include "kernel/message.hpp"

namespace veche::doses {

using product_id = id<struct dose_product_tag>;
using site_id = id<struct dose_site_tag>;
using lot_id = id<struct dose_lot_tag>;
using shipment_id = id<struct dose_shipment_tag>;
using allocation_id = id<struct dose_allocation_tag>;
using group_id = id<struct dose_group_tag>;
/// A place of the register; only the office knows more of it.
using region_id = id<struct dose_region_tag>;

enum class storage_class : std::uint8_t { ambient, cold, frozen, ultra_cold };
VECHE_CHOICES(storage_class, ambient, cold, frozen, ultra_cold)

enum class site_kind : std::uint8_t { central, regional, point };
VECHE_CHOICES(site_kind, central, regional, point)

/// Where a dose may be while it is held. `open`: in a vial that was opened.
enum class stock_state : std::uint8_t { usable, open, quarantined, recalled, expired };
VECHE_CHOICES(stock_state, usable, open, quarantined, recalled, expired)

enum class loss_reason : std::uint8_t {
    open_vial,  ///< left over in an opened vial
    breakage,
    cold_chain,
    expired,
    recalled,
    in_transit,  ///< sent and not received
    counted,     ///< missing at a count
    other
};
VECHE_CHOICES(loss_reason, open_vial, breakage, cold_chain, expired, recalled, in_transit, counted,
              other)

/// What must stay for second doses when first ones are shared out.
enum class second_policy : std::uint8_t {
    one_dose,   ///< the course has one dose
    release,    ///< nothing is kept
    lockbox,    ///< every first dose keeps its second
    set_aside,  ///< what falls due within the horizon is kept
};
VECHE_CHOICES(second_policy, one_dose, release, lockbox, set_aside)

/// `fewest_deaths` is computed by nobody here: a plan is stated, and checked.
enum class sharing_rule : std::uint8_t { proportional, capped, max_min, fewest_deaths };
VECHE_CHOICES(sharing_rule, proportional, capped, max_min, fewest_deaths)

struct reach {
    site_id site;
    std::int32_t days = 0;
    bool operator==(const reach&) const = default;
};
VECHE_FIELDS(reach, (site, "The other site."), (days, "Days of transport."))

struct lot_part {
    lot_id lot;
    std::int64_t doses = 0;
    bool operator==(const lot_part&) const = default;
};
VECHE_FIELDS(lot_part, (lot, "The lot."), (doses, "Doses of it."))

/// Doses given, counted; never who got them.
struct given_count {
    std::int32_t dose = 1;  ///< first, second and so on
    std::optional<group_id> group;
    std::int64_t doses = 0;
    bool operator==(const given_count&) const = default;
};
VECHE_FIELDS(given_count, (dose, "Which dose of the course: 1 is the first."),
             (group, "The priority group."), (doses, "How many."))

struct recipient {
    site_id site;
    std::int64_t weight = 0;
    std::int64_t already = 0;
    std::optional<std::int64_t> cap;
    bool operator==(const recipient&) const = default;
};
VECHE_FIELDS(recipient, (site, "The store that gets doses."),
             (weight, "People, or another weight that is decided."),
             (already, "What it had before, in parts of the scale."),
             (cap, "What it has at most, that before included."))

struct site_doses {
    site_id site;
    std::int64_t doses = 0;
    bool operator==(const site_doses&) const = default;
};
VECHE_FIELDS(site_doses, (site, "The site."), (doses, "Doses."))

struct group_doses {
    group_id group;
    std::int64_t doses = 0;
    bool operator==(const group_doses&) const = default;
};
VECHE_FIELDS(group_doses, (group, "The priority group."), (doses, "Doses."))

}  // namespace veche::doses
