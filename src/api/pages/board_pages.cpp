// The desk of a call: its pipeline, what blocks the run, a run on trial, and the queue of an
// assessor with the points to give.

#include <algorithm>
#include <map>

#include "api/pages/acts.hpp"
#include "api/pages/call_budget.hpp"
#include "api/pages/call_internships.hpp"
#include "api/pages/call_rolling.hpp"
#include "api/pages/call_shares.hpp"
#include "api/pages/call_teams.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/contract_parts.hpp"
#include "api/pages/paging.hpp"
#include "api/refusal.hpp"
#include "calls/refusal.hpp"

namespace veche::api::pages {
namespace {

using calls::call_stage;

// --- What stands in the way
// -------------------------------------------------------------------------

struct blocker_link {
    std::string name;
    std::string href;
};
VECHE_VIEW_HERE(blocker_link, (name, "Whose it is."), (href, "Where to mend it; empty if nowhere."))

/// All blockers of one kind: how many, what to do, and the first of them.
struct blocker_card {
    calls::blocker_kind kind{};
    std::int64_t count = 0;
    std::vector<blocker_link> first;
    std::optional<instant> until;
};
VECHE_VIEW_HERE(blocker_card, (kind, "What stands in the way, and what to do."),
                (count, "How often."), (first, "The first of them."),
                (until, "When time will take it away."))

std::vector<blocker_card> blocker_cards(const visit& here, const calls::call_view& call,
                                        const std::vector<calls::blocker>& blockers) {
    constexpr std::size_t few = 5;
    std::vector<blocker_card> cards;
    for (const calls::blocker& one : blockers) {
        auto card = std::find_if(cards.begin(), cards.end(),
                                 [&](const blocker_card& known) { return known.kind == one.kind; });
        if (card == cards.end())
            card = cards.insert(cards.end(), blocker_card{one.kind, 0, {}, one.until});
        ++card->count;
        if (card->first.size() == few) continue;
        if (one.applicant)
            card->first.push_back(
                {one.assessor ? here.name_of(here.charter.title_of(*one.assessor)) + " / " +
                                    one.applicant->value
                              : one.applicant->value,
                 here.link("cases/" + call.call.value + "/" + one.applicant->value)});
        else if (one.programme)
            card->first.push_back(
                {programme_name(here, call, one.programme),
                 here.link("host-desks/" + call.call.value + "/" + one.programme->value)});
        else if (one.custodian)
            if (const auto* name = here.names.find("office", one.custodian->value))
                card->first.push_back({here.name_of(*name), ""});
    }
    return cards;
}

// --- A run on trial
// ---------------------------------------------------------------------------------

struct trial_choice {
    std::int32_t choice = 0;
    std::int64_t offers = 0;
};
VECHE_VIEW_HERE(trial_choice, (choice, "Which choice; 0 for none."), (offers, "How many."))

struct trial_line {
    calls::trial_row row;
    std::string programme;
    std::string group;
};
VECHE_VIEW_HERE(trial_line, (row, "Who takes part."), (programme, "Where they would go."),
                (group, "For whom the place is held."))

struct trial_card {
    std::int64_t candidates = 0;
    std::int64_t offers = 0;
    bool lots_decided = false;
    std::string fault;
    std::vector<cutoff_line> cutoffs;
    std::vector<trial_choice> choices;
    std::vector<share_line> groups;
    std::vector<share_line> members;
    std::optional<matching_card> matching;
    std::vector<part_card> parts;
    std::vector<trial_line> placed;
    std::int64_t rows = 0;
    std::int64_t hidden_rows = 0;
    std::vector<project_card> projects;
    bool counted = false;
};
VECHE_VIEW_HERE(trial_card, (candidates, "Who would take part."), (offers, "Offers that would be."),
                (lots_decided, "Whether lots would decide."), (fault, "What the check found."),
                (cutoffs, "Who would get in."), (choices, "Who would get which choice."),
                (groups, "By group."), (members, "By member where the places are."),
                (matching, "How the result would hold, where hosts rank."),
                (parts, "For teams: sites decided together."),
                (placed, "Who would get what, those who get something first."),
                (rows, "How many take part."), (hidden_rows, "How many of them are not shown."),
                (projects, "Where citizens vote: the projects with their figures."),
                (counted, "Whether there are such figures."))

/// Everybody who takes part; those who get something stand first.
void show_placed(const visit& here, const calls::call_view& call, const calls::dry_run_view& tried,
                 trial_card& card) {
    constexpr std::size_t most_shown = 200;
    std::vector<const calls::trial_row*> rows;
    for (const calls::trial_row& one : tried.placed) rows.push_back(&one);
    std::stable_partition(rows.begin(), rows.end(),
                          [](const calls::trial_row* one) { return one->offered; });
    card.rows = static_cast<std::int64_t>(rows.size());
    rows.resize(std::min(rows.size(), most_shown));
    card.hidden_rows = card.rows - static_cast<std::int64_t>(rows.size());
    for (const calls::trial_row* one : rows)
        card.placed.push_back({*one,
                               one->programme ? programme_name(here, call, one->programme) : "",
                               one->group ? group_name(here, call, *one->group) : ""});
}

std::vector<share_line> by_member(const visit& here, const calls::call_view& call,
                                  const std::vector<calls::cutoff>& cutoffs) {
    std::map<std::string, share_line> lines;
    for (const auto& row : call.programmes) {
        if (!row.member) continue;
        share_line& line = lines[row.member->value];
        line.name = here.name_of(row.member_name);
        line.applied += row.first;
        for (const auto& one : cutoffs)
            if (one.programme == row.programme) line.placed += one.taken;
    }
    std::vector<share_line> out;
    for (auto& [id, line] : lines)
        out.push_back(share_of(std::move(line.name), line.applied, line.placed));
    return out;
}

trial_card trial_of(visit& here, const calls::call_view& call, const calls::dry_run_view& tried) {
    trial_card card;
    card.candidates = tried.would->candidates;
    card.offers = tried.would->offers;
    card.lots_decided = tried.would->lots_decided;
    card.fault = tried.fault;
    if (!call.teams) card.cutoffs = cutoff_lines(here, call, tried.would->cutoffs);
    card.parts = part_cards(here, call, tried.would->teams, call.seq);
    // Who asks for money has no choices to tell apart.
    if (!call.budget)
        for (const auto& one : tried.choices) card.choices.push_back({one.choice, one.offers});
    for (const auto& one : tried.groups)
        card.groups.push_back(
            share_of(group_name(here, call, one.group), one.applied, one.accepted));
    card.members = by_member(here, call, tried.would->cutoffs);
    card.matching = matching_of(here, call, tried.would->hosts);
    card.projects = tried_projects(here, call, tried.would->projects);
    card.counted = !card.projects.empty();
    if (!card.counted) show_placed(here, call, tried, card);
    card.rows = static_cast<std::int64_t>(tried.placed.size());
    return card;
}

// --- The board
// --------------------------------------------------------------------------------------

struct board_line {
    calls::board_row row;
    std::string programme;
};
VECHE_VIEW_HERE(board_line, (row, "The application."), (programme, "What is offered."))

struct board_page {
    shown<calls::call_view> call;
    shown<calls::board_view> board;
    call_clock clock;
    std::int64_t all = 0;
    std::vector<blocker_card> blockers;
    std::int64_t blocked = 0;
    bool can_settle = false;
    bool can_run = false;
    std::optional<trial_card> trial;
    std::optional<shares_card> shares;
    std::optional<shares_card> trial_shares;
    std::optional<stuck_card> stuck;
    bool can_try = false;
    bool tried = false;
    std::vector<act> acts;
    std::string shown_step;
    std::vector<board_line> rows;
    std::optional<paging> at;
    bool scored = false;
    bool money = false;
    std::optional<contracts_part> contracts;
    std::optional<lists_card> lists;
};
VECHE_VIEW_HERE(board_page, (call, "The call."), (board, "The pipeline."),
                (clock, "What comes next."), (all, "All applications."),
                (blockers, "What stands in the way of the run."), (blocked, "How much that is."),
                (can_settle, "Whether only the lots are missing, and none is revealed."),
                (can_run, "Whether a run can give something."), (trial, "A run on trial."),
                (shares, "What is divided over whom."), (trial_shares, "How it would be divided."),
                (stuck, "Where a run hangs."), (can_try, "Whether a run can be tried."),
                (tried, "Whether one was asked for."), (acts, "What the reader may do."),
                (shown_step, "Which step of the pipeline is shown."), (rows, "Applications."),
                (at, "Where in the list the reader is."),
                (scored, "Whether applications are assessed."),
                (money, "Whether projects ask for money."), (contracts, "Contracts with winners."),
                (lists, "Where offers roll: how far each list went."))

bool is_at_step(const calls::board_row& row, std::string_view step, bool scored) {
    const bool counts = !row.withdrawn && !row.set_aside;
    const bool eligible = counts && row.eligible == calls::eligibility::eligible;
    if (step == "unjudged") return counts && row.eligible == calls::eligibility::unjudged;
    if (step == "to_assess") return eligible && scored && !row.score;
    if (step == "ready") return eligible && (!scored || row.score);
    if (step == "appeals") return row.appeal_open;
    return true;
}

std::vector<act> acts_on_board(const visit& here, const calls::call_view& call,
                               const board_page& page) {
    const auto leads = office_holding(here, "calls", call.body);
    const std::vector<act_field> it{{"call", call.call.value}};
    act_list acts(here, "boards/" + call.call.value);
    if (call.stage == call_stage::concluded || call.root.empty()) return acts.take();
    if (page.can_settle) acts.button("calls.settle_list", leads, it);
    if (page.can_run) acts.button("calls.run_allocation", leads, it);
    if ((call.rounds.empty() && !page.shares) || call.teams) {
        std::vector<act_field> one = it;
        acts.form("calls.set_aside", leads, one, here.text("calls.set_programme_aside"));
    }
    // Where a run might come to nothing the call may be concluded as well.
    const bool ended = call.rules.rolling_until && *call.rules.rolling_until <= here.context.now;
    const bool over = call.rounds.empty() && ended          ? true
                      : call.rounds.empty() && !page.shares ? page.blocked == 0 && !page.can_run
                                                            : call.stage == call_stage::answered;
    if (over && call.open_appeals == 0) acts.button("calls.conclude_call", leads, it);
    return acts.take();
}

void fill_rows(const visit& here, const calls::call_view& call, board_page& page) {
    std::vector<const calls::board_row*> kept;
    for (const auto& row : page.board->applications)
        if (is_at_step(row, page.shown_step, page.scored)) kept.push_back(&row);
    page.at = paging_of(here, static_cast<std::int32_t>(kept.size()));
    const auto from = std::min(static_cast<std::size_t>(rows_before(here)), kept.size());
    const auto to = std::min(from + static_cast<std::size_t>(rows_per_page), kept.size());
    for (std::size_t i = from; i < to; ++i)
        page.rows.push_back({*kept[i], kept[i]->offer
                                           ? programme_name(here, call, kept[i]->programme)
                                           : std::string()});
}

/// What a run would come to, where the reader asks for it.
std::optional<refusal> try_run(visit& here, const calls::call_view& call, board_page& page) {
    page.tried = page.can_try && here.asked.query_value("try") == "1";
    if (!page.tried) return std::nullopt;
    const auto tried = here.ask<calls::dry_run_view>(calls::dry_run_query{call.call});
    if (!tried) return tried.error();
    if ((*tried)->would) page.trial = trial_of(here, call, **tried);
    if ((*tried)->would_share) {
        const auto over = here.ask<calls::shares_view>(calls::shares_query{call.call});
        if (!over) return over.error();
        page.trial_shares = shares_card_of(here, call, **over, (*tried)->would_share);
    }
    page.stuck = stuck_of(here, call, **tried);
    return std::nullopt;
}

/// The run on trial as data: who would get what.
response trial_data(visit& here, const calls::call_id& id) {
    VECHE_SHOW_OR_FAIL(tried, here, here.ask<calls::dry_run_view>(calls::dry_run_query{id}));
    if (here.form == "json") return here.json(*tried);
    if (tried->would_share) return here.csv(tried->would_share->shares);
    return here.csv(tried->placed);
}

response board(visit& here) {
    here.page.door = "calls";
    if (auto login = login_first(here)) return std::move(*login);
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    const calls::call_id id{here.id};
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{id}));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::board_view>(calls::board_query{id}));
    const bool data = here.form == "json" || here.form == "csv";
    if (data && here.asked.query_value("try") == "1") return trial_data(here, id);
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->applications);
    board_page page;
    page.call = call;
    page.board = view;
    page.clock = clock_of(here, *call);
    page.scored = call->assessors > 0;
    page.money = call->budget.has_value() && call->kind != calls::call_kind::shares;
    page.lists = lists_of(here, *call);
    page.all = static_cast<std::int64_t>(view->applications.size());
    page.shown_step = std::string(here.asked.query_value("show"));
    const bool running =
        call->stage != call_stage::concluded && call->stage != call_stage::announced;
    if (running) {
        VECHE_SHOW_OR_FAIL(blocked, here,
                           here.ask<calls::blockers_view>(calls::blockers_query{id}));
        page.blocked = static_cast<std::int64_t>(blocked->blockers.size());
        page.blockers = blocker_cards(here, *call, blocked->blockers);
        page.can_run = blocked->can_run;
        page.can_settle = std::any_of(blocked->blockers.begin(), blocked->blockers.end(),
                                      [](const calls::blocker& one) {
                                          return one.kind == calls::blocker_kind::list_not_settled;
                                      });
    }
    page.can_try =
        running && !call->root.empty() && (call->lot.empty() || call->lots.over) && !page.lists;
    if (call->kind == calls::call_kind::shares) {
        VECHE_SHOW_OR_FAIL(over, here, here.ask<calls::shares_view>(calls::shares_query{id}));
        page.shares = shares_card_of(here, *call, *over, over->shared);
        // Without lots a run can be tried although custodians stand by.
        page.can_try = page.can_run && !over->shared;
    }
    if (auto failed = try_run(here, *call, page)) return here.fail(*failed);
    page.acts = acts_on_board(here, *call, page);
    page.contracts = contracts_of(here, id, std::nullopt, "boards/" + here.id);
    fill_rows(here, *call, page);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(call->title));
    return here.show("call_board", page);
}

