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
    CHECK(code_of(from) == "findings.parameter_malformed");
    from = share_of("A", "B", "2000");
    from.data[0].layout = evidence::dataset_layout::input_output;
    CHECK(code_of(from) == "findings.layout_unfit");
    from = share_of("A", "B", "2000");
    from.data[0].bytes = "exporter,importer,year\nA,B,2000\n";
    CHECK(code_of(from) == "findings.data_unreadable");
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
