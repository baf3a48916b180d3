#include "kernel/csv.hpp"

#include <algorithm>

namespace veche {
namespace {

char separator_of(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    constexpr std::string_view separators = ",;\t";
    return *std::max_element(separators.begin(), separators.end(), [&](char a, char b) {
        return std::count(first.begin(), first.end(), a) <
               std::count(first.begin(), first.end(), b);
    });
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
        out.fields.push_back(*std::move(one));
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

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char one : text) out += one == '"' ? "\"\"" : std::string(1, one);
    return out + "\"";
}

}  // namespace veche
