#include "search/trie.hpp"

#include <algorithm>

namespace veche::search {

std::uint32_t trie::step(std::uint32_t from, char32_t letter) const {
    std::uint32_t at = nodes_[from].child;
    while (at != 0 && nodes_[at].letter != letter) at = nodes_[at].next;
    return at;
}

std::uint32_t trie::walk(std::u32string_view word) const {
    std::uint32_t at = 0;
    for (const char32_t letter : word) {
        at = step(at, letter);
        if (at == 0) return none;
    }
    return at;
}

std::uint32_t trie::put(std::u32string_view word) {
    std::uint32_t at = 0;
    for (const char32_t letter : word) {
        std::uint32_t next = step(at, letter);
        if (next == 0) {
            next = static_cast<std::uint32_t>(nodes_.size());
            nodes_.push_back({letter, 0, nodes_[at].child, none});
            nodes_[at].child = next;
        }
        at = next;
    }
    if (nodes_[at].word == none) nodes_[at].word = static_cast<std::uint32_t>(words_++);
    return nodes_[at].word;
}

std::uint32_t trie::find(std::u32string_view word) const {
    const std::uint32_t at = walk(word);
    return at == none ? none : nodes_[at].word;
}

void trie::gather(std::uint32_t from, const std::function<void(std::uint32_t)>& take) const {
    std::vector<std::uint32_t> open{from};
    while (!open.empty()) {
        const std::uint32_t at = open.back();
        open.pop_back();
        if (nodes_[at].word != none) take(nodes_[at].word);
        for (std::uint32_t child = nodes_[at].child; child != 0; child = nodes_[child].next)
            open.push_back(child);
    }
}

void trie::beginning_with(std::u32string_view word,
                          const std::function<void(std::uint32_t)>& take) const {
    const std::uint32_t at = walk(word);
    if (at != none) gather(at, take);
}

namespace {

/// The rows of the table of distances along one way through the letters: row i is the word that was
/// asked for beside the first i letters of the way.
class way {
  public:
    way(std::u32string_view asked, int most) : asked_(asked), most_(most), rows_(1) {
        for (std::size_t j = 0; j <= asked.size(); ++j) rows_[0].push_back(static_cast<int>(j));
    }
    /// Goes on from the first `depth` letters by one; false where nothing near lies beyond.
    bool go(std::size_t depth, char32_t letter) {
        letters_.resize(depth);
        letters_ += letter;
        if (rows_.size() < depth + 2) rows_.emplace_back(asked_.size() + 1);
        std::vector<int>& row = rows_[depth + 1];
        const std::vector<int>& above = rows_[depth];
        row[0] = static_cast<int>(depth) + 1;
        int least = row[0];
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int other = asked_[j - 1] == letter ? 0 : 1;
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + other});
            if (depth > 0 && j > 1 && letter == asked_[j - 2] &&
                letters_[depth - 1] == asked_[j - 1])
                row[j] = std::min(row[j], rows_[depth - 1][j - 2] + 1);
            least = std::min(least, row[j]);
        }
        // A swap reaches back over one row, and costs one: what lies beyond is no nearer than this.
        return least <= most_ || (depth > 0 && lowest(rows_[depth]) < most_);
    }
    [[nodiscard]] int end(std::size_t depth) const { return rows_[depth].back(); }

  private:
    static int lowest(const std::vector<int>& row) {
        return *std::min_element(row.begin(), row.end());
    }
    std::u32string_view asked_;
    int most_;
    std::vector<std::vector<int>> rows_;
    std::u32string letters_;
};

}  // namespace

void trie::near(std::u32string_view word, int most,
                const std::function<void(std::uint32_t, int)>& take) const {
    struct turn {
        std::uint32_t node;
        std::size_t depth;
    };
    if (most < 1) return;
    way along(word, most);
    std::vector<turn> open;
    const auto open_children = [&](std::uint32_t of, std::size_t depth) {
        for (std::uint32_t child = nodes_[of].child; child != 0; child = nodes_[child].next)
            open.push_back({child, depth});
    };
    open_children(0, 0);
    while (!open.empty()) {
        const turn one = open.back();
        open.pop_back();
        if (!along.go(one.depth, nodes_[one.node].letter)) continue;
        const int errors = along.end(one.depth + 1);
        if (nodes_[one.node].word != none && errors > 0 && errors <= most)
            take(nodes_[one.node].word, errors);
        open_children(one.node, one.depth + 1);
    }
}

}  // namespace veche::search
