#include "gravity/formula.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "gravity/refusal.hpp"

namespace veche::gravity {
namespace {

constexpr std::size_t most_terms = 500;
constexpr const char* too_many_terms = "more than 500 terms";
constexpr int most_depth = 50;

bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool goes_on(char c) {
    return starts_name(c) || is_digit(c) || c == '.';
}

class formula_parser {
  public:
    explicit formula_parser(std::string_view text) : text_(text) {}

    result<formula> whole() {
        formula out;
        out.outcome = VECHE_TRY(sum(0));
        if (!take('~')) return fault("~ is missing after the outcome");
        VECHE_CHECK(terms(out));
        if (take('|')) {
            out.effects = VECHE_TRY(groupings());
            out.constant = true;
        }
        if (!at_end()) return fault("this does not belong here");
        return out;
    }

    result<std::vector<std::vector<std::string>>> groupings() {
        std::vector<std::vector<std::string>> out;
        do {
            std::vector<std::string> crossed;
            do crossed.push_back(VECHE_TRY(name()));
            while (take('^'));
            out.push_back(std::move(crossed));
        } while (take('+'));
        return out;
    }

    result<std::vector<comparison>> comparisons() {
        std::vector<comparison> out;
        do {
            comparison one;
            one.column = VECHE_TRY(name());
            if (!operation(one.op)) return fault("a comparison is missing: == != < <= > >=");
            skip();
            if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
                const char quote = text_[at_++];
                const std::size_t end = text_.find(quote, at_);
                if (end == std::string_view::npos) return fault("a quotation mark is missing");
                one.word = text_.substr(at_, end - at_);
                at_ = end + 1;
            } else {
                const std::size_t from = at_;
                while (at_ < text_.size() && (goes_on(text_[at_]) || text_[at_] == '-')) ++at_;
                one.word = text_.substr(from, at_ - from);
                one.column_right = true;
                if (one.word.empty()) return fault("a value is missing");
            }
            out.push_back(std::move(one));
        } while (take('&'));
        if (!at_end()) return fault("this does not belong here");
        return out;
    }

    bool at_end() {
        skip();
        return at_ == text_.size();
    }
    tl::unexpected<refusal> fault(std::string_view why) const {
        return refuse(refusals::formula_malformed, "formula", std::to_string(at_ + 1),
                      std::string(why));
    }

