#pragma once
// What is public of the register: all of it.

#include "registry/batches.hpp"
#include "registry/plan_views.hpp"
#include "registry/standing.hpp"

namespace veche::registry {

/// A place as others name it.
struct place_name {
    place_id place;
    localized names;
    place_kind kind{};
    std::optional<member_id> member;
};
VECHE_FIELDS(place_name, (place, "Short name."), (names, "Names by language."), (kind, "Kind."),
             (member, "The member that it is of."))

struct places_query {
    static constexpr wire_info wire{"registry.places", 1, "Places by member and name."};
    std::optional<std::string> query;
    std::optional<member_id> member;
    std::optional<place_kind> kind;
    std::optional<place_id> within;
    std::optional<bool> past;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(places_query, (query, "Words of its names or codes, all of them."),
             (member, "Only of this member."), (kind, "Only of this kind."),
             (within, "Only those directly within this place."),
             (past, "Also those that are none any more."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct place_row {
    place_name named;
    std::optional<place_name> within;
    std::optional<map_point> at;
    std::optional<place_name> seat;
    std::optional<std::int64_t> people;
    std::optional<std::string> people_on;
    std::int64_t links = 0;
    std::int64_t alive = 0;
    std::int64_t organisations = 0;
    bool past = false;
    verification verified{};
};
VECHE_FIELDS(place_row, (named, "The place."), (within, "The place around it."),
             (at, "Where it is; of a region without a point of its own, where its seat is."),
             (seat, "The town where it is governed."),
             (people, "How many people, by the latest figure."), (people_on, "When."),
             (links, "Links of it and of the places within it."),
             (alive, "Of these, concluded or active."),
             (organisations, "Organisations that sit there or within it."),
             (past, "Whether it is none any more."), (verified, "How far the record was read."))

struct places_view {
    std::vector<place_row> places;
    std::int32_t found = 0;
    std::int32_t total = 0;
};
VECHE_FIELDS(places_view, (places, "By member, then by short name."), (found, "How many match."),
             (total, "How many places there are in all."))

struct end_row {
    std::optional<place_name> place;
    std::optional<organisation_id> organisation;
    localized names;
    std::optional<member_id> member;
    std::optional<place_name> region;
    std::optional<map_point> at;
};
VECHE_FIELDS(end_row, (place, "The place."), (organisation, "The organisation."),
             (names, "Names by language."), (member, "The member that it is of."),
             (region, "The region around it, where it is not one itself."), (at, "Where it is."))

struct link_row {
    link_id link;
    link_kind kind{};
    end_row a;
    end_row b;
    link_standing standing{};
    std::optional<std::string> since;
    std::optional<date> last_activity;
    std::optional<std::string> last_on;
    std::int64_t activities = 0;
    verification verified{};
    std::int64_t seq = 0;
};
VECHE_FIELDS(link_row, (link, "Short name."), (kind, "Kind."), (a, "One side."),
             (b, "The other side."), (standing, "Its state by rule."),
             (since, "Since when, by the side that said so first."),
             (last_activity, "The last day on which the latest activity may have been."),
             (last_on, "When that activity was, as it was reported."),
             (activities, "How many were reported."), (verified, "How far the record was read."),
             (seq, "Entry that recorded it."))

struct links_query {
    static constexpr wire_info wire{"registry.links", 1, "Links between two sides."};
    std::optional<std::string> query;
    std::optional<place_id> place;
    std::optional<link_kind> kind;
    std::optional<link_standing> standing;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(links_query, (query, "Words of the names of its sides, all of them."),
             (place, "Only of this place and of those within it."), (kind, "Only of this kind."),
             (standing, "Only in this state."), (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct standing_count {
    link_standing standing{};
    std::int64_t links = 0;
};
VECHE_FIELDS(standing_count, (standing, "State."), (links, "How many links are in it."))

struct links_view {
    std::vector<link_row> links;
    std::vector<standing_count> standings;
    std::int32_t found = 0;
    std::int32_t total = 0;
};
VECHE_FIELDS(links_view, (links, "By the names of their short names."),
             (standings,
              "How many of those that match are in each state, whatever state was asked for."),
             (found, "How many match."), (total, "How many links there are in all."))

struct link_map_query {
    static constexpr wire_info wire{"registry.link_map", 1,
                                    "How many links there are between each two regions."};
    std::optional<std::string> query;
    std::optional<place_id> place;
    std::optional<link_kind> kind;
    std::optional<link_standing> standing;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(link_map_query, (query, "Words of the names of its sides, all of them."),
             (place, "Only of this place and of those within it."), (kind, "Only of this kind."),
             (standing, "Only in this state."),
             (count, "How many pairs to show; all where nothing is said."))

struct region_pair {
    place_name a;
    std::optional<map_point> a_at;
    place_name b;
    std::optional<map_point> b_at;
    std::int64_t links = 0;
    std::int64_t alive = 0;
};
VECHE_FIELDS(region_pair, (a, "One region, or the place itself where it lies in none."),
             (a_at, "Where it is."), (b, "The other."), (b_at, "Where that is."),
             (links, "Links between the two."), (alive, "Of these, concluded or active."))

struct link_map_view {
    std::vector<region_pair> pairs;
    std::int64_t found = 0;
    std::int64_t nowhere = 0;
};
VECHE_FIELDS(link_map_view, (pairs, "Pairs of regions, those with most links first."),
             (found, "Pairs, shown or not."),
             (nowhere, "Links of which a side has no known place."))

struct claim_row {
    link_side side{};
    link_claim says{};
    std::optional<std::string> on;
    std::optional<content_ref> document;
    std::optional<content_ref> plan;
    source_note source;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(claim_row, (side, "Which side."), (says, "What it says."), (on, "Since when."),
             (document, "What was signed."), (plan, "The plan."), (source, "Who says so."),
             (by, "Who recorded it."), (as, "Under which office."), (at, "When."), (seq, "Entry."))

struct activity_row {
    activity_id activity;
    std::optional<link_id> link;
    std::optional<organisation_id> organisation;
    std::string on;
    activity_kind kind{};
    localized about;
    std::optional<std::int64_t> people;
    std::optional<amount> money;
    std::optional<std::string> claim;
    std::optional<place_name> place;
    std::optional<content_ref> document;
    source_note source;
    std::int64_t seq = 0;
};
VECHE_FIELDS(activity_row, (activity, "Short name."), (link, "The link."),
             (organisation, "The organisation."), (on, "When."), (kind, "Kind."),
             (about, "What was done."), (people, "How many took part."), (money, "What it cost."),
             (claim, "The claim under which the fund paid."), (place, "Where."),
             (document, "A report of it."), (source, "Who says so."), (seq, "Entry."))

struct link_query {
    static constexpr wire_info wire{"registry.link", 1,
                                    "One link: what each side says, what was done."};
    link_id link;
    std::optional<std::int32_t> offset{};
    std::optional<std::int32_t> count{};
};
VECHE_FIELDS(link_query, (link, "The link."),
             (offset, "How many activities to leave out, of the latest."),
             (count, "How many activities to show; all where nothing is said."))

struct link_view {
    link_row row;
    localized about;
    source_note source;
    std::optional<date> quiet_since;
    std::optional<date> dormant_on;
    std::optional<std::int64_t> dormant_seq;
    std::vector<claim_row> claims;
    std::vector<activity_row> activities;
    std::vector<std::int64_t> versions;
    std::vector<planned_item_view> plan;
};
VECHE_FIELDS(link_view, (row, "The link in short."), (about, "What it is for."),
             (source, "Who says that there is one."),
             (quiet_since, "The last day on which something is known to have happened on it."),
             (dormant_on, "The day on which it becomes dormant, or became so."),
             (dormant_seq, "Entry that says that it is."),
             (claims, "What each side says, the newest first."),
             (activities, "What was done, the latest first."),
             (versions, "Entries that recorded it."),
             (plan, "The items of its plan, by their last day."))

struct organisation_name {
    organisation_id organisation;
    localized names;
};
VECHE_FIELDS(organisation_name, (organisation, "Short name."), (names, "Names by language."))

struct organisations_query {
    static constexpr wire_info wire{"registry.organisations", 1,
                                    "Organisations by kind and place."};
    std::optional<std::string> query;
    std::optional<organisation_kind> kind;
    std::optional<place_id> place;
    std::optional<std::string> sector;
    std::optional<bool> run;
    std::optional<enterprise_standing> standing;
    std::optional<std::int32_t> offset;
    std::optional<std::int32_t> count;
};
VECHE_FIELDS(organisations_query, (query, "Words of its names or codes, all of them."),
             (kind, "Only of this kind."), (place, "Only in this place and those within it."),
             (sector, "Only in this division of ISIC."),
             (run, "Only those that several sides run."),
             (standing, "Only those of them in this state."),
             (offset, "How many to leave out at the beginning."),
             (count, "How many to show; all where nothing is said."))

struct organisation_row {
    organisation_name named;
    std::vector<organisation_kind> kinds;
    std::vector<std::string> sectors;
    std::optional<place_name> place;
    std::optional<member_id> member;
    std::optional<enterprise_form> form;
    std::optional<enterprise_standing> standing;
    std::optional<std::int32_t> seen_year;
    verification verified{};
    std::int64_t seq = 0;
};
VECHE_FIELDS(organisation_row, (named, "The organisation."), (kinds, "What it is."),
             (sectors, "Divisions of ISIC."), (place, "Where it sits."),
             (member, "The member that it is of."),
             (form, "What it is, where several sides run it."), (standing, "Its state by rule."),
             (seen_year, "The latest year for which something was reported."),
             (verified, "How far the record was read."), (seq, "Entry that recorded it."))

struct organisations_view {
    std::vector<organisation_row> organisations;
    std::int32_t found = 0;
    std::int32_t total = 0;
};
VECHE_FIELDS(organisations_view, (organisations, "By short name."), (found, "How many match."),
             (total, "How many there are in all, merged ones left out."))

struct organisation_query {
    static constexpr wire_info wire{"registry.organisation", 1,
                                    "One organisation: codes, holders, what was seen of it."};
    organisation_id organisation;
};
VECHE_FIELDS(organisation_query, (organisation, "The organisation."))

struct holder_row {
    holder what;
    localized names;
};
VECHE_FIELDS(holder_row, (what, "As it was recorded."),
             (names, "Names of an organisation of the register."))

struct operation_row {
    std::int32_t year = 0;
    operation seen{};
    localized about;
    std::optional<content_ref> proof;
    source_note source;
    std::int64_t seq = 0;
};
VECHE_FIELDS(operation_row, (year, "The year."), (seen, "What was seen."),
             (about, "What shows it."), (proof, "A document that shows it."),
             (source, "Who says so."), (seq, "Entry."))

/// What would go back with the record if it were separated now.
struct goes_back_count {
    std::int64_t links = 0;
    std::int64_t activities = 0;
    std::int64_t reports = 0;
    std::int64_t profiles = 0;
};
VECHE_FIELDS(goes_back_count, (links, "Links of it."), (activities, "Activities of it."),
             (reports, "What was seen of it, by reports."), (profiles, "Profiles of it."))

struct merger_end {
    localized reason;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
};
VECHE_FIELDS(merger_end, (reason, "How it is known that they are two."), (by, "Who undid it."),
             (as, "Under which office."), (at, "When."), (seq, "Entry."))

struct merger_row {
    organisation_name kept;
    organisation_name merged;
    localized reason;
    person_id by;
    std::string as;
    instant at;
    std::int64_t seq = 0;
    std::optional<goes_back_count> goes_back;
    std::optional<merger_end> undone;
};
VECHE_FIELDS(merger_row, (kept, "The record that stayed."), (merged, "The record that went in."),
             (reason, "How it was known."), (by, "Who merged them."), (as, "Under which office."),
             (at, "When."), (seq, "Entry."),
             (goes_back, "What would go back with it; nothing where it was undone."),
             (undone, "What undid it."))

struct organisation_view {
    organisation_row row;
    std::vector<code> codes;
    std::optional<std::string> address;
    std::optional<std::string> from;
    std::optional<std::string> until;
    source_note source;
    std::vector<organisation_name> merged;
    std::vector<merger_row> mergers;
    std::optional<std::string> since;
    std::optional<source_note> holders_source;
    std::vector<holder_row> holders;
    std::vector<operation_row> seen;
    std::vector<link_row> links;
    std::vector<activity_row> activities;
    std::vector<organisation_name> holds;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(organisation_view, (row, "The organisation in short."), (codes, "Codes."),
             (address, "Its address on the web."), (from, "Since when it exists."),
             (until, "Until when it existed."), (source, "Who says so."),
             (merged, "Records that were merged into it."),
             (mergers,
              "Mergers with other records, also those that were undone, the latest first."),
             (since, "Since when it is run so."), (holders_source, "Who says who holds it."),
             (holders, "Who holds it."), (seen, "What was seen of it, the latest year first."),
             (links, "Its links."), (activities, "What it did, the latest first."),
             (holds, "Enterprises of which it holds a part."),
             (versions, "Entries that recorded it."))

struct owners_query {
    static constexpr wire_info wire{"registry.owners", 1,
                                    "Who holds an organisation, directly and through others."};
    organisation_id organisation;
    std::optional<bool> all;
};
VECHE_FIELDS(owners_query, (organisation, "The organisation."),
             (all, "Also those with less than 5 per cent."))

struct owner_row {
    holder_kind what{};
    std::optional<organisation_id> organisation;
    localized names;
    std::optional<std::string> name;
    std::optional<member_id> member;
    bool direct = false;
    std::int32_t steps = 0;
    std::vector<organisation_name> through;
    std::string low;
    std::string high;
    bool exact = false;
    bool known = true;
};
VECHE_FIELDS(owner_row, (what, "What kind of holder."), (organisation, "Of the register."),
             (names, "Names of an organisation of the register."),
             (name, "Name of an entity or a state."), (member, "The member that it is of."),
             (direct, "Whether it holds a part itself."),
             (steps, "Steps to the organisation on the shortest way."),
             (through, "Organisations of which it holds a part, on ways through others."),
             (low, "At least so many per cent in all, exact or cut at eight decimals."),
             (high, "At most so many, exact or raised at eight decimals."),
             (exact, "Whether these are one share, known exactly."),
             (known, "Whether no share on the way is unknown."))

struct owners_view {
    organisation_name organisation;
    bool recorded = false;
    std::vector<owner_row> owners;
    std::int64_t below = 0;
    bool ring = false;
    bool deeper = false;
    std::optional<source_note> source;
};
VECHE_FIELDS(owners_view, (organisation, "The organisation."),
             (recorded, "Whether anybody recorded who holds it."),
             (owners, "Holders from 5 per cent on, the largest first."),
             (below, "How many hold less."),
             (ring, "Whether organisations hold each other in a ring; it was followed once."),
             (deeper, "Whether holders are more steps away than were followed."),
             (source, "Who says who holds it directly."))

struct place_query {
    static constexpr wire_info wire{"registry.place", 1,
                                    "One place: people, links, organisations, what lies within."};
    place_id place;
    std::optional<std::int32_t> count{};
};
VECHE_FIELDS(place_query, (place, "The place."),
             (count, "How many links and organisations to show; all where nothing is said."))

struct population_row {
    std::string on;
    std::int64_t people = 0;
    source_note source;
};
VECHE_FIELDS(population_row, (on, "When."), (people, "How many people."), (source, "Who says so."))

struct place_view {
    place_row row;
    std::vector<code> codes;
    std::optional<std::string> from;
    std::optional<std::string> until;
    std::vector<place_name> followed_by;
    source_note source;
    std::vector<population_row> population;
    std::vector<place_row> inside;
    std::vector<link_row> links;
    std::vector<std::int32_t> years;
    std::vector<organisation_row> organisations;
    std::vector<std::int64_t> versions;
};
VECHE_FIELDS(place_view, (row, "The place in short."), (codes, "Codes."), (from, "Since when."),
             (until, "Until when."), (followed_by, "What took its place."),
             (source, "Who says so."), (population, "People, the latest first."),
             (inside, "Places directly within it."), (links, "Links of it and of those within it."),
             (years, "Years with activities on them, the latest first."),
             (organisations, "Organisations that sit there or within it."),
             (versions, "Entries that recorded it."))

struct place_year_query {
    static constexpr wire_info wire{"registry.place_year", 1,
                                    "What a place and those within it did with others in a year."};
    place_id place;
    std::int32_t year = 0;
    std::optional<std::int32_t> count{};
};
VECHE_FIELDS(place_year_query, (place, "The place."), (year, "The year."),
             (count, "How many of each list to show; all where nothing is said."))

struct link_year_row {
    link_row link;
    std::vector<activity_row> activities;
    std::int64_t people = 0;
    std::vector<amount> money;
};
VECHE_FIELDS(link_year_row, (link, "The link."), (activities, "What was done in the year."),
             (people, "People who took part, where it was reported."),
             (money, "What it cost, by unit, where it was reported."))

struct place_year_view {
    place_row place;
    std::int32_t year = 0;
    std::vector<link_year_row> links;
    std::vector<link_row> silent;
    std::int64_t activities = 0;
    std::int64_t people = 0;
    std::int64_t without_people = 0;
    std::vector<amount> money;
    std::vector<organisation_row> enterprises;
    std::int64_t links_found = 0;
    std::int64_t silent_found = 0;
    std::int64_t enterprises_found = 0;
    std::vector<item_row> plan;
    std::int64_t plan_found = 0;
};
VECHE_FIELDS(place_year_view, (place, "The place."), (year, "The year."),
             (links, "Links on which something was done."),
             (silent, "Links that stood and on which nothing was reported."),
             (activities, "Activities in the year."), (people, "People who took part."),
             (without_people, "Activities of which nobody said how many took part."),
             (money, "What they cost, by unit."), (enterprises, "Enterprises of several sides."),
             (links_found, "Links on which something was done, shown or not."),
             (silent_found, "Links on which nothing was, shown or not."),
             (enterprises_found, "Enterprises, shown or not."),
             (plan, "Items of plans that were due in the year or done in it, by last day."),
             (plan_found, "Such items, shown or not."))

struct batches_query {
    static constexpr wire_info wire{"registry.batches", 1, "Batches of rows, the newest first."};
};
VECHE_NO_FIELDS(batches_query)

struct batch_row_view {
    batch_id batch;
    body_id body;
    batch_standing standing{};
    std::int64_t rows = 0;
    std::int32_t parts = 0;
    person_id by;
    instant at;
    std::int64_t seq = 0;
    std::optional<std::int64_t> ended_seq;
    localized reason;
};
VECHE_FIELDS(batch_row_view, (batch, "Short name."), (body, "The body."), (standing, "State."),
             (rows, "How many rows."), (parts, "In how many parts."), (by, "Who began it."),
             (at, "When."), (seq, "Entry of the first part."),
             (ended_seq, "Entry that recorded it or put it away."),
             (reason, "Why it was put away."))

struct batches_view {
    std::vector<batch_row_view> batches;
};
VECHE_FIELDS(batches_view, (batches, "Batches, the newest first."))

struct batch_query {
    static constexpr wire_info wire{"registry.batch", 1,
                                    "A batch, and which of its rows cannot be recorded."};
    batch_id batch;
};
VECHE_FIELDS(batch_query, (batch, "The batch."))

struct batch_view {
    batch_row_view row;
    std::vector<row_problem> problems;
};
VECHE_FIELDS(batch_view, (row, "The batch."),
             (problems, "Rows of one that waits which cannot be recorded now."))

using queries =
    std::tuple<places_query, place_query, place_year_query, links_query, link_map_query, link_query,
               organisations_query, organisation_query, owners_query, batches_query, batch_query>;

result<places_view> ask(const world&, const places_query&, const viewer&);
result<place_view> ask(const world&, const place_query&, const viewer&);
result<place_year_view> ask(const world&, const place_year_query&, const viewer&);
result<links_view> ask(const world&, const links_query&, const viewer&);
result<link_map_view> ask(const world&, const link_map_query&, const viewer&);
result<link_view> ask(const world&, const link_query&, const viewer&);
result<organisations_view> ask(const world&, const organisations_query&, const viewer&);
result<organisation_view> ask(const world&, const organisation_query&, const viewer&);
result<owners_view> ask(const world&, const owners_query&, const viewer&);
result<batches_view> ask(const world&, const batches_query&, const viewer&);
result<batch_view> ask(const world&, const batch_query&, const viewer&);

}  // namespace veche::registry
