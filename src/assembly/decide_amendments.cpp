// Amendments: tabling, withdrawing, the order of voting.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"

namespace veche::assembly {

namespace {

/// The text that is amended, or nothing where the motion's orders are.
struct target {
    const motion* of = nullptr;
    const amendment* amends = nullptr;
    [[nodiscard]] const localized& text() const { return amends ? amends->original : of->original; }
};

result<target> find_target(const world& w, const table_amendment& c) {
    target t;
    t.of = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    if (!c.amends) return t;
    t.amends = w.own.amendments.find(*c.amends);
    if (!t.amends || t.amends->motion != c.motion)
        return refuse(refusals::amendment_unknown, "amends", c.amends->value);
    return t;
}

result<void> check_depth(const target& t, const table_amendment& c) {
    if (!t.amends) return {};
    if (t.amends->amends) return refuse(refusals::amendment_too_deep, "amends", t.amends->id.value);
    if (t.amends->original.empty() || c.kind == amendment_kind::replace_enactment)
        return refuse(refusals::amendment_wordless, "amends", t.amends->id.value);
    return {};
}

result<void> check_place(const world& w, const target& t, const table_amendment& c) {
    const std::size_t count = c.kind == amendment_kind::replace_enactment
                                  ? t.of->original_enactments.size()
                                  : places_in(w.charter, t.text());
    const std::int32_t least = c.kind == amendment_kind::insert_after ? 0 : 1;
    if (c.paragraph < least || c.paragraph > static_cast<std::int64_t>(count))
        return refuse(refusals::place_unknown, "paragraph", std::to_string(c.paragraph),
                      std::to_string(least), std::to_string(count));
    return {};
}

/// Words where the kind takes words, in the language of record at least; a command where it takes
/// one; nothing that the kind does not take.
result<void> check_contents(const world& w, const target& t, const table_amendment& c, instant at) {
    const bool worded = c.kind == amendment_kind::replace || c.kind == amendment_kind::insert_after;
    if (!worded && !c.text.empty()) return refuse(refusals::leave_out, "text");
    if (worded) {
        VECHE_CHECK(
            check_text(w.charter, c.text, "text", limits::text_bytes, presence_of_text::required));
        const std::string record = language_of_record(w.charter, t.text());
        const auto words = c.text.find(record);
        if (words == c.text.end() || paragraphs_of(words->second).empty())
            return refuse(refusals::record_language_missing, "text." + record, record);
    }
    const bool of_orders = c.kind == amendment_kind::replace_enactment;
    if (!of_orders && c.order) return refuse(refusals::leave_out, "order");
    if (of_orders && !c.order) return refuse(refusals::order_missing, "order");
    if (c.order) VECHE_CHECK(check_enactment(w, t.of->body, *c.order, "order", at));
    return check_text(w.charter, c.reason, "reason", limits::text_bytes,
                      presence_of_text::optional);
}

/// The place is still open: nothing adopted has changed it, and what is amended waits for its vote.
result<void> check_open(const world& w, const target& t, const table_amendment& c, instant at) {
    if (w.own.sessions.find(t.of->session)->over())
        return refuse(refusals::session_over, "motion", t.of->session.value);
    VECHE_CHECK(require_tabled(*t.of, "motion"));
    if (const bundle* in = bundle_of(w.own, *t.of))
        return refuse(refusals::in_bundle, "motion", t.of->id.value, in->id.value);
    for (std::size_t i = 0; i < t.of->parts.size(); ++i)
        if (t.of->parts[i].status != part_status::waiting)
            return refuse(refusals::part_voted, "motion", std::to_string(i + 1),
                          std::string(name_of(t.of->parts[i].status)));
    if (t.amends && !waits(*t.amends))
        return refuse(refusals::amendment_not_tabled, "amends", t.amends->id.value,
                      std::string(name_of(t.amends->status)));
    const auto closes = amendments_close(w.charter, w.own, *t.of);
    if (closes && *closes <= at)
        return refuse(refusals::amendments_closed, "motion", to_text(*closes));
    amendment like;
    like.motion = c.motion;
    like.amends = c.amends;
    like.kind = c.kind;
    like.place = c.paragraph;
    if (settled_by(w.own, *t.of, like))
        return refuse(refusals::place_settled, "paragraph", std::to_string(c.paragraph));
    return {};
}

result<const amendment*> known_amendment(const state& s, const amendment_id& id,
                                         const std::string& field) {
    if (const amendment* found = s.amendments.find(id)) return found;
    return refuse(refusals::amendment_unknown, field, id.value);
}

}  // namespace

result<events> decide(const world& w, const table_amendment& c, const context& ctx) {
    const target t = VECHE_TRY(find_target(w, c));
    VECHE_CHECK(may_table<table_amendment>(w, t.of->body, ctx));
    if (w.own.amendments.contains(c.amendment))
        return refuse(refusals::id_taken, "amendment", c.amendment.value);
    VECHE_CHECK(check_depth(t, c));
    VECHE_CHECK(check_place(w, t, c));
    VECHE_CHECK(check_contents(w, t, c, ctx.at));
    if (t.of->amendments_tabled >= limits::amendments)
        return refuse(refusals::too_many, "amendment", std::to_string(limits::amendments));
    VECHE_CHECK(check_open(w, t, c, ctx.at));
    return events{};
}

result<events> decide(const world& w, const withdraw_amendment& c, const context& ctx) {
    const amendment* a = VECHE_TRY(known_amendment(w.own, c.amendment, "amendment"));
    const motion& m = *w.own.motions.find(a->motion);
    if (!tabled_it(w, a->tabled_by, a->tabled_as, ctx) &&
        !require_power<withdraw_amendment>(w, ctx, "preside", m.body))
        return refuse(refusals::may_not_withdraw_amendment, "amendment");
    if (!waits(*a))
        return refuse(refusals::amendment_not_tabled, "amendment", a->id.value,
                      std::string(name_of(a->status)));
    return require_tabled(m, "amendment").map([] { return events{}; });
}

result<events> decide(const world& w, const set_voting_order& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    for (const amendment_id& id : c.amendments)
        if (std::find(m->amendments.begin(), m->amendments.end(), id) == m->amendments.end())
            return refuse(refusals::amendment_unknown, "amendments", id.value);
    VECHE_CHECK(require_power<set_voting_order>(w, ctx, "preside", m->body));
    for (auto id = c.amendments.begin(); id != c.amendments.end(); ++id)
        if (std::find(c.amendments.begin(), id, *id) != id)
            return refuse(refusals::amendment_repeated, "amendments", id->value);
    for (const amendment_id& id : c.amendments)
        if (const amendment& a = *w.own.amendments.find(id); !waits(a))
            return refuse(refusals::amendment_not_tabled, "amendments", id.value,
                          std::string(name_of(a.status)));
    return require_tabled(*m, "motion").map([] { return events{}; });
}

}  // namespace veche::assembly
