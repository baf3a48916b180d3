#pragma once
// The terms of a call that divides something over parties: members, regions, groups of people. All
// is fixed when the call is ordered, but claims that offices state while it is open.

#include "calls/terms.hpp"
#include "shares/shares.hpp"

namespace veche::calls {

using party_id = id<struct share_party_tag>;  ///< one over whom something is divided

/// Largest remainders and the methods of divisors: those that bounds and groups are defined for.
enum class apportion_method : std::uint8_t {
    hamilton,               ///< largest remainders
    dhondt,                 ///< Jefferson: divisors 1, 2, 3
    sainte_lague,           ///< Webster: 1, 3, 5
    modified_sainte_lague,  ///< 1.4, 3, 5
    adams,                  ///< 0, 1, 2
    danish,                 ///< 1, 4, 7
    imperiali,              ///< 2, 3, 4
    huntington_hill,        ///< geometric means of s and s + 1
    dean,                   ///< harmonic means of s and s + 1
    divisors                ///< any others in an arithmetic row
};
VECHE_CHOICES(apportion_method, hamilton, dhondt, sainte_lague, modified_sainte_lague, adams,
              danish, imperiali, huntington_hill, dean, divisors)

/// What stands for a claim that its office has not stated by the closing.
enum class missing_claim : std::uint8_t {
    zero,   ///< nothing is claimed
    weight  ///< the party's weight is its claim
};
VECHE_CHOICES(missing_claim, zero, weight)

/// A group of parties. What it gets is shared out among those in it.
struct share_group {
    group_id group;
    localized title;
    std::optional<group_id> within;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    bool operator==(const share_group&) const = default;
};
VECHE_FIELDS(share_group, (group, "Id of the group."), (title, "Title by language."),
             (within, "The group, named before, in which it is."),
             (least, "What it gets at least, in the smallest units."),
             (most, "What it gets at most."))

struct share_party {
    party_id party;
    localized title;
    std::optional<member_id> member;
    std::optional<group_id> group;
    std::optional<std::int64_t> weight;
    std::string source;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    std::optional<std::int64_t> claim;
    std::optional<office_id> office;
    bool operator==(const share_party&) const = default;
};
VECHE_FIELDS(share_party, (party, "Id of the party."), (title, "Title by language."),
             (member, "The member that it is or belongs to."), (group, "The group in which it is."),
             (weight, "People, votes or another weight."),
             (source, "Where the weight, or a claim fixed here, comes from: a text or an address."),
             (least, "What it gets at least, in the smallest units."),
             (most, "What it gets at most."), (claim, "What it claims, where that is fixed."),
             (office, "The office that states its claim, where that is not fixed."))

/// Whole units in proportion to weights.
struct apportion_terms {
    apportion_method method{};
    std::optional<veche::shares::divisor_row> divisors;
    bool operator==(const apportion_terms&) const = default;
};
VECHE_FIELDS(apportion_terms, (method, "hamilton, or a method of divisors."),
             (divisors, "The divisors, where the method is of any others."))

/// An amount among claims.
struct divide_terms {
    veche::shares::division_rule rule{};
    std::optional<missing_claim> missing;
    bool operator==(const divide_terms&) const = default;
};
VECHE_FIELDS(divide_terms, (rule, "The rule."),
             (missing, "What a claim is that its office did not state; where offices state them."))

/// Exactly one of amount and places, and of apportion and divide.
struct share_terms {
    std::optional<amount> of;
    std::optional<std::int64_t> places;
    std::optional<apportion_terms> apportion;
    std::optional<divide_terms> divide;
    std::vector<share_party> parties;
    std::vector<share_group> groups;
    bool operator==(const share_terms&) const = default;
};
VECHE_FIELDS(share_terms, (of, "What is divided, of a unit of the charter."),
             (places, "Or how many places, of no unit."),
             (apportion, "Divided in whole units by weight."), (divide, "Or divided among claims."),
             (parties, "Over whom."), (groups, "Groups of them, each after the one it is in."))

/// What one party gets.
struct party_share {
    party_id party;
    std::optional<std::int64_t> claim;
    std::optional<std::string> exact;
    std::int64_t units = 0;
    bool operator==(const party_share&) const = default;
};
VECHE_FIELDS(party_share, (party, "The party."), (claim, "The claim that counted."),
             (exact, "Of an amount among claims: the share exactly, \"100/3\"."),
             (units, "What it gets, in whole smallest units."))

/// One level: of an apportionment a group with the line between what was won and missed; of a
/// division a height at which some stopped.
struct share_level {
    std::optional<group_id> group;
    std::int64_t units = 0;
    std::optional<std::string> level;
    std::optional<veche::shares::seat_mark> lowest_won;
    std::optional<veche::shares::seat_mark> highest_lost;
    std::vector<party_id> stopped;
    bool operator==(const share_level&) const = default;
};
VECHE_FIELDS(share_level, (group, "The group; nothing for the whole."),
             (units, "What is shared out here, in smallest units."),
             (level, "Units for each unit of weight, or of loss."),
             (lowest_won, "The unit won by the least, minima apart."),
             (highest_lost, "The unit missed by the least, maxima apart."),
             (stopped, "Of a division: who stops at this level."))

/// Units for which several stand equal. Parties and groups alike, by their ids.
struct share_tie {
    std::optional<group_id> group;
    std::int64_t units = 0;
    std::vector<std::string> among;
    std::vector<std::string> given;
    bool operator==(const share_tie&) const = default;
};
VECHE_FIELDS(share_tie, (group, "The group at whose level; nothing for the whole."),
             (units, "How many of them get one unit more."), (among, "Who stand equal."),
             (given, "Who got it, by the rule for ties."))

}  // namespace veche::calls
