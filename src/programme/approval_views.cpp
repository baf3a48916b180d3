#include "programme/approval_views.hpp"

#include "kernel/search_fold.hpp"
#include "programme/checks.hpp"
#include "programme/refusal.hpp"

namespace veche::programme {
namespace {

std::int64_t number(std::uint64_t seq) {
    return static_cast<std::int64_t>(seq);
}

date last_day(const approval_step& plan, const step_run& run) {
    return date{date_of(run.from).days + plan.days};
}

step_status status_of(const step_state& one, instant now) {
    if (one.approved) return step_status::approved;
    if (!one.running()) return step_status::waiting;
    if (one.runs.back().escalated_to) return step_status::seized;
    return days_over(one.plan, one.runs.back(), now) > 0 ? step_status::overdue
                                                         : step_status::running;
}

localized name_of_office(const charter::state& c, const std::optional<office_id>& id) {
    if (!id) return {};
    const charter::office* office = c.find_office(*id);
    return office ? office->name : localized{};
}

step_row row_of(const world& w, const approval& of, const step_state& one, instant now) {
    const step_run& run = one.runs.back();
    step_row r;
    r.approval = of.id;
    r.title = of.title;
    r.step = one.plan.step;
    r.step_title = one.plan.title;
    r.body = one.plan.body;
    r.body_name = name_of_body(w.charter, one.plan.body);
    r.office = one.plan.office;
    r.office_name = name_of_office(w.charter, one.plan.office);
    r.status = status_of(one, now);
    r.since = run.from;
    r.due = last_day(one.plan, run);
    r.days = one.plan.days;
    r.used = days_used(run, now);
    r.over = days_over(one.plan, run, now);
    r.escalated_to = run.escalated_to;
    if (run.escalated_to) r.escalated_to_name = name_of_body(w.charter, *run.escalated_to);
    r.seq = number(run.from_seq);
    return r;
}

std::vector<run_row> turns(const world& w, const approval& of, const step_state& one, instant now) {
    std::vector<run_row> rows;
    for (const step_run& run : one.runs) {
        run_row r;
        r.round = static_cast<std::int64_t>(rows.size()) + 1;
        r.from = run.from;
        r.from_seq = number(run.from_seq);
        r.until = run.until;
        if (run.until) r.until_seq = number(run.until_seq);
        r.how = run.how;
        r.used = days_used(run, now);
        r.over = days_over(one.plan, run, now);
        if (!run.by.empty()) r.by = run.by;
        r.by_title = w.charter.title_of(run.by);
        r.decision = run.decision;
        r.note = run.note;
        r.papers = run.papers;
        r.offset = date_of(run.from).days - date_of(of.at).days;
        rows.push_back(std::move(r));
    }
    return rows;
}

step_view view_of(const world& w, const approval& of, const step_state& one, const viewer& who) {
    step_view v;
    v.step = one.plan.step;
    v.title = one.plan.title;
    v.stage = one.plan.stage;
    v.body = one.plan.body;
    v.body_name = name_of_body(w.charter, one.plan.body);
    v.office = one.plan.office;
    v.office_name = name_of_office(w.charter, one.plan.office);
    v.days = one.plan.days;
    v.status = status_of(one, who.now);
    v.runs = turns(w, of, one, who.now);
    for (const run_row& run : v.runs) {
        v.used += run.used;
        v.over += run.over;
    }
    if (!one.running()) return v;
    const step_run& run = one.runs.back();
    v.due = last_day(one.plan, run);
    v.escalated_to = run.escalated_to;
    if (run.escalated_to) v.escalated_to_name = name_of_body(w.charter, *run.escalated_to);
    if (one.plan.office && w.charter.holds_office(who.person, *one.plan.office, date_of(who.now)))
        v.agree_as.push_back(*one.plan.office);
    return v;
}

bool concerns(const approval& of, const body_id& body) {
    return of.body == body || std::any_of(of.steps.begin(), of.steps.end(), [&](const auto& one) {
               return one.running() && one.plan.body == body;
           });
}

bool mentions(const approval& of, const std::string& words) {
    std::string all = of.id.value;
    for (const auto& [language, title] : of.title) all += " " + title;
    return matches_search(fold_for_search(all), words);
}

}  // namespace

localized name_of_body(const charter::state& c, const body_id& id) {
    const charter::body* b = c.find_body(id);
    return b ? b->name : localized{{"en", id.value}};
}

std::vector<office_id> keeping_offices(const world& w, const body_id& body, const viewer& who) {
    std::vector<office_id> out;
    if (who.person.empty()) return out;
    for (const charter::office* office : w.charter.offices_of(who.person, date_of(who.now))) {
        context ctx;
        ctx.at = who.now;
        ctx.actor = who.person;
        ctx.auth = office->id.value;
        if (keeps_measures(w, ctx, body, "")) out.push_back(office->id);
    }
    return out;
}

std::vector<step_row> running_steps(const world& w, const std::optional<body_id>& body,
                                    instant now) {
    std::vector<step_row> rows;
    for (const auto& [id, of] : w.own.approvals)
        for (const step_state& one : of.steps)
            if (one.running() &&
                (!body || one.plan.body == *body || one.runs.back().escalated_to == *body))
                rows.push_back(row_of(w, of, one, now));
    std::sort(rows.begin(), rows.end(), [](const step_row& a, const step_row& b) {
        return std::tie(a.due, a.approval, a.step) < std::tie(b.due, b.approval, b.step);
    });
    return rows;
}

approval_row row_of(const world& w, const approval& of, instant now) {
    approval_row r;
    r.id = of.id;
    r.title = of.title;
    r.body = of.body;
    r.body_name = name_of_body(w.charter, of.body);
    r.started = of.at;
    r.ended = of.completed ? of.completed : of.withdrawn;
    r.days = date_of(r.ended.value_or(now)).days - date_of(of.at).days;
    r.steps = static_cast<std::int64_t>(of.steps.size());
    bool over = false;
    for (const step_state& one : of.steps) {
        if (one.approved) ++r.approved;
        if (!one.running()) continue;
        r.now.push_back(row_of(w, of, one, now));
        over = over || r.now.back().over > 0;
    }
    r.status = of.withdrawn   ? approval_status::withdrawn
               : of.completed ? approval_status::complete
               : over         ? approval_status::overdue
                              : approval_status::running;
    r.seq = number(of.seq);
    return r;
}

result<approvals_view> ask(const world& w, const approvals_query& q, const viewer& who) {
    approvals_view v;
    for (const auto& [id, of] : w.own.approvals) {
        ++v.all;
        if (q.body && !concerns(of, *q.body)) continue;
        if (q.query && !mentions(of, *q.query)) continue;
        approval_row row = row_of(w, of, who.now);
        if (!q.status || row.status == *q.status) v.approvals.push_back(std::move(row));
    }
    std::sort(v.approvals.begin(), v.approvals.end(),
              [](const approval_row& a, const approval_row& b) { return a.seq > b.seq; });
    return v;
}

result<approval_view> ask(const world& w, const approval_query& q, const viewer& who) {
    const approval* of = w.own.approvals.find(q.id);
    if (!of) return refuse(refusals::approval_unknown, "id", q.id.value);
    approval_view v;
    v.approval = row_of(w, *of, who.now);
    v.text = of->text;
    for (const measure_id& id : of->measures)
        if (const measure* m = w.own.measures.find(id)) v.measures.push_back({id, m->title});
    v.papers = of->papers;
    v.decision = of->decision;
    v.by = of->by;
    v.by_title = w.charter.title_of(of->by);
    v.reason = of->reason;
    if (!of->open()) v.closed_seq = number(of->closed_seq);
    for (const step_state& one : of->steps) v.steps.push_back(view_of(w, *of, one, who));
    if (of->open()) v.keep_as = keeping_offices(w, of->body, who);
    return v;
}

}  // namespace veche::programme
