#include "kernel/blake3.hpp"

#include <algorithm>
#include <bit>

namespace veche {
namespace {

using words8 = std::array<std::uint32_t, 8>;
using words16 = std::array<std::uint32_t, 16>;

constexpr std::size_t chunk_bytes = 1024;
constexpr std::size_t block_bytes = 64;
constexpr std::uint32_t chunk_start = 1, chunk_end = 2, parent = 4, root = 8, keyed = 16;
constexpr words8 start_words = {0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
constexpr std::array<std::uint8_t, 16> permutation = {2, 6,  3,  10, 7, 0,  4,  13,
                                                      1, 11, 12, 5,  9, 14, 15, 8};

void mix(words16& v, std::size_t a, std::size_t b, std::size_t c, std::size_t d, std::uint32_t x,
         std::uint32_t y) {
    v[a] += v[b] + x;
    v[d] = std::rotr(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = std::rotr(v[b] ^ v[c], 12);
    v[a] += v[b] + y;
    v[d] = std::rotr(v[d] ^ v[a], 8);
    v[c] += v[d];
    v[b] = std::rotr(v[b] ^ v[c], 7);
}

/// One use of the compression function; all sixteen words.
words16 compress(const words8& chain, words16 m, std::uint64_t counter, std::uint32_t length,
                 std::uint32_t flags) {
    words16 v;
    std::copy(chain.begin(), chain.end(), v.begin());
    std::copy_n(start_words.begin(), 4, v.begin() + 8);
    v[12] = static_cast<std::uint32_t>(counter);
    v[13] = static_cast<std::uint32_t>(counter >> 32);
    v[14] = length;
    v[15] = flags;
    for (int round = 0; round < 7; ++round) {
        for (std::size_t i = 0; i < 4; ++i)  // columns
            mix(v, i, i + 4, i + 8, i + 12, m[2 * i], m[2 * i + 1]);
        for (std::size_t i = 0; i < 4; ++i)  // diagonals
            mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i],
                m[9 + 2 * i]);
        words16 next;
        for (std::size_t i = 0; i < 16; ++i) next[i] = m[permutation[i]];
        m = next;
    }
    for (std::size_t i = 0; i < 8; ++i) {
        v[i] ^= v[i + 8];
        v[i + 8] ^= chain[i];
    }
    return v;
}

words8 first_half(const words16& v) {
    words8 out;
    std::copy_n(v.begin(), 8, out.begin());
    return out;
}

words16 words_of(std::string_view bytes) {
    words16 out{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        out[i / 4] |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i]))
                      << 8 * (i % 4);
    return out;
}

/// What is compressed last: of a chunk its last block, of a parent its two children.
struct node {
    words8 chain;
    words16 block;
    std::uint64_t counter = 0;
    std::uint32_t length = 0;
    std::uint32_t flags = 0;

    [[nodiscard]] words8 value() const {
        return first_half(compress(chain, block, counter, length, flags));
    }
};

node chunk_node(const words8& key, std::string_view bytes, std::uint64_t counter) {
    words8 chain = key;
    std::uint32_t flags = keyed | chunk_start;
    while (bytes.size() > block_bytes) {
        chain = first_half(
            compress(chain, words_of(bytes.substr(0, block_bytes)), counter, block_bytes, flags));
        flags = keyed;
        bytes.remove_prefix(block_bytes);
    }
    return {chain, words_of(bytes), counter, static_cast<std::uint32_t>(bytes.size()),
            flags | chunk_end};
}

/// The left part of a tree holds as many whole chunks as the greatest power of two that leaves
/// something to the right.
node tree_node(const words8& key, std::string_view bytes, std::uint64_t counter) {
    if (bytes.size() <= chunk_bytes) return chunk_node(key, bytes, counter);
    const std::size_t left = std::bit_floor((bytes.size() - 1) / chunk_bytes);
    const words8 a = tree_node(key, bytes.substr(0, left * chunk_bytes), counter).value();
    const words8 b = tree_node(key, bytes.substr(left * chunk_bytes), counter + left).value();
    node out{key, {}, 0, block_bytes, keyed | parent};
    std::copy(a.begin(), a.end(), out.block.begin());
    std::copy(b.begin(), b.end(), out.block.begin() + 8);
    return out;
}

}  // namespace

blake3_stream::blake3_stream(const hash256& key, std::string_view input) {
    const words16 words = words_of(as_bytes(key));
    const node top = tree_node(first_half(words), input, 0);
    chain_ = top.chain;
    block_ = top.block;
    length_ = top.length;
    flags_ = top.flags | root;
}

std::vector<std::uint8_t> blake3_stream::next(std::size_t count) {
    std::vector<std::uint8_t> out;
    out.reserve(count);
    words16 words{};
    for (bool fresh = true; out.size() < count; ++position_) {
        const std::size_t at = position_ % block_bytes;
        if (fresh || at == 0)
            words = compress(chain_, block_, position_ / block_bytes, length_, flags_);
        fresh = false;
        out.push_back(static_cast<std::uint8_t>(words[at / 4] >> 8 * (at % 4)));
    }
    return out;
}

}  // namespace veche
