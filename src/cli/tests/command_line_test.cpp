#include "cli/command_line.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "cli/files.hpp"
#include "cli/prompt.hpp"
#include "cli/serve.hpp"
#include "cli/tests/veche_says.hpp"
#include "source_dir.hpp"
#include "store/folder.hpp"

using namespace veche;
using namespace veche::cli::testing;
using namespace veche::cli;
namespace fs = std::filesystem;

namespace {

const std::string charter_file = veche::source_dir() + "/unions/union-state.toml";

struct fixture {
    fixture() {
        char name[] = "/tmp/veche-cli-XXXXXX";
        base = ::mkdtemp(name);
        folder = (base / "union").string();
        ::setenv("VECHE_PASSWORD", "correct horse", 1);
    }
    ~fixture() { fs::remove_all(base); }
    fixture(const fixture&) = delete;
    fixture& operator=(const fixture&) = delete;

    outcome init() {
        return veche_says(
            {"init", folder, "--charter", charter_file, "--origin", "test.example/journal"});
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(base / name, std::ios::binary) << text;
    }

    fs::path base;
    std::string folder;
};

}  // namespace

TEST_CASE("wrong usage is told apart from everything else") {
    CHECK(veche_says({}).code == 2);
    CHECK(veche_says({"nonsense"}).code == 2);
    CHECK(veche_says({"do"}).code == 2);
    CHECK(veche_says({"do", "no.such"}).code == 2);
    CHECK(veche_says({"ask", "no.such"}).code == 2);
    CHECK(veche_says({"serve", "x", "--workers", "0"}).code == 2);
    CHECK(veche_says({"--help"}).code == 0);
    CHECK(has(veche_says({"do", "--help"}).out, "--auth"));
    CHECK(has(veche_says({"--version"}).out, "veche"));
}

TEST_CASE("describe lists what can be done and asked, and the fields of each") {
    const outcome all = veche_says({"describe"});
    CHECK(has(all.out, "assembly.cast_ballot"));
    CHECK(has(all.out, "charter.union"));
    CHECK_FALSE(has(all.out, "vote_decided"));
    const outcome one = veche_says({"describe", "people.enroll_key"});
    CHECK(has(one.out, "public_key"));
    CHECK(has(one.out, "(time, optional)"));
    CHECK(has(veche_says({"describe", "people.enroll_key", "--json"}).out, "\"properties\""));
    CHECK(veche_says({"describe", "no.such"}).code == 2);
}

TEST_CASE_FIXTURE(fixture, "a union from its founding to its verification") {
    const outcome made = init();
    REQUIRE_MESSAGE(made.code == 0, made.err);
    CHECK(has(made.out, "test.example/journal+"));
    CHECK(init().code == 3);

    const std::string key = (base / "my.key").string();
    const outcome keygen = veche_says({"keygen", key, "--id", "laptop", "--json"});
    REQUIRE(keygen.code == 0);
    CHECK(veche_says({"keygen", key}).code == 3);
    CHECK((fs::status(key).permissions() & fs::perms::group_all) == fs::perms::none);
    const auto at = keygen.out.find("\"public_key\":\"") + 14;
    const std::string public_key = keygen.out.substr(at, 44);

    const std::vector<std::string> as = {"--at", folder, "--as", "treasurer"};
    const auto with = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
        words.insert(words.end(), more.begin(), more.end());
        return veche_says(std::move(words));
    };
    const outcome enrolled = with(
        {"do", "people.enroll_key", "key=laptop", "name=mine", "public_key=" + public_key}, as);
    CHECK_MESSAGE(enrolled.code == 0, enrolled.err);
    CHECK(has(enrolled.out, "entry 1"));
    const outcome unsigned_now =
        with({"do", "people.revoke_key", "key=laptop", "person=treasurer"}, as);
    CHECK(unsigned_now.code == 1);
    CHECK(has(unsigned_now.err, "signature_missing"));
    const outcome signed_now = with(
        {"do", "people.revoke_key", "key=laptop", "person=treasurer", "--key", key, "--json"}, as);
    CHECK_MESSAGE(signed_now.code == 0, signed_now.err);
    CHECK(signed_now.out == "{\"entries\":1,\"repeated\":false,\"seq\":2}\n");
    CHECK(with({"do", "people.revoke_key", "nonsense"}, as).code == 1);
    CHECK(has(with({"do", "people.revoke_key", "odd=1"}, as).err, "odd"));

    const outcome asked = with({"ask", "people.keys", "person=treasurer"}, as);
    CHECK_MESSAGE(asked.code == 0, asked.err);
    CHECK(has(asked.out, "id: laptop"));

    const outcome verified = veche_says({"verify", folder});
    CHECK_MESSAGE(verified.code == 0, verified.err);
    CHECK(has(verified.out, "3 entries"));
    CHECK(has(verified.out, "signature is good"));
    CHECK(has(veche_says({"verify", folder, "--json"}).out, "\"signatures\":1"));
}

