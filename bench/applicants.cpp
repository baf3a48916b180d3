// The last hour of a call: each of many applicants applies once over HTTP, from an own address,
// with an own session, at a moment fixed beforehand; the moments come ever closer together towards
// closing. Latency counts from that moment, whatever stood in the way. Who gets no answer, because
// the server was killed, sends the same command again until it is answered.
//
//   applicants accounts FOLDER COUNT    accounts and sessions, as accounts.sqlite and cookies
//   applicants prepare FOLDER SECONDS LEAD TAIL
//                                       into a founded union: a call that is open for SECONDS,
//                                       after LEAD seconds and before TAIL; its closing to `closes`
//   applicants run HOST PORT FOLDER SECONDS TAIL
//                                       prints one JSON object; receipts to `receipts`
//   applicants check FOLDER             counts what stands in the journal, with its own root

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <memory>
#include <random>
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
#include "journal/entry.hpp"
#include "journal/envelope.hpp"
#include "store/folder.hpp"

namespace {

using namespace veche;
using bench::quantile;
using steady = std::chrono::steady_clock;
namespace fs = std::filesystem;

constexpr std::size_t programmes = 200;
constexpr std::size_t wishes = 5;
/// Moments are spread with a density of e^(growth * x) over x from 0 to 1: at the end twenty times
/// as many as in the beginning.
constexpr double growth = 3;
constexpr int pages_per_second = 20;

// --- What everybody sends
// -----------------------------------------------------------------------------

std::string name_of(std::size_t n) {
    return "n" + to_hex(sha256("applicant " + std::to_string(n))).substr(0, 16);
}

std::string programme_of(std::size_t n) {
    return fmt::format("programme-{:03}", n % programmes);
}

std::string application_of(std::size_t n) {
    std::string choices;
    for (std::size_t k = 0; k < wishes; ++k)
        choices += fmt::format(R"({}"{}")", k ? "," : "", programme_of(n * 7 + k * (1 + n % 13)));
    const std::string commit = to_hex(sha256("evidence " + std::to_string(n)));
    return fmt::format(
        R"({{"call":"places","choices":[{}],"sealed":[{{"alg":"sha256-salt","bucket":4096,)"
        R"("class":"personal","commit":"{}","subject":"s{}"}}]}})",
        choices, commit, commit.substr(0, 16));
}

// --- Preparing the union
// ------------------------------------------------------------------------------

int make_accounts(const fs::path& folder, std::size_t count) {
    // Signed in long enough ago that the server writes down that it sees them again.
    constexpr std::int64_t ago_ms = 10 * 60 * 1000;
    api::account_store accounts(folder / "accounts.sqlite", api::password_cost::fast);
    std::ofstream cookies(folder / "cookies");
    const std::int64_t then = api::wall_clock().ms - ago_ms;
    for (std::size_t n = 0; n < count; ++n) {
        const std::string name = name_of(n);
        bench::must(accounts.add(name, {name}, "a password for the bench"));
        cookies << accounts.open_session(name, then) << '\n';
    }
    return 0;
}

std::string call_of(instant opens, instant closes) {
    std::string offered;
    for (std::size_t n = 0; n < programmes; ++n)
        offered += fmt::format(R"({}{{"capacity":250,"host":"University {}","programme":"{}",)"
                               R"("title":{{"en":"Programme {}"}}}})",
                               n ? "," : "", n % 20, programme_of(n), n);
    return fmt::format(
        R"({{"answer_days":7,"appeal_days":14,"assessors":1,"body":"assembly","call":"places",)"
        R"("closes":"{}","criteria":[{{"criterion":"merit","max":100,"title":{{"en":"Merit"}},)"
        R"("weight":1}}],"custodians":["assembly/keeper"],"kind":"places","opens":"{}",)"
        R"("programmes":[{}],"rules":{{"lottery":"single","ties":"lottery","unfilled":)"
        R"("next_round"}},"text":{{"en":"T"}},"title":{{"en":"Places"}}}})",
        to_text(closes), to_text(opens), offered);
}

int prepare(const fs::path& folder, double seconds, double lead, double tail) {
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
    const std::string clerk = "assembly/clerk";
    const instant now = api::wall_clock();
    const auto after = [&](double s) { return instant{now.ms + std::llround(s * 1000)}; };
    const instant closes = after(lead + seconds + tail);
    for (const char* d : {"1", "2", "3"})
        act("charter.grant_mandate", "clerk", clerk,
            fmt::format(R"({{"mandate":{{"id":"d{0}","person":"d{0}","seat":"seat-{0}",)"
                        R"("from":"{1}"}}}})",
                        d, to_text(date_of(now))));
    act("assembly.convene_session", "clerk", clerk,
        R"({"id":"s1","body":"assembly","title":{"en":"S"},"starts":"2099-05-01T10:00:00.000Z"})");
    act("assembly.add_item", "clerk", clerk,
        R"({"session":"s1","item":"i1","kind":"decision","title":{"en":"I"}})");
    act("assembly.open_session", "clerk", clerk, R"({"session":"s1"})");
    act("assembly.table_motion", "clerk", clerk,
        R"({"motion":"m1","session":"s1","item":"i1","title":{"en":"M"},"text":{"en":"T"},)"
        R"("enactments":[{"type":"calls.open_call","v":1,"body":)" +
            call_of(after(lead / 2), closes) + "}]}");
    act("assembly.open_vote", "clerk", clerk, R"({"vote":"v1","motion":"m1"})");
    for (const char* d : {"1", "2", "3"})
        act("assembly.cast_ballot", std::string("d") + d, std::string("seat-") + d,
            fmt::format(R"({{"vote":"v1","seat":"seat-{}","choice":"yes"}})", d));
    act("assembly.close_vote", "clerk", clerk, R"({"vote":"v1"})");
    act("calls.commit_lot", "keeper", "assembly/keeper",
        R"({"call":"places","hash":")" + to_hex(sha256("bound")) + R"("})");
    std::ofstream(folder / "closes") << closes.ms << '\n';
    return 0;
}

// --- The clients
// --------------------------------------------------------------------------------------

struct peer {
    bool reads = false;      ///< a page, and does not apply
    std::size_t number = 0;  ///< of the applicant
    steady::time_point planned;
    steady::time_point next;  ///< when it is sent, or sent again
    std::string request;
    std::string heard;
    int fd = -1;
    int sent = 0;  ///< how many times
    bool answered = false;
    std::string refused;  ///< what was answered instead
    std::int64_t seq = 0;
    double took_ms = 0;
};

class crowd {
  public:
    crowd(const char* host, int port) : epoll_(::epoll_create1(0)) {
        server_.sin_family = AF_INET;
        server_.sin_port = htons(static_cast<std::uint16_t>(port));
        ::inet_pton(AF_INET, host, &server_.sin_addr);
    }

