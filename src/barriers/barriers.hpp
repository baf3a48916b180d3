#pragma once
// The room's front door: decide is pure and changes nothing; apply is total on what decide let
// pass. The register says what was reported, who owes which step by when, and how it ended; it
// judges nobody.

#include "barriers/events.hpp"
#include "barriers/state.hpp"
#include "charter/charter.hpp"

namespace veche::barriers {

/// What a finding of the evidence says that a case costs, told by the office.
struct cost_figure {
    std::string name;
    std::string unit;
    std::string value;
    std::optional<std::string> low;
    std::optional<std::string> high;
};
VECHE_FIELDS(cost_figure, (name, "touched, cost, tariff or growth."), (unit, "Unit."),
             (value, "Value."), (low, "Lower end of its interval."),
             (high, "Upper end of its interval."))

struct weight_said {
    bool stands = false;  ///< the finding was not corrected or withdrawn since
    localized question;
    std::vector<std::string> sources;  ///< publisher, period and title of each data set
    std::vector<cost_figure> figures;
};

/// The evidence, as far as this room asks for it.
class weights {
  public:
    virtual ~weights() = default;
    [[nodiscard]] virtual std::optional<weight_said> of(const std::string& finding,
                                                        const std::string& row) const = 0;
};

struct world {
    const charter::state& charter;
    const state& own;
    std::shared_ptr<const weights> evidence{};
};

result<events> decide(const world&, const receive&, const context&);
result<events> decide(const world&, const say&, const context&);
result<events> decide(const world&, const decline&, const context&);
result<events> decide(const world&, const register_case&, const context&);
result<events> decide(const world&, const publish_comment&, const context&);
result<events> decide(const world&, const link_duplicate&, const context&);
result<events> decide(const world&, const unlink_duplicate&, const context&);
result<events> decide(const world&, const answer&, const context&);
result<events> decide(const world&, const give_finding&, const context&);
result<events> decide(const world&, const vote_class&, const context&);
result<events> decide(const world&, const qualify&, const context&);
result<events> decide(const world&, const promise_remedy&, const context&);
result<events> decide(const world&, const prove_remedy&, const context&);
result<events> decide(const world&, const claim_removal&, const context&);
result<events> decide(const world&, const record_test&, const context&);
result<events> decide(const world&, const record_check&, const context&);
result<events> decide(const world&, const reopen&, const context&);
result<events> decide(const world&, const weigh&, const context&);
result<events> decide(const world&, const notify_draft&, const context&);
result<events> decide(const world&, const comment_draft&, const context&);
result<events> decide(const world&, const reply_draft&, const context&);
result<events> decide(const world&, const end_draft&, const context&);
result<events> decide(const world&, const stage_cases&, const context&);
result<events> decide(const world&, const accept_cases&, const context&);
result<events> decide(const world&, const discard_cases&, const context&);

void apply(state&, const charter::state&, const receive&, const context&);
void apply(state&, const charter::state&, const say&, const context&);
void apply(state&, const charter::state&, const decline&, const context&);
void apply(state&, const charter::state&, const register_case&, const context&);
void apply(state&, const charter::state&, const publish_comment&, const context&);
void apply(state&, const charter::state&, const link_duplicate&, const context&);
void apply(state&, const charter::state&, const unlink_duplicate&, const context&);
void apply(state&, const charter::state&, const answer&, const context&);
void apply(state&, const charter::state&, const give_finding&, const context&);
void apply(state&, const charter::state&, const vote_class&, const context&);
void apply(state&, const charter::state&, const qualify&, const context&);
void apply(state&, const charter::state&, const promise_remedy&, const context&);
void apply(state&, const charter::state&, const prove_remedy&, const context&);
void apply(state&, const charter::state&, const claim_removal&, const context&);
void apply(state&, const charter::state&, const record_test&, const context&);
void apply(state&, const charter::state&, const record_check&, const context&);
void apply(state&, const charter::state&, const reopen&, const context&);
void apply(state&, const charter::state&, const weigh&, const context&);
void apply(state&, const charter::state&, const notify_draft&, const context&);
void apply(state&, const charter::state&, const comment_draft&, const context&);
void apply(state&, const charter::state&, const reply_draft&, const context&);
void apply(state&, const charter::state&, const end_draft&, const context&);
void apply(state&, const charter::state&, const stage_cases&, const context&);
void apply(state&, const charter::state&, const accept_cases&, const context&);
void apply(state&, const charter::state&, const discard_cases&, const context&);
void apply(state&, const charter::state&, const qualified&, const context&);
void apply(state&, const charter::state&, const step_late&, const context&);
void apply(state&, const charter::state&, const check_due&, const context&);
void apply(state&, const charter::state&, const comments_closed&, const context&);
void apply(state&, const charter::state&, const reply_late&, const context&);

}  // namespace veche::barriers
