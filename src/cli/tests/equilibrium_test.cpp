// `veche equilibrium`, and what `veche gravity` says after an estimate, on small invented files.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"
#include "source_dir.hpp"

using namespace veche::cli::testing;

namespace {

struct flows_fixture {
    flows_fixture() {
        char name[] = "/tmp/veche-equilibrium-XXXXXX";
        base = ::mkdtemp(name);
        std::string text = "exporter,importer,year,trade,dist,rta\n";
        const char* names = "ABCDE";
        for (int year = 1; year <= 2; ++year)
            for (int i = 0; i < 5; ++i)
                for (int j = 0; j < 5; ++j) {
                    const int far = i == j ? 1 : 3 + (3 * i + 5 * j) % 7;
                    const double flow =
                        (i == j ? 200.0 : 40.0) * (1 + (7 * i + 3 * j + year) % 5) / far;
                    text += fmt::format("{},{},{},{},{},{}\n", names[i], names[j], year, flow, far,
                                        i + j == 1 || (i == 2 && j == 3 && year == 2) ? 1 : 0);
                }
        write("flows.csv", text);
    }
    ~flows_fixture() { std::filesystem::remove_all(base); }
    flows_fixture(const flows_fixture&) = delete;
    flows_fixture& operator=(const flows_fixture&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string at(const std::string& name) const { return (base / name).string(); }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::stringstream all;
        all << std::ifstream(base / name, std::ios::binary).rdbuf();
        return all.str();
    }
    /// The verb over the flows of the second year.
    [[nodiscard]] outcome of_year(std::vector<std::string> words) const {
        words.insert(words.begin(), {"equilibrium", at("flows.csv"), "--section", "year == 2"});
        return veche_says(std::move(words));
    }

    std::filesystem::path base;
};

}  // namespace

TEST_CASE_FIXTURE(flows_fixture, "an estimate and an experiment in one run say all they rest on") {
    const outcome made =
        of_year({"--model", "trade ~ log(dist) + border | exporter + importer", "--filter",
                 "year == 2", "--border", "border", "--draws", "30", "--flows", at("after.csv")});
    REQUIRE_MESSAGE(made.code == 0, made.err);
    for (const char* part :
         {"Borders between all territories fall away", "Closure W:", "Sigma 7", "residual",
          "30 draws, seed 1", "25 of 50 rows used", "Coefficients estimated: log(dist) ",
          "the costs of 20 pairs change", "SHA-256"})
        CHECK_MESSAGE(has(made.out, part), part);
    CHECK(has(read("after.csv"), "exporter,importer,before,after\nA,A,"));
    // A file is never written over.
    CHECK(
        of_year({"--coefficient", "border = -1", "--border", "border", "--flows", at("after.csv")})
            .code == 1);
}

TEST_CASE_FIXTURE(flows_fixture, "coefficients are given, in CSV and JSON, from observed trade") {
    const std::vector<std::string> what = {"--coefficient", "rta = 0.5, 0.1", "--member",
                                           "rta: E = A, B", "--baseline",     "observed"};
    std::vector<std::string> words = what;
    words.insert(words.end(), {"--table", "csv"});
    const outcome csv = of_year(words);
    REQUIRE_MESSAGE(csv.code == 0, csv.err);
    CHECK(has(csv.out, "territory,price,real_gdp,"));
    CHECK(has(csv.out, ",W,7,observed,"));
    words = what;
    words.insert(words.end(), {"--json", "--closure", "B", "--reference", "C"});
    const outcome json = of_year(words);
    REQUIRE_MESSAGE(json.code == 0, json.err);
    CHECK(has(json.out, "\"closure\":\"B\""));
    CHECK(has(json.out, "\"reference\":\"C\""));
    CHECK(has(json.out, "\"E joins A and B: rta is 1 between them, both ways.\""));
}

TEST_CASE_FIXTURE(flows_fixture, "values come from a file too, and steps add up") {
    write("new.csv", "exporter,importer,rta\nA,E,1\nE,A,1\n");
    const outcome made =
        of_year({"--coefficient", "rta = 0.5", "--values", at("new.csv"), "--tariff",
                 "* > B = 0, 10", "--barrier", "A > C = 12", "--set",
                 "rta = 0 where exporter == A & importer == B", "--baseline", "observed"});
    REQUIRE_MESSAGE(made.code == 0, made.err);
    CHECK(has(made.out, "New values of rta for 2 pairs."));
    CHECK(has(made.out, "the costs of 7 pairs change"));
    CHECK(has(made.out, "income of nobody"));
}

