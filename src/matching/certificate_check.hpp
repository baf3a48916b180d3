#pragma once
// Judges an outcome from the input and the outcome alone. It shares no code with the engines and
// knows none of their steps: a few passes over the lists.

#include <optional>
#include <string>

#include "matching/rules.hpp"
#include "matching/seats.hpp"

namespace veche::matching {

enum class fault : std::uint8_t {
    none,
    shape,           ///< the outcome is of another market
    not_asked_for,   ///< placed where the applicant did not apply
    over_capacity,   ///< more are placed than there are seats
    refused_placed,  ///< placed though the limit refuses them
    passed_over,     ///< a better programme of the list does not refuse them
    needless_limit,  ///< somebody is refused though a seat is free
    loose_limit,     ///< the limit is not the one that follows from who is placed
    wrong_choice,    ///< by its own rule the programme would take others
    improvable,      ///< all of a cycle could be better off, and nobody passed over
    wrong_seat       ///< in a seat that is not for them
};
VECHE_CHOICES(fault, none, shape, not_asked_for, over_capacity, refused_placed, passed_over,
              needless_limit, loose_limit, wrong_choice, improvable, wrong_seat)

/// The first fault found, and whom and what it concerns (nobody where it concerns no one in
/// particular).
struct verdict {
    fault found = fault::none;
    std::uint32_t applicant = nobody;
    std::uint32_t programme = nobody;
    [[nodiscard]] bool holds() const { return found == fault::none; }
};

/// Stable by strict ranks: everybody is at the first programme of their list whose limit they meet,
/// seats suffice, a programme refuses only when full, and its limit follows its last admitted.
/// With as many seats as are filled this is stability; one pass.
verdict check_stable(const market&, const outcome&);

/// Of the stable outcomes by strict ranks the best for all applicants, or for all programmes.
/// Where it is not, some programmes can be laid in a ring along which the best applicant whom each
/// lacks (or the worst whom each holds) moves one on, and all stays stable (Gusfield and Irving
/// 1989; Erdil and Ergin 2008). Such a ring is looked for, in one pass. Presumes check_stable.
verdict check_optimal(const market&, const outcome&, proposing);

/// Score limits with equals together (Biro and Kiselgof 2015). Hungarian: nobody beyond the seats,
/// and the next class would overflow. Chilean: without its last class each full programme has a
/// free seat. Every other policy is refused as fault::shape.
verdict check_score_limits(const market&, const outcome&, tie_policy);

/// Of all whom a programme holds or who would rather be there it chooses, by its seat plan, those
/// whom it holds; with strict ranks.
verdict check_reserved(const market&, const reserves&, const reserved_outcome&);

/// Nobody would rather be where somebody with a higher rank number is, or a seat is free; equals do
/// not part. What holds after lots and after improvement.
verdict check_weakly_stable(const market&, const assignment&);

/// One sentence; names stand for the numbers.
std::string sentence(const verdict&, const std::string& applicant, const std::string& programme);

}  // namespace veche::matching
