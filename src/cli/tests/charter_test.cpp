// `veche charter`: charters and presets as files, before any union.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "charter/remarks.hpp"
#include "cli/command_line.hpp"
#include "cli/tests/veche_says.hpp"
#include "render/catalogue.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::cli::testing;
namespace fs = std::filesystem;

namespace {

std::string union_file(const std::string& name) {
    return std::string(source_dir()) + "/unions/" + name;
}

/// A file of its own for a test.
struct written {
    explicit written(const std::string& text) {
        char name[] = "/tmp/veche-charter-XXXXXX";
        folder = ::mkdtemp(name);
        file = (folder / "u.toml").string();
        std::ofstream(file, std::ios::binary) << text;
    }
    ~written() { fs::remove_all(folder); }
    written(const written&) = delete;
    written& operator=(const written&) = delete;
    fs::path folder;
    std::string file;
};

}  // namespace

TEST_CASE("a charter is said in words and found to work") {
    const outcome good =
        veche_says({"charter", "check", union_file("nordic.toml"), "--on", "2026-03-01"});
    CHECK(good.code == 0);
    CHECK(has(good.out, "Nordic co-operation (example) (nordic)\n  Members on 2026-03-01\n"));
    CHECK(has(good.out, "87 seats, 87 of them held"));
    CHECK(has(good.out, "nordic.toml:"));
    // The Council recommends measures; only the ministers change the charter and spend.
    CHECK(has(good.out,
              "    its decisions may order programme.add_measure\n"
              "      Add a measure to the programme\n    convenes"));
    CHECK(has(good.out, "      Change the charter\n"));
    CHECK(has(good.out, "      Appropriate to a budget line\n"));
    CHECK_FALSE(has(good.out, "command."));
    CHECK(has(good.out, "fmc: no vote can open, the rule barriers-unknown is not established"));
    CHECK(has(good.out, "Nothing was found that cannot work.\n"));
    const outcome brief = veche_says(
        {"charter", "check", union_file("nordic.toml"), "--on", "2026-03-01", "--brief"});
    CHECK_FALSE(has(brief.out, "87 seats"));
    CHECK(has(brief.out, "fmc: no vote can open"));
}

TEST_CASE("a charter is said in Russian and Belarusian") {
    const outcome ru = veche_says(
        {"charter", "check", union_file("union-state.toml"), "--lang", "ru", "--on", "2026-03-01"});
    CHECK(ru.code == 0);
    CHECK(has(ru.out, "Союзное государство России и Беларуси (union-state)"));
    CHECK(has(ru.out, "Участники на 2026-03-01"));
    CHECK(has(ru.out, "решает по правилу «Единогласие государств-участников» (источник прочитан)"));
    CHECK(has(ru.out, "созывает заседания: Государственный секретарь"));
    CHECK(has(ru.out, "Удивит:"));
    CHECK_FALSE(has(ru.out, "{0}"));
    const outcome be = veche_says({"charter", "check", union_file("benelux.toml"), "--lang", "be"});
    CHECK(has(be.out, "Статут змяняе Камітэт міністраў"));
    CHECK(veche_says({"charter", "check", union_file("benelux.toml"), "--lang", "xx"}).code == 2);
    CHECK(veche_says({"charter", "check", union_file("benelux.toml"), "--on", "soon"}).code == 2);
}

TEST_CASE("what cannot work is named by file, line and column, and fails") {
    const written bad(
        "id = \"u\"\nname = { en = \"U\" }\n[[rules]]\nid = \"r\"\nname = { en = \"R\" }\n"
        "rule = \"yes > 1/2 seats\"\nsource = \"\"\nmark = \"config\"\n[[bodies]]\nid = \"b\"\n"
        "kind = \"highest\"\nname = { en = \"B\" }\nparent = \"b\"\nrules = [\"r\"]\nsource = "
        "\"\"\n");
    const outcome found = veche_says({"charter", "check", bad.file});
    CHECK(found.code == 1);
    CHECK(has(found.out,
              "Cannot work:\n  " + bad.file + ":13:10: The bodies above b lead back to it.\n"));
    CHECK(has(veche_says({"charter", "check", bad.file, "--lang", "ru"}).out,
              ":13:10: Органы над b ведут обратно к нему"));
    const outcome json = veche_says({"charter", "check", bad.file, "--json"});
    CHECK(json.code == 1);
    CHECK(has(json.out, "\"code\":\"refusal.charter.parent_circle\""));
    CHECK(has(json.out, "\"line\":13"));
    CHECK(has(json.out, "\"severity\":\"cannot_work\""));
    const written broken("id = ");
    CHECK(veche_says({"charter", "check", broken.file}).code == 1);
    CHECK(veche_says({"charter", "check", "/no/such/file"}).code == 2);
}

TEST_CASE("presets are listed with their marks, printed, and have vectors to try") {
    const outcome list = veche_says({"charter", "preset"});
    CHECK(list.code == 0);
    CHECK(has(list.out, "bundesrat                    Bundesrat (read), 69 seats\n"));
    CHECK(has(list.out, "ecowas                       Parliament of ECOWAS (config)\n"));
    CHECK(has(veche_says({"charter", "preset", "--lang", "ru"}).out, "Совет Безопасности"));
    CHECK(has(veche_says({"charter", "preset", "--json"}).out, "\"id\":\"un-security-council\""));
    const outcome one = veche_says({"charter", "preset", "bundesrat"});
    CHECK(one.code == 0);
    CHECK(one.out.starts_with("# The German Bundesrat"));
    CHECK(has(one.out, "rule = \"yes.votes >= 2/3 seats.votes\""));
    CHECK(veche_says({"charter", "preset", "no-such"}).code == 2);
    CHECK(veche_says({"charter", "preset", "../union-state"}).code == 2);
    const outcome tally = veche_says({"tally", union_file("presets/bundesrat.vectors.json"),
                                      "--charter", union_file("presets/bundesrat.toml")});
    CHECK(tally.code == 0);
    CHECK(has(tally.out, "5 of 5 as expected"));
    CHECK(veche_says({"tally", union_file("presets/bundesrat.vectors.json")}).code == 1);
}

TEST_CASE("catalogues have every sentence of a check, the English ones word for word") {
    for (const char* language : {"en", "ru", "be"}) {
        const auto texts = render::catalogue::load(std::string(source_dir()) + "/web/catalogues/" +
                                                   language + ".toml");
        REQUIRE(texts.has_value());
        for (const auto& [key, words] : charter::check_phrases()) {
            const auto* found = texts->find(key);
            REQUIRE_MESSAGE(found != nullptr, language << ": " << key);
            if (std::string_view(language) == "en") CHECK(found->source() == words);
        }
    }
}
