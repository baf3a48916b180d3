// The rule language's text form, as people write it in a charter.

#include <algorithm>
#include <array>

#include "charter/rule.hpp"

namespace veche::charter {
namespace {

constexpr std::array<std::string_view, 5> operators = {">", ">=", "=", "<=", "<"};
constexpr int max_nesting = 12;

class text_reader {
  public:
    explicit text_reader(std::string_view text) : text_(text) {}

    result<condition> whole() {
        condition c = VECHE_TRY(read(0));
        skip();
        if (at_ < text_.size()) return fail("nothing more");
        return c;
    }

  private:
    void skip() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
            ++at_;
    }
    bool take(std::string_view symbol) {
        skip();
        if (text_.substr(at_, symbol.size()) != symbol) return false;
        at_ += symbol.size();
        return true;
    }
    tl::unexpected<refusal> fail(const std::string& expected) const {
        return refuse(refusals::rule_malformed, {},
                      "at column " + std::to_string(at_ + 1) + ", " + expected + " is expected");
    }
    std::string_view word() {
        skip();
        const std::size_t first = at_;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) ||
                                      text_[at_] == '_' || text_[at_] == '-'))
            ++at_;
        return text_.substr(first, at_ - first);
    }
    [[nodiscard]] std::string_view peek_word() {
        const std::size_t before = at_;
        const std::string_view w = word();
        at_ = before;
        return w;
    }

    result<condition> read(int depth) {
        if (depth > max_nesting) return fail("less nesting");
        const std::string_view head = peek_word();
        if (head == "all" || head == "any") return list(depth);
        if (head == "not") {
            word();
            condition c;
            c.what = condition::kind::negation;
            c.parts.push_back(VECHE_TRY(read(depth + 1)));
            return c;
        }
        if (head == "each" || head == "in") return group(depth);
        if (head == "noneof") return noneof();
        return compare();
    }

    result<condition> list(int depth) {
        condition c;
        c.what = word() == "all" ? condition::kind::all : condition::kind::any;
        if (!take("[")) return fail("\"[\"");
        do c.parts.push_back(VECHE_TRY(read(depth + 1)));
        while (take(","));
        if (!take("]")) return fail("\"]\"");
        return c;
    }

    // each{by: st, cond} and in{by: st, eq: ru, cond}
    result<condition> group(int depth) {
        condition c;
        c.what = word() == "each" ? condition::kind::each : condition::kind::in;
        if (!take("{") || word() != "by" || !take(":")) return fail("\"{by:\"");
        c.by = word();
        if (c.by.empty() || !take(",")) return fail("the name of an attribute and a comma");
        if (c.what == condition::kind::in) {
            if (word() != "eq" || !take(":")) return fail("\"eq:\"");
            c.equals = word();
            if (c.equals.empty() || !take(",")) return fail("a value and a comma");
        }
        c.parts.push_back(VECHE_TRY(read(depth + 1)));
        if (!take("}")) return fail("\"}\"");
        return c;
    }

    // noneof{cn fr gb, no}
    result<condition> noneof() {
        condition c;
        c.what = condition::kind::noneof;
        word();
        if (!take("{")) return fail("\"{\"");
        while (!peek_word().empty()) c.ids.emplace_back(word());
        if (c.ids.empty()) return fail("a list of voters");
        if (take(",")) c.sel = VECHE_TRY(sel());
        if (!take("}")) return fail("\"}\"");
        return c;
    }

    result<selector> sel() {
        const std::string_view w = word();
        const auto names = veche_choices(static_cast<const selector*>(nullptr));
        const auto found = std::find(names.begin(), names.end(), w);
        if (found == names.end())
            return fail(
                "yes, no, abstain, absent, present, cast, decisive, "
                "notyes, participating or seats");
        return static_cast<selector>(found - names.begin());
    }

    result<ratio> fraction() {
        std::string digits(word());
        if (take("/")) digits += "/" + std::string(word());
        const auto r = parse_ratio(digits);
        if (!r || r->num < 0) return fail("a fraction such as 2/3");
        return *r;
    }

    bool at_number() {
        const std::string_view w = peek_word();
        return !w.empty() && w.front() >= '0' && w.front() <= '9';
    }

    result<measure> measured() {
        measure m;
        if (at_number()) {
            const ratio n = VECHE_TRY(fraction());
            if (n.den != 1) return fail("a whole number");
            m.number = n.num;
            return m;
        }
        if (peek_word() == "mincover") return mincover();
        m.what = measure::kind::selection;
        m.sel = VECHE_TRY(sel());
        if (take(".")) m.w = word();
        if (m.w.empty()) return fail("the name of a weight");
        return m;
    }

    // mincover{35/100, pop, +1}
    result<measure> mincover() {
        measure m;
        m.what = measure::kind::mincover;
        word();
        if (!take("{")) return fail("\"{\"");
        m.share = VECHE_TRY(fraction());
        if (!take(",")) return fail("a comma");
        m.w = word();
        if (take(",")) {
            if (!take("+")) return fail("\"+\"");
            m.add = VECHE_TRY(fraction()).num;
        }
        if (m.w.empty() || !take("}")) return fail("\"}\"");
        return m;
    }

    result<condition> compare() {
        condition c;
        c.left = VECHE_TRY(measured());
        if (take(">="))
            c.op = comparison::ge;
        else if (take("<="))
            c.op = comparison::le;
        else if (take(">"))
            c.op = comparison::gt;
        else if (take("<"))
            c.op = comparison::lt;
        else if (take("="))
            c.op = comparison::eq;
        else
            return fail("one of > >= = <= <");
        if (!at_number()) {
            c.right = VECHE_TRY(measured());
            return c;
        }
        // A number alone is the bound; a number before a measure is a share of it.
        const ratio n = VECHE_TRY(fraction());
        const std::string_view next = peek_word();
        if (!next.empty()) {
            c.factor = n;
            c.right = VECHE_TRY(measured());
        } else {
            if (n.den != 1) return fail("what the fraction is of");
            c.right.number = n.num;
        }
        return c;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

std::string joined(const std::vector<condition>& parts) {
    std::string out;
    for (const condition& part : parts) out += (out.empty() ? "" : ", ") + to_text(part);
    return out;
}

}  // namespace

