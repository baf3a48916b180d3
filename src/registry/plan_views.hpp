#pragma once
// What is public of plans: their items, what each side said of them, how they were amended.

#include "registry/plans.hpp"

namespace veche::registry {

/// A side that owes something, by name.
struct owing_side {
    link_side side{};
    localized names;
};
VECHE_FIELDS(owing_side, (side, "Which side."), (names, "Its names by language."))

struct item_row {
    link_id link;
    plan_item_id item;
    body_id body;
    localized a;
    localized b;
    localized text;
    std::vector<link_side> sides;
    std::vector<owing_side> owes;
    std::string due;
    date last_day;
    item_standing standing{};
    std::optional<date> done_on;
    std::optional<std::int64_t> days_late;
    std::optional<std::int64_t> late_seq;
    verification verified{};
    instant changed;
    std::int64_t changes = 0;
    std::int64_t seq = 0;
};
VECHE_FIELDS(item_row, (link, "The link."), (item, "Short name in its plan."),
             (body, "The body whose office answers for the record."), (a, "Names of one side."),
             (b, "Names of the other."), (text, "What is to be done."),
             (sides, "Which side owes it."), (owes, "The same by name."),
             (due, "Until when, as it was recorded."),
             (last_day, "The last day on which it is in time."), (standing, "Its state by rule."),
             (done_on, "The day by which all who owe it say that it was done."),
             (days_late, "Days after its last day: until today, or until it was done."),
             (late_seq, "Entry that found it late."), (verified, "How far the record was read."),
             (changed, "When something was last recorded or said of it."),
             (changes, "How often something was."), (seq, "Entry that recorded it last."))

struct item_word_row {
    link_side side{};
    item_word says{};
    std::optional<std::string> on;
    localized about;
    std::optional<activity_id> activity;
    std::optional<content_ref> proof;
    source_note source;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(item_word_row, (side, "Which side."), (says, "What it says."), (on, "When it was so."),
             (about, "In its words."), (activity, "The activity that shows it."),
             (proof, "A document that shows it."), (source, "Who says so."),
             (by, "Who recorded it."), (as, "Under which office."), (at, "When."), (seq, "Entry."))

/// What the item said before it was amended.
struct item_change_row {
    localized text;
    std::vector<link_side> sides;
    std::string due;
    localized reason;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(item_change_row, (text, "What was to be done."), (sides, "Which side owed it."),
             (due, "Until when."), (reason, "Why it came in the place of what was there before."),
             (by, "Who recorded it."), (as, "Under which office."), (at, "When."), (seq, "Entry."))

struct planned_item_view {
    item_row row;
    source_note source;
    std::vector<item_word_row> words;
    std::vector<item_change_row> before;
    localized reason;
};
VECHE_FIELDS(planned_item_view, (row, "The item in short."), (source, "Who says so."),
             (words, "What each side says of it, the newest first."),
             (before, "What it said before, the latest first."),
             (reason, "Why it was amended last."))

struct item_count {
    item_standing standing{};
    std::int64_t items = 0;
};
VECHE_FIELDS(item_count, (standing, "State."), (items, "How many items are in it."))

struct plan_items_query {
    static constexpr wire_info wire{"registry.plan_items", 1,
                                    "Items of the plans of links, by their last day."};
    std::optional<std::string> query;
    std::optional<link_id> link;
    std::optional<place_id> place;
    std::optional<item_standing> standing;
    std::optional<date> from;
    std::optional<date> until;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(plan_items_query, (query, "Words of the item or of its sides, all of them."),
             (link, "Only of this link."),
             (place, "Only of links of this place and of those within it."),
             (standing, "Only in this state."), (from, "Only with a last day from this one on."),
             (until, "Only with a last day up to this one."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct plan_items_view {
    std::vector<item_row> items;
    std::vector<item_count> standings;
    std::int32_t found = 0;
    std::int32_t total = 0;
};
VECHE_FIELDS(plan_items_view, (items, "By last day, then by link and short name."),
             (standings,
              "How many of those that match are in each state, whatever state was asked for."),
             (found, "How many match."), (total, "How many items there are in all."))

/// How somebody has to do with a link: in whose office its record is kept, or speaking for a side.
enum class link_tie : std::uint8_t { keeper, speaker };
VECHE_CHOICES(link_tie, keeper, speaker)

struct my_plan_items_query {
    static constexpr wire_info wire{
        "registry.my_plan_items", 1,
        "Open items of the plans of links that a person has to do with, by their last day."};
    person_id person;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(my_plan_items_query, (person, "The person."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct my_item_row {
    item_row row;
    std::vector<link_tie> ties;
};
VECHE_FIELDS(my_item_row, (row, "The item."), (ties, "How the person has to do with it."))

struct my_plan_items_view {
    std::vector<my_item_row> items;
    std::int32_t found = 0;
    std::int32_t late = 0;
};
VECHE_FIELDS(my_plan_items_view,
             (items, "Planned and late, by last day, then by link and short name."),
             (found, "How many there are."), (late, "How many of them are late."))

using plan_queries = std::tuple<plan_items_query, my_plan_items_query>;

struct world;
result<plan_items_view> ask(const world&, const plan_items_query&, const viewer&);
result<my_plan_items_view> ask(const world&, const my_plan_items_query&, const viewer&);

item_row show_item(const state&, const item_key&, date today);
/// The plan of the link in the order of last days.
std::vector<planned_item_view> show_plan(const state&, const link&, date today);
/// Items of the link that were due in the year or done in it, by last day.
std::vector<item_row> show_plan(const state&, const link&, std::int32_t year, date today);

}  // namespace veche::registry
