#include "barriers/scoreboard.hpp"

#include <algorithm>
#include <map>

#include "barriers/viewing.hpp"

namespace veche::barriers {
namespace {

using at = barrier_standing;

bool is_gone(at standing) {
    return standing == at::removed || standing == at::checking || standing == at::closed;
}

/// Days that each step took, and what of it was in time.
struct tally {
    std::map<barrier_step, step_score> steps;
    std::map<barrier_step, std::vector<std::int64_t>> days;

    void take(const step_run& run) {
        if (run.stopped || (run.running() && !run.late)) return;
        step_score& score = steps[run.step];
        score.step = run.step;
        if (run.running()) {
            ++score.late_now;
            return;
        }
        ++score.done;
        score.in_time += run.late ? 0 : 1;
        days[run.step].push_back(run.ended->days - run.began.days);
    }

    void put_into(score_row& row) {
        for (auto& [step, score] : steps) {
            std::vector<std::int64_t>& took = days[step];
            std::sort(took.begin(), took.end());
            if (!took.empty()) score.median_days = took[(took.size() - 1) / 2];
            row.late += score.late_now;
            row.due += score.done + score.late_now;
            row.in_time += score.in_time;
            row.steps.push_back(score);
        }
        if (row.due > 0) row.percent = 100 * row.in_time / row.due;
        row.kept = punctuality_of(row.in_time, row.due);
    }
};

void count_case(score_row& row, const barrier_case& one) {
    ++row.cases;
    row.open += is_open(one.standing) ? 1 : 0;
    row.returned += one.times_returned();
    row.not_found += one.standing == at::not_found ? 1 : 0;
    if (!is_gone(one.standing)) return;
    ++row.removed;
    const bool tested = one.removals.back().how == confirmed_by::test;
    ++(tested ? row.by_test : row.by_complainant);
}

}  // namespace

punctuality punctuality_of(std::int64_t in_time, std::int64_t all) {
    if (all == 0) return punctuality::none;
    if (100 * in_time > 75 * all) return punctuality::high;
    return 100 * in_time >= 55 * all ? punctuality::middle : punctuality::low;
}

std::vector<score_row> scores(const world& w) {
    std::map<std::optional<member_id>, tally> tallies;
    std::map<member_id, score_row> counted;
    for (const auto& [id, one] : w.own.cases) {
        for (const step_run& run : one.runs) tallies[run.member].take(run);
        if (one.record && !one.into) count_case(counted[one.record->what.member], one);
    }
    for (const auto& [id, one] : w.own.drafts)
        for (const step_run& run : one.runs)
            if (run.step == barrier_step::reply) tallies[run.member].take(run);
    std::vector<score_row> out;
    for (const charter::member& member : w.charter.document().members) {
        score_row row = counted[member.id];
        row.member = member.id;
        tallies[member.id].put_into(row);
        out.push_back(std::move(row));
    }
    tallies[std::nullopt].put_into(out.emplace_back());
    return out;
}

}  // namespace veche::barriers
