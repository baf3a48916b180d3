#pragma once
// What a book answers. The names, and the order in which an operation is checked, are a contract:
// same id, closed period, amount, then what the operation itself asks, in the order of check.cpp.

#include <cstdint>
#include <string_view>

#include "kernel/ratio.hpp"

namespace veche::ledger {

enum class code : std::uint8_t {
    ok,
    exists,                 ///< the same id with the same content: done already, not done twice
    exists_with_different,  ///< the same id with other content
    period_closed,
    amount_must_be_positive,
    amount_too_large,
    unknown_commodity,
    unbalanced,
    shares_do_not_sum,
    exceeds_receivable,
    unknown_parent,
    unknown_line,
    commodity_mismatch,
    exceeds_parent,
    same_branch,  ///< from a line to itself, or between it and one above
    below_committed,
    exceeds_available,
    exceeds_appropriation,
    pending_not_resolved,
    unknown_ref,
    already_resolved,
    expired,
    exceeds_pending,
    same_person,
    exceeds_open,
    exceeds_commitment,
    exceeds_accepted,
    exceeds_advance,
    exceeds_paid,
    rate_mismatch,
    insufficient_cash,
};

/// "exceeds_appropriation".
std::string_view name_of(code);

/// An answer and, where a limit was passed, the limit in minor units.
struct verdict {
    code what = code::ok;
    int128 limit = 0;
    [[nodiscard]] bool good() const { return what == code::ok; }
};

}  // namespace veche::ledger
