#pragma once
// What is true of a link or an enterprise by rule: nobody types a state in.

#include "registry/partial_day.hpp"
#include "registry/state.hpp"

namespace veche::registry {

/// Months without an activity after which a link is dormant.
inline constexpr int dormant_months = 24;

enum class link_standing : std::uint8_t {
    proposed,   ///< not both sides say that they concluded it
    concluded,  ///< both do; nothing happened on it yet
    active,     ///< something did within the last 24 months
    dormant,    ///< nothing did for 24 months
    suspended,  ///< one side suspended it
    ended,      ///< one side ended it: that is enough
    disputed    ///< one side says that there is no such link
};
VECHE_CHOICES(link_standing, proposed, concluded, active, dormant, suspended, ended, disputed)

/// The newest claim of a side; nothing where it made none.
const side_claim* newest_claim(const link&, link_side);
link_standing standing_of(const link&);

/// Of a link that both sides concluded and neither suspended or ended: the last day on which
/// something is known to have happened on it, its conclusion or an activity; where no day of either
/// is known, the day on which the conclusion was recorded.
std::optional<date> quiet_day(const link&);
/// When a silence since that day makes the link dormant.
instant dormant_at(date quiet_since);

enum class enterprise_standing : std::uint8_t {
    agreed,
    registered,
    operating,
    stopped,
    closed,
    unclear  ///< nothing was ever reported, or not for two whole years
};
VECHE_CHOICES(enterprise_standing, agreed, registered, operating, stopped, closed, unclear)

/// By the report for the latest year, of those the newest. An enterprise of which nothing was
/// reported for the two whole years before `year` is unclear unless it was closed.
enterprise_standing standing_of(const organisation&, int year);

}  // namespace veche::registry
