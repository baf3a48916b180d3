#pragma once
// SHA-256 through OpenSSL (hardware instructions) and small byte helpers.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace veche {

using hash256 = std::array<std::uint8_t, 32>;

/// SHA-256 of the parts, one after another.
hash256 sha256(std::initializer_list<std::string_view> parts);
inline hash256 sha256(std::string_view bytes) {
    return sha256({bytes});
}

/// SHA-256 of what is added, one after another.
class running_hash {
  public:
    running_hash();
    ~running_hash();
    running_hash(const running_hash&) = delete;
    running_hash& operator=(const running_hash&) = delete;
    void add(std::string_view bytes);
    /// Of all that was added; nothing can be added afterwards.
    [[nodiscard]] hash256 end();

  private:
    struct context;
    std::unique_ptr<context> context_;
};

inline std::string_view as_bytes(const hash256& h) {
    return {reinterpret_cast<const char*>(h.data()), h.size()};
}

std::string to_hex(std::string_view bytes);
inline std::string to_hex(const hash256& h) {
    return to_hex(as_bytes(h));
}
/// Lower-case hex of even length, or nothing.
std::optional<std::string> from_hex(std::string_view text);
/// Sixty-four digits of lower-case hex, or nothing.
std::optional<hash256> hash_from_hex(std::string_view text);

/// Standard base64 with padding (RFC 4648 section 4).
std::string to_base64(std::string_view bytes);
/// Strict: padding required, no line breaks, unused bits zero.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace veche
