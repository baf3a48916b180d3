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

struct seen_operation {
    report_operation what;
    doing reported;
};

struct organisation {
    record_organisation what;
    doing recorded;
    std::vector<std::uint64_t> versions;
    std::optional<organisation_id> merged_into;
    std::vector<organisation_id> merged;  ///< into this one
    std::optional<enterprise> run;        ///< by several sides
    std::vector<seen_operation> seen;     ///< in the order in which it was reported
    std::vector<activity_id> activities;
    std::string words;  ///< names and codes, folded for searching
};

struct side_claim {
    claim_link what;
    doing made;
};

struct link {
    record_link what;
    doing recorded;
    std::vector<std::uint64_t> versions;
    std::vector<side_claim> claims;  ///< of both sides, in the order in which they were made
    std::vector<activity_id> activities;
    std::optional<date> last_activity;     ///< the latest day that one of them may have been
    std::string last_on;                   ///< that activity's day as it was reported
    std::optional<date> quiet_since;       ///< while a silence would make it dormant
    std::optional<std::uint64_t> dormant;  ///< the entry that says so
};

struct activity {
    report_activity what;
    doing reported;
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

struct state {
    cow_map<place_id, place> places;
    cow_map<organisation_id, organisation> organisations;
    cow_map<link_id, link> links;
    cow_map<activity_id, activity> activities;
    cow_map<batch_id, batch> batches;

    cow_map<place_id, place_id> seats;  ///< the town where a region is governed
    cow_map<code, place_id> place_codes;
    cow_map<code, organisation_id> organisation_codes;
    cow_map<link_end, std::vector<link_id>> links_of;
    cow_map<quiet_mark, bool> quiet;  ///< deadlines, the earliest first
};

/// The record that stands for the organisation now, after all mergers; nothing where there is none.
const organisation* find_current(const state&, const organisation_id&);

}  // namespace veche::registry
