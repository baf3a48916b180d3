#pragma once
// Passwords: Argon2id. Slow on purpose, so never on the writer's or the network's
// threads, and only a few at a time: each takes up to a quarter of a gibibyte.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "api/secrets.hpp"
#include "kernel/result.hpp"

namespace veche::api {

constexpr std::size_t min_password_characters = 8;

class password_hasher {
  public:
    explicit password_hasher(password_cost cost) : cost_(cost) {}

    /// Refuses passwords that are too short, and when too many hashes are waiting.
    result<std::string> hash(std::string_view password);
    /// Whether the password fits the hash, in the same time whatever the answer. An empty hash (no
    /// such account) costs as much and fits nothing.
    result<bool> verify(std::string_view hash, std::string_view password);
    /// How many hashes were computed: the work of an answer, by which a test can tell that one is
    /// as dear as another.
    [[nodiscard]] std::int64_t computed() const { return computed_; }
    /// Whether a hash was made at another cost than ours and should be made anew.
    [[nodiscard]] bool is_outdated(const std::string& hash) const {
        return argon2id_differs(hash, cost_);
    }

  private:
    struct slot;

    const password_cost cost_;
    std::mutex mutex_;
    std::condition_variable freed_;
    int at_work_ = 0;
    int waiting_ = 0;
    std::atomic<std::int64_t> computed_ = 0;
};

}  // namespace veche::api
