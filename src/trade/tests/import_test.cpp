// Statistics of all forms, and their traps. The rows are invented.

#include "trade/comtrade_json.hpp"
#include "trade/refusal.hpp"
#include "trade/tests/shared.hpp"

using namespace veche;
using namespace veche::trade;
using namespace veche::trade::testing;

namespace {

const std::string comtrade_header =
    "reporterCode,reporterISO,partnerCode,partnerISO,partner2Code,flowCode,period,"
    "classificationCode,cmdCode,motCode,customsCode,mosCode,qtyUnitAbbr,qty,isQtyEstimated,netWgt,"
    "isNetWgtEstimated,primaryValue,isReported\n";

std::string comtrade_row(const std::string& who, const std::string& with, const std::string& rest) {
    return who + ",," + with + ",," + rest + "\n";
}

}  // namespace

TEST_CASE("of Comtrade's rows only those for all modes and procedures are taken") {
    const std::string text =
        comtrade_header +
        comtrade_row("112", "643", "0,X,2020,H5,010121,0,C00,0,u,5,false,0,false,1000,true") +
        comtrade_row("112", "643", "0,X,2020,H5,010121,2100,C00,0,u,5,false,0,false,400,true") +
        comtrade_row("112", "643", "0,X,2020,H5,010121,0,C01,0,u,5,false,0,false,600,true") +
        comtrade_row("112", "643", "398,X,2020,H5,010121,0,C00,0,u,5,false,0,false,30,true") +
        comtrade_row("112", "0", "0,X,2020,H5,010121,0,C00,0,u,5,false,70,false,1500,true") +
        comtrade_row("842", "112", "0,M,2020,H5,10229,0,C00,0,N/A,0,false,12.5,true,77,false") +
        comtrade_row("842", "112", "0,FM,2020,H5,10229,0,C00,0,N/A,0,false,12.5,true,77,false");
    const imported made = imported_from(text);
    CHECK(made.form == data_form::comtrade);
    CHECK(made.rows_in == 7);
    REQUIRE(made.rows_kept == 2);
    const flow_list& f = *made.flows;
    CHECK(line_of(f, 0) == "112 643 export 2020 H5 010121 1000");
    CHECK(line_of(f, 1) == "840 112 import 2020 H5 010229 77");
    CHECK(f.value_unit == "USD");
    CHECK(f.quantity[0] == 5);
    CHECK(f.quantity_units[static_cast<std::size_t>(f.quantity_unit[0])] == "u");
    CHECK(f.quantity[1] == 12.5);
    CHECK(f.quantity_units[static_cast<std::size_t>(f.quantity_unit[1])] == "kg");
    CHECK(f.estimated == std::vector<std::uint8_t>{0, 1});
    CHECK(f.valued == std::vector{valuation::fob, valuation::cif});
    CHECK(f.origin == std::vector{cell_origin::reported, cell_origin::estimated});
    CHECK(made.world.size() == 1);
    CHECK(made.world.value[0] == 1500);
    for (const char* one :
         {"detail_partner2", "detail_transport", "detail_procedure", "world_rows", "other_flows",
          "lost_zeros", "area_codes", "zero_quantities", "silent_areas", "valuation"})
        CHECK_MESSAGE(trap_in(made, one) != nullptr, one);
    CHECK(made.silent == words{"643"});
}

TEST_CASE("where no row holds the whole its parts are added, and it is said") {
    const imported made = imported_from(
        comtrade_header +
        comtrade_row("112", "643", "0,X,2020,H5,01,2100,C00,0,u,5,false,0,false,400,true") +
        comtrade_row("112", "643", "0,X,2020,H5,01,3200,C00,0,u,6,false,0,false,300,true"));
    REQUIRE(made.rows_kept == 1);
    CHECK(made.flows->value[0] == 700);
    CHECK(made.flows->quantity[0] == 11);
    CHECK(trap_in(made, "parts_transport") != nullptr);
}

