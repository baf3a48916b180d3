#include "barriers/viewing.hpp"

#include <algorithm>

#include "barriers/checks.hpp"

namespace veche::barriers {
namespace {

using at = barrier_standing;

std::optional<weight_said> weight_of(const world& w, const barrier_case& one) {
    if (!one.weight || !w.evidence) return std::nullopt;
    return w.evidence->of(*one.weight->what.finding, *one.weight->what.row);
}

std::optional<cost_figure> figure_named(const weight_said& weight, std::string_view name) {
    for (const cost_figure& one : weight.figures)
        if (one.name == name) return one;
    return std::nullopt;
}

void show_weight(barrier_row& row, const world& w, const barrier_case& one) {
    const auto weight = weight_of(w, one);
    if (!weight) return;
    row.finding = one.weight->what.finding;
    row.cost = figure_named(*weight, "cost");
    row.touched = figure_named(*weight, "touched");
    row.tariff = figure_named(*weight, "tariff");
}

void show_clock(barrier_row& row, const barrier_case& one, date today) {
    row.late = any_late(one.runs);
    const step_run* run = first_due(one.runs);
    if (!run) return;
    row.step = run->step;
    row.owed_by = run->member;
    row.due = run->due;
    row.days_left = run->due.days - today.days;
}

}  // namespace

bool is_open(barrier_standing standing) {
    switch (standing) {
        case at::waiting:
        case at::position:
        case at::finding:
        case at::panel:
        case at::measures:
        case at::claimed:
        case at::checking:
            return true;
        default:
            return false;
    }
}

const step_run* first_due(const std::vector<step_run>& runs) {
    const step_run* first = nullptr;
    for (const step_run& one : runs)
        if (one.running() && (!first || one.due < first->due)) first = &one;
    return first;
}

bool any_late(const std::vector<step_run>& runs) {
    return std::any_of(runs.begin(), runs.end(),
                       [](const step_run& one) { return one.running() && one.late; });
}

barrier_row show_row(const world& w, const barrier_id& id, const barrier_case& one, date today) {
    barrier_row row;
    row.barrier = id;
    row.number = one.number;
    row.standing = one.standing;
    row.into = one.into;
    row.class_ = one.judged();
    row.member = one.record ? one.record->what.member : one.received.what.member;
    row.reports = (one.taken ? 0 : 1) + static_cast<std::int64_t>(one.duplicates.size());
    if (one.taken) row.taken_from = one.taken->source.name;
    row.received = date_of(one.received.done.at);
    row.seq = static_cast<std::int64_t>(one.received.done.seq);
    row.changed = row.received;
    for (const step_run& run : one.runs)
        row.changed = std::max({row.changed, run.began, run.ended.value_or(run.began)});
    show_clock(row, one, today);
    if (!one.record) return row;
    const register_case& c = one.record->what;
    row.title = c.title;
    row.authority = c.authority;
    row.headings = c.hinders.headings;
    row.services = c.hinders.services;
    row.firms = c.firms;
    show_weight(row, w, one);
    return row;
}

draft_row show_row(const draft& one, date today) {
    const notify_draft& c = one.notified.what;
    draft_row row;
    row.draft = c.draft;
    row.member = c.member;
    row.title = c.title;
    row.authority = c.authority;
    row.standing = one.standing;
    if (one.ended) row.outcome = one.ended->what.outcome;
    row.comments = static_cast<std::int64_t>(one.comments.size());
    if (const step_run* run = first_due(one.runs)) {
        row.step = run->step;
        row.due = run->due;
        row.days_left = run->due.days - today.days;
    }
    row.late = any_late(one.runs);
    row.planned = c.planned;
    row.notified = date_of(one.notified.done.at);
    row.seq = static_cast<std::int64_t>(one.notified.done.seq);
    return row;
}

step_row show_step(const step_run& run, date today) {
    std::optional<std::int64_t> left;
    if (run.running()) left = run.due.days - today.days;
    return {run.step,  run.remedy, run.member, run.began,  run.due,
            run.ended, left,       run.late,   run.stopped};
}

said_row show_said(const charter::state& charter, const localized& text,
                   const std::optional<content_ref>& document, const doing& done) {
    const charter::office* held = charter.find_office({done.as});
    return {text,    document, held ? held->member : std::nullopt, done.by,
            done.as, done.at,  static_cast<std::int64_t>(done.seq)};
}

round_row show_round(const world& w, const body_id& body, const panel_round& round, bool running,
                     date today) {
    round_row row;
    if (round.found) {
        const qualified& found = round.found->what;
        row.found = found.class_;
        row.for_it = found.votes;
        row.cast = found.cast;
        row.panel = found.panel;
        row.seq = static_cast<std::int64_t>(round.found->done.seq);
    }
    for (const deed<vote_class>& one : votes_that_count(round))
        row.votes.push_back({one.done.by, one.what.class_, one.what.text,
                             row.found && one.what.class_ != *row.found, one.done.at,
                             static_cast<std::int64_t>(one.done.seq)});
    if (!running || round.found) return row;
    const std::vector<person_id> panel = panel_of(w.charter, body, today);
    for (const person_id& one : panel)
        if (std::none_of(row.votes.begin(), row.votes.end(),
                         [&](const panel_vote_row& vote) { return vote.by == one; }))
            row.silent.push_back(one);
    row.cast = static_cast<std::int32_t>(row.votes.size());
    row.panel = static_cast<std::int32_t>(panel.size());
    return row;
}

int128 exact(std::string_view decimal) {
    constexpr int decimals = 18;
    const bool below = decimal.starts_with('-');
    if (below) decimal.remove_prefix(1);
    int128 value = 0;
    int after = -1;
    for (const char c : decimal) {
        if (c == '.') {
            after = 0;
            continue;
        }
        if (c < '0' || c > '9' || after >= decimals) break;
        value = value * 10 + (c - '0');
        if (after >= 0) ++after;
    }
    for (int i = std::max(after, 0); i < decimals; ++i) value *= 10;
    return below ? -value : value;
}

std::map<barrier_id, cost_rank> ranks_of(const world& w) {
    struct costly {
        int128 cost;
        std::int64_t number;
        barrier_id id;
    };
    std::map<std::string, std::vector<costly>> by_unit;
    for (const auto& [id, one] : w.own.cases) {
        if (!one.record || one.into || !is_open(one.standing)) continue;
        const auto weight = weight_of(w, one);
        const auto cost = weight ? figure_named(*weight, "cost") : std::nullopt;
        if (cost) by_unit[cost->unit].push_back({exact(cost->value), one.number, id});
    }
    std::map<barrier_id, cost_rank> out;
    for (auto& [unit, all] : by_unit) {
        std::sort(all.begin(), all.end(), [](const costly& a, const costly& b) {
            return a.cost != b.cost ? a.cost > b.cost : a.number < b.number;
        });
        for (std::size_t i = 0; i < all.size(); ++i)
            out[all[i].id] = {static_cast<std::int64_t>(i) + 1, unit};
    }
    return out;
}

known_weight weight_known(const world& w, const barrier_case& one) {
    const auto weight = weight_of(w, one);
    if (!weight) return {};
    return {figure_named(*weight, "cost").has_value(),
            figure_named(*weight, "touched").has_value()};
}

}  // namespace veche::barriers
