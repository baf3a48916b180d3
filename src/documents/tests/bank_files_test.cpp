// Files from the bank and to it: what is read, what is refused, that nothing is rounded.

#include <doctest/doctest.h>

#include "documents/bank_statement.hpp"
#include "documents/payment_orders.hpp"
#include "documents/refusal.hpp"

using namespace veche;
using namespace veche::documents;

namespace {

std::string balance_xml(const std::string& kind, const std::string& amount,
                        const std::string& direction = "CRDT",
                        const std::string& currency = "RUB") {
    return "<Bal><Tp><CdOrPrtry><Cd>" + kind + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"" + currency +
           "\">" + amount + "</Amt><CdtDbtInd>" + direction +
           "</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>";
}

std::string entry_xml(const std::string& amount, const std::string& direction,
                      const std::string& rest = {}, const std::string& status = "BOOK") {
    return "<Ntry><Amt Ccy=\"RUB\">" + amount + "</Amt><CdtDbtInd>" + direction +
           "</CdtDbtInd><Sts>" + status + "</Sts><BookgDt><Dt>2026-03-30</Dt></BookgDt>" + rest +
           "</Ntry>";
}

std::string order_detail(const std::string& end_to_end, const std::string& rest = {}) {
    return "<TxDtls><Refs><EndToEndId>" + end_to_end + "</EndToEndId></Refs>" + rest + "</TxDtls>";
}

std::string details(const std::string& inside) {
    return "<NtryDtls>" + inside + "</NtryDtls>";
}

std::string statement_xml(const std::string& inside, const std::string& id = "S-1") {
    return "<Stmt><Id>" + id + "</Id><Acct><Id><IBAN>XX00EXAMPLE</IBAN></Id></Acct>" + inside +
           "</Stmt>";
}

std::string file_xml(const std::string& inside, const std::string& version = "camt.053.001.02") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:" +
           version + "\"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>" + inside +
           "</BkToCstmrStmt></Document>";
}

std::string both_balances(const std::string& opening, const std::string& closing) {
    return balance_xml("OPBD", opening) + balance_xml("CLBD", closing);
}

bank_statement only_statement(const std::string& inside) {
    const auto read = read_statements(file_xml(statement_xml(inside)));
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().sentence()));
    REQUIRE(read->statements.size() == 1);
    return read->statements.front();
}

refusal unreadable(const std::string& file) {
    const auto read = read_statements(file);
    REQUIRE_FALSE(read.has_value());
    return read.error();
}

statement_names roubles() {
    return {{"st-1"}, {}, {"RUB"}, 2, false};
}

refusal untold(const bank_statement& from, const statement_names& as = roubles()) {
    const auto made = to_command(from, as);
    REQUIRE_FALSE(made.has_value());
    return made.error();
}

fund::payment_row payment_named(std::string id, std::string registration, std::int64_t minor) {
    fund::payment_row out;
    out.id = {std::move(id)};
    out.claim = {"claim-1"};
    out.commitment = {"works"};
    out.partner = {"Example & Works", std::move(registration)};
    out.amount_ = {minor, {"RUB"}};
    out.effective = *parse_date("2026-03-30");
    out.bank = {"main"};
    return out;
}

const payee_accounts some_accounts = {{"Bank:main", {"40700000000000000001", ""}},
                                      {"RU-1", {"GB82WEST12345698765432", "WESTGB2L"}}};
const order_terms some_terms{"RUN-17", "Example fund", *parse_instant("2026-03-29T09:00:00.000Z")};
const std::map<unit_id, std::int32_t> some_scales = {{{"RUB"}, 2}, {{"PLACE"}, 0}, {{"JPY"}, 0}};

refusal unordered(const std::vector<fund::payment_row>& payments,
                  const order_terms& terms = some_terms,
                  const payee_accounts& accounts = some_accounts) {
    const auto made = to_payment_orders(payments, terms, accounts, some_scales);
    REQUIRE_FALSE(made.has_value());
    return made.error();
}

