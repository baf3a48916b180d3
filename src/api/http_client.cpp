#include "api/http_client.hpp"

#include <charconv>
#include <cstring>
#include <memory>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "api/refusal.hpp"
#include "kernel/text.hpp"

namespace veche::api {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

std::optional<std::size_t> number(std::string_view digits, int base) {
    std::size_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (error != std::errc{} || end != digits.data() + digits.size() || digits.empty())
        return std::nullopt;
    return value;
}

}  // namespace

std::optional<url> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (text.substr(0, scheme.size()) != scheme) return std::nullopt;
    text.remove_prefix(scheme.size());
    const std::size_t slash = std::min(text.find('/'), text.size());
    std::string_view authority = text.substr(0, slash);
    url out;
    out.path = text.substr(slash);
    while (!out.path.empty() && out.path.back() == '/') out.path.pop_back();
    out.port = "80";
    const std::size_t colon = authority.rfind(':');
    const bool bracketed = !authority.empty() && authority.back() == ']';
    if (colon != std::string_view::npos && !bracketed) {
        const auto port = number(authority.substr(colon + 1), 10);
        if (!port || *port == 0 || *port > 65535) return std::nullopt;
        out.port = authority.substr(colon + 1);
        authority = authority.substr(0, colon);
    }
    if (authority.size() > 2 && authority.front() == '[' && authority.back() == ']')
        authority = authority.substr(1, authority.size() - 2);
    out.host = authority;
    if (out.host.empty() || out.host.find_first_of(" @?#[]") != std::string::npos ||
        out.path.find_first_of(" ?#") != std::string::npos)
        return std::nullopt;
    return out;
}

/// Reads one response off the socket, with limits.
struct http_client::reader {
    int fd;
    std::size_t most;
    std::string buffer = {};
    const char* why = nullptr;

    bool fail(const char* reason) {
        why = reason;
        return false;
    }
    bool fill() {
        char chunk[65536];
        const auto got = ::recv(fd, chunk, sizeof chunk, 0);
        if (got < 0) return fail("it did not come in time");
        if (got == 0) return fail("the connection ended early");
        buffer.append(chunk, static_cast<std::size_t>(got));
        return buffer.size() <= 2 * most || fail("it is too large");
    }
    std::optional<std::string> line() {
        std::size_t end = 0;
        while ((end = buffer.find("\r\n")) == std::string::npos) {
            if (buffer.size() > 65536) {
                why = "a line is too long";
                return std::nullopt;
            }
            if (!fill()) return std::nullopt;
        }
        std::string out = buffer.substr(0, end);
        buffer.erase(0, end + 2);
        return out;
    }
    bool take(std::size_t count, std::string& into) {
        if (into.size() + count > most) return fail("it is too large");
        while (buffer.size() < count)
            if (!fill()) return false;
        into.append(buffer, 0, count);
        buffer.erase(0, count);
        return true;
    }
    bool head(response& into) {
        const auto status = line();
        if (!status) return false;
        const auto code = status->size() >= 12 && status->compare(0, 5, "HTTP/") == 0
                              ? number(std::string_view(*status).substr(9, 3), 10)
                              : std::nullopt;
        if (!code) return fail("it is not HTTP");
        into.status = static_cast<int>(*code);
        constexpr std::size_t most_headers = 200;
        for (std::size_t n = 0; n < most_headers; ++n) {
            const auto field = line();
            if (!field) return false;
            if (field->empty()) return true;
            const std::size_t colon = field->find(':');
            if (colon == std::string::npos) return fail("a header is damaged");
            into.add(lower(std::string_view(*field).substr(0, colon)),
                     std::string(text::trim(std::string_view(*field).substr(colon + 1))));
        }
        return fail("it has too many headers");
    }
    bool chunks(std::string& into) {
        for (;;) {
            const auto size_line = line();
            if (!size_line) return false;
            const auto size = number(
                text::trim(std::string_view(*size_line).substr(0, size_line->find(';'))), 16);
            if (!size) return fail("a chunk is damaged");
            if (*size > 0 && !take(*size, into)) return false;
            const auto after = line();
            if (!after) return false;
            if (*size == 0) return after->empty() || fail("it has a trailer");
        }
    }
    bool body(response& into) {
        if (into.status == 204 || into.status == 304) return true;
        const std::string* coding = find_value(into.headers, "transfer-encoding");
        if (coding != nullptr && lower(*coding) == "chunked") return chunks(into.body);
        const std::string* length = find_value(into.headers, "content-length");
        const auto size = length != nullptr ? number(*length, 10) : std::nullopt;
        if (!size) return fail("its length is missing");
        return take(*size, into.body);
    }
};

http_client::http_client(url server, client_settings settings)
    : server_(std::move(server)), settings_(settings) {}

http_client::~http_client() {
    close();
}

void http_client::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

result<void> http_client::connect() {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int code = ::getaddrinfo(server_.host.c_str(), server_.port.c_str(), &hints, &found);
    if (code != 0)
        return refuse(refusals::server_unreachable, {}, server_.host, ::gai_strerror(code));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> guard(found, &::freeaddrinfo);
    const timeval limit{settings_.timeout_ms / 1000, settings_.timeout_ms % 1000 * 1000};
    int error = 0;
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
        fd_ = ::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (fd_ < 0) continue;
        const int on = 1;
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(fd_, at->ai_addr, at->ai_addrlen) == 0) return {};
        error = errno;
        close();
    }
    return refuse(refusals::server_unreachable, {}, server_.host + ":" + server_.port,
                  std::strerror(error));
}

bool http_client::send_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string http_client::head_of(std::string_view method, std::string_view path) const {
    const bool v6 = server_.host.find(':') != std::string::npos;
    std::string out;
    out.append(method).append(" ").append(server_.path).append(path).append(" HTTP/1.1\r\nHost: ");
    out += v6 ? "[" + server_.host + "]" : server_.host;
    if (server_.port != "80") out += ":" + server_.port;
    out += "\r\nUser-Agent: veche\r\n";
    for (const auto& [name, value] : headers) out += name + ": " + value + "\r\n";
    return out;
}

result<response> http_client::exchange(std::string_view head, std::string_view body) {
    const std::string where = server_.host + ":" + server_.port;
    for (bool fresh = fd_ < 0;; fresh = true) {
        if (fd_ < 0) VECHE_CHECK(connect());
        const bool sent = send_all(head) && send_all(body);
        reader in{fd_, settings_.most_bytes};
        response answer;
        // A kept connection may have been closed meanwhile. Only when not a byte has come back is
        // it right to try again on a fresh one.
        if (!sent || !in.fill()) {
            close();
            if (!fresh) continue;
            return refuse(refusals::answer_malformed, {}, where,
                          in.why != nullptr ? in.why : "the connection broke");
        }
        if (!in.head(answer) || !in.body(answer)) {
            close();
            return refuse(refusals::answer_malformed, {}, where, in.why);
        }
        const std::string* keep = find_value(answer.headers, "connection");
        if (keep != nullptr && lower(*keep) == "close") close();
        if (const std::string* type = find_value(answer.headers, "content-type"))
            answer.type = *type;
        return answer;
    }
}

result<response> http_client::get(std::string_view path) {
    return exchange(head_of("GET", path) + "\r\n", {});
}

result<response> http_client::post(std::string_view path, std::string_view media,
                                   std::string_view body) {
    std::string head = head_of("POST", path);
    head.append("Content-Type: ").append(media).append("\r\nContent-Length: ");
    head += std::to_string(body.size()) + "\r\n\r\n";
    return exchange(head, body);
}

}  // namespace veche::api
