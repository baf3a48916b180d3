#pragma once
// Who may keep a connection open, and whose request it is behind a proxy.

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace veche::api {

/// Counts open connections, in all and by address, against their caps. Thread-safe.
class connection_counter {
  public:
    connection_counter(std::size_t max_total, std::size_t max_per_address)
        : max_total_(max_total), max_per_address_(max_per_address) {}

    /// Counts one more connection, or refuses. `exempt` addresses (a trusted proxy) meet the total
    /// cap only.
    bool open(const std::string& address, bool exempt);
    void close(const std::string& address);
    [[nodiscard]] std::size_t total() const;

  private:
    const std::size_t max_total_;
    const std::size_t max_per_address_;
    mutable std::mutex mutex_;
    std::size_t total_ = 0;
    std::map<std::string, std::size_t> by_address_;
};

struct client {
    std::string address;
    bool secure = false;
};

/// The client behind a connection. Only where `peer` is a trusted proxy do the headers count: the
/// address is the last one in X-Forwarded-For that is no trusted proxy itself, since all before it
/// is what the client claims; X-Forwarded-Proto says whether it came over TLS.
client client_of(const std::string& peer, std::string_view forwarded_for,
                 std::string_view forwarded_proto, const std::vector<std::string>& trusted);

}  // namespace veche::api
