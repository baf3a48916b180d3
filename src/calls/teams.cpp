#include "calls/teams.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "calls/refusal.hpp"
#include "teams/assign.hpp"
#include "teams/certificate_check.hpp"

namespace veche::calls {
namespace {

constexpr std::string_view category_mark = "category ";
constexpr std::int64_t usual_nodes = 2'000;

teams::person engine_person(const call& c, const application& a) {
    teams::person out;
    out.id = a.applicant.value;
    for (const category_plan& plan : c.asked.teams->categories)
        if (const auto feature = a.feature_in(plan.category))
            out.features[std::string(category_mark) + plan.category.value] = feature->value;
    for (const skill_plan& plan : c.asked.teams->skills)
        if (a.has_skill(plan.skill)) out.skills.push_back(plan.skill.value);
    for (std::size_t i = 0; i < a.asked.choices.size(); ++i)
        if (!c.is_set_aside(a.asked.choices[i]))
            out.wishes.push_back({a.asked.choices[i].value, utility_of(c, a, i)});
    return out;
}

/// Sites that applicants link, by the first of them: every site of a part has the same number.
class linking {
  public:
    explicit linking(std::size_t sites) : first_(sites) {
        std::iota(first_.begin(), first_.end(), 0U);
    }
    std::uint32_t of(std::uint32_t site) const {
        while (first_[site] != site) site = first_[site];
        return site;
    }
    void link(std::uint32_t a, std::uint32_t b) {
        const std::uint32_t x = of(a);
        const std::uint32_t y = of(b);
        first_[std::max(x, y)] = std::min(x, y);
    }

  private:
    std::vector<std::uint32_t> first_;
};

/// Who holds a place, by programme; `firm` are those within the capacity.
struct holding {
    std::vector<std::vector<std::int64_t>> all, firm;
};

holding held_in(const state& s, const call& c, bool accepted_only) {
    holding out;
    std::vector<std::vector<team_window>> windows;
    for (const programme_plan& plan : c.asked.programmes) {
        windows.push_back(windows_of(c.asked, plan.programme));
        out.all.emplace_back(windows.back().size());
        out.firm.emplace_back(windows.back().size());
    }
    each_application(s, c.asked.call, [&](const application& a) {
        const offer* one = a.held();
        if (!one || (accepted_only && one->status != offer_status::accepted)) return;
        const std::uint32_t p = position_of(c, *one->programme);
        for (std::size_t w = 0; w < windows[p].size(); ++w)
            if (counts(windows[p][w].of, a)) {
                ++out.all[p][w];
                out.firm[p][w] += one->beyond ? 0 : 1;
            }
    });
    return out;
}

/// What is open of the windows. Who sits beyond the capacity counts to a minimum, and takes nobody
/// a place.
teams::site open_site(const call& c, std::uint32_t p, const holding& held) {
    const place_id& id = c.asked.programmes[p].programme;
    teams::site out{id.value, {}};
    const auto windows = windows_of(c.asked, id);
    for (std::size_t w = 0; w < windows.size(); ++w) {
        std::optional<std::int64_t> max;
        if (windows[w].max) max = std::max<std::int64_t>(*windows[w].max - held.firm[p][w], 0);
        out.windows.push_back(engine_window(
            windows[w].of, std::max<std::int64_t>(windows[w].min - held.all[p][w], 0), max));
    }
    return out;
}

bool asks_for_somebody(const teams::site& s) {
    return std::any_of(s.windows.begin(), s.windows.end(),
                       [](const teams::window& w) { return w.min > 0; });
}

team_verdict verdict_of(teams::verdict v) {
    switch (v) {
        case teams::verdict::best:
            return team_verdict::best;
        case teams::verdict::best_by_aim:
            return team_verdict::best_by_aim;
        case teams::verdict::gap:
            return team_verdict::gap;
        case teams::verdict::none:
            return team_verdict::none;
        case teams::verdict::not_decided:
            break;
    }
    return team_verdict::not_decided;
}

/// The part of a round, in the words of the call.
class part_writer {
  public:
    part_writer(const run_input& in, const team_solved& solved) : in_(in), solved_(solved) {}

    team_part write(const std::vector<std::uint32_t>& at_by_candidate) {
        const teams::outcome& made = solved_.made;
        out_.verdict = verdict_of(made.what);
        for (const teams::site& one : solved_.asked.sites) out_.sites.push_back({one.id});
        out_.utility = made.utility;
        out_.placed = made.placed;
        out_.found = made.found;
        out_.bound = made.bound;
        out_.nodes = made.nodes;
        out_.lots_needed = made.lot == teams::lots::needed;
        out_.certificate = to_hex(
            sha256({to_json(solved_.asked), std::string_view("\0", 1), to_json(solved_.made)}));
        if (binds(out_.verdict))
            for (const place_id& site : out_.sites) add_team(site, at_by_candidate);
        if (made.reason) add_conflict(*made.reason);
        return std::move(out_);
    }

