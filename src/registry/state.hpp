#pragma once
// The register as the journal tells of it.

#include "kernel/cow.hpp"
#include "registry/commands.hpp"

namespace veche::registry {

/// Who did something, under which office, when and by which entry.
struct doing {
    person_id by;
    std::string as;
    instant at;
    std::uint64_t seq = 0;
};

inline doing done_by(const context& ctx) {
    return {ctx.actor, ctx.auth, ctx.at, ctx.seq};
}

struct place {
    record_place what;
    doing recorded;
    std::vector<std::uint64_t> versions;        ///< entries that recorded it, the last holds
    std::vector<record_population> population;  ///< by day, the earliest first
    std::vector<place_id> inside;               ///< in the order of their records
    std::vector<organisation_id> organisations;
    std::string words;  ///< names and codes, folded for searching
};

struct enterprise {
    record_enterprise what;
    doing recorded;
};

struct ownership {
    record_owners what;
    doing recorded;
};

struct seen_operation {
    report_operation what;
    doing reported;
};

/// Who speaks for an organisation.
struct agent {
    name_agent what;
    doing named;
};

/// A merger of two records, and what undid it.
struct merger {
    merge_organisations what;
    doing done;
    std::optional<separate_organisations> undone_as;
    std::optional<doing> undone;
};

struct organisation {
    record_organisation what;
    doing recorded;
    std::vector<std::uint64_t> versions;
    std::optional<organisation_id> merged_into;
    std::vector<organisation_id> merged;  ///< into this one
    std::optional<enterprise> run;        ///< by several sides
    std::optional<ownership> owned;       ///< of one that no several sides run
    std::vector<seen_operation> seen;     ///< in the order in which it was reported
    std::vector<activity_id> activities;
    std::vector<agent> agents;                 ///< one for each person, the newest record holds
    std::string words;                         ///< names and codes, folded for searching
    std::vector<merger> mergers;               ///< of this record into others, the last holds
    std::vector<organisation_id> ever_merged;  ///< into this one at some time, each once
};

struct side_claim {
    claim_link what;
    doing made;
};

/// What lists and years need of an activity without looking it up.
struct activity_mark {
    std::int32_t year = 0;     ///< in which it began
    date last;                 ///< the latest day on which it may have been
    std::uint64_t seq = 0;     ///< entry that reported it
    std::int64_t people = -1;  ///< -1: nobody said
    std::int64_t minor = 0;    ///< money; 0: nobody said
    std::uint16_t unit = 0;    ///< its number in `state::money_units`
};

/// An item of a plan as it was put at a time.
struct planned {
    plan_item what;
    doing recorded;
};

struct item_report {
    report_item what;
    doing reported;
};

struct planned_item {
    std::vector<planned> versions;      ///< the last holds
    std::vector<item_report> reports;   ///< of both sides, in the order in which they were made
    std::optional<date> runs_to;        ///< its last day, while it can fall late
    std::optional<std::uint64_t> late;  ///< the entry that says that it is
};

/// An item by its link and its name there.
struct item_key {
    link_id link;
    plan_item_id item;
    auto operator<=>(const item_key&) const = default;
};

struct link {
    record_link what;
    doing recorded;
    std::vector<std::uint64_t> versions;
    std::vector<side_claim> claims;  ///< of both sides, in the order in which they were made
    std::vector<activity_id> activities;
    std::vector<activity_mark> marks;      ///< of the activities, in the same order
    std::optional<date> last_activity;     ///< the latest day that one of them may have been
    std::string last_on;                   ///< that activity's day as it was reported
    std::optional<date> quiet_since;       ///< while a silence would make it dormant
    std::optional<std::uint64_t> dormant;  ///< the entry that says so
    std::vector<plan_item_id> plan;        ///< items in the order of their records
};

struct activity {
    report_activity what;
    doing reported;
};

/// Where a profile of the partner search stands; a returned one can be sent again.
enum class profile_standing : std::uint8_t { in_review, published, returned, withdrawn, expired };
VECHE_CHOICES(profile_standing, in_review, published, returned, withdrawn, expired)

struct profile_review {
    review_profile what;
    doing done;
};

struct profile {
    submit_profile what;
    doing submitted;
    std::vector<std::uint64_t> versions;
    profile_standing standing{};
    std::optional<profile_review> reviewed;  ///< of this version
    std::optional<doing> over;               ///< withdrawn or expired
    std::vector<interest_id> interests;      ///< in the order in which they came
};

struct given_answer {
    answer_interest what;
    doing done;
};

struct seen_outcome {
    record_outcome what;
    doing done;
};

struct interest {
    express_interest what;
    doing expressed;
    std::optional<given_answer> answer;
    std::optional<seen_outcome> outcome;  ///< the newest
};

/// A part of what was reported of a season; the newest record holds.
struct season_report {
    report_season what;
    doing done;
    std::vector<std::uint64_t> versions;
};

struct season {
    record_season what;
    doing recorded;
    std::vector<std::uint64_t> versions;
    std::vector<season_report> parts;
};

struct exchange {
    record_exchange what;
    doing recorded;
    std::vector<std::uint64_t> versions;
    std::vector<season> seasons;  ///< in the order in which they were recorded
};

enum class batch_standing : std::uint8_t { waiting, accepted, discarded };
VECHE_CHOICES(batch_standing, waiting, accepted, discarded)

struct batch {
    body_id body;
    doing begun;
    batch_standing standing{};
    std::int32_t parts = 0;
    std::vector<batch_row> rows;  ///< while it waits
    std::int64_t count = 0;       ///< of rows
    std::optional<doing> ended;
    localized reason;
};

/// When a link falls silent for too long.
struct quiet_mark {
    instant at;
    link_id link;
    auto operator<=>(const quiet_mark&) const = default;
};

/// When a profile expires.
struct expiry_mark {
    instant at;
    profile_id profile;
    auto operator<=>(const expiry_mark&) const = default;
};

/// When an item of a plan falls late.
struct item_mark {
    instant at;
    item_key of;
    auto operator<=>(const item_mark&) const = default;
};

/// Of a place and all places within it.
struct place_tally {
    std::int64_t links = 0;  ///< each once, also one between two places in it
    std::int64_t alive = 0;  ///< of these, concluded or active
    std::int64_t organisations = 0;
};

struct state {
    cow_map<place_id, place> places;
    cow_map<organisation_id, organisation> organisations;
    cow_map<link_id, link> links;
    cow_map<activity_id, activity> activities;
    cow_map<batch_id, batch> batches;
    cow_map<profile_id, profile> profiles;
    cow_map<interest_id, interest> interests;
    cow_map<exchange_id, exchange> exchanges;
    cow_map<item_key, planned_item> items;

