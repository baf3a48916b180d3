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
/// Who names the applicant as the one to go with, and is not named in turn.
std::vector<person_id> named_partner_by(const state&, const application&);
/// Programmes for which the viewer holds the office that ranks.
std::vector<place_id> ranks_for(const world&, const call&, const viewer&);
/// Each line where hosts rank: the applicant's own place in the ranking beside the last that got
/// in, and for a pair nothing of the other's figures.
std::vector<choice_explanation> explain_by_hosts(const state&, const call&, const application&);
/// Each choice with the reason of what came of it.
std::vector<choice_explanation> explain(const state&, const call&, const application&);

}  // namespace veche::calls