  private:
    [[nodiscard]] static bool counts_person(const counted& of, const teams::person& who) {
        if (of.skill)
            return std::find(who.skills.begin(), who.skills.end(), of.skill->value) !=
                   who.skills.end();
        if (!of.category) return true;
        const auto own = who.features.find(std::string(category_mark) + of.category->value);
        return own != who.features.end() && own->second == of.feature->value;
    }

    void add_team(const place_id& site, const std::vector<std::uint32_t>& at) {
        const std::uint32_t p = position_of(*in_.of, site);
        team_made& team = out_.teams.emplace_back();
        team.programme = site;
        const auto windows = windows_of(in_.of->asked, site);
        for (std::size_t w = 0; w < windows.size(); ++w)
            team.windows.push_back({windows[w].of, in_.held[p][w], windows[w].min, windows[w].max});
        for (std::size_t i = 0; i < in_.candidates.size(); ++i) {
            if (at[i] != p) continue;
            team.joined.push_back(in_.candidates[i].applicant);
            const auto& people = solved_.asked.people;
            const auto who = std::find_if(
                people.begin(), people.end(),
                [&](const teams::person& one) { return one.id == team.joined.back().value; });
            for (window_count& one : team.windows) one.count += counts_person(one.of, *who);
        }
    }

    void add_conflict(const teams::conflict& reason) {
        out_.loosest = reason.irreducible;
        for (const teams::conflict_side& side : reason.sides) {
            conflict_limit one;
            one.programme = {side.site};
            one.of = counted_by(side.what, side.value);
            one.least = side.least;
            one.may_go = side.may_go;
            const std::uint32_t p = position_of(*in_.of, one.programme);
            const auto windows = windows_of(in_.of->asked, one.programme);
            for (std::size_t w = 0; w < windows.size(); ++w)
                if (windows[w].of == one.of) {
                    one.limit = side.least ? windows[w].min : windows[w].max.value_or(0);
                    one.held = in_.held[p][w];
                }
            out_.conflict.push_back(std::move(one));
        }
    }

