#include "shares/beacon_shuffle.hpp"

#include <algorithm>
#include <utility>

#include "kernel/blake3.hpp"

namespace veche::shares {
namespace {

std::string in_canonical_form(std::span<const std::string> entries) {
    std::string out;
    for (const std::string& one : entries) {
        for (int shift = 56; shift >= 0; shift -= 8)
            out.push_back(static_cast<char>(static_cast<std::uint64_t>(one.size()) >> shift));
        out += one;
    }
    return out;
}

/// The next draw below `n`; n is not zero.
std::size_t draw(blake3_stream& from, std::size_t n) {
    __extension__ using wide = unsigned __int128;
    wide rest = 0;
    for (const std::uint8_t byte : from.next(24)) rest = (rest * 256 + byte) % n;
    return static_cast<std::size_t>(rest);
}

}  // namespace

std::vector<std::string> shuffled(std::span<const std::string> entries, const beacon_shuffle& how) {
    blake3_stream stream(how.randomness, in_canonical_form(entries));
    std::vector<std::string> all(entries.begin(), entries.end());
    std::vector<std::string> out;
    if (all.empty()) return out;
    const std::size_t count = how.repetitions ? how.limit : std::min(how.limit, all.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (how.repetitions) {
            out.push_back(all[draw(stream, all.size())]);
            continue;
        }
        std::swap(all[i], all[i + draw(stream, all.size() - i)]);
        out.push_back(all[i]);
    }
    return out;
}

}  // namespace veche::shares