    /// Lets everybody act at their moment; returns when all are done or the patience is over.
    void run(std::vector<peer>& all, steady::time_point patience) {
        for (peer& one : all) due_.emplace(one.next, &one);
        std::size_t open = all.size();
        while (open > done_ && steady::now() < patience) {
            while (!due_.empty() && due_.begin()->first <= steady::now()) {
                peer& one = *due_.begin()->second;
                due_.erase(due_.begin());
                send(one);
            }
            wait();
        }
    }

  private:
    void wait() {
        auto until = steady::now() + std::chrono::milliseconds(50);
        if (!due_.empty()) until = std::min(until, due_.begin()->first);
        const auto left = std::chrono::ceil<std::chrono::microseconds>(until - steady::now());
        const std::int64_t us = std::max<std::int64_t>(0, left.count());
        const timespec span{us / 1'000'000, us % 1'000'000 * 1000};
        epoll_event ready[256];
        const int n = ::epoll_pwait2(epoll_, ready, 256, &span, nullptr);
        for (int i = 0; i < n; ++i) receive(*static_cast<peer*>(ready[i].data.ptr));
    }

    void send(peer& one) {
        ++one.sent;
        one.heard.clear();
        one.fd = ::socket(AF_INET, SOCK_STREAM, 0);
        // Everybody comes from an own address, as people do.
        sockaddr_in from{};
        from.sin_family = AF_INET;
        const auto n = static_cast<std::uint32_t>(one.number);
        from.sin_addr.s_addr = htonl(0x7f010001U + n / 250 * 256 + n % 250);
        const int on = 1;
        ::setsockopt(one.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        const bool joined =
            ::bind(one.fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
            ::connect(one.fd, reinterpret_cast<const sockaddr*>(&server_), sizeof server_) == 0;
        if (!joined) return again(one);
        ::setsockopt(one.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::fcntl(one.fd, F_SETFL, O_NONBLOCK);
        epoll_event watched{};
        watched.events = EPOLLIN;
        watched.data.ptr = &one;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, one.fd, &watched);
        if (::send(one.fd, one.request.data(), one.request.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(one.request.size()))
            again(one);
    }

    /// No answer came: the same once more, a little later.
    void again(peer& one) {
        ::close(one.fd);
        one.next = steady::now() + std::chrono::milliseconds(200);
        due_.emplace(one.next, &one);
    }

    void receive(peer& one) {
        char buffer[65536];
        const ssize_t got = ::recv(one.fd, buffer, sizeof buffer, 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got > 0) {
            one.heard.append(buffer, static_cast<std::size_t>(got));
            return;
        }
        // The server closes after its answer; an answer cut short is none.
        const auto head = one.heard.find("\r\n\r\n");
        const auto length = one.heard.find("Content-Length: ");
        const bool whole = got == 0 && head != std::string::npos && length < head &&
                           one.heard.size() - head - 4 ==
                               std::strtoull(one.heard.c_str() + length + 16, nullptr, 10);
        if (!whole) return again(one);
        ::close(one.fd);
        ++done_;
        one.took_ms =
            std::chrono::duration<double, std::milli>(steady::now() - one.planned).count();
        one.answered = one.heard.starts_with("HTTP/1.1 200");
        if (!one.answered) one.refused = one.heard;
        if (const auto at = one.heard.find("\"seq\":"); !one.reads && at != std::string::npos)
            one.seq = std::strtoll(one.heard.c_str() + at + 6, nullptr, 10);
        one.heard = {};
    }

    int epoll_;
    sockaddr_in server_{};
    std::multimap<steady::time_point, peer*> due_;
    std::size_t done_ = 0;
};

/// When each of `count` acts, in seconds from the beginning, ascending.
std::vector<double> moments(std::size_t count, double seconds) {
    std::mt19937_64 random(7);
    std::vector<double> out;
    for (std::size_t n = 0; n < count; ++n) {
        const double even = static_cast<double>(random() >> 11) / 9007199254740992.0;
        out.push_back(seconds * std::log1p(even * std::expm1(growth)) / growth);
    }
    std::sort(out.begin(), out.end());
    return out;
}

steady::time_point in_seconds(steady::time_point begin, double s) {
    return begin + std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(s));
}

std::vector<peer> everybody(const std::vector<std::string>& cookies, steady::time_point begin,
                            double seconds) {
    const std::vector<double> when = moments(cookies.size(), seconds);
    std::vector<std::size_t> order(cookies.size());
    for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
    std::shuffle(order.begin(), order.end(), std::mt19937_64(11));
    std::vector<peer> all(cookies.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        peer& one = all[i];
        one.number = order[i];
        one.planned = one.next = in_seconds(begin, when[i]);
        const std::string sent =
            fmt::format(R"({{"body":{},"idem":"019b0000-0000-7000-8000-{:012x}"}})",
                        application_of(one.number), one.number);
        one.request = fmt::format(
            "POST /api/do/calls.submit_application HTTP/1.1\r\nHost: bench\r\n"
            "Connection: close\r\nCookie: veche={}\r\n"
            "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
            cookies[one.number], sent.size(), sent);
    }
    const auto pages = static_cast<std::size_t>(seconds * pages_per_second);
    for (std::size_t i = 0; i < pages; ++i) {
        peer& one = all.emplace_back();
        one.reads = true;
        one.number = cookies.size() + i % 100;
        one.planned = one.next = in_seconds(begin, static_cast<double>(i) / pages_per_second);
        one.request = fmt::format(
            "GET /en/calls/places HTTP/1.1\r\nHost: bench\r\n"
            "Connection: close\r\nCookie: veche={}\r\n\r\n",
            cookies[i % cookies.size()]);
    }
    return all;
}

/// The most that were planned within one second.
std::size_t busiest_second(const std::vector<peer>& all) {
    std::size_t most = 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < all.size() && !all[i].reads; ++i) {
        while (all[i].planned - all[first].planned > std::chrono::seconds(1)) ++first;
        most = std::max(most, i - first + 1);
    }
    return most;
}

int report(const fs::path& folder, const std::vector<peer>& all, double seconds) {
    std::vector<double> took, last, pages;
    std::size_t lost = 0, resent = 0, unread = 0;
    std::string refusal;
    std::ofstream receipts(folder / "receipts");
    auto end = all.front().planned;
    for (const peer& one : all)
        if (!one.reads) end = one.planned;
    const auto late = in_seconds(end, -seconds / 10);
    for (const peer& one : all) {
        if (!one.answered && !one.refused.empty()) refusal = one.refused;
        if (one.reads) {
            unread += !one.answered;
            if (one.answered) pages.push_back(one.took_ms);
            continue;
        }
        resent += one.sent > 1;
        if (!one.answered) {
            ++lost;
            continue;
        }
        receipts << name_of(one.number) << ' ' << one.seq << '\n';
        took.push_back(one.took_ms);
        if (one.planned > late) last.push_back(one.took_ms);
    }
    if (!refusal.empty()) fmt::print(stderr, "applicants: {}\n", refusal);
    fmt::print(R"({{"applicants":{},"seconds":{},"busiest_second":{},"answered":{},"lost":{},)"
               R"("sent_again":{},"p50_ms":{:.2f},"p99_ms":{:.2f},"p999_ms":{:.2f},)"
               R"("max_ms":{:.2f},"last_tenth_p99_ms":{:.2f},"pages":{},"pages_lost":{},)"
               R"("pages_p50_ms":{:.2f},"pages_p99_ms":{:.2f}}})"
               "\n",
               took.size() + lost, seconds, busiest_second(all), took.size(), lost, resent,
               quantile(took, 0.5), quantile(took, 0.99), quantile(took, 0.999), quantile(took, 1),
               quantile(last, 0.99), pages.size(), unread, quantile(pages, 0.5),
               quantile(pages, 0.99));
    return 0;
}

int run(const char* host, int port, const fs::path& folder, double seconds, double tail) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    std::vector<std::string> cookies;
    std::ifstream in(folder / "cookies");
    for (std::string line; std::getline(in, line);) cookies.push_back(line);
    std::int64_t closes_ms = 0;
    std::ifstream(folder / "closes") >> closes_ms;
    const double left = static_cast<double>(closes_ms - api::wall_clock().ms) / 1000;
    const auto begin = in_seconds(steady::now(), left - tail - seconds);
    std::vector<peer> all = everybody(cookies, begin, seconds);
    if (steady::now() > begin) {
        fmt::print(stderr, "applicants: the call was prepared too early for this run\n");
        return 1;
    }
    crowd(host, port).run(all, in_seconds(begin, seconds + tail + 10));
    return report(folder, all, seconds);
}

// --- What stands in the journal
// -----------------------------------------------------------------------

/// RFC 6962, from the leaves upwards; the program goes down from the top.
std::string root_of(const std::vector<std::string>& records) {
    std::vector<std::pair<std::size_t, hash256>> peaks;  // leaves under each, and its hash
    const auto join = [&] {
        const hash256 right = peaks.back().second;
        const std::size_t leaves = peaks.back().first;
        peaks.pop_back();
        peaks.back().first += leaves;
        peaks.back().second = sha256({"\1", as_bytes(peaks.back().second), as_bytes(right)});
    };
    for (const std::string& record : records) {
        peaks.emplace_back(1, sha256({std::string_view("\0", 1), record}));
        while (peaks.size() > 1 && peaks[peaks.size() - 2].first == peaks.back().first) join();
    }
    while (peaks.size() > 1) join();
    return peaks.empty() ? "" : to_hex(peaks.front().second);
}

struct found_journal {
    std::map<std::string, std::pair<std::uint64_t, std::string>> records;  // by applicant: seq
    std::size_t twice = 0;
    std::int64_t closed_count = 0;
    std::string closed_root;
};

void take(found_journal& found, std::uint64_t seq, const journal::envelope& e) {
    if (e.type == "calls.call_closed") {
        found.closed_count = e.body.find("applications").as_integer();
        found.closed_root = e.body.find("root").as_string();
    }
    if (e.type != "calls.submit_application") return;
    const std::string who(e.actor);
    std::string choices;
    for (json::node c = e.body.find("choices").first(); c.valid(); c = c.next())
        choices += fmt::format(R"({}"{}")", choices.empty() ? "" : ",", c.as_string());
    const std::string record =
        fmt::format(R"({{"applicant":"{}","choices":[{}],"sealed":["{}"]}})", who, choices,
                    e.body.find("sealed").first().find("commit").as_string());
    found.twice += !found.records.insert_or_assign(who, std::pair(seq, record)).second;
}

int check(const fs::path& folder) {
    auto files = bench::must(store::open_folder(folder));
    found_journal found;
    const auto each = [&](std::uint64_t seq, std::string_view bytes) {
        json::document line;
        bench::must(line.reset(bench::must(journal::parse_entry(bytes)).event_line));
        take(found, seq, bench::must(journal::read_envelope(line.root())));
        return true;
    };
    bench::must(files.journal->read(0, files.journal->current().next, each));
    std::size_t receipts = 0, missing = 0;
    std::ifstream in(folder / "receipts");
    std::string who;
    for (std::uint64_t seq = 0; in >> who >> seq; ++receipts) {
        const auto at = found.records.find(who);
        missing += at == found.records.end() || at->second.first != seq;
    }
    std::vector<std::string> records;
    for (const auto& [applicant, one] : found.records) records.push_back(one.second);
    fmt::print(R"({{"receipts":{},"missing":{},"twice":{},"listed":{},"closed_count":{},)"
               R"("root_agrees":{}}})"
               "\n",
               receipts, missing, found.twice, records.size(), found.closed_count,
               root_of(records) == found.closed_root);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    if (verb == "accounts" && argc == 4)
        return make_accounts(argv[2], static_cast<std::size_t>(std::atol(argv[3])));
    if (verb == "prepare" && argc == 6)
        return prepare(argv[2], std::atof(argv[3]), std::atof(argv[4]), std::atof(argv[5]));
    if (verb == "run" && argc == 7)
        return run(argv[2], std::atoi(argv[3]), argv[4], std::atof(argv[5]), std::atof(argv[6]));
    if (verb == "check" && argc == 3) return check(argv[2]);
    fmt::print(stderr,
               "usage: applicants accounts FOLDER COUNT | prepare FOLDER SECONDS LEAD TAIL | "
               "run HOST PORT FOLDER SECONDS TAIL | check FOLDER\n");
    return 2;
}
