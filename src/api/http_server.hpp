#pragma once
// The HTTP server: HTTP/1.1 and server-sent events over plain TCP; TLS is a reverse proxy's
// business. Limits are explicit, and a client that exceeds one is answered where that is possible
// and cut otherwise. Nothing of the networking library shows here.

#include <memory>

#include "api/http.hpp"

namespace veche::api {

struct server_settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;     ///< 0 takes any free port
    unsigned loop_threads = 1;     ///< threads that read and write sockets
    unsigned worker_threads = 32;  ///< threads for handlers that block; idle ones cost little
    std::size_t header_bytes = 8192;
    std::size_t max_connections = 10'000;
    std::size_t max_per_address = 256;
    std::size_t max_streams = 5000;   ///< open event streams, out of the connections
    std::int64_t message_ms = 5000;   ///< first byte to last byte of a request up to small_body
    std::int64_t upload_ms = 60'000;  ///< the same for requests that may be larger
    std::size_t small_body = 64 * 1024;
    std::int64_t idle_ms = 30'000;       ///< between requests
    std::int64_t write_ms = 15'000;      ///< a client that takes no byte for so long is cut
    std::int64_t answer_ms = 300'000;    ///< a whole answer
    std::int64_t heartbeat_ms = 15'000;  ///< a comment on quiet event streams
    std::int64_t drain_ms = 10'000;      ///< from stop() to closing what is still open
    /// Told of every answer: method, decoded path, status, microseconds.
    std::function<void(std::string_view, std::string_view, int, std::int64_t)> on_answer = {};
    std::vector<std::string> trusted_proxies = {};  ///< addresses whose X-Forwarded-* headers count
};

class http_server {
  public:
    /// Binds and listens; throws std::runtime_error with a sentence for a person where that fails.
    /// The handler must outlive the server and be thread-safe.
    http_server(server_settings, http_handler&);
    ~http_server();
    http_server(const http_server&) = delete;
    http_server& operator=(const http_server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Serves until stop() and the drain that follows it: no new connections, idle ones closed,
    /// requests under way answered, streams ended.
    void run();
    /// From any thread.
    void stop();
    /// Makes SIGTERM and SIGINT call stop().
    void stop_on_signals();
    /// Connections open now.
    [[nodiscard]] std::size_t connections() const;
    /// Event streams open now.
    [[nodiscard]] std::size_t streams() const;

    struct core;  ///< what connections share; known to session.cpp alone

  private:
    std::unique_ptr<core> core_;
};

}  // namespace veche::api
