#include "api/pages/money_flow.hpp"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>

#include "api/tests/site_at_hand.hpp"

using namespace veche;
using namespace veche::api;
using namespace veche::api::pages;
using flow_fixture = veche::api::testing::site_at_hand;

namespace {

amount in_rub(std::int64_t minor) {
    return {minor, {"RUB"}};
}

fund::member_row paid_in(const std::string& member, std::int64_t minor) {
    fund::member_row row;
    row.member = {member};
    row.name = {{"en", member}};
    row.received = in_rub(minor);
    return row;
}

fund::commitment_row committed(const std::string& line, const std::string& partner,
                               std::int64_t paid) {
    fund::commitment_row row;
    row.line = {line};
    row.partner = {partner, ""};
    row.paid = in_rub(paid);
    return row;
}

fund::line_row line_with(const std::string& line, std::int64_t paid) {
    fund::line_row row;
    row.line = {line};
    row.title = {{"en", line}};
    row.amended = in_rub(1'000'000);
    row.paid = in_rub(paid);
    return row;
}

/// A book in which everything has happened once: 1000 came in of members, 50 of interest; 300 were
/// paid to one partner, 200 and 100 to another from two lines; 7 were charged; 40 came back to a
/// line and 10 as income; 60 are ahead; 33 were exchanged.
struct small_book {
    fund::contributions_view contributions;
    fund::balances_view balances;
    fund::budget_view budget;
    fund::commitments_view commitments;
    fund::payments_view payments;

    small_book() {
        contributions.members = {paid_in("a", 650), paid_in("b", 350), paid_in("c", 0)};
        commitments.commitments = {committed("roads", "Works", 300), committed("roads", "Lab", 200),
                                   committed("schools", "Lab", 100),
                                   committed("schools", "Idle", 0)};
        // Paid and charged, less what is on the line again.
        budget.lines = {line_with("roads", 300 + 200 + 7 - 40), line_with("schools", 100)};
        fund::payment_row back;
        back.amount_ = in_rub(300);
        back.recovered = in_rub(50);
        payments.payments = {back};
        const std::int64_t bank = 1000 + 50 + 40 + 10 - 600 - 7 - 60 - 33;
        balances.accounts = {
            {"Advance:k", in_rub(60), 1, 1},         {"Bank:main", in_rub(bank), 1, 1},
            {"Exchange", in_rub(33), 1, 1},          {"Exchange", {-12, {"BYN"}}, 1, 1},
            {"Bank:main", {12, {"BYN"}}, 1, 1},      {"Income:Contribution:a", in_rub(-900), 1, 1},
            {"Income:Recovered", in_rub(-10), 1, 1}, {"Income:interest", in_rub(-50), 1, 1}};
    }
    [[nodiscard]] std::vector<money_flow> flows() const {
        return flows_of(contributions, balances, budget, commitments, payments);
    }
};

template <class Rows>
std::int64_t minor_sum(const Rows& rows) {
    std::int64_t sum = 0;
    for (const auto& one : rows) sum += one.minor;
    return sum;
}

std::int64_t used_for(const money_flow& flow, flow_goal goal) {
    std::int64_t sum = 0;
    for (const flow_use& one : flow.uses)
        if (one.goal == goal) sum += one.minor;
    return sum;
}

}  // namespace

TEST_CASE("what came in is what went out and what is left, to the last minor unit") {
    const auto flows = small_book().flows();
    REQUIRE(flows.size() == 2);
    CHECK(flows[1].unit.value == "BYN");
    CHECK(flows[1].got_in_exchange == 12);
    CHECK(used_for(flows[1], flow_goal::in_bank) == 12);
    const money_flow& flow = flows[0];
    CHECK(minor_sum(flow.sources) + flow.got_in_exchange == minor_sum(flow.uses));
    CHECK(flow.sources.size() == 4);  // two members, income, what came back
    CHECK(flow.sources[2].minor == 60);
    CHECK(flow.sources[3].minor == 40);
    CHECK(used_for(flow, flow_goal::partner) == 600);
    CHECK(used_for(flow, flow_goal::charges) == 7);
    CHECK(used_for(flow, flow_goal::advances) == 60);
    CHECK(used_for(flow, flow_goal::exchanged) == 33);
    // By line, and in it by partner; nothing for whom nothing was paid.
    REQUIRE(flow.uses.size() == 7);
    CHECK(flow.uses[0].partner.name == "Lab");
    CHECK(flow.uses[1].partner.name == "Works");
    CHECK(flow.uses[2].line.value == "schools");
}

