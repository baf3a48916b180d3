// Exchanges as programmes: seasons, sites and how many took part.

#include <algorithm>

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "api/pages/paging.hpp"
#include "registry/exchange_views.hpp"

namespace veche::api::pages {
namespace {

using namespace registry;

struct exchanges_page {
    shown<exchanges_view> exchanges;
    std::string words;
    std::vector<choice_option> kinds;
    bool filtered = false;
    std::string query;
    std::optional<paging> pages;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(exchanges_page, (exchanges, "Programmes, as far as they were asked for."),
                (words, "Words looked for."), (kinds, "Kinds to choose from."),
                (filtered, "Whether a filter is set."),
                (query, "The filter as part of an address."),
                (pages, "Where the reader is in a long list."), (acts, "What the reader may do."))

/// A season with what the reader may do about it.
struct season_shown {
    season_row row;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(season_shown, (row, "The season."), (acts, "What the reader may do about it."))

struct exchange_page {
    shown<exchange_view> view;
    std::vector<season_shown> seasons;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(exchange_page, (view, "The programme."), (seasons, "Its seasons."),
                (acts, "What the reader may do."))

response all_exchanges(visit& here) {
    exchanges_query query;
    if (const auto words = here.asked.query_value("q"); !words.empty())
        query.query = std::string(words);
    query.kind = enum_asked<exchange_kind>(here, "kind");
    if (here.form.empty()) {
        query.offset = rows_before(here);
        query.count = rows_per_page;
    }
    VECHE_SHOW_OR_FAIL(all, here, here.ask<exchanges_view>(query));
    if (here.form == "json") return here.json(*all);
    if (here.form == "csv") return here.csv(all->exchanges);
    exchanges_page page;
    page.exchanges = all;
    page.words = query.query.value_or("");
    page.kinds = enum_options(here, query.kind);
    page.filtered = query.query || query.kind;
    page.query = query_text(here);
    page.pages = paging_of(here, all->found);
    act_list acts(here, "exchanges");
    acts.form(record_exchange::wire.type, office_with_power(here, "registry"), {});
    page.acts = acts.take();
    return here.show("exchanges", page);
}

season_shown show_with_acts_of_season(const visit& here, const season_row& row) {
    act_list acts(here, "exchanges/" + here.id);
    if (row.standing != season_standing::planned)
        acts.form(report_season::wire.type, office_with_power(here, "registry"),
                  {{"exchange", here.id}, {"season", row.season.value}});
    return {row, acts.take()};
}

response one_exchange(visit& here) {
    VECHE_SHOW_OR_FAIL(view, here, here.ask<exchange_view>(exchange_query{{here.id}}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->seasons);
    here.above("exchanges", here.text("exchanges.title"));
    exchange_page page;
    page.view = view;
    for (const season_row& one : view->seasons)
        page.seasons.push_back(show_with_acts_of_season(here, one));
    act_list acts(here, "exchanges/" + here.id);
    acts.form(record_season::wire.type, office_with_power(here, "registry"),
              {{"exchange", here.id}});
    page.acts = acts.take();
    return here.show("exchange", page);
}

response exchanges_of(visit& here) {
    here.page.door = "regions";
    return here.id.empty() ? all_exchanges(here) : one_exchange(here);
}

constexpr page_route exchange_routes[] = {{"exchanges", exchanges_of}};
constexpr template_need exchange_needs[] = {{"exchanges", &describe<exchanges_page>},
                                            {"exchange", &describe<exchange_page>}};

}  // namespace

const page_group exchange_pages{exchange_routes, exchange_needs};

}  // namespace veche::api::pages
