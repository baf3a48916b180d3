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

inline constexpr refusal_kind not_positive{"gravity.not_positive", 422,
                                           "{0} of {1} is {2}; it must be above 0."};
inline constexpr refusal_kind world_too_small{
    "gravity.world_too_small", 422,
    "A world has at least two countries, and the reference is one of them."};
inline constexpr refusal_kind sigma_too_low{
    "gravity.sigma_too_low", 422, "The elasticity of substitution is {0}; it must be above 1."};

inline constexpr refusal_kind formula_malformed{"gravity.formula_malformed", 400,
                                                "Character {0} of what was asked: {1}."};
inline constexpr refusal_kind filter_of_words{
    "gravity.filter_of_words", 400,
    "{0} holds words, or is compared with one: {1} has no meaning there; use == or !=."};
inline constexpr refusal_kind too_many_dummies{
    "gravity.too_many_dummies", 400,
    "i({0}) would make {1} dummies; put {0} among the effects, after the bar."};

inline constexpr const refusal_kind* all[] = {
    &length_differs,    &name_repeated, &outcome_negative,  &weight_negative, &not_finite,
    &code_out_of_range, &no_rows,       &no_variation,      &too_few_rows,    &too_large,
    &not_converged,     &rule_unknown,  &cluster_missing,   &cluster_single,  &not_positive,
    &world_too_small,   &sigma_too_low, &formula_malformed, &filter_of_words, &too_many_dummies};

}  // namespace veche::gravity::refusals