TEST_CASE_FIXTURE(flows_fixture, "what cannot be is refused, with an exit code of its own") {
    const auto code = [&](std::vector<std::string> words) {
        return of_year(std::move(words)).code;
    };
    CHECK(code({"--coefficient", "rta = 0.5"}) == 1);
    CHECK(code({"--border", "border"}) == 1);
    CHECK(code({"--coefficient", "rta = 0.5", "--border", "wall"}) == 1);
    CHECK(code({"--coefficient", "rta = 0.5", "--model", "trade ~ rta", "--border", "border"}) ==
          2);
    CHECK(code({"--coefficient", "rta = 0.5", "--border", "border", "--closure", "X"}) == 2);
    const outcome twice = veche_says(
        {"equilibrium", at("flows.csv"), "--coefficient", "rta = 1", "--border", "border"});
    CHECK(twice.code == 1);
    CHECK(has(twice.err, "stands in two rows"));
    write("open.csv", "exporter,importer,trade\nA,A,10\nA,B,5\nB,A,0\nB,B,20\n");
    const outcome never =
        veche_says({"equilibrium", at("open.csv"), "--coefficient", "border = -1", "--border",
                    "border", "--baseline", "observed", "--closure", "B"});
    CHECK(never.code == 1);
    CHECK(has(never.err, "No result: after"));
    CHECK(never.out.empty());
}

TEST_CASE_FIXTURE(flows_fixture,
                  "after an estimate: fitted rows, average effects, bands of series") {
    const outcome made = veche_says(
        {"gravity", "trade ~ i(year):log(dist) + rta | exporter^year + importer^year",
         at("flows.csv"), "--filter", "exporter != importer", "--average-effects", "--series",
         "500", "--level", "0.9", "--predict", at("fitted.csv"), "--with-effects"});
    REQUIRE_MESSAGE(made.code == 0, made.err);
    for (const char* part :
         {"average effects", "0 to 1", "1 percent", "low of all", "year:log(dist)", "90 % from"})
        CHECK_MESSAGE(has(made.out, part), part);
    CHECK(has(read("fitted.csv"), "row,fit,linear,fitted,residual,exporter^year,importer^year\n"));
    CHECK(has(read("fitted.csv"), ",filter,predicted,"));
    CHECK(veche_says({"gravity", "trade ~ rta", at("flows.csv"), "--at", at("flows.csv")}).code ==
          2);
    write("asked.csv", "exporter,importer,year,dist,rta\nA,B,1,9,1\nA,Z,1,9,1\n");
    const outcome other =
        veche_says({"gravity", "trade ~ log(dist) | exporter + importer", at("flows.csv"),
                    "--predict", at("other.csv"), "--at", at("asked.csv"), "--table", "csv"});
    REQUIRE_MESSAGE(other.code == 0, other.err);
    CHECK(has(read("other.csv"), "A,B,1,9,1,outside,predicted,"));
    CHECK(has(read("other.csv"), "A,Z,1,9,1,outside,level_unknown,,,\n"));
}

TEST_CASE("T11 and T12 by the command line: an estimate, and a world without borders") {
    const char* folder = std::getenv("VECHE_SHARED");
    const std::filesystem::path shared = folder != nullptr ? folder : source_dir() + "/../shared";
    const std::filesystem::path data = shared / "data/trade/agtpa_applications.csv";
    if (!std::filesystem::exists(data)) {
        MESSAGE("no agtpa_applications.csv beside the tree: skipped");
        return;
    }
    const outcome made = veche_says(
        {"equilibrium", data.string(), "--filter", "year == 2006", "--model",
         "trade ~ log(dist) + cntg + border | exporter + importer", "--vcov", "ppmlhdfe",
         "--border", "border", "--sigma", "7", "--reference", "DEU", "--closure", "W", "--json"});
    REQUIRE_MESSAGE(made.code == 0, made.err);
    // Coefficients with their standard errors; then ARG and AUS: exports, price, index, real GDP.
    for (const char* part :
         {"-0.7912879096", "0.0501494338", "0.6736455712", "0.1073718707", "-2.474450455",
          "0.1193816306", "118.118892399", "32.15150779", "-11.3458291", "49.064061549",
          "300.183836023", "21.335117363", "-5.721019074", "28.697951729"}) {
        CHECK_MESSAGE(has(made.out, part), std::string(part));
    }
}
