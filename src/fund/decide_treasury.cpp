// Money that comes and goes at the bank: what an office with power "money" records.

#include <set>

#include "fund/checks.hpp"
#include "fund/refusal.hpp"

namespace veche::fund {
namespace {

/// An entry of the journal holds 65,535 bytes, and more than the command is in it.
constexpr std::size_t max_statement_lines = 400;
constexpr std::size_t max_statement_bytes = 56'000;

std::string statement_field(std::size_t line, std::string_view part) {
    return "lines." + std::to_string(line) + "." + std::string(part);
}

result<void> check_statement_texts(const record_statement& c) {
    const auto check = [](const std::string& text, const std::string& field) -> result<void> {
        if (text.size() > max_reference_bytes)
            return refuse(refusals::text_too_long, field, std::to_string(max_reference_bytes));
        return {};
    };
    for (std::size_t i = 0; i < c.lines.size(); ++i) {
        const statement_line& one = c.lines[i];
        VECHE_CHECK(check(one.line, statement_field(i, "line")));
        VECHE_CHECK(check(one.end_to_end.value_or(""), statement_field(i, "end_to_end")));
        VECHE_CHECK(check(one.text.value_or(""), statement_field(i, "text")));
    }
    return {};
}

/// One unit throughout, which the account holds.
result<void> check_statement_units(const world& w, const record_statement& c) {
    VECHE_CHECK(check_bank(w, c.bank, c.opening.unit, "bank"));
    VECHE_CHECK(check_same_unit(c.closing, c.opening.unit, "closing"));
    for (std::size_t i = 0; i < c.lines.size(); ++i)
        VECHE_CHECK(
            check_same_unit(c.lines[i].amount_, c.opening.unit, statement_field(i, "amount")));
    return {};
}

result<void> check_statement_lines(const record_statement& c) {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < c.lines.size(); ++i) {
        const statement_line& one = c.lines[i];
        const bool named = one.line.find_first_not_of(" \t\r\n") != std::string::npos;
        if (!named || !seen.insert(one.line).second)
            return refuse(refusals::statement_line_unsound, statement_field(i, "line"));
        if (one.day < c.from || one.day > c.until)
            return refuse(refusals::statement_line_unsound, statement_field(i, "day"));
        if (one.amount_.minor == 0)
            return refuse(refusals::statement_line_unsound, statement_field(i, "amount.minor"));
    }
    return {};
}

result<void> check_statement_sum(const world& w, const record_statement& c) {
    int128 sum = c.opening.minor;
    for (const statement_line& one : c.lines) sum += one.amount_.minor;
    const std::string& unit = c.opening.unit.value;
    if (sum != c.closing.minor)
        return refuse(refusals::statement_differs, "closing.minor", amount_words(w, sum, unit),
                      amount_words(w, c.closing.minor, unit));
    return {};
}

/// The bank's statements of an account follow upon each other; two may share a day.
result<void> check_statement_follows(const world& w, const record_statement& c) {
    const std::string& unit = c.opening.unit.value;
    const statement_id* last =
        w.own.last_statement.find(ledger::balance_key{bank_name(c.bank), unit});
    if (!last) return {};
    const record_statement& before = w.own.statements.find(*last)->asked;
    if (c.from < before.until)
        return refuse(refusals::statement_overlaps, "from", last->value, to_text(before.until));
    if (c.opening.minor != before.closing.minor)
        return refuse(refusals::opening_differs, "opening.minor", last->value,
                      amount_words(w, before.closing.minor, unit),
                      amount_words(w, c.opening.minor, unit));
    return {};
}

}  // namespace

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

result<events> decide(const world& w, const record_statement& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", record_statement::wire.type));
    VECHE_CHECK(check_unit(w, c.opening, "opening"));
    if (c.bank && *c.bank != main_bank() && !w.own.banks.find(*c.bank))
        return refuse(refusals::bank_unknown, "bank", c.bank->value);
    VECHE_CHECK(check_new(w.own.statements.find(c.statement), c, refusals::id_taken, "statement",
                          c.statement.value));
    VECHE_CHECK(check_statement_texts(c));
    VECHE_CHECK(check_statement_units(w, c));
    if (c.until > date_of(ctx.at)) return refuse(refusals::date_future, "until", to_text(c.until));
    if (c.lines.size() > max_statement_lines || to_json(c).size() > max_statement_bytes)
        return refuse(refusals::statement_too_large, "lines", std::to_string(max_statement_lines),
                      std::to_string(max_statement_bytes));
    if (c.until < c.from) return refuse(refusals::statement_unordered, "until");
    VECHE_CHECK(check_statement_lines(c));
    VECHE_CHECK(check_statement_sum(w, c));
    VECHE_CHECK(check_statement_follows(w, c));
    return events{};
}

result<events> decide(const world& w, const name_rate& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", name_rate::wire.type));
    if (!w.charter.find_unit(c.from)) return refuse(refusals::unit_unknown, "from", c.from.value);
    if (!w.charter.find_unit(c.to)) return refuse(refusals::unit_unknown, "to", c.to.value);
    VECHE_CHECK(check_new(w.own.rates.find(c.rate), c, refusals::id_taken, "rate", c.rate.value));
    if (c.from == c.to) return refuse(refusals::rate_same_unit, "to");
    VECHE_CHECK(check_rate(c.at, ctx, "at"));
    return events{};
}

result<events> decide(const world& w, const record_past_budget& c, const context& ctx) {
    VECHE_CHECK(by_office(w, ctx, "money", record_past_budget::wire.type));
    std::vector<std::pair<const amount*, std::string_view>> figures;
    if (c.revenue) figures.emplace_back(&*c.revenue, "revenue");
    if (c.contributions) figures.emplace_back(&*c.contributions, "contributions");
    if (c.expenditure) figures.emplace_back(&*c.expenditure, "expenditure");
    for (const auto& [figure, field] : figures) VECHE_CHECK(check_unit(w, *figure, field));
    VECHE_CHECK(check_new(w.own.past_budgets.find(c.budget), c, refusals::id_taken, "budget",
                          c.budget.value));
    VECHE_CHECK(check_year(c.year));
    for (const auto& [figure, field] : figures) VECHE_CHECK(check_positive(*figure, field));
    for (const auto& [figure, field] : figures)
        VECHE_CHECK(check_same_unit(*figure, figures.front().first->unit, field));
    if (figures.empty()) return refuse(refusals::figures_missing, "revenue");
    if (c.source.find_first_not_of(" \t\r\n") == std::string::npos ||
        c.source.size() > max_title_bytes)
        return refuse(refusals::source_malformed, "source", std::to_string(max_title_bytes));
    return events{};
}

}  // namespace veche::fund
