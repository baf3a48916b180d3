#pragma once
// Why calls say no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::calls::refusals {

// Who may.
inline constexpr refusal_kind only_by_decision{
    "calls.only_by_decision", 403,
    "A call is opened only by decision: table a motion that orders this."};
inline constexpr refusal_kind not_by_decision{
    "calls.not_by_decision", 403,
    "No decision can order this: it is for those who apply, judge or lead the call."};
inline constexpr refusal_kind not_for_oneself{
    "calls.not_for_oneself", 403,
    "One applies for oneself: act in your own name, without an office or a seat."};
inline constexpr refusal_kind call_unknown{"calls.call_unknown", 404, "There is no call {0}."};
inline constexpr refusal_kind not_voted{
    "calls.not_voted", 409, "Nobody votes in this call: its officers judge, or lots decide."};
inline constexpr refusal_kind application_unknown{"calls.application_unknown", 404,
                                                  "{0} has no application in this call."};
inline constexpr refusal_kind body_unknown{"calls.body_unknown", 404,
                                           "There is no body {0} that could run the call."};
inline constexpr refusal_kind not_custodian{
    "calls.not_custodian", 403,
    "The lots of this call are kept by {0}. Say under which office you act."};
inline constexpr refusal_kind no_host{"calls.no_host", 404,
                                      "The call has no programme {0} for which a host ranks."};
inline constexpr refusal_kind not_host{
    "calls.not_host", 403, "For this programme {0} ranks. Say under which office you act."};
inline constexpr refusal_kind not_assigned{"calls.not_assigned", 403,
                                           "The application of {0} is not given to you to assess."};
inline constexpr refusal_kind own_case{
    "calls.own_case", 403, "Nobody judges in their own case: another person must do this."};
inline constexpr refusal_kind same_person{
    "calls.same_person", 403,
    "Who judged or assessed an application does not decide its appeal: another person must."};
inline constexpr refusal_kind not_yours{
    "calls.not_yours", 403, "This is for the applicant and for those who run the call."};

inline constexpr refusal_kind party_unknown{"calls.party_unknown", 404,
                                            "The call has no party {0}."};
inline constexpr refusal_kind not_claimant{
    "calls.not_claimant", 403,
    "What {0} claims is stated by the office {1}. Say under which office you act."};

// When.
inline constexpr refusal_kind call_taken{"calls.call_taken", 409, "There is a call {0} already."};
inline constexpr refusal_kind nobody_applies{
    "calls.nobody_applies", 409,
    "Nobody applies to this call: it divides what there is over the parties that it names."};
inline constexpr refusal_kind not_of_shares{
    "calls.not_of_shares", 409,
    "The call {0} divides nothing over parties, so there are no claims."};
inline constexpr refusal_kind claim_fixed{
    "calls.claim_fixed", 409, "What {0} gets or claims is fixed in the call: no office states it."};
inline constexpr refusal_kind not_open_yet{"calls.not_open_yet", 409, "The call opens at {0}."};
inline constexpr refusal_kind closed_already{"calls.closed_already", 409,
                                             "The call closed at {0}."};
inline constexpr refusal_kind not_closed{"calls.not_closed", 409,
                                         "The call takes applications until {0}."};
inline constexpr refusal_kind allocated_already{
    "calls.allocated_already", 409,
    "What the call offers was allocated already: only an appeal changes a judgement now."};
inline constexpr refusal_kind not_allocated{"calls.not_allocated", 409,
                                            "Nothing has been allocated in this call yet."};
inline constexpr refusal_kind concluded_already{"calls.concluded_already", 409,
                                                "The call {0} is concluded."};
inline constexpr refusal_kind answers_open{"calls.answers_open", 409,
                                           "{0} offers wait for an answer, until {1}."};
inline constexpr refusal_kind appeals_running{
    "calls.appeals_running", 409, "One can appeal until {0}; {1} appeals wait for a decision."};
inline constexpr refusal_kind lot_fixed{
    "calls.lot_fixed", 409,
    "Somebody has applied already: from then on no number for the lots can be added or changed."};
inline constexpr refusal_kind lot_not_committed{
    "calls.lot_not_committed", 409,
    "Nobody can apply before a custodian has committed to a number for the lots."};
