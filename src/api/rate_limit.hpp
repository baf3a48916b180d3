#pragma once
// Token buckets: so many requests at once, so many per second after that, by key (an address, a
// login).

#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace veche::api {

struct rate {
    double burst = 0;       ///< requests that may come at once
    double per_second = 0;  ///< requests per second in the long run; 0 = no limit at all
};

/// Thread-safe. Remembers at most 20,000 keys; beyond that the longest unused is forgotten, which
/// frees an attacker with that many addresses, whom only the network can stop anyway.
class rate_limiter {
  public:
    explicit rate_limiter(rate limit) : limit_(limit) {}

    /// Takes one token of the key. 0 if there was one, otherwise whole seconds until there is.
    std::int64_t take(std::string_view key, std::int64_t now_ms);

    /// Puts back a token that was taken for what turned out not to count.
    void give_back(std::string_view key);

  private:
    struct bucket {
        std::string key;
        double tokens;
        std::int64_t at_ms;
    };
    const rate limit_;
    std::mutex mutex_;
    std::list<bucket> by_use_;  // longest unused first
    std::unordered_map<std::string_view, std::list<bucket>::iterator>
        by_key_;  // views into by_use_
};

/// What counts as one client: an IPv4 address, or the /64 network of an IPv6 address, which is what
/// a household gets.
std::string network_of(const std::string& address);

}  // namespace veche::api
