#include "fund/fund.hpp"
#include "fund/ledger.hpp"
#include "fund/posting.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

amount negated(amount a) {
    a.minor = -a.minor;
    return a;
}

decision_id decision_of(const context& ctx) {
    return ctx.decision ? ctx.decision->decision : decision_id{};
}

}  // namespace

std::vector<leg> legs_of_assessment(const std::vector<share>& shares) {
    std::vector<leg> legs;
    for (const share& one : shares) {
        if (one.amount_.minor == 0) continue;
        legs.push_back({"Receivable:" + one.member.value, one.amount_});
        legs.push_back({"Income:Contribution:" + one.member.value, negated(one.amount_)});
    }
    return legs;
}

std::vector<leg> legs_of_receipt(const member_id& member, const amount& a) {
    return {{"Bank:main", a}, {"Receivable:" + member.value, negated(a)}};
}

std::vector<leg> reversed(std::vector<leg> legs) {
    for (leg& l : legs) l.amount_ = negated(l.amount_);
    return legs;
}

void apply(state& s, const charter::state&, const appropriate& c, const context& ctx) {
    s.lines.insert(
        c.line,
        {c.line, c.title, c.year, c.measure, c.amount_, c.amount_, decision_of(ctx), ctx.seq, {}});
    const unit_id& unit = c.amount_.unit;
    appropriation_fold& all =
        s.appropriated.contains(unit) ? s.appropriated.edit(unit) : s.appropriated.insert(unit, {});
    all.original += c.amount_.minor;
    all.amended += c.amount_.minor;
}

void apply(state& s, const charter::state&, const amend_appropriation& c, const context& ctx) {
    budget_line& line = s.lines.edit(c.line);
    // Taken out before it is put in: on the way the sum stays within what decide let pass.
    appropriation_fold& all = s.appropriated.edit(line.amended.unit);
    all.amended -= line.amended.minor;
    all.amended += c.amount_.minor;
    line.amended = c.amount_;
    line.amendments.push_back({decision_of(ctx), c.amount_.minor, ctx.seq});
}

void apply(state& s, const charter::state& charter, const assess_contributions& c,
           const context& ctx) {
    const auto shares = shares_of(charter, c, date_of(ctx.at));
    VECHE_ENSURE(shares.has_value(), "decide let the shares pass");
    s.assessments.insert(c.assessment, {c.assessment, c.year, c.total, *shares, c.shares.empty(),
                                        decision_of(ctx), ctx.seq});
    post(s, {c.assessment.value, entry_kind::assess, date_of(ctx.at), decision_of(ctx),
             legs_of_assessment(*shares), ctx.seq});
}

void apply(state& s, const charter::state&, const receive_contribution& c, const context& ctx) {
    s.receipts.insert(c.contribution, {c.contribution, c.member, c.amount_, c.effective,
                                       c.reference, ctx.actor, ctx.seq, std::nullopt});
    post(s, {c.contribution.value,
             entry_kind::receive,
             c.effective,
             {},
             legs_of_receipt(c.member, c.amount_),
             ctx.seq});
}

void apply(state& s, const charter::state&, const correct_contribution& c, const context& ctx) {
    receipt& r = s.receipts.edit(c.contribution);
    r.reversed_seq = ctx.seq;
    s.corrections.insert(c.correction,
                         {c.correction, c.contribution, c.reason, ctx.actor, ctx.seq});
    // The reversal is for the day of the receipt, so that no past balance counts what never came.
    post(s, {c.correction.value,
             entry_kind::correct,
             r.effective,
             {},
             reversed(legs_of_receipt(r.member, r.amount_)),
             ctx.seq});
}

}  // namespace veche::fund
