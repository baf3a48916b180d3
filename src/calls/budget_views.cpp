// Views of a budget on which citizens vote.

#include "calls/budget_views.hpp"

#include <algorithm>

#include "budgeting/account.hpp"
#include "budgeting/pb_file.hpp"
#include "calls/budget.hpp"
#include "calls/viewing.hpp"
#include "calls/voting.hpp"

namespace veche::calls {
namespace {

result<const call*> voted_call(const world& w, const call_id& id) {
    const call* c = VECHE_TRY(find_call(w, id));
    if (!by_vote(c->asked)) return refuse(refusals::not_voted, "call");
    return c;
}

amount money_of(const call& c, std::int64_t minor) {
    return {minor, c.asked.budget->unit};
}

project_standing standing_of(const call& c, const application& a) {
    if (on_slate(c, a.applicant))
        return a.in_run() ? project_standing::on_ballot : project_standing::taken_off;
    if (a.withdrawn || a.set_aside) return project_standing::taken_off;
    if (!c.vote_open) {
        if (a.eligible == eligibility::unjudged) return project_standing::proposed;
        return a.eligible == eligibility::eligible ? project_standing::on_ballot
                                                   : project_standing::ineligible;
    }
    const auto& out = c.vote_open->left_out;
    return std::binary_search(out.begin(), out.end(), a.applicant) ? project_standing::left_out
                                                                   : project_standing::ineligible;
}

project_row project_row_of(const call& c, const application& a) {
    project_row row;
    row.project = a.applicant;
    row.title = a.asked.title;
    row.about = a.asked.about;
    row.asks = a.asked.asks;
    row.place = a.asked.place;
    row.standing = standing_of(c, a);
    row.set_aside_reason = a.set_aside_reason;
    if (!c.rounds.empty())
        for (const project_figures& one : c.rounds[0].made.projects)
            if (one.project == a.applicant) row.counted = one;
    if (const offer* one = a.held() ? a.held() : a.current()) row.offer = one->status;
    return row;
}

/// Those who could be funded if it were run now, by applicant.
std::vector<candidate> candidates_of(const world& w, const call& c) {
    if (c.rounds.empty()) return next_round(w.own, c).candidates;
    std::vector<candidate> out;
    for (const project_figures& one : c.rounds[0].made.projects) {
        candidate made;
        made.applicant = one.project;
        made.asks = w.own.find(c.asked.call, one.project)->asked.asks->minor;
        out.push_back(std::move(made));
    }
    return out;
}

void show_votes(const world& w, const call& c, voting_view& out) {
    if (c.vote_open) out.opened_seq = static_cast<std::int64_t>(c.vote_open_seq);
    if (!c.vote_over) return;
    out.ballots = c.vote_over->ballots;
    out.root = c.vote_over->root;
    out.closed_seq = static_cast<std::int64_t>(c.vote_over_seq);
    for (const member_votes& one : c.vote_over->members) {
        member_votes_row& row = out.members.emplace_back();
        row.member = one.member;
        row.ballots = one.ballots;
        if (one.member)
            if (const auto* known = w.charter.find_member(*one.member)) row.name = known->name;
    }
    if (!c.voted) return;
    out.spent = money_of(c, c.voted->proof.cost);
    out.endowment = c.voted->proof.endowment;
    for (const std::uint32_t p : shares_rules_of(c, c.voted->on, seed_of(c)).lottery)
        out.lottery.push_back({c.voted->on.projects[p].id});
}

/// How many supporters are never named, in sums of their money.
constexpr std::int64_t least_shared = 3;

void show_account(const world& w, const call& c, const person_id& project, project_view& out) {
    const budgeting::election& e = c.voted->on;
    const auto at = std::find_if(e.projects.begin(), e.projects.end(),
                                 [&](const auto& one) { return one.id == project.value; });
    out.run_seq = static_cast<std::int64_t>(c.rounds[0].seq);
    out.voters = e.voters;
    if (at == e.projects.end()) return;
    const budgeting::project_account made = budgeting::account_of(
        e, c.voted->proof, static_cast<std::uint32_t>(at - e.projects.begin()), least_shared);
    out.held = money_of(c, made.held);
    out.left = money_of(c, made.left);
    if (made.left < made.cost) out.missing = money_of(c, made.cost - made.left);
    for (const budgeting::taker& one : made.taken_by) {
        const application* other = w.own.find(c.asked.call, person_id{one.project});
        out.taken_by.push_back(
            {{one.project}, other->asked.title, one.supporters, money_of(c, one.paid)});
    }
    if (made.taken_by_others > 0) out.taken_by_others = money_of(c, made.taken_by_others);
    out.exact_price = made.price;
    if (made.price) out.price = money_of(c, budgeting::whole_part(*made.price));
    out.paid_in_full = made.paid_in_full;
    out.paid_less = made.paid_less;
    if (made.would_have_sufficed.value_or(0) > 0)
        out.would_have_sufficed = money_of(c, *made.would_have_sufficed);
    out.shares_rose = c.asked.voting->step.has_value();
}

std::string decimal_degrees(std::int32_t millionths) {
    const std::int64_t size = std::abs(std::int64_t{millionths});
    const std::string part = std::to_string(size % 1'000'000);
    return (millionths < 0 ? "-" : "") + std::to_string(size / 1'000'000) + "." +
           std::string(6 - part.size(), '0') + part;
}

const std::string& any_language(const localized& text) {
    const auto english = text.find("en");
    return english != text.end() ? english->second : text.begin()->second;
}

/// All but the ballots. Amounts are written in minor units, as the journal has them, so that steps
/// and shares read the same.
budgeting::pb_file paper_of(const world& w, const call& c,
                            const std::vector<candidate>& candidates) {
    const voting_terms& v = *c.asked.voting;
    const bool points = v.ballots == ballot_form::points;
    budgeting::pb_file out;
    const auto say = [&](const char* key, std::string value) {
        out.meta.emplace_back(key, std::move(value));
    };
    say("description", any_language(c.asked.title));
    say("instance", c.asked.call.value);
    say("unit", c.asked.budget->unit.value);
    say("comment", "amounts are in minor units of " + c.asked.budget->unit.value);
    say("num_projects", std::to_string(candidates.size()));
    say("num_votes", std::to_string(c.vote_over->ballots));
    say("budget", std::to_string(c.asked.budget->minor));
    say("vote_type", points ? "cumulative" : "approval");
    say("rule", "equalshares");
    say("min_length", std::to_string(v.least.value_or(1)));
    if (v.most) say("max_length", std::to_string(*v.most));
    if (points) say("max_points", std::to_string(*v.most_points));
    if (points) say("max_sum_points", std::to_string(*v.points));
    say("ballots_root", c.vote_over->root);
    out.header = {"project_id", "cost", "name", "latitude", "longitude", "selected"};
    for (const candidate& one : candidates) {
        const application& a = *w.own.find(c.asked.call, one.applicant);
        auto& fields = out.rows.emplace_back().fields;
        fields = {one.applicant.value, std::to_string(one.asks), any_language(a.asked.title)};
        const auto& place = a.asked.place;
        fields.push_back(place ? decimal_degrees(place->latitude) : "");
        fields.push_back(place ? decimal_degrees(place->longitude) : "");
    }
    return out;
}

/// Marks for projects that cannot be funded fall away, as in the count; their voters still stand.
std::string written_ballots(const call& c, const ballot_box& box,
                            const std::vector<candidate>& candidates) {
    const bool points = c.asked.voting->ballots == ballot_form::points;
    std::vector<bool> counts(c.slate().size());
    for (const candidate& one : candidates)
        counts[static_cast<std::size_t>(
            std::lower_bound(c.slate().begin(), c.slate().end(), one.applicant) -
            c.slate().begin())] = true;
    std::string out =
        points ? "VOTES\nvoter_id;vote;points;member\n" : "VOTES\nvoter_id;vote;member\n";
    for (const auto& [voter, one] : box.by_voter()) {
        std::string named;
        std::string given;
        for (const ballot_mark& mark : one->marks) {
            if (!counts[mark.project]) continue;
            const char* comma = named.empty() ? "" : ",";
            named += comma + c.slate()[mark.project].value;
            given += comma + std::to_string(mark.points);
        }
        out += voter->value + ";" + named + (points ? ";" + given : "") + ";" +
               box.member_of(*one).value_or(member_id{}).value + "\n";
    }
    return out;
}

/// What `veche share` is told to count it as the call says.
std::vector<std::string> share_options_of(const call& c) {
    const voting_terms& v = *c.asked.voting;
    std::vector<std::string> out{"--utility",
                                 v.measure == utility_measure::cost ? "cost" : "cardinality"};
    out.insert(out.end(), {"--completion", std::string(name_of(v.rest))});
    if (v.step) {
        out.insert(out.end(), {"--stop", std::string(name_of(*v.stop))});
        out.insert(out.end(), {"--step", std::to_string(*v.step)});
        out.insert(out.end(), {"--rises", std::to_string(*v.rises)});
    }
    std::string ties;
    for (const equals_rule one : v.equals)
        ties += (ties.empty() ? "" : ",") + std::string(name_of(one));
    out.insert(out.end(), {"--ties", ties});
    if (!c.voted) return out;
    std::string lottery;
    for (const std::uint32_t p : shares_rules_of(c, c.voted->on, seed_of(c)).lottery)
        lottery += (lottery.empty() ? "" : ",") + c.voted->on.projects[p].id;
    out.insert(out.end(), {"--lottery", lottery});
    return out;
}

}  // namespace

result<voting_view> ask(const world& w, const voting_query& q, const viewer& who) {
    const call* c = VECHE_TRY(voted_call(w, q.call));
    voting_view out;
    out.call = q.call;
    out.title = c->asked.title;
    out.stage = stage_of(*c, who.now);
    out.terms = *c->asked.voting;
    out.budget = *c->asked.budget;
    out.seq = static_cast<std::int64_t>(c->seq);
    each_application(w.own, q.call, [&](const application& a) {
        // What was withdrawn before it could be voted on is nobody's matter any more.
        if (a.withdrawn && !on_slate(*c, a.applicant)) return;
        out.projects.push_back(project_row_of(*c, a));
        out.on_ballot += on_slate(*c, a.applicant) && a.in_run() ? 1 : 0;
    });
    show_votes(w, *c, out);
    if (who.person.empty()) return out;
    const ballot_box& box = *w.own.ballots.find(q.call);
    if (const ballot* one = box.find(who.person))
        out.mine =
            my_ballot{unpacked(*c, *one), box.member_of(*one), static_cast<std::int64_t>(one->seq)};
    out.can_vote = out.stage == call_stage::voting;
    return out;
}

result<project_view> ask(const world& w, const project_query& q, const viewer& who) {
    const call* c = VECHE_TRY(voted_call(w, q.call));
    const application* a = w.own.find(q.call, q.project);
    if (!a || (a->withdrawn && !on_slate(*c, q.project)))
        return refuse(refusals::application_unknown, "project", q.project.value);
    project_view out;
    out.call = q.call;
    out.title = c->asked.title;
    out.stage = stage_of(*c, who.now);
    out.row = project_row_of(*c, *a);
    out.seq = static_cast<std::int64_t>(a->seq);
    out.own = q.project == who.person;
    if (c->voted && out.row.counted) show_account(w, *c, q.project, out);
    return out;
}

result<ballots_view> ask(const world& w, const ballots_query& q, const viewer&) {
    const call* c = VECHE_TRY(voted_call(w, q.call));
    if (!c->vote_over)
        return refuse(refusals::votes_hidden, "call", to_text(c->asked.voting->votes_until));
    const ballot_box& box = *w.own.ballots.find(q.call);
    std::vector<candidate> candidates = candidates_of(w, *c);
    // What no ballot names takes no part: whoever counts the file anew must not fund it either.
    const budgeting::election e = election_of(*c, box, candidates);
    std::erase_if(candidates, [&](const candidate& one) {
        return std::none_of(e.projects.begin(), e.projects.end(),
                            [&](const auto& p) { return p.id == one.applicant.value; });
    });
    budgeting::pb_file file = paper_of(w, *c, candidates);
    file.votes = written_ballots(*c, box, candidates);
    std::vector<std::uint32_t> chosen;
    if (c->voted)
        for (std::uint32_t i = 0; i < candidates.size(); ++i)
            for (const project_figures& one : c->rounds[0].made.projects)
                if (one.project == candidates[i].applicant && one.turn) chosen.push_back(i);
    return ballots_view{budgeting::write_pb(file, chosen, "equalshares"), share_options_of(*c),
                        box.size(), c->vote_over->root};
}

}  // namespace veche::calls
