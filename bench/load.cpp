// An open-loop load client: requests start when the plan says so, however slow the answers are, and
// a latency counts from the planned start. A closed loop would hide every stall.
//
//   load HOST PORT RATE SECONDS PATH...     prints one JSON object

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using steady = std::chrono::steady_clock;

/// A connection with at most one request under way.
struct connection {
    int fd = -1;
    bool busy = false;
    steady::time_point planned;
    std::string answer;
    std::size_t head_end = 0;  ///< just past the empty line, 0 before it came
    std::size_t whole = 0;     ///< bytes of the whole answer, 0 while unknown
    bool chunked = false;
};

struct tally {
    std::vector<double> latencies_ms;
    std::size_t refused = 0;  ///< answered, but not with 200
    std::size_t bytes = 0;
};

int connect_to(const sockaddr_in& address) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        if (fd >= 0) ::close(fd);
        return -1;
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

void read_head(connection& c) {
    const auto end = c.answer.find("\r\n\r\n");
    if (end == std::string::npos) return;
    c.head_end = end + 4;
    std::string head = c.answer.substr(0, end);
    std::transform(head.begin(), head.end(), head.begin(),
                   [](unsigned char x) { return static_cast<char>(std::tolower(x)); });
    if (const auto at = head.find("\r\ncontent-length:"); at != std::string::npos)
        c.whole = c.head_end + std::strtoull(head.c_str() + at + 17, nullptr, 10);
    c.chunked = head.find("\r\ntransfer-encoding: chunked") != std::string::npos;
}

bool complete(connection& c) {
    if (c.head_end == 0) read_head(c);
    if (c.head_end == 0) return false;
    if (c.chunked) return c.answer.ends_with("\r\n0\r\n\r\n");
    return c.whole != 0 && c.answer.size() >= c.whole;
}

class client {
  public:
    client(const char* host, int port) {
        address_.sin_family = AF_INET;
        address_.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, host, &address_.sin_addr);
        host_ = host;
    }

    void start(const std::string& path, steady::time_point planned) {
        connection* c = free_connection();  // a request that cannot start is missed in the count
        if (!c) return;
        const std::string request =
            fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n", path, host_);
        c->busy = true;
        c->planned = planned;
        c->answer.clear();
        c->head_end = c->whole = 0;
        if (::send(c->fd, request.data(), request.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(request.size()))
            drop(*c);
    }

    void wait_until(steady::time_point when) {
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - steady::now());
            poll_once(std::max<int>(0, static_cast<int>(left.count())));
            if (steady::now() >= when) return;
        }
    }

    [[nodiscard]] bool idle() const {
        return std::none_of(all_.begin(), all_.end(), [](const auto& c) { return c->busy; });
    }
    [[nodiscard]] std::size_t connections() const { return all_.size(); }

    tally result;

  private:
    connection* free_connection() {
        for (auto& c : all_)
            if (!c->busy && c->fd >= 0) return c.get();
        const int fd = connect_to(address_);
        if (fd < 0) return nullptr;
        all_.push_back(std::make_unique<connection>());
        all_.back()->fd = fd;
        return all_.back().get();
    }

    void drop(connection& c) {
        ::close(c.fd);
        c.fd = -1;
        c.busy = false;
    }

    void poll_once(int timeout_ms) {
        std::vector<pollfd> watched;
        std::vector<connection*> owners;
        for (auto& c : all_)
            if (c->fd >= 0) {
                watched.push_back({c->fd, POLLIN, 0});
                owners.push_back(c.get());
            }
        if (::poll(watched.data(), watched.size(), timeout_ms) <= 0) return;
        for (std::size_t i = 0; i < watched.size(); ++i)
            if (watched[i].revents) receive(*owners[i]);
    }

    void receive(connection& c) {
        char buffer[65536];
        const ssize_t got = ::recv(c.fd, buffer, sizeof buffer, 0);
        if (got <= 0) {
            if (got == 0 || errno != EAGAIN) drop(c);
            return;
        }
        if (!c.busy) return;
        c.answer.append(buffer, static_cast<std::size_t>(got));
        if (!complete(c)) return;
        const std::chrono::duration<double, std::milli> took = steady::now() - c.planned;
        result.latencies_ms.push_back(took.count());
        result.bytes += c.answer.size();
        if (!c.answer.starts_with("HTTP/1.1 200")) ++result.refused;
        c.busy = false;
    }

    sockaddr_in address_{};
    std::string host_;
    std::vector<std::unique_ptr<connection>> all_;
};

double quantile(const std::vector<double>& sorted, double q) {
    if (sorted.empty()) return 0;
    const auto at = static_cast<std::size_t>(q * static_cast<double>(sorted.size() - 1) + 0.5);
    return sorted[at];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 6) {
        fmt::print(stderr, "usage: load HOST PORT RATE SECONDS PATH...\n");
        return 2;
    }
    const double rate = std::atof(argv[3]);
    const auto total = static_cast<std::size_t>(rate * std::atof(argv[4]));
    const std::vector<std::string> paths(argv + 5, argv + argc);
    client c(argv[1], std::atoi(argv[2]));
    const auto begin = steady::now();
    for (std::size_t i = 0; i < total; ++i) {
        const std::chrono::duration<double> offset(static_cast<double>(i) / rate);
        const auto planned = begin + std::chrono::duration_cast<steady::duration>(offset);
        c.wait_until(planned);
        c.start(paths[i % paths.size()], planned);
    }
    const auto patience = steady::now() + std::chrono::seconds(5);
    while (!c.idle() && steady::now() < patience)
        c.wait_until(steady::now() + std::chrono::milliseconds(5));
    auto& ms = c.result.latencies_ms;
    std::sort(ms.begin(), ms.end());
    fmt::print(R"({{"requests":{},"failed":{},"rate":{},"connections":{},"p50_ms":{:.3f},)"
               R"("p90_ms":{:.3f},"p99_ms":{:.3f},"max_ms":{:.3f},"bytes":{}}})"
               "\n",
               total, total - ms.size() + c.result.refused, rate, c.connections(),
               quantile(ms, 0.5), quantile(ms, 0.9), quantile(ms, 0.99),
               ms.empty() ? 0.0 : ms.back(), c.result.bytes);
    return 0;
}
