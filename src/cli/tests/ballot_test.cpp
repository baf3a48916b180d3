#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/ballot_record.hpp"
#include "cli/command_line.hpp"
#include "cli/files.hpp"
#include "cli/tests/veche_says.hpp"

using namespace veche;
using namespace veche::cli::testing;
using namespace veche::cli;
namespace fs = std::filesystem;

namespace {

struct said {
    int code = 0;
    std::string out;
    std::string err;
};

/// A ballot of four voters and three trustees, of whom two decrypt.
struct polling_station {
    polling_station() {
        char name[] = "/tmp/veche-ballot-XXXXXX";
        base = ::mkdtemp(name);
        std::string trustees;
        for (const char* n : {"1", "2", "3"})
            trustees += (trustees.empty() ? "" : ",") +
                        says({"ballot", "keygen", at(std::string("t") + n), "--trustee",
                              std::string("trustee ") + n, "--json"})
                            .out;
        std::string voters;
        for (const char* n : {"1", "2", "3", "4"}) {
            const std::string made =
                says({"ballot", "keygen", at(std::string("v") + n), "--json"}).out;
            voters += (voters.empty() ? "" : ",") + std::string("{\"weight\":1,\"credential\":\"") +
                      made.substr(made.find("\"credential\":\"") + 14, 64) + "\"}";
        }
        write("definition.json",
              R"({"id":"chair","question":{"en":"Who?"},"options":[{"id":"a","title":{"en":"A"}},)"
              R"({"id":"b","title":{"en":"B"}}],"blank":true,"least":1,"most":1,"floor":3,)"
              R"("weight_floor":3,"threshold":2,"trustees":[)" +
                  trustees + "]}");
        write("roll.json", "{\"voters\":[" + voters + "]}");
    }
    ~polling_station() { fs::remove_all(base); }
    polling_station(const polling_station&) = delete;
    polling_station& operator=(const polling_station&) = delete;

