// The explorer: a data set that stands on the journal as pictures, tables and files that say the
// same, out of its address alone.

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "api/explore_store.hpp"
#include "api/pages/page_parts.hpp"
#include "api/tests/site_at_hand.hpp"
#include "evidence/commands.hpp"
#include "explore/refusal.hpp"

using namespace veche;
using namespace veche::api;

namespace {

const std::string pairs_text =
    "exporter,importer,year,product,value\n"
    "BLR,RUS,2000,01,40\nBLR,RUS,2000,02,20\nBLR,POL,2000,01,30\nRUS,BLR,2000,01,50\n"
    "RUS,DEU,2000,02,70\nPOL,BLR,2000,02,5\nBLR,RUS,2004,01,80\nBLR,POL,2004,01,\n"
    "RUS,DEU,2004,02,90\n";
const std::string sides_text =
    "reporter,partner,flow,year,value\nBLR,POL,export,2000,100\nPOL,BLR,import,2000,120\n"
    "BLR,DEU,export,2000,50\nBLR,WLD,export,2000,200\nPOL,RUS,export,2000,9\n";
const std::string names_text =
    "kind,code,classification,member,latitude,longitude,en,ru\n"
    "area,BLR,,by,53.9,27.6,Belarus,Беларусь\narea,RUS,,ru,55.8,37.6,Russia,Россия\n"
    "area,POL,,,52.2,21.0,Poland,Польша\n";

struct explore_fixture : testing::site_at_hand {
    explore_fixture() {
        REQUIRE(accounts.add("analyst", {"analyst"}, "correct horse"));
        cookies = {{"veche", accounts.open_session("analyst", now_ms())}};
    }

