#pragma once
// ristretto255 through libsodium, and what is hashed. Written from docs/format/ballot.md alone.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace verifier {

using bytes32 = std::array<unsigned char, 32>;

struct point {
    bytes32 b{};
    auto operator<=>(const point&) const = default;
};
struct number {
    bytes32 b{};
    bool operator==(const number&) const = default;
};

bytes32 from_hex(std::string_view digits);
std::string to_hex(const bytes32&);
bytes32 sha256(std::string_view bytes);

/// Faults where the bytes are no canonical point, or the neutral one.
point key_point(std::string_view hex);
/// Any canonical point.
point any_point(std::string_view hex);
/// Faults where the bytes are not below the order of the group.
number reduced(std::string_view hex);
number small(std::uint64_t);

number add(const number&, const number&);
number subtract(const number&, const number&);
number multiply(const number&, const number&);
number invert(const number&);
point add(const point&, const point&);
point subtract(const point&, const point&);
/// n times the point; n times the base point.
point times(const number&, const point&);
point times_base(const number&);

/// Parts, each after its length as four big-endian bytes; the first is the tag.
class parts {
  public:
    explicit parts(std::string_view tag) { text(tag); }
    parts& text(std::string_view);
    parts& count(std::uint64_t);  ///< eight big-endian bytes
    parts& of(const bytes32& b) {
        return text({reinterpret_cast<const char*>(b.data()), b.size()});
    }
    parts& of(const point& p) { return of(p.b); }
    parts& of(const number& n) { return of(n.b); }
    [[nodiscard]] number scalar() const;   ///< SHA-512, little-endian, modulo the order
    [[nodiscard]] bytes32 digest() const;  ///< SHA-256

  private:
    std::string all_;
};

}  // namespace verifier
