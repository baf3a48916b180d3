#pragma once
// A public shuffle of a list by the value of a random beacon, as dshuf does it (protocol draft of
// 2 March 2023): the list is fixed, the beacon speaks later, and everybody computes the same order.
//   stream  BLAKE3 with the beacon's 32 bytes as key, over each entry with its length before it
//           (8 bytes, big-endian)
//   draw    the next 24 bytes as a big-endian number, modulo how many are left: the bias is below
//           2^-128
//   order   Fisher and Yates from the front; with repetitions each draw is one of the whole list

#include <span>
#include <string>
#include <vector>

#include "kernel/hash.hpp"

namespace veche::shares {

struct beacon_shuffle {
    hash256 randomness{};      ///< what the beacon said
    std::size_t limit = 0;     ///< how many are drawn; without repetitions at most all
    bool repetitions = false;  ///< one entry can be drawn several times
};

/// The drawn entries in order; none of an empty list.
std::vector<std::string> shuffled(std::span<const std::string> entries, const beacon_shuffle& how);

}  // namespace veche::shares
