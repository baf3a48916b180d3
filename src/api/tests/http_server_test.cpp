#include "api/http_server.hpp"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include <doctest/doctest.h>

#include "api/tests/raw_client.hpp"

using namespace veche::api;
using veche::api::testing::raw_client;
using veche::api::testing::status_of;
using namespace std::chrono_literals;

namespace {

/// Numbered frames from memory.
class memory_events : public event_source {
  public:
    std::string read(std::uint64_t& cursor) override {
        const std::lock_guard lock(mutex_);
        std::string out;
        for (; cursor < count_; ++cursor)
            out += "id: " + std::to_string(cursor + 1) + "\ndata: x\n\n";
        return out;
    }
    std::uint64_t subscribe(std::function<void()> wake) override {
        const std::lock_guard lock(mutex_);
        wakes_[++tickets_] = std::move(wake);
        return tickets_;
    }
    void unsubscribe(std::uint64_t ticket) override {
        const std::lock_guard lock(mutex_);
        wakes_.erase(ticket);
    }
    void publish() {
        const std::lock_guard lock(mutex_);
        ++count_;
        for (const auto& [ticket, wake] : wakes_) wake();
    }
    std::size_t listeners() {
        const std::lock_guard lock(mutex_);
        return wakes_.size();
    }

  private:
    std::mutex mutex_;
    std::map<std::uint64_t, std::function<void()>> wakes_;
    std::uint64_t tickets_ = 0;
    std::uint64_t count_ = 0;
};

class echo : public http_handler {
  public:
    response handle(const request& req) override {
        response res;
        res.type = "text/plain; charset=utf-8";
        if (req.path == "/throw") throw std::runtime_error("on purpose");
        if (req.path == "/slow") {
            ++slow;
            std::this_thread::sleep_for(300ms);
        }
        if (req.path == "/events") {
            res.events = events;
            if (const auto last = req.header("last-event-id"); !last.empty())
                res.events_after = std::stoull(std::string(last));
            return res;
        }
        if (req.path == "/who")
            res.body =
                req.remote + (req.secure ? " tls" : "") + " " + std::to_string(req.cookies.size());
        else if (req.path == "/large")
            res.body = std::string(3'000'000, 'x');
        else
            res.body = req.method + " " + req.path + " " + std::to_string(req.body.size());
        return res;
    }
    [[nodiscard]] std::size_t body_limit(std::string_view, std::string_view path) const override {
        return path == "/upload" ? 1'000'000 : 65'536;
    }
    [[nodiscard]] bool blocks(const request& req) const override { return req.path == "/slow"; }

    std::atomic<int> slow = 0;
    std::shared_ptr<memory_events> events = std::make_shared<memory_events>();
};

struct running {
    explicit running(const server_settings& settings = {}) : server(quick(settings), handler) {
        thread = std::jthread([this] { server.run(); });
    }
    ~running() { server.stop(); }
    static server_settings quick(server_settings settings) {
        settings.port = 0;
        settings.worker_threads = 4;
        return settings;
    }
    [[nodiscard]] std::uint16_t port() const { return server.port(); }

    echo handler;
    http_server server;
    std::jthread thread;
};

std::string get(std::string_view path) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

std::string post(std::string_view path, std::size_t size) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'b');
}

}  // namespace