inline constexpr refusal_kind list_settled{
    "calls.list_settled", 409,
    "The list was settled at {0}: nothing is judged while the lots are revealed. After the run one "
    "can appeal."};
inline constexpr refusal_kind list_not_settled{
    "calls.list_not_settled", 409,
    "The list is not settled: whoever judges must not know the lots, so they are revealed when all "
    "is judged."};
inline constexpr refusal_kind no_lots{
    "calls.no_lots", 409,
    "No number was committed for this call, so there are no lots to wait for."};
inline constexpr refusal_kind lots_not_needed{
    "calls.lots_not_needed", 409,
    "Nobody stands equal, so that no lots are drawn: the call can be run."};
inline constexpr refusal_kind vote_not_open{"calls.vote_not_open", 409,
                                            "One can vote from {0} until {1}."};
inline constexpr refusal_kind slate_fixed{
    "calls.slate_fixed", 409,
    "The ballot paper is fixed since {0}: nothing that would change it is judged any more."};
inline constexpr refusal_kind slate_full{
    "calls.slate_full", 409,
    "{0} projects are eligible already, and a ballot paper has no room for more."};
inline constexpr refusal_kind votes_hidden{
    "calls.votes_hidden", 409, "Votes are counted and shown when the voting is over, at {0}."};
inline constexpr refusal_kind nothing_committed{"calls.nothing_committed", 409,
                                                "You committed to no number for this call."};
inline constexpr refusal_kind revealed_already{"calls.revealed_already", 409,
                                               "Your number is revealed already."};
inline constexpr refusal_kind lot_not_revealed{
    "calls.lot_not_revealed", 409, "This call has no lots, or their numbers are not revealed yet."};
inline constexpr refusal_kind lot_over{
    "calls.lot_over", 409, "The lots are fixed: a number that was not revealed in time is out."};
inline constexpr refusal_kind withdrawn_already{"calls.withdrawn_already", 409,
                                                "The application is withdrawn."};
inline constexpr refusal_kind contract_stands{
    "calls.contract_stands", 409,
    "A contract was signed with {0}: what it is about is neither given back nor exchanged here. "
    "The contract can be ended."};
inline constexpr refusal_kind contracts_unsaid{
    "calls.contracts_unsaid", 409, "The call {0} makes no contracts with those who win in it."};
inline constexpr refusal_kind nothing_won{
    "calls.nothing_won", 409,
    "{0} holds no money of this call for good: a contract takes an accepted offer with money, of a "
    "pair by both, and without waiting for better."};
inline constexpr refusal_kind no_offer{"calls.no_offer", 409,
                                       "There is no offer that waits for your answer."};
inline constexpr refusal_kind pair_cannot_wait{"calls.pair_cannot_wait", 409,
                                               "Two who go together take what they are offered or "
                                               "decline it: they cannot take it and wait for "
                                               "better."};
inline constexpr refusal_kind ranking_fixed{
    "calls.ranking_fixed", 409,
    "After a run a ranking is only continued: it begins with those ranked before, in their order."};
inline constexpr refusal_kind no_moving_up{
    "calls.no_moving_up", 409,
    "In a team nobody moves on to another site: the others were chosen to go with you."};
inline constexpr refusal_kind offers_not_rolling{
    "calls.offers_not_rolling", 409,
    "In this call offers go out in rounds: answer the one that you have."};
inline constexpr refusal_kind offers_out{
    "calls.offers_out", 409,
    "Offers went out until {0}: what was kept then is taken, and nobody is called any more."};
inline constexpr refusal_kind offers_running{
    "calls.offers_running", 409, "Offers go out until {0}; only then can the call be concluded."};
inline constexpr refusal_kind taken_for_good{
    "calls.taken_for_good", 409,
    "You took {0} for good, and gave up all others: now you can only withdraw."};
inline constexpr refusal_kind appeal_cannot_wait{
    "calls.appeal_cannot_wait", 409,
    "A place that an appeal won is taken or declined: nobody can take it and wait for better."};
inline constexpr refusal_kind appeal_taken{"calls.appeal_taken", 409, "You have appealed already."};
inline constexpr refusal_kind too_late_to_appeal{"calls.too_late_to_appeal", 409,
                                                 "One could appeal until {0}."};
