#pragma once
// The commitment of the fund that stands behind a call: enough when the call is ordered, and given
// back as far as the call did not need it when it is over.

#include "calls/commands.hpp"
#include "calls/events.hpp"
#include "fund/fund.hpp"
#include "office/state.hpp"

namespace veche::office {

/// The commitment that the call names stands, counts what is offered, and covers it beside the
/// other calls on it. Nothing to check where the call names none.
result<void> check_backing(const state&, const calls::open_call&, const context&);

/// What follows in the fund from a call that is over; nothing where no commitment stands behind it,
/// or where the two cannot be compared: money behind places without stipends.
std::optional<event> after_concluded(const state&, const calls::call_concluded&, const context&);

/// What winners were promised, told to the fund in its own words.
class call_promises : public fund::promises {
  public:
    explicit call_promises(const state& s) : of_(s) {}
    [[nodiscard]] result<fund::promise> to(const fund::call_ref&, const person_id&) const override;

  private:
    const state& of_;
};

/// No contract was signed with the applicant, who can then give back or exchange what was won.
result<void> check_no_contract(const state&, const calls::call_id&, const person_id&);

/// For what somebody wants to use a commitment.
enum class backing_use : std::uint8_t { claim, advance, release };
/// So much of the commitment is free beside what calls that stand on it need for their contracts.
result<void> check_left_for_contracts(const state&, const fund::commitment_id&, int128 minor,
                                      backing_use, const std::string& field);

}  // namespace veche::office
