#pragma once
// Programmes that need at least so many. No stable matching may keep all minimums, so a call says
// what gives way: a programme that does not come to its minimum does not run; or every minimum is
// filled, and seats above the minimums may stay empty though somebody wants them (not being passed
// over by rank and wasting no seat cannot both be kept: Fragiadakis et al. 2016). Either way there
// may be no such matching; then that is said, with a proof.
//
// Nobody is promised that a list that is not the truth cannot pay: which seats are given depends on
// the lists.

#include "kernel/fields.hpp"
#include "matching/outcome.hpp"
#include "matching/rules.hpp"

namespace veche::matching {

struct minimum_terms {
    std::vector<std::uint32_t> least;  ///< of each programme; at most its capacity
    std::vector<std::uint32_t> order;  ///< all programmes, in the order in which they have a turn
    std::vector<bool> apart;           ///< programmes that take no part; empty: all take part
};

enum class minimum_proof : std::uint8_t {
    found,
    none,    ///< there is no such matching, and the steps prove it
    unknown  ///< the search was ended before it came to an end
};
VECHE_CHOICES(minimum_proof, found, none, unknown)

/// A proof goes step by step. Suppose that a programme runs, or that it does not; a step that finds
/// a contradiction ends the last supposition, and its contrary is known from then on, under the
/// suppositions before it.
enum class minimum_move : std::uint8_t {
    open,     ///< suppose that it runs
    closed,   ///< suppose that it does not run
    lacking,  ///< contradiction: it has fewer than its minimum even with as few others as are known
    wanted,   ///< contradiction: it does not run, and as many as its minimum would rather be there
    withheld  ///< no supposition: with one seat more for it, another would lack its minimum
};
VECHE_CHOICES(minimum_move, open, closed, lacking, wanted, withheld)

struct minimum_step {
    minimum_move move{};
    std::uint32_t programme = 0;
    std::uint32_t by = nobody;     ///< number of the matching that shows it
    std::uint32_t other = nobody;  ///< where a seat is withheld: who would lack
    bool operator==(const minimum_step&) const = default;
};

/// A matching that a step speaks of, told by its limits.
struct shown_matching {
    std::vector<std::uint32_t> seats;
    std::vector<std::uint32_t> limits;
    bool operator==(const shown_matching&) const = default;
};

struct minimum_outcome {
    minimum_proof proof = minimum_proof::found;
    std::vector<std::uint32_t> seats;  ///< of each programme, as they are given; 0: it does not run
    outcome of;                        ///< with those seats; without a matching nobody is placed
    std::vector<minimum_step> steps;
    std::vector<shown_matching> shown;
};

/// After so many steps a search says that it does not know.
constexpr std::size_t most_minimum_steps = 20'000;

/// With strict ranks; the matching is the applicants' best with the seats given.
///
/// `closed`: each programme that runs has its minimum, and for none that does not run as many as
/// its minimum would rather be there (Biro, Fleiner, Irving and Manlove 2010; hard in general, so
/// it is searched). Of several the one in which the first in the order runs, then the second, and
/// so on.
///
/// `filled`: seats begin at the minimums, where a matching by rank exists exactly if all of them
/// can be filled (Yokoi 2020); then programmes get one seat more in turn, in the order, as long as
/// all minimums stay filled. Whoever once cannot be given a seat more gets none later.
minimum_outcome match_with_minimums(const market&, const minimum_terms&, minimum_rule,
                                    std::size_t most_steps = most_minimum_steps);

}  // namespace veche::matching
