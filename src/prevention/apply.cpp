#include <algorithm>

#include "prevention/prevention.hpp"

namespace veche::prevention {
namespace {

void keep(state& s, const body_id& body, const order_id& id, const order_terms& says,
          const context& ctx) {
    s.orders.insert(id, {body, {{order_change::ordered, says, says.act, {}, done_by(ctx)}}});
    const place_kind at{body, {says.member, says.region}, says.kind};
    if (!s.by_place.contains(at)) s.by_place.insert(at, {});
    s.by_place.edit(at).push_back(id);
}

/// What the order says now, ready to be changed.
order_version& changed(state& s, const order_id& id, order_change how, const context& ctx) {
    std::vector<order_version>& all = s.orders.edit(id).versions;
    all.push_back({how, all.back().says, all.back().act, {}, done_by(ctx)});
    return all.back();
}

/// Brings what falls due of a case in line with how it stands.
void mark_anew(state& s, const charter::state& charter, std::int64_t number) {
    clash_case& one = s.clashes.edit(number);
    for (const due_mark& mark : one.marks) s.due.erase(mark);
    one.marks.clear();
    const auto mark = [&](instant at, clash_deadline kind) {
        one.marks.push_back({at, number, kind});
    };
    const bool open = one.standing == clash_standing::open;
    const bool holds =
        open || one.standing == clash_standing::accepted || one.standing == clash_standing::decided;
    const instant late_at = start_of(next_day(one.due));
    if (open && !one.late) mark(late_at, clash_deadline::late);
    const charter::body* of = charter.find_body(one.found.what.body);
    if (open && one.late && !one.escalated_to && of && of->escalate_days && of->parent)
        mark(start_of({one.due.days + 1 + *of->escalate_days}), clash_deadline::escalation);
    if (holds && one.to < no_end) mark(start_of(next_day(one.to)), clash_deadline::over);
    for (const due_mark& each : one.marks) s.due.insert(each, true);
}

void stand(state& s, const charter::state& charter, const clash_id& id, clash_standing standing,
           const context& ctx) {
    const std::int64_t number = number_of(id);
    clash_case& one = s.clashes.edit(number);
    one.standing = standing;
    one.ended = done_by(ctx);
    mark_anew(s, charter, number);
}

/// It holds no interval any more.
void let_go(state& s, const clash_id& id) {
    const std::int64_t number = number_of(id);
    std::vector<std::int64_t>& live = s.live.edit(s.clashes.find(number)->border());
    live.erase(std::remove(live.begin(), live.end(), number), live.end());
}

}  // namespace

const order_version* kept_order::known_at(instant at) const {
    for (std::size_t i = versions.size(); i-- > 0;)
        if (versions[i].done.at <= at) return &versions[i];
    return nullptr;
}

std::int64_t number_of(const clash_id& id) {
    if (!id.value.starts_with("x-") || id.value.size() > 12) return 0;
    std::int64_t number = 0;
    for (const char c : std::string_view(id.value).substr(2)) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + (c - '0');
    }
    return clash_named(number) == id ? number : 0;
}

void apply(state& s, const charter::state&, const order_measure& m, const context& ctx) {
    keep(s, m.body, m.order, m.what, ctx);
}

void apply(state& s, const charter::state&, const amend_order& m, const context& ctx) {
    order_version& now = changed(s, m.order, order_change::amended, ctx);
    now.says = m.what;
    now.act = m.what.act;
    now.reason = m.reason;
}

void apply(state& s, const charter::state&, const extend_order& m, const context& ctx) {
    order_version& now = changed(s, m.order, order_change::extended, ctx);
    now.says.to = m.to;
    now.act = m.act;
}

void apply(state& s, const charter::state&, const end_order& m, const context& ctx) {
    order_version& now = changed(s, m.order, order_change::ended, ctx);
    now.says.to = m.to;
    now.act = m.act;
}

void apply(state& s, const charter::state&, const withdraw_order& m, const context& ctx) {
    changed(s, m.order, order_change::withdrawn, ctx).reason = m.reason;
}

void apply(state& s, const charter::state&, const stage_orders& m, const context&) {
    if (!s.batches.contains(m.batch)) s.batches.insert(m.batch, {m.body, 0, {}, 0, {}});
    order_batch& one = s.batches.edit(m.batch);
    ++one.parts;
    one.orders.insert(one.orders.end(), m.orders.begin(), m.orders.end());
    one.count = static_cast<std::int64_t>(one.orders.size());
}

void apply(state& s, const charter::state&, const accept_orders& m, const context& ctx) {
    order_batch& one = s.batches.edit(m.batch);
    const std::vector<staged_order> orders = std::move(one.orders);
    one.orders.clear();
    one.standing = order_batch_standing::accepted;
    for (const staged_order& each : orders) keep(s, one.body, each.order, each.what, ctx);
}

void apply(state& s, const charter::state&, const discard_orders& m, const context&) {
    order_batch& one = s.batches.edit(m.batch);
    one.orders.clear();
    one.standing = order_batch_standing::discarded;
}

void apply(state& s, const charter::state&, const state_position& m, const context& ctx) {
    s.clashes.edit(number_of(m.clash)).positions.push_back({m, done_by(ctx)});
}

void apply(state& s, const charter::state&, const refer_clash& m, const context& ctx) {
    s.clashes.edit(number_of(m.clash)).referred.push_back({m, done_by(ctx)});
}