  private:
    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    }
    bool take(char c) {
        skip();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool operation(std::string& op) {
        skip();
        for (const std::string_view one : {"==", "!=", "<=", ">=", "<", ">"})
            if (text_.substr(at_, one.size()) == one) {
                op = one;
                at_ += one.size();
                return true;
            }
        return false;
    }

    result<std::string> name() {
        skip();
        if (at_ < text_.size() && text_[at_] == '`') {
            const std::size_t end = text_.find('`', at_ + 1);
            if (end == std::string_view::npos) return fault("a backquote is missing");
            std::string out(text_.substr(at_ + 1, end - at_ - 1));
            if (out.empty()) return fault("a name is missing");
            at_ = end + 1;
            return out;
        }
        const std::size_t from = at_;
        if (at_ < text_.size() && starts_name(text_[at_]))
            while (at_ < text_.size() && goes_on(text_[at_])) ++at_;
        if (from == at_) return fault("a name is missing");
        return std::string(text_.substr(from, at_ - from));
    }

    result<expression> sum(int depth) {
        expression out = VECHE_TRY(quotient(depth));
        while (true) {
            const bool plus = take('+');
            if (!plus && !take('-')) return out;
            expression right = VECHE_TRY(quotient(depth));
            out = joined(plus ? expression::kind::add : expression::kind::subtract, std::move(out),
                         std::move(right));
        }
    }
    result<expression> quotient(int depth) {
        expression out = VECHE_TRY(atom(depth));
        while (true) {
            const bool times = take('*');
            if (!times && !take('/')) return out;
            expression right = VECHE_TRY(atom(depth));
            out = joined(times ? expression::kind::multiply : expression::kind::divide,
                         std::move(out), std::move(right));
        }
    }
    static expression joined(expression::kind what, expression left, expression right) {
        expression out;
        out.what = what;
        out.parts.push_back(std::move(left));
        out.parts.push_back(std::move(right));
        return out;
    }

    result<expression> atom(int depth) {
        if (depth > most_depth) return fault("too many brackets");
        if (take('(')) {
            expression inner = VECHE_TRY(sum(depth + 1));
            if (!take(')')) return fault(") is missing");
            return inner;
        }
        skip();
        expression out;
        if (at_ < text_.size() && is_digit(text_[at_])) {
            const char* end = text_.data() + text_.size();
            const auto [stop, error] = std::from_chars(text_.data() + at_, end, out.value);
            if (error != std::errc()) return fault("this is no number");
            at_ = static_cast<std::size_t>(stop - text_.data());
            out.what = expression::kind::number;
            return out;
        }
        out.name = VECHE_TRY(name());
        if (!take('(')) return out;
        if (out.name != "log" && out.name != "log1p" && out.name != "exp" && out.name != "sqrt")
            return fault("there is no function " + out.name + "; there are log, log1p, exp, sqrt");
        out.what = expression::kind::call;
        out.parts.push_back(VECHE_TRY(sum(depth + 1)));
        if (!take(')')) return fault(") is missing");
        return out;
    }

    result<void> terms(formula& out) {
        do {
            skip();
            if (take('0')) {
                out.constant = false;
                continue;
            }
            if (take('1')) continue;
            std::vector<formula_term> product = {VECHE_TRY(factor())};
            while (true) {
                const bool both = take('*');
                if (!both && !take(':')) break;
                const formula_term right = VECHE_TRY(factor());
                const std::size_t before = product.size();
                // Each crossing more than doubles them: told before they are made.
                if (both && 2 * before + 1 > most_terms) return fault(too_many_terms);
                std::vector<formula_term> crossed;
                for (std::size_t i = 0; i < before; ++i)
                    crossed.push_back(VECHE_TRY(times(product[i], right)));
                if (!both) product.clear();
                if (both) product.push_back(right);
                product.insert(product.end(), crossed.begin(), crossed.end());
            }
            out.terms.insert(out.terms.end(), product.begin(), product.end());
            if (out.terms.size() > most_terms) return fault(too_many_terms);
        } while (take('+'));
        return {};
    }
    result<formula_term> times(formula_term left, const formula_term& right) {
        if (!left.factor.empty() && !right.factor.empty())
            return fault("i() of two factors; make an effect of them: a^b");
        if (left.factor.empty()) {
            left.factor = right.factor;
            left.reference = right.reference;
        }
        left.product.insert(left.product.end(), right.product.begin(), right.product.end());
        return left;
    }
    result<formula_term> factor() {
        formula_term out;
        skip();
        if (text_.substr(at_, 2) == "i(") {
            at_ += 2;
            out.factor = VECHE_TRY(name());
            if (take(',')) {
                skip();
                const std::size_t end = text_.find(')', at_);
                out.reference = text_.substr(at_, end - at_);
                at_ = std::min(end, text_.size());
            }
            if (!take(')')) return fault(") is missing");
            return out;
        }
        out.product.push_back(VECHE_TRY(atom(0)));
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string text_of(const expression& e) {
    using kind = expression::kind;
    if (e.what == kind::column) return e.name;
    if (e.what == kind::number) return fmt::format("{}", e.value);
    if (e.what == kind::call) return e.name + "(" + text_of(e.parts[0]) + ")";
    const auto part = [&](const expression& one) {
        const bool loose = one.what == kind::add || one.what == kind::subtract;
        return loose && e.what != kind::add ? "(" + text_of(one) + ")" : text_of(one);
    };
    const char* sign = e.what == kind::add        ? " + "
                       : e.what == kind::subtract ? " - "
                       : e.what == kind::multiply ? "*"
                                                  : "/";
    return part(e.parts[0]) + sign + part(e.parts[1]);
}

result<formula> parse_formula(std::string_view text) {
    return formula_parser(text).whole();
}

result<std::vector<std::vector<std::string>>> parse_groupings(std::string_view text) {
    formula_parser parser(text);
    auto out = VECHE_TRY(parser.groupings());
    if (!parser.at_end()) return parser.fault("this does not belong here");
    return out;
}

result<std::vector<comparison>> parse_filter(std::string_view text) {
    return formula_parser(text).comparisons();
}

}  // namespace veche::gravity
