#include "api/endpoints.hpp"

#include <doctest/doctest.h>

#include "api/journal_files.hpp"
#include "api/messages.hpp"
#include "api/tests/temporary_folder.hpp"
#include "api/tests/union_at_hand.hpp"
#include "journal/envelope.hpp"
#include "office/admission.hpp"

using namespace veche;
using namespace veche::api;

namespace {

const std::string the_secretary = "state-secretary";

/// The public key of a seed, as enrolment takes it.
std::string public_key_of(char seed) {
    return to_base64(journal::key_from_seed(std::string(32, seed)).public_key);
}

struct endpoints_fixture {
    endpoints_fixture() { REQUIRE(accounts.add("anna", {the_secretary}, "correct horse")); }

    testing::union_at_hand at_hand;
    testing::temporary_folder folder;
    account_store accounts{folder.path / "accounts.sqlite", password_cost::fast};
    std::function<std::int64_t()> now_ms = [this] { return at_hand.clock_ms.load(); };
    door entrance{accounts, {}, now_ms};
    endpoints api{*at_hand.office, entrance, at_hand.entries, "http://test", {}, now_ms};
    journal_files files{at_hand.store, at_hand.publisher};
    std::optional<login_session> session;

    response get(std::string path, pairs query = {}) {
        request req;
        req.method = "GET";
        req.path = std::move(path);
        req.query = std::move(query);
        return *api.handle(req, session);
    }
    response post(std::string path, std::string body, std::string type = "application/json") {
        request req;
        req.method = "POST";
        req.path = std::move(path);
        req.body = std::move(body);
        req.headers = {{"content-type", std::move(type)}};
        return *api.handle(req, session);
    }
    response journal(std::string path) {
        request req;
        req.method = "GET";
        req.path = std::move(path);
        return *files.handle(req);
    }
    void log_in() { session = login_session{"anna", {the_secretary}, "csrf"}; }
    static std::string code_of(const response& res) {
        const auto problem = from_json<problem_details>(std::string_view(res.body));
        return problem ? problem->code : "";
    }
    std::string enrolment(const std::string& key, char seed, const std::string& more = "") {
        return R"({"body":{"key":")" + key + R"(","name":"laptop","public_key":")" +
               public_key_of(seed) + "\"}" + more + "}";
    }
};

constexpr const char* enroll = "/api/do/people.enroll_key";

/// The value of an example, cut out of the document by what stands before it.
std::string example_in(const std::string& document, const std::string& before) {
    const std::size_t at = document.find(before);
    if (at == std::string::npos) return {};
    std::size_t end = at + before.size();
    for (int depth = 0; end < document.size(); ++end) {
        depth += document[end] == '{' ? 1 : document[end] == '}' ? -1 : 0;
        if (depth == 0) break;
    }
    return document.substr(at + before.size(), end + 1 - at - before.size());
}

}  // namespace

TEST_CASE_FIXTURE(endpoints_fixture,
                  "a command of someone who is logged in is done and answered with its number") {
    CHECK(code_of(post(enroll, enrolment("k1", '1'))) == "api.login_needed");
    log_in();
    const std::string session_asked =
        R"({"auth":"pc/state-secretary","body":{"body":"com","id":"com/1","starts":)"
        R"("2026-12-01T09:00:00.000Z","title":{"en":"First"}},"idem":"i1"})";
    const response res = post("/api/do/assembly.convene_session", session_asked);
    CHECK_MESSAGE(res.status == 200, res.body);
    CHECK(res.body == R"({"entries":1,"repeated":false,"seq":1})");
    CHECK(post("/api/do/assembly.convene_session", session_asked).body ==
          R"({"entries":0,"repeated":true,"seq":1})");
    CHECK(post(enroll, enrolment("k1", '1')).status == 200);
    // Whom no office is named for acts as themself.
    const auto entry = at_hand.store.entry(2);
    REQUIRE(entry);
    CHECK(entry->find("\"actor\":\"state-secretary\",\"auth\":\"state-secretary\"") !=
          std::string::npos);
}

TEST_CASE_FIXTURE(endpoints_fixture, "a signed command needs no login, and only its own address") {
    log_in();
    REQUIRE(post(enroll, enrolment("k1", '1')).status == 200);
    session.reset();
    const std::string line = journal::compose_act_line(
        the_secretary, the_secretary,
        R"({"key":"k2","name":"phone","public_key":")" + public_key_of('2') + "\"}", "i2",
        "test.example/journal", "people.enroll_key", 1);
    const auto body_with = [&](char seed) {
        const std::string name =
            office::note_key_name("test.example/journal", {the_secretary}, "k1");
        return to_json(
            signed_request{line,
                           {journal::signature_line(
                               name, journal::key_from_seed(std::string(32, seed)), line + "\n")}});
    };
    CHECK(post(enroll, body_with('2')).status == 403);
    CHECK(code_of(post("/api/do/people.revoke_key", body_with('1'))) == "api.type_differs");
    const response res = post(enroll, body_with('1'));
    CHECK_MESSAGE(res.status == 200, res.body);
    log_in();
    // Whoever has a key must sign, logged in or not.
    CHECK(post("/api/do/people.revoke_key", R"({"body":{"key":"k1","person":"state-secretary"}})")
              .status == 403);
}

