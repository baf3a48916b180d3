#pragma once
// A panel drawn by lot under windows, and what comes out. Plain values, no engine. Probabilities,
// weights and prices are ratios as text, "3/14" or "1".

#include "teams/outcome.hpp"

namespace veche::teams {

/// At least `min` and at most `max` of the panel have the feature.
struct quota {
    std::string category;
    std::string feature;
    std::int64_t min = 0;
    std::int64_t max = 0;
    bool operator==(const quota&) const = default;
};
VECHE_FIELDS(quota, (category, "The category."), (feature, "The feature."), (min, "At least."),
             (max, "At most."))

struct respondent {
    std::string id;
    std::map<std::string, std::string> features;
    bool operator==(const respondent&) const = default;
};
VECHE_FIELDS(respondent, (id, "Id of the person."), (features, "A feature of each category."))

struct panel_call {
    std::string id;
    std::int64_t size = 0;
    std::vector<quota> quotas;
    std::vector<respondent> people;
    /// How many parts each search for a panel may look at before it says "not decided".
    std::int64_t node_limit = 2'000;
    bool operator==(const panel_call&) const = default;
};
VECHE_FIELDS(panel_call, (id, "Id of the call, part of every lot."), (size, "People on a panel."),
             (quotas, "The windows."), (people, "Who may be drawn."),
             (node_limit, "Limit of each search."))

/// All who are alike in every category with a quota; they have the same chance.
struct kind {
    std::map<std::string, std::string> features;
    std::int64_t people = 0;
    std::string probability;
    bool operator==(const kind&) const = default;
};
VECHE_FIELDS(kind, (features, "What they have in common."), (people, "How many they are."),
             (probability, "With which each of them is on the panel."))

/// A panel by how many of each kind are on it.
struct panel {
    std::vector<std::int64_t> counts;
    std::string probability;
    bool operator==(const panel&) const = default;
};
VECHE_FIELDS(panel, (counts, "How many of each kind."), (probability, "With which it is drawn."))

/// A part of all panels. Either split by whether at most `at_most` of `kind` are on the panel, into
/// the parts numbered `few` and `many`; or bounded by prices of each quota and of a seat.
struct panel_part {
    std::optional<std::int32_t> kind;
    std::int64_t at_most = 0;
    std::int32_t few = 0;
    std::int32_t many = 0;
    std::vector<std::string> prices;
    bool operator==(const panel_part&) const = default;
};
VECHE_FIELDS(panel_part, (kind, "Number of the kind by which it is split."),
             (at_most, "How many of it."), (few, "Part with at most so many."),
             (many, "Part with more."), (prices, "Of each quota, then of a seat."))

/// One level of the leximin: nobody of `kinds` can have more than `probability` while all of lower
/// levels keep theirs. Every panel weighs at most `limit` by the weights (of each kind, a person),
/// as the parts prove.
struct level {
    std::string probability;
    std::vector<std::int32_t> kinds;
    std::vector<std::string> weights;
    std::string limit;
    std::vector<panel_part> parts;
    bool operator==(const level&) const = default;
};
VECHE_FIELDS(level, (probability, "Of everybody of these kinds."), (kinds, "Numbers of kinds."),
             (weights, "By which panels are weighed, for each kind."), (limit, "The most weight."),
             (parts, "What proves the limit."))

enum class panel_verdict : std::uint8_t {
    lottery,   ///< the fairest lottery
    feasible,  ///< a panel exists; no lottery was asked for
    none,      ///< no panel keeps all windows
    not_decided
};
VECHE_CHOICES(panel_verdict, lottery, feasible, none, not_decided)

struct panel_outcome {
    panel_verdict what{};
    std::vector<kind> kinds;
    std::vector<panel> panels;
    std::vector<level> levels;
    std::optional<conflict> reason;
    bool operator==(const panel_outcome&) const = default;
};
VECHE_FIELDS(panel_outcome, (what, "What was found."), (kinds, "Who is alike."),
             (panels, "The panels of the lottery."), (levels, "Who has which chance, and why."),
             (reason, "Why there is no panel."))

constexpr std::int64_t most_kinds = 400;
constexpr std::int64_t most_respondents = 1'000'000;

/// One panel that keeps all windows, or why none does.
result<panel_outcome> find_panel(const panel_call&);
/// The lottery over panels in which whoever has the least chance has as much as can be, then
/// whoever has the next least, and so on (leximin; Flanigan, Goelz, Gupta, Hennig, Procaccia: Fair
/// algorithms for selecting citizens' assemblies, 2021). In rational numbers throughout.
result<panel_outcome> find_lottery(const panel_call&);
/// The same by columns alone, also where one category has a closed form; for tests.
result<panel_outcome> find_lottery_by_columns(const panel_call&);

/// Who is drawn, by a number of 64 hex digits: as a fraction of 2^256 it picks the panel by the
/// probabilities in their order; of each kind those are on it whose lottery keys under it (site
/// "*") are lowest.
result<std::vector<std::string>> draw(const panel_call&, const panel_outcome&,
                                      const std::string& number);

}  // namespace veche::teams
