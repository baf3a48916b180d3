#pragma once
// A file and rules brought to a result: what cannot be run set aside, equals parted, the engine for
// the rules, the check of what it made.

#include "kernel/hash.hpp"
#include "matching/certificate.hpp"
#include "matching/market_file.hpp"
#include "matching/minimums.hpp"
#include "matching/seats.hpp"

namespace veche::matching {

/// A result in numbers.
struct matched {
    std::optional<market> rest;    ///< without what was set aside, where anything was
    std::optional<market> strict;  ///< with equals parted, where lots part them
    reserved_outcome of;
    std::vector<price> applicant_prices;  ///< where the least cost is sought
    std::vector<price> programme_prices;
    std::vector<seat_plan> plans;  ///< by reserves alone
    std::vector<broken_programme> faults;
    std::vector<std::uint32_t> without_applicants;
    std::vector<std::uint32_t> without_programmes;
    std::optional<std::vector<std::uint32_t>> by_lot;
    /// Where programmes have minimums: what was found, without the matching, which is `of`.
    std::optional<minimum_outcome> minimums;

    /// Ranks as the programmes gave them.
    [[nodiscard]] const market& classes(const market_file& file) const {
        return rest ? *rest : file.of;
    }
    /// Ranks as the engine used them.
    [[nodiscard]] const market& ranks(const market_file& file) const {
        return strict ? *strict : classes(file);
    }
};

/// Refuses rules that do not go together. A broken programme is no refusal: it is set aside.
result<matched> run_match(const market_file&, const match_rules&);

match_certificate certificate_of(const market_file&, const match_rules&, const matched&);

/// Minimums and turns as the file gives them, without what was set aside.
minimum_terms minimum_terms_of(const market_file&, const std::vector<std::uint32_t>& apart);

/// The seats of a programme in the order in which the rule fills them.
seat_plan plan_of(const market_file&, std::uint32_t programme, reserve_rule);

/// The lot of an applicant by these rules; the seed must be sound.
hash256 lot_of(const market_file&, const match_rules&, std::uint32_t programme,
               std::uint32_t applicant);

}  // namespace veche::matching
