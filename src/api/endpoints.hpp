#pragma once
// The API: do, ask, stream, logins, health. Every command and view is reached through the office's
// one list; nothing here knows any of them by name.

#include <memory>

#include "api/door.hpp"
#include "api/entry_stream.hpp"
#include "api/messages.hpp"
#include "api/openapi.hpp"
#include "api/vote_stream.hpp"
#include "office/office.hpp"

namespace veche::api {

struct endpoint_limits {
    rate acts{.burst = 60, .per_second = 10};      ///< commands, by person or by network
    rate reads{.burst = 1000, .per_second = 500};  ///< views and pages, by network
};

class endpoints {
  public:
    /// All arguments must outlive the endpoints.
    endpoints(office::office&, door&, entry_reader, std::string public_url, endpoint_limits,
              std::function<std::int64_t()> now_ms);

    /// Answers /api/... and /health; nothing for other addresses.
    std::optional<response> handle(const request&, const std::optional<login_session>&);

    /// A refusal if the client reads or acts too fast.
    result<void> admit_read(const request&);
    result<void> admit_act(const request&, const std::optional<login_session>&);

  private:
    result<response> act(std::string_view type, const request&,
                         const std::optional<login_session>&);
    result<office::receipt> act_signed(std::string_view type, const json::node&,
                                       const std::optional<login_session>&);
    result<office::receipt> act_unsigned(std::string_view type, const json::node&,
                                         const login_session&);
    result<response> ask(std::string_view view, const request&,
                         const std::optional<login_session>&);
    result<response> login(const request&);
    result<response> stream(const request&);
    response health() const;
    result<response> route(std::string_view path, const request&,
                           const std::optional<login_session>&);

    office::office& office_;
    door& door_;
    std::shared_ptr<entry_stream> stream_;
    vote_streams votes_;
    const std::function<std::int64_t()> now_ms_;
    rate_limiter acts_;
    rate_limiter reads_;
    described_api description_;
};

/// A described value as an application/json response.
response json_response(const type_info& type, const void* value);
template <class T>
response json_response(const T& value) {
    return json_response(describe<T>(), &value);
}

}  // namespace veche::api
