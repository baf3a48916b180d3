// The state of the union on one page: what is voted on now, what comes next, what is due and late,
// the fund, what was decided last; and the five doors.

#include "api/pages/call_parts.hpp"
#include "assembly/views.hpp"
#include "fund/views.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

constexpr std::size_t few = 5;

struct vote_to_cast {
    std::string id;
    localized title;
    localized body;
    std::optional<instant> closes;
    assembly::ballot_counts counts;
};
VECHE_VIEW_HERE(vote_to_cast, (id, "Id of the vote."), (title, "The question."),
                (body, "Who decides."), (closes, "When it closes by itself."),
                (counts, "Ballots so far."))

struct home_page {
    std::vector<vote_to_cast> votes;
    std::vector<call_card> calls;
    std::vector<assembly::session_row> coming;
    std::vector<assembly::decision_row> decisions;
    programme::programme_totals totals;
    std::vector<programme::measure_row> late;
    std::vector<programme::measure_row> due;
    std::vector<fund::unit_total> appropriated;
    std::vector<fund::member_row> contributions;
};
VECHE_VIEW_HERE(home_page, (votes, "Votes open now."),
                (calls, "Calls that take applications, the first to close first."),
                (coming, "Next sessions."), (decisions, "Latest decisions."),
                (totals, "Counts of measures."),
                (late, "Measures that are late, the latest first."), (due, "Measures due next."),
                (appropriated, "Appropriations in force by unit."),
                (contributions, "What members owe and paid."))

template <class T>
void keep_few(std::vector<T>& list) {
    if (list.size() > few) list.resize(few);
}

void fill_votes(visit& here, home_page& page) {
    for (const auto& row : page.coming) {
        if (row.open_votes == 0) continue;
        const auto session = here.ask<assembly::session_view>(assembly::session_query{row.id});
        if (!session) continue;
        for (const auto& vote : (*session)->votes)
            if (vote.status == assembly::vote_status::open)
                page.votes.push_back(
                    {vote.id.value, vote.title, vote.body.name, vote.closes, vote.counts});
    }
}

void fill_programme(const programme::measures_view& programme, home_page& page) {
    using programme::measure_status;
    page.totals = programme.totals;
    for (const auto& one : programme.measures) {
        const bool is_late =
            one.status == measure_status::late || one.status == measure_status::very_late;
        const bool is_open =
            one.status == measure_status::planned || one.status == measure_status::running;
        if (is_late && page.late.size() < few) page.late.push_back(one);
        if (is_open && page.due.size() < few) page.due.push_back(one);
    }
}

response home(visit& here) {
    home_page page;
    VECHE_SHOW_OR_FAIL(sessions, here,
                       here.ask<assembly::sessions_view>(assembly::sessions_query{}));
    page.coming = sessions->coming;
    fill_votes(here, page);
    keep_few(page.coming);
    calls::calls_query taking;
    taking.stage = calls::call_stage::open;
    VECHE_SHOW_OR_FAIL(open, here, here.ask<calls::calls_view>(taking));
    for (const calls::call_row& row : open->calls) page.calls.push_back(card_of(here, row));
    keep_few(page.calls);
    assembly::decisions_query newest;
    newest.count = static_cast<std::int32_t>(few);
    VECHE_SHOW_OR_FAIL(decisions, here, here.ask<assembly::decisions_view>(newest));
    page.decisions = decisions->decisions;
    VECHE_SHOW_OR_FAIL(programme, here,
                       here.ask<programme::measures_view>(programme::measures_query{}));
    fill_programme(*programme, page);
    VECHE_SHOW_OR_FAIL(budget, here, here.ask<fund::budget_view>(fund::budget_query{}));
    page.appropriated = budget->totals;
    VECHE_SHOW_OR_FAIL(contributions, here,
                       here.ask<fund::contributions_view>(fund::contributions_query{}));
    page.contributions = contributions->members;
    if (here.form == "json") return here.json(page);
    return here.show("home", page);
}

constexpr page_route home_routes[] = {{"", home}};
constexpr template_need home_needs[] = {{"home", &describe<home_page>}};

}  // namespace

const page_group home_pages{home_routes, home_needs};

}  // namespace veche::api::pages
