#pragma once
// What a call must fix before it opens, because laws differ on it.

#include <optional>
#include <string>

#include "kernel/fields.hpp"

namespace veche::matching {

enum class tie_policy : std::uint8_t {
    strict,     ///< there are none; a programme that has one is refused
    hungarian,  ///< a class of equals that would overflow is refused whole
    chilean,    ///< a class of equals that begins while a seat is free is admitted whole
    lottery     ///< numbers drawn for the call part them
};
VECHE_CHOICES(tie_policy, strict, hungarian, chilean, lottery)

enum class reserve_rule : std::uint8_t {
    none,
    first,     ///< reserved seats are filled first; what is left of them goes to others
    last,      ///< open seats are filled first
    hard,      ///< first, and what is left of them stays empty: a cap on all others
    most,      ///< as many reserved seats as can be, with applicants of several types
    declared,  ///< in the order of the columns, the open seats where their column stands
};
VECHE_CHOICES(reserve_rule, none, first, last, hard, most, declared)

enum class lottery_kind : std::uint8_t { single, per_programme };
VECHE_CHOICES(lottery_kind, single, per_programme)

enum class proposing : std::uint8_t { applicants, programmes };
VECHE_CHOICES(proposing, applicants, programmes)

/// What is looked for.
enum class aim : std::uint8_t {
    stable,        ///< nobody passed over by the programmes' ranks
    trading,       ///< ranks are claims to seats, which applicants trade
    rank_maximal,  ///< the most at their first choice, of such the most at their second, and so on
    least_cost     ///< the most applicants placed, and of such the least sum of choice numbers
};
VECHE_CHOICES(aim, stable, trading, rank_maximal, least_cost)

/// What gives way to the minimums of programmes.
enum class minimum_rule : std::uint8_t {
    closed,  ///< a programme that does not come to its minimum does not run
    filled   ///< every minimum is filled by rank; seats above them may stay empty though wanted
};
VECHE_CHOICES(minimum_rule, closed, filled)

struct match_rules {
    aim seeks = aim::stable;
    tie_policy ties = tie_policy::strict;
    reserve_rule reserves = reserve_rule::none;
    lottery_kind lottery = lottery_kind::single;
    std::optional<std::string> seed;
    std::string call;
    proposing propose = proposing::applicants;
    /// Stable improvement cycles after the lots (Erdil and Ergin 2008): better for applicants, but
    /// who knows the others' lists can then gain by not telling the truth.
    bool improve = false;
    std::optional<minimum_rule> minimum;
    bool operator==(const match_rules&) const = default;
};
VECHE_FIELDS(match_rules, (seeks, "What is looked for."),
             (ties, "What is done with applicants whom a programme ranks alike."),
             (reserves, "How reserved seats are filled."),
             (lottery, "One lot for each applicant, or one at each programme."),
             (seed, "Seed of the lots, 64 hexadecimal digits."), (call, "Id of the call."),
             (propose, "Who asks: applicants get the best stable outcome for them."),
             (improve, "Whether applicants change places where no rank is passed over."),
             (minimum, "What gives way to the minimums of programmes; absent: there are none."))

}  // namespace veche::matching