    cow_map<place_id, place_id> seats;  ///< the town where a region is governed
    cow_map<code, place_id> place_codes;
    cow_map<code, organisation_id> organisation_codes;
    cow_map<link_end, std::vector<link_id>> links_of;
    cow_map<organisation_id, std::vector<profile_id>> profiles_of;
    cow_map<organisation_id, std::vector<interest_id>> interests_of;
    cow_map<quiet_mark, bool> quiet;      ///< deadlines, the earliest first
    cow_map<expiry_mark, bool> expiring;  ///< the same of profiles
    cow_map<item_mark, bool> promised;    ///< the same of items of plans

    cow_map<place_id, place_tally> tallies;  ///< of places that have something to count
    cow_map<organisation_id, bool> run;      ///< current organisations that several sides run
    /// Enterprises in which an organisation was recorded as a holder.
    cow_map<organisation_id, std::vector<organisation_id>> held;
    std::size_t merged = 0;            ///< records of organisations that went into others
    std::vector<unit_id> money_units;  ///< in which activities were paid
};

/// The record that stands for the organisation now, after all mergers; nothing where there is none.
const organisation* find_current(const state&, const organisation_id&);
/// Nothing where the exchange has no such season.
const season* find_season(const exchange&, const season_id&);

}  // namespace veche::registry
