// The verbs `apportion`, `divide`, `deliver` and `vectors`, as their users call them.

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/tests/veche_says.hpp"

using namespace veche;
using namespace veche::cli::testing;
namespace fs = std::filesystem;

namespace {

struct sharing_fixture {
    sharing_fixture() {
        char name[] = "/tmp/veche-shares-XXXXXX";
        base = ::mkdtemp(name);
    }
    ~sharing_fixture() { fs::remove_all(base); }
    sharing_fixture(const sharing_fixture&) = delete;
    sharing_fixture& operator=(const sharing_fixture&) = delete;

    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
        return (base / name).string();
    }

    fs::path base;
};

}  // namespace

TEST_CASE_FIXTURE(sharing_fixture, "seats are shared out from a file, and the certificate judged") {
    const std::string file =
        write("parties.csv", "name;votes\nАлый;100000\nB;80000\nC;30000\nD;20000\n");
    const std::string proof = (base / "proof.json").string();
    const outcome made = veche_says({"apportion", file, "--seats", "8", "--method", "dhondt",
                                     "--explain", "--certificate", proof});
    CHECK(made.code == 0);
    CHECK(has(made.out, "8 seats by dhondt"));
    CHECK(has(made.out, "  Алый                100000           4\n"));
    CHECK(has(made.out, "With 5001 more votes it would have one seat more."));
    const outcome holds =
        veche_says({"apportion", file, "--seats", "8", "--method", "dhondt", "--check", proof});
    CHECK(holds.code == 0);
    CHECK(holds.out == "The certificate holds.\n");
    const outcome other =
        veche_says({"apportion", file, "--seats", "9", "--method", "dhondt", "--check", proof});
    CHECK(other.code == 1);
    CHECK(has(other.out, "The certificate does not hold: "));
    CHECK(veche_says({"apportion", file, "--seats", "8", "--method", "fair"}).code == 1);
}

TEST_CASE_FIXTURE(sharing_fixture, "an open tie ends with 1, a settled one with 0") {
    const std::string file = write("parties.csv", "name,votes\na,5\nb,5\n");
    const outcome open =
        veche_says({"apportion", file, "--seats", "1", "--method", "sainte-lague"});
    CHECK(open.code == 1);
    CHECK(has(open.out, "1 of those who stand equal get one more each: a, b. Nobody has it yet."));
    CHECK(veche_says(
              {"apportion", file, "--seats", "1", "--method", "sainte-lague", "--ties", "order"})
              .code == 0);
    const outcome refused = veche_says(
        {"apportion", file, "--seats", "1", "--method", "sainte-lague", "--ties", "lottery"});
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "shares.seed_malformed"));
}

TEST_CASE_FIXTURE(sharing_fixture, "an amount is divided from a file, and the certificate judged") {
    const std::string file = write("claims.csv", "name,claim\na,10\nb,40\nc,60\nd,90\n");
    const std::string proof = (base / "proof.json").string();
    const std::vector<std::string> asked = {"divide", file, "--amount", "100", "--rule", "max-min"};
    auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), asked.begin(), asked.end());
        return veche_says(more);
    };
    const outcome made = with({"--certificate", proof, "--json"});
    CHECK(made.code == 0);
    CHECK(has(made.out, R"("exact":["10","30","30","30"])"));
    CHECK(with({"--check", proof}).out == "The certificate holds.\n");
}

TEST_CASE_FIXTURE(sharing_fixture, "cases of vectors are run, missed, or said to be not run") {
    const std::string file = write(
        "cases.json",
        R"([{"id":"V1","kind":"apportionment","input":{"votes":[3,1],"seats":2},"expected":{"dhondt":[2,0]}},
            {"id":"V2","kind":"apportionment","input":{"votes":[3,1],"seats":2},"expected":{"dhondt":[1,1]}},
            {"id":"V3","kind":"lottery","input":{"dir":"x"},"expected":{}},
            {"id":"V4","kind":"unheard of","input":{},"expected":{}}])");
    const outcome made = veche_says({"vectors", file});
    CHECK(made.code == 1);
    CHECK(has(made.out, "V1     ok"));
    CHECK(has(made.out, "V2     MISSED   apportionment: dhondt: 1, 1 expected, 2, 0 came"));
    CHECK(has(made.out, "V3     not run"));
    CHECK(has(made.out, "no room knows this kind"));
    CHECK(has(made.out, "1 of 4 as expected, 1 missed, 2 not run"));
}

TEST_CASE_FIXTURE(sharing_fixture, "units are delivered from a file, and the rest is owed") {
    const std::string file = write("march.csv", "name,weight\nNorth,2\nIsles,1\n");
    const std::string proof = (base / "proof.json").string();
    const std::string next = (base / "april.csv").string();
    const outcome made = veche_says(
        {"deliver", file, "--units", "10", "--certificate", proof, "--next", next, "--explain"});
    CHECK(made.code == 0);
    CHECK(has(made.out, "10 units, each to whoever is owed most"));
    CHECK(has(made.out, "North: 2 are eligible, and it was owed 20/3 exactly; it gets 7."));
    CHECK(veche_says({"deliver", file, "--units", "10", "--check", proof}).out ==
          "The certificate holds.\n");
    CHECK(veche_says({"deliver", file, "--units", "11", "--check", proof}).code == 1);
    const outcome later = veche_says({"deliver", next, "--units", "1"});
    CHECK(later.code == 0);
    CHECK(has(later.out, "-0.333333334 carried on"));
    CHECK(veche_says({"deliver", file, "--units", "some"}).code == 2);
}

TEST_CASE_FIXTURE(sharing_fixture, "lines are drawn by a beacon, and what no beacon says is said") {
    const std::string file = write("people.txt", "Alice\nBob\nCarla\nDavid\n");
    const std::string said = "2660664F8D4BC401194D80D81DA20A1E79480F65B8E2D205AECBD143B5BFB0D3";
    CHECK(veche_says({"shuffle", file, "--randomness", said, "--limit", "3"}).out ==
          "David\nBob\nCarla\n");
    CHECK(veche_says({"shuffle", file, "--randomness", said, "--json"}).out ==
          "[\"David\",\"Bob\",\"Carla\",\"Alice\"]\n");
    const outcome wrong = veche_says({"shuffle", file, "--randomness", "beef"});
    CHECK(wrong.code != 0);
    CHECK(has(wrong.err, "64 hex digits"));
}