TEST_CASE_FIXTURE(fixture,
                  "an exported journal verifies, and a changed one names its first bad entry") {
    REQUIRE(init().code == 0);
    const std::string to = (base / "public").string();
    const outcome written = veche_says({"export", folder, to, "--json"});
    REQUIRE_MESSAGE(written.code == 0, written.err);
    const auto at = written.out.find("\"vkey\":\"") + 8;
    const std::string vkey = written.out.substr(at, written.out.find('"', at) - at);
    CHECK(has(veche_says({"verify", to}).out, "was not checked"));
    CHECK(has(veche_says({"verify", to, "--vkey", vkey}).out, "signature is good"));
    write("other.vkey", "test.example/journal+00000000+AQAAAA\n");
    CHECK(veche_says({"verify", to, "--vkey", (base / "other.vkey").string()}).code == 1);

    const fs::path bundle = fs::path(to) / "tile/entries/000.p/1";
    std::string bytes = *read_file(bundle);
    bytes[bytes.size() / 2] ^= 1;
    std::ofstream(bundle, std::ios::binary) << bytes;
    const outcome broken = veche_says({"verify", to});
    CHECK(broken.code == 1);
    CHECK(has(broken.err, "Entry 0"));
    CHECK(has(veche_says({"verify", to, "--json"}).out, "\"seq\":0"));
}

TEST_CASE_FIXTURE(fixture, "what is not there, or in use, is no fault of the journal") {
    CHECK(veche_says({"verify", (base / "nothing").string()}).code == 3);
    CHECK(veche_says({"verify", "http://127.0.0.1:1"}).code == 3);
    CHECK(veche_says({"verify", "https://127.0.0.1"}).code != 0);
    REQUIRE(init().code == 0);
    const auto held = store::open_folder(folder);
    REQUIRE(held);
    const outcome second = veche_says({"verify", folder});
    CHECK(second.code == 3);
    CHECK(has(second.err, "Another program"));
}

TEST_CASE_FIXTURE(fixture, "accounts") {
    CHECK(veche_says({"account", "list", folder}).code == 3);
    REQUIRE(init().code == 0);
    const auto account = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "account");
        return veche_says(std::move(words));
    };
    CHECK(account({"add", folder, "anna", "treasurer", "--password-cost", "fast"}).code == 0);
    CHECK(account({"add", folder, "anna", "treasurer", "--password-cost", "fast"}).code == 1);
    const outcome made =
        account({"add", folder, "boris", "auditor", "--generate", "--password-cost", "fast"});
    CHECK(made.code == 0);
    CHECK(made.out.size() > 30);
    CHECK(account({"disable", folder, "anna"}).code == 0);
    CHECK(account({"list", folder}).out == "anna  treasurer  (disabled)\nboris  auditor\n");
    CHECK(account({"enable", folder, "anna"}).code == 0);
    CHECK(account({"reset", folder, "nobody", "--password-cost", "fast"}).code == 1);
}

TEST_CASE_FIXTURE(fixture, "a tally of a file tells what it missed") {
    const std::string vector =
        R"({"id":"A","kind":"rule","title":"Two of three","rule":{"pass":{"cmp":[)"
        R"({"sel":"yes","w":"count"},">","1/2",{"sel":"participating","w":"count"}]}},)"
        R"("members":[{"id":"a"},{"id":"b"},{"id":"c"}],)"
        R"("ballots":{"a":"yes","b":"yes","c":"no"},"expect":")";
    write("good.json", vector + "adopted\"}");
    write("bad.json", vector + "rejected\"}");
    write("odd.json", "{");
    const outcome good = veche_says({"tally", (base / "good.json").string()});
    CHECK_MESSAGE(good.code == 0, good.err);
    CHECK(has(good.out, "adopted"));
    const outcome bad = veche_says({"tally", (base / "bad.json").string()});
    CHECK(bad.code == 1);
    CHECK(has(bad.out, "MISSED"));
    CHECK(
        has(veche_says({"tally", (base / "bad.json").string(), "--json"}).out, "\"agrees\":false"));
    CHECK(veche_says({"tally", (base / "odd.json").string()}).code == 1);
}

