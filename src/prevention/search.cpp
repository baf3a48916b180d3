#include "prevention/search.hpp"

#include <algorithm>

namespace veche::prevention {
namespace {

void take_procedure(border_rules& out, const charter::prevention_procedure& said) {
    if (!said.checks.empty()) out.clash.checks = said.checks;
    if (!said.kinds.empty()) out.clash.kinds = said.kinds;
    const std::pair<const std::optional<std::int32_t>*, std::int32_t*> all[] = {
        {&said.gap, &out.clash.gap},
        {&said.calendar_days, &out.clash.calendar_days},
        {&said.door_closed, &out.clash.door_closed},
        {&said.door_open, &out.clash.door_open},
        {&said.settle_days, &out.settle_days}};
    for (const auto& [from, into] : all)
        if (*from) *into = **from;
    for (const charter::neighbour_pair& one : said.neighbours)
        out.neighbours.push_back({{one.a, one.a_region}, {one.b, one.b_region}});
}

/// Every member with every other, in the order of the charter.
void pair_members(border_rules& out, const charter::state& charter, date on) {
    const auto& all = charter.document().members;
    const auto belongs = [&](const charter::member& one) {
        return one.from <= on && (!one.until || on <= *one.until);
    };
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j)
            if (belongs(all[i]) && belongs(all[j]))
                out.neighbours.push_back({{all[i].id, {}}, {all[j].id, {}}});
}

/// What an order of the place, or of the member around it, means in that place; nothing where it
/// does not hold there.
std::optional<stretch> meaning_in(const place_of& place, const order_terms& says) {
    stretch out{says.from, says.to.value_or(no_end), {}};
    out.what.level = says.level;
    out.what.general = says.scope == order_scope::general;
    out.what.asks = says.asks;
    out.what.issues = says.issues;
    std::sort(out.what.asks.begin(), out.what.asks.end());
    std::sort(out.what.issues.begin(), out.what.issues.end());
    if (place.region && !says.region && !says.where.empty()) {
        const auto& where = says.where;
        if (std::find(where.begin(), where.end(), *place.region) == where.end())
            return std::nullopt;
        out.what.general = says.whom.empty();  // all of this region
    }
    return out;
}

using order_list = std::vector<order_id>;

void lay(std::vector<stretch>& out, const state& s, const order_list* orders, const place_of& place,
         const std::optional<instant>& known) {
    if (!orders) return;
    for (const order_id& id : *orders) {
        const kept_order& one = *s.orders.find(id);
        const order_version* version = known ? one.known_at(*known) : &one.last();
        if (!version || version->how == order_change::withdrawn) continue;
        if (auto there = meaning_in(place, version->says)) out.push_back(*std::move(there));
    }
}

std::vector<stretch> orders_in(const state& s, const body_id& body, const place_of& place,
                               preventive_kind kind, const std::optional<instant>& known) {
    std::vector<stretch> out;
    lay(out, s, s.by_place.find(place_kind{body, place, kind}), place, known);
    if (place.region)
        lay(out, s, s.by_place.find(place_kind{body, {place.member, {}}, kind}), place, known);
    return out;
}

bool same_span(const clash_case& one, const clash_span& span) {
    return one.from == span.from && one.to == span.to && one.on_a == span.a && one.on_b == span.b;
}

std::optional<date> last_day(const clash_span& span) {
    return span.to == no_end ? std::nullopt : std::optional(span.to);
}

/// What both accepted, or what was decided, was the clash as it stood: other levels, or more days,
/// open it again.
bool goes_beyond(const clash_case& one, const clash_span& span) {
    return one.on_a != span.a || one.on_b != span.b || one.to < span.to;
}

/// Writes the events that one border in one kind needs.
class border_search {
  public:
    border_search(const charter::state& charter, const state& after, const body_id& body,
                  date today)
        : state_(after),
          body_(body),
          rules_(rules_of(charter, body, today)),
          today_(today),
          next_(static_cast<std::int64_t>(after.clashes.size()) + 1) {}

    [[nodiscard]] const border_rules& rules() const { return rules_; }

    void look(const place_of& a, const place_of& b, preventive_kind kind) {
        auto spans = spans_between(state_, body_, a, b, kind, rules_.clash);
        std::erase_if(spans, [&](const clash_span& one) { return one.to < today_; });
        std::vector<bool> held(spans.size(), false);
        if (const auto* live = state_.live.find(border_kind{body_, a, b, kind}))
            for (const std::int64_t number : *live)
                follow(*state_.clashes.find(number), spans, held);
        for (std::size_t i = 0; i < spans.size(); ++i)
            if (!held[i]) open(a, b, kind, spans[i]);
    }
    events take() { return std::move(out_); }

