#pragma once
// The words of elections to posts. The methods and the count are of the room `elections`.

#include "assembly/terms.hpp"
#include "elections/elections.hpp"

namespace veche::assembly {

using election_id = id<struct election_tag>;

using elections::method;
using elections::needed;

/// Where an election stands. `runoff`: nobody had the majority, a second round is to be opened.
/// `lapsed`: its session is over and it was never decided.
enum class election_status : std::uint8_t { called, open, runoff, decided, annulled, lapsed };
VECHE_CHOICES(election_status, called, open, runoff, decided, annulled, lapsed)

/// Nobody is voted on who has not agreed to stand.
enum class candidacy_status : std::uint8_t { nominated, standing, withdrawn };
VECHE_CHOICES(candidacy_status, nominated, standing, withdrawn)

}  // namespace veche::assembly