refusal unread(std::string_view csv) {
    const auto read = read_payee_accounts(csv);
    REQUIRE_FALSE(read.has_value());
    return read.error();
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a statement becomes the command that records it, to the last digit") {
    const bank_statement read = only_statement(
        both_balances("18.15", "26.990") +
        entry_xml("8.85000", "CRDT", "<AcctSvcrRef>R/1</AcctSvcrRef>") +
        entry_xml("0.01", "DBIT",
                  details(order_detail("pay-1", "<RmtInf><Ustrd>for works</Ustrd></RmtInf>"))) +
        entry_xml("5", "CRDT", {}, "PDNG"));
    CHECK(read.account == "XX00EXAMPLE");
    CHECK(read.pending == 1);
    REQUIRE(read.lines.size() == 2);
    CHECK(read.lines[0].reference == "R/1");
    CHECK(read.lines[1].reference == "line 2");
    CHECK(read.lines[1].amount.text == "-0.01");
    const auto made = to_command(read, roubles());
    REQUIRE(made.has_value());
    CHECK(made->opening == amount{1815, {"RUB"}});
    CHECK(made->closing == amount{2699, {"RUB"}});
    CHECK(to_text(made->from) == "2026-03-30");
    CHECK(to_text(made->until) == "2026-03-31");
    CHECK(made->lines[0].amount_.minor == 885);
    CHECK(made->lines[1].amount_.minor == -1);
    CHECK(made->lines[1].end_to_end == "pay-1");
    CHECK_FALSE(made->lines[1].text);
    statement_names with_texts = roubles();
    with_texts.texts = true;
    CHECK(to_command(read, with_texts)->lines[1].text == "for works");
}

TEST_CASE("digits that the unit does not have are refused with their line, unless they are zeros") {
    const bank_statement read = only_statement(
        both_balances("1.00", "1.00") + entry_xml("8.85001", "CRDT", "<NtryRef>N7</NtryRef>"));
    const refusal no = untold(read);
    CHECK(no.kind == &refusals::amount_too_fine);
    CHECK(no.args == std::vector<std::string>{"N7", "8.85001", "2"});
    CHECK(minor_of({"8.85001", "RUB"}, 5, "").value() == 885001);
    CHECK(minor_of({"-8.8", "RUB"}, 5, "").value() == -880000);
    CHECK(minor_of({"2700", "JPY"}, 0, "").value() == 2700);
    CHECK(minor_of({"2700.00000", "JPY"}, 0, "").value() == 2700);
    CHECK_FALSE(minor_of({"2700.00001", "JPY"}, 0, "").has_value());
    CHECK_FALSE(minor_of({"999999999999999999", "RUB"}, 5, "").has_value());
}

TEST_CASE("several statements in one file, and both forms of a status") {
    const auto read = read_statements(file_xml(
        statement_xml(both_balances("1", "1"), "S-1") +
            statement_xml(both_balances("1", "3") + entry_xml("2", "CRDT", {}, "<Cd>BOOK</Cd>"),
                          "S-2"),
        "camt.053.001.08"));
    REQUIRE(read.has_value());
    CHECK(read->version == "camt.053.001.08");
    REQUIRE(read->statements.size() == 2);
    CHECK(read->statements[1].id == "S-2");
    CHECK(read->statements[1].lines.size() == 1);
}

TEST_CASE("a batch is told apart only where its parts make up the whole") {
    const auto batch = [](const std::string& first) {
        return only_statement(
            both_balances("9", "4") +
            entry_xml("5", "DBIT",
                      "<AcctSvcrRef>B</AcctSvcrRef>" +
                          details(order_detail("p-1", "<Amt Ccy=\"RUB\">" + first + "</Amt>") +
                                  order_detail("p-2",
                                               "<AmtDtls><TxAmt><Amt Ccy=\"RUB\">3.00</Amt>"
                                               "</TxAmt></AmtDtls>"))));
    };
    const bank_statement apart = batch("2");
    REQUIRE(apart.lines.size() == 2);
    CHECK(apart.lines[0].amount.text == "-2");
    CHECK(apart.lines[0].end_to_end == "p-1");
    CHECK(apart.lines[0].reference == "B");
    CHECK(apart.lines[1].reference == "B #2");
    const bank_statement whole = batch("1.99");
    REQUIRE(whole.lines.size() == 1);
    CHECK(whole.lines[0].amount.text == "-5");
    CHECK_FALSE(whole.lines[0].end_to_end);
}

