#pragma once
// All words that occur, letter by letter, so that those with a beginning in common share it: a
// beginning and a word with errors are found without looking at every word.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace veche::search {

class trie {
  public:
    trie() : nodes_(1) {}

    /// The number of the word, given in the order of coming, from 0.
    std::uint32_t put(std::u32string_view word);
    [[nodiscard]] std::size_t words() const { return words_; }
    [[nodiscard]] std::size_t bytes() const { return nodes_.capacity() * sizeof(node); }

    static constexpr std::uint32_t none = UINT32_MAX;
    /// The number of the word; `none` where it never came.
    [[nodiscard]] std::uint32_t find(std::u32string_view word) const;
    /// Every word that begins so, the word itself included.
    void beginning_with(std::u32string_view word,
                        const std::function<void(std::uint32_t)>& take) const;
    /// Every word at a distance of 1 to `most` (at most 2), with the distance.
    void near(std::u32string_view word, int most,
              const std::function<void(std::uint32_t, int)>& take) const;

  private:
    struct node {
        char32_t letter = 0;
        std::uint32_t child = 0;  ///< 0: none
        std::uint32_t next = 0;   ///< brother
        std::uint32_t word = none;
    };
    [[nodiscard]] std::uint32_t step(std::uint32_t from, char32_t letter) const;
    [[nodiscard]] std::uint32_t walk(std::u32string_view word) const;
    void gather(std::uint32_t from, const std::function<void(std::uint32_t)>& take) const;

    std::vector<node> nodes_;
    std::size_t words_ = 0;
};

}  // namespace veche::search
