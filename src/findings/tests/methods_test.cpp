// The methods on trade against figures worked out by hand, and published ones.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "findings/findings.hpp"
#include "kernel/hash.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::findings;

namespace {

using evidence::dataset_layout;

struct asked {
    request made;
    explicit asked(std::string method) { made.specified.method = std::move(method); }
    asked& data(std::string role, dataset_layout layout, std::string bytes,
                std::string unit = "USD") {
        made.specified.data.push_back({role, {role}});
        made.data.push_back(
            {role, layout, role, to_hex(sha256(bytes)), std::move(unit), std::move(bytes)});
        return *this;
    }
    asked& with(std::string name, std::string value) {
        made.specified.parameters.push_back({std::move(name), std::move(value)});
        return *this;
    }
    [[nodiscard]] computed result() const {
        auto out = compute(made);
        REQUIRE_MESSAGE(out.has_value(), out.error().sentence());
        return *std::move(out);
    }
    [[nodiscard]] std::string refused() const {
        const auto out = compute(made);
        return out ? "" : std::string(out.error().code());
    }
};

const evidence::figure* find_figure(const computed& in, std::string_view name) {
    for (const evidence::figure& one : in.figures)
        if (one.name == name) return &one;
    return nullptr;
}

/// "value", or "value (low .. high)".
std::string said(const computed& in, std::string_view name) {
    const evidence::figure* one = find_figure(in, name);
    if (one == nullptr) return "none";
    return one->low ? one->value + " (" + *one->low + " .. " + *one->high + ")" : one->value;
}

bool notes_have(const computed& in, std::string_view code) {
    for (const remark& one : in.notes)
        if (one.code == code) return true;
    return false;
}

const result_table& table_named(const computed& in, std::string_view name) {
    for (const result_table& one : in.tables)
        if (one.name == name) return one;
    FAIL("no table of that name");
    return in.tables.front();
}

/// The text of a shared file; "" where the shared data are not here.
std::string shared_text(const std::string& name) {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path at =
        std::filesystem::path(folder != nullptr ? folder : source_dir() + "/../shared") /
        "data/trade" / name;
    std::ifstream in(at, std::ios::binary);
    if (!in) MESSAGE("skipped: the shared trade data are not here");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// Invented: y = 2 exp(0.5 x) for each of two groups, times 1 and 3, so that PPML fits exactly.
constexpr std::string_view exact_model =
    "y,x,z,g\n2,0,0,a\n3.2974425414002564,1,2,a\n5.43656365691809,2,4,a\n"
    "6,0,0,b\n9.892327624200769,1,2,b\n16.30969097075427,2,4,b\n,1,2,b\n0,1,2,c\n0,2,4,c\n";

asked model_of(std::string formula) {
    asked out("gravity/1");
    out.data("data", dataset_layout::table, std::string(exact_model));
    out.with("formula", std::move(formula)).with("errors", "hetero");
    return out;
}

constexpr std::string_view tariffs =
    "market,product,partner,imports,before,after,elasticity\n"
    "M,870421,A,100,10,0,-1.5\nM,870421,B,300,10,10,-1.5\nN,010121,A,7,5,0,\n";

// Invented.
constexpr std::string_view pair_rows =
    "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
    "A,B,2020,Export,H5,010121,80\nA,B,2020,Import,H5,010121,40\n"
    "A,B,2020,Export,H5,870421,10\nA,B,2020,Import,H5,870421,90\n"
    "A,X,2020,Export,H5,870421,10\nB,A,2020,Import,H5,010121,80\n"
    "B,X,2020,Import,H5,870421,20\nB,X,2020,Export,H5,040110,50\n";

/// Territories c, products p; the further c, the further what it exports.
std::string leaning_exports() {
    std::string out = "who,with,year,good,value\n";
    for (int c = 0; c < 12; ++c)
        for (int p = 0; p < 16; ++p) {
            const int apart = std::abs(3 * p - 4 * c);
            const int value = 1 + (apart < 9 ? (9 - apart) * 20 : 0) + (c * 7 + p * 5) % 3;
            out += "R" + std::to_string(10 + c) + ",W,2020,g" + std::to_string(10 + p) + "," +
                   std::to_string(value) + "\n";
        }
    return out;
}

constexpr std::string_view table_columns =
    "reporter=who,partner=with,period=year,product=good,value=value,flow==export";

}  // namespace

TEST_CASE("a model that fits exactly gives its coefficients, and says every row it does not use") {
    const computed made = model_of("y ~ x | g").result();
    CHECK(said(made, "x").starts_with("0.5000"));
    CHECK(find_figure(made, "x")->low.has_value());
    CHECK(find_figure(made, "x.se") != nullptr);
    CHECK(said(made, "rows-used") == "6");
    CHECK(said(made, "rows-separated") == "0");
    CHECK(notes_have(made, "findings.dropped_missing"));
    CHECK(notes_have(made, "findings.dropped_level_zero"));
    CHECK(notes_have(made, "findings.converged"));
    CHECK(table_named(made, "coefficients").rows.at(0).at(0) == "x");
    for (const remark& one : made.notes) CHECK(english_of(one) != one.code);
}

TEST_CASE("what has no estimate of its own is named, and what is asked wrongly is refused") {
    const computed made = model_of("y ~ x + z | g").result();
    CHECK(notes_have(made, "findings.no_estimate_of_own"));
    CHECK(find_figure(made, "z") == nullptr);
    CHECK(model_of("y ~ nothing | g").refused() == "tables.column_unknown");
    CHECK(model_of("y ~ ").refused() == "gravity.formula_malformed");
    CHECK(model_of("y ~ x | g").with("family", "probit").refused() ==
          "findings.parameter_unlisted");
    CHECK(model_of("y ~ x | g").with("rule", "zeal").refused() == "gravity.rule_unknown");
    CHECK(model_of("y ~ x | g").with("level", "1.5").refused() == "findings.level_unknown");
    CHECK(model_of("y ~ x | g").with("decimals", "9").refused() ==
          "findings.parameter_out_of_range");
    CHECK(asked("gravity/1")
              .data("data", dataset_layout::baci, "t,i,j,k,v,q\n")
              .with("formula", "v ~ q")
              .refused() == "findings.layout_unfit");
}

TEST_CASE("separated rows are counted and said, not fitted") {
    // x is positive on rows without y alone: they are separated by x.
    const computed made = asked("gravity/1")
                              .data("data", dataset_layout::table,
                                    "y,x,w\n0,1,3\n0,2,1\n3,0,1\n1,0,2\n4,0,1\n2,0,4\n")
                              .with("formula", "y ~ x + w")
                              .with("errors", "hetero")
                              .result();
    CHECK(said(made, "rows-separated") == "2");
    CHECK(notes_have(made, "findings.dropped_separated"));
    CHECK(notes_have(made, "findings.no_estimate_of_own"));
}

TEST_CASE("T9: a published model comes out as a finding, with its standard error and interval") {
    const std::string text = shared_text("ppmlhdfe_example_trade_fta.csv");
    if (text.empty()) return;
    const computed made =
        asked("gravity/1")
            .data("data", dataset_layout::table, text)
            .with("formula", "trade ~ fta | isoexp^year + isoimp^year + isoexp^isoimp")
            .with("filter", "category == \"TOTAL\"")
            .with("cluster", "isoexp^isoimp")
            .with("rule", "ppmlhdfe")
            .with("decimals", "6")
            .result();
    CHECK(said(made, "fta") == "0.192445 (0.110220 .. 0.274671)");
    CHECK(said(made, "fta.se") == "0.041953");
    CHECK(said(made, "rows-used") == "5950");
    CHECK(notes_have(made, "findings.bias_of_three"));
}

TEST_CASE("T22: a tariff taken away, with the range of what comes out under other elasticities") {
    const computed made = asked("tariff-change/1")
                              .data("lines", dataset_layout::table, std::string(tariffs))
                              .with("tariffs-in", "percent")
                              .result();
    // Creation goes with the import elasticity alone: half and half as much again.
    CHECK(said(made, "creation") == "13.64 (6.82 .. 20.45)");
    CHECK(said(made, "diversion").starts_with("10.23 (5.11 .. 15.34"));
    CHECK(said(made, "revenue-before") == "40.00");
    CHECK(said(made, "revenue-change").starts_with("-11.02 ("));
    CHECK(said(made, "welfare") == "0.68 (0.34 .. 1.02)");
    CHECK(notes_have(made, "findings.without_elasticity"));
    CHECK(table_named(made, "elasticities").rows.size() == 9);
    const computed alone = asked("tariff-change/1")
                               .data("lines", dataset_layout::table, std::string(tariffs))
                               .with("tariffs-in", "fraction")
                               .with("factors", "none")
                               .result();
    CHECK(!find_figure(alone, "creation")->low.has_value());
    CHECK(notes_have(alone, "trade.fraction_meant"));
    const auto refused = [](const char* name, const char* value, const char* text) {
        return asked("tariff-change/1")
            .data("lines", dataset_layout::table, text)
            .with(name, value)
            .refused();
    };
    CHECK(refused("factors", "1", "market\n") == "findings.parameter_missing");
    CHECK(refused("tariffs-in", "promille", "market\n") == "findings.parameter_unlisted");
    CHECK(refused("tariffs-in", "percent", "market\nM\n") == "tables.column_unknown");
    CHECK(refused("tariffs-in", "percent",
                  "market,product,partner,imports,before,after\nM,1,A,7,5,0\n") ==
          "findings.no_elasticity");
}

TEST_CASE("figures of a pair are those of its sums, and silence is not zero") {
    const auto pair = [](const char* area, const char* partner) {
        return asked("indicators/1")
            .data("flows", dataset_layout::wits, std::string(pair_rows))
            .with("territory", area)
            .with("partner", partner)
            .with("period", "2020");
    };
    const computed made = pair("A", "B").result();
    CHECK(said(made, "exports") == "100");
    CHECK(find_figure(made, "exports")->unit == "1000 USD");
    CHECK(said(made, "export-share") == "90.00");
    CHECK(said(made, "import-share") == "100.00");
    CHECK(said(made, "export-partner-concentration") == "0.8200");  // 0.9^2 + 0.1^2
    CHECK(said(made, "intra-industry") == "0.4545");                // T21
    CHECK(said(made, "intra-industry-totals") == "0.8182");         // 1 - 40/220
    // (90/100) / (100/(230 - 130)), and over 100/230.
    CHECK(said(made, "intensity") == "0.9000");
    CHECK(said(made, "intensity-simple") == "2.0700");
    // Shares of A's exports .8 and .2, of B's imports .8 and .2.
    CHECK(said(made, "complementarity") == "100.00");
    CHECK(said(made, "similarity") == "0.0000");
    CHECK(table_named(made, "advantages").rows.size() == 2);
    const computed silent = pair("B", "X").result();
    CHECK(find_figure(silent, "intensity") == nullptr);
    CHECK(notes_have(silent, "findings.imports_silent"));
    CHECK(pair("A", "Q").refused() == "trade.name_unknown");
    CHECK(pair("X", "A").refused() == "findings.silent");
}

TEST_CASE("T19: Belarus and Russia in 2009") {
    const std::string text = shared_text("wits_bilateral_total_2009.csv");
    if (text.empty()) return;
    const computed made = asked("indicators/1")
                              .data("flows", dataset_layout::wits, text)
                              .with("territory", "BLR")
                              .with("partner", "RUS")
                              .with("period", "2009")
                              .result();
    CHECK(said(made, "export-share") == "47.03");
    CHECK(said(made, "import-share") == "58.07");
    CHECK(said(made, "intensity") == "36.3099");
    CHECK(said(made, "intensity-simple") == "36.3895");
    CHECK(said(made, "import-partner-concentration") == "0.3508");
    CHECK(said(made, "intra-industry-totals") == "0.5945");
    CHECK(notes_have(made, "findings.no_products"));
    CHECK(notes_have(made, "trade.world_rows"));
}

TEST_CASE("a place in the space of products has its caveats beside it, and regions their test") {
    const auto place = [](const char* regional) {
        return asked("product-space/1")
            .data("flows", dataset_layout::table, leaning_exports())
            .with("territory", "R15")
            .with("columns", std::string(table_columns))
            .with("draws", "30")
            .with("regional", regional);
    };
    const computed countries = place("no").result();
    CHECK(said(countries, "territories") == "12");
    CHECK(find_figure(countries, "complexity")->low.has_value());
    CHECK(find_figure(countries, "in-order") == nullptr);
    for (const char* code : {"trade.tiny_territories", "trade.sign_by_diversity",
                             "trade.other_indices", "trade.order_needed", "trade.near_eigenvalues"})
        CHECK_MESSAGE(notes_have(countries, code), code);
    const computed regions = place("yes").result();
    CHECK(find_figure(regions, "in-order") != nullptr);
    CHECK(notes_have(regions, "trade.order_holds"));
    CHECK(find_figure(regions, "complexity") != nullptr);
    CHECK(to_json(place("yes").result()) == to_json(regions));
    CHECK(place("yes").with("least-exports", "1e9").refused() == "trade.space_too_small");
    CHECK(place("maybe").refused() == "findings.parameter_unlisted");
    asked other = place("no");
    other.made.specified.parameters[0].value = "R99";
    CHECK(other.refused() == "findings.no_part");
}

TEST_CASE("complexity of regions is not given where the test of order fails") {
    std::string text = "who,with,year,good,value\n";
    std::uint64_t seed = 7;
    for (int c = 0; c < 10; ++c)
        for (int p = 0; p < 12; ++p) {
            seed = seed * 6364136223846793005 + 1442695040888963407;
            text += "R" + std::to_string(10 + c) + ",W,2020,g" + std::to_string(10 + p) + "," +
                    std::to_string(1 + (seed >> 40) % 1000) + "\n";
        }
    const computed made = asked("product-space/1")
                              .data("flows", dataset_layout::table, text)
                              .with("territory", "R15")
                              .with("columns", std::string(table_columns))
                              .with("regional", "yes")
                              .result();
    CHECK(notes_have(made, "trade.order_fails"));
    CHECK(find_figure(made, "complexity") == nullptr);
    CHECK(find_figure(made, "opportunity") == nullptr);
    CHECK(said(made, "diversity") != "none");
    CHECK(table_named(made, "near").columns.size() == 4);
}

TEST_CASE("barriers are ranked by what they cost, with the interval of the estimate carried on") {
    const auto ranked = [](const char* level) {
        return asked("barrier-cost/1")
            .data("barriers", dataset_layout::table,
                  "id,imposing,affected,classification,products,effect,error,sigma\n"
                  "rules,A,B,H5,01,0.2,0.1,5\nforms,A,B,H5,87,,,\nnorms,B,A,H5,02,0.1,0.1,5\n")
            .data("flows", dataset_layout::wits,
                  "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,"
                  "value_kusd\n"
                  "A,B,2019,Import,H5,010121,100\nA,B,2020,Import,H5,010121,200\n"
                  "A,B,2020,Import,H5,870421,50\nA,B,2021,Import,H5,010121,400\n")
            .with("period", "2020")
            .with("level", level);
    };
    const computed made = ranked("0.95").result();
    CHECK(said(made, "touched.rules") == "200");
    CHECK(said(made, "tariff.rules") == "5.13 (0.10 .. 10.41)");  // e^(b/4) - 1
    CHECK(said(made, "cost.rules") == "10 (0 .. 21)");
    CHECK(said(made, "growth.rules").starts_with("100.0 ("));
    CHECK(said(made, "touched.forms") == "50");
    CHECK(find_figure(made, "cost.forms") == nullptr);
    CHECK(table_named(made, "barriers").rows.at(0).at(3) == "80");
    CHECK(notes_have(made, "findings.no_equivalent"));
    CHECK(notes_have(made, "findings.barrier_unmeasured"));
    CHECK(notes_have(made, "findings.declares_no_exports"));
    CHECK(ranked("0.97").refused() == "findings.level_unknown");
}

TEST_CASE("joint enterprises are suggestions with evidence, ranges, and a test of caveat (d)") {
    const std::string text = shared_text("fixest_trade.csv");
    if (text.empty()) return;
    const auto benelux =
        asked("joint-enterprises/1")
            .data("flows", dataset_layout::table, text, "EUR")
            .with("members", "BE,NL,LU")
            .with("period", "2016")
            .with("columns",
                  "reporter=Origin,partner=Destination,period=Year,product=Product,value=Euros,"
                  "flow==export");
    const computed made = benelux.result();
    CHECK(said(made, "regions") == "3");
    CHECK(find_figure(made, "in-order")->low.has_value());
    CHECK(notes_have(made, "findings.suggestion_is_question"));
    CHECK(notes_have(made, "findings.imports_mirrored"));
    const result_table& all = table_named(made, "suggestions");
    REQUIRE(all.rows.size() == 20);
    CHECK(all.rows[0][0] == "1");
    CHECK(to_json(benelux.result()) == to_json(made));
}

TEST_CASE(
    "a newer version says by code what the older one says in English, with the same figures") {
    const std::string rows =
        "exporter,importer,year,value\nA,B,2000,300\nA,C,2000,100\nA,C,2000,\n";
    const auto version = [&](const char* method) {
        return asked(method)
            .data("flows", dataset_layout::table, rows)
            .with("reporter", "A")
            .with("partner", "B")
            .with("year", "2000")
            .result();
    };
    const computed older = version("partner-share/1");
    const computed newer = version("partner-share/2");
    CHECK(older.figures == newer.figures);
    CHECK(older.notes.empty());
    CHECK(newer.remarks.empty());
    REQUIRE(older.remarks.size() == newer.notes.size());
    for (std::size_t i = 0; i < older.remarks.size(); ++i)
        CHECK(older.remarks[i] == english_of(newer.notes[i]));
    CHECK(older.remarks[0] == "Only what the data has of A is counted, with 2 partners in 2000.");
    CHECK(find_method("partner-share/1")->superseded);
    CHECK_FALSE(find_method("partner-share/2")->superseded);
}

TEST_CASE("the result that the example union publishes comes out byte for byte") {
    const auto read = [](const char* name) {
        std::ifstream in(source_dir() + "/unions/demo/papers/" + name, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        return text.str();
    };
    const computed made =
        asked("partner-share/1")
            .data("flows", dataset_layout::table, read("belarus-exports.csv"), "million USD")
            .with("reporter", "BLR")
            .with("partner", "RUS")
            .with("year", "2016")
            .result();
    CHECK(to_json(made) == read("belarus-exports-share.json"));
}

TEST_CASE("work that takes long tells what it is at, and no digit depends on it") {
    const std::string world =
        "exporter,importer,trade,dist\nA,A,100,1\nA,B,10,2\nA,C,5,4\nB,A,12,2\nB,B,80,1\n"
        "B,C,6,3\nC,A,4,4\nC,B,7,3\nC,C,60,1\n";
    asked drawn = asked("equilibrium/1")
                      .data("flows", dataset_layout::table, world)
                      .with("experiments", "border border")
                      .with("coefficients", "border = -2, 0.1")
                      .with("territories", "A")
                      .with("draws", "20");
    const std::string quiet = to_json(drawn.result());
    std::vector<std::pair<std::uint64_t, std::uint64_t>> told[3];
    const auto listen = [&](work_stage at, std::uint64_t done, std::uint64_t in_all) {
        told[static_cast<std::size_t>(at)].emplace_back(done, in_all);
    };
    const auto& [reading, estimating, drawing] = told;
    drawn.made.progress = listen;
    CHECK(to_json(drawn.result()) == quiet);
    REQUIRE_FALSE(reading.empty());
    CHECK(reading.back().first == reading.back().second);
    CHECK(estimating.empty());
    REQUIRE(drawing.size() == 20);
    for (std::uint64_t i = 0; i < 20; ++i) CHECK(drawing[i] == std::pair(i + 1, std::uint64_t{20}));
    asked fitted = model_of("y ~ x | g");
    fitted.made.progress = listen;
    CHECK(to_json(fitted.result()) == to_json(model_of("y ~ x | g").result()));
    REQUIRE_FALSE(estimating.empty());
    CHECK(estimating.back().first == estimating.size());
    CHECK(estimating.back().second == 0);  // nobody knows how many there will be
}

TEST_CASE("where nothing changes there is no effect; a border taken away helps a small world") {
    const std::string world =
        "exporter,importer,trade,dist\nA,A,100,1\nA,B,10,2\nA,C,5,4\nB,A,12,2\nB,B,80,1\n"
        "B,C,6,3\nC,A,4,4\nC,B,7,3\nC,C,60,1\n";
    const auto done = [&](const char* experiments, const char* coefficients) {
        return asked("equilibrium/1")
            .data("flows", dataset_layout::table, world)
            .with("experiments", experiments)
            .with("coefficients", coefficients)
            .with("territories", "A,C")
            .with("draws", "20");
    };
    const computed none = done("tariff A > B = 5, 5", "log(dist) = -1").result();
    CHECK(said(none, "real-gdp.A") == "0.000 (0.000 .. 0.000)");
    CHECK(notes_have(none, "findings.coefficients_certain"));
    CHECK(notes_have(none, "findings.no_cost_changes"));
    const computed open = done("border border", "log(dist) = -1, 0.05; border = -2, 0.1").result();
    REQUIRE(find_figure(open, "real-gdp.C")->low.has_value());
    CHECK(std::stod(*find_figure(open, "real-gdp.C")->low) > 0);
    CHECK(notes_have(open, "findings.closure_world"));
    CHECK(to_json(done("border border", "log(dist) = -1, 0.05; border = -2, 0.1").result()) ==
          to_json(open));
    CHECK(table_named(open, "effects").rows.size() == 3);
    CHECK(done("magic A", "log(dist) = -1").refused() == "findings.parameter_unlisted");
    CHECK(done("border border", "border = -1").with("sigma", "1").refused() ==
          "gravity.sigma_too_low");
    CHECK(done("border border", "border = -1").with("closure", "X").refused() ==
          "findings.parameter_unlisted");
    asked elsewhere = done("border border", "border = -1");
    elsewhere.made.specified.parameters[2].value = "Q";
    CHECK(elsewhere.refused() == "findings.no_territory");
}

TEST_CASE("T12: a world without borders, estimated and solved") {
    const std::string text = shared_text("agtpa_applications.csv");
    if (text.empty()) return;
    const computed made =
        asked("equilibrium/1")
            .data("flows", dataset_layout::table, text)
            .with("formula", "trade ~ log(dist) + cntg + border | exporter + importer")
            .with("filter", "year == 2006")
            .with("errors", "hetero")
            .with("experiments", "border border")
            .with("reference", "DEU")
            .with("territories", "ARG,AUS")
            .with("draws", "0")
            .result();
    CHECK(said(made, "real-gdp.ARG") == "49.064");
    CHECK(said(made, "price.ARG") == "32.152");
    CHECK(said(made, "price-index.ARG") == "-11.346");
    CHECK(said(made, "exports.ARG") == "118.119");
    CHECK(said(made, "real-gdp.AUS") == "28.698");
    CHECK(said(made, "exports.AUS") == "300.184");
}

TEST_CASE("two barriers of like names have figures of their own") {
    const computed made =
        asked("barrier-cost/1")
            .data("barriers", dataset_layout::table,
                  "id,imposing,affected,classification,products\na b,A,B,H5,01\na-b,A,B,H5,87\n")
            .data("flows", dataset_layout::wits,
                  "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,"
                  "value_kusd\nA,B,2020,Import,H5,010121,200\nA,B,2020,Import,H5,870421,50\n")
            .with("period", "2020")
            .result();
    CHECK(said(made, "touched.a-b") == "200");
    CHECK(said(made, "touched.a-b.2") == "50");
    std::vector<std::string> names;
    for (const evidence::figure& one : made.figures) {
        CHECK(is_identifier(one.name));
        names.push_back(one.name);
    }
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("every name of a figure can be published, and methods have names and meanings") {
    for (const method_info& one : methods()) {
        CHECK(one.name.find('/') != std::string_view::npos);
        CHECK(one.meaning.ends_with('.'));
        for (const parameter_info& p : one.parameters) CHECK(is_identifier(p.name));
        for (const role_info& r : one.roles) CHECK(is_identifier(r.role));
    }
}
