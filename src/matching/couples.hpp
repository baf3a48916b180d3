#pragma once
// Stable matching where some applicants go in pairs: a couple ranks pairs of programmes and takes
// both places or neither. Such a market may have no stable matching, and to find out is hard (Ronn
// 1990), so the engine goes by steps and says how far it came:
//
//   1. each connected part of the market by itself, so that a hard one stops no other;
//   2. best replies from a published order of couples, as in Roth and Peranson 1999: singles first,
//      then couples one by one; whoever is put out goes again, and a place that comes free is
//      offered to all who would rather have it. Several orders are tried, each made from what stood
//      in the way before;
//   3. exact search: on those who never came to rest, then on the whole part where it has few
//   enough
//      couples. What it finds is stable; where it ends without, none exists;
//   4. else a matching that is stable with capacities changed by name (Nguyen and Vohra 2018).
//
// Stable: nobody holds what is not on their list; no single would rather have, and no couple would
// rather have together, what the programmes would give them by their orders. A couple that asks for
// two places of one programme gets them only where both stand among the first of its capacity.

#include <cstdint>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "matching/market.hpp"

namespace veche::matching {

/// A programme for each of the two; `nobody`: that one goes without.
struct pair_choice {
    std::uint32_t first = nobody;
    std::uint32_t second = nobody;
    bool operator==(const pair_choice&) const = default;
};

struct couple {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::vector<pair_choice> choices;  ///< best first
    bool operator==(const couple&) const = default;
};

struct couples_market {
    std::vector<std::vector<std::uint32_t>> lists;  ///< of each applicant; of a member, empty
    std::vector<couple> couples;
    std::vector<std::uint32_t> capacities;
    std::vector<std::vector<std::uint32_t>> orders;  ///< of each programme: applicants, best first
    bool operator==(const couples_market&) const = default;
};

struct couples_limits {
    std::uint32_t orders_tried = 12;
    /// Couples in one exact search.
    std::uint32_t couples_searched = 30;
    /// Conflicts after which an exact search gives up.
    std::uint64_t conflicts = 200'000;
};

enum class couples_outcome : std::uint8_t {
    stable,        ///< stable by the capacities given
    near_feasible  ///< stable by the capacities named
};
VECHE_CHOICES(couples_outcome, stable, near_feasible)

/// Whether the capacities given allow a stable matching.
enum class couples_proof : std::uint8_t {
    found,   ///< one is here
    none,    ///< no: the exact search of a connected part ended without
    unknown  ///< none was found, and some part is too large to search to the end
};
VECHE_CHOICES(couples_proof, found, none, unknown)

struct seat_change {
    std::int64_t programme = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    bool operator==(const seat_change&) const = default;
};
VECHE_FIELDS(seat_change, (programme, "The programme."), (from, "Its places as given."),
             (to, "Its places as matched."))

struct couples_certificate {
    couples_outcome outcome{};
    couples_proof proof{};
    std::vector<std::int64_t> matching;
    std::vector<seat_change> changes;
    bool fewest = false;
    std::vector<std::int64_t> order;
    std::int64_t parts = 0;
    std::int64_t searches = 0;
    std::int64_t couples_in_conflict = 0;
    std::int64_t orders_tried = 0;
    std::int64_t conflicts = 0;
    bool operator==(const couples_certificate&) const = default;
};
VECHE_FIELDS(couples_certificate, (outcome, "Stable by the capacities given, or by those named."),
             (proof, "Whether the capacities given allow a stable matching."),
             (matching, "The programme of each applicant; -1 is none."),
             (changes, "Programmes whose places had to change."),
             (fewest, "Whether it is proved that no smaller change would do."),
             (order, "The order in which couples were let in."),
             (parts, "Connected parts of the market."), (searches, "Exact searches."),
             (couples_in_conflict,
              "Couples who could not be let in by replies and local searches."),
             (orders_tried, "How often those who waited were tried again, at most."),
             (conflicts, "Conflicts that the exact searches met."))

/// Refuses a market that is unsound: numbers out of range, one in two couples or in a list of their
/// own beside, a choice or an applicant named twice.
result<couples_certificate> match_couples(const couples_market&, const couples_limits& = {});

/// A place of a better choice that was not to be had.
struct missed_seat {
    std::int64_t programme = 0;
    std::int64_t your_rank = 0;
    std::int64_t cutoff_rank = 0;
    std::int64_t seats = 0;
    bool operator==(const missed_seat&) const = default;
};
VECHE_FIELDS(missed_seat, (programme, "The programme."), (your_rank, "Own rank there, from 1."),
             (cutoff_rank, "Rank of the last admitted; 0 where there is no place at all."),
             (seats, "Its places."))

struct missed_choice {
    std::int64_t choice = 0;
    std::vector<missed_seat> seats;
    bool not_ranked = false;
    bool operator==(const missed_choice&) const = default;
};
VECHE_FIELDS(missed_choice, (choice, "Which line of the list, from 1."),
             (seats, "The places that stood in the way."),
             (not_ranked, "Whether a programme did not rank who asked."))

/// What a single, or a couple together, may read of the result.
struct couples_reason {
    std::vector<std::int64_t> applicants;
    std::optional<std::int64_t> choice;
    std::vector<missed_choice> missed;
    bool operator==(const couples_reason&) const = default;
};
VECHE_FIELDS(couples_reason, (applicants, "Whom it speaks of: one, or both of a couple."),
             (choice, "Which line of the list came true, from 1."),
             (missed, "Why each better line did not."))

/// One for each single and each couple, by the first applicant. The certificate must be sound.
std::vector<couples_reason> couples_reasons(const couples_market&, const couples_certificate&);
std::string sentence(const couples_reason&);

}  // namespace veche::matching
