// The verbs `bank statement` and `bank orders`, as their users call them.

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/files.hpp"
#include "cli/tests/veche_says.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::cli::testing;
using namespace veche::cli;
namespace fs = std::filesystem;

namespace {

struct bank_fixture {
    bank_fixture() {
        char name[] = "/tmp/veche-bank-XXXXXX";
        base = ::mkdtemp(name);
        folder = (base / "union").string();
    }
    ~bank_fixture() { fs::remove_all(base); }
    bank_fixture(const bank_fixture&) = delete;
    bank_fixture& operator=(const bank_fixture&) = delete;

    void found() {
        const outcome made =
            veche_says({"init", folder, "--charter", source_dir() + "/unions/union-state.toml",
                        "--origin", "test.example/journal"});
        REQUIRE_MESSAGE(made.code == 0, made.err);
    }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
        return (base / name).string();
    }
    /// A statement of one line that adds 8.85 to 18.15.
    std::string statement(const std::string& id, const std::string& account = "EXAMPLE-1",
                          const std::string& added = "8.85") const {
        const auto balance = [](const std::string& kind, const std::string& amount) {
            return "<Bal><Tp><CdOrPrtry><Cd>" + kind + "</Cd></CdOrPrtry></Tp><Amt Ccy=\"RUB\">" +
                   amount + "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-31</Dt></Dt></Bal>";
        };
        return "<Stmt><Id>" + id + "</Id><Acct><Id><Othr><Id>" + account +
               "</Id></Othr></Id></Acct>" + balance("OPBD", "18.15") + balance("CLBD", "27.00") +
               "<Ntry><Amt Ccy=\"RUB\">" + added +
               "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2024-03-30</Dt>"
               "</BookgDt><AcctSvcrRef>R-1</AcctSvcrRef></Ntry></Stmt>";
    }
    std::string file(const std::string& name, const std::string& statements) const {
        return write(name,
                     "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">"
                     "<BkToCstmrStmt>" +
                         statements + "</BkToCstmrStmt></Document>");
    }
    outcome record(const std::string& from, std::vector<std::string> more = {}) const {
        std::vector<std::string> words = {"bank", "statement", from,     "--union",     folder,
                                          "--as", "treasurer", "--auth", "pc/treasurer"};
        words.insert(words.end(), more.begin(), more.end());
        return veche_says(std::move(words));
    }

    fs::path base;
    std::string folder;
};

}  // namespace

TEST_CASE_FIXTURE(bank_fixture, "a statement is read without any union") {
    const std::string from = file("s.xml", statement("S-1"));
    const outcome told = veche_says({"bank", "statement", from});
    CHECK_MESSAGE(told.code == 0, told.err);
    CHECK(has(told.out, "Statement S-1 of the account EXAMPLE-1: from 18.15 RUB to 27.00 RUB."));
    CHECK(has(told.out, "R-1"));
    const outcome json = veche_says({"bank", "statement", from, "--json"});
    CHECK(has(json.out, "\"version\":\"camt.053.001.02\""));
    CHECK(has(json.out, "\"amount\":\"8.85\""));
    CHECK_FALSE(has(json.out, "recorded"));
    const outcome none = veche_says({"bank", "statement", write("x.xml", "<html/>")});
    CHECK(none.code == 1);
    CHECK(has(none.err, "documents.message_unknown"));
}

TEST_CASE_FIXTURE(bank_fixture, "a report on orders says what became of each, and why") {
    const std::string from = write(
        "r.xml",
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt>"
        "<GrpHdr><MsgId>R-1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>VECHE-7</OrgnlMsgId>"
        "<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>VECHE-7-1"
        "</OrgnlPmtInfId><TxInfAndSts><OrgnlEndToEndId>pay-1</OrgnlEndToEndId><TxSts>ACSC</TxSts>"
        "</TxInfAndSts><TxInfAndSts><OrgnlEndToEndId>pay-2</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
        "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>since March</AddtlInf></StsRsnInf>"
        "</TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>");
    const outcome told = veche_says({"bank", "status", from});
    CHECK_MESSAGE(told.code == 0, told.err);
    CHECK(has(told.out, "Report R-1 on the orders VECHE-7: partly (PART)."));
    CHECK(has(told.out, "pay-1: accepted (ACSC)"));
    CHECK(has(told.out, "pay-2: rejected (RJCT): AC04, the account is closed: since March"));
    const outcome json = veche_says({"bank", "status", from, "--json"});
    CHECK(has(json.out, "\"end_to_end\":\"pay-2\""));
    CHECK(has(json.out, "\"fate\":\"rejected\""));
    const outcome none = veche_says({"bank", "status", file("s.xml", statement("S-1"))});
    CHECK(none.code == 1);
    CHECK(has(none.err, "documents.report_unknown"));
}

TEST_CASE_FIXTURE(bank_fixture, "a statement is recorded once, in the words of the bank") {
    found();
    const std::string from = file("s.xml", statement("S-1"));
    const outcome made = record(from);
    REQUIRE_MESSAGE(made.code == 0, made.err);
    CHECK(has(made.out, "Recorded as entry 1."));
    const outcome again = record(from);
    CHECK_MESSAGE(again.code == 0, again.err);
    CHECK_FALSE(has(again.out, "Recorded"));
    const outcome asked = veche_says({"ask", "fund.reconciliation", "--at", folder, "--json"});
    CHECK(has(asked.out, "\"difference\":{\"minor\":\"2700\",\"unit\":\"RUB\"}"));
    CHECK(has(asked.out, "\"status\":\"waiting\""));
    // The next one must follow upon it.
    const outcome twice = record(from, {"--id", "S-2"});
    CHECK(twice.code == 1);
    CHECK(has(twice.err, "fund.statement_overlaps"));
}

TEST_CASE_FIXTURE(bank_fixture, "what cannot be recorded exactly is not recorded") {
    found();
    const outcome fine = record(file("f.xml", statement("S-1", "EXAMPLE-1", "8.85001")));
    CHECK(fine.code == 1);
    CHECK(has(fine.err, "documents.amount_too_fine"));
    CHECK(has(fine.err, "R-1"));
    const outcome odd = record(file("o.xml", statement("no id")));
    CHECK(has(odd.err, "cli.statement_id_unusable"));
    const std::string two = file("t.xml", statement("S-1") + statement("S-2", "EXAMPLE-2"));
    CHECK(has(record(two).err, "cli.bank_account_unclear"));
    CHECK(record(two, {"--of", "EXAMPLE-2"}).code == 0);
    CHECK(record(file("d.xml", statement("S-1") + statement("S-2")), {"--id", "S-3"}).code == 2);
}

TEST_CASE_FIXTURE(bank_fixture, "orders are of payments that are there") {
    found();
    const std::string accounts = write("a.csv", "party,account,bic\nBank:main,407,\n");
    const std::string to = (base / "orders.xml").string();
    const outcome none = veche_says({"bank", "orders", folder, "--payments", "7", "--debtor",
                                     "Example fund", "--accounts", accounts, "-o", to});
    CHECK(none.code == 1);
    CHECK(has(none.err, "documents.orders_none"));
    CHECK_FALSE(fs::exists(to));
    const outcome bad =
        veche_says({"bank", "orders", folder, "--payments", "7", "--debtor", "Example fund",
                    "--accounts", write("b.csv", "who,where\n"), "-o", to});
    CHECK(has(bad.err, "documents.account_unsound"));
    CHECK(veche_says({"bank", "orders", folder}).code == 2);
}
