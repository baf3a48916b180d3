// The road of the money: reserved, confirmed, claimed, accepted, paid, recovered.

#include <algorithm>
#include <set>

#include "fund/checks.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"
#include "ledger/division.hpp"

namespace veche::fund {
namespace {

result<const commitment*> find_commitment(const world& w, const commitment_id& id) {
    const commitment* found = w.own.commitments.find(id);
    if (!found) return refuse(refusals::commitment_unknown, "commitment", id.value);
    return found;
}

result<const claim*> find_claim(const world& w, const claim_id& id, const std::string& field) {
    const claim* found = w.own.claims.find(id);
    if (!found) return refuse(refusals::claim_unknown, field, id.value);
    return found;
}

/// A reservation is resolved once (I7).
result<void> check_pending(const world& w, const commitment_id& id) {
    if (w.own.book.commitments.find(id.value)->stands != ledger::standing::pending)
        return refuse(refusals::already_resolved, "commitment");
    return {};
}

/// Rates for exactly the other currencies of the claim, each once.
result<void> check_rates(const submit_claim& c, const unit_id& unit, const context& ctx) {
    std::set<unit_id> wanted;
    for (const claim_item& one : c.items)
        if (one.amount_.unit != unit) wanted.insert(one.amount_.unit);
    for (std::size_t i = 0; i < c.rates.size(); ++i) {
        const std::string field = "rates." + std::to_string(i);
        if (wanted.erase(c.rates[i].unit) == 0)
            return refuse(refusals::rate_needless, field + ".unit", c.rates[i].unit.value);
        VECHE_CHECK(check_rate(c.rates[i].at, ctx, field + ".at"));
    }
    if (!wanted.empty())
        return refuse(refusals::rate_missing, "rates", wanted.begin()->value, unit.value);
    return {};
}

result<void> check_items(const world& w, const submit_claim& c) {
    if (c.items.empty() || c.items.size() > max_items)
        return refuse(refusals::claim_empty, "items", std::to_string(max_items));
    for (std::size_t i = 0; i < c.items.size(); ++i) {
        const claim_item& one = c.items[i];
        const std::string field = "items." + std::to_string(i);
        if (one.title.find_first_not_of(" \t\r\n") == std::string::npos)
            return refuse(refusals::purpose_missing, field + ".title");
        if (one.title.size() > max_title_bytes)
            return refuse(refusals::text_too_long, field + ".title",
                          std::to_string(max_title_bytes));
        VECHE_CHECK(check_unit(w, one.amount_, field + ".amount"));
        VECHE_CHECK(check_positive(one.amount_, field + ".amount"));
        VECHE_CHECK(check_content(one.document, field + ".document"));
    }
    return {};
}

/// Off each item at most what it comes to.
result<void> check_deductions(const world& w, const claim& of,
                              const std::vector<deduction>& deductions, const unit_id& unit) {
    std::vector<std::int64_t> left = of.converted;
    for (std::size_t i = 0; i < deductions.size(); ++i) {
        const deduction& one = deductions[i];
        const std::string field = "deductions." + std::to_string(i);
        if (one.item < 1 || static_cast<std::size_t>(one.item) > left.size())
            return refuse(refusals::deduction_unknown, field + ".item", std::to_string(one.item));
        VECHE_CHECK(check_amount(one.amount_, unit, field + ".amount"));
        if (one.note.size() > max_text_bytes)
            return refuse(refusals::text_too_long, field + ".note", std::to_string(max_text_bytes));
        std::int64_t& item = left[static_cast<std::size_t>(one.item) - 1];
        if (one.amount_.minor > item)
            return refuse(refusals::deduction_exceeds, field + ".amount.minor",
                          amount_words(w, item, unit.value));
        item -= one.amount_.minor;
    }
    return {};
}

}  // namespace

result<std::vector<std::int64_t>> converted_items(const charter::state& c,
                                                  const submit_claim& claim, const unit_id& unit) {
    std::vector<std::int64_t> out;
    int128 sum = 0;
    for (std::size_t i = 0; i < claim.items.size(); ++i) {
        const amount& a = claim.items[i].amount_;
        int128 minor = a.minor;
        if (a.unit != unit) {
            const auto by = std::find_if(claim.rates.begin(), claim.rates.end(),
                                         [&](const unit_rate& one) { return one.unit == a.unit; });
            VECHE_ENSURE(by != claim.rates.end(), "every other currency has its rate");
            const auto converted = ledger::converted(
                a.minor, minor_rate(by->at.rate, scale_of(c, a.unit), scale_of(c, unit)),
                rounding_of(by->at.rounding));
            minor = converted.value_or(int128{INT64_MAX} + 1);
        }
        sum += minor;
        if (sum > INT64_MAX)
            return refuse(refusals::overflow, "items." + std::to_string(i) + ".amount.minor",
                          "Payable:" + claim.commitment.value);
        out.push_back(static_cast<std::int64_t>(minor));
    }
    return out;
}

result<events> decide(const world& w, const reserve& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", reserve::wire.type));
    VECHE_CHECK(check_new(
        w.own.commitments.contains(c.commitment) || w.own.contracts.contains(c.commitment), false,
        refusals::id_taken, "commitment", c.commitment.value));
    const budget_line* line = w.own.lines.find(c.line);
    if (!line) return refuse(refusals::line_unknown, "line", c.line.value);
    VECHE_CHECK(check_amount(c.amount_, line->asked.amount_.unit, "amount"));
    VECHE_CHECK(check_words(w, c.purpose, refusals::purpose_missing, "purpose", max_text_bytes));
    if (c.expires && *c.expires < date_of(ctx.at)) return refuse(refusals::expiry_past, "expires");
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const confirm_reservation& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", confirm_reservation::wire.type));
    const commitment* of = VECHE_TRY(find_commitment(w, c.commitment));
    const unit_id unit = unit_of(w.own, *of);
    amount whole{static_cast<std::int64_t>(w.own.book.commitments.find(c.commitment.value)->amount),
                 unit};
    if (c.part) {
        VECHE_CHECK(check_amount(*c.part, unit, "part"));
        whole = *c.part;
    }
    VECHE_CHECK(check_partner(c.partner));
    VECHE_CHECK(check_content(c.contract, "contract"));
    VECHE_CHECK(check_instalments(w, c.instalments, whole));
    VECHE_CHECK(check_pending(w, c.commitment));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "part.minor"));
    return events{};
}

