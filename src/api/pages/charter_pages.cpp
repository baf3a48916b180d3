// Who decides: the bodies of the union, their seats, offices and rules, from the charter in force;
// and what this site is.

#include "api/pages/body_ways.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/reasons.hpp"
#include "assembly/views.hpp"
#include "charter/views.hpp"
#include "documents/popolo.hpp"

namespace veche::api::pages {
namespace {

using charter::bodies_query;
using charter::bodies_view;
using charter::body_query;
using charter::body_row;
using charter::body_view;
using charter::source_mark;
using charter::union_query;
using charter::union_view;

constexpr std::size_t few_sessions = 6;

struct bodies_page {
    shown<bodies_view> bodies;
    shown<union_view> of;
};
VECHE_VIEW_HERE(bodies_page, (bodies, "The bodies."), (of, "The union: its members and weights."))

struct rule_card {
    localized name;
    std::string source;
    source_mark mark{};
    std::string formal;
    std::vector<reason_card> words;
};
VECHE_VIEW_HERE(rule_card, (name, "Name by language."), (source, "Legal source."),
                (mark, "Whether that source was read."), (formal, "The rule in its exact form."),
                (words, "The rule in words."))

struct body_page {
    shown<body_view> body;
    std::vector<rule_card> rules;
    std::vector<assembly::session_row> sessions;
    std::vector<assembly::forward_view> forwards;
    std::vector<std::string> vote_ways;
    std::vector<std::string> secret_ways;
    std::vector<std::string> session_ways;
};
VECHE_VIEW_HERE(body_page, (body, "The body."), (rules, "Its rules in words."),
                (sessions, "Its sessions."), (forwards, "Motions forwarded to it and by it."),
                (vote_ways, "What its charter says of its votes, in words."),
                (secret_ways, "The same of its secret votes."),
                (session_ways, "The same of how its sessions are called."))

/// Every body with who sits in it.
response bodies_popolo(const visit& here, const bodies_view& all) {
    std::vector<body_view> bodies;
    for (const body_row& row : all.bodies)
        if (const auto one = ask_publicly<body_view>(here, body_query{row.id, std::nullopt}))
            bodies.push_back(**one);
    return file_of(here, "application/json", documents::popolo_of(setting_of(here), bodies),
                   "bodies");
}

response list_bodies(visit& here) {
    VECHE_SHOW_OR_FAIL(all, here, here.ask<bodies_view>(bodies_query{}));
    if (here.form == "popolo.json") return bodies_popolo(here, *all);
    if (here.form == "json") return here.json(*all);
    if (here.form == "csv") return here.csv(all->bodies);
    VECHE_SHOW_OR_FAIL(of, here, here.ask<union_view>(union_query{}));
    offer_file(here, "application/json", "Popolo (JSON)", "bodies.popolo.json");
    return here.show("bodies", bodies_page{all, of});
}

/// Seats with their holders, one row each, for the file form of the page.
struct seat_line {
    std::string seat;
    localized name;
    localized member;
    std::optional<person_id> holder;
    localized title;
};
VECHE_VIEW_HERE(seat_line, (seat, "The seat."), (name, "Title of its holder."),
                (member, "The member."), (holder, "Who holds it."),
                (title, "Title of that person."))

std::vector<seat_line> seat_lines(const body_view& body) {
    std::vector<seat_line> lines;
    for (const auto& member : body.members)
        for (const auto& seat : member.seats) {
            seat_line line{seat.id, seat.name, member.name, std::nullopt, {}};
            if (seat.holder) line.holder = seat.holder->person;
            if (seat.holder) line.title = seat.holder->title;
            lines.push_back(std::move(line));
        }
    return lines;
}

/// Sessions of a body and the measures that it owes or owed.
struct body_matters {
    std::vector<assembly::session_row> sessions;
    std::vector<programme::measure_row> measures;
};

body_matters matters_of(const visit& here, const body_id& body) {
    body_matters found;
    assembly::sessions_query sessions;
    sessions.body = body;
    if (const auto all = ask_publicly<assembly::sessions_view>(here, sessions)) {
        found.sessions = (*all)->coming;
        found.sessions.insert(found.sessions.end(), (*all)->past.begin(), (*all)->past.end());
    }
    programme::measures_query measures;
    measures.body = body;
    if (const auto all = ask_publicly<programme::measures_view>(here, measures))
        found.measures = (*all)->measures;
    return found;
}

response body_feed(const visit& here, const body_view& body) {
    const auto in = setting_of(here);
    const body_matters matters = matters_of(here, body.id);
    std::vector<documents::feed_entry> entries;
    assembly::decisions_query query;
    query.body = body.id;
    if (const auto decisions = ask_publicly<assembly::decisions_view>(here, query))
        for (const auto& one : (*decisions)->decisions)
            entries.push_back(documents::news_of(in, one));
    for (const auto& one : matters.sessions) entries.push_back(documents::news_of(in, one));
    for (const auto& one : matters.measures)
        if (one.days_late > 0) entries.push_back(documents::lateness_of(in, one));
    return atom_feed(here, "body/" + body.id.value, here.name_of(body.name), std::move(entries));
}

response body_calendar(visit& here, const body_view& body) {
    const auto in = setting_of(here);
    const body_matters matters = matters_of(here, body.id);
    auto events = measure_events(here, matters.measures);
    for (const auto& one : matters.sessions) events.push_back(documents::event_of(in, one));
    return calendar(here, here.name_of(body.name), std::move(events));
}

response one_body(visit& here) {
    VECHE_SHOW_OR_FAIL(body, here, here.ask<body_view>(body_query{{here.id}, std::nullopt}));
    if (here.form == "json") return here.json(*body);
    if (here.form == "csv") return here.csv(seat_lines(*body));
    if (here.form == "atom") return body_feed(here, *body);
    if (here.form == "ics") return body_calendar(here, *body);
    offer_atom(here, "bodies/" + body->id.value);
    offer_calendar(here, "bodies/" + body->id.value);
    body_page page{body, {}, {}, {}, {}, {}, {}};
    if (const auto* own = here.charter.find_body(body->id)) {
        page.vote_ways = vote_ways(here, *own);
        page.secret_ways = secret_ways(here, *own);
        page.session_ways = session_ways(here, *own);
    }
    for (const charter::rule_in_words& one : body->rules)
        page.rules.push_back(
            {one.name, one.source, one.mark, one.text, say_lines(here, one.words)});
    assembly::sessions_query query;
    query.body = body->id;
    VECHE_SHOW_OR_FAIL(sessions, here, here.ask<assembly::sessions_view>(query));
    page.sessions = sessions->coming;
    for (const auto& one : sessions->past)
        if (page.sessions.size() < few_sessions) page.sessions.push_back(one);
    const auto forwards = here.ask<assembly::forwards_view>(assembly::forwards_query{body->id});
    if (forwards) page.forwards = (*forwards)->forwards;
    here.above("bodies", here.text("page.bodies"));
    offer_follow(here, "body/" + body->id.value);
    return here.show("body", page);
}

response bodies(visit& here) {
    return here.id.empty() ? list_bodies(here) : one_body(here);
}

/// Pages that show texts of the catalogue only.
struct text_page {};
VECHE_NO_FIELDS(text_page)

response about(visit& here) {
    return here.show("about", text_page{});
}
response feeds(visit& here) {
    return here.show("feeds", text_page{});
}

constexpr page_route charter_routes[] = {{"bodies", bodies}, {"about", about}, {"feeds", feeds}};
constexpr template_need charter_needs[] = {{"bodies", &describe<bodies_page>},
                                           {"body", &describe<body_page>},
                                           {"about", &describe<text_page>},
                                           {"feeds", &describe<text_page>}};

}  // namespace

const page_group charter_pages{charter_routes, charter_needs};

}  // namespace veche::api::pages