inline constexpr refusal_kind no_appeal{"calls.no_appeal", 409,
                                        "{0} has no appeal that waits for a decision."};
inline constexpr refusal_kind appeal_decided{
    "calls.appeal_decided", 409,
    "The appeal of {0} is decided, and what was decided there stands."};
inline constexpr refusal_kind not_eligible{"calls.not_eligible", 409,
                                           "The application of {0} is not judged eligible."};
inline constexpr refusal_kind assigned_already{"calls.assigned_already", 409,
                                               "{0} has this application already."};
inline constexpr refusal_kind assessors_complete{
    "calls.assessors_complete", 409,
    "{0} assess each application, and so many have this one. Another comes in when one declares "
    "an interest."};
inline constexpr refusal_kind interest_missing{
    "calls.interest_missing", 409, "Declare first whether anything ties you to the applicant."};
inline constexpr refusal_kind interest_declared{
    "calls.interest_declared", 409, "You declared a tie to the applicant and do not assess."};
inline constexpr refusal_kind assessed_already{"calls.assessed_already", 409,
                                               "You have assessed this application already."};
inline constexpr refusal_kind aside_already{"calls.aside_already", 409,
                                            "{0} is set aside already."};
inline constexpr refusal_kind blocked{
    "calls.blocked", 409,
    "The call cannot be run: {0} things stand in the way. The list of them says what to do."};
inline constexpr refusal_kind nothing_to_allocate{
    "calls.nothing_to_allocate", 409,
    "Nothing is free, nobody waits for it, or the rules of the call end it with one round."};
inline constexpr refusal_kind round_due{
    "calls.round_due", 409,
    "Places or money are free and people wait for them: by the rules of the call a further round "
    "comes first."};
inline constexpr refusal_kind certificate_failed{
    "calls.certificate_failed", 500,
    "The result did not pass its own check, so nothing was allocated: {0}."};
inline constexpr refusal_kind no_stable_matching{
    "calls.no_stable_matching", 409,
    "With the places as they are no stable matching was found. It hangs at the programmes {0} and "
    "those who go there in pairs: {1}. Set one of them aside with a public reason; the others need "
    "not wait."};
inline constexpr refusal_kind no_teams{"calls.no_teams", 409,
                                       "No teams keep all windows of {0}. The trial run names what "
                                       "cannot hold together; a site can be "
                                       "set aside."};
inline constexpr refusal_kind teams_undecided{
    "calls.teams_undecided", 409,
    "The search for the best teams of {0} did not come to its end, so what it found binds nobody. "
    "It is smaller when a site is set aside."};

// What.
inline constexpr refusal_kind title_missing{"calls.title_missing", 400, "A title is missing."};
inline constexpr refusal_kind reason_missing{"calls.reason_missing", 400, "Say why."};
inline constexpr refusal_kind text_too_long{"calls.text_too_long", 400,
                                            "The text is longer than {0} bytes."};
inline constexpr refusal_kind too_many{"calls.too_many", 400, "There can be {0} at most."};
inline constexpr refusal_kind id_repeated{"calls.id_repeated", 400,
                                          "{0} stands here twice. Give each its own id."};
inline constexpr refusal_kind programmes_missing{
    "calls.programmes_missing", 400, "A call for places names its programmes and no budget."};
inline constexpr refusal_kind budget_missing{
    "calls.budget_missing", 400,
    "A call that gives money to projects names a budget above zero, and no programmes and no "
    "groups."};
inline constexpr refusal_kind unit_unknown{"calls.unit_unknown", 400,
                                           "{0} is no unit of the charter for money."};
inline constexpr refusal_kind member_unknown{"calls.member_unknown", 404,
                                             "There is no member {0}."};
inline constexpr refusal_kind capacity_malformed{"calls.capacity_malformed", 400,
                                                 "A programme has from 1 to {0} places."};
inline constexpr refusal_kind group_unknown{"calls.group_unknown", 400,
                                            "The call has no group {0}."};
inline constexpr refusal_kind reserves_malformed{
    "calls.reserves_malformed", 400,
    "{0} has {1} places, and {2} are reserved. A reserve is above zero, and all of them together "
    "are no more than the places."};
inline constexpr refusal_kind result_too_large{
    "calls.result_too_large", 400,
    "The cutoffs of this call would take up to {0} bytes, and one entry of the journal holds {1}. "
    "Use fewer programmes or reserves, shorter ids, or two calls."};
