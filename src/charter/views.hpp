#pragma once
// Views of the charter, as of the viewer's day. Texts stay in all their languages; the page picks
// one.

#include <tuple>

#include "charter/commands.hpp"

namespace veche::charter {

// --- parts ------------------------------------------------------------------------------------

struct body_name {
    body_id id;
    localized name;
    bool invented = false;
};
VECHE_FIELDS(body_name, (id, "Id of the body."), (name, "Name by language."),
             (invented, "Whether it is invented for the example."))

struct holder_view {
    person_id person;
    localized title;
    std::string mandate;
    date from;
    std::optional<date> until;
};
VECHE_FIELDS(holder_view, (person, "The person."), (title, "Title of the person."),
             (mandate, "The mandate."), (from, "First day."), (until, "Last day."))

/// A rule with its source, as text for lawyers and in words.
struct rule_in_words {
    std::string id;
    localized name;
    std::string source;
    source_mark mark = source_mark::config;
    std::string text;
    std::vector<reason_line> words;
};
VECHE_FIELDS(rule_in_words, (id, "Id of the rule."), (name, "Name by language."),
             (source, "Legal source."), (mark, "Whether that source was read."),
             (text, "The rule in the text form of the rule language."),
             (words, "The rule in words, line by line."))

// --- charter.union ----------------------------------------------------------------------------

struct union_query {
    static constexpr wire_info wire{"charter.union", 1,
                                    "The union: members and their weights, units, languages."};
    std::optional<date> on;
};
VECHE_FIELDS(union_query, (on, "The day; today where it is missing."))

struct weight_view {
    std::string name;
    std::int64_t value = 0;
    date from;
    reason_line label;
};
VECHE_FIELDS(weight_view, (name, "Name by which rules use it."), (value, "The weight of that day."),
             (from, "First day it holds."), (label, "Its name in words."))

struct member_view {
    member_id id;
    localized name;
    date from;
    std::optional<date> until;
    std::vector<weight_view> weights;
    std::string source;
    std::int32_t seats = 0;
};
VECHE_FIELDS(member_view, (id, "Id of the member."), (name, "Name by language."),
             (from, "First day of membership."), (until, "Last day of membership."),
             (weights, "Its weights on that day."), (source, "Where the figures come from."),
             (seats, "Its seats in all bodies together."))

struct amendment_view {
    body_name body;
    rule_in_words rule;
};
VECHE_FIELDS(amendment_view, (body, "The body that changes the charter."),
             (rule, "The rule under which it does."))

struct union_view {
    std::string id;
    localized name;
    localized note;
    date on;
    std::string zone;
    std::vector<member_view> members;
    std::vector<unit> units;
    std::vector<language> languages;
    std::optional<amendment_view> amendment;
    std::vector<std::string> unsigned_types;
    std::optional<open_data_ids> open_data;
    std::optional<witness_policy> witnesses;
};
VECHE_FIELDS(union_view, (id, "Id of the union."), (name, "Name by language."),
             (note, "What is invented here."), (on, "The day that is shown."),
             (zone, "Time zone of the seat."), (members, "Members on that day."),
             (units, "Units of the ledger."), (languages, "Languages."),
             (amendment, "Who changes the charter, and how."),
             (unsigned_types, "Commands that need no signature of an actor without a key."),
             (open_data, "Its identifiers in registers of open data."),
             (witnesses, "Who witnesses its journal."))

// --- charter.bodies ---------------------------------------------------------------------------

struct bodies_query {
    static constexpr wire_info wire{"charter.bodies", 1, "All bodies of the union."};
};
VECHE_NO_FIELDS(bodies_query)

struct body_row {
    body_id id;
    localized name;
    localized about;
    std::string kind;
    bool invented = false;
    std::string source;
    std::optional<body_name> parent;
    std::int32_t seats = 0;
    std::int32_t held = 0;
    std::int32_t offices = 0;
};
VECHE_FIELDS(body_row, (id, "Id of the body."), (name, "Name by language."), (about, "What it is."),
             (kind, "Kind of body."), (invented, "Whether it is invented for the example."),
             (source, "Where the description comes from."), (parent, "The body above it."),
             (seats, "How many seats it has today."), (held, "How many of them are held."),
             (offices, "How many offices it has."))

struct bodies_view {
    std::vector<body_row> bodies;
};
VECHE_FIELDS(bodies_view, (bodies, "Bodies, in the order of the charter."))

// --- charter.body -----------------------------------------------------------------------------

struct body_query {
    static constexpr wire_info wire{"charter.body", 1,
                                    "One body: seats and who holds them, offices, rules, powers."};
    body_id id;
    std::optional<date> on;
};
VECHE_FIELDS(body_query, (id, "Id of the body."), (on, "The day; today where it is missing."))

struct seat_view {
    std::string id;
    localized name;
    std::optional<holder_view> holder;
};
VECHE_FIELDS(seat_view, (id, "Id of the seat."), (name, "Title of its holder."),
             (holder, "Who holds it; nobody where it is vacant."))

struct member_seats {
    std::optional<member_id> member;
    localized name;
    std::vector<seat_view> seats;
};
VECHE_FIELDS(member_seats, (member, "The member; none where seats stand for no member."),
             (name, "Name of the member."), (seats, "Its seats."))

struct office_view {
    office_id id;
    localized name;
    std::optional<member_id> member;
    localized member_name;
    std::vector<std::string> powers;
    std::vector<body_name> over;
    std::vector<holder_view> holders;
};
VECHE_FIELDS(office_view, (id, "Id of the office."), (name, "Title."),
             (member, "The member it stands for."), (member_name, "Name of that member."),
             (powers, "What it may do."), (over, "Further bodies in which it may do so."),
             (holders, "Who holds it."))

struct body_view {
    body_id id;
    localized name;
    localized about;
    std::string kind;
    bool invented = false;
    std::string source;
    date on;
    std::optional<body_name> parent;
    std::vector<body_name> below;
    std::optional<std::int32_t> escalate_days;
    std::vector<std::int32_t> remind_days;
    bloc_mode blocs = bloc_mode::none;
    std::vector<rule_in_words> rules;
    std::vector<std::string> enacts;
    bool amends_charter = false;
    std::vector<member_seats> members;
    std::int32_t seats = 0;
    std::vector<office_view> offices;
};
VECHE_FIELDS(body_view, (id, "Id of the body."), (name, "Name by language."),
             (about, "What it is."), (kind, "Kind of body."),
             (invented, "Whether it is invented for the example."),
             (source, "Where the description comes from."), (on, "The day that is shown."),
             (parent, "The body above it."), (below, "Bodies directly below it."),
             (escalate_days, "Days overdue after which the body above is seized."),
             (remind_days, "Days before a last day on which it is reminded."),
             (blocs, "How the ballots of one member's seats become one."),
             (rules, "Rules it may decide under, the default first."),
             (enacts, "Commands that its decisions may order."),
             (amends_charter, "Whether it changes the charter."),
             (members, "Seats by member, in the order of the charter."),
             (seats, "How many seats it has on that day."), (offices, "Its offices."))

// --- charter.persons --------------------------------------------------------------------------

struct persons_query {
    static constexpr wire_info wire{"charter.persons", 1,
                                    "Persons who hold or held a mandate, by role and number."};
};
VECHE_NO_FIELDS(persons_query)

/// A seat or an office of a person.
struct post_view {
    std::optional<std::string> seat;
    std::optional<office_id> office;
    localized name;
    body_name body;
    date from;
    std::optional<date> until;
    bool now = false;
};
VECHE_FIELDS(post_view, (seat, "The seat."), (office, "The office."), (name, "Its name."),
             (body, "The body."), (from, "First day."), (until, "Last day."),
             (now, "Whether it is held today."))

struct person_view {
    person_id id;
    localized title;
    std::vector<post_view> posts;
};
VECHE_FIELDS(person_view, (id, "Id of the person."), (title, "Title."),
             (posts, "Seats and offices held."))

struct persons_view {
    std::vector<person_view> persons;
};
VECHE_FIELDS(persons_view, (persons, "Persons, in the order of their first mandates."))

using queries = std::tuple<union_query, bodies_query, body_query, persons_query>;

result<union_view> ask(const world&, const union_query&, const viewer&);
result<bodies_view> ask(const world&, const bodies_query&, const viewer&);
result<body_view> ask(const world&, const body_query&, const viewer&);
result<persons_view> ask(const world&, const persons_query&, const viewer&);

}  // namespace veche::charter
