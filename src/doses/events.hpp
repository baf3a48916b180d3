#pragma once
// What follows by itself.

#include <tuple>

#include "doses/commands.hpp"

namespace veche::doses {

struct allocated_share {
    site_id site;
    std::int64_t doses = 0;
    std::string exact;
    std::string why;
    bool rounded_up = false;
    std::vector<group_doses> groups;
    bool operator==(const allocated_share&) const = default;
};
VECHE_FIELDS(allocated_share, (site, "The store."), (doses, "Doses it gets."),
             (exact, "What it would get if a dose could be cut."), (why, "Why."),
             (rounded_up, "Whether rounding gave it a vial more."),
             (groups, "For whom in the region, in the order of priority."))

struct allocated {
    static constexpr wire_info wire{"doses.allocated", 1, "Doses were shared out."};
    allocation_id allocation;
    std::string level;
    std::vector<allocated_share> shares;
    std::int64_t left_over = 0;
    std::int64_t kept = 0;
};
VECHE_FIELDS(allocated, (allocation, "The allocation."), (level, "The level that was reached."),
             (shares, "What each gets."), (left_over, "What caps leave over."),
             (kept, "Doses that stay for second ones."))

struct dispatched {
    static constexpr wire_info wire{"doses.dispatched", 1, "Lots left a site."};
    shipment_id shipment;
    std::vector<lot_part> lots;
};
VECHE_FIELDS(dispatched, (shipment, "The shipment."),
             (lots, "Which lots, those that expire first."))

struct vials_opened {
    static constexpr wire_info wire{"doses.vials_opened", 1, "Vials were opened."};
    site_id site;
    date on;
    std::vector<lot_part> lots;
};
VECHE_FIELDS(vials_opened, (site, "The site."), (on, "The day."),
             (lots, "Which lots, those that expire first."))

struct waste_expected {
    site_id site;
    std::int64_t doses = 0;  ///< what it cannot use until the expiry
    std::optional<site_id> neighbour;
    std::int64_t unmet = 0;  ///< what the neighbour could use
};
VECHE_FIELDS(waste_expected, (site, "The site."),
             (doses, "Doses that it is not expected to use in time."),
             (neighbour, "The neighbour in reach that lacks most."),
             (unmet, "Doses that the neighbour lacks until then."))

struct expiry_near {
    static constexpr wire_info wire{"doses.expiry_near", 1, "A lot expires soon."};
    lot_id lot;
    date expires;
    std::vector<waste_expected> sites;
};
VECHE_FIELDS(expiry_near, (lot, "The lot."), (expires, "Its last day."),
             (sites, "What is not expected to be used, and who could use it."))

struct lot_expired {
    static constexpr wire_info wire{"doses.lot_expired", 1,
                                    "The last day of a lot is over: what is left is lost."};
    lot_id lot;
    std::vector<site_doses> left;
};
VECHE_FIELDS(lot_expired, (lot, "The lot."), (left, "What is left of it, by site."))

using derived = std::tuple<allocated, dispatched, vials_opened, expiry_near, lot_expired>;

}  // namespace veche::doses
