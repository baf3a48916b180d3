// The HTTP server on Asio and Beast. Each connection is one coroutine on its own strand, so its
// members need no lock; what connections share stands in http_server::core.
//
// Deadlines: `expires_after` arms the stream's timer for every operation until it is armed anew, so
// one call covers a whole message however slowly its bytes come.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

#include "api/admission.hpp"
#include "api/delivery.hpp"
#include "api/http_server.hpp"
#include "api/log.hpp"
#include "api/message_head.hpp"
#include "api/problem.hpp"
#include "api/refusal.hpp"
#include "api/secret_paths.hpp"

namespace veche::api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using error_code = boost::system::error_code;
using std::chrono::milliseconds;
using clock = std::chrono::steady_clock;

auto await_into(error_code& ec) {
    return asio::redirect_error(asio::use_awaitable, ec);
}

}  // namespace

class connection;

struct http_server::core {
    // The loop stands after what connections touch when they end: destroying the loop destroys the
    // coroutines that it still holds, and with them their connections.
    server_settings settings;
    http_handler& handler;
    connection_counter counter;
    std::atomic<std::size_t> streams = 0;
    std::atomic<bool> draining = false;
    std::atomic<bool> running = false;
    std::mutex mutex;
    std::set<connection*> open;  // under mutex
    std::uint16_t port = 0;
    asio::io_context loop;
    tcp::acceptor acceptor{loop};
    asio::signal_set signals{loop};
    asio::steady_timer drain_timer{loop};
    asio::thread_pool workers;

    core(server_settings s, http_handler& h)
        : settings(std::move(s)),
          handler(h),
          counter(settings.max_connections, settings.max_per_address),
          workers(settings.worker_threads) {}

    void listen();
    asio::awaitable<void> accept();
    void drain();
    void leave(connection*);
    [[nodiscard]] bool is_trusted(const std::string& address) const {
        const auto& list = settings.trusted_proxies;
        return std::find(list.begin(), list.end(), address) != list.end();
    }
};

