#pragma once
// What the journal tells of the union's own work: indicators that nobody has to report, and the
// money of measures. Each figure is a function of the state, so that whoever has the journal counts
// the same. One value for each calendar year, UTC; a year in which nothing was counted has none.
//
//   sessions_held           sessions of the body, joint ones too, that were closed in the year
//   paper_lead_days         over all sessions opened in the year that had papers by then: days from
//                           the last of these papers to the planned start; the median, for an even
//                           number the mean of the middle two
//   votes_published         votes of the body closed in the year: percent whose result with every
//                           ballot stood on the journal within 24 hours
//   budget_delay_days       days from 1 January of the budget year to the first decision that
//                           appropriated money of it; 0 where it came before. A line decided when
//                           its year was over is taken over from an earlier book and tells nothing
//   contributions_received  percent of all contributions assessed for this year and earlier that
//                           had arrived by its end; only where all are in one unit
//   money_paid              percent of the year's appropriations that was spent; only where all are
//                           in one unit and something was spent at all
//   measures_in_time        measures whose last day lay in the year and is over, dropped ones left
//                           out: percent declared done by that day
//   loose_items             items of the follow-up list that were open at the end of the year, or
//                           are now: they have neither owner nor date. Every measure has both

#include "office/state.hpp"
#include "programme/figures.hpp"

namespace veche::office {

/// Lives no longer than the state.
class union_figures final : public programme::figures {
  public:
    explicit union_figures(const union_state& s) : s_(s) {}
    [[nodiscard]] std::vector<programme::value_point> values(programme::journal_figure,
                                                             const body_id&,
                                                             instant until) const override;
    [[nodiscard]] std::vector<amount> money(const measure_id&,
                                            std::optional<std::int32_t> year) const override;

  private:
    const union_state& s_;
};

}  // namespace veche::office
