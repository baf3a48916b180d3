#include "inputoutput/grid.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "inputoutput/refusal.hpp"
#include "kernel/text.hpp"

namespace veche::inputoutput {
namespace {

/// A field of the text as it stands, and whether it was quoted.
struct raw_field {
    std::string_view text;
    bool quoted = false;
};

/// The next field; `at` stops at what parts it from the following, or at the end of the row.
raw_field next_field(std::string_view text, char separator, std::size_t& at) {
    while (separator != ' ' && at < text.size() && text[at] == ' ') ++at;
    if (at < text.size() && text[at] == '"') {
        const std::size_t begin = ++at;
        while (at < text.size() && !(text[at] == '"' && text.substr(at + 1, 1) != "\""))
            at += text[at] == '"' ? 2 : 1;
        const std::size_t end = std::min(at, text.size());
        at = std::min(at + 1, text.size());
        while (at < text.size() && text[at] != separator && text[at] != '\n') ++at;
        return {text.substr(begin, end - begin), true};
    }
    const std::size_t begin = at;
    while (at < text.size() && text[at] != separator && text[at] != '\n') ++at;
    return {text::trim(text.substr(begin, at - begin), " \r"), false};
}

std::string unquoted(raw_field field) {
    std::string out(field.text);
    if (field.quoted)
        for (std::size_t at = 0; (at = out.find("\"\"", at)) != std::string::npos; ++at)
            out.erase(at, 1);
    return std::string(text::trim(out));
}

std::optional<double> number_in(std::string_view text) {
    text = text::trim(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::size_t past_blank_lines(std::string_view text, std::size_t at, std::size_t& line) {
    while (at < text.size() && (text[at] == '\n' || text[at] == '\r')) line += text[at++] == '\n';
    return at;
}

tl::unexpected<refusal> row_refused(std::size_t line, std::string why) {
    return refuse(refusals::file_malformed, {}, "Line " + std::to_string(line), std::move(why));
}

}  // namespace

std::vector<std::string> row_fields(std::string_view text, char separator, std::size_t& at) {
    std::vector<std::string> out;
    for (;;) {
        out.push_back(unquoted(next_field(text, separator, at)));
        if (at >= text.size()) return out;
        if (text[at++] == '\n') return out;
    }
}

char separator_in(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    const auto count = [&](char c) { return std::count(first.begin(), first.end(), c); };
    char best = ',';
    for (const char one : {';', '\t'})
        if (count(one) > count(best)) best = one;
    return best;
}

result<grid> open_grid(std::string_view text, char separator, const grid_shape& shape) {
    grid out{text, separator, {}, {}, 0, shape.labels};
    std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    std::size_t line = 1;
    for (std::size_t n = 0;; ++n) {
        at = past_blank_lines(text, at, line);
        if (at >= text.size()) break;
        grid_row row{line, at, at, {}};
        if (n < shape.skipped + shape.head) {
            auto fields = row_fields(text, separator, at);
            if (n >= shape.skipped) {
                fields.erase(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                  shape.labels, fields.size())));
                out.above.push_back(std::move(fields));
            }
        } else {
            for (std::size_t k = 0; k < shape.labels; ++k) {
                row.labels.push_back(unquoted(next_field(text, separator, at)));
                if (at >= text.size() || text[at] == '\n')
                    return row_refused(line, "the row has labels and no numbers");
                ++at;
            }
            row.begin = at;
            at = std::min(text.find('\n', at), text.size());
            row.end = at;
            out.rows.push_back(std::move(row));
        }
        line += static_cast<std::size_t>(
            std::count(text.begin() + static_cast<std::ptrdiff_t>(row.begin),
                       text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    }
    if (out.rows.empty() || out.above.empty())
        return refuse(refusals::file_malformed, {}, "The file", "it has no rows of numbers");
    for (const auto& head : out.above) out.columns = std::max(out.columns, head.size());
    for (auto& head : out.above) head.resize(out.columns);
    return out;
}

result<void> read_numbers(const grid& from, const std::vector<bool>& of_numbers,
                          const std::vector<bool>& wanted,
                          const std::function<void(std::size_t, std::span<const double>)>& take) {
    std::vector<double> numbers(from.columns);
    for (std::size_t r = 0; r < from.rows.size(); ++r) {
        if (!wanted[r]) continue;
        const grid_row& row = from.rows[r];
        const std::string_view text = from.text.substr(0, row.end);
        std::size_t at = row.begin, c = 0;
        for (;; ++c, ++at) {
            const raw_field field = next_field(text, from.separator, at);
            if (c < from.columns && of_numbers[c]) {
                const auto number = number_in(field.text);
                if (!number)
                    return refuse(refusals::number_malformed, {}, std::to_string(row.line),
                                  std::to_string(c + from.label_columns + 1),
                                  "\"" + std::string(field.text.substr(0, 40)) + "\"");
                numbers[c] = *number;
            } else if (c < from.columns) {
                numbers[c] = std::numeric_limits<double>::quiet_NaN();
            } else if (!field.text.empty()) {
                return row_refused(row.line, "the row is longer than the head of the table");
            }
            if (at >= text.size()) break;
        }
        for (std::size_t k = c + 1; k < from.columns; ++k)
            if (of_numbers[k])
                return row_refused(row.line, "the row is shorter than the head of the table");
        take(r, numbers);
    }
    return {};
}

}  // namespace veche::inputoutput
