#pragma once
// What differs between two texts, word by word. Words are parted by spaces and line ends. The
// result is one of the shortest: as many words as possible stay (a longest common subsequence).
// Source of the method: Wagner and Fischer, The String-to-String Correction Problem, J. ACM 21
// (1974). Beyond a size both texts count as wholly different, so that one page stays cheap.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/fields.hpp"

namespace veche::assembly {

enum class diff_kind : std::uint8_t { same, out, in };
VECHE_CHOICES(diff_kind, same, out, in)

/// A run of words that stayed, went out or came in; parted by single spaces.
struct diff_piece {
    diff_kind kind{};
    std::string words;
    bool operator==(const diff_piece&) const = default;
};
VECHE_FIELDS(diff_piece, (kind, "Whether the words stayed, went out or came in."),
             (words, "The words."))

/// Runs in reading order; where words go out and others come in at one place, out comes first.
std::vector<diff_piece> diff_words(std::string_view before, std::string_view after);

/// Words that go out and words that come in, together: how far one text is from the other.
std::int64_t word_distance(std::string_view before, std::string_view after);

}  // namespace veche::assembly
