// Arrears: what each member owes and since when, and what the year will still ask of it.

#include "api/pages/acts.hpp"
#include "api/pages/choices.hpp"
#include "api/pages/money_office.hpp"
#include "fund/views.hpp"
#include "render/filters.hpp"

namespace veche::api::pages {
namespace {

struct forecast_line {
    fund::forecast_row row;
    std::string told_at;
};
VECHE_VIEW_HERE(forecast_line, (row, "The forecast."),
                (told_at, "The rate with its source, as a line."))

struct arrears_page {
    shown<fund::arrears_view> view;
    std::vector<forecast_line> forecast;
    std::string on;
    std::string query;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(arrears_page, (view, "Who owes what."), (forecast, "What the year still asks."),
                (on, "The day chosen."), (query, "The filter as part of an address."),
                (acts, "What the reader may do."))

std::string rate_line(const visit& here, const fund::rate_row& rate) {
    return here.text("money.rate_line", {{"unit", rate.from.value},
                                         {"rate", rate_words(rate.at.rate) + " " + rate.to.value},
                                         {"source", rate.at.source},
                                         {"on", render::date_text(rate.at.on, here.around)}});
}

response arrears(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    fund::arrears_query query;
    query.at = parse_date(here.asked.query_value("at"));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<fund::arrears_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->members);
    act_list acts(here, "arrears");
    acts.form("fund.name_rate", office_with_power(here, "money"), {});
    arrears_page page{view, {}, to_text(view->at), query_text(here), acts.take()};
    for (const fund::forecast_row& one : view->forecast)
        page.forecast.push_back({one, one.rate ? rate_line(here, *one.rate) : std::string()});
    return here.show("arrears", page);
}

constexpr page_route arrears_routes[] = {{"arrears", arrears}};
constexpr template_need arrears_needs[] = {{"arrears", &describe<arrears_page>}};

}  // namespace

const page_group arrears_pages{arrears_routes, arrears_needs};

}  // namespace veche::api::pages
