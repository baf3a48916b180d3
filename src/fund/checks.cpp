#include "fund/checks.hpp"

#include <algorithm>

#include "charter/words.hpp"
#include "fund/book_text.hpp"
#include "fund/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::fund {
namespace {

bool blank(const std::string& words) {
    return words.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::string place(std::string_view field, std::string_view part) {
    return std::string(field) + "." + std::string(part);
}

/// The fund's word for what the book answers; null where it answers that all is well.
const refusal_kind* kind_of(ledger::code what) {
    using ledger::code;
    switch (what) {
        case code::ok:
            return nullptr;
        case code::exists:
            return &refusals::recorded_already;
        case code::exists_with_different:
            return &refusals::id_taken;
        case code::period_closed:
            return &refusals::period_closed;
        case code::amount_must_be_positive:
            return &refusals::amount_not_positive;
        case code::amount_too_large:
            return &refusals::overflow;
        case code::unknown_commodity:
            return &refusals::unit_unknown;
        case code::unbalanced:
            break;  // the fund writes no entry that could be
        case code::shares_do_not_sum:
            return &refusals::shares_differ;
        case code::exceeds_receivable:
            return &refusals::exceeds_receivable;
        case code::unknown_parent:
            return &refusals::parent_unknown;
        case code::unknown_line:
            return &refusals::line_unknown;
        case code::commodity_mismatch:
            return &refusals::unit_differs;
        case code::exceeds_parent:
            return &refusals::exceeds_parent;
        case code::same_branch:
            return &refusals::same_branch;
        case code::below_committed:
            return &refusals::below_committed;
        case code::exceeds_available:
            return &refusals::exceeds_available;
        case code::exceeds_appropriation:
            return &refusals::exceeds_appropriation;
        case code::pending_not_resolved:
            return &refusals::pending_not_resolved;
        case code::unknown_ref:
            return &refusals::not_committed;
        case code::already_resolved:
            return &refusals::already_resolved;
        case code::expired:
            return &refusals::expired;
        case code::exceeds_pending:
            return &refusals::exceeds_pending;
        case code::same_person:
            return &refusals::four_eyes;
        case code::exceeds_open:
            return &refusals::exceeds_open;
        case code::exceeds_commitment:
            return &refusals::exceeds_commitment;
        case code::exceeds_accepted:
            return &refusals::exceeds_accepted;
        case code::exceeds_advance:
            return &refusals::exceeds_advance;
        case code::exceeds_paid:
            return &refusals::exceeds_paid;
        case code::rate_mismatch:
            return &refusals::rate_mismatch;
        case code::insufficient_cash:
            return &refusals::insufficient_cash;
    }
    VECHE_ENSURE(false, "the fund asks the book only for what it has looked at");
    return nullptr;
}

/// The unit in which the operation counts.
struct unit_finder {
    const ledger::book& book;

    [[nodiscard]] std::string of_line(const std::string& id) const {
        const ledger::budget_line* line = book.lines.find(id);
        return line ? line->unit : std::string();
    }
    [[nodiscard]] std::string of_commitment(const std::string& id) const {
        const ledger::commitment* held = book.commitments.find(id);
        return held ? held->unit : std::string();
    }
    [[nodiscard]] std::string of_claim(const std::string& id) const {
        const ledger::claim* claim = book.claims.find(id);
        return claim ? of_commitment(claim->commitment) : std::string();
    }
    std::string operator()(const ledger::amend& o) const { return of_line(o.line); }
    std::string operator()(const ledger::transfer& o) const { return of_line(o.from); }
    std::string operator()(const ledger::carry& o) const { return of_line(o.from); }
    std::string operator()(const ledger::charge& o) const { return of_line(o.line); }
    std::string operator()(const ledger::confirm& o) const { return of_commitment(o.ref); }
    std::string operator()(const ledger::release& o) const { return of_commitment(o.ref); }
    std::string operator()(const ledger::advance& o) const { return of_commitment(o.ref); }
    std::string operator()(const ledger::refund& o) const { return of_commitment(o.ref); }
    std::string operator()(const ledger::pay& o) const { return of_claim(o.ref); }
    std::string operator()(const ledger::settle& o) const { return of_claim(o.ref); }
    std::string operator()(const ledger::recover& o) const {
        const ledger::payment* paid = book.payments.find(o.ref);
        return paid ? of_claim(paid->claim) : std::string();
    }
    template <class Operation>
    std::string operator()(const Operation& o) const {
        if constexpr (requires { o.unit; })
            return o.unit;
        else
            return {};
    }
};

/// In what unit a limit is meant: what an exchange should give is in the other one.
std::string unit_of_limit(const ledger::book& book, const ledger::operation& o, ledger::code what) {
    const auto* exchange = std::get_if<ledger::exchange>(&o);
    if (exchange && what == ledger::code::rate_mismatch) return exchange->to_unit;
    return std::visit(unit_finder{book}, o);
}

result<void> refuse_for(const world& w, const ledger::book& book, const ledger::operation& o,
                        const ledger::verdict& v, std::string_view field) {
    const refusal_kind* kind = kind_of(v.what);
    if (!kind) return {};
    const std::string unit = unit_of_limit(book, o, v.what);
    if (v.what == ledger::code::period_closed)
        return refuse(*kind, std::string(field), to_text(*book.closed));
    if (v.what == ledger::code::amount_too_large) return refuse(*kind, std::string(field), unit);
    return refuse(*kind, std::string(field), amount_words(w, v.limit, unit));
}

}  // namespace

std::string amount_words(const world& w, int128 minor, const std::string& unit) {
    return decimal_text(minor, scale_of(w.charter, {unit})) + " " + unit;
}

result<void> by_decision(const world& w, const context& ctx, std::string_view type) {
    if (!ctx.decision) return refuse(refusals::only_by_decision);
    return charter::require(w.charter, ctx, "", ctx.decision->body, type);
}

result<void> by_office(const world& w, const context& ctx, std::string_view power,
                       std::string_view type) {
    if (ctx.decision) return refuse(refusals::not_by_decision);
    const charter::office* office = w.charter.find_office({ctx.auth});
    if (!office) return refuse(refusals::no_office, "auth", std::string(power));
    return charter::require(w.charter, ctx, power, office->body, type);
}

result<void> check_unit(const world& w, const amount& a, std::string_view field) {
    if (!w.charter.find_unit(a.unit))
        return refuse(refusals::unit_unknown, place(field, "unit"), a.unit.value);
    return {};
}

result<void> check_positive(const amount& a, std::string_view field) {
    if (a.minor <= 0) return refuse(refusals::amount_not_positive, place(field, "minor"));
    return {};
}

result<void> check_same_unit(const amount& a, const unit_id& unit, std::string_view field) {
    if (a.unit != unit)
        return refuse(refusals::unit_differs, place(field, "unit"), a.unit.value, unit.value);
    return {};
}

result<void> check_amount(const amount& a, const unit_id& unit, std::string_view field) {
    VECHE_CHECK(check_same_unit(a, unit, field));
    return check_positive(a, field);
}

result<void> check_year(std::int32_t year) {
    if (year < 1900 || year > 9999) return refuse(refusals::year_malformed, "year");
    return {};
}

result<void> check_effective(date effective, const context& ctx) {
    if (effective > date_of(ctx.at))
        return refuse(refusals::date_future, "effective", to_text(effective));
    return {};
}

result<void> check_reference(const std::string& reference) {
    if (blank(reference) || reference.size() > max_reference_bytes)
        return refuse(refusals::reference_malformed, "reference",
                      std::to_string(max_reference_bytes));
    return {};
}

result<void> check_text(const world& w, const localized& text, const std::string& field,
                        std::size_t limit) {
    return charter::check_text(w.charter, text, field, limit, refusals::text_too_long);
}

result<void> check_words(const world& w, const localized& text, const refusal_kind& missing,
                         const std::string& field, std::size_t limit) {
    if (charter::blank(text)) return refuse(missing, field);
    return check_text(w, text, field, limit);
}

result<void> check_bank(const world& w, const std::optional<bank_account_id>& bank,
                        const unit_id& unit, std::string_view field) {
    if (!bank || *bank == main_bank()) return {};
    const auto* known = w.own.banks.find(*bank);
    if (!known) return refuse(refusals::bank_unknown, std::string(field), bank->value);
    if (known->asked.unit != unit)
        return refuse(refusals::unit_differs, std::string(field), unit.value,
                      known->asked.unit.value);
    return {};
}

result<void> check_bank_line(const world& w, const amount& a, date effective,
                             const std::string& reference,
                             const std::optional<bank_account_id>& bank, const context& ctx) {
    VECHE_CHECK(check_positive(a, "amount"));
    VECHE_CHECK(check_effective(effective, ctx));
    VECHE_CHECK(check_reference(reference));
    return check_bank(w, bank, a.unit, "bank");
}

result<void> check_partner(const partner& p) {
    if (blank(p.name)) return refuse(refusals::partner_missing, "partner.name");
    if (p.name.size() > max_name_bytes)
        return refuse(refusals::text_too_long, "partner.name", std::to_string(max_name_bytes));
    if (p.registration.size() > max_name_bytes)
        return refuse(refusals::text_too_long, "partner.registration",
                      std::to_string(max_name_bytes));
    return {};
}

result<void> check_rate(const exchange_rate& r, const context& ctx, const std::string& field) {
    const bool sound = r.rate.num > 0 && !blank(r.source) && r.source.size() <= max_name_bytes &&
                       r.on <= date_of(ctx.at);
    if (!sound) return refuse(refusals::rate_malformed, field);
    return {};
}

result<void> check_content(const std::optional<content_ref>& content, const std::string& field) {
    if (content && !fault_in(*content).empty()) return refuse(refusals::content_malformed, field);
    return {};
}

result<void> check_instalments(const world& w, const std::vector<instalment>& instalments,
                               const amount& whole) {
    int128 sum = 0;
    for (std::size_t i = 0; i < instalments.size(); ++i) {
        const instalment& one = instalments[i];
        const std::string field = "instalments." + std::to_string(i);
        VECHE_CHECK(check_same_unit(one.amount_, whole.unit, field + ".amount"));
        const bool ordered = i == 0 || instalments[i - 1].due <= one.due;
        if (!ordered || one.amount_.minor <= 0 || i >= max_instalments)
            return refuse(refusals::instalment_unordered, field);
        sum += one.amount_.minor;
    }
    if (sum > whole.minor)
        return refuse(refusals::instalments_exceed, "instalments",
                      amount_words(w, sum, whole.unit.value),
                      amount_words(w, whole.minor, whole.unit.value));
    return {};
}

result<void> check_new(bool known, bool same, const refusal_kind& taken, std::string_view field,
                       const std::string& id) {
    if (!known) return {};
    return refuse(same ? refusals::recorded_already : taken, std::string(field), id);
}

result<void> check_book(const world& w, const ledger::book& book, const ledger::operation& o,
                        std::string_view field) {
    ledger::book with_units = book;
    declare_units(with_units, w.charter);
    VECHE_CHECK(refuse_for(w, with_units, o, ledger::check(with_units, o), field));
    for (const auto& [key, minor] : ledger::changes_of(ledger::legs_of(with_units, o)))
        if (!fits(ledger::balance(book, key.account, key.unit) + minor))
            return refuse(refusals::overflow, std::string(field), key.account);
    return {};
}

result<void> check_book(const world& w, const ledger::operation& o, std::string_view field) {
    return check_book(w, w.own.book, o, field);
}

}  // namespace veche::fund
