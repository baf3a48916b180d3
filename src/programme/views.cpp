#include "programme/views.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "kernel/search_fold.hpp"
#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

localized body_name(const charter::state& c, const body_id& id) {
    return name_of_body(c, id);
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

/// Words in the measure's name, title or sphere, or in the owner's name.
bool mentions(const world& w, const measure& m, const std::string& words) {
    std::string all = m.id.value + " " + m.sphere;
    for (const auto& [language, title] : m.title) all += " " + title;
    for (const auto& [language, name] : body_name(w.charter, m.owner)) all += " " + name;
    return matches_search(fold_for_search(all), words);
}

bool wanted(const world& w, const measure& m, const measures_query& q, instant now) {
    return (!q.body || m.owner == *q.body) && (!q.sphere || m.sphere == *q.sphere) &&
           (!q.status || status_of(m, now) == *q.status) && (!q.query || mentions(w, m, *q.query));
}

bool wanted(const world& w, const measure& m, const late_query& q) {
    return m.open() && (!q.body || m.owner == *q.body) && (!q.sphere || m.sphere == *q.sphere) &&
           (!q.query || mentions(w, m, *q.query));
}

bool wanted(lateness stands, const late_query& q) {
    return !q.stands || *q.stands == stands;
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
                        it->completing, it->period});
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

std::vector<value_row> values_of(const outlook& known) {
    std::vector<value_row> rows;
    for (const value_point& one : known.values)
        rows.push_back({one.period, one.from, one.until, one.value, one.computed,
                        static_cast<std::int64_t>(one.seq)});
    return rows;
}

std::vector<milestone_row> steps_of(const measure& m, date today) {
    std::vector<milestone_row> rows;
    for (const milestone& one : m.milestones) {
        milestone_row r{one.id,
                        one.title,
                        one.due,
                        status_of(one, today),
                        0,
                        one.reached,
                        one.note,
                        one.documents,
                        static_cast<std::int64_t>(one.seq),
                        {}};
        const date end = one.reached.value_or(today);
        if (one.reached || m.open()) r.days_late = std::max(end.days - one.due.days, 0);
        if (one.reached) r.reached_seq = static_cast<std::int64_t>(one.reached_seq);
        rows.push_back(std::move(r));
    }
    return rows;
}

/// Reminders of the measure; `standing`: only those of the promise in force.
void add_reminders(const measure& m, bool standing, std::vector<reminder_row>& into) {
    for (const reminder& one : m.reminders)
        if (!standing || (m.open() && one.due == m.due))
            into.push_back({m.id, m.title, m.owner, one.due, one.days, one.at,
                            static_cast<std::int64_t>(one.seq)});
}

void newest_first(std::vector<reminder_row>& rows) {
    std::sort(rows.begin(), rows.end(),
              [](const reminder_row& a, const reminder_row& b) { return a.seq > b.seq; });
}

follow_up_row row_of(const world& w, const follow_up_item& item) {
    return {item.id,        item.decision, item.body,   body_name(w.charter, item.body),
            item.index + 1, item.why,      item.opened, static_cast<std::int64_t>(item.seq),
            item.resolved,  item.note};
}

}  // namespace

measure_row row_of(const world& w, const prospect& all, const measure& m, instant now) {
    const outlook& known = all.of(m.id);
    measure_row r;
    r.id = m.id;
    r.title = m.title;
    r.sphere = m.sphere;
    r.owner = m.owner;
    r.owner_name = body_name(w.charter, m.owner);
    r.due = m.due;
    r.status = status_of(m, now);
    r.days_late = known.days_late;
    r.escalated_to = m.escalated_to;
    if (m.escalated_to) r.escalated_to_name = body_name(w.charter, *m.escalated_to);
    if (!known.values.empty()) {
        r.value = known.values.back().value;
        r.period = known.values.back().period;
        r.computed = known.values.back().computed;
    }
    r.target = m.indicator_.target;
    r.unit = m.indicator_.unit;
    r.decision = m.decision;
    r.seq = static_cast<std::int64_t>(m.seq);
    r.parent = m.parent;
    r.placeholder = m.indicator_.placeholder.value_or(false);
    r.state = known.target;
    if (known.progress) r.progress = *known.progress / 100;
    r.days_late_in_all = known.days_late_in_all;
    r.parts = known.parts;
    r.parts_late = known.parts_late;
    r.milestones = static_cast<std::int64_t>(m.milestones.size());
    r.milestones_reached = std::count_if(m.milestones.begin(), m.milestones.end(),
                                         [](const milestone& one) { return one.reached; });
    r.waiting = known.waiting;
    r.basis = known.basis;
    r.finish = known.finish;
    r.late_by = known.late_by;
    if (!m.reports.empty()) r.reported = m.reports.back().at;
    return r;
}

