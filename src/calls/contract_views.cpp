#include "calls/contract_views.hpp"

#include "calls/checks.hpp"
#include "calls/contracts.hpp"
#include "calls/views.hpp"

namespace veche::calls {
namespace {

constexpr std::size_t promises_at_once = 500;

}  // namespace

result<promised_view> ask(const world& w, const promised_query& q, const viewer&) {
    const call* c = VECHE_TRY(find_call(w, q.call));
    promised_view out;
    out.from = c->asked.commitment;
    if (!c->asked.contracts) return out;
    out.terms = c->asked.contracts;
    if (c->rounds.empty()) return out;
    const auto add = [&](const application& a) {
        const auto won = promised_to(w.own, q.call, a.applicant);
        if (!won) return;
        if (out.rows.size() == promises_at_once) {
            out.more = true;
            return;
        }
        promised_row& row = out.rows.emplace_back();
        row.applicant = a.applicant;
        row.amount_ = won->amount_;
        row.purpose = won->purpose;
        for (const promised_part& one : won->parts)
            row.parts.push_back({one.shown, one.due_days, {one.minor, won->amount_.unit}});
    };
    if (q.applicant) {
        if (const application* a = w.own.find(q.call, *q.applicant)) add(*a);
        return out;
    }
    each_application(w.own, q.call, [&](const application& a) {
        if (!out.more && (!q.after || a.applicant > *q.after)) add(a);
    });
    return out;
}

}  // namespace veche::calls
