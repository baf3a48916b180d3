#pragma once
// What is known of a vote besides one ballot per seat, and of proxies.

#include <optional>
#include <string>

#include "assembly/casting_terms.hpp"
#include "assembly/terms.hpp"
#include "charter/rule.hpp"

namespace veche::assembly {

/// Totals of a show of hands: nobody is named.
struct hand_count {
    std::int32_t yes = 0;
    std::int32_t no = 0;
    std::int32_t abstain = 0;
    std::uint64_t seq = 0;
};

/// What a seat meant, stated after the vote. The latest of a seat stands.
struct correction {
    std::uint32_t position = 0;  ///< in the roll
    vote_choice choice{};
    localized reason;
    instant at;
    std::uint64_t seq = 0;
};

/// An objection to a silence procedure, while its no stands.
struct objection {
    std::uint32_t position = 0;  ///< in the roll
    localized reason;
    instant at;
    std::uint64_t seq = 0;
};

/// A seat lets another seat vote for it in a session, or in one vote of it. It lapses when the
/// giver no longer holds the seat.
struct proxy {
    std::string seat;
    std::string by;  ///< the seat that votes for it
    std::optional<vote_id> vote;
    person_id giver;
    instant at;
    std::uint64_t seq = 0;
};

}  // namespace veche::assembly