inline constexpr refusal_kind reserves_unruled{
    "calls.reserves_unruled", 400,
    "Where places are reserved it is said how they are filled, and only there."};
inline constexpr refusal_kind reserves_need_lots{
    "calls.reserves_need_lots", 400, "Where places are reserved, lots part equal scores."};
inline constexpr refusal_kind rolling_places_only{
    "calls.rolling_places_only", 400,
    "Offers roll only in a call for places, where programmes call one applicant after another."};
inline constexpr refusal_kind rolling_needs_lots{
    "calls.rolling_needs_lots", 400,
    "Where offers roll, each programme calls one after another, so lots part equal scores."};
inline constexpr refusal_kind rolling_without_reserves{
    "calls.rolling_without_reserves", 400,
    "Where offers roll no places are reserved: each programme has one list."};
inline constexpr refusal_kind rolling_one_run{
    "calls.rolling_one_run", 400,
    "Where offers roll, a free place goes on at once: there is no further round (unfilled: none)."};
inline constexpr refusal_kind rolling_too_short{
    "calls.rolling_too_short", 400,
    "Offers roll until a day that comes at least {0} days after the call closes, so that those who "
    "are called first can answer."};
inline constexpr refusal_kind lottery_unsaid{
    "calls.lottery_unsaid", 400,
    "Where lots part equal scores it is said whether there is one for all or one for each "
    "programme, and only there."};
inline constexpr refusal_kind grants_one_lot{"calls.grants_one_lot", 400,
                                             "Where money is given there is one lot for all."};
inline constexpr refusal_kind order_for_parties{
    "calls.order_for_parties", 400,
    "The order of a list parts those among whom something is divided, not applicants."};
inline constexpr refusal_kind class_beyond_budget{
    "calls.class_beyond_budget", 400, "Equal scores cannot be admitted together beyond a budget."};
inline constexpr refusal_kind budget_rule_unsaid{
    "calls.budget_rule_unsaid", 400,
    "A call for grants says what happens to a project that does not fit, and no other call does."};
inline constexpr refusal_kind choices_without_programmes{
    "calls.choices_without_programmes", 400,
    "How many one may choose is said only where there are programmes to choose from."};
inline constexpr refusal_kind points_unsaid{"calls.points_unsaid", 400,
                                            "Where one votes by points it is said how many there "
                                            "are, in all and for each project, and only there."};
inline constexpr refusal_kind points_too_few{
    "calls.points_too_few", 400,
    "Each project named gets a point, and there are fewer points than projects one must name."};
inline constexpr refusal_kind rises_unsaid{
    "calls.rises_unsaid", 400, "Where shares rise, stop, step and rises say how, and only there."};
inline constexpr refusal_kind equals_repeated{"calls.equals_repeated", 400,
                                              "Each rule for equal claims is named once."};
inline constexpr refusal_kind vote_needs_lots{
    "calls.vote_needs_lots", 400, "Where citizens vote, lots part what nothing else parts."};
inline constexpr refusal_kind vote_one_round{
    "calls.vote_one_round", 400,
    "A vote is counted once: money that comes free stays, so there is no further round."};
inline constexpr refusal_kind vote_not_assessed{
    "calls.vote_not_assessed", 400,
    "Where citizens vote, nobody assesses: the call has no criteria."};
inline constexpr refusal_kind hosts_malformed{
    "calls.hosts_malformed", 400,
    "In a call for internships hosts rank: it names for each programme once the office that does, "
    "draws no lots (equal scores: hungarian), and has no criteria, assessors, groups or "
    "custodians. No other call names hosts."};
inline constexpr refusal_kind season_reversed{"calls.season_reversed", 400,
                                              "The last day of a stay comes before the first."};
inline constexpr refusal_kind number_out_of_range{"calls.number_out_of_range", 400,
                                                  "A number from {0} to {1} is needed."};
inline constexpr refusal_kind criteria_malformed{
    "calls.criteria_malformed", 400,
    "A criterion has from 1 to {0} points and a weight from 1 to {0}."};
inline constexpr refusal_kind assessment_malformed{
    "calls.assessment_malformed", 400,
    "Criteria need from 1 to {0} assessors for each application; without criteria nobody "
    "assesses, and only lots can part applicants."};
