#pragma once
// What the programme's views want to know of other rooms. The office implements it over the whole
// state (office/figures.hpp); without it a view shows only what was reported.

#include "programme/target.hpp"

namespace veche::programme {

class figures {
  public:
    virtual ~figures() = default;
    /// Values of a figure of the journal for a body, one for each calendar year that has any,
    /// ascending, as far as `until`. Empty where the journal tells nothing of it yet.
    [[nodiscard]] virtual std::vector<value_point> values(journal_figure, const body_id&,
                                                          instant until) const = 0;
    /// What is appropriated to the measure itself, by unit, ascending; of one budget year or all.
    [[nodiscard]] virtual std::vector<amount> money(const measure_id&,
                                                    std::optional<std::int32_t> year) const = 0;
};

}  // namespace veche::programme
