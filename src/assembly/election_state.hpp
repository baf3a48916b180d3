#pragma once
// One election as it is known.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "assembly/election_events.hpp"
#include "charter/charter.hpp"

namespace veche::assembly {

struct candidacy {
    person_id person;
    localized name;  ///< as nominated; empty where the charter has a title
    candidacy_status status{};
    person_id nominated_by;
    std::string nominated_as;
    std::uint64_t seq = 0;
};

/// What one seat has said so far. `seq` is the entry of its ballot, 0 where it has not voted.
struct election_mark {
    std::vector<person_id> marks;
    std::vector<person_id> against;
    std::uint64_t seq = 0;
};

/// One opening of the ballots.
struct election_round {
    instant opened;
    std::optional<instant> closed;
    std::string lot_commitment;
    std::optional<std::string> lot_number;
    std::vector<person_id> candidates;  ///< in the order of nomination; by votes in a second round
    std::shared_ptr<const std::vector<charter::elector>> electors;  ///< in the charter's order
    std::vector<election_mark> marks;                               ///< by position in `electors`
    std::vector<elections::stage> stages;
    std::optional<election_decided> result;
    std::uint64_t seq = 0;
    std::uint64_t decided_seq = 0;
};

/// Why a result could not be carried out.
struct election_failure {
    std::int32_t index = 0;
    refusal_record why;
    std::uint64_t seq = 0;
};

struct election {
    election_id id;
    session_id session;
    item_id item;
    body_id body;
    localized title;
    std::optional<office_id> office;
    std::vector<std::string> seats;
    method how{};
    needed needs{};
    std::int32_t posts = 1;
    std::optional<date> from;
    std::optional<date> until;
    std::vector<std::string> succeeds;
    std::vector<candidacy> candidates;
    std::vector<election_round> rounds;
    election_status status{};
    localized reason;                        ///< of breaking it off
    std::vector<enactment> orders;           ///< what carries out the result
    std::vector<std::uint64_t> carried_out;  ///< entries, in the order of `orders`
    std::optional<election_failure> failed;
    instant at;
    std::uint64_t seq = 0;

    [[nodiscard]] const candidacy* find(const person_id&) const;
};

}  // namespace veche::assembly
