#pragma once
// Teams for sites: the best assignment that keeps all windows, with its proof. Sites that share
// applicants are one part of a round. Who holds a place stays: a round fills what is still open of
// the windows.

#include "calls/run.hpp"
#include "calls/views.hpp"

namespace veche::calls {

/// What a site asks, the size of its team first.
std::vector<team_window> windows_of(const open_call&, const place_id& site);
/// Whether it counts the applicant.
bool counts(const counted&, const application&);

/// Fills parts and what is held, when candidates are known.
void add_parts(const state&, run_input&);
/// A part binds where nothing better by the aim exists; of the others nobody is sent anywhere.
run_result allocate_teams(const run_input&);
/// Whether the part binds.
bool binds(team_verdict);
/// Why a run would bind nobody: refuses with no_teams or teams_undecided.
result<void> check_teams_found(const run_result&);
/// The teams as they are, by what is accepted, or also by what is offered.
std::vector<team_made> teams_now(const state&, const call&, bool accepted_only);

/// Where the applicant with this record would have been sent in the last round that they took part
/// in, or in the first; nothing for nowhere.
std::optional<place_id> sent_with(const call&, const application&);

/// The points that sending the applicant to this choice is worth.
std::int64_t utility_of(const call&, const application&, std::size_t choice);
/// What the engine calls a window, and back.
teams::window engine_window(const counted&, std::int64_t min, std::optional<std::int64_t> max);
counted counted_by(const std::string& what, const std::string& value);

/// Each choice with its reason; with `otherwise` also what would be with the applicant there, which
/// solves the round again for each choice, where the part is small enough for that.
std::vector<site_explanation> explain_sites(const call&, const application&, bool otherwise);

}  // namespace veche::calls
