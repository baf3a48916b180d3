#include "search/words.hpp"

#include <algorithm>
#include <array>

#include "kernel/search_fold.hpp"

namespace veche::search {
namespace {

struct letter_at {
    char32_t letter = 0;
    std::size_t size = 1;
};

bool is_more(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The code point that begins at `at`; a byte that begins none is one of its own.
letter_at read_letter(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size == 1 || at + size > text.size()) return {first, 1};
    char32_t letter = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if (!is_more(text[at + i])) return {first, 1};
        letter = letter << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    return {letter, size};
}

/// Belongs to a word without counting in it.
bool is_silent(char32_t c) {
    return c == '\'' || c == 0xAD || c == 0x2BC || c == 0x2018 || c == 0x2019 ||
           (c >= 0x300 && c <= 0x36F);
}

bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 0x20U) >= 'a' && (c | 0x20U) <= 'z');
    const bool mark = c < 0xC0 || c == 0xD7 || c == 0xF7;  // Latin-1 signs, times, divided by
    const bool punctuation = c >= 0x2000 && c <= 0x2BFF;   // spaces, dashes, signs, arrows
    return !mark && !punctuation && !(c >= 0x3000 && c <= 0x303F);
}

constexpr std::array<std::pair<char32_t, std::string_view>, 13> twins{{{U'a', "а"},
                                                                       {U'b', "в"},
                                                                       {U'c', "с"},
                                                                       {U'e', "е"},
                                                                       {U'h', "н"},
                                                                       {U'i', "и"},
                                                                       {U'k', "к"},
                                                                       {U'm', "м"},
                                                                       {U'o', "о"},
                                                                       {U'p', "р"},
                                                                       {U't', "т"},
                                                                       {U'x', "х"},
                                                                       {U'y', "у"}}};

/// A word of two alphabets was typed on two keyboards: what looks Cyrillic is.
std::string untwinned(std::string folded) {
    const std::u32string letters = letters_of(folded);
    const auto latin = [](char32_t c) { return c >= 'a' && c <= 'z'; };
    const auto cyrillic = [](char32_t c) { return c >= 0x400 && c <= 0x52F; };
    if (std::none_of(letters.begin(), letters.end(), latin) ||
        std::none_of(letters.begin(), letters.end(), cyrillic))
        return folded;
    std::string out;
    std::size_t at = 0;
    for (const char32_t c : letters) {
        const letter_at one = read_letter(folded, at);
        const auto twin =
            std::find_if(twins.begin(), twins.end(), [&](const auto& t) { return t.first == c; });
        if (latin(c) && twin == twins.end()) return folded;
        out += latin(c) ? twin->second : std::string_view(folded).substr(at, one.size);
        at += one.size;
    }
    return out;
}

}  // namespace

std::vector<word_at> words_of(std::string_view text) {
    std::vector<word_at> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const letter_at first = read_letter(text, at);
        if (!is_letter(first.letter)) {
            at += first.size;
            continue;
        }
        std::size_t end = at;
        std::size_t next = at;
        while (next < text.size()) {
            const letter_at one = read_letter(text, next);
            if (!is_letter(one.letter) && !is_silent(one.letter)) break;
            next += one.size;
            if (one.letter != '\'' && one.letter != 0x2019 && one.letter != 0x2018) end = next;
        }
        std::string folded = untwinned(fold_for_search(text.substr(at, end - at)));
        if (!folded.empty()) out.push_back({at, end, std::move(folded)});
        at = next;
    }
    return out;
}

std::u32string letters_of(std::string_view folded) {
    std::u32string out;
    for (std::size_t at = 0; at < folded.size();) {
        const letter_at one = read_letter(folded, at);
        out += one.letter;
        at += one.size;
    }
    return out;
}

int distance(std::u32string_view a, std::u32string_view b, int most) {
    const auto far = static_cast<std::size_t>(most) + 1;
    if (a.size() > b.size() + far || b.size() > a.size() + far) return most + 1;
    std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int other = a[i - 1] == b[j - 1] ? 0 : 1;
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + other});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return std::min(d[a.size()][b.size()], most + 1);
}

int errors_forgiven(std::u32string_view word) {
    const bool digits =
        std::any_of(word.begin(), word.end(), [](char32_t c) { return c >= '0' && c <= '9'; });
    if (digits || word.size() < 4) return 0;
    return word.size() < 8 ? 1 : 2;
}

}  // namespace veche::search