result<events> decide(const world& w, const void_reservation& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", void_reservation::wire.type));
    VECHE_CHECK(find_commitment(w, c.commitment));
    VECHE_CHECK(check_words(w, c.reason, refusals::reason_missing, "reason", max_text_bytes));
    VECHE_CHECK(check_pending(w, c.commitment));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "commitment"));
    return events{};
}

result<events> decide(const world& w, const release_commitment& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", release_commitment::wire.type));
    VECHE_CHECK(check_new(w.own.releases.find(c.release), c, refusals::id_taken, "release",
                          c.release.value));
    const commitment* of = VECHE_TRY(find_commitment(w, c.commitment));
    VECHE_CHECK(check_amount(c.amount_, unit_of(w.own, *of), "amount"));
    VECHE_CHECK(check_words(w, c.reason, refusals::reason_missing, "reason", max_text_bytes));
    if (w.own.contracts.contains(c.commitment))
        return refuse(refusals::contract_whole, "commitment", c.commitment.value);
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const submit_claim& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", submit_claim::wire.type));
    VECHE_CHECK(
        check_new(w.own.claims.find(c.claim), c, refusals::id_taken, "claim", c.claim.value));
    const commitment* of = VECHE_TRY(find_commitment(w, c.commitment));
    const ledger::commitment& held = *w.own.book.commitments.find(c.commitment.value);
    if (held.stands != ledger::standing::open) return refuse(refusals::not_committed, "commitment");
    VECHE_CHECK(check_items(w, c));
    VECHE_CHECK(check_rates(c, unit_of(w.own, *of), ctx));
    int128 claimed = 0;
    for (const std::int64_t item : VECHE_TRY(converted_items(w.charter, c, unit_of(w.own, *of))))
        claimed += item;
    VECHE_CHECK(check_instalment(w, c, claimed, ctx));
    return events{};
}

result<events> decide(const world& w, const accept_claim& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "certify", accept_claim::wire.type));
    const claim* of = VECHE_TRY(find_claim(w, c.claim, "claim"));
    if (of->status != claim_status::submitted)
        return refuse(refusals::claim_judged, "claim", c.claim.value);
    if (of->submitted_by == ctx.actor) return refuse(refusals::four_eyes);
    const unit_id unit = unit_of(w.own, *w.own.commitments.find(of->asked.commitment));
    VECHE_CHECK(check_deductions(w, *of, c.deductions, unit));
    const auto operation = accept_by(*of, c.deductions, unit, ctx);
    if (!operation) return refuse(refusals::nothing_accepted, "deductions");
    VECHE_CHECK(check_book(w, *operation, "claim"));
    return events{};
}

