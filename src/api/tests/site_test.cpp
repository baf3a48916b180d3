#include "api/site.hpp"

#include <doctest/doctest.h>

#include "api/tests/site_at_hand.hpp"
#include "assembly/election_views.hpp"
#include "kernel/hash.hpp"
#include "source_dir.hpp"

using namespace veche;
using namespace veche::api;

using veche::api::testing::header_of;
using site_fixture = veche::api::testing::site_at_hand;

TEST_CASE_FIXTURE(site_fixture, "every answer tells the browser to trust our own files only") {
    for (const char* path :
         {"/en/", "/nothing", "/api/ask/charter.union", "/journal/checkpoint", "/health"}) {
        const response res = ask("GET", path);
        const std::string policy = header_of(res, "Content-Security-Policy");
        CHECK(policy.starts_with("default-src 'none'; script-src 'self';"));
        CHECK(policy.find("unsafe") == std::string::npos);
        CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
        CHECK(header_of(res, "X-Content-Type-Options") == "nosniff");
        CHECK(header_of(res, "Referrer-Policy") == "same-origin");
    }
    CHECK(header_of(ask("GET", "/en/"), "Strict-Transport-Security").empty());
}

TEST_CASE_FIXTURE(site_fixture, "what a person sees is kept by no cache") {
    CHECK(header_of(ask("GET", "/en/"), "Cache-Control") == "no-cache");
    log_in();
    CHECK(header_of(ask("GET", "/en/"), "Cache-Control") == "private, no-store");
    CHECK(header_of(ask("GET", "/api/me"), "Cache-Control") == "private, no-store");
}

TEST_CASE_FIXTURE(site_fixture,
                  "public pages read without an account, unknown ones say so to each in kind") {
    CHECK(ask("GET", "/en/").status == 200);
    CHECK(ask("GET", "/").status == 302);
    const response program = ask("GET", "/nothing");
    CHECK(program.status == 404);
    CHECK(program.type == "application/problem+json");
    const response person = ask("GET", "/nothing", "", {{"accept", "text/html,*/*"}});
    CHECK(person.status == 404);
    CHECK(person.type.starts_with("text/html"));
    CHECK(person.body.find("<h1>") != std::string::npos);
}

TEST_CASE_FIXTURE(site_fixture, "another site cannot act in a reader's name") {
    log_in();
    const std::string body = R"({"body":{"key":"k1","name":"x","public_key":")" +
                             to_base64(journal::key_from_seed(std::string(32, '1')).public_key) +
                             "\"}}";
    const pairs json = {{"content-type", "application/json"}};
    const auto with = [&](std::string name, std::string value) {
        pairs all = json;
        all.emplace_back(std::move(name), std::move(value));
        return ask("POST", "/api/do/people.enroll_key", body, all).status;
    };
    CHECK(with("origin", "https://evil.example") == 403);
    CHECK(with("sec-fetch-site", "cross-site") == 403);
    CHECK(ask("POST", "/en/login", "", {{"origin", "https://evil.example"}}).status == 403);
    CHECK(at_hand.office->durable_size() == 1);
    CHECK(with("origin", "http://test") == 200);
}

TEST_CASE_FIXTURE(site_fixture, "the type of a problem is an address that explains it") {
    const response moved =
        ask("GET", "/problems/api.login_needed", "", {{"accept-language", "ru"}});
    CHECK(moved.status == 302);
    CHECK(header_of(moved, "Location") == "/ru/problems/api.login_needed");
    const response page = ask("GET", "/en/problems/api.login_needed");
    CHECK(page.status == 200);
    CHECK(page.body.find("api.login_needed") != std::string::npos);
    CHECK(ask("GET", "/en/problems/no.such_code").status == 404);
}

TEST_CASE_FIXTURE(site_fixture, "a stream follows the journal or one vote, which must exist") {
    CHECK(ask("GET", "/api/stream").events != nullptr);
    request req;
    req.method = "GET";
    req.path = "/api/stream";
    req.query = {{"vote", "no-such-vote"}};
    req.remote = "192.0.2.1";
    CHECK(whole.handle(req).status == 404);
}

TEST_CASE_FIXTURE(site_fixture, "an upload's media type is kept without its parameters") {
    log_in();
    const response text =
        ask("POST", "/api/papers", "words", {{"content-type", "Text/Plain ; charset=utf-8"}});
    CHECK(from_json<paper_answer>(std::string_view(text.body)).value().media == "text/plain");
}