class connection : public std::enable_shared_from_this<connection> {
  public:
    connection(http_server::core& server, tcp::socket socket, std::string peer)
        : server_(server),
          stream_(std::move(socket)),
          wake_timer_(stream_.get_executor()),
          peer_(std::move(peer)) {}
    ~connection() {
        server_.counter.close(peer_);
        server_.leave(this);
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// Takes the pointer by value: the coroutine's frame keeps the connection alive.
    static asio::awaitable<void> run(std::shared_ptr<connection> self);
    void start() {
        asio::co_spawn(stream_.get_executor(), run(shared_from_this()), asio::detached);
    }
    /// From any thread: closes if idle, ends a stream; otherwise the loop in run() sees the drain.
    void drain();

  private:
    using parser = http::request_parser<http::string_body>;

    asio::awaitable<bool> wait_for_first_byte();
    asio::awaitable<bool> read_message(parser& from);
    asio::awaitable<bool> read_body(parser& from, const request& head);
    asio::awaitable<void> answer(parser& from);
    asio::awaitable<response> call_handler(const request&);
    asio::awaitable<bool> send(response, bool head, bool keep_alive, unsigned version);
    asio::awaitable<bool> send_message(http::response<http::string_body>& message, bool head);
    asio::awaitable<void> refuse_and_close(const refusal_kind&, std::string place);
    asio::awaitable<void> stream_events(response);
    asio::awaitable<bool> send_frames(std::string_view frames);
    asio::awaitable<void> close();
    void watch_for_end();
    void wake();
    http_server::core& server_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    asio::steady_timer wake_timer_;
    const std::string peer_;
    request request_;    // the one being read or answered
    bool idle_ = false;  // nothing of the next request has come
    bool keep_alive_ = true;
    bool ended_ = false;  // a stream's client has gone, or the server drains
    bool woken_ = false;
    char scratch_ = 0;
};

namespace {

response run_handler(http_handler& handler, const request& req) {
    try {
        return handler.handle(req);
    } catch (const std::exception& e) {
        log::write(log::level::error, "handler_failed",
                   {{"method", req.method}, {"path", req.path}, {"error", e.what()}});
        return problem(refusals::program_error);
    }
}

asio::awaitable<response> run_on_worker(http_handler& handler, const request& req) {
    co_return run_handler(handler, req);
}

std::int64_t unix_now_s() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

message_head head_of(const http::request<http::string_body>& message) {
    const auto text = [](const beast::string_view& of) { return std::string(of); };
    message_head head{text(message.method_string()), text(message.target()), message.version(), {}};
    for (const auto& field : message)
        head.fields.emplace_back(text(field.name_string()), text(field.value()));
    return head;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

}  // namespace

asio::awaitable<void> connection::run(std::shared_ptr<connection> self) {
    while (self->keep_alive_) {
        if (!co_await self->wait_for_first_byte()) break;
        parser from;
        if (!co_await self->read_message(from)) break;
        co_await self->answer(from);
    }
    co_await self->close();
}

asio::awaitable<bool> connection::wait_for_first_byte() {
    if (buffer_.size() > 0) co_return true;  // a pipelined request is here already
    idle_ = true;
    if (server_.draining) co_return false;
    error_code ec;
    stream_.expires_after(milliseconds(server_.settings.idle_ms));
    const std::size_t got = co_await stream_.async_read_some(buffer_.prepare(4096), await_into(ec));
    buffer_.commit(got);
    idle_ = false;
    co_return !ec;
}

asio::awaitable<bool> connection::read_message(parser& from) {
    const server_settings& settings = server_.settings;
    stream_.expires_after(milliseconds(settings.message_ms));
    from.header_limit(static_cast<std::uint32_t>(settings.header_bytes));
    // Beast 1.74 takes "no limit" for a limit of nothing, hence a number; ours follows the header.
    from.body_limit(std::numeric_limits<std::int64_t>::max());
    error_code ec;
    co_await http::async_read_header(stream_, buffer_, from, await_into(ec));
    if (ec == http::error::header_limit) {
        co_await refuse_and_close(refusals::header_too_large,
                                  std::to_string(settings.header_bytes));
        co_return false;
    }
    // Errors of the parser are the client's and get an answer; errors of the socket end it.
    if (ec && ec.category() == http::make_error_code(http::error::bad_method).category() &&
        ec != http::error::end_of_stream && ec != http::error::partial_message) {
        co_await refuse_and_close(refusals::request_malformed, "its head is not HTTP/1.1");
        co_return false;
    }
    if (ec) co_return false;
    auto head = read_head(head_of(from.get()), peer_, settings.trusted_proxies);
    if (!head) {
        keep_alive_ = false;
        co_await send(to_problem(head.error()), false, false, 11);
        co_return false;
    }
    request_ = *std::move(head);
    co_return co_await read_body(from, request_);
}

asio::awaitable<bool> connection::read_body(parser& from, const request& head) {
    if (from.is_done()) co_return true;
    const std::size_t limit = server_.handler.body_limit(head.method, head.path);
    const auto length = from.content_length();
    if (length && *length > limit) {
        co_await refuse_and_close(refusals::body_too_large, std::to_string(limit));
        co_return false;
    }
    from.body_limit(limit);
    error_code ec;
    if (lower(head.header("expect")) == "100-continue") {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(go_on), await_into(ec));
        if (ec) co_return false;
    }
    if (limit > server_.settings.small_body)
        stream_.expires_after(milliseconds(server_.settings.upload_ms));
    co_await http::async_read(stream_, buffer_, from, await_into(ec));
    if (ec == http::error::body_limit) {
        co_await refuse_and_close(refusals::body_too_large, std::to_string(limit));
        co_return false;
    }
    if (ec && ec.category() == http::make_error_code(http::error::bad_method).category() &&
        ec != http::error::partial_message) {
        co_await refuse_and_close(refusals::request_malformed, "its body is damaged");
        co_return false;
    }
    co_return !ec;
}

asio::awaitable<void> connection::answer(parser& from) {
    const bool head = from.get().method() == http::verb::head;
    const unsigned version = from.get().version();
    keep_alive_ = from.keep_alive();
    const auto began = clock::now();
    // Taken out of the connection: one that idles keeps no body.
    request req = std::exchange(request_, {});
    req.body = std::move(from.get().body());
    response res = co_await call_handler(req);
    prepare_delivery(req, res);
    const std::int64_t us =
        std::chrono::duration_cast<std::chrono::microseconds>(clock::now() - began).count();
    if (server_.settings.on_answer)
        server_.settings.on_answer(req.method, req.path, res.status, us);
    log::write(log::level::debug, "request",
               {{"method", req.method},
                {"path", path_for_log(req.path)},
                {"status", std::to_string(res.status)},
                {"us", std::to_string(us)}});
    if (res.events && !head && version >= 11) {
        keep_alive_ = false;
        co_await stream_events(std::move(res));
        co_return;
    }
    keep_alive_ = keep_alive_ && !server_.draining;
    if (!co_await send(std::move(res), head, keep_alive_, version)) keep_alive_ = false;
}

asio::awaitable<response> connection::call_handler(const request& req) {
    if (!server_.handler.blocks(req)) co_return run_handler(server_.handler, req);
    co_return co_await asio::co_spawn(server_.workers.get_executor(),
                                      run_on_worker(server_.handler, req), asio::use_awaitable);
}

asio::awaitable<bool> connection::send(response res, bool head, bool keep_alive, unsigned version) {
    http::response<http::string_body> message(static_cast<http::status>(res.status), version);
    message.set(http::field::date, http_date(unix_now_s()));
    if (!res.type.empty()) message.set(http::field::content_type, res.type);
    for (const auto& [name, value] : res.headers) message.insert(name, value);
    const bool bodyless = res.status == 204 || res.status == 304;
    if (!bodyless) {
        message.body() = std::move(res.body);
        message.content_length(message.body().size());
    }
    message.keep_alive(keep_alive);
    co_return co_await send_message(message, head || bodyless);
}

asio::awaitable<bool> connection::send_message(http::response<http::string_body>& message,
                                               bool head) {
    http::response_serializer<http::string_body> serializer(message);
    error_code ec;
    stream_.expires_after(milliseconds(server_.settings.write_ms));
    if (head) {
        serializer.split(true);
        co_await http::async_write_header(stream_, serializer, await_into(ec));
        co_return !ec;
    }
    const auto last = clock::now() + milliseconds(server_.settings.answer_ms);
    while (!serializer.is_done()) {
        co_await http::async_write_some(stream_, serializer, await_into(ec));
        if (ec || clock::now() > last) co_return false;
        stream_.expires_after(milliseconds(server_.settings.write_ms));
    }
    co_return true;
}

asio::awaitable<void> connection::refuse_and_close(const refusal_kind& kind, std::string place) {
    keep_alive_ = false;
    if (server_.settings.on_answer) server_.settings.on_answer("", "", kind.http_status, 0);
    co_await send(problem(kind, std::move(place)), false, false, 11);
}

asio::awaitable<void> connection::stream_events(response res) {
    if (server_.streams.fetch_add(1) >= server_.settings.max_streams) {
        --server_.streams;
        co_await send(problem(refusals::busy), false, false, 11);
        co_return;
    }
    const auto source = res.events;
    const std::uint64_t ticket = source->subscribe([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            asio::post(self->stream_.get_executor(), [self] { self->wake(); });
    });
    http::response<http::empty_body> message(http::status::ok, 11);
    message.set(http::field::content_type, "text/event-stream; charset=utf-8");
    for (const auto& [name, value] : res.headers) message.insert(name, value);
    message.set(http::field::cache_control, "no-store");
    message.set("X-Accel-Buffering", "no");
    message.keep_alive(false);
    message.chunked(true);
    http::response_serializer<http::empty_body> serializer(message);
    error_code ec;
    stream_.expires_after(milliseconds(server_.settings.write_ms));
    co_await http::async_write_header(stream_, serializer, await_into(ec));
    watch_for_end();
    std::uint64_t cursor = res.events_after;
    bool open = !ec && co_await send_frames("retry: 2000\n\n");
    const std::int64_t pause =
        source->poll_ms() > 0 ? source->poll_ms() : server_.settings.heartbeat_ms;
    auto quiet_since = clock::now();
    while (open && !ended_ && !server_.draining) {
        woken_ = false;
        const std::string frames = source->read(cursor);
        if (!frames.empty()) {
            open = co_await send_frames(frames);
            quiet_since = clock::now();
            if (source->poll_ms() == 0) continue;
        }
        if (woken_) continue;
        wake_timer_.expires_after(milliseconds(pause));
        co_await wake_timer_.async_wait(await_into(ec));
        if (clock::now() - quiet_since < milliseconds(server_.settings.heartbeat_ms)) continue;
        open = co_await send_frames(":\n\n");
        quiet_since = clock::now();
    }
    source->unsubscribe(ticket);
    if (open) co_await asio::async_write(stream_, asio::buffer("0\r\n\r\n", 5), await_into(ec));
    --server_.streams;
}

asio::awaitable<bool> connection::send_frames(std::string_view frames) {
    error_code ec;
    stream_.expires_after(milliseconds(server_.settings.write_ms));
    const std::string chunk = fmt::format("{:x}\r\n{}\r\n", frames.size(), frames);
    co_await asio::async_write(stream_, asio::buffer(chunk), await_into(ec));
    co_return !ec;
}

// A client of a stream says nothing more, so any end of this read means that it is gone. The read
// goes to the socket itself: the stream's timer must not touch it.
void connection::watch_for_end() {
    stream_.socket().async_read_some(asio::buffer(&scratch_, 1),
                                     [self = shared_from_this()](error_code, std::size_t) {
                                         self->ended_ = true;
                                         self->wake();
                                     });
}

void connection::wake() {
    woken_ = true;
    wake_timer_.cancel();
}

void connection::drain() {
    asio::post(stream_.get_executor(), [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        if (self->idle_) self->stream_.close();
        self->wake();
    });
}

// Closing with unread bytes makes the system reset the connection, and the client may lose the
// answer; so the rest is read away for a moment.
asio::awaitable<void> connection::close() {
    error_code ec;
    if (!stream_.socket().is_open()) co_return;
    stream_.socket().cancel(ec);  // the read of watch_for_end
    stream_.socket().shutdown(tcp::socket::shutdown_send, ec);
    constexpr std::size_t most_bytes = 1 << 20;
    std::size_t discarded = 0;
    stream_.expires_after(milliseconds(1000));
    while (!ec && discarded < most_bytes) {
        buffer_.clear();
        discarded += co_await stream_.async_read_some(buffer_.prepare(16384), await_into(ec));
    }
    stream_.close();
}

void http_server::core::listen() {
    error_code ec;
    const auto address = asio::ip::make_address(settings.address, ec);
    if (ec) throw std::runtime_error("The address " + settings.address + " is not an IP address.");
    const tcp::endpoint at(address, settings.port);
    acceptor.open(at.protocol(), ec);
    if (!ec) acceptor.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec) acceptor.bind(at, ec);
    if (!ec) acceptor.listen(asio::socket_base::max_listen_connections, ec);
    if (ec)
        throw std::runtime_error(fmt::format("Cannot listen on {} port {}: {}.", settings.address,
                                             settings.port, ec.message()));
    port = acceptor.local_endpoint().port();
}

