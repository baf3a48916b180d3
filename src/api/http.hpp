#pragma once
// One HTTP exchange as plain values. What stands here is all that pages and endpoints know of the
// network; the server behind it (session.cpp) is the only place that knows a socket.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace veche::api {

/// Names and values in the order in which they came; a name may come more than once.
using pairs = std::vector<std::pair<std::string, std::string>>;

/// First value of a name, or nothing.
const std::string* find_value(const pairs& list, std::string_view name);

struct request {
    std::string method;  ///< "GET", "POST", ...; a HEAD request arrives as GET
    std::string path;    ///< decoded, valid UTF-8, begins with '/', without "." and ".." segments
    pairs query;         ///< decoded
    pairs headers;       ///< names in lower case
    pairs cookies;
    std::string body;
    std::string remote;   ///< address of the client, behind a trusted proxy the one it names
    bool secure = false;  ///< whether the client came over TLS (a trusted proxy says so)

    /// Value of a header by its lower-case name, "" where absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /// Value of a query field, "" where absent.
    [[nodiscard]] std::string_view query_value(std::string_view name) const;
    [[nodiscard]] const std::string* cookie(std::string_view name) const;
};

/// A source of server-sent events. The server reads from it whenever it is woken.
class event_source {
  public:
    virtual ~event_source() = default;
    /// Frames that follow `cursor`, in the wire form of server-sent events, as many as fit a
    /// handful of kilobytes; moves the cursor past them. "" when there is nothing more yet.
    virtual std::string read(std::uint64_t& cursor) = 0;
    /// `wake` is called, from any thread, whenever read() may have more. Returns a ticket.
    virtual std::uint64_t subscribe(std::function<void()> wake) = 0;
    virtual void unsubscribe(std::uint64_t ticket) = 0;
    /// Where a source wakes nobody: how long a reader waits before it reads again. 0 for the
    /// others.
    [[nodiscard]] virtual std::int64_t poll_ms() const { return 0; }
};

struct response {
    int status = 200;
    std::string type = "text/html; charset=utf-8";  ///< Content-Type; "" for none
    pairs headers;
    std::string body;
    std::string etag;  ///< validator without quotes; a matching If-None-Match gives 304

    /// Set for an event stream; `body` is then not sent.
    std::shared_ptr<event_source> events;
    std::uint64_t events_after = 0;  ///< cursor at which the stream begins

    response& add(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
};

/// What the server asks of the program.
class http_handler {
  public:
    virtual ~http_handler() = default;
    virtual response handle(const request&) = 0;
    /// Largest body in bytes that such a request may have; asked before the body is read.
    [[nodiscard]] virtual std::size_t body_limit(std::string_view method,
                                                 std::string_view path) const = 0;
    /// Whether handle() may wait (for a disk, a password hash): then it runs on a worker thread.
    [[nodiscard]] virtual bool blocks(const request&) const = 0;
};

}  // namespace veche::api
