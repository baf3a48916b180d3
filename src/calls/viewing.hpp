#pragma once
// What several views of calls need.

#include "calls/views.hpp"

namespace veche::calls {

/// Whether the viewer holds an office with this power in the body that runs the call.
bool has_power(const world&, const call&, const viewer&, std::string_view power);
/// The call, if the viewer leads it, hears its appeals, or audits; refuses with not_yours.
result<const call*> led_call(const world&, const call_id&, const viewer&);
call_row row_of(const world&, const call&, instant now);
/// What the applicant can do now, and until when the first of it.
std::vector<todo> todo_of(const call&, const application&, instant now,
                          std::optional<instant>& until);
/// Each choice with the reason of what came of it.
std::vector<choice_explanation> explain(const state&, const call&, const application&);

}  // namespace veche::calls
