// Calls for everybody: the list, one call with its rule, numbers and cutoffs, what was offered to
// whom, and the check of a lottery number.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/call_budget.hpp"
#include "api/pages/call_internships.hpp"
#include "api/pages/call_rolling.hpp"
#include "api/pages/call_shares.hpp"
#include "api/pages/call_teams.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/contract_parts.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/refusal.hpp"
#include "calls/refusal.hpp"
#include "documents/call_news.hpp"

namespace veche::api::pages {
namespace {

using calls::call_stage;

// --- The list
// ---------------------------------------------------------------------------------------

struct calls_page {
    std::vector<call_card> open;
    std::vector<call_card> announced;
    std::vector<call_card> running;
    std::vector<call_card> concluded;
    std::int32_t rows = 0;
    bool mine = false;
};
VECHE_VIEW_HERE(calls_page, (open, "Calls that take applications or votes."),
                (announced, "Calls to come."), (running, "Calls that are judged and answered."),
                (concluded, "Calls that ended."), (rows, "How many calls there are."),
                (mine, "Whether somebody is signed in."))

/// The feed or the calendar of one call, or of all.
response follow_calls(visit& here, const calls::histories_query& query, const std::string& title) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::histories_view>(query));
    const auto in = setting_of(here);
    std::vector<documents::feed_entry> news;
    std::vector<documents::calendar_event> days;
    for (const calls::call_history& one : view->calls) {
        for (auto& entry : documents::news_of(in, one)) news.push_back(std::move(entry));
        for (auto& event : documents::events_of(in, one)) days.push_back(std::move(event));
    }
    if (here.form == "ics") return calendar(here, title, std::move(days));
    return atom_feed(here, query.call ? "call/" + query.call->value : "calls", title,
                     std::move(news));
}

response list_of_calls(visit& here) {
    if (here.form == "atom" || here.form == "ics")
        return follow_calls(here, {}, here.text("door.calls"));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::calls_view>(calls::calls_query{}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->calls);
    calls_page page;
    page.rows = static_cast<std::int32_t>(view->calls.size());
    page.mine = !here.context.person.empty();
    for (const calls::call_row& row : view->calls) {
        const bool open = row.stage == call_stage::open || row.stage == call_stage::voting;
        auto& into = open                                 ? page.open
                     : row.stage == call_stage::announced ? page.announced
                     : row.stage == call_stage::concluded ? page.concluded
                                                          : page.running;
        into.push_back(card_of(here, row));
    }
    // What ended last stands first.
    std::reverse(page.concluded.begin(), page.concluded.end());
    offer_atom(here, "calls");
    offer_calendar(here, "calls");
    return here.show("calls", page);
}

// --- One call
// ---------------------------------------------------------------------------------------

struct reserve_line {
    std::string group;
    std::int32_t seats = 0;
};
VECHE_VIEW_HERE(reserve_line, (group, "The group."), (seats, "Places held for it."))

struct programme_card {
    calls::programme_row row;
    std::vector<reserve_line> reserves;
};
VECHE_VIEW_HERE(programme_card, (row, "The programme."), (reserves, "Places held for groups."))

struct round_card {
    calls::round_row round;
    std::vector<cutoff_line> cutoffs;
    std::vector<std::string> lots_needed;
    std::optional<matching_card> matching;
    std::vector<part_card> parts;
};
VECHE_VIEW_HERE(round_card, (round, "The run."), (cutoffs, "Who got in."),
                (lots_needed, "Where lots decided."),
                (matching, "How the result holds, where hosts rank."),
                (parts, "For teams: sites decided together."))

struct report_line {
    std::string name;
    std::int64_t capacity = 0;
    std::int64_t accepted = 0;
    std::int64_t beyond = 0;
    std::int64_t left = 0;
    std::optional<amount> budget;
    std::optional<amount> granted;
    std::optional<amount> rest;
};
VECHE_VIEW_HERE(report_line, (name, "The programme."), (capacity, "Places."),
                (accepted, "Places taken."), (beyond, "Of them beyond the capacity."),
                (left, "Places left."), (budget, "Money."), (granted, "Money granted."),
                (rest, "Money left."))

