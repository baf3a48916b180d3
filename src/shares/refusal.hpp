#pragma once
// Why something cannot be shared out.

#include "kernel/result.hpp"

namespace veche::shares::refusals {

inline constexpr refusal_kind file_malformed{"shares.file_malformed", 400,
                                             "Line {0} of the file cannot be read: {1}."};
inline constexpr refusal_kind method_unknown{
    "shares.method_unknown", 400,
    "There is no method \"{0}\"; name one of docs/format/apportionment.md."};
inline constexpr refusal_kind divisors_malformed{
    "shares.divisors_malformed", 400,
    "Divisors are three whole numbers: the first, a greater second one, and the step from there, "
    "1 to {0}."};
inline constexpr refusal_kind nobody_shares{"shares.nobody_shares", 400,
                                            "There is nobody among whom to share."};
inline constexpr refusal_kind name_missing{"shares.name_missing", 400,
                                           "A party or claimant has no name: number {0}."};
inline constexpr refusal_kind name_repeated{"shares.name_repeated", 400,
                                            "{0} is named twice: give each one row."};
inline constexpr refusal_kind number_out_of_range{
    "shares.number_out_of_range", 400,
    "A number of this kind, and the sum of them, must be 0 to {0}."};
inline constexpr refusal_kind no_votes{"shares.no_votes", 400,
                                       "Nobody has a vote, so that there is no proportion."};
inline constexpr refusal_kind bounds_contradict{
    "shares.bounds_contradict", 400,
    "{0} must get at least {1} and at most {2}: raise the maximum or lower the minimum."};
inline constexpr refusal_kind bounds_not_with_method{
    "shares.bounds_not_with_method", 400,
    "Minima and maxima are not defined for the method {0}; take a divisor method or hamilton."};
inline constexpr refusal_kind minima_exceed_seats{
    "shares.minima_exceed_seats", 400,
    "The minima need {0} of {1} seats: lower them or share out more seats."};
inline constexpr refusal_kind maxima_below_seats{
    "shares.maxima_below_seats", 400,
    "The maxima leave room for {0} of {1} seats: raise them or share out fewer seats."};
inline constexpr refusal_kind quota_unusable{
    "shares.quota_unusable", 400,
    "There are too few votes for this quota: {0} seats would be left over after everybody has one "
    "more. Take hamilton or a divisor method."};
inline constexpr refusal_kind too_long{
    "shares.too_long", 413,
    "This method goes seat by seat and party by party, {0} steps at most; here are {1}."};
inline constexpr refusal_kind too_many_ties{
    "shares.too_many_ties", 413,
    "There are more than {0} ways in which ties inside this method could fall."};
inline constexpr refusal_kind seed_malformed{"shares.seed_malformed", 400,
                                             "The seed of a lottery is 64 hexadecimal digits."};
inline constexpr refusal_kind residues_malformed{
    "shares.residues_malformed", 400,
    "The residues of earlier deliveries must sum to zero and stay within {0} units each."};

inline constexpr refusal_kind not_whole_packs{
    "shares.not_whole_packs", 400,
    "Doses are shared out in packs of {0}: take a whole number of packs."};

inline constexpr refusal_kind floor_above_uptake{
    "shares.floor_above_uptake", 422,
    "The floor asks for {1} first doses in {0}, and only {2} people there will take one. Lower the "
    "floor."};
inline constexpr refusal_kind floor_above_capacity{
    "shares.floor_above_capacity", 422,
    "The floor asks for {1} first doses in {0}, and it can give {2} in these weeks. Lower the "
    "floor "
    "or raise the capacity."};
inline constexpr refusal_kind floor_above_supply{
    "shares.floor_above_supply", 422,
    "With its second doses the floor needs {0} doses, and {1} come in these weeks. Lower the floor "
    "or plan more weeks."};
inline constexpr refusal_kind floor_not_kept{"shares.floor_not_kept", 422,
                                             "Floor, supply and capacity cannot be kept "
                                             "together{0}. Lower the floor or raise one of the two "
                                             "others."};

inline constexpr const refusal_kind* all[] = {&file_malformed,      &method_unknown,
                                              &divisors_malformed,  &nobody_shares,
                                              &name_missing,        &name_repeated,
                                              &number_out_of_range, &no_votes,
                                              &bounds_contradict,   &bounds_not_with_method,
                                              &minima_exceed_seats, &maxima_below_seats,
                                              &quota_unusable,      &too_long,
                                              &too_many_ties,       &seed_malformed,
                                              &residues_malformed,  &not_whole_packs,
                                              &floor_above_uptake,  &floor_above_capacity,
                                              &floor_above_supply,  &floor_not_kept};

}  // namespace veche::shares::refusals
