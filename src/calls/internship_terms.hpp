#pragma once
// Words of calls in which hosts rank as well as applicants, and two may go together.

#include "calls/terms.hpp"

namespace veche::calls {

/// What is done where the places as given allow no stable matching.
enum class change_rule : std::uint8_t {
    none,  ///< nothing is run: somebody is set aside with a public reason
    named  ///< the places of programmes change, each by name
};
VECHE_CHOICES(change_rule, none, named)

/// Who ranks for the host of a programme, and the season.
struct host_plan {
    place_id programme;
    office_id office;
    std::optional<date> first_day;
    std::optional<date> last_day;
    bool operator==(const host_plan&) const = default;
};
VECHE_FIELDS(host_plan, (programme, "The programme."), (office, "The office that ranks for it."),
             (first_day, "First day of the stay."), (last_day, "Last day of the stay."))

struct host_terms {
    std::vector<host_plan> programmes;
    std::int32_t rank_days = 0;
    change_rule changes = change_rule::none;
    bool operator==(const host_terms&) const = default;
};
VECHE_FIELDS(host_terms, (programmes, "For each programme who ranks."),
             (rank_days, "Days after closing in which a run waits for those who rank."),
             (changes, "Whether places may change by name where nothing else is stable."))

/// What two want together; where one of them is absent, that one goes without.
struct pair_wish {
    std::optional<place_id> mine;
    std::optional<place_id> partners;
    bool operator==(const pair_wish&) const = default;
};
VECHE_FIELDS(pair_wish, (mine, "Your programme; nothing: you go without."),
             (partners, "The programme of the other; nothing: the other goes without."))

enum class matching_outcome : std::uint8_t {
    stable,        ///< by the places given
    near_feasible  ///< by places that changed, each by name
};
VECHE_CHOICES(matching_outcome, stable, near_feasible)

struct place_change {
    place_id programme;
    std::int64_t from = 0;
    std::int64_t to = 0;
    bool operator==(const place_change&) const = default;
};
VECHE_FIELDS(place_change, (programme, "The programme."), (from, "Places free in this round."),
             (to, "Places as they were filled."))

/// Whom a programme took: by their place in its ranking as the host sent it, so that everybody can
/// put the matching together and check it.
struct programme_placing {
    place_id programme;
    std::vector<std::int64_t> ranks;
    bool operator==(const programme_placing&) const = default;
};
VECHE_FIELDS(programme_placing, (programme, "The programme."),
             (ranks, "Places in its ranking, from 1, of those it took."))

struct host_result {
    matching_outcome outcome{};
    bool none_stable = false;
    bool fewest = false;
    std::vector<place_change> changes;
    std::vector<programme_placing> placed;
    bool operator==(const host_result&) const = default;
};
VECHE_FIELDS(host_result, (outcome, "Stable by the places given, or by those named."),
             (none_stable, "Whether a search to the end found that the places given allow none."),
             (fewest, "Whether no smaller change would do."),
             (changes, "Programmes whose places changed."), (placed, "Whom each programme took."))

}  // namespace veche::calls
