// Reports of a bank on orders: which were carried out, which not, and why.

#include "documents/payment_status.hpp"

#include <doctest/doctest.h>

#include "documents/refusal.hpp"

using namespace veche;
using namespace veche::documents;

namespace {

std::string reason_xml(const std::string& inside) {
    return "<StsRsnInf>" + inside + "</StsRsnInf>";
}

std::string code_xml(const std::string& code, const std::string& words = {}) {
    return reason_xml("<Rsn><Cd>" + code + "</Cd></Rsn>" +
                      (words.empty() ? "" : "<AddtlInf>" + words + "</AddtlInf>"));
}

std::string told_order(const std::string& id, const std::string& status,
                       const std::string& rest = {}) {
    return "<TxInfAndSts><OrgnlEndToEndId>" + id + "</OrgnlEndToEndId>" +
           (status.empty() ? "" : "<TxSts>" + status + "</TxSts>") + rest + "</TxInfAndSts>";
}

std::string told_block(const std::string& status, const std::string& rest) {
    return "<OrgnlPmtInfAndSts><OrgnlPmtInfId>VECHE-7-1</OrgnlPmtInfId>" +
           (status.empty() ? "" : "<PmtInfSts>" + status + "</PmtInfSts>") + rest +
           "</OrgnlPmtInfAndSts>";
}

std::string report_xml(const std::string& group, const std::string& blocks,
                       const std::string& version = "pain.002.001.10") {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document "
           "xmlns=\"urn:iso:std:iso:20022:tech:xsd:" +
           version + "\"><CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId></GrpHdr><OrgnlGrpInfAndSts>" +
           group + "</OrgnlGrpInfAndSts>" + blocks + "</CstmrPmtStsRpt></Document>";
}

std::string on_file(const std::string& status, const std::string& rest = {}) {
    return "<OrgnlMsgId>VECHE-7</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>" +
           (status.empty() ? "" : "<GrpSts>" + status + "</GrpSts>") + rest;
}

status_report report_in(const std::string& xml) {
    const auto read = read_status_report(xml);
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().sentence()));
    return *read;
}

refusal no_report(const std::string& xml) {
    const auto read = read_status_report(xml);
    REQUIRE_FALSE(read.has_value());
    return read.error();
}

}  // namespace

TEST_CASE("each order of a report has its fate and the reasons for it") {
    for (const char* version : {"pain.002.001.03", "pain.002.001.10"}) {
        CAPTURE(version);
        const status_report read = report_in(report_xml(
            on_file("PART"),
            told_block("", told_order("pay-1", "ACSC") +
                               told_order("pay-2", "RJCT",
                                          code_xml("AC04", "since March") +
                                              reason_xml("<Rsn><Prtry>X9</Prtry></Rsn>")) +
                               told_order("pay-3", "PDNG")),
            version));
        CHECK(read.version == version);
        CHECK(read.id == "R-1");
        CHECK(read.orders_file == "VECHE-7");
        CHECK(fate_of(read.whole.code) == order_fate::partly);
        REQUIRE(read.orders.size() == 3);
        CHECK(read.orders[0].end_to_end == "pay-1");
        CHECK(fate_of(read.orders[0].told.code) == order_fate::accepted);
        CHECK(read.orders[0].told.reasons.empty());
        CHECK(fate_of(read.orders[1].told.code) == order_fate::rejected);
        REQUIRE(read.orders[1].told.reasons.size() == 2);
        CHECK(read.orders[1].told.reasons[0].code == "AC04");
        CHECK_FALSE(read.orders[1].told.reasons[0].own);
        CHECK(read.orders[1].told.reasons[0].text == "since March");
        CHECK(read.orders[1].told.reasons[1].own);
        CHECK(fate_of(read.orders[2].told.code) == order_fate::pending);
    }
}

TEST_CASE("an order of which nothing is said shares the fate of its block, else of the file") {
    const status_report of_block = report_in(
        report_xml(on_file("PART"), told_block("RJCT", code_xml("AM04") + told_order("pay-1", "") +
                                                           told_order("pay-2", "ACSP"))));
    CHECK(of_block.blocks.at(0).id == "VECHE-7-1");
    CHECK(of_block.orders.at(0).told.code == "RJCT");
    CHECK(of_block.orders.at(0).told.reasons.at(0).code == "AM04");
    CHECK(of_block.orders.at(1).told.code == "ACSP");
    CHECK(of_block.orders.at(1).told.reasons.empty());
    const status_report of_file = report_in(
        report_xml(on_file("RJCT", code_xml("FF01")), told_block("", told_order("pay-1", ""))));
    CHECK(of_file.orders.at(0).told.reasons.at(0).code == "FF01");
    // "Partly" says nothing of any one order.
    const status_report untold =
        report_in(report_xml(on_file("PART"), told_block("PART", told_order("pay-1", ""))));
    CHECK(untold.orders.at(0).told.code.empty());
    CHECK(fate_of(untold.orders.at(0).told.code) == order_fate::other);
    // A report on a file as a whole names no order.
    const status_report whole = report_in(report_xml(on_file("ACTC"), ""));
    CHECK(whole.orders.empty());
    CHECK(fate_of(whole.whole.code) == order_fate::accepted);
}

TEST_CASE("reasons are told in words where the code is known, and as the bank has them otherwise") {
    CHECK(reason_words("AC04") == "the account is closed");
    CHECK(reason_words("AM04") == "there is not enough money on the account");
    CHECK(reason_words("ZZ99").empty());
    CHECK(fate_of("ZZZZ") == order_fate::other);
    const status_report read = report_in(report_xml(
        on_file("RJCT",
                reason_xml("<AddtlInf>call</AddtlInf><AddtlInf>us</AddtlInf>") + reason_xml("")),
        ""));
    REQUIRE(read.whole.reasons.size() == 1);
    CHECK(read.whole.reasons[0].code.empty());
    CHECK(read.whole.reasons[0].text == "call us");
}

TEST_CASE("what is no report on orders is refused with its name") {
    CHECK(no_report("<Document").kind == &refusals::file_not_xml);
    CHECK(no_report("<!DOCTYPE Document [<!ENTITY a \"b\">]><Document/>").kind ==
          &refusals::file_not_xml);
    const refusal other = no_report(report_xml(on_file("ACTC"), "", "pain.002.001.04"));
    CHECK(other.kind == &refusals::report_unknown);
    CHECK(other.args.front() == "pain.002.001.04");
    CHECK(no_report("<html/>").args.front() == "html");
    CHECK(no_report(report_xml("<GrpSts>ACTC</GrpSts>", "")).args.back() == "OrgnlGrpInfAndSts");
    const std::string nameless = "<TxInfAndSts><TxSts>ACSC</TxSts></TxInfAndSts>";
    const refusal unsound =
        no_report(report_xml(on_file(""), told_block("", told_order("pay-1", "ACSC") + nameless)));
    CHECK(unsound.kind == &refusals::report_unsound);
    CHECK(unsound.args.back() == "TxInfAndSts 2");
}
