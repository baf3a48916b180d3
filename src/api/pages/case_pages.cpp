// An application as its applicant sees it, with its clock and the reasons of its result, and as
// those see it who judge it; and the calls of whoever is signed in.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/call_internships.hpp"
#include "api/pages/call_rolling.hpp"
#include "api/pages/call_teams.hpp"
#include "api/pages/contract_parts.hpp"
#include "api/refusal.hpp"
#include "calls/refusal.hpp"
#include "render/degrees.hpp"

namespace veche::api::pages {
namespace {

using calls::call_stage;

// --- Calls of the reader
// ----------------------------------------------------------------------------

struct my_call_card {
    calls::my_application_row row;
    std::string left;
    std::string programme;
};
VECHE_VIEW_HERE(my_call_card, (row, "The application."), (left, "How much time is left."),
                (programme, "What is offered."))

struct my_vote_card {
    calls::my_vote_row row;
    std::string left;
};
VECHE_VIEW_HERE(my_vote_card, (row, "The vote."), (left, "How much time is left."))

struct my_calls_page {
    std::vector<my_call_card> applications;
    std::vector<my_vote_card> votes;
    std::vector<call_card> open;
};
VECHE_VIEW_HERE(my_calls_page, (applications, "What the reader applied for."),
                (votes, "Votes that the reader can cast."),
                (open, "Calls that the reader can still apply to."))

response my_calls(visit& here) {
    here.page.door = "calls";
    if (auto login = login_first(here)) return std::move(*login);
    VECHE_SHOW_OR_FAIL(view, here,
                       here.ask<calls::my_applications_view>(calls::my_applications_query{}));
    if (here.form == "json") return here.json(*view);
    my_calls_page page;
    for (const auto& one : view->applications)
        page.applications.push_back({one, one.until ? time_left(here, *one.until) : "",
                                     one.programme ? one.programme->value : ""});
    for (const auto& one : view->votes) page.votes.push_back({one, time_left(here, one.until)});
    for (const auto& one : view->open) page.open.push_back(card_of(here, one));
    here.above("calls", here.text("door.calls"));
    return here.show("my_calls", page);
}

// --- One application
// --------------------------------------------------------------------------------

struct offer_card {
    calls::offer_row row;
    std::string programme;
    std::string group;
    std::string left;
};
VECHE_VIEW_HERE(offer_card, (row, "The offer."), (programme, "The programme."),
                (group, "For whom the place is held."), (left, "How much time is left to answer."))

struct named_refusal {
    std::string group;
    calls::ineligibility reason{};
};
VECHE_VIEW_HERE(named_refusal, (group, "The group."), (reason, "Why it does not count."))

struct assessor_card {
    calls::assessor_row row;
    std::int32_t number = 0;
    std::int64_t points = 0;
};
VECHE_VIEW_HERE(assessor_card, (row, "The assessor."), (number, "From 1."),
                (points, "The points given, weighted."))

struct case_page {
    shown<calls::call_view> call;
    shown<calls::application_view> application;
    call_clock clock;
    std::vector<std::string> choices;
    std::vector<std::string> groups;
    std::vector<named_refusal> refused;
    std::vector<std::string> sealed;
    std::vector<choice_card> explained;
    std::vector<offer_card> offers;
    std::vector<assessor_card> assessors;
    std::vector<act> acts;
    std::vector<act> answers;
    std::optional<pair_card> pair;
    std::vector<claim_line> claims;
    std::vector<site_card> sites;
    bool can_try = false;
    std::optional<contracts_part> contracts;
    std::optional<rolling_part> rolling;
};
VECHE_VIEW_HERE(case_page, (call, "The call."), (application, "The application."),
                (clock, "What comes next, and by when."), (choices, "Programmes in order."),
                (groups, "Groups claimed."), (refused, "Groups that do not count."),
                (sealed, "What lies sealed."), (explained, "Each choice with its reason."),
                (offers, "What was offered."), (assessors, "Points."),
                (acts, "What the reader may do."), (answers, "Answers to the offer that waits."),
                (pair, "With whom, and whether it counts."),
                (claims, "Features and skills claimed."),
                (sites, "For teams: each choice with its reason."),
                (can_try, "Whether it can be tried what would have been otherwise."),
                (contracts, "The contract with the applicant."),
                (rolling, "Where offers roll: each list with its answers."))

bool can(const calls::application_view& view, calls::todo what) {
    return std::find(view.left.begin(), view.left.end(), what) != view.left.end();
}

/// An amount above zero as a person enters it: 150050 with two decimal places is "1500.50".
std::string as_entered(std::int64_t minor, std::int32_t scale) {
    std::string digits = std::to_string(minor);
    const auto places = static_cast<std::size_t>(scale);
    if (places == 0) return digits;
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    return digits.insert(digits.size() - places, ".");
}

/// The application as it stands, for the form that sends it again.
std::vector<act_field> sent_before(const visit& here, const calls::application_view& view) {
    std::vector<act_field> fields{{"call", view.call.value}};
    for (const auto& one : view.choices) fields.push_back({"_fill.choices", one.value});
    for (const auto& one : view.groups) fields.push_back({"_fill.groups", one.value});
    if (view.partner) fields.push_back({"_fill.partner", view.partner->value});
    for (std::size_t i = 0; i < view.pairs.size(); ++i) {
        const std::string at = "_fill.pairs." + std::to_string(i) + ".";
        fields.push_back({at + "mine", view.pairs[i].mine ? view.pairs[i].mine->value : ""});
        fields.push_back(
            {at + "partners", view.pairs[i].partners ? view.pairs[i].partners->value : ""});
    }
    if (view.team) {
        for (std::size_t i = 0; i < view.team->features.size(); ++i) {
            const std::string at = "_fill.features." + std::to_string(i) + ".";
            fields.push_back({at + "category", view.team->features[i].category.value});
            fields.push_back({at + "feature", view.team->features[i].feature.value});
        }
        for (const auto& one : view.team->skills) fields.push_back({"_fill.skills", one.value});
    }
    if (view.asks) {
        const std::int32_t scale = here.names.scale(view.asks->unit.value);
        fields.push_back({"_fill.asks.minor", as_entered(view.asks->minor, scale)});
        fields.push_back({"_fill.asks.unit", view.asks->unit.value});
    }
    for (const auto& [language, words] : view.project)
        fields.push_back({"_fill.title." + language, words});
    for (const auto& [language, words] : view.about)
        fields.push_back({"_fill.about." + language, words});
    if (view.place) {
        fields.push_back(
            {"_fill.place.latitude", render::degrees_as_entered(view.place->latitude)});
        fields.push_back(
            {"_fill.place.longitude", render::degrees_as_entered(view.place->longitude)});
    }
    for (std::size_t i = 0; i < view.sealed.size(); ++i) {
        const seal_ref& seal = view.sealed[i];
        const std::string at = "_fill.sealed." + std::to_string(i) + ".";
        fields.push_back({at + "alg", seal.alg});
        fields.push_back({at + "bucket", std::to_string(seal.bucket)});
        fields.push_back({at + "class", std::string(name_of(seal.class_))});
        fields.push_back({at + "commit", seal.commit.value});
        fields.push_back({at + "subject", seal.subject});
    }
    return fields;
}

void acts_of_applicant(const visit& here, const calls::call_view& call,
                       const calls::application_view& view, case_page& page) {
    const std::string self = "cases/" + view.call.value;
    const std::string& person = here.context.person;
    const std::vector<act_field> it{{"call", view.call.value}};
    act_list acts(here, self);
    if (can(view, calls::todo::change) || can(view, calls::todo::apply))
        acts.form("calls.submit_application", person, sent_before(here, view),
                  here.text(view.withdrawn ? "calls.apply_again" : "calls.change"));
    if (can(view, calls::todo::appeal)) {
        std::vector<act_field> filled = it;
        filled.push_back({"_fill.sealed.0", ""});
        acts.form("calls.lodge_appeal", person, filled);
    }
    if (!view.withdrawn && call.stage != call_stage::concluded)
        acts.form("calls.withdraw_application", person, it);
    page.acts = acts.take();
    if (!can(view, calls::todo::answer) || view.rolling) return;
    act_list answers(here, self);
    const auto answer = [&](std::string_view what, bool waits, std::string_view label) {
        std::vector<act_field> fields = it;
        fields.push_back({"answer", std::string(what)});
        if (waits) fields.push_back({"keep_waiting", "true"});
        answers.button("calls.answer_offer", person, fields, here.text(label));
    };
    answer("accept", false, "calls.accept");
    const bool better = view.choices.empty() || view.offers.empty() ||
                        view.offers.back().programme != view.choices.front();
    // Two who go together take what they are offered, or decline it; in a team nobody moves on.
    const bool together = view.pair == calls::pair_state::agreed || call.teams;
    if (better && !together && !view.choices.empty() &&
        call.rules.unfilled == calls::unfilled_rule::next_round)
        answer("accept", true, "calls.accept_and_wait");
    answer("decline", false, "calls.decline");
    page.answers = answers.take();
}

/// Two ways out of an appeal: right, with the sums of points as they stand to be corrected, or not.
void add_appeal_forms(const visit& here, const calls::call_view& call,
                      const calls::application_view& view, const std::vector<act_field>& it,
                      act_list& acts) {
    const auto decides = office_holding(here, "appeals", call.body);
    std::vector<act_field> right = it;
    right.push_back({"upheld", "true"});
    if (view.eligible == calls::eligibility::ineligible)
        right.push_back({"_fill.eligible", "true"});
    for (std::size_t i = 0; i < call.criteria.size(); ++i) {
        std::int64_t sum = 0;
        for (const auto& one : view.assessors)
            for (const auto& given : one.points)
                if (given.criterion == call.criteria[i].criterion) sum += given.points;
        const std::string row = "_fill.points." + std::to_string(i);
        right.push_back({row + ".criterion", call.criteria[i].criterion.value});
        right.push_back({row + ".points", view.assessed > 0 ? std::to_string(sum) : ""});
    }
    acts.form("calls.decide_appeal", decides, right, here.text("calls.appeal_right"));
    std::vector<act_field> wrong = it;
    wrong.push_back({"upheld", "false"});
    acts.form("calls.decide_appeal", decides, wrong, here.text("calls.appeal_wrong"));
}

/// Acts of those who lead the call, assess or hear appeals.
void acts_of_desk(const visit& here, const calls::call_view& call,
                  const calls::application_view& view, case_page& page) {
    const std::vector<act_field> it{{"call", view.call.value}, {"applicant", view.applicant.value}};
    act_list acts(here, "cases/" + view.call.value + "/" + view.applicant.value);
    const auto with = [&](std::initializer_list<act_field> more) {
        std::vector<act_field> all = it;
        all.insert(all.end(), more);
        return all;
    };
    const auto leads = office_holding(here, "calls", call.body);
    const bool voted = call.voting && here.context.now >= call.voting->votes_from;
    const bool judged_now =
        call.stage == call_stage::closed && !call.lots.settled && !view.withdrawn && !voted;
    if (judged_now) {
        if (view.eligible != calls::eligibility::eligible || !view.refused_groups.empty())
            acts.button("calls.judge_eligibility", leads, with({{"eligible", "true"}}),
                        here.text("calls.eligible"));
        if (view.eligible != calls::eligibility::ineligible)
            acts.form("calls.judge_eligibility", leads, with({{"eligible", "false"}}),
                      here.text("calls.not_eligible"));
        if (!view.groups.empty())
            acts.form("calls.judge_eligibility", leads,
                      with({{"eligible", "true"}, {"_fill.refused_groups.0.group", ""}}),
                      here.text("calls.refuse_group"));
        if (view.team && !view.team->skills.empty())
            acts.form("calls.judge_eligibility", leads,
                      with({{"eligible", "true"}, {"_fill.refused_skills.0.skill", ""}}),
                      here.text("calls.teams.refuse_skill"));
        if (view.team && !view.team->features.empty())
            acts.form("calls.judge_eligibility", leads,
                      with({{"eligible", "true"}, {"_fill.mended_features.0.category", ""}}),
                      here.text("calls.teams.mend_feature"));
        const auto there = std::count_if(
            view.assessors.begin(), view.assessors.end(), [](const calls::assessor_row& one) {
                return !one.declared || *one.declared == calls::interest::none;
            });
        if (view.eligible == calls::eligibility::eligible && there < view.assessors_needed)
            acts.form("calls.assign_assessor", leads, it);
    }
    const bool before_run =
        (call.stage == call_stage::closed || call.stage == call_stage::voting) &&
        !call.lots.settled && !view.withdrawn;
    if (before_run && !view.set_aside) acts.form("calls.set_aside", leads, it);
    if (view.appeal && !view.upheld) add_appeal_forms(here, call, view, it, acts);
    page.acts = acts.take();
}

void show_assessors(const calls::call_view& call, const calls::application_view& view,
                    case_page& page) {
    for (const auto& one : view.assessors) {
        assessor_card card{one, static_cast<std::int32_t>(page.assessors.size()) + 1, 0};
        for (const auto& given : one.points)
            for (const auto& plan : call.criteria)
                if (plan.criterion == given.criterion)
                    card.points += std::int64_t{given.points} * plan.weight;
        page.assessors.push_back(std::move(card));
    }
}

case_page made_case(visit& here, const shown<calls::call_view>& call,
                    const shown<calls::application_view>& view) {
    case_page page;
    page.call = call;
    page.application = view;
    page.clock = clock_of(here, *call);
    for (const auto& one : view->choices) page.choices.push_back(programme_name(here, *call, one));
    for (const auto& one : view->groups) page.groups.push_back(group_name(here, *call, one));
    for (const auto& one : view->refused_groups)
        page.refused.push_back({group_name(here, *call, one.group), one.reason});
    for (const seal_ref& one : view->sealed) page.sealed.push_back(one.commit.value);
    page.explained = choice_cards(here, *call, *view);
    page.pair = pair_of(here, *call, *view);
    page.claims = claim_lines(here, *call, *view);
    page.sites = site_cards(here, *call, *view);
    page.rolling = rolling_part_of(here, *call, *view);
    page.can_try = !page.sites.empty() && here.asked.query_value("otherwise") != "1";
    for (const auto& one : view->offers)
        page.offers.push_back(
            {one, programme_name(here, *call, one.programme),
             one.group ? group_name(here, *call, *one.group) : "",
             one.status == calls::offer_status::open ? time_left(here, one.until) : ""});
    show_assessors(*call, *view, page);
    const std::string self = "cases/" + view->call.value;
    page.contracts = contracts_of(here, view->call, view->applicant,
                                  view->own ? self : self + "/" + view->applicant.value);
    if (view->own)
        acts_of_applicant(here, *call, *view, page);
    else
        acts_of_desk(here, *call, *view, page);
    return page;
}

response one_case(visit& here) {
    here.page.door = "calls";
    if (auto login = login_first(here)) return std::move(*login);
    const auto at = call_address_of(here);
    if (!at) return here.fail({&calls::refusals::call_unknown, {}, {here.id}});
    VECHE_SHOW_OR_FAIL(call, here, here.ask<calls::call_view>(calls::call_query{at->call}));
    calls::application_query query{at->call, {}};
    if (!at->person.empty()) query.applicant = person_id{at->person};
    if (here.asked.query_value("otherwise") == "1") query.otherwise = true;
    VECHE_SHOW_OR_FAIL(view, here, here.ask<calls::application_view>(query));
    if (here.form == "json") return here.json(*view);
    here.above("calls", here.text("door.calls"));
    here.above("calls/" + at->call.value, here.name_of(call->title));
    if (!view->own && call->leads) here.above("boards/" + at->call.value, here.text("calls.board"));
    return here.show("case", made_case(here, call, view));
}

constexpr page_route case_routes[] = {{"my-calls", my_calls}, {"cases", one_case}};
constexpr template_need case_needs[] = {{"my_calls", &describe<my_calls_page>},
                                        {"case", &describe<case_page>}};

}  // namespace

const page_group case_pages{case_routes, case_needs};

}  // namespace veche::api::pages
