// RFC 8785 in full: any JSON text that fits IEEE doubles, numbers as ECMAScript writes them, keys
// in the order of their UTF-16 code units. The journal itself keeps to the narrowed form.

#include <algorithm>
#include <array>
#include <charconv>

#include <simdjson.h>

#include "kernel/check.hpp"
#include "kernel/foreign_json.hpp"
#include "kernel/json.hpp"
#include "kernel/text.hpp"

namespace veche::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

/// UTF-16 order differs from byte order in one way: characters beyond U+FFFF (lead byte F0 and up)
/// are written with surrogates (D800..DFFF) and so stand before U+E000..U+FFFF (EE and EF).
int utf16_rank(char c) {
    const auto b = static_cast<unsigned char>(c);
    return b == 0xEE || b == 0xEF ? b + 0x100 : b;
}

bool utf16_less(std::string_view a, std::string_view b) {
    const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (differ.first == a.end() || differ.second == b.end()) return a.size() < b.size();
    return utf16_rank(*differ.first) < utf16_rank(*differ.second);
}

/// Number::toString of ECMA-262 (section 6.1.6.1.20): the shortest digits that read back to the
/// same double, plain between 1e-7 and 1e21, otherwise with an exponent.
void append_number(std::string& out, double value) {
    if (value == 0) {
        out += '0';  // and so is minus zero
        return;
    }
    std::array<char, 32> shortest{};
    const auto [end, error] = std::to_chars(shortest.data(), shortest.data() + shortest.size(),
                                            value, std::chars_format::scientific);
    VECHE_ENSURE(error == std::errc{}, "32 bytes hold any double");
    std::string_view text(shortest.data(), static_cast<std::size_t>(end - shortest.data()));
    if (text.front() == '-') {
        out += '-';
        text.remove_prefix(1);
    }
    const std::size_t e = text.find('e');
    int exponent = 0;
    const std::string_view power = text.substr(e + (text[e + 1] == '+' ? 2 : 1));
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    std::string digits(1, text.front());
    if (e > 2) digits += text.substr(2, e - 2);
    const auto count = static_cast<int>(digits.size());
    const int point = exponent + 1;  // digits before the decimal point
    if (count <= point && point <= 21) {
        out += digits;
        out.append(static_cast<std::size_t>(point - count), '0');
    } else if (0 < point && point <= 21) {
        const auto whole = static_cast<std::size_t>(point);
        out += digits.substr(0, whole) + "." + digits.substr(whole);
    } else if (-6 < point && point <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else {
        out += digits.front();
        if (count > 1) out += "." + digits.substr(1);
        out += exponent < 0 ? "e-" : "e+";
        out += std::to_string(exponent < 0 ? -exponent : exponent);
    }
}

class canonical_writer {
  public:
    result<void> value(const element& e) {
        switch (e.type()) {
            case element_type::NULL_VALUE:
                out_ += "null";
                return {};
            case element_type::BOOL:
                out_ += bool(e) ? "true" : "false";
                return {};
            case element_type::INT64:
                append_number(out_, static_cast<double>(std::int64_t(e)));
                return {};
            case element_type::UINT64:
                append_number(out_, static_cast<double>(std::uint64_t(e)));
                return {};
            case element_type::DOUBLE:
                append_number(out_, double(e));
                return {};
            case element_type::STRING:
                text::append_quoted(out_, std::string_view(e));
                return {};
            case element_type::ARRAY:
                return array(e);
            case element_type::OBJECT:
                return object(e);
        }
        return refuse(refusals::not_representable, {}, "it is of an unknown type");
    }
    std::string out_;

  private:
    result<void> array(const element& e) {
        char before = '[';
        for (const element child : simdjson::dom::array(e)) {
            out_ += before;
            before = ',';
            VECHE_CHECK(value(child));
        }
        out_ += before == '[' ? "[]" : "]";
        return {};
    }
    result<void> object(const element& e) {
        std::vector<std::pair<std::string_view, element>> members;
        for (const auto member : simdjson::dom::object(e))
            members.emplace_back(member.key, member.value);
        std::sort(members.begin(), members.end(),
                  [](const auto& a, const auto& b) { return utf16_less(a.first, b.first); });
        char before = '{';
        for (std::size_t i = 0; i < members.size(); ++i) {
            const auto& [name, child] = members[i];
            if (i > 0 && members[i - 1].first == name)
                return refuse(refusals::not_representable, {},
                              "the key \"" + std::string(name) + "\" stands twice");
            out_ += before;
            before = ',';
            text::append_quoted(out_, name);
            out_ += ':';
            VECHE_CHECK(value(child));
        }
        out_ += before == '{' ? "{}" : "}";
        return {};
    }
};

}  // namespace

result<std::map<std::string, std::string, std::less<>>> read_foreign_object(
    std::string_view input) {
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    if (const auto error = parser.parse(input.data(), input.size()).get_object().get(root))
        return refuse(refusals::not_json, {}, simdjson::error_message(error));
    std::map<std::string, std::string, std::less<>> members;
    for (const auto member : root) {
        canonical_writer writer;
        VECHE_CHECK(writer.value(member.value));
        if (!members.emplace(member.key, std::move(writer.out_)).second)
            return refuse(refusals::not_representable, {},
                          "the key \"" + std::string(member.key) + "\" stands twice");
    }
    return members;
}

result<std::vector<std::string>> read_foreign_array(std::string_view input) {
    simdjson::dom::parser parser;
    simdjson::dom::array root;
    if (const auto error = parser.parse(input.data(), input.size()).get_array().get(root))
        return refuse(refusals::not_json, {}, simdjson::error_message(error));
    std::vector<std::string> elements;
    for (const element one : root) {
        canonical_writer writer;
        VECHE_CHECK(writer.value(one));
        elements.push_back(std::move(writer.out_));
    }
    return elements;
}

result<std::string> canonicalize_rfc8785(std::string_view input) {
    // The parser itself refuses lone surrogates, numbers beyond a double, integers beyond 64 bits.
    simdjson::dom::parser parser;
    element root;
    if (const auto error = parser.parse(input.data(), input.size()).get(root))
        return refuse(refusals::not_json, {}, simdjson::error_message(error));
    canonical_writer writer;
    VECHE_CHECK(writer.value(root));
    return std::move(writer.out_);
}

}  // namespace veche::json
