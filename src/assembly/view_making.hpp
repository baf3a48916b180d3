#pragma once
// How the parts that several views share are made. Inside the room only.

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "assembly/views.hpp"

namespace veche::assembly {

named_body show_body(const charter::state&, const body_id&);
std::vector<named_body> show_bodies(const charter::state&, const std::vector<body_id>&);

/// Seats and powers of the viewer in these bodies today.
viewer_means means_of(const world&, std::span<const body_id> bodies, const viewer&);
bool has_power(const viewer_means&, std::string_view power, const body_id&);

/// A rule as the charter has it now, or as it was when a vote opened.
rule_view show_rule(const charter::state&, const std::string& id);
rule_view show_rule(const charter::decision_rule&);
std::vector<enactment_view> show_enactments(const std::vector<enactment>&,
                                            std::span<const std::uint64_t> carried_out);
std::vector<supporter_view> show_supporters(const charter::state&, const support&);
/// Who signs the act and who has signed; acts that wait for a signature, the oldest first.
std::vector<signature_view> show_signatures(const world&, const decision&, const viewer&);
std::vector<unsigned_act_row> unsigned_acts(const world&, const std::optional<body_id>&,
                                            const viewer&);
std::vector<stage_view> show_stages(const world&, const motion&);
part_view show_part(const world&, const motion&, std::int32_t number);
bundle_view show(const world&, const bundle&, const viewer&);
/// What became of the motion at the bodies it was forwarded to.
forward_view show(const world&, const forwarding&);
std::vector<forward_view> show_forwards(const world&, const motion&);
motion_row show_row(const world&, const motion&);
vote_row show_row(const world&, const vote&);
/// A whole vote; its margins only where it is shown alone.
enum class vote_detail { among_others, alone };
vote_view show(const world&, const vote&, const viewer&, vote_detail);

/// A secret vote as votes are shown: totals, and nobody's ballot.
vote_view show_as_vote(const world&, const secret_vote&, const viewer&);
/// Puts the session's secret votes that have ended where they belong among its votes, the latest
/// first.
void add_secret_votes(const world&, const session&, const viewer&, std::vector<vote_view>&);

/// One amendment, its turn taken from the order of voting; all of a motion, those to an amendment
/// behind it.
amendment_view show(const world&, const amendment&, const std::vector<amendment_id>& order,
                    const viewer&, const viewer_means&);
std::vector<amendment_view> show_amendments(const world&, const motion&, const viewer&,
                                            const viewer_means&);

/// What became of a session that its series called for, and by how many days it is or was late.
due_session became(const session&, instant now);
std::int32_t days_late(const session&, instant now);

/// Parts of one session: its agenda with times, its papers, who is invited, who attends.
void show_agenda(const world&, const session&, const viewer&, session_view&);
void show_papers(const world&, const session&, session_view&);
void show_invitations(const world&, const session&, const viewer&, session_view&);
void show_presence(const world&, const session&, const viewer&, session_view&);

casting_view show_casting(const world&, const vote&, const viewer&, const viewer_means&);
std::vector<proxy_view> show_proxies(const world&, const session&, const viewer&);
bool knows_proxies(const charter::state&, const body_id&);

/// The person's seats in a vote, those it represents behind them, and whether they may vote now.
std::vector<own_seat> own_seats(const world&, const vote&, const person_id&, instant now);

}  // namespace veche::assembly
