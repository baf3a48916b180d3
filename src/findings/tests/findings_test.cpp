#include "findings/findings.hpp"

#include <doctest/doctest.h>

#include "kernel/hash.hpp"

using namespace veche;
using namespace veche::findings;

namespace {

// Invented: A exports to B, C and itself; C reports nothing in 2001.
constexpr std::string_view small_world =
    "exporter,importer,year,value\n"
    "A,B,2000,300\n"
    "A,C,2000,100\n"
    "A,A,2000,5000\n"
    "A,B,2001,30\n"
    "A,C,2001,\n"
    "A,D,2001,70\n"
    "C,A,2000,50\n";

request share_of(std::string reporter, std::string partner, std::string year) {
    request out;
    out.specified.method = "partner-share/1";
    out.specified.data = {{"flows", {"world"}}};
    out.specified.parameters = {{"partner", std::move(partner)},
                                {"reporter", std::move(reporter)},
                                {"year", std::move(year)}};
    out.data = {
        {"flows", evidence::dataset_layout::table, "world", "", "USD", std::string(small_world)}};
    return out;
}

std::string value_of(const computed& made, std::string_view name) {
    for (const evidence::figure& one : made.figures)
        if (one.name == name) return one.value;
    return "?";
}

std::string code_of(request from) {
    const auto made = compute(std::move(from));
    return made ? "" : std::string(made.error().kind->code);
}

evidence::figure figure(std::string value) {
    return {"x", {}, "%", std::move(value), {}, {}};
}

agreement agreed(const std::string& published, const std::string& found) {
    const evidence::figure a = figure(published);
    const evidence::figure b = figure(found);
    return compare({&a, 1}, {&b, 1}).at(0).how;
}

}  // namespace

TEST_CASE("the share of a partner leaves out trade at home, and counts what is missing apart") {
    const computed made = compute(share_of("A", "B", "2000")).value();
    CHECK(value_of(made, "share") == "75.00");
    CHECK(value_of(made, "total") == "400");
    CHECK(value_of(made, "concentration") == "0.6250");  // 0.75^2 + 0.25^2
    CHECK(value_of(made, "equal-partners") == "1.60");
    CHECK(made.figures[1].unit == "USD");
    REQUIRE(made.tables.size() == 1);
    CHECK(made.tables[0].rows.size() == 2);
    CHECK(made.tables[0].rows[1][3] == "30");
    CHECK(made.remarks.at(1).starts_with("1 of its rows"));
}

TEST_CASE("imports are the same flows from the other side") {
    request from = share_of("A", "C", "2000");
    from.specified.parameters.insert(from.specified.parameters.begin(), {"flow", "import"});
    CHECK(value_of(compute(from).value(), "share") == "100.00");
}

TEST_CASE("a partner without a row is zero, a territory without rows is missing") {
    CHECK(value_of(compute(share_of("A", "E", "2000")).value(), "share") == "0.00");
    CHECK(code_of(share_of("C", "A", "2001")) == "findings.silent");
    CHECK(code_of(share_of("X", "A", "2000")) == "findings.silent");
}

TEST_CASE("the result names every parameter, also those that were not said") {
    const computed made = compute(share_of("A", "B", "2000")).value();
    REQUIRE(made.specified.parameters.size() == 8);
    CHECK(made.specified.parameters[0] == evidence::parameter{"exporter", "exporter"});
    request again = share_of("A", "B", "2000");
    again.specified = made.specified;
    CHECK(to_json(compute(again).value()) == to_json(made));
}

TEST_CASE("what cannot be computed says why") {
    request from = share_of("A", "B", "2000");
    from.specified.method = "partner-share/9";
    CHECK(code_of(from) == "findings.method_unknown");
    from = share_of("A", "B", "2000");
    from.data.clear();
    CHECK(code_of(from) == "findings.role_missing");
    from = share_of("A", "B", "2000");
    from.data.push_back(from.data[0]);
    from.data[1].role = "tariffs";
    CHECK(code_of(from) == "findings.role_unknown");
    from = share_of("A", "B", "2000");
    from.specified.parameters.pop_back();
    CHECK(code_of(from) == "findings.parameter_missing");
    from = share_of("A", "B", "2000");
    from.specified.parameters.push_back({"zeal", "much"});
    CHECK(code_of(from) == "findings.parameter_unknown");
    from = share_of("A", "B", "2000");
    from.specified.parameters.push_back({"flow", "both"});
    CHECK(code_of(from) == "findings.parameter_unlisted");
    from = share_of("A", "B", "2000");
    from.data[0].layout = evidence::dataset_layout::input_output;
    CHECK(code_of(from) == "findings.layout_unfit");
    from = share_of("A", "B", "2000");
    from.data[0].bytes = "exporter,importer,year\nA,B,2000\n";
    // The fault of a table is said in its own words, which every language has.
    CHECK(code_of(from) == "tables.column_unknown");
    CHECK(compute(from).error().field == "specified.data.flows world");
}

TEST_CASE("figures agree to the last published digit, give or take one of it") {
    CHECK(agreed("47.03", "47.03") == agreement::same);
    CHECK(agreed("47.03", "47.0349") == agreement::same);
    CHECK(agreed("47.03", "47.04") == agreement::same);
    CHECK(agreed("47.03", "47.02") == agreement::same);
    CHECK(agreed("47.03", "47.05") == agreement::differs);
    CHECK(agreed("47.03", "47.0451") == agreement::differs);
    CHECK(agreed("-0.5", "-0.55") == agreement::same);
    CHECK(agreed("-0.5", "0.5") == agreement::differs);
    CHECK(agreed("47", "46.4") == agreement::same);
    CHECK(agreed("47", "45.4") == agreement::differs);
    CHECK(agreed("1", "0.04") == agreement::same);
    CHECK(agreed("0.05", "0.0449") == agreement::same);
}

