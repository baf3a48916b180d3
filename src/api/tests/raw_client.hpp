#pragma once
// A bare TCP client for tests: what a well-behaved HTTP library would never send, this one does.

#include <chrono>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace veche::api::testing {

class raw_client {
  public:
    explicit raw_client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
        const timeval limit{10, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    ~raw_client() { ::close(fd_); }
    raw_client(const raw_client&) = delete;
    raw_client& operator=(const raw_client&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Reads until the text has come (it stays in the buffer) or the connection ends.
    bool wait_for(std::string_view text) {
        while (buffer_.find(text) == std::string::npos)
            if (!fill()) return false;
        return true;
    }

    /// One whole response with a Content-Length; "" when the connection ends first.
    std::string response() {
        if (!wait_for("\r\n\r\n")) return {};
        const std::size_t head = buffer_.find("\r\n\r\n") + 4;
        std::size_t length = 0;
        const std::size_t at = buffer_.find("Content-Length: ");
        if (at != std::string::npos && at < head) length = std::stoul(buffer_.substr(at + 16));
        while (buffer_.size() < head + length)
            if (!fill()) return {};
        std::string out = buffer_.substr(0, head + length);
        buffer_.erase(0, head + length);
        return out;
    }

    /// Everything up to the end of the connection.
    std::string rest() {
        while (fill()) {
        }
        return std::move(buffer_);
    }

    [[nodiscard]] const std::string& buffered() const { return buffer_; }

  private:
    bool fill() {
        char chunk[16384];
        const auto got = ::recv(fd_, chunk, sizeof chunk, 0);
        if (got <= 0) return false;
        buffer_.append(chunk, static_cast<std::size_t>(got));
        return true;
    }

    int fd_;
    bool connected_ = false;
    std::string buffer_;
};

/// The status of a raw response, 0 where it is none.
inline int status_of(std::string_view raw) {
    return raw.size() > 12 && raw.substr(0, 5) == "HTTP/" ? std::stoi(std::string(raw.substr(9, 3)))
                                                          : 0;
}

}  // namespace veche::api::testing
