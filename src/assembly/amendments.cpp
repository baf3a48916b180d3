#include "assembly/amendments.hpp"

#include <algorithm>
#include <tuple>

#include "assembly/word_diff.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"

namespace veche::assembly {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;

const amendment& the_amendment(const state& s, const amendment_id& id) {
    const amendment* found = s.amendments.find(id);
    VECHE_ENSURE(found, "an amendment of a motion is known");
    return *found;
}

bool takes_a_place(amendment_kind kind) {
    return kind != amendment_kind::insert_after;
}

text_change change_of(const amendment& a) {
    return {a.kind, a.place, a.text};
}

/// Sorts before others: place, kind, how far, when tabled.
auto rank_of(const amendment& a) {
    const bool orders = a.kind == amendment_kind::replace_enactment;
    const int kind = a.kind == amendment_kind::delete_        ? 0
                     : a.kind == amendment_kind::insert_after ? 2
                                                              : 1;
    return std::tuple(orders, a.place, kind, -a.distance, a.seq);
}

std::vector<const amendment*> waiting(const state& s, const std::vector<amendment_id>& among) {
    std::vector<const amendment*> out;
    for (const amendment_id& id : among)
        if (const amendment& a = the_amendment(s, id); waits(a) && a.support.enough())
            out.push_back(&a);
    std::sort(out.begin(), out.end(),
              [](const amendment* a, const amendment* b) { return rank_of(*a) < rank_of(*b); });
    return out;
}

void put_in_order(const state& s, const amendment& a, std::vector<amendment_id>& out) {
    if (std::find(out.begin(), out.end(), a.id) != out.end()) return;
    for (const amendment* to_it : waiting(s, a.amendments)) out.push_back(to_it->id);
    out.push_back(a.id);
}

std::vector<amendment_id> siblings_of(const state& s, const motion& m, const amendment& a) {
    return a.amends ? the_amendment(s, *a.amends).amendments : m.amendments;
}

}  // namespace

bool waits(const amendment& a) {
    return a.status == amendment_status::tabled;
}

std::size_t places_in(const charter::state& charter, const localized& text) {
    const auto words = text.find(language_of_record(charter, text));
    return words == text.end() ? 0 : paragraphs_of(words->second).size();
}

bool compete(const amendment& a, const amendment& b) {
    const bool of_orders = a.kind == amendment_kind::replace_enactment;
    return a.motion == b.motion && a.amends == b.amends && a.place == b.place &&
           of_orders == (b.kind == amendment_kind::replace_enactment) && takes_a_place(a.kind) &&
           takes_a_place(b.kind);
}

const amendment* settled_by(const state& s, const motion& m, const amendment& like) {
    const auto& adopted = like.amends ? the_amendment(s, *like.amends).adopted : m.adopted;
    for (const amendment_id& id : adopted)
        if (const amendment& a = the_amendment(s, id); compete(a, like)) return &a;
    return nullptr;
}

std::vector<amendment_id> voting_order(const state& s, const motion& m) {
    std::vector<amendment_id> out;
    for (const amendment_id& id : m.order)
        if (const amendment& a = the_amendment(s, id); waits(a) && a.support.enough())
            put_in_order(s, a, out);
    for (const amendment* a : waiting(s, m.amendments)) put_in_order(s, *a, out);
    return out;
}

std::int64_t distance_of(const charter::state& charter, const localized& text, const amendment& a) {
    if (a.kind == amendment_kind::replace_enactment) return 0;
    const std::string record = language_of_record(charter, text);
    const auto words = text.find(record);
    if (words == text.end()) return 0;
    const auto paragraphs = paragraphs_of(words->second);
    const auto said = a.text.find(record);
    const std::string_view after = said == a.text.end() ? std::string_view() : said->second;
    if (!takes_a_place(a.kind)) return word_distance("", after);
    return word_distance(paragraphs.at(static_cast<std::size_t>(a.place) - 1), after);
}

changed_text merge(const charter::state& charter, const state& s, const motion& m,
                   const amendment* of, const amendment* next) {
    const localized& text = of ? of->original : m.original;
    std::vector<text_change> changes;
    if (!of) changes = changes_of(s, m);
    if (of)
        for (const amendment_id& id : of->adopted)
            changes.push_back(change_of(the_amendment(s, id)));
    if (next && next->kind != amendment_kind::replace_enactment)
        changes.push_back(change_of(*next));
    return change_all(text, language_of_record(charter, text), changes);
}

text_amended amended_by(const charter::state& charter, const state& s, const amendment& adopted) {
    const motion& m = *s.motions.find(adopted.motion);
    const amendment* of = adopted.amends ? &the_amendment(s, *adopted.amends) : nullptr;
    changed_text now = merge(charter, s, m, of, &adopted);
    text_amended e;
    e.motion = m.id;
    e.adopted = adopted.id;
    e.amendment = adopted.amends;
    for (const auto& [language, words] : now.text) e.sha256[language] = to_hex(sha256(words));
    e.left_behind = std::move(now.left_behind);
    for (const amendment_id& id : siblings_of(s, m, adopted)) {
        const amendment& other = the_amendment(s, id);
        if (!waits(other) || !compete(adopted, other)) continue;
        e.fallen.push_back(id);
        for (const amendment_id& to_it : other.amendments)
            if (waits(the_amendment(s, to_it))) e.fallen.push_back(to_it);
    }
    return e;
}

std::optional<instant> amendments_close(const charter::state& charter, const state& s,
                                        const motion& m) {
    const charter::body* body = charter.find_body(m.body);
    if (!body || !body->motions || !body->motions->amendment_hours) return std::nullopt;
    const instant starts = s.sessions.find(m.session)->starts;
    return instant{starts.ms - *body->motions->amendment_hours * hour_ms};
}

std::string amendment_rule(const charter::state& charter, const motion& m) {
    const charter::body* body = charter.find_body(m.body);
    if (!body || !body->motions) return m.rule;
    return body->motions->amendment_rule.value_or(m.rule);
}

}  // namespace veche::assembly
