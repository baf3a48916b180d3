#include <algorithm>

#include "barriers/barriers.hpp"
#include "barriers/clock.hpp"
#include "kernel/months.hpp"
#include "kernel/search_fold.hpp"

namespace veche::barriers {
namespace {

using at = barrier_standing;

constexpr std::int32_t check_run = -1;  ///< of a due mark: the months after a removal

due_mark check_mark(const barrier_id& id, date on) {
    return {start_of(on), id.value, false, check_run};
}

/// Steps that the addressed member owes; the others are the body's that keeps the register.
bool owed_by_member(barrier_step step) {
    return step == barrier_step::position || step == barrier_step::plan ||
           step == barrier_step::remedy || step == barrier_step::claim;
}

/// Begins a step of the case today, with as many days as the charter gives it now.
void start(state& s, const charter::state& charter, const barrier_id& id, barrier_step step,
           date today) {
    const barrier_case& one = *s.cases.find(id);
    step_run run;
    run.step = step;
    if (owed_by_member(step)) run.member = one.record->what.member;
    run.began = today;
    run.due = {today.days + days_for(days_of(charter, one.received.what.body), step)};
    begin(s, id, std::move(run));
}

/// The case goes on to a standing, and the clock of that begins.
void go_to(state& s, const charter::state& charter, const barrier_id& id, at next, date today) {
    s.cases.edit(id).standing = next;
    switch (next) {
        case at::waiting:
            return start(s, charter, id, barrier_step::intake, today);
        case at::position:
            return start(s, charter, id, barrier_step::position, today);
        case at::finding:
            return start(s, charter, id, barrier_step::finding, today);
        case at::panel:
            return start(s, charter, id, barrier_step::panel, today);
        case at::measures:
            return start(s, charter, id, barrier_step::plan, today);
        case at::claimed:
            return start(s, charter, id, barrier_step::confirm, today);
        case at::checking:
            return start(s, charter, id, barrier_step::check, today);
        default:
            return;
    }
}

/// The panel begins a round of votes.
void open_panel(state& s, const charter::state& charter, const barrier_id& id, date today) {
    s.cases.edit(id).rounds.emplace_back();
    go_to(s, charter, id, at::panel, today);
}

/// A removal is confirmed; its check falls due months later.
void confirm_removal(state& s, const charter::state& charter, const barrier_id& id,
                     confirmed_by how, const std::optional<barrier_id>& by_report,
                     const context& ctx) {
    const date today = date_of(ctx.at);
    end(s, id, barrier_step::confirm, today);
    barrier_case& one = s.cases.edit(id);
    const int months = days_of(charter, one.received.what.body).check_months;
    const date check_on = months_after(today, months);
    one.removals.push_back({how, done_by(ctx), by_report, check_on});
    one.standing = at::removed;
    s.due.insert(check_mark(id, check_on), true);
}

/// It is not gone: the member has to name measures again.
void deny_removal(state& s, const charter::state& charter, const barrier_id& id, barrier_step step,
                  date today) {
    end(s, id, step, today);
    go_to(s, charter, id, at::measures, today);
}

/// The check comes now, whatever was left of the months.
void check_now(state& s, const charter::state& charter, const barrier_id& id, date today) {
    const barrier_case& one = *s.cases.find(id);
    const due_mark later = check_mark(id, one.removals.back().check_on);
    if (one.standing == at::removed && s.due.contains(later)) s.due.erase(later);
    go_to(s, charter, id, at::checking, today);
}

bool all_proved(const barrier_case& one) {
    return std::all_of(one.remedies.begin(), one.remedies.end(),
                       [](const remedy& each) { return each.proved.has_value(); });
}

/// What fell due first has been said.
void drop_first(state& s) {
    const due_mark first = (*s.due.begin()).first;
    s.due.erase(first);
}

/// Words of the record, folded, in one string.
std::string searched_in(const register_case& c) {
    std::string out;
    for (const localized* text : {&c.title, &c.about, &c.authority, &c.legal})
        for (const auto& [language, said] : *text) out += fold_for_search(said) + " ";
    return out;
}

register_case record_in(const taken_case& c, const barrier_id& id) {
    return {id,        c.class_, c.member, c.authority,    c.title, c.about,
            c.hinders, c.legal,  c.firms,  c.firms_source, {}};
}

/// A case of its own, at the step that comes after its registration.
void take_over(state& s, const charter::state& charter, const import_id& batch, const body_id& body,
               const taken_case& c, const context& ctx) {
    barrier_case one;
    one.number = static_cast<std::int64_t>(s.cases.size()) + 1;
    const barrier_id id{"b-" + std::to_string(one.number)};
    one.received.what.body = body;
    one.received.done = done_by(ctx);
    one.taken = {batch, c.number, c.since, c.source};
    one.record = {record_in(c, id), done_by(ctx)};
    one.searched = searched_in(one.record->what);
    one.versions.push_back(ctx.seq);
    s.cases.insert(id, std::move(one));
    s.by_origin.insert({c.source.name, c.number}, id);
    go_to(s, charter, id, at::position, date_of(ctx.at));
}

void end_import(case_import& one, batch_standing how, const context& ctx) {
    one.standing = how;
    one.ended = done_by(ctx);
    one.rows = {};
}

void take_comment(state& s, const draft_id& id, draft_comment comment) {
    s.drafts.edit(id).comments.push_back(std::move(comment));
}

}  // namespace

barrier_id main_case(const state& s, const barrier_id& id) {
    const barrier_case* one = s.cases.find(id);
    return one && one->into ? *one->into : id;
}

std::optional<barrier_class> barrier_case::judged() const {
    for (std::size_t i = rounds.size(); i-- > 0;)
        if (rounds[i].found) return rounds[i].found->what.class_;
    return record ? std::optional(record->what.class_) : received.what.class_;
}

std::int64_t barrier_case::times_returned() const {
    const auto failed = std::count_if(checks.begin(), checks.end(),
                                      [](const deed<record_check>& one) { return !one.what.gone; });
    const auto taken_up =
        std::count_if(reopenings.begin(), reopenings.end(), [this](const deed<reopen>& one) {
            return !removals.empty() && removals.front().done.seq < one.done.seq;
        });
    return failed + taken_up;
}

void apply(state& s, const charter::state& charter, const receive& m, const context& ctx) {
    const auto number = static_cast<std::int64_t>(s.cases.size()) + 1;
    const barrier_id id{"b-" + std::to_string(number)};
    barrier_case one;
    one.number = number;
    one.received = {m, done_by(ctx)};
    s.cases.insert(id, std::move(one));
    s.by_key.insert(m.key, id);
    go_to(s, charter, id, at::waiting, date_of(ctx.at));
}

void apply(state& s, const charter::state& charter, const say& m, const context& ctx) {
    const date today = date_of(ctx.at);
    s.cases.edit(m.barrier).words.push_back({m, done_by(ctx)});
    const barrier_id main = main_case(s, m.barrier);
    switch (m.word) {
        case reporter_word::comment:
            return;
        case reporter_word::confirm:
            return confirm_removal(s, charter, main, confirmed_by::complainant, m.barrier, ctx);
        case reporter_word::dispute:
            return deny_removal(s, charter, main, barrier_step::confirm, today);
        case reporter_word::returned:
            return check_now(s, charter, main, today);
        case reporter_word::withdraw:
            break;
    }
    barrier_case& one = s.cases.edit(m.barrier);
    one.withdrawn = done_by(ctx);
    if (one.standing != at::waiting) return;
    one.standing = at::withdrawn;
    stop_all(s, m.barrier, today);
}

void apply(state& s, const charter::state&, const decline& m, const context& ctx) {
    end(s, m.barrier, barrier_step::intake, date_of(ctx.at));
    barrier_case& one = s.cases.edit(m.barrier);
    one.declined = {m, done_by(ctx)};
    one.standing = at::declined;
}

void apply(state& s, const charter::state& charter, const register_case& m, const context& ctx) {
    barrier_case& one = s.cases.edit(m.barrier);
    const bool first = !one.record;
    one.record = {m, done_by(ctx)};
    one.searched = searched_in(m);
    one.versions.push_back(ctx.seq);
    if (!first) return;
    end(s, m.barrier, barrier_step::intake, date_of(ctx.at));
    go_to(s, charter, m.barrier, at::position, date_of(ctx.at));
}

void apply(state& s, const charter::state&, const publish_comment& m, const context& ctx) {
    end(s, m.barrier, barrier_step::intake, date_of(ctx.at));
    barrier_case& one = s.cases.edit(m.barrier);
    one.comment = {m, done_by(ctx)};
    one.standing = at::commented;
    take_comment(s, *one.received.what.draft,
                 {done_by(ctx), std::nullopt, m.barrier, m.text, std::nullopt});
}

void apply(state& s, const charter::state&, const link_duplicate& m, const context& ctx) {
    const date today = date_of(ctx.at);
    end(s, m.barrier, barrier_step::intake, today);
    stop_all(s, m.barrier, today);
    barrier_case& one = s.cases.edit(m.barrier);
    one.into = m.into;
    one.links.push_back({done_by(ctx), m.into, m.reason});
    s.cases.edit(m.into).duplicates.push_back(m.barrier);
}

void apply(state& s, const charter::state& charter, const unlink_duplicate& m, const context& ctx) {
    barrier_case& one = s.cases.edit(m.barrier);
    auto& others = s.cases.edit(*one.into).duplicates;
    others.erase(std::find(others.begin(), others.end(), m.barrier));
    one.into.reset();
    one.links.push_back({done_by(ctx), std::nullopt, m.reason});
    // Its step begins anew: nobody is late for what stood still. Withdrawn meanwhile, it is over.
    if (one.standing != at::withdrawn) go_to(s, charter, m.barrier, one.standing, date_of(ctx.at));
}

void apply(state& s, const charter::state& charter, const answer& m, const context& ctx) {
    const date today = date_of(ctx.at);
    barrier_case& one = s.cases.edit(m.barrier);
    one.positions.push_back({m, done_by(ctx)});
    const charter::office* held = charter.find_office({ctx.auth});
    const bool addressed = held && held->member == one.record->what.member;
    if (!addressed || one.standing != at::position) return;
    if (m.says == position::asks_time) {
        const date due = one.runs.back().due;
        const std::int32_t more = days_of(charter, one.received.what.body).more_time;
        return postpone(s, m.barrier, barrier_step::position, std::nullopt, {due.days + more});
    }
    end(s, m.barrier, barrier_step::position, today);
    go_to(s, charter, m.barrier, at::finding, today);
}

void apply(state& s, const charter::state& charter, const give_finding& m, const context& ctx) {
    const date today = date_of(ctx.at);
    s.cases.edit(m.barrier).findings.push_back({m, done_by(ctx)});
    end(s, m.barrier, barrier_step::position, today);
    end(s, m.barrier, barrier_step::finding, today);
    open_panel(s, charter, m.barrier, today);
}

void apply(state& s, const charter::state&, const vote_class& m, const context& ctx) {
    s.cases.edit(m.barrier).rounds.back().votes.push_back({m, done_by(ctx)});
}

/// What the panel found follows in an entry of its own.
void apply(state&, const charter::state&, const qualify&, const context&) {}

void apply(state& s, const charter::state& charter, const qualified& m, const context& ctx) {
    const date today = date_of(ctx.at);
    s.cases.edit(m.barrier).rounds.back().found = {m, done_by(ctx)};
    end(s, m.barrier, barrier_step::panel, today);
    go_to(s, charter, m.barrier, m.class_ == barrier_class::none ? at::not_found : at::measures,
          today);
}

void apply(state& s, const charter::state&, const promise_remedy& m, const context& ctx) {
    const date today = date_of(ctx.at);
    barrier_case& one = s.cases.edit(m.barrier);
    const auto there =
        std::find_if(one.remedies.begin(), one.remedies.end(),
                     [&](const remedy& each) { return each.promised.what.remedy == m.remedy; });
    if (there != one.remedies.end()) {
        there->promised = {m, done_by(ctx)};
        there->versions.push_back(ctx.seq);
        return postpone(s, m.barrier, barrier_step::remedy, m.remedy, m.due);
    }
    one.remedies.push_back({{m, done_by(ctx)}, {ctx.seq}, std::nullopt});
    const member_id member = one.record->what.member;
    end(s, m.barrier, barrier_step::plan, today);
    end(s, m.barrier, barrier_step::claim, today, true);
    begin(s, m.barrier, {barrier_step::remedy, m.remedy, member, today, m.due, {}});
}

void apply(state& s, const charter::state& charter, const prove_remedy& m, const context& ctx) {
    const date today = date_of(ctx.at);
    for (remedy& each : s.cases.edit(m.barrier).remedies)
        if (each.promised.what.remedy == m.remedy) each.proved = {m, done_by(ctx)};
    end(s, m.barrier, barrier_step::remedy, today, false, m.remedy);
    if (all_proved(*s.cases.find(m.barrier)))
        start(s, charter, m.barrier, barrier_step::claim, today);
}

void apply(state& s, const charter::state& charter, const claim_removal& m, const context& ctx) {
    const date today = date_of(ctx.at);
    s.cases.edit(m.barrier).claims.push_back({m, done_by(ctx)});
    end(s, m.barrier, barrier_step::plan, today);
    end(s, m.barrier, barrier_step::claim, today);
    go_to(s, charter, m.barrier, at::claimed, today);
}

void apply(state& s, const charter::state& charter, const record_test& m, const context& ctx) {
    s.cases.edit(m.barrier).tests.push_back({m, done_by(ctx)});
    if (m.gone) return confirm_removal(s, charter, m.barrier, confirmed_by::test, {}, ctx);
    deny_removal(s, charter, m.barrier, barrier_step::confirm, date_of(ctx.at));
}

void apply(state& s, const charter::state& charter, const record_check& m, const context& ctx) {
    barrier_case& one = s.cases.edit(m.barrier);
    one.checks.push_back({m, done_by(ctx)});
    if (!m.gone) return deny_removal(s, charter, m.barrier, barrier_step::check, date_of(ctx.at));
    one.standing = at::closed;
    end(s, m.barrier, barrier_step::check, date_of(ctx.at));
}

void apply(state& s, const charter::state& charter, const reopen& m, const context& ctx) {
    const date today = date_of(ctx.at);
    barrier_case& one = s.cases.edit(m.barrier);
    one.reopenings.push_back({m, done_by(ctx)});
    if (one.standing == at::declined) return go_to(s, charter, m.barrier, at::waiting, today);
    if (one.standing == at::not_found) return open_panel(s, charter, m.barrier, today);
    if (one.standing == at::removed)
        s.due.erase(check_mark(m.barrier, one.removals.back().check_on));
    go_to(s, charter, m.barrier, at::measures, today);
}

void apply(state& s, const charter::state&, const weigh& m, const context& ctx) {
    auto& weight = s.cases.edit(m.barrier).weight;
    if (m.finding)
        weight = {m, done_by(ctx)};
    else
        weight.reset();
}

void apply(state& s, const charter::state&, const step_late& m, const context&) {
    for (step_run& run : s.cases.edit(m.barrier).runs) {
        if (!run.running() || run.step != m.step || run.remedy != m.remedy) continue;
        run.late = true;
    }
    drop_first(s);
}

void apply(state& s, const charter::state& charter, const check_due& m, const context& ctx) {
    check_now(s, charter, m.barrier, date_of(ctx.at));
}

void apply(state& s, const charter::state& charter, const notify_draft& m, const context& ctx) {
    const date today = date_of(ctx.at);
    draft one;
    one.notified = {m, done_by(ctx)};
    s.drafts.insert(m.draft, std::move(one));
    const std::int32_t days = days_of(charter, m.body).comments;
    begin(s, m.draft, {barrier_step::comments, {}, {}, today, {today.days + days}, {}});
}

void apply(state& s, const charter::state& charter, const comment_draft& m, const context& ctx) {
    const charter::office* held = charter.find_office({ctx.auth});
    take_comment(s, m.draft, {done_by(ctx), held->member, std::nullopt, m.text, m.document});
}

void apply(state& s, const charter::state&, const reply_draft& m, const context& ctx) {
    draft& one = s.drafts.edit(m.draft);
    one.replies.push_back({m, done_by(ctx)});
    one.standing = draft_standing::replied;
    end(s, m.draft, date_of(ctx.at));
}

void apply(state& s, const charter::state&, const end_draft& m, const context& ctx) {
    draft& one = s.drafts.edit(m.draft);
    one.ended = {m, done_by(ctx)};
    one.standing = draft_standing::ended;
    end(s, m.draft, date_of(ctx.at), true);
}

void apply(state& s, const charter::state&, const stage_cases& m, const context& ctx) {
    if (!s.imports.contains(m.batch)) {
        case_import begun;
        begun.body = m.body;
        begun.begun = done_by(ctx);
        s.imports.insert(m.batch, std::move(begun));
    }
    case_import& one = s.imports.edit(m.batch);
    ++one.parts;
    one.rows.insert(one.rows.end(), m.cases.begin(), m.cases.end());
    one.count = static_cast<std::int64_t>(one.rows.size());
}

void apply(state& s, const charter::state& charter, const accept_cases& m, const context& ctx) {
    case_import& one = s.imports.edit(m.batch);
    const std::vector<taken_case> rows = std::move(one.rows);
    one.first = static_cast<std::int64_t>(s.cases.size()) + 1;
    end_import(one, batch_standing::accepted, ctx);
    const body_id body = one.body;
    for (const taken_case& row : rows) take_over(s, charter, m.batch, body, row, ctx);
}

void apply(state& s, const charter::state&, const discard_cases& m, const context& ctx) {
    case_import& one = s.imports.edit(m.batch);
    end_import(one, batch_standing::discarded, ctx);
    one.reason = m.reason;
}

void apply(state& s, const charter::state& charter, const comments_closed& m, const context& ctx) {
    const date today = date_of(ctx.at);
    const bool heard = m.comments > 0;
    end(s, m.draft, today);
    draft& one = s.drafts.edit(m.draft);
    one.standing = heard ? draft_standing::reply : draft_standing::replied;
    if (!heard) return;
    const notify_draft& what = one.notified.what;
    const date due{today.days + days_of(charter, what.body).reply};
    begin(s, m.draft, {barrier_step::reply, {}, what.member, today, due, {}});
}

void apply(state& s, const charter::state&, const reply_late& m, const context&) {
    s.drafts.edit(m.draft).runs.back().late = true;
    drop_first(s);
}

}  // namespace veche::barriers
