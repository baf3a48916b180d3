#include "programme/views.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

localized body_name(const charter::state& c, const body_id& id) {
    const charter::body* b = c.find_body(id);
    return b ? b->name : localized{{"en", id.value}};
}

measure_row row_of(const world& w, const measure& m, instant now) {
    measure_row r;
    r.id = m.id;
    r.title = m.title;
    r.sphere = m.sphere;
    r.owner = m.owner;
    r.owner_name = body_name(w.charter, m.owner);
    r.due = m.due;
    r.status = status_of(m, now);
    r.days_late = days_late(m, now);
    r.escalated_to = m.escalated_to;
    if (m.escalated_to) r.escalated_to_name = body_name(w.charter, *m.escalated_to);
    for (const report& one : m.reports)
        if (one.value) r.value = one.value;
    r.target = m.indicator_.target;
    r.unit = m.indicator_.unit;
    r.decision = m.decision;
    r.seq = static_cast<std::int64_t>(m.seq);
    r.parent = m.parent;
    return r;
}

void count(programme_totals& t, measure_status s) {
    ++t.all;
    switch (s) {
        case measure_status::planned:
            ++t.planned;
            break;
        case measure_status::running:
            ++t.running;
            break;
        case measure_status::done:
            ++t.done;
            break;
        case measure_status::late:
            ++t.late;
            break;
        case measure_status::very_late:
            ++t.very_late;
            break;
        case measure_status::dropped:
            ++t.dropped;
            break;
    }
}

bool mentions(const measure& m, const std::string& words) {
    return std::any_of(m.title.begin(), m.title.end(),
                       [&](const auto& t) { return t.second.find(words) != std::string::npos; });
}

bool wanted(const measure& m, const measures_query& q, instant now) {
    return (!q.body || m.owner == *q.body) && (!q.sphere || m.sphere == *q.sphere) &&
           (!q.status || status_of(m, now) == *q.status) &&
           (!q.query || q.query->empty() || m.id.value == *q.query || mentions(m, *q.query));
}

void by_due(std::vector<measure_row>& rows) {
    std::sort(rows.begin(), rows.end(), [](const measure_row& a, const measure_row& b) {
        return std::tie(a.due, a.id) < std::tie(b.due, b.id);
    });
}

void oldest_first(std::vector<follow_up_row>& rows) {
    std::sort(rows.begin(), rows.end(),
              [](const follow_up_row& a, const follow_up_row& b) { return a.seq < b.seq; });
}

/// Offices under which the viewer may report on the measure today.
std::vector<office_id> reporting_offices(const world& w, const measure& m, const viewer& who) {
    std::vector<office_id> out;
    if (who.person.empty() || !m.open()) return out;
    for (const charter::office* office : w.charter.offices_of(who.person, date_of(who.now))) {
        context ctx;
        ctx.at = who.now;
        ctx.actor = who.person;
        ctx.auth = office->id.value;
        const bool may = (m.responsible && *m.responsible == office->id) ||
                         charter::require(w.charter, ctx, "report", m.owner, "").has_value();
        if (may) out.push_back(office->id);
    }
    return out;
}

std::vector<report_row> history(const world& w, const measure& m) {
    std::vector<report_row> rows;
    for (auto it = m.reports.rbegin(); it != m.reports.rend(); ++it)
        rows.push_back({it->id, it->note, it->value, it->documents, it->by,
                        w.charter.title_of(it->by), it->at, static_cast<std::int64_t>(it->seq),
                        it->completing});
    return rows;
}

std::vector<amendment_row> changes(const world& w, const measure& m) {
    std::vector<amendment_row> rows;
    for (auto it = m.amendments.rbegin(); it != m.amendments.rend(); ++it)
        rows.push_back({it->decision, it->by, w.charter.title_of(it->by), it->at,
                        static_cast<std::int64_t>(it->seq), it->due_before, it->owner_before});
    return rows;
}

std::optional<std::int64_t> entry_of(const std::optional<std::uint64_t>& seq) {
    return seq ? std::optional(static_cast<std::int64_t>(*seq)) : std::nullopt;
}