TEST_CASE("requests on one connection are answered in order, pipelined ones too") {
    running r;
    raw_client c(r.port());
    c.send(get("/a"));
    CHECK(c.response().ends_with("GET /a 0"));
    c.send(get("/b") + post("/c", 5) + get("/slow") + get("/e"));
    CHECK(c.response().ends_with("GET /b 0"));
    CHECK(c.response().ends_with("POST /c 5"));
    CHECK(c.response().ends_with("GET /slow 0"));
    CHECK(c.response().ends_with("GET /e 0"));
    c.send("HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string head = c.rest();
    CHECK(head.find("Content-Length: 8\r\n") != std::string::npos);
    CHECK(head.ends_with("\r\n\r\n"));
}

TEST_CASE("limits: 413 for a large body, by length and by chunks, 431 for a large head") {
    running r;
    {
        raw_client c(r.port());
        // Most of it is still on its way when the answer comes, and the answer is not lost.
        c.send(post("/a", 600'000));
        CHECK(status_of(c.rest()) == 413);
    }
    {
        raw_client c(r.port());
        c.send("POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 20; ++i) c.send("1000\r\n" + std::string(4096, 'c') + "\r\n");
        CHECK(status_of(c.rest()) == 413);
    }
    {
        raw_client c(r.port());
        c.send(post("/a", 65'536));
        CHECK(status_of(c.response()) == 200);
        c.send(post("/upload", 1'000'000));
        CHECK(c.response().ends_with("POST /upload 1000000"));
        c.send(
            "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        CHECK(c.response().ends_with("POST /a 3"));
    }
    {
        raw_client c(r.port());
        c.send("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(100'000, 'h') + "\r\n\r\n");
        CHECK(status_of(c.rest()) == 431);
    }
}

TEST_CASE("a body is asked for only when it will be taken") {
    running r;
    raw_client c(r.port());
    c.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    REQUIRE(c.wait_for("100 Continue\r\n\r\n"));
    c.send("abc");
    CHECK(c.wait_for("POST /a 3"));
    raw_client d(r.port());
    d.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\nExpect: 100-continue\r\n\r\n");
    CHECK(status_of(d.rest()) == 413);
}

TEST_CASE("malformed requests get 400 and the connection ends") {
    running r;
    const std::string requests[] = {
        "nonsense\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        // What a proxy in front could end elsewhere than this server does.
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n" + get("/b"),
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n" + get("/b"),
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        "GET / HTTP/1.1\r\nHost: x y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nOrigin: http://y\r\n\r\n",
    };
    for (const auto& text : requests) {
        raw_client c(r.port());
        c.send(text);
        CHECK_MESSAGE(status_of(c.rest()) == 400, text);
    }
    for (const auto& text : {"GET /../x HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
                             "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"}) {
        raw_client c(r.port());
        c.send(text);
        CHECK_MESSAGE(status_of(c.response()) == 400, text);
    }
    raw_client still(r.port());
    still.send(get("/"));
    CHECK(status_of(still.response()) == 200);
}

TEST_CASE("a head that comes byte by byte is cut at the deadline") {
    running r({.message_ms = 300});
    raw_client c(r.port());
    const auto began = std::chrono::steady_clock::now();
    const std::string text = get("/" + std::string(200, 'a'));
    for (const char byte : text) {
        if (!c.send(std::string(1, byte))) break;
        std::this_thread::sleep_for(20ms);
        if (std::chrono::steady_clock::now() - began > 3s) break;
    }
    CHECK(c.rest().empty());
    CHECK(std::chrono::steady_clock::now() - began < 2s);
}

TEST_CASE("a body that stalls is cut at the deadline, an idle connection at its own") {
    running r({.message_ms = 200, .idle_ms = 200});
    raw_client c(r.port());
    const auto began = std::chrono::steady_clock::now();
    c.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    CHECK(c.rest().empty());
    raw_client idle(r.port());
    CHECK(idle.rest().empty());
    CHECK(std::chrono::steady_clock::now() - began < 2s);
}

TEST_CASE("a client that does not read is cut") {
    running r({.write_ms = 200});
    raw_client c(r.port());
    c.send(get("/large") + get("/large") + get("/large") + get("/large"));
    // It has to have come before it can be gone.
    for (int i = 0; i < 1000 && r.server.connections() == 0; ++i) std::this_thread::sleep_for(5ms);
    REQUIRE(r.server.connections() == 1);
    for (int i = 0; i < 100 && r.server.connections() > 0; ++i) std::this_thread::sleep_for(50ms);
    CHECK(r.server.connections() == 0);
}

TEST_CASE("connections beyond the cap are refused, and freed ones serve again") {
    running r({.max_per_address = 2});
    {
        raw_client a(r.port());
        raw_client b(r.port());
        a.send(get("/a"));
        CHECK(status_of(a.response()) == 200);
        b.send(get("/b"));
        CHECK(status_of(b.response()) == 200);
        raw_client c(r.port());
        c.send(get("/c"));
        CHECK(c.rest().empty());
    }
    for (int i = 0; i < 100 && r.server.connections() > 0; ++i) std::this_thread::sleep_for(10ms);
    raw_client d(r.port());
    d.send(get("/d"));
    CHECK(status_of(d.response()) == 200);
}

TEST_CASE("a handler that throws gives 500 and serves on") {
    running r;
    raw_client c(r.port());
    c.send(get("/throw") + get("/a"));
    CHECK(status_of(c.response()) == 500);
    CHECK(status_of(c.response()) == 200);
}

TEST_CASE("a blocking handler does not hold up the others") {
    running r;
    raw_client slow(r.port());
    slow.send(get("/slow"));
    while (r.handler.slow == 0) std::this_thread::sleep_for(1ms);
    const auto began = std::chrono::steady_clock::now();
    raw_client quick(r.port());
    quick.send(get("/a"));
    CHECK(status_of(quick.response()) == 200);
    CHECK(std::chrono::steady_clock::now() - began < 150ms);
    CHECK(status_of(slow.response()) == 200);
}

TEST_CASE("40 clients follow a stream, one resumes, and a gone one is forgotten") {
    running r({.loop_threads = 2});
    {
        std::deque<raw_client> clients;
        for (int i = 0; i < 40; ++i) {
            clients.emplace_back(r.port());
            clients.back().send(get("/events"));
            REQUIRE(clients.back().wait_for("retry: 2000"));
        }
        for (int i = 0; i < 3; ++i) r.handler.events->publish();
        for (auto& c : clients) CHECK(c.wait_for("id: 3\n"));
        raw_client late(r.port());
        late.send("GET /events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 2\r\n\r\n");
        CHECK(late.wait_for("id: 3\n"));
        CHECK(late.buffered().find("id: 2\n") == std::string::npos);
        CHECK(late.buffered().find("Content-Type: text/event-stream") != std::string::npos);
    }
    for (int i = 0; i < 200 && r.handler.events->listeners() > 0; ++i)
        std::this_thread::sleep_for(10ms);
    CHECK(r.handler.events->listeners() == 0);
}

TEST_CASE("quiet streams carry a heartbeat") {
    running r({.heartbeat_ms = 50});
    raw_client c(r.port());
    c.send(get("/events"));
    CHECK(c.wait_for(":\n\n"));
}

TEST_CASE("a drain answers what is under way, closes the rest, and ends streams") {
    running r;
    raw_client slow(r.port());
    raw_client idle(r.port());
    raw_client stream(r.port());
    stream.send(get("/events"));
    REQUIRE(stream.wait_for("retry: 2000"));
    slow.send(get("/slow"));
    while (r.handler.slow == 0) std::this_thread::sleep_for(1ms);
    const auto began = std::chrono::steady_clock::now();
    r.server.stop();
    CHECK(idle.rest().empty());
    CHECK(stream.rest().ends_with("0\r\n\r\n"));
    CHECK(std::chrono::steady_clock::now() - began < 2s);
    const std::string answer = slow.rest();
    CHECK(status_of(answer) == 200);
    CHECK(answer.find("Connection: close") != std::string::npos);
    r.thread.join();
    CHECK_FALSE(raw_client(r.port()).connected());
}

TEST_CASE("a drain does not wait for a client that never finishes") {
    running r({.drain_ms = 200});
    raw_client c(r.port());
    c.send("GET / HT");
    std::this_thread::sleep_for(50ms);
    const auto began = std::chrono::steady_clock::now();
    r.server.stop();
    r.thread.join();
    CHECK(std::chrono::steady_clock::now() - began < 2s);
}

TEST_CASE("behind a proxy the client is whom the proxy names last, not whom the client names") {
    running r({.trusted_proxies = {"127.0.0.1"}});
    raw_client c(r.port());
    // A proxy that adds its own line under the client's.
    c.send(
        "GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.1.1.1\r\nX-Forwarded-Proto: https\r\n"
        "X-Forwarded-Proto: http\r\nX-Forwarded-For: 2.2.2.2\r\n\r\n");
    CHECK(c.response().ends_with("\r\n2.2.2.2 0"));
    c.send(
        "GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.1.1.1, 2.2.2.2, 127.0.0.1\r\n"
        "X-Forwarded-Proto: https\r\n\r\n");
    CHECK(c.response().ends_with("\r\n2.2.2.2 tls 0"));
}

TEST_CASE("what comes in trailers counts for nothing") {
    running r({.trusted_proxies = {"127.0.0.1"}});
    raw_client c(r.port());
    c.send(
        "POST /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 2.2.2.2\r\nTransfer-Encoding: "
        "chunked\r\n\r\n1\r\nx\r\n0\r\nX-Forwarded-For: 3.3.3.3\r\nX-Forwarded-Proto: "
        "https\r\nCookie: "
        "a=b\r\n\r\n");
    CHECK(c.response().ends_with("\r\n2.2.2.2 0"));
}
