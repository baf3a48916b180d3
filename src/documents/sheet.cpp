#include "documents/sheet.hpp"

#include <algorithm>
#include <numeric>

#include "kernel/result.hpp"
#include "kernel/text.hpp"

namespace veche::documents {
namespace {

constexpr milli margin = 56'000;
constexpr milli foot = 74'000;  ///< where the text ends and the foot begins
constexpr milli inner_width = page_width - 2 * margin;
constexpr milli gap = 6'000;  ///< between the columns of a table

constexpr text_style title_style{17, true};
constexpr text_style kicker_style{10, false};
constexpr text_style heading_style{12, true};
constexpr text_style subheading_style{10, true};
constexpr text_style body_style{10, false};
constexpr text_style table_style{8, false};
constexpr text_style table_head_style{8, true};
constexpr text_style foot_style{7, false};

constexpr milli leading(text_style style) {
    return style.size * 1'350;
}

struct character {
    std::uint32_t code = 0xFFFD;
    std::size_t bytes = 1;
};

/// The character at `at`; what the fonts cannot show comes as U+FFFD.
character character_at(std::string_view text, std::size_t at) {
    const std::size_t width = text::utf8_width_at(text, at);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (width == 0) return {};
    if (width == 1) return {byte(0), 1};
    if (width == 2) return {(byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
    if (width == 3)
        return {(byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    return {0xFFFD, width};
}

bool is_space(std::uint32_t code) {
    return code <= 0x20 || code == 0x7F || (code >= 0x80 && code < 0xA0) || code == 0x2028 ||
           code == 0x2029;
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xC0U | code >> 6U);
    } else {
        put(0xE0U | code >> 12U);
        put(0x80U | (code >> 6U & 0x3FU));
    }
    put(0x80U | (code & 0x3FU));
}

/// Fills lines word by word.
class breaker {
  public:
    breaker(text_style style, milli width, const glyph_width& glyph)
        : style_(style), width_(width), glyph_(glyph), space_(advance(' ')) {}

    void add(std::uint32_t code) {
        if (is_space(code)) return end_word();
        const milli own = advance(code);
        if (word_width_ + own > width_ && !word_.empty()) {
            end_word();
            glued_ = true;
        }
        append_utf8(word_, code);
        word_width_ += own;
    }
    std::vector<std::string> take() {
        end_word();
        if (!line_.empty()) lines_.push_back(std::move(line_));
        return std::move(lines_);
    }

  private:
    [[nodiscard]] milli advance(std::uint32_t code) const {
        return milli{glyph_(code, style_.bold)} * style_.size;
    }
    void end_word() {
        if (!word_.empty()) {
            const milli with_space = line_.empty() || glued_ ? 0 : space_;
            if (!line_.empty() && line_width_ + with_space + word_width_ > width_) {
                lines_.push_back(std::move(line_));
                line_.clear();
                line_width_ = 0;
            } else if (with_space > 0) {
                line_ += ' ';
                line_width_ += space_;
            }
            line_ += word_;
            line_width_ += word_width_;
        }
        word_.clear();
        word_width_ = 0;
        glued_ = false;
    }

    text_style style_;
    milli width_;
    const glyph_width& glyph_;
    milli space_;
    std::vector<std::string> lines_;
    std::string line_, word_;
    milli line_width_ = 0, word_width_ = 0;
    bool glued_ = false;  ///< the word goes on from one that was wider than a line
};

/// Puts blocks on pages from top to bottom.
class press {
  public:
    explicit press(const glyph_width& glyph) : glyph_(glyph) { new_page(); }

    void space(milli height) { y_ -= height; }
    /// Begins a page unless `height` fits on this one.
    void need(milli height) {
        if (y_ - height < foot) new_page();
    }
    void lines(std::string_view text, text_style style, milli x = margin,
               milli width = inner_width) {
        for (auto& line : break_lines(text, style, width, glyph_)) {
            need(leading(style));
            y_ -= leading(style);
            put(x, style, std::move(line));
        }
    }
    void facts(const block& from) {
        constexpr milli label_width = 130'000;
        for (const labelled& one : from.facts)
            table_row({break_lines(one.label, subheading_style, label_width - gap, glyph_),
                       break_lines(one.text, body_style, inner_width - label_width, glyph_)},
                      {margin, margin + label_width}, {subheading_style, body_style});
    }
    void table(const block& from) {
        const auto total =
            std::accumulate(from.columns.begin(), from.columns.end(), std::int64_t{0},
                            [](std::int64_t sum, const column& one) { return sum + one.share; });
        std::vector<milli> lefts, widths;
        milli x = margin;
        for (const column& one : from.columns) {
            const milli width = inner_width * one.share / std::max<std::int64_t>(total, 1);
            lefts.push_back(x);
            widths.push_back(width - gap);
            x += width;
        }
        table_head(from, lefts, widths);
        const std::vector<text_style> styles(from.columns.size(), table_style);
        for (const row& one : from.rows) {
            std::vector<std::vector<std::string>> cells;
            for (std::size_t i = 0; i < one.cells.size(); ++i)
                cells.push_back(break_lines(one.cells[i].text, table_style, widths[i], glyph_));
            const auto before = pages_.size();
            need(leading(table_style) *
                 static_cast<milli>(std::min<std::size_t>(tallest(cells), 4)));
            if (pages_.size() != before) table_head(from, lefts, widths);
            table_row(cells, lefts, styles);
        }
    }
    std::vector<page> take() { return std::move(pages_); }

  private:
    void new_page() {
        pages_.emplace_back();
        y_ = page_height - margin;
    }
    void put(milli x, text_style style, std::string text) {
        pages_.back().pieces.push_back({x, y_, style, std::move(text)});
    }
    static std::size_t tallest(const std::vector<std::vector<std::string>>& cells) {
        std::size_t most = 0;
        for (const auto& one : cells) most = std::max(most, one.size());
        return most;
    }
    /// Cells side by side, line by line, over as many pages as it takes.
    void table_row(const std::vector<std::vector<std::string>>& cells,
                   const std::vector<milli>& lefts, const std::vector<text_style>& styles) {
        const milli step =
            leading(*std::max_element(styles.begin(), styles.end(),
                                      [](text_style a, text_style b) { return a.size < b.size; }));
        for (std::size_t line = 0; line < tallest(cells); ++line) {
            need(step);
            y_ -= step;
            for (std::size_t i = 0; i < cells.size(); ++i)
                if (line < cells[i].size()) put(lefts[i], styles[i], cells[i][line]);
        }
        y_ -= 2'000;
    }
    void table_head(const block& from, const std::vector<milli>& lefts,
                    const std::vector<milli>& widths) {
        std::vector<std::vector<std::string>> cells;
        for (std::size_t i = 0; i < from.columns.size(); ++i)
            cells.push_back(
                break_lines(from.columns[i].title, table_head_style, widths[i], glyph_));
        need(leading(table_style) * 4);
        table_row(cells, lefts, std::vector<text_style>(from.columns.size(), table_head_style));
        pages_.back().strokes.push_back({margin, y_, inner_width});
        y_ -= 2'000;
    }

    const glyph_width& glyph_;
    std::vector<page> pages_;
    milli y_ = 0;
};

void put_block(press& onto, const block& one) {
    switch (one.kind) {
        case block_kind::heading:
            onto.need(60'000);
            onto.space(12'000);
            onto.lines(one.text, heading_style);
            onto.space(3'000);
            return;
        case block_kind::subheading:
            onto.need(45'000);
            onto.space(6'000);
            onto.lines(one.text, subheading_style);
            onto.space(2'000);
            return;
        case block_kind::text:
            onto.lines(one.text, body_style);
            onto.space(4'000);
            return;
        case block_kind::facts:
            onto.facts(one);
            onto.space(4'000);
            return;
        case block_kind::points:
            for (const std::string& point : one.points)
                onto.lines("\u2022 " + point, body_style, margin + 8'000, inner_width - 8'000);
            onto.space(4'000);
            return;
        case block_kind::table:
            onto.table(one);
            onto.space(6'000);
            return;
    }
}

/// Number, address and stamp at the foot of every page.
void add_feet(const document& from, std::vector<page>& pages, const glyph_width& glyph) {
    const std::string all = std::to_string(pages.size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        page& one = pages[i];
        milli y = foot - 12'000;
        one.strokes.push_back({margin, y, inner_width});
        for (const std::string& text :
             {from.kicker + " \u00B7 " + fill_places(from.page_of, {std::to_string(i + 1), all}),
              from.address, from.stamp_line}) {
            auto lines = break_lines(text, foot_style, inner_width, glyph);
            if (lines.size() > 2) lines.resize(2);
            for (auto& line : lines) {
                y -= leading(foot_style);
                one.pieces.push_back({margin, y, foot_style, std::move(line)});
            }
        }
    }
}

}  // namespace

std::vector<std::string> break_lines(std::string_view text, text_style style, milli width,
                                     const glyph_width& glyph) {
    breaker lines(style, width, glyph);
    for (std::size_t at = 0; at < text.size();) {
        const character next = character_at(text, at);
        lines.add(next.code);
        at += next.bytes;
    }
    return lines.take();
}

std::vector<page> lay_out(const document& from, const glyph_width& glyph) {
    press onto(glyph);
    onto.lines(from.kicker, kicker_style);
    onto.space(3'000);
    onto.lines(from.title, title_style);
    onto.space(8'000);
    for (const block& one : from.blocks) put_block(onto, one);
    auto pages = onto.take();
    add_feet(from, pages, glyph);
    return pages;
}

}  // namespace veche::documents
