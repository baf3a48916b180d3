// `veche finding`, and its remarks in each language.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"
#include "cli/texts.hpp"
#include "findings/findings.hpp"
#include "findings/remarks.hpp"
#include "render/remarks.hpp"
#include "source_dir.hpp"
#include "trade/remarks.hpp"

using namespace veche;
using namespace veche::cli::testing;

namespace {

std::vector<std::string> share(std::string data) {
    return {"finding",      "compute", "partner-share/2", "--data", "flows=" + data, "--with",
            "reporter=BLR", "--with",  "partner=RUS",     "--with", "year=2016"};
}

std::vector<const remark_kind*> all_remarks() {
    std::vector<const remark_kind*> out(std::begin(findings::remarks::all),
                                        std::end(findings::remarks::all));
    out.insert(out.end(), std::begin(trade::remarks::all), std::end(trade::remarks::all));
    return out;
}

/// The remark with words that can be told apart in its places.
remark filled(const remark_kind& kind) {
    return remark_of(kind, "first", "second", "third", "fourth");
}

}  // namespace

TEST_CASE("remarks of a computed finding are in the language that is asked for") {
    const std::string data = source_dir() + "/unions/demo/papers/belarus-exports.csv";
    const outcome english = veche_says(share(data));
    REQUIRE_MESSAGE(english.code == 0, english.err);
    CHECK(has(english.out, "47.48"));
    CHECK(has(english.out, "Only what the data has of BLR is counted"));
    auto words = share(data);
    words.insert(words.end(), {"--lang", "be"});
    const outcome belarusian = veche_says(words);
    REQUIRE_MESSAGE(belarusian.code == 0, belarusian.err);
    CHECK(has(belarusian.out, "партнёраў у 2016: 10"));
    words.back() = "xx";
    CHECK(veche_says(words).code != 0);
}

TEST_CASE("a fault of the data is said in that language too, and names the data") {
    char name[] = "/tmp/veche-finding-XXXXXX";
    const std::filesystem::path folder = ::mkdtemp(name);
    const std::string data = (folder / "bad.csv").string();
    std::ofstream(data, std::ios::binary) << "exporter,importer,year,value\nBLR,RUS,2016\n";
    auto words = share(data);
    words.insert(words.end(), {"--lang", "ru"});
    const outcome said = veche_says(words);
    CHECK(said.code == 1);
    CHECK(has(said.err, "клеток 3, а столбцов 4"));
    CHECK(has(said.err, "bad.csv"));
    std::filesystem::remove_all(folder);
}

TEST_CASE(
    "the list of methods names the newest versions, and older ones where they are asked for") {
    const outcome newest = veche_says({"finding", "methods"});
    REQUIRE(newest.code == 0);
    CHECK(has(newest.out, "partner-share/2"));
    CHECK_FALSE(has(newest.out, "partner-share/1"));
    CHECK(has(newest.out, "joint-enterprises/1"));
    CHECK(has(veche_says({"finding", "methods", "--all"}).out, "partner-share/1"));
}

TEST_CASE("each remark says in English what the program says, and something else in others") {
    const auto english = cli::texts_of("en");
    const auto russian = cli::texts_of("ru");
    REQUIRE(english.has_value());
    REQUIRE(english->has_value());
    for (const remark_kind* kind : all_remarks()) {
        const remark one = filled(*kind);
        const std::string said = render::sentence(**english, one);
        CHECK_MESSAGE(said == findings::english_of(one), kind->code);
        CHECK_MESSAGE(render::sentence(**russian, one) != said, kind->code);
    }
    CHECK(render::sentence(**english, {"findings.zeal", {}}) == "findings.zeal");
}

TEST_CASE("every method has its title, meaning, roles and parameters in the catalogues") {
    for (const char* language : {"en", "ru", "be"}) {
        const auto texts = cli::texts_of(language);
        REQUIRE(texts.has_value());
        const auto has_key = [&](const std::string& key) {
            CHECK_MESSAGE((*texts)->find(key) != nullptr, language << " " << key);
        };
        for (const findings::method_info& one : findings::methods()) {
            const auto key = [](std::string_view name) {
                std::string out(name.substr(0, name.find('/')));
                std::replace(out.begin(), out.end(), '-', '_');
                return out;
            };
            const std::string of = "method." + key(one.name) + ".";
            has_key(of + "title");
            has_key(of + "meaning");
            for (const findings::role_info& role : one.roles) has_key(of + key(role.role));
            for (const findings::parameter_info& p : one.parameters) has_key(of + key(p.name));
        }
    }
}
