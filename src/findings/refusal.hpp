#pragma once
// Why nothing is computed.

#include "kernel/result.hpp"

namespace veche::findings::refusals {

inline constexpr refusal_kind method_unknown{"findings.method_unknown", 404,
                                             "There is no method {0}; there are {1}."};
inline constexpr refusal_kind role_missing{"findings.role_missing", 400,
                                           "The method {0} wants data as {1}: {2}"};
inline constexpr refusal_kind role_unknown{"findings.role_unknown", 400,
                                           "The method {0} has no use for data as {1}."};
inline constexpr refusal_kind parameter_missing{"findings.parameter_missing", 400,
                                                "The method {0} needs the parameter {1}: {2}"};
inline constexpr refusal_kind parameter_unknown{"findings.parameter_unknown", 400,
                                                "The method {0} has no parameter {1}; it has {2}."};
inline constexpr refusal_kind parameter_malformed{"findings.parameter_malformed", 400,
                                                  "The parameter {0} cannot be {1}: {2}"};
inline constexpr refusal_kind parameter_no_number{"findings.parameter_no_number", 400,
                                                  "The parameter {0} is {1}, which is no number."};
inline constexpr refusal_kind level_unknown{"findings.level_unknown", 400,
                                            "The level of intervals is {0}; it is 0.90, 0.95 or "
                                            "0.99 (for a model of trade: between 0 and 1)."};
inline constexpr refusal_kind no_elasticity{
    "findings.no_elasticity", 422,
    "No line of {0} has an import elasticity, so that nothing can be computed."};
inline constexpr refusal_kind no_territory{"findings.no_territory", 422,
                                           "There is no territory {0} in the data."};
inline constexpr refusal_kind no_part{"findings.no_part", 422,
                                      "{0} has no part in the space of products: it exports less "
                                      "than is asked, or nothing with an advantage."};
inline constexpr refusal_kind parameter_out_of_range{
    "findings.parameter_out_of_range", 400, "The parameter {0} is {1}; it goes from {2} to {3}."};
inline constexpr refusal_kind parameter_unlisted{
    "findings.parameter_unlisted", 400, "The parameter {0} cannot be {1}; it is one of {2}."};
inline constexpr refusal_kind not_a_number{
    "findings.not_a_number", 422, "The figure {0} comes out as no number that can be published."};
inline constexpr refusal_kind layout_unfit{"findings.layout_unfit", 400,
                                           "The method {0} does not read the layout {1} as {2}."};
inline constexpr refusal_kind silent{
    "findings.silent", 422,
    "{0} reports nothing in {1}. That is missing, not zero: there is no figure."};

inline constexpr refusal_kind nobody_says{
    "findings.nobody_says", 422,
    "Neither side declares what went from {0} to {1} in {2}: it is missing, not zero."};
inline constexpr refusal_kind picture_unsound{
    "findings.picture_unsound", 422, "The result has no table {0} with the columns {1} and {2}."};

inline constexpr const refusal_kind* all[] = {&method_unknown,
                                              &role_missing,
                                              &role_unknown,
                                              &parameter_missing,
                                              &parameter_unknown,
                                              &parameter_malformed,
                                              &parameter_no_number,
                                              &level_unknown,
                                              &no_elasticity,
                                              &no_territory,
                                              &no_part,
                                              &parameter_out_of_range,
                                              &parameter_unlisted,
                                              &not_a_number,
                                              &layout_unfit,
                                              &silent,
                                              &nobody_says,
                                              &picture_unsound};

}  // namespace veche::findings::refusals
