// Folding amendments and what they make of a text.

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/assembly.hpp"

namespace veche::assembly {

namespace {

/// Ends what waits among these, and what waits to be put into them.
void end_waiting(state& s, const std::vector<amendment_id>& among, amendment_status how) {
    for (const amendment_id& id : among) {
        if (waits(*s.amendments.find(id))) s.amendments.edit(id).status = how;
        for (const amendment_id& to_it : s.amendments.find(id)->amendments)
            if (waits(*s.amendments.find(to_it))) s.amendments.edit(to_it).status = how;
    }
}

const localized& amended_text(const state& s, const amendment& a) {
    return a.amends ? s.amendments.find(*a.amends)->original : s.motions.find(a.motion)->original;
}

}  // namespace

void lapse_amendments(state& s, const motion& m) {
    end_waiting(s, m.amendments, amendment_status::lapsed);
}

void apply(state& s, const charter::state& charter, const table_amendment& c, const context& ctx) {
    amendment made;
    made.id = c.amendment;
    made.motion = c.motion;
    made.amends = c.amends;
    made.kind = c.kind;
    made.place = c.paragraph;
    made.original = made.text = c.text;
    made.order = c.order;
    made.reason = c.reason;
    made.tabled_by = ctx.actor;
    made.tabled_as = ctx.auth;
    made.at = ctx.at;
    made.seq = ctx.seq;
    made.distance = distance_of(charter, amended_text(s, made), made);
    if (const auto& how = charter.find_body(s.motions.find(c.motion)->body)->motions)
        made.support.needed = how->amendment_supporters.value_or(0);
    auto& among =
        c.amends ? s.amendments.edit(*c.amends).amendments : s.motions.edit(c.motion).amendments;
    among.push_back(c.amendment);
    ++s.motions.edit(c.motion).amendments_tabled;
    s.amendments.insert(c.amendment, std::move(made));
}

void apply(state& s, const charter::state&, const withdraw_amendment& c, const context&) {
    amendment& a = s.amendments.edit(c.amendment);
    a.status = amendment_status::withdrawn;
    end_waiting(s, std::vector<amendment_id>(a.amendments), amendment_status::fallen);
}

void apply(state& s, const charter::state&, const set_voting_order& c, const context&) {
    s.motions.edit(c.motion).order = c.amendments;
}

void apply(state& s, const charter::state& charter, const text_amended& e, const context&) {
    for (const amendment_id& id : e.fallen) s.amendments.edit(id).status = amendment_status::fallen;
    const amendment adopted = *s.amendments.find(e.adopted);
    const motion& of = *s.motions.find(e.motion);
    const amendment* amended = e.amendment ? s.amendments.find(*e.amendment) : nullptr;
    changed_text now = merge(charter, s, of, amended, &adopted);
    if (amended) {
        amendment& changed = s.amendments.edit(*e.amendment);
        changed.text = std::move(now.text);
        changed.left_behind = std::move(now.left_behind);
        changed.adopted.push_back(e.adopted);
        changed.distance = distance_of(charter, of.original, changed);
        return;
    }
    motion& changed = s.motions.edit(e.motion);
    changed.put_text(std::move(now.text));
    changed.left_behind = std::move(now.left_behind);
    changed.adopted.push_back(e.adopted);
    if (adopted.order)
        changed.enactments[static_cast<std::size_t>(adopted.place) - 1] = *adopted.order;
}

}  // namespace veche::assembly
