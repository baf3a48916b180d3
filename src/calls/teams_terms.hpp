#pragma once
// Words of calls for teams: what a site asks of its team, how an assignment is valued, and what a
// run found.

#include "kernel/message.hpp"

namespace veche::calls {

using place_id = id<struct call_programme_tag>;  ///< here: a site
using category_id = id<struct team_category_tag>;
using feature_id = id<struct team_feature_tag>;
using skill_id = id<struct team_skill_tag>;

struct feature_plan {
    feature_id feature;
    localized title;
    bool operator==(const feature_plan&) const = default;
};
VECHE_FIELDS(feature_plan, (feature, "Id of the feature."), (title, "Title by language."))

/// Of each category an applicant has exactly one feature.
struct category_plan {
    category_id category;
    localized title;
    std::vector<feature_plan> features;
    bool operator==(const category_plan&) const = default;
};
VECHE_FIELDS(category_plan, (category, "Id of the category."), (title, "Title by language."),
             (features, "Its features; each applicant has one of them."))

struct skill_plan {
    skill_id skill;
    localized title;
    bool operator==(const skill_plan&) const = default;
};
VECHE_FIELDS(skill_plan, (skill, "Id of the skill."), (title, "Title by language."))

/// What a window counts: a feature of a category, a skill, or, where nothing is named, everybody.
struct counted {
    std::optional<category_id> category;
    std::optional<feature_id> feature;
    std::optional<skill_id> skill;
    bool operator==(const counted&) const = default;
};
VECHE_FIELDS(counted, (category, "The category of the feature."),
             (feature, "Who has this feature."), (skill, "Or who has this skill."))

struct team_window {
    counted of;
    std::int32_t min = 0;
    std::optional<std::int32_t> max;
    bool operator==(const team_window&) const = default;
};
VECHE_FIELDS(team_window, (of, "Whom it counts."), (min, "At least so many."),
             (max, "At most so many; no limit where absent."))

/// The greatest size of a team is the capacity of its programme.
struct site_plan {
    place_id programme;
    std::int32_t min_size = 0;
    std::vector<team_window> windows;
    bool operator==(const site_plan&) const = default;
};
VECHE_FIELDS(site_plan, (programme, "The programme that is the site."),
             (min_size, "The team has at least so many."),
             (windows, "How many of whom the team has."))

/// What is made as large as possible first, and then second.
enum class team_aim : std::uint8_t { utility_then_placed, placed_then_utility };
VECHE_CHOICES(team_aim, utility_then_placed, placed_then_utility)

struct team_terms {
    std::vector<category_plan> categories;
    std::vector<skill_plan> skills;
    std::vector<site_plan> sites;
    team_aim aim = team_aim::utility_then_placed;
    std::vector<std::int32_t> choice_points;
    std::optional<std::int32_t> score_weight;
    std::optional<std::int64_t> node_limit;
    bool operator==(const team_terms&) const = default;
};
VECHE_FIELDS(team_terms, (categories, "Categories with their features."), (skills, "Skills."),
             (sites, "What each site asks of its team; a site not named asks nothing."),
             (aim, "What is made as large as possible first."),
             (choice_points, "Points for being sent to the first, second, ... choice."),
             (score_weight, "By how much the score adds to them; needed where there are criteria."),
             (node_limit, "How many parts of the search are looked at before it says so."))

/// What an applicant says of themselves.
struct feature_claim {
    category_id category;
    feature_id feature;
    bool operator==(const feature_claim&) const = default;
};
VECHE_FIELDS(feature_claim, (category, "The category."), (feature, "The feature."))

/// A window with how many it counts in a team.
struct window_count {
    counted of;
    std::int64_t count = 0;
    std::int32_t min = 0;
    std::optional<std::int32_t> max;
    bool operator==(const window_count&) const = default;
};
VECHE_FIELDS(window_count, (of, "Whom it counts."), (count, "How many of them the team has."),
             (min, "At least so many."), (max, "At most so many."))

/// The first window is the size of the team.
struct team_made {
    place_id programme;
    std::vector<person_id> joined;
    std::vector<window_count> windows;
    bool operator==(const team_made&) const = default;
};
VECHE_FIELDS(team_made, (programme, "The site."), (joined, "Who is sent there by this round."),
             (windows, "The team as it then is, the size first."))

enum class team_verdict : std::uint8_t {
    best,         ///< nothing better exists, and lots are drawn to the end
    best_by_aim,  ///< nothing better by the aim; a better lot was not excluded
    gap,          ///< teams were found, and whether better ones exist was not decided
    none,         ///< no teams keep all windows
    not_decided   ///< whether there are any was not decided
};
VECHE_CHOICES(team_verdict, best, best_by_aim, gap, none, not_decided)

/// One side of a window that stands in the way.
struct conflict_limit {
    place_id programme;
    counted of;
    bool least = true;
    std::int64_t limit = 0;
    std::int64_t held = 0;
    std::int64_t may_go = 0;
    bool operator==(const conflict_limit&) const = default;
};
VECHE_FIELDS(conflict_limit, (programme, "The site."), (of, "Whom the window counts."),
             (least, "The minimum, else the maximum."), (limit, "How many."),
             (held, "How many of them hold a place there already."),
             (may_go, "How many of them take part and may be sent there."))

/// Sites that share applicants are decided together, and by themselves: what stands in the way of
/// one part does not stop another.
struct team_part {
    std::vector<place_id> sites;
    team_verdict verdict{};
    std::int64_t utility = 0;
    std::int64_t placed = 0;
    std::string found;
    std::string bound;
    std::int64_t nodes = 0;
    bool lots_needed = false;
    std::string certificate;
    std::vector<team_made> teams;
    std::vector<conflict_limit> conflict;
    bool loosest = true;
    bool operator==(const team_part&) const = default;
};
VECHE_FIELDS(team_part, (sites, "The sites."), (verdict, "What was found."),
             (utility, "Sum of the points reached."), (placed, "How many are sent somewhere."),
             (found, "Aim and lots as one number."),
             (bound, "More than this is proved impossible."),
             (nodes, "Parts of the search looked at."),
             (lots_needed, "Whether lots parted assignments that are equally good."),
             (certificate, "SHA-256 of question, answer and proof, in lower-case hex."),
             (teams, "The teams, where they bind."),
             (conflict, "Sides of windows that cannot hold together."),
             (loosest, "Whether the others hold without any one of them."))

}  // namespace veche::calls