TEST_CASE_FIXTURE(endpoints_fixture, "what is wrong with a command is said as a problem") {
    log_in();
    CHECK(code_of(post("/api/do/people.nothing", "{}")) == "api.command_unknown");
    CHECK(code_of(post("/api/do/assembly.vote_decided", "{}")) == "api.command_unknown");
    CHECK(code_of(post(enroll, "{}", "text/plain")) == "api.media_not_accepted");
    CHECK(code_of(post(enroll, "{")) == "json.not_json");
    CHECK(code_of(post(enroll, "{}")) == "json.missing_field");
    CHECK(code_of(post(enroll, R"({"body":{"key":"k"}})")) == "json.missing_field");
    CHECK(post("/api/do/people.revoke_key", R"({"body":{"key":"none","person":"state-secretary"}})")
              .status >= 400);
    CHECK(get(enroll).status == 405);
    const response stale =
        post(enroll, enrolment("k1", '1', R"(,"basis":[{"stream":"key/k1","ver":7}])"));
    CHECK(stale.status == 409);
    CHECK(code_of(stale) == "office.basis_changed");
}

TEST_CASE_FIXTURE(endpoints_fixture, "a view answers by the fields of its query") {
    const response res = get("/api/ask/people.keys", {{"person", the_secretary}});
    CHECK(res.status == 200);
    CHECK(res.body == R"({"person":"state-secretary"})");
    CHECK_FALSE(res.etag.empty());
    CHECK(get("/api/ask/people.keys").status == 400);
    CHECK(get("/api/ask/people.keys", {{"person", the_secretary}, {"odd", "1"}}).status == 400);
    CHECK(code_of(get("/api/ask/people.nothing")) == "api.view_unknown");
    CHECK(get("/api/ask/charter.union").status == 200);
    const auto health = from_json<health_answer>(std::string_view(get("/health").body));
    REQUIRE(health);
    CHECK(health->entries == 1);
    CHECK(health->origin == "test.example/journal");
    CHECK(health->status == "ok");
    CHECK(get("/api/nothing").status == 404);
}

TEST_CASE_FIXTURE(endpoints_fixture, "logging in over the API") {
    CHECK(code_of(post("/api/login", R"({"login":"anna","password":"wrong horse"})")) ==
          "api.login_wrong");
    const response res = post("/api/login", R"({"login":"anna","password":"correct horse"})");
    REQUIRE(res.status == 200);
    const auto answer = from_json<login_answer>(std::string_view(res.body));
    REQUIRE(answer);
    CHECK(answer->person.value == the_secretary);
    request next;
    const std::string cookie = *find_value(res.headers, "Set-Cookie");
    next.cookies = {{"veche", cookie.substr(6, 64)}};
    const auto who = entrance.who(next);
    REQUIRE(who);
    CHECK(who->csrf == answer->csrf);
    CHECK(get("/api/me").status == 401);
    session = who;
    CHECK(get("/api/me").status == 200);
}

TEST_CASE_FIXTURE(endpoints_fixture,
                  "acting and reading too fast is refused with the time to wait") {
    endpoints strict{
        *at_hand.office, entrance, at_hand.entries, "", {.acts = {2, 1}, .reads = {3, 1}}, now_ms};
    const auto status = [&](std::string method, std::string path) {
        request req;
        req.method = std::move(method);
        req.path = std::move(path);
        return strict.handle(req, session)->status;
    };
    log_in();
    CHECK(status("POST", enroll) == 415);
    CHECK(status("POST", enroll) == 415);
    CHECK(status("POST", enroll) == 429);
    for (int i = 0; i < 3; ++i) CHECK(status("GET", "/api/ask/charter.union") == 200);
    CHECK(status("GET", "/api/ask/charter.union") == 429);
    at_hand.clock_ms += 1000;
    CHECK(status("GET", "/api/ask/charter.union") == 200);
    CHECK(status("POST", enroll) == 415);
}

