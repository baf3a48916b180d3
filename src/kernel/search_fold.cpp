#include "kernel/search_fold.hpp"

#include <algorithm>
#include <iterator>

namespace veche {

namespace {

/// Characters from `first` to `last` (below U+0800) are searched as `as`; as nothing where empty.
struct folding {
    unsigned first;
    unsigned last;
    std::string_view as;
};

/// Latin letters with marks as the letters they stand on, Greek ones without accents, and letters
/// that Russian and Belarusian write differently. Unicode 15, blocks 0080 to 017F and 0370 to 052F.
constexpr folding foldings[] = {
    {0xAD, 0xAD, ""},     {0xC0, 0xC5, "a"},   {0xC6, 0xC6, "ae"},   {0xC7, 0xC7, "c"},
    {0xC8, 0xCB, "e"},    {0xCC, 0xCF, "i"},   {0xD0, 0xD0, "d"},    {0xD1, 0xD1, "n"},
    {0xD2, 0xD6, "o"},    {0xD8, 0xD8, "o"},   {0xD9, 0xDC, "u"},    {0xDD, 0xDD, "y"},
    {0xDE, 0xDE, "th"},   {0xDF, 0xDF, "ss"},  {0xE0, 0xE5, "a"},    {0xE6, 0xE6, "ae"},
    {0xE7, 0xE7, "c"},    {0xE8, 0xEB, "e"},   {0xEC, 0xEF, "i"},    {0xF0, 0xF0, "d"},
    {0xF1, 0xF1, "n"},    {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},    {0xF9, 0xFC, "u"},
    {0xFD, 0xFD, "y"},    {0xFE, 0xFE, "th"},  {0xFF, 0xFF, "y"},    {0x100, 0x105, "a"},
    {0x106, 0x10D, "c"},  {0x10E, 0x111, "d"}, {0x112, 0x11B, "e"},  {0x11C, 0x123, "g"},
    {0x124, 0x127, "h"},  {0x128, 0x131, "i"}, {0x132, 0x133, "ij"}, {0x134, 0x135, "j"},
    {0x136, 0x138, "k"},  {0x139, 0x142, "l"}, {0x143, 0x14B, "n"},  {0x14C, 0x151, "o"},
    {0x152, 0x153, "oe"}, {0x154, 0x159, "r"}, {0x15A, 0x161, "s"},  {0x162, 0x167, "t"},
    {0x168, 0x173, "u"},  {0x174, 0x175, "w"}, {0x176, 0x178, "y"},  {0x179, 0x17E, "z"},
    {0x17F, 0x17F, "s"},  {0x218, 0x219, "s"}, {0x21A, 0x21B, "t"},  {0x2BC, 0x2BC, ""},
    {0x300, 0x36F, ""},   {0x386, 0x386, "α"}, {0x388, 0x388, "ε"},  {0x389, 0x389, "η"},
    {0x38A, 0x38A, "ι"},  {0x38C, 0x38C, "ο"}, {0x38E, 0x38E, "υ"},  {0x38F, 0x38F, "ω"},
    {0x390, 0x390, "ι"},  {0x3AA, 0x3AA, "ι"}, {0x3AB, 0x3AB, "υ"},  {0x3AC, 0x3AC, "α"},
    {0x3AD, 0x3AD, "ε"},  {0x3AE, 0x3AE, "η"}, {0x3AF, 0x3AF, "ι"},  {0x3B0, 0x3B0, "υ"},
    {0x3C2, 0x3C2, "σ"},  {0x3CA, 0x3CA, "ι"}, {0x3CB, 0x3CB, "υ"},  {0x3CC, 0x3CC, "ο"},
    {0x3CD, 0x3CD, "υ"},  {0x3CE, 0x3CE, "ω"}, {0x401, 0x401, "е"},  {0x406, 0x406, "и"},
    {0x40E, 0x40E, "у"},  {0x451, 0x451, "е"}, {0x456, 0x456, "и"},  {0x45E, 0x45E, "у"},
    {0x490, 0x491, "г"},
};

unsigned lower(unsigned c) {
    if (c >= 0x410 && c <= 0x42F) return c + 0x20;                // А to Я
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;                // Ѐ to Џ
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 0x20;  // Α to Ω
    if (c >= 0x492 && c <= 0x4BF) return c | 1U;                  // Ғ to ҿ, in pairs
    if (c >= 0x4C1 && c <= 0x4CE) return c + (c & 1U);            // Ӂ to ӎ, in pairs
    if (c >= 0x4D0 && c <= 0x52F) return c | 1U;                  // Ӑ to ԯ, in pairs
    return c;
}

/// Adds a two-byte character (U+0080 to U+07FF), folded.
void add_folded(std::string& out, unsigned c) {
    if (c == 0x306 && out.ends_with("и")) {  // й written as two is no и
        out.replace(out.size() - 2, 2, "й");
        return;
    }
    const auto* found =
        std::lower_bound(std::begin(foldings), std::end(foldings), c,
                         [](const folding& one, unsigned of) { return one.last < of; });
    if (found != std::end(foldings) && c >= found->first) {
        out += found->as;
        return;
    }
    c = lower(c);
    out += static_cast<char>(0xC0U | c >> 6U);
    out += static_cast<char>(0x80U | (c & 0x3FU));
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string fold_for_search(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 'A' && byte <= 'Z') {
            out += static_cast<char>(byte + 0x20);
        } else if (byte == '\'') {
            continue;
        } else if (text.substr(i).starts_with("\u2019") || text.substr(i).starts_with("\u2018")) {
            i += 2;
        } else if (byte >= 0xC2 && byte <= 0xDF && i + 1 < text.size() &&
                   is_continuation(text[i + 1])) {
            const unsigned low = static_cast<unsigned char>(text[++i]) & 0x3FU;
            add_folded(out, (byte & 0x1FU) << 6U | low);
        } else {
            out += text[i];
        }
    }
    return out;
}

search_words::search_words(std::string_view query) {
    const std::string folded = fold_for_search(query);
    std::size_t at = 0;
    while ((at = folded.find_first_not_of(" \t\r\n", at)) != std::string::npos) {
        const std::size_t end = std::min(folded.find_first_of(" \t\r\n", at), folded.size());
        words_.push_back(folded.substr(at, end - at));
        at = end;
    }
}

bool search_words::found_in(std::initializer_list<std::string_view> folded_texts) const {
    const auto occurs = [&](const std::string& word) {
        return std::any_of(folded_texts.begin(), folded_texts.end(), [&](std::string_view text) {
            return text.find(word) != std::string_view::npos;
        });
    };
    return std::all_of(words_.begin(), words_.end(), occurs);
}

bool matches_search(std::string_view folded_text, std::string_view query) {
    return search_words(query).found_in({folded_text});
}

}  // namespace veche