result<events> decide(const world& w, const reject_claim& c, const context& ctx) {
    // Who submitted a claim may take it back under the office that submits; control certifies.
    const claim* known = w.own.claims.find(c.claim);
    const bool withdraws = known && known->submitted_by == ctx.actor &&
                           by_office(w, ctx, "commit", reject_claim::wire.type).has_value();
    if (!withdraws) VECHE_CHECK(by_office(w, ctx, "certify", reject_claim::wire.type));
    const claim* of = VECHE_TRY(find_claim(w, c.claim, "claim"));
    if (of->status != claim_status::submitted)
        return refuse(refusals::claim_judged, "claim", c.claim.value);
    VECHE_CHECK(check_words(w, c.reason, refusals::reason_missing, "reason", max_text_bytes));
    return events{};
}

result<events> decide(const world& w, const settle_advance& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "certify", settle_advance::wire.type));
    VECHE_CHECK(check_new(w.own.settlements.find(c.settlement), c, refusals::id_taken, "settlement",
                          c.settlement.value));
    const claim* of = VECHE_TRY(find_claim(w, c.claim, "claim"));
    const commitment& under = *w.own.commitments.find(of->asked.commitment);
    VECHE_CHECK(check_amount(c.amount_, unit_of(w.own, under), "amount"));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const pay_claims& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "pay", pay_claims::wire.type));
    if (c.payments.empty() || c.payments.size() > max_payments)
        return refuse(refusals::payments_empty, "payments", std::to_string(max_payments));
    VECHE_CHECK(check_effective(c.effective, ctx));
    // Each payment is judged on the book that those before it leave.
    ledger::book book = w.own.book;
    for (std::size_t i = 0; i < c.payments.size(); ++i) {
        const payment_order& one = c.payments[i];
        const std::string field = "payments." + std::to_string(i);
        VECHE_CHECK(check_new(w.own.payments.find(one.payment), one, refusals::id_taken,
                              field + ".payment", one.payment.value));
        const claim* of = VECHE_TRY(find_claim(w, one.claim, field + ".claim"));
        const unit_id unit = unit_of(w.own, *w.own.commitments.find(of->asked.commitment));
        VECHE_CHECK(check_amount(one.amount_, unit, field + ".amount"));
        VECHE_CHECK(check_bank(w, c.bank, unit, "bank"));
        const auto operation = pay_by(c, one, ctx);
        VECHE_CHECK(check_book(w, book, operation, field + ".amount.minor"));
        ledger::post(book, operation, ctx.seq);
    }
    return events{};
}

result<events> decide(const world& w, const pay_advance& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "pay", pay_advance::wire.type));
    VECHE_CHECK(check_new(w.own.advances.find(c.advance), c, refusals::id_taken, "advance",
                          c.advance.value));
    const commitment* of = VECHE_TRY(find_commitment(w, c.commitment));
    VECHE_CHECK(check_amount(c.amount_, unit_of(w.own, *of), "amount"));
    VECHE_CHECK(check_effective(c.effective, ctx));
    VECHE_CHECK(check_bank(w, c.bank, c.amount_.unit, "bank"));
    if (of->confirmed_by == ctx.actor) return refuse(refusals::four_eyes);
    if (w.own.contracts.contains(c.commitment))
        return refuse(refusals::contract_no_advance, "commitment", c.commitment.value);
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const receive_refund& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", receive_refund::wire.type));
    VECHE_CHECK(
        check_new(w.own.refunds.find(c.refund), c, refusals::id_taken, "refund", c.refund.value));
    const commitment* of = VECHE_TRY(find_commitment(w, c.commitment));
    VECHE_CHECK(check_same_unit(c.amount_, unit_of(w.own, *of), "amount"));
    VECHE_CHECK(check_bank_line(w, c.amount_, c.effective, c.reference, c.bank, ctx));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

result<events> decide(const world& w, const receive_recovery& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", receive_recovery::wire.type));
    VECHE_CHECK(check_new(w.own.recoveries.find(c.recovery), c, refusals::id_taken, "recovery",
                          c.recovery.value));
    const payment* of = w.own.payments.find(c.payment);
    if (!of) return refuse(refusals::payment_unknown, "payment", c.payment.value);
    VECHE_CHECK(check_same_unit(c.amount_, of->asked.amount_.unit, "amount"));
    VECHE_CHECK(check_bank_line(w, c.amount_, c.effective, c.reference, c.bank, ctx));
    VECHE_CHECK(check_book(w, operation_of(w.own, c, ctx), "amount.minor"));
    return events{};
}

}  // namespace veche::fund
