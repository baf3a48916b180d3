#include "fund/fund.hpp"
#include "fund/operations.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

decision_id decision_of(const context& ctx) {
    return ctx.decision ? ctx.decision->decision : decision_id{};
}

template <class Command>
record<Command> noted(const Command& c, const context& ctx) {
    return {c, ctx.actor, decision_of(ctx), ctx.seq};
}

/// Writes it into the book, and on which decision it rests.
void post(state& s, const charter::state& charter, const ledger::operation& o, const context& ctx,
          const decision_id& rests_on) {
    declare_units(s.book, charter);
    const std::uint64_t place = s.book.entries.size();
    ledger::post(s.book, o, ctx.seq);
    if (!rests_on.empty() && s.book.entries.size() > place) s.orders.insert(place, rests_on);
}

void post(state& s, const charter::state& charter, const ledger::operation& o, const context& ctx) {
    post(s, charter, o, ctx, decision_of(ctx));
}

const commitment& commitment_of(const state& s, const claim_id& id) {
    return *s.commitments.find(s.claims.find(id)->asked.commitment);
}

appropriation_fold& appropriated_in(state& s, const unit_id& unit) {
    return s.appropriated.contains(unit) ? s.appropriated.edit(unit)
                                         : s.appropriated.insert(unit, {});
}

}  // namespace

void declare_units(ledger::book& book, const charter::state& charter) {
    for (const charter::unit& one : charter.document().units)
        if (!book.units.contains(one.id.value))
            ledger::post(book,
                         ledger::declare_unit{
                             {"unit:" + one.id.value, std::nullopt, {}}, one.id.value, one.scale},
                         0);
}

// --- Authority
// --------------------------------------------------------------------------------------

void apply(state& s, const charter::state& charter, const appropriate& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.lines.insert(c.line, {c, decision_of(ctx), ctx.seq, {}, date_of(ctx.at), {}, {}});
    appropriation_fold& all = appropriated_in(s, c.amount_.unit);
    all.original += c.amount_.minor;
    all.amended += c.amount_.minor;
}

void apply(state& s, const charter::state& charter, const amend_appropriation& c,
           const context& ctx) {
    const amount before = appropriated(s, c.line);
    post(s, charter, operation_of(s, c, ctx), ctx);
    // Taken out before it is put in: on the way the sum stays within what decide let pass.
    appropriation_fold& all = appropriated_in(s, c.amount_.unit);
    all.amended -= before.minor;
    all.amended += c.amount_.minor;
    s.lines.edit(c.line).amendments.push_back({decision_of(ctx), c.amount_.minor, ctx.seq});
}

/// A line of the year before, called on for the first months of a year.
void apply(state& s, const charter::state& charter, const open_provisional& c, const context& ctx) {
    const provisional_authority rests_on = authority_of(s, c);
    const bool open = s.lines.contains(c.line);
    const std::int64_t before = open ? appropriated(s, c.line).minor : 0;
    if (const auto operation = provide_by(s, c, ctx)) post(s, charter, *operation, ctx);
    const amount now = appropriated(s, c.line);
    appropriation_fold& all = appropriated_in(s, now.unit);
    all.amended += now.minor - before;
    if (!open) {
        all.original += now.minor;
        const appropriate& of = s.lines.find(c.of)->asked;
        s.lines.insert(c.line, {{c.line, of.title, now, c.year, of.measure, {}},
                                decision_of(ctx),
                                ctx.seq,
                                {},
                                date_of(ctx.at),
                                {},
                                {}});
    }
    budget_line& line = s.lines.edit(c.line);
    line.amendments.push_back({decision_of(ctx), now.minor, ctx.seq});
    line.provisional = rests_on;
}

