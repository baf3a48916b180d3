// The pace of spending: what was to be committed or paid by today, line by line, and in which
// quarters money was paid.

#include "api/pages/choices.hpp"
#include "fund/views.hpp"
#include "render/filters.hpp"
#include "render/svg.hpp"

namespace veche::api::pages {
namespace {

struct unit_pace {
    fund::pace_total total;
    render::markup plot;
    render::markup legend;
};
VECHE_VIEW_HERE(unit_pace, (total, "Sums of the lines."), (plot, "Paid, open and free as one bar."),
                (legend, "What its colours mean."))

struct pace_page {
    shown<fund::pace_view> view;
    std::vector<unit_pace> units;
    std::vector<choice_option> years;
    std::string query;
};
VECHE_VIEW_HERE(pace_page, (view, "Line by line."), (units, "Unit by unit."),
                (years, "Years to choose from."), (query, "The filter as part of an address."))

unit_pace drawn_pace(const visit& here, const fund::pace_total& total) {
    const auto part = [&](std::string_view label, const amount& size, const char* kind) {
        return render::plot_part{here.text(label), size.minor, kind,
                                 render::amount_text(size, here.around)};
    };
    const amount free{total.whole.minor - total.open.minor - total.paid.minor, total.whole.unit};
    const std::vector<render::plot_part> parts{part("money.paid", total.paid, "yes"),
                                               part("money.open", total.open, "a"),
                                               part("money.available", free, "none")};
    return {total,
            render::stacked_bar(here.text("pace.plot", {{"unit", total.whole.unit.value}}), parts,
                                {{total.planned.minor, here.text("pace.planned")}}),
            render::legend(parts)};
}

response pace(visit& here) {
    here.page.door = "money";
    here.above("money", here.text("door.money"));
    fund::pace_query query;
    if (const auto year = number_in(here.asked.query_value("year")); year && *year <= 9999)
        query.year = static_cast<std::int32_t>(*year);
    VECHE_SHOW_OR_FAIL(view, here, here.ask<fund::pace_view>(query));
    if (here.form == "json") return here.json(*view);
    if (here.form == "csv") return here.csv(view->lines);
    pace_page page{view, {}, {}, query_text(here)};
    for (const fund::pace_total& one : view->totals) page.units.push_back(drawn_pace(here, one));
    for (const std::int64_t year : view->years)
        page.years.push_back({std::to_string(year), std::to_string(year), year == view->year});
    return here.show("pace", page);
}

constexpr page_route pace_routes[] = {{"pace", pace}};
constexpr template_need pace_needs[] = {{"pace", &describe<pace_page>}};

}  // namespace

const page_group pace_pages{pace_routes, pace_needs};

}  // namespace veche::api::pages
