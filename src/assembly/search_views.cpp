#include "assembly/search_views.hpp"

#include <algorithm>

#include "assembly/view_making.hpp"
#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"

namespace veche::assembly {

namespace {

/// What was found, before it is dressed up: of ten thousand only some are shown.
struct match {
    search_kind kind;
    instant at;
    std::string_view id;
    const localized* title;
    const body_id* body;
    std::optional<instant> changed;
};

std::string folded(std::string_view id, const localized& title) {
    std::string all{id};
    for (const auto& [language, words] : title) all += "\n" + words;
    return fold_for_search(all);
}

std::vector<match> matches(const state& s, const search_words& words) {
    std::vector<match> found;
    for (const auto& [id, d] : s.decisions)
        if (const motion& m = *s.motions.find(d.motion); words.found_in({id.value, *m.words}))
            found.push_back({search_kind::decision, d.at, id.value, &m.title, &d.body, d.at});
    for (const auto& [id, m] : s.motions)
        if (!m.decision && words.found_in({*m.words}))
            found.push_back({search_kind::motion, m.at, id.value, &m.title, &m.body, m.at});
    for (const auto& [id, one] : s.sessions)
        if (words.found_in({folded(id.value, one.title)}))
            found.push_back(
                {search_kind::session, one.starts, id.value, &one.title, &one.body, one.changed});
    for (const auto& [id, one] : s.elections)
        if (words.found_in({folded(id.value, one.title)}))
            found.push_back({search_kind::election, s.sessions.find(one.session)->starts, id.value,
                             &one.title, &one.body, std::nullopt});
    return found;
}

}  // namespace

result<search_view> ask(const world& w, const search_query& q, const viewer&) {
    search_view out;
    const search_words words(q.query);
    if (words.empty()) return out;
    std::vector<match> found = matches(w.own, words);
    out.found = static_cast<std::int32_t>(found.size());
    std::stable_sort(found.begin(), found.end(), [](const match& a, const match& b) {
        return a.kind != b.kind ? a.kind < b.kind : a.at > b.at;
    });
    for (const match& one : part_of(found, q.offset, q.count))
        out.rows.push_back({one.kind, std::string(one.id), *one.title,
                            show_body(w.charter, *one.body), one.at, one.changed});
    return out;
}

}  // namespace veche::assembly
