// What is in approval: the list of who has which paper and for how long, and one approval with the
// clock of every party.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

using namespace programme;

struct approvals_page {
    shown<approvals_view> approvals;
    std::string words;
    std::vector<choice_option> bodies;
    std::vector<choice_option> states;
    bool filtered = false;
    std::string query;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(approvals_page, (approvals, "The approvals."), (words, "Words looked for."),
                (bodies, "Bodies to choose from."), (states, "States to choose from."),
                (filtered, "Whether a filter is set."), (query, "The filter in an address."),
                (acts, "What the reader may do."))

approvals_query query_of(const visit& here) {
    approvals_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    if (const auto body = identifier_asked(here, "body"); !body.empty()) query.body = body_id{body};
    query.status = enum_asked<approval_status>(here, "status");
    return query;
}

/// The first of the reader's offices with power "measures": it may start an approval there.
act_list starting(const visit& here) {
    act_list acts(here, "approvals");
    if (here.context.person.empty()) return acts;
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now))) {
        const auto& powers = office->powers;
        if (std::find(powers.begin(), powers.end(), "measures") == powers.end()) continue;
        acts.form("programme.start_approval", office->id.value, {{"body", office->body.value}});
        break;
    }
    return acts;
}

response list_approvals(visit& here) {
    const approvals_query query = query_of(here);
    VECHE_SHOW_OR_FAIL(approvals, here, here.ask<approvals_view>(query));
    if (here.form == "json") return here.json(*approvals);
    if (here.form == "csv") return here.csv(approvals->approvals);
    approvals_page page;
    page.approvals = approvals;
    page.words = query.query.value_or("");
    page.bodies = body_options(here, query.body ? query.body->value : "");
    page.states = enum_options(here, query.status);
    page.filtered = query.body || query.status || query.query;
    page.query = query_text(here);
    page.acts = starting(here).take();
    return here.show("approvals", page);
}

/// One turn as a bar within the whole time, in thousandths of it.
struct turn_bar {
    std::int64_t x = 0;
    std::int64_t width = 0;
    std::int64_t over_x = 0;  ///< where the days that were allowed end
    std::int64_t over_width = 0;
};
VECHE_VIEW_HERE(turn_bar, (x, "Where it begins."), (width, "How long it is."),
                (over_x, "Where its days are over."),
                (over_width, "How long it went on after that."))

struct party_card {
    step_view step;
    std::vector<turn_bar> bars;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(party_card, (step, "The step."), (bars, "Its turns."),
                (acts, "What the reader may do."))

struct approval_page {
    shown<approval_view> approval;
    std::vector<party_card> parties;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(approval_page, (approval, "The approval."),
                (parties, "Every party with its clock."), (acts, "What the reader may do."))

/// A day is at least a hair wide, so that no turn vanishes.
std::vector<turn_bar> bars_of(const step_view& step, std::int64_t days_in_all) {
    const std::int64_t whole = std::max<std::int64_t>(days_in_all, 1);
    std::vector<turn_bar> bars;
    for (const run_row& run : step.runs) {
        turn_bar one;
        one.x = run.offset * 1000 / whole;
        one.width = std::max<std::int64_t>(run.used * 1000 / whole, 4);
        if (run.over > 0) {
            one.over_x = (run.offset + run.used - run.over) * 1000 / whole;
            one.over_width = std::max<std::int64_t>(run.over * 1000 / whole, 4);
        }
        bars.push_back(one);
    }
    return bars;
}

response one_approval(visit& here) {
    VECHE_SHOW_OR_FAIL(approval, here, here.ask<approval_view>(approval_query{{here.id}}));
    if (here.form == "json") return here.json(*approval);
    if (here.form == "csv") return here.csv(approval->steps);
    const std::string self = "approvals/" + approval->approval.id.value;
    if (here.form == "atom")
        return atom_feed(here, "approval/" + approval->approval.id.value,
                         here.name_of(approval->approval.title),
                         documents::news_of(setting_of(here), *approval));
    here.above("programme", here.text("door.programme"));
    here.above("approvals", here.text("approvals.title"));
    offer_follow(here, "approval/" + here.id);
    offer_atom(here, self);
    approval_page page;
    page.approval = approval;
    for (const step_view& step : approval->steps) {
        act_list acts(here, self);
        if (!step.agree_as.empty()) {
            const std::vector<act_field> it{{"approval", approval->approval.id.value},
                                            {"step", step.step.value}};
            acts.form("programme.give_approval", step.agree_as.front().value, it);
            acts.form("programme.return_for_revision", step.agree_as.front().value, it);
        }
        page.parties.push_back({step, bars_of(step, approval->approval.days), acts.take()});
    }
    act_list acts(here, self);
    if (!approval->keep_as.empty())
        acts.form("programme.withdraw_approval", approval->keep_as.front().value,
                  {{"approval", approval->approval.id.value}});
    page.acts = acts.take();
    return here.show("approval", page);
}

response approvals(visit& here) {
    here.page.door = "programme";
    return here.id.empty() ? list_approvals(here) : one_approval(here);
}

constexpr page_route approval_routes[] = {{"approvals", approvals}};
constexpr template_need approval_needs[] = {{"approvals", &describe<approvals_page>},
                                            {"approval", &describe<approval_page>}};

}  // namespace

const page_group approval_pages{approval_routes, approval_needs};

}  // namespace veche::api::pages
