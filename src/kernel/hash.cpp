// OpenSSL's plain SHA-256 calls, although it would have everyone go through EVP: an EVP context is
// allocated anew for every hash, which doubles the cost of one as short as a node of the tree.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "kernel/hash.hpp"

#include <openssl/sha.h>

#include "kernel/check.hpp"

namespace veche {
namespace {

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto base64_values = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < base64_alphabet.size(); ++i)
        values[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}();

int base64_value(char c) {
    return base64_values[static_cast<unsigned char>(c)];
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

hash256 sha256(std::initializer_list<std::string_view> parts) {
    SHA256_CTX running;
    hash256 out;
    bool ok = SHA256_Init(&running) == 1;
    for (const auto part : parts) ok = ok && SHA256_Update(&running, part.data(), part.size()) == 1;
    ok = ok && SHA256_Final(out.data(), &running) == 1;
    VECHE_ENSURE(ok, "SHA-256 succeeds");
    return out;
}

struct running_hash::context {
    SHA256_CTX running;
};

running_hash::running_hash() : context_(std::make_unique<context>()) {
    VECHE_ENSURE(SHA256_Init(&context_->running) == 1, "SHA-256 succeeds");
}

running_hash::~running_hash() = default;

void running_hash::add(std::string_view bytes) {
    VECHE_ENSURE(SHA256_Update(&context_->running, bytes.data(), bytes.size()) == 1,
                 "SHA-256 succeeds");
}

hash256 running_hash::end() {
    hash256 out;
    VECHE_ENSURE(SHA256_Final(out.data(), &context_->running) == 1, "SHA-256 succeeds");
    return out;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto b = static_cast<unsigned char>(c);
        out += digits[b >> 4];
        out += digits[b & 15];
    }
    return out;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
    }
    return out;
}

std::optional<hash256> hash_from_hex(std::string_view text) {
    const auto bytes = from_hex(text);
    hash256 out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return out;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned group = 0;
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= have ? base64_alphabet[group >> (18 - 6 * k) & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string out;
    out.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t pad =
            last ? (text[i + 3] == '=') + (text[i + 2] == '=' && text[i + 3] == '=') : 0;
        unsigned group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const int v = k >= 4 - pad ? 0 : base64_value(text[i + k]);
            if (v < 0) return std::nullopt;
            group = group << 6 | static_cast<unsigned>(v);
        }
        if ((pad == 1 && (group & 0xFF) != 0) || (pad == 2 && (group & 0xFFFF) != 0))
            return std::nullopt;
        for (std::size_t k = 0; k < 3 - pad; ++k)
            out += static_cast<char>(group >> (16 - 8 * k) & 0xFF);
    }
    return out;
}

}  // namespace veche
