#include "calls/appeals.hpp"

#include <algorithm>

#include "calls/internships.hpp"
#include "calls/rolling_answers.hpp"
#include "calls/teams.hpp"

namespace veche::calls {
namespace {

/// The lowest score that got in at the programme in any round, by the entries open to the groups;
/// and whether the record meets one of them.
struct standing_at {
    bool met = false;
    std::optional<std::int64_t> lowest;
};

standing_at look(const call& c, const application& a, const std::optional<place_id>& programme) {
    standing_at out;
    const std::uint32_t groups = groups_of(c, a);
    const std::int64_t score = score_of(c, a);
    std::string key;
    if (draws_lots(c.asked)) key = to_hex(key_of(c, seed_of(c), programme, a.applicant));
    for (const allocation_round& round : c.rounds)
        for (const cutoff& one : round.made.cutoffs) {
            if (one.programme != programme) continue;
            out.met = out.met || meets(one, c, groups, score, key);
            const bool own = !one.group || a.in_group(*one.group);
            if (own && one.score && (!out.lowest || *one.score < *out.lowest))
                out.lowest = one.score;
        }
    return out;
}

/// Beside the rankings of hosts: whether the programme took somebody ranked behind the applicant,
/// or kept a place free, in any round.
bool look_at_host(const call& c, const application& a, const place_id& programme,
                  appeal_figure& out) {
    out.programme = programme;
    out.rank = rank_at(c, programme, a.applicant);
    bool met = false;
    for (const allocation_round& round : c.rounds)
        for (const cutoff& one : round.made.cutoffs) {
            if (one.programme != programme) continue;
            met = met || (out.rank && (!one.rank || *out.rank <= *one.rank));
            if (one.rank && one.rank > out.cutoff_rank) out.cutoff_rank = one.rank;
        }
    return met;
}

/// The first better choice whose cutoff is met, with the figures of all that were looked at.
void find_place(const call& c, const application& a, appeal_settled& out) {
    const offer* held = a.held();
    for (const place_id& choice : a.asked.choices) {
        if (held && held->programme == choice) break;
        if (c.is_set_aside(choice)) continue;
        if (by_hosts(c.asked)) {
            appeal_figure& figure = out.figures.emplace_back();
            if (!look_at_host(c, a, choice, figure)) continue;
            out.effect = appeal_effect::place;
            out.programme = choice;
            return;
        }
        const standing_at at = look(c, a, choice);
        out.figures.push_back({choice, at.lowest, out.score});
        if (!at.met) continue;
        out.effect = appeal_effect::place;
        out.programme = choice;
        return;
    }
    out.effect = appeal_effect::below_cutoff;
}

/// Where offers roll: the first choice that never called the applicant, and called somebody who
/// comes behind the corrected record, or has nobody left to call.
void find_on_lists(const call& c, const application& a, appeal_settled& out) {
    out.effect = appeal_effect::below_cutoff;
    const hash256 seed = seed_of(c);
    for (const place_id& choice : a.asked.choices) {
        if (c.is_set_aside(choice)) continue;
        const auto line = rolling_line_of(c, a.applicant, choice);
        if (line && line->standing != matching::rolling_standing::waiting) continue;
        const cutoff last = line_of(c, *c.rolling, position_of(c, choice));
        out.figures.push_back({choice, last.score, out.score});
        if (!meets(last, c, 0, out.score, to_hex(key_of(c, seed, choice, a.applicant)))) continue;
        out.effect = appeal_effect::place;
        out.programme = choice;
        return;
    }
}

/// Where the same round would have sent the corrected record, if it is better than what is held.
void find_team(const call& c, const application& a, appeal_settled& out) {
    out.effect = appeal_effect::below_cutoff;
    const auto site = sent_with(c, a);
    const auto& choices = a.asked.choices;
    const auto at = site ? std::find(choices.begin(), choices.end(), *site) : choices.end();
    const offer* held = a.held();
    const auto now =
        held ? std::find(choices.begin(), choices.end(), *held->programme) : choices.end();
    if (!site || at >= now) return;
    out.effect = appeal_effect::place;
    out.programme = site;
}

void find_grant(const state& s, const call& c, const application& a, appeal_settled& out) {
    if (a.held()) {
        out.effect = appeal_effect::below_cutoff;
        return;
    }
    const standing_at at = look(c, a, std::nullopt);
    out.figures.push_back({std::nullopt, at.lowest, out.score});
    if (!at.met)
        out.effect = appeal_effect::below_cutoff;
    else
        out.effect = a.asked.asks->minor <= free_money(s, c) ? appeal_effect::place
                                                             : appeal_effect::beyond_budget;
}

}  // namespace

application corrected(const application& a, const decide_appeal& c) {
    application out = a;
    if (!c.upheld) return out;
    for (const criterion_points& one : c.points) {
        const auto known =
            std::find_if(out.corrected.begin(), out.corrected.end(),
                         [&](const criterion_points& p) { return p.criterion == one.criterion; });
        if (known == out.corrected.end())
            out.corrected.push_back(one);
        else
            *known = one;
    }
    if (c.eligible.value_or(false)) {
        out.eligible = eligibility::eligible;
        out.reason.reset();
    }
    std::erase_if(out.refused_groups, [&](const group_refusal& refused) {
        return std::find(c.groups.begin(), c.groups.end(), refused.group) != c.groups.end();
    });
    std::erase_if(out.refused_skills, [&](const skill_refusal& refused) {
        return std::find(c.skills.begin(), c.skills.end(), refused.skill) != c.skills.end();
    });
    std::erase_if(out.mended_features, [&](const feature_mending& mended) {
        return std::any_of(c.features.begin(), c.features.end(), [&](const feature_claim& one) {
            return one.category == mended.category;
        });
    });
    return out;
}

appeal_settled settle_appeal(const state& s, const call& c, const application& a,
                             const decide_appeal& asked, instant at) {
    const application now = corrected(a, asked);
    appeal_settled out;
    out.call = c.asked.call;
    out.applicant = a.applicant;
    out.score = score_of(c, now);
    if (!asked.upheld)
        out.effect = appeal_effect::dismissed;
    else if (c.vote_open)
        out.effect = appeal_effect::vote_stands;
    else if (c.rounds.empty())
        out.effect = appeal_effect::before_run;
    else if (!now.in_run())
        out.effect = appeal_effect::below_cutoff;
    else if (rolls(c.asked))
        find_on_lists(c, now, out);
    else if (by_teams(c.asked))
        find_team(c, now, out);
    else if (by_programme(c.asked))
        find_place(c, now, out);
    else
        find_grant(s, c, now, out);
    if (out.effect == appeal_effect::place) out.answer_until = plus_days(at, c.asked.answer_days);
    return out;
}

}  // namespace veche::calls
