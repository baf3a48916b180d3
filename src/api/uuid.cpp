#include "api/uuid.hpp"

#include "api/secrets.hpp"
#include "kernel/hash.hpp"

namespace veche::api {

std::string make_uuid7(std::int64_t unix_ms) {
    std::string bytes = random_bytes(16);
    for (int i = 0; i < 6; ++i) bytes[i] = static_cast<char>(unix_ms >> (40 - 8 * i) & 0xFF);
    bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x70);  // version 7
    bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);  // variant of the RFC
    std::string out = to_hex(bytes);
    for (const std::size_t dash : {20, 16, 12, 8}) out.insert(dash, "-");
    return out;
}

}  // namespace veche::api