TEST_CASE("what is no statement is refused with its name") {
    CHECK(unreadable("<Document").kind == &refusals::file_not_xml);
    CHECK(unreadable("").kind == &refusals::file_not_xml);
    CHECK(unreadable("\xFF\xFE\x01").kind == &refusals::file_not_xml);
    CHECK(unreadable(std::string(max_statement_file + 1, ' ')).kind == &refusals::file_not_xml);
    const std::string bomb = "<!DOCTYPE Document [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:x\">]>";
    CHECK(unreadable(bomb + file_xml("").substr(39)).kind == &refusals::file_not_xml);
    const refusal other = unreadable(file_xml("", "camt.053.001.04"));
    CHECK(other.kind == &refusals::message_unknown);
    CHECK(other.args.front() == "camt.053.001.04");
    CHECK(unreadable(file_xml("", "pain.001.001.08")).args.front() == "pain.001.001.08");
    CHECK(unreadable("<html/>").args.front() == "html");
    CHECK(unreadable(file_xml("")).kind == &refusals::file_unsound);
    CHECK(unreadable(file_xml(statement_xml(entry_xml("1,5", "CRDT")))).kind ==
          &refusals::file_unsound);
    CHECK(unreadable(file_xml(statement_xml(entry_xml("1", "BOTH")))).args.back() == "Ntry 1");
    CHECK(unreadable(file_xml(statement_xml(balance_xml("CLBD", "1e3")))).args.back() ==
          "Bal CLBD");
}

TEST_CASE("a statement without booked balances or in another currency is not recorded") {
    CHECK(untold(only_statement(balance_xml("OPBD", "1"))).kind == &refusals::balances_missing);
    CHECK(untold(only_statement(balance_xml("CLAV", "1") + balance_xml("OPBD", "1"))).kind ==
          &refusals::balances_missing);
    const refusal other =
        untold(only_statement(balance_xml("PRCD", "1") + balance_xml("CLBD", "1", "DBIT", "SEK")));
    CHECK(other.kind == &refusals::currency_differs);
    CHECK(other.args == std::vector<std::string>{"CLBD", "SEK", "RUB"});
}

TEST_CASE("names may have the prefix of their namespace") {
    std::string file = file_xml(statement_xml(both_balances("1", "1")));
    for (std::size_t at = 40; (at = file.find('<', at)) != std::string::npos; at += 3)
        file.insert(file[at + 1] == '/' ? at + 2 : at + 1, "n:");
    file.replace(file.find("<Document xmlns"), 15, "<n:Document xmlns:n");
    const auto read = read_statements(file);
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().sentence()));
    CHECK(read->statements[0].booked.closing->text == "1");
}

TEST_CASE("orders go with the id of their payment from end to end") {
    const auto made = to_payment_orders(
        {payment_named("pay-1", "RU-1", 4'500'005), payment_named("pay-2", "RU-1", 95)}, some_terms,
        some_accounts, some_scales);
    REQUIRE(made.has_value());
    CHECK(holds(*made, "<EndToEndId>pay-1</EndToEndId>"));
    CHECK(holds(*made, "<InstdAmt Ccy=\"RUB\">45000.05</InstdAmt>"));
    CHECK(holds(*made, "<InstdAmt Ccy=\"RUB\">0.95</InstdAmt>"));
    CHECK(holds(*made, "<CtrlSum>45001.00</CtrlSum>"));
    CHECK(holds(*made, "<IBAN>GB82WEST12345698765432</IBAN>"));
    CHECK(holds(*made, "<BICFI>WESTGB2L</BICFI>"));
    CHECK(holds(*made, "<Othr>\n<Id>40700000000000000001</Id>"));
    CHECK(holds(*made, "<Nm>Example &amp; Works</Nm>"));
    CHECK(holds(*made, "<Dt>2026-03-30</Dt>"));
    CHECK(holds(*made, "<NbOfTxs>2</NbOfTxs>"));
}

