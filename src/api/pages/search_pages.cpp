// Search over everything, in all languages at once, with the letters that people interchange folded
// together and typing errors forgiven.

#include <algorithm>

#include "api/pages/choices.hpp"
#include "api/pages/feeds.hpp"
#include "api/pages/following.hpp"
#include "api/pages/paging.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "api/search_store.hpp"
#include "kernel/search_fold.hpp"
#include "render/escape.hpp"

namespace veche::api::pages {
namespace {

/// A piece of the text in which the words stand, where the title alone does not say why.
struct found_piece {
    std::string before;
    std::string found;
    std::string after;
};
VECHE_VIEW_HERE(found_piece, (before, "What stands before it."), (found, "The word found."),
                (after, "What stands after it."))

struct finding {
    std::string kind;
    std::string href;
    localized title;
    std::string more;
    std::optional<found_piece> piece;
    std::int64_t errors = 0;
    std::optional<instant> at;
    std::optional<instant> changed;
};
VECHE_VIEW_HERE(
    finding,
    (kind,
     "decision, motion, session, election, measure, approval, finding, dataset, call, "
     "in_call, project, place, organisation, enterprise, link, plan_item, activity, exchange, "
     "payment or body."),
    (href, "Its page."), (title, "Its title."), (more, "Its number."),
    (piece, "Where its text has the words."),
    (errors, "Letters by which its words differ from those that were asked for."), (at, "When."),
    (changed, "When it last changed, where that is known."))

struct found_kind {
    std::string kind;
    std::int64_t count = 0;
    std::string href;
    bool chosen = false;
};
VECHE_VIEW_HERE(found_kind, (kind, "Kind of thing."), (count, "How many were found."),
                (href, "These alone."), (chosen, "Whether only these are shown."))

struct search_page {
    std::string words;
    std::vector<found_kind> kinds;
    std::vector<finding> findings;
    std::int32_t found = 0;
    std::string all;
    bool known = true;
    std::string making;
    std::optional<paging> pages;
};
VECHE_VIEW_HERE(search_page, (words, "What was searched for."),
                (kinds, "How much of each kind was found."),
                (findings, "What was found, as far as this page shows it."),
                (found, "How much was found."), (all, "Address of what was found of every kind."),
                (known, "Whether anything could be looked up."),
                (making, "That what can be found is being gathered, in words."),
                (pages, "Where the reader is in it."))

/// The text in the language of the page, or the first there is.
const std::string* text_in(const localized& texts, const std::string& language) {
    const auto there = texts.find(language);
    if (there != texts.end()) return &there->second;
    return texts.empty() ? nullptr : &texts.begin()->second;
}

/// In the language of the page where the words stand in that; else in the first that has them.
std::optional<found_piece> piece_of(const visit& here, const found_row& row,
                                    std::string_view words) {
    if (row.how.in_text == 0) return std::nullopt;
    std::vector<const std::string*> texts;
    if (const auto* own = text_in(row.what.text, here.lang)) texts.push_back(own);
    for (const auto& [language, text] : row.what.text) texts.push_back(&text);
    for (const std::string* text : texts) {
        search::snippet made = search::snippet_of(*text, words);
        if (!made.found.empty())
            return found_piece{std::move(made.before), std::move(made.found),
                               std::move(made.after)};
    }
    return std::nullopt;
}

finding show(const visit& here, found_row& row, std::string_view words) {
    finding out;
    out.piece = piece_of(here, row, words);
    out.kind = row.what.kind;
    out.href = here.link(row.what.path);
    out.title = std::move(row.what.title);
    out.more = row.what.within.empty() ? row.what.more : here.name_of(row.what.within);
    out.errors = row.how.errors;
    out.at = row.what.at;
    out.changed = row.what.changed;
    return out;
}

std::string address(const visit& here, const std::string& words, const std::string& kind) {
    return here.link("search") + "?q=" + render::url_encoded(words) +
           (kind.empty() ? "" : "&kind=" + kind);
}

/// That there is no index yet, as far as it was made.
refusal not_made(const index_progress& at) {
    return {&refusals::index_not_made, {}, {"5", std::to_string(at.done), std::to_string(at.all)}};
}

void look(visit& here, search_page& page) {
    search::query asked;
    asked.words = page.words;
    asked.kind = identifier_asked(here, "kind");
    asked.offset = static_cast<std::size_t>(rows_before(here));
    asked.count = static_cast<std::size_t>(rows_per_page);
    found_things found = here.site.found->find(here.context.office, asked);
    page.known = found.known;
    if (found.making)
        page.making =
            found.known ? here.text("search.making") : here.texts.sentence(not_made(*found.making));
    page.found = static_cast<std::int32_t>(found.found);
    for (found_row& row : found.rows) page.findings.push_back(show(here, row, page.words));
    for (const auto& [kind, count] : found.by_kind)
        page.kinds.push_back({kind, static_cast<std::int64_t>(count),
                              address(here, page.words, kind), kind == asked.kind});
    std::stable_sort(page.kinds.begin(), page.kinds.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    if (!asked.kind.empty()) page.all = address(here, page.words, "");
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

/// Nothing could be looked up: that is no answer, and programs that ask are told to come again.
response not_yet(visit& here, const search_page& page) {
    if (!here.form.empty()) return to_problem(not_made({}));
    response made = here.show("search", page, refusals::index_not_made.http_status);
    return made.add("Retry-After", "5");
}

response search_for(visit& here) {
    search_page page;
    page.words = here.asked.query_value("q");
    here.page.searched = page.words;
    const bool asked = page.words.find_first_not_of(" \t\r\n") != std::string::npos;
    if (asked) look(here, page);
    page.pages = paging_of(here, page.found);
    if (!page.known) return not_yet(here, page);
    if (here.form == "json") return here.json(page.findings);
    if (here.form == "atom") return search_feed(here, page);
    if (asked) {
        offer_atom(here, "search", "?q=" + render::url_encoded(page.words));
        offer_follow(here, "search/" + page.words);
    }
    return here.show("search", page);
}

constexpr page_route search_routes[] = {{"search", search_for}};
constexpr template_need search_needs[] = {{"search", &describe<search_page>}};

}  // namespace

const page_group search_pages{search_routes, search_needs};

}  // namespace veche::api::pages