TEST_CASE_FIXTURE(site_fixture, "papers are kept by their hash and served as what they are") {
    const std::string pdf = "%PDF-1.7 not much";
    const pairs as_pdf = {{"content-type", "application/pdf"}};
    CHECK(ask("POST", "/api/papers", pdf, as_pdf).status == 401);
    log_in();
    const response kept = ask("POST", "/api/papers", pdf, as_pdf);
    REQUIRE_MESSAGE(kept.status == 200, kept.body);
    const auto answer = from_json<paper_answer>(std::string_view(kept.body));
    REQUIRE(answer);
    CHECK(answer->sha256 == to_hex(sha256(pdf)));
    CHECK(answer->size == static_cast<std::int64_t>(pdf.size()));
    cookies.clear();
    const response got = ask("GET", "/api/papers/" + answer->sha256);
    CHECK(got.status == 200);
    CHECK(got.body == pdf);
    CHECK(got.type == "application/pdf");
    CHECK(header_of(got, "Content-Disposition").starts_with("inline"));
    log_in();
    CHECK(ask("POST", "/api/papers", "<script>", {{"content-type", "text/html"}}).status == 415);
    CHECK(ask("POST", "/api/papers", "<svg>", {{"content-type", "image/svg+xml"}}).status == 415);
    CHECK(ask("POST", "/api/papers", "x").status == 415);
    const response other = ask("POST", "/api/papers", std::string("\xff\x00\x01", 3),
                               {{"content-type", "application/zip"}});
    const auto zip = from_json<paper_answer>(std::string_view(other.body));
    REQUIRE(zip);
    const response download = ask("GET", "/api/papers/" + zip->sha256);
    CHECK(download.type == "application/octet-stream");
    CHECK(header_of(download, "Content-Disposition").starts_with("attachment"));
    CHECK(ask("GET", "/api/papers/" + std::string(64, '0')).status == 404);
    CHECK(ask("GET", "/api/papers/..%2f..").status == 404);
    CHECK(ask("GET", "/api/papers/" + std::string(64, 'G')).status == 404);
}

TEST_CASE_FIXTURE(site_fixture,
                  "only uploads may be large, and only quick answers run on the loop") {
    CHECK(whole.body_limit("POST", "/api/papers") == papers::largest_bytes);
    CHECK(whole.body_limit("GET", "/api/papers") == 64 * 1024);
    CHECK(whole.body_limit("POST", "/api/do/assembly.add_paper") == 64 * 1024);
    request req;
    const auto blocks = [&](const char* path) {
        req.path = path;
        return whole.blocks(req);
    };
    CHECK(blocks("/en/"));
    CHECK(blocks("/api/do/x"));
    CHECK_FALSE(blocks("/assets/style.css"));
    CHECK_FALSE(blocks("/health"));
    CHECK_FALSE(blocks("/api/stream"));
}

TEST_CASE_FIXTURE(site_fixture, "forms sent too fast are refused") {
    log_in();
    int limited = 0;
    for (int i = 0; i < 8; ++i)
        if (ask("POST", "/en/logout").status == 429) ++limited;
    CHECK(limited == 3);
}

namespace {

/// An open election of the Parliamentary Assembly between two deputies.
void open_election(testing::union_at_hand& at_hand, const std::string& how) {
    int idem = 0;
    const auto must = [&](std::string_view type, const std::string& body, std::string person,
                          std::string_view auth) {
        const auto canonical = json::canonicalize(body);
        REQUIRE(canonical.has_value());
        at_hand.clock_ms += 1000;
        const auto done = at_hand.office->submit_unsigned(type, *canonical, {std::move(person)},
                                                          auth, "e-" + std::to_string(++idem));
        REQUIRE_MESSAGE(done.has_value(), type << ": " << done.error().sentence());
    };
    const std::string secretary = "state-secretary", chair = "pa-ru-1";
    must("assembly.convene_session",
         R"({"id":"s","body":"pa","title":{"en":"S"},"starts":"2027-01-01T10:00:00.000Z"})",
         secretary, "pc/state-secretary");
    must("assembly.add_item", R"({"session":"s","item":"i","kind":"decision","title":{"en":"I"}})",
         secretary, "pc/state-secretary");
    must("assembly.open_session", R"({"session":"s"})", chair, "pa/chair");
    must("assembly.call_election",
         R"({"election":"e","session":"s","item":"i","title":{"en":"Chair"},"posts":1,)"
         R"("office":"pa/budget-chair","how":")" +
             how + "\"}",
         chair, "pa/chair");
    for (const std::string n : {"3", "4"})
        must("assembly.nominate_candidate", R"({"election":"e","candidate":"pa-by-)" + n + "\"}",
             "pa-by-" + n, "pa/by-" + n);
    must("assembly.open_election",
         R"({"election":"e","lot_commitment":")" + to_hex(sha256(std::string(64, '1'))) + "\"}",
         chair, "pa/chair");
}

