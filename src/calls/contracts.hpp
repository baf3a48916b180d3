#pragma once
// What a winner was promised, for a contract. The contract itself is the fund's; the office brings
// the two together.

#include "calls/calls.hpp"

namespace veche::calls {

/// An instalment with its amount.
struct promised_part {
    contract_proof shown{};
    std::int32_t due_days = 0;
    std::int64_t minor = 0;
};

/// What was won, and how it is paid.
struct promised {
    backing_id from;
    amount amount_;
    localized purpose;
    std::vector<promised_part> parts;
};

/// That terms for contracts stand only where money is given out of a commitment, and that the
/// instalments make up the whole.
result<void> check_contract_terms(const open_call&);
/// The parts of an amount: the first k of them are what their shares together make of it, cut to a
/// whole unit, so that all of them are the amount.
std::vector<promised_part> parts_of(const contract_terms&, std::int64_t minor);
/// What the applicant won and keeps: accepted, with a partner who accepted too, and not waiting for
/// anything better.
result<promised> promised_to(const state&, const call_id&, const person_id&);

}  // namespace veche::calls
