#include "api/password.hpp"

#include <algorithm>

#include "api/refusal.hpp"

namespace veche::api {
namespace {

constexpr int max_at_work = 2;
constexpr int max_waiting = 16;

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

}  // namespace

/// One of the few places in which hashes are made; waits for one, or finds the queue too long.
struct password_hasher::slot {
    explicit slot(password_hasher& of) : hasher(of) {
        std::unique_lock lock(hasher.mutex_);
        if (hasher.waiting_ >= max_waiting) return;
        ++hasher.waiting_;
        hasher.freed_.wait(lock, [this] { return hasher.at_work_ < max_at_work; });
        --hasher.waiting_;
        ++hasher.at_work_;
        taken = true;
    }
    ~slot() {
        if (!taken) return;
        const std::lock_guard lock(hasher.mutex_);
        --hasher.at_work_;
        hasher.freed_.notify_one();
    }
    slot(const slot&) = delete;
    slot& operator=(const slot&) = delete;

    password_hasher& hasher;
    bool taken = false;
};

result<std::string> password_hasher::hash(std::string_view password) {
    if (characters(password) < min_password_characters)
        return refuse(refusals::password_too_short, "password",
                      std::to_string(min_password_characters));
    const slot place(*this);
    if (!place.taken) return refuse(refusals::busy);
    ++computed_;
    return argon2id(password, cost_);
}

result<bool> password_hasher::verify(std::string_view hash, std::string_view password) {
    const slot place(*this);
    if (!place.taken) return refuse(refusals::busy);
    ++computed_;
    const bool fits =
        argon2id_fits(hash.empty() ? argon2id_decoy(cost_) : std::string(hash), password);
    return fits && !hash.empty();
}

}  // namespace veche::api
