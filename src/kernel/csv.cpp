#include "kernel/csv.hpp"

#include <algorithm>

namespace veche {
namespace {

constexpr auto npos = std::string_view::npos;

char separator_of(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    constexpr std::string_view separators = ",;\t";
    return *std::max_element(separators.begin(), separators.end(), [&](char a, char b) {
        return std::count(first.begin(), first.end(), a) <
               std::count(first.begin(), first.end(), b);
    });
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "-12", "+3.5 %", "-1 000,50 BYN", "-1.5e-07", "-inf": what begins with a sign and computes
/// nothing. A sign elsewhere than in an exponent could.
bool is_number(std::string_view text) {
    const std::string_view rest = text.substr(1);
    if (rest.empty() || rest.starts_with("inf") || rest.starts_with("nan")) return rest.size() <= 3;
    if (!is_digit(rest.front())) return false;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        const char c = rest[i];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            static_cast<unsigned char>(c) >= 0x80;
        const bool exponent = (c == '+' || c == '-') && i > 1 && is_digit(rest[i - 2]) &&
                              (rest[i - 1] == 'e' || rest[i - 1] == 'E');
        if (!is_digit(c) && !letter && !exponent && std::string_view(" .,%").find(c) == npos)
            return false;
    }
    return true;
}

/// Whether what stands after any apostrophes would be run.
bool is_formula(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    if (text.empty() || std::string_view("=+-@\t\r\n").find(text.front()) == npos) return false;
    return (text.front() != '+' && text.front() != '-') || !is_number(text);
}

}  // namespace

csv_reader::csv_reader(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

csv_reader::csv_reader(std::string_view text) : csv_reader(text, separator_of(text)) {}

bool csv_reader::ends_field() const {
    return text_[at_] == separator_ || text_[at_] == '\n' || text_[at_] == '\r';
}

std::optional<csv_row> csv_reader::next() {
    while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) step();
    if (at_ == text_.size() || !fault_.empty()) return std::nullopt;
    csv_row out{line_, at_, {}};
    for (;;) {
        auto one = field();
        if (!one) return std::nullopt;
        out.fields.emplace_back(csv_unshielded(*one));
        if (at_ == text_.size() || text_[at_] != separator_) return out;
        ++at_;
    }
}

std::optional<std::string> csv_reader::field() {
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    const std::size_t begin = at_;
    while (at_ < text_.size() && !ends_field()) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
}

std::optional<std::string> csv_reader::quoted() {
    const std::size_t begun = line_;
    std::string out;
    for (++at_;; step()) {
        if (at_ == text_.size()) {
            line_ = begun;
            fault_ = "a quoted field does not end";
            return std::nullopt;
        }
        if (text_[at_] == '"' && text_.substr(at_ + 1, 1) != "\"") break;
        if (text_[at_] == '"') ++at_;
        out += text_[at_];
    }
    ++at_;
    if (at_ == text_.size() || ends_field()) return out;
    fault_ = "something follows a quoted field";
    return std::nullopt;
}

std::string csv_shielded(std::string_view text) {
    return (is_formula(text) ? "'" : "") + std::string(text);
}

std::string_view csv_unshielded(std::string_view text) {
    if (text.starts_with('\'') && is_formula(text)) text.remove_prefix(1);
    return text;
}

std::string csv_cell(std::string_view text) {
    const std::string shielded = csv_shielded(text);
    if (shielded.find_first_of(",\"\r\n") == std::string::npos) return shielded;
    std::string out = "\"";
    for (const char one : shielded) out += one == '"' ? "\"\"" : std::string(1, one);
    return out + "\"";
}

}  // namespace veche
