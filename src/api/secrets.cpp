#include "api/secrets.hpp"

#include <array>
#include <new>

#include <sodium.h>

#include "kernel/check.hpp"

namespace veche::api {
namespace {

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

void start() {
    VECHE_ENSURE(sodium_init() >= 0, "libsodium starts");
}

}  // namespace

std::string random_bytes(std::size_t count) {
    start();
    std::string out(count, '\0');
    randombytes_buf(out.data(), out.size());
    return out;
}

bool is_same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string argon2id(std::string_view password, password_cost cost) {
    start();
    const limits at = limits_of(cost);
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), at.operations,
                              at.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw std::bad_alloc();
    return out.data();
}

std::string argon2id_decoy(password_cost cost) {
    const limits at = limits_of(cost);
    // Salt and hash of nothing: that a password has this hash is as likely as guessing a key.
    return "$argon2id$v=19$m=" + std::to_string(at.memory / 1024) +
           ",t=" + std::to_string(at.operations) + ",p=1$" + std::string(22, 'A') + "$" +
           std::string(43, 'A');
}

bool argon2id_fits(const std::string& hash, std::string_view password) {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool argon2id_differs(const std::string& hash, password_cost cost) {
    const limits at = limits_of(cost);
    return crypto_pwhash_str_needs_rehash(hash.c_str(), at.operations, at.memory) != 0;
}

}  // namespace veche::api