result<measures_view> ask(const world& w, const measures_query& q, const viewer& who) {
    const prospect all(w, who.now);
    measures_view v;
    std::set<std::string> spheres;
    for (const auto& [id, m] : w.own.measures) {
        count(v.totals, status_of(m, who.now));
        spheres.insert(m.sphere);
        if (wanted(w, m, q, who.now)) v.measures.push_back(row_of(w, all, m, who.now));
    }
    by_due(v.measures);
    v.shown = static_cast<std::int64_t>(v.measures.size());
    v.spheres.assign(spheres.begin(), spheres.end());
    return v;
}

result<measure_view> ask(const world& w, const measure_query& q, const viewer& who) {
    const measure* m = w.own.measures.find(q.id);
    if (!m) return refuse(refusals::measure_unknown, "id", q.id.value);
    const prospect all(w, who.now);
    const auto rows = [&](const std::vector<measure_id>& ids) {
        std::vector<measure_row> out;
        for (const measure_id& id : ids)
            out.push_back(row_of(w, all, *w.own.measures.find(id), who.now));
        return out;
    };
    measure_view v;
    v.measure = row_of(w, all, *m, who.now);
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
    v.parts = rows(all.parts_of(m->id));
    v.report_as = reporting_offices(w, *m, who);
    v.may_report = !v.report_as.empty();
    v.values = values_of(all.of(m->id));
    v.milestones = steps_of(*m, date_of(who.now));
    v.waits_for = rows(m->waits_for);
    v.holds_up = rows(m->open() ? all.held_up_by(m->id) : std::vector<measure_id>{});
    v.weight = m->weight;
    v.money = all.money_in_all(m->id, std::nullopt);
    add_reminders(*m, false, v.reminders);
    newest_first(v.reminders);
    if (m->open()) v.keep_as = keeping_offices(w, m->owner, who);
    for (const auto& [id, of] : w.own.approvals)
        if (std::find(of.measures.begin(), of.measures.end(), m->id) != of.measures.end())
            v.approvals.push_back(row_of(w, of, who.now));
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
    const prospect all(w, who.now);
    owed_by_view v{body->id, body->name, 0, {}, {}, {}, {}, {}};
    for (const auto& [id, m] : w.own.measures) {
        if (!m.open()) continue;
        if (m.owner == q.body) v.measures.push_back(row_of(w, all, m, who.now));
        if (m.escalated_to == q.body) v.seized.push_back(row_of(w, all, m, who.now));
        if (m.owner == q.body) add_reminders(m, true, v.reminders);
    }
    newest_first(v.reminders);
    v.approvals = running_steps(w, q.body, who.now);
    v.late = std::count_if(v.measures.begin(), v.measures.end(),
                           [](const measure_row& r) { return r.days_late > 0; });
    by_due(v.measures);
    by_due(v.seized);
    for (const auto& [id, item] : w.own.follow_ups)
        if (item.body == q.body && !item.resolved) v.follow_ups.push_back(row_of(w, item));
    oldest_first(v.follow_ups);
    return v;
}

result<reminders_view> ask(const world& w, const reminders_query& q, const viewer&) {
    reminders_view v;
    for (const auto& [id, m] : w.own.measures)
        if (!q.body || m.owner == *q.body) add_reminders(m, true, v.reminders);
    newest_first(v.reminders);
    return v;
}

namespace {

/// Gathers one body's part of the list, in the order of the charter.
class late_list {
  public:
    late_list(const world& w, const late_query& q, instant now)
        : w_(w), q_(q), now_(now), all_(w, now), today_(date_of(now)) {
        for (const auto& [id, m] : w.own.measures)
            if (wanted(w, m, q)) take(m);
        const bool any_sphere = !q.sphere;
        if (any_sphere && wanted(lateness::late, q))
            for (const step_row& one : running_steps(w, std::nullopt, now)) take(one);
    }

    late_view view() {
        late_view v;
        if (!w_.charter.founded()) return v;
        for (const charter::body& b : w_.charter.document().bodies) {
            const auto found = groups_.find(b.id);
            if (found == groups_.end()) continue;
            late_group& group = found->second;
            group.body = b.id;
            group.name = b.name;
            sort(group);
            for (const measure_row& r : group.measures) {
                ++v.late;
                if (r.status == measure_status::very_late) ++v.very_late;
            }
            v.due += static_cast<std::int64_t>(group.due.size());
            v.steps += static_cast<std::int64_t>(group.steps.size());
            v.bodies.push_back(std::move(group));
        }
        std::set<std::string> spheres;
        for (const auto& [id, m] : w_.own.measures) spheres.insert(m.sphere);
        v.spheres.assign(spheres.begin(), spheres.end());
        return v;
    }