struct call_page {
    shown<calls::call_view> call;
    call_clock clock;
    std::vector<std::string> rule;
    std::vector<std::string> examples;
    std::vector<programme_card> programmes;
    std::vector<round_card> rounds;
    std::vector<report_line> report;
    std::vector<share_line> groups;
    std::int64_t places = 0;
    std::optional<shares_card> shares;
    bool lots_checkable = false;
    bool login_to_apply = false;
    bool assesses = false;
    std::optional<budget_part> vote;
    std::vector<act> acts;
    std::optional<hosts_card> hosts;
    std::vector<team_card> teams;
    bool any_beyond = false;
    std::optional<contracts_part> contracts;
    std::optional<lists_card> lists;
};
VECHE_VIEW_HERE(call_page, (call, "The call."), (clock, "What comes next."),
                (rule, "The rule in sentences."), (examples, "The rule at work."),
                (programmes, "Programmes with their numbers."), (rounds, "What was run."),
                (report, "The report by programme."), (groups, "The report by group."),
                (places, "Places of all programmes."), (shares, "What is divided over whom."),
                (lots_checkable, "Whether a lottery number can be checked."),
                (login_to_apply, "Whether one can apply after logging in."),
                (assesses, "Whether the reader assesses for the body."),
                (vote, "What citizens vote on."), (acts, "What the reader may do."),
                (hosts, "Who ranks, where hosts do."), (teams, "Sites with their windows."),
                (any_beyond, "Whether the report has places beyond the capacity."),
                (contracts, "Contracts with winners, in figures."),
                (lists, "Where offers roll: how far each list went."))

void fill_report(const visit& here, const calls::call_view& call, call_page& page) {
    if (!call.concluded) return;
    for (const auto& one : call.concluded->programmes) {
        report_line line{one.programme ? programme_name(here, call, one.programme)
                                       : here.text("calls.all_projects"),
                         one.capacity,
                         one.accepted,
                         one.beyond,
                         one.left,
                         {},
                         {},
                         {}};
        if (call.budget) {
            line.budget = amount{one.capacity, call.budget->unit};
            line.granted = amount{one.accepted, call.budget->unit};
            line.rest = amount{one.left, call.budget->unit};
        }
        page.any_beyond = page.any_beyond || line.beyond > 0;
        page.report.push_back(std::move(line));
    }
    for (const auto& one : call.concluded->groups)
        page.groups.push_back(
            share_of(group_name(here, call, one.group), one.applied, one.accepted));
}

std::vector<act> acts_on_call(const visit& here, const calls::call_view& call) {
    if (here.context.person.empty()) return {};
    const std::vector<act_field> it{{"call", call.call.value}};
    const std::string& person = here.context.person;
    std::vector<act> all;
    if (call.stage == call_stage::open && !call.applies && call.kind != calls::call_kind::shares) {
        act_list own(here, "cases/" + call.call.value);
        std::vector<act_field> filled = it;
        // One place for a file stands ready; more are added one by one.
        filled.push_back({"_fill.sealed.0", ""});
        if (call.teams)
            for (std::size_t i = 0; i < call.teams->terms.categories.size(); ++i)
                filled.push_back({"_fill.features." + std::to_string(i) + ".category",
                                  call.teams->terms.categories[i].category.value});
        own.form("calls.submit_application", person, filled, here.text("calls.apply"));
        all = own.take();
    }
    act_list acts(here, "calls/" + call.call.value);
    if (call.keeps_lot) {
        const bool said = std::any_of(call.lot.begin(), call.lot.end(), [&](const auto& one) {
            return one.custodian == *call.keeps_lot && !one.hash.empty();
        });
        const bool early = call.root.empty() || call.kind == calls::call_kind::shares;
        if (call.applications == 0 && early && !call.lots.settled && !said)
            acts.form("calls.commit_lot", call.keeps_lot->value, it);
        if (!call.root.empty() && !call.lots.over && said)
            acts.form("calls.reveal_lot", call.keeps_lot->value, it);
    }
    for (act& one : acts.take()) all.push_back(std::move(one));
    return all;
}

