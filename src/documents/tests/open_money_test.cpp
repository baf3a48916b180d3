// IATI, 360Giving and OCDS of a small invented fund: that they say what the views say. Whether
// their form is right is asked of the standards' own schemas in tests/documents.

#include <doctest/doctest.h>

#include "documents/grants_360giving.hpp"
#include "documents/iati.hpp"
#include "documents/ocds.hpp"
#include "documents/tests/assembled_union.hpp"

using namespace veche;
using namespace veche::documents;
using namespace veche::documents::testing;

namespace {

amount in_unit(std::int64_t minor, const char* unit = "RUB") {
    return {minor, {unit}};
}

fund::line_row small_line(const char* id, std::int32_t year, std::int64_t minor,
                          const char* unit = "RUB") {
    fund::line_row row;
    row.line = {id};
    row.title = {{"en", "Line <" + std::string(id) + ">"}};
    row.year = year;
    row.original = row.amended = row.available = in_unit(minor, unit);
    row.given = row.open = row.paid = in_unit(0, unit);
    row.decision = {"2026-0001"};
    return row;
}

fund::commitment_row small_commitment(const char* id, std::int64_t minor, const char* unit) {
    fund::commitment_row row;
    row.id = {id};
    row.line = {"L1"};
    row.line_title = {{"en", "Line <L1>"}};
    row.purpose = {{"en", "Purpose \"" + std::string(id) + "\""}};
    row.partner = {"Joiners & Sons", "BY-UNP-190000001"};
    row.status = fund::commitment_status::open;
    row.amount_ = in_unit(minor, unit);
    row.decision = {"2026-0001"};
    return row;
}

/// A union "u/1" with roubles, places and money outside ISO 4217; in roubles a line with a part
/// under it, a commitment K1 with every step, and a reservation K2.
class small_fund {
  public:
    small_fund() {
        money.of.id = "u/1";
        money.of.name = {{"en", "Union"}};
        money.of.units = {{{"RUB"}, {}, charter::unit_kind::money, 2},
                          {{"PLACE"}, {}, charter::unit_kind::count, 0},
                          {{"GOLD"}, {}, charter::unit_kind::money, 3}};
        fund::member_row member;
        member.member = {"A"};
        member.name = {{"en", "Member A"}};
        money.contributions.members.push_back(member);
        money.today = *parse_date("2026-11-24");
        money.budget.lines = {small_line("L1", 2026, 100'000), small_line("L1/a", 2026, 30'000),
                              small_line("P1", 2026, 50, "PLACE"),
                              small_line("G1", 2026, 50, "GOLD")};
        money.budget.lines[0].amended.minor = 120'000;
        money.budget.lines[0].given.minor = 30'000;
        money.commitments.commitments = {small_commitment("K1", 1'000, "RUB"),
                                         small_commitment("K2", 300, "RUB"),
                                         small_commitment("K3", 5, "PLACE")};
        money.commitments.commitments[1].status = fund::commitment_status::pending;
        money.commitments.commitments[1].partner = {};
        for (const char* what : {"assess", "write_off", "receive", "correct"})
            add(what, 100'050).member = member_id{"A"};
        add("income", 700).income = "interest";
        add("charge", 200).line = fund::line_id{"L1"};
        for (const auto& [what, minor] :
             std::initializer_list<std::pair<const char*, int>>{{"reserve", 1'200},
                                                                {"commit", 1'000},
                                                                {"advance", 300},
                                                                {"claim", 600},
                                                                {"settle", 200},
                                                                {"payment", 405},
                                                                {"refund", 100},
                                                                {"recover", 50},
                                                                {"release", 70}})
            of_commitment(what, "K1", minor);
        of_commitment("recover", "K1", 3).income = "Recovered";
        money.movements.movements.back().line.reset();
        of_commitment("reserve", "K2", 300);
        of_commitment("commit", "K3", 5).amount_.unit = {"PLACE"};
        money.movements.movements.back().line = fund::line_id{"P1"};
        add("exchange", -500);
    }

    open_money money;

  private:
    fund::movement_row& add(const char* what, std::int64_t minor) {
        fund::movement_row row;
        row.what = what;
        row.id = "m" + std::to_string(++last_);
        row.day = {parse_date("2026-03-01")->days + static_cast<std::int32_t>(last_)};
        row.amount_ = in_unit(minor);
        row.seq = last_;
        money.movements.movements.push_back(row);
        return money.movements.movements.back();
    }
    fund::movement_row& of_commitment(const char* what, const char* id, std::int64_t minor) {
        fund::movement_row& row = add(what, minor);
        row.commitment = fund::commitment_id{id};
        row.line = fund::line_id{"L1"};
        return row;
    }
    std::int64_t last_ = 0;
};

/// The transaction or activity that begins with the text, to its end.
std::string part_of(const std::string& whole, const std::string& begin, const std::string& end) {
    const std::size_t at = whole.find(begin);
    REQUIRE_MESSAGE(at != std::string::npos, begin);
    return whole.substr(at, whole.find(end, at) - at);
}

std::string value_of(const std::string& iati, const std::string& ref) {
    const std::string step = part_of(iati, "<transaction ref=\"" + ref + "\">", "</transaction>");
    const std::string value = part_of(step, "<value ", "</value>");
    return part_of(step, "<transaction-type code=", "/>") + " " + value.substr(value.find('>') + 1);
}

}  // namespace

TEST_CASE("IATI tells each step with its type, its sign and its exact amount") {
    testing::assembled_union of;
    const small_fund from;
    const std::string out = iati_of(of.in("en"), from.money).value();
    for (const auto& [ref, said] : std::initializer_list<std::pair<const char*, const char*>>{
             {"assess:m1:A", "\"11\" 1000.50"},
             {"write_off:m2:A", "\"11\" -1000.50"},
             {"receive:m3:A", "\"1\" 1000.50"},
             {"correct:m4:A", "\"1\" -1000.50"},
             {"income:m5", "\"1\" 7.00"},
             {"charge:m6", "\"4\" 2.00"},
             {"commit:m8", "\"2\" 10.00"},
             {"advance:m9", "\"3\" 3.00"},
             {"payment:m12", "\"3\" 4.05"},
             {"refund:m13", "\"3\" -1.00"},
             {"recover:m14", "\"3\" -0.50"},
             {"release:m15", "\"2\" -0.70"},
             {"recover:m16", "\"1\" 0.03"}})
        CHECK(value_of(out, ref) == "<transaction-type code=" + std::string(said));
    for (const char* left_out : {"reserve:", "claim:", "settle:", "exchange:", "PLACE", "GOLD"})
        CHECK_MESSAGE(!has(out, left_out), left_out);
    CHECK(has(out, "<narrative>Line &lt;L1&gt;</narrative>"));
    CHECK(has(out, "<narrative>Joiners &amp; Sons</narrative>"));
    CHECK(has(out, "<participating-org role=\"4\" ref=\"BY-UNP-190000001\">"));
}

TEST_CASE("IATI counts what a line gave to lines under it once, and says where each line stands") {
    testing::assembled_union of;
    small_fund from;
    const auto line = [&](const char* id) {
        return part_of(iati_of(of.in("en"), from.money).value(),
                       "<iati-identifier>XM-VECHE-u:1-line-" + std::string(id) + "<",
                       "</iati-activity>");
    };
    CHECK(has(line("L1"), "\"2026-01-01\">1000.00</value>"));  // first decided
    CHECK(has(line("L1"), "\"2026-01-01\">900.00</value>"));   // 1200 less 300 given
    CHECK(has(line("L1:a"), "\"2026-01-01\">300.00</value>"));
    CHECK_FALSE(has(line("L1:a"), "<budget type=\"2\""));
    CHECK(has(line("L1"), "<activity-status code=\"2\"/>"));
    from.money.today = *parse_date("2027-01-01");
    CHECK(has(line("L1"), "<activity-status code=\"4\"/>"));
    CHECK(has(line("L1"), "<activity-date iso-date=\"2026-03-16\" type=\"4\"/>"));
    from.money.budget.lines[0].open.minor = 1;
    CHECK(has(line("L1"), "<activity-status code=\"3\"/>"));
    from.money.today = *parse_date("2025-12-31");
    CHECK(has(line("L1:a"), "<activity-status code=\"1\"/>"));
}

TEST_CASE("a grant sums what was awarded and what was paid, and is one for each commitment") {
    testing::assembled_union of;
    const small_fund from;
    const std::string out = grants_360giving_of(of.in("en"), from.money).value();
    CHECK(has(out, "\"amountAwarded\":9.30,"));
    CHECK(has(out, "\"amountDisbursed\":5.52,"));  // 3.00 + 4.05 - 1.00 - 0.50 - 0.03
    CHECK(has(out, "\"awardDate\":\"2026-03-09\""));
    CHECK(has(out, "\"id\":\"360G-example-u:1-K1\""));
    CHECK(has(out, "\"title\":\"Purpose \\\"K1\\\"\""));
    CHECK_FALSE(has(out, "K2"));
    CHECK_FALSE(has(out, "K3"));
}

TEST_CASE("OCDS tells a reservation as planning, and money that came back as paid by the partner") {
    testing::assembled_union of;
    small_fund from;
    const std::string out = ocds_of(of.in("en"), from.money).value();
    CHECK(has(out, "\"ocid\":\"ocds-aaaaaa-u:1-K1\""));
    CHECK(has(out, "\"tag\":[\"planning\",\"award\",\"contract\",\"implementation\"]"));
    CHECK(has(out, "\"tag\":[\"planning\"]"));
    CHECK(has(out, "\"value\":{\"amount\":9.30,\"currency\":\"RUB\"}"));
    CHECK(has(out, "\"id\":\"refund:m13\",\"payee\":{\"id\":\"XM-VECHE-u:1\""));
    CHECK(has(out,
              "\"identifier\":{\"id\":\"190000001\",\"legalName\":\"Joiners & Sons\","
              "\"scheme\":\"BY-UNP\"}"));
    CHECK(has(out, "\"status\":\"active\",\"title\""));
    CHECK_FALSE(has(out, "terminated"));
    from.money.commitments.commitments[0].status = fund::commitment_status::done;
    CHECK(has(ocds_of(of.in("en"), from.money).value(), "\"status\":\"terminated\""));
}

TEST_CASE("a partner without a registration has an identifier of its name, always the same") {
    small_fund from;
    const std::string one = organisation_of(from.money, {}, {"Школа № 1", {}});
    CHECK(one.starts_with("XM-VECHE-u:1-partner-"));
    CHECK(one.size() == std::string("XM-VECHE-u:1-partner-").size() + 16);
    CHECK(one == organisation_of(from.money, {}, {"Школа № 1", {}}));
    CHECK(one != organisation_of(from.money, {}, {"Школа № 2", {}}));
    CHECK(organisation_of(from.money, {}, {"X", "RU/INN 7?|&"}) == "RU:INN:7:::");
}

TEST_CASE("identifiers that the charter names take the place of the invented ones") {
    testing::assembled_union of;
    small_fund from;
    CHECK_FALSE(open_ids_of(from.money.of).organisation);
    CHECK(open_ids_of(from.money.of).ocid_prefix == "ocds-aaaaaa");
    from.money.of.open_data = charter::open_data_ids{"XM-DAC-41114", "ocds-213czf", "360G-union"};
    const open_ids ids = open_ids_of(from.money.of);
    const std::string iati = iati_of(of.in("en"), from.money, ids).value();
    CHECK(has(iati, "<reporting-org ref=\"XM-DAC-41114\""));
    CHECK(has(iati, "<iati-identifier>XM-DAC-41114-line-L1<"));
    CHECK_FALSE(has(iati, "XM-VECHE"));
    CHECK(has(grants_360giving_of(of.in("en"), from.money, ids).value(),
              "\"id\":\"360G-union-u:1-K1\""));
    const std::string ocds = ocds_of(of.in("en"), from.money, ids).value();
    CHECK(has(ocds, "\"ocid\":\"ocds-213czf-u:1-K1\""));
    CHECK_FALSE(has(ocds, "XM-VECHE"));
    CHECK_FALSE(has(ocds, "ocds-aaaaaa"));
}

TEST_CASE("only money with a code of ISO 4217 is a currency") {
    small_fund from;
    from.money.of.units.push_back({{"EUR"}, {}, charter::unit_kind::count, 0});
    from.money.of.units.push_back({{"B B"}, {}, charter::unit_kind::money, 0});
    CHECK(is_currency(from.money.of, {"RUB"}));
    for (const char* none : {"PLACE", "GOLD", "EUR", "B B", "BYN"})
        CHECK_FALSE_MESSAGE(is_currency(from.money.of, {none}), none);
}

TEST_CASE("where a fund has nothing in a currency there is no file") {
    testing::assembled_union of;
    small_fund from;
    from.money.of.units.erase(from.money.of.units.begin());
    CHECK_FALSE(iati_of(of.in("en"), from.money));
    CHECK_FALSE(grants_360giving_of(of.in("en"), from.money));
    CHECK_FALSE(ocds_of(of.in("en"), from.money));
    CHECK_FALSE(tells_budget(from.money.of, from.money.budget, from.money.contributions));
    CHECK_FALSE(tells_commitments(from.money.of, from.money.commitments));
}
