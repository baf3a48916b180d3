#include "ballot/group.hpp"

#include <algorithm>

#include <sodium.h>

#include "kernel/check.hpp"

namespace veche::ballot {
namespace {

static_assert(crypto_core_ristretto255_BYTES == sizeof(hash256));
static_assert(crypto_core_ristretto255_SCALARBYTES == sizeof(hash256));

/// libsodium chooses its implementations once.
const bool started = sodium_init() >= 0;

void ensure_started() {
    VECHE_ENSURE(started, "libsodium starts");
}

}  // namespace

bool is_scalar(const scalar& x) {
    // Reduction leaves exactly the canonical encodings as they are.
    std::array<unsigned char, crypto_core_ristretto255_NONREDUCEDSCALARBYTES> wide{};
    std::copy(x.bytes.begin(), x.bytes.end(), wide.begin());
    scalar reduced;
    crypto_core_ristretto255_scalar_reduce(reduced.bytes.data(), wide.data());
    return reduced == x;
}

bool is_element(const element& e) {
    return crypto_core_ristretto255_is_valid_point(e.bytes.data()) == 1;
}

bool is_generator(const element& e) {
    return e != element{} && is_element(e);
}

scalar to_scalar(std::uint64_t value) {
    scalar out;
    for (std::size_t n = 0; n < sizeof value; ++n)
        out.bytes[n] = static_cast<std::uint8_t>(value >> (8 * n));
    return out;
}

scalar operator+(const scalar& a, const scalar& b) {
    scalar out;
    crypto_core_ristretto255_scalar_add(out.bytes.data(), a.bytes.data(), b.bytes.data());
    return out;
}

scalar operator-(const scalar& a, const scalar& b) {
    scalar out;
    crypto_core_ristretto255_scalar_sub(out.bytes.data(), a.bytes.data(), b.bytes.data());
    return out;
}

scalar operator*(const scalar& a, const scalar& b) {
    scalar out;
    crypto_core_ristretto255_scalar_mul(out.bytes.data(), a.bytes.data(), b.bytes.data());
    return out;
}

scalar inverse(const scalar& x) {
    scalar out;
    VECHE_ENSURE(crypto_core_ristretto255_scalar_invert(out.bytes.data(), x.bytes.data()) == 0,
                 "zero has no inverse");
    return out;
}

element operator*(const element& a, const element& b) {
    element out;
    VECHE_ENSURE(
        crypto_core_ristretto255_add(out.bytes.data(), a.bytes.data(), b.bytes.data()) == 0,
        "both are elements");
    return out;
}

element operator/(const element& a, const element& b) {
    element out;
    VECHE_ENSURE(
        crypto_core_ristretto255_sub(out.bytes.data(), a.bytes.data(), b.bytes.data()) == 0,
        "both are elements");
    return out;
}

element power(const element& base, const scalar& exponent) {
    element out;
    // -1 with a valid base says that the result is neutral.
    if (crypto_scalarmult_ristretto255(out.bytes.data(), exponent.bytes.data(),
                                       base.bytes.data()) != 0) {
        VECHE_ENSURE(is_element(base), "the base is an element");
        return {};
    }
    return out;
}

element generate(const scalar& exponent) {
    element out;
    if (crypto_scalarmult_ristretto255_base(out.bytes.data(), exponent.bytes.data()) != 0)
        return {};
    return out;
}

seed random_seed() {
    ensure_started();
    seed out;
    randombytes_buf(out.bytes.data(), out.bytes.size());
    return out;
}

void wipe(seed& s) {
    sodium_memzero(s.bytes.data(), s.bytes.size());
}

void wipe(scalar& s) {
    sodium_memzero(s.bytes.data(), s.bytes.size());
}

transcript& transcript::add(std::string_view part) {
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes_ += static_cast<char>(static_cast<unsigned char>(part.size() >> shift));
    bytes_ += part;
    return *this;
}

transcript& transcript::add(std::uint64_t number) {
    std::string text;
    for (int shift = 56; shift >= 0; shift -= 8)
        text += static_cast<char>(static_cast<unsigned char>(number >> shift));
    return add(std::string_view(text));
}

scalar transcript::challenge() const {
    std::array<unsigned char, crypto_hash_sha512_BYTES> wide{};
    crypto_hash_sha512(wide.data(), reinterpret_cast<const unsigned char*>(bytes_.data()),
                       bytes_.size());
    static_assert(crypto_hash_sha512_BYTES == crypto_core_ristretto255_NONREDUCEDSCALARBYTES);
    scalar out;
    crypto_core_ristretto255_scalar_reduce(out.bytes.data(), wide.data());
    return out;
}

digest transcript::hash() const {
    return {sha256(bytes_)};
}

namespace detail {

result<void> read_hex32(json::node from, void* into) {
    auto& bytes = *static_cast<hash256*>(into);
    const auto decoded =
        from.is(json::kind::string) ? from_hex(from.as_string()) : std::optional<std::string>{};
    if (!decoded || decoded->size() != bytes.size())
        return refuse(json::refusals::wrong_type, {}, "64 lower-case hexadecimal digits");
    std::copy(decoded->begin(), decoded->end(), reinterpret_cast<char*>(bytes.data()));
    return {};
}

void write_hex32(json::writer& out, const void* value) {
    out.string(to_hex(*static_cast<const hash256*>(value)));
}

std::string text_hex32(const void* value) {
    return to_hex(*static_cast<const hash256*>(value));
}

}  // namespace detail
}  // namespace veche::ballot