  private:
    void take(const measure& m) {
        const std::int64_t late = days_late(m, now_);
        const lateness stands = m.escalated_to ? lateness::very_late
                                : late > 0     ? lateness::late
                                               : lateness::due;
        const bool soon = m.due.days - today_.days <= q_.due_within.value_or(30);
        if (wanted(stands, q_) && (stands != lateness::due || soon)) {
            late_group& group = groups_[m.owner];
            auto& list = stands == lateness::due ? group.due : group.measures;
            list.push_back(row_of(w_, all_, m, now_));
        }
        if (!wanted(lateness::late, q_)) return;
        for (const milestone& one : m.milestones)
            if (!one.reached && one.due < today_)
                groups_[m.owner].milestones.push_back(
                    {m.id, one.id, one.title, one.due, today_.days - one.due.days});
    }

    void take(const step_row& one) {
        if (one.over == 0 || (q_.body && one.body != *q_.body)) return;
        std::string words = one.approval.value;
        for (const auto* text : {&one.title, &one.body_name})
            for (const auto& [language, word] : *text) words += " " + word;
        if (q_.query && !matches_search(fold_for_search(words), *q_.query)) return;
        groups_[one.body].steps.push_back(one);
    }

    static void sort(late_group& group) {
        by_due(group.measures);
        by_due(group.due);
        std::sort(group.milestones.begin(), group.milestones.end(),
                  [](const late_milestone& a, const late_milestone& b) {
                      return std::tie(a.due, a.measure) < std::tie(b.due, b.measure);
                  });
    }

    const world& w_;
    const late_query& q_;
    instant now_;
    prospect all_;
    date today_;
    std::map<body_id, late_group> groups_;
};

}  // namespace

result<late_view> ask(const world& w, const late_query& q, const viewer& who) {
    return late_list(w, q, who.now).view();
}

measure as_of(const measure& m, instant at) {
    measure then = m;
    const auto later = [&](const auto& one) { return one.at > at; };
    std::erase_if(then.reports, later);
    std::erase_if(then.reminders, later);
    for (auto it = then.amendments.rbegin(); it != then.amendments.rend() && later(*it); ++it) {
        if (it->due_before) then.due = *it->due_before;
        if (it->owner_before) then.owner = *it->owner_before;
    }
    std::erase_if(then.amendments, later);
    for (milestone& one : then.milestones)
        if (one.reached && later(one)) one.reached.reset();
    if (then.done && *then.done > at) then.done.reset();
    if (then.dropped && *then.dropped > at) then.dropped.reset();
    if (then.escalated_at && *then.escalated_at > at) then.escalated_to.reset();
    return then;
}

namespace {

/// The measures that there were, each as it stood then.
cow_map<measure_id, measure> measures_at(const state& s, instant at) {
    cow_map<measure_id, measure> out;
    for (const auto& [id, m] : s.measures) {
        if (m.added > at) continue;
        measure then = as_of(m, at);
        std::erase_if(then.waits_for, [&](const measure_id& before) {
            return s.measures.find(before)->added > at;
        });
        out.insert(id, std::move(then));
    }
    return out;
}

}  // namespace

result<year_view> ask(const world& w, const year_query& q, const viewer& who) {
    const std::int32_t year = std::clamp(q.year, 1900, 9999);
    const instant after = start_of(date_from({year + 1, 1, 1}));
    const instant at = std::min(who.now, instant{after.ms - 1});
    state then;
    if (date_from({year, 1, 1}) <= date_of(who.now)) then.measures = measures_at(w.own, at);
    const world seen{w.charter, then, w.told};
    const prospect all(seen, at);
    year_view v;
    v.year = year;
    v.as_of = date_of(at);
    for (const auto& [id, m] : then.measures) {
        count(v.totals, status_of(m, at));
        v.measures.push_back({row_of(seen, all, m, at), m.indicator_, all.money_in_all(id, year)});
        const target_state state = v.measures.back().measure.state;
        ++(state == target_state::met          ? v.met
           : state == target_state::on_the_way ? v.on_the_way
           : state == target_state::missed     ? v.missed
                                               : v.not_known);
    }
    std::sort(v.measures.begin(), v.measures.end(), [](const year_row& a, const year_row& b) {
        return std::tie(a.measure.due, a.measure.id) < std::tie(b.measure.due, b.measure.id);
    });
    return v;
}

}  // namespace veche::programme
