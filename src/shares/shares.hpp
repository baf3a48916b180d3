#pragma once
// Seats, places, doses and money among many: what is asked and what is answered, as plain data.
// Engines (apportion.hpp, division.hpp) turn the one into the other; certificate_check.hpp judges
// an answer without them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::shares {

/// Votes of all parties together, and amounts: what JSON holds exactly everywhere.
inline constexpr std::int64_t most_votes = 9'007'199'254'740'991;
inline constexpr std::int64_t most_seats = 1'000'000'000'000;
inline constexpr std::int64_t most_divisor = 1'000'000;
/// Tied outcomes are listed up to so many, and counted up to `most_votes`.
inline constexpr std::int64_t most_outcomes_listed = 64;

enum class method : std::uint8_t {
    dhondt,                 ///< Jefferson: divisors 1, 2, 3
    sainte_lague,           ///< Webster: 1, 3, 5
    modified_sainte_lague,  ///< 1.4, 3, 5
    adams,                  ///< 0, 1, 2
    danish,                 ///< 1, 4, 7
    imperiali,              ///< 2, 3, 4
    huntington_hill,        ///< geometric means of s and s + 1
    dean,                   ///< harmonic means of s and s + 1
    divisors,               ///< any others in an arithmetic row (`divisors`)
    hamilton,               ///< largest remainders, quota votes / seats (Hare)
    droop,               ///< largest remainders, quota whole part of votes / (seats + 1), and one
    hagenbach_bischoff,  ///< largest remainders, quota votes / (seats + 1)
    quota_method,        ///< Balinski and Young 1975
    dutch                ///< Kieswet, articles P 5 to P 10
};
VECHE_CHOICES(method, dhondt, sainte_lague, modified_sainte_lague, adams, danish, imperiali,
              huntington_hill, dean, divisors, hamilton, droop, hagenbach_bischoff, quota_method,
              dutch)

/// first, second, second + step, second + 2 step ... with 0 <= first < second and step > 0.
struct divisor_row {
    std::int64_t first = 1;
    std::int64_t second = 2;
    std::int64_t step = 1;
    bool operator==(const divisor_row&) const = default;
};
VECHE_FIELDS(divisor_row, (first, "Divisor for the first seat."),
             (second, "Divisor for the second seat."), (step, "What each further one adds."))

enum class tie_policy : std::uint8_t {
    open,     ///< the places in question are given to nobody
    order,    ///< to those who stand first in the list
    lottery,  ///< to those with the lowest numbers of a public lottery (kernel/lottery.hpp)
};
VECHE_CHOICES(tie_policy, open, order, lottery)

struct tie_rule {
    tie_policy policy = tie_policy::open;
    std::optional<std::string> seed;  ///< 64 hexadecimal digits
    std::optional<std::string> call;
    std::optional<std::string> programme;  ///< "*" where nothing is said
};
VECHE_FIELDS(tie_rule, (policy, "Who gets a place for which several stand equal."),
             (seed, "Seed of the lottery."), (call, "Call whose lottery it is."),
             (programme, "Programme of the lottery, \"*\" for all."))

struct party {
    std::string name;
    std::int64_t votes = 0;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;  ///< for the Dutch law the candidates on the list
};
VECHE_FIELDS(party, (name, "Name, once in the list."), (votes, "Votes, people or other weight."),
             (least, "Seats it gets at least."), (most, "Seats it gets at most."))

/// Everything that an apportionment depends on.
struct contest {
    method how{};
    std::optional<divisor_row> divisors;  ///< read only for method::divisors
    std::int64_t seats = 0;
    tie_rule ties;
    std::vector<party> parties;
};
VECHE_FIELDS(contest, (how, "The method."), (divisors, "Divisors, where the method asks for them."),
             (seats, "Seats to share out."), (ties, "What happens where several stand equal."),
             (parties, "Among whom."))

