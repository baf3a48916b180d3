#pragma once
// The joint fund: contributions, budget, and the road of the money from authority to recovery.
// Amounts are minor units of their unit.
//
// An id is used once: a command with a known id is refused, by one code where its content is the
// same (it was carried out) and by another where it is not (I12).

#include <tuple>

#include "fund/budget_commands.hpp"
#include "fund/contract_commands.hpp"
#include "fund/spending_commands.hpp"
#include "fund/treasury_commands.hpp"

namespace veche::fund {

using commands =
    std::tuple<appropriate, amend_appropriation, transfer_appropriation, carry_appropriation,
               open_provisional, replace_provisional, plan_spending, close_year,
               assess_contributions, reassess_contributions, write_off_contribution, commit,
               open_bank_account, receive_contribution, correct_contribution, record_income,
               record_bank_charge, exchange_money, name_rate, record_past_budget, reserve,
               confirm_reservation, void_reservation, release_commitment, submit_claim,
               accept_claim, reject_claim, settle_advance, pay_claims, pay_advance, receive_refund,
               receive_recovery, record_statement, draft_contract, sign_contract, end_contract>;

}  // namespace veche::fund
