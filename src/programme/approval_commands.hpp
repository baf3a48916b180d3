#pragma once
// The approval of a paper: a chain of bodies and offices that must agree, in stages, each with its
// own days. Steps of one stage run side by side; a stage begins when the one before is complete.
// Whose turn it is, since when, and how many of the days are used is read from the journal alone.

#include "programme/terms.hpp"

namespace veche::programme {

using approval_id = id<struct approval_tag>;
using step_id = id<struct step_tag>;  ///< unique within its approval

/// One party of the chain. Where an office is named, its holder approves; otherwise the body does,
/// by decision.
struct approval_step {
    step_id step;
    localized title;
    body_id body;
    std::optional<office_id> office;
    std::int32_t stage = 1;
    std::int32_t days = 0;
};
VECHE_FIELDS(approval_step, (step, "Short name of the step."), (title, "What is done in it."),
             (body, "The body that must agree."),
             (office, "The office that agrees for it; without one the body decides."),
             (stage, "Steps with the same number run side by side."),
             (days, "Days that the party has."))

/// By decision, or power "measures" in the body that runs the chain. The paper is a set of
/// measures, a text, a file, or several of these.
struct start_approval {
    static constexpr wire_info wire{"programme.start_approval", 1,
                                    "Send a programme or a draft through its approvals."};
    approval_id approval;
    localized title;
    localized text;
    body_id body;
    std::vector<measure_id> measures;
    std::vector<evidence> papers;
    std::vector<approval_step> steps;
};
VECHE_FIELDS(start_approval, (approval, "Short name of the approval."),
             (title, "Title by language."), (text, "What is to be approved, by language."),
             (body, "The body that runs it."), (measures, "Measures that it is about."),
             (papers, "Papers that are to be approved."), (steps, "Who must agree, in stages."))

/// The holder of the step's office, or a decision of the step's body.
struct give_approval {
    static constexpr wire_info wire{"programme.give_approval", 1, "Agree to what is in approval."};
    approval_id approval;
    step_id step;
    localized note;
    std::vector<evidence> papers;
};
VECHE_FIELDS(give_approval, (approval, "The approval."), (step, "The step."),
             (note, "A remark, by language."), (papers, "Papers that go with it."))

/// The holder of the step's office, or a decision of the step's body. The named steps of earlier
/// stages begin again, then this one.
struct return_for_revision {
    static constexpr wire_info wire{"programme.return_for_revision", 1,
                                    "Send what is in approval back to be revised."};
    approval_id approval;
    step_id step;
    std::vector<step_id> to;
    localized reason;
};
VECHE_FIELDS(return_for_revision, (approval, "The approval."), (step, "The step."),
             (to, "Earlier steps that begin again."), (reason, "What is to be revised."))

/// By decision, or power "measures" in the body that runs the chain.
struct withdraw_approval {
    static constexpr wire_info wire{"programme.withdraw_approval", 1,
                                    "Take something out of approval."};
    approval_id approval;
    localized reason;
};
VECHE_FIELDS(withdraw_approval, (approval, "The approval."), (reason, "Why, by language."))

/// The days of a step are over and its party has neither agreed nor sent the paper back.
struct approval_overdue {
    static constexpr wire_info wire{"programme.approval_overdue", 1,
                                    "A party has let the days of its approval pass."};
    approval_id approval;
    step_id step;
    body_id body;
    std::int32_t days = 0;
};
VECHE_FIELDS(approval_overdue, (approval, "The approval."), (step, "The step."),
             (body, "The body whose turn it is."), (days, "Days that it had."))

/// Over for longer than the party's charter allows: the body above is seized of it.
struct approval_escalated {
    static constexpr wire_info wire{"programme.approval_escalated", 1,
                                    "An approval is so late that the body above is seized of it."};
    approval_id approval;
    step_id step;
    body_id body;
    body_id to;
    std::int32_t days = 0;
};
VECHE_FIELDS(approval_escalated, (approval, "The approval."), (step, "The step."),
             (body, "The body whose turn it is."), (to, "The body above."), (days, "Days over."))

/// The last party has agreed.
struct approval_completed {
    static constexpr wire_info wire{"programme.approval_completed", 1, "Everyone has agreed."};
    approval_id approval;
    std::int32_t days = 0;
};
VECHE_FIELDS(approval_completed, (approval, "The approval."), (days, "Days from first to last."))

}  // namespace veche::programme
