// Authority and contributions: what a decision orders.

#include <set>

#include "fund/checks.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"
#include "kernel/hash.hpp"
#include "ledger/division.hpp"

namespace veche::fund {
namespace {

bool is_member(const charter::state& c, const member_id& id, date on) {
    const charter::member* m = c.find_member(id);
    return m && m->from <= on && (!m->until || on <= *m->until);
}

result<std::vector<share>> stated_shares(const charter::state& c, const amount& total,
                                         const std::vector<share>& shares, date on) {
    int128 sum = 0;
    std::set<member_id> seen;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const share& one = shares[i];
        const std::string place = "shares." + std::to_string(i);
        if (!is_member(c, one.member, on))
            return refuse(refusals::not_a_member, place + ".member", one.member.value);
        VECHE_CHECK(check_same_unit(one.amount_, total.unit, place + ".amount"));
        if (!seen.insert(one.member).second)
            return refuse(refusals::share_repeated, place + ".member", one.member.value);
        if (one.amount_.minor < 0) return refuse(refusals::share_negative, place + ".amount.minor");
        sum += one.amount_.minor;
    }
    if (sum != total.minor)
        return refuse(refusals::shares_differ, "shares", to_text(sum), std::to_string(total.minor));
    return shares;
}

/// The member's weight "money" on that day.
std::int64_t money_weight(const charter::member& m, date on) {
    std::int64_t value = 0;
    std::optional<date> latest;
    for (const charter::weight& w : m.weights)
        if (w.name == "money" && w.from <= on && (!latest || w.from >= *latest)) {
            latest = w.from;
            value = w.value;
        }
    return value;
}

/// Refuses where the appropriations of all lines of a unit would leave the range: while they fit,
/// so does the sum of any of them.
result<void> check_total(const world& w, const amount& more, int128 original, int128 amended) {
    const appropriation_fold* all = w.own.appropriated.find(more.unit);
    const appropriation_fold now = all ? *all : appropriation_fold{};
    if (now.original + original > INT64_MAX || now.amended + amended > INT64_MAX)
        return refuse(refusals::overflow, "amount.minor", "Appropriations:" + more.unit.value);
    return {};
}

result<const budget_line*> find_line(const world& w, const line_id& id, const char* field) {
    const budget_line* line = w.own.lines.find(id);
    if (!line) return refuse(refusals::line_unknown, field, id.value);
    return line;
}

/// A provisional line grows by further months or becomes the budget's, and in no other way.
result<void> check_decided(const budget_line& line, const char* field) {
    if (line.provisional) return refuse(refusals::line_provisional, field, line.asked.line.value);
    return {};
}

/// The line is new, or it is the same provisional one and more months are asked for.
result<void> check_provisional(const budget_line* known, const open_provisional& c) {
    if (!known) return {};
    const bool same =
        known->provisional && known->provisional->of == c.of && known->asked.year == c.year;
    if (same && known->provisional->months != c.months) return {};
    return check_new(true, same, refusals::line_taken, "line", c.line.value);
}

/// Months of the year that have begun by the day.
std::int32_t months_begun(std::int32_t year, date on) {
    const civil day = civil_of(on);
    if (day.year != year) return day.year < year ? 0 : 12;
    return day.month;
}

result<void> check_months(const budget_line* known, const open_provisional& c, date on) {
    const std::int32_t open = known ? known->provisional->months : 0;
    if (c.months <= open || c.months > 12)
        return refuse(refusals::months_malformed, "months", std::to_string(open));
    const std::int32_t begun = months_begun(c.year, on);
    if (c.months > begun)
        return refuse(refusals::month_not_begun, "months", std::to_string(begun),
                      std::to_string(c.year));
    return {};
}

/// Days of the line's year, each later than the one before, amounts that never fall.
result<void> check_plan(const std::vector<plan_step>& plan, const unit_id& unit,
                        std::int32_t year) {
    const auto field = [](std::size_t i) { return "plan." + std::to_string(i); };
    for (std::size_t i = 0; i < plan.size(); ++i)
        VECHE_CHECK(check_same_unit(plan[i].amount_, unit, field(i) + ".amount"));
    if (plan.empty() || plan.size() > max_plan_steps)
        return refuse(refusals::plan_malformed, "plan", std::to_string(max_plan_steps));
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const bool later = i == 0 || plan[i - 1].by < plan[i].by;
        const std::int64_t before = i == 0 ? 0 : plan[i - 1].amount_.minor;
        if (!later || civil_of(plan[i].by).year != year || plan[i].amount_.minor < before)
            return refuse(refusals::plan_malformed, field(i), std::to_string(max_plan_steps));
    }
    return {};
}

