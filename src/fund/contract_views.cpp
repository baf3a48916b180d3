#include "fund/contract_views.hpp"

#include <algorithm>
#include <map>

#include "fund/views.hpp"

namespace veche::fund {
namespace {

constexpr std::size_t contracts_at_once = 500;

std::int64_t entry_number(std::uint64_t seq) {
    return static_cast<std::int64_t>(seq);
}

bool is_asked(const contracts_query& q, const contract& one) {
    return (!q.call || one.what.call == *q.call) &&
           (!q.beneficiary || one.what.beneficiary == *q.beneficiary) &&
           (!q.from || one.what.from == *q.from) &&
           (!q.contract || one.what.contract == *q.contract);
}

/// What was accepted fills the instalments in their order.
std::vector<contract_part_row> parts_shown(const contract& one, std::int64_t accepted) {
    std::vector<contract_part_row> out;
    for (const promised_part& part : one.what.parts) {
        contract_part_row& row = out.emplace_back();
        row.shown = part.shown;
        row.due_days = part.due_days;
        if (one.signed_on) row.due = date{one.signed_on->days + part.due_days};
        row.amount_ = part.amount_;
        row.accepted = {std::min(accepted, part.amount_.minor), part.amount_.unit};
        accepted -= row.accepted.minor;
    }
    return out;
}

contract_row shown_row(const state& s, const contract& one) {
    const unit_id& unit = one.what.amount_.unit;
    const ledger::commitment* held =
        one.signed_on ? s.book.commitments.find(one.what.contract.value) : nullptr;
    contract_row row;
    row.contract = one.what.contract;
    row.call = one.what.call;
    row.beneficiary = one.what.beneficiary;
    row.from = one.what.from;
    row.purpose = one.what.purpose;
    row.state = state_of(s, one);
    row.amount_ = one.what.amount_;
    row.claimed = {one.claimed, unit};
    row.paid = amount_in(unit, held ? held->paid : 0);
    row.released = {one.over ? one.over->released.minor : 0, unit};
    row.parts = parts_shown(one, held ? amount_in(unit, held->accepted).minor : 0);
    row.text = one.text;
    row.reason = one.reason;
    row.drafted_by = one.drafted_by;
    row.seq = entry_number(one.seq);
    row.signed_on = one.signed_on;
    if (one.signed_on) row.signed_seq = entry_number(one.signed_seq);
    if (!one.over) return row;
    row.over_on = one.over_on;
    row.over_seq = entry_number(one.over_seq);
    return row;
}

void count_in(const contract_row& row, contract_totals& all) {
    if (row.state == contract_state::drafted) ++all.drafts;
    if (!row.signed_on) return;
    ++all.contracts;
    if (!row.over_on) ++all.running;
    all.contracted.minor += row.amount_.minor;
    all.paid.minor += row.paid.minor;
    all.released.minor += row.released.minor;
}

}  // namespace

result<contracts_view> ask(const world& w, const contracts_query& q, const viewer&) {
    contracts_view out;
    std::map<unit_id, contract_totals> totals;
    for (const auto& [id, one] : w.own.contracts) {
        if (!is_asked(q, one)) continue;
        contract_row row = shown_row(w.own, one);
        const unit_id unit = row.amount_.unit;
        contract_totals& all =
            totals.try_emplace(unit, contract_totals{0, 0, 0, {0, unit}, {0, unit}, {0, unit}})
                .first->second;
        count_in(row, all);
        if (q.after && id <= *q.after) continue;
        if (out.contracts.size() == contracts_at_once)
            out.more = true;
        else
            out.contracts.push_back(std::move(row));
    }
    for (const auto& [unit, all] : totals) out.totals.push_back(all);
    return out;
}

}  // namespace veche::fund