// --- The queue of an assessor
// -----------------------------------------------------------------------

struct criterion_field {
    calls::criterion_id criterion;
    localized title;
    std::int32_t max = 0;
    std::int32_t weight = 1;
    bool weighted = false;
    std::int32_t number = 0;
};
VECHE_VIEW_HERE(criterion_field, (criterion, "The criterion."), (title, "Its title."),
                (max, "Most points."), (weight, "Its weight."),
                (weighted, "Whether that changes the points."), (number, "From 0."))

struct assessment_card {
    calls::my_assessment_row row;
    std::vector<act> acts;
    bool gives_points = false;
};
VECHE_VIEW_HERE(assessment_card, (row, "The application."), (acts, "What the reader may do."),
                (gives_points, "Whether points are to be given."))

struct assessments_page {
    shown<calls::call_view> call;
    std::vector<assessment_card> waiting;
    std::vector<assessment_card> done;
    std::vector<criterion_field> criteria;
    std::string auth;
};
VECHE_VIEW_HERE(assessments_page, (call, "The call."), (waiting, "What waits for the reader."),
                (done, "What is done."), (criteria, "What points are given for."),
                (auth, "The office under which the reader assesses."))

assessment_card assessment_of(const visit& here, const calls::my_assessment_row& row,
                              const std::string& auth, bool open) {
    assessment_card card{row, {}, false};
    if (!open || row.assessed) return card;
    const std::vector<act_field> it{{"call", row.call.value}, {"applicant", row.applicant.value}};
    act_list acts(here, "assessments/" + row.call.value);
    if (!row.declared) {
        std::vector<act_field> none = it;
        none.push_back({"tie", "none"});
        acts.button("calls.declare_interest", auth, none, here.text("calls.declare_none"));
        acts.form("calls.declare_interest", auth, it, here.text("calls.declare_tie"));
    }
    card.acts = acts.take();
    card.gives_points = row.declared == calls::interest::none;
    return card;
}

