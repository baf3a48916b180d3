#pragma once
// Asking other servers over http and https: small answers, strict times, no redirects, no cookies,
// nothing kept between calls but the connection. For what the server itself asks of others
// (witnesses); the command line's own client is http_client.hpp.

#include <memory>

#include "api/http.hpp"
#include "kernel/result.hpp"

namespace veche::api {

struct web_limits {
    std::int64_t connect_ms = 3'000;
    std::int64_t whole_ms = 5'000;        ///< the whole exchange
    std::size_t most_bytes = 256 * 1024;  ///< of an answer
};

class web_client {
  public:
    explicit web_client(web_limits limits = {});
    ~web_client();
    web_client(const web_client&) = delete;
    web_client& operator=(const web_client&) = delete;

    /// Any status is an answer; a refusal (api.server_unreachable) means that none came.
    result<response> get(const std::string& address);
    result<response> post(const std::string& address, std::string_view media,
                          std::string_view body);

  private:
    struct inside;
    std::unique_ptr<inside> inside_;
};

}  // namespace veche::api