/// Both lines of a movement, and the amount in their unit.
result<void> check_movement(const world& w, const line_id& from, const line_id& to,
                            const amount& a) {
    const budget_line* source = VECHE_TRY(find_line(w, from, "from"));
    const budget_line* target = VECHE_TRY(find_line(w, to, "to"));
    VECHE_CHECK(check_decided(*source, "from"));
    VECHE_CHECK(check_decided(*target, "to"));
    VECHE_CHECK(check_same_unit(a, source->asked.amount_.unit, "amount"));
    VECHE_CHECK(check_same_unit(target->asked.amount_, source->asked.amount_.unit, "to"));
    return {};
}

}  // namespace

result<std::vector<share>> shares_of(const charter::state& c, const amount& total,
                                     const std::vector<share>& stated, date on) {
    if (!stated.empty()) return stated_shares(c, total, stated, on);
    std::vector<const charter::member*> members;
    std::vector<int128> weights;
    for (const charter::member& m : c.document().members) {
        if (!is_member(c, m.id, on) || money_weight(m, on) <= 0) continue;
        members.push_back(&m);
        weights.push_back(money_weight(m, on));
    }
    if (members.empty()) return refuse(refusals::key_missing, "shares");
    const auto parts = ledger::divide_by_largest_remainder(total.minor, weights);
    VECHE_ENSURE(parts.has_value(), "amounts and weights of 64 bits can be divided");
    std::vector<share> out;
    for (std::size_t i = 0; i < members.size(); ++i)
        out.push_back({members[i]->id, {static_cast<std::int64_t>((*parts)[i]), total.unit}});
    return out;
}

result<events> decide(const world& w, const appropriate& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, appropriate::wire.type));
    VECHE_CHECK(check_unit(w, c.amount_, "amount"));
    VECHE_CHECK(check_new(w.own.lines.find(c.line), c, refusals::line_taken, "line", c.line.value));
    VECHE_CHECK(check_words(w, c.title, refusals::title_missing, "title", max_title_bytes));
    VECHE_CHECK(check_year(c.year));
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    if (c.parent) {
        const budget_line* parent = w.own.lines.find(*c.parent);
        if (!parent) return refuse(refusals::parent_unknown, "parent", c.parent->value);
        VECHE_CHECK(check_same_unit(c.amount_, parent->asked.amount_.unit, "amount"));
    }
    VECHE_CHECK(check_total(w, c.amount_, c.amount_.minor, c.amount_.minor));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const amend_appropriation& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, amend_appropriation::wire.type));
    const budget_line* line = VECHE_TRY(find_line(w, c.line, "line"));
    VECHE_CHECK(check_decided(*line, "line"));
    VECHE_CHECK(check_same_unit(c.amount_, line->asked.amount_.unit, "amount"));
    if (c.amount_.minor < 0) return refuse(refusals::amount_negative, "amount.minor");
    const amount now = appropriated(w.own, c.line);
    if (c.amount_ == now) return refuse(refusals::amount_unchanged, "amount.minor");
    VECHE_CHECK(check_total(w, c.amount_, 0, int128{c.amount_.minor} - now.minor));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const transfer_appropriation& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, transfer_appropriation::wire.type));
    VECHE_CHECK(check_new(w.own.virements.find(c.virement), c, refusals::id_taken, "virement",
                          c.virement.value));
    VECHE_CHECK(check_movement(w, c.from, c.to, c.amount_));
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const carry_appropriation& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, carry_appropriation::wire.type));
    VECHE_CHECK(check_new(w.own.carried.find(c.carry_over), c, refusals::id_taken, "carry_over",
                          c.carry_over.value));
    VECHE_CHECK(check_movement(w, c.from, c.to, c.amount_));
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    const std::int32_t year = w.own.lines.find(c.from)->asked.year;
    if (w.own.lines.find(c.to)->asked.year <= year) return refuse(refusals::not_later, "to");
    if (!w.own.closed.contains(year))
        return refuse(refusals::year_open, "from", std::to_string(year));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const open_provisional& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, open_provisional::wire.type));
    const budget_line* of = VECHE_TRY(find_line(w, c.of, "of"));
    const budget_line* known = w.own.lines.find(c.line);
    VECHE_CHECK(check_provisional(known, c));
    VECHE_CHECK(check_year(c.year));
    if (of->asked.year != c.year - 1)
        return refuse(refusals::not_year_before, "of", c.of.value, std::to_string(c.year));
    for (const auto& [id, line] : w.own.lines)
        if (line.asked.year == c.year && !line.provisional)
            return refuse(refusals::year_decided, "year", std::to_string(c.year), id.value);
    VECHE_CHECK(check_months(known, c, date_of(ctx.at)));
    const amount now{known ? appropriated(w.own, c.line).minor : 0, of->asked.amount_.unit};
    const int128 more = twelfths(authority_of(w.own, c).base, c.months) - now.minor;
    VECHE_CHECK(check_total(w, now, known ? 0 : more, more));
    if (const auto operation = provide_by(w.own, c, ctx))
        VECHE_CHECK(check_book(w, *operation, "of"));
    return events{};
}

