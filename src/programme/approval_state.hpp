#pragma once
// Approvals as the programme knows them: every run of every step with its clock.

#include <algorithm>

#include "programme/approval_commands.hpp"

namespace veche::programme {

/// How one run of a step ended. `stopped`: the paper went back while this party had it.
enum class run_end : std::uint8_t { running, approved, returned, stopped };
VECHE_CHOICES(run_end, running, approved, returned, stopped)

/// One turn of a party: from the moment when the paper reached it to the moment when it left.
struct step_run {
    instant from;
    std::uint64_t from_seq = 0;
    std::optional<instant> until;
    std::uint64_t until_seq = 0;
    run_end how = run_end::running;
    person_id by;                         ///< who ended it,
    std::string as;                       ///< under which office,
    std::optional<decision_id> decision;  ///< or by which decision
    localized note;
    std::vector<evidence> papers;
    std::optional<instant> escalates;  ///< when the body above will be seized, once it is over
    std::optional<body_id> escalated_to;
    std::optional<std::uint64_t> overdue_seq;
    std::optional<std::uint64_t> escalated_seq;
};

struct step_state {
    approval_step plan;
    std::vector<step_run> runs;
    bool approved = false;

    [[nodiscard]] bool running() const { return !runs.empty() && !runs.back().until; }
};

struct approval {
    approval_id id;
    localized title;
    localized text;
    body_id body;
    std::vector<measure_id> measures;
    std::vector<evidence> papers;
    std::vector<step_state> steps;        ///< by stage, within one as named
    std::optional<decision_id> decision;  ///< that started it, or
    person_id by;                         ///< who did,
    std::string as;                       ///< under which office
    instant at;
    std::uint64_t seq = 0;
    std::optional<instant> completed;
    std::optional<instant> withdrawn;
    localized reason;  ///< of its withdrawal
    std::uint64_t closed_seq = 0;

    [[nodiscard]] bool open() const { return !completed && !withdrawn; }
    [[nodiscard]] const step_state* find(const step_id& name) const {
        const auto found = std::find_if(steps.begin(), steps.end(), [&](const step_state& one) {
            return one.plan.step == name;
        });
        return found == steps.end() ? nullptr : &*found;
    }
};

/// When the days of a running step are over, or when the body above is seized of it.
struct step_deadline {
    instant at;
    approval_id approval;
    step_id step;
    bool escalation = false;
    auto operator<=>(const step_deadline&) const = default;
};

/// Start of the day after the last day of the run, UTC. The day on which the paper came counts as
/// none of the days.
instant run_falls_due(const approval_step&, const step_run&);
/// Whole days that a run has lasted, until it ended or until `at`.
std::int64_t days_used(const step_run&, instant at);
/// Of these, days beyond those allowed.
std::int64_t days_over(const approval_step&, const step_run&, instant at);

}  // namespace veche::programme
