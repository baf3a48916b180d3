// Rules before they are adopted: notified, commented on, answered.

#include "barriers/checks.hpp"

namespace veche::barriers {
namespace {

template <class Command>
result<const draft*> draft_for_member(const world& w, const Command& c, const context& ctx) {
    const draft* one = VECHE_TRY(find_draft(w, c.draft));
    const notify_draft& what = one->notified.what;
    VECHE_CHECK(may_answer(w, what.body, what.member, ctx, Command::wire.type));
    return one;
}

result<void> check_not_over(const draft& one) {
    if (one.standing == draft_standing::ended)
        return refuse(refusals::draft_over, "draft", one.notified.what.draft.value);
    return {};
}

/// Words about a draft, with a document perhaps.
template <class Command>
result<void> check_words(const world& w, const Command& c) {
    VECHE_CHECK(need_text(w, c.text, "text"));
    return check_file(c.document);
}

}  // namespace

result<events> decide(const world& w, const notify_draft& c, const context& ctx) {
    if (!w.charter.find_body(c.body)) return refuse(refusals::body_unknown, "body", c.body.value);
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    VECHE_CHECK(may_answer(w, c.body, c.member, ctx, notify_draft::wire.type));
    if (w.own.drafts.contains(c.draft))
        return refuse(refusals::draft_taken, "draft", c.draft.value);
    VECHE_CHECK(need_text(w, c.title, "title", max_title_bytes));
    VECHE_CHECK(need_text(w, c.about, "about"));
    VECHE_CHECK(need_text(w, c.authority, "authority", max_title_bytes));
    VECHE_CHECK(check_hindered(w, c.hinders));
    VECHE_CHECK(check_file(c.document));
    return events{};
}

result<events> decide(const world& w, const comment_draft& c, const context& ctx) {
    const draft* one = VECHE_TRY(find_draft(w, c.draft));
    (void)VECHE_TRY(contact_of(w, one->notified.what.body, ctx, comment_draft::wire.type));
    if (one->standing != draft_standing::open)
        return refuse(refusals::draft_closed, "draft", c.draft.value);
    VECHE_CHECK(check_words(w, c));
    return events{};
}

result<events> decide(const world& w, const reply_draft& c, const context& ctx) {
    const draft* one = VECHE_TRY(draft_for_member(w, c, ctx));
    VECHE_CHECK(check_not_over(*one));
    if (one->standing == draft_standing::open)
        return refuse(refusals::comments_open, "draft", c.draft.value);
    VECHE_CHECK(check_words(w, c));
    return events{};
}

result<events> decide(const world& w, const end_draft& c, const context& ctx) {
    const draft* one = VECHE_TRY(draft_for_member(w, c, ctx));
    VECHE_CHECK(check_not_over(*one));
    VECHE_CHECK(check_words(w, c));
    return events{};
}

}  // namespace veche::barriers
