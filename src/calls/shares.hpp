#pragma once
// Something divided over the parties that a call names: in proportion to weights, or among claims.

#include "calls/calls.hpp"
#include "kernel/hash.hpp"

namespace veche::calls {

/// What is divided, in smallest units.
std::int64_t amount_of(const share_terms&);
const share_party* find_party(const share_terms&, const party_id&);
/// Whether an office states any claim while the call is open; otherwise the list is known from the
/// day of the decision on.
bool has_stated_claims(const share_terms&);
/// How many custodians have to commit before lots can be drawn. Where the list is known from the
/// beginning one alone could choose the outcome with the number.
std::size_t least_custodians(const open_call&);
/// The claim that counts, of a call that divides among claims; nothing where it apportions.
std::optional<std::int64_t> claim_of(const call&, const share_party&);
/// What the office of the party has stated.
const stated_claim* stated_of(const call&, const party_id&);
/// The path of a group from the top, "north/coast": its name in an apportionment and in its lots.
std::string path_of(const share_terms&, const group_id&);

/// What the engine is asked.
veche::shares::grouped_contest contest_of(const call&, const veche::shares::tie_rule&);
veche::shares::division division_of(const call&, const veche::shares::tie_rule&);

/// What the engine answered: levels of an apportionment, or a division.
struct share_answer {
    veche::shares::tie_rule ties;
    std::vector<veche::shares::level_result> levels;
    std::optional<veche::shares::division_certificate> division;

    [[nodiscard]] bool has_ties() const;
};

/// By the order of the list: whether it can be done, and whether several stand equal.
result<share_answer> share_by_order(const call&);
/// Whether lots have to be drawn: the call parts equals by lot, and there are some.
bool needs_lots(const call&);
/// The result by the rule for ties of the call. Refuses with lot_not_revealed where lots are needed
/// and not fixed. The list is closed.
result<share_answer> share_out(const call&);
/// What the check found in an answer, by code that shares nothing with the engine.
std::string fault_in(const call&, const share_answer&);
/// The event that says so.
shared_out summary_of(const call&, const share_answer&);

/// The result, if nothing stands in its way; refuses with blocked, allocated_already.
result<shared_out> ready_sharing(const state&, const call&);

/// The claims that count, and their root.
call_closed close_shares(const call&);
/// The figures of the end.
call_concluded report_of_shares(const call&);
/// What a call for shares may be: everything that would fail later is refused when it is ordered.
result<void> check_shares(const world&, const open_call&);

}  // namespace veche::calls