response show_call(visit& here, const shown<calls::call_view>& call) {
    call_page page;
    page.call = call;
    page.clock = clock_of(here, *call);
    if (call->kind != calls::call_kind::shares) {
        page.rule = rule_sentences(here, *call);
        page.examples = rule_examples(here, *call);
    }
    for (const calls::programme_row& row : call->programmes) {
        programme_card& card = page.programmes.emplace_back();
        card.row = row;
        for (const calls::reserve& one : row.reserves)
            card.reserves.push_back({group_name(here, *call, one.group), one.seats});
        page.places += row.capacity;
    }
    for (const calls::round_row& one : call->rounds) {
        round_card& card = page.rounds.emplace_back();
        card.round = one;
        if (!call->teams) card.cutoffs = cutoff_lines(here, *call, one.cutoffs);
        card.parts = part_cards(here, *call, one.teams, one.seq);
        for (const calls::place_id& id : one.lots_needed)
            card.lots_needed.push_back(programme_name(here, *call, id));
        card.matching = matching_of(here, *call, one.hosts);
    }
    page.hosts = hosts_of(here, *call);
    page.lists = lists_of(here, *call);
    if (call->teams)
        page.teams = team_cards(
            here, *call, call->concluded ? call->concluded->teams : call->teams->filled, call->seq);
    fill_report(here, *call, page);
    page.contracts = contracts_of(here, call->call, std::nullopt, "calls/" + call->call.value);
    page.lots_checkable = !call->lot.empty() && call->lots.over;
    const bool applied_to = call->kind != calls::call_kind::shares;
    page.login_to_apply =
        applied_to && call->stage == call_stage::open && here.context.person.empty();
    page.assesses = !call->criteria.empty() && office_holding(here, "assess", call->body);
    page.vote = budget_part_of(here, *call);
    page.acts = acts_on_call(here, *call);
    if (!applied_to) {
        VECHE_SHOW_OR_FAIL(over, here,
                           here.ask<calls::shares_view>(calls::shares_query{call->call}));
        page.shares = shares_card_of(here, *call, *over, over->shared);
        page.rule = page.shares->rule;
        add_claim_acts(here, *call, *over, std::nullopt, page.acts);
    }
    here.above("calls", here.text("door.calls"));
    offer_atom(here, "calls/" + call->call.value);
    offer_calendar(here, "calls/" + call->call.value);
    offer_follow(here, "call/" + call->call.value);
    return here.show("call", page);
}

response calls_or_call(visit& here) {
    here.page.door = "calls";
    if (here.id.empty()) return list_of_calls(here);
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{{here.id}}));
    if (here.form == "json") return here.json(*call);
    if (here.form == "atom" || here.form == "ics")
        return follow_calls(here, {call->call}, here.name_of(call->title));
    if (here.form == "csv" && call->kind == calls::call_kind::shares) {
        VECHE_SHOW_OR_FAIL(over, here,
                           here.ask<calls::shares_view>(calls::shares_query{call->call}));
        return here.csv(over->parties);
    }
    if (here.form == "csv") return here.csv(call->programmes);
    return show_call(here, call);
}

// --- What was offered to whom
// -----------------------------------------------------------------------

struct placed_line {
    calls::placed_row row;
    std::string programme;
    std::string group;
};
VECHE_VIEW_HERE(placed_line, (row, "The offer."), (programme, "The programme."),
                (group, "For whom the place is held."))

struct choice_share {
    std::int32_t choice = 0;
    std::int64_t offers = 0;
    std::int64_t share = 0;
};
VECHE_VIEW_HERE(choice_share, (choice, "Which choice; 0 for none."), (offers, "How many."),
                (share, "That in per cent of all, rounded down."))

struct call_result_page {
    shown<calls::call_view> call;
    std::vector<choice_share> choices;
    std::vector<share_line> groups;
    std::vector<placed_line> placed;
    std::string last;
    bool more = false;
    bool money = false;
};
VECHE_VIEW_HERE(call_result_page, (call, "The call."), (choices, "How many got which choice."),
                (groups, "By group."), (placed, "Offers under the numbers of applicants."),
                (last, "The last number shown."), (more, "Whether there are more."),
                (money, "Whether projects ask for money."))

