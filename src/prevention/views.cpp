#include "prevention/views.hpp"

#include <algorithm>

#include "kernel/part_of.hpp"
#include "prevention/checks.hpp"
#include "prevention/search.hpp"

namespace veche::prevention {
namespace {

std::int64_t entry_of(const doing& done) {
    return static_cast<std::int64_t>(done.seq);
}

/// The body that the charter lets keep the register, else the one whose desk began one.
std::optional<body_id> keeper_of(const world& w) {
    for (const charter::body& one : w.charter.document().bodies)
        if (one.prevention) return one.id;
    if (w.own.orders.empty()) return std::nullopt;
    return (*w.own.orders.begin()).second.body;
}

std::vector<member_id> members_on(const world& w, date on) {
    std::vector<member_id> out;
    for (const charter::member& one : w.charter.document().members)
        if (one.from <= on && (!one.until || on <= *one.until)) out.push_back(one.id);
    return out;
}

std::optional<date> open_end(date to) {
    return to == no_end ? std::nullopt : std::optional(to);
}

std::optional<order_scope> scope_shown(preventive_kind kind, std::int32_t level, bool general) {
    if (!scale_of(kind).flagged || level == 0) return std::nullopt;
    return general ? order_scope::general : order_scope::targeted;
}

/// Whom and where the orders name that make the level.
void show_target(held_row& row, const order_terms& says) {
    if (says.level != row.level || says.scope == order_scope::general) return;
    row.where.insert(row.where.end(), says.where.begin(), says.where.end());
    if (row.whom.empty()) row.whom = says.whom;
}

held_row held_in(const world& w, const body_id& body, const member_id& member, preventive_kind kind,
                 date on, const std::optional<instant>& known) {
    const place_of place{member, {}};
    held_row row;
    row.member = member;
    row.recorded = recorded_in(w.own, body, place, kind, known);
    const holding now = on_day(holding_in(w.own, body, place, kind, known), on);
    row.level = now.level;
    row.scope = scope_shown(kind, now.level, now.general);
    const auto* orders = w.own.by_place.find(place_kind{body, place, kind});
    if (!orders) return row;
    for (const order_id& id : *orders) {
        const kept_order& one = *w.own.orders.find(id);
        const order_version* version = known ? one.known_at(*known) : &one.last();
        if (!version || version->how == order_change::withdrawn) continue;
        if (on < version->says.from || version->says.to.value_or(no_end) < on) continue;
        row.orders.push_back(id);
        show_target(row, version->says);
    }
    return row;
}

/// What holds in one member, kind by kind.
struct member_lines {
    std::array<timeline, indicator_count> lines;
    std::array<bool, indicator_count> recorded{};
};

member_lines lines_of(const world& w, const body_id& body, const member_id& member,
                      const std::optional<instant>& known) {
    member_lines out;
    for (std::size_t i = 0; i < indicator_count; ++i) {
        out.lines[i] = holding_in(w.own, body, {member, {}}, all_kinds[i], known);
        out.recorded[i] = !out.lines[i].empty();
    }
    return out;
}

std::optional<std::string> index_text(policy_index which, const indicators& day) {
    const auto value = index_of(which, day);
    if (!value) return std::nullopt;
    return hundredths_text(hundredths(*value));
}

index_row indices_on(const member_lines& of, const member_id& member, date on) {
    indicators day;
    index_row row;
    for (std::size_t i = 0; i < indicator_count; ++i) {
        if (!of.recorded[i]) {
            ++row.missing;
            continue;
        }
        const holding now = on_day(of.lines[i], on);
        day[i] = {now.level, now.general};
    }
    row.on = on;
    row.member = member;
    row.stringency = index_text(policy_index::stringency, day);
    row.containment_health = index_text(policy_index::containment_health, day);
    row.government_response = index_text(policy_index::government_response, day);
    row.economic_support = index_text(policy_index::economic_support, day);
    return row;
}

bool same_indices(const index_row& a, const index_row& b) {
    return a.stringency == b.stringency && a.containment_health == b.containment_health &&
           a.government_response == b.government_response &&
           a.economic_support == b.economic_support;
}

order_row show_order(const order_id& id, const kept_order& one) {
    const order_version& last = one.last();
    return {id, last.says, last.how, static_cast<std::int64_t>(one.versions.size()),
            entry_of(last.done)};
}

clash_row show_clash(const clash_case& one, date today) {
    const clash_found& f = one.found.what;
    clash_row row;
    row.clash = f.clash;
    row.owner = f.body;
    row.kind = f.kind;
    row.check = f.check;
    row.a = f.a;
    row.b = f.b;
    row.on_a = one.on_a;
    row.on_b = one.on_b;
    row.from = one.from;
    row.to = open_end(one.to);
    row.standing = one.standing;
    row.due = one.due;
    if (one.standing == clash_standing::open) {
        row.days_left = one.due.days - today.days;
        row.late = one.late;
    }
    row.escalated_to = one.escalated_to;
    if (!one.referred.empty()) row.session = one.referred.back().what.session;
    row.seq = entry_of(one.found.done);
    return row;
}

bool is_asked(const clash_row& row, const clashes_query& q) {
    const bool open = row.standing == clash_standing::open;
    if (q.list == clash_list::open && !open) return false;
    if (q.list == clash_list::late && !row.late) return false;
    if (q.list == clash_list::closed && open) return false;
    if (q.member && row.a.member != *q.member && row.b.member != *q.member) return false;
    return !q.kind || row.kind == *q.kind;
}

/// Orders of a side that hold on a day of the clash.
std::vector<order_row> orders_on(const world& w, const clash_case& one, const place_of& side) {
    std::vector<order_row> out;
    std::vector<place_of> places{{side.member, {}}};
    if (side.region) places.push_back(side);
    for (const place_of& place : places)
        if (const auto* orders =
                w.own.by_place.find(place_kind{one.found.what.body, place, one.found.what.kind}))
            for (const order_id& id : *orders) {
                const kept_order& order = *w.own.orders.find(id);
                const order_terms& says = order.last().says;
                if (order.withdrawn() || one.to < says.from || says.to.value_or(no_end) < one.from)
                    continue;
                out.push_back(show_order(id, order));
            }
    return out;
}

}  // namespace

result<in_force_view> ask(const world& w, const in_force_query& q, const viewer& who) {
    in_force_view out;
    out.body = keeper_of(w);
    out.on = q.on.value_or(date_of(who.now));
    out.known = q.known;
    if (!out.body) return out;
    const std::vector<member_id> members = members_on(w, date_of(who.now));
    for (const preventive_kind kind : all_kinds) {
        kind_row row{kind, {}, false};
        for (const member_id& member : members)
            row.members.push_back(held_in(w, *out.body, member, kind, out.on, q.known));
        for (const held_row& one : row.members)
            row.differ = row.differ || one.level != row.members.front().level ||
                         one.scope != row.members.front().scope;
        out.kinds.push_back(std::move(row));
    }
    for (const member_id& member : members)
        out.indices.push_back(indices_on(lines_of(w, *out.body, member, q.known), member, out.on));
    for (const auto& [id, one] : w.own.orders) {
        if (one.withdrawn()) continue;
        ++out.orders;
        if (!out.first || one.last().says.from < *out.first) out.first = one.last().says.from;
    }
    for (const auto& [number, one] : w.own.clashes) {
        if (one.standing != clash_standing::open) continue;
        ++out.open;
        out.late += one.late ? 1 : 0;
    }
    return out;
}

result<index_series_view> ask(const world& w, const index_series_query& q, const viewer& who) {
    index_series_view out;
    const auto body = keeper_of(w);
    if (!body) return out;
    const date today = date_of(who.now);
    for (const member_id& member : members_on(w, today)) {
        const member_lines lines = lines_of(w, *body, member, q.known);
        std::vector<const timeline*> all;
        for (const timeline& one : lines.lines) all.push_back(&one);
        std::vector<date> turns = turns_of(all);
        const date last = q.to.value_or(std::max(today, q.from.value_or(today)));
        if (q.from) turns.insert(turns.begin(), *q.from);
        std::optional<index_row> before;
        for (const date day : turns) {
            if ((q.from && day < *q.from) || last < day) continue;
            index_row row = indices_on(lines, member, day);
            if (before && same_indices(*before, row)) continue;
            if (!out.from || day < *out.from) out.from = day;
            if (!out.to || *out.to < day) out.to = day;
            before = row;
            out.rows.push_back(std::move(row));
        }
    }
    return out;
}

result<kind_view> ask(const world& w, const kind_query& q, const viewer& who) {
    const kind_scale scale = scale_of(q.kind);
    kind_view out{q.kind, scale.highest, scale.flagged, {}};
    const auto body = keeper_of(w);
    if (!body) return out;
    std::vector<place_of> places;
    for (const member_id& one : members_on(w, date_of(who.now))) places.push_back({one, {}});
    for (const auto& [at, orders] : w.own.by_place)
        if (at.body == *body && at.kind == q.kind && at.place.region) places.push_back(at.place);
    for (const place_of& place : places)
        for (const stretch& one : holding_in(w.own, *body, place, q.kind, q.known))
            out.stretches.push_back({place.member, place.region, one.from, open_end(one.to),
                                     one.what.level,
                                     scope_shown(q.kind, one.what.level, one.what.general)});
    return out;
}

result<orders_view> ask(const world& w, const orders_query& q, const viewer&) {
    struct listed_order {
        const order_id* id;
        const kept_order* one;
    };
    std::vector<listed_order> all;
    for (const auto& [id, one] : w.own.orders) {
        const order_terms& says = one.last().says;
        if ((!q.kind || says.kind == *q.kind) && (!q.member || says.member == *q.member))
            all.push_back({&id, &one});
    }
    std::sort(all.begin(), all.end(), [](const listed_order& a, const listed_order& b) {
        const date x = a.one->last().says.from, y = b.one->last().says.from;
        return x != y ? y < x : *a.id < *b.id;
    });
    orders_view out;
    out.found = static_cast<std::int32_t>(all.size());
    for (const listed_order& one : part_of(all, q.offset, q.count))
        out.orders.push_back(show_order(*one.id, *one.one));
    return out;
}

result<order_view> ask(const world& w, const order_query& q, const viewer&) {
    const kept_order* one = w.own.orders.find(q.order);
    if (!one) return refuse(refusals::order_unknown, "order", q.order.value);
    order_view out{show_order(q.order, *one), one->body, {}};
    for (std::size_t i = one->versions.size(); i-- > 0;) {
        const order_version& each = one->versions[i];
        order_version_row row{each.how, each.says,          each.act,     each.reason,        {},
                              {},       each.done.decision, each.done.at, entry_of(each.done)};
        if (!each.done.decision) {
            row.by = each.done.by;
            row.as = each.done.as;
        }
        out.versions.push_back(std::move(row));
    }
    return out;
}

result<clashes_view> ask(const world& w, const clashes_query& q, const viewer& who) {
    clashes_view out;
    for (const auto& [number, one] : w.own.clashes) {
        clash_row row = show_clash(one, date_of(who.now));
        const bool open = row.standing == clash_standing::open;
        ++(open ? out.open : out.closed);
        out.late += row.late ? 1 : 0;
        if (is_asked(row, q)) out.clashes.push_back(std::move(row));
    }
    const auto place = [](const clash_row& row) {
        const bool open = row.standing == clash_standing::open;
        return std::pair(row.late ? 0 : open ? 1 : 2, open ? row.due.days : 0);
    };
    std::stable_sort(out.clashes.begin(), out.clashes.end(),
                     [&](const clash_row& a, const clash_row& b) { return place(a) < place(b); });
    return out;
}

result<past_clashes_view> ask(const world& w, const past_clashes_query& q, const viewer& who) {
    past_clashes_view out;
    const auto body = keeper_of(w);
    if (!body) return out;
    const date today = date_of(who.now);
    const border_rules rules = rules_of(w.charter, *body, today);
    std::vector<past_clash_row> all;
    for (const auto& [a, b] : rules.neighbours)
        for (const preventive_kind kind : all_kinds) {
            if (q.kind && kind != *q.kind) continue;
            for (const clash_span& one : spans_between(w.own, *body, a, b, kind, rules.clash))
                if (one.to < today)
                    all.push_back({kind, one.check, a, b, one.a, one.b, one.from, one.to,
                                   one.to.days - one.from.days + 1});
        }
    std::stable_sort(all.begin(), all.end(), [](const past_clash_row& a, const past_clash_row& b) {
        return a.days > b.days;
    });
    out.found = static_cast<std::int32_t>(all.size());
    for (const past_clash_row& one : part_of(all, q.offset, q.count)) out.clashes.push_back(one);
    return out;
}

result<clash_view> ask(const world& w, const clash_query& q, const viewer& who) {
    const clash_case* one = VECHE_TRY(find_clash(w, q.clash));
    clash_view out;
    out.row = show_clash(*one, date_of(who.now));
    out.found = one->found.done.at;
    for (const auto& each : one->positions) {
        const charter::office* held = w.charter.find_office({each.done.as});
        out.positions.push_back({each.what.says, each.what.text, each.what.by,
                                 held ? held->member : std::nullopt, each.done.by, each.done.at,
                                 entry_of(each.done)});
    }
    for (const clash_step& each : one->changes)
        out.changes.push_back({each.says.on_a, each.says.on_b, each.says.from, each.says.to,
                               each.says.due.has_value(), each.done.at, entry_of(each.done)});
    for (const auto& each : one->referred)
        out.referred.push_back({each.what.session, each.done.at, entry_of(each.done)});
    if (one->settled) {
        out.settled = one->settled->what.text;
        out.decision = one->settled->done.decision;
    }
    if (one->ended) {
        out.ended = one->ended->at;
        out.ended_seq = entry_of(*one->ended);
    }
    out.orders_a = orders_on(w, *one, one->found.what.a);
    out.orders_b = orders_on(w, *one, one->found.what.b);
    return out;
}

result<order_batch_view> ask(const world& w, const order_batch_query& q, const viewer& who) {
    const order_batch* one = w.own.batches.find(q.batch);
    if (!one) return refuse(refusals::batch_unknown, "batch", q.batch.value);
    order_batch_view out{one->standing, one->count, {}};
    // Who accepts is checked when it is accepted; here an order is judged by what it says.
    context ctx;
    ctx.at = who.now;
    ctx.actor = who.person;
    for (const charter::office* held : w.charter.offices_of(who.person, date_of(who.now))) {
        const auto& powers = held->powers;
        if (std::find(powers.begin(), powers.end(), "prevention") != powers.end())
            ctx.auth = held->id.value;
    }
    for (const order_problem& each : problems_of(w, one->body, one->orders, ctx))
        out.problems.push_back({each.row, each.order, veche::record_of(each.why)});
    return out;
}

}  // namespace veche::prevention
