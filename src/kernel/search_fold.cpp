#include "kernel/search_fold.hpp"

#include <algorithm>

namespace veche {

namespace {

/// A two-byte character (U+0080 to U+07FF), folded; 0 where it is dropped.
unsigned fold(unsigned c) {
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7)) c += 0x20;  // Latin-1 capitals
    if (c >= 0x410 && c <= 0x42F) c += 0x20;               // А to Я
    if (c >= 0x400 && c <= 0x40F) c += 0x50;               // Ѐ to Џ
    switch (c) {
        case 0x451:
            return 0x435;  // ё is searched as е
        case 0x456:
            return 0x438;  // і as и
        case 0x45E:
            return 0x443;  // ў as у
        case 0x2BC:
            return 0;  // the letter apostrophe
        default:
            return c;
    }
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
        } else if (text.substr(i).starts_with("\u2019")) {
            i += 2;
        } else if (byte >= 0xC2 && byte <= 0xDF && i + 1 < text.size() &&
                   is_continuation(text[i + 1])) {
            const unsigned low = static_cast<unsigned char>(text[++i]) & 0x3FU;
            if (const unsigned c = fold((byte & 0x1FU) << 6U | low); c != 0) {
                out += static_cast<char>(0xC0U | c >> 6U);
                out += static_cast<char>(0x80U | (c & 0x3FU));
            }
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
