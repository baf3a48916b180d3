#pragma once
// Why a person goes where they go, and why nowhere else: from the person's own wishes, the windows
// of sites and counts, and nobody else's data.

#include "teams/outcome.hpp"

namespace veche::teams {

enum class site_outcome : std::uint8_t {
    placed,
    not_allowed,       ///< the call lets the person not go there
    feature_full,      ///< a window that counts the person is at its maximum
    site_full,         ///< the team is at its greatest size
    kept_for_skill,    ///< places left are needed for windows that do not count the person
    better_elsewhere,  ///< the call gains more where the person goes, or loses by sending them
                       ///< there
    no_teams           ///< no teams were found at all
};
VECHE_CHOICES(site_outcome, placed, not_allowed, feature_full, site_full, kept_for_skill,
              better_elsewhere, no_teams)

/// `lost`: what all together would reach less, by the aim's first figure, if the person had to go
/// there; absent where nobody can be sent there so that all windows hold, or where it was not
/// decided. A utility greater by `lost` and one would have been enough there, all else as it is
/// (only where the aim puts utility first).
struct site_reason {
    std::string site;
    site_outcome what{};
    std::int64_t utility = 0;
    std::optional<window> by;  ///< the window that stood in the way
    std::int64_t team = 0;     ///< size of the team there
    std::optional<std::int64_t> lost;
    std::optional<std::int64_t> would_have_sufficed;  ///< utility
    bool possible = true;       ///< whether all windows could hold with the person there
    bool decided = true;        ///< whether the search for that came to its end
    bool equally_good = false;  ///< lost nothing: the lot decided
    bool operator==(const site_reason&) const = default;
};
VECHE_FIELDS(site_reason, (site, "Id of the site."), (what, "What came out there."),
             (utility, "The person's own utility there."), (by, "The window in the way."),
             (team, "Size of the team."), (lost, "What all would lose, by the first aim."),
             (would_have_sufficed, "The utility that would have been enough."),
             (possible, "Whether all windows could hold with the person there."),
             (decided, "Whether that was found out."), (equally_good, "Whether the lot decided."))

struct explanation {
    std::string person;
    std::optional<std::string> site;
    std::vector<site_reason> sites;
    bool operator==(const explanation&) const = default;
};
VECHE_FIELDS(explanation, (person, "Id of the person."), (site, "Where the person goes."),
             (sites, "What came out at each site."))

/// Refuses an unknown person. Solves the call again for each site with the person there: takes as
/// long as that.
result<explanation> explain(const call&, const outcome&, const std::string& person);
/// The same without what would have been otherwise, for everybody.
std::vector<explanation> explain_all(const call&, const outcome&);

/// In English, a sentence for each site.
std::vector<std::string> sentences_of(const explanation&);

}  // namespace veche::teams
