#include "api/password.hpp"

#include <algorithm>
#include <array>
#include <new>

#include <sodium.h>

#include "api/refusal.hpp"
#include "kernel/check.hpp"

namespace veche::api {
namespace {

constexpr int max_at_work = 2;
constexpr int max_waiting = 16;

struct limits {
    unsigned long long operations;
    std::size_t memory;
};

limits limits_of(password_cost cost) {
    switch (cost) {
        case password_cost::fast:
            return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
        case password_cost::interactive:
            return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
        case password_cost::moderate:
            break;
    }
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

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

std::string password_hasher::make(std::string_view password) const {
    VECHE_ENSURE(sodium_init() >= 0, "libsodium starts");
    const limits cost = limits_of(cost_);
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), cost.operations,
                              cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return out.data();
}

result<std::string> password_hasher::hash(std::string_view password) {
    if (characters(password) < min_password_characters)
        return refuse(refusals::password_too_short, "password",
                      std::to_string(min_password_characters));
    const slot place(*this);
    if (!place.taken) return refuse(refusals::busy);
    return make(password);
}

result<bool> password_hasher::verify(std::string_view hash, std::string_view password) {
    const slot place(*this);
    if (!place.taken) return refuse(refusals::busy);
    std::string against(hash);
    if (hash.empty()) {
        std::unique_lock lock(mutex_);
        if (decoy_.empty()) {
            lock.unlock();
            std::string made = make("no password fits this hash");
            lock.lock();
            decoy_ = std::move(made);
        }
        against = decoy_;
    }
    const bool fits =
        crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
    return fits && !hash.empty();
}

bool password_hasher::is_outdated(const std::string& hash) const {
    const limits cost = limits_of(cost_);
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.operations, cost.memory) != 0;
}

}  // namespace veche::api
