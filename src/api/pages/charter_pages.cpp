// Who decides: the bodies of the union, their seats, offices and rules, from the charter in force;
// and what this site is.

#include "api/pages/reasons.hpp"
#include "assembly/views.hpp"
#include "charter/views.hpp"

namespace veche::api::pages {
namespace {

using namespace charter;

constexpr std::size_t few_sessions = 6;

struct bodies_page {
    shown<bodies_view> bodies;
    shown<union_view> of;
};
VECHE_FIELDS(bodies_page, (bodies, "The bodies."), (of, "The union: its members and weights."))

struct rule_card {
    localized name;
    std::string source;
    source_mark mark{};
    std::string formal;
    std::vector<reason_card> words;
};
VECHE_FIELDS(rule_card, (name, "Name by language."), (source, "Legal source."),
             (mark, "Whether that source was read."), (formal, "The rule in its exact form."),
             (words, "The rule in words."))

struct body_page {
    shown<body_view> body;
    std::vector<rule_card> rules;
    std::vector<assembly::session_row> sessions;
};
VECHE_FIELDS(body_page, (body, "The body."), (rules, "Its rules in words."),
             (sessions, "Its sessions."))

response list_bodies(visit& here) {
    VECHE_SHOW_OR_FAIL(all, here, here.ask<bodies_view>(bodies_query{}));
    if (here.form == "json") return here.json(*all);
    if (here.form == "csv") return here.csv(all->bodies);
    VECHE_SHOW_OR_FAIL(of, here, here.ask<union_view>(union_query{}));
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
VECHE_FIELDS(seat_line, (seat, "The seat."), (name, "Title of its holder."),
             (member, "The member."), (holder, "Who holds it."), (title, "Title of that person."))

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

response one_body(visit& here) {
    VECHE_SHOW_OR_FAIL(body, here, here.ask<body_view>(body_query{{here.id}, std::nullopt}));
    if (here.form == "json") return here.json(*body);
    if (here.form == "csv") return here.csv(seat_lines(*body));
    body_page page{body, {}, {}};
    for (const charter::rule_in_words& one : body->rules)
        page.rules.push_back(
            {one.name, one.source, one.mark, one.text, say_lines(here, one.words)});
    assembly::sessions_query query;
    query.body = body->id;
    VECHE_SHOW_OR_FAIL(sessions, here, here.ask<assembly::sessions_view>(query));
    page.sessions = sessions->coming;
    for (const auto& one : sessions->past)
        if (page.sessions.size() < few_sessions) page.sessions.push_back(one);
    here.above("bodies", here.text("page.bodies"));
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

constexpr page_route routes[] = {{"bodies", bodies}, {"about", about}, {"feeds", feeds}};
constexpr template_need needs[] = {{"bodies", &describe<bodies_page>},
                                   {"body", &describe<body_page>},
                                   {"about", &describe<text_page>},
                                   {"feeds", &describe<text_page>}};

}  // namespace

const page_group charter_pages{routes, needs};

}  // namespace veche::api::pages
