#pragma once
// Why an election on a budget is not read, or not carried out.

#include "kernel/result.hpp"

namespace veche::budgeting::refusals {

inline constexpr refusal_kind file_malformed{"budgeting.file_malformed", 400, "Line {0}: {1}."};
inline constexpr refusal_kind project_missing{"budgeting.project_missing", 400,
                                              "There is no project to vote on."};
inline constexpr refusal_kind voter_missing{"budgeting.voter_missing", 400,
                                            "There is no ballot to count."};
inline constexpr refusal_kind budget_out_of_range{
    "budgeting.budget_out_of_range", 400,
    "The budget must be 1 to {0} minor units; take a larger unit."};
inline constexpr refusal_kind cost_out_of_range{
    "budgeting.cost_out_of_range", 400,
    "The project {0} must cost 1 to {1} minor units, and all together no more; leave out what "
    "costs nothing, or take a larger unit."};
inline constexpr refusal_kind ballot_malformed{
    "budgeting.ballot_malformed", 400,
    "The group of ballots {0} names a project twice or one that is not there, or gives no points."};
inline constexpr refusal_kind too_many_ballots{
    "budgeting.too_many_ballots", 413, "At most {0} ballots and as many points can be counted."};
inline constexpr refusal_kind order_incomplete{
    "budgeting.order_incomplete", 400,
    "The lottery order must name each of the {0} projects once."};
inline constexpr refusal_kind step_out_of_range{"budgeting.step_out_of_range", 400,
                                                "The step must be 1 to {0} minor units a voter."};
inline constexpr refusal_kind endowment_out_of_range{
    "budgeting.endowment_out_of_range", 400,
    "The endowment must be a fraction from 0 to {0} with a denominator up to the same."};
inline constexpr refusal_kind too_many_runs{
    "budgeting.too_many_runs", 409,
    "After {0} runs the money is still not spent: name a larger step than {1}."};
inline constexpr refusal_kind points_not_here{
    "budgeting.points_not_here", 422,
    "Equal parts are of approval ballots, without points: choose another completion."};
inline constexpr refusal_kind numbers_too_long{
    "budgeting.numbers_too_long", 422,
    "The fractions that voters hold grow too long to be exact: choose another completion."};
inline constexpr refusal_kind project_unknown{"budgeting.project_unknown", 404,
                                              "There is no project {0}."};
inline constexpr refusal_kind posts_out_of_range{"budgeting.posts_out_of_range", 400,
                                                 "A committee has 1 to {0} members."};

inline constexpr const refusal_kind* all[] = {
    &file_malformed,     &project_missing,        &voter_missing,    &budget_out_of_range,
    &cost_out_of_range,  &ballot_malformed,       &too_many_ballots, &order_incomplete,
    &step_out_of_range,  &endowment_out_of_range, &too_many_runs,    &project_unknown,
    &posts_out_of_range, &points_not_here,        &numbers_too_long};

}  // namespace veche::budgeting::refusals
