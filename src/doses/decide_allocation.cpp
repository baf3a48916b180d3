// Doses shared out by a decision. By a rule the engine is asked here, and a check that does not
// know it judges what it says; a plan of fewest deaths is stated, and only checked.

#include "doses/checks.hpp"
#include "doses/planned.hpp"
#include "doses/sharing.hpp"
#include "kernel/check.hpp"

namespace veche::doses {
namespace {

result<void> check_recipients(const world& w, const allocate& c) {
    if (c.recipients.empty() || c.recipients.size() > max_rows)
        return refuse(refusals::too_many_rows, "recipients", std::to_string(max_rows));
    for (std::size_t i = 0; i < c.recipients.size(); ++i) {
        const std::string field = "recipients." + std::to_string(i) + ".site";
        VECHE_CHECK(find_site(w, c.recipients[i].site, field.c_str()));
        if (c.recipients[i].site == c.from) return refuse(refusals::same_site, field);
    }
    return {};
}

/// The policy fits the course, and what it keeps for second doses stays at the store.
result<std::int64_t> check_seconds(const world& w, const record_product& product, const allocate& c,
                                   std::int64_t given, std::int64_t free, date today) {
    if ((product.course == 1) != (c.policy == second_policy::one_dose))
        return refuse(refusals::policy_unfit, "policy", std::to_string(product.course));
    VECHE_CHECK(check_range(c.horizon, 0, 366, "horizon"));
    const std::int64_t stay = must_stay(w.own, product, c.policy, c.horizon, given, today);
    if (stay > free - given)
        return refuse(refusals::seconds_not_in_sight, "doses", std::to_string(stay),
                      std::to_string(free - given));
    return stay;
}

result<void> check_stated(const allocate& c, const std::vector<allocated_share>& shares) {
    if (c.shares.empty()) return {};
    if (c.shares.size() != shares.size())
        return refuse(refusals::too_many_rows, "shares", std::to_string(shares.size()));
    for (std::size_t i = 0; i < shares.size(); ++i)
        if (c.shares[i].site != shares[i].site || c.shares[i].doses != shares[i].doses)
            return refuse(refusals::shares_differ, "shares." + std::to_string(i),
                          shares[i].site.value, std::to_string(shares[i].doses),
                          std::to_string(c.shares[i].doses));
    return {};
}

/// What the rule makes of the doses, before anybody looks at the stock.
result<allocated> shared_out(const world& w, const record_product& product, const allocate& c) {
    if (c.rule == sharing_rule::fewest_deaths) {
        if (!c.plan) return refuse(refusals::plan_missing, "plan");
        VECHE_CHECK(check_plan(w, product, c));
        return allocated{c.allocation, to_text(c.plan->floor), planned_shares(c), 0, 0};
    }
    if (c.plan) return refuse(refusals::plan_unasked, "plan");
    const shares::dose_request asked = request_of(c, product);
    const shares::dose_plan plan = VECHE_TRY(shares::share_doses(asked));
    VECHE_ENSURE(shares::fault_in(asked, plan).empty(), "a plan of doses stands up to its check");
    return allocated{c.allocation, plan.level, shares_for(w.own, c, plan), plan.left_over, 0};
}

}  // namespace

result<events> decide(const world& w, const allocate& c, const context& ctx) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    const record_product* product = VECHE_TRY(find_product(w, c.product, "product"));
    VECHE_CHECK(charter::require(w.charter, ctx, "", product->body, allocate::wire.type));
    VECHE_CHECK(find_site(w, c.from, "from"));
    if (w.own.allocations.contains(c.allocation))
        return refuse(refusals::id_taken, "allocation", c.allocation.value);
    VECHE_CHECK(check_vials(*product, c.doses, "doses"));
    VECHE_CHECK(check_recipients(w, c));
    VECHE_CHECK(check_text(w, c.why, "why"));
    allocated out = VECHE_TRY(shared_out(w, *product, c));
    const date today = date_of(ctx.at);
    const std::int64_t given = c.doses - out.left_over;
    const std::int64_t promised = promised_from(w.own, c.from, c.product);
    const std::int64_t free = held_of(w.own, c.from, c.product, stock_state::usable) - promised;
    if (given > free)
        return refuse(refusals::stock_short, "doses", std::to_string(free), std::to_string(given));
    out.kept = VECHE_TRY(check_seconds(w, *product, c, given, free, today));
    VECHE_CHECK(check_stated(c, out.shares));
    return events{make_event(out)};
}

}  // namespace veche::doses
