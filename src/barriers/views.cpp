#include "barriers/views.hpp"

#include <algorithm>

#include "barriers/checks.hpp"
#include "barriers/viewing.hpp"
#include "kernel/part_of.hpp"
#include "kernel/search_fold.hpp"

namespace veche::barriers {
namespace {

using at = barrier_standing;

/// One of the two lies within the other.
bool touches(const std::string& heading, const std::string& asked) {
    return heading.starts_with(asked) || asked.starts_with(heading);
}

bool says(const barrier_case& one, const search_words& words) {
    return words.empty() || (one.record && words.found_in({one.searched}));
}

/// Reports that are no cases are listed only where their standing is asked for.
bool is_listed(const barrier_case& one, const barriers_query& q) {
    if (one.into) return false;
    return q.standing ? one.standing == *q.standing : one.record.has_value();
}

/// What lists are chosen and ordered by. Rows are made for the part that is shown: of a large
/// register all of them take longer than the rest.
struct listed_case {
    const barrier_id* id = nullptr;
    const barrier_case* one = nullptr;
    const cost_rank* rank = nullptr;
    known_weight known;
    std::optional<date> due;
};

const member_id* member_of(const barrier_case& one) {
    if (one.record) return &one.record->what.member;
    return one.received.what.member ? &*one.received.what.member : nullptr;
}

bool fits(const barrier_case& one, const barriers_query& q) {
    const auto in = [&](const std::string& heading) { return touches(heading, *q.heading); };
    const auto has_heading = [&] {
        if (!one.record) return false;
        const auto& all = one.record->what.hinders.headings;
        return std::any_of(all.begin(), all.end(), in);
    };
    const member_id* member = member_of(one);
    return (!q.class_ || one.judged() == q.class_) &&
           (!q.member || (member && *member == *q.member)) &&
           (!q.open || is_open(one.standing) == *q.open) &&
           (!q.late || any_late(one.runs) == *q.late) && (!q.heading || has_heading());
}

/// Known costs by unit and rank, then what is known to touch trade, then the rest.
bool costs_more(const listed_case& a, const listed_case& b) {
    if ((a.rank != nullptr) != (b.rank != nullptr)) return a.rank != nullptr;
    if (a.rank && a.rank->unit != b.rank->unit) return a.rank->unit < b.rank->unit;
    if (a.rank) return a.rank->rank < b.rank->rank;
    if (a.known.touched != b.known.touched) return a.known.touched;
    return a.one->number > b.one->number;
}

bool is_due_sooner(const listed_case& a, const listed_case& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    if (a.due && a.due != b.due) return *a.due < *b.due;
    return a.one->number > b.one->number;
}

void sort_cases(std::vector<listed_case>& cases, barrier_order order) {
    std::sort(cases.begin(), cases.end(), [&](const listed_case& a, const listed_case& b) {
        if (order == barrier_order::cost) return costs_more(a, b);
        return order == barrier_order::due ? is_due_sooner(a, b) : a.one->number > b.one->number;
    });
}

barrier_row ranked_row(const world& w, const listed_case& of, date today) {
    barrier_row row = show_row(w, *of.id, *of.one, today);
    if (of.rank) row.rank = of.rank->rank;
    return row;
}

void count_report(barriers_view& out, const barrier_case& one) {
    ++(one.taken ? out.taken : out.received);
    out.waiting += one.standing == at::waiting && !one.into ? 1 : 0;
    out.declined += one.standing == at::declined ? 1 : 0;
    out.withdrawn += one.standing == at::withdrawn ? 1 : 0;
    out.commented += one.standing == at::commented ? 1 : 0;
    out.linked += one.into ? 1 : 0;
    if (!one.record || one.into) return;
    ++out.registered;
    ++out.total;
    out.late += any_late(one.runs) ? 1 : 0;
}

void count_standing(std::vector<standing_count>& counts, at standing) {
    const auto there = std::find_if(counts.begin(), counts.end(), [&](const standing_count& one) {
        return one.standing >= standing;
    });
    if (there != counts.end() && there->standing == standing)
        ++there->cases;
    else
        counts.insert(there, {standing, 1});
}

std::vector<std::int64_t> entries_of(const std::vector<std::uint64_t>& seqs) {
    return {seqs.begin(), seqs.end()};
}

void show_said_by_reporters(barrier_view& out, const barrier_id& id, const barrier_case& one) {
    for (const deed<say>& word : one.words)
        out.words.push_back({id, word.what.n, word.what.word, word.what.sealed.has_value(),
                             word.done.at, static_cast<std::int64_t>(word.done.seq)});
    for (const link_change& link : one.links)
        out.links.push_back(
            {id, link.into, link.reason, link.done.at, static_cast<std::int64_t>(link.done.seq)});
}

void show_report(barrier_view& out, const barrier_case& one, const charter::state& charter) {
    const receive& c = one.received.what;
    out.body = c.body;
    out.reported_class = c.class_;
    out.reported_member = c.member;
    out.draft = c.draft;
    if (one.taken) {
        const taken_from& t = *one.taken;
        out.taken = {t.number, t.since, t.source, t.batch};
    } else {
        out.key = c.key;
        out.sealed = c.sealed.commit;
    }
    out.withdrawn = one.withdrawn.has_value();
    if (one.declined) {
        out.ground = one.declined->what.ground;
        out.declined = show_deed(charter, *one.declined);
    }
    if (one.comment)
        out.comment = show_said(charter, one.comment->what.text, {}, one.comment->done);
    if (!one.record) return;
    const register_case& record = one.record->what;
    out.about = record.about;
    out.legal = record.legal;
    out.whom = record.hinders.whom;
    out.firms_source = record.firms_source;
    out.versions = entries_of(one.versions);
}

void show_remedies(barrier_view& out, const barrier_case& one, const charter::state& charter) {
    for (const remedy& each : one.remedies) {
        const promise_remedy& c = each.promised.what;
        remedy_row row{c.remedy, c.owner, c.text, c.due, false, {}, {}, entries_of(each.versions)};
        for (const step_run& run : one.runs)
            if (run.remedy == c.remedy) row.late = run.late;
        if (each.proved) {
            row.done_on = each.proved->what.on;
            row.proof = show_deed(charter, *each.proved);
        }
        out.remedies.push_back(std::move(row));
    }
}

void show_way(barrier_view& out, const world& w, const barrier_case& one, date today) {
    for (const step_run& run : one.runs) out.steps.push_back(show_step(run, today));
    for (const auto& each : one.positions)
        out.positions.push_back({each.what.says, show_deed(w.charter, each)});
    for (const auto& each : one.findings)
        out.findings.push_back({each.what.consultations, show_deed(w.charter, each)});
    for (const panel_round& each : one.rounds)
        out.rounds.push_back(
            show_round(w, out.body, each, one.standing == at::panel && !one.into, today));
    show_remedies(out, one, w.charter);
    for (const auto& each : one.claims) out.claims.push_back(show_deed(w.charter, each));
    for (const auto& each : one.tests)
        out.tests.push_back({each.what.gone, show_deed(w.charter, each)});
    for (const removal& each : one.removals)
        out.removals.push_back({each.how, each.by_report, each.done.at, each.check_on,
                                static_cast<std::int64_t>(each.done.seq)});
    for (const auto& each : one.checks)
        out.checks.push_back({each.what.gone, show_deed(w.charter, each)});
    for (const auto& each : one.reopenings) out.reopenings.push_back(show_deed(w.charter, each));
}

std::optional<weight_row> show_weight(const world& w, const barrier_case& one) {
    if (!one.weight || !w.evidence) return std::nullopt;
    const weigh& c = one.weight->what;
    const auto said = w.evidence->of(*c.finding, *c.row);
    if (!said) return std::nullopt;
    return weight_row{*c.finding,
                      *c.row,
                      said->stands,
                      said->question,
                      said->sources,
                      said->figures,
                      static_cast<std::int64_t>(one.weight->done.seq)};
}

std::vector<reporter_word> words_that_fit(const barrier_case& report, const barrier_case& main) {
    std::vector<reporter_word> out;
    if (report.withdrawn || report.words.size() >= max_words) return out;
    for (const reporter_word one :
         {reporter_word::comment, reporter_word::confirm, reporter_word::dispute,
          reporter_word::returned, reporter_word::withdraw})
        if (word_fits(report, main, one)) out.push_back(one);
    return out;
}

}  // namespace

result<barriers_view> ask(const world& w, const barriers_query& q, const viewer& who) {
    const search_words words(q.query.value_or(""));
    const date today = date_of(who.now);
    const auto ranks = ranks_of(w);
    barriers_view out;
    std::vector<listed_case> cases;
    for (const auto& [id, one] : w.own.cases) {
        count_report(out, one);
        if (!is_listed(one, q) || !fits(one, q) || !says(one, words)) continue;
        listed_case each{&id, &one, nullptr, weight_known(w, one), {}};
        if (const auto rank = ranks.find(id); rank != ranks.end()) each.rank = &rank->second;
        if (const step_run* run = first_due(one.runs)) each.due = run->due;
        count_standing(out.standings, one.standing);
        out.unweighed += each.known.cost ? 0 : 1;
        cases.push_back(each);
    }
    sort_cases(cases, q.order.value_or(barrier_order::cost));
    out.found = static_cast<std::int32_t>(cases.size());
    for (const listed_case& one : part_of(cases, q.offset, q.count))
        out.barriers.push_back(ranked_row(w, one, today));
    return out;
}

result<barrier_view> ask(const world& w, const barrier_query& q, const viewer& who) {
    const barrier_case* one = VECHE_TRY(find_report(w, q.barrier));
    const date today = date_of(who.now);
    barrier_view out;
    out.row = show_row(w, q.barrier, *one, today);
    const auto ranks = ranks_of(w);
    if (const auto rank = ranks.find(q.barrier); rank != ranks.end())
        out.row.rank = rank->second.rank;
    show_report(out, *one, w.charter);
    show_way(out, w, *one, today);
    show_said_by_reporters(out, q.barrier, *one);
    for (const barrier_id& other : one->duplicates)
        show_said_by_reporters(out, other, *w.own.cases.find(other));
    std::sort(out.words.begin(), out.words.end(),
              [](const word_row& a, const word_row& b) { return a.seq < b.seq; });
    out.duplicates = one->duplicates;
    out.weight = show_weight(w, *one);
    return out;
}

result<report_view> ask(const world& w, const report_query& q, const viewer&) {
    const barrier_id* id = w.own.by_key.find(q.key);
    if (!id) return refuse(refusals::link_unknown, "key");
    const barrier_case& one = *w.own.cases.find(*id);
    const barrier_id main = main_case(w.own, *id);
    return report_view{*id, main, static_cast<std::int32_t>(one.words.size()) + 1,
                       words_that_fit(one, *w.own.cases.find(main))};
}

result<scoreboard_view> ask(const world& w, const scoreboard_query&, const viewer&) {
    return scoreboard_view{scores(w)};
}

result<drafts_view> ask(const world& w, const drafts_query& q, const viewer& who) {
    drafts_view out;
    for (const auto& [id, one] : w.own.drafts)
        if ((!q.member || one.notified.what.member == *q.member) &&
            (!q.standing || one.standing == *q.standing))
            out.drafts.push_back(show_row(one, date_of(who.now)));
    std::sort(out.drafts.begin(), out.drafts.end(),
              [](const draft_row& a, const draft_row& b) { return a.seq > b.seq; });
    return out;
}

result<draft_view> ask(const world& w, const draft_query& q, const viewer& who) {
    const draft* one = VECHE_TRY(find_draft(w, q.draft));
    const notify_draft& c = one->notified.what;
    draft_view out;
    out.row = show_row(*one, date_of(who.now));
    out.body = c.body;
    out.about = c.about;
    out.hinders = c.hinders;
    out.document = c.document;
    for (const step_run& run : one->runs) out.steps.push_back(show_step(run, date_of(who.now)));
    for (const draft_comment& each : one->comments) {
        said_row said = show_said(w.charter, each.text, each.document, each.done);
        said.member = each.member;
        out.comments.push_back({each.by_report, std::move(said)});
    }
    for (const auto& each : one->replies) out.replies.push_back(show_deed(w.charter, each));
    if (one->ended) out.ended = show_deed(w.charter, *one->ended);
    out.early = std::any_of(one->runs.begin(), one->runs.end(), [](const step_run& run) {
        return run.step == barrier_step::comments && run.stopped;
    });
    return out;
}

namespace {

import_row show_import(const import_id& id, const case_import& one) {
    import_row row;
    row.batch = id;
    row.body = one.body;
    row.standing = one.standing;
    row.cases = one.count;
    row.parts = one.parts;
    if (one.first > 0) row.first = barrier_id{"b-" + std::to_string(one.first)};
    row.by = one.begun.by;
    row.at = one.begun.at;
    row.seq = static_cast<std::int64_t>(one.begun.seq);
    if (one.ended) row.ended = static_cast<std::int64_t>(one.ended->seq);
    row.reason = one.reason;
    return row;
}

}  // namespace

result<imports_view> ask(const world& w, const imports_query&, const viewer&) {
    imports_view out;
    for (const auto& [id, one] : w.own.imports) out.imports.push_back(show_import(id, one));
    std::sort(out.imports.begin(), out.imports.end(),
              [](const auto& a, const auto& b) { return a.seq > b.seq; });
    return out;
}

result<import_view> ask(const world& w, const import_query& q, const viewer& who) {
    const case_import* one = w.own.imports.find(q.batch);
    if (!one) return refuse(refusals::import_unknown, "batch", q.batch.value);
    import_view out{show_import(q.batch, *one), {}};
    if (one->standing != batch_standing::waiting) return out;
    context as_begun;  // rows are judged as whoever laid them ready would have them taken over
    as_begun.at = who.now;
    as_begun.actor = one->begun.by;
    as_begun.auth = one->begun.as;
    out.problems = problems_of(w, one->rows, as_begun);
    return out;
}

}  // namespace veche::barriers
