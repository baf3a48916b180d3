#pragma once
// What may be asked. Every command names the day it is for; the journal knows when it was written.

#include <tuple>

#include "doses/plan_terms.hpp"

namespace veche::doses {

// --- The desk: power "doses" in the body
// ----------------------------------------------------------

struct record_product {
    static constexpr wire_info wire{"doses.record_product", 1, "Record a product, or correct it."};
    product_id product;
    body_id body;
    localized names;
    std::int32_t course = 1;
    std::int32_t vial = 1;
    std::int32_t interval_min = 0;
    std::int32_t interval = 0;
    std::int32_t warn_days = 30;
    storage_class storage{};
    localized reason;
};
VECHE_FIELDS(record_product, (product, "Id of the product."),
             (body, "The body whose office answers for it."), (names, "Names by language."),
             (course, "Doses of a course."), (vial, "Doses in a vial."),
             (interval_min, "Days between two doses of a course at least."),
             (interval, "Days planned between them."),
             (warn_days, "Days before its expiry on which a lot is warned of."),
             (storage, "How it is stored."), (reason, "Why the record is corrected, by language."))

struct record_site {
    static constexpr wire_info wire{"doses.record_site", 1,
                                    "Record a store or a point where doses are given."};
    site_id site;
    body_id body;
    localized names;
    site_kind kind{};
    std::optional<member_id> member;
    std::optional<region_id> region;
    std::vector<reach> neighbours;
    localized reason;
};
VECHE_FIELDS(record_site, (site, "Id of the site."),
             (body, "The body whose office answers for it."), (names, "Names by language."),
             (kind, "Central store, regional store or point."),
             (member, "The member that keeps it; the union where nothing is said."),
             (region, "The place of the register that it serves."),
             (neighbours, "Sites that it can send to, with days of transport."),
             (reason, "Why the record is corrected, by language."))

struct record_group {
    static constexpr wire_info wire{"doses.record_group", 1, "Record a priority group."};
    group_id group;
    body_id body;
    localized names;
    std::int32_t rank = 1;
    localized reason;
};
VECHE_FIELDS(record_group, (group, "Id of the group."),
             (body, "The body whose office answers for it."), (names, "Names by language."),
             (rank, "Which group comes first: 1 before 2."),
             (reason, "Why the record is corrected, by language."))

struct record_target {
    static constexpr wire_info wire{"doses.record_target", 1,
                                    "Record how many people of a group live in a region."};
    region_id region;
    std::optional<group_id> group;
    body_id body;
    std::int64_t people = 0;
    date on;
    std::string source;
    localized reason;
};
VECHE_FIELDS(record_target, (region, "The place of the register."),
             (group, "The group; everybody where nothing is said."),
             (body, "The body whose office answers for it."), (people, "How many people."),
             (on, "On which day."), (source, "Who says so."),
             (reason, "Why the figure is corrected, by language."))

struct recall_lot {
    static constexpr wire_info wire{"doses.recall_lot", 1, "Recall a lot wherever it lies."};
    lot_id lot;
    localized reason;
};
VECHE_FIELDS(recall_lot, (lot, "The lot."), (reason, "Why, by language."))

// --- By decision alone
// ----------------------------------------------------------------------------

struct allocate {
    static constexpr wire_info wire{"doses.allocate", 1,
                                    "Share doses out among regional stores by a stated rule."};
    allocation_id allocation;
    product_id product;
    site_id from;
    std::int64_t doses = 0;
    sharing_rule rule{};
    std::int64_t scale = 1;
    std::vector<recipient> recipients;
    second_policy policy{};
    std::int32_t horizon = 0;
    std::vector<site_doses> shares;
    localized why;
    std::optional<death_plan> plan;
};
VECHE_FIELDS(allocate, (allocation, "Id of the allocation."), (product, "The product."),
             (from, "The store that gives."), (doses, "Doses to share out, in whole vials."),
             (rule, "The rule."), (scale, "Parts of a dose in which what was had before is said."),
             (recipients, "Among whom; equal claims are served in this order."),
             (policy, "What stays for second doses."),
             (horizon, "With set_aside: days ahead for which second doses stay."),
             (shares, "What comes out, where the motion states it; other shares are refused."),
             (why, "Why by this rule, by language."),
             (plan, "With fewest_deaths: who gets first doses in which week, and the bound."))

// --- Whoever keeps a site: power "keep_doses" of its member, or the desk
// --------------------------

struct receive_lot {
    static constexpr wire_info wire{"doses.receive_lot", 1, "Record a lot that has come."};
    lot_id lot;
    product_id product;
    std::string number;
    date expires;
    site_id site;
    std::int64_t doses = 0;
    date on;
    std::string source;
};
VECHE_FIELDS(receive_lot, (lot, "Id of the lot."), (product, "The product."),
             (number, "Number of the lot, as its maker prints it."),
             (expires, "Its last day of use."), (site, "The site that received it."),
             (doses, "Doses, in whole vials."), (on, "The day on which it came."),
             (source, "Paper that came with it."))

/// Which lots go is not asked: those that expire first.
struct dispatch {
    static constexpr wire_info wire{"doses.dispatch", 1,
                                    "Send doses from one site to another, first expired first."};
    shipment_id shipment;
    site_id from;
    site_id to;
    product_id product;
    std::int64_t doses = 0;
    date on;
    date use_from;
    std::optional<allocation_id> allocation;
};
VECHE_FIELDS(dispatch, (shipment, "Id of the shipment."), (from, "Where from."), (to, "Where to."),
             (product, "The product."), (doses, "Doses, in whole vials."),
             (on, "The day on which it leaves."),
             (use_from, "The planned first day of use, transport included."),
             (allocation, "The allocation that it carries out."))

struct transfer {
    static constexpr wire_info wire{"doses.transfer", 1,
                                    "Send a lot to a neighbour who can still use it."};
    shipment_id shipment;
    site_id from;
    site_id to;
    lot_id lot;
    std::int64_t doses = 0;
    date on;
    date use_from;
    localized reason;
};
VECHE_FIELDS(transfer, (shipment, "Id of the shipment."), (from, "Where from."), (to, "Where to."),
             (lot, "The lot."), (doses, "Doses, in whole vials."),
             (on, "The day on which it leaves."),
             (use_from, "The planned first day of use, transport included."),
             (reason, "Why this lot, by language."))

struct accept {
    static constexpr wire_info wire{"doses.accept", 1, "Record what came of a shipment."};
    shipment_id shipment;
    date on;
    std::vector<lot_part> got;
    localized reason;
};
VECHE_FIELDS(accept, (shipment, "The shipment."), (on, "The day on which it came."),
             (got, "What came of each of its lots."),
             (reason, "What is known of what did not come, by language."))

struct open_vials {
    static constexpr wire_info wire{"doses.open_vials", 1,
                                    "Open vials to give doses, first expired first."};
    site_id site;
    product_id product;
    std::int64_t vials = 0;
    date on;
};
VECHE_FIELDS(open_vials, (site, "The site."), (product, "The product."), (vials, "How many vials."),
             (on, "The day."))

struct give {
    static constexpr wire_info wire{"doses.give", 1, "Record doses given out of opened vials."};
    site_id site;
    lot_id lot;
    date on;
    std::vector<given_count> given;
};
VECHE_FIELDS(give, (site, "The site."), (lot, "The lot."), (on, "The day."),
             (given, "How many of each dose, by group; never to whom."))

struct discard {
    static constexpr wire_info wire{"doses.discard", 1, "Record doses that were thrown away."};
    site_id site;
    lot_id lot;
    stock_state out_of{};
    std::int64_t doses = 0;
    date on;
    loss_reason why{};
    localized note;
};
VECHE_FIELDS(discard, (site, "The site."), (lot, "The lot."), (out_of, "The state they were in."),
             (doses, "How many."), (on, "The day."), (why, "Why."), (note, "More, by language."))

struct count_stock {
    static constexpr wire_info wire{"doses.count_stock", 1,
                                    "Record a count of closed vials that can be used."};
    site_id site;
    lot_id lot;
    std::int64_t counted = 0;
    date on;
    localized reason;
};
VECHE_FIELDS(count_stock, (site, "The site."), (lot, "The lot."), (counted, "Doses counted."),
             (on, "The day."), (reason, "Why it differs from the book, by language."))

struct quarantine {
    static constexpr wire_info wire{"doses.quarantine", 1,
                                    "Set a lot aside at a site until it is examined."};
    site_id site;
    lot_id lot;
    localized reason;
};
VECHE_FIELDS(quarantine, (site, "The site."), (lot, "The lot."), (reason, "Why, by language."))

struct release {
    static constexpr wire_info wire{"doses.release", 1, "Release a lot that was set aside."};
    site_id site;
    lot_id lot;
    localized reason;
};
VECHE_FIELDS(release, (site, "The site."), (lot, "The lot."), (reason, "Why, by language."))

struct state_need {
    static constexpr wire_info wire{"doses.state_need", 1, "Say how many doses a site uses a day."};
    site_id site;
    product_id product;
    std::int64_t per_day = 0;
};
VECHE_FIELDS(state_need, (site, "The site."), (product, "The product."), (per_day, "Doses a day."))

/// People, not doses: neither is ever derived from the other.
struct report_people {
    static constexpr wire_info wire{"doses.report_people", 1,
                                    "Report how many people of a region had a dose so far."};
    region_id region;
    std::optional<group_id> group;
    body_id body;
    date on;
    std::int64_t first = 0;
    std::int64_t full = 0;
    std::string source;
    localized reason;
};
VECHE_FIELDS(report_people, (region, "The place of the register."),
             (group, "The group; everybody where nothing is said."),
             (body, "The body whose office answers for it."), (on, "The day of which it speaks."),
             (first, "People with a dose at least."), (full, "People with a whole course."),
             (source, "Who says so."),
             (reason, "Why the report of this day is corrected, by language."))

using commands = std::tuple<record_product, record_site, record_group, record_target, recall_lot,
                            allocate, receive_lot, dispatch, transfer, accept, open_vials, give,
                            discard, count_stock, quarantine, release, state_need, report_people>;

}  // namespace veche::doses
