#pragma once
// Why a model of trade cannot be estimated.

#include "kernel/result.hpp"

namespace veche::gravity::refusals {

inline constexpr refusal_kind length_differs{
    "gravity.length_differs", 400,
    "{0} has {1} rows, but the outcome has {2}; give one value for each row."};
inline constexpr refusal_kind name_repeated{"gravity.name_repeated", 400,
                                            "{0} is named twice; keep one of them."};
inline constexpr refusal_kind outcome_negative{
    "gravity.outcome_negative", 422,
    "Row {0}: the outcome is {1}; a Poisson model takes 0 and more. Drop the row or use OLS."};
inline constexpr refusal_kind weight_negative{
    "gravity.weight_negative", 422, "Row {0}: the weight is {1}; weights are at least 0."};
inline constexpr refusal_kind not_finite{"gravity.not_finite", 422,
                                         "Row {0}: {1} is infinite; leave the cell empty."};
inline constexpr refusal_kind code_out_of_range{
    "gravity.code_out_of_range", 400, "Row {0}: {1} has the code {2}, which is no level of it."};
inline constexpr refusal_kind no_rows{
    "gravity.no_rows", 422,
    "No row is left: of {0} rows {1} were dropped ({2}). Look at these columns."};
inline constexpr refusal_kind no_variation{
    "gravity.no_variation", 422,
    "Nothing can be estimated: {0} is the same in all rows, or follows from the effects."};
inline constexpr refusal_kind too_few_rows{
    "gravity.too_few_rows", 422,
    "{0} rows are left for {1} parameters; there must be more rows than parameters."};
inline constexpr refusal_kind too_large{
    "gravity.too_large", 413,
    "The estimation needs about {0} MB and may take {1} MB; allow more, or take fewer rows."};
inline constexpr refusal_kind not_converged{
    "gravity.not_converged", 422,
    "No result: after {0} steps {1} is {2}, and {3} is asked for. {4}"};
inline constexpr refusal_kind rule_unknown{
    "gravity.rule_unknown", 400, "There is no rule of standard errors called {0}; there are {1}."};
inline constexpr refusal_kind cluster_missing{
    "gravity.cluster_missing", 400,
    "Clustered standard errors need at least one cluster; name a column by --cluster."};
inline constexpr refusal_kind cluster_single{
    "gravity.cluster_single", 422, "{0} has one cluster only; standard errors need at least two."};

inline constexpr refusal_kind not_three_way{
    "gravity.not_three_way", 422,
    "This correction is for PPML with three effects, exporter by year, importer by year and pair, "
    "the pair last; each pair has one row a year, and there are at least two of either side."};
inline constexpr refusal_kind not_positive{"gravity.not_positive", 422,
                                           "{0} of {1} is {2}; it must be above 0."};
inline constexpr refusal_kind world_too_small{
    "gravity.world_too_small", 422,
    "A world has at least two countries, and the reference is one of them."};
inline constexpr refusal_kind sigma_too_low{
    "gravity.sigma_too_low", 422, "The elasticity of substitution is {0}; it must be above 1."};

inline constexpr refusal_kind territory_unknown{"gravity.territory_unknown", 404,
                                                "There is no territory {0} among the flows."};
inline constexpr refusal_kind end_missing{
    "gravity.end_missing", 422, "Row {0} of the flows does not say from where or to where."};
inline constexpr refusal_kind pair_repeated{
    "gravity.pair_repeated", 422,
    "The flow from {0} to {1} stands in two rows; choose rows of one time and product."};
inline constexpr refusal_kind pair_absent{
    "gravity.pair_absent", 422,
    "The flow from {0} to {1} is not there; each pair needs a row, home markets too, and missing "
    "is not zero."};
inline constexpr refusal_kind flow_unfit{
    "gravity.flow_unfit", 422, "The flow from {0} to {1} is {2}; flows are numbers of 0 and more."};
inline constexpr refusal_kind column_fixed{"gravity.column_fixed", 400,
                                           "{0} says what the flows are and cannot be changed."};
inline constexpr refusal_kind percent_too_low{"gravity.percent_too_low", 400,
                                              "{0} percent is no tariff: it must be above -100."};
inline constexpr refusal_kind interval_unfit{"gravity.interval_unfit", 400,
                                             "{0} does not lie between {1} and {2}."};
inline constexpr refusal_kind members_absent{"gravity.members_absent", 400,
                                             "An agreement needs newcomers and members by name."};
inline constexpr refusal_kind regressor_unknown{
    "gravity.regressor_unknown", 400,
    "{0} is no coefficient of costs; write an expression of columns and a number."};
inline constexpr refusal_kind regressor_missing{"gravity.regressor_missing", 422,
                                                "{0} is missing for the flow from {1} to {2}."};
inline constexpr refusal_kind baseline_unfit{
    "gravity.baseline_unfit", 400,
    "Effects of {0} are costs that no coefficient knows; start from observed trade."};
inline constexpr refusal_kind coefficients_absent{
    "gravity.coefficients_absent", 400,
    "Fitted trade needs coefficients: estimate or give them, or start from observed trade."};
inline constexpr refusal_kind experiment_absent{"gravity.experiment_absent", 400,
                                                "Nothing is to be changed; name an experiment."};

inline constexpr refusal_kind text_unread{"gravity.text_unread", 400,
                                          "\"{0}\" is not written as {1}."};

inline constexpr refusal_kind formula_malformed{"gravity.formula_malformed", 400,
                                                "Character {0} of what was asked: {1}."};
inline constexpr refusal_kind filter_of_words{
    "gravity.filter_of_words", 400,
    "{0} holds words, or is compared with one: {1} has no meaning there; use == or !=."};
inline constexpr refusal_kind too_many_dummies{
    "gravity.too_many_dummies", 400,
    "i({0}) would make {1} dummies; put {0} among the effects, after the bar."};

inline constexpr const refusal_kind* all[] = {
    &length_differs,      &name_repeated,     &outcome_negative,  &weight_negative,
    &not_finite,          &code_out_of_range, &no_rows,           &no_variation,
    &too_few_rows,        &too_large,         &not_converged,     &rule_unknown,
    &cluster_missing,     &cluster_single,    &not_positive,      &world_too_small,
    &sigma_too_low,       &formula_malformed, &filter_of_words,   &too_many_dummies,
    &territory_unknown,   &end_missing,       &pair_repeated,     &pair_absent,
    &flow_unfit,          &column_fixed,      &percent_too_low,   &interval_unfit,
    &members_absent,      &regressor_unknown, &regressor_missing, &baseline_unfit,
    &coefficients_absent, &experiment_absent, &text_unread,       &not_three_way};

}  // namespace veche::gravity::refusals