TEST_CASE("an advance is ordered as a payment is, on its commitment alone") {
    fund::advance_row ahead;
    ahead.id = {"adv-1"};
    ahead.commitment = {"works"};
    ahead.partner = {"Example & Works", "RU-1"};
    ahead.amount_ = {20'000, {"RUB"}};
    ahead.effective = *parse_date("2026-03-30");
    ahead.bank = {"main"};
    const auto made = to_payment_orders({payment_named("pay-1", "RU-1", 5), order_of(ahead)},
                                        some_terms, some_accounts, some_scales);
    REQUIRE(made.has_value());
    CHECK(holds(*made, "<EndToEndId>adv-1</EndToEndId>"));
    CHECK(holds(*made, "<InstdAmt Ccy=\"RUB\">200.00</InstdAmt>"));
    CHECK(holds(*made, "<Ustrd>works</Ustrd>"));
    CHECK(holds(*made, "<Ustrd>works / claim-1</Ustrd>"));
    CHECK(holds(*made, "<NbOfTxs>2</NbOfTxs>"));
}

TEST_CASE("each account, day and unit has a block of orders of its own") {
    fund::payment_row later = payment_named("pay-2", "RU-1", 5);
    later.effective = *parse_date("2026-03-31");
    fund::payment_row other = payment_named("pay-3", "RU-1", 5);
    other.amount_.unit = {"JPY"};
    const auto made = to_payment_orders({payment_named("pay-1", "RU-1", 5), later, other},
                                        some_terms, some_accounts, some_scales);
    REQUIRE(made.has_value());
    CHECK(holds(*made, "<PmtInfId>RUN-17-3</PmtInfId>"));
    CHECK(holds(*made, "<InstdAmt Ccy=\"JPY\">5</InstdAmt>"));
}

TEST_CASE("what a bank could not take is refused before it is written") {
    CHECK(unordered({}).kind == &refusals::orders_none);
    const fund::payment_row fine = payment_named("pay-1", "RU-1", 5);
    CHECK(unordered({fine, payment_named("pay-1", "RU-1", 7)}).kind == &refusals::order_id_twice);
    CHECK(unordered({payment_named(std::string(36, 'p'), "RU-1", 5)}).kind ==
          &refusals::order_id_too_long);
    CHECK(to_payment_orders({payment_named(std::string(35, 'p'), "RU-1", 5)}, some_terms,
                            some_accounts, some_scales)
              .has_value());
    CHECK(unordered({fine}, {std::string(36, 'm'), "Fund", {}}).kind ==
          &refusals::order_id_too_long);
    CHECK(unordered({fine}, {"m", std::string(141, 'm'), {}}).kind == &refusals::order_id_too_long);
    fund::payment_row places = fine;
    places.amount_.unit = {"PLACE"};
    CHECK(unordered({places}).kind == &refusals::order_unit);
    CHECK(unordered({payment_named("p", "RU-1", INT64_MAX)}).kind == &refusals::order_unit);
    CHECK(unordered({payment_named("pay-1", "RU-2", 5)}).kind == &refusals::account_missing);
    CHECK(unordered({payment_named("pay-1", "", 5)}).args.front() == "Example & Works");
    CHECK(unordered({fine}, some_terms, {{"RU-1", {"1", ""}}}).args.front() == "Bank:main");
}

TEST_CASE("the file of accounts is read strictly") {
    const auto read = read_payee_accounts(
        "party,account,bic\r\nRU-1,GB82 WEST 1234 5698 7654 32,WESTGB2L\n\n"
        "\"Works, \"\"Ltd\"\"\", 407 ,\n");
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().sentence()));
    CHECK(read->at("RU-1").account == "GB82WEST12345698765432");
    CHECK(read->at("Works, \"Ltd\"").account == "407");
    CHECK(unread("party,iban\n").args.front() == "1");
    CHECK(unread("party,account,bic\na,1,\na,2,\n").args.front() == "3");
    CHECK(unread("party,account,bic\na,GB83WEST12345698765432,\n").args.front() == "2");
    CHECK(unread("party,account,bic\na,1,west\n").args.front() == "2");
    CHECK(unread("party,account,bic\na,,\n").args.front() == "2");
    CHECK(unread("party,account,bic\n,1,\n").args.front() == "2");
}

TEST_CASE("an IBAN holds where its check number does") {
    CHECK(iban_holds("DE89370400440532013000"));
    CHECK_FALSE(iban_holds("DE89370400440532013001"));
    CHECK_FALSE(iban_holds("DE98370400440532013000"));
    CHECK_FALSE(has_iban_form("40700000000000000001"));
}
