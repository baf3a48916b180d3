#pragma once
// A small HTTP/1.1 client for the command line: plain http, one connection kept open, blocking.

#include <optional>

#include "api/http.hpp"
#include "kernel/result.hpp"

namespace veche::api {

struct url {
    std::string host;
    std::string port;
    std::string path;  ///< prefix of every address asked, without a slash at the end
    bool operator==(const url&) const = default;
};

/// "http://host[:port][/path]", nothing for anything else.
std::optional<url> parse_url(std::string_view text);

struct client_settings {
    std::int64_t timeout_ms = 30'000;           ///< without a byte
    std::size_t most_bytes = 64 * 1024 * 1024;  ///< of one answer
};

class http_client {
  public:
    explicit http_client(url server, client_settings settings = {});
    ~http_client();
    http_client(const http_client&) = delete;
    http_client& operator=(const http_client&) = delete;

    /// `path` begins with '/' and is sent as it is: encode it first. Any status is an answer; a
    /// refusal means that no answer came.
    result<response> get(std::string_view path);
    result<response> post(std::string_view path, std::string_view media, std::string_view body);

    /// Sent with every request from now on.
    pairs headers;

  private:
    struct reader;
    result<response> exchange(std::string_view head, std::string_view body);
    result<void> connect();
    bool send_all(std::string_view bytes);
    std::string head_of(std::string_view method, std::string_view path) const;
    void close();

    const url server_;
    const client_settings settings_;
    int fd_ = -1;
};

}  // namespace veche::api
