// Budgets on which citizens vote: the projects, the ballot paper, one project with where its
// voters' money went, and all ballots as a file.

#include "api/pages/call_budget.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/refusal.hpp"
#include "calls/refusal.hpp"

namespace veche::api::pages {
namespace {

using calls::ballot_form;
using calls::call_stage;
using calls::project_fate;
using calls::project_standing;
using calls::rest_rule;

std::string degrees_of(const calls::map_place& at) {
    const auto part = [](std::int32_t value) {
        const std::int64_t size = std::abs(std::int64_t{value});
        return fmt::format("{}{}.{:04}°", value < 0 ? "-" : "", size / 1'000'000,
                           size % 1'000'000 / 100);
    };
    return part(at.latitude) + ", " + part(at.longitude);
}

/// Of thousandths, cut.
std::int64_t per_cent(std::int64_t thousandths) {
    return thousandths / 10;
}

std::vector<project_card> cards_of(const visit& here, const calls::voting_view& view) {
    std::vector<project_card> out;
    const bool counted =
        std::any_of(view.projects.begin(), view.projects.end(),
                    [](const calls::project_row& row) { return row.counted.has_value(); });
    for (const calls::project_row& row : view.projects) {
        project_card& card = out.emplace_back();
        card.number = static_cast<std::int32_t>(out.size());
        card.row = row;
        card.counted = counted;
        card.title = here.name_of(row.title);
        if (row.place) card.where = degrees_of(*row.place);
        if (row.counted) card.support = per_cent(row.counted->effective_support);
    }
    return out;
}

render::markup map_of(const visit& here, const std::vector<project_card>& cards) {
    std::vector<map_mark> marks;
    for (const project_card& card : cards)
        if (card.row.place)
            marks.push_back({*card.row.place, card.number, card.title,
                             card.row.counted && card.row.counted->turn});
    return place_map(here.text("calls.budget_page.map_title"), marks);
}

// --- The ballot
// ------------------------------------------------------------------------------------

/// A project on the ballot paper, as it is filled in.
struct paper_line {
    project_card card;
    std::int64_t points = 0;
    bool chosen = false;
};
VECHE_VIEW_HERE(paper_line, (card, "The project."), (points, "Points filled in."),
                (chosen, "Whether it is named."))

struct paper_page {
    shown<calls::voting_view> voting;
    std::vector<paper_line> lines;
    std::vector<paper_line> chosen;
    std::vector<choice_option> members;
    std::vector<std::string> rules;
    std::vector<std::string> faults;
    std::vector<act_field> fields;
    render::markup map;
    std::string auth;
    std::string member_name;
    std::int64_t given = 0;
    std::int64_t left = 0;
    bool by_points = false;
    bool review = false;
};
VECHE_VIEW_HERE(paper_page, (voting, "The vote."), (lines, "The ballot paper."),
                (chosen, "What is filled in."), (members, "Members to name."),
                (rules, "How one votes."), (faults, "What is wrong with the ballot."),
                (fields, "The ballot as it is cast."), (map, "Where the projects are."),
                (auth, "The voter."), (member_name, "The member named."),
                (given, "Points given, or projects named."), (left, "What remains."),
                (by_points, "Whether one gives points."),
                (review, "Whether there is a ballot to look at."))

/// The points that stand in a field; below zero where they are no number.
std::int64_t points_in(std::string_view text) {
    if (text.empty()) return 0;
    std::int64_t out = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || out > 1'000'000) return -1;
        out = out * 10 + (c - '0');
    }
    return out;
}

/// Fills in what the address says, or the ballot that was cast before.
void fill_ballot(const visit& here, paper_page& page) {
    const calls::voting_view& view = *page.voting;
    page.review = here.asked.query_value("review") == "1";
    for (paper_line& line : page.lines) {
        const std::string name = "p" + std::to_string(line.card.number);
        if (page.review) {
            line.points = points_in(here.asked.query_value(name));
        } else if (view.mine) {
            for (const calls::vote_mark& mark : view.mine->marks)
                if (mark.project == line.card.row.project) line.points = mark.points.value_or(1);
        }
        line.chosen = line.points != 0;
    }
    const std::string member(page.review ? std::string(here.asked.query_value("member"))
                             : view.mine && view.mine->member ? view.mine->member->value
                                                              : std::string());
    for (choice_option& one : page.members) {
        one.chosen = one.value == member;
        if (one.chosen) page.member_name = one.label;
    }
}

