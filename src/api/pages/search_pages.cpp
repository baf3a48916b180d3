// Search over the assembly, the programme and the bodies, in all languages at once, with the
// letters that people interchange folded together.

#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/paging.hpp"
#include "assembly/views.hpp"
#include "calls/views.hpp"
#include "evidence/views.hpp"
#include "kernel/search_fold.hpp"
#include "programme/views.hpp"
#include "render/escape.hpp"

namespace veche::api::pages {
namespace {

struct finding {
    std::string kind;
    std::string href;
    localized title;
    std::string more;
    std::optional<instant> at;
    std::optional<instant> changed;
};
VECHE_FIELDS(
    finding,
    (kind,
     "decision, motion, session, election, measure, approval, finding, dataset, call, in_call, "
     "project or body."),
    (href, "Its page."), (title, "Its title."), (more, "Its number."), (at, "When."),
    (changed, "When it last changed, where that is known."))

struct search_page {
    std::string words;
    std::vector<finding> findings;
    std::int32_t found = 0;
    std::optional<paging> pages;
};
VECHE_FIELDS(search_page, (words, "What was searched for."),
             (findings, "What was found, as far as this page shows it."),
             (found, "How much was found."), (pages, "Where the reader is in it."))

/// Puts the rows of one source behind those of others into the page that is shown.
class finder {
  public:
    finder(visit& here, search_page& page) : here_(here), page_(page), words_(page.words) {}

    void find() {
        for (const auto& body : here_.charter.document().bodies)
            add_if_found({"body", here_.link("bodies/" + body.id.value), body.name, "", {}, {}},
                         body.id.value);
        find_in_assembly();
        find_in_programme();
    }

    /// `more`: other words by which it is found.
    void add_if_found(finding one, std::string_view id, std::string_view more = {}) {
        std::string all{id};
        all += "\n" + std::string(more);
        for (const auto& [language, text] : one.title) all += "\n" + text;
        if (words_.found_in({fold_for_search(all)})) add(std::move(one));
    }

  private:
    [[nodiscard]] std::int32_t left() const {
        return rows_per_page - static_cast<std::int32_t>(page_.findings.size());
    }

    void add(finding one) {
        if (page_.found++ >= rows_before(here_) && left() > 0)
            page_.findings.push_back(std::move(one));
    }

    /// There may be ten thousand motions, so that only those shown are asked for.
    void find_in_assembly() {
        assembly::search_query query;
        query.query = page_.words;
        query.offset = std::max(0, rows_before(here_) - page_.found);
        query.count = left();
        const auto view = here_.ask<assembly::search_view>(query);
        if (!view) return;
        for (const assembly::search_row& one : (*view)->rows) {
            const std::string kind{name_of(one.kind)};
            const bool numbered = one.kind == assembly::search_kind::decision;
            page_.findings.push_back({kind, here_.link(kind + "s/" + one.id), one.title,
                                      numbered ? one.id : "", one.at, one.changed});
        }
        page_.found += (*view)->found;
    }

    void find_in_programme() {
        if (const auto view = here_.ask<programme::measures_view>(programme::measures_query{}))
            for (const auto& one : (*view)->measures) {
                const std::string& id = one.id.value;
                add_if_found({"measure", here_.link("programme/" + id), one.title, id, {}, {}}, id);
            }
        if (const auto view = here_.ask<programme::approvals_view>(programme::approvals_query{}))
            for (const auto& one : (*view)->approvals) {
                const std::string to = here_.link("approvals/" + one.id.value);
                add_if_found({"approval", to, one.title, "", one.started, one.started},
                             one.id.value);
            }
    }

    visit& here_;
    search_page& page_;
    search_words words_;
};

/// Findings by question and answer, data sets by title and publisher; what no longer holds is not
/// offered.
void find_in_evidence(visit& here, finder& found) {
    if (const auto view = here.ask<evidence::findings_view>(evidence::findings_query{}))
        for (const auto& one : (*view)->findings) {
            std::string words = one.method;
            for (const auto& [language, text] : one.answer) words += "\n" + text;
            const std::string& id = one.finding.value;
            found.add_if_found(
                {"finding", here.link("evidence/" + id), one.question, "", one.at, one.at}, id,
                words);
        }
    if (const auto view = here.ask<evidence::datasets_view>(evidence::datasets_query{}))
        for (const auto& one : (*view)->datasets) {
            const std::string& id = one.dataset.value;
            if (one.standing_now == evidence::evidence_standing::stands)
                found.add_if_found(
                    {"dataset", here.link("datasets/" + id), one.title, "", one.at, one.at}, id,
                    one.publisher);
        }
}

/// Calls, and the programmes, parties and projects in them.
void find_in_calls(visit& here, search_page& page) {
    calls::call_search_query query;
    query.query = page.words;
    query.offset = std::max(0, rows_before(here) - page.found);
    query.count = rows_per_page - static_cast<std::int32_t>(page.findings.size());
    const auto view = here.ask<calls::call_search_view>(query);
    if (!view) return;
    for (const calls::call_search_row& one : (*view)->rows) {
        const std::string to = here.link("calls/" + one.call.value);
        if (one.project)
            page.findings.push_back(
                {"project",
                 here.link("call-projects/" + one.call.value + "/" + one.project->value),
                 one.title,
                 here.name_of(one.within),
                 {},
                 {}});
        else if (one.part.empty())
            page.findings.push_back({"call", to, one.title, "", one.at, one.changed});
        else
            page.findings.push_back({"in_call", to, one.title, here.name_of(one.within), {}, {}});
    }
    page.found += (*view)->found;
}

/// What was found and has a day on which it changed, to follow with a feed reader.
response search_feed(const visit& here, const search_page& page) {
    std::vector<documents::feed_entry> news;
    for (const finding& one : page.findings) {
        if (!one.changed) continue;
        const std::string path = one.href.substr(here.link("").size());
        news.push_back({path, path, here.name_of(one.title), here.text("search.kind." + one.kind),
                        *one.changed});
    }
    return atom_feed(here, "search/" + fold_for_search(page.words),
                     here.text("thing.words", {{"words", page.words}}), std::move(news));
}

response search(visit& here) {
    search_page page;
    page.words = here.asked.query_value("q");
    here.page.searched = page.words;
    const bool asked = page.words.find_first_not_of(" \t\r\n") != std::string::npos;
    if (asked) {
        finder found(here, page);
        found.find();
        find_in_evidence(here, found);
        find_in_calls(here, page);
    }
    page.pages = paging_of(here, page.found);
    if (here.form == "json") return here.json(page.findings);
    if (here.form == "atom") return search_feed(here, page);
    if (asked) {
        offer_atom(here, "search", "?q=" + render::url_encoded(page.words));
        offer_follow(here, "search/" + page.words);
    }
    return here.show("search", page);
}

constexpr page_route search_routes[] = {{"search", search}};
constexpr template_need search_needs[] = {{"search", &describe<search_page>}};

}  // namespace

const page_group search_pages{search_routes, search_needs};

}  // namespace veche::api::pages
