#include "beneficiaries/beneficiaries.hpp"
#include "beneficiaries/refusal.hpp"
#include "charter/words.hpp"

namespace veche::beneficiaries {
namespace {

constexpr std::size_t max_word_bytes = 300;
constexpr std::size_t max_text_bytes = 2000;
constexpr std::int64_t max_persons = 10'000'000;
constexpr std::int64_t max_money = 1'000'000'000'000'000;
constexpr std::int32_t first_year = 1990;
constexpr std::int32_t last_year = 2200;
constexpr std::int32_t max_due_days = 730;

result<void> check_body(const world& w, const body_id& body, const context& ctx) {
    if (!w.charter.find_body(body)) return refuse(refusals::body_unknown, "body", body.value);
    if (ctx.decision) return refuse(refusals::not_by_decision);
    return {};
}

bool answers_for(const world& w, const body_id& body, const context& ctx, std::string_view type) {
    return charter::require(w.charter, ctx, "beneficiaries", body, type).has_value();
}

result<void> check_reason(const world& w, bool exists, const std::string& id,
                          const localized& reason) {
    if (exists && charter::blank(reason)) return refuse(refusals::reason_missing, "reason", id);
    return charter::check_text(w.charter, reason, "reason", max_text_bytes,
                               refusals::text_too_long);
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

result<void> check_word(const std::string& word, const std::string& field,
                        const refusal_kind& missing) {
    if (is_blank(word)) return refuse(missing, field);
    if (word.size() > max_word_bytes)
        return refuse(refusals::text_too_long, field, std::to_string(max_word_bytes));
    return {};
}

/// Of the fields `conflicts` and `tie` below `field`.
result<void> check_tie(const world& w, conflict_note said, const localized& tie,
                       const std::string& field) {
    if ((said == conflict_note::declared) == charter::blank(tie))
        return refuse(refusals::tie_unclear, field);
    return charter::check_text(w.charter, tie, field, max_text_bytes, refusals::text_too_long);
}

result<void> check_payment(const world& w, const disclosed_payment& one, const std::string& field) {
    if (one.recipient.has_value() == one.persons.has_value() || one.persons.value_or(1) < 1 ||
        one.persons.value_or(1) > max_persons)
        return refuse(refusals::recipient_unclear,
                      field + (one.persons ? ".persons" : ".recipient"));
    VECHE_CHECK(check_word(one.rule, field + ".rule", refusals::rule_missing));
    if (charter::blank(one.purpose)) return refuse(refusals::purpose_missing, field + ".purpose");
    VECHE_CHECK(charter::check_text(w.charter, one.purpose, field + ".purpose", max_text_bytes,
                                    refusals::text_too_long));
    if (!w.charter.find_unit(one.money.unit))
        return refuse(refusals::unit_unknown, field + ".money.unit", one.money.unit.value);
    if (one.money.minor <= 0 || one.money.minor > max_money)
        return refuse(refusals::money_impossible, field + ".money.minor");
    return check_tie(w, one.conflicts, one.tie, field + ".tie");
}

/// The year is owed, and has begun; that nothing was paid is known when it is over.
result<void> check_year(const name_payer& of, const report_payments& c, const context& ctx) {
    if (c.year < of.from || (of.until && c.year > *of.until))
        return refuse(refusals::year_not_owed, "year", c.payer.value);
    const int now = civil_of(date_of(ctx.at)).year;
    if (c.year > now || (c.zero && c.year == now)) return refuse(refusals::year_to_come, "year");
    return {};
}

result<void> check_parts(const report* before, const report_payments& c) {
    const std::size_t parts = before ? before->parts.size() : 0;
    if (c.part < 1 || static_cast<std::size_t>(c.part) > parts + 1)
        return refuse(refusals::part_out_of_order, "part", std::to_string(parts + 1));
    if (c.zero != c.payments.empty()) return refuse(refusals::zero_unclear, "zero");
    const bool said_zero = parts == 1 && before->parts.front().what.zero;
    if ((c.zero && (c.part > 1 || parts > 1)) || (said_zero && c.part > 1))
        return refuse(refusals::zero_in_parts, "zero");
    if (c.payments.size() > max_payments)
        return refuse(refusals::too_many_payments, "payments", std::to_string(max_payments));
    return {};
}

}  // namespace

result<events> decide(const world& w, const name_payer& c, const context& ctx) {
    VECHE_CHECK(check_body(w, c.body, ctx));
    const kept<name_payer>* before = w.own.payers.find(c.payer);
    // Who answered so far hands it on.
    const body_id& of = before ? before->what.body : c.body;
    if (!answers_for(w, of, ctx, name_payer::wire.type))
        return refuse(refusals::not_reporter, {}, of.value);
    VECHE_CHECK(check_reason(w, before != nullptr, c.payer.value, c.reason));
    if (c.from < first_year || c.from > last_year || (c.until && *c.until < c.from) ||
        c.until.value_or(c.from) > last_year)
        return refuse(refusals::years_impossible, "from");
    if (c.due_days < 0 || c.due_days > max_due_days)
        return refuse(refusals::days_impossible, "due_days");
    VECHE_CHECK(check_word(c.rule, "rule", refusals::rule_missing));
    if (c.office && !w.charter.find_office(*c.office))
        return refuse(refusals::office_unknown, "office", c.office->value);
    return events{};
}

result<events> decide(const world& w, const report_payments& c, const context& ctx) {
    const kept<name_payer>* payer = w.own.payers.find(c.payer);
    if (!payer) return refuse(refusals::payer_unknown, "payer", c.payer.value);
    const name_payer& of = payer->what;
    VECHE_CHECK(check_body(w, of.body, ctx));
    const bool own_office = of.office && of.office->value == ctx.auth &&
                            w.charter.holds_office(ctx.actor, *of.office, date_of(ctx.at));
    if (!own_office && !answers_for(w, of.body, ctx, report_payments::wire.type))
        return refuse(refusals::not_reporter_of, {}, of.body.value);
    const report* before = w.own.reports.find(report_key{c.payer, c.year});
    const bool again =
        before && c.part >= 1 && static_cast<std::size_t>(c.part) <= before->parts.size();
    VECHE_CHECK(check_reason(
        w, again, c.payer.value + ", " + std::to_string(c.year) + ", " + std::to_string(c.part),
        c.reason));
    VECHE_CHECK(check_year(of, c, ctx));
    VECHE_CHECK(check_parts(before, c));
    VECHE_CHECK(check_word(c.source, "source", refusals::source_missing));
    if (c.address && c.address->size() > max_word_bytes)
        return refuse(refusals::text_too_long, "address", std::to_string(max_word_bytes));
    if (c.document && !fault_in(*c.document).empty())
        return refuse(refusals::file_malformed, "document." + std::string(fault_in(*c.document)));
    for (std::size_t i = 0; i < c.payments.size(); ++i)
        VECHE_CHECK(check_payment(w, c.payments[i], "payments." + std::to_string(i)));
    return events{};
}

result<events> decide(const world& w, const refer_commitment& c, const context& ctx) {
    VECHE_CHECK(check_body(w, c.body, ctx));
    const kept<refer_commitment>* before = w.own.referred.find(c.commitment);
    const body_id& of = before ? before->what.body : c.body;
    if (!answers_for(w, of, ctx, refer_commitment::wire.type))
        return refuse(refusals::not_reporter, {}, of.value);
    VECHE_CHECK(check_reason(w, before != nullptr, c.commitment.value, c.reason));
    VECHE_CHECK(check_word(c.rule, "rule", refusals::rule_missing));
    VECHE_CHECK(check_tie(w, c.conflicts, c.tie, "tie"));
    return events{};
}

}  // namespace veche::beneficiaries
