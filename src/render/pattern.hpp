#pragma once
// A text with places in it, in the part of ICU's MessageFormat that catalogues use: "{name}",
// "{n, number}", "{n, number, ::group-off}", "{n, plural, =0 {none} one {# vote} other {# votes}}",
// "{kind, select, a {...} other {...}}", quoting by apostrophes. ICU reads it, once; it is filled
// here, so that all threads share one reading of a text (a formatter of ICU takes some 20 kB and
// must not be shared).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "render/locale.hpp"

namespace veche::render {

/// What fills a named place of a text: a number chooses plural forms.
struct text_argument {
    std::string_view name;
    std::variant<std::int64_t, std::string> value;
};

class pattern {
  public:
    /// The complaint, in English, where the text is no pattern or asks for more than is filled here
    /// (dates, ordinals, offsets).
    static tl::expected<pattern, std::string> read(std::string_view text);

    /// A place for which there is no argument stays as it is written, "{name}".
    [[nodiscard]] std::string fill(const locale& in,
                                   const std::vector<text_argument>& arguments) const;
    /// The text as it was read.
    [[nodiscard]] const std::string& source() const { return source_; }
    /// The names of its places, sorted.
    [[nodiscard]] const std::vector<std::string>& places() const { return places_; }

  private:
    friend class pattern_reader;
    friend class pattern_filler;
    struct branch;
    struct piece {
        enum class kind { words, place, plain_number, counted, plural, select };
        kind is = kind::words;
        std::string text;              ///< the words, or the name of the place
        std::vector<branch> branches;  ///< of a plural or a select
    };
    struct branch {
        std::string keyword;
        std::optional<std::int64_t> exact;  ///< "=0"
        std::vector<piece> pieces;
    };
    std::string source_;
    std::vector<piece> pieces_;
    std::vector<std::string> places_;
};

}  // namespace veche::render
