#include "render/pattern.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <unicode/messagepattern.h>
#include <unicode/unistr.h>

namespace veche::render {

/// From ICU's flat list of parts to pieces.
class pattern_reader {
  public:
    explicit pattern_reader(const icu::MessagePattern& from) : from_(from) {}

    /// The pieces of the message that begins at `at`, which is left at its end.
    std::vector<pattern::piece> message(std::int32_t& at) {
        std::vector<pattern::piece> pieces;
        for (std::int32_t from = from_.getPart(at).getLimit();;) {
            const auto& part = from_.getPart(++at);
            words(pieces, from, part.getIndex());
            from = part.getLimit();
            if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) return pieces;
            if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER)
                pieces.push_back({pattern::piece::kind::counted, {}, {}});
            if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
            const std::int32_t end = from_.getLimitPartIndex(at);
            pieces.push_back(argument(at, end));
            at = end;
            from = from_.getPart(end).getLimit();
        }
    }

    [[nodiscard]] const std::string& complaint() const { return complaint_; }
    [[nodiscard]] std::vector<std::string> places() const { return {names_.begin(), names_.end()}; }

  private:
    using kind = pattern::piece::kind;

    [[nodiscard]] std::string text(std::int32_t from, std::int32_t to) const {
        std::string out;
        from_.getPatternString().tempSubStringBetween(from, to).toUTF8String(out);
        return out;
    }

    [[nodiscard]] std::string text(std::int32_t at) const {
        const auto& part = from_.getPart(at);
        return text(part.getIndex(), part.getLimit());
    }

    void words(std::vector<pattern::piece>& pieces, std::int32_t from, std::int32_t to) const {
        if (from == to) return;
        if (pieces.empty() || pieces.back().is != kind::words)
            pieces.push_back({kind::words, {}, {}});
        pieces.back().text += text(from, to);
    }

    pattern::piece argument(std::int32_t at, std::int32_t end) {
        pattern::piece made{kind::place, text(at + 1), {}};
        names_.insert(made.text);
        switch (from_.getPart(at).getArgType()) {
            case UMSGPAT_ARG_TYPE_NONE:
                break;
            case UMSGPAT_ARG_TYPE_SIMPLE:
                made.is = simple(at + 2, end);
                break;
            case UMSGPAT_ARG_TYPE_PLURAL:
                made.is = kind::plural;
                break;
            case UMSGPAT_ARG_TYPE_SELECT:
                made.is = kind::select;
                break;
            default:
                complaint_ = "choices by number and ordinals are not filled in";
        }
        if (made.is == kind::plural || made.is == kind::select) made.branches = branches(at, end);
        return made;
    }

    kind simple(std::int32_t at, std::int32_t end) {
        const std::string type = text(at);
        std::string style = at + 1 < end ? text(at + 1) : "";
        std::erase(style, ' ');
        if (type == "number" && style.empty()) return kind::place;  // numbers are written so anyway
        if (type == "number" && style == "::group-off") return kind::plain_number;
        complaint_ = "\"" + type + (style.empty() ? "" : ", " + style) + "\" is not filled in";
        return kind::place;
    }

    std::vector<pattern::branch> branches(std::int32_t start, std::int32_t end) {
        std::vector<pattern::branch> made;
        for (std::int32_t at = start + 2; at < end; ++at) {
            if (from_.getPart(at).getType() != UMSGPAT_PART_TYPE_ARG_SELECTOR) {
                complaint_ = "an offset of a plural is not counted";
                return made;
            }
            pattern::branch one{text(at++), std::nullopt, {}};
            if (icu::MessagePattern::Part::hasNumericValue(from_.getPart(at).getType()))
                one.exact = static_cast<std::int64_t>(from_.getNumericValue(from_.getPart(at++)));
            one.pieces = message(at);
            made.push_back(std::move(one));
        }
        return made;
    }

    const icu::MessagePattern& from_;
    std::set<std::string> names_;
    std::string complaint_;
};

tl::expected<pattern, std::string> pattern::read(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    const icu::MessagePattern parsed(icu::UnicodeString::fromUTF8(icu::StringPiece(
                                         text.data(), static_cast<std::int32_t>(text.size()))),
                                     &where, status);
    if (U_FAILURE(status)) return tl::unexpected(std::string(u_errorName(status)));
    pattern_reader reader(parsed);
    pattern made;
    std::int32_t at = 0;
    made.source_ = text;
    made.pieces_ = reader.message(at);
    made.places_ = reader.places();
    if (!reader.complaint().empty()) return tl::unexpected(reader.complaint());
    return made;
}

/// One filling of a pattern.
class pattern_filler {
  public:
    pattern_filler(const locale& in, const std::vector<text_argument>& arguments)
        : in_(in), arguments_(arguments) {}

    /// `counted`: what "#" stands for, the number of the plural around.
    void add(const std::vector<pattern::piece>& pieces, const std::string& counted) {
        for (const pattern::piece& one : pieces) {
            if (one.is == kind::words)
                out_ += one.text;
            else if (one.is == kind::counted)
                out_ += counted;
            else if (const text_argument* with = find(one.text))
                add(one, *with, counted);
            else
                out_ += "{" + one.text + "}";
        }
    }

    [[nodiscard]] std::string take() && { return std::move(out_); }

  private:
    using kind = pattern::piece::kind;

    [[nodiscard]] const text_argument* find(std::string_view name) const {
        const auto found = std::find_if(arguments_.begin(), arguments_.end(),
                                        [&](const auto& one) { return one.name == name; });
        return found == arguments_.end() ? nullptr : &*found;
    }

    [[nodiscard]] std::string written(const text_argument& with) const {
        const auto* number = std::get_if<std::int64_t>(&with.value);
        return number != nullptr ? in_.number(*number) : std::get<std::string>(with.value);
    }

    void add(const pattern::piece& one, const text_argument& with, const std::string& counted) {
        const auto* number = std::get_if<std::int64_t>(&with.value);
        if (one.is == kind::plain_number && number != nullptr)
            out_ += in_.plain_number(*number);
        else if (one.is == kind::plural)
            add(choose(one, number != nullptr ? in_.plural(*number) : "other", number),
                written(with));
        else if (one.is == kind::select)
            add(choose(one, written(with), nullptr), counted);
        else
            out_ += written(with);
    }

    /// The branch of that very number, else of the keyword, else "other", which ICU demands.
    static const std::vector<pattern::piece>& choose(const pattern::piece& one,
                                                     std::string_view keyword,
                                                     const std::int64_t* number) {
        const pattern::branch* best = nullptr;
        for (const pattern::branch& b : one.branches) {
            if (b.exact) {
                if (number != nullptr && *b.exact == *number) return b.pieces;
            } else if (b.keyword == keyword || (best == nullptr && b.keyword == "other")) {
                best = &b;
            }
        }
        return best->pieces;
    }

    const locale& in_;
    const std::vector<text_argument>& arguments_;
    std::string out_;
};

std::string pattern::fill(const locale& in, const std::vector<text_argument>& arguments) const {
    pattern_filler filling(in, arguments);
    filling.add(pieces_, "#");
    return std::move(filling).take();
}

}  // namespace veche::render
