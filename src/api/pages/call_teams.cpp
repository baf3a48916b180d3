#include "api/pages/call_teams.hpp"

#include <algorithm>

namespace veche::api::pages {
namespace {

using calls::team_outcome;

template <class Row, class Id>
std::string team_word(const visit& here, const std::vector<Row>& rows, Id Row::* key,
                      const Id& id) {
    for (const Row& one : rows)
        if (one.*key == id)
            if (std::string name = here.name_of(one.title); !name.empty()) return name;
    return id.value;
}

std::string feature_name(const visit& here, const calls::call_view& call,
                         const calls::category_id& category, const calls::feature_id& feature) {
    if (call.teams)
        for (const calls::category_plan& one : call.teams->terms.categories)
            if (one.category == category)
                return here.text(
                    "calls.teams.feature",
                    {{"category", team_word(here, call.teams->terms.categories,
                                            &calls::category_plan::category, category)},
                     {"feature",
                      team_word(here, one.features, &calls::feature_plan::feature, feature)}});
    return feature.value;
}

std::string skill_name(const visit& here, const calls::call_view& call,
                       const calls::skill_id& skill) {
    const std::string name =
        call.teams ? team_word(here, call.teams->terms.skills, &calls::skill_plan::skill, skill)
                   : skill.value;
    return here.text("calls.teams.skill", {{"skill", name}});
}

std::string counted_name(const visit& here, const calls::call_view& call,
                         const calls::counted& of) {
    if (of.skill) return skill_name(here, call, *of.skill);
    if (of.category && of.feature) return feature_name(here, call, *of.category, *of.feature);
    return here.text("calls.teams.size");
}

std::string conflict_sentence(const visit& here, const calls::call_view& call,
                              const calls::conflict_limit& one) {
    return here.text(one.least ? "calls.teams.conflict_least" : "calls.teams.conflict_most",
                     {{"site", programme_name(here, call, one.programme)},
                      {"limit", one.limit},
                      {"window", counted_name(here, call, one.of)},
                      {"held", one.held},
                      {"may", one.may_go}});
}

/// What would be with the applicant at that site.
void say_otherwise(const visit& here, const calls::call_view& call,
                   const calls::site_explanation& one, std::vector<std::string>& out) {
    if (!one.tried) return;
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.team_why." + std::string(key), with));
    };
    if (!one.decided) return say("not_found_out");
    if (!one.possible) return say("impossible");
    if (one.equally_good) return say("equally_good");
    const bool by_points = call.teams->terms.aim == calls::team_aim::utility_then_placed;
    if (one.lost && *one.lost > 0)
        say(by_points ? "lost_points" : "lost_people", {{"n", *one.lost}});
    if (one.sufficient_score)
        out.push_back(here.text("calls.why.sufficient", {{"score", *one.sufficient_score}}));
}

std::vector<std::string> site_reasons(const visit& here, const calls::call_view& call,
                                      const calls::site_explanation& one) {
    std::vector<std::string> out;
    std::vector<render::text_argument> with{{"team", one.team}};
    std::string key(name_of(one.outcome));
    if (one.by) {
        with.push_back({"window", counted_name(here, call, one.by->of)});
        with.push_back({"count", one.by->count});
        with.push_back({"min", std::int64_t{one.by->min}});
        with.push_back({"max", std::int64_t{one.by->max.value_or(0)}});
    } else if (one.outcome == team_outcome::feature_full ||
               one.outcome == team_outcome::kept_for_others) {
        key = name_of(team_outcome::site_full);
    }
    out.push_back(here.text("calls.team_why." + key, with));
    if (one.team > 0) out.push_back(here.text("calls.team_why.points", {{"n", one.utility}}));
    say_otherwise(here, call, one, out);
    return out;
}

}  // namespace

std::vector<team_card> team_cards(const visit& here, const calls::call_view& call,
                                  const std::vector<calls::team_made>& teams, std::int64_t seq) {
    std::vector<team_card> cards;
    for (const calls::team_made& team : teams) {
        team_card& card = cards.emplace_back();
        card.site = programme_name(here, call, team.programme);
        card.seq = seq;
        for (const calls::window_count& one : team.windows) {
            card.windows.push_back({counted_name(here, call, one.of), one.count, one.min, one.max,
                                    one.count < one.min});
            card.below = card.below || one.count < one.min;
        }
    }
    return cards;
}

std::vector<part_card> part_cards(const visit& here, const calls::call_view& call,
                                  const std::vector<calls::team_part>& parts, std::int64_t seq) {
    std::vector<part_card> cards;
    for (const calls::team_part& part : parts) {
        part_card& card = cards.emplace_back();
        for (const calls::place_id& site : part.sites)
            card.sites += (card.sites.empty() ? "" : ", ") + programme_name(here, call, site);
        card.verdict = part.verdict;
        card.utility = part.utility;
        card.placed = part.placed;
        card.found = part.found;
        card.bound = part.bound;
        card.nodes = part.nodes;
        card.certificate = part.certificate;
        card.teams = team_cards(here, call, part.teams, seq);
        for (const calls::conflict_limit& one : part.conflict)
            card.conflict.push_back(conflict_sentence(here, call, one));
    }
    return cards;
}

std::vector<site_card> site_cards(const visit& here, const calls::call_view& call,
                                  const calls::application_view& application) {
    std::vector<site_card> cards;
    if (!application.team) return cards;
    for (const calls::site_explanation& one : application.team->sites)
        cards.push_back({one.choice, programme_name(here, call, one.programme), one.outcome,
                         site_reasons(here, call, one)});
    return cards;
}

std::vector<claim_line> claim_lines(const visit& here, const calls::call_view& call,
                                    const calls::application_view& application) {
    std::vector<claim_line> lines;
    if (!application.team) return lines;
    for (const calls::feature_claim& one : application.team->features) {
        claim_line& line = lines.emplace_back();
        line.name = feature_name(here, call, one.category, one.feature);
        for (const calls::feature_mending& mended : application.team->mended_features)
            if (mended.category == one.category) {
                line.instead = feature_name(here, call, mended.category, mended.feature);
                line.reason = mended.reason;
            }
    }
    for (const calls::skill_id& one : application.team->skills) {
        claim_line& line = lines.emplace_back();
        line.name = skill_name(here, call, one);
        for (const calls::skill_refusal& refused : application.team->refused_skills)
            if (refused.skill == one) line.reason = refused.reason;
    }
    return lines;
}

std::vector<std::string> team_sentences(const visit& here, const calls::call_view& call) {
    std::vector<std::string> out;
    if (!call.teams) return out;
    const auto say = [&](const std::string& key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.teams." + key, with));
    };
    say("rule");
    std::string points;
    for (const std::int32_t one : call.teams->terms.choice_points)
        points += (points.empty() ? "" : ", ") + std::to_string(one);
    say("rule_points", {{"points", points}});
    if (call.teams->terms.score_weight)
        say("rule_score", {{"n", std::int64_t{*call.teams->terms.score_weight}}});
    say("rule_" + std::string(name_of(call.teams->terms.aim)));
    say("rule_lots");
    say("rule_parts");
    say("rule_stay");
    return out;
}

}  // namespace veche::api::pages
