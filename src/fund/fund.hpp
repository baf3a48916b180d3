#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass.

#include <memory>

#include "fund/state.hpp"

namespace veche::fund {

/// What a winner of a call was promised, in the words of the fund.
struct promise {
    commitment_id from;
    amount amount_;
    localized purpose;
    std::vector<promised_part> parts;
};

/// Calls as the fund asks about them. The office, which sees both, answers.
class promises {
  public:
    promises() = default;
    promises(const promises&) = delete;
    promises& operator=(const promises&) = delete;
    virtual ~promises() = default;
    /// Refuses in the words of calls where nothing was promised that a contract could be made of.
    [[nodiscard]] virtual result<promise> to(const call_ref&, const person_id&) const = 0;
};

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const promises> promised = nullptr;  ///< only contracts look at it
};

// --- By decision
// ------------------------------------------------------------------------------------

result<events> decide(const world&, const appropriate&, const context&);
result<events> decide(const world&, const amend_appropriation&, const context&);
result<events> decide(const world&, const transfer_appropriation&, const context&);
result<events> decide(const world&, const carry_appropriation&, const context&);
result<events> decide(const world&, const open_provisional&, const context&);
result<events> decide(const world&, const replace_provisional&, const context&);
result<events> decide(const world&, const plan_spending&, const context&);
result<events> decide(const world&, const close_year&, const context&);
result<events> decide(const world&, const assess_contributions&, const context&);
result<events> decide(const world&, const reassess_contributions&, const context&);
result<events> decide(const world&, const write_off_contribution&, const context&);
result<events> decide(const world&, const commit&, const context&);

// --- By the treasury
// --------------------------------------------------------------------------------

result<events> decide(const world&, const open_bank_account&, const context&);
result<events> decide(const world&, const receive_contribution&, const context&);
result<events> decide(const world&, const correct_contribution&, const context&);
result<events> decide(const world&, const record_income&, const context&);
result<events> decide(const world&, const record_bank_charge&, const context&);
result<events> decide(const world&, const exchange_money&, const context&);
result<events> decide(const world&, const record_statement&, const context&);
result<events> decide(const world&, const name_rate&, const context&);
result<events> decide(const world&, const record_past_budget&, const context&);

// --- The road of the money
// --------------------------------------------------------------------------

result<events> decide(const world&, const reserve&, const context&);
result<events> decide(const world&, const confirm_reservation&, const context&);
result<events> decide(const world&, const void_reservation&, const context&);
result<events> decide(const world&, const release_commitment&, const context&);
result<events> decide(const world&, const submit_claim&, const context&);
result<events> decide(const world&, const accept_claim&, const context&);
result<events> decide(const world&, const reject_claim&, const context&);
result<events> decide(const world&, const settle_advance&, const context&);
result<events> decide(const world&, const pay_claims&, const context&);
result<events> decide(const world&, const pay_advance&, const context&);
result<events> decide(const world&, const receive_refund&, const context&);
result<events> decide(const world&, const receive_recovery&, const context&);
result<events> decide(const world&, const draft_contract&, const context&);
result<events> decide(const world&, const sign_contract&, const context&);
result<events> decide(const world&, const end_contract&, const context&);