TEST_CASE_FIXTURE(endpoints_fixture, "the stream tells each entry once, old ones from the store") {
    log_in();
    request req;
    req.method = "GET";
    req.path = "/api/stream";
    const auto live = api.handle(req, session);
    const auto stream = live->events;
    REQUIRE(stream);
    CHECK(live->events_after == 1);
    req.headers = {{"last-event-id", "0"}};
    CHECK(api.handle(req, session)->events_after == 1);
    req.headers = {{"last-event-id", "x"}};
    CHECK(api.handle(req, session)->status == 400);
    std::uint64_t cursor = 0;
    CHECK(stream->read(cursor).find("\"type\":\"charter.found\"") != std::string::npos);
    CHECK(cursor == 1);
    CHECK(stream->read(cursor).empty());
    std::atomic<int> woken = 0;
    const auto ticket = stream->subscribe([&] { ++woken; });
    REQUIRE(post(enroll, enrolment("k1", '1')).status == 200);
    for (int i = 0; i < 1000 && woken == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    CHECK(woken == 1);
    const std::string frame = stream->read(cursor);
    CHECK(frame.starts_with("id: 1\nevent: entry\ndata: {\"at\":\"2026-"));
    CHECK(frame.ends_with("\"seq\":1,\"type\":\"people.enroll_key\"}\n\n"));
    CHECK(stream->read(cursor).empty());
    std::uint64_t again = 0;
    std::string all;
    for (std::string part = stream->read(again); !part.empty(); part = stream->read(again))
        all += part;
    CHECK(all.find("id: 0\n") != std::string::npos);
    CHECK(all.find(frame) != std::string::npos);
    stream->unsubscribe(ticket);
}

TEST_CASE_FIXTURE(endpoints_fixture, "the journal's files and proofs") {
    const response checkpoint = journal("/journal/checkpoint");
    CHECK(checkpoint.status == 200);
    CHECK(checkpoint.body.starts_with("test.example/journal\n1\n"));
    CHECK(*find_value(checkpoint.headers, "Access-Control-Allow-Origin") == "*");
    CHECK(journal("/journal/tile/0/000.p/1").status == 200);
    CHECK(journal("/journal/tile/0/000.p/2").status == 404);
    CHECK(journal("/journal/vkey").body == at_hand.publisher.vkey() + "\n");
    const response proof = journal("/journal/proof/0");
    REQUIRE(proof.status == 200);
    const auto read = from_json<proof_answer>(std::string_view(proof.body));
    REQUIRE(read);
    CHECK(read->checkpoint == checkpoint.body);
    CHECK(read->entry == *at_hand.store.entry(0));
    CHECK(read->path.empty());
    CHECK(journal("/journal/proof/0.tlog-proof").body.starts_with("c2sp.org/tlog-proof@v1"));
    for (const char* bad : {"/journal/proof/1", "/journal/proof/x", "/journal/proof/",
                            "/journal/proof/-1", "/journal/", "/journal/log.key"})
        CHECK_MESSAGE(journal(bad).status == 404, bad);
    CHECK(files.prove(0)->size == 1);
    CHECK_FALSE(files.prove(1));
    CHECK(files.entries(0, 10).size() == 1);
    CHECK(files.entries(5, 10).empty());
}

TEST_CASE_FIXTURE(endpoints_fixture,
                  "OpenAPI has a path for each command and each view, and is sound JSON") {
    const response res = get("/api/openapi.json");
    REQUIRE(res.status == 200);
    CHECK_MESSAGE(json::canonicalize_rfc8785(res.body).has_value(),
                  "no duplicate keys, no bad texts");
    for (const auto& route : office::routes())
        CHECK((res.body.find("\"/api/do/" + std::string(route.wire.type) + "\"") !=
               std::string::npos) == route.command);
    for (const auto& view : office::views())
        CHECK(res.body.find("\"/api/ask/" + std::string(view.wire.type) + "\"") !=
              std::string::npos);
}

TEST_CASE_FIXTURE(endpoints_fixture, "the examples of OpenAPI run: commands and views") {
    CHECK(get("/api/openapi.json").body.find("\"entry_") == std::string::npos);
    log_in();
    const std::string idem = R"(,"idem":"01890a5d-ac96-774b-bcce-b302099a8057")";
    REQUIRE(post(enroll, enrolment("k1", '1', idem)).status == 200);
    CHECK_MESSAGE(get("/api/openapi.json").body.find("\"entry_") == std::string::npos,
                  "made anew once a minute at most");
    at_hand.clock_ms += 60'000;
    const std::string document = get("/api/openapi.json").body;
    CHECK(json::canonicalize_rfc8785(document).has_value());
    const std::string command = example_in(document, "changes nothing.\",\"value\":");
    REQUIRE(command.starts_with("{\"body\":{"));
    const response again = post(enroll, command);
    REQUIRE(again.status == 200);
    const auto receipt = from_json<receipt_answer>(std::string_view(again.body));
    CHECK(receipt->repeated);
    CHECK(receipt->seq == 1);
    CHECK_MESSAGE(document.find("\"example\":\"" + the_secretary + "\"") != std::string::npos,
                  "the person who acted is one whose keys can be asked for");
}