void apply(state& s, const charter::state& charter, const settle_clash& m, const context& ctx) {
    s.clashes.edit(number_of(m.clash)).settled = {m, done_by(ctx)};
    stand(s, charter, m.clash, clash_standing::decided, ctx);
}

/// What was found follows in entries of its own.
void apply(state&, const charter::state&, const search_again&, const context&) {}

void apply(state& s, const charter::state& charter, const clash_found& m, const context& ctx) {
    clash_case one;
    one.number = number_of(m.clash);
    one.found = {m, done_by(ctx)};
    one.on_a = m.on_a;
    one.on_b = m.on_b;
    one.from = m.from;
    one.to = m.to.value_or(no_end);
    one.due = m.due;
    const border_kind border = one.border();
    if (!s.live.contains(border)) s.live.insert(border, {});
    s.live.edit(border).push_back(one.number);
    const std::int64_t number = one.number;
    s.clashes.insert(number, std::move(one));
    mark_anew(s, charter, number);
}

void apply(state& s, const charter::state& charter, const clash_changed& m, const context& ctx) {
    const std::int64_t number = number_of(m.clash);
    clash_case& one = s.clashes.edit(number);
    one.changes.push_back({m, done_by(ctx)});
    one.on_a = m.on_a;
    one.on_b = m.on_b;
    one.from = m.from;
    one.to = m.to.value_or(no_end);
    if (m.due) {
        one.standing = clash_standing::open;
        one.due = *m.due;
        one.late = false;
        one.escalated_to.reset();
        one.ended.reset();
    }
    mark_anew(s, charter, number);
}

void apply(state& s, const charter::state& charter, const clash_aligned& m, const context& ctx) {
    let_go(s, m.clash);
    stand(s, charter, m.clash, clash_standing::aligned, ctx);
}

void apply(state& s, const charter::state& charter, const clash_accepted& m, const context& ctx) {
    stand(s, charter, m.clash, clash_standing::accepted, ctx);
}

void apply(state& s, const charter::state& charter, const clash_over& m, const context& ctx) {
    let_go(s, m.clash);
    const std::int64_t number = number_of(m.clash);
    if (s.clashes.find(number)->standing == clash_standing::open)
        return stand(s, charter, m.clash, clash_standing::over, ctx);
    // What both accepted stays accepted; its days alone are over.
    clash_case& one = s.clashes.edit(number);
    for (const due_mark& mark : one.marks) s.due.erase(mark);
    one.marks.clear();
}

void apply(state& s, const charter::state& charter, const clash_late& m, const context&) {
    const std::int64_t number = number_of(m.clash);
    s.clashes.edit(number).late = true;
    mark_anew(s, charter, number);
}

void apply(state& s, const charter::state& charter, const clash_escalated& m, const context&) {
    const std::int64_t number = number_of(m.clash);
    s.clashes.edit(number).escalated_to = m.to;
    mark_anew(s, charter, number);
}

std::optional<event> next_due(const state& s, const charter::state& charter, instant at) {
    if (s.due.empty()) return std::nullopt;
    const due_mark& mark = (*s.due.begin()).first;
    if (at < mark.at) return std::nullopt;
    const clash_id id = clash_named(mark.number);
    const clash_case& one = *s.clashes.find(mark.number);
    if (mark.kind == clash_deadline::late) return make_event(clash_late{id, one.due});
    if (mark.kind == clash_deadline::over) return make_event(clash_over{id});
    const charter::body* of = charter.find_body(one.found.what.body);
    // A body that lost the one above it meanwhile escalates to itself: nothing is left standing.
    return make_event(clash_escalated{id, of && of->parent ? *of->parent : one.found.what.body});
}

std::optional<instant> earliest_due(const state& s) {
    if (s.due.empty()) return std::nullopt;
    return (*s.due.begin()).first.at;
}

std::vector<clash_id> late_clashes_for(const state& s, const body_id& body) {
    std::vector<clash_id> out;
    for (const auto& [border, numbers] : s.live)
        for (const std::int64_t number : numbers) {
            const clash_case& one = *s.clashes.find(number);
            const bool owed = border.body == body || one.escalated_to == body;
            if (owed && one.late && one.standing == clash_standing::open)
                out.push_back(clash_named(number));
        }
    std::sort(out.begin(), out.end(),
              [](const clash_id& a, const clash_id& b) { return number_of(a) < number_of(b); });
    return out;
}

localized heading_of(const state& s, const clash_id& id) {
    const clash_case& one = *s.clashes.find(number_of(id));
    const clash_found& found = one.found.what;
    const auto named = [](const place_of& place) {
        return place.region.value_or(place.member.value);
    };
    const std::string code =
        code_of(found.kind) + " " + named(found.a) + " / " + named(found.b) + " (" + id.value + ")";
    const place_of& strict = one.on_a.level < one.on_b.level ? found.b : found.a;
    localized out;
    if (const auto* orders = s.by_place.find(place_kind{found.body, strict, found.kind}))
        for (const order_id& order : *orders) {
            const order_version& last = s.orders.find(order)->last();
            const bool then = last.says.from <= one.to &&
                              one.from <= last.says.to.value_or(no_end) &&
                              last.how != order_change::withdrawn;
            const bool of_it = last.says.level == std::max(one.on_a.level, one.on_b.level);
            if (then && of_it && !last.says.title.empty()) out = last.says.title;
        }
    if (out.empty()) return {{"en", code}};
    for (auto& [language, title] : out) title += ": " + code;
    return out;
}

}  // namespace veche::prevention