/// What the seat of the reader has said in the election.
assembly::own_election_seat said_in(testing::union_at_hand& at_hand, const std::string& person) {
    const auto answer =
        at_hand.office->ask("assembly.election", R"({"id":"e"})", {{person}, {at_hand.clock_ms}});
    REQUIRE(answer.has_value());
    const auto& own = answer->as<assembly::election_view>().own;
    REQUIRE(own.size() == 1);
    return own[0];
}

/// Fills in the ballot on the election's page without script; the answer's status.
int cast_on_page(site_fixture& f, const std::string& choices) {
    REQUIRE(f.accounts.add("deputy", {"pa-by-5"}, "correct horse"));
    f.cookies = {{"veche", f.accounts.open_session("deputy", f.now_ms())}};
    const response page = f.ask("GET", "/en/elections/e");
    REQUIRE(page.status == 200);
    const std::string mark = R"(name="csrf" value=")";
    const auto from = page.body.find(mark);
    REQUIRE(from != std::string::npos);
    const auto begin = from + mark.size();
    const std::string csrf = page.body.substr(begin, page.body.find('"', begin) - begin);
    return f
        .ask("POST", "/en/do/assembly.cast_election_ballot",
             "csrf=" + csrf + "&_idem=" + std::string(36, '7') +
                 "&_auth=pa%2Fby-5&_back=elections%2Fe&election=e&seat=pa%2Fby-5&" + choices,
             {{"content-type", "application/x-www-form-urlencoded"}})
        .status;
}

}  // namespace

TEST_CASE_FIXTURE(site_fixture,
                  "a ballot that says yes and no of candidates is cast without script") {
    open_election(at_hand, "yes_no");
    CHECK(cast_on_page(*this, "_say.pa-by-3=against&_say.pa-by-4=marks") == 303);
    const auto said = said_in(at_hand, "pa-by-5");
    CHECK(said.marks == std::vector<person_id>{{"pa-by-4"}});
    CHECK(said.against == std::vector<person_id>{{"pa-by-3"}});
}

TEST_CASE_FIXTURE(site_fixture,
                  "a ranking is cast by numbered choices, those left empty left out") {
    open_election(at_hand, "stv");
    CHECK(cast_on_page(*this, "marks=pa-by-4&marks=&marks=pa-by-3") == 303);
    CHECK(said_in(at_hand, "pa-by-5").marks == std::vector<person_id>{{"pa-by-4"}, {"pa-by-3"}});
    CHECK(ask("GET", "/en/elections").status == 200);
    CHECK(ask("GET", "/en/minutes/s").body.find("Chair") != std::string::npos);
    CHECK(ask("GET", "/en/decisions/election/e").status == 303);
}

TEST_CASE_FIXTURE(site_fixture,
                  "who changes the language before a login goes on in that language") {
    request req;
    req.method = "GET";
    req.path = "/en/login";
    req.query = {{"back", "/en/follows"}};
    req.remote = "192.0.2.1";
    req.headers = headers;
    const std::string page = whole.handle(req).body;
    CHECK(page.find("/ru/login?back=%2Fru%2Ffollows") != std::string::npos);
    CHECK(page.find("/ru/login?back=%2Fen%2Ffollows") == std::string::npos);
}

TEST_CASE_FIXTURE(site_fixture, "the hash of every script is published beside the scripts") {
    const response list = ask("GET", "/assets/scripts.sha256");
    REQUIRE(list.status == 200);
    CHECK(list.type.starts_with("text/plain"));
    for (const char* name : {"veche.js", "keys.js", "passkey.js", "ristretto.js", "ballot.js",
                             "opening.js", "secret.js", "secrets.js", "voter.js"}) {
        const response script = ask("GET", std::string("/assets/") + name);
        REQUIRE(script.status == 200);
        CHECK(list.body.find(to_hex(sha256(script.body)) + "  " + name + "\n") !=
              std::string::npos);
    }
}

TEST_CASE_FIXTURE(site_fixture, "the page of a voter's secrets is for whoever is signed in") {
    const response stranger = ask("GET", "/en/voter");
    CHECK(header_of(stranger, "Location").starts_with("/en/login?back="));
    log_in();
    const response own = ask("GET", "/en/voter");
    CHECK(own.status == 200);
    CHECK(header_of(own, "Cache-Control") == "private, no-store");
    // The State Secretary holds no seat in a body that votes in secret.
    CHECK(own.body.find("data-voter") == std::string::npos);
}
