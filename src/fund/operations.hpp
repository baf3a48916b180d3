#pragma once
// The fund's commands in the terms of the book (ledger/operations.hpp). Judging and folding ask
// here alike, so that what was checked is what is written. Names within the book: "payment:p-7"; a
// commitment keeps its own id, which stands in the names of its accounts.

#include "fund/state.hpp"

namespace veche::fund {

ledger::operation operation_of(const state&, const appropriate&, const context&);
ledger::operation operation_of(const state&, const amend_appropriation&, const context&);
ledger::operation operation_of(const state&, const transfer_appropriation&, const context&);
ledger::operation operation_of(const state&, const carry_appropriation&, const context&);
ledger::operation operation_of(const state&, const close_year&, const context&);
ledger::operation operation_of(const state&, const write_off_contribution&, const context&);
ledger::operation operation_of(const state&, const commit&, const context&);
ledger::operation operation_of(const state&, const receive_contribution&, const context&);
ledger::operation operation_of(const state&, const correct_contribution&, const context&);
ledger::operation operation_of(const state&, const record_income&, const context&);
ledger::operation operation_of(const state&, const record_bank_charge&, const context&);
ledger::operation operation_of(const state&, const reserve&, const context&);
ledger::operation operation_of(const state&, const confirm_reservation&, const context&);
ledger::operation operation_of(const state&, const void_reservation&, const context&);
ledger::operation operation_of(const state&, const release_commitment&, const context&);
ledger::operation operation_of(const backing_released&, const context&);
ledger::operation operation_of(const state&, const settle_advance&, const context&);
ledger::operation operation_of(const state&, const pay_advance&, const context&);
ledger::operation operation_of(const state&, const receive_refund&, const context&);
ledger::operation operation_of(const state&, const receive_recovery&, const context&);

/// Gives the line that appropriation; nothing where it has it already.
std::optional<ledger::operation> amend_to(const state&, const line_id&, int128 minor,
                                          const context&);
/// Opens the provisional line, or amends it where it is open.
std::optional<ledger::operation> provide_by(const state&, const open_provisional&, const context&);

/// Those that need more than the state to say what they mean.
ledger::operation assess_by(const assess_contributions&, const std::vector<share>&, const context&);
ledger::operation reassess_by(const assessment& before, const reassess_contributions&,
                              const std::vector<share>&, const context&);
ledger::operation exchange_by(const exchange_money&, const charter::state&, const context&);
/// The claim less the deductions; nothing where nothing is left.
std::optional<ledger::operation> accept_by(const claim&, const std::vector<deduction>&,
                                           const unit_id&, const context&);
ledger::operation pay_by(const pay_claims&, const payment_order&, const context&);
ledger::operation expire_before(date);

/// A contract: out of the commitment behind its call, into one of its own, and what is left of it
/// back to the line.
ledger::operation carve_by(const contract_drafted&, const context&);
ledger::operation commit_by(const state&, const contract_drafted&, const context&);
ledger::operation release_by(const contract_ended&, const context&);

/// Decimal places of the unit's minor unit.
std::int32_t scale_of(const charter::state&, const unit_id&);
/// 31 December.
date last_day(std::int32_t year);
/// The account that is meant where none is named.
bank_account_id main_bank();
/// "Bank:main" where none is named.
std::string bank_name(const std::optional<bank_account_id>&);
/// "payment" and "p-7" of "payment:p-7", the id of an entry of the book; what has no kind before it
/// is a commitment.
std::pair<std::string, std::string> parts_of(std::string_view entry);
/// A rate between whole units as one between minor units.
ledger::rate minor_rate(const ratio&, std::int32_t from_scale, std::int32_t to_scale);
ledger::rounding rounding_of(rounding_mode);

}  // namespace veche::fund
