#pragma once
// What binds a list: the Merkle root of sorted records. docs/format/calls.md writes the records
// down byte for byte, so that anybody can compute the root from the journal.

#include <span>
#include <string>

#include "calls/state.hpp"
#include "kernel/hash.hpp"

namespace veche::calls {

/// RFC 6962, section 2.1: a leaf is SHA-256(00 || record), a node SHA-256(01 || left || right), the
/// left side the largest power of two below the number of records; of none SHA-256 of nothing.
hash256 merkle_root(std::span<const std::string> records);

/// What the root of a closed call binds of one application.
struct application_record {
    person_id applicant;
    std::optional<std::int64_t> asks;
    std::vector<place_id> choices;
    std::vector<group_id> groups;
    std::optional<person_id> partner;
    std::vector<pair_wish> pairs;
    std::vector<sealed_id> sealed;
    localized title;
    localized about;
    std::optional<map_place> place;
    std::vector<feature_claim> features;
    std::vector<skill_id> skills;
};
VECHE_FIELDS(application_record, (applicant, "The applicant."), (asks, "Minor units asked for."),
             (choices, "Programmes in order."), (groups, "Groups claimed."),
             (partner, "With whom."), (pairs, "What the two want together."),
             (sealed, "Commitments of what is sealed."), (title, "Title of a project."),
             (about, "What a project is."), (place, "Where it is."),
             (features, "Features claimed."), (skills, "Skills claimed."))

/// What the root of a result binds of one candidate.
struct result_record {
    person_id applicant;
    std::optional<group_id> group;
    std::optional<place_id> programme;
    bool offered = false;
};
VECHE_FIELDS(result_record, (applicant, "The applicant."),
             (group, "Group whose reserved place it is."), (programme, "The programme."),
             (offered, "Whether there is an offer."))

/// What the root of a vote binds of one ballot. Marks stand by project, ascending.
struct ballot_record {
    std::vector<vote_mark> marks;
    std::optional<member_id> member;
    person_id voter;
};
VECHE_FIELDS(ballot_record, (marks, "Projects with their points."),
             (member, "The member that the voter named."), (voter, "The voter."))

/// The applications that count, by applicant, and their root.
call_closed close(const state&, const call_id&);

/// The commitment of a custodian to a number. It names call and office, so that nobody can repeat
/// another's.
hash256 lot_commitment(const call_id&, const office_id&, const hash256& number);
/// Seed of the lots: the root of the list, and the numbers revealed, in the order of the custodians
/// (the reference for public lotteries: list first, randomness after). Only where lots are drawn
/// and fixed.
hash256 seed_of(const call&);
/// The lottery number of an applicant at a programme, or at all of them where one lot serves all.
hash256 key_of(const call&, const hash256& seed, const std::optional<place_id>&,
               const person_id& applicant);

}  // namespace veche::calls
