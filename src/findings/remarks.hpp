#pragma once
// What stands beside figures of findings.

#include "kernel/remark.hpp"

namespace veche::findings::remarks {

inline constexpr remark_kind only_declared{
    "findings.only_declared",
    "Only what the data has of {0} is counted, with {1} partners in {2}."};
inline constexpr remark_kind rows_missing{
    "findings.rows_missing", "{0} of its rows have no value: they are missing, not zero."};
inline constexpr remark_kind exporter_first{
    "findings.exporter_first",
    "Of both sides the exporter's goes first; the importer's is divided by {0} where it stands "
    "alone."};
inline constexpr remark_kind supply_shares{
    "findings.supply_shares", "direct: shares of inputs bought; total: origin of value added, v L"};
inline constexpr remark_kind average_enterprise{
    "findings.average_enterprise",
    "Shares of the value of the output by where value was added, along all chains; every sector "
    "is taken as one average enterprise."};
inline constexpr remark_kind residual{"findings.residual", "Largest residual of the system: {0}."};
inline constexpr remark_kind residual_below{
    "findings.residual_below", "The system is solved: its largest residual is below {0}."};
inline constexpr remark_kind model{"findings.model",
                                   "Model {0}, by {1}: {2} of {3} rows were used."};
inline constexpr remark_kind dropped_missing{"findings.dropped_missing",
                                             "Rows not used, because a cell is missing: {0}."};
inline constexpr remark_kind dropped_weightless{"findings.dropped_weightless",
                                                "Rows not used, because their weight is 0: {0}."};
inline constexpr remark_kind dropped_singleton{
    "findings.dropped_singleton",
    "Rows not used, because they are alone in a level of an effect and fit by themselves: {0}."};
inline constexpr remark_kind dropped_level_zero{
    "findings.dropped_level_zero",
    "Rows not used, because their level of an effect has no outcome above 0: {0}."};
inline constexpr remark_kind dropped_separated{
    "findings.dropped_separated",
    "Rows not used, because they are separated: {0}. Their fitted values have no finite estimate; "
    "without them the other estimates exist and are unchanged."};
inline constexpr remark_kind no_estimate_of_own{
    "findings.no_estimate_of_own",
    "{0} follows from other regressors or from effects, so that it has no estimate of its own."};
inline constexpr remark_kind existence_likely{
    "findings.existence_likely",
    "Some zero rows are fitted so low that it is not certain that all estimates are finite."};
inline constexpr remark_kind covariance_clipped{
    "findings.covariance_clipped", "The covariance had negative eigenvalues, which were put to 0."};
inline constexpr remark_kind errors_named{
    "findings.errors_named",
    "Standard errors by {0}, small-sample rule {1}; intervals of {2} % by the {3} distribution."};
inline constexpr remark_kind converged{
    "findings.converged",
    "Converged: after {0} steps the Newton decrement is below {1} of a row's deviance."};
inline constexpr remark_kind bias_of_three{
    "findings.bias_of_three",
    "With three or more kinds of effects estimates of this kind have a bias that shrinks only "
    "with the number of territories; it is not corrected here (Weidner, Zylkin 2021)."};
inline constexpr remark_kind one_market{
    "findings.one_market",
    "Product by product, each market by itself: what changes elsewhere, and wages and prices at "
    "home, stay as they are."};
inline constexpr remark_kind range_of_elasticities{
    "findings.range_of_elasticities",
    "Intervals are the range when elasticities of imports and of substitution are multiplied by "
    "{0}; they are no confidence intervals."};
inline constexpr remark_kind without_elasticity{
    "findings.without_elasticity",
    "{0} lines without an elasticity, with imports of {1}, are not in any sum."};
inline constexpr remark_kind changes_held_back{
    "findings.changes_held_back", "Some changes were held back, so that no flow falls below zero."};
inline constexpr remark_kind over_reporters{
    "findings.over_reporters",
    "Sums over all are sums over the {0} reporters in the data, never over the earth."};
inline constexpr remark_kind caveats_here{"findings.caveats_here",
                                          "These caveats show in the data at hand:"};
inline constexpr remark_kind caveats_elsewhere{"findings.caveats_elsewhere",
                                               "These are worth knowing, and do not show here:"};
inline constexpr remark_kind left_out{
    "findings.left_out",
    "Territories that take no part, because they export less than is asked or nothing with an "
    "advantage: {0}."};
inline constexpr remark_kind order_untested{
    "findings.order_untested",
    "The data are too small to test whether an index of complexity means anything in them."};
inline constexpr remark_kind density_is_near{
    "findings.density_is_near",
    "Density says how much of what is usually exported beside a product a territory exports with "
    "an advantage already; it is no forecast."};
inline constexpr remark_kind products_of{
    "findings.products_of",
    "Intra-industry trade is over {0} groups of products with {1} digits (0: as the data have "
    "them); the finer the groups, the lower it is."};
inline constexpr remark_kind no_products{
    "findings.no_products",
    "The data hold no products, so that likeness, concentration and advantages of products have "
    "no figure."};
inline constexpr remark_kind exports_silent{
    "findings.exports_silent",
    "{0} declares no exports in {1}: figures that need them are missing, not zero."};
inline constexpr remark_kind imports_silent{
    "findings.imports_silent",
    "{0} declares no imports in {1}: figures that need them are missing, not zero."};
inline constexpr remark_kind intensity_kojima{
    "findings.intensity_kojima",
    "Trade intensity is Kojima's: the exporter's own imports are taken out of the world's. The "
    "simple form does not do that."};
inline constexpr remark_kind equivalent_interval{
    "findings.equivalent_interval",
    "Costs carry the interval of the estimated effect of each barrier, of {0} %; the trade itself "
    "is taken as declared."};
inline constexpr remark_kind cost_of_what_is_left{
    "findings.cost_of_what_is_left",
    "Cost is what buyers pay more for the trade that is still there; what does not come at all is "
    "not in it."};
inline constexpr remark_kind no_equivalent{
    "findings.no_equivalent",
    "Barriers without an estimate of their effect have no cost and no rank: {0}."};
inline constexpr remark_kind barrier_unmeasured{
    "findings.barrier_unmeasured",
    "Nothing can be said of the barrier {0}: the data have no trade of its members in its "
    "classification."};
inline constexpr remark_kind by_mirror{
    "findings.by_mirror",
    "{0} declares no imports in some periods: what its partners declare to sell to it stands for "
    "them."};
inline constexpr remark_kind declares_no_exports{
    "findings.declares_no_exports",
    "{0} declares no exports at all: its mirror is missing, not zero."};
inline constexpr remark_kind other_vintages{
    "findings.other_vintages", "{0} rows are in other vintages than {1} and left out."};
inline constexpr remark_kind suggestion_is_question{
    "findings.suggestion_is_question",
    "A suggestion is a question to ask, not an answer: products of one code differ, and whether "
    "anybody wants to make them together no statistic knows."};
inline constexpr remark_kind suggestions_found{
    "findings.suggestions_found",
    "{0} suggestions between {1} regions of members were found; the first {2} are shown."};
inline constexpr remark_kind complexity_ranges{
    "findings.complexity_ranges",
    "Ranges of complexity and of its rank: {0} draws of products with replacement, seed {1}, the "
    "middle {2} %."};
inline constexpr remark_kind resampled{
    "findings.resampled",
    "Ranges of density: {0} draws of products with replacement, seed {1}, the middle {2} %. "
    "Ranges of ranks: six definitions, each as sound as the first."};
inline constexpr remark_kind imports_mirrored{
    "findings.imports_mirrored",
    "Regions that declare no imports, so that what others sell to them stands for it: {0}."};
inline constexpr remark_kind by_density_alone{
    "findings.by_density_alone",
    "Suggestions rest on density alone, not on an index of complexity."};
inline constexpr remark_kind one_sector{
    "findings.one_sector",
    "One sector, and what each territory makes is given: nobody moves, invests or learns in it."};
inline constexpr remark_kind closure_world{
    "findings.closure_world",
    "Closure W: the ratio of expenditure to output stays for each territory, and world "
    "expenditure is world output. Other closures differ by whole percentage points."};
inline constexpr remark_kind closure_deficit{
    "findings.closure_deficit",
    "Closure D: imbalances stay as shares of world output. Other closures differ by whole "
    "percentage points."};
inline constexpr remark_kind closure_balanced{
    "findings.closure_balanced",
    "Closure B: trade is balanced before and after. Other closures differ by whole percentage "
    "points."};
inline constexpr remark_kind solved_to{
    "findings.solved_to",
    "Solved to a fixed point: demand and output differ nowhere by more than {0} of the output. "
    "The price index of {1} stays."};
inline constexpr remark_kind coefficients_drawn{
    "findings.coefficients_drawn",
    "Intervals: {0} draws of the coefficients, seed {1}, each solved anew, the middle {2} %. They "
    "say how well coefficients are known, not how well the model fits the world."};
inline constexpr remark_kind coefficients_certain{
    "findings.coefficients_certain",
    "The coefficients were given without errors and are not drawn."};
inline constexpr remark_kind no_cost_changes{
    "findings.no_cost_changes", "No cost changes: no coefficient depends on what was changed."};
inline constexpr remark_kind tariff_is_nobodys{
    "findings.tariff_is_nobodys",
    "The tariff counts as a cost; what it brings in is income of nobody."};
inline constexpr remark_kind no_trade_stays{"findings.no_trade_stays",
                                            "{0} pairs that do not trade stay without trade."};

inline constexpr const remark_kind* all[] = {&only_declared,
                                             &rows_missing,
                                             &exporter_first,
                                             &supply_shares,
                                             &average_enterprise,
                                             &residual,
                                             &residual_below,
                                             &model,
                                             &dropped_missing,
                                             &dropped_weightless,
                                             &dropped_singleton,
                                             &dropped_level_zero,
                                             &dropped_separated,
                                             &no_estimate_of_own,
                                             &existence_likely,
                                             &covariance_clipped,
                                             &errors_named,
                                             &converged,
                                             &bias_of_three,
                                             &one_market,
                                             &range_of_elasticities,
                                             &without_elasticity,
                                             &changes_held_back,
                                             &over_reporters,
                                             &caveats_here,
                                             &caveats_elsewhere,
                                             &left_out,
                                             &order_untested,
                                             &density_is_near,
                                             &products_of,
                                             &no_products,
                                             &exports_silent,
                                             &imports_silent,
                                             &intensity_kojima,
                                             &equivalent_interval,
                                             &cost_of_what_is_left,
                                             &no_equivalent,
                                             &barrier_unmeasured,
                                             &by_mirror,
                                             &declares_no_exports,
                                             &other_vintages,
                                             &suggestion_is_question,
                                             &suggestions_found,
                                             &complexity_ranges,
                                             &resampled,
                                             &imports_mirrored,
                                             &by_density_alone,
                                             &one_sector,
                                             &closure_world,
                                             &closure_deficit,
                                             &closure_balanced,
                                             &solved_to,
                                             &coefficients_drawn,
                                             &coefficients_certain,
                                             &no_cost_changes,
                                             &tariff_is_nobodys,
                                             &no_trade_stays};

}  // namespace veche::findings::remarks
