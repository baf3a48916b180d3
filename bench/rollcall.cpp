// A roll call: every delegate casts over HTTP with an own session within one second, while as many
// listeners follow the result live. Counts who was lost, and how long each answer took.
//
//   rollcall prepare FOLDER SEATS           puts mandates, accounts and the open vote into a
//   founded
//                                           union; writes the sessions' cookies to FOLDER/cookies
//   rollcall run HOST PORT COOKIES RATE     prints one JSON object

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/account_store.hpp"
#include "api/clock.hpp"
#include "figures.hpp"
#include "hall.hpp"
#include "store/folder.hpp"

namespace {

using namespace veche;
using bench::quantile;
using steady = std::chrono::steady_clock;
constexpr const char* body = "assembly";

// --- Preparing the union
// -------------------------------------------------------------------------

int prepare(const std::filesystem::path& folder, std::size_t seats) {
    auto files = bench::must(store::open_folder(folder));
    office::options with;
    with.now = &api::wall_clock;
    auto desk = bench::must(office::office::open(*files.journal, *files.publisher, with));
    std::size_t n = 0;
    const auto act = [&](const char* type, const std::string& person, const std::string& auth,
                         const std::string& text) {
        bench::must(desk->submit_unsigned(type, bench::must(json::canonicalize(text)), {person},
                                          auth, bench::idem(n++)));
    };
    const std::string today = to_text(date_of(api::wall_clock()));
    for (std::size_t i = 1; i <= seats; ++i)
        act("charter.grant_mandate", "clerk", "assembly/clerk",
            fmt::format(
                R"({{"mandate":{{"id":"d{0}","person":"d{0}","seat":"seat-{0}","from":"{1}"}}}})",
                i, today));
    act("assembly.convene_session", "clerk", "assembly/clerk",
        R"({"id":"s1","body":"assembly","title":{"en":"S"},"starts":"2099-05-01T10:00:00.000Z"})");
    act("assembly.add_item", "clerk", "assembly/clerk",
        R"({"session":"s1","item":"i1","kind":"decision","title":{"en":"I"}})");
    act("assembly.open_session", "clerk", "assembly/clerk", R"({"session":"s1"})");
    act("assembly.table_motion", "clerk", "assembly/clerk",
        R"({"motion":"m1","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"}})");
    act("assembly.open_vote", "clerk", "assembly/clerk", R"({"vote":"v1","motion":"m1"})");
    api::account_store accounts(folder / "accounts.sqlite", api::password_cost::fast);
    std::ofstream cookies(folder / "cookies");
    for (std::size_t i = 1; i <= seats; ++i) {
        const std::string login = "d" + std::to_string(i);
        bench::must(accounts.add(login, {login}, "a password for the bench"));
        cookies << accounts.open_session(login, api::wall_clock().ms) << '\n';
    }
    return 0;
}

// --- The clients
// ---------------------------------------------------------------------------------

struct peer {
    int fd = -1;
    bool listens = false;
    std::size_t number = 0;
    bool answered = false;  // a voter got its receipt; a listener saw the whole count
    bool refused = false;
    steady::time_point planned;
    double took_ms = 0;
    std::string text;
};

class hall {
  public:
    hall(const char* host, int port) : epoll_(::epoll_create1(0)) {
        address_.sin_family = AF_INET;
        address_.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, host, &address_.sin_addr);
    }

    void enter(std::size_t number, bool listens) {
        auto made = std::make_unique<peer>();
        made->fd = ::socket(AF_INET, SOCK_STREAM, 0);
        made->listens = listens;
        made->number = number;
        if (::connect(made->fd, reinterpret_cast<const sockaddr*>(&address_), sizeof address_) !=
            0) {
            std::perror("rollcall: connect");
            std::exit(1);
        }
        const int on = 1;
        ::setsockopt(made->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::fcntl(made->fd, F_SETFL, O_NONBLOCK);
        epoll_event watched{};
        watched.events = EPOLLIN;
        watched.data.ptr = made.get();
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, made->fd, &watched);
        if (listens) send(*made, "GET /api/stream?vote=v1 HTTP/1.1\r\nHost: bench\r\n\r\n");
        (listens ? listeners : voters).push_back(std::move(made));
    }

    void cast(peer& voter, const std::string& cookie, steady::time_point planned) {
        const std::string seat = "seat-" + std::to_string(voter.number);
        const std::string sent =
            fmt::format(R"({{"auth":"{0}","body":{{"choice":"{1}","seat":"{0}","vote":"v1"}}}})",
                        seat, voter.number % 3 == 0 ? "no" : "yes");
        voter.planned = planned;
        send(voter, fmt::format("POST /api/do/assembly.cast_ballot HTTP/1.1\r\nHost: bench\r\n"
                                "Cookie: veche={}\r\nContent-Type: application/json\r\n"
                                "Content-Length: {}\r\n\r\n{}",
                                cookie, sent.size(), sent));
    }