/// The n-th seat of a party; with largest remainders its seat beyond the whole ones.
struct seat_mark {
    std::string party;
    std::int64_t seat = 1;
    bool operator==(const seat_mark&) const = default;
};
VECHE_FIELDS(seat_mark, (party, "The party."), (seat, "Which of its seats, from 1."))

/// `places` of `among` get one more seat each, and nothing but lots or an order says who.
struct tie {
    std::int64_t places = 0;
    std::vector<std::string> among;
    std::vector<std::string> given;  ///< empty where the policy leaves it open
    bool operator==(const tie&) const = default;
};
VECHE_FIELDS(tie, (places, "How many of them get a seat more."), (among, "Who stand equal."),
             (given, "Who got it by the rule for ties."))

enum class award_kind : std::uint8_t {
    whole_quota,        ///< a seat for a whole quota
    largest_remainder,  ///< P 8, first
    one_average,        ///< P 8, second: the highest average, one at most
    average,            ///< the highest average
    majority,           ///< P 9: a seat to the list with the majority of votes
    taken_for_majority,
    exhausted  ///< P 10: taken from a list without a candidate
};
VECHE_CHOICES(award_kind, whole_quota, largest_remainder, one_average, average, majority,
              taken_for_majority, exhausted)

/// Seats of the methods that go seat by seat, in order; those of whole quotas together.
struct award {
    award_kind kind{};
    std::string party;
    std::int64_t seats = 1;  ///< below zero: taken
    bool operator==(const award&) const = default;
};
VECHE_FIELDS(award, (kind, "Why."), (party, "To whom, or from whom."),
             (seats, "How many; below zero taken."))

struct certificate {
    method how{};
    std::int64_t seats = 0;
    std::vector<std::int64_t> given;
    bool decided = true;
    /// Largest remainders: seats for a vote, so that votes x level is the party's quota.
    std::optional<std::string> level;
    std::optional<seat_mark> lowest_won;
    std::optional<seat_mark> highest_lost;
    std::vector<tie> ties;
    std::vector<award> awards;
    std::int64_t outcomes = 1;
    std::vector<std::vector<std::int64_t>> tied_outcomes;
    bool operator==(const certificate&) const = default;
};
VECHE_FIELDS(certificate, (how, "The method."), (seats, "Seats to share out."),
             (given, "Seats of every party, in their order; without those that a tie leaves open."),
             (decided, "Whether every seat is given."),
             (level, "Seats for a vote, where the method has quotas."),
             (lowest_won, "The seat that was won by the least, minima apart."),
             (highest_lost, "The seat that was missed by the least, maxima apart."),
             (ties, "Places for which several stand equal."),
             (awards, "Seats in the order of award."),
             (outcomes,
              "How many outcomes the method allows; more than one where lots are needed."),
             (tied_outcomes, "All of them, where there are several and not too many."))

/// Seats among parties in groups, from above: first among the groups, by the sum of what is in
/// them, then within each. A group's own bounds, where given, stand beside the sums of its
/// members'.
struct grouped_party {
    party of;
    std::string group;  ///< "" at the top, "Region" or "Region/District" below
};
struct grouped_contest {
    method how{};
    std::optional<divisor_row> divisors;
    std::int64_t seats = 0;
    tie_rule ties;
    std::vector<grouped_party> parties;
    std::vector<party> bounds;  ///< of groups by their path; votes are not read
};

/// One level: what was shared out and how.
struct level_result {
    std::string group;  ///< "" is the top
    contest asked;
    certificate answer;
};
VECHE_FIELDS(level_result, (group, "The group; empty at the top."), (asked, "What was shared out."),
             (answer, "How."))

// ---------------------------------------------------------------------------------------------
// Divisions of an amount among claims.

