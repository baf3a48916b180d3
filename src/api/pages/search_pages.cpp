// Search over sessions, decisions, measures and bodies, in all languages at once, with the letters
// that people interchange folded together.

#include "api/pages/visit.hpp"
#include "assembly/views.hpp"
#include "programme/views.hpp"
#include "render/locale.hpp"

namespace veche::api::pages {
namespace {

struct finding {
    std::string kind;
    std::string href;
    localized title;
    std::string more;
    std::optional<instant> at;
};
VECHE_FIELDS(finding, (kind, "session, decision, measure, approval or body."), (href, "Its page."),
             (title, "Its title."), (more, "Its number."), (at, "When."))

struct search_page {
    std::string words;
    std::vector<finding> findings;
};
VECHE_FIELDS(search_page, (words, "What was searched for."), (findings, "What was found."))

/// The words of a search; a thing is found if its texts hold all of them.
class matcher {
  public:
    explicit matcher(std::string_view words) {
        const std::string all = render::folded(words);
        for (std::size_t at = 0; at < all.size();) {
            const auto space = std::min(all.find(' ', at), all.size());
            if (space > at) words_.push_back(all.substr(at, space - at));
            at = space + 1;
        }
    }
    [[nodiscard]] bool empty() const { return words_.empty(); }
    [[nodiscard]] bool found_in(const localized& title, std::string_view id) const {
        std::string all = render::folded(id);
        for (const auto& [language, text] : title) all += " " + render::folded(text);
        for (const std::string& word : words_)
            if (all.find(word) == std::string::npos) return false;
        return true;
    }

  private:
    std::vector<std::string> words_;
};

void find_in_assembly(visit& here, const matcher& match, std::vector<finding>& out) {
    if (const auto view = here.ask<assembly::decisions_view>(assembly::decisions_query{}))
        for (const auto& one : (*view)->decisions)
            if (match.found_in(one.title, one.id.value))
                out.push_back({"decision", here.link("decisions/" + one.id.value), one.title,
                               one.id.value, one.at});
    if (const auto view = here.ask<assembly::sessions_view>(assembly::sessions_query{}))
        for (const auto* list : {&(*view)->coming, &(*view)->past})
            for (const auto& one : *list)
                if (match.found_in(one.title, one.id.value))
                    out.push_back({"session", here.link("sessions/" + one.id.value), one.title, "",
                                   one.starts});
}

void find_in_programme(visit& here, const matcher& match, std::vector<finding>& out) {
    const auto view = here.ask<programme::measures_view>(programme::measures_query{});
    if (!view) return;
    for (const auto& one : (*view)->measures)
        if (match.found_in(one.title, one.id.value))
            out.push_back({"measure", here.link("programme/" + one.id.value), one.title,
                           one.id.value, std::nullopt});
    const auto approvals = here.ask<programme::approvals_view>(programme::approvals_query{});
    if (!approvals) return;
    for (const auto& one : (*approvals)->approvals)
        if (match.found_in(one.title, one.id.value))
            out.push_back(
                {"approval", here.link("approvals/" + one.id.value), one.title, "", one.started});
}

response search(visit& here) {
    search_page page;
    page.words = here.asked.query_value("q");
    here.page.searched = page.words;
    const matcher match(page.words);
    if (!match.empty()) {
        find_in_assembly(here, match, page.findings);
        find_in_programme(here, match, page.findings);
        for (const auto& body : here.charter.document().bodies)
            if (match.found_in(body.name, body.id.value))
                page.findings.push_back(
                    {"body", here.link("bodies/" + body.id.value), body.name, "", std::nullopt});
    }
    if (here.form == "json") return here.json(page.findings);
    return here.show("search", page);
}

constexpr page_route routes[] = {{"search", search}};
constexpr template_need needs[] = {{"search", &describe<search_page>}};

}  // namespace

const page_group search_pages{routes, needs};

}  // namespace veche::api::pages
