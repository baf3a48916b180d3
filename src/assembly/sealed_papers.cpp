#include "assembly/sealed_papers.hpp"

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

result<events> decide(const world& w, const add_sealed_paper& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (c.item && !s->find_item(*c.item))
        return refuse(refusals::item_unknown, "item", c.item->value);
    VECHE_CHECK(require_power<add_sealed_paper>(w, ctx, "papers", s->body));
    const auto& known = s->sealed_papers;
    const bool open = std::any_of(s->papers.begin(), s->papers.end(),
                                  [&](const paper& p) { return p.id == c.paper; });
    if (open || std::find(known.begin(), known.end(), c.paper) != known.end())
        return refuse(refusals::id_taken, "paper", c.paper.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_language(w.charter, c.language, "language"));
    if (known.size() >= limits::papers)
        return refuse(refusals::too_many, "paper", std::to_string(limits::papers));
    if (s->status == session_status::cancelled)
        return refuse(refusals::session_over, "session", s->id.value);
    return events{};
}

void apply(state& s, const charter::state&, const add_sealed_paper& c, const context&) {
    s.sessions.edit(c.session).sealed_papers.push_back(c.paper);
}

}  // namespace veche::assembly
