// Elections to posts: the list, and one election with its candidates, the ballot and the count.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/orders.hpp"
#include "api/secrets.hpp"
#include "assembly/views.hpp"
#include "documents/election_words.hpp"
#include "documents/thing_news.hpp"
#include "kernel/hash.hpp"

namespace veche::api::pages {
namespace {

using namespace assembly;

// --- The list
// -------------------------------------------------------------------------------------

struct elections_page {
    shown<elections_view> elections;
};
VECHE_VIEW_HERE(elections_page, (elections, "The elections."))

response list_elections(visit& here) {
    VECHE_SHOW_OR_FAIL(elections, here, here.ask<elections_view>(elections_query{}));
    if (here.form == "json") return here.json(*elections);
    if (here.form == "csv") return here.csv(elections->elections);
    if (here.form == "atom") {
        std::vector<documents::feed_entry> entries;
        for (const election_row& one : elections->elections)
            entries.push_back(documents::news_of(setting_of(here), one));
        return atom_feed(here, "elections", here.text("election.list"), std::move(entries));
    }
    offer_atom(here, "elections");
    return here.show("elections", elections_page{elections});
}

// --- The ballot
// -----------------------------------------------------------------------------------

/// One candidate on the ballot of a seat, with what the seat has said so far.
struct ballot_line {
    candidate_view candidate;
    std::string key;
    bool marked = false;
    bool refused = false;
};
VECHE_VIEW_HERE(ballot_line, (candidate, "The candidate."), (key, "Distinct part of input ids."),
                (marked, "Whether the seat chose them."),
                (refused, "Whether the seat voted against them."))

/// One preference of a ranked ballot: a choice among all who stand.
struct preference_line {
    std::int32_t number = 1;
    std::string key;
    std::vector<choice_option> options;
};
VECHE_VIEW_HERE(preference_line, (number, "Which preference."),
                (key, "Distinct part of input ids."), (options, "Who may be named."))

struct ballot_form {
    std::string seat;
    localized name;
    bool cast = false;
    std::vector<ballot_line> lines;
    std::vector<preference_line> preferences;
};
VECHE_VIEW_HERE(ballot_form, (seat, "The seat."), (name, "Its title."),
                (cast, "Whether it has voted."), (lines, "Who stands."),
                (preferences, "Preferences, where the method ranks."))

bool among(const std::vector<person_id>& all, const person_id& who) {
    return std::find(all.begin(), all.end(), who) != all.end();
}

ballot_form form_for(const visit& here, const election_view& election,
                     const own_election_seat& seat, std::size_t position) {
    ballot_form made{seat.seat, seat.name, seat.cast, {}, {}};
    const auto& candidates = election.rounds.back().candidates;
    const std::string key = std::to_string(position);
    for (std::size_t n = 0; n < candidates.size(); ++n) {
        const person_id& who = candidates[n].person;
        made.lines.push_back({candidates[n], key + "-" + std::to_string(n), among(seat.marks, who),
                              among(seat.against, who)});
        if (election.how != method::stv) continue;
        preference_line line{static_cast<std::int32_t>(n) + 1, key + "-" + std::to_string(n), {}};
        for (const candidate_view& one : candidates) {
            const std::string name = here.name_of(one.name);
            line.options.push_back({one.person.value, name.empty() ? one.person.value : name,
                                    n < seat.marks.size() && seat.marks[n] == one.person});
        }
        made.preferences.push_back(std::move(line));
    }
    return made;
}

// --- The count
// ------------------------------------------------------------------------------------

struct count_row {
    std::string name;
    std::string votes;
    std::string change;
    std::string against;
    elections::standing stands{};
};
VECHE_VIEW_HERE(count_row, (name, "The candidate."), (votes, "Votes after the stage."),
                (change, "What the stage added or took."), (against, "Votes against."),
                (stands, "Where the candidate stands."))

struct stage_card {
    std::string title;
    std::vector<count_row> rows;
    std::string non_transferable;
    std::string residual;
    std::vector<std::string> sentences;
};
VECHE_VIEW_HERE(stage_card, (title, "What happens in it."), (rows, "Candidates in their order."),
                (non_transferable, "Votes that name nobody further."),
                (residual, "What rounding has lost."), (sentences, "Why, sentence by sentence."))

struct ballot_row {
    election_ballot_view ballot;
    std::string said;
};
VECHE_VIEW_HERE(ballot_row, (ballot, "The ballot."), (said, "What it says."))

struct round_card {
    round_view round;
    std::string quota;
    std::vector<stage_card> stages;
    std::vector<ballot_row> ballots;
};
VECHE_VIEW_HERE(round_card, (round, "The round."), (quota, "The quota."),
                (stages, "The count, stage by stage."), (ballots, "Ballots by seat."))

stage_card card_of(const documents::setting& in, const election_view& election,
                   const round_view& round, const elections::stage& stage) {
    stage_card card;
    card.title = documents::stage_title(in, round, stage);
    for (const elections::row& r : stage.rows) {
        count_row row{documents::candidate_name(in, round, r.candidate),
                      documents::votes_text(in, r.votes),
                      {},
                      {},
                      r.stands};
        if (stage.number > 1 && r.change != 0)
            row.change = (r.change > 0 ? "+" : "") + documents::votes_text(in, r.change);
        if (r.against) row.against = documents::votes_text(in, *r.against);
        card.rows.push_back(std::move(row));
    }
    if (election.how == method::stv) {
        card.non_transferable = documents::votes_text(in, stage.non_transferable);
        card.residual = documents::votes_text(in, stage.residual);
    }
    card.sentences = documents::stage_sentences(in, round, stage);
    return card;
}

round_card card_of(const documents::setting& in, const election_view& election,
                   const round_view& round) {
    round_card card;
    card.round = round;
    if (round.result && round.result->quota)
        card.quota = documents::votes_text(in, *round.result->quota);
    for (const elections::stage& one : round.stages)
        card.stages.push_back(card_of(in, election, round, one));
    for (const election_ballot_view& one : round.ballots)
        card.ballots.push_back({one, documents::ballot_text(in, one)});
    return card;
}

// --- One election
// ---------------------------------------------------------------------------------

/// What the chair needs to open the ballots: a fresh secret number and what commits to it.
struct opening_form {
    std::string auth;
    std::string number;
    std::string commitment;
};
VECHE_VIEW_HERE(opening_form, (auth, "The office under which it is done."),
                (number, "A fresh secret number, for the chair to keep."),
                (commitment, "Its SHA-256."))

struct election_page {
    shown<election_view> election;
    std::vector<candidate_view> elected;
    std::vector<candidate_view> runoff;
    std::vector<ballot_form> ballots;
    std::vector<round_card> rounds;
    std::vector<order_card> orders;
    std::optional<opening_form> opening;
    std::optional<std::string> closing;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(election_page, (election, "The election."), (elected, "Who is elected."),
                (runoff, "Between whom a second round is held."),
                (ballots, "Ballots that the reader may cast."),
                (rounds, "Rounds, the latest first."), (orders, "What the result does, in words."),
                (opening, "What the chair needs to open the ballots."),
                (closing, "The office under which the reader may close it."),
                (acts, "What the reader may do."))

std::vector<act> election_acts(const visit& here, const election_view& election) {
    act_list acts(here, "elections/" + election.id.value);
    const std::vector<act_field> it{{"election", election.id.value}};
    if (election.may_nominate) {
        auto by = office_with(election.means, "table", election.body.id);
        if (!election.means.seats.empty()) by = election.means.seats.front();
        acts.form("assembly.nominate_candidate", by, it);
    }
    for (const candidate_view& one : election.candidates) {
        if (!one.own || election.status != election_status::called) continue;
        const std::vector<act_field> me{{"election", election.id.value},
                                        {"candidate", one.person.value}};
        if (one.status == candidacy_status::nominated)
            acts.button("assembly.accept_candidacy", one.person.value, me);
        if (one.status != candidacy_status::withdrawn)
            acts.button("assembly.withdraw_candidacy", one.person.value, me);
    }
    const bool under_way = election.status == election_status::called ||
                           election.status == election_status::open ||
                           election.status == election_status::runoff;
    if (under_way)
        acts.form("assembly.annul_election",
                  office_with(election.means, "preside", election.body.id), it);
    return acts.take();
}

/// Only the chair sees a number, and only while ballots can be opened.
std::optional<opening_form> opening_of(const visit&, const election_view& election) {
    const bool waits =
        election.status == election_status::called || election.status == election_status::runoff;
    const bool somebody =
        std::any_of(election.candidates.begin(), election.candidates.end(),
                    [](const auto& one) { return one.status == candidacy_status::standing; });
    const auto by = office_with(election.means, "preside", election.body.id);
    if (!waits || !somebody || !by || election.session_state != session_status::open)
        return std::nullopt;
    const std::string number = to_hex(random_bytes(32));
    return opening_form{*by, number, to_hex(sha256(number))};
}

std::vector<candidate_view> those(const round_view& round, const std::vector<person_id>& who) {
    std::vector<candidate_view> found;
    for (const person_id& one : who)
        for (const candidate_view& candidate : round.candidates)
            if (candidate.person == one) found.push_back(candidate);
    return found;
}

response one_election(visit& here) {
    VECHE_SHOW_OR_FAIL(election, here, here.ask<election_view>(election_query{{here.id}}));
    if (here.form == "json") return here.json(*election);
    if (here.form == "csv")
        return here.csv(election->rounds.empty() ? std::vector<election_ballot_view>{}
                                                 : election->rounds.back().ballots);
    const documents::setting in = setting_of(here);
    if (here.form == "atom")
        return atom_feed(here, "election/" + here.id, here.name_of(election->title),
                         documents::news_of(in, *election));
    offer_atom(here, "elections/" + here.id);
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + election->session.value, here.name_of(election->session_title));
    offer_follow(here, "election/" + election->id.value);
    election_page page;
    page.election = election;
    for (auto round = election->rounds.rbegin(); round != election->rounds.rend(); ++round)
        page.rounds.push_back(card_of(in, *election, *round));
    if (!election->rounds.empty() && election->rounds.back().result) {
        const round_view& last = election->rounds.back();
        page.elected = those(last, last.result->elected);
        page.runoff = those(last, last.result->runoff);
    }
    for (std::size_t n = 0; n < election->own.size(); ++n)
        if (election->own[n].may_cast)
            page.ballots.push_back(form_for(here, *election, election->own[n], n));
    page.orders = orders_of(here, election->orders);
    page.opening = opening_of(here, *election);
    if (election->status == election_status::open)
        page.closing = office_with(election->means, "preside", election->body.id);
    page.acts = election_acts(here, *election);
    return here.show("election", page);
}

response elections(visit& here) {
    here.page.door = "sessions";
    return here.id.empty() ? list_elections(here) : one_election(here);
}

constexpr page_route election_routes[] = {{"elections", elections}};
constexpr template_need election_needs[] = {{"elections", &describe<elections_page>},
                                            {"election", &describe<election_page>}};

}  // namespace

const page_group election_pages{election_routes, election_needs};

}  // namespace veche::api::pages
