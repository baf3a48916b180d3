#pragma once
// Why places are not allocated.

#include "kernel/result.hpp"

namespace veche::matching::refusals {

// A file that cannot be read as a whole: {0} is the line.
inline constexpr refusal_kind line_malformed{"matching.line_malformed", 400,
                                             "Line {0}: {1}. Write {2}."};
inline constexpr refusal_kind column_missing{"matching.column_missing", 400,
                                             "Line {0}: there is no column called {1}. Add it."};
inline constexpr refusal_kind programme_repeated{
    "matching.programme_repeated", 400,
    "Line {0}: the programme {1} stands on line {2} already. Keep one of them."};
inline constexpr refusal_kind programme_unknown{
    "matching.programme_unknown", 400,
    "Line {0}: there is no programme {1}. Add it to the programmes, or take the choice out."};
inline constexpr refusal_kind application_repeated{
    "matching.application_repeated", 400,
    "Line {0}: {1} applies to {2} a second time. Keep one of the two."};
inline constexpr refusal_kind choice_repeated{
    "matching.choice_repeated", 400,
    "Line {0}: {1} has a choice number {2} already. Give each choice its own number."};
inline constexpr refusal_kind choice_missing{
    "matching.choice_missing", 400,
    "Line {0}: {1} has no choice number {2}. Number the choices 1, 2, 3 without a gap."};
inline constexpr refusal_kind types_contradict{
    "matching.types_contradict", 400,
    "Line {0}: {1} is of other types here than on an earlier line. Make them agree."};
inline constexpr refusal_kind couples_not_here{
    "matching.couples_not_here", 422,
    "Line {0}: this rule matches single applicants, and couples need one of their own."};

// A programme that cannot be run: with all that hangs on it, it is set aside, and the rest goes on.
inline constexpr refusal_kind capacity_unsound{
    "matching.capacity_unsound", 422,
    "Line {0}: {1} has the capacity \"{2}\". Write a whole number from 0 to {3}."};
inline constexpr refusal_kind reserves_exceed{
    "matching.reserves_exceed", 422,
    "Line {0}: {1} reserves {2} seats and has {3}. Reserve fewer, or add seats."};
inline constexpr refusal_kind ranks_equal{
    "matching.ranks_equal", 422,
    "{0} gives two applicants the rank {1}. Part them, or choose a rule for equals."};
inline constexpr refusal_kind order_repeats{
    "matching.order_repeats", 422,
    "Line {0}: {1} ranks the applicant {2} twice. Keep one of the two."};

inline constexpr refusal_kind minimum_exceeds{
    "matching.minimum_exceeds", 422,
    "Line {0}: {1} needs {2} at least and has {3} seats. Lower the minimum, or add seats."};
inline constexpr refusal_kind turn_repeated{
    "matching.turn_repeated", 400,
    "Line {0}: {1} has the turn {2}, as another has. Give each programme its own number."};

// Rules that do not go together, or lack something.
inline constexpr refusal_kind rules_contradict{"matching.rules_contradict", 400,
                                               "{0} Choose one of the two."};
inline constexpr refusal_kind seed_missing{
    "matching.seed_missing", 400,
    "Lots need a seed of 64 hexadecimal digits and the id of the call."};
inline constexpr refusal_kind too_many_types{"matching.too_many_types", 400,
                                             "There may be {0} kinds of reserved seats at most."};
inline constexpr refusal_kind applicant_unknown{"matching.applicant_unknown", 404,
                                                "There is no applicant {0}."};

inline constexpr const refusal_kind* all[] = {
    &line_malformed,       &column_missing,   &programme_repeated, &programme_unknown,
    &application_repeated, &choice_repeated,  &choice_missing,     &types_contradict,
    &couples_not_here,     &capacity_unsound, &reserves_exceed,    &ranks_equal,
    &order_repeats,        &rules_contradict, &seed_missing,       &too_many_types,
    &applicant_unknown,    &minimum_exceeds,  &turn_repeated};

}  // namespace veche::matching::refusals
