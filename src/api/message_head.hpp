#pragma once
// The head of an HTTP message as the server's parser found it, and the request that it makes. Pure,
// so that it can be tested and fuzzed without a socket.
//
// A proxy in front and this server must agree where each message ends: where they could differ,
// somebody's request would begin inside another's (request smuggling). So there is one way to say
// how long a body is; every other is refused and the connection ends.

#include "api/http.hpp"
#include "kernel/result.hpp"

namespace veche::api {

struct message_head {
    std::string method;
    std::string target;
    unsigned version = 11;  ///< 10 or 11
    pairs fields;           ///< in their order, names as they were written
};

/// The request without its body. Refuses with api.request_malformed: a length that is said twice or
/// in two ways, a transfer coding other than "chunked", no host or several, fields that may stand
/// only once and stand twice, an address that is not a proper path. The fields are those before the
/// body: what comes in trailers after it counts for nothing, since no proxy has looked at it.
result<request> read_head(const message_head&, const std::string& peer,
                          const std::vector<std::string>& trusted_proxies);

}  // namespace veche::api