inline constexpr refusal_kind custodians_malformed{
    "calls.custodians_malformed", 400,
    "Where lots decide, from 1 to {0} offices keep them; where they do not, none does."};
inline constexpr refusal_kind office_unknown{"calls.office_unknown", 404,
                                             "There is no office {0}."};
inline constexpr refusal_kind shares_missing{
    "calls.shares_missing", 400,
    "A call for shares, and no other, says what is divided (an amount, or places), how (in "
    "proportion, or among claims), and over whom."};
inline constexpr refusal_kind share_unit_unknown{"calls.share_unit_unknown", 400,
                                                 "The charter has no unit {0}."};
inline constexpr refusal_kind source_missing{"calls.source_missing", 400,
                                             "Say where the figures of {0} come from."};
inline constexpr refusal_kind group_id_malformed{
    "calls.group_id_malformed", 400,
    "{0} has a slash, which parts a group from the one it is in: take another id."};
inline constexpr refusal_kind not_with_shares{
    "calls.not_with_shares", 400,
    "This has no meaning in a call for shares, or not with the way in which this one divides: "
    "leave it out, or change the way."};
inline constexpr refusal_kind weight_malformed{
    "calls.weight_malformed", 400,
    "The weight of {0} is a whole number from 1 to {1}; either all parties have one or none has."};
inline constexpr refusal_kind claim_malformed{
    "calls.claim_malformed", 400,
    "{0} has either a claim, a whole number from 0 to {1}, or an office that states it."};
inline constexpr refusal_kind custodian_alone{
    "calls.custodian_alone", 400,
    "Where everybody knows the list beforehand at least two offices keep the lots: one alone could "
    "choose a number that favours somebody."};
inline constexpr refusal_kind voting_missing{
    "calls.voting_missing", 400,
    "A call whose budget citizens divide says how they vote; no other call does."};
inline constexpr refusal_kind voting_times{"calls.voting_times", 400,
                                           "Voting begins after the call closes, so that there is "
                                           "time to judge, and ends after it begins."};
inline constexpr refusal_kind teams_terms{"calls.teams_terms", 400,
                                          "A call for teams, and only it, has terms for teams, "
                                          "with a lot for each site; it has no groups "
                                          "and no reserved places."};
inline constexpr refusal_kind window_malformed{
    "calls.window_malformed", 400,
    "A window of {0} names a feature of a category of the call or one of its skills, each once, "
    "and has a maximum that is not below its minimum."};
inline constexpr refusal_kind window_impossible{
    "calls.window_impossible", 400,
    "The windows of {0} can never hold together: they ask for {1} people at least where {2} at "
    "most fit."};
inline constexpr refusal_kind utility_malformed{
    "calls.utility_malformed", 400,
    "There is one number of points for each choice one may name, none above the one before it, and "
    "a weight of the score exactly where there are criteria; together they are from 0 to {0}."};
inline constexpr refusal_kind contracts_malformed{
    "calls.contracts_malformed", 400,
    "Contracts are for money that a call gives to applicants out of a commitment of the fund that "
    "it "
    "names. They have from 1 to {0} instalments: shares that come to 1000000 millionths, days that "
    "never fall, and first what is paid on signing, then interim, then final reports."};
inline constexpr refusal_kind opens_past{"calls.opens_past", 400,
                                         "The call would open in the past, at {0}."};
inline constexpr refusal_kind times_reversed{"calls.times_reversed", 400,
                                             "The call closes before it opens."};
inline constexpr refusal_kind stipend_malformed{
    "calls.stipend_malformed", 400,
    "A stipend is above zero, in one unit of money for the whole call, and comes out of a "
    "commitment of the fund that the call names."};
inline constexpr refusal_kind backing_unknown{
    "calls.backing_unknown", 404,
    "The fund has no commitment {0} that is in force and could stand behind the call."};
inline constexpr refusal_kind backing_unit{
    "calls.backing_unit", 400, "The commitment counts {0}, which is not what the call offers."};
inline constexpr refusal_kind backing_short{
    "calls.backing_short", 409,
    "The call offers {0}, and only {1} of the commitment are free for it."};