asio::awaitable<void> http_server::core::accept() {
    while (!draining) {
        error_code ec;
        tcp::socket socket(asio::make_strand(loop));
        co_await acceptor.async_accept(socket, await_into(ec));
        if (draining || ec == asio::error::operation_aborted) co_return;
        if (ec) {
            // Out of descriptors: the next try would fail at once, so wait for some to be freed.
            log::write(log::level::warning, "accept_failed", {{"error", ec.message()}});
            asio::steady_timer pause(loop, milliseconds(50));
            co_await pause.async_wait(await_into(ec));
            continue;
        }
        const auto peer = socket.remote_endpoint(ec);
        if (ec) continue;
        std::string address = peer.address().to_string();
        if (!counter.open(address, is_trusted(address))) {
            log::write(log::level::info, "connection_refused",
                       {{"open", std::to_string(counter.total())}});
            continue;
        }
        socket.set_option(tcp::no_delay(true), ec);
        const auto made =
            std::make_shared<connection>(*this, std::move(socket), std::move(address));
        {
            const std::lock_guard lock(mutex);
            open.insert(made.get());
        }
        made->start();
    }
}

void http_server::core::drain() {
    if (draining.exchange(true)) return;
    error_code ec;
    acceptor.close(ec);
    signals.cancel(ec);
    const std::lock_guard lock(mutex);
    for (connection* each : open) each->drain();
    if (open.empty()) {
        loop.stop();
        return;
    }
    drain_timer.expires_after(milliseconds(settings.drain_ms));
    drain_timer.async_wait([this](error_code) { loop.stop(); });
}

