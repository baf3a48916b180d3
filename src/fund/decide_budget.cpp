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

/// Both lines of a movement, and the amount in their unit.
result<void> check_movement(const world& w, const line_id& from, const line_id& to,
                            const amount& a) {
    const budget_line* source = VECHE_TRY(find_line(w, from, "from"));
    const budget_line* target = VECHE_TRY(find_line(w, to, "to"));
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
    const commitment* known = w.own.commitments.find(c.commitment);
    VECHE_CHECK(
        check_new(known != nullptr, false, refusals::id_taken, "commitment", c.commitment.value));
    const budget_line* line = VECHE_TRY(find_line(w, c.line, "line"));
    VECHE_CHECK(check_amount(c.amount_, line->asked.amount_.unit, "amount"));
    VECHE_CHECK(check_words(w, c.purpose, refusals::purpose_missing, "purpose", max_text_bytes));
    VECHE_CHECK(check_partner(c.partner));
    VECHE_CHECK(check_instalments(w, c.instalments, c.amount_));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

}  // namespace veche::fund
