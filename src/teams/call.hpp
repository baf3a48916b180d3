#pragma once
// What a call for teams is: people with features, skills and wishes; sites with windows on who
// comes. Plain values, no engine: whoever checks a result reads these too.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::teams {

/// A site to which a person may be sent, and how much that is worth (to person, site or both: the
/// call says). A site that is not listed is one the person may not be sent to.
struct wish {
    std::string site;
    std::int64_t utility = 0;
    bool operator==(const wish&) const = default;
};
VECHE_FIELDS(wish, (site, "Id of the site."), (utility, "What sending the person there is worth."))

struct person {
    std::string id;
    std::map<std::string, std::string> features;  ///< category: feature
    std::vector<std::string> skills;
    std::vector<wish> wishes;
    bool operator==(const person&) const = default;
};
VECHE_FIELDS(person, (id, "Id of the person, a pseudonym."),
             (features, "One feature for each category."), (skills, "Skills the person has."),
             (wishes, "Sites to which the person may be sent."))

/// "size": everybody of the team; "skill": who has the skill `value`; else a category, and those
/// whose feature in it is `value`.
struct window {
    std::string what;
    std::string value;
    std::int64_t min = 0;
    std::optional<std::int64_t> max;
    bool operator==(const window&) const = default;
};
VECHE_FIELDS(window, (what, "size, skill or a category."), (value, "The skill or the feature."),
             (min, "At least so many."), (max, "At most so many; no limit where absent."))

struct site {
    std::string id;
    std::vector<window> windows;
    bool operator==(const site&) const = default;
};
VECHE_FIELDS(site, (id, "Id of the site."), (windows, "How many of whom it takes."))

/// What is made as large as possible first, and then second.
enum class aim : std::uint8_t { utility_then_placed, placed_then_utility };
VECHE_CHOICES(aim, utility_then_placed, placed_then_utility)

struct call {
    std::string id;
    aim first{};
    std::vector<person> people;
    std::vector<site> sites;
    /// 64 hex digits: parts assignments that are equally good. Bound after the list of people.
    std::optional<std::string> seed;
    /// How many parts of the search may be looked at before it says "not decided".
    std::int64_t node_limit = 2'000;
    bool operator==(const call&) const = default;
};
VECHE_FIELDS(call, (id, "Id of the call, part of every lot."), (first, "What is maximised first."),
             (people, "Who applied."), (sites, "Where teams are needed."),
             (seed, "Seed of lots, 64 hex digits."), (node_limit, "Limit of the search."))

constexpr std::int64_t most_people = 20'000;
constexpr std::int64_t most_sites = 2'000;
constexpr std::int64_t most_utility = 1'000'000;
constexpr std::int64_t most_nodes = 10'000'000;

}  // namespace veche::teams
