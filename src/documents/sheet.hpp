#pragma once
// A document laid out on pages of A4: which piece of text stands where. Pure and in whole numbers
// (thousandths of a point), so that the same document gives the same pages on every machine; what
// draws it (pdf.cpp) only copies.

#include <functional>

#include "documents/document.hpp"

namespace veche::documents {

/// A length in thousandths of a point (1/72 inch).
using milli = std::int64_t;

inline constexpr milli page_width = 595'000;
inline constexpr milli page_height = 842'000;

struct text_style {
    std::int32_t size = 10;  ///< points
    bool bold = false;
};

/// Width of a character in thousandths of the type size.
using glyph_width = std::function<std::int32_t(std::uint32_t character, bool bold)>;

/// One line of text; (x, y) is the left end of its base line, y counted from the foot of the page.
struct piece {
    milli x = 0;
    milli y = 0;
    text_style style;
    std::string text;
};

/// A thin line across.
struct stroke {
    milli x = 0;
    milli y = 0;
    milli width = 0;
};

struct page {
    std::vector<piece> pieces;
    std::vector<stroke> strokes;
};

/// Breaks a text into lines no wider than `width`: at spaces, and inside a word that alone is
/// wider. Control characters become spaces; malformed bytes and characters above U+FFFF, which the
/// fonts lack, become U+FFFD.
std::vector<std::string> break_lines(std::string_view text, text_style, milli width,
                                     const glyph_width&);

/// The pages, each with number, address and stamp at its foot.
std::vector<page> lay_out(const document&, const glyph_width&);

}  // namespace veche::documents
