// Statements of the bank, and the bank beside the book.

#include <algorithm>

#include "charter/refusal.hpp"
#include "fund/tests/peeling.hpp"

namespace veche::fund::testing {
namespace {

statement_line bank_line(std::string line, std::int64_t minor, std::string end_to_end = {}) {
    statement_line out{std::move(line), day("2026-11-24"), rub(minor), {}, {}};
    if (!end_to_end.empty()) out.end_to_end = std::move(end_to_end);
    return out;
}

record_statement statement_of(std::string id, std::int64_t opening,
                              std::vector<statement_line> lines) {
    record_statement c;
    c.statement = {std::move(id)};
    c.from = day("2026-11-20");
    c.until = day("2026-11-24");
    c.opening = c.closing = rub(opening);
    for (const statement_line& one : lines) c.closing.minor += one.amount_.minor;
    c.lines = std::move(lines);
    return c;
}

/// 5,000 came with the reference "Order 7", 40 of them were paid as P1.
treasury with_payment() {
    treasury t = with_commitment(100);
    t.must(buyer, claim_of("Q1", "K1", 40));
    t.must(auditor, accept_claim{{"Q1"}, {}});
    t.must(payer, payment_of("P1", "Q1", 40));
    return t;
}

bank_line_row line_named(const reconciliation_view& v, const std::string& line) {
    const auto found = std::find_if(v.lines.begin(), v.lines.end(),
                                    [&](const bank_line_row& row) { return row.line == line; });
    REQUIRE(found != v.lines.end());
    return *found;
}

/// What the bank has more than the book, made up of what the view lists: nothing else can be why.
int128 explained(const reconciliation_view& v) {
    int128 sum = 0;
    for (const bank_line_row& one : v.lines) {
        if (one.status == bank_line_status::matched) continue;
        sum += one.amount_.minor;
        if (one.status == bank_line_status::differs) sum -= one.booked->minor;
    }
    for (const unseen_row& one : v.unseen) sum -= one.change.minor;
    return sum;
}

}  // namespace

void peel_statements(kinds& met) {
    treasury t;
    t.must(cashier, open_bank_account{{"places"}, en("Places"), {"PLACE"}});
    t.must(cashier, statement_of("T1", 0, {bank_line("a", 5)}));
    peeling p(met);
    record_statement c = statement_of("T1", 0, {bank_line("a", 5)});
    c.opening.unit = {"EUR"};
    c.bank = bank_account_id{"none"};
    p.refused(t, t.now_by("council"), c, refusals::not_by_decision);
    p.refused(t, stranger, c, refusals::no_office, "auth");
    CHECK(t.refused(clerk, c).kind == &charter::refusals::power_missing);
    p.refused(t, cashier, c, refusals::unit_unknown, "opening.unit");
    c.opening = rub(0);
    p.refused(t, cashier, c, refusals::bank_unknown, "bank");
    c.bank.reset();
    p.refused(t, cashier, c, refusals::recorded_already, "statement");
    c.lines[0].text = std::string(141, 'x');
    p.refused(t, cashier, c, refusals::id_taken, "statement");
    c.statement = {"T2"};
    p.refused(t, cashier, c, refusals::text_too_long, "lines.0.text");
    c.lines[0].text.reset();
    c.bank = bank_account_id{"places"};
    p.refused(t, cashier, c, refusals::unit_differs, "bank");
    c.bank = bank_account_id{"main"};
    c.closing.unit = {"PLACE"};
    p.refused(t, cashier, c, refusals::unit_differs, "closing.unit");
    c.closing = rub(9);
    c.lines[0].amount_ = {0, {"PLACE"}};
    p.refused(t, cashier, c, refusals::unit_differs, "lines.0.amount.unit");
    c.lines[0].amount_ = rub(0);
    c.until = day("2026-11-25");
    p.refused(t, cashier, c, refusals::date_future, "until");
    c.until = day("2026-11-18");
    c.lines.resize(401, bank_line("a", 1));
    p.refused(t, cashier, c, refusals::statement_too_large, "lines");
    c.lines.resize(2);
    p.refused(t, cashier, c, refusals::statement_unordered, "until");
    c.until = day("2026-11-23");
    p.refused(t, cashier, c, refusals::statement_line_unsound, "lines.0.day");
    c.until = day("2026-11-24");
    p.refused(t, cashier, c, refusals::statement_line_unsound, "lines.0.amount.minor");
    c.lines[0].amount_ = rub(5);
    p.refused(t, cashier, c, refusals::statement_line_unsound, "lines.1.line");
    c.lines[1].line = " ";
    p.refused(t, cashier, c, refusals::statement_line_unsound, "lines.1.line");
    c.lines[1].line = "b";
    p.refused(t, cashier, c, refusals::statement_differs, "closing.minor");
    CHECK(t.refused(cashier, c).args == std::vector<std::string>{"0.06 RUB", "0.09 RUB"});
    c.closing = rub(6);
    p.refused(t, cashier, c, refusals::statement_overlaps, "from");
    c.from = day("2026-11-24");
    p.refused(t, cashier, c, refusals::opening_differs, "opening.minor");
    CHECK(t.refused(cashier, c).args == std::vector<std::string>{"T1", "0.05 RUB", "0.00 RUB"});
    c.opening = rub(5);
    c.closing = rub(11);
    t.must(cashier, c);
}

TEST_CASE("a statement that would not fit an entry is refused by its bytes") {
    treasury t;
    std::vector<statement_line> lines;
    for (int n = 0; n < 400; ++n) lines.push_back(bank_line(std::to_string(n), 1));
    CHECK(to_json(statement_of("T1", 0, lines)).size() < 56'000);
    t.must(cashier, statement_of("T1", 0, lines));
    for (statement_line& one : lines) one.text = std::string(100, 'x');
    CHECK(t.refused(cashier, statement_of("T2", 400, lines)).kind ==
          &refusals::statement_too_large);
}

TEST_CASE("a statement writes nothing in the book") {
    treasury t = with_payment();
    const std::string before = to_json(t.view(balances_query{}));
    t.must(cashier, statement_of("T1", 0, {bank_line("Order 7", 5'000)}));
    CHECK(to_json(t.view(balances_query{})) == before);
}

TEST_CASE("the accounts stand without a statement too") {
    const treasury t = with_payment();
    const reconciliation_view v = t.view(reconciliation_query{});
    REQUIRE(v.accounts.size() == 1);
    CHECK(v.accounts[0].account.value == "main");
    CHECK(v.accounts[0].book == rub(4'960));
    CHECK_FALSE(v.accounts[0].bank);
    CHECK_FALSE(v.accounts[0].difference);
    CHECK(v.unseen.empty());
}

TEST_CASE("lines are matched by the id from end to end and by the bank's reference") {
    treasury t = with_payment();
    t.must(cashier,
           statement_of("T1", 0, {bank_line("Order 7", 5'000), bank_line("b", -40, "P1")}));
    const reconciliation_view v = t.view(reconciliation_query{});
    REQUIRE(v.accounts.size() == 1);
    CHECK(v.accounts[0].bank == rub(4'960));
    CHECK(v.accounts[0].difference == rub(0));
    CHECK(v.accounts[0].waiting + v.accounts[0].mismatched + v.accounts[0].unseen == 0);
    CHECK(line_named(v, "Order 7").status == bank_line_status::matched);
    CHECK(line_named(v, "Order 7").what == "receive");
    CHECK(line_named(v, "b").id == "P1");
    CHECK(line_named(v, "b").booked == rub(-40));
}

TEST_CASE("a payment is not taken for the bank's own reference of a line") {
    treasury t = with_payment();
    t.must(cashier, statement_of("T1", 5'000, {bank_line("P1", -40)}));
    CHECK(line_named(t.view(reconciliation_query{}), "P1").status == bank_line_status::waiting);
}

TEST_CASE("what does not match waits, and the difference is shown and explained") {
    treasury t = with_payment();
    t.must(cashier, statement_of("T1", 0,
                                 {bank_line("Order 7", 5'000), bank_line("b", -41, "P1"),
                                  bank_line("c", 7, "stranger"), bank_line("d", -40, "P9")}));
    const reconciliation_view v = t.view(reconciliation_query{});
    CHECK(line_named(v, "b").status == bank_line_status::differs);
    CHECK(line_named(v, "b").booked == rub(-40));
    CHECK(line_named(v, "c").status == bank_line_status::waiting);
    CHECK(line_named(v, "d").status == bank_line_status::waiting);
    CHECK(v.accounts[0].waiting == 2);
    CHECK(v.accounts[0].mismatched == 1);
    CHECK(v.accounts[0].difference == rub(-34));
    CHECK(explained(v) == -34);
}

TEST_CASE("what the bank did twice or sent back is told from what it did once") {
    treasury t = with_payment();
    // The wrong amount comes first: the entry still goes to the line that has its amount.
    t.must(cashier, statement_of("T1", 5'000,
                                 {bank_line("a", -1, "P1"), bank_line("b", -40, "P1"),
                                  bank_line("c", -40, "P1"), bank_line("d", 40, "P1")}));
    const reconciliation_view v = t.view(reconciliation_query{});
    CHECK(line_named(v, "a").status == bank_line_status::repeated);
    CHECK(line_named(v, "b").status == bank_line_status::matched);
    CHECK(line_named(v, "c").status == bank_line_status::repeated);
    CHECK(line_named(v, "d").status == bank_line_status::returned);
    CHECK(v.accounts[0].mismatched == 3);
}

TEST_CASE("an entry of the book of those days that the bank does not show is unseen") {
    treasury t = with_payment();
    t.must(cashier, statement_of("T1", 0, {bank_line("Order 7", 5'000)}));
    reconciliation_view v = t.view(reconciliation_query{});
    REQUIRE(v.unseen.size() == 1);
    CHECK(v.unseen[0].id == "P1");
    CHECK(v.unseen[0].what == "payment");
    CHECK(v.unseen[0].change == rub(-40));
    CHECK(v.accounts[0].difference == rub(40));
    CHECK(explained(v) == 40);
    // The next statement shows it.
    t.now = at("2026-11-25T09:00:00.000Z");
    record_statement next = statement_of("T2", 5'000, {bank_line("b", -40, "P1")});
    next.from = day("2026-11-24");
    t.must(cashier, next);
    v = t.view(reconciliation_query{});
    CHECK(v.unseen.empty());
    REQUIRE(v.statements.size() == 2);
    CHECK(v.statements[0].difference == rub(40));
    CHECK(v.statements[1].difference == rub(0));
    CHECK(v.accounts[0].statement->value == "T2");
}

TEST_CASE("a receipt reversed for its own day is neither expected nor matched") {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", 10));
    t.must(controller, correction_of("C1", "R1"));
    t.must(cashier, receipt_of("R2", "B", 10));
    t.must(cashier, statement_of("T1", 0, {bank_line("Order 7", 10)}));
    const reconciliation_view v = t.view(reconciliation_query{});
    CHECK(line_named(v, "Order 7").id == "R2");
    CHECK(v.unseen.empty());
}

TEST_CASE("accounts and units stand apart") {
    treasury t;
    t.must(cashier, open_bank_account{{"reserve"}, en("Reserve account"), {"RUB"}});
    record_income c{{"I1"}, income_kind::interest, rub(7), day("2026-11-20"), "Order 7", {}};
    c.bank = bank_account_id{"reserve"};
    t.must(cashier, c);
    t.must(cashier, receipt_of("R1", "A", 7));
    record_statement of_reserve = statement_of("T1", 0, {bank_line("Order 7", 7)});
    of_reserve.bank = bank_account_id{"reserve"};
    t.must(cashier, of_reserve);
    // The main account has its own row of statements, which need not follow on this one.
    t.must(cashier, statement_of("T2", 0, {bank_line("Order 7", 7)}));
    const reconciliation_view both = t.view(reconciliation_query{});
    REQUIRE(both.accounts.size() == 2);
    CHECK(both.lines[0].id == "R1");
    CHECK(both.lines[1].id == "I1");
    const reconciliation_view one = t.view(reconciliation_query{bank_account_id{"reserve"}});
    REQUIRE(one.accounts.size() == 1);
    CHECK(one.accounts[0].name == en("Reserve account"));
    CHECK(one.lines.size() == 1);
}

TEST_CASE("a difference beyond 64 bits is refused, not wrapped") {
    treasury t;
    t.must(cashier, receipt_of("R1", "A", INT64_MAX));
    t.must(cashier, statement_of("T1", -5, {}));
    const auto answer = ask(t.seen(), reconciliation_query{}, viewer{});
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().kind == &refusals::overflow);
}

TEST_CASE("whatever the bank says, the difference is what the lists make up") {
    // Small numbers drawn from a fixed sequence, so that every kind of line occurs.
    std::uint32_t drawn = 7;
    const auto draw = [&](std::uint32_t below) {
        drawn = drawn * 1664525U + 1013904223U;
        return (drawn >> 8) % below;
    };
    std::set<bank_line_status> seen;
    for (int round = 0; round < 200; ++round) {
        treasury t;
        for (int n = 0; n < 4; ++n) {
            receive_contribution c = receipt_of("R" + std::to_string(n), "A", 1 + draw(3));
            c.reference = "Order " + std::to_string(draw(3));
            t.must(cashier, c);
        }
        std::vector<statement_line> lines;
        for (int n = 0; n < 4; ++n) {
            const std::int64_t minor = 1 + static_cast<std::int64_t>(draw(3));
            lines.push_back(bank_line("l" + std::to_string(n), draw(5) == 0 ? -minor : minor,
                                      "Order " + std::to_string(draw(4))));
        }
        t.must(cashier, statement_of("T1", 0, lines));
        const reconciliation_view v = t.view(reconciliation_query{});
        CHECK(explained(v) == v.accounts[0].difference->minor);
        for (const bank_line_row& one : v.lines) seen.insert(one.status);
    }
    CHECK(seen.size() == 5);
}

}  // namespace veche::fund::testing
