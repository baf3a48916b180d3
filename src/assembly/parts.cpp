#include "assembly/parts.hpp"

#include <algorithm>
#include <set>

#include "assembly/amendments.hpp"
#include "assembly/bundles.hpp"
#include "assembly/course_refusal.hpp"
#include "assembly/limits.hpp"
#include "assembly/motion_checks.hpp"
#include "assembly/motion_refusal.hpp"
#include "assembly/readiness.hpp"
#include "kernel/hash.hpp"

namespace veche::assembly {

namespace {

/// Numbers that exist, each in one part only.
result<void> check_numbers(const std::vector<std::int32_t>& numbers, std::size_t count,
                           const std::string& place, std::set<std::int32_t>& taken) {
    for (const std::int32_t n : numbers) {
        if (n < 1 || n > static_cast<std::int64_t>(count))
            return refuse(refusals::place_unknown, place, std::to_string(n), "1",
                          std::to_string(count));
        if (!taken.insert(n).second)
            return refuse(refusals::parts_overlap, place, std::to_string(n));
    }
    return {};
}

result<void> check_parts(const world& w, const motion& m, const split_motion& c) {
    if (c.parts.size() > limits::parts)
        return refuse(refusals::too_many, "parts", std::to_string(limits::parts));
    std::set<std::int32_t> paragraphs, orders;
    for (std::size_t i = 0; i < c.parts.size(); ++i) {
        const part_of_motion& part = c.parts[i];
        const std::string place = "parts." + std::to_string(i);
        VECHE_CHECK(check_text(w.charter, part.title, place + ".title", limits::title_bytes,
                               presence_of_text::optional));
        if (part.paragraphs.empty() && part.orders.empty())
            return refuse(refusals::part_empty, place + ".paragraphs");
        VECHE_CHECK(check_numbers(part.paragraphs, places_in(w.charter, m.original),
                                  place + ".paragraphs", paragraphs));
        VECHE_CHECK(
            check_numbers(part.orders, m.original_enactments.size(), place + ".orders", orders));
    }
    return {};
}

/// Where the command names none: each paragraph by itself.
std::vector<part_of_motion> parts_asked(const charter::state& charter, const motion& m,
                                        const split_motion& c) {
    if (!c.parts.empty()) return c.parts;
    std::vector<part_of_motion> parts;
    const auto count =
        static_cast<std::int32_t>(std::min(places_in(charter, m.original), limits::parts));
    for (std::int32_t n = 1; n <= count; ++n) parts.push_back({{}, {n}, {}});
    return parts;
}

changed_text text_now(const charter::state& charter, const state& s, const motion& m) {
    return change_all(m.original, language_of_record(charter, m.original), changes_of(s, m));
}

}  // namespace

std::vector<text_change> changes_of(const state& s, const motion& m) {
    std::vector<text_change> out;
    for (const amendment_id& id : m.adopted)
        if (const amendment& a = *s.amendments.find(id);
            a.kind != amendment_kind::replace_enactment)
            out.push_back({a.kind, a.place, a.text});
    for (const motion_part& part : m.parts)
        if (part.status == part_status::dropped)
            for (const std::int32_t n : part.what.paragraphs)
                out.push_back({amendment_kind::delete_, n, {}});
    return out;
}

std::vector<enactment> orders_of(const state& s, const motion& m) {
    std::vector<enactment> orders = m.original_enactments;
    for (const amendment_id& id : m.adopted)
        if (const amendment& a = *s.amendments.find(id); a.order)
            orders[static_cast<std::size_t>(a.place) - 1] = *a.order;
    std::set<std::int32_t> gone;
    for (const motion_part& part : m.parts)
        if (part.status == part_status::dropped)
            gone.insert(part.what.orders.begin(), part.what.orders.end());
    std::vector<enactment> left;
    for (std::size_t i = 0; i < orders.size(); ++i)
        if (!gone.contains(static_cast<std::int32_t>(i) + 1)) left.push_back(std::move(orders[i]));
    return left;
}

localized text_of_part(const state& s, const motion& m, const motion_part& part) {
    localized out;
    const auto changes = changes_of(s, m);
    for (const auto& [language, words] : m.text) {
        const auto slots = change_text(m.original.at(language), language, changes);
        std::vector<std::string> kept;
        for (const std::int32_t n : part.what.paragraphs) {
            const text_slot& slot = slots.at(static_cast<std::size_t>(n));
            // A part that fell out is shown as it was put to the vote.
            if (slot.now.empty())
                kept.push_back(slot.was);
            else
                kept.insert(kept.end(), slot.now.begin(), slot.now.end());
        }
        if (!kept.empty()) out[language] = text_of(kept);
    }
    return out;
}

result<void> check_parts_settled(const motion& m) {
    for (std::size_t i = 0; i < m.parts.size(); ++i)
        if (m.parts[i].status == part_status::waiting)
            return refuse(refusals::parts_pending, "motion", std::to_string(i + 1));
    return {};
}

bool is_empty(const motion& m) {
    return std::all_of(m.text.begin(), m.text.end(),
                       [](const auto& words) { return words.second.empty(); });
}

result<void> check_part(const world& w, const motion& m, std::int32_t part) {
    VECHE_CHECK(check_divisible(w.charter, m.rule, "part"));
    VECHE_CHECK(require_tabled(m, "motion"));
    VECHE_CHECK(check_way(w, m, std::nullopt));
    const motion_part& asked = m.parts[static_cast<std::size_t>(part) - 1];
    if (asked.status != part_status::waiting)
        return refuse(refusals::part_voted, "part", std::to_string(part),
                      std::string(name_of(asked.status)));
    return {};
}

part_dropped dropped_part(const charter::state& charter, const state& s, const motion& m,
                          std::int32_t part) {
    changed_text now = text_now(charter, s, m);
    part_dropped e;
    e.motion = m.id;
    e.part = part;
    for (const auto& [language, words] : now.text) e.sha256[language] = to_hex(sha256(words));
    e.left_behind = std::move(now.left_behind);
    return e;
}

void restore_parts(state& s, const charter::state& charter, motion& m) {
    for (motion_part& part : m.parts) part.status = part_status::waiting;
    changed_text now = text_now(charter, s, m);
    m.put_text(std::move(now.text));
    m.left_behind = std::move(now.left_behind);
    m.enactments = orders_of(s, m);
}

result<events> decide(const world& w, const split_motion& c, const context& ctx) {
    const motion* m = VECHE_TRY(known_motion(w.own, c.motion, "motion"));
    VECHE_CHECK(may_ask<split_motion>(w, m->body, ctx));
    VECHE_CHECK(check_parts(w, *m, c));
    VECHE_CHECK(check_divisible(w.charter, m->rule, "motion"));
    const session& s = *w.own.sessions.find(m->session);
    if (s.over()) return refuse(refusals::session_over, "motion", s.id.value);
    VECHE_CHECK(require_tabled(*m, "motion"));
    if (const bundle* in = bundle_of(w.own, *m))
        return refuse(refusals::in_bundle, "motion", m->id.value, in->id.value);
    if (!m->parts.empty()) return refuse(refusals::split_already, "motion", m->id.value);
    return events{};
}

void apply(state& s, const charter::state& charter, const split_motion& c, const context&) {
    motion& m = s.motions.edit(c.motion);
    for (part_of_motion& part : parts_asked(charter, m, c))
        m.parts.push_back({std::move(part), part_status::waiting, {}});
}

void apply(state& s, const charter::state& charter, const part_dropped& e, const context&) {
    changed_text now = text_now(charter, s, *s.motions.find(e.motion));
    motion& m = s.motions.edit(e.motion);
    m.put_text(std::move(now.text));
    m.left_behind = std::move(now.left_behind);
    m.enactments = orders_of(s, m);
    if (!is_empty(m)) return;
    m.status = motion_status::rejected;
    lapse_amendments(s, m);
}

}  // namespace veche::assembly