void apply(state&, const charter::state&, const appropriate&, const context&);
void apply(state&, const charter::state&, const amend_appropriation&, const context&);
void apply(state&, const charter::state&, const transfer_appropriation&, const context&);
void apply(state&, const charter::state&, const carry_appropriation&, const context&);
void apply(state&, const charter::state&, const open_provisional&, const context&);
void apply(state&, const charter::state&, const replace_provisional&, const context&);
void apply(state&, const charter::state&, const plan_spending&, const context&);
void apply(state&, const charter::state&, const close_year&, const context&);
void apply(state&, const charter::state&, const assess_contributions&, const context&);
void apply(state&, const charter::state&, const reassess_contributions&, const context&);
void apply(state&, const charter::state&, const write_off_contribution&, const context&);
void apply(state&, const charter::state&, const commit&, const context&);
void apply(state&, const charter::state&, const open_bank_account&, const context&);
void apply(state&, const charter::state&, const receive_contribution&, const context&);
void apply(state&, const charter::state&, const correct_contribution&, const context&);
void apply(state&, const charter::state&, const record_income&, const context&);
void apply(state&, const charter::state&, const record_bank_charge&, const context&);
void apply(state&, const charter::state&, const exchange_money&, const context&);
void apply(state&, const charter::state&, const record_statement&, const context&);
void apply(state&, const charter::state&, const name_rate&, const context&);
void apply(state&, const charter::state&, const record_past_budget&, const context&);
void apply(state&, const charter::state&, const reserve&, const context&);
void apply(state&, const charter::state&, const confirm_reservation&, const context&);
void apply(state&, const charter::state&, const void_reservation&, const context&);
void apply(state&, const charter::state&, const release_commitment&, const context&);
void apply(state&, const charter::state&, const submit_claim&, const context&);
void apply(state&, const charter::state&, const accept_claim&, const context&);
void apply(state&, const charter::state&, const reject_claim&, const context&);
void apply(state&, const charter::state&, const settle_advance&, const context&);
void apply(state&, const charter::state&, const pay_claims&, const context&);
void apply(state&, const charter::state&, const pay_advance&, const context&);
void apply(state&, const charter::state&, const receive_refund&, const context&);
void apply(state&, const charter::state&, const receive_recovery&, const context&);
void apply(state&, const charter::state&, const reservations_expired&, const context&);
void apply(state&, const charter::state&, const year_closed&, const context&);
void apply(state&, const charter::state&, const backing_released&, const context&);
void apply(state&, const charter::state&, const draft_contract&, const context&);
void apply(state&, const charter::state&, const sign_contract&, const context&);
void apply(state&, const charter::state&, const end_contract&, const context&);
void apply(state&, const charter::state&, const contract_drafted&, const context&);
void apply(state&, const charter::state&, const contract_ended&, const context&);

/// The members' parts of an assessment: as stated, or by the weight "money" of the day.
result<std::vector<share>> shares_of(const charter::state&, const amount& total,
                                     const std::vector<share>& stated, date on);
/// Each item of a claim in the unit of the commitment, by its rates.
result<std::vector<std::int64_t>> converted_items(const charter::state&, const submit_claim&,
                                                  const unit_id&);
/// The trial balance of all that is for the day and before; what is of no day counts. Refuses what
/// would not fit 64 bits: only some of the entries count here.
result<std::vector<trial_row>> trial_balance(const state&, date last);

/// What follows for the commitment behind a call that is over. `needed` is what other calls on the
/// same commitment still offer or gave out, without what contracts have carved out of it.
backing_released release_backing(const state&, const commitment_id&, const std::string& call,
                                 int128 offered, int128 given, int128 needed, const context&);

/// What contracts of the call have carved out of the commitment behind it.
std::int64_t contracted_by(const state&, const std::string& call);
/// Where a contract stands.
contract_state state_of(const state&, const contract&);
/// What of a signed contract has fallen due by the day.
int128 due_by(const contract&, date);
/// A claim on a contract: it runs, so much has fallen due, and reports are shown where they must.
result<void> check_instalment(const world&, const submit_claim&, int128 claimed, const context&);

/// Lets the book know the units of the charter that it has not met.
void declare_units(ledger::book&, const charter::state&);

/// Reservations whose last day has passed at `at`; to be applied before asking again.
std::optional<event> next_due(const state&, const charter::state&, instant at);
/// When the next reservation expires.
std::optional<instant> earliest_due(const state&);

/// The unit in which a commitment counts: that of its line.
const unit_id& unit_of(const state&, const commitment&);

/// Whether a sum fits the 64 bits of an amount, its negative too.
bool fits(int128 minor);
/// What an account holds, what a line has, within the 64 bits of an amount.
std::int64_t balance(const state&, const std::string& account, const unit_id&);
amount amount_in(const unit_id&, int128 minor);
amount appropriated(const state&, const line_id&);
/// What so many twelfths of an amount are: `months` parts of amount / 12, cut, and one more for
/// each month up to the remainder. Largest remainder over twelve equal months, ties to the earlier,
/// so that twelve give the whole.
int128 twelfths(int128 minor, std::int32_t months);
/// What a provisional line would rest on once the command is carried out.
provisional_authority authority_of(const state&, const open_provisional&);

}  // namespace veche::fund
