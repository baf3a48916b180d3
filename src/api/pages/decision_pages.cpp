// What was decided: the list with its filters, one decision with what it ordered and what came of
// it.

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/findings.hpp"
#include "api/pages/following.hpp"
#include "api/pages/orders.hpp"
#include "api/pages/paging.hpp"
#include "api/pages/reasons.hpp"
#include "assembly/views.hpp"
#include "documents/thing_news.hpp"

namespace veche::api::pages {
namespace {

using namespace assembly;

struct decisions_page {
    shown<decisions_view> decisions;
    std::string words;
    std::vector<choice_option> bodies;
    std::vector<choice_option> years;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(decisions_page, (decisions, "The decisions."), (words, "Words looked for."),
                (bodies, "Bodies to choose from."), (years, "Years to choose from."),
                (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."))

decisions_query query_of(const visit& here) {
    decisions_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    if (const auto body = here.asked.query_value("body"); is_identifier(body))
        query.body = body_id{std::string(body)};
    if (const auto year = here.asked.query_value("year");
        year.size() == 4 && year.find_first_not_of("0123456789") == std::string_view::npos)
        query.year = std::stoi(std::string(year));
    return query;
}

response decisions_feed(const visit& here, const decisions_view& decisions) {
    std::vector<documents::feed_entry> entries;
    const auto in = setting_of(here);
    for (const decision_row& one : decisions.decisions)
        entries.push_back(documents::news_of(in, one));
    return atom_feed(here, "decisions" + query_text(here), here.text("feeds.decisions"),
                     std::move(entries));
}

response list_decisions(visit& here) {
    decisions_query query = query_of(here);
    // Other forms hold every row; the page a part of them.
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    } else if (here.form == "atom") {
        query.count = newest_in_feed;
    }
    VECHE_SHOW_OR_FAIL(decisions, here, here.ask<decisions_view>(query));
    if (here.form == "json") return here.json(*decisions);
    if (here.form == "csv") return here.csv(decisions->decisions);
    if (here.form == "atom") return decisions_feed(here, *decisions);
    decisions_page page{decisions, query.query.value_or(""), {}, {}, false, query_text(here), {}};
    page.pages = paging_of(here, decisions->found);
    page.filtered = query.query || query.body || query.year;
    page.bodies = body_options(here, query.body ? query.body->value : "");
    for (const std::int32_t year : decisions->years)
        page.years.push_back(
            {std::to_string(year), std::to_string(year), query.year && *query.year == year});
    offer_atom(here, "decisions", page.query);
    return here.show("decisions", page);
}

struct decision_page {
    shown<decision_view> decision;
    std::vector<order_card> orders;
    std::vector<reason_card> rule_words;
    std::vector<reason_card> reasons;
    std::vector<act> acts;
    std::vector<forward_view> forwards;
    std::vector<evidence::finding_row> findings;
};
VECHE_VIEW_HERE(decision_page, (decision, "The decision."), (orders, "What it ordered, in words."),
                (rule_words, "Its rule in words."), (reasons, "Why it was adopted."),
                (acts, "What the reader may do."), (forwards, "Where its motion was forwarded."),
                (findings, "Evidence laid beside it."))

response one_decision(visit& here) {
    VECHE_SHOW_OR_FAIL(decision, here, here.ask<decision_view>(decision_query{{here.id}}));
    if (here.form == "json") return here.json(*decision);
    if (here.form == "atom")
        return atom_feed(here, "decision/" + here.id, here.name_of(decision->title),
                         documents::news_of(setting_of(here), *decision));
    offer_atom(here, "decisions/" + here.id);
    if (here.form == "pdf" || here.form == "xml")
        return here.redirect(here.link("acts/" + here.id + "." + here.form));
    here.above("decisions", here.text("door.decisions"));
    offer_follow(here, "decision/" + here.id);
    act_list acts(here, "decisions/" + decision->id.value);
    if (decision->may_retry) {
        auto by = office_with(decision->means, "measures", decision->body.id);
        if (!by) by = office_with(decision->means, "preside", decision->body.id);
        acts.button("assembly.retry_enactments", by, {{"decision", decision->id.value}});
    }
    for (const signature_view& one : decision->signatures)
        if (one.may_sign)
            acts.button(sign_act::wire.type, one.as,
                        {{"decision", decision->id.value}, {"as", one.as}},
                        here.text("act.sign_as", {{"as", here.name_of(one.name)}}));
    decision_page page{decision,
                       orders_of(here, decision->enactments),
                       rule_in_words(here, decision->rule.id, decision->body.id),
                       {},
                       acts.take(),
                       decision->forwarded,
                       findings_beside(here, evidence::subject_kind::decision, decision->id.value)};
    if (const auto vote = here.ask<vote_view>(vote_query{decision->vote.id});
        vote && (*vote)->result)
        page.reasons = say_lines(here, (*vote)->result->lines);
    const std::string act = "acts/" + decision->id.value;
    offer_file(here, "application/pdf", "PDF", act + ".pdf");
    offer_file(here, "application/akn+xml", "Akoma Ntoso (XML)", act + ".xml");
    return here.show("decision", page);
}

response decisions(visit& here) {
    here.page.door = "decisions";
    // What follows from an election names it as the body's decision.
    if (here.id.starts_with("election/"))
        return here.redirect(here.link("elections/" + here.id.substr(9)));
    return here.id.empty() ? list_decisions(here) : one_decision(here);
}

constexpr page_route decision_routes[] = {{"decisions", decisions}};
constexpr template_need decision_needs[] = {{"decisions", &describe<decisions_page>},
                                            {"decision", &describe<decision_page>}};

}  // namespace

const page_group decision_pages{decision_routes, decision_needs};

}  // namespace veche::api::pages
