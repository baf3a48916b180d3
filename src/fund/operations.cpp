#include "fund/operations.hpp"

#include <utility>

#include "fund/fund.hpp"

namespace veche::fund {
namespace {

using namespace std::string_literals;

ledger::head head_of(std::string id, std::optional<date> day, const context& ctx) {
    return {std::move(id), day, ctx.actor.value};
}

/// Of what an office does on the day on which it is asked.
ledger::head head_today(std::string id, const context& ctx) {
    return head_of(std::move(id), date_of(ctx.at), ctx);
}

/// Authority is of no day of its own: a budget may hold back to the beginning of its year.
ledger::head head_of_authority(std::string id, const context& ctx) {
    return head_of(std::move(id), std::nullopt, ctx);
}

std::vector<ledger::share> shares_in_book(const std::vector<share>& shares) {
    std::vector<ledger::share> out;
    for (const share& one : shares) out.push_back({one.member.value, one.amount_.minor});
    return out;
}

std::string claim_name(const claim_id& id) {
    return "claim:" + id.value;
}

/// An amendment has no id: which one of its line it is, is one.
ledger::operation amendment_by(const state& s, const line_id& line, int128 minor,
                               const context& ctx) {
    const ledger::budget_line* held = s.book.lines.find(line.value);
    const int128 before = held ? held->appropriation : 0;
    const std::size_t n = s.lines.find(line)->amendments.size() + 1;
    return ledger::amend{head_of_authority("amend:" + line.value + ":" + std::to_string(n), ctx),
                         line.value, minor - before};
}

int128 power_of_ten(std::int32_t n) {
    int128 out = 1;
    for (; n > 0; --n) out *= 10;
    return out;
}

}  // namespace

std::int32_t scale_of(const charter::state& c, const unit_id& id) {
    const charter::unit* unit = c.find_unit(id);
    return unit ? unit->scale : 0;
}

date last_day(std::int32_t year) {
    return date_from({year, 12, 31});
}

bank_account_id main_bank() {
    return {"main"};
}

std::string bank_name(const std::optional<bank_account_id>& bank) {
    return "Bank:" + bank.value_or(main_bank()).value;
}

std::pair<std::string, std::string> parts_of(std::string_view entry) {
    const std::size_t colon = entry.find(':');
    if (colon == std::string_view::npos) return {"commit", std::string(entry)};
    return {std::string(entry.substr(0, colon)), std::string(entry.substr(colon + 1))};
}

ledger::rounding rounding_of(rounding_mode mode) {
    switch (mode) {
        case rounding_mode::half_even:
            return ledger::rounding::half_even;
        case rounding_mode::half_up:
            return ledger::rounding::half_up;
        case rounding_mode::down:
            break;
    }
    return ledger::rounding::down;
}

ledger::rate minor_rate(const ratio& r, std::int32_t from_scale, std::int32_t to_scale) {
    return {r.num * power_of_ten(to_scale), r.den * power_of_ten(from_scale)};
}

// --- Authority
// --------------------------------------------------------------------------------------

ledger::operation operation_of(const state&, const appropriate& c, const context& ctx) {
    return ledger::appropriate{head_of_authority("line:" + c.line.value, ctx), c.line.value,
                               c.parent ? c.parent->value : std::string(), c.amount_.unit.value,
                               c.amount_.minor};
}

ledger::operation operation_of(const state& s, const amend_appropriation& c, const context& ctx) {
    return amendment_by(s, c.line, c.amount_.minor, ctx);
}

std::optional<ledger::operation> amend_to(const state& s, const line_id& line, int128 minor,
                                          const context& ctx) {
    if (s.book.lines.find(line.value)->appropriation == minor) return std::nullopt;
    return amendment_by(s, line, minor, ctx);
}

std::optional<ledger::operation> provide_by(const state& s, const open_provisional& c,
                                            const context& ctx) {
    const int128 minor = twelfths(authority_of(s, c).base, c.months);
    if (s.lines.contains(c.line)) return amend_to(s, c.line, minor, ctx);
    return ledger::appropriate{head_of_authority("line:" + c.line.value, ctx),
                               c.line.value,
                               {},
                               s.lines.find(c.of)->asked.amount_.unit.value,
                               minor};
}

ledger::operation operation_of(const state&, const transfer_appropriation& c, const context& ctx) {
    return ledger::transfer{head_of_authority("virement:" + c.virement.value, ctx), c.from.value,
                            c.to.value, c.amount_.minor};
}

ledger::operation operation_of(const state&, const carry_appropriation& c, const context& ctx) {
    return ledger::carry{head_today("carry:" + c.carry_over.value, ctx), c.from.value, c.to.value,
                         c.amount_.minor};
}

ledger::operation operation_of(const state&, const close_year& c, const context& ctx) {
    const std::string year = std::to_string(c.year);
    return ledger::close{head_of("close:" + year, last_day(c.year), ctx), year};
}

ledger::operation operation_of(const state&, const commit& c, const context& ctx) {
    return ledger::commit{{head_today(c.commitment.value, ctx), c.line.value, c.amount_.unit.value,
                           c.amount_.minor, std::nullopt}};
}

// --- Contributions
// ----------------------------------------------------------------------------------

ledger::operation assess_by(const assess_contributions& c, const std::vector<share>& shares,
                            const context& ctx) {
    return ledger::assess{head_today("assess:" + c.assessment.value, ctx), c.total.unit.value,
                          c.total.minor, shares_in_book(shares)};
}

ledger::operation reassess_by(const assessment& before, const reassess_contributions& c,
                              const std::vector<share>& shares, const context& ctx) {
    const amount& total = before.asked.total;
    return ledger::reassess{head_today("reassess:" + c.reassessment.value, ctx), total.unit.value,
                            total.minor, shares_in_book(before.shares), shares_in_book(shares)};
}

ledger::operation operation_of(const state&, const write_off_contribution& c, const context& ctx) {
    return ledger::write_off{head_today("write_off:" + c.write_off.value, ctx), c.member.value,
                             c.amount_.unit.value, c.amount_.minor};
}

ledger::operation operation_of(const state&, const receive_contribution& c, const context& ctx) {
    return ledger::receive{head_of("receive:" + c.contribution.value, c.effective, ctx),
                           bank_name(c.bank), c.member.value, c.amount_.unit.value,
                           c.amount_.minor};
}

/// For the day of the receipt, so that no past balance counts what never came; of a closed year,
/// where nothing is written any more, for today (I13).
ledger::operation operation_of(const state& s, const correct_contribution& c, const context& ctx) {
    const receipt& of = *s.receipts.find(c.contribution);
    const amount& a = of.asked.amount_;
    const bool shut = s.book.closed && of.asked.effective <= *s.book.closed;
    return ledger::enter{
        head_of("correct:" + c.correction.value, shut ? date_of(ctx.at) : of.asked.effective, ctx),
        {{bank_name(of.asked.bank), a.unit.value, -a.minor},
         {"Receivable:" + of.asked.member.value, a.unit.value, a.minor}}};
}

// --- The bank
// ---------------------------------------------------------------------------------------

ledger::operation operation_of(const state&, const record_income& c, const context& ctx) {
    return ledger::earn{head_of("income:" + c.income.value, c.effective, ctx), bank_name(c.bank),
                        std::string(name_of(c.kind)), c.amount_.unit.value, c.amount_.minor};
}

ledger::operation operation_of(const state&, const record_bank_charge& c, const context& ctx) {
    return ledger::charge{head_of("charge:" + c.charge.value, c.effective, ctx), bank_name(c.bank),
                          c.line.value, c.amount_.minor};
}

ledger::operation exchange_by(const exchange_money& c, const charter::state& charter,
                              const context& ctx) {
    return ledger::exchange{
        head_of("exchange:" + c.exchange.value, c.effective, ctx),
        bank_name(c.from_bank),
        c.given.unit.value,
        c.given.minor,
        bank_name(c.to_bank),
        c.got.unit.value,
        c.got.minor,
        minor_rate(c.at.rate, scale_of(charter, c.given.unit), scale_of(charter, c.got.unit)),
        rounding_of(c.at.rounding)};
}

// --- The road of the money
// --------------------------------------------------------------------------

ledger::operation operation_of(const state&, const reserve& c, const context& ctx) {
    return ledger::reserve{head_today(c.commitment.value, ctx), c.line.value, c.amount_.unit.value,
                           c.amount_.minor, c.expires};
}

ledger::operation operation_of(const state&, const confirm_reservation& c, const context& ctx) {
    ledger::confirm out{head_today("confirm:" + c.commitment.value, ctx), c.commitment.value, {}};
    if (c.part) out.minor = c.part->minor;
    return out;
}

ledger::operation operation_of(const state&, const void_reservation& c, const context& ctx) {
    return ledger::void_reservation{head_today("void:" + c.commitment.value, ctx),
                                    c.commitment.value};
}

ledger::operation operation_of(const state&, const release_commitment& c, const context& ctx) {
    return ledger::release{head_today("release:" + c.release.value, ctx), c.commitment.value,
                           c.amount_.minor};
}

ledger::operation operation_of(const backing_released& e, const context& ctx) {
    return ledger::release{head_today("backing:" + e.call, ctx), e.commitment.value,
                           e.released.minor};
}

std::optional<ledger::operation> accept_by(const claim& of,
                                           const std::vector<deduction>& deductions,
                                           const unit_id& unit, const context& ctx) {
    int128 minor = 0;
    for (const std::int64_t item : of.converted) minor += item;
    for (const deduction& one : deductions) minor -= one.amount_.minor;
    if (minor == 0) return std::nullopt;
    return ledger::accept{head_today(claim_name(of.asked.claim), ctx), of.asked.commitment.value,
                          unit.value, minor};
}

ledger::operation operation_of(const state&, const settle_advance& c, const context& ctx) {
    return ledger::settle{head_today("settle:" + c.settlement.value, ctx), claim_name(c.claim),
                          c.amount_.minor};
}

ledger::operation pay_by(const pay_claims& run, const payment_order& c, const context& ctx) {
    return ledger::pay{head_of("payment:" + c.payment.value, run.effective, ctx),
                       bank_name(run.bank), claim_name(c.claim), c.amount_.minor};
}

ledger::operation operation_of(const state&, const pay_advance& c, const context& ctx) {
    return ledger::advance{head_of("advance:" + c.advance.value, c.effective, ctx),
                           bank_name(c.bank), c.commitment.value, c.amount_.minor};
}

ledger::operation operation_of(const state&, const receive_refund& c, const context& ctx) {
    return ledger::refund{head_of("refund:" + c.refund.value, c.effective, ctx), bank_name(c.bank),
                          c.commitment.value, c.amount_.minor};
}

ledger::operation operation_of(const state&, const receive_recovery& c, const context& ctx) {
    return ledger::recover{head_of("recover:" + c.recovery.value, c.effective, ctx),
                           bank_name(c.bank), "payment:" + c.payment.value, c.amount_.minor,
                           c.reuse};
}

ledger::operation expire_before(date day) {
    return ledger::expire{{"expire:" + to_text(day), day, {}}};
}

ledger::operation carve_by(const contract_drafted& c, const context& ctx) {
    return ledger::release{head_today("carve:" + c.contract.value, ctx), c.from.value,
                           c.amount_.minor};
}

ledger::operation commit_by(const state& s, const contract_drafted& c, const context& ctx) {
    return ledger::commit{{head_today(c.contract.value, ctx),
                           s.commitments.find(c.from)->line.value, c.amount_.unit.value,
                           c.amount_.minor, std::nullopt}};
}

ledger::operation release_by(const contract_ended& e, const context& ctx) {
    return ledger::release{head_today("end:" + e.contract.value, ctx), e.contract.value,
                           e.released.minor};
}

}  // namespace veche::fund
