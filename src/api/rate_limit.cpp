#include "api/rate_limit.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <arpa/inet.h>

#include "kernel/hash.hpp"

namespace veche::api {

std::int64_t rate_limiter::take(std::string_view key, std::int64_t now_ms) {
    constexpr std::size_t max_keys = 20'000;
    if (limit_.per_second <= 0) return 0;
    const std::lock_guard lock(mutex_);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        if (by_use_.size() >= max_keys) {
            by_key_.erase(by_use_.front().key);
            by_use_.pop_front();
        }
        by_use_.push_back({std::string(key), limit_.burst, now_ms});
        found = by_key_.emplace(by_use_.back().key, std::prev(by_use_.end())).first;
    } else {
        by_use_.splice(by_use_.end(), by_use_, found->second);
    }
    bucket& b = *found->second;
    const double elapsed_s =
        static_cast<double>(std::max<std::int64_t>(0, now_ms - b.at_ms)) / 1000;
    b.tokens = std::min(limit_.burst, b.tokens + elapsed_s * limit_.per_second);
    b.at_ms = now_ms;
    if (b.tokens >= 1) {
        b.tokens -= 1;
        return 0;
    }
    return static_cast<std::int64_t>(std::ceil((1 - b.tokens) / limit_.per_second));
}

void rate_limiter::give_back(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    bucket& b = *found->second;
    b.tokens = std::min(limit_.burst, b.tokens + 1);
}

std::string network_of(const std::string& address) {
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
    return to_hex({reinterpret_cast<const char*>(bytes.data()), 8}) + "/64";
}

}  // namespace veche::api
