#include "ledger/verdict.hpp"

namespace veche::ledger {

std::string_view name_of(code what) {
    switch (what) {
        case code::ok:
            return "ok";
        case code::exists:
            return "exists";
        case code::exists_with_different:
            return "exists_with_different";
        case code::period_closed:
            return "period_closed";
        case code::amount_must_be_positive:
            return "amount_must_be_positive";
        case code::amount_too_large:
            return "amount_too_large";
        case code::unknown_commodity:
            return "unknown_commodity";
        case code::unbalanced:
            return "unbalanced";
        case code::shares_do_not_sum:
            return "shares_do_not_sum";
        case code::exceeds_receivable:
            return "exceeds_receivable";
        case code::unknown_parent:
            return "unknown_parent";
        case code::unknown_line:
            return "unknown_line";
        case code::commodity_mismatch:
            return "commodity_mismatch";
        case code::exceeds_parent:
            return "exceeds_parent";
        case code::same_branch:
            return "same_branch";
        case code::below_committed:
            return "below_committed";
        case code::exceeds_available:
            return "exceeds_available";
        case code::exceeds_appropriation:
            return "exceeds_appropriation";
        case code::pending_not_resolved:
            return "pending_not_resolved";
        case code::unknown_ref:
            return "unknown_ref";
        case code::already_resolved:
            return "already_resolved";
        case code::expired:
            return "expired";
        case code::exceeds_pending:
            return "exceeds_pending";
        case code::same_person:
            return "same_person";
        case code::exceeds_open:
            return "exceeds_open";
        case code::exceeds_commitment:
            return "exceeds_commitment";
        case code::exceeds_accepted:
            return "exceeds_accepted";
        case code::exceeds_advance:
            return "exceeds_advance";
        case code::exceeds_paid:
            return "exceeds_paid";
        case code::rate_mismatch:
            return "rate_mismatch";
        case code::insufficient_cash:
            return "insufficient_cash";
    }
    return "";
}

}  // namespace veche::ledger
