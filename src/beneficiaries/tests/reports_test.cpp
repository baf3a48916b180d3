#include "beneficiaries/tests/desk.hpp"

namespace veche::beneficiaries {
namespace {

using namespace testing;

std::string stands(const desk& d, const char* payer, std::int32_t year) {
    for (const report_row& row : d.look(reports_query{}).reports)
        if (row.payer && row.payer->id.value == payer && row.year == year)
            return std::string(name_of(*row.standing));
    return "";
}

payments_query to(const char* recipient) {
    payments_query query;
    query.recipient = party_id{recipient};
    return query;
}
payments_query of_kind(payment_kind kind) {
    payments_query query;
    query.kind = kind;
    return query;
}

}  // namespace

TEST_CASE("who owes a report and gave none is listed, and a zero report is a report") {
    desk d;
    CHECK(d.send(payer_of("ministry")) == "");
    CHECK(stands(d, "ministry", 2023) == "missing");
    CHECK(stands(d, "ministry", 2025) == "awaited");  // due on 31 March, and it is the 2nd
    CHECK(stands(d, "ministry", 2026) == "running");
    CHECK(d.look(reports_query{}).missing == 2);
    CHECK(d.send(report_of("ministry", 2023, {})) == "");
    CHECK(d.send(report_of("ministry", 2024, {paid_to("theatre", 500)})) == "");
    CHECK(stands(d, "ministry", 2023) == "zero");
    CHECK(stands(d, "ministry", 2024) == "given");
    CHECK(d.look(reports_query{}).missing == 0);
    d.at = *parse_instant("2026-04-02T10:00:00.000Z");
    CHECK(stands(d, "ministry", 2025) == "missing");
    const auto rows = d.look(reports_query{{}, {}, report_standing::missing, {}, {}}).reports;
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().days_late == 2);
    CHECK(rows.front().sums.empty());  // not known is no nought
}

TEST_CASE("a report that came too late says by how many days") {
    desk d;
    CHECK(d.send(payer_of("ministry")) == "");
    d.at = *parse_instant("2026-04-11T10:00:00.000Z");
    CHECK(d.send(report_of("ministry", 2025, {paid_to("theatre", 500)})) == "");
    const auto late = d.look(report_query{{"ministry"}, 2025});
    CHECK(late.row.days_late == 11);
    // A correction makes it no later, and no earlier.
    d.at = *parse_instant("2026-06-01T10:00:00.000Z");
    auto again = report_of("ministry", 2025, {paid_to("theatre", 700)});
    again.reason = en("A figure was mistyped");
    CHECK(d.send(again) == "");
    const auto corrected = d.look(report_query{{"ministry"}, 2025});
    CHECK(corrected.row.days_late == 11);
    REQUIRE(corrected.parts.size() == 1);
    CHECK(corrected.parts.front().versions.size() == 2);
    CHECK(corrected.row.sums == std::vector<amount>{{700, {"RUB"}}});
}

TEST_CASE("a payer reports through its own office, and nobody else does") {
    desk d;
    auto payer = payer_of("ministry");
    payer.office = office_id{"council/clerk"};
    CHECK(d.send(payer) == "");
    CHECK(d.send(payer_of("region")) == "");
    d.act_as_clerk();
    CHECK(d.send(report_of("ministry", 2024, {paid_to("theatre", 500)})) == "");
    CHECK(d.send(report_of("region", 2024, {paid_to("theatre", 500)})) ==
          "beneficiaries.not_reporter_of");
    CHECK(d.send(payer_of("city")) == "beneficiaries.not_reporter");
    refer_commitment refer{{"grant-1"}, {"council"},         {"theatre"}, payment_kind::grant,
                           "Rule",      conflict_note::none, {},          {}};
    CHECK(d.send(refer) == "beneficiaries.not_reporter");
}

TEST_CASE("a report is refused where it says two things at once") {
    desk d;
    CHECK(d.send(report_of("ministry", 2024, {})) == "beneficiaries.payer_unknown payer");
    CHECK(d.send(payer_of("ministry")) == "");
    auto both = report_of("ministry", 2024, {paid_to("theatre", 500)});
    both.zero = true;
    CHECK(d.send(both) == "beneficiaries.zero_unclear zero");
    auto neither = report_of("ministry", 2024, {});
    neither.zero = false;
    CHECK(d.send(neither) == "beneficiaries.zero_unclear zero");
    CHECK(d.send(report_of("ministry", 2022, {})) == "beneficiaries.year_not_owed year");
    CHECK(d.send(report_of("ministry", 2026, {})) == "beneficiaries.year_to_come year");
    CHECK(d.send(report_of("ministry", 2026, {paid_to("theatre", 1)})) == "");
    CHECK(d.send(report_of("ministry", 2024, {paid_to("theatre", 1)}, 2)) ==
          "beneficiaries.part_out_of_order part");
    CHECK(d.send(report_of("ministry", 2024, {})) == "");
    CHECK(d.send(report_of("ministry", 2024, {paid_to("theatre", 1)}, 2)) ==
          "beneficiaries.zero_in_parts zero");
    CHECK(d.send(report_of("ministry", 2024, {paid_to("theatre", 1)})) ==
          "beneficiaries.reason_missing reason");
}

