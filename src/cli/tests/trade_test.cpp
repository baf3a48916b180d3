// `veche trade` on small invented files.

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"

using namespace veche::cli::testing;

namespace {

struct trade_fixture {
    trade_fixture() {
        char name[] = "/tmp/veche-trade-XXXXXX";
        base = ::mkdtemp(name);
        write("wits.csv",
              "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
              "A,B,2020,Export,H5,010121,100\nB,A,2020,Import,H5,010121,110\n"
              "A,X,2020,Import,H5,870421,40\nB,X,2020,Export,H5,870421,70\n"
              "A,WLD,2020,Export,H5,010121,100\nX,B,2020,Export,H5,040110,9\n"
              "A,X,2020,Export,H5,040110,3\nB,A,2020,Export,H5,870421,20\n");
    }
    ~trade_fixture() { std::filesystem::remove_all(base); }
    trade_fixture(const trade_fixture&) = delete;
    trade_fixture& operator=(const trade_fixture&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string at(const std::string& name) const { return (base / name).string(); }
    static outcome trade(std::vector<std::string> words) {
        words.insert(words.begin(), "trade");
        return veche_says(std::move(words));
    }

    std::filesystem::path base;
};

}  // namespace

TEST_CASE_FIXTURE(trade_fixture, "statistics are taken in once, with their traps, and summed") {
    const outcome taken = trade({"import", at("wits.csv"), "--to", at("flows.columns")});
    REQUIRE_MESSAGE(taken.code == 0, taken.err);
    CHECK(has(taken.out, "7 flows of 8 rows were taken."));
    CHECK(has(taken.out, "world_rows"));
    CHECK(trade({"import", at("wits.csv"), "--to", at("flows.columns")}).code == 1);
    CHECK(trade({"import", at("wits.csv"), "--to", at("flows.columns"), "--replace"}).code == 0);
    const outcome sum =
        trade({"sum", at("flows.columns"), "--by", "reporter", "--where", "flow=export", "--json"});
    REQUIRE_MESSAGE(sum.code == 0, sum.err);
    CHECK(has(sum.out, "\"rows\":[[\"A\",103,2,0],[\"B\",90,2,0],[\"X\",9,1,0]]"));
    CHECK(trade({"sum", at("flows.columns"), "--by", "planet"}).code == 1);
    CHECK(trade({"sum", at("wits.csv")}).code == 1);
}

TEST_CASE_FIXTURE(trade_fixture, "unsound rows are listed by line, and nothing is written") {
    write("bad.csv", "t,i,j,k,v,q\n2020,4,24,010121,much,1\n2020,4,24,010122,1\n");
    const outcome taken = trade({"import", at("bad.csv"), "--to", at("none.columns")});
    CHECK(taken.code == 1);
    CHECK(has(taken.out, "2 rows cannot be read"));
    CHECK(has(taken.out, "\"much\" is no number"));
    CHECK_FALSE(std::filesystem::exists(at("none.columns")));
}

TEST_CASE_FIXTURE(trade_fixture,
                  "both sides of flows, figures of a pair and dependence are shown") {
    const outcome both =
        trade({"mirror", at("wits.csv"), "--to", at("one.columns"), "--cif", "1.1"});
    REQUIRE_MESSAGE(both.code == 0, both.err);
    CHECK(has(both.out, "exporter declares"));
    CHECK(has(both.out, "doubtful"));
    CHECK(std::filesystem::exists(at("one.columns")));
    const outcome pair =
        trade({"indicators", at("wits.csv"), "--area", "A", "--partner", "B", "--period", "2020"});
    REQUIRE_MESSAGE(pair.code == 0, pair.err);
    CHECK(has(pair.out, "share of B in exports"));
    CHECK(has(pair.out, "= 100 / 103"));
    const outcome nobody =
        trade({"indicators", at("wits.csv"), "--area", "Q", "--partner", "B", "--period", "2020"});
    CHECK(nobody.code == 1);
    const outcome on_whom =
        trade({"dependence", at("wits.csv"), "--area", "A", "--members", "A,B"});
    REQUIRE_MESSAGE(on_whom.code == 0, on_whom.err);
    CHECK(has(on_whom.out, "870421"));
    const outcome instead =
        trade({"dependence", at("wits.csv"), "--members", "A,B", "--substitutes", "--json"});
    REQUIRE_MESSAGE(instead.code == 0, instead.err);
    CHECK(has(instead.out, "[\"A\",\"B\",\"870421\",40,40,70,"));
}

TEST_CASE_FIXTURE(trade_fixture,
                  "exports by product have their advantage and what they add to growth") {
    write("years.csv",
          "ReporterISO3,PartnerISO3,Year,TradeFlowName,Nomenclature,ProductCode,value_kusd\n"
          "A,B,2019,Export,H5,010121,60\nA,B,2019,Export,H5,040110,40\n"
          "A,B,2020,Export,H5,010121,50\nA,B,2020,Export,H5,870421,50\n"
          "B,A,2020,Export,H5,010121,25\nB,A,2020,Export,H5,870421,375\n");
    const outcome shown = trade({"products", at("years.csv"), "--area", "A", "--period", "2020",
                                 "--before", "2019", "--json"});
    REQUIRE_MESSAGE(shown.code == 0, shown.err);
    CHECK(has(shown.out, "[\"010121\",50,75,3.3333333333333335,"));
    CHECK(has(shown.out, ",-0.1],[\"870421\",50,425,0.5882352941176471,"));
    CHECK(has(shown.out, "add to growth\":\"-0.4\""));
    CHECK(trade({"products", at("years.csv"), "--area", "Q"}).code == 1);
}

TEST_CASE_FIXTURE(trade_fixture, "tariffs need their unit, and barriers their vintage") {
    write("tariff.csv",
          "market,product,partner,imports,before,after,elasticity\n"
          "M,870421,A,100,10,0,-1.5\nM,870421,B,300,10,10,-1.5\n");
    CHECK(trade({"tariff", at("tariff.csv")}).code == 2);
    const outcome changed =
        trade({"tariff", at("tariff.csv"), "--unit", "percent", "--sensitivity"});
    REQUIRE_MESSAGE(changed.code == 0, changed.err);
    CHECK(has(changed.out, "creation: 13.63636364"));
    CHECK(has(changed.out, "other"));
    const outcome touched =
        trade({"barrier", at("wits.csv"), "--area", "B", "--affected", "A", "--products", "01",
               "--classification", "H5", "--effect", "0.4", "--error", "0.1", "--sigma", "5"});
    REQUIRE_MESSAGE(touched.code == 0, touched.err);
    CHECK(has(touched.out, "tariff that would do the same: 0.105171"));
    CHECK(trade({"barrier", at("wits.csv"), "--area", "B", "--affected", "A", "--products", "01",
                 "--classification", "H4"})
              .code == 1);
    CHECK(trade({"space", at("wits.csv")}).code == 1);
    CHECK(trade({}).code == 2);
}

TEST_CASE_FIXTURE(trade_fixture, "unit values, whole panels and registers of barriers") {
    write("baci.csv",
          "t,i,j,k,v,q\n2020,710,72,870421,30,3\n2020,710,516,870421,20,2\n"
          "2020,710,72,010121,5,\n2020,4,710,870421,7,1\n");
    const outcome prices = trade({"unit-values", at("baci.csv"), "--area", "710", "--json"});
    REQUIRE_MESSAGE(prices.code == 0, prices.err);
    CHECK(has(prices.out, "[\"870421\",10,"));
    CHECK(has(prices.out, "1 products have no row"));
    CHECK(trade({"unit-values", at("baci.csv"), "--area", "1"}).code == 1);
    const outcome panel = trade({"zeros", at("baci.csv"), "--to", at("panel.columns")});
    REQUIRE_MESSAGE(panel.code == 0, panel.err);
    CHECK(has(panel.out, "zeros put in"));
    CHECK(trade({"zeros", at("baci.csv"), "--to", at("panel.columns")}).code == 1);
    CHECK(trade({"zeros", at("baci.csv"), "--to", at("other.columns"), "--most", "3"}).code == 1);
    write("barriers.csv",
          "id,imposing,affected,classification,products,effect,error,sigma\n"
          "forms,A,B,H5,01,0.2,0.1,5\nrules,A,X,H5,87,,,\n");
    const outcome ranked =
        trade({"barriers", at("wits.csv"), "--register", at("barriers.csv"), "--period", "2020"});
    REQUIRE_MESSAGE(ranked.code == 0, ranked.err);
    CHECK(has(ranked.out, "forms"));
    CHECK(has(ranked.out, "0.0512711"));
}

TEST_CASE_FIXTURE(trade_fixture, "suggestions of joint enterprises come with their evidence") {
    write("regions.csv",
          "who,with,year,good,way,value\n"
          "A-1,X,2020,cups,export,80\nA-1,X,2020,pots,export,30\nA-2,X,2020,hats,export,60\n"
          "B-1,X,2020,pots,export,50\nX,Y,2020,hats,export,100\nX,Y,2020,cups,export,10\n"
          "Y,X,2020,pots,export,10\nY,X,2020,hats,export,4\n"
          "B-1,X,2020,cups,import,65\nA-2,Y,2020,pots,import,12\n");
    write("mapping.csv",
          "field,column\nreporter,who\npartner,with\nperiod,year\nproduct,good\nflow,way\n"
          "value,value\n");
    const outcome made =
        trade({"partners", at("regions.csv"), "--mapping", at("mapping.csv"), "--members", "A,B"});
    REQUIRE_MESSAGE(made.code == 0, made.err);
    CHECK(has(made.out, "cups"));
    CHECK(has(made.out, "B-1"));
    CHECK(has(made.out, "A suggestion is a question"));
    CHECK(trade({"partners", at("regions.csv"), "--mapping", at("mapping.csv"), "--members", "A"})
              .code == 1);
}
