#include "group.hpp"

#include <sodium.h>

#include "json.hpp"

namespace verifier {

bytes32 from_hex(std::string_view digits) {
    bytes32 out{};
    if (digits.size() != 64) throw fault("64 hexadecimal digits are needed");
    for (std::size_t n = 0; n < digits.size(); ++n) {
        const char c = digits[n];
        int d = -1;
        if (c >= '0' && c <= '9') d = c - '0';
        if (c >= 'a' && c <= 'f') d = c - 'a' + 10;
        if (d < 0) throw fault("64 lower-case hexadecimal digits are needed");
        out[n / 2] = static_cast<unsigned char>(out[n / 2] * 16 + d);
    }
    return out;
}

std::string to_hex(const bytes32& b) {
    std::string out;
    for (const unsigned char c : b) {
        out += "0123456789abcdef"[c / 16];
        out += "0123456789abcdef"[c % 16];
    }
    return out;
}

bytes32 sha256(std::string_view bytes) {
    bytes32 out;
    crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    return out;
}

point any_point(std::string_view hex) {
    const point p{from_hex(hex)};
    if (crypto_core_ristretto255_is_valid_point(p.b.data()) != 1) throw fault("no group element");
    return p;
}

point key_point(std::string_view hex) {
    const point p = any_point(hex);
    if (p == point{}) throw fault("the neutral element stands where it must not");
    return p;
}

number reduced(std::string_view hex) {
    const number n{from_hex(hex)};
    std::array<unsigned char, 64> wide{};
    std::copy(n.b.begin(), n.b.end(), wide.begin());
    number same;
    crypto_core_ristretto255_scalar_reduce(same.b.data(), wide.data());
    if (!(same == n)) throw fault("a number is not below the order of the group");
    return n;
}

number small(std::uint64_t v) {
    number out;
    for (std::size_t n = 0; n < 8; ++n) out.b[n] = static_cast<unsigned char>(v >> (8 * n));
    return out;
}

number add(const number& a, const number& b) {
    number out;
    crypto_core_ristretto255_scalar_add(out.b.data(), a.b.data(), b.b.data());
    return out;
}
number subtract(const number& a, const number& b) {
    number out;
    crypto_core_ristretto255_scalar_sub(out.b.data(), a.b.data(), b.b.data());
    return out;
}
number multiply(const number& a, const number& b) {
    number out;
    crypto_core_ristretto255_scalar_mul(out.b.data(), a.b.data(), b.b.data());
    return out;
}
number invert(const number& a) {
    number out;
    if (crypto_core_ristretto255_scalar_invert(out.b.data(), a.b.data()) != 0)
        throw fault("zero has no inverse");
    return out;
}

point add(const point& a, const point& b) {
    point out;
    if (crypto_core_ristretto255_add(out.b.data(), a.b.data(), b.b.data()) != 0)
        throw fault("no group element");
    return out;
}
point subtract(const point& a, const point& b) {
    point out;
    if (crypto_core_ristretto255_sub(out.b.data(), a.b.data(), b.b.data()) != 0)
        throw fault("no group element");
    return out;
}

point times(const number& n, const point& p) {
    point out;
    // Points were checked when they were read: -1 says that the result is neutral.
    if (crypto_scalarmult_ristretto255(out.b.data(), n.b.data(), p.b.data()) != 0) return {};
    return out;
}
point times_base(const number& n) {
    point out;
    if (crypto_scalarmult_ristretto255_base(out.b.data(), n.b.data()) != 0) return {};
    return out;
}

parts& parts::text(std::string_view part) {
    for (int shift = 24; shift >= 0; shift -= 8)
        all_ += static_cast<char>(static_cast<unsigned char>(part.size() >> shift));
    all_ += part;
    return *this;
}

parts& parts::count(std::uint64_t v) {
    std::string eight;
    for (int shift = 56; shift >= 0; shift -= 8)
        eight += static_cast<char>(static_cast<unsigned char>(v >> shift));
    return text(eight);
}

number parts::scalar() const {
    std::array<unsigned char, 64> wide;
    crypto_hash_sha512(wide.data(), reinterpret_cast<const unsigned char*>(all_.data()),
                       all_.size());
    number out;
    crypto_core_ristretto255_scalar_reduce(out.b.data(), wide.data());
    return out;
}

bytes32 parts::digest() const {
    return sha256(all_);
}

}  // namespace verifier
