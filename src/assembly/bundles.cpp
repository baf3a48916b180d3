#include "assembly/bundles.hpp"

#include <algorithm>

#include "assembly/amendments.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/reactions.hpp"
#include "assembly/readiness.hpp"

namespace veche::assembly {

namespace {

template <class T>
bool holds(const std::vector<T>& list, const T& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

std::string place_at(std::string_view field, std::size_t i) {
    return std::string(field) + "." + std::to_string(i);
}

template <class Id>
result<void> named_once(const std::vector<Id>& ids, std::string_view field) {
    for (auto id = ids.begin(); id != ids.end(); ++id)
        if (std::find(ids.begin(), id, *id) != id)
            return refuse(refusals::bundled_twice,
                          place_at(field, static_cast<std::size_t>(id - ids.begin())), id->value);
    return {};
}

/// What is named exists, the amendments belong to the one motion named.
result<std::vector<const motion*>> find_motions(const state& s, const bundle_motions& c) {
    std::vector<const motion*> found;
    for (std::size_t i = 0; i < c.motions.size(); ++i)
        found.push_back(VECHE_TRY(known_motion(s, c.motions[i], place_at("motions", i))));
    for (std::size_t i = 0; i < c.amendments.size(); ++i) {
        const amendment* a = s.amendments.find(c.amendments[i]);
        if (!a || !holds(c.motions, a->motion))
            return refuse(refusals::amendment_unknown, place_at("amendments", i),
                          c.amendments[i].value);
    }
    return found;
}

result<void> check_size(const bundle_motions& c) {
    const bool of_amendments = !c.amendments.empty();
    const std::size_t size = of_amendments ? c.amendments.size() : c.motions.size();
    const std::string field = of_amendments ? "amendments" : "motions";
    if (size < 2 || (of_amendments && c.motions.size() != 1))
        return refuse(refusals::bundle_too_small, field);
    if (size > limits::bundled)
        return refuse(refusals::too_many, field, std::to_string(limits::bundled));
    return {};
}

/// One body, one session, one rule, so that one roll and one result can stand for all.
result<void> check_alike(const std::vector<const motion*>& motions) {
    const motion& first = *motions.front();
    for (std::size_t i = 1; i < motions.size(); ++i)
        if (motions[i]->body != first.body || motions[i]->session != first.session ||
            motions[i]->rule != first.rule)
            return refuse(refusals::bundle_mixed, place_at("motions", i), motions[i]->id.value);
    return {};
}

/// Amendments to the text itself, of which no two and no other that waits change one place.
result<void> check_amendments(const state& s, const motion& m, const bundle_motions& c) {
    for (std::size_t i = 0; i < c.amendments.size(); ++i) {
        const amendment& a = *s.amendments.find(c.amendments[i]);
        const auto rival =
            std::find_if(m.amendments.begin(), m.amendments.end(), [&](const amendment_id& id) {
                const amendment& other = *s.amendments.find(id);
                return id != a.id && waits(other) && compete(a, other);
            });
        if (a.amends || rival != m.amendments.end())
            return refuse(refusals::bundle_competes, place_at("amendments", i), a.id.value);
    }
    return {};
}

result<void> check_free(const world& w, const std::vector<const motion*>& motions,
                        const bundle_motions& c) {
    const session& s = *w.own.sessions.find(motions.front()->session);
    if (s.over()) return refuse(refusals::session_over, "motions", s.id.value);
    for (std::size_t i = 0; i < motions.size(); ++i) {
        VECHE_CHECK(require_tabled(*motions[i], place_at("motions", i)));
        if (const bundle* in = bundle_of(w.own, *motions[i]))
            return refuse(refusals::in_bundle, place_at("motions", i), motions[i]->id.value,
                          in->id.value);
        if (c.amendments.empty() && !motions[i]->parts.empty())
            return refuse(refusals::split_already, place_at("motions", i), motions[i]->id.value);
    }
    for (std::size_t i = 0; i < c.amendments.size(); ++i) {
        const amendment& a = *w.own.amendments.find(c.amendments[i]);
        if (!waits(a))
            return refuse(refusals::amendment_not_tabled, place_at("amendments", i), a.id.value,
                          std::string(name_of(a.status)));
        if (const bundle* in = bundle_of(w.own, a))
            return refuse(refusals::in_bundle, place_at("amendments", i), a.id.value, in->id.value);
    }
    return {};
}

/// One that waits for its vote has nothing to wait for any more.
void dissolve(bundle& b) {
    if (b.status == bundle_status::standing) b.status = bundle_status::dissolved;
}

/// Under which its vote would be held.
std::string rule_of(const world& w, const bundle& b) {
    const motion& first = *w.own.motions.find(b.motions.front());
    return b.amendments.empty() ? first.rule : amendment_rule(w.charter, first);
}

bool stands(const bundle& b) {
    return b.status == bundle_status::standing || b.status == bundle_status::voting;
}

}  // namespace

std::vector<motion_id> motions_left(const state& s, const bundle& b) {
    std::vector<motion_id> left;
    for (const motion_id& id : b.motions) {
        const motion_status status = s.motions.find(id)->status;
        if (status == motion_status::tabled || status == motion_status::voting) left.push_back(id);
    }
    return left;
}

std::vector<amendment_id> amendments_left(const state& s, const bundle& b) {
    std::vector<amendment_id> left;
    for (const amendment_id& id : b.amendments) {
        const amendment_status status = s.amendments.find(id)->status;
        if (status == amendment_status::tabled || status == amendment_status::voting)
            left.push_back(id);
    }
    return left;
}

const bundle* bundle_of(const state& s, const motion& m) {
    const bundle* b = m.bundle ? s.bundles.find(*m.bundle) : nullptr;
    return b && stands(*b) ? b : nullptr;
}

const bundle* bundle_of(const state& s, const amendment& a) {
    const bundle* b = a.bundle ? s.bundles.find(*a.bundle) : nullptr;
    return b && stands(*b) ? b : nullptr;
}

result<void> check_divisible(const charter::state& charter, const std::string& rule,
                             const std::string& field) {
    const charter::rule* parsed = charter.parsed_rule(rule);
    if (parsed && parsed->silence) return refuse(refusals::silence_is_whole, field, rule);
    return {};
}

result<void> check_bundle(const world& w, const bundle& b) {
    VECHE_CHECK(check_divisible(w.charter, rule_of(w, b), "bundle"));
    if (b.status != bundle_status::standing)
        return refuse(refusals::bundle_not_standing, "bundle", b.id.value,
                      std::string(name_of(b.status)));
    if (b.amendments.empty()) {
        const auto left = motions_left(w.own, b);
        if (left.empty())
            return refuse(refusals::bundle_not_standing, "bundle", b.id.value, "dissolved");
        for (const motion_id& id : left) VECHE_CHECK(check_ready(w, *w.own.motions.find(id), b.id));
        return {};
    }
    const auto left = amendments_left(w.own, b);
    if (left.empty())
        return refuse(refusals::bundle_not_standing, "bundle", b.id.value, "dissolved");
    for (const amendment_id& id : left) {
        const amendment& a = *w.own.amendments.find(id);
        VECHE_CHECK(check_support(*w.own.motions.find(a.motion), &a));
        for (const amendment_id& to_it : a.amendments)
            if (const amendment& further = *w.own.amendments.find(to_it);
                waits(further) && further.support.enough())
                return refuse(refusals::amendments_pending, "bundle", to_it.value);
    }
    return {};
}

result<events> decide(const world& w, const bundle_motions& c, const context& ctx) {
    const auto motions = VECHE_TRY(find_motions(w.own, c));
    if (motions.empty()) return refuse(refusals::bundle_too_small, "motions");
    VECHE_CHECK(require_power<bundle_motions>(w, ctx, "preside", motions.front()->body));
    if (w.own.bundles.contains(c.bundle))
        return refuse(refusals::id_taken, "bundle", c.bundle.value);
    VECHE_CHECK(
        check_text(w.charter, c.title, "title", limits::title_bytes, presence_of_text::optional));
    VECHE_CHECK(named_once(c.motions, "motions"));
    VECHE_CHECK(named_once(c.amendments, "amendments"));
    VECHE_CHECK(check_size(c));
    VECHE_CHECK(check_alike(motions));
    const motion& first = *motions.front();
    VECHE_CHECK(check_divisible(
        w.charter, c.amendments.empty() ? first.rule : amendment_rule(w.charter, first),
        "motions"));
    if (!c.amendments.empty()) VECHE_CHECK(check_amendments(w.own, *motions.front(), c));
    VECHE_CHECK(check_free(w, motions, c));
    return events{};
}

result<events> decide(const world& w, const take_out_of_bundle& c, const context& ctx) {
    const bundle* b = w.own.bundles.find(c.bundle);
    if (!b) return refuse(refusals::bundle_unknown, "bundle", c.bundle.value);
    VECHE_CHECK(may_ask<take_out_of_bundle>(w, b->body, ctx));
    const bool of_amendments = !b->amendments.empty();
    const bool there = of_amendments ? c.amendment && holds(b->amendments, *c.amendment)
                                     : !c.amendment && holds(b->motions, c.motion);
    if (!there)
        return refuse(refusals::not_in_bundle, of_amendments ? "amendment" : "motion",
                      c.amendment ? c.amendment->value : c.motion.value, b->id.value);
    if (b->status != bundle_status::standing)
        return refuse(refusals::bundle_not_standing, "bundle", b->id.value,
                      std::string(name_of(b->status)));
    return events{};
}

void apply(state& s, const charter::state&, const bundle_motions& c, const context& ctx) {
    const motion& first = *s.motions.find(c.motions.front());
    bundle made;
    made.id = c.bundle;
    made.body = first.body;
    made.session = first.session;
    made.title = c.title;
    made.motions = c.motions;
    made.amendments = c.amendments;
    made.at = ctx.at;
    made.seq = ctx.seq;
    if (c.amendments.empty())
        for (const motion_id& id : c.motions) s.motions.edit(id).bundle = c.bundle;
    for (const amendment_id& id : c.amendments) s.amendments.edit(id).bundle = c.bundle;
    s.sessions.edit(made.session).bundles.push_back(c.bundle);
    s.bundles.insert(c.bundle, std::move(made));
}

void apply(state& s, const charter::state&, const take_out_of_bundle& c, const context& ctx) {
    bundle& b = s.bundles.edit(c.bundle);
    b.out.push_back({c.motion, c.amendment, ctx.actor, ctx.auth, ctx.at, ctx.seq});
    if (c.amendment) {
        std::erase(b.amendments, *c.amendment);
        s.amendments.edit(*c.amendment).bundle.reset();
    } else {
        std::erase(b.motions, c.motion);
        s.motions.edit(c.motion).bundle.reset();
    }
    // One thing alone is no bundle.
    if ((c.amendment ? b.amendments.size() : b.motions.size()) < 2) dissolve(b);
}

void bundle_voting(state& s, const bundle_id& id, const vote_id& vote) {
    bundle& b = s.bundles.edit(id);
    b.motions = b.amendments.empty() ? motions_left(s, b) : b.motions;
    b.amendments = amendments_left(s, b);
    b.status = bundle_status::voting;
    b.votes.push_back(vote);
}

void bundle_decided(state& s, const bundle_id& id, charter::outcome outcome) {
    const bool again = outcome != charter::outcome::adopted &&
                       outcome != charter::outcome::rejected &&
                       outcome != charter::outcome::no_opinion;
    bundle& b = s.bundles.edit(id);
    b.status = again                                  ? bundle_status::standing
               : outcome == charter::outcome::adopted ? bundle_status::carried
                                                      : bundle_status::failed;
    if (s.sessions.find(b.session)->over()) dissolve(b);
}

void dissolve_bundles(state& s, const session& over) {
    for (const bundle_id& id : over.bundles) dissolve(s.bundles.edit(id));
}

events after_bundle_carried(const world& w, const bundle& b, const vote_id& vote,
                            const context& ctx) {
    events follow;
    if (b.amendments.empty()) {
        std::int32_t number = next_number(w.own, ctx.at);
        for (const motion_id& id : b.motions)
            follow.push_back(
                make_event(adoption_of(w, *w.own.motions.find(id), vote, number++, ctx.at)));
        return follow;
    }
    // Each is merged into what the one before it left, so the words are folded along.
    state scratch = w.own;
    for (const amendment_id& id : b.amendments) {
        const text_amended e = amended_by(w.charter, scratch, *scratch.amendments.find(id));
        apply(scratch, w.charter, e, ctx);
        follow.push_back(make_event(e));
    }
    return follow;
}

}  // namespace veche::assembly