TEST_CASE("a figure in another unit, under another name or without its interval does not agree") {
    evidence::figure published = figure("5.0");
    evidence::figure found = figure("5.0");
    found.unit = "1";
    CHECK(compare({&published, 1}, {&found, 1})[0].how == agreement::absent);
    found = figure("5.0");
    published.low = "4.0";
    published.high = "6.0";
    CHECK(compare({&published, 1}, {&found, 1})[0].how == agreement::absent);
    found.low = "4.05";
    found.high = "6.0";
    CHECK(compare({&published, 1}, {&found, 1})[0].how == agreement::same);
    found.high = "6.2";
    CHECK(compare({&published, 1}, {&found, 1})[0].how == agreement::differs);
    found.name = "y";
    CHECK(compare({&published, 1}, {&found, 1})[0].how == agreement::absent);
}

TEST_CASE("a picture is drawn of a table of the result, and refused where there is none") {
    computed made = compute(share_of("A", "B", "2000")).value();
    REQUIRE(made.pictures.size() == 1);
    const auto bars = bars_of(made, made.pictures[0]).value();
    REQUIRE(bars.size() == 2);
    CHECK(bars[0].label == "2000");
    CHECK(bars[0].value == "75.00");
    CHECK(bars[1].hundredths == 3000);
    picture other = made.pictures[0];
    other.value = "zeal";
    CHECK(!bars_of(made, other));
    for (const char* cell : {"much", "nan", "inf", "1e300", ""}) {
        made.tables[0].rows[0][3] = cell;
        CHECK_MESSAGE(!bars_of(made, made.pictures[0]), cell);
    }
    made.tables[0].rows[0].pop_back();
    CHECK(!bars_of(made, made.pictures[0]));
}

namespace {

constexpr std::string_view two_reporters =
    "ReporterISO3,PartnerISO3,Year,TradeFlowName,value_kusd\n"
    "A,B,2009,Export,100\nB,A,2009,Import,110\nA,C,2009,Export,50\n"
    "B,A,2009,Export,30\nB,C,2009,Import,54\n";

request mirror_of(std::string exporter, std::string importer) {
    request out;
    out.specified.method = "mirror/1";
    out.specified.data = {{"flows", {"wits"}}};
    out.specified.parameters = {
        {"exporter", std::move(exporter)}, {"importer", std::move(importer)}, {"period", "2009"}};
    out.data = {
        {"flows", evidence::dataset_layout::wits, "wits", "", "", std::string(two_reporters)}};
    return out;
}

// Two regions with two sectors; final use in two columns.
constexpr std::string_view small_flows =
    ",N|goods,N|services,S|goods,S|services,N|use,S|use\n"
    "N|goods,10,5,4,1,20,10\n"
    "N|services,5,10,1,2,30,2\n"
    "S|goods,6,1,12,4,5,40\n"
    "S|services,1,1,6,8,1,30\n";

}  // namespace

TEST_CASE("both sides of a flow, their gap, and one value out of both") {
    const computed both = compute(mirror_of("A", "B")).value();
    CHECK(value_of(both, "by-exporter") == "100");
    CHECK(value_of(both, "by-importer") == "110");
    CHECK(value_of(both, "gap") == "10.0");
    CHECK(value_of(both, "reconciled") == "100");
    const computed mirrored = compute(mirror_of("C", "B")).value();
    CHECK(value_of(mirrored, "by-exporter") == "?");
    CHECK(value_of(mirrored, "gap") == "?");
    CHECK(value_of(mirrored, "reconciled") == "50");  // 54 / 1.08
    CHECK(code_of(mirror_of("C", "D")) == "findings.nobody_says");
    request from = mirror_of("A", "B");
    from.specified.parameters.push_back({"cif-factor", "much"});
    CHECK(code_of(from) == "findings.parameter_no_number");
    from.specified.parameters.back().value = "3";
    CHECK(code_of(from) == "findings.parameter_out_of_range");
}

TEST_CASE("the dependence of a sector adds up, and names who is who") {
    request from;
    from.specified.method = "supply-dependence/1";
    from.specified.data = {{"table", {"small"}}};
    from.specified.parameters = {{"home", "N"}, {"partner", "S"}, {"sector", "goods"}};
    from.data = {{"table", evidence::dataset_layout::input_output, "small", "", "M USD",
                  std::string(small_flows)}};
    const computed made = compute(from).value();
    CHECK(value_of(made, "direct-partner") == "31.82");  // 7 of 22
    CHECK(value_of(made, "direct-third") == "0.00");
    const double home = std::stod(value_of(made, "total-home"));
    const double partner = std::stod(value_of(made, "total-partner"));
    CHECK(home + partner == doctest::Approx(100).epsilon(1e-4));
    from.specified.parameters[2].value = "zeal";
    CHECK(code_of(from) == "inputoutput.sector_unknown");
    from.data[0].layout = evidence::dataset_layout::table;
    CHECK(code_of(from) == "findings.layout_unfit");
}