void http_server::core::leave(connection* gone) {
    const std::lock_guard lock(mutex);
    open.erase(gone);
    if (open.empty() && draining && running) loop.stop();
}

http_server::http_server(server_settings settings, http_handler& handler)
    : core_(std::make_unique<core>(std::move(settings), handler)) {
    core_->listen();
}

http_server::~http_server() = default;

std::uint16_t http_server::port() const {
    return core_->port;
}

void http_server::run() {
    core_->running = true;
    asio::co_spawn(core_->loop, core_->accept(), asio::detached);
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < core_->settings.loop_threads; ++i)
            threads.emplace_back([this] { core_->loop.run(); });
        core_->loop.run();
    }
    core_->running = false;
    // Handlers still at work finish before what they use is destroyed; their answers are dropped.
    core_->workers.join();
}

void http_server::stop() {
    asio::post(core_->loop, [this] { core_->drain(); });
}

void http_server::stop_on_signals() {
    core_->signals.add(SIGTERM);
    core_->signals.add(SIGINT);
    core_->signals.async_wait([this](error_code ec, int) {
        if (!ec) core_->drain();
    });
}

std::size_t http_server::streams() const {
    return core_->streams;
}

std::size_t http_server::connections() const {
    return core_->counter.total();
}

}  // namespace veche::api
