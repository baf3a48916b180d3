#pragma once
// The commitment of the fund that stands behind a call: enough when the call is ordered, and given
// back as far as the call did not need it when it is over.

#include "calls/commands.hpp"
#include "calls/events.hpp"
#include "office/state.hpp"

namespace veche::office {

/// The commitment that the call names stands, counts what is offered, and covers it beside the
/// other calls on it. Nothing to check where the call names none.
result<void> check_backing(const state&, const calls::open_call&, const context&);

/// What follows in the fund from a call that is over; nothing where no commitment stands behind it,
/// or where the two cannot be compared: money behind places without stipends.
std::optional<event> after_concluded(const state&, const calls::call_concluded&, const context&);

}  // namespace veche::office
