// Why an applicant is sent to a site or not: the engine's reasons in the words of the call.

#include <algorithm>

#include "calls/teams.hpp"
#include "teams/explain.hpp"

namespace veche::calls {
namespace {

/// Trying a part again for every choice takes as long as the run did; a page shall not.
constexpr std::size_t most_tried = 300;
constexpr std::int64_t most_tried_nodes = 500;

/// The last round in which the applicant took part.
struct part_at {
    const allocation_round* round = nullptr;
    const team_solved* part = nullptr;
    std::size_t number = 0;
};

part_at part_with(const call& c, const person_id& who) {
    part_at out;
    for (const allocation_round& round : c.rounds)
        for (std::size_t n = 0; n < round.teams.size(); ++n) {
            const auto& people = round.teams[n].asked.people;
            if (std::any_of(people.begin(), people.end(),
                            [&](const teams::person& one) { return one.id == who.value; }))
                out = {&round, &round.teams[n], n};
        }
    return out;
}

team_outcome in_words(teams::site_outcome what, team_verdict v) {
    if (v == team_verdict::gap || v == team_verdict::not_decided) return team_outcome::undecided;
    switch (what) {
        case teams::site_outcome::placed:
            return team_outcome::placed;
        case teams::site_outcome::not_allowed:
            return team_outcome::set_aside;
        case teams::site_outcome::feature_full:
            return team_outcome::feature_full;
        case teams::site_outcome::site_full:
            return team_outcome::site_full;
        case teams::site_outcome::kept_for_skill:
            return team_outcome::kept_for_others;
        case teams::site_outcome::better_elsewhere:
            return team_outcome::better_elsewhere;
        case teams::site_outcome::no_teams:
            break;
    }
    return team_outcome::no_teams;
}

class site_teller {
  public:
    site_teller(const call& c, const application& a, bool otherwise)
        : call_(c), app_(a), at_(part_with(c, a.applicant)), otherwise_(otherwise) {
        if (at_.part) ask_engine();
    }

    site_explanation tell(std::size_t i) const {
        site_explanation out;
        out.choice = static_cast<std::int32_t>(i) + 1;
        out.programme = app_.asked.choices[i];
        out.title = call_.find(out.programme)->title;
        out.utility = utility_of(call_, app_, i);
        fill(i, out);
        for (const offer& one : app_.offers)
            if (one.programme == out.programme) out.outcome = team_outcome::placed;
        return out;
    }

  private:
    void ask_engine() {
        teams::call asked = at_.part->asked;
        asked.node_limit = std::min(asked.node_limit, most_tried_nodes);
        tried_ = otherwise_ && asked.people.size() <= most_tried;
        if (tried_) {
            auto told = teams::explain(asked, at_.part->made, app_.applicant.value);
            if (told) reasons_ = *std::move(told);
            return;
        }
        for (teams::explanation& one : teams::explain_all(asked, at_.part->made))
            if (one.person == app_.applicant.value) reasons_ = std::move(one);
    }

    void fill(std::size_t i, site_explanation& out) const {
        out.outcome = app_.set_aside                           ? team_outcome::set_aside
                      : app_.eligible != eligibility::eligible ? team_outcome::ineligible
                      : call_.is_set_aside(out.programme)      ? team_outcome::set_aside
                                                               : team_outcome::waiting;
        if (!at_.part) return;
        const auto reason = std::find_if(
            reasons_.sites.begin(), reasons_.sites.end(),
            [&](const teams::site_reason& one) { return one.site == out.programme.value; });
        if (reason == reasons_.sites.end()) return;
        const team_part& part = at_.round->made.teams[at_.number];
        out.outcome = in_words(reason->what, part.verdict);
        for (const team_made& team : part.teams)
            if (team.programme == out.programme) {
                out.team = team.windows.front().count;
                if (reason->by)
                    for (const window_count& one : team.windows)
                        if (one.of == counted_by(reason->by->what, reason->by->value)) out.by = one;
            }
        if (out.outcome != team_outcome::placed && binds(part.verdict)) fill_tried(i, *reason, out);
    }

    void fill_tried(std::size_t i, const teams::site_reason& reason, site_explanation& out) const {
        out.tried = tried_;
        if (!tried_) return;
        out.decided = reason.decided;
        out.possible = reason.possible;
        out.equally_good = reason.equally_good;
        out.lost = reason.lost;
        const team_terms& terms = *call_.asked.teams;
        if (!reason.would_have_sufficed || !terms.score_weight) return;
        const std::int64_t missing = *reason.would_have_sufficed - terms.choice_points[i];
        const std::int64_t score = (missing + *terms.score_weight - 1) / *terms.score_weight;
        if (score <= most_points(call_.asked)) out.sufficient_score = score;
    }

    const call& call_;
    const application& app_;
    const part_at at_;
    const bool otherwise_;
    bool tried_ = false;
    teams::explanation reasons_;
};

}  // namespace

std::vector<site_explanation> explain_sites(const call& c, const application& a, bool otherwise) {
    const site_teller by(c, a, otherwise);
    std::vector<site_explanation> out;
    for (std::size_t i = 0; i < a.asked.choices.size(); ++i) out.push_back(by.tell(i));
    return out;
}

}  // namespace veche::calls
