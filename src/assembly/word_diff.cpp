#include "assembly/word_diff.hpp"

#include <algorithm>

namespace veche::assembly {

namespace {

using word_list = std::vector<std::string_view>;

/// Pairs of words that are compared at most; above this the middle counts as wholly different.
constexpr std::size_t most_pairs = 1'000'000;

word_list words_of(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    word_list out;
    for (auto at = text.find_first_not_of(space); at != std::string_view::npos;) {
        const auto end = text.find_first_of(space, at);
        out.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
        at = text.find_first_not_of(space, end);
    }
    return out;
}

/// Appends one word to the runs, to the last one where it is of the same kind.
void append(std::vector<diff_piece>& out, diff_kind kind, std::string_view word) {
    if (out.empty() || out.back().kind != kind) {
        out.push_back({kind, std::string(word)});
    } else {
        out.back().words.append(" ").append(word);
    }
}

/// Lengths of the longest common subsequences of all tails of `a` and `b`.
class tail_table {
  public:
    tail_table(const word_list& a, const word_list& b)
        : width_(b.size() + 1), cells_((a.size() + 1) * width_) {
        for (std::size_t i = a.size(); i-- > 0;)
            for (std::size_t j = b.size(); j-- > 0;)
                cells_[i * width_ + j] =
                    a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    [[nodiscard]] std::uint32_t at(std::size_t i, std::size_t j) const {
        return cells_[i * width_ + j];
    }

  private:
    std::size_t width_;
    std::vector<std::uint32_t> cells_;
};

void diff_middle(const word_list& a, const word_list& b, std::vector<diff_piece>& out) {
    std::size_t i = 0;
    std::size_t j = 0;
    if (a.size() * b.size() <= most_pairs) {
        const tail_table tails(a, b);
        while (i < a.size() && j < b.size()) {
            if (a[i] == b[j]) {
                append(out, diff_kind::same, a[i]);
                ++i;
                ++j;
            } else if (tails.at(i + 1, j) >= tails.at(i, j + 1)) {
                append(out, diff_kind::out, a[i++]);
            } else {
                append(out, diff_kind::in, b[j++]);
            }
        }
    }
    for (; i < a.size(); ++i) append(out, diff_kind::out, a[i]);
    for (; j < b.size(); ++j) append(out, diff_kind::in, b[j]);
}

/// Between two runs that stayed, all that goes out stands before all that comes in.
std::vector<diff_piece> out_before_in(const std::vector<diff_piece>& pieces) {
    std::vector<diff_piece> done;
    std::vector<diff_piece> in;
    for (const diff_piece& p : pieces) {
        if (p.kind == diff_kind::in) {
            append(in, p.kind, p.words);
            continue;
        }
        if (p.kind == diff_kind::same) {
            done.insert(done.end(), in.begin(), in.end());
            in.clear();
        }
        append(done, p.kind, p.words);
    }
    done.insert(done.end(), in.begin(), in.end());
    return done;
}

}  // namespace

std::vector<diff_piece> diff_words(std::string_view before, std::string_view after) {
    word_list a = words_of(before);
    word_list b = words_of(after);
    std::vector<diff_piece> out;
    const auto head = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    for (std::ptrdiff_t i = 0; i < head; ++i)
        append(out, diff_kind::same, a[static_cast<std::size_t>(i)]);
    a.erase(a.begin(), a.begin() + head);
    b.erase(b.begin(), b.begin() + head);
    const auto tail = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
    const word_list kept(a.end() - tail, a.end());
    a.erase(a.end() - tail, a.end());
    b.erase(b.end() - tail, b.end());
    diff_middle(a, b, out);
    for (const std::string_view word : kept) append(out, diff_kind::same, word);
    return out_before_in(out);
}

std::int64_t word_distance(std::string_view before, std::string_view after) {
    std::int64_t distance = 0;
    for (const diff_piece& p : diff_words(before, after))
        if (p.kind != diff_kind::same)
            distance += static_cast<std::int64_t>(words_of(p.words).size());
    return distance;
}

}  // namespace veche::assembly
