#pragma once
// Why the room says no, in the order in which it is checked.

#include "kernel/result.hpp"

namespace veche::doses::refusals {

inline constexpr refusal_kind body_unknown{"doses.body_unknown", 404, "There is no body {0}."};
inline constexpr refusal_kind only_by_decision{
    "doses.only_by_decision", 403,
    "Doses are shared out by a decision: table a motion that orders it."};
inline constexpr refusal_kind not_by_decision{"doses.not_by_decision", 403,
                                              "What happens to stock is recorded by who keeps it."};
inline constexpr refusal_kind not_desk{
    "doses.not_desk", 403, "Only an office with the power \"doses\" in {0} may do this."};
inline constexpr refusal_kind not_keeper{
    "doses.not_keeper", 403,
    "Only an office with the power \"keep_doses\" of the member that keeps {0}, or one with the "
    "power \"doses\", may do this."};
inline constexpr refusal_kind product_unknown{"doses.product_unknown", 404,
                                              "There is no product {0}. Record it first."};
inline constexpr refusal_kind site_unknown{"doses.site_unknown", 404,
                                           "There is no site {0}. Record it first."};
inline constexpr refusal_kind group_unknown{"doses.group_unknown", 404,
                                            "There is no group {0}. Record it first."};
inline constexpr refusal_kind lot_unknown{"doses.lot_unknown", 404, "There is no lot {0}."};
inline constexpr refusal_kind shipment_unknown{"doses.shipment_unknown", 404,
                                               "There is no shipment {0}."};
inline constexpr refusal_kind allocation_unknown{"doses.allocation_unknown", 404,
                                                 "There is no allocation {0}."};
inline constexpr refusal_kind region_unknown{"doses.region_unknown", 404,
                                             "There is no place {0} in the register."};
inline constexpr refusal_kind member_unknown{"doses.member_unknown", 404,
                                             "There is no member {0}."};
inline constexpr refusal_kind id_taken{"doses.id_taken", 409,
                                       "{0} was recorded already. Take another id."};
inline constexpr refusal_kind reason_missing{"doses.reason_missing", 422,
                                             "Give the reason, in at least one language."};
inline constexpr refusal_kind text_too_long{"doses.text_too_long", 413,
                                            "This text may have at most {0} bytes."};
inline constexpr refusal_kind name_missing{"doses.name_missing", 422,
                                           "Give the name in at least one language."};
inline constexpr refusal_kind source_missing{"doses.source_missing", 422,
                                             "Say where the figure is from."};
inline constexpr refusal_kind number_out_of_range{"doses.number_out_of_range", 422,
                                                  "This must be from {0} to {1}."};
inline constexpr refusal_kind day_to_come{"doses.day_to_come", 422,
                                          "This day has not come yet; record it when it has."};
inline constexpr refusal_kind days_out_of_order{"doses.days_out_of_order", 422,
                                                "{0} comes before {1}: put the days in order."};
inline constexpr refusal_kind not_whole_vials{"doses.not_whole_vials", 422,
                                              "Doses are moved in whole vials of {0}."};
inline constexpr refusal_kind same_site{"doses.same_site", 422, "It is sent to where it is."};
inline constexpr refusal_kind not_issued_expired{
    "doses.not_issued_expired", 409,
    "The lot {0} expires on {1}, before the planned day of use. Discard it as expired, or send "
    "another."};
inline constexpr refusal_kind stock_short{
    "doses.stock_short", 409, "There are {0} doses that may be taken here, and {1} are asked for."};
inline constexpr refusal_kind promised{
    "doses.promised", 409, "Of the doses here {0} are promised by allocations, and {1} are free."};
inline constexpr refusal_kind exceeds_share{
    "doses.exceeds_share", 409, "By this allocation {0} doses are still to be sent to {1}."};
inline constexpr refusal_kind not_of_allocation{
    "doses.not_of_allocation", 409, "The allocation {0} is of another product or another store."};
inline constexpr refusal_kind received_already{"doses.received_already", 409,
                                               "The shipment {0} was received already."};
inline constexpr refusal_kind lots_differ{
    "doses.lots_differ", 422, "Say of each lot of the shipment, in its order, what came of it."};
inline constexpr refusal_kind exceeds_sent{
    "doses.exceeds_sent", 409,
    "Of the lot {0} {1} doses were sent. Record what came at most; a count adds what is found."};
inline constexpr refusal_kind expires_as_loss{
    "doses.expires_as_loss", 409,
    "Expired doses leave as a loss with the reason \"expired\" alone."};
inline constexpr refusal_kind not_expired{"doses.not_expired", 409,
                                          "The lot {0} may be used until {1}."};
inline constexpr refusal_kind recalled_already{"doses.recalled_already", 409,
                                               "The lot {0} was recalled already."};
inline constexpr refusal_kind nothing_there{
    "doses.nothing_there", 409, "There is nothing of the lot {0} at {1} to do this to."};
inline constexpr refusal_kind dose_out_of_course{
    "doses.dose_out_of_course", 422, "A dose is number 1 to {0}, and at least one was given."};
inline constexpr refusal_kind exceeds_earlier_dose{
    "doses.exceeds_earlier_dose", 409,
    "By {0} there would be {1} doses of number {2}, and {3} of the one before. Record those "
    "first."};
inline constexpr refusal_kind interval_too_short{
    "doses.interval_too_short", 409,
    "By {0} there would be {1} doses of number {2}, and {3} of the one before were given {4} days "
    "earlier. Look at the days."};
inline constexpr refusal_kind policy_unfit{
    "doses.policy_unfit", 422,
    "A course of {0} doses: say what stays for second doses, \"one_dose\" for a course of one."};
inline constexpr refusal_kind seconds_not_in_sight{
    "doses.seconds_not_in_sight", 409, "{0} doses must stay for second ones, and {1} would."};
inline constexpr refusal_kind shares_differ{"doses.shares_differ", 409,
                                            "By this rule {0} gets {1} doses, and {2} are stated."};
inline constexpr refusal_kind full_exceeds_first{
    "doses.full_exceeds_first", 422,
    "{0} people with a whole course are more than {1} with a dose. Correct one of the two."};
inline constexpr refusal_kind too_many_rows{"doses.too_many_rows", 413,
                                            "There may be at most {0} rows."};
// Plans of fewest deaths.
inline constexpr refusal_kind plan_missing{
    "doses.plan_missing", 422,
    "The rule of fewest deaths needs a plan with its bound; \"veche doses plan\" with --command "
    "writes the whole command."};
inline constexpr refusal_kind plan_unasked{
    "doses.plan_unasked", 422, "A plan goes with the rule of fewest deaths alone. Leave it out."};
inline constexpr refusal_kind plan_too_large{
    "doses.plan_too_large", 413,
    "Regions times groups times weeks are {0}, and may be {1}. Plan fewer weeks or groups."};
inline constexpr refusal_kind plan_unfit{
    "doses.plan_unfit", 422,
    "A plan is of first doses of a course of two, the second in time. This course has {0}, at "
    "least {1} days apart."};
inline constexpr refusal_kind plan_source_unnamed{
    "doses.plan_source_unnamed", 422, "Name {0} by the SHA-256 of its bytes, 64 digits."};
inline constexpr refusal_kind plan_source_differs{
    "doses.plan_source_differs", 409, "The data set {0} has other bytes than the plan names."};
inline constexpr refusal_kind group_repeated{"doses.group_repeated", 422,
                                             "The group {0} stands twice."};
inline constexpr refusal_kind plan_regions_differ{
    "doses.plan_regions_differ", 422,
    "Row {0} of the plan is not that of the recipients: the same stores in the same order, without "
    "caps, every group in each, and what each had before as the sum of its groups."};
inline constexpr refusal_kind plan_prices_unsound{"doses.plan_prices_unsound", 422,
                                                  "The prices of the plan bound nothing: they are "
                                                  "from 0 on, for its weeks and regions alone, and "
                                                  "a dose is never dearer later."};
inline constexpr refusal_kind plan_doses_unsound{
    "doses.plan_doses_unsound", 422,
    "The plan gives less than nothing, a part of a vial, or a first dose too late for its second: "
    "{0}."};
inline constexpr refusal_kind plan_exceeds_supply{
    "doses.plan_exceeds_supply", 409, "By week {0} the plan gives more doses than have come."};
inline constexpr refusal_kind plan_exceeds_uptake{
    "doses.plan_exceeds_uptake", 409, "A group of {0} gets more doses than it will take."};
inline constexpr refusal_kind plan_exceeds_capacity{"doses.plan_exceeds_capacity", 409,
                                                    "{0} gives more doses in a week than it can."};
inline constexpr refusal_kind plan_below_floor{"doses.plan_below_floor", 409,
                                               "{0} gets fewer first doses than the floor says."};
inline constexpr refusal_kind plan_averts_other{
    "doses.plan_averts_other", 409, "By its doses the plan averts {0} deaths; it says otherwise."};
inline constexpr refusal_kind plan_bound_differs{
    "doses.plan_bound_differs", 409, "By its prices the bound is {0}; the plan says otherwise."};
inline constexpr refusal_kind plan_too_far{
    "doses.plan_too_far", 409,
    "The plan averts {0} deaths, and nothing proves that no plan averts more than {1}: that is "
    "further apart than {2} of the bound."};
inline constexpr refusal_kind plan_sum_differs{
    "doses.plan_sum_differs", 409,
    "In its first {0} weeks the plan gives {1} first doses, and {2} are to be shared out."};

inline constexpr const refusal_kind* all[] = {&body_unknown,
                                              &only_by_decision,
                                              &not_by_decision,
                                              &not_desk,
                                              &not_keeper,
                                              &product_unknown,
                                              &site_unknown,
                                              &group_unknown,
                                              &lot_unknown,
                                              &shipment_unknown,
                                              &allocation_unknown,
                                              &region_unknown,
                                              &member_unknown,
                                              &id_taken,
                                              &reason_missing,
                                              &text_too_long,
                                              &name_missing,
                                              &source_missing,
                                              &number_out_of_range,
                                              &day_to_come,
                                              &days_out_of_order,
                                              &not_whole_vials,
                                              &same_site,
                                              &not_issued_expired,
                                              &stock_short,
                                              &promised,
                                              &exceeds_share,
                                              &not_of_allocation,
                                              &received_already,
                                              &lots_differ,
                                              &exceeds_sent,
                                              &expires_as_loss,
                                              &not_expired,
                                              &recalled_already,
                                              &nothing_there,
                                              &dose_out_of_course,
                                              &exceeds_earlier_dose,
                                              &interval_too_short,
                                              &policy_unfit,
                                              &seconds_not_in_sight,
                                              &shares_differ,
                                              &full_exceeds_first,
                                              &too_many_rows,
                                              &plan_missing,
                                              &plan_unasked,
                                              &plan_too_large,
                                              &plan_unfit,
                                              &plan_source_unnamed,
                                              &plan_source_differs,
                                              &group_repeated,
                                              &plan_regions_differ,
                                              &plan_prices_unsound,
                                              &plan_doses_unsound,
                                              &plan_exceeds_supply,
                                              &plan_exceeds_uptake,
                                              &plan_exceeds_capacity,
                                              &plan_below_floor,
                                              &plan_averts_other,
                                              &plan_bound_differs,
                                              &plan_too_far,
                                              &plan_sum_differs};

}  // namespace veche::doses::refusals
