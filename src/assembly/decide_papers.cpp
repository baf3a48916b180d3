// Papers: terms, versions and translations.

#include <algorithm>

#include "assembly/checks.hpp"
#include "assembly/limits.hpp"

namespace veche::assembly {

namespace {

result<void> check_content(const content_ref& content) {
    const std::string_view fault = fault_in(content);
    if (fault.empty()) return {};
    return refuse(refusals::content_malformed, "content." + std::string(fault));
}

result<void> known_paper(const session& s, const std::optional<paper_id>& id,
                         const std::string& field) {
    if (id && !s.find_paper(*id)) return refuse(refusals::paper_unknown, field, id->value);
    return {};
}

/// A new version or a translation stands where the paper stands that it comes from.
result<void> check_origin(const session& s, const add_paper& c) {
    for (const auto* of : {&c.replaces, &c.translates}) {
        if (!*of) continue;
        const paper& from = *s.find_paper(**of);
        if (c.item && c.item != from.item)
            return refuse(refusals::paper_elsewhere, "item", from.id.value);
        if ((of == &c.replaces) != (from.language == c.language))
            return refuse(refusals::paper_language, "language", from.language);
        if (from.replaced_by)
            return refuse(refusals::paper_replaced, of == &c.replaces ? "replaces" : "translates",
                          from.id.value, from.replaced_by->value);
    }
    if (c.replaces && c.translates &&
        s.find_paper(*c.replaces)->item != s.find_paper(*c.translates)->item)
        return refuse(refusals::paper_elsewhere, "translates", c.translates->value);
    return {};
}

}  // namespace

result<events> decide(const world& w, const add_paper& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (c.item) VECHE_CHECK(known_item(*s, *c.item, "item"));
    VECHE_CHECK(known_paper(*s, c.replaces, "replaces"));
    VECHE_CHECK(known_paper(*s, c.translates, "translates"));
    VECHE_CHECK(require_power<add_paper>(w, ctx, "papers", s->body));
    if (s->find_paper(c.paper)) return refuse(refusals::id_taken, "paper", c.paper.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::required));
    VECHE_CHECK(check_language(w.charter, c.language, "language"));
    VECHE_CHECK(check_content(c.content));
    VECHE_CHECK(check_origin(*s, c));
    VECHE_CHECK(room_for(s->papers.size(), limits::papers, "paper"));
    if (s->status == session_status::cancelled)
        return refuse(refusals::session_over, "session", s->id.value);
    return events{};
}

result<events> decide(const world& w, const require_papers& c, const context& ctx) {
    const session* s = VECHE_TRY(known_session(w.own, c.session, "session"));
    if (c.item) VECHE_CHECK(known_item(*s, *c.item, "item"));
    VECHE_CHECK(require_power<require_papers>(w, ctx, "agenda", s->body));
    VECHE_CHECK(check_to_come(c.due, ctx.at, "due"));
    for (auto one = c.languages.begin(); one != c.languages.end(); ++one) {
        const std::string place = "languages." + std::to_string(one - c.languages.begin());
        VECHE_CHECK(check_language(w.charter, *one, place));
        if (std::find(c.languages.begin(), one, *one) != one)
            return refuse(refusals::language_repeated, place, *one);
    }
    VECHE_CHECK(not_over(*s));
    return events{};
}

}  // namespace veche::assembly