result<condition> parse_condition(std::string_view text) {
    return text_reader(text).whole();
}

std::string to_text(const measure& m) {
    const std::string weight = m.w == "count" ? "" : "." + m.w;
    switch (m.what) {
        case measure::kind::number:
            return std::to_string(m.number);
        case measure::kind::selection:
            return std::string(name_of(m.sel)) + weight;
        case measure::kind::mincover:
            break;
    }
    return "mincover{" + veche::to_text(m.share) + ", " + m.w +
           (m.add != 0 ? ", +" + std::to_string(m.add) : "") + "}";
}

std::string to_text(const condition& c) {
    switch (c.what) {
        case condition::kind::all:
            return "all[" + joined(c.parts) + "]";
        case condition::kind::any:
            return "any[" + joined(c.parts) + "]";
        case condition::kind::negation:
            return "not " + to_text(c.parts.front());
        case condition::kind::each:
            return "each{by: " + c.by + ", " + joined(c.parts) + "}";
        case condition::kind::in:
            return "in{by: " + c.by + ", eq: " + c.equals + ", " + joined(c.parts) + "}";
        case condition::kind::noneof: {
            std::string out = "noneof{";
            for (const auto& one : c.ids) out += one + " ";
            out.back() = ',';
            return out + " " + std::string(name_of(c.sel)) + "}";
        }
        case condition::kind::compare:
            break;
    }
    const bool plain = c.factor.num == 1 && c.factor.den == 1;
    return to_text(c.left) + " " + std::string(operators[static_cast<std::size_t>(c.op)]) + " " +
           (plain ? "" : veche::to_text(c.factor) + " ") + to_text(c.right);
}

}  // namespace veche::charter