/// What the ballot holds, what remains, and what is wrong with it.
void look_at_ballot(visit& here, paper_page& page) {
    const calls::voting_terms& v = page.voting->terms;
    const auto fault = [&](std::string_view key, const std::vector<render::text_argument>& with) {
        page.faults.push_back(here.text("calls.budget_page." + std::string(key), with));
    };
    bool each_sound = true;
    for (const paper_line& line : page.lines) {
        if (!line.chosen) continue;
        page.chosen.push_back(line);
        each_sound =
            each_sound && line.points >= 1 && line.points <= (page.by_points ? *v.most_points : 1);
        page.given += page.by_points ? std::max<std::int64_t>(line.points, 0) : 1;
    }
    const auto named = static_cast<std::int64_t>(page.chosen.size());
    const std::int64_t most = v.most.value_or(static_cast<std::int32_t>(page.lines.size()));
    const std::int64_t least = v.least.value_or(1);
    const std::int64_t limit = page.by_points ? std::int64_t{*v.points} : most;
    page.left = std::max<std::int64_t>(limit - page.given, 0);
    if (!page.review) return;
    if (!each_sound) fault("fault_points", {{"most", std::int64_t{v.most_points.value_or(1)}}});
    if (named < least) fault("fault_few", {{"n", least}});
    if (named > most) fault("fault_many", {{"n", most}, {"is", named}});
    if (page.by_points && page.given > limit) fault("fault_sum", {{"n", page.given - limit}});
    if (!page.faults.empty()) {
        here.page.failed = true;
        return;
    }
    page.fields = {{"call", page.voting->call.value}};
    for (std::size_t i = 0; i < page.chosen.size(); ++i) {
        const std::string at = "marks." + std::to_string(i) + ".";
        page.fields.push_back({at + "project", page.chosen[i].card.row.project.value});
        if (page.by_points)
            page.fields.push_back({at + "points", std::to_string(page.chosen[i].points)});
    }
    for (const choice_option& one : page.members)
        if (one.chosen) page.fields.push_back({"member", one.value});
}

/// What one is told before one votes.
std::vector<std::string> ballot_sentences(const visit& here, const calls::voting_terms& v) {
    std::vector<std::string> out;
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.voting_rule." + std::string(key), with));
    };
    if (v.ballots == ballot_form::points)
        say("points", {{"n", std::int64_t{*v.points}}, {"most", std::int64_t{*v.most_points}}});
    else
        say("approval");
    if (v.least.value_or(1) > 1) say("least", {{"n", std::int64_t{*v.least}}});
    if (v.most) say("most", {{"n", std::int64_t{*v.most}}});
    return out;
}

response vote_paper(visit& here) {
    here.page.door = "calls";
    if (auto login = login_first(here)) return std::move(*login);
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::voting_view>(calls::voting_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    paper_page page;
    page.voting = view;
    page.by_points = view->terms.ballots == ballot_form::points;
    page.rules = ballot_sentences(here, view->terms);
    page.auth = here.context.person;
    std::vector<project_card> cards;
    for (project_card& card : cards_of(here, *view))
        if (card.row.standing == project_standing::on_ballot) cards.push_back(std::move(card));
    page.map = map_of(here, cards);
    for (project_card& card : cards) page.lines.push_back({std::move(card), 0, false});
    for (const auto& one : here.charter.document().members)
        page.members.push_back({one.id.value, here.name_of(one.name), false});
    fill_ballot(here, page);
    look_at_ballot(here, page);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(view->title));
    return here.show("call_vote", page, page.faults.empty() ? 200 : 422);
}

// --- One project
// ------------------------------------------------------------------------------------

struct project_page {
    shown<calls::project_view> project;
    shown<calls::voting_view> voting;
    project_card card;
    std::vector<std::string> reasons;
    render::markup map;
    bool counted = false;
};
VECHE_VIEW_HERE(project_page, (project, "The project."), (voting, "The vote."),
                (card, "The project as in the list."), (reasons, "Why it came out so."),
                (map, "Where it is among the others."), (counted, "Whether it was counted."))

std::vector<std::string> project_reasons(const visit& here, const calls::project_view& p,
                                         const calls::voting_view& v) {
    std::vector<std::string> out;
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.project_why." + std::string(key), with));
    };
    const calls::project_figures& counted = *p.row.counted;
    say(name_of(counted.fate), {{"n", counted.votes}, {"of", p.voters}});
    if (counted.fate == project_fate::unsupported) return out;
    say("support", {{"share", per_cent(counted.effective_support)}});
    if (counted.fate == project_fate::bought) {
        if (p.paid_in_full) say("paid", {{"n", *p.paid_in_full}});
        if (p.paid_less.value_or(0) > 0) say("paid_less", {{"n", *p.paid_less}});
    }
    if (counted.fate == project_fate::short_of && p.shares_rose) say("no_sufficient");
    if (v.terms.rest == rest_rule::utilitarian && counted.fate == project_fate::short_of)
        say("rest_gone");
    return out;
}