TEST_CASE("a payment is refused in the order of its faults") {
    desk d;
    CHECK(d.send(payer_of("ministry")) == "");
    const auto refused = [&](disclosed_payment one) {
        return d.send(report_of("ministry", 2024, {paid_to("theatre", 1), std::move(one)}));
    };
    disclosed_payment one = paid_to("theatre", 0);
    one.recipient.reset();
    CHECK(refused(one) == "beneficiaries.recipient_unclear payments.1.recipient");
    one.persons = 0;
    CHECK(refused(one) == "beneficiaries.recipient_unclear payments.1.persons");
    one.persons = 12;
    one.rule = " ";
    CHECK(refused(one) == "beneficiaries.rule_missing payments.1.rule");
    one.rule = "Rule";
    one.purpose = {};
    CHECK(refused(one) == "beneficiaries.purpose_missing payments.1.purpose");
    one.purpose = en("Stipends");
    one.money.unit = {"XXX"};
    CHECK(refused(one) == "beneficiaries.unit_unknown payments.1.money.unit");
    one.money.unit = {"RUB"};
    CHECK(refused(one) == "beneficiaries.money_impossible payments.1.money.minor");
    one.money.minor = 5;
    one.conflicts = conflict_note::declared;
    CHECK(refused(one) == "beneficiaries.tie_unclear payments.1.tie");
    one.conflicts = conflict_note::not_asked;
    one.tie = en("A relative");
    CHECK(refused(one) == "beneficiaries.tie_unclear payments.1.tie");
    one.tie = {};
    CHECK(refused(one) == "");
}

TEST_CASE("who answers for a payer hands it on, nobody takes it") {
    desk d;
    auto payer = payer_of("ministry");
    CHECK(d.send(payer) == "");
    CHECK(d.send(payer) == "beneficiaries.reason_missing reason");
    payer.until = 2022;
    payer.reason = en("It was closed");
    CHECK(d.send(payer) == "beneficiaries.years_impossible from");
    payer.until = 2024;
    CHECK(d.send(payer) == "");
    CHECK(stands(d, "ministry", 2025) == "");
    payer.office = office_id{"nobody"};
    CHECK(d.send(payer) == "beneficiaries.office_unknown office");
    context by_decision = d.now();
    by_decision.decision = decision_authority{{"d-1"}, {"council"}, "unanimity"};
    CHECK(decide(d.seen(), payer, by_decision).error().code() == "beneficiaries.not_by_decision");
}

TEST_CASE("what the fund paid comes from its book alone, less what came back") {
    desk d;
    refer_commitment refer{{"grant-1"},       {"council"},         {"theatre"}, payment_kind::grant,
                           "Call for grants", conflict_note::none, {},          {}};
    CHECK(d.send(refer) == "");
    CHECK(d.look(payments_query{}).payments.empty());
    d.around->paid[{"grant-1"}] = {{"pay-1", 2024, en("Plays"), {900, {"RUB"}}, 100, 4},
                                   {"pay-2", 2025, en("Plays"), {300, {"RUB"}}, 0, 6}};
    const auto view = d.look(payments_query{});
    REQUIRE(view.payments.size() == 2);
    CHECK(view.sums == std::vector<amount>{{1100, {"RUB"}}});
    CHECK_FALSE(view.payments.front().payer);
    const auto years = d.look(reports_query{}).reports;
    REQUIRE(years.size() == 2);
    CHECK(years.back().sums == std::vector<amount>{{800, {"RUB"}}});
    // Referred to another recipient, the money goes with it; nothing was typed twice.
    refer.recipient = {"museum"};
    CHECK(d.send(refer) == "beneficiaries.reason_missing reason");
    refer.reason = en("The wrong organisation was named");
    CHECK(d.send(refer) == "");
    CHECK(d.look(to("theatre")).found == 0);
    CHECK(d.look(to("museum")).found == 2);
}

TEST_CASE("commitments of which nobody said what they are are listed") {
    desk d;
    const party theatre{{"theatre"}, en("Theatre"), {}, true};
    const party factory{{"factory"}, en("Factory"), {}, false};
    d.around->partners = {{{"c-2"}, en("Posters"), theatre},
                          {{"c-1"}, en("Plays"), theatre},
                          {{"c-3"}, en("Machines"), factory}};
    refer_commitment refer{{"c-1"}, {"council"},         {"theatre"}, payment_kind::grant,
                           "Rule",  conflict_note::none, {},          {}};
    CHECK(d.send(refer) == "");
    const auto left = d.look(unreferred_query{}).commitments;
    REQUIRE(left.size() == 1);
    CHECK(left.front().commitment.value == "c-2");
}

TEST_CASE("money of two records of one organisation is shown under the one that stands") {
    desk d;
    CHECK(d.send(payer_of("ministry")) == "");
    CHECK(d.send(report_of("ministry", 2024,
                           {paid_to("theatre", 5), paid_to("stage", 7, "BYN"),
                            paid_to("stage", 1, "RUB", payment_kind::advertising)})) == "");
    CHECK(d.look(recipients_query{}).recipients.size() == 2);
    d.around->merged[{"stage"}] = {"theatre"};
    const auto one = d.look(recipients_query{}).recipients;
    REQUIRE(one.size() == 1);
    CHECK(one.front().sums == std::vector<amount>{{7, {"BYN"}}, {6, {"RUB"}}});
    CHECK(d.look(to("stage")).found == 3);
    CHECK(d.look(of_kind(payment_kind::advertising)).found == 1);
}

TEST_CASE("every refusal is listed once, with its own code") {
    std::set<std::string_view> codes;
    for (const refusal_kind* one : refusals::all) codes.insert(one->code);
    CHECK(codes.size() == std::size(refusals::all));
}

}  // namespace veche::beneficiaries
