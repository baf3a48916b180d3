// Budgets from before this book, each figure with its source.

#include <map>

#include "api/pages/acts.hpp"
#include "api/pages/money_office.hpp"
#include "fund/views.hpp"
#include "render/filters.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {
namespace {

struct past_plot {
    unit_id unit;
    render::markup plot;
};
VECHE_VIEW_HERE(past_plot, (unit, "The unit."), (plot, "Revenue of each record, as bars."))

struct past_page {
    shown<fund::past_budgets_view> view;
    std::vector<past_plot> plots;
    std::vector<act> acts;
};
VECHE_VIEW_HERE(past_page, (view, "The budgets."), (plots, "Drawn, unit by unit."),
                (acts, "What the reader may do."))

std::vector<past_plot> drawn_past(const visit& here, const fund::past_budgets_view& view) {
    std::map<unit_id, std::vector<render::plot_part>> bars;
    for (const fund::past_budget_row& one : view.budgets) {
        if (!one.revenue) continue;
        const std::string stage =
            here.text("choice.budget_stage." + std::string(name_of(one.stage)));
        bars[one.revenue->unit].push_back({std::to_string(one.year) + ", " + stage,
                                           one.revenue->minor, "a",
                                           render::amount_text(*one.revenue, here.around)});
    }
    std::vector<past_plot> plots;
    for (const auto& [unit, parts] : bars)
        plots.push_back(
            {unit, render::bars(here.text("past.plot", {{"unit", unit.value}}), parts)});
    return plots;
}

response past(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    VECHE_SHOW_OR_FAIL(view, here, here.ask<fund::past_budgets_view>(fund::past_budgets_query{}));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->budgets);
    act_list acts(here, "past");
    acts.form("fund.record_past_budget", office_with_power(here, "money"), {});
    return here.show("past", past_page{view, drawn_past(here, *view), acts.take()});
}

constexpr page_route past_routes[] = {{"past", past}};
constexpr template_need past_needs[] = {{"past", &describe<past_page>}};

}  // namespace

const page_group past_pages{past_routes, past_needs};

}  // namespace veche::api::pages
