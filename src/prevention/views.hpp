#pragma once
// What the register of preventive measures tells; all of it is public.

#include "kernel/refusal_record.hpp"
#include "prevention/policy_index.hpp"
#include "prevention/prevention.hpp"

namespace veche::prevention {

/// What holds in a member for one kind.
struct held_row {
    member_id member;
    bool recorded = false;
    std::int32_t level = 0;
    std::optional<order_scope> scope;
    std::vector<std::string> where;
    localized whom;
    std::vector<order_id> orders;
};
VECHE_FIELDS(held_row, (member, "The member."),
             (recorded, "Whether anything was ever recorded of this kind there."),
             (level, "The strictest level in force, 0 where nothing is ordered."),
             (scope, "General or targeted, where the scale tells them apart."),
             (where, "Regions in which a targeted order holds."),
             (whom, "Whom a targeted order concerns."), (orders, "Orders that are in force."))

struct kind_row {
    preventive_kind kind{};
    std::vector<held_row> members;
    bool differ = false;
};
VECHE_FIELDS(kind_row, (kind, "Kind of the measures."), (members, "By member, as in the charter."),
             (differ, "Whether levels or scopes of two members differ."))

/// Indices of a member from a day on, with two decimals as published; nothing where more than one
/// indicator is not known.
struct index_row {
    date on;
    member_id member;
    std::optional<std::string> stringency;
    std::optional<std::string> containment_health;
    std::optional<std::string> government_response;
    std::optional<std::string> economic_support;
    std::int32_t missing = 0;
};
VECHE_FIELDS(index_row, (on, "The day."), (member, "The member."),
             (stringency, "Stringency index, 0 to 100."),
             (containment_health, "Containment and health index, 0 to 100."),
             (government_response, "Government response index, 0 to 100."),
             (economic_support, "Economic support index, 0 to 100."),
             (missing, "Of 16 indicators, those of which nothing was recorded."))

struct in_force_query {
    static constexpr wire_info wire{"prevention.in_force", 1,
                                    "Preventive measures in force on a day."};
    std::optional<date> on;
    std::optional<instant> known;
};
VECHE_FIELDS(in_force_query, (on, "The day; today where nothing is said."),
             (known, "As it was known then; now where nothing is said."))

struct in_force_view {
    std::optional<body_id> body;
    date on;
    std::optional<instant> known;
    std::vector<kind_row> kinds;
    std::vector<index_row> indices;
    std::int64_t orders = 0;
    std::optional<date> first;
    std::int64_t open = 0;
    std::int64_t late = 0;
};
VECHE_FIELDS(in_force_view, (body, "The body that keeps the register; none where nobody does."),
             (on, "The day."), (known, "As it was known then."), (kinds, "By kind."),
             (indices, "By member."), (orders, "Orders that stand in the register."),
             (first, "The first day of which anything is recorded."),
             (open, "Clashes to be settled."), (late, "Of these, late ones."))

struct index_series_query {
    static constexpr wire_info wire{"prevention.index_series", 1,
                                    "Policy indices of members through time."};
    std::optional<date> from;
    std::optional<date> to;
    std::optional<instant> known;
};
VECHE_FIELDS(index_series_query, (from, "First day."), (to, "Last day."),
             (known, "As it was known then; now where nothing is said."))

struct index_series_view {
    std::optional<date> from;
    std::optional<date> to;
    std::vector<index_row> rows;
};
VECHE_FIELDS(index_series_view, (from, "First day."), (to, "Last day."),
             (rows, "Each day on which an index of a member changes."))

struct stretch_row {
    member_id member;
    std::optional<std::string> region;
    date from;
    std::optional<date> to;
    std::int32_t level = 0;
    std::optional<order_scope> scope;
};
VECHE_FIELDS(stretch_row, (member, "The member."),
             (region, "The region, where it is of one alone."), (from, "First day."),
             (to, "Last day; until further notice where empty."),
             (level, "The strictest level in force."), (scope, "General or targeted."))

struct order_row {
    order_id order;
    order_terms says;
    order_change how{};
    std::int64_t versions = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(order_row, (order, "The order."), (says, "What it says."),
             (how, "What was done to it last."),
             (versions, "How often it was recorded or changed."), (seq, "Entry that says so."))

struct orders_query {
    static constexpr wire_info wire{"prevention.orders", 1, "Orders of the register."};
    std::optional<preventive_kind> kind;
    std::optional<member_id> member;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(orders_query, (kind, "Only of this kind."), (member, "Only of this member."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct orders_view {
    std::vector<order_row> orders;
    std::int32_t found = 0;
};
VECHE_FIELDS(orders_view, (orders, "By first day, the newest first; withdrawn ones too."),
             (found, "How many match."))

struct kind_query {
    static constexpr wire_info wire{"prevention.kind", 1,
                                    "Measures of one kind in all members, through time."};
    preventive_kind kind{};
    std::optional<instant> known;
};
VECHE_FIELDS(kind_query, (kind, "The kind."),
             (known, "As it was known then; now where nothing is said."))

struct kind_view {
    preventive_kind kind{};
    std::int32_t highest = 0;
    bool flagged = false;
    std::vector<stretch_row> stretches;
};
VECHE_FIELDS(kind_view, (kind, "The kind."), (highest, "The strictest level of its scale."),
             (flagged, "Whether it tells general orders from targeted ones."),
             (stretches, "What held in each place, from when to when."))

struct order_version_row {
    order_change how{};
    order_terms says;
    std::optional<legal_act> act;
    localized reason;
    std::optional<person_id> by;
    std::optional<std::string> as;
    std::optional<decision_id> decision;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(order_version_row, (how, "What was done."), (says, "What the order says since."),
             (act, "By which act."), (reason, "Why."), (by, "By whom it was recorded."),
             (as, "Under which office."), (decision, "Or by which decision."), (at, "When."),
             (seq, "Entry."))

struct order_query {
    static constexpr wire_info wire{"prevention.order", 1, "One order with everything done to it."};
    order_id order;
};
VECHE_FIELDS(order_query, (order, "The order."))

struct order_view {
    order_row row;
    body_id body;
    std::vector<order_version_row> versions;
};
VECHE_FIELDS(order_view, (row, "The order."), (body, "The body that keeps the register."),
             (versions, "Everything that was recorded of it, the newest first."))

struct clash_row {
    clash_id clash;
    body_id owner;
    preventive_kind kind{};
    clash_check check{};
    place_of a;
    place_of b;
    clash_side on_a;
    clash_side on_b;
    date from;
    std::optional<date> to;
    clash_standing standing{};
    date due;
    std::optional<std::int64_t> days_left;
    bool late = false;
    std::optional<body_id> escalated_to;
    std::optional<session_id> session;
    std::int64_t seq = 0;
};
VECHE_FIELDS(clash_row, (clash, "The clash."), (owner, "The body that owes its settlement."),
             (kind, "Kind of the measures."), (check, "What contradicts what."), (a, "One side."),
             (b, "The other side."), (on_a, "What holds on the one side."),
             (on_b, "What holds on the other side."), (from, "First day of the clash."),
             (to, "Last day of the clash; until further notice where empty."),
             (standing, "How it stands."), (due, "Last day to settle it."),
             (days_left, "Days until then while it is open, below zero when it is late."),
             (late, "Whether it was not settled in time."),
             (escalated_to, "The body above that was seized."),
             (session, "The session on whose agenda it was put last."),
             (seq, "Entry that found it."))

enum class clash_list : std::uint8_t { open, late, closed };
VECHE_CHOICES(clash_list, open, late, closed)

struct clashes_query {
    static constexpr wire_info wire{"prevention.clashes", 1,
                                    "Where orders of neighbours contradict each other."};
    std::optional<clash_list> list;
    std::optional<member_id> member;
    std::optional<preventive_kind> kind;
};
VECHE_FIELDS(clashes_query, (list, "Only open, late or closed ones."),
             (member, "Only those of this member."), (kind, "Only of this kind."))

struct clashes_view {
    std::vector<clash_row> clashes;
    std::int64_t open = 0;
    std::int64_t late = 0;
    std::int64_t closed = 0;
};
VECHE_FIELDS(clashes_view, (clashes, "Late ones first, then open ones by day, then closed ones."),
             (open, "Open ones, late or not."), (late, "Late ones."), (closed, "Closed ones."))

struct past_clash_row {
    preventive_kind kind{};
    clash_check check{};
    place_of a;
    place_of b;
    clash_side on_a;
    clash_side on_b;
    date from;
    date to;
    std::int64_t days = 0;
};
VECHE_FIELDS(past_clash_row, (kind, "Kind of the measures."), (check, "What contradicted what."),
             (a, "One side."), (b, "The other side."), (on_a, "What held on the one side."),
             (on_b, "What held on the other side."), (from, "First day."), (to, "Last day."),
             (days, "How many days."))

struct past_clashes_query {
    static constexpr wire_info wire{"prevention.past_clashes", 1,
                                    "Clashes that were over before anybody could settle them."};
    std::optional<preventive_kind> kind;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(past_clashes_query, (kind, "Only of this kind."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct past_clashes_view {
    std::vector<past_clash_row> clashes;
    std::int32_t found = 0;
};
VECHE_FIELDS(past_clashes_view, (clashes, "By the rules in force today, the longest first."),
             (found, "How many there are."))

struct clash_position_row {
    clash_position says{};
    localized text;
    std::optional<date> by;
    std::optional<member_id> member;
    person_id person;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(clash_position_row, (says, "Position."), (text, "In words."),
             (by, "The day by which the order is changed."), (member, "Whose position."),
             (person, "Who said so."), (at, "When."), (seq, "Entry."))

struct clash_change_row {
    clash_side on_a;
    clash_side on_b;
    date from;
    std::optional<date> to;
    bool reopened = false;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(clash_change_row, (on_a, "What holds on the one side."),
             (on_b, "What holds on the other side."), (from, "First day."),
             (to, "Last day; until further notice where empty."),
             (reopened, "Whether it was open again."), (at, "When."), (seq, "Entry."))

struct clash_referral_row {
    session_id session;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(clash_referral_row, (session, "The session."), (at, "When."), (seq, "Entry."))

struct clash_query {
    static constexpr wire_info wire{"prevention.clash", 1, "One clash with everything said to it."};
    clash_id clash;
};
VECHE_FIELDS(clash_query, (clash, "The clash."))

struct clash_view {
    clash_row row;
    instant found;
    std::vector<clash_position_row> positions;
    std::vector<clash_change_row> changes;
    std::vector<clash_referral_row> referred;
    localized settled;
    std::optional<decision_id> decision;
    std::optional<instant> ended;
    std::optional<std::int64_t> ended_seq;
    std::vector<order_row> orders_a;
    std::vector<order_row> orders_b;
};
VECHE_FIELDS(clash_view, (row, "The clash."), (found, "When it was found."),
             (positions, "What the sides said."), (changes, "How it moved."),
             (referred, "Sessions on whose agenda it was put."),
             (settled, "How a decision settled it."), (decision, "Which decision."),
             (ended, "When it was closed."), (ended_seq, "Entry that closed it."),
             (orders_a, "Orders of the one side on its days."),
             (orders_b, "Orders of the other side on its days."))

struct order_batch_query {
    static constexpr wire_info wire{"prevention.batch", 1, "Orders laid ready, and what is wrong."};
    order_batch_id batch;
};
VECHE_FIELDS(order_batch_query, (batch, "The batch."))

struct order_problem_row {
    std::int64_t row = 0;
    order_id order;
    refusal_record why;
};
VECHE_FIELDS(order_problem_row, (row, "Number of the order in the batch, from 1."),
             (order, "The order."), (why, "Why it cannot be recorded."))

struct order_batch_view {
    order_batch_standing standing{};
    std::int64_t orders = 0;
    std::vector<order_problem_row> problems;
};
VECHE_FIELDS(order_batch_view, (standing, "How it stands."), (orders, "How many orders it has."),
             (problems, "What cannot be recorded, as it would be judged for the asker now."))

result<in_force_view> ask(const world&, const in_force_query&, const viewer&);
result<index_series_view> ask(const world&, const index_series_query&, const viewer&);
result<kind_view> ask(const world&, const kind_query&, const viewer&);
result<orders_view> ask(const world&, const orders_query&, const viewer&);
result<order_view> ask(const world&, const order_query&, const viewer&);
result<clashes_view> ask(const world&, const clashes_query&, const viewer&);
result<past_clashes_view> ask(const world&, const past_clashes_query&, const viewer&);
result<clash_view> ask(const world&, const clash_query&, const viewer&);
result<order_batch_view> ask(const world&, const order_batch_query&, const viewer&);

using queries =
    std::tuple<in_force_query, index_series_query, kind_query, orders_query, order_query,
               clashes_query, past_clashes_query, clash_query, order_batch_query>;

}  // namespace veche::prevention