result<events> decide(const world& w, const replace_provisional& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, replace_provisional::wire.type));
    const budget_line* line = VECHE_TRY(find_line(w, c.line, "line"));
    if (!line->provisional) return refuse(refusals::not_provisional, "line", c.line.value);
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    VECHE_CHECK(check_same_unit(c.amount_, line->asked.amount_.unit, "amount"));
    const ledger::budget_line& held = *w.own.book.lines.find(c.line.value);
    const int128 used = held.appropriation - held.available();
    if (c.amount_.minor < used)
        return refuse(refusals::below_used, "amount.minor", amount_words(w, used, held.unit));
    VECHE_CHECK(check_total(w, c.amount_, int128{c.amount_.minor} - line->asked.amount_.minor,
                            c.amount_.minor - held.appropriation));
    if (const auto operation = amend_to(w.own, c.line, c.amount_.minor, ctx))
        VECHE_CHECK(check_book(w, *operation, "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const plan_spending& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, plan_spending::wire.type));
    const budget_line* line = VECHE_TRY(find_line(w, c.line, "line"));
    const bool same = !line->plans.empty() && line->plans.back().steps == c.plan;
    VECHE_CHECK(check_new(same, true, refusals::id_taken, "line", c.line.value));
    const unit_id& unit = line->asked.amount_.unit;
    VECHE_CHECK(check_plan(c.plan, unit, line->asked.year));
    const std::int64_t has = appropriated(w.own, c.line).minor;
    const std::int64_t reaches = c.plan.back().amount_.minor;
    if (reaches > has)
        return refuse(refusals::plan_exceeds, "plan", amount_words(w, reaches, unit.value),
                      amount_words(w, has, unit.value));
    return events{};
}

result<events> decide(const world& w, const close_year& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, close_year::wire.type));
    VECHE_CHECK(check_year(c.year));
    VECHE_CHECK(check_new(w.own.closed.contains(c.year), true, refusals::id_taken, "year",
                          std::to_string(c.year)));
    const date last = last_day(c.year);
    if (last > date_of(ctx.at)) return refuse(refusals::date_future, "year", to_text(last));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "year"));
    year_closed out{c.year, VECHE_TRY(trial_balance(w.own, last)), {}};
    out.root = to_hex(sha256(to_json(out.rows)));
    return events{make_event(out)};
}

result<events> decide(const world& w, const assess_contributions& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, assess_contributions::wire.type));
    VECHE_CHECK(check_unit(w, c.total, "total"));
    VECHE_CHECK(check_new(w.own.assessments.find(c.assessment), c, refusals::assessment_taken,
                          "assessment", c.assessment.value));
    VECHE_CHECK(check_year(c.year));
    VECHE_CHECK(check_positive(c.total, "total"));
    if (c.due && *c.due < date_of(ctx.at))
        return refuse(refusals::due_past, "due", to_text(*c.due));
    const auto shares = VECHE_TRY(shares_of(w.charter, c.total, c.shares, date_of(ctx.at)));
    VECHE_CHECK(check_book(w, assess_by(c, shares, ctx), {}));
    return events{};
}

result<events> decide(const world& w, const reassess_contributions& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, reassess_contributions::wire.type));
    VECHE_CHECK(check_new(w.own.reassessments.find(c.reassessment), c, refusals::id_taken,
                          "reassessment", c.reassessment.value));
    const assessment* of = w.own.assessments.find(c.of);
    if (!of) return refuse(refusals::assessment_unknown, "of", c.of.value);
    const auto shares = VECHE_TRY(shares_of(w.charter, of->asked.total, c.shares, c.key_day));
    VECHE_CHECK(check_book(w, reassess_by(*of, c, shares, ctx), {}));
    return events{};
}

result<events> decide(const world& w, const write_off_contribution& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, write_off_contribution::wire.type));
    VECHE_CHECK(check_unit(w, c.amount_, "amount"));
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    VECHE_CHECK(check_new(w.own.write_offs.find(c.write_off), c, refusals::id_taken, "write_off",
                          c.write_off.value));
    VECHE_CHECK(check_positive(c.amount_, "amount"));
    VECHE_CHECK(check_words(w, c.reason, refusals::reason_missing, "reason", max_text_bytes));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const commit& c, const context& ctx) {
    VECHE_CHECK(by_decision(w, ctx, commit::wire.type));
    const bool known =
        w.own.commitments.contains(c.commitment) || w.own.contracts.contains(c.commitment);
    VECHE_CHECK(check_new(known, false, refusals::id_taken, "commitment", c.commitment.value));
    const budget_line* line = VECHE_TRY(find_line(w, c.line, "line"));
    VECHE_CHECK(check_amount(c.amount_, line->asked.amount_.unit, "amount"));
    VECHE_CHECK(check_words(w, c.purpose, refusals::purpose_missing, "purpose", max_text_bytes));
    VECHE_CHECK(check_partner(c.partner));
    VECHE_CHECK(check_instalments(w, c.instalments, c.amount_));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

}  // namespace veche::fund
