// `veche registry`, as its users call it.

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::cli::testing;
using namespace veche::cli;

namespace {

struct register_fixture {
    register_fixture() {
        char name[] = "/tmp/veche-register-XXXXXX";
        base = ::mkdtemp(name);
        folder = (base / "union").string();
        const outcome made =
            veche_says({"init", folder, "--charter", source_dir() + "/unions/union-state.toml",
                        "--origin", "test.example/journal"});
        REQUIRE_MESSAGE(made.code == 0, made.err);
    }
    ~register_fixture() { std::filesystem::remove_all(base); }
    register_fixture(const register_fixture&) = delete;
    register_fixture& operator=(const register_fixture&) = delete;

    std::string write(const std::string& name, const std::string& rows) const {
        std::ofstream(base / name, std::ios::binary)
            << "place,kind,names.en,member,within,code.iso-3166-2,source.name,source.verified\n"
            << rows;
        return "place=" + (base / name).string();
    }
    outcome import(const std::string& file, std::vector<std::string> more) const {
        std::vector<std::string> words = {
            "registry",        "import", file,          "--at",   folder, "--as",
            "register-keeper", "--auth", "pc/registry", "--body", "pc"};
        words.insert(words.end(), more.begin(), more.end());
        return veche_says(std::move(words));
    }

    std::filesystem::path base;
    std::string folder;
};

}  // namespace

TEST_CASE_FIXTURE(register_fixture, "a dry run lists what cannot be read and what does not hold") {
    const std::string file = write("places.csv",
                                   "A,region,First,by,,BY-BR,Register,yes\n"
                                   "B,hamlet,Second,by,,,Register,yes\n"
                                   "C,town,Third,,nowhere,,Register,yes\n"
                                   "D,region,Fourth,by,,BY-BR,Register,yes\n");
    const outcome tried = import(file, {"--dry-run"});
    CHECK(tried.code == 1);
    CHECK(has(tried.out, "places.csv:3, column kind: Expected one of country, region"));
    CHECK(has(tried.out, "places.csv:4, column within: There is no place nowhere"));
    CHECK(has(tried.out, "places.csv:5, column code.iso-3166-2: The code BY-BR is that of A"));
    CHECK(has(tried.out, "3 things are to mend"));
    CHECK(has(veche_says({"ask", "registry.batches", "--at", folder, "--json"}).out, "{}"));
}

TEST_CASE_FIXTURE(register_fixture, "rows are recorded together, or put away with their reason") {
    const std::string bad = write("bad.csv",
                                  "A,region,First,by,,,Register,yes\n"
                                  "C,town,Third,,nowhere,,Register,yes\n");
    const outcome refused = import(bad, {"--batch", "first"});
    CHECK(refused.code == 1);
    CHECK(has(refused.out, "bad.csv:3, column within"));
    const std::string good = write("good.csv",
                                   "A,region,First,by,,,Register,yes\n"
                                   "C,town,Third,,A,,Register,yes\n");
    CHECK(has(import(good, {"--dry-run"}).out, "2 rows could be recorded; none was."));
    const outcome recorded = import(good, {"--batch", "second"});
    CHECK_MESSAGE(recorded.code == 0, recorded.err);
    CHECK(has(recorded.out, "2 rows are recorded."));
    const outcome year = veche_says({"registry", "year", "A", "2025", "--at", folder});
    CHECK_MESSAGE(year.code == 0, year.err);
    CHECK(has(year.err + year.out, "First, 2025"));
    CHECK(import(good, {}).code == 2);                     // a batch has a name
    CHECK(import("places.csv", {"--dry-run"}).code != 0);  // and a file a kind
}
