// The text form of a rule, for charters that people read and write:
//
//   rule := [quorum [cond, ...]] pass cond [against cond] [tie chair|lot|reject]
//           [silence N days | silence until TIME]   |   cond
//   cond := all[cond, ...] | any[cond, ...] | not cond | each{by: ATTR, cond}
//         | in{by: ATTR, eq: VALUE, cond} | noneof{ID ..., SEL} | measure OP [SHARE] measure
//   measure := NUMBER | SEL | SEL.WEIGHT | mincover{SHARE, WEIGHT, +NUMBER}
//
// Words are letters, digits and _ . / -; a # starts a comment up to the end of its line.

#include <algorithm>
#include <charconv>

#include "charter/refusal.hpp"
#include "charter/rule.hpp"
#include "charter/rule_limits.hpp"

namespace veche::charter {

namespace {

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '/' || c == '-';
}
bool is_number(std::string_view word) {
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class reader {
  public:
    explicit reader(std::string_view text) : text_(text) { advance(); }

    result<rule> read() {
        rule out;
        if (token_ != "quorum" && token_ != "pass") {
            out.pass = VECHE_TRY(read_condition(1));
        } else {
            if (take("quorum")) out.quorum = VECHE_TRY(read_list(0));
            VECHE_CHECK(expect("pass"));
            out.pass = VECHE_TRY(read_condition(1));
            if (take("against")) out.against = VECHE_TRY(read_condition(1));
            if (take("tie")) out.tie = VECHE_TRY(read_tie());
            if (take("silence")) out.silence = VECHE_TRY(read_silence());
        }
        if (!token_.empty()) return wrong("the end of the rule");
        return out;
    }

    [[nodiscard]] text_place place() const {
        const std::string_view before = text_.substr(0, at_);
        const auto line_start = before.rfind('\n') + 1;
        return {static_cast<std::int32_t>(std::count(before.begin(), before.end(), '\n')) + 1,
                static_cast<std::int32_t>(at_ - line_start) + 1};
    }

  private:
    void skip_space() {
        while (next_ < text_.size()) {
            const char c = text_[next_];
            if (c == '#') {
                next_ = std::min(text_.find('\n', next_), text_.size());
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                ++next_;
            } else {
                return;
            }
        }
    }

    void advance() {
        skip_space();
        at_ = next_;
        if (next_ == text_.size()) {
            token_ = {};
            return;
        }
        std::size_t end = next_ + 1;
        if (is_word_character(text_[next_])) {
            while (end < text_.size() && is_word_character(text_[end])) ++end;
        } else if ((text_[next_] == '>' || text_[next_] == '<') && end < text_.size() &&
                   text_[end] == '=') {
            ++end;
        }
        token_ = text_.substr(next_, end - next_);
        next_ = end;
    }

    bool take(std::string_view wanted) {
        if (token_ != wanted) return false;
        advance();
        return true;
    }

    [[nodiscard]] tl::unexpected<refusal> wrong(std::string_view expected) const {
        const text_place here = place();
        return refuse(refusals::rule_syntax, {}, std::to_string(here.line),
                      std::to_string(here.column), std::string(expected));
    }

    result<void> expect(std::string_view wanted) {
        if (!take(wanted)) return wrong(std::string("\"") + std::string(wanted) + "\"");
        return {};
    }

    result<std::string> read_word(std::string_view expected) {
        if (!is_identifier(token_)) return wrong(expected);
        std::string word(token_);
        advance();
        return word;
    }

    result<std::int64_t> read_number() {
        std::int64_t n = 0;
        if (!is_number(token_) || token_.size() > 10) return wrong("a whole number");
        std::from_chars(token_.data(), token_.data() + token_.size(), n);
        if (n > max_rule_number) return refuse(refusals::rule_number, {}, std::string(token_));
        advance();
        return n;
    }

    result<ratio> read_share() {
        const auto share = parse_ratio(token_);
        if (!share) return wrong("a fraction such as 2/3");
        if (!is_proper(*share)) return refuse(refusals::rule_share, {}, std::string(token_));
        advance();
        return *share;
    }

    result<selection> read_selection(std::string_view word) {
        const auto names = veche_choices(static_cast<const selection*>(nullptr));
        const auto found = std::find(names.begin(), names.end(), word);
        if (found == names.end())
            return wrong(
                "yes, no, abstain, absent, present, cast, decisive, notyes, "
                "participating or seats");
        return static_cast<selection>(found - names.begin());
    }

    result<measure> read_measure() {
        measure out;
        if (is_number(token_)) {
            out.integer = VECHE_TRY(read_number());
            return out;
        }
        if (take("mincover")) return read_cover();
        out.kind = measure_kind::selection;
        const auto dot = std::min(token_.find('.'), token_.size());
        out.sel = VECHE_TRY(read_selection(token_.substr(0, dot)));
        if (dot < token_.size()) {
            if (!is_identifier(token_.substr(dot + 1))) return wrong("the name of a weight");
            out.weight = token_.substr(dot + 1);
        }
        advance();
        return out;
    }

    result<measure> read_cover() {
        measure out;
        out.kind = measure_kind::mincover;
        VECHE_CHECK(expect("{"));
        out.share = VECHE_TRY(read_share());
        VECHE_CHECK(expect(","));
        out.weight = VECHE_TRY(read_word("the name of a weight"));
        if (take(",")) {
            VECHE_CHECK(expect("+"));
            out.integer = VECHE_TRY(read_number());
        }
        VECHE_CHECK(expect("}"));
        return out;
    }

    result<condition> read_compare() {
        condition out;
        out.kind = condition_kind::compare;
        out.left = VECHE_TRY(read_measure());
        const auto op = std::find(std::begin(comparison_signs), std::end(comparison_signs), token_);
        if (op == std::end(comparison_signs)) return wrong("one of > >= = <= <");
        out.op = static_cast<comparison>(op - std::begin(comparison_signs));
        advance();
        // "9" alone is the number nine; "2/3 seats" and "1 seats" begin with a share.
        const std::string_view first = token_;
        const bool starts_with_digit = !first.empty() && first[0] >= '0' && first[0] <= '9';
        if (!starts_with_digit) {
            out.right = VECHE_TRY(read_measure());
            return out;
        }
        if (is_number(first)) {
            const measure number = VECHE_TRY(read_measure());
            if (!starts_measure()) {
                out.right = number;
                return out;
            }
            out.share = {number.integer, 1};
            if (!is_proper(out.share)) return refuse(refusals::rule_share, {}, std::string(first));
        } else {
            out.share = VECHE_TRY(read_share());
        }
        out.right = VECHE_TRY(read_measure());
        return out;
    }

    [[nodiscard]] bool starts_measure() const {
        const auto names = veche_choices(static_cast<const selection*>(nullptr));
        const std::string_view word = token_.substr(0, token_.find('.'));
        return token_ == "mincover" || is_number(token_) ||
               std::find(names.begin(), names.end(), word) != names.end();
    }

    result<std::vector<condition>> read_list(int depth) {
        std::vector<condition> out;
        VECHE_CHECK(expect("["));
        do out.push_back(VECHE_TRY(read_condition(depth + 1)));
        while (take(","));
        VECHE_CHECK(expect("]"));
        return out;
    }

    result<condition> read_grouped(condition_kind kind, int depth) {
        condition out;
        out.kind = kind;
        VECHE_CHECK(expect("{"));
        VECHE_CHECK(expect("by"));
        VECHE_CHECK(expect(":"));
        out.by = VECHE_TRY(read_word("the name of an attribute"));
        VECHE_CHECK(expect(","));
        if (kind == condition_kind::within) {
            VECHE_CHECK(expect("eq"));
            VECHE_CHECK(expect(":"));
            out.eq = VECHE_TRY(read_word("the name of a group"));
            VECHE_CHECK(expect(","));
        }
        out.parts.push_back(VECHE_TRY(read_condition(depth + 1)));
        VECHE_CHECK(expect("}"));
        return out;
    }

    result<condition> read_none_of() {
        condition out;
        out.kind = condition_kind::none_of;
        VECHE_CHECK(expect("{"));
        do out.ids.push_back(VECHE_TRY(read_word("the id of a voter")));
        while (token_ != "," && token_ != "}");
        if (take(",")) {
            out.sel = VECHE_TRY(read_selection(token_));
            advance();
        }
        VECHE_CHECK(expect("}"));
        return out;
    }

    result<condition> read_condition(int depth) {
        if (depth > max_condition_depth)
            return refuse(refusals::rule_too_deep, {}, std::to_string(max_condition_depth));
        condition out;
        if (take("all") || token_ == "any") {
            out.kind = take("any") ? condition_kind::any : condition_kind::all;
            out.parts = VECHE_TRY(read_list(depth));
            return out;
        }
        if (take("not")) {
            out.kind = condition_kind::negation;
            out.parts.push_back(VECHE_TRY(read_condition(depth + 1)));
            return out;
        }
        if (take("each")) return read_grouped(condition_kind::each, depth);
        if (take("in")) return read_grouped(condition_kind::within, depth);
        if (take("noneof")) return read_none_of();
        return read_compare();
    }

    result<tie_break> read_tie() {
        for (const tie_break tie : {tie_break::reject, tie_break::chair, tie_break::lot})
            if (take(name_of(tie))) return tie;
        return wrong("reject, chair or lot");
    }

    result<silence> read_silence() {
        silence out;
        if (take("until")) {
            // A time holds colons, which end a word: it is read as one piece here.
            const auto end = std::min(text_.find_first_of(" \t\r\n#", at_), text_.size());
            out.until = parse_instant(text_.substr(at_, end - at_));
            if (!out.until) return wrong("a time such as 2026-08-01T12:00:00.000Z");
            next_ = end;
            advance();
            return out;
        }
        const std::int64_t days = VECHE_TRY(read_number());
        if (days < 1 || days > max_silence_days) return wrong("from 1 to 3660 days");
        out.days = static_cast<std::int32_t>(days);
        VECHE_CHECK(expect("days"));
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;    // where the token in hand begins
    std::size_t next_ = 0;  // just after it
    std::string_view token_;
};

std::string text_of(const measure& m) {
    if (m.kind == measure_kind::integer) return std::to_string(m.integer);
    if (m.kind == measure_kind::mincover)
        return "mincover{" + to_text(m.share) + ", " + m.weight +
               (m.integer == 0 ? "" : ", +" + std::to_string(m.integer)) + "}";
    return std::string(name_of(m.sel)) + (m.weight == "count" ? "" : "." + m.weight);
}

std::string text_of(const condition& c);

std::string joined(const std::vector<condition>& parts) {
    std::string out;
    for (const condition& part : parts) out += (out.empty() ? "" : ", ") + text_of(part);
    return out;
}

std::string text_of(const condition& c) {
    switch (c.kind) {
        case condition_kind::all:
            return "all[ " + joined(c.parts) + " ]";
        case condition_kind::any:
            return "any[ " + joined(c.parts) + " ]";
        case condition_kind::negation:
            return "not " + text_of(c.parts.front());
        case condition_kind::each:
            return "each{by: " + c.by + ", " + text_of(c.parts.front()) + "}";
        case condition_kind::within:
            return "in{by: " + c.by + ", eq: " + c.eq + ", " + text_of(c.parts.front()) + "}";
        case condition_kind::none_of: {
            std::string out = "noneof{";
            for (const std::string& id : c.ids) out += (&id == c.ids.data() ? "" : " ") + id;
            return out + ", " + std::string(name_of(c.sel)) + "}";
        }
        case condition_kind::compare:
            break;
    }
    // A share of 1 is left out, except before a number, where "1 9" would be odd anyway.
    const std::string share = c.share.num == 1 && c.share.den == 1 ? "" : to_text(c.share) + " ";
    return text_of(c.left) + " " + std::string(comparison_signs[static_cast<std::size_t>(c.op)]) +
           " " + share + text_of(c.right);
}

}  // namespace

result<rule> parse_rule_text(std::string_view text, text_place& fault) {
    fault = {};
    if (text.size() > max_rule_text)
        return refuse(refusals::rule_syntax, {}, "1", "1", "at most 8192 characters");
    reader in(text);
    auto out = in.read();
    if (!out) fault = in.place();
    return out;
}

result<rule> parse_rule_text(std::string_view text) {
    text_place ignored;
    return parse_rule_text(text, ignored);
}

std::string rule_text(const rule& r) {
    const bool bare = r.quorum.empty() && !r.against && r.tie == tie_break::reject && !r.silence;
    if (bare) return text_of(r.pass);
    std::string out;
    if (!r.quorum.empty()) out += "quorum [ " + joined(r.quorum) + " ] ";
    out += "pass " + text_of(r.pass);
    if (r.against) out += " against " + text_of(*r.against);
    if (r.tie != tie_break::reject) out += " tie " + std::string(name_of(r.tie));
    if (r.silence && r.silence->days)
        out += " silence " + std::to_string(*r.silence->days) + " days";
    if (r.silence && r.silence->until) out += " silence until " + to_text(*r.silence->until);
    return out;
}

}  // namespace veche::charter
