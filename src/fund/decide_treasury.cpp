// Money that comes and goes at the bank: what an office with power "money" records.

#include "fund/checks.hpp"
#include "fund/refusal.hpp"

namespace veche::fund {

result<events> decide(const world& w, const open_bank_account& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", open_bank_account::wire.type));
    const auto* known = w.own.banks.find(c.account);
    VECHE_CHECK(check_new(known != nullptr || c.account == main_bank(), known && known->asked == c,
                          refusals::id_taken, "account", c.account.value));
    VECHE_CHECK(check_words(w, c.name, refusals::name_missing, "name", max_title_bytes));
    if (!w.charter.find_unit(c.unit)) return refuse(refusals::unit_unknown, "unit", c.unit.value);
    return events{};
}

result<events> decide(const world& w, const receive_contribution& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", receive_contribution::wire.type));
    VECHE_CHECK(check_unit(w, c.amount_, "amount"));
    if (!w.charter.find_member(c.member))
        return refuse(refusals::member_unknown, "member", c.member.value);
    VECHE_CHECK(check_new(w.own.receipts.find(c.contribution), c, refusals::contribution_taken,
                          "contribution", c.contribution.value));
    VECHE_CHECK(check_bank_line(w, c.amount_, c.effective, c.reference, c.bank, ctx));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), {}));
    return events{};
}

result<events> decide(const world& w, const correct_contribution& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", correct_contribution::wire.type));
    const receipt* of = w.own.receipts.find(c.contribution);
    if (!of) return refuse(refusals::contribution_unknown, "contribution", c.contribution.value);
    if (of->by == ctx.actor) return refuse(refusals::four_eyes);
    VECHE_CHECK(check_new(w.own.corrections.find(c.correction), c, refusals::correction_taken,
                          "correction", c.correction.value));
    if (of->reversed_seq)
        return refuse(refusals::contribution_reversed, "contribution", c.contribution.value);
    VECHE_CHECK(check_words(w, c.reason, refusals::reason_missing, "reason", max_text_bytes));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "contribution"));
    return events{};
}

result<events> decide(const world& w, const record_income& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", record_income::wire.type));
    VECHE_CHECK(check_unit(w, c.amount_, "amount"));
    VECHE_CHECK(
        check_new(w.own.incomes.find(c.income), c, refusals::id_taken, "income", c.income.value));
    VECHE_CHECK(check_bank_line(w, c.amount_, c.effective, c.reference, c.bank, ctx));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const record_bank_charge& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", record_bank_charge::wire.type));
    VECHE_CHECK(
        check_new(w.own.charges.find(c.charge), c, refusals::id_taken, "charge", c.charge.value));
    const budget_line* line = w.own.lines.find(c.line);
    if (!line) return refuse(refusals::line_unknown, "line", c.line.value);
    VECHE_CHECK(check_same_unit(c.amount_, line->asked.amount_.unit, "amount"));
    VECHE_CHECK(check_bank_line(w, c.amount_, c.effective, c.reference, c.bank, ctx));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const exchange_money& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", exchange_money::wire.type));
    VECHE_CHECK(check_unit(w, c.given, "given"));
    VECHE_CHECK(check_unit(w, c.got, "got"));
    VECHE_CHECK(check_new(w.own.exchanges.find(c.exchange), c, refusals::id_taken, "exchange",
                          c.exchange.value));
    VECHE_CHECK(check_positive(c.given, "given"));
    VECHE_CHECK(check_positive(c.got, "got"));
    if (c.given.unit == c.got.unit)
        return refuse(refusals::unit_differs, "got.unit", c.got.unit.value, "another unit");
    VECHE_CHECK(check_rate(c.at, ctx, "at"));
    VECHE_CHECK(check_effective(c.effective, ctx));
    VECHE_CHECK(check_reference(c.reference));
    VECHE_CHECK(check_bank(w, c.from_bank, c.given.unit, "from_bank"));
    VECHE_CHECK(check_bank(w, c.to_bank, c.got.unit, "to_bank"));
    VECHE_CHECK(check_book(w, exchange_by(c, w.charter, ctx), "got.minor"));
    return events{};
}

}  // namespace veche::fund
