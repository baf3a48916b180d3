#include "charter/commands.hpp"
#include "charter/refusal.hpp"

namespace veche::charter {

namespace {

/// A refusal about a document, as it lies in the command.
result<void> check_in(const charter_document& document, std::string_view field) {
    auto sound = check(document);
    if (!sound) {
        std::string& at = sound.error().field;
        at = std::string(field) + (at.empty() ? "" : "." + at);
    }
    return sound;
}

/// The body in which a mandate gives a seat or an office.
result<body_id> body_of(const state& s, const mandate& m) {
    if (m.seat.has_value() == m.office.has_value()) return refuse(refusals::mandate_aim, "mandate");
    if (m.office) {
        const office* found = s.find_office(*m.office);
        if (!found)
            return refuse(refusals::reference_unknown, "mandate.office", "office", m.office->value);
        return found->body;
    }
    const seat* found = s.find_seat(*m.seat);
    if (!found) return refuse(refusals::reference_unknown, "mandate.seat", "seat", *m.seat);
    return found->body;
}

date day_before(date d) {
    return {d.days - 1};
}

}  // namespace

result<events> decide(const world& w, const found& c, const context& ctx) {
    if (w.charter.founded() || ctx.seq != 0 || ctx.decision)
        return refuse(refusals::already_founded);
    VECHE_CHECK(check_in(c.document, "document"));
    return events{};
}

result<events> decide(const world& w, const amend& c, const context& ctx) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    const charter_document& now = w.charter.document();
    if (!now.amendment) return refuse(refusals::never_amended);
    if (!ctx.decision || ctx.decision->body != now.amendment->body ||
        ctx.decision->rule != now.amendment->rule)
        return refuse(refusals::only_by_decision, {}, now.amendment->body.value,
                      now.amendment->rule);
    VECHE_CHECK(check_amendment(now, c.changes, c.removals));
    VECHE_CHECK(check_in(amended(now, c.changes, c.removals), "changes"));
    return events{};
}

result<events> decide(const world& w, const grant_mandate& c, const context& ctx) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    const body_id body = VECHE_TRY(body_of(w.charter, c.mandate));
    VECHE_CHECK(require(w.charter, ctx, "mandates", body, grant_mandate::wire.type));
    if (w.charter.find_mandate(c.mandate.id))
        return refuse(refusals::id_taken, "mandate.id", c.mandate.id);
    if (c.mandate.from < date_of(ctx.at))
        return refuse(refusals::day_past, "mandate.from", to_text(c.mandate.from));
    charter_document changes;
    changes.id = w.charter.document().id;
    changes.mandates.push_back(c.mandate);
    VECHE_CHECK(check_in(amended(w.charter.document(), changes, {}), "mandate"));
    return events{};
}

result<events> decide(const world& w, const end_mandate& c, const context& ctx) {
    if (!w.charter.founded()) return refuse(refusals::not_founded);
    const mandate* held = w.charter.find_mandate(c.mandate);
    if (!held) return refuse(refusals::mandate_unknown, "mandate", c.mandate);
    const body_id body = VECHE_TRY(body_of(w.charter, *held));
    VECHE_CHECK(require(w.charter, ctx, "mandates", body, end_mandate::wire.type));
    if (held->until && *held->until <= c.until)
        return refuse(refusals::mandate_ended, "until", held->id, to_text(*held->until));
    // Yesterday as the last day ends a mandate at once.
    if (c.until < day_before(date_of(ctx.at)))
        return refuse(refusals::day_past, "until", to_text(c.until));
    if (c.until < held->from)
        return refuse(refusals::days_reversed, "until", to_text(held->from), to_text(c.until));
    return events{};
}

}  // namespace veche::charter