follow_up_row row_of(const world& w, const follow_up_item& item) {
    return {item.id,        item.decision, item.body,   body_name(w.charter, item.body),
            item.index + 1, item.why,      item.opened, static_cast<std::int64_t>(item.seq),
            item.resolved,  item.note};
}

}  // namespace

result<measures_view> ask(const world& w, const measures_query& q, const viewer& who) {
    measures_view v;
    std::set<std::string> spheres;
    for (const auto& [id, m] : w.own.measures) {
        count(v.totals, status_of(m, who.now));
        spheres.insert(m.sphere);
        if (wanted(m, q, who.now)) v.measures.push_back(row_of(w, m, who.now));
    }
    by_due(v.measures);
    v.shown = static_cast<std::int64_t>(v.measures.size());
    v.spheres.assign(spheres.begin(), spheres.end());
    return v;
}

result<late_view> ask(const world& w, const late_query& q, const viewer& who) {
    late_view v;
    std::map<body_id, std::vector<measure_row>> late;
    for (const auto& [id, m] : w.own.measures)
        if (days_late(m, who.now) > 0 && (!q.body || m.owner == *q.body))
            late[m.owner].push_back(row_of(w, m, who.now));
    if (late.empty()) return v;
    for (const charter::body& b : w.charter.document().bodies) {
        late_group group{b.id, b.name, std::move(late[b.id])};
        if (group.measures.empty()) continue;
        by_due(group.measures);
        for (const measure_row& r : group.measures) {
            ++v.late;
            if (r.status == measure_status::very_late) ++v.very_late;
        }
        v.bodies.push_back(std::move(group));
    }
    return v;
}

result<measure_view> ask(const world& w, const measure_query& q, const viewer& who) {
    const measure* m = w.own.measures.find(q.id);
    if (!m) return refuse(refusals::measure_unknown, "id", q.id.value);
    measure_view v;
    v.measure = row_of(w, *m, who.now);
    v.text = m->text;
    v.indicator_ = m->indicator_;
    v.responsible = m->responsible;
    if (m->responsible)
        if (const charter::office* office = w.charter.find_office(*m->responsible))
            v.responsible_name = office->name;
    v.drop_reason = m->drop_reason;
    v.added = m->added;
    v.reports = history(w, *m);
    v.amendments = changes(w, *m);
    v.overdue_seq = entry_of(m->overdue_seq);
    v.escalated_seq = entry_of(m->escalated_seq);
    v.closed_seq = entry_of(m->closed_seq);
    for (const auto& [id, part] : w.own.measures)
        if (part.parent && *part.parent == m->id) v.parts.push_back(row_of(w, part, who.now));
    v.report_as = reporting_offices(w, *m, who);
    v.may_report = !v.report_as.empty();
    return v;
}

result<follow_ups_view> ask(const world& w, const follow_ups_query& q, const viewer&) {
    follow_ups_view v;
    for (const auto& [id, item] : w.own.follow_ups)
        if (q.resolved || !item.resolved) v.items.push_back(row_of(w, item));
    oldest_first(v.items);
    return v;
}

result<owed_by_view> ask(const world& w, const owed_by_query& q, const viewer& who) {
    const charter::body* body = w.charter.find_body(q.body);
    if (!body) return refuse(refusals::owner_unknown, "body", q.body.value);
    owed_by_view v{body->id, body->name, 0, {}, {}, {}};
    for (const auto& [id, m] : w.own.measures) {
        if (!m.open()) continue;
        if (m.owner == q.body) v.measures.push_back(row_of(w, m, who.now));
        if (m.escalated_to == q.body) v.seized.push_back(row_of(w, m, who.now));
    }
    v.late = std::count_if(v.measures.begin(), v.measures.end(),
                           [](const measure_row& r) { return r.days_late > 0; });
    by_due(v.measures);
    by_due(v.seized);
    for (const auto& [id, item] : w.own.follow_ups)
        if (item.body == q.body && !item.resolved) v.follow_ups.push_back(row_of(w, item));
    oldest_first(v.follow_ups);
    return v;
}

}  // namespace veche::programme
