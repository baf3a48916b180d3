#pragma once
// What comes out of a call for teams, with what proves it. Plain values, no engine.

#include <optional>
#include <string>
#include <vector>

#include "teams/call.hpp"

namespace veche::teams {

/// Where a person goes; no site: nowhere.
struct placing {
    std::string person;
    std::optional<std::string> site;
    bool operator==(const placing&) const = default;
};
VECHE_FIELDS(placing, (person, "Id of the person."), (site, "Id of the site; absent: not placed."))

/// What one place in a window is worth, a whole number as text: above zero the maximum is what is
/// short, below zero the minimum.
struct price {
    std::string site;
    std::string what;
    std::string value;
    std::string worth;
    bool operator==(const price&) const = default;
};
VECHE_FIELDS(price, (site, "Id of the site."), (what, "size, skill or a category."),
             (value, "The skill or the feature."), (worth, "A whole number, as text."))

/// A part of all assignments. The first part of a list is all of them. Either it is split by
/// whether `person` goes to `site`, into the parts numbered `yes` and `no`; or its prices bound it.
struct part {
    std::optional<std::string> person;
    std::optional<std::string> site;
    std::int32_t yes = 0;
    std::int32_t no = 0;
    std::vector<price> prices;
    bool operator==(const part&) const = default;
};
VECHE_FIELDS(part, (person, "Id of the person by whom it is split."), (site, "Id of the site."),
             (yes, "Number of the part in which the person goes there."),
             (no, "Number of the part in which not."), (prices, "What bounds it, where not split."))

enum class verdict : std::uint8_t {
    best,         ///< nothing better exists, and lots are drawn to the end
    best_by_aim,  ///< nothing better by the call's aim; a better lot was not excluded
    gap,          ///< the limit of the search was reached; `bound` says what could still be better
    none,         ///< no teams exist that keep all windows
    not_decided   ///< the limit was reached before any teams were found
};
VECHE_CHOICES(verdict, best, best_by_aim, gap, none, not_decided)

enum class lots : std::uint8_t { not_needed, needed, not_decided };
VECHE_CHOICES(lots, not_needed, needed, not_decided)

/// One side of a window that takes part in a conflict.
struct conflict_side {
    std::string site;
    std::string what;
    std::string value;
    bool least = true;        ///< the minimum, else the maximum
    std::int64_t limit = 0;   ///< the minimum or maximum
    std::int64_t may_go = 0;  ///< how many of those it counts may be sent there
    bool operator==(const conflict_side&) const = default;
};
VECHE_FIELDS(conflict_side, (site, "Id of the site."), (what, "size, skill or a category."),
             (value, "The skill or the feature."), (least, "The minimum, else the maximum."),
             (limit, "How many."), (may_go, "How many of them may be sent there."))

/// Sides of windows that cannot hold together, while without any one of them the rest can.
struct conflict {
    std::vector<conflict_side> sides;
    bool irreducible = true;  ///< false: the limit of the search left some side untried
    bool operator==(const conflict&) const = default;
};
VECHE_FIELDS(conflict, (sides, "What cannot hold together."),
             (irreducible, "Whether the rest holds without any one of them."))

/// `utility` and `placed` are those of the placings. By the prices nobody reaches more than
/// `bound`, which counts as the aim does (certificate_check.hpp gives the formula).
struct outcome {
    verdict what{};
    std::int64_t utility = 0;
    std::int64_t placed = 0;
    std::vector<placing> placings;
    std::string
        found;  ///< the aim with its lots as one number, as text; "" where nothing was found
    std::string bound;
    /// Prices count in 1/grain of that number.
    std::int64_t grain = 1;
    std::vector<part> parts;
    /// The search was larger than what is written here: the parts prove less than it did.
    bool shortened = false;
    std::int64_t nodes = 0;
    lots lot{};
    std::optional<conflict> reason;  ///< where there are no teams
    bool operator==(const outcome&) const = default;
};
VECHE_FIELDS(outcome, (what, "What was found."), (utility, "Sum of the utilities."),
             (placed, "How many are placed."), (placings, "Where each person goes."),
             (found, "Aim and lots as one number."), (bound, "Nobody reaches more than this."),
             (grain, "Prices count in fractions of this."), (parts, "What proves the bound."),
             (shortened, "Whether the parts prove less than the search did."),
             (nodes, "Parts looked at."), (lot, "Whether lots were needed."),
             (reason, "Why there are no teams."))

}  // namespace veche::teams