TEST_CASE("the parts of a member sum to what it paid, and are in proportion") {
    const money_flow flow = small_book().flows()[0];
    for (const char* member : {"a", "b"}) {
        const auto parts = parts_of_member(flow, {member});
        REQUIRE(parts.size() == flow.uses.size());
        const std::int64_t paid = std::string_view(member) == "a" ? 650 : 350;
        CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == paid);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const std::int64_t exact = paid * flow.uses[i].minor / minor_sum(flow.uses);
            CHECK(parts[i] >= exact);
            CHECK(parts[i] <= exact + 1);
        }
    }
    const auto nobody = parts_of_member(flow, {"z"});
    CHECK(std::accumulate(nobody.begin(), nobody.end(), std::int64_t{0}) == 0);
}

namespace {

/// The treasurer records two contributions and interest.
void money_comes_in(testing::union_at_hand& at_hand) {
    struct deed {
        const char* type;
        const char* body;
    };
    int idem = 0;
    for (const deed& one :
         {deed{"fund.receive_contribution",
               R"({"contribution":"c-1","member":"ru","reference":"r-1",)"
               R"("amount":{"minor":"10000","unit":"RUB"},"effective":"2026-09-01"})"},
          deed{"fund.receive_contribution",
               R"({"contribution":"c-2","member":"by","reference":"r-2",)"
               R"("amount":{"minor":"5000","unit":"RUB"},"effective":"2026-09-01"})"},
          deed{"fund.record_income",
               R"({"income":"in-1","kind":"interest","reference":"r-3",)"
               R"("amount":{"minor":"3000","unit":"RUB"},"effective":"2026-09-02"})"}}) {
        at_hand.clock_ms += 1000;
        const auto done =
            at_hand.office->submit_unsigned(one.type, *json::canonicalize(one.body), {"treasurer"},
                                            "pc/treasurer", "flow-" + std::to_string(++idem));
        REQUIRE_MESSAGE(done.has_value(), one.type << ": " << done.error().sentence());
    }
}

bool shows(const response& page, std::string_view text) {
    return page.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(flow_fixture, "the way of the money is drawn, tabled and taken away") {
    money_comes_in(at_hand);
    const response page = ask("GET", "/en/flow?member=ru");
    REQUIRE(page.status == 200);
    CHECK(shows(page, "<svg class=\"plot\""));
    CHECK(shows(page, "Still in the bank"));
    CHECK(shows(page, "Other income"));
    CHECK(shows(page, "100\u00A0RUB"));
    CHECK(shows(page, "<option value=\"ru\" selected>"));
    CHECK_FALSE(shows(ask("GET", "/en/flow"), "id=\"part-RUB\""));
    const response file = ask("GET", "/en/flow.csv");
    CHECK(file.type.starts_with("text/csv"));
    CHECK(file.body.starts_with("from,to,amount.minor,amount.unit\r\n"));
    // Three sources and what is in the bank.
    CHECK(std::count(file.body.begin(), file.body.end(), '\n') == 5);
    CHECK(ask("GET", "/en/flow.json").type == "application/json");
    const response plot = ask("GET", "/en/flow.svg");
    CHECK(plot.status == 200);
    CHECK_FALSE(shows(plot, "s-flow"));
}

TEST_CASE_FIXTURE(flow_fixture, "the fund at a glance leads to what its figures are made of") {
    CHECK_FALSE(shows(ask("GET", "/en/money"), "id=\"glance\""));
    money_comes_in(at_hand);
    const response page = ask("GET", "/en/money");
    REQUIRE(page.status == 200);
    CHECK(shows(page, "id=\"glance\""));
    CHECK(shows(page, "/en/accounts?account=Bank%3Amain&amp;unit=RUB"));
    CHECK(shows(page, "href=\"/en/flow\""));
    const response account = ask("GET", "/en/accounts?account=Bank%3Amain&unit=RUB");
    CHECK(account.status == 200);
    CHECK(shows(account, "180\u00A0RUB"));
    CHECK(ask("GET", "/en/accounts?account=Nothing&unit=RUB").status == 404);
}

TEST_CASE_FIXTURE(flow_fixture, "the fund is offered as open data once it has something to tell") {
    CHECK(ask("GET", "/en/money.iati.xml").status == 404);
    CHECK_FALSE(shows(ask("GET", "/en/money"), "money.iati.xml"));
    money_comes_in(at_hand);
    CHECK(shows(ask("GET", "/en/money"), "href=\"/en/money.iati.xml\""));
    const response file = ask("GET", "/ru/money.iati.xml");
    REQUIRE(file.status == 200);
    CHECK(file.type == "application/xml");
    CHECK(shows(file, "<transaction ref=\"receive:c-1:ru\">"));
    CHECK(shows(file, "\">100.00</value>"));
    // Nothing is committed yet.
    CHECK_FALSE(shows(ask("GET", "/en/money"), "money.ocds.json"));
    CHECK(ask("GET", "/en/money.ocds.json").status == 404);
    CHECK(ask("GET", "/en/money.360giving.json").status == 404);
    CHECK(ask("GET", "/en/money/none.iati.xml").status == 404);
}