    void wait_until(steady::time_point when) {
        do {
            const auto left = std::chrono::floor<std::chrono::milliseconds>(when - steady::now());
            epoll_event ready[256];
            const int n = ::epoll_wait(epoll_, ready, 256,
                                       static_cast<int>(std::max<std::int64_t>(0, left.count())));
            for (int i = 0; i < n; ++i) receive(*static_cast<peer*>(ready[i].data.ptr));
        } while (steady::now() < when);
    }

    [[nodiscard]] bool done() const {
        const auto all = [](const auto& some) {
            return std::all_of(some.begin(), some.end(),
                               [](const auto& p) { return p->answered || p->refused; });
        };
        return all(voters) && all(listeners);
    }

    std::vector<std::unique_ptr<peer>> voters, listeners;

  private:
    static void send(peer& p, const std::string& text) {
        if (::send(p.fd, text.data(), text.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(text.size()))
            p.refused = true;
    }

    void receive(peer& p) {
        char buffer[16384];
        const ssize_t got = ::recv(p.fd, buffer, sizeof buffer, 0);
        if (got <= 0) {
            if (got < 0 && errno == EAGAIN) return;
            ::epoll_ctl(epoll_, EPOLL_CTL_DEL, p.fd, nullptr);
            p.refused = !p.answered;
            return;
        }
        p.text.append(buffer, static_cast<std::size_t>(got));
        const auto now = steady::now();
        if (p.listens) {
            // Counts are not written where they are nothing: the last has no "absent".
            const auto at = p.text.rfind("data: ");
            if (at == std::string::npos || p.text.find("\n\n", at) == std::string::npos) return;
            const bool whole = p.text.find("\"absent\":0", at) != std::string::npos ||
                               p.text.find("\"absent\"", at) == std::string::npos;
            if (whole && !p.answered) {
                p.answered = true;
                p.planned = now;
            }
            p.text.erase(0, at);
            return;
        }
        if (p.text.find("\r\n\r\n") == std::string::npos) return;
        p.answered = p.text.starts_with("HTTP/1.1 200");
        p.refused = !p.answered;
        p.took_ms = std::chrono::duration<double, std::milli>(now - p.planned).count();
    }

    int epoll_;
    sockaddr_in address_{};
};

int run(const char* host, int port, const char* file, double rate) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    std::vector<std::string> cookies;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) cookies.push_back(line);
    hall h(host, port);
    for (std::size_t i = 1; i <= cookies.size(); ++i) {
        h.enter(i, true);
        h.enter(i, false);
        if (i % 100 == 0) h.wait_until(steady::now() + std::chrono::milliseconds(20));
    }
    h.wait_until(steady::now() + std::chrono::seconds(2));
    const auto begin = steady::now();
    for (std::size_t i = 0; i < cookies.size(); ++i) {
        const std::chrono::duration<double> offset(static_cast<double>(i) / rate);
        const auto planned = begin + std::chrono::duration_cast<steady::duration>(offset);
        h.wait_until(planned);
        h.cast(*h.voters[i], cookies[i], planned);
    }
    const auto patience = steady::now() + std::chrono::seconds(30);
    while (!h.done() && steady::now() < patience)
        h.wait_until(steady::now() + std::chrono::milliseconds(2));
    std::vector<double> took, behind;
    std::size_t lost_votes = 0, lost_listeners = 0;
    auto last = begin;
    for (const auto& v : h.voters) {
        if (!v->answered) {
            ++lost_votes;
            continue;
        }
        took.push_back(v->took_ms);
        last =
            std::max(last, v->planned + std::chrono::duration_cast<steady::duration>(
                                            std::chrono::duration<double, std::milli>(v->took_ms)));
    }
    for (const auto& l : h.listeners) {
        if (!l->answered)
            ++lost_listeners;
        else
            behind.push_back(std::chrono::duration<double, std::milli>(l->planned - last).count());
    }
    fmt::print(R"({{"voters":{},"lost_votes":{},"listeners":{},"lost_listeners":{},)"
               R"("p50_ms":{:.2f},"p95_ms":{:.2f},"p99_ms":{:.2f},"max_ms":{:.2f},)"
               R"("all_cast_s":{:.3f},"result_p50_ms":{:.1f},"result_p99_ms":{:.1f}}})"
               "\n",
               h.voters.size(), lost_votes, h.listeners.size(), lost_listeners, quantile(took, 0.5),
               quantile(took, 0.95), quantile(took, 0.99), quantile(took, 1),
               std::chrono::duration<double>(last - begin).count(), quantile(behind, 0.5),
               quantile(behind, 0.99));
    return lost_votes + lost_listeners == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    if (verb == "prepare" && argc == 4)
        return prepare(argv[2], static_cast<std::size_t>(std::atol(argv[3])));
    if (verb == "run" && argc == 6)
        return run(argv[2], std::atoi(argv[3]), argv[4], std::atof(argv[5]));
    fmt::print(stderr, "usage: rollcall prepare FOLDER SEATS | run HOST PORT COOKIES RATE\n");
    return 2;
}
