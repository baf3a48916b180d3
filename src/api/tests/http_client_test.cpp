#include "api/http_client.hpp"

#include <thread>

#include <doctest/doctest.h>

#include "api/http_server.hpp"
#include "api/refusal.hpp"
#include "api/uuid.hpp"

using namespace veche::api;

namespace {

class mirror : public http_handler {
  public:
    response handle(const request& req) override {
        response res;
        res.type = "text/plain";
        res.status = req.path == "/missing" ? 404 : 200;
        res.body = req.method + " " + req.path + " " + std::string(req.header("content-type")) +
                   " " + std::string(req.header("x-test")) + " " + req.body;
        if (req.path == "/large") res.body = std::string(100'000, 'x');
        return res;
    }
    [[nodiscard]] std::size_t body_limit(std::string_view, std::string_view) const override {
        return 1000;
    }
    [[nodiscard]] bool blocks(const request&) const override { return false; }
};

}  // namespace

TEST_CASE("addresses of servers") {
    CHECK(parse_url("http://localhost:8080") == url{"localhost", "8080", ""});
    CHECK(parse_url("http://a.example/veche/") == url{"a.example", "80", "/veche"});
    CHECK(parse_url("http://[::1]:81") == url{"::1", "81", ""});
    for (const char* bad : {"https://a", "localhost:80", "http://", "http://a:0", "http://a:99999",
                            "http://u@a", "http://a/b?c", "http://a b"})
        CHECK_MESSAGE(!parse_url(bad), bad);
}

TEST_CASE("a client keeps its connection, survives its loss, and gives limits their due") {
    mirror handler;
    http_server server({.port = 0, .idle_ms = 50}, handler);
    std::jthread thread([&] { server.run(); });
    const auto place = parse_url("http://127.0.0.1:" + std::to_string(server.port()));
    {
        http_client client(*place);
        client.headers = {{"X-Test", "yes"}};
        CHECK(client.get("/a")->body == "GET /a  yes ");
        CHECK(client.post("/b", "text/x", "body")->body == "POST /b text/x yes body");
        CHECK(server.connections() == 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        CHECK(client.get("/missing")->status == 404);
        CHECK(client.post("/b", "text/x", std::string(2000, 'x'))->status == 413);
        CHECK(client.get("/large")->body.size() == 100'000);
        http_client small(*place, {.most_bytes = 1000});
        CHECK(small.get("/large").error().kind == &refusals::answer_malformed);
    }
    server.stop();
    thread.join();
    http_client late(*place);
    CHECK(late.get("/").error().kind == &refusals::server_unreachable);
}

TEST_CASE("time-ordered keys have their form and their order") {
    const std::string a = make_uuid7(1'700'000'000'000);
    const std::string b = make_uuid7(1'700'000'000'001);
    CHECK(a.size() == 36);
    CHECK(a.substr(0, 13) == "018bcfe5-6800");
    CHECK(a[8] == '-');
    CHECK(a[14] == '7');
    CHECK(std::string("89ab").find(a[19]) != std::string::npos);
    CHECK(a < b);
    CHECK(make_uuid7(1'700'000'000'000) != a);
}