TEST_CASE("the answer of the service in JSON is read like its download") {
    const std::string json =
        "{\"elapsedTime\":\"0.1 secs\",\"count\":2,\"data\":["
        "{\"reporterCode\":112,\"reporterISO\":\"BLR\",\"partnerCode\":516,\"partnerISO\":\"NAM\","
        "\"flowCode\":\"X\",\"period\":\"2020\",\"classificationCode\":\"H5\",\"cmdCode\":\"0101\","
        "\"qty\":null,\"netWgt\":1.5e3,\"isNetWgtEstimated\":false,\"primaryValue\":1234.5,"
        "\"isReported\":true,\"reporterDesc\":\"a \\\"b\\\", c\"},"
        "{\"reporterCode\":112,\"reporterISO\":\"BLR\",\"partnerCode\":0,\"partnerISO\":\"W00\","
        "\"flowCode\":\"X\",\"period\":\"2020\",\"classificationCode\":\"H5\",\"cmdCode\":\"0101\","
        "\"primaryValue\":9,\"isReported\":true}],\"error\":\"\"}";
    const auto csv = comtrade_csv(json);
    REQUIRE_MESSAGE(csv.has_value(), csv.error().sentence());
    const imported made = imported_from(*csv);
    REQUIRE(made.rows_kept == 1);
    CHECK(line_of(*made.flows, 0) == "BLR NAM export 2020 H5 0101 1234.5");
    CHECK(made.flows->quantity[0] == 1500);
    CHECK(made.world.size() == 1);
    CHECK(comtrade_csv("{\"error\":\"quota exceeded\"}").error().code() ==
          refusals::json_unsound.code);
    CHECK(comtrade_csv("[1]").error().code() == refusals::json_unsound.code);
    CHECK(comtrade_csv("{\"data\":[]}").error().code() == refusals::json_unsound.code);
    CHECK(comtrade_csv("{\"data\":[{\"a\":[1]}]}").error().code() == refusals::json_unsound.code);
}

TEST_CASE("BACI gets its zeros back, and what is missing stays missing") {
    import_options options;
    options.classification = "HS17";
    const imported made = imported_from(
        "t,i,j,k,v,q\n2020,4,24,10121,0.198,       0.001\n2020,4,842,300431,27.902,        NA\n"
        "2020,842,4,251512,1,\"\"\n",
        options);
    REQUIRE(made.rows_kept == 3);
    CHECK(line_of(*made.flows, 0) == "4 24 export 2020 HS17 010121 0.198");
    CHECK(line_of(*made.flows, 1) == "4 840 export 2020 HS17 300431 27.902");
    CHECK(std::isnan(made.flows->quantity[1]));
    CHECK(std::isnan(made.flows->quantity[2]));
    CHECK(made.flows->origin[0] == cell_origin::reconciled);
    CHECK(made.flows->valued[0] == valuation::fob);
    CHECK(made.flows->value_unit == "1000 USD");
}

TEST_CASE("both versions of SDMX are read, with multipliers, labels and states of observations") {
    const imported one = imported_from(
        "DATAFLOW,FREQ,REF_AREA,COUNTERPART_AREA,TRADE_FLOW,PRODUCT,TIME_PERIOD,OBS_VALUE,"
        "UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"
        "X:T(1.0),A,BLR: Belarus,RUS: Russian Federation,X: Exports,TOTAL,2020,1.5,USD,6,E\n"
        "X:T(1.0),A,RUS: Russian Federation,BLR: Belarus,M: Imports,TOTAL,2020,,USD,3,M\n"
        "X:T(1.0),A,RUS: Russian Federation,W00: World,M: Imports,TOTAL,2020,7,USD,3,A\n");
    CHECK(one.form == data_form::sdmx1);
    REQUIRE(one.rows_kept == 2);
    CHECK(line_of(*one.flows, 0) == "BLR RUS export 2020  TOTAL 1500000");
    CHECK(one.flows->origin[0] == cell_origin::estimated);
    CHECK(std::isnan(one.flows->value[1]));
    CHECK(one.world.value[0] == 7000);
    const imported two = imported_from(
        "STRUCTURE;STRUCTURE_ID;ACTION;REF_AREA;COUNTERPART_AREA;FLOW;TIME_PERIOD;OBS_VALUE\n"
        "dataflow;X:T(1.0);I;BLR;RUS;X;2020;NaN\ndataflow;X:T(1.0);D;BLR;RUS;M;2020;5\n");
    CHECK(two.form == data_form::sdmx2);
    CHECK(two.rows_kept == 1);
    CHECK(trap_in(two, "deleted_rows") != nullptr);
    CHECK(trap_in(two, "no_unit") != nullptr);
}