enum class division_rule : std::uint8_t {
    max_min,       ///< constrained equal awards: equal, but nobody gets more than is claimed
    equal_losses,  ///< constrained equal losses: equal losses, but nobody pays in
    talmud,        ///< Aumann and Maschler 1985: max_min of half claims, then equal losses of them
    proportional   ///< by weight, but nobody gets more than is claimed
};
VECHE_CHOICES(division_rule, max_min, equal_losses, talmud, proportional)

struct claimant {
    std::string name;
    std::int64_t claim = 0;
    /// Proportional: the claim where nothing is said. max_min: equal where nothing is said. Not
    /// read by the others.
    std::optional<std::int64_t> weight;
};
VECHE_FIELDS(claimant, (name, "Name, once in the list."), (claim, "Gets this much at most."),
             (weight, "Weight in the proportion."))

struct division {
    division_rule rule{};
    std::int64_t amount = 0;
    tie_rule ties;
    std::vector<claimant> claimants;
};
VECHE_FIELDS(division, (rule, "The rule."), (amount, "What is divided, in its smallest units."),
             (ties, "Who gets a unit for which several stand equal."), (claimants, "Among whom."))

/// Who stopped at a level: they have all that they claim (equal losses: nothing), the others rise
/// on. The last level is the one at which the amount was used up.
struct freeze {
    std::string level;
    std::vector<std::string> frozen;
    bool operator==(const freeze&) const = default;
};
VECHE_FIELDS(freeze, (level, "Units for each unit of weight, or of loss."),
             (frozen, "Who stops there."))

struct division_certificate {
    division_rule rule{};
    std::int64_t amount = 0;
    std::vector<std::string> exact;  ///< fractions, "100/3"
    std::vector<std::int64_t> units;
    std::int64_t left_over = 0;
    bool losses = false;  ///< the levels are of losses
    std::vector<freeze> levels;
    std::vector<tie> ties;
    bool decided = true;
    bool operator==(const division_certificate&) const = default;
};
VECHE_FIELDS(division_certificate, (rule, "The rule."), (amount, "What was divided."),
             (exact, "The share of each, exactly, in the order of the claimants."),
             (units, "The share of each in whole units."), (left_over, "What nobody claims."),
             (losses, "Whether the levels are of losses."),
             (levels, "The levels, from below, and who stops at each."),
             (ties, "Units for which several stand equal."),
             (decided, "Whether every unit is given."))

/// A residue is in billionths of a unit: what the region is still owed; below zero, was given too
/// much.
inline constexpr std::int64_t residue_scale = 1'000'000'000;
/// A region is owed so many units at most.
inline constexpr std::int64_t most_owed = 1'000;

struct region {
    std::string name;
    std::int64_t weight = 0;  ///< those who are eligible there
    std::int64_t residue = 0;
};
VECHE_FIELDS(region, (name, "The region."), (weight, "How many are eligible there."),
             (residue, "What earlier deliveries still owe it, in billionths of a unit."))

struct delivery {
    std::int64_t units = 0;
    tie_rule ties;
    std::vector<region> regions;
};
VECHE_FIELDS(delivery, (units, "Units that have come."),
             (ties, "Who gets a unit for which several stand equal."), (regions, "Among whom."))

/// What a delivery gave, and its certificate: units go to whoever is owed most, so that no unit
/// given was owed less than one that was not.
struct delivered {
    std::int64_t units = 0;
    std::vector<std::string> owed;  ///< of each region, "-5/3"; nothing is owed without weight
    std::vector<std::int64_t> given;
    /// To be carried to the next delivery; sum to zero. Empty where a tie is open.
    std::vector<std::int64_t> residues;
    std::vector<tie> ties;
    bool decided = true;
    bool operator==(const delivered&) const = default;
};
VECHE_FIELDS(delivered, (units, "Units that have come."),
             (owed, "What each region was owed exactly, in units."),
             (given, "Units of each region."),
             (residues, "What each is owed from now on, in billionths of a unit."),
             (ties, "Units for which several stand equal."),
             (decided, "Whether every unit is given."))

}  // namespace veche::shares
