#pragma once
// The room's front door. decide is pure and changes nothing; apply is total on what decide let
// pass. Both are found by overload, one per message of messages.hpp.

#include "assembly/messages.hpp"
#include "assembly/state.hpp"

namespace veche::assembly {

struct world {
    const charter::state& charter;
    const state& own;
};

result<events> decide(const world&, const convene_session&, const context&);
result<events> decide(const world&, const reschedule_session&, const context&);
result<events> decide(const world&, const cancel_session&, const context&);
result<events> decide(const world&, const open_session&, const context&);
result<events> decide(const world&, const close_session&, const context&);
result<events> decide(const world&, const add_item&, const context&);
result<events> decide(const world&, const move_item&, const context&);
result<events> decide(const world&, const remove_item&, const context&);
result<events> decide(const world&, const add_paper&, const context&);
result<events> decide(const world&, const add_sealed_paper&, const context&);
result<events> decide(const world&, const add_internal_item&, const context&);
result<events> decide(const world&, const register_presence&, const context&);
result<events> decide(const world&, const end_presence&, const context&);
result<events> decide(const world&, const start_item&, const context&);
result<events> decide(const world&, const close_item&, const context&);
result<events> decide(const world&, const require_papers&, const context&);
result<events> decide(const world&, const send_invitations&, const context&);
result<events> decide(const world&, const answer_invitation&, const context&);
result<events> decide(const world&, const excuse_absence&, const context&);
result<events> decide(const world&, const plan_series&, const context&);
result<events> decide(const world&, const extend_series&, const context&);
result<events> decide(const world&, const end_series&, const context&);
/// Checks that the body may order each enactment. Whether it is a known command that could be
/// carried out today is the office's dry run: it knows the other rooms.
result<events> decide(const world&, const table_motion&, const context&);
result<events> decide(const world&, const withdraw_motion&, const context&);
result<events> decide(const world&, const open_vote&, const context&);
result<events> decide(const world&, const cast_ballot&, const context&);
/// Yields vote_decided.
result<events> decide(const world&, const close_vote&, const context&);
/// The office rehearses the ordered command, as for a motion.
result<events> decide(const world&, const table_amendment&, const context&);
result<events> decide(const world&, const withdraw_amendment&, const context&);
result<events> decide(const world&, const set_voting_order&, const context&);
result<events> decide(const world&, const support_motion&, const context&);
result<events> decide(const world&, const withdraw_support&, const context&);
result<events> decide(const world&, const bundle_motions&, const context&);
result<events> decide(const world&, const take_out_of_bundle&, const context&);
result<events> decide(const world&, const split_motion&, const context&);
result<events> decide(const world&, const advance_motion&, const context&);
result<events> decide(const world&, const reconsider_motion&, const context&);
/// Yields forwarded_motion_placed where a session waits. The office rehearses what it orders there.
result<events> decide(const world&, const forward_motion&, const context&);
/// Yields decision_in_force with the signature that was missing.
result<events> decide(const world&, const sign_act&, const context&);
/// Only says whether there is something to try again: the office tries.
result<events> decide(const world&, const retry_enactments&, const context&);
result<events> decide(const world&, const open_speakers_list&, const context&);
result<events> decide(const world&, const close_speakers_list&, const context&);
result<events> decide(const world&, const ask_for_floor&, const context&);
result<events> decide(const world&, const withdraw_speech&, const context&);
result<events> decide(const world&, const move_speech&, const context&);
result<events> decide(const world&, const give_floor&, const context&);
result<events> decide(const world&, const pause_speech&, const context&);
result<events> decide(const world&, const resume_speech&, const context&);
result<events> decide(const world&, const end_speech&, const context&);
result<events> decide(const world&, const add_speaking_time&, const context&);
result<events> decide(const world&, const call_election&, const context&);
result<events> decide(const world&, const nominate_candidate&, const context&);
result<events> decide(const world&, const accept_candidacy&, const context&);
result<events> decide(const world&, const withdraw_candidacy&, const context&);
result<events> decide(const world&, const open_election&, const context&);
result<events> decide(const world&, const cast_election_ballot&, const context&);
/// Yields stage_counted for every stage, then election_decided.
result<events> decide(const world&, const close_election&, const context&);
result<events> decide(const world&, const annul_election&, const context&);
result<events> decide(const world&, const register_credential&, const context&);
result<events> decide(const world&, const register_trustee&, const context&);
/// The office rehearses what each option orders.
result<events> decide(const world&, const open_secret_vote&, const context&);
/// The last confirmation yields secret_ballot_opened.
result<events> decide(const world&, const send_key_message&, const context&);
/// Verifies the ballot's proofs, which takes some milliseconds.
result<events> decide(const world&, const cast_secret_ballot&, const context&);
/// Yields secret_ballot_closed, and below the floor secret_vote_decided.
result<events> decide(const world&, const close_secret_vote&, const context&);
/// The last part that is needed yields secret_vote_decided.
result<events> decide(const world&, const decrypt_secret_vote&, const context&);
result<events> decide(const world&, const abandon_secret_vote&, const context&);
result<events> decide(const world&, const cast_split_ballot&, const context&);
result<events> decide(const world&, const enter_hand_count&, const context&);
result<events> decide(const world&, const enter_hand_votes&, const context&);
result<events> decide(const world&, const correct_ballot&, const context&);
result<events> decide(const world&, const give_proxy&, const context&);
result<events> decide(const world&, const revoke_proxy&, const context&);
result<events> decide(const world&, const object_to_silence&, const context&);
result<events> decide(const world&, const open_next_round&, const context&);

void apply(state&, const charter::state&, const convene_session&, const context&);
void apply(state&, const charter::state&, const reschedule_session&, const context&);
void apply(state&, const charter::state&, const cancel_session&, const context&);
void apply(state&, const charter::state&, const open_session&, const context&);
void apply(state&, const charter::state&, const close_session&, const context&);
void apply(state&, const charter::state&, const add_item&, const context&);
void apply(state&, const charter::state&, const move_item&, const context&);
void apply(state&, const charter::state&, const remove_item&, const context&);
void apply(state&, const charter::state&, const add_paper&, const context&);
void apply(state&, const charter::state&, const add_sealed_paper&, const context&);
void apply(state&, const charter::state&, const add_internal_item&, const context&);
void apply(state&, const charter::state&, const register_presence&, const context&);
void apply(state&, const charter::state&, const end_presence&, const context&);
void apply(state&, const charter::state&, const start_item&, const context&);
void apply(state&, const charter::state&, const close_item&, const context&);
void apply(state&, const charter::state&, const require_papers&, const context&);
void apply(state&, const charter::state&, const send_invitations&, const context&);
void apply(state&, const charter::state&, const answer_invitation&, const context&);
void apply(state&, const charter::state&, const excuse_absence&, const context&);
void apply(state&, const charter::state&, const plan_series&, const context&);
void apply(state&, const charter::state&, const extend_series&, const context&);
void apply(state&, const charter::state&, const end_series&, const context&);
void apply(state&, const charter::state&, const session_planned&, const context&);
void apply(state&, const charter::state&, const table_motion&, const context&);
void apply(state&, const charter::state&, const withdraw_motion&, const context&);
void apply(state&, const charter::state&, const open_vote&, const context&);
void apply(state&, const charter::state&, const cast_ballot&, const context&);
void apply(state&, const charter::state&, const close_vote&, const context&);
void apply(state&, const charter::state&, const retry_enactments&, const context&);
void apply(state&, const charter::state&, const table_amendment&, const context&);
void apply(state&, const charter::state&, const withdraw_amendment&, const context&);
void apply(state&, const charter::state&, const set_voting_order&, const context&);
void apply(state&, const charter::state&, const text_amended&, const context&);
void apply(state&, const charter::state&, const support_motion&, const context&);
void apply(state&, const charter::state&, const withdraw_support&, const context&);
void apply(state&, const charter::state&, const sign_act&, const context&);
void apply(state&, const charter::state&, const bundle_motions&, const context&);
void apply(state&, const charter::state&, const take_out_of_bundle&, const context&);
void apply(state&, const charter::state&, const split_motion&, const context&);
void apply(state&, const charter::state&, const advance_motion&, const context&);
void apply(state&, const charter::state&, const reconsider_motion&, const context&);
void apply(state&, const charter::state&, const part_dropped&, const context&);
void apply(state&, const charter::state&, const forward_motion&, const context&);
void apply(state&, const charter::state&, const forwarded_motion_placed&, const context&);
void apply(state&, const charter::state&, const decision_in_force&, const context&);
void apply(state&, const charter::state&, const vote_decided&, const context&);
void apply(state&, const charter::state&, const roll_continued&, const context&);
void apply(state&, const charter::state&, const decision_adopted&, const context&);
void apply(state&, const charter::state&, const enactment_carried_out&, const context&);
void apply(state&, const charter::state&, const enactments_failed&, const context&);
void apply(state&, const charter::state&, const item_placed&, const context&);
void apply(state&, const charter::state&, const case_placed&, const context&);
void apply(state&, const charter::state&, const open_speakers_list&, const context&);
void apply(state&, const charter::state&, const close_speakers_list&, const context&);
void apply(state&, const charter::state&, const ask_for_floor&, const context&);
void apply(state&, const charter::state&, const withdraw_speech&, const context&);
void apply(state&, const charter::state&, const move_speech&, const context&);
void apply(state&, const charter::state&, const give_floor&, const context&);
void apply(state&, const charter::state&, const pause_speech&, const context&);
void apply(state&, const charter::state&, const resume_speech&, const context&);
void apply(state&, const charter::state&, const end_speech&, const context&);
void apply(state&, const charter::state&, const add_speaking_time&, const context&);
void apply(state&, const charter::state&, const call_election&, const context&);
void apply(state&, const charter::state&, const nominate_candidate&, const context&);
void apply(state&, const charter::state&, const accept_candidacy&, const context&);
void apply(state&, const charter::state&, const withdraw_candidacy&, const context&);
void apply(state&, const charter::state&, const open_election&, const context&);
void apply(state&, const charter::state&, const cast_election_ballot&, const context&);
void apply(state&, const charter::state&, const close_election&, const context&);
void apply(state&, const charter::state&, const annul_election&, const context&);
void apply(state&, const charter::state&, const stage_counted&, const context&);
void apply(state&, const charter::state&, const election_decided&, const context&);
void apply(state&, const charter::state&, const post_conferred&, const context&);
void apply(state&, const charter::state&, const posts_not_conferred&, const context&);
void apply(state&, const charter::state&, const register_credential&, const context&);
void apply(state&, const charter::state&, const register_trustee&, const context&);
void apply(state&, const charter::state&, const open_secret_vote&, const context&);
void apply(state&, const charter::state&, const send_key_message&, const context&);
void apply(state&, const charter::state&, const cast_secret_ballot&, const context&);
void apply(state&, const charter::state&, const close_secret_vote&, const context&);
void apply(state&, const charter::state&, const decrypt_secret_vote&, const context&);
void apply(state&, const charter::state&, const abandon_secret_vote&, const context&);
void apply(state&, const charter::state&, const secret_ballot_opened&, const context&);
void apply(state&, const charter::state&, const secret_ballot_closed&, const context&);
void apply(state&, const charter::state&, const secret_vote_decided&, const context&);
void apply(state&, const charter::state&, const cast_split_ballot&, const context&);
void apply(state&, const charter::state&, const enter_hand_count&, const context&);
void apply(state&, const charter::state&, const enter_hand_votes&, const context&);
void apply(state&, const charter::state&, const correct_ballot&, const context&);
void apply(state&, const charter::state&, const give_proxy&, const context&);
void apply(state&, const charter::state&, const revoke_proxy&, const context&);
void apply(state&, const charter::state&, const object_to_silence&, const context&);
void apply(state&, const charter::state&, const open_next_round&, const context&);
void apply(state&, const charter::state&, const motion_returned&, const context&);
/// A session ends: its lists close and nobody has the floor.
void close_floor(state&, const session& over, instant at);

}  // namespace veche::assembly
