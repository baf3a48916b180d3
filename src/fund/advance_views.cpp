// What was paid ahead, advance by advance; how much of it is left is told by its commitment.

#include <algorithm>

#include "fund/operations.hpp"
#include "fund/views.hpp"

namespace veche::fund {

result<advances_view> ask(const world& w, const advances_query&, const viewer&) {
    advances_view v;
    for (const auto& [id, one] : w.own.advances) {
        const pay_advance& c = one.asked;
        const commitment& under = *w.own.commitments.find(c.commitment);
        v.advances.push_back({id, under.id, under.line, under.purpose, under.partner, c.amount_,
                              c.effective, c.bank.value_or(main_bank()), under.decision,
                              static_cast<std::int64_t>(one.seq)});
    }
    std::stable_sort(v.advances.begin(), v.advances.end(),
                     [](const auto& a, const auto& b) { return a.seq > b.seq; });
    return v;
}

}  // namespace veche::fund
