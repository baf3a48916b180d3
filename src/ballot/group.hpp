#pragma once
// The group in which ballots are encrypted: ristretto255 (RFC 9496), of prime order
// L = 2^252 + 27742317777372353535851937790883648493, through libsodium. Written multiplicatively
// in comments (g^x y^z), as the papers do.
//
// libsodium's functions answer -1 wherever a result is the neutral element; here the result is the
// neutral element, whose encoding is 32 zero bytes. The neutral element is a valid element: whoever
// takes a key, a credential or a commitment refuses it (`is_generator`).

#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/fields.hpp"
#include "kernel/hash.hpp"

namespace veche::ballot {

/// 32 bytes with a meaning; on the wire 64 lower-case hexadecimal digits.
template <class Tag>
struct hex32 {
    hash256 bytes{};
    auto operator<=>(const hex32&) const = default;
    [[nodiscard]] std::string_view view() const { return as_bytes(bytes); }
};

using element = hex32<struct element_tag>;  ///< an encoded group element
using scalar = hex32<struct scalar_tag>;    ///< an integer modulo L, little-endian
using digest = hex32<struct digest_tag>;    ///< a hash
using seed = hex32<struct seed_tag>;        ///< 256 secret random bits

/// The only canonical encodings are those of integers below L.
bool is_scalar(const scalar&);
/// A canonical encoding of a group element, the neutral one included.
bool is_element(const element&);
/// The same without the neutral element. The order is prime, so any other element generates.
bool is_generator(const element&);

scalar to_scalar(std::uint64_t value);
scalar operator+(const scalar&, const scalar&);
scalar operator-(const scalar&, const scalar&);
scalar operator*(const scalar&, const scalar&);
/// 1/x; x is not zero.
scalar inverse(const scalar& x);

/// The arguments below are valid elements (`is_element`) and canonical scalars.
element operator*(const element&, const element&);
element operator/(const element&, const element&);
/// base^exponent, in constant time.
element power(const element& base, const scalar& exponent);
/// g^exponent, in constant time.
element generate(const scalar& exponent);

/// 32 bytes of the system's random source.
seed random_seed();
/// Overwrites the bytes in a way that the compiler does not leave out.
void wipe(seed&);
void wipe(scalar&);

/// What is hashed: a tag that names the use, then parts, each preceded by its length as four bytes,
/// big-endian. No two different lists of parts have the same bytes.
class transcript {
  public:
    explicit transcript(std::string_view tag) { add(tag); }
    transcript& add(std::string_view part);
    transcript& add(std::uint64_t number);  ///< eight bytes, big-endian
    template <class Tag>
    transcript& add(const hex32<Tag>& part) {
        return add(part.view());
    }
    /// SHA-512 of the bytes, as an integer in little-endian order, modulo L.
    [[nodiscard]] scalar challenge() const;
    /// SHA-256 of the bytes.
    [[nodiscard]] digest hash() const;
    [[nodiscard]] std::string_view bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

namespace detail {
result<void> read_hex32(json::node, void*);
void write_hex32(json::writer&, const void*);
std::string text_hex32(const void*);
}  // namespace detail

}  // namespace veche::ballot

template <class Tag>
struct veche::detail::info_of<veche::ballot::hex32<Tag>> {
    static const type_info& get() {
        static const type_info info = [] {
            type_info i{form::text};
            i.read = &veche::ballot::detail::read_hex32;
            i.write = &veche::ballot::detail::write_hex32;
            i.text = &veche::ballot::detail::text_hex32;
            return i;
        }();
        return info;
    }
};
