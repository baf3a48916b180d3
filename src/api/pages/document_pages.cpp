// Documents made from the journal: the minutes of a session and the act of a decision, as a page
// and as files by the ending of its address.

#include <algorithm>
#include <set>

#include "api/pages/feeds.hpp"
#include "api/refusal.hpp"
#include "assembly/views.hpp"
#include "documents/act.hpp"
#include "documents/akoma_ntoso.hpp"
#include "documents/minutes.hpp"
#include "documents/pdf.hpp"
#include "documents/plan_news.hpp"
#include "documents/thing_news.hpp"
#include "documents/yearly.hpp"

namespace veche::api::pages {

documents::setting setting_of(const visit& here) {
    documents::setting in;
    in.around = here.around;
    in.union_name = here.page.union_name;
    in.site = here.context.public_url;
    in.stamp = documents::stamp_of(
        here.context.office.origin(),
        here.context.journal == nullptr ? "" : here.context.journal->checkpoint());
    return in;
}

response file_of(const visit& here, std::string type, std::string body, std::string_view name) {
    response made;
    made.type = std::move(type);
    made.body = std::move(body);
    made.add("Content-Language", here.lang);
    made.add("Content-Disposition",
             "inline; filename=\"" + std::string(name) + "." + here.form + "\"");
    return made;
}

std::vector<assembly::election_view> elections_of(const visit& here, const session_id& session) {
    std::vector<assembly::election_view> all;
    const auto rows =
        ask_publicly<assembly::elections_view>(here, assembly::elections_query{session});
    if (!rows) return all;
    for (auto row = (*rows)->elections.rbegin(); row != (*rows)->elections.rend(); ++row)
        if (const auto whole =
                ask_publicly<assembly::election_view>(here, assembly::election_query{row->id}))
            all.push_back(**whole);
    return all;
}

namespace {

using documents::document;

struct document_page {
    document document_;
};
VECHE_VIEW_HERE(document_page, (document_, "The document."))

/// A file's name from an id: only what is harmless in a header and on every disk.
std::string file_name(std::string_view kind, std::string_view id) {
    std::string name(kind);
    name += '-';
    for (const char c : id) name += c == '/' ? '-' : c;
    return name;
}

response xml_of(const visit& here, std::string bytes, std::string_view kind) {
    return file_of(here, "application/akn+xml", std::move(bytes), file_name(kind, here.id));
}

response answer(visit& here, const document& made, std::string_view kind) {
    if (here.form == "pdf") {
        auto bytes = documents::to_pdf(made);
        if (!bytes) return here.fail(bytes.error());
        return file_of(here, "application/pdf", *std::move(bytes), file_name(kind, here.id));
    }
    if (!here.form.empty()) return here.fail({&refusals::page_unknown, {}, {}});
    const std::string self = here.section + "/" + here.id;
    offer_file(here, "application/pdf", "PDF", self + ".pdf");
    offer_file(here, "application/akn+xml", "Akoma Ntoso (XML)", self + ".xml");
    return here.show("document", document_page{made});
}

response minutes(visit& here) {
    here.page.door = "sessions";
    VECHE_SHOW_OR_FAIL(
        session, here,
        (ask_publicly<assembly::session_view>(here, assembly::session_query{{here.id}})));
    here.show_times_in(session->zone);
    const auto elections = elections_of(here, session->id);
    if (here.form == "xml")
        return xml_of(here, documents::minutes_akoma_ntoso(setting_of(here), *session, elections),
                      "minutes");
    here.above("sessions", here.text("door.sessions"));
    here.above("sessions/" + here.id, here.name_of(session->title));
    return answer(here, documents::minutes_of(setting_of(here), *session, elections), "minutes");
}

struct unsigned_page {
    shown<assembly::unsigned_acts_view> acts;
};
VECHE_VIEW_HERE(unsigned_page, (acts, "Acts that wait for signatures."))

/// One missing signature, a row each, for the file form of the page.
struct unsigned_line {
    decision_id decision;
    localized title;
    body_id body;
    instant since;
    std::int32_t days = 0;
    std::string as;
    localized name;
};
VECHE_VIEW_HERE(unsigned_line, (decision, "Number of the decision."), (title, "Title by language."),
                (body, "The body that decided."), (since, "Since when it waits."),
                (days, "For how many whole days."), (as, "The office or seat that has not signed."),
                (name, "Title of it."))

std::vector<unsigned_line> unsigned_lines(const assembly::unsigned_acts_view& waiting) {
    std::vector<unsigned_line> lines;
    for (const assembly::unsigned_act_row& act : waiting.acts)
        for (const assembly::signature_view& one : act.missing)
            lines.push_back({act.id, act.title, act.body.id, act.at, act.days, one.as, one.name});
    return lines;
}

/// Without a number: the acts that nobody has signed yet, and who should.
response unsigned_acts(visit& here) {
    VECHE_SHOW_OR_FAIL(
        waiting, here,
        (ask_publicly<assembly::unsigned_acts_view>(here, assembly::unsigned_acts_query{})));
    if (here.form == "json") return here.json(*waiting);
    if (here.form == "csv") return here.csv(unsigned_lines(*waiting));
    if (here.form == "atom") {
        std::vector<documents::feed_entry> entries;
        for (const assembly::unsigned_act_row& one : waiting->acts)
            entries.push_back(documents::news_of(setting_of(here), one));
        return atom_feed(here, "acts", here.text("unsigned.title"), std::move(entries));
    }
    offer_atom(here, "acts");
    here.above("decisions", here.text("door.decisions"));
    return here.show("unsigned_acts", unsigned_page{waiting});
}

response acts(visit& here) {
    here.page.door = "decisions";
    if (here.id.empty()) return unsigned_acts(here);
    VECHE_SHOW_OR_FAIL(
        decision, here,
        (ask_publicly<assembly::decision_view>(here, assembly::decision_query{{here.id}})));
    VECHE_SHOW_OR_FAIL(
        vote, here,
        (ask_publicly<assembly::vote_view>(here, assembly::vote_query{decision->vote.id})));
    if (here.form == "xml")
        return xml_of(here, documents::act_akoma_ntoso(setting_of(here), *decision, *vote),
                      "decision");
    here.above("decisions", here.text("door.decisions"));
    here.above("decisions/" + here.id, here.text("decision.number", {{"id", here.id}}));
    return answer(here, documents::act_of(setting_of(here), *decision, *vote), "decision");
}

/// A calendar holds the first open items of plans of links; the list of plans has all.
constexpr std::int32_t most_plan_items = 500;

/// Bodies in which the person has a seat or an office today.
std::vector<body_id> bodies_of(const visit& here, const person_id& person) {
    std::vector<body_id> found;
    const date today = date_of(here.context.now);
    for (const auto& body : here.charter.document().bodies)
        if (!here.charter.seats_of(person, body.id, today).empty()) found.push_back(body.id);
    for (const auto* office : here.charter.offices_of(person, today))
        if (std::find(found.begin(), found.end(), office->body) == found.end())
            found.push_back(office->body);
    return found;
}

/// Measures of the bodies for which the person reports.
std::vector<programme::measure_row> reported_by(const visit& here, const person_id& person) {
    std::vector<programme::measure_row> rows;
    for (const auto* office : here.charter.offices_of(person, date_of(here.context.now))) {
        const auto& powers = office->powers;
        if (std::find(powers.begin(), powers.end(), "report") == powers.end()) continue;
        programme::measures_query query;
        query.body = office->body;
        const auto view = ask_publicly<programme::measures_view>(here, query);
        if (!view) continue;
        for (const auto& one : (*view)->measures)
            if (std::none_of(rows.begin(), rows.end(),
                             [&](const auto& known) { return known.id == one.id; }))
                rows.push_back(one);
    }
    return rows;
}

/// What waits for a person, to follow in a calendar: sessions, closing votes, deadlines. Persons
/// are offices, and what is asked of an office is public.
response duties(visit& here) {
    const person_id person{here.id};
    if (here.form != "ics" || here.charter.title_of(person).empty())
        return here.fail({&refusals::page_unknown, {}, {}});
    return calendar(here, here.name_of(here.charter.title_of(person)), duty_events(here, person));
}

/// "2026" as a year; the one that runs where none is named; nothing for anything else.
std::optional<std::int32_t> year_asked(const visit& here) {
    if (here.id.empty()) return civil_of(date_of(here.context.now)).year;
    const auto first = parse_date(here.id + "-01-01");
    if (!first) return std::nullopt;
    return civil_of(*first).year;
}

/// The report of a year.
response yearly(visit& here) {
    here.page.door = "programme";
    const auto year = year_asked(here);
    if (!year) return here.fail({&refusals::page_unknown, {}, {}});
    if (here.id.empty()) return here.redirect(here.link("yearly/" + std::to_string(*year)));
    VECHE_SHOW_OR_FAIL(view, here,
                       (ask_publicly<programme::year_view>(here, programme::year_query{*year})));
    if (here.form == "json") return here.json(*view);
    assembly::decisions_query query;
    query.year = *year;
    VECHE_SHOW_OR_FAIL(decisions, here, (ask_publicly<assembly::decisions_view>(here, query)));
    const document made = documents::yearly_of(setting_of(here), *view, decisions->decisions);
    if (here.form == "pdf") {
        auto bytes = documents::to_pdf(made);
        if (!bytes) return here.fail(bytes.error());
        return file_of(here, "application/pdf", *std::move(bytes), file_name("yearly", here.id));
    }
    if (!here.form.empty()) return here.fail({&refusals::page_unknown, {}, {}});
    here.above("programme", here.text("door.programme"));
    offer_file(here, "application/pdf", "PDF", "yearly/" + here.id + ".pdf");
    offer_file(here, "application/json", "JSON", "yearly/" + here.id + ".json");
    return here.show("document", document_page{made});
}

}  // namespace

std::vector<documents::calendar_event> duty_events(visit& here, const person_id& person) {
    const auto in = setting_of(here);
    auto events = measure_events(here, reported_by(here, person));
    for (const body_id& body : bodies_of(here, person)) {
        assembly::sessions_query query;
        query.body = body;
        const auto view = ask_publicly<assembly::sessions_view>(here, query);
        if (!view) continue;
        for (const auto* list : {&(*view)->coming, &(*view)->past})
            for (const auto& one : *list) events.push_back(documents::event_of(in, one));
    }
    const auto open =
        ask_publicly<assembly::my_duties_view>(here, assembly::my_duties_query{person});
    if (open)
        for (const auto& duty : (*open)->votes)
            if (const auto vote =
                    ask_publicly<assembly::vote_view>(here, assembly::vote_query{duty.vote}))
                if (auto one = documents::event_of(in, **vote)) events.push_back(*std::move(one));
    if (const auto approvals =
            ask_publicly<programme::approvals_view>(here, programme::approvals_query{}))
        for (const auto& approval : (*approvals)->approvals)
            for (const auto& step : approval.now)
                if (step.office &&
                    here.charter.holds_office(person, *step.office, date_of(here.context.now)))
                    events.push_back(documents::event_of(in, step));
    if (const auto plans = ask_publicly<registry::my_plan_items_view>(
            here, registry::my_plan_items_query{person, {}, most_plan_items}))
        for (const registry::my_item_row& one : (*plans)->items)
            events.push_back(documents::event_of(in, one.row));
    return each_once(std::move(events));
}

std::vector<documents::calendar_event> each_once(std::vector<documents::calendar_event> events) {
    std::set<std::string> known;
    std::erase_if(events, [&](const auto& one) { return !known.insert(one.uid).second; });
    return events;
}

namespace {

constexpr page_route document_routes[] = {
    {"minutes", minutes}, {"acts", acts}, {"duties", duties}, {"yearly", yearly}};
constexpr template_need document_needs[] = {{"document", &describe<document_page>},
                                            {"unsigned_acts", &describe<unsigned_page>}};

}  // namespace

const page_group document_pages{document_routes, document_needs};

}  // namespace veche::api::pages