    [[nodiscard]] std::string at(const std::string& name) const { return (base / name).string(); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string text(const std::string& name) const {
        return read_file(base / name).value();
    }
    static said says(std::vector<std::string> arguments, const std::string& input = {}) {
        std::ostringstream out, err;
        std::istringstream in(input);
        auto* before = std::cin.rdbuf(in.rdbuf());
        const int code = run(std::move(arguments), out, err, false);
        std::cin.rdbuf(before);
        return {code, out.str(), err.str()};
    }
    said on_record(const std::string& verb, std::vector<std::string> more = {},
                   const std::string& input = {}) const {
        std::vector<std::string> all{"ballot", verb, at("record.jsonl")};
        all.insert(all.end(), more.begin(), more.end());
        return says(std::move(all), input);
    }
    void open() const {
        REQUIRE(
            on_record("start", {"--definition", at("definition.json"), "--roll", at("roll.json")})
                .code == 0);
        for (int step = 0; step < 4; ++step)
            for (const char* trustee : {"t1", "t2", "t3"})
                REQUIRE(on_record("ceremony", {"--key", at(trustee)}).code == 0);
        REQUIRE(on_record("open").code == 0);
    }
    [[nodiscard]] said vote(const std::string& voter, const std::string& option,
                            const std::string& to) const {
        return on_record("vote",
                         {"--key", at(voter), "--choose", option, "--to", at(to), "--cast"});
    }
    fs::path base;
};

}  // namespace

TEST_CASE("a secret ballot runs from keys to a verified result, in files") {
    const polling_station s;
    s.open();
    CHECK(s.vote("v1", "a", "b1").code == 0);
    CHECK(s.vote("v2", "a", "b2").code == 0);
    const said shown = s.vote("v3", "blank", "b3");
    CHECK(s.on_record("cast", {s.at("b1"), s.at("b2"), s.at("b3")}).code == 0);
    const std::string tracker = shown.out.substr(shown.out.find(": ") + 2, 64);
    CHECK(s.on_record("find", {tracker}).code == 0);
    CHECK(s.on_record("find", {std::string(64, '0')}).code == 1);

    CHECK(has(s.on_record("cast", {s.at("b1")}).err, "on the board already"));
    CHECK(s.on_record("decrypt", {"--key", s.at("t1")}).code == 1);
    CHECK(s.on_record("close").code == 0);
    CHECK(s.on_record("cast", {s.at("b1")}).code == 1);
    CHECK(s.on_record("decrypt", {"--key", s.at("t3")}).code == 0);
    CHECK(has(s.on_record("tally").err, "1 valid partial decryptions are here and 2 are needed"));
    CHECK(s.on_record("decrypt", {"--key", s.at("t1")}).code == 0);
    CHECK(s.on_record("tally").code == 0);
    const said verified = s.on_record("verify", {"--json"});
    CHECK(verified.code == 0);
    CHECK(has(
        verified.out,
        R"("totals":[{"option":"a","weight":2},{"option":"b","weight":0},{"option":"blank","weight":1}])"));
}

TEST_CASE("a challenged ballot is opened, checked, and cannot be cast") {
    const polling_station s;
    s.open();
    const std::vector<std::string> words{"--key", s.at("v1"), "--choose", "b", "--to", s.at("c1")};
    CHECK(s.on_record("vote", words, "challenge\n").code == 0);
    const said audited = s.on_record("audit", {s.at("c1")});
    CHECK(audited.code == 0);
    CHECK(has(audited.out, "  b\n"));
    CHECK(s.on_record("cast", {s.at("c1")}).code == 1);
    // A program that encrypted something else than it says is found out.
    std::string lie = s.text("c1");
    lie.replace(lie.find("[1]"), 3, "[0]");
    s.write("c2", lie);
    CHECK(s.on_record("audit", {s.at("c2")}).code == 1);
}

TEST_CASE("a trustee decrypts one board of an election and no other") {
    const polling_station s;
    s.open();
    for (const char* n : {"1", "2", "3", "4"})
        REQUIRE(s.vote(std::string("v") + n, "a", std::string("b") + n).code == 0);
    REQUIRE(s.on_record("cast", {s.at("b1"), s.at("b2"), s.at("b3")}).code == 0);
    fs::copy_file(s.at("record.jsonl"), s.at("other.jsonl"));
    REQUIRE(s.on_record("close").code == 0);
    REQUIRE(s.on_record("decrypt", {"--key", s.at("t1")}).code == 0);
    // The organiser shows another board, with one ballot more.
    fs::rename(s.at("other.jsonl"), s.at("record.jsonl"));
    REQUIRE(s.on_record("cast", {s.at("b4")}).code == 0);
    REQUIRE(s.on_record("close").code == 0);
    CHECK(has(s.on_record("decrypt", {"--key", s.at("t1")}).err, "cli.other_board_decrypted"));
    CHECK(s.on_record("decrypt", {"--key", s.at("t2")}).code == 0);
}

TEST_CASE("a changed ballot on a record is named with its line") {
    const polling_station s;
    s.open();
    for (const char* n : {"1", "2", "3"})
        REQUIRE(s.vote(std::string("v") + n, "a", std::string("b") + n).code == 0);
    REQUIRE(s.on_record("cast", {s.at("b1"), s.at("b2"), s.at("b3")}).code == 0);
    std::string text = s.text("record.jsonl");
    const std::size_t z = text.rfind("\"range\":[{\"c\":\"") + 20;
    text[z] = text[z] == '0' ? '1' : '0';
    s.write("record.jsonl", text);
    const said verdict = s.on_record("verify");
    CHECK(verdict.code == 1);
    CHECK(has(verdict.err, "Line 18"));
}

TEST_CASE("mistakes at the polling station are refused in words") {
    const polling_station s;
    CHECK(has(s.on_record("verify").err, "cannot be"));
    s.open();
    CHECK(has(s.vote("v1", "c", "b1").err, "There is no option c."));
    CHECK(has(s.on_record("ceremony", {"--key", s.at("v1")}).err, "cli.ballot_key_malformed"));
    CHECK(has(s.on_record("ceremony", {"--key", s.at("t1")}).err, "cli.ballot_stage"));
    REQUIRE(polling_station::says({"ballot", "keygen", s.at("v9")}).code == 0);
    CHECK(has(s.vote("v9", "a", "b9").err, "not on the roll"));
    CHECK(
        s.on_record("start", {"--definition", s.at("definition.json"), "--roll", s.at("roll.json")})
            .code == 1);
    CHECK(s.on_record("close").code == 0);
    CHECK(s.on_record("decrypt", {"--key", s.at("t1")}).code == 1);
}
