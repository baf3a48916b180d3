// The page on which bank and book stand side by side.

#include <doctest/doctest.h>

#include "api/tests/site_at_hand.hpp"

using namespace veche;
using namespace veche::api;
using bank_page_fixture = veche::api::testing::site_at_hand;

namespace {

void treasurer_records(testing::union_at_hand& at_hand, const std::string& type,
                       const std::string& body) {
    at_hand.clock_ms += 1000;
    const auto done =
        at_hand.office->submit_unsigned(type, *json::canonicalize(body), {"treasurer"},
                                        "pc/treasurer", "bank-" + std::to_string(at_hand.clock_ms));
    REQUIRE_MESSAGE(done.has_value(), type << ": " << done.error().sentence());
}

bool page_has(const response& page, std::string_view text) {
    return page.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(bank_page_fixture, "a difference between bank and book stands on the page") {
    CHECK(page_has(ask("GET", "/en/money"), "href=\"/en/bank\""));
    treasurer_records(at_hand, "fund.record_income",
                      R"({"income":"in-1","kind":"interest","reference":"r-1",)"
                      R"("amount":{"minor":"3000","unit":"RUB"},"effective":"2026-09-02"})");
    const response before = ask("GET", "/en/bank");
    CHECK(before.status == 200);
    CHECK(page_has(before, "no statement yet"));
    CHECK_FALSE(page_has(before, "id=\"waiting\""));
    treasurer_records(
        at_hand, "fund.record_statement",
        R"({"statement":"st-1","from":"2026-09-01","until":"2026-09-02",)"
        R"("opening":{"minor":"0","unit":"RUB"},"closing":{"minor":"2500","unit":"RUB"},)"
        R"("lines":[{"line":"r-1","day":"2026-09-02","amount":{"minor":"3000","unit":"RUB"}},)"
        R"({"line":"r-2","day":"2026-09-02","amount":{"minor":"-500","unit":"RUB"},)"
        R"("text":"fee"}]})");
    const response page = ask("GET", "/en/bank");
    REQUIRE(page.status == 200);
    CHECK(page_has(page, "note bad"));
    CHECK(page_has(page, "\u22125\u00A0RUB"));
    CHECK(page_has(page, "<span class=\"mono\">r-2</span>"));
    CHECK(page_has(page, "<span class=\"tag live\">waits</span>"));
    CHECK(page_has(page, "<span class=\"tag good\">in the book</span>"));
    CHECK(page_has(page, "The bank has shown every entry of those days."));
    for (const char* language : {"ru", "be"})
        CHECK(ask("GET", std::string("/") + language + "/bank").status == 200);
    CHECK(ask("GET", "/en/bank.json").type == "application/json");
    const response rows = ask("GET", "/en/bank.csv");
    CHECK(rows.type.starts_with("text/csv"));
    CHECK(page_has(rows, "waiting"));
    CHECK_FALSE(page_has(ask("GET", "/en/bank?account=none"), "r-2"));
}

TEST_CASE_FIXTURE(bank_page_fixture,
                  "a line that waits leads to forms that hold what the bank says") {
    treasurer_records(
        at_hand, "fund.record_statement",
        R"({"statement":"st-1","from":"2026-09-01","until":"2026-09-02",)"
        R"("opening":{"minor":"0","unit":"RUB"},"closing":{"minor":"122950","unit":"RUB"},)"
        R"("lines":[{"line":"r-1","day":"2026-09-02","amount":{"minor":"123456","unit":"RUB"}},)"
        R"({"line":"r-2","day":"2026-09-02","amount":{"minor":"-506","unit":"RUB"}}]})");
    CHECK_FALSE(page_has(ask("GET", "/en/bank"), "/en/do/fund.record_income?amount"));
    REQUIRE(accounts.add("bert", {"treasurer"}, "correct horse").has_value());
    cookies = {{"veche", accounts.open_session("bert", now_ms())}};
    const response page = ask("GET", "/en/bank");
    const auto leads_to = [&](const std::string& type, const std::string& minor,
                              const std::string& line) {
        return page_has(page, "/en/do/" + type + "?amount.minor=" + minor +
                                  "&amp;amount.unit=RUB&amp;effective=2026-09-02&amp;reference=" +
                                  line + "&amp;");
    };
    for (const char* type : {"fund.receive_contribution", "fund.record_income",
                             "fund.receive_refund", "fund.receive_recovery"}) {
        CAPTURE(type);
        CHECK(leads_to(type, "1234.56", "r-1"));
        CHECK_FALSE(leads_to(type, "5.06", "r-2"));
    }
    CHECK(leads_to("fund.record_bank_charge", "5.06", "r-2"));
    CHECK_FALSE(leads_to("fund.record_bank_charge", "1234.56", "r-1"));
    const response form =
        ask("GET",
            "/en/do/fund.record_income?amount.minor=1234.56&amount.unit=RUB&effective="
            "2026-09-02&reference=r-1&_auth=pc%2Ftreasurer&_back=bank");
    CHECK(form.status == 200);
    CHECK(page_has(form, "value=\"1234.56\""));
    CHECK(page_has(form, "value=\"r-1\""));
    // Once it is recorded under the bank's reference, the line is in the book and leads nowhere.
    treasurer_records(at_hand, "fund.record_income",
                      R"({"income":"in-1","kind":"interest","reference":"r-1",)"
                      R"("amount":{"minor":"123456","unit":"RUB"},"effective":"2026-09-02"})");
    CHECK_FALSE(page_has(ask("GET", "/en/bank"), "/en/do/fund.record_income?amount"));
}
