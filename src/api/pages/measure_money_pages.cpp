// The money of one measure: its lines, and every step from reservation to recovery on them.

#include <map>

#include "api/pages/choices.hpp"
#include "api/pages/measure_money.hpp"
#include "programme/views.hpp"

namespace veche::api::pages {
namespace {

/// In the address, what is for no measure; no measure is called so.
constexpr std::string_view no_measure = "-";

struct measure_step {
    std::string what;
    fund::movement_row step;
};
VECHE_VIEW_HERE(measure_step, (what, "What was done, in words."), (step, "The step."))

struct measure_money_page {
    std::string id;
    localized title;
    std::string measure;
    shown<fund::measure_money_view> view;
    std::vector<measure_step> steps;
    std::string query;
};
VECHE_VIEW_HERE(measure_money_page, (id, "Its part of the address."),
                (title, "Title of the measure."),
                (measure, "The measure, \"\" for what is for none."), (view, "Its money."),
                (steps, "Every step of it."), (query, "The filter as part of an address."))

response money_of_measure(visit& here) {
    fund::measure_money_query query;
    query.year = budget_year_asked(here);
    measure_money_page page;
    page.id = here.id;
    if (here.id != no_measure) {
        const programme::measure_query which{{here.id}};
        VECHE_SHOW_OR_FAIL(measure, here, here.ask<programme::measure_view>(which));
        query.measure = measure_id{here.id};
        page.measure = here.id;
        page.title = measure->measure.title;
    }
    VECHE_SHOW_OR_FAIL(view, here, here.ask<fund::measure_money_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->steps);
    page.view = view;
    page.query = query_text(here);
    for (const fund::movement_row& one : view->steps)
        page.steps.push_back({here.text("money.kind." + one.what), one});
    return here.show("measure_money", page);
}

response by_measure(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    if (!here.id.empty()) return money_of_measure(here);
    if (here.form.empty()) return here.redirect(here.link("money" + query_text(here)));
    fund::by_measure_query query;
    query.year = budget_year_asked(here);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<fund::by_measure_view>(query));
    return here.form == "json" ? here.json(*view) : here.csv(view->measures);
}

constexpr page_route measure_money_routes[] = {{"by-measure", by_measure}};
constexpr template_need measure_money_needs[] = {{"measure_money", &describe<measure_money_page>}};

}  // namespace

std::optional<std::int32_t> budget_year_asked(const visit& here) {
    const auto year = number_in(here.asked.query_value("year"));
    if (!year || here.asked.query_value("year").size() != 4) return std::nullopt;
    return static_cast<std::int32_t>(*year);
}

result<std::vector<measure_money_card>> money_by_measure(visit& here,
                                                         std::optional<std::int32_t> year) {
    const auto view = VECHE_TRY(here.ask<fund::by_measure_view>(fund::by_measure_query{year}));
    const auto listed = VECHE_TRY(here.ask<programme::measures_view>(programme::measures_query{}));
    std::map<measure_id, localized> titles;
    for (const programme::measure_row& one : listed->measures) titles[one.id] = one.title;
    const std::string query = year ? "?year=" + std::to_string(*year) : "";
    std::vector<measure_money_card> cards;
    for (const fund::measure_money_row& one : view->measures) {
        measure_money_card card{one, {}, {}};
        if (one.measure) card.title = titles[*one.measure];
        card.address =
            "by-measure/" + (one.measure ? one.measure->value : std::string(no_measure)) + query;
        cards.push_back(std::move(card));
    }
    return cards;
}

const page_group measure_money_pages{measure_money_routes, measure_money_needs};

}  // namespace veche::api::pages