response call_result(visit& here) {
    here.page.door = "calls";
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{{here.id}}));
    calls::result_query query{{here.id}, {}};
    if (const auto after = identifier_asked(here, "after"); !after.empty())
        query.after = person_id{after};
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::result_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->placed);
    call_result_page page;
    page.call = call;
    std::int64_t all = 0;
    for (const auto& one : view->choices) all += one.offers;
    // Who asks for money has no choices to tell apart.
    for (const auto& one : view->choices)
        if (!call->budget)
            page.choices.push_back(
                {one.choice, one.offers, 100 * one.offers / std::max<std::int64_t>(all, 1)});
    for (const auto& one : view->groups)
        page.groups.push_back(
            share_of(group_name(here, *call, one.group), one.applied, one.accepted));
    for (const auto& one : view->placed)
        page.placed.push_back({one, programme_name(here, *call, one.programme),
                               one.group ? group_name(here, *call, *one.group) : ""});
    if (!view->placed.empty()) page.last = view->placed.back().applicant.value;
    page.more = view->more;
    page.money = call->budget.has_value();
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(call->title));
    return here.show("call_result", page);
}

// --- The check of a lottery number
// ------------------------------------------------------------------

/// Where lots decided, and on which side of the last that got in the number lies.
struct lot_place {
    std::string programme;
    std::int32_t round = 0;
    std::string group;
    std::int64_t score = 0;
    std::string key;
    bool in = false;
};
VECHE_VIEW_HERE(lot_place, (programme, "The programme."), (round, "The round."),
                (group, "For whom the places are held."), (score, "The score that lots parted."),
                (key, "Highest number that got in."), (in, "Whether this number comes before it."))

struct lots_page {
    shown<calls::call_view> call;
    std::optional<calls::lot_view> lot;
    std::string applicant;
    std::vector<choice_option> programmes;
    std::vector<lot_place> places;
    std::string fault;
};
VECHE_VIEW_HERE(lots_page, (call, "The call."), (lot, "The number."), (applicant, "As entered."),
                (programmes, "Programmes to choose from, where each has its own lots."),
                (places, "Where lots decided."), (fault, "Why there is no answer."))

void fill_lot(visit& here, lots_page& page) {
    const calls::call_view& call = *page.call;
    calls::lot_query query{call.call, {page.applicant}, {}};
    const auto programme = identifier_asked(here, "programme");
    if (!page.programmes.empty() && !programme.empty())
        query.programme = calls::place_id{programme};
    const auto lot = here.ask<calls::lot_view>(query);
    if (!lot) {
        page.fault = here.texts.sentence(lot.error());
        here.page.failed = true;
        return;
    }
    page.lot = **lot;
    for (const calls::round_row& round : call.rounds)
        for (const calls::cutoff& one : round.cutoffs) {
            const bool meant = !query.programme || one.programme == query.programme;
            if (!one.key || !one.score || !meant) continue;
            page.places.push_back({programme_name(here, call, one.programme), round.round,
                                   one.group ? group_name(here, call, *one.group) : "", *one.score,
                                   *one.key, page.lot->key <= *one.key});
        }
}

response lots(visit& here) {
    here.page.door = "calls";
    if (!is_identifier(here.id)) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{{here.id}}));
    lots_page page;
    page.call = call;
    if (call->rules.lottery == calls::lottery_kind::per_programme)
        for (const auto& one : call->programmes)
            page.programmes.push_back({one.programme.value,
                                       programme_name(here, *call, one.programme),
                                       here.asked.query_value("programme") == one.programme.value});
    const auto asked = here.asked.query_value("applicant");
    if (is_identifier(asked)) {
        page.applicant = asked;
        fill_lot(here, page);
    } else if (!asked.empty()) {
        page.fault = here.text("calls.lot_number_malformed");
        here.page.failed = true;
    } else {
        // Whoever is signed in wants to see their own number first.
        page.applicant = here.context.person;
    }
    if (here.form == "json" && page.lot) return here.json(*page.lot);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + here.id, here.name_of(call->title));
    return here.show("lots", page, page.fault.empty() ? 200 : 422);
}

constexpr page_route call_routes[] = {
    {"calls", calls_or_call}, {"call-results", call_result}, {"lots", lots}};
constexpr template_need call_needs[] = {{"calls", &describe<calls_page>},
                                        {"call", &describe<call_page>},
                                        {"call_result", &describe<call_result_page>},
                                        {"lots", &describe<lots_page>}};

}  // namespace

const page_group call_pages{call_routes, call_needs};

}  // namespace veche::api::pages