TEST_CASE_FIXTURE(fixture, "a scenario is played once, and stops where it does not go as it says") {
    REQUIRE(init().code == 0);
    write("ok.play",
          "{\"at\":\"0d00:00\",\"as\":\"treasurer\",\"type\":\"people.enroll_key\","
          "\"body\":{\"key\":\"demo\",\"name\":\"x\",\"public_key\":\"@key\"}}\n"
          "{\"at\":\"0d00:00\",\"as\":\"treasurer\",\"type\":\"people.revoke_key\",\"sign\":true,"
          "\"body\":{\"key\":\"other\",\"person\":\"treasurer\"},\"refused\":\"people.key_"
          "unknown\"}\n"
          "{\"at\":\"0d00:00\",\"as\":\"treasurer\",\"type\":\"people.revoke_key\",\"sign\":true,"
          "\"body\":{\"key\":\"demo\",\"person\":\"treasurer\"}}\n");
    const std::string file = (base / "ok.play").string();
    const outcome first = veche_says({"play", folder, file, "--json"});
    CHECK_MESSAGE(first.code == 0, first.err);
    CHECK(first.out == "{\"accepted\":2,\"entries\":3,\"refused\":1}\n");
    CHECK(has(veche_says({"verify", folder}).out, "3 entries"));
    write("bad.play",
          "\n{\"at\":\"0d00:00\",\"as\":\"auditor\",\"type\":\"people.revoke_key\","
          "\"body\":{\"key\":\"none\",\"person\":\"auditor\"}}\n");
    const outcome bad = veche_says({"play", folder, (base / "bad.play").string()});
    CHECK(bad.code == 1);
    CHECK(has(bad.err, "line 2"));
}

TEST_CASE_FIXTURE(fixture,
                  "a scenario of the past founds its union, or says why it cannot be played") {
    write("past.play",
          "{\"at\":\"-30d09:00\",\"as\":\"state-secretary\",\"auth\":\"pc/state-secretary\","
          "\"type\":\"assembly.convene_session\",\"body\":{\"id\":\"s-1\",\"body\":\"com\","
          "\"starts\":\"@-20d10:00\",\"title\":{\"en\":\"A session\"},"
          "\"venue\":{\"en\":\"Minsk\"}}}\n");
    const std::string file = (base / "past.play").string();
    const std::string fresh = (base / "fresh").string();
    const outcome founded = veche_says({"play", fresh, file, "--charter", charter_file});
    CHECK_MESSAGE(founded.code == 0, founded.err);
    CHECK(veche_says({"verify", fresh}).code == 0);
    REQUIRE(init().code == 0);
    const outcome late = veche_says({"play", folder, file});
    CHECK(late.code == 1);
    CHECK(has(late.err, "time does not go back"));
}

TEST_CASE_FIXTURE(fixture, "a served union takes commands, answers views and verifies from afar") {
    REQUIRE(init().code == 0);
    REQUIRE(veche_says({"account", "add", folder, "anna", "treasurer", "--password-cost", "fast"})
                .code == 0);
    serve_options options;
    options.folder = folder;
    options.listen = "127.0.0.1:0";
    options.web = veche::source_dir() + "/web";
    options.cost = api::password_cost::fast;
    options.log_level = "error";
    std::ostringstream out, err;
    std::promise<std::string> listening;
    std::jthread server([&] {
        const int code = serve_folder(
            options, {out, err}, [&](const std::string& address) { listening.set_value(address); });
        CHECK_MESSAGE(code == 0, err.str());
    });
    auto address_known = listening.get_future();
    REQUIRE(address_known.wait_for(std::chrono::seconds(60)) == std::future_status::ready);
    const std::string address = address_known.get();
    const outcome done =
        veche_says({"do", "people.enroll_key", "key=k1", "name=x",
                    "public_key=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "--at", address,
                    "--login", "anna"});
    CHECK_MESSAGE(done.code == 0, done.err);
    CHECK(veche_says({"do", "people.revoke_key", "key=k1", "person=treasurer", "--at", address})
              .code == 1);
    const outcome asked =
        veche_says({"ask", "people.keys", "person=treasurer", "--at", address, "--json"});
    CHECK(has(asked.out, "\"id\":\"k1\""));
    CHECK(has(veche_says({"ask", "people.keys", "--at", address}).err, "json.missing_field"));
    const outcome verified = veche_says({"verify", address});
    CHECK_MESSAGE(verified.code == 0, verified.err);
    CHECK(has(verified.out, "by the key that the server itself names"));
    CHECK(veche_says({"verify", folder}).code == 3);
    std::raise(SIGTERM);
    server.join();
    CHECK(veche_says({"verify", folder}).code == 0);
    CHECK(veche_says({"ask", "people.keys", "person=treasurer", "--at", address}).code == 3);
}

TEST_CASE("addresses to listen on") {
    CHECK(parse_listen("127.0.0.1:80")->host == "127.0.0.1");
    CHECK(parse_listen("[::1]:8080")->host == "::1");
    CHECK(parse_listen("[::1]:8080")->port == 8080);
    for (const char* bad : {"", "127.0.0.1", ":80", "a:", "a:x", "a:99999"})
        CHECK_MESSAGE(!parse_listen(bad), bad);
}

TEST_CASE("a wrong address is told before the union is looked for, whichever it is") {
    for (const char* option : {"--listen", "--metrics"}) {
        const outcome refused = veche_says({"serve", "/no/union/here", option, "nowhere"});
        CHECK(refused.code == 2);
        CHECK(has(refused.err, "nowhere is no address and port"));
    }
}

TEST_CASE("made passwords are long and differ") {
    CHECK(make_password().size() == 29);
    CHECK(make_password() != make_password());
}
