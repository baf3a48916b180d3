#pragma once
// Everything that can be found, by its words: put in, put again and taken out as it changes.
// Nothing here binds anybody; it can be thrown away and made anew.
//
// A thing is found if every word that was asked for is a word of it, begins one, or is one with
// errors. Found first is what has the words as they were asked for, then longer ones, then those
// with errors; of these what has them in its title; of these the latest; at last by key. The order
// depends on nothing else, so that the same things give the same list.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "search/trie.hpp"
#include "search/words.hpp"

namespace veche::search {

struct thing_text {
    std::string kind;                ///< "measure"
    std::string id;                  ///< unlike among those of the kind
    std::vector<std::string> title;  ///< in every language
    std::vector<std::string> text;   ///< other words by which it is found
    std::int64_t day = INT64_MIN;    ///< milliseconds; those without come last
};

struct query {
    std::string words;
    std::string kind;  ///< "" for all
    std::size_t offset = 0;
    std::size_t count = 50;
};

struct hit {
    std::string kind;
    std::string id;
    int errors = 0;      ///< in all words together
    int beginnings = 0;  ///< words that only begin a word of it
    int in_text = 0;     ///< words that its title has not
    bool operator==(const hit&) const = default;
};

struct answer {
    std::vector<hit> hits;
    std::size_t found = 0;                       ///< of the kind that was asked for
    std::map<std::string, std::size_t> by_kind;  ///< of every kind
};

/// Words of a query beyond these are not looked at.
inline constexpr std::size_t most_words = 8;

class word_index {
  public:
    /// Puts the thing in; instead of what was there under its kind and id.
    void put(const thing_text&);
    void remove(std::string_view kind, std::string_view id);
    [[nodiscard]] answer find(const query&) const;
    [[nodiscard]] std::size_t size() const { return slots_.size(); }
    /// About how many bytes it holds.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct document {
        std::uint32_t kind = 0;
        bool there = false;
        std::int64_t day = 0;
        std::string id;
    };
    /// A document with the word; in the title or not.
    struct posting {
        std::uint32_t document : 31;
        std::uint32_t titled : 1;
    };
    static constexpr std::uint32_t most_documents = 0x7FFFFFFF;
    /// How a document has a word that was asked for; the lower the better: errors (0 to 2) times
    /// four, two for a longer word, one for not in the title.
    using cost = std::uint8_t;
    static constexpr cost absent = UINT8_MAX;

    std::uint32_t number_of(std::string_view kind);
    void add_words(std::uint32_t slot, const std::vector<std::string>& texts, bool titled);
    [[nodiscard]] std::vector<cost> costs_of(const std::string& word) const;
    void renew_if_sparse();

    trie words_;
    std::vector<std::vector<posting>> postings_;  ///< by number of the word
    std::vector<document> documents_;
    std::map<std::pair<std::uint32_t, std::string>, std::uint32_t, std::less<>> slots_;
    std::vector<std::string> kinds_;
    std::size_t dead_ = 0;
};

/// A piece of a text around the first of the words that were asked for.
struct snippet {
    std::string before;
    std::string found;
    std::string after;
};

/// Nothing in `found` where no word of the text is one of those asked for.
snippet snippet_of(std::string_view text, std::string_view words, std::size_t around = 80);

}  // namespace veche::search
