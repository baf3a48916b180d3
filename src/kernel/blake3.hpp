#pragma once
// BLAKE3 with a key, as a stream of any length (O'Connor, Aumasson, Neves, Wilcox-O'Hearn, BLAKE3
// 2020, sections 2.1 to 2.6). Written here because Debian 12 has no library of it; nothing on the
// journal rests on it, public shuffles from a random beacon do (`veche shuffle`).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/hash.hpp"

namespace veche {

class blake3_stream {
  public:
    /// The keyed mode of the function over these bytes.
    blake3_stream(const hash256& key, std::string_view input);
    /// The next bytes of the output; any number, in any steps.
    [[nodiscard]] std::vector<std::uint8_t> next(std::size_t count);

  private:
    std::array<std::uint32_t, 8> chain_;
    std::array<std::uint32_t, 16> block_;
    std::uint32_t length_ = 0;  ///< bytes of the block
    std::uint32_t flags_ = 0;
    std::uint64_t position_ = 0;  ///< in the output
};

}  // namespace veche