inline constexpr refusal_kind hash_malformed{
    "calls.hash_malformed", 400, "This is written in 64 lower-case hexadecimal digits."};
inline constexpr refusal_kind number_wrong{
    "calls.number_wrong", 400,
    "This is not the number you committed to: it does not give the hash of your commitment."};
inline constexpr refusal_kind choices_missing{
    "calls.choices_missing", 400, "Name from 1 to {0} programmes, the most wanted first."};
inline constexpr refusal_kind programme_missing{"calls.programme_missing", 400,
                                                "Each programme has its own lots: name one."};
inline constexpr refusal_kind offer_unnamed{
    "calls.offer_unnamed", 400, "Several programmes can make you an offer: say which you answer."};
inline constexpr refusal_kind programme_unknown{"calls.programme_unknown", 400,
                                                "The call has no programme {0}."};
inline constexpr refusal_kind list_left{
    "calls.list_left", 409,
    "You are not on the list of {0} any more, or never were: rank only what is open to you."};
inline constexpr refusal_kind pair_malformed{
    "calls.pair_malformed", 400,
    "Whoever goes with another names that person and at least one line of programmes, none empty "
    "and none twice; only in a call for internships."};
inline constexpr refusal_kind not_rankable{
    "calls.not_rankable", 400,
    "{0} did not name this programme, or does not take part as eligible."};
inline constexpr refusal_kind features_malformed{
    "calls.features_malformed", 400,
    "For each category of the call one of its features is named, and nothing else: see {0}."};
inline constexpr refusal_kind skill_unknown{"calls.skill_unknown", 400,
                                            "The call knows no skill {0}."};
inline constexpr refusal_kind ask_malformed{
    "calls.ask_malformed", 400,
    "A grant is asked for in {0}, above zero and not above the budget, with a title of the "
    "project; a place is not asked for in money."};
inline constexpr refusal_kind project_only{
    "calls.project_only", 400,
    "A description and a place on the map are for projects on which citizens vote."};
inline constexpr refusal_kind place_malformed{
    "calls.place_malformed", 400,
    "A place lies from -90 to 90 degrees north and from -180 to 180 degrees east, in millionths."};
inline constexpr refusal_kind project_off_ballot{
    "calls.project_off_ballot", 400,
    "The project {0} is not on the ballot paper, or was taken off it."};
inline constexpr refusal_kind ballot_size{"calls.ballot_size", 400,
                                          "A ballot names from {0} to {1} projects."};
inline constexpr refusal_kind ballot_points{
    "calls.ballot_points", 400,
    "Give each project you name from 1 to {0} points, {1} in all at most."};
inline constexpr refusal_kind ballot_no_points{
    "calls.ballot_no_points", 400, "On this ballot one names projects and gives no points."};
inline constexpr refusal_kind seal_not_personal{
    "calls.seal_not_personal", 400,
    "Evidence and reasons of applicants are sealed as personal data."};
inline constexpr refusal_kind verdict_malformed{
    "calls.verdict_malformed", 400, "Who is not eligible gets a reason, and who is gets none."};
inline constexpr refusal_kind group_not_claimed{"calls.group_not_claimed", 400,
                                                "The applicant does not claim the group {0}."};
inline constexpr refusal_kind skill_not_claimed{
    "calls.skill_not_claimed", 400, "The applicant does not claim the skill {0}, or it counts."};
inline constexpr refusal_kind points_malformed{"calls.points_malformed", 400,
                                               "Give points for {0} once, from 0 to {1}."};
inline constexpr refusal_kind correction_malformed{
    "calls.correction_malformed", 400,
    "An appeal that is upheld corrects something, and one that is not corrects nothing."};
inline constexpr refusal_kind one_thing{"calls.one_thing", 400,
                                        "Name either an applicant or a programme."};