TEST_CASE("any table is read with a mapping, and no other") {
    const std::string text = "exp,imp,time,export\nBLR,RUS,2016,5\nRUS,BLR,2016,\n";
    CHECK(import_flows(text, {}).error().code() == refusals::form_unknown.code);
    import_options options;
    options.mapping = *read_mapping(
        "field,column\nreporter,exp\npartner,imp\nflow,=export\nperiod,time\nvalue,export\n"
        "value_unit,=USD\nvaluation,=fob\n");
    const imported made = imported_from(text, options);
    REQUIRE(made.rows_kept == 2);
    CHECK(line_of(*made.flows, 0) == "BLR RUS export 2016  TOTAL 5");
    CHECK(std::isnan(made.flows->value[1]));
    CHECK(trap_in(made, "missing_values")->rows == 1);
    const std::pair<const char*, const refusal_kind*> broken_ones[] = {
        {"", &refusals::mapping_header},
        {"a,b\n", &refusals::mapping_header},
        {"field,column\nplanet,exp\n", &refusals::mapping_field_unknown},
        {"field,column\nvalue,\n", &refusals::mapping_column_empty},
        {"field,column\nvalue,a\nvalue,b\n", &refusals::mapping_field_twice},
        {"field,column\nvalue,a,b\n", &refusals::mapping_cells},
        {"field,column\nvalue,\"a\n", &refusals::mapping_torn}};
    for (const auto& [broken, kind] : broken_ones)
        CHECK_MESSAGE(read_mapping(broken).error().code() == kind->code, broken);
    options.mapping->fields[flow_field::value] = {"none", ""};
    CHECK(import_flows(text, options).error().code() == refusals::mapping_column_unknown.code);
    options.mapping->fields.erase(flow_field::value);
    CHECK(import_flows(text, options).error().code() == refusals::mapping_incomplete.code);
}

TEST_CASE("rows said twice are dropped, rows that contradict each other are refused") {
    const std::string text =
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,value_kusd\nA,B,2009,Export,1.5\n"
        "A,WLD,2009,Export,3\nA,B,2009,Export,1.5\nA,C,2009,Export,2\n";
    const imported made = imported_from(text);
    CHECK(made.rows_kept == 2);
    CHECK(trap_in(made, "repeated_rows")->rows == 1);
    CHECK(trap_in(made, "world_rows")->rows == 1);
    const std::string twice = text + "A,C,2009,Export,5\n";
    const auto refused = import_flows(twice, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code() == refusals::rows_conflict.code);
    import_options adding;
    adding.repeated = repeated_rule::add;
    CHECK(imported_from(twice, adding).flows->value[1] == 7);
}

TEST_CASE("levels, periods and units that cannot stand together are refused") {
    const std::string header =
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,ProductCode,value_kusd\n";
    const auto levels = import_flows(
        header + "A,B,2009,Export,01,5\nA,B,2009,Export,0101,4\nA,B,2009,Export,010121,4\n", {});
    CHECK(levels.error().code() == refusals::levels_mixed.code);
    import_options headings;
    headings.product_digits = 4;
    const imported made = imported_from(
        header + "A,B,2009,Export,01,5\nA,B,2009,Export,101,4\nA,B,2009,Export,010121,4\n",
        headings);
    REQUIRE(made.rows_kept == 1);
    CHECK(line_of(*made.flows, 0) == "A B export 2009  0101 4");
    CHECK(import_flows(header + "A,B,2009,Export,01,5\nA,B,200901,Export,01,4\n", {})
              .error()
              .code() == refusals::periods_mixed.code);
    CHECK(import_flows(header + "A,B,2009,Export,01,-5\n", {}).error().code() ==
          refusals::values_negative.code);
    import_options mapped;
    mapped.mapping = *read_mapping(
        "field,column\nreporter,r\npartner,p\nflow,=import\nperiod,t\nvalue,v\nvalue_unit,u\n");
    CHECK(import_flows("r,p,t,v,u\nA,B,2020,1,USD\nB,A,2020,1,RUB\n", mapped).error().code() ==
          refusals::units_mixed.code);
}

