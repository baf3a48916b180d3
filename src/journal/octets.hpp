#pragma once
// Texts as libsodium wants them.

#include <string>
#include <string_view>

namespace veche::journal {

inline const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace veche::journal
