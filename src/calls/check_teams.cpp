// What opening refuses of a call for teams, and what such a call asks of an application: what can
// never hold is said before anybody applies.

#include <algorithm>
#include <set>

#include "calls/checks.hpp"
#include "calls/teams.hpp"

namespace veche::calls {
namespace {

constexpr std::size_t most_categories = 8;
constexpr std::size_t most_features = 40;
constexpr std::size_t most_skills = 40;
constexpr std::size_t most_windows = 60;

std::string team_field(const char* list, std::size_t i, const std::string& name = {}) {
    return std::string("teams.") + list + "." + std::to_string(i) +
           (name.empty() ? "" : "." + name);
}

const category_plan* category_of(const team_terms& t, const category_id& id) {
    for (const category_plan& one : t.categories)
        if (one.category == id) return &one;
    return nullptr;
}

bool has_feature(const team_terms& t, const category_id& category, const feature_id& feature) {
    const category_plan* plan = category_of(t, category);
    return plan && std::any_of(plan->features.begin(), plan->features.end(),
                               [&](const feature_plan& one) { return one.feature == feature; });
}

bool knows_skill(const team_terms& t, const skill_id& id) {
    return std::any_of(t.skills.begin(), t.skills.end(),
                       [&](const skill_plan& one) { return one.skill == id; });
}

template <class Row, class Id>
std::vector<Id> team_ids(const std::vector<Row>& rows, Id Row::* id) {
    std::vector<Id> out;
    for (const Row& row : rows) out.push_back(row.*id);
    return out;
}

result<void> check_named(const world& w, const localized& title, const std::string& field) {
    if (blank(title)) return refuse(refusals::title_missing, field);
    return check_text(w, title, field, max_title_bytes);
}

result<void> check_words(const world& w, const team_terms& t) {
    VECHE_CHECK(check_ids(team_ids(t.categories, &category_plan::category), "teams.categories",
                          most_categories));
    VECHE_CHECK(check_ids(team_ids(t.skills, &skill_plan::skill), "teams.skills", most_skills));
    VECHE_CHECK(check_ids(team_ids(t.sites, &site_plan::programme), "teams.sites", max_programmes));
    for (std::size_t i = 0; i < t.categories.size(); ++i) {
        const category_plan& one = t.categories[i];
        VECHE_CHECK(check_named(w, one.title, team_field("categories", i, "title")));
        const std::string features = team_field("categories", i, "features");
        VECHE_CHECK(
            check_ids(team_ids(one.features, &feature_plan::feature), features, most_features));
        if (one.features.empty())
            return refuse(refusals::window_malformed, features, one.category.value);
        for (std::size_t f = 0; f < one.features.size(); ++f)
            VECHE_CHECK(check_named(w, one.features[f].title,
                                    features + "." + std::to_string(f) + ".title"));
    }
    for (std::size_t i = 0; i < t.skills.size(); ++i)
        VECHE_CHECK(check_named(w, t.skills[i].title, team_field("skills", i, "title")));
    return {};
}

/// A feature with its category, or a skill, of the call.
bool names_something(const team_terms& t, const counted& of) {
    if (of.skill) return !of.category && !of.feature && knows_skill(t, *of.skill);
    return of.category && of.feature && has_feature(t, *of.category, *of.feature);
}

/// Within each category: what all its minima ask for fits into the team, and where every feature
/// has a maximum, all of them together let the team be large enough.
result<void> check_category(const site_plan& site, const category_plan& plan, std::int64_t capacity,
                            const std::string& field) {
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::size_t limited = 0;
    for (const team_window& one : site.windows) {
        if (one.of.category != plan.category) continue;
        least += one.min;
        most += one.max.value_or(0);
        limited += one.max ? 1 : 0;
    }
    if (least > capacity)
        return refuse(refusals::window_impossible, field, site.programme.value,
                      std::to_string(least), std::to_string(capacity));
    if (limited == plan.features.size() && most < site.min_size)
        return refuse(refusals::window_impossible, field, site.programme.value,
                      std::to_string(site.min_size), std::to_string(most));
    return {};
}

result<void> check_site(const open_call& c, std::size_t i) {
    const team_terms& t = *c.teams;
    const site_plan& site = t.sites[i];
    const auto plan =
        std::find_if(c.programmes.begin(), c.programmes.end(),
                     [&](const programme_plan& one) { return one.programme == site.programme; });
    if (plan == c.programmes.end())
        return refuse(refusals::programme_unknown, team_field("sites", i, "programme"),
                      site.programme.value);
    const auto impossible = [&](const std::string& field, std::int64_t least) {
        return refuse(refusals::window_impossible, field, site.programme.value,
                      std::to_string(least), std::to_string(plan->capacity));
    };
    if (site.min_size < 0 || site.windows.size() > most_windows)
        return refuse(refusals::window_malformed, team_field("sites", i), site.programme.value);
    if (site.min_size > plan->capacity)
        return impossible(team_field("sites", i, "min_size"), site.min_size);
    for (std::size_t n = 0; n < site.windows.size(); ++n) {
        const team_window& one = site.windows[n];
        const std::string field = team_field("sites", i, "windows." + std::to_string(n));
        const auto first = std::find_if(site.windows.begin(), site.windows.end(),
                                        [&](const team_window& w) { return w.of == one.of; });
        const bool twice = first - site.windows.begin() != static_cast<std::ptrdiff_t>(n);
        if (!names_something(t, one.of) || twice || one.min < 0 || (one.max && *one.max < one.min))
            return refuse(refusals::window_malformed, field, site.programme.value);
        if (one.min > plan->capacity) return impossible(field, one.min);
    }
    for (const category_plan& one : t.categories)
        VECHE_CHECK(check_category(site, one, plan->capacity, team_field("sites", i, "windows")));
    return {};
}

result<void> check_utility(const open_call& c) {
    const team_terms& t = *c.teams;
    const std::size_t choices =
        c.rules.max_choices ? static_cast<std::size_t>(*c.rules.max_choices) : c.programmes.size();
    bool sound = t.choice_points.size() == choices &&
                 t.score_weight.has_value() == !c.criteria.empty() &&
                 t.score_weight.value_or(1) >= 1 && t.score_weight.value_or(1) <= max_points;
    for (std::size_t i = 0; sound && i < choices; ++i)
        sound = t.choice_points[i] >= 0 && (i == 0 || t.choice_points[i] <= t.choice_points[i - 1]);
    if (sound)
        sound = int128{t.score_weight.value_or(0)} * most_points(c) + t.choice_points.front() <=
                teams::most_utility;
    if (!sound)
        return refuse(refusals::utility_malformed, "teams.choice_points",
                      std::to_string(teams::most_utility));
    const std::int64_t nodes = t.node_limit.value_or(1);
    if (nodes < 1 || nodes > most_team_nodes)
        return refuse(refusals::number_out_of_range, "teams.node_limit", "1",
                      std::to_string(most_team_nodes));
    return {};
}

/// Who is sent where stands in the entry of a run, so the teams and their windows fit one.
result<void> check_size(const open_call& c) {
    constexpr std::size_t part_bytes = 400, window_bytes = 120, person_bytes = 40;
    std::size_t bytes = 1000;
    for (const programme_plan& one : c.programmes) {
        bytes += part_bytes + 4 * one.programme.value.size() +
                 person_bytes * static_cast<std::size_t>(one.capacity);
        for (const team_window& w : windows_of(c, one.programme))
            bytes += 2 * (window_bytes + to_json(w.of).size());
        if (bytes > max_result_bytes) break;
    }
    if (bytes > max_result_bytes)
        return refuse(refusals::result_too_large, "programmes", std::to_string(bytes),
                      std::to_string(max_result_bytes));
    return {};
}

}  // namespace

result<void> check_team_call(const world& w, const open_call& c) {
    if (!by_teams(c)) {
        if (c.teams) return refuse(refusals::teams_terms, "teams");
        return {};
    }
    const bool reserved = std::any_of(c.programmes.begin(), c.programmes.end(),
                                      [](const programme_plan& p) { return !p.reserves.empty(); });
    if (!c.teams || !c.groups.empty() || reserved || c.rules.ties != tie_policy::lottery ||
        c.rules.lottery != lottery_kind::per_programme)
        return refuse(refusals::teams_terms, c.teams ? "rules.lottery" : "teams");
    VECHE_CHECK(check_words(w, *c.teams));
    for (std::size_t i = 0; i < c.teams->sites.size(); ++i) VECHE_CHECK(check_site(c, i));
    VECHE_CHECK(check_utility(c));
    return check_size(c);
}

result<void> check_features(const call& c, const submit_application& asked) {
    static const team_terms none;
    const team_terms& t = c.asked.teams ? *c.asked.teams : none;
    std::set<category_id> named;
    for (std::size_t i = 0; i < asked.features.size(); ++i) {
        const feature_claim& one = asked.features[i];
        if (!has_feature(t, one.category, one.feature) || !named.insert(one.category).second)
            return refuse(refusals::features_malformed, "features." + std::to_string(i),
                          one.category.value);
    }
    for (const category_plan& plan : t.categories)
        if (named.count(plan.category) == 0)
            return refuse(refusals::features_malformed, "features", plan.category.value);
    VECHE_CHECK(check_ids(asked.skills, "skills", most_skills));
    for (std::size_t i = 0; i < asked.skills.size(); ++i)
        if (!knows_skill(t, asked.skills[i]))
            return refuse(refusals::skill_unknown, "skills." + std::to_string(i),
                          asked.skills[i].value);
    return {};
}

result<void> check_mending(const call& c, const application& a, const judge_eligibility& asked) {
    static const team_terms none;
    const team_terms& t = c.asked.teams ? *c.asked.teams : none;
    VECHE_CHECK(check_ids(team_ids(asked.refused_skills, &skill_refusal::skill), "refused_skills",
                          most_skills));
    for (std::size_t i = 0; i < asked.refused_skills.size(); ++i) {
        const auto& claimed = a.asked.skills;
        const skill_id& skill = asked.refused_skills[i].skill;
        if (std::find(claimed.begin(), claimed.end(), skill) == claimed.end())
            return refuse(refusals::skill_not_claimed, "refused_skills." + std::to_string(i),
                          skill.value);
    }
    VECHE_CHECK(check_ids(team_ids(asked.mended_features, &feature_mending::category),
                          "mended_features", most_categories));
    for (std::size_t i = 0; i < asked.mended_features.size(); ++i) {
        const feature_mending& one = asked.mended_features[i];
        if (!has_feature(t, one.category, one.feature))
            return refuse(refusals::features_malformed, "mended_features." + std::to_string(i),
                          one.category.value);
    }
    return {};
}

result<void> check_team_appeal(const application& a, const decide_appeal& asked) {
    for (std::size_t i = 0; i < asked.skills.size(); ++i)
        if (std::none_of(a.refused_skills.begin(), a.refused_skills.end(),
                         [&](const skill_refusal& one) { return one.skill == asked.skills[i]; }))
            return refuse(refusals::skill_not_claimed, "skills." + std::to_string(i),
                          asked.skills[i].value);
    for (std::size_t i = 0; i < asked.features.size(); ++i) {
        const feature_claim& one = asked.features[i];
        const auto& claimed = a.asked.features;
        if (std::find(claimed.begin(), claimed.end(), one) == claimed.end() ||
            a.feature_in(one.category) == one.feature)
            return refuse(refusals::features_malformed, "features." + std::to_string(i),
                          one.category.value);
    }
    return {};
}

}  // namespace veche::calls