void apply(state& s, const charter::state& charter, const replace_provisional& c,
           const context& ctx) {
    const amount before = appropriated(s, c.line);
    if (const auto operation = amend_to(s, c.line, c.amount_.minor, ctx))
        post(s, charter, *operation, ctx);
    budget_line& line = s.lines.edit(c.line);
    appropriation_fold& all = appropriated_in(s, c.amount_.unit);
    all.original -= line.asked.amount_.minor;
    all.original += c.amount_.minor;
    all.amended -= before.minor;
    all.amended += c.amount_.minor;
    line.asked.amount_ = c.amount_;
    line.decision = decision_of(ctx);
    line.seq = ctx.seq;
    line.amendments.push_back({decision_of(ctx), c.amount_.minor, ctx.seq});
    line.provisional.reset();
}

void apply(state& s, const charter::state& charter, const transfer_appropriation& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    for (const line_id& line : {c.from, c.to})
        s.lines.edit(line).amendments.push_back(
            {decision_of(ctx), appropriated(s, line).minor, ctx.seq});
    s.virements.insert(c.virement, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const carry_appropriation& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    for (const line_id& line : {c.from, c.to})
        s.lines.edit(line).amendments.push_back(
            {decision_of(ctx), appropriated(s, line).minor, ctx.seq});
    s.carried.insert(c.carry_over, noted(c, ctx));
}

void apply(state& s, const charter::state&, const plan_spending& c, const context& ctx) {
    s.lines.edit(c.line).plans.push_back({c.plan, decision_of(ctx), ctx.seq});
}

void apply(state& s, const charter::state& charter, const close_year& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.closed.insert(c.year, {c.year, decision_of(ctx), {}, ctx.seq});
}

void apply(state& s, const charter::state&, const year_closed& e, const context&) {
    s.closed.edit(e.year).root = e.root;
}

// --- Contributions
// ----------------------------------------------------------------------------------

void apply(state& s, const charter::state& charter, const assess_contributions& c,
           const context& ctx) {
    const auto shares = shares_of(charter, c.total, c.shares, date_of(ctx.at));
    VECHE_ENSURE(shares.has_value(), "decide let the shares pass");
    post(s, charter, assess_by(c, *shares, ctx), ctx);
    s.assessments.insert(c.assessment, {noted(c, ctx), *shares});
}

void apply(state& s, const charter::state& charter, const reassess_contributions& c,
           const context& ctx) {
    assessment& of = s.assessments.edit(c.of);
    const auto shares = shares_of(charter, of.asked.total, c.shares, c.key_day);
    VECHE_ENSURE(shares.has_value(), "decide let the shares pass");
    post(s, charter, reassess_by(of, c, *shares, ctx), ctx);
    of.shares = *shares;
    s.reassessments.insert(c.reassessment, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const write_off_contribution& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.write_offs.insert(c.write_off, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const receive_contribution& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.receipts.insert(c.contribution, {noted(c, ctx), std::nullopt});
}

void apply(state& s, const charter::state& charter, const correct_contribution& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.receipts.edit(c.contribution).reversed_seq = ctx.seq;
    s.corrections.insert(c.correction, noted(c, ctx));
}

// --- The bank
// ---------------------------------------------------------------------------------------

void apply(state& s, const charter::state&, const open_bank_account& c, const context& ctx) {
    s.banks.insert(c.account, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const record_income& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.incomes.insert(c.income, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const record_bank_charge& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx, s.lines.find(c.line)->decision);
    s.charges.insert(c.charge, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const exchange_money& c, const context& ctx) {
    post(s, charter, exchange_by(c, charter, ctx), ctx);
    s.exchanges.insert(c.exchange, noted(c, ctx));
}

void apply(state& s, const charter::state&, const record_statement& c, const context& ctx) {
    const ledger::balance_key of{bank_name(c.bank), c.opening.unit.value};
    s.statements.insert(c.statement, noted(c, ctx));
    if (s.last_statement.contains(of))
        s.last_statement.edit(of) = c.statement;
    else
        s.last_statement.insert(of, c.statement);
}

void apply(state& s, const charter::state&, const name_rate& c, const context& ctx) {
    s.rates.insert(c.rate, noted(c, ctx));
}

void apply(state& s, const charter::state&, const record_past_budget& c, const context& ctx) {
    s.past_budgets.insert(c.budget, noted(c, ctx));
}

// --- The road of the money
// --------------------------------------------------------------------------

void apply(state& s, const charter::state& charter, const commit& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    commitment made;
    made.id = c.commitment;
    made.line = c.line;
    made.purpose = c.purpose;
    made.decision = decision_of(ctx);
    made.partner = c.partner;
    made.instalments = c.instalments;
    made.seq = ctx.seq;
    made.resolved_seq = ctx.seq;
    s.commitments.insert(c.commitment, std::move(made));
}

void apply(state& s, const charter::state& charter, const reserve& c, const context& ctx) {
    commitment made;
    made.id = c.commitment;
    made.line = c.line;
    made.purpose = c.purpose;
    made.decision = c.decision.value_or(s.lines.find(c.line)->decision);
    made.seq = ctx.seq;
    post(s, charter, operation_of(s, c, ctx), ctx, made.decision);
    s.commitments.insert(c.commitment, std::move(made));
}

void apply(state& s, const charter::state& charter, const confirm_reservation& c,
           const context& ctx) {
    commitment& of = s.commitments.edit(c.commitment);
    post(s, charter, operation_of(s, c, ctx), ctx, of.decision);
    of.confirmed_by = ctx.actor;
    of.partner = c.partner;
    of.contract = c.contract;
    of.instalments = c.instalments;
    of.resolved_seq = ctx.seq;
}

void apply(state& s, const charter::state& charter, const void_reservation& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    commitment& of = s.commitments.edit(c.commitment);
    of.reason = c.reason;
    of.resolved_seq = ctx.seq;
}

void apply(state& s, const charter::state& charter, const reservations_expired& e,
           const context& ctx) {
    post(s, charter, expire_before(e.before), ctx);
    for (const commitment_id& one : e.commitments) s.commitments.edit(one).resolved_seq = ctx.seq;
}

void apply(state& s, const charter::state& charter, const release_commitment& c,
           const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx);
    s.releases.insert(c.release, {noted(c, ctx), date_of(ctx.at)});
}

void apply(state& s, const charter::state& charter, const backing_released& e, const context& ctx) {
    if (e.released.minor > 0) post(s, charter, operation_of(e, ctx), ctx);
    s.backings.insert(e.call, {e, date_of(ctx.at), ctx.seq});
}

// --- Contracts with winners of calls
// -----------------------------------------------------------------

// The event that follows says what the draft comes to.
void apply(state& s, const charter::state&, const draft_contract& c, const context& ctx) {
    contract made;
    made.text = c.text;
    made.drafted_by = ctx.actor;
    made.seq = ctx.seq;
    s.contracts.insert(c.contract, std::move(made));
}

void apply(state& s, const charter::state&, const contract_drafted& e, const context&) {
    s.contracts.edit(e.contract).what = e;
    const contract_key winner{e.call, e.beneficiary};
    if (s.won.contains(winner))
        s.won.edit(winner) = e.contract;
    else
        s.won.insert(winner, e.contract);
}

void apply(state& s, const charter::state& charter, const sign_contract& c, const context& ctx) {
    contract& of = s.contracts.edit(c.contract);
    const commitment from = *s.commitments.find(of.what.from);
    post(s, charter, carve_by(of.what, ctx), ctx, from.decision);
    post(s, charter, commit_by(s, of.what, ctx), ctx, from.decision);
    of.signed_on = date_of(ctx.at);
    of.signed_seq = ctx.seq;
    commitment made;
    made.id = c.contract;
    made.line = from.line;
    made.purpose = of.what.purpose;
    made.decision = from.decision;
    made.confirmed_by = ctx.actor;
    made.partner = {of.what.beneficiary.value, {}};
    made.contract = of.text;
    for (const promised_part& one : of.what.parts)
        if (one.amount_.minor > 0)
            made.instalments.push_back({{of.signed_on->days + one.due_days}, one.amount_});
    made.seq = ctx.seq;
    made.resolved_seq = ctx.seq;
    s.commitments.insert(c.contract, std::move(made));
    if (!s.contracted.contains(of.what.call)) s.contracted.insert(of.what.call, 0);
    s.contracted.edit(of.what.call) += of.what.amount_.minor;
}

// The event that follows says how it ended.
void apply(state& s, const charter::state&, const end_contract& c, const context&) {
    s.contracts.edit(c.contract).reason = c.reason;
}

void apply(state& s, const charter::state& charter, const contract_ended& e, const context& ctx) {
    contract& of = s.contracts.edit(e.contract);
    if (e.released.minor > 0)
        post(s, charter, release_by(e, ctx), ctx, s.commitments.find(e.contract)->decision);
    of.over = e;
    of.over_on = date_of(ctx.at);
    of.over_seq = ctx.seq;
}

namespace {

/// Of what a contract lets be claimed, so much more is taken, or less.
void count_claim(state& s, const commitment_id& id, std::int64_t minor, std::int32_t waiting) {
    if (!s.contracts.contains(id)) return;
    contract& of = s.contracts.edit(id);
    of.claimed += minor;
    of.waiting += waiting;
}

std::int64_t sum_of(const std::vector<std::int64_t>& items) {
    std::int64_t sum = 0;
    for (const std::int64_t one : items) sum += one;
    return sum;
}

}  // namespace

void apply(state& s, const charter::state& charter, const submit_claim& c, const context& ctx) {
    claim made;
    made.asked = c;
    const auto converted =
        converted_items(charter, c, unit_of(s, *s.commitments.find(c.commitment)));
    VECHE_ENSURE(converted.has_value(), "decide let the items pass");
    made.converted = *converted;
    made.submitted_by = ctx.actor;
    made.seq = ctx.seq;
    count_claim(s, c.commitment, sum_of(made.converted), 1);
    s.claims.insert(c.claim, std::move(made));
}

void apply(state& s, const charter::state& charter, const accept_claim& c, const context& ctx) {
    claim& of = s.claims.edit(c.claim);
    const commitment& under = *s.commitments.find(of.asked.commitment);
    const auto operation = accept_by(of, c.deductions, unit_of(s, under), ctx);
    VECHE_ENSURE(operation.has_value(), "decide let something be accepted");
    post(s, charter, *operation, ctx, under.decision);
    std::int64_t off = 0;
    for (const deduction& one : c.deductions) off += one.amount_.minor;
    count_claim(s, of.asked.commitment, -off, -1);
    of.status = claim_status::accepted;
    of.deductions = c.deductions;
    of.judged_by = ctx.actor;
    of.judged_seq = ctx.seq;
}

void apply(state& s, const charter::state&, const reject_claim& c, const context& ctx) {
    claim& of = s.claims.edit(c.claim);
    count_claim(s, of.asked.commitment, -sum_of(of.converted), -1);
    of.status = of.submitted_by == ctx.actor ? claim_status::withdrawn : claim_status::rejected;
    of.reason = c.reason;
    of.judged_by = ctx.actor;
    of.judged_seq = ctx.seq;
}

void apply(state& s, const charter::state& charter, const settle_advance& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx, commitment_of(s, c.claim).decision);
    s.settlements.insert(c.settlement, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const pay_claims& c, const context& ctx) {
    for (const payment_order& one : c.payments) {
        post(s, charter, pay_by(c, one, ctx), ctx, commitment_of(s, one.claim).decision);
        s.payments.insert(one.payment,
                          {one, c.effective, c.bank.value_or(main_bank()), ctx.actor, ctx.seq});
    }
}

void apply(state& s, const charter::state& charter, const pay_advance& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx, s.commitments.find(c.commitment)->decision);
    s.advances.insert(c.advance, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const receive_refund& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx, s.commitments.find(c.commitment)->decision);
    s.refunds.insert(c.refund, noted(c, ctx));
}

void apply(state& s, const charter::state& charter, const receive_recovery& c, const context& ctx) {
    post(s, charter, operation_of(s, c, ctx), ctx, c.decision);
    s.recoveries.insert(c.recovery, noted(c, ctx));
}

}  // namespace veche::fund
