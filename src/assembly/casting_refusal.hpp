#pragma once
// Why the assembly says no to other ways of voting. The order is as in refusal.hpp: what is named
// exists, the contents are sound (what the charter provides for among them), the moment is right.

#include "kernel/result.hpp"

namespace veche::assembly::refusals {

// What is named exists.
inline constexpr refusal_kind proxy_unknown{"assembly.proxy_unknown", 404,
                                            "The seat {0} has given no such proxy here."};

// The contents are sound.
inline constexpr refusal_kind hands_not_allowed{
    "assembly.hands_not_allowed", 409,
    "The charter does not let a show of hands of {0} be entered like this."};
inline constexpr refusal_kind names_needed_blocs{
    "assembly.names_needed_blocs", 409,
    "The seats of a member vote as one here, so a count without names decides nothing. Enter the "
    "hands seat by seat."};
inline constexpr refusal_kind names_needed_weights{
    "assembly.names_needed_weights", 409,
    "The rule {0} weighs votes by member, so a count without names decides nothing. Enter the "
    "hands seat by seat."};
inline constexpr refusal_kind names_needed_groups{
    "assembly.names_needed_groups", 409,
    "The rule {0} looks at each group by itself, so a count without names decides nothing. Enter "
    "the hands seat by seat."};
inline constexpr refusal_kind names_needed_voters{
    "assembly.names_needed_voters", 409,
    "The rule {0} gives some voters a veto, so a count without names decides nothing. Enter the "
    "hands seat by seat."};
inline constexpr refusal_kind names_needed_chair{
    "assembly.names_needed_chair", 409,
    "Under the rule {0} the chair's own ballot decides a tie, so a count without names decides "
    "nothing. Enter the hands seat by seat."};
inline constexpr refusal_kind count_negative{"assembly.count_negative", 400,
                                             "A number of votes is 0 or more."};
inline constexpr refusal_kind split_not_allowed{"assembly.split_not_allowed", 409,
                                                "The charter does not let votes be split in {0}."};
inline constexpr refusal_kind rule_counts_voters{
    "assembly.rule_counts_voters", 409,
    "The rule {0} also counts voters, not only their votes, so a ballot cannot be split."};
inline constexpr refusal_kind split_sum{"assembly.split_sum", 400,
                                        "You split {0} votes, and the seat has {1}."};
inline constexpr refusal_kind no_corrections{
    "assembly.no_corrections", 409,
    "The charter does not let ballots be corrected after a vote of {0}."};
inline constexpr refusal_kind no_proxies{"assembly.no_proxies", 409,
                                         "The charter knows no proxies in {0}."};
inline constexpr refusal_kind proxy_to_itself{"assembly.proxy_to_itself", 400,
                                              "A seat cannot represent itself."};
inline constexpr refusal_kind proxy_other_body{
    "assembly.proxy_other_body", 400, "The seat {0} is not in the same body as the seat {1}."};
inline constexpr refusal_kind proxy_other_member{
    "assembly.proxy_other_member", 409,
    "The charter lets a seat be represented only by another seat of its own member."};
inline constexpr refusal_kind not_silence{"assembly.not_silence", 409,
                                          "The vote {0} is no silence procedure: cast a ballot."};
inline constexpr refusal_kind no_written_votes{"assembly.no_written_votes", 409,
                                               "The charter lets {0} vote only in open sessions."};
inline constexpr refusal_kind closing_time_missing{
    "assembly.closing_time_missing", 400, "A vote by correspondence needs its closing time."};
inline constexpr refusal_kind written_too_short{
    "assembly.written_too_short", 400,
    "A vote by correspondence of {0} is open for at least {1} hours."};
inline constexpr refusal_kind no_further_round{
    "assembly.no_further_round", 409,
    "The charter has no further round for motions of {0} after round {1}."};

// The moment is right.
inline constexpr refusal_kind round_not_due{
    "assembly.round_not_due", 409,
    "The motion {0} is {1}: only what was voted on and not adopted is put again."};
inline constexpr refusal_kind counted_by_hands{
    "assembly.counted_by_hands", 409, "The vote {0} was taken by a show of hands without names."};
inline constexpr refusal_kind cast_by_name{
    "assembly.cast_by_name", 409,
    "{0} ballots were given by name already, so a count without names cannot replace them."};
inline constexpr refusal_kind too_many_hands{
    "assembly.too_many_hands", 409, "You count {0} hands, and {1} seats can raise one now."};
inline constexpr refusal_kind seat_vacant{"assembly.seat_vacant", 409,
                                          "Nobody holds the seat {0} on this day."};
inline constexpr refusal_kind voted_itself{
    "assembly.voted_itself", 409,
    "The holder of the seat {0} has cast its ballot, which nobody else replaces."};
inline constexpr refusal_kind no_abstention{"assembly.no_abstention", 409,
                                            "In this round only yes and no can be said."};
inline constexpr refusal_kind vote_not_over{"assembly.vote_not_over", 409,
                                            "The vote {0} is still open: cast your ballot again."};
inline constexpr refusal_kind nothing_to_correct{
    "assembly.nothing_to_correct", 409, "The seat {0} has cast no ballot that could be corrected."};
inline constexpr refusal_kind corrections_closed{"assembly.corrections_closed", 409,
                                                 "The time for corrections ended at {0}."};
inline constexpr refusal_kind same_choice{"assembly.same_choice", 409,
                                          "This is what the seat {0} is recorded with already."};
inline constexpr refusal_kind proxy_given{"assembly.proxy_given", 409,
                                          "The seat {0} has given this proxy already."};
inline constexpr refusal_kind proxy_chain{
    "assembly.proxy_chain", 409,
    "The seat {0} is represented or represents another one: a proxy is not passed on."};
inline constexpr refusal_kind proxies_full{
    "assembly.proxies_full", 409,
    "The seat {0} represents {1} others already, and the charter allows no more."};

namespace of_casting {
inline constexpr const refusal_kind* all[] = {
    &proxy_unknown,        &hands_not_allowed,   &names_needed_blocs,
    &names_needed_weights, &names_needed_groups, &names_needed_voters,
    &names_needed_chair,   &count_negative,      &split_not_allowed,
    &rule_counts_voters,   &split_sum,           &no_corrections,
    &no_proxies,           &proxy_to_itself,     &proxy_other_body,
    &proxy_other_member,   &not_silence,         &no_written_votes,
    &closing_time_missing, &written_too_short,   &no_further_round,
    &round_not_due,        &counted_by_hands,    &cast_by_name,
    &too_many_hands,       &seat_vacant,         &voted_itself,
    &no_abstention,        &vote_not_over,       &nothing_to_correct,
    &corrections_closed,   &same_choice,         &proxy_given,
    &proxy_chain,          &proxies_full};

}  // namespace of_casting

}  // namespace veche::assembly::refusals