    /// Puts a data set on the journal, its bytes among the papers unless they are elsewhere.
    void add_set(const std::string& id, const std::string& bytes, bool here = true) {
        std::string hash(64, 'a');
        if (here) hash = library.put(bytes, "text/csv").value().sha256;
        evidence::register_dataset set;
        set.dataset = {id};
        set.body = {"pc"};
        set.title = {{"en", "Set " + id}};
        set.publisher = "Office of figures";
        set.licence = "CC0";
        set.retrieved = date{20454};
        set.period = "2000-2004";
        set.unit = "million USD";
        set.layout = evidence::dataset_layout::table;
        set.file = {hash, static_cast<std::int64_t>(bytes.size()), "text/csv"};
        const response done = ask("POST", "/api/do/evidence.register_dataset",
                                  R"({"auth":"pc/analysis","body":)" + to_json(set) + "}",
                                  {{"content-type", "application/json"}});
        INFO(done.body);
        REQUIRE(done.status == 200);
    }
    std::string page(const std::string& address) {
        const response made = ask("GET", address);
        CAPTURE(address);
        REQUIRE(made.status == 200);
        return made.body;
    }
};

std::size_t lines_in(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool holds(std::string_view text, std::string_view piece) {
    return text.find(piece) != std::string_view::npos;
}

}  // namespace

TEST_CASE_FIXTURE(explore_fixture, "a data set of flows offers its explorer, others do not") {
    add_set("pairs", pairs_text);
    add_set("other", "a,b\n1,2\n");
    add_set("away", pairs_text + "#", false);
    CHECK(holds(page("/en/datasets/pairs"), "/en/explore/pairs"));
    CHECK_FALSE(holds(page("/en/datasets/other"), "/en/explore/other"));
    CHECK_FALSE(holds(page("/en/datasets/away"), "/en/explore/away"));
    // Whoever goes there all the same reads why not.
    CHECK(holds(page("/en/explore/other"), "are not those of flows"));
    CHECK(holds(page("/en/explore/away"), "do not lie here"));
    CHECK(ask("GET", "/en/explore/no-such").status == 404);
    CHECK(ask("GET", "/en/explore/other.csv").status == 422);
    CHECK(ask("GET", "/en/explore").status == 303);
}

TEST_CASE_FIXTURE(explore_fixture,
                  "every picture has its table, and CSV, JSON and SVG of its address") {
    add_set("pairs", pairs_text);
    add_set("names", names_text);
    for (const char* query :
         {"show=treemap&of=BLR&by=partner&period=2000",
          "show=treemap&of=BLR&by=product&period=2000", "show=lines&of=BLR&by=partner",
          "show=sankey&of=union&period=2000", "show=map&of=BLR&period=2000",
          "show=treemap&of=BLR&with=RUS&period=2000",
          "show=sankey&of=union&with=third&way=import&period=2000"}) {
        CAPTURE(query);
        const std::string at = "/en/explore/pairs";
        const std::string made = page(at + "?" + query);
        const auto parts = pages::parts_of(made);
        REQUIRE(parts.size() == 2);
        CHECK(parts[0].plot);
        const response csv = ask("GET", at + ".csv?" + query);
        REQUIRE(csv.status == 200);
        CHECK(lines_in(csv.body) == parts[1].rows + 1);
        const response json = ask("GET", at + ".json?" + query);
        REQUIRE(json.status == 200);
        CHECK(holds(json.body, "\"sha256\""));
        CHECK(holds(json.body, "\"One value for each pair"));
        CHECK(holds(json.body, "The union here: Russia, Belarus.") ==
              (std::string_view(query).find("union") != std::string_view::npos));
        const response svg = ask("GET", at + ".svg?" + query);
        REQUIRE(svg.status == 200);
        CHECK(svg.type == "image/svg+xml");
        CHECK(holds(svg.body, "xmlns=\"http://www.w3.org/2000/svg\""));
        // The address that the page gives shows the same page again.
        const auto from = made.find("href=\"http://test/en/explore") + 6;
        std::string lasting = made.substr(from, made.find('"', from) - from);
        for (auto amp = lasting.find("&amp;"); amp != std::string::npos;
             amp = lasting.find("&amp;"))
            lasting.erase(amp + 1, 4);
        const auto again = pages::parts_of(page(lasting.substr(std::string("http://test").size())));
        REQUIRE(again.size() == 2);
        CHECK(again[0].html == parts[0].html);
        CHECK(again[1].html == parts[1].html);
    }
}

TEST_CASE_FIXTURE(explore_fixture, "what is missing is said and never zero") {
    add_set("pairs", pairs_text);
    const std::string over_time = page("/en/explore/pairs?show=lines&of=BLR&by=partner&product=01");
    CHECK(holds(over_time, ">missing</td>"));
    CHECK(holds(over_time, "A line is broken where a value is missing"));
    const response csv =
        ask("GET", "/en/explore/pairs.csv?show=lines&of=BLR&by=partner&product=01");
    CHECK(csv.body == "period,RUS,POL\r\n2000,40,30\r\n2004,80,\r\n");
    const std::string one = page("/en/explore/pairs?of=BLR&by=partner&period=2004");
    CHECK(holds(one, "1 flow is missing and not in the sum"));
    CHECK(holds(one, "Sum over 1 partner in the data: 80\u00A0million USD."));
}

TEST_CASE_FIXTURE(explore_fixture, "whose declarations a figure is of is chosen and said") {
    add_set("sides", sides_text);
    const std::string own = page("/en/explore/sides?of=BLR&side=own");
    CHECK(holds(own, "As declared by: BLR."));
    CHECK(holds(
        own,
        "Declared for the whole world: 200\u00A0million USD; this sum covers 75.0\u00A0% of it."));
    CHECK(holds(own, "Rows with the whole world as reporter or partner were kept apart"));
    const std::string mirror = page("/en/explore/sides?of=BLR&side=partner");
    CHECK(holds(mirror, "As the partners declare it (mirror)"));
    CHECK(holds(mirror, "which is missing and not zero: DEU"));
    const response both = ask("GET", "/en/explore/sides.csv?of=POL&way=import&side=reconciled");
    CHECK(both.body == "code,value,share,from_other_side,state\r\nBLR,100,1,100,known\r\n");
    const response imports = ask("GET", "/en/explore/sides.csv?of=POL&way=import&side=own");
    CHECK(imports.body == "code,value,share,state\r\nBLR,120,1,known\r\n");
}

TEST_CASE_FIXTURE(explore_fixture,
                  "names, members and places come from a list that is registered too") {
    add_set("pairs", pairs_text);
    CHECK_FALSE(holds(page("/en/explore/pairs?of=BLR"), "Poland"));
    CHECK_FALSE(holds(page("/en/explore/pairs"), "show=map"));
    add_set("names", names_text);
    const std::string named = page("/ru/explore/pairs?of=BLR&period=2000&by=partner");
    CHECK(holds(named, "Россия"));
    CHECK(holds(named, "show=map"));
    // Both members of the charter are in the data: the union is what one begins with.
    CHECK(holds(page("/en/explore/pairs"), "<option value=\"union\" selected>"));
    const response inside =
        ask("GET", "/en/explore/pairs.csv?of=union&with=union&period=2000&by=partner");
    CHECK(inside.body == "code,value,share,state\r\nRUS,60," + std::string("0.545454545455") +
                             ",known\r\nBLR,50,0.454545454545,known\r\n");
    // A union of one's own can stand in the address.
    const response own = ask(
        "GET", "/en/explore/pairs.csv?members=BLR,POL&of=union&with=third&period=2000&by=partner");
    CHECK(own.body == "code,value,share,state\r\nRUS,60,1,known\r\n");
}

TEST_CASE_FIXTURE(explore_fixture, "what the data lack is said, with a way to begin anew") {
    add_set("pairs", pairs_text);
    const std::string made = page("/en/explore/pairs?of=XXX");
    CHECK(holds(made, "The data hold no territory called XXX."));
    CHECK(holds(made, "data-why=\"filtered\""));
    CHECK(ask("GET", "/en/explore/pairs.csv?of=XXX").status == 404);
    CHECK(ask("GET", "/en/explore/pairs.svg?of=XXX").status == 404);
    CHECK(holds(page("/en/explore/pairs?of=BLR&period=1999"), "no period called 1999"));
    // Hostile words come out as words.
    CHECK_FALSE(holds(page("/en/explore/pairs?of=%3Cscript%3E"), "<script>alert"));
}

TEST_CASE_FIXTURE(explore_fixture, "findings and data sets are found by their words") {
    add_set("pairs", pairs_text);
    CHECK(holds(page("/en/search?q=set+pairs"), "href=\"/en/datasets/pairs\""));
    CHECK(holds(page("/en/search?q=figures"), "href=\"/en/datasets/pairs\""));
    CHECK_FALSE(holds(page("/en/search?q=pears"), "/en/datasets/"));
}

TEST_CASE("a data set is read once, and the longest unused goes when there is no more room") {
    explore_store store(4'000);
    int fetched = 0;
    const auto fetch = [&]() -> result<std::string> {
        ++fetched;
        return pairs_text;
    };
    REQUIRE(store.cube("a", "set", fetch));
    REQUIRE(store.cube("a", "set", fetch));
    CHECK(fetched == 1);
    for (int i = 0; i < 20; ++i) REQUIRE(store.cube("b" + std::to_string(i), "set", fetch));
    CHECK(store.held() <= 4'000 + 1'200);
    REQUIRE(store.cube("a", "set", fetch));
    CHECK(fetched == 22);
}

TEST_CASE("what was refused is not read again, and bytes that were not there may come") {
    explore_store store;
    int fetched = 0;
    const auto unsound = [&]() -> result<std::string> {
        ++fetched;
        return std::string("a,b\n1,2\n");
    };
    CHECK_FALSE(store.cube("x", "set", unsound));
    CHECK_FALSE(store.cube("x", "set", unsound));
    CHECK(fetched == 1);
    const auto away = []() -> result<std::string> {
        return tl::unexpected(refusal{&explore::refusals::not_at_hand, "", {"set"}});
    };
    CHECK_FALSE(store.cube("y", "set", away));
    CHECK(store.cube("y", "set", [] { return result<std::string>(pairs_text); }));
}

TEST_CASE("whoever asks while a data set is read waits for it and reads nothing") {
    explore_store store;
    std::atomic<int> fetched = 0;
    std::atomic<int> answered = 0;
    std::vector<std::thread> readers;
    for (int i = 0; i < 8; ++i)
        readers.emplace_back([&] {
            const auto made = store.cube("a", "set", [&]() -> result<std::string> {
                ++fetched;
                return pairs_text;
            });
            if (made && (*made)->pairs() == 9) ++answered;
        });
    for (std::thread& one : readers) one.join();
    CHECK(fetched == 1);
    CHECK(answered == 8);
}