    const run_input& in_;
    const team_solved& solved_;
    team_part out_;
};

}  // namespace

std::vector<team_window> windows_of(const open_call& c, const place_id& site) {
    team_window size;
    for (const programme_plan& plan : c.programmes)
        if (plan.programme == site) size.max = plan.capacity;
    std::vector<team_window> out{size};
    for (const site_plan& plan : c.teams->sites)
        if (plan.programme == site) {
            out.front().min = plan.min_size;
            out.insert(out.end(), plan.windows.begin(), plan.windows.end());
        }
    return out;
}

bool counts(const counted& of, const application& a) {
    if (of.skill) return a.has_skill(*of.skill);
    return !of.category || a.feature_in(*of.category) == of.feature;
}

std::int64_t utility_of(const call& c, const application& a, std::size_t choice) {
    const team_terms& terms = *c.asked.teams;
    return terms.choice_points[choice] + terms.score_weight.value_or(0) * score_of(c, a);
}

teams::window engine_window(const counted& of, std::int64_t min, std::optional<std::int64_t> max) {
    if (of.skill) return {"skill", of.skill->value, min, max};
    if (!of.category) return {"size", "", min, max};
    return {std::string(category_mark) + of.category->value, of.feature->value, min, max};
}

counted counted_by(const std::string& what, const std::string& value) {
    counted out;
    if (what == "skill") {
        out.skill = skill_id{value};
    } else if (what != "size") {
        out.category = category_id{what.substr(category_mark.size())};
        out.feature = feature_id{value};
    }
    return out;
}

void add_parts(const state& s, run_input& in) {
    const call& c = *in.of;
    const holding held = held_in(s, c, false);
    in.held = held.all;
    linking parts(c.asked.programmes.size());
    for (const candidate& one : in.candidates)
        for (const std::uint32_t p : one.choices) parts.link(one.choices.front(), p);
    for (std::uint32_t first = 0; first < c.asked.programmes.size(); ++first) {
        if (parts.of(first) != first) continue;
        teams::call part;
        part.id = c.asked.call.value;
        part.first = c.asked.teams->aim == team_aim::utility_then_placed
                         ? teams::aim::utility_then_placed
                         : teams::aim::placed_then_utility;
        part.node_limit = c.asked.teams->node_limit.value_or(usual_nodes);
        part.seed = to_hex(in.seed);
        bool asks = false;
        for (std::uint32_t p = first; p < c.asked.programmes.size(); ++p) {
            if (parts.of(p) != first || c.is_set_aside(c.asked.programmes[p].programme)) continue;
            part.sites.push_back(open_site(c, p, held));
            asks = asks || asks_for_somebody(part.sites.back());
        }
        for (const candidate& one : in.candidates)
            if (parts.of(one.choices.front()) == first)
                part.people.push_back(engine_person(c, *s.find(c.asked.call, one.applicant)));
        if (!part.people.empty() || asks) in.parts.push_back(std::move(part));
    }
}

bool binds(team_verdict v) {
    return v == team_verdict::best || v == team_verdict::best_by_aim;
}

run_result allocate_teams(const run_input& in) {
    constexpr std::uint32_t nowhere = UINT32_MAX;
    run_result out;
    out.placings.resize(in.candidates.size());
    std::vector<std::int64_t> taken(in.seats.size());
    for (const teams::call& part : in.parts) {
        auto solved = teams::solve(part);
        if (!solved) {
            out.fault = std::string(solved.error().code());
            return out;
        }
        if (out.fault.empty()) out.fault = teams::certificate_fault(part, *solved);
        std::map<std::string, std::uint32_t> sent;
        if (binds(verdict_of(solved->what)))
            for (const teams::placing& one : solved->placings)
                if (one.site) sent[one.person] = position_of(*in.of, {*one.site});
        std::vector<std::uint32_t> at(in.candidates.size(), nowhere);
        for (std::size_t i = 0; i < in.candidates.size(); ++i) {
            const auto found = sent.find(in.candidates[i].applicant.value);
            if (found == sent.end()) continue;
            at[i] = found->second;
            out.placings[i].offered = true;
            out.placings[i].programme = found->second;
            ++taken[found->second];
        }
        out.solved.push_back({part, *std::move(solved)});
        out.parts.push_back(part_writer(in, out.solved.back()).write(at));
        // The proof is in the hash; what explains needs only the answer.
        out.solved.back().made.parts.clear();
        if (!out.parts.back().lots_needed || !binds(out.parts.back().verdict)) continue;
        out.lots_decided = true;
        for (const place_id& site : out.parts.back().sites) out.lots_needed.push_back(site);
    }
    for (std::size_t p = 0; p < in.seats.size(); ++p) {
        const place_id& id = in.of->asked.programmes[p].programme;
        if (in.of->is_set_aside(id)) continue;
        cutoff& one = out.cutoffs.emplace_back();
        one.programme = id;
        one.seats = in.seats[p].front().seats;
        one.taken = taken[p];
    }
    return out;
}

result<void> check_teams_found(const run_result& out) {
    std::string none;
    std::string undecided;
    for (const team_part& one : out.parts) {
        if (binds(one.verdict)) return {};
        std::string& names = one.verdict == team_verdict::none ? none : undecided;
        for (const place_id& site : one.sites) names += (names.empty() ? "" : ", ") + site.value;
    }
    if (!none.empty()) return refuse(refusals::no_teams, "call", none);
    return refuse(refusals::teams_undecided, "call", undecided);
}

std::vector<team_made> teams_now(const state& s, const call& c, bool accepted_only) {
    const holding held = held_in(s, c, accepted_only);
    std::vector<team_made> out;
    for (std::size_t p = 0; p < c.asked.programmes.size(); ++p) {
        team_made& team = out.emplace_back();
        team.programme = c.asked.programmes[p].programme;
        const auto windows = windows_of(c.asked, team.programme);
        for (std::size_t w = 0; w < windows.size(); ++w)
            team.windows.push_back({windows[w].of, held.all[p][w], windows[w].min, windows[w].max});
    }
    return out;
}

namespace {

bool is_in(const team_solved& part, const std::string& person) {
    const auto& people = part.asked.people;
    return std::any_of(people.begin(), people.end(),
                       [&](const teams::person& one) { return one.id == person; });
}

/// Parts of a round that the wishes of this person link, as one.
teams::call joined_parts(const allocation_round& round, const teams::person& who) {
    teams::call out;
    for (const team_solved& part : round.teams) {
        const auto& sites = part.asked.sites;
        const bool linked = std::any_of(who.wishes.begin(), who.wishes.end(), [&](const auto& w) {
            return std::any_of(sites.begin(), sites.end(),
                               [&](const teams::site& one) { return one.id == w.site; });
        });
        if (!linked) continue;
        if (out.id.empty()) {
            out = part.asked;
            continue;
        }
        out.sites.insert(out.sites.end(), sites.begin(), sites.end());
        out.people.insert(out.people.end(), part.asked.people.begin(), part.asked.people.end());
    }
    return out;
}

}  // namespace

std::optional<place_id> sent_with(const call& c, const application& a) {
    std::size_t at = 0;
    for (std::size_t r = 0; r < c.rounds.size(); ++r)
        for (const team_solved& part : c.rounds[r].teams)
            if (is_in(part, a.applicant.value)) at = r;
    teams::person who = engine_person(c, a);
    teams::call asked = joined_parts(c.rounds[at], who);
    std::erase_if(who.wishes, [&](const teams::wish& w) {
        return std::none_of(asked.sites.begin(), asked.sites.end(),
                            [&](const teams::site& one) { return one.id == w.site; });
    });
    std::erase_if(asked.people, [&](const teams::person& one) { return one.id == who.id; });
    asked.people.push_back(std::move(who));
    const auto solved = teams::solve(asked);
    if (!solved) return std::nullopt;
    for (const teams::placing& one : solved->placings)
        if (one.person == a.applicant.value && one.site) return place_id{*one.site};
    return std::nullopt;
}

}  // namespace veche::calls