response assessments(visit& here) {
    here.page.door = "calls";
    if (auto login = login_first(here)) return std::move(*login);
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    const calls::call_id id{here.id};
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{id}));
    VECHE_SHOW_OR_FAIL(view, here,
                       here.ask<calls::my_assessments_view>(calls::my_assessments_query{id}));
    if (here.form == "json") return here.json(*view);
    assessments_page page;
    page.call = call;
    page.auth = office_holding(here, "assess", call->body).value_or("");
    const bool open = call->stage == call_stage::closed && !call->lots.settled;
    for (const auto& row : view->applications) {
        const bool over = row.assessed || (row.declared && *row.declared != calls::interest::none);
        (over || !open ? page.done : page.waiting)
            .push_back(assessment_of(here, row, page.auth, open));
    }
    for (const auto& one : view->criteria)
        page.criteria.push_back({one.criterion, one.title, one.max, one.weight, one.weight > 1,
                                 static_cast<std::int32_t>(page.criteria.size())});
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(call->title));
    return here.show("assessments", page);
}

constexpr page_route board_routes[] = {{"boards", board}, {"assessments", assessments}};
constexpr template_need board_needs[] = {{"call_board", &describe<board_page>},
                                         {"assessments", &describe<assessments_page>}};

}  // namespace

const page_group board_pages{board_routes, board_needs};

}  // namespace veche::api::pages