TEST_CASE("codes of territories are named by the analyst's list alone") {
    const std::string list = "ISO,M49\nBLR,112\nRUS,643\nNA,516\n";
    import_options options;
    options.areas = *read_areas(list, "M49", "ISO");
    const imported made =
        imported_from("t,i,j,k,v,q\n2020,112,643,10121,1,1\n2020,112,516,10121,1,1\n", options);
    CHECK(line_of(*made.flows, 0).starts_with("BLR RUS"));
    CHECK(line_of(*made.flows, 1).starts_with("BLR NA"));
    const std::string odd = "t,i,j,k,v,q\n2020,112,643,10121,1,1\n2020,112,999,10121,1,1\n";
    CHECK(import_flows(odd, options).error().code() == refusals::area_unknown.code);
    options.unknown_areas_dropped = true;
    const imported rest = imported_from(odd, options);
    CHECK(rest.rows_kept == 1);
    CHECK(trap_in(rest, "unknown_areas")->examples == words{"999"});
    import_options without;
    without.areas_left_out = {"EUN"};
    const std::string grouped =
        "ReporterISO3,PartnerISO3,Year,TradeFlowName,value_kusd\nA,B,2009,Export,1\n"
        "A,EUN,2009,Export,3\n";
    CHECK(trap_in(imported_from(grouped), "group_areas")->examples == words{"EUN"});
    CHECK(imported_from(grouped, without).rows_kept == 1);
    CHECK(usual_area("004") == "4");
    CHECK(usual_area("757") == "756");
    CHECK(is_world("000"));
    CHECK_FALSE(is_world("GBR"));
}

TEST_CASE("unsound rows are listed and nothing is taken") {
    const auto made = import_flows(
        "t,i,j,k,v,q\n2020,4,24,10121,much,1\n2020,4,24,10122,1\n2020,4,24,10129,1,1\n", {});
    REQUIRE(made.has_value());
    CHECK_FALSE(made->flows.has_value());
    REQUIRE(made->faults.size() == 2);
    CHECK(made->faults[0] == tables::row_fault{2, "v", "\"much\" is no number"});
}

TEST_CASE("flows come back from their table as they were") {
    const imported made =
        imported_from("t,i,j,k,v,q\n2020,4,24,10121,0.198,NA\n2021,10,842,300431,27.902,1.5\n");
    const auto back = flows_from(to_table(*made.flows));
    REQUIRE_MESSAGE(back.has_value(), back.error().sentence());
    for (std::size_t i = 0; i < 2; ++i) CHECK(line_of(*back, i) == line_of(*made.flows, i));
    CHECK(back->value_unit == "1000 USD");
    CHECK(back->quantity_unit == made.flows->quantity_unit);
    CHECK(back->origin == made.flows->origin);
    CHECK(flows_from(tables::table{}).error().code() == refusals::columns_missing.code);
}

TEST_CASE("the shared extracts are read whole") {
    const auto wits = shared_file("wits_bilateral_total_2009.csv");
    if (!wits) return;
    const auto made = import_file(*wits, {});
    REQUIRE_MESSAGE(made.has_value(), made.error().sentence());
    CHECK(made->form == data_form::wits);
    CHECK(made->rows_in == 40'618);
    CHECK(trap_in(*made, "world_rows") != nullptr);
    const auto baci = import_file(*shared_file("baci_hs17_2020_zaf_afg.csv"), {});
    REQUIRE_MESSAGE(baci.has_value(), baci.error().sentence());
    CHECK(baci->rows_kept == 72'097);
    CHECK(trap_in(*baci, "lost_zeros") != nullptr);
    for (const std::string& one : baci->flows->products) CHECK(one.size() == 6);
}
