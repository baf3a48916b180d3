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
inline constexpr refusal_kind layout_unfit{"findings.layout_unfit", 400,
                                           "The method {0} does not read the layout {1} as {2}."};
inline constexpr refusal_kind data_unreadable{"findings.data_unreadable", 422,
                                              "The data set {0} cannot be read: {1}"};
inline constexpr refusal_kind silent{
    "findings.silent", 422,
    "{0} reports nothing in {1}. That is missing, not zero: there is no figure."};

inline constexpr refusal_kind nobody_says{
    "findings.nobody_says", 422,
    "Neither side declares what went from {0} to {1} in {2}: it is missing, not zero."};
inline constexpr refusal_kind picture_unsound{
    "findings.picture_unsound", 422, "The result has no table {0} with the columns {1} and {2}."};

inline constexpr const refusal_kind* all[] = {
    &method_unknown,    &role_missing,      &role_unknown,
    &parameter_missing, &parameter_unknown, &parameter_malformed,
    &layout_unfit,      &data_unreadable,   &silent,
    &nobody_says,       &picture_unsound};

}  // namespace veche::findings::refusals
