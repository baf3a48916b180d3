#pragma once
// The order in which a programme calls its applicants under two least rates, one of scholarship
// holders and one of applicants of the sector: rule of the French national admission
// (algorithmes-de-parcoursup, 2022, sections 4.1 and 4.2; reference page of allocation, section 3).
//
// For the k-th call a rate of q percent binds where those of its kind called so far times 100 are
// fewer than q * k and some of the kind are left. None binds: the best rank. One binds: the best of
// its kind. Both bind: the best who is of both kinds, else the best scholarship holder.
//
// The order depends on ranks and kinds alone, so it is a strict order like any other: matching by
// it is stable and applicants do best by the truth.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "kernel/fields.hpp"
#include "matching/market.hpp"

namespace veche::matching {

enum class call_kind : std::uint8_t { neither, sector, scholarship, both };
VECHE_CHOICES(call_kind, neither, sector, scholarship, both)

/// In percent, 0 to 100; 0 asks nothing.
struct least_rates {
    std::uint32_t scholarship = 0;
    std::uint32_t sector = 0;
    bool operator==(const least_rates&) const = default;
};

/// Ranks (from 0) in the order called. Refuses a rate above 100.
result<std::vector<std::uint32_t>> call_order(std::span<const call_kind> by_rank, least_rates);

/// The market in which every programme has its call order for ranks: what any engine of stable
/// matching then takes. `kinds`: of each choice of the market, in its order; `rates`: of each
/// programme. Equal ranks at a programme are refused: the rule is of strict ranks.
result<market> ranked_by_call(const market&, std::span<const call_kind> kinds,
                              std::span<const least_rates> rates);

/// What one applicant may read of the order: figures alone, nobody else's data.
struct call_reason {
    std::int64_t rank = 0;
    std::int64_t called = 0;
    std::int64_t passed_by = 0;
    std::int64_t passed = 0;
    call_kind kind{};
    bool operator==(const call_reason&) const = default;
};
VECHE_FIELDS(call_reason, (rank, "Rank at the programme, from 1."),
             (called, "Which call this is, from 1."),
             (passed_by, "How many of lower rank are called before, for a least rate."),
             (passed, "How many of higher rank are called after."),
             (kind, "What the applicant counts as."))

/// One reason for each rank.
std::vector<call_reason> call_reasons(std::span<const call_kind> by_rank,
                                      std::span<const std::uint32_t> order);
/// The reason as a sentence.
std::string sentence(const call_reason&);

/// A group in a file: `types` by rank, C neither, R sector, B scholarship, X both.
struct call_group {
    std::int64_t min_scholarship_pct = 0;
    std::int64_t min_sector_pct = 0;
    std::string types;
    std::vector<std::int64_t> call_order;
};
VECHE_FIELDS(call_group, (min_scholarship_pct, "Least rate of scholarship holders, in percent."),
             (min_sector_pct, "Least rate of applicants of the sector, in percent."),
             (types, "A letter for each applicant, by rank."),
             (call_order, "Ranks, from 1, in the order called, where the file expects one."))

/// The kinds by the letters; refuses any other letter.
result<std::vector<call_kind>> kinds_of(std::string_view types);

}  // namespace veche::matching
