#pragma once
// What the public sees: all of it. No view holds anybody's name.

#include <tuple>

#include "doses/doses.hpp"
#include "doses/plan_views.hpp"
#include "doses/supply_views.hpp"

namespace veche::doses {

struct stock_query {
    static constexpr wire_info wire{"doses.stock", 1, "Doses by product and site."};
    std::optional<product_id> product;
    std::optional<site_id> site;
};
VECHE_FIELDS(stock_query, (product, "Only this product."), (site, "Only this site."))

struct stock_row {
    product_id product;
    localized product_names;
    site_id site;
    localized site_names;
    site_kind kind{};
    std::optional<member_id> member;
    std::int64_t usable = 0;
    std::int64_t open = 0;
    std::int64_t quarantined = 0;
    std::int64_t recalled = 0;
    std::int64_t expired = 0;
    std::int64_t coming = 0;
    std::int64_t promised = 0;
    std::int64_t given = 0;
    std::optional<std::int64_t> days_left;
    std::optional<date> next_expiry;
    bool stock_out = false;
    bool operator==(const stock_row&) const = default;
};
VECHE_FIELDS(stock_row, (product, "The product."), (product_names, "Its name by language."),
             (site, "The site."), (site_names, "Its name by language."), (kind, "What it is."),
             (member, "The member that keeps it."),
             (usable, "Doses in closed vials that may be used."), (open, "Doses in opened vials."),
             (quarantined, "Set aside."), (recalled, "Recalled."), (expired, "Expired."),
             (coming, "On the way to it."), (promised, "Promised by allocations and not sent."),
             (given, "Given here so far."),
             (days_left, "Whole days for which the stock lasts at its present use."),
             (next_expiry, "The first last day of use in its stock."),
             (stock_out, "Whether nothing is left that may be used."))

/// Every dose of a product: received = all the others together.
struct product_row {
    product_id product;
    localized names;
    std::int32_t course = 1;
    std::int32_t vial = 1;
    std::int32_t interval_min = 0;
    std::int32_t interval = 0;
    storage_class storage{};
    std::int64_t received = 0;
    std::int64_t held = 0;
    std::int64_t way = 0;
    std::int64_t given = 0;
    std::int64_t lost_open = 0;
    std::int64_t lost_closed = 0;
    std::int64_t missing = 0;
    std::int64_t first = 0;
    std::int64_t second = 0;
    std::optional<ratio> wastage_open;
    std::optional<ratio> wastage_closed;
    std::optional<ratio> drop_out;
};
VECHE_FIELDS(product_row, (product, "The product."), (names, "Name by language."),
             (course, "Doses of a course."), (vial, "Doses in a vial."),
             (interval_min, "Days between two doses at least."), (interval, "Days planned."),
             (storage, "How it is stored."), (received, "Doses received."),
             (held, "Doses held, in any state."), (way, "Doses on the way."),
             (given, "Doses given."), (lost_open, "Lost out of opened vials."),
             (lost_closed, "Lost in closed vials."),
             (missing, "Missing at counts, less what was found."), (first, "First doses given."),
             (second, "Second doses given."),
             (wastage_open, "Of doses in opened vials, the part that was not given."),
             (wastage_closed, "Of doses received, the part that was lost unopened."),
             (drop_out, "Of first doses, the part without a second."))

struct stock_view {
    std::vector<product_row> products;
    std::vector<stock_row> rows;
};
VECHE_FIELDS(stock_view, (products, "Where every dose of a product is."),
             (rows, "By product and site."))

struct lots_query {
    static constexpr wire_info wire{"doses.lots", 1, "Lots, the first to expire first."};
    std::optional<product_id> product;
    std::optional<std::int32_t> within;
};
VECHE_FIELDS(lots_query, (product, "Only of this product."),
             (within, "Only those in stock that expire within so many days."))

struct lot_row {
    lot_id lot;
    std::string number;
    product_id product;
    localized product_names;
    date expires;
    date received_on;
    std::int64_t received = 0;
    std::int64_t usable = 0;
    std::int64_t open = 0;
    std::int64_t barred = 0;
    std::int64_t way = 0;
    std::int64_t given = 0;
    std::int64_t lost = 0;
    std::int64_t days_left = 0;
    bool recalled = false;
    bool expired = false;
    std::int64_t waste = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(lot_row, (lot, "Id of the lot."), (number, "Its number."), (product, "The product."),
             (product_names, "Its name by language."), (expires, "Its last day of use."),
             (received_on, "When it came."), (received, "Doses received."),
             (usable, "Doses in closed vials that may be used."), (open, "Doses in opened vials."),
             (barred, "Set aside, recalled or expired."), (way, "On the way."),
             (given, "Doses given."), (lost, "Doses lost, counts included."),
             (days_left, "Days until its last day."), (recalled, "Whether it was recalled."),
             (expired, "Whether its last day is over."),
             (waste, "Doses that are not expected to be used in time."),
             (seq, "The entry that received it."))

struct lots_view {
    std::vector<lot_row> lots;
};
VECHE_FIELDS(lots_view, (lots, "The lots."))

struct lot_query {
    static constexpr wire_info wire{"doses.lot", 1, "The whole life of a lot."};
    lot_id lot;
};
VECHE_FIELDS(lot_query, (lot, "The lot."))

struct move_row {
    move_kind kind{};
    date on;
    instant written;
    std::optional<site_id> site;
    localized site_names;
    std::optional<site_id> other;
    localized other_names;
    std::int64_t doses = 0;
    std::optional<loss_reason> why;
    localized note;
    std::int64_t seq = 0;
};
VECHE_FIELDS(move_row, (kind, "What happened."), (on, "The day for which it was written."),
             (written, "When it was written."), (site, "The site."),
             (site_names, "Its name by language."), (other, "The other site."),
             (other_names, "Its name by language."), (doses, "How many doses."),
             (why, "Why they were lost."), (note, "What was said, by language."),
             (seq, "The entry."))

struct lot_view {
    lot_row row;
    std::vector<stock_row> sites;
    std::vector<waste_expected> waste;
    std::vector<move_row> moves;
};
VECHE_FIELDS(lot_view, (row, "The lot."), (sites, "Where it lies."),
             (waste, "What is not expected to be used, and who could use it."),
             (moves, "What happened to it."))

struct shipments_query {
    static constexpr wire_info wire{"doses.shipments", 1, "Shipments, the latest first."};
    std::optional<bool> open;
};
VECHE_FIELDS(shipments_query, (open, "Only those that have not come, or only those that have."))

struct shipment_row {
    shipment_id shipment;
    product_id product;
    localized product_names;
    site_id from;
    localized from_names;
    site_id to;
    localized to_names;
    date on;
    date use_from;
    std::optional<date> came_on;
    std::int64_t sent = 0;
    std::int64_t came = 0;
    bool moved = false;
    std::optional<allocation_id> allocation;
    std::vector<lot_part> lots;
    std::int64_t seq = 0;
};
VECHE_FIELDS(shipment_row, (shipment, "Id of the shipment."), (product, "The product."),
             (product_names, "Its name by language."), (from, "Where from."),
             (from_names, "Its name by language."), (to, "Where to."),
             (to_names, "Its name by language."), (on, "When it left."),
             (use_from, "The planned first day of use."), (came_on, "When it came."),
             (sent, "Doses sent."), (came, "Doses that came."),
             (moved, "Whether it went from a site to its neighbour out of the order of issue."),
             (allocation, "The allocation."), (lots, "Its lots."), (seq, "The entry."))

struct shipments_view {
    std::vector<shipment_row> shipments;
};
VECHE_FIELDS(shipments_view, (shipments, "The shipments."))

struct allocations_query {
    static constexpr wire_info wire{"doses.allocations", 1, "Allocations, the latest first."};
};
VECHE_NO_FIELDS(allocations_query)

struct allocation_row {
    allocation_id allocation;
    product_id product;
    localized product_names;
    site_id from;
    localized from_names;
    std::int64_t doses = 0;
    sharing_rule rule{};
    second_policy policy{};
    date on;
    decision_id decision;
    std::int64_t sent = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(allocation_row, (allocation, "Id of the allocation."), (product, "The product."),
             (product_names, "Its name by language."), (from, "The store that gives."),
             (from_names, "Its name by language."), (doses, "Doses shared out."),
             (rule, "The rule."), (policy, "What stays for second doses."), (on, "When."),
             (decision, "The decision."), (sent, "Doses sent under it."), (seq, "The entry."))

struct allocations_view {
    std::vector<allocation_row> allocations;
};
VECHE_FIELDS(allocations_view, (allocations, "The allocations."))

struct allocation_query {
    static constexpr wire_info wire{"doses.allocation", 1, "An allocation with its reasons."};
    allocation_id allocation;
};
VECHE_FIELDS(allocation_query, (allocation, "The allocation."))

struct share_row {
    site_id site;
    localized names;
    std::int64_t weight = 0;
    ratio already;
    std::optional<std::int64_t> cap;
    std::string exact;
    std::int64_t doses = 0;
    std::string why;
    bool rounded_up = false;
    std::int64_t sent = 0;
    std::optional<ratio> coverage_before;
    std::optional<ratio> coverage_after;
    std::vector<group_doses> groups;
};
VECHE_FIELDS(share_row, (site, "The store."), (names, "Its name by language."),
             (weight, "Its weight."), (already, "What it had before, in doses."),
             (cap, "What it has at most."), (exact, "What it would get if a dose could be cut."),
             (doses, "What it gets."), (why, "Why."),
             (rounded_up, "Whether rounding gave it a vial more."), (sent, "Doses sent so far."),
             (coverage_before, "What it had by weight before."),
             (coverage_after, "The same with what it gets."),
             (groups, "For whom in the region, in the order of priority."))

struct method_share {
    site_id site;
    localized names;
    std::int64_t doses = 0;
};
VECHE_FIELDS(method_share, (site, "The site."), (names, "Its name by language."),
             (doses, "What it would get."))

struct method_row {
    sharing_rule rule{};
    std::vector<method_share> shares;
    ratio least;
    bool chosen = false;
};
VECHE_FIELDS(method_row, (rule, "The rule."), (shares, "What each would get by it."),
             (least, "The lowest coverage by weight after it."),
             (chosen, "Whether it is the rule that was decided."))

struct allocation_view {
    allocation_row row;
    localized why;
    std::int32_t horizon = 0;
    std::int64_t kept = 0;
    std::int64_t left_over = 0;
    std::string level;
    std::vector<share_row> shares;
    std::vector<method_row> methods;
    bool holds = false;
    std::string fault;
    std::optional<plan_view> plan;
    std::optional<allocate> asked;
    std::int32_t vial = 1;
};
VECHE_FIELDS(allocation_view, (row, "The allocation."), (why, "Why by this rule, by language."),
             (horizon, "Days ahead for which second doses stay."),
             (kept, "Doses that stay for second ones."), (left_over, "What caps leave over."),
             (level, "The level that was reached."), (shares, "What each gets and why."),
             (methods, "The rules side by side, on the same figures."),
             (holds, "Whether the check, which knows no engine, finds no fault."),
             (fault, "What it finds."), (plan, "With fewest_deaths: the plan behind it."),
             (asked, "With a plan: the command as it was decided."), (vial, "Doses in a vial."))

struct coverage_query {
    static constexpr wire_info wire{"doses.coverage", 1,
                                    "People with a dose and with a whole course, by region."};
    std::optional<group_id> group;
    std::optional<date> on;
    std::optional<instant> known;
};
VECHE_FIELDS(coverage_query, (group, "Only of this group; everybody where nothing is said."),
             (on, "As of this day."), (known, "As it was known at this moment."))

struct coverage_row {
    std::optional<region_id> region;
    localized names;
    std::optional<member_id> member;
    std::optional<std::int64_t> people;
    std::string people_from;
    std::optional<std::int64_t> first;
    std::optional<std::int64_t> full;
    std::optional<std::int64_t> left;
    std::optional<ratio> first_share;
    std::optional<ratio> full_share;
    std::optional<ratio> drop_out;
    std::optional<date> on;
    std::int64_t doses = 0;
    bool too_many = false;
    bool fell = false;
    std::int64_t versions = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(
    coverage_row, (region, "The region."), (names, "Its name by language."),
    (member, "The member that it is of."), (people, "How many people live there."),
    (people_from, "Where that number is from."), (first, "People with a dose at least."),
    (full, "People with a whole course."), (left, "People without a dose."),
    (first_share, "The part with a dose."), (full_share, "The part with a whole course."),
    (drop_out, "Of those with a dose, the part without a whole course."),
    (on, "The day of the figures."), (doses, "Doses given there by the book, of any number."),
    (too_many,
     "Whether there are more with a dose than people: the number of people is in question."),
    (fell, "Whether the figure is below an earlier one."), (versions, "Reports so far."),
    (seq, "The entry."))

struct coverage_view {
    std::vector<coverage_row> regions;
    std::vector<coverage_row> members;
    std::optional<ratio> least;
    std::optional<ratio> tenth;
    std::optional<ratio> most;
    std::optional<ratio> gini;
    std::vector<group_id> groups;
    std::int64_t silent = 0;
};
VECHE_FIELDS(coverage_view, (regions, "By region."),
             (members, "By member: sums of its regions that report."),
             (least, "The lowest coverage of a region."),
             (tenth, "The coverage below which a tenth of the people live."),
             (most, "The highest."), (gini, "Inequality over regions; 0 is none."),
             (groups, "Groups of which there are reports."),
             (silent, "Regions with people and without a report."))

struct registers_query {
    static constexpr wire_info wire{"doses.registers", 1, "Products, sites and groups."};
};
VECHE_NO_FIELDS(registers_query)

struct site_row {
    site_id site;
    localized names;
    site_kind kind{};
    std::optional<member_id> member;
    std::optional<region_id> region;
    std::vector<reach> neighbours;
};
VECHE_FIELDS(site_row, (site, "Id of the site."), (names, "Its name by language."),
             (kind, "What it is."), (member, "The member that keeps it."),
             (region, "The region that it serves."), (neighbours, "Sites in reach."))

struct group_row {
    group_id group;
    localized names;
    std::int32_t rank = 1;
};
VECHE_FIELDS(group_row, (group, "Id of the group."), (names, "Its name by language."),
             (rank, "Which comes first."))

struct registers_view {
    std::vector<site_row> sites;
    std::vector<group_row> groups;
};
VECHE_FIELDS(registers_view, (sites, "The sites."), (groups, "The groups, the first first."))

struct policies_query {
    static constexpr wire_info wire{"doses.policies", 1,
                                    "Policies for second doses side by side, week by week."};
    std::int64_t weekly = 0;
    std::int32_t weeks = 26;
    std::int32_t interval = 3;
    std::int32_t horizon = 1;
};
VECHE_FIELDS(policies_query, (weekly, "Doses that come every week."), (weeks, "How many weeks."),
             (interval, "Weeks between the doses."),
             (horizon, "Weeks ahead for which set_aside keeps second doses."))

struct policy_week {
    std::int64_t week = 0;
    std::int64_t release = 0;
    std::int64_t lockbox = 0;
    std::int64_t set_aside = 0;
};
VECHE_FIELDS(policy_week, (week, "The week, from 1."), (release, "First doses by release."),
             (lockbox, "First doses by lockbox."), (set_aside, "First doses by set_aside."))

struct policy_row {
    second_policy policy{};
    std::int64_t firsts = 0;
    std::int64_t seconds = 0;
    std::int64_t covered = 0;
    std::int64_t late = 0;
    std::int64_t reserve = 0;
    std::int64_t left = 0;
};
VECHE_FIELDS(policy_row, (policy, "The policy."), (firsts, "First doses given."),
             (seconds, "Second doses given."), (covered, "First doses times the weeks since."),
             (late, "Second doses times the weeks that each waited."),
             (reserve, "The largest stock at the end of a week."), (left, "Doses left at the end."))

struct policies_view {
    std::vector<policy_row> policies;
    std::vector<policy_week> weeks;
};
VECHE_FIELDS(policies_view, (policies, "What each policy comes to."),
             (weeks, "First doses of each week."))

using queries = std::tuple<policies_query, stock_query, lots_query, lot_query, shipments_query,
                           allocations_query, allocation_query, coverage_query, registers_query,
                           weigh_query, supply_query, coverage_history_query>;

result<policies_view> ask(const world&, const policies_query&, const viewer&);
result<stock_view> ask(const world&, const stock_query&, const viewer&);
result<lots_view> ask(const world&, const lots_query&, const viewer&);
result<lot_view> ask(const world&, const lot_query&, const viewer&);
result<shipments_view> ask(const world&, const shipments_query&, const viewer&);
result<allocations_view> ask(const world&, const allocations_query&, const viewer&);
result<allocation_view> ask(const world&, const allocation_query&, const viewer&);
result<coverage_view> ask(const world&, const coverage_query&, const viewer&);
result<registers_view> ask(const world&, const registers_query&, const viewer&);
result<plan_view> ask(const world&, const weigh_query&, const viewer&);
result<supply_view> ask(const world&, const supply_query&, const viewer&);
result<coverage_history_view> ask(const world&, const coverage_history_query&, const viewer&);

}  // namespace veche::doses
