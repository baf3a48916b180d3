// Taking away: the tables and plots of any page as files, and inside the pages of other sites.

#include "api/pages/choices.hpp"
#include "api/pages/page_parts.hpp"
#include "api/pages/visit.hpp"
#include "api/refusal.hpp"
#include "api/urlencoded.hpp"
#include "render/escape.hpp"

namespace veche::api::pages {
namespace {

/// One table or plot of the page, and the addresses at which it can be had.
struct part_card {
    std::string name;
    bool plot = false;
    std::string title;
    std::int64_t rows = 0;
    std::int64_t size = 0;
    std::string file;
    std::string embed;
    std::string code;
};
VECHE_VIEW_HERE(part_card, (name, "Its name in addresses."), (plot, "Whether it is a plot."),
                (title, "What it shows."), (rows, "Rows of a table."), (size, "Bytes of the file."),
                (file, "Address of the file."), (embed, "Address of the page to embed."),
                (code, "What another site puts into its page."))

struct take_page {
    std::string title;
    std::string page;
    std::vector<part_card> parts;
};
VECHE_VIEW_HERE(take_page, (title, "Heading of the page."), (page, "Its address."),
                (parts, "Its tables and plots."))

struct embed_page {
    std::string title;
    std::string part_title;
    std::string page;
    render::markup part;
    bool table = false;
    instant at;
};
VECHE_VIEW_HERE(embed_page, (title, "Heading of the page it stands on."),
                (part_title, "What it shows."), (page, "Address of that page."),
                (part, "The table or plot."), (table, "Whether it is a table."),
                (at, "When it was made."))

/// The filters of the page as a query, and the part's name where one is given.
std::string filters_of(const visit& here, const std::string& part = {}) {
    pairs kept;
    for (const auto& [name, value] : here.asked.query)
        if (name != "part" && !value.empty()) kept.emplace_back(name, value);
    if (!part.empty()) kept.emplace_back("part", part);
    return kept.empty() ? "" : "?" + to_urlencoded(kept);
}

bool is_page(const response& made) {
    return made.status == 200 && made.type.starts_with("text/html");
}

part_card card_of(const visit& here, const page_part& part) {
    const std::string query = filters_of(here, part.name);
    part_card card{part.name, part.plot, part.title, 0, 0, {}, {}, {}};
    card.rows = static_cast<std::int64_t>(part.rows);
    card.size = static_cast<std::int64_t>(part.plot ? plot_file(part.html).size()
                                                    : table_csv(part.html).size());
    card.file = here.link(here.id) + (part.plot ? ".svg" : ".csv") + query;
    card.embed = here.link("embed/" + here.id) + query;
    card.code = "<iframe src=\"" + here.context.public_url + card.embed + "\" title=\"" +
                render::escaped(part.title) + "\" width=\"100%\" height=\"480\"></iframe>";
    return card;
}

response take(visit& here) {
    const response made = public_page(here, here.id);
    if (!is_page(made)) return here.fail({&refusals::page_unknown, {}, {}});
    take_page page{heading_of(made.body), here.link(here.id) + filters_of(here), {}};
    for (const page_part& part : parts_of(made.body)) page.parts.push_back(card_of(here, part));
    return here.show("take", page);
}

response embed(visit& here) {
    const response made = public_page(here, here.id);
    if (!is_page(made)) return here.fail({&refusals::page_unknown, {}, {}});
    const auto wanted = here.asked.query_value("part");
    for (const page_part& part : parts_of(made.body)) {
        if (!wanted.empty() && part.name != wanted) continue;
        return here.show("embed", embed_page{heading_of(made.body),
                                             part.title,
                                             here.link(here.id) + filters_of(here),
                                             {part.html},
                                             !part.plot,
                                             here.context.now});
    }
    return here.fail({&refusals::page_unknown, {}, {}});
}

constexpr page_route take_routes[] = {{"take", take}, {"embed", embed}};
constexpr template_need take_needs[] = {{"take", &describe<take_page>},
                                        {"embed", &describe<embed_page>}};

}  // namespace

const page_group take_pages{take_routes, take_needs};

response part_file(const visit& here) {
    const response made = public_page(here, here.section + (here.id.empty() ? "" : "/" + here.id));
    response file;
    file.status = 404;
    if (!is_page(made)) return file;
    const bool plot = here.form == "svg";
    const auto wanted = here.asked.query_value("part");
    for (const page_part& part : parts_of(made.body)) {
        if (part.plot != plot || (!wanted.empty() && part.name != wanted)) continue;
        file.status = 200;
        file.type = plot ? "image/svg+xml" : "text/csv; charset=utf-8";
        file.body = plot ? plot_file(part.html) : table_csv(part.html);
        file.add("Content-Disposition", std::string(plot ? "inline" : "attachment") +
                                            "; filename=\"" + here.section + "-" + part.name +
                                            (plot ? ".svg\"" : ".csv\""));
        return file;
    }
    return file;
}

}  // namespace veche::api::pages
