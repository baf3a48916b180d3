#pragma once
// Rows of the views, made from the state. Inside the room only.

#include <map>

#include "barriers/views.hpp"

namespace veche::barriers {

/// The case in short; rank left open.
barrier_row show_row(const world&, const barrier_id&, const barrier_case&, date today);
draft_row show_row(const draft&, date today);
step_row show_step(const step_run&, date today);
said_row show_said(const charter::state&, const localized& text,
                   const std::optional<content_ref>& document, const doing&);
template <class Command>
said_row show_deed(const charter::state& charter, const deed<Command>& one) {
    if constexpr (requires { one.what.document; })
        return show_said(charter, one.what.text, one.what.document, one.done);
    else
        return show_said(charter, one.what.reason, std::nullopt, one.done);
}
round_row show_round(const world&, const body_id&, const panel_round&, bool running, date today);

/// Whether something of it is still to be done.
bool is_open(barrier_standing);
/// The running step that is due first; nothing where none runs.
const step_run* first_due(const std::vector<step_run>&);
bool any_late(const std::vector<step_run>&);

struct cost_rank {
    std::int64_t rank = 0;
    std::string unit;
};
/// Ranks by cost among open cases, for each unit apart, since units cannot be compared.
std::map<barrier_id, cost_rank> ranks_of(const world&);
/// Figures laid on the case by a finding that stands or stood; none where nothing was laid on.
struct known_weight {
    bool cost = false;
    bool touched = false;
};
known_weight weight_known(const world&, const barrier_case&);
/// A decimal number in units of its 18th decimal; 0 where it is none.
int128 exact(std::string_view decimal);

}  // namespace veche::barriers