  private:
    /// The first interval of the same check that shares a day with the case is the case.
    void follow(const clash_case& one, const std::vector<clash_span>& spans,
                std::vector<bool>& held) {
        for (std::size_t i = 0; i < spans.size(); ++i) {
            const clash_span& span = spans[i];
            if (held[i] || span.check != one.found.what.check || one.to < span.from ||
                span.to < one.from)
                continue;
            held[i] = true;
            if (same_span(one, span)) return;
            clash_changed e{clash_named(one.number), span.a, span.b, span.from, last_day(span), {}};
            if (one.standing != clash_standing::open && goes_beyond(one, span))
                e.due = date{today_.days + rules_.settle_days};
            out_.push_back(make_event(e));
            return;
        }
        out_.push_back(make_event(clash_aligned{clash_named(one.number)}));
    }

    void open(const place_of& a, const place_of& b, preventive_kind kind, const clash_span& span) {
        out_.push_back(make_event(clash_found{clash_named(next_++),
                                              body_,
                                              kind,
                                              span.check,
                                              a,
                                              b,
                                              span.a,
                                              span.b,
                                              span.from,
                                              last_day(span),
                                              {today_.days + rules_.settle_days}}));
    }

    const state& state_;
    const body_id& body_;
    const border_rules rules_;
    const date today_;
    std::int64_t next_;
    events out_;
};

/// Whether a change in one place may change what holds in the other: itself, or its member.
bool reaches(const place_of& changed, const place_of& other) {
    return changed == other || (changed.member == other.member && !changed.region);
}

}  // namespace

border_rules rules_of(const charter::state& charter, const body_id& body, date on) {
    border_rules out;
    const charter::body* of = charter.find_body(body);
    if (of && of->prevention) take_procedure(out, *of->prevention);
    if (out.neighbours.empty()) pair_members(out, charter, on);
    return out;
}

timeline holding_in(const state& s, const body_id& body, const place_of& place,
                    preventive_kind kind, const std::optional<instant>& known) {
    return laid_out(orders_in(s, body, place, kind, known));
}

bool recorded_in(const state& s, const body_id& body, const place_of& place, preventive_kind kind,
                 const std::optional<instant>& known) {
    return !orders_in(s, body, place, kind, known).empty();
}

std::vector<clash_span> spans_between(const state& s, const body_id& body, const place_of& a,
                                      const place_of& b, preventive_kind kind,
                                      const clash_rules& rules) {
    const auto proofs = preventive_kind::p1;
    const timeline of_a = holding_in(s, body, a, kind), of_b = holding_in(s, body, b, kind);
    const timeline by_a = holding_in(s, body, a, proofs), by_b = holding_in(s, body, b, proofs);
    return clashes_between(kind, {of_a, by_a}, {of_b, by_b}, rules);
}

events follow_clashes(const charter::state& charter, const state& after, const body_id& body,
                      const touched_kinds& touched, date today) {
    border_search search(charter, after, body, today);
    for (const auto& [a, b] : search.rules().neighbours)
        for (const preventive_kind kind : all_kinds) {
            const bool looked_at = std::any_of(touched.begin(), touched.end(), [&](const auto& t) {
                const bool of_kind = t.second == kind || t.second == preventive_kind::p1;
                return of_kind && (reaches(t.first, a) || reaches(t.first, b));
            });
            if (looked_at) search.look(a, b, kind);
        }
    return search.take();
}

events follow_all_clashes(const charter::state& charter, const state& after, const body_id& body,
                          date today) {
    border_search search(charter, after, body, today);
    std::set<border_kind> looked;
    for (const auto& [a, b] : search.rules().neighbours)
        for (const preventive_kind kind : all_kinds) {
            looked.insert({body, a, b, kind});
            search.look(a, b, kind);
        }
    events out = search.take();
    // Those who are neighbours no longer have nothing to settle.
    for (const auto& [border, numbers] : after.live)
        if (border.body == body && !looked.contains(border))
            for (const std::int64_t number : numbers)
                out.push_back(make_event(clash_aligned{clash_named(number)}));
    return out;
}

}  // namespace veche::prevention
