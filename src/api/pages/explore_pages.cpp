// The explorer of a data set of flows: pictures with their tables, the whole state in the address.

#include "api/pages/explore_parts.hpp"
#include "api/refusal.hpp"
#include "kernel/csv.hpp"

namespace veche::api::pages {
namespace {

/// One way to look, as a link that keeps what was chosen.
struct look {
    std::string name;
    std::string href;
    bool current = false;
};
VECHE_VIEW_HERE(look, (name, "Which picture."), (href, "Its address."),
                (current, "Whether it is shown."))

struct explore_page {
    shown<evidence::dataset_view> view;
    std::string title;
    std::string show;
    std::string fault;
    std::vector<look> looks;
    std::vector<explore_choice> choices;
    std::string members;
    bool drawn = false;
    bool side_by_side = false;
    explored_picture picture;
    std::string query;
    std::string lasting;
};
VECHE_VIEW_HERE(explore_page, (view, "The data set."), (title, "What is shown."),
                (show, "Which picture."), (fault, "Why there is none."), (looks, "Other pictures."),
                (choices, "What can be chosen."),
                (members, "The members, where the address names them."),
                (drawn, "Whether there is a picture."),
                (side_by_side, "Whether the table is narrow enough to stand beside it."),
                (picture, "Picture and table."), (query, "The state as a query."),
                (lasting, "The address that shows the same again."))

/// The same as a file: every figure with what it is of.
struct explored_file {
    std::string dataset;
    std::string sha256;
    std::string title;
    std::string unit;
    std::string picture;
    std::string of;
    std::string with;
    std::string way;
    std::string by;
    std::string side;
    std::string product;
    std::string period;
    std::vector<std::string> members;
    std::vector<std::string> facts;
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
VECHE_VIEW_HERE(explored_file, (dataset, "The data set."), (sha256, "Hash of its bytes."),
                (title, "What is shown."), (unit, "Unit of the values."),
                (picture, "Which picture."), (of, "Whose trade."),
                (with, "With whom; empty for all."), (way, "export or import."),
                (by, "What rows are."), (side, "Whose declarations."),
                (product, "Beginning of the codes; empty for all."),
                (period, "Period; empty for all."), (members, "Territories of the union."),
                (facts, "What belongs to every figure."), (columns, "Names of the columns."),
                (rows, "The rows; what is missing is empty."))

std::vector<look> looks_of(const visit& here, const explored_set& set, const explore_state& state) {
    std::vector<look> out;
    for (const picture_kind kind : {picture_kind::treemap, picture_kind::lines,
                                    picture_kind::sankey, picture_kind::map, picture_kind::space}) {
        const bool pairs = set.cube->pairs() > 0;
        if (kind == picture_kind::map && !(pairs && set.has_places())) continue;
        if (kind == picture_kind::lines && set.cube->periods.size() < 2) continue;
        if (kind == picture_kind::space && set.cube->products.size() < 3) continue;
        explore_state there = state;
        there.show = kind;
        out.push_back({here.text("explore.show." + std::string(name_of(kind))),
                       here.link("explore/" + here.id) + query_of_state(there),
                       kind == state.show});
    }
    return out;
}

explored_file file_of(const explored_set& set, const explore_state& state, std::string title,
                      explored_picture made) {
    const explore::question& asked = state.asked;
    return {set.view->row.dataset.value,
            set.view->row.file.sha256,
            std::move(title),
            set.view->row.unit,
            std::string(name_of(state.show)),
            asked.of,
            asked.with,
            asked.exports ? "export" : "import",
            std::string(name_of(asked.by)),
            set.cube->one_value ? "" : std::string(name_of(asked.side)),
            asked.product,
            asked.period,
            asked.members,
            std::move(made.facts),
            std::move(made.heads),
            std::move(made.data)};
}

std::string csv_record(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    return out + "\r\n";
}

response csv_file(const visit& here, const explored_picture& made) {
    response file;
    file.type = "text/csv; charset=utf-8";
    file.body = csv_record(made.heads);
    for (const auto& row : made.data) file.body += csv_record(row);
    file.add("Content-Disposition", "attachment; filename=\"" + here.id + ".csv\"");
    return file;
}

/// What the data lack, or a data set that cannot be explored, is no fault of the page: it says so
/// and offers to begin anew. A file of it is not there.
response show_fault(visit& here, explore_page page, const refusal& why) {
    if (!here.form.empty()) return here.fail(why);
    page.fault = here.texts.sentence(why);
    return here.show("explore", page);
}

/// The page without its picture.
explore_page page_of(const visit& here, const explored_set& set, const explore_state& state) {
    explore_page page;
    page.view = set.view;
    page.title = title_of_set(here, set, state);
    page.show = name_of(state.show);
    page.query = query_of_state(state);
    page.lasting = here.context.public_url + here.link("explore/" + here.id) + page.query;
    page.looks = looks_of(here, set, state);
    page.choices = choices_of(here, set, state);
    if (state.members_asked) page.members = here.asked.query_value("members");
    return page;
}

response explore(visit& here) {
    here.page.door = "evidence";
    if (here.id.empty()) return here.redirect(here.link("evidence") + "#datasets");
    VECHE_SHOW_OR_FAIL(view, here,
                       here.ask<evidence::dataset_view>(evidence::dataset_query{{here.id}}));
    here.above("evidence", here.text("door.evidence"));
    here.above("datasets/" + here.id, here.name_of(view->row.title));
    explore_page page;
    page.view = view;
    page.title = here.name_of(view->row.title);
    const auto set = explored(here, view);
    if (!set) return show_fault(here, std::move(page), set.error());
    const explore_state state = state_of(here, *set);
    page = page_of(here, *set, state);
    auto made =
        picture_of(here, *set, state, !here.form.empty() && !here.asked.query_value("all").empty());
    if (!made) return show_fault(here, std::move(page), made.error());
    if (here.form == "csv") return csv_file(here, *made);
    if (here.form == "json") return here.json(file_of(*set, state, page.title, std::move(*made)));
    page.picture = std::move(*made);
    page.drawn = !page.picture.plot.bytes.empty();
    page.side_by_side =
        page.drawn && state.show != picture_kind::map && page.picture.columns.size() <= 5;
    return here.show("explore", page);
}

constexpr page_route explore_routes[] = {{"explore", explore}};
constexpr template_need explore_needs[] = {{"explore", &describe<explore_page>}};

}  // namespace

const page_group explore_pages{explore_routes, explore_needs};

}  // namespace veche::api::pages
