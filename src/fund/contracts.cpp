// Contracts with winners of calls: drafted, signed by another person, claimed by instalments,
// ended.

#include <algorithm>

#include "charter/words.hpp"
#include "fund/checks.hpp"
#include "fund/operations.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

result<const contract*> find_contract(const world& w, const commitment_id& id) {
    const contract* found = w.own.contracts.find(id);
    if (!found) return refuse(refusals::contract_unknown, "contract", id.value);
    return found;
}

/// What the call promises the winner now.
result<promise> promised_to(const world& w, const call_ref& call, const person_id& who) {
    VECHE_ENSURE(w.promised, "the office tells the fund what calls promise");
    return w.promised->to(call, who);
}

/// One contract for what was won, unless the draft of it was given up.
result<void> check_first(const world& w, const draft_contract& c) {
    const commitment_id* known = w.own.won.find(contract_key{c.call, c.beneficiary});
    if (!known) return {};
    const contract& before = *w.own.contracts.find(*known);
    if (state_of(w.own, before) == contract_state::dropped) return {};
    return refuse(refusals::contract_taken, "beneficiary", c.beneficiary.value, known->value);
}

/// The first day on which more of it falls due; nothing where all of it has.
std::optional<date> next_due_day(const contract& of, date today) {
    for (const promised_part& one : of.what.parts) {
        const date due{of.signed_on->days + one.due_days};
        if (due > today && one.amount_.minor > 0) return due;
    }
    return std::nullopt;
}

/// What is paid on signing, against no report.
int128 without_report(const contract& of) {
    int128 sum = 0;
    for (const promised_part& one : of.what.parts)
        if (one.shown == instalment_proof::signing) sum += one.amount_.minor;
    return sum;
}

std::int64_t accepted_of(const state& s, const commitment_id& id) {
    return static_cast<std::int64_t>(s.book.commitments.find(id.value)->accepted);
}

/// Fulfilled where its last instalment is due, or where all of it is accepted.
result<void> check_fulfilled(const world& w, const contract& of, const context& ctx) {
    const auto day = next_due_day(of, date_of(ctx.at));
    if (day && accepted_of(w.own, of.what.contract) < of.what.amount_.minor)
        return refuse(refusals::contract_running, "how",
                      to_text(date{of.signed_on->days + of.what.parts.back().due_days}));
    return {};
}

}  // namespace

std::int64_t contracted_by(const state& s, const std::string& call) {
    const std::int64_t* sum = s.contracted.find(call_ref{call});
    return sum ? *sum : 0;
}

contract_state state_of(const state& s, const contract& of) {
    if (of.over && !of.signed_on) return contract_state::dropped;
    if (of.over)
        return of.over->how == contract_end::ended ? contract_state::ended
                                                   : contract_state::terminated;
    if (!of.signed_on) return contract_state::drafted;
    const ledger::commitment& held = *s.book.commitments.find(of.what.contract.value);
    if (held.paid == held.amount) return contract_state::paid;
    return held.accepted > 0 ? contract_state::claimed : contract_state::in_force;
}

int128 due_by(const contract& of, date day) {
    int128 sum = 0;
    if (!of.signed_on) return sum;
    for (const promised_part& one : of.what.parts)
        if (of.signed_on->days + one.due_days <= day.days) sum += one.amount_.minor;
    return sum;
}

result<void> check_instalment(const world& w, const submit_claim& c, int128 claimed,
                              const context& ctx) {
    const contract* of = w.own.contracts.find(c.commitment);
    if (!of) return {};
    if (of->over) return refuse(refusals::contract_over, "commitment", c.commitment.value);
    const date today = date_of(ctx.at);
    const int128 left = due_by(*of, today) - of->claimed;
    if (claimed > left) {
        const std::string words =
            amount_words(w, std::max<int128>(left, 0), of->what.amount_.unit.value);
        if (const auto day = next_due_day(*of, today))
            return refuse(refusals::instalment_not_due, "items", words, to_text(*day));
        return refuse(refusals::exceeds_commitment, "items", words);
    }
    const bool shown = std::any_of(c.items.begin(), c.items.end(),
                                   [](const claim_item& one) { return one.document.has_value(); });
    if (!shown && of->claimed + claimed > without_report(*of))
        return refuse(refusals::report_missing, "items");
    return {};
}

result<events> decide(const world& w, const draft_contract& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", draft_contract::wire.type));
    VECHE_CHECK(
        check_new(w.own.commitments.contains(c.contract) || w.own.contracts.contains(c.contract),
                  false, refusals::id_taken, "contract", c.contract.value));
    const promise won = VECHE_TRY(promised_to(w, c.call, c.beneficiary));
    VECHE_CHECK(check_first(w, c));
    VECHE_CHECK(check_content(c.text, "text"));
    return events{make_event(contract_drafted{c.contract, c.call, c.beneficiary, won.from,
                                              won.amount_, won.purpose, won.parts})};
}

result<events> decide(const world& w, const sign_contract& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", sign_contract::wire.type));
    const contract* of = VECHE_TRY(find_contract(w, c.contract));
    if (of->drafted_by == ctx.actor) return refuse(refusals::four_eyes);
    if (of->signed_on || of->over)
        return refuse(refusals::contract_not_drafted, "contract", c.contract.value);
    const promise won = VECHE_TRY(promised_to(w, of->what.call, of->what.beneficiary));
    if (won.amount_ != of->what.amount_ || won.parts != of->what.parts)
        return refuse(refusals::contract_differs, "contract", c.contract.value);
    // Out of the one and into the other, on the same line: together nothing is bound that was not.
    ledger::book book = w.own.book;
    const ledger::operation carved = carve_by(of->what, ctx);
    VECHE_CHECK(check_book(w, book, carved, "contract"));
    ledger::post(book, carved, ctx.seq);
    VECHE_CHECK(check_book(w, book, commit_by(w.own, of->what, ctx), "contract"));
    return events{};
}

result<events> decide(const world& w, const end_contract& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "commit", end_contract::wire.type));
    const contract* of = VECHE_TRY(find_contract(w, c.contract));
    if (of->over) return refuse(refusals::contract_over, "contract", c.contract.value);
    const bool fulfilled = c.how == contract_end::ended;
    if (fulfilled && !of->signed_on)
        return refuse(refusals::contract_not_signed, "how", c.contract.value);
    if (of->waiting > 0)
        return refuse(refusals::claims_waiting, "contract", std::to_string(of->waiting));
    if (fulfilled) VECHE_CHECK(check_fulfilled(w, *of, ctx));
    if (!fulfilled && charter::blank(c.reason)) return refuse(refusals::reason_missing, "reason");
    VECHE_CHECK(check_text(w, c.reason, "reason", max_text_bytes));
    contract_ended out{c.contract, c.how, {0, of->what.amount_.unit}};
    if (of->signed_on) out.released.minor = of->what.amount_.minor - accepted_of(w.own, c.contract);
    if (out.released.minor > 0) VECHE_CHECK(check_book(w, release_by(out, ctx), "contract"));
    return events{make_event(out)};
}

}  // namespace veche::fund