inline constexpr const refusal_kind* all[] = {&only_by_decision,
                                              &not_by_decision,
                                              &not_for_oneself,
                                              &call_unknown,
                                              &not_voted,
                                              &application_unknown,
                                              &body_unknown,
                                              &not_custodian,
                                              &no_host,
                                              &not_host,
                                              &not_assigned,
                                              &own_case,
                                              &same_person,
                                              &not_yours,
                                              &party_unknown,
                                              &not_claimant,
                                              &call_taken,
                                              &nobody_applies,
                                              &not_of_shares,
                                              &claim_fixed,
                                              &not_open_yet,
                                              &closed_already,
                                              &not_closed,
                                              &allocated_already,
                                              &not_allocated,
                                              &concluded_already,
                                              &answers_open,
                                              &appeals_running,
                                              &lot_fixed,
                                              &lot_not_committed,
                                              &list_settled,
                                              &list_not_settled,
                                              &no_lots,
                                              &lots_not_needed,
                                              &vote_not_open,
                                              &slate_fixed,
                                              &slate_full,
                                              &votes_hidden,
                                              &nothing_committed,
                                              &revealed_already,
                                              &lot_not_revealed,
                                              &lot_over,
                                              &withdrawn_already,
                                              &contract_stands,
                                              &contracts_unsaid,
                                              &nothing_won,
                                              &no_offer,
                                              &pair_cannot_wait,
                                              &ranking_fixed,
                                              &no_moving_up,
                                              &offers_not_rolling,
                                              &offers_out,
                                              &offers_running,
                                              &taken_for_good,
                                              &appeal_cannot_wait,
                                              &appeal_taken,
                                              &too_late_to_appeal,
                                              &no_appeal,
                                              &appeal_decided,
                                              &not_eligible,
                                              &assigned_already,
                                              &assessors_complete,
                                              &interest_missing,
                                              &interest_declared,
                                              &assessed_already,
                                              &aside_already,
                                              &blocked,
                                              &nothing_to_allocate,
                                              &round_due,
                                              &certificate_failed,
                                              &no_stable_matching,
                                              &no_teams,
                                              &teams_undecided,
                                              &title_missing,
                                              &reason_missing,
                                              &text_too_long,
                                              &too_many,
                                              &id_repeated,
                                              &programmes_missing,
                                              &budget_missing,
                                              &unit_unknown,
                                              &member_unknown,
                                              &capacity_malformed,
                                              &group_unknown,
                                              &reserves_malformed,
                                              &result_too_large,
                                              &reserves_unruled,
                                              &reserves_need_lots,
                                              &rolling_places_only,
                                              &rolling_needs_lots,
                                              &rolling_without_reserves,
                                              &rolling_one_run,
                                              &rolling_too_short,
                                              &lottery_unsaid,
                                              &grants_one_lot,
                                              &order_for_parties,
                                              &class_beyond_budget,
                                              &budget_rule_unsaid,
                                              &choices_without_programmes,
                                              &points_unsaid,
                                              &points_too_few,
                                              &rises_unsaid,
                                              &equals_repeated,
                                              &vote_needs_lots,
                                              &vote_one_round,
                                              &vote_not_assessed,
                                              &hosts_malformed,
                                              &season_reversed,
                                              &number_out_of_range,
                                              &criteria_malformed,
                                              &assessment_malformed,
                                              &custodians_malformed,
                                              &office_unknown,
                                              &shares_missing,
                                              &share_unit_unknown,
                                              &source_missing,
                                              &group_id_malformed,
                                              &not_with_shares,
                                              &weight_malformed,
                                              &claim_malformed,
                                              &custodian_alone,
                                              &voting_missing,
                                              &voting_times,
                                              &teams_terms,
                                              &window_malformed,
                                              &window_impossible,
                                              &utility_malformed,
                                              &contracts_malformed,
                                              &opens_past,
                                              &times_reversed,
                                              &stipend_malformed,
                                              &backing_unknown,
                                              &backing_unit,
                                              &backing_short,
                                              &hash_malformed,
                                              &number_wrong,
                                              &choices_missing,
                                              &programme_missing,
                                              &offer_unnamed,
                                              &programme_unknown,
                                              &list_left,
                                              &pair_malformed,
                                              &not_rankable,
                                              &features_malformed,
                                              &skill_unknown,
                                              &ask_malformed,
                                              &project_only,
                                              &place_malformed,
                                              &project_off_ballot,
                                              &ballot_size,
                                              &ballot_points,
                                              &ballot_no_points,
                                              &seal_not_personal,
                                              &verdict_malformed,
                                              &group_not_claimed,
                                              &skill_not_claimed,
                                              &points_malformed,
                                              &correction_malformed,
                                              &one_thing};

}  // namespace veche::calls::refusals
