// Sessions: the list, one session with its agenda and its running votes, one vote.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/amendment_words.hpp"
#include "api/pages/casting_parts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/findings.hpp"
#include "api/pages/following.hpp"
#include "api/pages/orders.hpp"
#include "api/pages/reasons.hpp"
#include "api/pages/sittings.hpp"
#include "assembly/views.hpp"
#include "documents/popolo.hpp"
#include "documents/thing_news.hpp"
#include "render/svg.hpp"
#include "sealed/views.hpp"

namespace veche::api::pages {
namespace {

using namespace assembly;

// --- The list
// -------------------------------------------------------------------------------------

struct sessions_page {
    shown<sessions_view> sessions;
    std::vector<act> acts;
    std::vector<choice_option> bodies;
    bool filtered = false;
    std::int32_t rows = 0;
    std::string query;
};
VECHE_VIEW_HERE(sessions_page, (sessions, "The sessions."), (acts, "What the reader may do."),
                (bodies, "Bodies to choose from."), (filtered, "Whether a filter is set."),
                (rows, "How many sessions are listed."),
                (query, "The filter as part of an address."))

std::vector<session_row> rows_of(const sessions_view& sessions) {
    auto rows = sessions.coming;
    rows.insert(rows.end(), sessions.past.begin(), sessions.past.end());
    return rows;
}

response sessions_calendar(const visit& here, const sessions_view& sessions) {
    std::vector<documents::calendar_event> events;
    const auto in = setting_of(here);
    for (const session_row& one : rows_of(sessions)) events.push_back(documents::event_of(in, one));
    return calendar(here, here.text("door.sessions"), std::move(events));
}

response sessions_feed(const visit& here, const sessions_view& sessions) {
    std::vector<documents::feed_entry> entries;
    const auto in = setting_of(here);
    for (const session_row& one : rows_of(sessions)) entries.push_back(documents::news_of(in, one));
    return atom_feed(here, "sessions" + query_text(here), here.text("door.sessions"),
                     std::move(entries));
}

/// Offices of the reader that may convene, as links to the form.
std::vector<act> convening(visit& here) {
    act_list acts(here, "sessions");
    if (here.context.person.empty()) return {};
    for (const auto* office :
         here.charter.offices_of({here.context.person}, date_of(here.context.now)))
        if (std::find(office->powers.begin(), office->powers.end(), "convene") !=
            office->powers.end())
            for (const auto& [type, label] :
                 {std::pair{"assembly.convene_session", "act.convene_for"},
                  std::pair{"assembly.plan_series", "act.plan_for"}})
                acts.form(
                    type, office->id.value, {{"body", office->body.value}},
                    here.text(label, {{"body",
                                       here.name_of(here.charter.find_body(office->body)->name)}}));
    return acts.take();
}

response list_sessions(visit& here) {
    sessions_query query;
    const std::string body = identifier_asked(here, "body");
    if (!body.empty()) query.body = body_id{body};
    VECHE_SHOW_OR_FAIL(sessions, here, here.ask<sessions_view>(query));
    if (here.form == "json") return here.json(*sessions);
    if (here.form == "csv") return here.csv(rows_of(*sessions));
    if (here.form == "ics") return sessions_calendar(here, *sessions);
    if (here.form == "atom") return sessions_feed(here, *sessions);
    offer_atom(here, "sessions", query_text(here));
    offer_calendar(here, "sessions", query_text(here));
    const auto rows = static_cast<std::int32_t>(sessions->coming.size() + sessions->past.size());
    return here.show("sessions", sessions_page{sessions, convening(here), body_options(here, body),
                                               !body.empty(), rows, query_text(here)});
}

// --- One session
// ----------------------------------------------------------------------------------

struct session_page {
    shown<session_view> session;
    sealed::texts_view closed;
    std::vector<item_card> items;
    shown<elections_view> elections;
    std::vector<act> acts;
    std::vector<act> presence_acts;
    std::vector<act> answer_acts;
    shown<secret_votes_view> secret;
    std::vector<evidence::finding_row> findings;
};
VECHE_VIEW_HERE(session_page, (session, "The session."), (closed, "Its closed papers."),
                (items, "Its agenda with what the reader may do."), (elections, "Its elections."),
                (acts, "What the reader may do."),
                (presence_acts, "Seats whose presence the reader may register."),
                (answer_acts, "Invitations that the reader may answer."),
                (secret, "Its secret votes."), (findings, "Evidence laid beside it and its items."))

std::vector<act> session_acts(const visit& here, const session_view& session) {
    act_list acts(here, "sessions/" + session.id.value);
    const auto may = [&](std::string_view power) {
        return office_with(session.means, power, session.body.id);
    };
    const std::vector<act_field> it{{"session", session.id.value}};
    const bool coming = session.status == session_status::convened;
    const bool running = session.status == session_status::open;
    if (coming) acts.button("assembly.open_session", may("preside"), it);
    if (coming) acts.form("assembly.send_invitations", may("convene"), it);
    if (coming || running) acts.form("assembly.add_item", may("agenda"), it);
    if (coming || running) acts.form("assembly.add_internal_item", may("agenda"), it);
    if (coming || running) acts.form("assembly.require_papers", may("agenda"), it);
    if (session.status != session_status::cancelled)
        acts.form("assembly.add_paper", may("papers"), it);
    if (session.status != session_status::cancelled)
        acts.form("assembly.add_sealed_paper", may("papers"), it);
    if ((coming || running) && !session.agenda.empty()) {
        auto by = may("table");
        if (!by && !session.means.seats.empty()) by = session.means.seats.front();
        acts.form("assembly.table_motion", by, it);
    }
    if ((coming || running) && !session.agenda.empty())
        acts.form("assembly.call_election", may("preside"), it);
    if (coming || running) acts.form(bundle_motions::wire.type, may("preside"), {});
    if (coming) acts.form("assembly.reschedule_session", may("convene"), it);
    if (coming) acts.form("assembly.cancel_session", may("convene"), it);
    add_proxy_acts(here, session, acts);
    if (running) acts.button("assembly.close_session", may("preside"), it);
    return acts.take();
}

std::vector<act> presence_acts(const visit& here, const session_view& session) {
    act_list acts(here, "sessions/" + session.id.value);
    if (session.status != session_status::open || session.mode == session_mode::written) return {};
    for (const presence_view& seat : session.presence) {
        if (!seat.own) continue;
        std::vector<act_field> it{{"session", session.id.value}, {"seat", seat.seat}};
        const std::string name = here.name_of(seat.name);
        if (seat.present) {
            acts.button("assembly.end_presence", seat.seat, it,
                        here.text("act.leave_as", {{"seat", name}}));
            continue;
        }
        std::string label = here.text("act.present_as", {{"seat", name}});
        if (session.mode != session_mode::hybrid) {
            acts.button("assembly.register_presence", seat.seat, it, std::move(label));
            continue;
        }
        it.push_back({"mode", ""});
        for (const presence_mode mode : {presence_mode::in_person, presence_mode::remote}) {
            it.back().value = name_of(mode);
            acts.button("assembly.register_presence", seat.seat, it,
                        label + ", " + here.text("choice.presence_mode." + it.back().value));
        }
    }
    return acts.take();
}

/// The session and the closing of its votes.
response session_calendar(visit& here, const session_view& session) {
    std::vector<documents::calendar_event> events;
    const auto in = setting_of(here);
    if (const auto all = here.ask<sessions_view>(sessions_query{}))
        for (const session_row& one : rows_of(**all))
            if (one.id == session.id) events.push_back(documents::event_of(in, one));
    for (const vote_view& vote : session.votes)
        if (auto one = documents::event_of(in, vote)) events.push_back(*std::move(one));
    return calendar(here, here.name_of(session.title), std::move(events));
}

/// The session in another form, where one was asked for.
std::optional<response> session_form(visit& here, const session_view& session) {
    if (here.form == "json") return here.json(session);
    if (here.form == "pdf" || here.form == "xml")
        return here.redirect(here.link("minutes/" + here.id + "." + here.form));
    if (here.form == "ics") return session_calendar(here, session);
    if (here.form == "atom")
        return atom_feed(here, "session/" + session.id.value, here.name_of(session.title),
                         documents::news_of(setting_of(here), session));
    if (here.form == "popolo.json")
        return file_of(
            here, "application/json",
            documents::popolo_of(setting_of(here), session, elections_of(here, session.id)),
            "session");
    return std::nullopt;
}

void offer_session(visit& here, const session_view& session) {
    const std::string self = "sessions/" + session.id.value;
    offer_atom(here, self);
    offer_calendar(here, self);
    offer_file(here, "application/pdf", "PDF", "minutes/" + session.id.value + ".pdf");
    offer_file(here, "application/akn+xml", "Akoma Ntoso (XML)",
               "minutes/" + session.id.value + ".xml");
    offer_file(here, "application/json", "Popolo (JSON)", self + ".popolo.json");
}

/// The sealed papers of a session; an item that is sealed stands on the agenda instead.
result<sealed::texts_view> closed_papers(visit& here, const session_id& of) {
    sealed::texts_query query;
    query.of = of.value;
    sealed::texts_view papers = *VECHE_TRY(here.ask<sealed::texts_view>(query));
    std::erase_if(papers.texts,
                  [](const sealed::text_row& one) { return one.from.kind != "assembly.paper"; });
    return papers;
}

/// Evidence laid beside the session, then beside the items of its agenda.
std::vector<evidence::finding_row> evidence_for(visit& here, const session_view& session) {
    auto all = findings_beside(here, evidence::subject_kind::session, session.id.value);
    for (const item_view& item : session.agenda) {
        auto more = findings_beside(here, evidence::subject_kind::item,
                                    session.id.value + "/" + item.id.value);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

response one_session(visit& here) {
    VECHE_SHOW_OR_FAIL(session, here, here.ask<session_view>(session_query{{here.id}}));
    here.show_times_in(session->zone);
    if (auto other = session_form(here, *session)) return *std::move(other);
    offer_session(here, *session);
    offer_follow(here, "session/" + session->id.value);
    here.above("sessions", here.text("door.sessions"));
    VECHE_SHOW_OR_FAIL(closed, here, closed_papers(here, session->id));
    VECHE_SHOW_OR_FAIL(elections, here, here.ask<elections_view>(elections_query{session->id}));
    VECHE_SHOW_OR_FAIL(secret, here,
                       here.ask<secret_votes_view>(secret_votes_query{session->id, {}, {}}));
    return here.show("session",
                     session_page{session, closed, item_cards(here, session), elections,
                                  session_acts(here, *session), presence_acts(here, *session),
                                  answer_acts(here, *session, "sessions/" + here.id), secret,
                                  evidence_for(here, *session)});
}

response sessions(visit& here) {
    here.page.door = "sessions";
    return here.id.empty() ? list_sessions(here) : one_session(here);
}

// --- One vote
// -------------------------------------------------------------------------------------

struct vote_page {
    shown<vote_view> vote;
    render::markup plot;
    std::vector<order_card> orders;
    std::vector<reason_card> rule_words;
    std::vector<reason_card> reasons;
    std::vector<std::string> margins;
    std::vector<act> acts;
    std::vector<act> presence_acts;
    bool may_cast = false;
    std::string amendment_label;
    bool may_count = false;
    std::vector<hand_row> hand_rows;
    std::string chair_office;
    bool waits = false;
};
VECHE_VIEW_HERE(vote_page, (vote, "The vote."), (plot, "The ballots as a bar."),
                (orders, "What Yes does, in words."), (rule_words, "Its rule in words."),
                (reasons, "Why the outcome is what it is."),
                (margins, "What would have turned it."), (acts, "What the reader may do."),
                (presence_acts, "Seats whose presence must be registered first."),
                (may_cast, "Whether the reader has a seat that may vote now."),
                (amendment_label, "What the amendment does, where one is voted on."),
                (may_count, "Whether the reader may enter a count of hands."),
                (hand_rows, "Seats whose hands the reader may enter by name."),
                (chair_office, "The office under which hands are entered."),
                (waits, "Whether the vote is over and waits for corrections."))

render::markup ballot_bar(const visit& here, const ballot_counts& counts) {
    return render::stacked_bar(here.text("vote.plot_title"),
                               {{here.text("choice.ballot.yes"), counts.yes, "yes", ""},
                                {here.text("choice.ballot.no"), counts.no, "no", ""},
                                {here.text("choice.ballot.abstain"), counts.abstain, "abstain", ""},
                                {here.text("vote.not_voted"), counts.absent, "none", ""}});
}

/// The vote as a feed or, where it closes at a stated time, as a calendar: what everybody sees.
std::optional<response> vote_to_follow(visit& here) {
    if (here.form != "atom" && here.form != "ics") return std::nullopt;
    VECHE_SHOW_OR_FAIL(vote, here, ask_publicly<vote_view>(here, vote_query{{here.id}}));
    const auto in = setting_of(here);
    if (here.form == "atom")
        return atom_feed(here, "vote/" + here.id, here.name_of(vote->title),
                         documents::news_of(in, *vote));
    std::vector<documents::calendar_event> events;
    if (auto closing = documents::event_of(in, *vote)) events.push_back(std::move(*closing));
    return calendar(here, here.name_of(vote->title), std::move(events));
}

response votes(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(vote, here, here.ask<vote_view>(vote_query{{here.id}}));
    if (vote->secret && (here.form.empty() || here.form == "atom"))
        return here.redirect(here.link("secret-votes/" + here.id) +
                             (here.form.empty() ? "" : ".atom"));
    if (here.form == "json") return here.json(*vote);
    if (here.form == "csv") {
        std::vector<seat_ballot_view> rows;
        for (const auto& delegation : vote->delegations)
            rows.insert(rows.end(), delegation.seats.begin(), delegation.seats.end());
        return here.csv(rows);
    }
    if (auto followed = vote_to_follow(here)) return std::move(*followed);
    offer_atom(here, "votes/" + here.id);
    if (vote->closes) offer_calendar(here, "votes/" + here.id);
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + vote->session.value, here.name_of(vote->session_title));
    offer_follow(here, "vote/" + vote->id.value);
    vote_page page;
    page.vote = vote;
    page.plot = ballot_bar(here, vote->counts);
    page.orders = orders_of(here, vote->enactments);
    page.rule_words = rule_in_words(here, vote->rule.id, vote->body.id);
    if (vote->result) {
        page.reasons = say_lines(here, vote->result->lines);
        page.margins = say_margins(here, vote->result->margins);
    }
    if (vote->amendment) page.amendment_label = amendment_label(here, *vote->amendment);
    act_list acts(here, "votes/" + vote->id.value);
    act_list presence(here, "votes/" + vote->id.value);
    if (vote->status == vote_status::open)
        acts.form("assembly.close_vote", office_with(vote->means, "preside", vote->body.id),
                  {{"vote", vote->id.value}});
    for (const own_seat& seat : vote->own) {
        page.may_cast = page.may_cast || seat.may_cast;
        if (seat.must_register)
            presence.button("assembly.register_presence", seat.auth,
                            {{"session", vote->session.value}, {"seat", seat.auth}},
                            here.text("act.present_as", {{"seat", here.name_of(seat.name)}}));
    }
    add_casting_acts(*vote, acts);
    page.may_count = may_enter(*vote, charter::hand_entry::counted);
    page.hand_rows = hand_rows(here, *vote);
    page.chair_office = office_with(vote->means, "preside", vote->body.id).value_or("");
    page.waits = vote->status == vote_status::closed && !vote->result;
    page.acts = acts.take();
    page.presence_acts = presence.take();
    return here.show("vote", page);
}

constexpr page_route session_routes[] = {{"sessions", sessions}, {"votes", votes}};
constexpr template_need session_needs[] = {{"sessions", &describe<sessions_page>},
                                           {"session", &describe<session_page>},
                                           {"vote", &describe<vote_page>}};

}  // namespace

const page_group session_pages{session_routes, session_needs};

}  // namespace veche::api::pages