response one_project(visit& here) {
    here.page.door = "calls";
    const auto at = call_address_of(here);
    if (!at || at->person.empty())
        return here.fail({&calls::refusals::application_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(voting, here, here.ask<calls::voting_view>(calls::voting_query{at->call}));
    VECHE_SHOW_OR_FAIL(
        view, here,
        here.ask<calls::project_view>(calls::project_query{at->call, person_id{at->person}}));
    if (here.form == "json") return here.json(*view);
    project_page page;
    page.project = view;
    page.voting = voting;
    page.counted = view->row.counted.has_value();
    for (project_card& card : cards_of(here, *voting))
        if (card.row.project == view->row.project) page.card = std::move(card);
    if (page.counted) page.reasons = project_reasons(here, *view, *voting);
    if (page.card.row.place) page.map = map_of(here, {page.card});
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + at->call.value, here.name_of(view->title));
    return here.show("call_project", page);
}

// --- All ballots
// ------------------------------------------------------------------------------------

struct ballots_page {
    shown<calls::voting_view> voting;
    std::int64_t ballots = 0;
    std::string root;
    std::string command;
};
VECHE_VIEW_HERE(ballots_page, (voting, "The vote."), (ballots, "How many ballots."),
                (root, "Merkle root of their records."),
                (command, "How to count them with this program."))

response all_ballots(visit& here) {
    here.page.door = "calls";
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(voting, here, here.ask<calls::voting_view>(calls::voting_query{{here.id}}));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::ballots_view>(calls::ballots_query{{here.id}}));
    const std::string file = here.id + ".pb";
    if (here.form == "json") return here.json(*view);
    if (here.asked.query_value("file") == "pb") {
        response out;
        out.type = "text/plain; charset=utf-8";
        out.body = view->file;
        std::string safe = file;
        std::replace(safe.begin(), safe.end(), '/', '-');
        out.add("Content-Disposition", "attachment; filename=\"" + safe + "\"");
        return out;
    }
    ballots_page page{voting, view->ballots, view->root, "veche share " + file};
    for (const std::string& one : view->count) page.command += " " + (one.empty() ? "\"\"" : one);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(voting->title));
    return here.show("call_ballots", page);
}

constexpr page_route budget_routes[] = {
    {"call-vote", vote_paper}, {"call-projects", one_project}, {"call-ballots", all_ballots}};
constexpr template_need budget_needs[] = {{"call_vote", &describe<paper_page>},
                                          {"call_project", &describe<project_page>},
                                          {"call_ballots", &describe<ballots_page>}};

}  // namespace

std::vector<project_card> tried_projects(visit& here, const calls::call_view& call,
                                         const std::vector<calls::project_figures>& figures) {
    if (!call.voting) return {};
    const auto view = here.ask<calls::voting_view>(calls::voting_query{call.call});
    if (!view) return {};
    calls::voting_view tried = **view;
    for (calls::project_row& row : tried.projects) {
        row.counted.reset();
        for (const calls::project_figures& one : figures)
            if (one.project == row.project) row.counted = one;
    }
    return cards_of(here, tried);
}

std::optional<budget_part> budget_part_of(visit& here, const calls::call_view& call) {
    if (!call.voting) return std::nullopt;
    auto view = here.ask<calls::voting_view>(calls::voting_query{call.call});
    if (!view) return std::nullopt;
    budget_part out;
    out.voting = *view;
    out.projects = cards_of(here, **view);
    out.map = map_of(here, out.projects);
    out.counted = !call.rounds.empty();
    out.runs = call.stage == call_stage::voting;
    out.shows_ballots = (*view)->ballots.has_value();
    out.login_to_vote = out.runs && here.context.person.empty();
    return out;
}

std::vector<std::string> voting_sentences(const visit& here, const calls::call_view& call) {
    const calls::voting_terms& v = *call.voting;
    std::vector<std::string> out = ballot_sentences(here, v);
    const auto say = [&](std::string_view key,
                         const std::vector<render::text_argument>& with = {}) {
        out.push_back(here.text("calls.voting_rule." + std::string(key), with));
    };
    say("slate");
    say("shares");
    say("measure_" + std::string(name_of(v.measure)));
    say("rest_" + std::string(name_of(v.rest)), {{"n", std::int64_t{v.rises.value_or(0)}}});
    for (const calls::equals_rule one : v.equals) say("equals_" + std::string(name_of(one)));
    say("lots", {{"n", static_cast<std::int64_t>(call.lot.size())}});
    say("answers", {{"n", std::int64_t{call.answer_days}}});
    say("appeals", {{"n", std::int64_t{call.appeal_days}}});
    return out;
}

const page_group budget_call_pages{budget_routes, budget_needs};

}  // namespace veche::api::pages
